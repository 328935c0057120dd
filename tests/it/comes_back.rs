//! What was said to be over comes back, or never was everybody's; and answers that meet.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::delivery::DeliveryState;
use signpost::domain::user::Role;
use signpost::store::Tx;

use crate::approvals::{decide, update_of};
use crate::calls::said;
use crate::duties::on_duty;
use crate::endings::{Day, reported};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

/// One more update of the region's incident; gives its id.
async fn goes_on(day: &Day, body: Value) -> String {
    let path = format!("/api/v1/incidents/{}/updates", day.incident);
    let posted = day.app.api(&day.region, "POST", &path, body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    update_of(&posted.json())
}

async fn take_back(day: &Day, update: &str) -> u16 {
    let words = json!({"correction": "What we told you was wrong."});
    decide(&day.app, &day.region, update, "withdrawal", words).await.status.as_u16()
}

async fn silent(day: &Day) -> String {
    let asking = format!("/api/v1/incidents/{}/asking", day.incident);
    day.app.api(&day.region, "GET", &asking, Value::Null).await.json()["silent"].to_string()
}

async fn confirm(day: &Day) -> u16 {
    let all = format!("/api/v1/incidents/{}/confirmations", day.incident);
    day.app.api(&day.board, "POST", &all, json!({})).await.status.as_u16()
}

/// The end was wrong: nobody who was back to normal after it is so any more, until they say so again.
#[tokio::test]
async fn an_end_that_is_taken_back_leaves_nobody_back_to_normal() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        let end = goes_on(&day, json!({"state": "resolved"})).await;
        day.app.advance(Duration::minutes(5));
        day.answers("recovered", json!({})).await;
        assert_eq!(confirm(&day).await, 200);
        assert_eq!(
            (day.state("Z80001").await, day.state("Z80002").await),
            ("normal".into(), "normal".into())
        );
        day.app.advance(Duration::minutes(5));
        assert_eq!(take_back(&day, &end).await, 201);
        for place in ["Z80001", "Z80002"] {
            assert_ne!(day.state(place).await, "normal", "{place}");
        }
        let not_yet = silent(&day).await;
        assert!(not_yet.contains("Z80001") && not_yet.contains("Z80002"), "{not_yet}");
        // What is said after that counts, and a relapse that is taken back brings back what it undid.
        day.app.advance(Duration::minutes(5));
        day.answers("recovered", json!({})).await;
        assert_eq!(day.state("Z80001").await, "normal");
        goes_on(&day, json!({"state": "monitoring"})).await;
        day.app.advance(Duration::minutes(5));
        let worse = goes_on(&day, json!({"state": "identified"})).await;
        assert_ne!(day.state("Z80001").await, "normal");
        day.app.advance(Duration::minutes(5));
        assert_eq!(take_back(&day, &worse).await, 201);
        assert_eq!(day.state("Z80001").await, "normal");
    }
}

/// Of those on duty at a place: how many messages they got, and the newest.
async fn asked(app: &TestApp, place: &str) -> (usize, String) {
    let all = said(app).await;
    let got = all.into_iter().filter(|(d, _)| d.organisation.as_str() == place);
    let got: Vec<_> = got.filter(|(d, _)| d.state == DeliveryState::Captured).collect();
    (got.len(), got.last().map(|(_, text)| text.clone()).unwrap_or_default())
}

/// Whoever was back to normal before it came back is asked once more; and so are the silent, by itself.
#[tokio::test]
async fn what_comes_back_is_asked_about_again() {
    for (driver, is_taken_back) in Driver::BOTH.into_iter().flat_map(|d| [(d, false), (d, true)]) {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "07700 900124", "sms")]).await;
        let mut day = crate::endings::day(app).await;
        day.app.call().await;
        assert_eq!(asked(&day.app, "Z80002").await.0, 1);
        day.answers("affected", json!({})).await;
        day.app.advance(Duration::minutes(5));
        let end = goes_on(&day, json!({"state": "resolved"})).await;
        day.app.call().await;
        day.app.advance(Duration::minutes(30));
        day.answers("recovered", json!({})).await;
        day.app.call().await;
        let before = (asked(&day.app, "Z80001").await.0, asked(&day.app, "Z80002").await.0);
        day.app.advance(Duration::minutes(5));
        match is_taken_back {
            true => assert_eq!(take_back(&day, &end).await, 201),
            false => drop(goes_on(&day, json!({"state": "identified"})).await),
        }
        day.app.call().await;
        for (place, had) in [("Z80001", before.0), ("Z80002", before.1)] {
            let (has, text) = asked(&day.app, place).await;
            assert_eq!(has, had + 1, "{driver:?} {is_taken_back} {place}");
            assert!(text.contains("Are you affected?"), "{text}");
        }
        // And chased, until somebody stops it; then it does not begin by itself.
        day.app.advance(Duration::minutes(30));
        day.app.call().await;
        assert_eq!(asked(&day.app, "Z80001").await.0, before.0 + 2);
        let asking = format!("/api/v1/incidents/{}/asking", day.incident);
        day.app.api(&day.region, "PUT", &asking, json!({"asking": "off"})).await;
        goes_on(&day, json!({"state": "resolved"})).await;
        day.app.advance(Duration::minutes(5));
        goes_on(&day, json!({"state": "identified"})).await;
        let had = asked(&day.app, "Z80002").await.0;
        day.app.advance(Duration::hours(3));
        assert_eq!(day.app.call().await, 0);
        assert_eq!(asked(&day.app, "Z80002").await.0, had);
    }
}

/// A surgery's word is that of its branches: its board does not say otherwise there with all the others.
#[tokio::test]
async fn branches_of_a_surgery_that_answered_are_not_silent() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        goes_on(&day, json!({"state": "resolved"})).await;
        day.answers("affected", json!({"attend": "do_not_come"})).await;
        assert_eq!(day.state("Z80001001").await, "closed");
        let list = format!("/desk/incidents/{}/answers", day.incident);
        {
            let board = Person::of(&day.app, "QZ8", Role::Coordinator).await;
            let screen = board.get(&list).await;
            let (all, number) =
                (texts(&screen, "main").join(" "), values(&screen, "input[name=seen]", "value"));
            let asking = format!("/api/v1/incidents/{}/confirmations", day.incident);
            let done = day.app.api(&day.board, "POST", &asking, json!({})).await;
            assert_eq!(done.status, 200, "{}", done.text());
            let counted = done.json()["organisations"].to_string();
            assert!(number.is_empty() || number == [counted], "{number:?} {all}");
        }
        for place in ["Z80001", "Z80001001", "Z80001002"] {
            assert_eq!(day.state(place).await, "closed", "{place}");
        }
        assert_eq!(day.state("Z80002").await, "normal");
        // Nor does a region say it over the surgery.
        let path = format!("/api/v1/incidents/{}/responses/Z80001001", day.incident);
        let over = day.app.api(&day.region, "PUT", &path, json!({"answer": "not_affected"})).await;
        assert_eq!(over.status, 409, "{}", over.text());
    }
}

/// Keeps everybody from ending what they write, until it is committed.
async fn held(day: &Day) -> Tx {
    let mut held = day.app.desk.db.write().await.unwrap();
    if let Tx::Postgres(t) = &mut held {
        sqlx::query("lock table audit in exclusive mode").execute(&mut **t).await.unwrap();
    }
    held
}

async fn wait(ms: u64) {
    tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
}

/// A surgery answers in the moment at which its board speaks for all that are silent.
#[tokio::test]
async fn a_word_that_lands_while_the_board_speaks_for_all_is_not_lost() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        goes_on(&day, json!({"state": "resolved"})).await;
        let surgery = day.app.token("Z80002", Role::Publisher).await;
        let path = format!("/api/v1/incidents/{}/responses/Z80002", day.incident);
        let all = format!("/api/v1/incidents/{}/confirmations", day.incident);
        let held = held(&day).await;
        let says = day.app.api(&surgery, "PUT", &path, json!({"answer": "affected"}));
        let confirms = async {
            wait(400).await;
            day.app.api(&day.board, "POST", &all, json!({})).await
        };
        let lets_go = async {
            wait(1000).await;
            held.commit().await.unwrap();
        };
        let (said, confirmed, ()) = tokio::join!(says, confirms, lets_go);
        assert_eq!((said.status.as_u16(), confirmed.status.as_u16()), (200, 200), "{}", confirmed.text());
        assert_eq!(day.state("Z80002").await, "catching_up", "{driver:?}");
        assert_eq!(day.state("Z80003").await, "not_confirmed", "of another board");
    }
}

/// An update is approved in the moment at which a surgery answers: neither stops the other.
#[tokio::test]
async fn an_answer_and_an_approval_do_not_wait_for_each_other() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        day.app.desk = day.app.desk.clone().with_rules(Rules::default());
        let path = format!("/api/v1/incidents/{}/updates", day.incident);
        let worse = json!({"message": "It takes until noon."});
        let posted = day.app.api(&day.region, "POST", &path, worse).await.json();
        assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
        let update = update_of(&posted);
        let second = day.app.token("Y91", Role::Approver).await;
        let surgery = day.app.token("Z80002", Role::Publisher).await;
        let answer = format!("/api/v1/incidents/{}/responses/Z80002", day.incident);
        let held = held(&day).await;
        let approves = decide(&day.app, &second, &update, "approval", json!({}));
        let says = async {
            wait(400).await;
            day.app.api(&surgery, "PUT", &answer, json!({"answer": "affected"})).await
        };
        let lets_go = async {
            wait(1000).await;
            held.commit().await.unwrap();
        };
        let (approved, said, ()) = tokio::join!(approves, says, lets_go);
        assert_eq!((approved.status.as_u16(), said.status.as_u16()), (200, 200), "{}", approved.text());
    }
}

/// 111 is no place's to clear: that it is as usual again asks nobody whether they are.
#[tokio::test]
async fn the_end_of_words_about_111_is_confirmed_by_nobody() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let board = app.token("QZ8", Role::Coordinator).await;
        let lines = json!({"nhs_111": {"state": "changed", "words": "NHS 111 is slow today."}});
        let body = json!({"title": "NHS 111 is slow", "scope": "Y91", "lines": lines});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        app.advance(Duration::minutes(5));
        let id = posted["id"].as_str().unwrap();
        let updates = format!("/api/v1/incidents/{id}/updates");
        app.api(&author, "POST", &updates, json!({"message": "It is still slow."})).await;
        app.advance(Duration::minutes(5));
        let over = app.api(&author, "POST", &updates, json!({"state": "resolved"})).await.json();
        assert_eq!(decide(&app, &second, &update_of(&over), "approval", json!({})).await.status, 200);
        for place in ["Z80001", "Z80006", "FZ101", "RZ5"] {
            assert_eq!(app.status(place).await["headline"]["state"], "normal", "{place}");
        }
        let all = format!("/api/v1/incidents/{id}/confirmations");
        assert_eq!(app.api(&board, "POST", &all, json!({})).await.status, 409);
    }
}

/// What its board said for it is on a surgery's desk, with a button if it is not so.
#[tokio::test]
async fn a_surgery_sees_that_its_board_said_it_is_back_and_can_say_that_it_is_not() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        goes_on(&day, json!({"state": "resolved"})).await;
        day.app.advance(Duration::minutes(5));
        assert_eq!(confirm(&day).await, 200);
        assert_eq!(day.state("Z80002").await, "normal");
        let tells = |desk: &crate::harness::Answer| texts(desk, "main").join(" ");
        {
            let surgery = Person::of(&day.app, "Z80002", Role::Publisher).await;
            let desk = surgery.get("/desk").await;
            assert!(tells(&desk).contains("answered for you at"), "{}", tells(&desk));
            assert!(tells(&desk).contains("Your page says that you are back to normal."), "{}", tells(&desk));
            let answer = format!("form[action='/desk/incidents/{}/answer'] button", day.incident);
            assert_eq!(texts(&desk, &answer)[0], "No, we are still affected", "{}", desk.text());
            // Who said it themselves is asked nothing more.
            let other = Person::of(&day.app, "Z80001", Role::Publisher).await;
            let path = format!("/desk/incidents/{}/answer", day.incident);
            other.post(&path, &[("answer", "recovered")]).await;
            assert!(!tells(&other.get("/desk").await).contains("Are you affected?"));
            let pressed = surgery.post(&path, &[("answer", "affected")]).await;
            assert_eq!(pressed.status, 303, "{}", pressed.text());
            assert!(tells(&surgery.get("/desk").await).contains("We are back to normal"));
        }
        assert_ne!(day.state("Z80002").await, "normal");
        let third = Person::of(&day.app, "Z80005", Role::Publisher).await;
        assert!(tells(&third.get("/desk").await).contains("answered for you at"));
        day.app.advance(Duration::days(7));
        assert!(!tells(&third.get("/desk").await).contains("answered for you at"), "not for ever");
    }
}
