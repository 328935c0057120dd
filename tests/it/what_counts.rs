//! Whose word about a line counts, and for how long: what was planned makes nothing better,
//! what a place says of itself is its own to end, and nothing old comes back as new.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::harness::{Driver, TestApp};
use crate::told_alike::{answers, call, declare, goes_on, says, text};

const SHUT: &str = "Do not come to your appointment. We will contact you to arrange a new one.";

fn line(page: &Value, line: &str) -> Value {
    let all = page["lines"].as_array().unwrap();
    all.iter().find(|l| l["line"] == line).cloned().unwrap_or_default()
}

fn state(page: &Value, of: &str) -> String {
    line(page, of)["state"].as_str().unwrap_or_default().to_owned()
}

fn headline(page: &Value) -> String {
    page["headline"]["text"].as_str().unwrap().to_owned()
}

async fn plan(app: &TestApp, lines: Value, from: DateTime<Utc>) {
    let window = json!({"title": "New phone system", "organisations": ["Z80001"], "lines": lines,
        "starts_at": from, "ends_at": from + Duration::hours(2)});
    call(app, "Z80001", "POST", "/api/v1/planned", window).await;
}

/// The plan said "come"; then the place flooded. And how it is goes before what was planned
/// also where that has run out.
#[tokio::test]
async fn planned_work_makes_nothing_better() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let starts = app.now() + Duration::hours(1);
        plan(&app, json!({"attend": "come", "phones": "limited", "booking": "paused"}), starts).await;
        let wrong = json!({"attend": "do_not_come", "phones": "down", "booking": "urgent_only"});
        let flood = json!({"title": "Flood", "organisations": ["Z80001"], "lines": wrong});
        declare(&app, "QZ8", flood).await;
        app.advance(Duration::minutes(70));
        let page = app.status("Z80001").await;
        assert_eq!(
            ["attend", "phones", "booking"].map(|of| state(&page, of)),
            ["do_not_come", "down", "paused"],
            "{page}"
        );
        assert_eq!(headline(&page), SHUT);
        // The board is late, and what it said has run out.
        app.advance(Duration::minutes(111));
        assert_eq!(app.now() - starts, Duration::minutes(121), "the plan's time is over too");
        let page = app.status("Z80001").await;
        assert_eq!(page["headline"]["state"], "unknown", "{page}");
    }
}

#[tokio::test]
async fn planned_work_answers_nothing_that_has_run_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        plan(&app, json!({"attend": "come", "phones": "down"}), app.now() + Duration::hours(3)).await;
        declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        app.advance(Duration::minutes(200));
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "attend"), state(&page, "phones")), (String::new(), "down".into()));
        assert_ne!(headline(&page), "Come to your appointment as usual.");
        // What the place says today beats what it planned.
        says(&app, "Z80001", json!({"lines": {"attend": "come", "phones": "working"}})).await;
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "attend"), state(&page, "phones")), ("come".into(), "working".into()));
    }
}

/// Desk and link ask for an answer when what was said has run out: it counts then.
#[tokio::test]
async fn an_answer_counts_also_when_what_others_said_has_run_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        app.advance(Duration::minutes(200));
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come", "phones": "down"}});
        answers(&app, "Z80001", &id, shut).await;
        let page = app.status("Z80001").await;
        assert_eq!(headline(&page), SHUT, "{page}");
        assert!(!text(&mut app, "/Z80001").await.contains("We do not know if this information"));
        app.advance(Duration::hours(2));
        assert_eq!(state(&app.status("Z80001").await, "phones"), "down");
        app.advance(Duration::minutes(61));
        let page = app.status("Z80001").await;
        assert!(headline(&page).contains("Contact us before you come"), "{page}");
        // Hours after others said that it is over, it is not over here.
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        app.advance(Duration::hours(5));
        answers(&app, "Z80001", &id, json!({"answer": "affected", "lines": {"attend": "do_not_come"}})).await;
        assert_eq!(headline(&app.status("Z80001").await), SHUT);
    }
}

/// "Not affected" and "busy" may come with lines: others do not end those.
#[tokio::test]
async fn what_a_place_said_of_itself_is_its_own_to_end() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        let shut = |answer: &str| json!({"answer": answer, "lines": {"attend": "do_not_come"}});
        let places = [("Z80001", "not_affected"), ("Z80002", "busy"), ("Z80003", "recovered")];
        for (place, answer) in places {
            answers(&app, place, &id, shut(answer)).await;
        }
        answers(&app, "Z80005", &id, json!({"answer": "busy"})).await;
        app.advance(Duration::minutes(30));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        for (place, _) in places {
            let page = app.status(place).await;
            assert_eq!(headline(&page), SHUT, "{page}");
        }
        assert_eq!(app.status("Z80005").await["headline"]["state"], "normal");
        app.advance(Duration::minutes(5));
        for (place, _) in places {
            answers(&app, place, &id, json!({"answer": "recovered", "lines": {}})).await;
            let page = app.status(place).await;
            assert_eq!(headline(&page), "Come to your appointment as usual.", "{page}");
        }
    }
}

#[tokio::test]
async fn who_takes_back_a_mistake_ends_nothing_that_the_place_said_of_itself() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let cut =
            json!({"title": "Phones", "organisations": ["Z80001", "Z80002"], "lines": {"phones": "down"}});
        let posted = call(&app, "QZ8", "POST", "/api/v1/incidents", cut).await;
        let id = posted["id"].as_str().unwrap();
        let own = json!({"answer": "affected", "lines": {"attend": "do_not_come", "phones": "down"}});
        answers(&app, "Z80001", id, own).await;
        app.advance(Duration::minutes(5));
        let back = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
        call(&app, "QZ8", "POST", &back, json!({"correction": "Wrong places. We are sorry."})).await;
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "attend"), state(&page, "phones")), ("do_not_come".into(), "down".into()));
        assert_eq!(app.status("Z80002").await["headline"]["state"], "normal");
    }
}

#[tokio::test]
async fn what_ran_out_first_does_not_come_back() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let shut = json!({"title": "Flood", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        declare(&app, "QZ8", shut).await;
        let hour = app.now() + Duration::hours(1);
        says(&app, "Z80001", json!({"lines": {"attend": "come"}, "expires_at": hour})).await;
        assert_eq!(headline(&app.status("Z80001").await), "Come to your appointment as usual.");
        app.advance(Duration::minutes(61));
        assert_eq!(headline(&app.status("Z80001").await), SHUT);
        app.advance(Duration::hours(2));
        let page = app.status("Z80001").await;
        assert!(headline(&page).contains("Contact us before you come"), "{page}");
    }
}

/// Where it fails again, "as usual" of the end is not said again by saying nothing.
#[tokio::test]
async fn a_relapse_brings_back_what_stood_before_the_end() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        let before = app.status("Z80001").await;
        assert_eq!(state(&before, "attend"), "come_unless_contacted");
        app.advance(Duration::minutes(30));
        let usual =
            json!({"attend": "come", "booking": "normal", "prescriptions": "normal", "records": "normal"});
        goes_on(&app, "Y91", &id, json!({"state": "resolved", "lines": usual})).await;
        app.advance(Duration::minutes(30));
        let again = app.now();
        goes_on(
            &app,
            "Y91",
            &id,
            json!({"state": "identified", "message": "It failed again.",
            "lines": {"booking": "paused"}}),
        )
        .await;
        let page = app.status("Z80001").await;
        for of in ["attend", "prescriptions", "records"] {
            assert_eq!(state(&page, of), state(&before, of), "{of}: {page}");
        }
        assert_eq!(state(&page, "booking"), "paused");
        let since: DateTime<Utc> = line(&page, "attend")["since"].as_str().unwrap().parse().unwrap();
        assert_eq!(since, again);
    }
}

/// A board's words fall with its lines; and a line that comes back is as old as it is.
#[tokio::test]
async fn words_above_fall_with_their_lines_and_a_line_keeps_its_time() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let said = app.now();
        let all = json!({"lines": {"test_results": "paused", "check_in": "at_the_desk"},
            "message": "Blood results wait for the lab.", "expires_at": said + Duration::hours(6)});
        says(&app, "QZ8", all).await;
        app.advance(Duration::minutes(10));
        let words = "Blood results wait for the lab.";
        assert!(text(&mut app, "/Z80001").await.contains(words));
        let one = json!({"lines": {"test_results": "normal"}, "expires_at": app.now() + Duration::hours(1)});
        says(&app, "Z80001", one).await;
        assert!(text(&mut app, "/Z80001").await.contains(words), "one of its lines still stands");
        let both = json!({"lines": {"test_results": "normal", "check_in": "normal"},
            "expires_at": app.now() + Duration::hours(1)});
        says(&app, "Z80001", both).await;
        for path in ["/Z80001", "/Z80001/voice.xml"] {
            assert!(!text(&mut app, path).await.contains(words), "{path}");
        }
        app.advance(Duration::minutes(61));
        assert!(text(&mut app, "/Z80001").await.contains(words));
        // Set for this one place, and then spoken of by the place for half an hour.
        let token = app.token("QZ8", signpost::domain::user::Role::Coordinator).await;
        let off = json!({"lines": {"online_form": "off"}, "expires_at": app.now() + Duration::hours(5)});
        let set_at = app.now();
        let path = "/api/v1/organisations/Z80001/lines";
        assert_eq!(app.api(&token, "PUT", path, off).await.status, 200);
        app.advance(Duration::minutes(5));
        let on = json!({"lines": {"online_form": "on"}, "expires_at": app.now() + Duration::minutes(30)});
        says(&app, "Z80001", on).await;
        assert_eq!(state(&app.status("Z80001").await, "online_form"), "on");
        app.advance(Duration::minutes(31));
        let page = app.status("Z80001").await;
        let since: DateTime<Utc> = line(&page, "online_form")["since"].as_str().unwrap().parse().unwrap();
        assert_eq!((state(&page, "online_form"), since), ("off".into(), set_at));
    }
}
