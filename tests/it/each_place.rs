//! Whoever was told of an incident hears what follows, in the name in which they were told:
//! whatever services they chose, at each of their places, and where it has left a place.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::desk::subscribe::SignUp;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::{Actor, Role};
use signpost::store::subscribers;

use crate::approvals::{decide, update_of};
use crate::delivery::{NUMBER, Provider};
use crate::harness::{Driver, TestApp, code};
use crate::overtaken::OTHER;

/// What one number gets, day by day.
pub struct Reader {
    pub app: TestApp,
    provider: Provider,
    pub region: String,
    read: usize,
}

impl Reader {
    pub async fn new(driver: Driver, places: &[&str]) -> Self {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        let rows: Vec<_> = places.iter().map(|place| (NUMBER, "sms", *place)).collect();
        app.subscribers(&rows).await;
        let region = app.token("X24", Role::Coordinator).await;
        Self { app, provider, region, read: 0 }
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Value {
        let posted = self.app.api(&self.region, "POST", path, body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        posted.json()
    }

    pub async fn declare(&mut self, body: Value) -> Value {
        self.post("/api/v1/incidents", body).await
    }

    pub async fn says(&mut self, incident: &Value, body: Value) -> Value {
        self.app.advance(Duration::minutes(5));
        self.post(&format!("/api/v1/incidents/{}/updates", incident["id"].as_str().unwrap()), body).await
    }

    pub async fn answers(&mut self, place: &str, incident: &Value, body: Value) {
        self.app.advance(Duration::minutes(1));
        let token = self.app.token(place, Role::Publisher).await;
        let path = format!("/api/v1/incidents/{}/responses/{place}", incident["id"].as_str().unwrap());
        let done = self.app.api(&token, "PUT", &path, body).await;
        assert!(done.status.is_success(), "{}", done.text());
    }

    /// What arrived since the last look.
    pub async fn hears(&mut self) -> Vec<String> {
        self.app.run_workers().await;
        let all = self.provider.taken.lock().unwrap().clone();
        let mine: Vec<String> =
            all.into_iter().filter(|(to, _)| to == NUMBER).map(|(_, text)| text).collect();
        let new = mine[self.read..].to_vec();
        self.read = mine.len();
        new
    }
}

#[tokio::test]
async fn who_chose_services_hears_that_they_may_come_again() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &[]).await;
        let sign_up = SignUp {
            channel: "sms".into(),
            contact: NUMBER.into(),
            locale: "en".into(),
            services: vec!["radiotherapy".into()],
        };
        day.app.desk.subscribe(&code("RZ5"), &sign_up).await.unwrap();
        let id = {
            let mut tx = day.app.desk.db.write().await.unwrap();
            let hash = day.app.desk.keys.index("sms", NUMBER);
            subscribers::lock_by_hash(&mut tx, Channel::Sms, &hash).await.unwrap().unwrap().id
        };
        let (_, link) = day.app.desk.code_secrets(id, day.app.now());
        day.app.desk.confirm_by_link(link.rsplit('/').nth(1).unwrap()).await.unwrap();
        day.hears().await;
        let region = std::mem::replace(&mut day.region, day.app.token("RZ5", Role::Publisher).await);
        let gas = json!({"title": "Gas leak", "organisations": ["RZ5"], "lines": {"attend": "do_not_come"}});
        let gas = day.declare(gas).await;
        let all = day.hears().await;
        assert!(all.len() == 1 && all[0].contains("Do not come"), "{all:?}");
        let fixed = json!({"message": "The gas leak is fixed.", "lines": {"attend": "come"}});
        let reach = day.says(&gas, fixed).await["reach"]["recipients"]["sms"].clone();
        assert_eq!(reach, 1, "and is counted");
        let all = day.hears().await;
        assert!(all.len() == 1 && all[0].contains("Come to your"), "{all:?}");
        day.says(&gas, json!({"state": "resolved"})).await;
        assert_eq!(day.hears().await.len(), 1);
        // What never was about their service is not theirs.
        day.region = region;
        day.declare(json!({"title": "X", "organisations": ["RZ5"], "lines": {"operations": "cancelled"}}))
            .await;
        assert_eq!(day.hears().await, [""; 0]);
    }
}

#[tokio::test]
async fn a_place_that_uses_another_system_by_now_takes_back_what_was_told_in_its_name() {
    for driver in Driver::BOTH {
        for (state, again) in [("identified", 0), ("resolved", 0)] {
            let mut day = Reader::new(driver, &["Z80001"]).await;
            day.app.subscribers(&[(OTHER, "sms", "Z80002")]).await;
            let emis = day.declare(json!({"system": "emis-web", "lines": {"attend": "do_not_come"}})).await;
            assert!(day.hears().await[0].contains("Do not come"));
            let file =
                File { name: "systems.csv".into(), bytes: "ods_code,system\nZ80001,systmone\n".into() };
            day.app.desk.import_systems(&Actor::command_line(), &file).await.unwrap();
            // Who comes now was told nothing of it.
            day.app.subscribers(&[("+447700900125", "sms", "Z80001")]).await;
            day.says(&emis, json!({"state": state, "message": "Still down."})).await;
            let all = day.hears().await;
            assert_eq!(all.len(), 1, "{all:?}");
            let says = ["Not affected here.", "Come to your appointment"].map(|text| all[0].contains(text));
            assert!(says == [true; 2] && !all[0].contains("Still down"), "{all:?}");
            assert_eq!(day.provider.copies("+447700900125"), 0);
            assert_eq!(day.provider.copies(OTHER), 2);
            if state != "resolved" {
                day.says(&emis, json!({"message": "Still down."})).await;
                assert_eq!(day.hears().await.len(), again, "they know");
                day.says(&emis, json!({"state": "resolved"})).await;
                assert_eq!(day.hears().await.len(), again);
            }
        }
    }
}

fn both(lines: Value) -> Value {
    json!({"title": "Network trouble", "organisations": ["Z80001", "Z80002"], "lines": lines})
}

/// Ashwick is the first of the reader's places, Brambleford the second.
#[tokio::test]
async fn do_not_come_in_the_name_of_one_place_is_taken_back_in_its_name() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80001", "Z80002"]).await;
        let trouble = day.declare(both(json!({"phones": "limited"}))).await;
        day.answers("Z80001", &trouble, json!({"answer": "not_affected"})).await;
        let all = day.hears().await;
        assert!(all.len() == 1 && all[0].starts_with("Brambleford"), "{all:?}");
        day.answers("Z80002", &trouble, json!({"answer": "affected", "lines": {"attend": "do_not_come"}}))
            .await;
        day.says(&trouble, json!({"message": "Second."})).await;
        let all = day.hears().await;
        assert!(all.len() == 1 && all[0].contains("Do not come"), "{all:?}");
        // Ashwick is affected after all: the worse news does not hide behind the better.
        day.answers("Z80001", &trouble, json!({"answer": "affected"})).await;
        day.says(&trouble, json!({"message": "Third."})).await;
        let mut all = day.hears().await;
        all.sort();
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[0].starts_with("Ashwick") && all[0].contains("unless we contact you"), "{all:?}");
        assert!(all[1].starts_with("Brambleford") && all[1].contains("Do not come"), "{all:?}");
        // Both end, each in its name.
        day.answers("Z80002", &trouble, json!({"answer": "recovered"})).await;
        day.says(&trouble, json!({"state": "resolved"})).await;
        let mut all = day.hears().await;
        all.sort();
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[0].starts_with("Ashwick") && all[1].starts_with("Brambleford"), "{all:?}");
        assert!(all[1].contains("back to normal") && !all[1].contains("Do not come"), "{all:?}");
    }
}

#[tokio::test]
async fn places_that_say_the_same_are_one_message_and_a_worse_one_is_told_at_once() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80001", "Z80002", "Z80003"]).await;
        let local = json!({"lines": {"attend": "do_not_come"}});
        let token = day.app.token("Z80002", Role::Publisher).await;
        let path = "/api/v1/organisations/Z80002/lines";
        assert!(day.app.api(&token, "PUT", path, local).await.status.is_success());
        let named = ["Z80001", "Z80002", "Z80003"];
        let body =
            json!({"title": "Network trouble", "organisations": named, "lines": {"phones": "limited"}});
        let preview = day.app.api(&day.region.clone(), "POST", "/api/v1/incidents", body).await.json();
        assert_eq!(preview["reach"]["recipients"]["sms"], 1, "one person");
        let mut all = day.hears().await;
        all.sort();
        assert_eq!(all.len(), 2, "of those that say the same, one: {all:?}");
        assert!(all[0].starts_with("Ashwick") && all[1].starts_with("Brambleford"), "{all:?}");
        assert!(all[1].contains("Do not come"), "{all:?}");
    }
}

/// A wrong update was told in the name of one place, and what followed in that of another.
#[tokio::test]
async fn a_correction_reaches_each_name_in_which_it_was_told() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80001", "Z80002"]).await;
        let flood = day.declare(both(json!({"attend": "do_not_come"}))).await;
        assert_eq!(day.hears().await.len(), 1);
        day.answers("Z80001", &flood, json!({"answer": "not_affected"})).await;
        day.says(&flood, json!({"message": "Two."})).await;
        let mut all = day.hears().await;
        all.sort();
        assert!(
            all.len() == 2 && all[0].starts_with("Ashwick") && all[0].contains("Not affected"),
            "{all:?}"
        );
        assert!(all[1].starts_with("Brambleford"), "{all:?}");
        let wrong = update_of(&flood);
        let about = json!({"correction": "It was about another town."});
        let done = decide(&day.app, &day.region.clone(), &wrong, "withdrawal", about).await;
        assert_eq!(done.status, 201, "{}", done.text());
        let mut all = day.hears().await;
        all.sort();
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[0].contains("Ashwick") && all[0].contains("Come to your appointment"), "{all:?}");
        assert!(all[1].contains("Brambleford") && !all[1].contains("Do not come"), "{all:?}");
        assert!(all.iter().all(|text| text.contains("It was about another town.")), "{all:?}");
        day.says(&flood, json!({"state": "resolved"})).await;
        assert_eq!(day.hears().await.len(), 2, "each hears the end");
    }
}

/// Who signed up after the wrong update was told of the same line by the next: they are put
/// right as well, and nobody who never heard of that line.
#[tokio::test]
async fn a_correction_reaches_who_heard_the_same_from_a_later_update() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &[]).await;
        let fault = day.declare(json!({"system": "emis-web", "organisations": ["Z80001"]})).await;
        let wrong = day.says(&fault, json!({"lines": {"attend": "do_not_come"}})).await;
        day.app.run_workers().await;
        day.app.subscribers(&[(NUMBER, "sms", "Z80001")]).await;
        day.says(&fault, json!({"message": "The supplier is looking."})).await;
        let all = day.hears().await;
        assert!(all.len() == 1 && all[0].contains("Do not come"), "{all:?}");
        day.says(&fault, json!({"lines": {"attend": "come"}})).await;
        assert_eq!(day.hears().await.len(), 1);
        day.app.subscribers(&[(OTHER, "sms", "Z80001")]).await;
        day.says(&fault, json!({"message": "The supplier is still looking."})).await;
        assert_eq!(day.hears().await.len(), 1);

        let about = json!({"correction": "We are open, and were."});
        let update = wrong["update"]["id"].as_str().unwrap();
        let done = decide(&day.app, &day.region.clone(), update, "withdrawal", about).await;
        assert_eq!(done.status, 201, "{}", done.text());
        assert_eq!(done.json()["reach"]["recipients"]["sms"], 1, "{}", done.text());
        let all = day.hears().await;
        assert!(all.len() == 1 && all[0].contains("We are open, and were."), "{all:?}");
        let others = day.provider.taken.lock().unwrap().iter().filter(|(to, _)| to == OTHER).count();
        assert_eq!(others, 1, "who never heard of it");
    }
}
