//! A step of planned work on its way out: the same screen as an update has. And what a
//! restored database leaves to decide.

use chrono::Duration as Time;
use serde_json::{Value, json};
use signpost::domain::delivery::Holding;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::{Actor, Role};
use signpost::store::{delivery_reports, holding};

use crate::delivery::{callback, declared, update};
use crate::harness::{Driver, TestApp};
use crate::sending::{PEOPLE, count, crowded, declare, in_steps};
use crate::staff::{Person, values};

async fn halt(app: &TestApp, id: &str) {
    let mut tx = app.desk.db.write().await.unwrap();
    let id = id.parse().unwrap();
    assert!(holding::step(&mut tx, id, Holding::Held, Holding::Halted).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_step_of_planned_work_has_the_screen_that_an_update_has() {
    for driver in Driver::BOTH {
        let (mut app, token) = crowded(driver, in_steps()).await;
        let body = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "starts_at": "2024-07-22T21:00:00Z", "ends_at": "2024-07-23T01:00:00Z"});
        let posted = app.api(&token, "POST", "/api/v1/planned", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        app.run_workers().await;
        let mut tx = app.desk.db.read().await.unwrap();
        let plan = posted.json()["id"].as_str().unwrap().to_owned();
        let step = signpost::store::planned::find(&mut tx, plan.parse().unwrap(), false).await.unwrap();
        let step = step.unwrap().steps[0].id.to_string();
        drop(tx);
        halt(&app, &step).await;

        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{step}");
        for path in ["/desk".to_owned(), format!("/desk/planned/{plan}")] {
            let page = person.get(&path).await;
            assert!(values(&page, "a", "href").contains(&screen), "{path}: {}", page.text());
        }
        let page = person.get(&screen).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let text = page.text();
        for part in ["New phones", "Announced", "Stop sending", "Tell everybody now", "400 messages"] {
            assert!(text.contains(part), "no {part}: {text}");
        }
        assert!(!text.contains("Take this update back"), "a plan is cancelled instead: {text}");
        let proof = person.get(&format!("{screen}/deliveries.csv")).await.text();
        assert_eq!(proof.lines().count(), PEOPLE + 1, "{proof}");
        let path = format!("/api/v1/updates/{step}/deliveries");
        let items = app.api(&token, "GET", &path, Value::Null).await.json()["items"].clone();
        assert!(!items.as_array().unwrap().is_empty());
        person.post(&format!("{screen}/stop"), &[]).await;
        assert_eq!(count(&app, &token, &step, "suppressed").await, PEOPLE as u64);
        assert!(!person.get("/desk").await.text().contains("wait until somebody decides"));
        let other = Person::of(&app, "Z80002", Role::Publisher).await;
        assert_eq!(other.get(&screen).await.status, 404);
    }
}

#[tokio::test]
async fn a_restored_database_asks_nobody_to_decide_about_nothing() {
    for driver in Driver::BOTH {
        let (mut app, token) = crowded(driver, in_steps()).await;
        let update = declare(&mut app, &token).await;
        halt(&app, &update).await;
        app.advance(Time::minutes(10));
        assert_eq!(app.desk.restored(&Actor::command_line()).await.unwrap(), PEOPLE as u64);
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let text = person.get(&format!("/desk/updates/{update}")).await.text();
        assert!(text.contains("Nothing waits any more") && text.contains("Try these again"), "{text}");
        assert!(!text.contains("Tell everybody now") && !text.contains("until you decide"), "{text}");
        assert!(!person.get("/desk").await.text().contains("wait until somebody decides"));
    }
}

/// Minutes later its provider says that it arrived: that is nothing handed over now.
#[tokio::test]
async fn what_arrived_now_was_handed_over_before() {
    for driver in Driver::BOTH {
        let (mut app, _provider, _, posted) = declared(driver).await;
        app.run_workers().await;
        let taken = async |app: &TestApp| {
            let (mut tx, id) = (app.desk.db.read().await.unwrap(), update(&posted).parse().unwrap());
            delivery_reports::taken_since(&mut tx, id, app.now() - Time::minutes(1)).await.unwrap()
        };
        assert_eq!(taken(&app).await, [(Channel::Sms, 1)]);
        app.advance(Time::minutes(5));
        callback(&app, &format!("SM{:032x}", 1), "delivered").await;
        assert_eq!(taken(&app).await, []);
    }
}
