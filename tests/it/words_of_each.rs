//! What is said of a place by itself and by others: each word stands and ends by itself.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::line::Line;
use signpost::domain::user::{Actor, Role};

use crate::harness::{Answer, Driver, TestApp, code};

async fn says(app: &TestApp, who: &str, role: Role, place: &str, body: Value) -> Answer {
    let token = app.token(who, role).await;
    app.api(&token, "PUT", &format!("/api/v1/organisations/{place}/lines"), body).await
}

fn state(page: &Value, line: &str) -> String {
    let all = page["lines"].as_array().unwrap();
    let found = all.iter().find(|l| l["line"] == line);
    found.map_or(String::new(), |l| l["state"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn what_a_board_sets_leaves_what_the_place_said() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let own = json!({"lines": {"phones": "down", "attend": "do_not_come"}, "message": "Burst pipe.",
            "phone": "07700 900123", "expires_at": "2024-07-22T17:00:00Z"});
        assert_eq!(says(&app, "Z80001", Role::Publisher, "Z80001", own).await.status, 200);
        for line in ["booking", "test_results"] {
            app.advance(Duration::minutes(5));
            let state = if line == "booking" { "paused" } else { "delayed" };
            let hour = json!({"lines": {line: state}, "expires_at": app.now() + Duration::hours(1)});
            let done = says(&app, "QZ8", Role::Coordinator, "Z80001", hour).await;
            assert_eq!(done.status, 200, "{}", done.text());
        }
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "phones"), state(&page, "attend")), ("down".into(), "do_not_come".into()));
        assert_eq!((state(&page, "booking"), state(&page, "test_results")), ("".into(), "delayed".into()));
        let by = |line: &str| {
            let all = page["lines"].as_array().unwrap().iter();
            all.clone().find(|l| l["line"] == line).unwrap().get("spoken_by").cloned().unwrap_or_default()
        };
        assert!(by("phones").is_null() && by("test_results").to_string().contains("QZ8"), "{page}");
        let html = app.get("/Z80001").await.text();
        assert!(html.contains("07700 900123") && html.contains("Burst pipe."), "{html}");
        assert!(!html.contains("ICB says Burst pipe"), "{html}");
        // The board's word runs out; it takes back what it said; the place's stands.
        app.advance(Duration::minutes(61));
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "attend"), state(&page, "test_results")), ("do_not_come".into(), "".into()));
        let nothing = says(&app, "QZ8", Role::Coordinator, "Z80001", json!({"lines": {}})).await;
        assert_eq!(nothing.status, 200);
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "phones"), state(&page, "attend")), ("down".into(), "do_not_come".into()));
    }
}

#[tokio::test]
async fn the_last_word_about_a_line_counts_until_it_runs_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let form = json!({"lines": {"online_form": "off", "phones": "limited"}});
        assert_eq!(says(&app, "Y91", Role::Coordinator, "Z80001", form).await.status, 200);
        app.advance(Duration::minutes(5));
        let own = json!({"lines": {"phones": "down"}, "expires_at": app.now() + Duration::days(2)});
        assert_eq!(says(&app, "Z80001", Role::Publisher, "Z80001", own).await.status, 200);
        let page = app.status("Z80001").await;
        // Nobody said that the form is on again.
        assert_eq!((state(&page, "online_form"), state(&page, "phones")), ("off".into(), "down".into()));
        // Its board knows better for an hour, and then the place's word holds again.
        app.advance(Duration::minutes(5));
        let hour = json!({"lines": {"phones": "working"}, "expires_at": app.now() + Duration::hours(1)});
        assert_eq!(says(&app, "QZ8", Role::Coordinator, "Z80001", hour).await.status, 200);
        assert_eq!(state(&app.status("Z80001").await, "phones"), "working");
        app.advance(Duration::minutes(61));
        assert_eq!(state(&app.status("Z80001").await, "phones"), "down");
        // The region may not say otherwise any more; the place says what it says in one tap.
        let over =
            says(&app, "Y91", Role::Coordinator, "Z80001", json!({"lines": {"phones": "working"}})).await;
        assert_eq!(over.status, 409, "{}", over.text());
        let who = app.token("Z80001", Role::Publisher).await;
        assert_eq!(app.api(&who, "GET", "/api/v1/organisations/Z80001", Value::Null).await.status, 200);
    }
}

#[tokio::test]
async fn two_who_set_lines_at_once_are_both_heard() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let path = "/api/v1/organisations/Z80001/lines";
        let one = |n: usize| {
            let body = json!({"lines": {"phones": "down"}, "message": format!("Message {n}.")});
            app.api(&token, "PUT", path, body)
        };
        let all = futures_util::future::join_all((0..8).map(one)).await;
        assert!(
            all.iter().all(|a| a.status == 200),
            "{:?}",
            all.iter().map(Answer::text).collect::<Vec<_>>()
        );
        assert_eq!(state(&app.status("Z80001").await, "phones"), "down");
    }
}

#[tokio::test]
async fn a_number_to_phone_instead_is_a_whole_number_of_a_place() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let answers = async |phone: &str| {
        let body = json!({"lines": {"phones": "down"}, "phone": phone});
        says(&app, "Z80001", Role::Publisher, "Z80001", body).await.status.as_u16()
    };
    for wrong in
        ["999", "111", "112", "123", "12345", "0770090055", "07700 9005555", "0", "+1 202 555 0100", "1+23"]
    {
        assert_eq!(answers(wrong).await, 422, "{wrong}");
    }
    for right in
        ["01632 960 001", "07700 900123", "+44 7700 900123", "(01632) 960001", "+44 (0)1632 960001", ""]
    {
        assert_eq!(answers(right).await, 200, "{right}");
    }
}

#[tokio::test]
async fn a_day_without_a_session_and_words_that_nobody_knows_are_refused() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for wrong in [
        json!({"state": "cancelled", "day": "2024-07-22"}),
        json!({"state": "cancelled", "sesion": "morning", "day": "2024-07-22"}),
        json!({"state": "cancelled", "session": "morning", "date": "2024-07-22"}),
    ] {
        let body = json!({"lines": {"operations": wrong}});
        let answer = says(&app, "RZ5", Role::Publisher, "RZ5", body).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(answer.json()["errors"][0]["pointer"], "/lines/operations", "{}", answer.text());
    }
}

/// An exception lasts as long as what it is an exception to: when the place's own word runs
/// out before, and when the board says it for longer.
#[tokio::test]
async fn an_exception_lasts_as_long_as_what_it_is_an_exception_to() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (five, soon) = (app.now() + Duration::hours(5), app.now() + Duration::minutes(30));
        let off = json!({"lines": {"online_form": "off"}, "expires_at": five});
        assert_eq!(says(&app, "QZ8", Role::Coordinator, "QZ8", off).await.status, 200);
        let own = json!({"lines": {"phones": "limited"}, "expires_at": soon});
        assert_eq!(says(&app, "Z80001", Role::Publisher, "Z80001", own).await.status, 200);
        assert_eq!(state(&app.status("Z80001").await, "online_form"), "off");
        let who = Actor { organisation: code("Z80001"), role: Role::Publisher, ..Actor::command_line() };
        app.desk.except(&who, Line::OnlineForm).await.unwrap();
        app.advance(Duration::minutes(60));
        let page = app.status("Z80001").await;
        assert_eq!((state(&page, "online_form"), state(&page, "phones")), ("on".into(), "".into()), "{page}");
        assert!(app.desk.home(&who).await.unwrap().wider.is_empty());
        app.advance(Duration::hours(2));
        let longer = json!({"lines": {"online_form": "off"}, "expires_at": app.now() + Duration::hours(9)});
        assert_eq!(says(&app, "QZ8", Role::Coordinator, "QZ8", longer).await.status, 200);
        app.advance(Duration::hours(5));
        assert_eq!(state(&app.status("Z80001").await, "online_form"), "on");
        assert_eq!(state(&app.status("Z80002").await, "online_form"), "off");
        app.advance(Duration::hours(5));
        assert_eq!(state(&app.status("Z80001").await, "online_form"), "", "nobody says anything any more");
    }
}
