//! All that is recorded about an incident as one file: what was refused, what waits, whom
//! staff were told by, and the words that left; no contact of anybody.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, strict, update_of};
use crate::duties::on_duty;
use crate::harness::{Driver, TestApp};
use crate::staff::Person;

async fn posted(app: &TestApp, token: &str, path: &str, body: Value) -> Value {
    let done = app.api(token, "POST", path, body).await;
    assert!(done.status.is_success(), "{path}: {}", done.text());
    done.json()
}

async fn export(app: &TestApp, token: &str, id: &str) -> Value {
    app.api(token, "GET", &format!("/api/v1/incidents/{id}/record"), Value::Null).await.json()
}

/// The values of a field, of all in a list of which another field is so.
fn those(list: &Value, field: &str, is: (&str, &str)) -> Vec<String> {
    let all = list.as_array().unwrap().iter().filter(|one| one[is.0] == is.1);
    all.map(|one| one[field].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn it_has_what_was_refused_and_what_waits_word_for_word() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let (author, second) =
            (app.token("X24", Role::Administrator).await, app.token("X24", Role::Approver).await);
        let first = json!({"system": "emis-web", "message": "We use paper."});
        let first = posted(&app, &author, "/api/v1/incidents", first).await;
        assert_eq!(decide(&app, &second, &update_of(&first), "approval", json!({})).await.status, 200);
        let id = first["id"].as_str().unwrap();
        let path = format!("/api/v1/incidents/{id}/updates");
        app.advance(Duration::minutes(5));
        let wrong = posted(&app, &author, &path, json!({"message": "Stay at home."})).await;
        let because = json!({"reason": "Not true."});
        let refused = decide(&app, &second, &update_of(&wrong), "refusal", because).await;
        assert!(refused.status.is_success(), "{}", refused.text());
        app.advance(Duration::minutes(5));
        posted(&app, &author, &path, json!({"message": "Ring the bell."})).await;
        let all = export(&app, &author, id).await["proposals"].clone();
        let words = |standing| {
            let those = all.as_array().unwrap().iter().filter(|p| p["standing"] == standing);
            those.map(|p| p["content"].to_string()).collect::<String>()
        };
        assert!(words("refused").contains("Stay at home."), "{all}");
        assert_eq!(those(&all, "decided_because", ("standing", "refused")), ["Not true."]);
        assert!(words("waiting").contains("Ring the bell."), "{all}");
        assert!(words("approved").contains("We use paper."), "{all}");
    }
}

#[tokio::test]
async fn it_has_what_staff_were_told_and_the_words_that_left() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "desk@example.org", "email")]).await;
        app.subscribers(&[("+447700900124", "sms", "Z80001"), ("reader@example.org", "email", "Z80001")])
            .await;
        let coordinator = Person::of(&app, "Y91", Role::Coordinator).await.cookie;
        let token = app.token("Y91", Role::Administrator).await;
        let body = json!({"system": "emis-web", "message": "We use paper."});
        let first = posted(&app, &token, "/api/v1/incidents", body).await;
        let id = first["id"].as_str().unwrap().to_owned();
        app.call().await;
        app.run_workers().await;
        app.advance(Duration::minutes(30));
        app.call().await;
        // One person alone has 999 say something else, and everybody in charge is alarmed.
        app.desk = app.desk.clone().with_rules(Rules::default());
        let more = json!({"lines": {"booking": "paused"}});
        let more = posted(&app, &token, &format!("/api/v1/incidents/{id}/updates"), more).await;
        assert_eq!(more["publication"], "awaiting_approval");
        let because = json!({"reason": "Nobody else is here."});
        let glass = decide(&app, &token, &update_of(&more), "break-glass", because).await;
        assert_eq!(glass.status, 200, "{}", glass.text());
        app.call().await;
        let all = export(&app, &token, &id).await;
        let calls = &all["calls"];
        let reasons: Vec<&str> =
            calls.as_array().unwrap().iter().filter_map(|c| c["reason"].as_str()).collect();
        assert_eq!(reasons, ["ask", "chase", "alarm"], "{calls}");
        let told = &calls[0]["told"];
        assert_eq!(those(told, "channel", ("organisation", "Z80001")), ["sms"], "{told}");
        assert_eq!(those(told, "role", ("organisation", "Z80002")), ["on_duty"], "{told}");
        let alarmed = &calls[2]["told"];
        assert_eq!(those(alarmed, "role", ("organisation", "Y91")), ["coordinator"], "{alarmed}");
        let words = &all["words"];
        let texts = those(words, "text", ("channel", "sms"));
        assert!(texts[0].contains("Ashwick Surgery"), "{words}");
        assert_eq!(words[0]["language"], "en");
        assert_eq!(words[0]["to"], json!({"captured": 1}), "{words}");
        assert!(those(words, "text", ("channel", "email"))[0].contains("We use paper."), "{words}");
        let text = all.to_string();
        for contact in ["900123", "900124", "desk@example.org", "reader@example.org"] {
            assert!(!text.contains(contact), "{contact}");
        }
        assert!(!text.contains("/c/Z8000"), "nor a link by which somebody answers");
        drop(coordinator);
    }
}
