//! Where it fails again, nothing better than the failing state is said by saying nothing.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};
use crate::staff_post::{answers as answers_of, hidden, press};
use crate::told_alike::{declare, goes_on, text};

fn states(page: &Value) -> Vec<(String, String)> {
    let word = |l: &Value, name: &str| l[name].as_str().unwrap().to_owned();
    page["lines"].as_array().unwrap().iter().map(|l| (word(l, "line"), word(l, "state"))).collect()
}

fn better() -> Value {
    json!({"state": "catching_up", "lines": {"attend": "come", "booking": "normal", "test_results": "normal",
        "records": "normal", "prescriptions": "delayed"}})
}

/// A surgery's own incident fails, gets better, may be over, and fails again.
#[tokio::test]
async fn a_relapse_says_nothing_better_than_the_failing_state() {
    for driver in Driver::BOTH {
        for ends in [true, false] {
            let mut app = TestApp::with_region(driver).await;
            app.subscribers(&[("+447700900201", "sms", "Z80001")]).await;
            let own = json!({"system": "emis-web", "organisations": ["Z80001"]});
            let id = declare(&app, "Z80001", own).await;
            let failing = states(&app.status("Z80001").await);
            app.advance(Duration::minutes(20));
            goes_on(&app, "Z80001", &id, better()).await;
            assert_eq!(app.status("Z80001").await["headline"]["text"], "Come to your appointment as usual.");
            app.advance(Duration::minutes(20));
            if ends {
                goes_on(&app, "Z80001", &id, json!({"state": "resolved"})).await;
                app.advance(Duration::minutes(20));
            }
            goes_on(&app, "Z80001", &id, json!({"state": "identified", "message": "EMIS has failed again."}))
                .await;
            let page = app.status("Z80001").await;
            assert_eq!(states(&page), failing, "{page}");
            let html = text(&mut app, "/Z80001").await;
            assert!(!html.contains("as usual"), "{html}");
            app.run_workers().await;
            let sent = app.captured().await;
            let last = &sent.iter().rfind(|(_, text)| text.contains("unless we contact you"));
            assert!(last.is_some(), "{sent:?}");
            // What the update itself says counts.
            goes_on(&app, "Z80001", &id, json!({"lines": {"booking": "normal"}})).await;
            let page = app.status("Z80001").await;
            assert!(states(&page).contains(&("booking".into(), "normal".into())), "{page}");
        }
    }
}

/// What nobody spoke of while it failed comes from the system.
#[tokio::test]
async fn for_the_rest_the_system_s_own_lines_stand() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let own =
            json!({"system": "emis-web", "organisations": ["Z80001"], "lines": {"records": "on_paper"}});
        let id = declare(&app, "Z80001", own).await;
        app.advance(Duration::minutes(20));
        goes_on(&app, "Z80001", &id, better()).await;
        app.advance(Duration::minutes(20));
        goes_on(&app, "Z80001", &id, json!({"state": "investigating"})).await;
        let page = app.status("Z80001").await;
        let expected = [
            ("attend", "come_unless_contacted"),
            ("booking", "urgent_only"),
            ("prescriptions", "urgent_on_paper"),
            ("test_results", "delayed"),
            ("records", "on_paper"),
        ];
        let expected: Vec<_> = expected.iter().map(|(l, s)| (l.to_string(), s.to_string())).collect();
        assert_eq!(states(&page), expected, "{page}");
    }
}

fn with(mut typed: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    typed.retain(|(n, _)| n != name);
    typed.push((name.to_owned(), value.to_owned()));
    typed
}

/// What stands in the form before anybody answers is not what they said.
#[tokio::test]
async fn the_form_follows_a_relapse_line_by_line() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Z80001", json!({"system": "emis-web", "organisations": ["Z80001"]})).await;
        app.advance(Duration::minutes(20));
        goes_on(&app, "Z80001", &id, better()).await;
        app.advance(Duration::minutes(20));
        {
            let person = Person::of(&app, "Z80001", Role::Publisher).await;
            let (form, to) =
                (format!("/desk/incidents/{id}/update"), format!("/desk/incidents/{id}/preview"));
            let typed = answers_of(&person.get(&form).await);
            assert!(typed.contains(&("lines.attend".into(), "come".into())), "{typed:?}");
            // One line is touched; the others were left.
            let typed = with(with(typed, "state", "identified"), "lines.booking", "paused");
            let preview = press(&person, &to, &typed).await;
            let said = texts(&preview, ".sp-message");
            assert!(said[0].contains("unless we contact you"), "{said:?}");
            let fields = hidden(&preview);
            let value = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
            assert_eq!(value("lines.booking"), Some("paused"), "{fields:?}");
            assert_eq!(value("lines.attend"), Some("come_unless_contacted"), "{fields:?}");
            assert_eq!(value("lines.prescriptions"), Some("urgent_on_paper"), "{fields:?}");
            // Back, and somebody says themselves that people come: that is their word.
            let again = press(&person, &format!("/desk/incidents/{id}/edit"), &fields).await;
            let typed = answers_of(&again);
            assert!(typed.contains(&("lines.attend".into(), "come_unless_contacted".into())), "{typed:?}");
            let preview = press(&person, &to, &with(typed, "lines.attend", "come")).await;
            let fields = hidden(&preview);
            assert!(fields.contains(&("lines.attend".into(), "come".into())), "{fields:?}");
            press(&person, &form, &fields).await;
        }
        let page = app.status("Z80001").await;
        assert!(states(&page).contains(&("attend".into(), "come".into())), "{page}");
        assert!(states(&page).contains(&("booking".into(), "paused".into())), "{page}");
    }
}
