//! What was told in the name of a place that has ended it for itself since.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::workers::expander;

use crate::approvals::update_of;
use crate::delivery::{NUMBER, Provider};
use crate::harness::{Driver, TestApp};
use crate::overtaken::{OTHER, THIRD, sent};
use crate::staff::Person;

/// A region tells the readers of two surgeries not to come.
struct Flood {
    app: TestApp,
    provider: Provider,
    region: String,
    posted: Value,
}

impl Flood {
    async fn new(driver: Driver) -> Self {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[(NUMBER, "sms", "Z80007"), (OTHER, "sms", "Z80005")]).await;
        let region = app.token("X24", Role::Coordinator).await;
        let body = json!({"title": "The car park is flooded", "organisations": ["Z80007", "Z80005"],
            "lines": {"attend": "do_not_come"}});
        let posted = app.api(&region, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        app.run_workers().await;
        assert_eq!((provider.copies(NUMBER), provider.copies(OTHER)), (1, 1));
        // Who comes later was told nothing.
        app.subscribers(&[(THIRD, "sms", "Z80007")]).await;
        Self { app, provider, region, posted: posted.json() }
    }

    async fn answer(&mut self, answer: &str) {
        let surgery = self.app.token("Z80007", Role::Publisher).await;
        let path = format!("/api/v1/incidents/{}/responses/Z80007", self.posted["id"].as_str().unwrap());
        let done = self.app.api(&surgery, "PUT", &path, json!({"answer": answer})).await;
        assert!(done.status.is_success(), "{}", done.text());
    }

    async fn says(&mut self, body: Value) -> Value {
        self.app.advance(Duration::minutes(5));
        let path = format!("/api/v1/incidents/{}/updates", self.posted["id"].as_str().unwrap());
        let posted = self.app.api(&self.region, "POST", &path, body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        posted.json()
    }

    fn last(&self, number: &str) -> String {
        let all = self.provider.taken.lock().unwrap().clone();
        all.into_iter().rfind(|(to, _)| to == number).map(|(_, text)| text).unwrap_or_default()
    }
}

#[tokio::test]
async fn whoever_was_told_hears_the_end_though_the_place_has_cleared_itself() {
    for driver in Driver::BOTH {
        for (answer, says) in
            [("not_affected", "Not affected here."), ("recovered", "We are back to normal.")]
        {
            let mut day = Flood::new(driver).await;
            day.answer(answer).await;
            // What the place said leaves, though the update, which is not theirs, is newer.
            day.says(json!({"message": "The water rises."})).await;
            day.app.run_workers().await;
            assert_eq!((day.provider.copies(NUMBER), day.provider.copies(OTHER)), (2, 2));
            // That was the last of it there.
            day.says(json!({"state": "resolved"})).await;
            day.app.run_workers().await;
            let all = sent(&day.provider);
            assert_eq!((day.provider.copies(NUMBER), day.provider.copies(OTHER)), (2, 3), "{all:?}");
            assert_eq!(day.provider.copies(THIRD), 0, "{all:?}");
            let text = day.last(NUMBER);
            assert!(text.contains(says) && !text.contains("Do not come"), "{answer}: {text}");
        }
    }
}

/// The end is put together, and a place says that it was never affected before it leaves.
#[tokio::test]
async fn an_end_under_way_reaches_those_who_were_told_and_nobody_else() {
    for driver in Driver::BOTH {
        let mut day = Flood::new(driver).await;
        day.says(json!({"state": "resolved"})).await;
        while expander::step(&day.app.desk).await.unwrap() {}
        day.answer("not_affected").await;
        day.app.run_workers().await;
        assert_eq!((day.provider.copies(NUMBER), day.provider.copies(THIRD)), (2, 0));
        assert!(day.last(NUMBER).contains("Not affected here."), "{}", day.last(NUMBER));
    }
}

/// Why messages were held back is what the place said.
#[tokio::test]
async fn what_is_held_back_after_recovered_says_so() {
    for driver in Driver::BOTH {
        let mut day = Flood::new(driver).await;
        let second = update_of(&day.says(json!({"message": "The water rises."})).await);
        while expander::step(&day.app.desk).await.unwrap() {}
        day.answer("recovered").await;
        day.app.run_workers().await;
        let region = Person::of(&day.app, "X24", Role::Coordinator).await;
        let screen = region.get(&format!("/desk/updates/{second}")).await.text();
        assert!(screen.contains("the organisation is back to normal"), "{screen}");
        assert!(!screen.contains("the organisation is not affected"), "{screen}");
    }
}
