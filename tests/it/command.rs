//! A command centre's day, as a reviewer from outside walked through it: who said what
//! for whom, exercises beside what is real, and who is still waited for.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::calls::said;
use crate::duties::on_duty;
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

async fn declare(app: &TestApp, token: &str, body: Value) -> String {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    posted.json()["id"].as_str().unwrap().to_owned()
}

async fn answer(app: &TestApp, token: &str, incident: &str, place: &str, answer: &str) {
    let path = format!("/api/v1/incidents/{incident}/responses/{place}");
    let done = app.api(token, "PUT", &path, json!({"answer": answer})).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

fn main_text(page: &crate::harness::Answer) -> String {
    texts(page, "main").join(" ")
}

/// What a coordinator presses for a place is told as theirs, and the record says who.
#[tokio::test]
async fn what_others_press_for_a_place_is_told_as_theirs() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let surgery = app.token("Z80001", Role::Publisher).await;
        let id = declare(&app, &region, json!({"system": "emis-web"})).await;
        answer(&app, &region, &id, "Z80001", "not_affected").await;
        answer(&app, &region, &id, "Z80002", "affected").await;
        app.publish().await;
        let name =
            app.get("/Y91/status.json").await.json()["organisation"]["name"].as_str().unwrap().to_owned();
        let page = app.get("/Z80001").await.text();
        assert!(
            page.contains(&format!("{name} said for this place at 8am that it is not affected.")),
            "{page}"
        );
        assert!(!page.contains("This GP surgery said"), "{page}");
        let feed = app.get("/Z80002/feed.atom").await.text();
        assert!(
            feed.contains(&format!("{name} said for ")) && feed.contains("that it was affected."),
            "{feed}"
        );
        let welsh = app.get("/Z80001/cy").await.text();
        assert!(welsh.contains("ar ran y lle hwn"), "{welsh}");
        let record = Person::of(&app, "Y91", Role::Viewer).await;
        let record = record.get(&format!("/desk/incidents/{id}/record")).await;
        assert!(main_text(&record).contains("Answer for "), "{}", main_text(&record));
        assert!(main_text(&record).contains(&name));
        // Its own word takes the place of theirs.
        answer(&app, &surgery, &id, "Z80001", "not_affected").await;
        app.publish().await;
        let page = app.get("/Z80001").await.text();
        assert!(page.contains("This GP surgery said at 8am that it is not affected."), "{page}");
    }
}

/// An exercise is marked where one chooses it, has its own counts, and is answered at the
/// desk; nothing of it counts among what is real.
#[tokio::test]
async fn an_exercise_has_a_board_of_its_own_and_is_answered_at_the_desk() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let id = declare(&app, &region, json!({"system": "emis-web", "kind": "exercise"})).await;
        let desk = Person::of(&app, "Z80001", Role::Publisher).await;
        let here = format!("/desk/incidents/{id}/answer");
        let home = desk.get("/desk").await;
        let buttons = values(&home, &format!("form[action='{here}'] button"), "value");
        assert_eq!(buttons, ["affected", "not_affected", "busy"], "{}", home.text());
        assert_eq!(desk.post(&here, &[("answer", "affected")]).await.status, 303);
        assert!(main_text(&desk.get("/desk").await).contains("You answered at 8am: Affected"));

        let coordinator = Person::of(&app, "Y91", Role::Coordinator).await;
        let board = coordinator.get("/board").await;
        assert!(texts(&board, "#incident option").iter().any(|o| o.starts_with("EXERCISE. ")));
        assert!(texts(&board, ".sp-counts div").contains(&"Affected 0".to_owned()));
        let own = coordinator.get(&format!("/board?incident={id}")).await;
        let counts = texts(&own, ".sp-counts div");
        assert!(counts.contains(&"Affected 3".to_owned()), "with its branches: {counts:?}");
        assert!(own.text().contains("This is an exercise. Nothing here is real."), "{}", own.text());
        assert!(
            counts.iter().any(|c| c.starts_with("Have not answered ") && !c.ends_with(" 0")),
            "{counts:?}"
        );
        assert!(!own.text().contains("No place is like that."));
        let log = coordinator.get("/desk/log/new").await;
        assert!(texts(&log, "option").iter().any(|o| o.starts_with("EXERCISE. ")), "{}", log.text());
        let home = main_text(&coordinator.get("/desk").await);
        assert!(home.contains("No page changes.") && !home.contains("It stands on"), "{home}");
    }
}

/// Others end it: those who said that they are affected are asked once, by a link, and the
/// board leads to them until they answer.
#[tokio::test]
async fn whoever_was_asked_is_asked_whether_it_is_back_to_normal() {
    for driver in Driver::BOTH {
        for kind in ["live", "exercise"] {
            let mut app = TestApp::with_region(driver).await;
            on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "07700 900124", "sms")]).await;
            let region = app.token("Y91", Role::Coordinator).await;
            let id = declare(
                &app,
                &region,
                json!({"title": "EMIS Web is down", "organisations": ["Z80001", "Z80002"], "kind": kind}),
            )
            .await;
            let surgery = app.token("Z80001", Role::Publisher).await;
            answer(&app, &surgery, &id, "Z80001", "affected").await;
            app.call().await;
            app.advance(Duration::minutes(5));
            let over = json!({"state": "resolved"});
            let path = format!("/api/v1/incidents/{id}/updates");
            assert_eq!(app.api(&region, "POST", &path, over).await.status, 201);
            app.call().await;
            app.call().await;
            let asked: Vec<_> =
                said(&app).await.into_iter().filter(|(_, t)| t.contains("back to normal")).collect();
            assert_eq!(asked.len(), 2, "each once, the silent one too: {asked:?}");
            assert!(asked.iter().all(|(_, text)| text.starts_with("EXERCISE. ") == (kind == "exercise")));
            let board = Person::of(&app, "Y91", Role::Coordinator).await;
            let waits = async || main_text(&board.get("/board").await).contains("Still waited for");
            assert_eq!(waits().await, kind == "live");
            for (_, text) in &asked {
                let link = text.split_whitespace().find(|w| w.contains("/c/")).unwrap();
                let link = &link[link.find("/c/").unwrap()..];
                let shown = app.get(link).await.text();
                assert!(shown.contains("Are you back to normal?") && shown.contains("We are back to normal"));
                assert_eq!(waits().await, kind == "live");
                app.form(link, "answer=recovered").await;
            }
            assert!(!waits().await);
            app.publish().await;
        }
    }
}

/// Nobody is on duty: whoever answers for the place and has an account is told.
#[tokio::test]
async fn a_late_update_is_told_to_accounts_where_nobody_is_on_duty() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let coordinator = Person::of(&app, "Y91", Role::Coordinator).await;
        let region = app.token("Y91", Role::Coordinator).await;
        declare(&app, &region, json!({"system": "emis-web"})).await;
        app.call().await;
        assert_eq!(said(&app).await.len(), 0);
        app.advance(Duration::minutes(125));
        app.call().await;
        let told = said(&app).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].1.contains("Your next update was due at 10am."), "{}", told[0].1);
        drop(coordinator);
    }
}

/// What was captured keeps the words of when it was, whatever a line above says later.
#[tokio::test]
async fn captured_messages_keep_their_words() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let region = app.token("Y91", Role::Coordinator).await;
        declare(&app, &region, json!({"system": "emis-web", "message": "We know what is wrong."})).await;
        app.run_workers().await;
        app.advance(Duration::minutes(1));
        let lines = json!({"lines": {"phones": "limited"}});
        let set = app.api(&region, "PUT", "/api/v1/organisations/Y91/lines", lines).await;
        assert_eq!(set.status, 200, "{}", set.text());
        let cookie = {
            let person = Person::of(&app, "Y91", Role::Coordinator).await;
            let listed = main_text(&person.get("/desk/messages").await);
            assert!(listed.contains("We know what is wrong."), "{listed}");
            let update = app.api(&region, "GET", "/api/v1/incidents", Value::Null).await.json();
            let update = update["incidents"][0]["updates"][0]["id"].as_str().unwrap().to_owned();
            let read = main_text(&person.get(&format!("/desk/updates/{update}/texts")).await);
            assert!(read.contains("We know what is wrong.") && !read.contains("not written yet"), "{read}");
            person.cookie.clone()
        };
        // What has ended is counted for a day.
        let id = app.api(&region, "GET", "/api/v1/incidents", Value::Null).await.json();
        let id = id["incidents"][0]["id"].as_str().unwrap().to_owned();
        let over = json!({"state": "resolved"});
        assert_eq!(
            app.api(&region, "POST", &format!("/api/v1/incidents/{id}/updates"), over).await.status,
            201
        );
        app.run_workers().await;
        let person = Person { app: &app, cookie };
        let board = texts(&person.get("/board").await, ".sp-counts div");
        assert!(board.iter().any(|c| c.starts_with("Captured") && c.ends_with(" 2")), "{board:?}");
    }
}
