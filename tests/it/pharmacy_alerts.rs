//! What slows a pharmacy down is in its feeds, its alerts and Statuspage as on its page.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::workers::planner;

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

/// Whether a surgery is back to normal is for the surgery to say, also where its pharmacy tells it.
#[tokio::test]
async fn what_others_say_is_over_is_called_normal_only_where_the_surgery_says_so() {
    for driver in Driver::BOTH {
        for (by_surgery, label) in [(false, "Said to be over"), (true, "Back to normal")] {
            let (mut app, id) = slowed(driver).await;
            alert(&mut app).await;
            app.advance(Duration::minutes(20));
            if by_surgery {
                answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
            } else {
                let path = format!("/api/v1/incidents/{id}/updates");
                call(&app, "Y91", "POST", &path, json!({"state": "resolved"})).await;
            }
            let over = alert(&mut app).await;
            assert_eq!(element(&over, "msgType"), "Cancel", "{over}");
            assert_eq!(over.contains("AllClear"), by_surgery, "{over}");
            assert!(!over.contains("not confirmed"), "a pharmacy has nothing to confirm: {over}");
            assert_eq!(statuspage(&app).await[0]["status"], "resolved");
            for form in ["feed.atom".to_owned(), "feed.rss".to_owned(), format!("incidents/{id}")] {
                let told = app.get(&format!("/FZ101/{form}")).await.text();
                assert!(told.contains(label), "{form}: {told}");
                assert_eq!(told.contains("Back to normal"), by_surgery, "{form}: {told}");
            }
        }
    }
}

/// All of them in the same moment, also in the middle of a minute.
#[tokio::test]
async fn no_form_waits_for_the_minute_after_a_pharmacy_has_answered() {
    for driver in Driver::BOTH {
        let (mut app, id) = slowed(driver).await;
        app.advance(Duration::seconds(67));
        alert(&mut app).await;
        statuspage(&app).await;
        app.advance(Duration::seconds(20));
        answers(&app, "FZ101", &id, json!({"answer": "recovered"})).await;
        let told = alert(&mut app).await;
        assert_eq!(element(&told, "msgType"), "Cancel", "{told}");
        let told = statuspage(&app).await;
        assert!(told[0]["status"] == "resolved" && told[0]["resolved_at"].is_string(), "{told}");
        let history = app.get("/FZ101/history").await.text();
        assert!(!history.contains("Still going on"), "{history}");
    }
}

/// What an alert told of planned work stays told: that it should be over, also where somebody
/// says later that it takes longer.
#[tokio::test]
async fn an_alert_of_planned_work_names_all_before_it_whatever_is_said_later() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let plan = json!({"title": "New till", "organisations": ["FZ101"], "lines": {"phones": "down"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T10:00:00Z"});
        let plan = call(&app, "FZ101", "POST", "/api/v1/planned", plan).await["id"].clone();
        let path = format!("/api/v1/planned/{}", plan.as_str().unwrap());
        let mut told: Vec<String> = Vec::new();
        for (at, kind, longer) in [
            ("2024-07-19T09:00:00Z", "Alert", None),
            ("2024-07-19T10:00:00Z", "Cancel", None),
            ("2024-07-19T10:30:00Z", "Update", Some("2024-07-19T11:30:00Z")),
            ("2024-07-19T11:30:00Z", "Cancel", None),
            ("2024-07-19T12:00:00Z", "Update", Some("2024-07-19T14:00:00Z")),
            ("2024-07-19T13:00:00Z", "Cancel", Some("")),
        ] {
            app.desk.clock.set(at.parse().unwrap());
            planner::step(&app.desk).await.unwrap();
            match longer {
                Some("") => drop(call(&app, "FZ101", "POST", &format!("{path}/end"), json!({})).await),
                Some(end) => {
                    let longer = json!({"ends_at": end});
                    call(&app, "FZ101", "POST", &format!("{path}/extension"), longer).await;
                }
                None => {}
            }
            let cap = alert(&mut app).await;
            assert_eq!(element(&cap, "msgType"), kind, "{at}: {cap}");
            let references = element(&cap, "references");
            assert!(told.iter().all(|id| references.contains(id.as_str())), "{at}: {told:?}: {cap}");
            told.push(element(&cap, "identifier"));
        }
    }
}
