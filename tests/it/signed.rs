//! Each word is signed by whoever said it, from one answer to the next.

use serde_json::{Value, json};

use crate::harness::{BASE, Driver, TestApp, code};
use crate::told_alike::{call, declare, read, text};

const FLOODED: &str = "The building is flooded.";

async fn answer(app: &TestApp, by: &str, id: &str, place: &str, body: Value) -> Value {
    call(app, by, "PUT", &format!("/api/v1/incidents/{id}/responses/{place}"), body).await
}

fn line(page: &Value, line: &str) -> Value {
    let all = page["lines"].as_array().unwrap();
    all.iter().find(|l| l["line"] == line).cloned().unwrap_or_default()
}

/// A board has answered for a surgery; the incident, and the surgery's link.
async fn flooded(app: &TestApp) -> (String, String) {
    let id = declare(app, "Y91", json!({"system": "emis-web"})).await;
    let body = json!({"answer": "affected", "lines": {"attend": "do_not_come", "phones": "down"},
        "message": FLOODED});
    answer(app, "QZ8", &id, "Z80001", body).await;
    let url = app.desk.answer_url(id.parse().unwrap(), &code("Z80001"), app.now());
    (id, url.strip_prefix(BASE).unwrap().to_owned())
}

#[tokio::test]
async fn what_a_board_said_stays_the_board_s_after_one_tap() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (id, link) = flooded(&app).await;
        let board = app.status("Z80001").await["messages"][0]["said_by"].as_str().unwrap().to_owned();
        let asked = app.get(&link).await.text();
        assert!(asked.contains(&format!("{board} said for you: {FLOODED}")), "{asked}");
        assert!(asked.contains(&format!("{board} said for you: Phone lines: Not working")), "{asked}");
        assert!(!asked.contains("In its own words"), "{asked}");
        app.advance(chrono::Duration::minutes(5));
        assert_eq!(app.form(&link, "answer=affected").await.status, 303);
        let page = app.status("Z80001").await;
        for of in ["attend", "phones"] {
            assert_eq!(line(&page, of)["spoken_by"]["code"], "QZ8", "{page}");
        }
        assert_eq!(page["messages"][0]["text"], FLOODED);
        assert_eq!(page["messages"][0]["said_by"], json!(board), "{page}");
        assert_eq!(page["incidents"][0]["confirmation"], "confirmed");
        let html = text(&mut app, "/Z80001").await;
        assert!(html.contains(&format!("{board}: {FLOODED}")), "{html}");
        for form in ["feed.atom", "history", "voice.xml"] {
            let told = text(&mut app, &format!("/Z80001/{form}")).await;
            let own = told.split("Ashwick Surgery").any(|part| part.starts_with(&format!(": {FLOODED}")));
            assert!(!own, "{form}: {told}");
        }
        // A line of its own leaves the board's to the board.
        app.advance(chrono::Duration::minutes(5));
        assert_eq!(app.form(&link, "line=check_in%3Aat_the_desk").await.status, 303);
        let page = app.status("Z80001").await;
        assert_eq!(line(&page, "phones")["spoken_by"]["code"], "QZ8", "{page}");
        assert!(line(&page, "check_in")["spoken_by"].is_null(), "{page}");
        // What it says itself takes the place of what was said for it.
        let own =
            json!({"answer": "affected", "lines": {"phones": "working"}, "message": "Use the side door."});
        answer(&app, "Z80001", &id, "Z80001", own).await;
        let page = app.status("Z80001").await;
        assert_eq!(line(&page, "phones")["state"], "working");
        assert!(line(&page, "phones")["spoken_by"].is_null(), "{page}");
        assert_eq!(line(&page, "attend")["spoken_by"]["code"], "QZ8", "{page}");
        let said = page["messages"].to_string();
        assert!(!said.contains(FLOODED) && said.contains("side door"), "{said}");
        // Nor does a place sign for somebody else.
        let forged = json!({"answer": "affected", "lines": {"booking": {"state": "paused",
            "spoken_by": {"code": "QZ8", "name": "NHS"}}}});
        answer(&app, "Z80001", &id, "Z80001", forged).await;
        assert!(line(&app.status("Z80001").await, "booking")["spoken_by"].is_null());
    }
}

#[tokio::test]
async fn busy_carries_nothing_that_another_said() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (id, _) = flooded(&app).await;
        app.advance(chrono::Duration::minutes(5));
        let said = answer(&app, "Z80001", &id, "Z80001", json!({"answer": "busy"})).await;
        assert_eq!((&said["lines"], &said["message"]), (&json!({}), &Value::Null), "{said}");
        let page = app.status("Z80001").await;
        assert!(line(&page, "phones").is_null() && page["messages"].is_null(), "{page}");
    }
}

/// The other way about: who answers for a place does not sign what the place said.
#[tokio::test]
async fn what_a_place_said_stays_the_place_s_when_a_board_answers() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        let own = json!({"answer": "affected", "lines": {"phones": "down"}, "message": "Burst pipe."});
        answer(&app, "Z80001", &id, "Z80001", own).await;
        app.advance(chrono::Duration::minutes(5));
        let said =
            answer(&app, "QZ8", &id, "Z80001", json!({"answer": "busy", "lines": {"booking": "paused"}}));
        said.await;
        let page = read(&mut app, "/Z80001/status.json").await;
        assert!(line(&page, "phones")["spoken_by"].is_null(), "{page}");
        assert_eq!(line(&page, "booking")["spoken_by"]["code"], "QZ8", "{page}");
        assert_eq!(page["messages"][0]["said_by"], "Ashwick Surgery", "{page}");
        // And back: all is its own again.
        answer(&app, "Z80001", &id, "Z80001", json!({"answer": "affected"})).await;
        let page = app.status("Z80001").await;
        assert_eq!(page["messages"][0]["said_by"], "Ashwick Surgery", "{page}");
        assert_eq!(line(&page, "booking")["spoken_by"]["code"], "QZ8", "{page}");
    }
}
