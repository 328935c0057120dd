//! What a situation report counts: whose word it is, and of an old incident the same as of a
//! new one.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Driver, TestApp};
use crate::told_alike::{answers, call, declare, goes_on, says};

async fn report(app: &TestApp, id: &str) -> Value {
    call(app, "Y91", "POST", &format!("/api/v1/incidents/{id}/reports"), Value::Null).await
}

fn affected(report: &Value) -> String {
    let all = report["methane"].as_array().unwrap();
    let n = all.iter().find(|part| part["letter"] == "N").unwrap_or_else(|| panic!("{report}"));
    n["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_a_region_pressed_for_a_place_is_not_what_the_place_says() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        let path = format!("/api/v1/incidents/{id}/responses/Z80002");
        call(&app, "Y91", "PUT", &path, json!({"answer": "affected"})).await;
        let told = affected(&report(&app, &id).await);
        assert!(told.contains(" affected. For 1 more, others say so."), "{told}");
        // Once the place says so itself, it is its own word.
        app.advance(Duration::minutes(5));
        answers(&app, "Z80002", &id, json!({"answer": "affected"})).await;
        let told = affected(&report(&app, &id).await);
        assert!(!told.contains("others say so"), "{told}");
    }
}

#[tokio::test]
async fn a_report_of_an_old_incident_counts_lines_as_one_of_a_new_one_does() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        app.advance(Duration::hours(1));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        for days in [10, 100] {
            app.advance(Duration::days(days));
            let until = app.now() + Duration::hours(4);
            says(&app, "Z80001", json!({"lines": {"phones": "down"}, "expires_at": until})).await;
            let report = report(&app, &id).await;
            let lines = report["content"]["lines"].as_array().unwrap();
            let phones = lines.iter().find(|line| line["line"] == "phones");
            assert!(phones.is_some(), "after {days} more days: {report}");
        }
    }
}
