//! What slows a pharmacy down is in its feeds, its alerts and Statuspage as on its page.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Driver, TestApp};
use crate::told_alike::{call, element};

/// A surgery that sends its prescriptions to one pharmacy, and a failed system.
async fn slowed(driver: Driver) -> (TestApp, String) {
    let mut app = TestApp::with_region(driver).await;
    let links = json!({"pharmacies": ["FZ101"]});
    call(&app, "Z80001", "PUT", "/api/v1/organisations/Z80001/pharmacies", links).await;
    app.publish().await;
    assert!(app.get("/FZ101/cap.xml").await.text().contains("No alert is in force."));
    app.advance(Duration::minutes(5));
    let fault = json!({"system": "emis-web", "title": "Records cannot be opened"});
    let declared = call(&app, "Y91", "POST", "/api/v1/incidents", fault).await;
    (app, declared["id"].as_str().unwrap().to_owned())
}

async fn alert(app: &mut TestApp) -> String {
    app.publish().await;
    app.get("/FZ101/cap.xml").await.text()
}

async fn statuspage(app: &TestApp) -> Value {
    app.get("/FZ101/api/v2/incidents.json").await.json()["incidents"].clone()
}

async fn answers(app: &TestApp, place: &str, incident: &str, body: Value) {
    let path = format!("/api/v1/incidents/{incident}/responses/{place}");
    call(app, place, "PUT", &path, body).await;
}

#[tokio::test]
async fn every_form_says_that_it_is_slower_and_when_it_no_longer_is() {
    const LATE: &str = "Your prescription may reach us late.";
    for driver in Driver::BOTH {
        let (mut app, id) = slowed(driver).await;
        let first = alert(&mut app).await;
        assert_eq!(element(&first, "msgType"), "Alert");
        assert!(first.contains(LATE) && first.contains("Records cannot be opened"), "{first}");
        assert!(!first.contains("not confirmed"), "{first}");
        let feed = app.get("/FZ101/feed.atom").await.text();
        assert!(feed.contains(LATE), "{feed}");
        let told = statuspage(&app).await;
        assert_eq!((&told[0]["status"], &told[0]["id"]), (&json!("identified"), &json!(id)), "{told}");
        let page = app.get(&format!("/FZ101/incidents/{id}")).await;
        assert!(page.status == 200 && page.text().contains(LATE), "{}", page.text());

        // Others promise again, and the alert lasts as long.
        app.advance(Duration::minutes(30));
        let more = json!({"message": "The supplier is looking."});
        call(&app, "Y91", "POST", &format!("/api/v1/incidents/{id}/updates"), more).await;
        let renewed = alert(&mut app).await;
        assert_eq!(element(&renewed, "msgType"), "Update");
        assert!(element(&renewed, "references").contains(&element(&first, "identifier")), "{renewed}");
        assert!(element(&renewed, "expires") > element(&first, "expires"), "{renewed}");

        app.advance(Duration::minutes(30));
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        app.advance(Duration::minutes(1));
        let over = alert(&mut app).await;
        assert_eq!(element(&over, "msgType"), "Cancel");
        let references = element(&over, "references");
        for earlier in [&first, &renewed] {
            assert!(references.contains(&element(earlier, "identifier")), "{over}");
        }
        assert!(!over.contains(LATE), "{over}");
        assert_eq!(statuspage(&app).await[0]["status"], "resolved");
        assert!(app.get("/FZ101/feed.atom").await.text().contains(LATE), "what was told stays");
    }
}

#[tokio::test]
async fn what_it_says_itself_is_told_and_takes_nothing_back_that_was_told() {
    for driver in Driver::BOTH {
        let (mut app, id) = slowed(driver).await;
        let first = alert(&mut app).await;
        app.advance(Duration::minutes(5));
        let shut = json!({"answer": "affected", "lines": {"dispensing": "paused"}});
        answers(&app, "FZ101", &id, shut).await;
        let worse = alert(&mut app).await;
        assert_eq!(element(&worse, "msgType"), "Update");
        assert!(worse.contains("Medicines made up for you"), "{worse}");
        app.advance(Duration::minutes(5));
        answers(&app, "FZ101", &id, json!({"answer": "not_affected"})).await;
        let over = alert(&mut app).await;
        assert_eq!(element(&over, "msgType"), "Cancel", "{over}");
        assert!(element(&over, "references").contains(&element(&first, "identifier")), "{over}");
        let told = statuspage(&app).await;
        assert_eq!(told[0]["status"], "resolved", "{told}");
        assert!(app.get("/FZ101/feed.atom").await.text().contains("Your prescription may reach us late."));
    }
}

/// A pharmacy that was back to normal is slower again when it comes back at its surgeries.
#[tokio::test]
async fn back_to_normal_from_before_a_relapse_stands_in_no_form() {
    for driver in Driver::BOTH {
        let (mut app, id) = slowed(driver).await;
        alert(&mut app).await;
        app.advance(Duration::minutes(3));
        answers(&app, "FZ101", &id, json!({"answer": "recovered"})).await;
        assert_eq!(element(&alert(&mut app).await, "msgType"), "Cancel");
        for state in ["monitoring", "identified"] {
            app.advance(Duration::minutes(20));
            call(&app, "Y91", "POST", &format!("/api/v1/incidents/{id}/updates"), json!({"state": state}))
                .await;
        }
        let again = alert(&mut app).await;
        assert_eq!(element(&again, "msgType"), "Update", "{again}");
        assert!(again.contains("Your prescription may reach us late."), "{again}");
        assert_eq!(statuspage(&app).await[0]["status"], "identified");
        let page = crate::one_truth::seen(&mut app, &format!("/FZ101/incidents/{id}")).await;
        let before_the_updates = page.split("8:48am").next().unwrap();
        assert!(!before_the_updates.contains("ack to normal"), "{page}");
        assert!(app.get("/FZ101/history").await.text().contains("Still going on"));
    }
}
