//! Those on duty are reminded of a promised update before it is late: once for each promise.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::delivery::DeliveryState;
use signpost::domain::user::Role;
use signpost::workers::{caller, expander};

use crate::calls::said;
use crate::duties::on_duty;
use crate::harness::{BASE, Driver, TestApp};
use crate::staff::Person;
use crate::told_alike::{call, declare, goes_on};

/// A surgery's own incident, with the next update promised in so many minutes.
async fn promised(app: &TestApp, minutes: i64) -> String {
    on_duty(app, &[("Z80001", "07700 900123", "sms")]).await;
    let due = app.now() + Duration::minutes(minutes);
    let own = json!({"title": "No phones", "organisations": ["Z80001"], "next_update_by": due});
    declare(app, "Z80001", own).await
}

#[tokio::test]
async fn a_promise_is_reminded_of_once_a_quarter_of_an_hour_before() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let id = promised(&app, 120).await;
        app.advance(Duration::minutes(104));
        assert_eq!(app.call().await, 0);
        let ada = Person::of(&app, "Z80001", Role::Publisher).await;
        assert!(!ada.get("/desk").await.text().contains("You have promised"));
        app.advance(Duration::minutes(1));
        // Two workers at once, and one that begins later.
        let (a, b) = (app.desk.clone(), app.desk.clone());
        let (a, b) = tokio::join!(
            tokio::spawn(async move { caller::step(&a).await }),
            tokio::spawn(async move { caller::step(&b).await })
        );
        assert_eq!(a.unwrap().unwrap() + b.unwrap().unwrap(), 1);
        assert_eq!(app.call().await, 0);
        let all = said(&app).await;
        assert_eq!(all.len(), 1, "{all:?}");
        let link = format!("Post it now, or say when: {BASE}/desk/incidents/{id}/update");
        assert!(all[0].1.contains("You have promised an update by 10am."), "{}", all[0].1);
        assert!(all[0].1.contains(&link), "{}", all[0].1);
        let desk = ada.get("/desk").await.text();
        assert!(desk.contains("You have promised an update by 10am."), "{desk}");
        app.advance(Duration::minutes(14));
        assert_eq!(app.call().await, 0);
        app.advance(Duration::minutes(1));
        assert_eq!(app.call().await, 1, "now it is late");
        // The next promise is another one, and a short one is reminded of at half of it.
        let due = app.now() + Duration::minutes(20);
        goes_on(&app, "Z80001", &id, json!({"message": "Still none.", "next_update_by": due})).await;
        app.advance(Duration::minutes(9));
        assert_eq!(app.call().await, 0);
        app.advance(Duration::minutes(1));
        assert_eq!((app.call().await, app.call().await), (1, 0));
    }
}

#[tokio::test]
async fn nobody_is_reminded_of_what_was_renewed_or_is_over() {
    for driver in Driver::BOTH {
        for how in ["renewed", "over", "taken back"] {
            let app = TestApp::with_region(driver).await;
            let id = promised(&app, 60).await;
            // The call waits in the outbox while somebody does what it asks for.
            app.advance(Duration::minutes(45));
            assert_eq!(caller::step(&app.desk).await.unwrap(), 1, "{how}");
            while expander::step(&app.desk).await.unwrap() {}
            let more = json!({"message": "Still none.", "next_update_by": app.now() + Duration::hours(2)});
            match how {
                "renewed" => goes_on(&app, "Z80001", &id, more).await,
                "over" => goes_on(&app, "Z80001", &id, json!({"state": "resolved"})).await,
                _ => {
                    let all = call(&app, "Z80001", "GET", "/api/v1/incidents", Value::Null).await;
                    let update = all["incidents"][0]["updates"][0]["id"].as_str().unwrap().to_owned();
                    let path = format!("/api/v1/updates/{update}/withdrawal");
                    call(&app, "Z80001", "POST", &path, json!({"correction": "Wrong."})).await;
                }
            }
            assert_eq!(app.call().await, 0, "{how}");
            let all = said(&app).await;
            assert_eq!((all.len(), all[0].0.state), (1, DeliveryState::Suppressed), "{how}: {all:?}");
        }
        // Nor of an exercise.
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
        let due = app.now() + Duration::minutes(60);
        let own = json!({"title": "No phones", "organisations": ["Z80001"], "kind": "exercise",
            "next_update_by": due});
        declare(&app, "Z80001", own).await;
        app.call().await;
        app.advance(Duration::minutes(50));
        assert_eq!(app.call().await, 0);
    }
}
