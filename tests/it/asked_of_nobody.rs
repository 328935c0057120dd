//! About 999 and 111 alone nobody is asked: no place can clear those.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::calls::said;
use crate::duties::on_duty;
use crate::harness::{Driver, TestApp};
use crate::staff::Person;
use crate::told_alike::call;

/// A second person agrees, where one is waited for.
async fn agrees(app: &TestApp, posted: &Value) {
    if posted["publication"] == "awaiting_approval" {
        let second = app.token("X24", Role::Approver).await;
        assert_eq!(decide(app, &second, &update_of(posted), "approval", json!({})).await.status, 200);
    }
}

async fn declares(app: &TestApp, of: &str, body: Value) -> String {
    let posted = call(app, of, "POST", "/api/v1/incidents", body).await;
    agrees(app, &posted).await;
    posted["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn nobody_is_asked_about_what_no_place_can_clear() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
        let slow = json!({"title": "999 is slow", "scope": "X24",
            "lines": {"emergency_999": {"state": "changed", "words": "Call 999 only for an emergency."}}});
        let id = declares(&app, "X24", slow).await;
        assert_eq!(app.call().await, 0);
        app.advance(Duration::minutes(31));
        assert_eq!(app.call().await, 0);
        assert!(said(&app).await.is_empty());
        let nation = Person::of(&app, "X24", Role::Coordinator).await;
        assert!(!nation.get("/desk").await.text().contains("Who has answered"));
        let answers = nation.get(&format!("/desk/incidents/{id}/answers")).await.text();
        assert!(answers.contains("so none is asked.") && !answers.contains("name=\"asking\""), "{answers}");
        let place = Person::of(&app, "Z80001", Role::Publisher).await;
        assert!(!place.get("/desk").await.text().contains("Are you affected?"));
        let board = call(&app, "QZ8", "GET", "/api/v1/board", json!(null)).await;
        assert_eq!(board["counts"]["silent"], 0, "{board}");
        // Once it says something of lines that are theirs, places are asked.
        let more = json!({"lines": {"phones": "limited"}});
        let more = call(&app, "X24", "POST", &format!("/api/v1/incidents/{id}/updates"), more).await;
        agrees(&app, &more).await;
        assert_eq!(app.call().await, 1);
        assert!(said(&app).await[0].1.contains("Are you affected?"));
        assert!(place.get("/desk").await.text().contains("Are you affected?"));
    }
}

/// Nor does its page say that the place has not confirmed what it cannot know.
#[tokio::test]
async fn no_page_waits_for_a_place_to_confirm_999() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let slow = json!({"title": "999 is slow", "scope": "X24",
            "lines": {"emergency_999": {"state": "changed", "words": "Call 999 only for an emergency."}}});
        let id = declares(&app, "X24", slow).await;
        let seen = async |app: &TestApp, waits: bool| {
            for form in ["", "/feed.atom", "/status.json"] {
                let told = app.get(&format!("/Z80001{form}")).await.text();
                let says = ["not confirmed it yet", "Not confirmed by", "\"not_confirmed\""];
                assert_eq!(says.iter().any(|words| told.contains(words)), waits, "{form}: {told}");
            }
            let alert = app.get("/Z80001/cap.xml").await.text();
            assert_eq!(alert.contains("<certainty>Observed"), !waits, "{alert}");
        };
        app.publish().await;
        seen(&app, false).await;
        app.advance(Duration::minutes(1));
        let more = json!({"lines": {"phones": "limited"}});
        let more = call(&app, "X24", "POST", &format!("/api/v1/incidents/{id}/updates"), more).await;
        agrees(&app, &more).await;
        app.publish().await;
        seen(&app, true).await;
    }
}
