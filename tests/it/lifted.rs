//! Lines that somebody set apart from any incident, and lifts again: whoever was told of them
//! by a message hears that once, also after the end of the incident that it was about.

use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::each_place::Reader;
use crate::harness::{Driver, TestApp};

async fn set(app: &TestApp, token: &str, of: &str, lines: Value) {
    app.advance(chrono::Duration::minutes(1));
    let path = format!("/api/v1/organisations/{of}/lines");
    let done = app.api(token, "PUT", &path, json!({"lines": lines})).await;
    assert!(done.status.is_success(), "{}", done.text());
    assert_eq!(done.json()["publication"], "published");
}

const SHUT: &str = "Do not come";

#[tokio::test]
async fn who_was_told_not_to_come_hears_once_that_the_board_or_the_place_has_lifted_it() {
    for driver in Driver::BOTH {
        for by in ["QZ9", "Z80003"] {
            let mut day = Reader::new(driver, &["Z80003"]).await;
            let token = day.app.token(by, Role::Coordinator).await;
            set(&day.app, &token, by, json!({"attend": "do_not_come", "phones": "down"})).await;
            assert_eq!(day.hears().await, [""; 0], "lines send no message by themselves");
            let emis = day.declare(json!({"system": "emis-web"})).await;
            let told = day.hears().await;
            assert!(told.len() == 1 && told[0].contains(SHUT), "{told:?}");
            let second = day.declare(json!({"title": "Flood", "organisations": ["Z80003"]})).await;
            assert_eq!(day.hears().await.len(), 1);
            for incident in [&emis, &second] {
                day.says(incident, json!({"state": "resolved"})).await;
                let told = day.hears().await;
                assert!(told.len() == 1 && told[0].contains(SHUT), "{told:?}");
            }
            // One line less changes nothing about coming.
            set(&day.app, &token, by, json!({"attend": "do_not_come"})).await;
            assert_eq!(day.hears().await, [""; 0]);
            set(&day.app, &token, by, json!({})).await;
            let told = day.hears().await;
            assert!(told.len() == 1 && !told[0].contains(SHUT), "{by}: {told:?}");
            set(&day.app, &token, by, json!({})).await;
            assert_eq!(day.hears().await, [""; 0]);
        }
    }
}

#[tokio::test]
async fn who_was_told_of_another_line_hears_it_and_nobody_else() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80003"]).await;
        day.app
            .subscribers(&[("a@example.org", "email", "Z80003"), ("b@example.org", "email", "Z80001")])
            .await;
        let token = day.app.token("QZ9", Role::Coordinator).await;
        set(&day.app, &token, "QZ9", json!({"test_results": "paused"})).await;
        let emis = day.declare(json!({"title": "Flood", "organisations": ["Z80003", "Z80001"]})).await;
        day.says(&emis, json!({"state": "resolved"})).await;
        day.hears().await;
        let before = day.app.captured().await.len();
        set(&day.app, &token, "QZ9", json!({})).await;
        assert_eq!(day.hears().await, [""; 0], "the text message did not speak of it");
        assert_eq!(day.app.captured().await.len(), before + 1, "the email did");
        set(&day.app, &token, "QZ9", json!({"test_results": "paused"})).await;
        set(&day.app, &token, "QZ9", json!({})).await;
        day.hears().await;
        assert_eq!(day.app.captured().await.len(), before + 1, "and nobody heard of the next");
    }
}
