//! A message on its way out, as staff see it: held, stopped, sent on, tried
//! again, and proved afterwards.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use chrono::Duration as Time;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use signpost::domain::delivery::Limits;
use signpost::domain::user::Role;
use signpost::web::router;
use signpost::workers::{expander, releaser};
use tower::ServiceExt;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

const PEOPLE: usize = 400;

/// A surgery with more readers than are told at once.
async fn crowded(driver: Driver, limits: Limits) -> (TestApp, String) {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_limits(limits);
    let contacts: Vec<String> = (0..PEOPLE).map(|n| format!("reader{n}@example.org")).collect();
    let rows: Vec<(&str, &str, &str)> = contacts.iter().map(|c| (c.as_str(), "email", "Z80001")).collect();
    app.subscribers(&rows).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.publish().await;
    (app, token)
}

fn in_steps() -> Limits {
    let seconds = Duration::from_secs;
    Limits { hold_above: 100, hold: seconds(30), watch: seconds(60), per_hour: 10 }
}

async fn declare(app: &mut TestApp, token: &str) -> String {
    let body = json!({"system": "emis-web", "organisations": ["Z80001"]});
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.publish().await;
    while expander::step(&app.desk).await.unwrap() {}
    posted.json()["update"]["id"].as_str().unwrap().to_owned()
}

async fn count(app: &TestApp, token: &str, update: &str, state: &str) -> u64 {
    let counts: Value = app.counts(token, update).await;
    counts["email"][state].as_u64().unwrap_or(0)
}

#[tokio::test]
async fn a_large_audience_is_held_then_the_first_then_the_rest() {
    for driver in Driver::BOTH {
        let (mut app, token) = crowded(driver, in_steps()).await;
        let update = declare(&mut app, &token).await;
        app.advance(Time::seconds(20));
        app.send_due().await;
        assert_eq!(count(&app, &token, &update, "queued").await, PEOPLE as u64);

        // The hold is over: about 1 % leave.
        app.advance(Time::seconds(15));
        app.send_due().await;
        let first = app.captured().await.len();
        assert!(first < 40, "{first}");
        releaser::step(&app.desk).await.unwrap();
        app.send_due().await;
        assert_eq!(app.captured().await.len(), first);

        app.advance(Time::seconds(60));
        while releaser::step(&app.desk).await.unwrap() > 0 {}
        app.send_due().await;
        assert_eq!(app.captured().await.len(), PEOPLE);
        // A small audience, and a correction, wait for nobody.
        let path = format!("/api/v1/updates/{update}/withdrawal");
        app.api(&token, "POST", &path, json!({"correction": "EMIS Web works."})).await;
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 2 * PEOPLE);
    }
}

#[tokio::test]
async fn what_is_held_can_be_stopped_or_sent_on_from_the_screen() {
    for driver in Driver::BOTH {
        let (mut app, token) = crowded(driver, in_steps()).await;
        let cookie = Person::of(&app, "X24", Role::Coordinator).await.cookie;
        let stopped = declare(&mut app, &token).await;
        let person = Person { app: &app, cookie: cookie.clone() };
        let screen = person.get(&format!("/desk/updates/{stopped}")).await;
        assert!(screen.text().contains("Nobody is told before"), "{}", screen.text());
        assert_eq!(values(&screen, "[data-live]", "data-live"), [format!("/desk/updates/{stopped}/live")]);
        let answer = person.post(&format!("/desk/updates/{stopped}/stop"), &[]).await;
        assert_eq!(answer.header("location"), format!("/desk/updates/{stopped}?done=stop&number={PEOPLE}"));
        assert!(person.get(answer.header("location")).await.text().contains("Stopped. 400 messages"));
        app.advance(Time::minutes(10));
        while releaser::step(&app.desk).await.unwrap() > 0 {}
        app.send_due().await;
        assert_eq!((app.captured().await.len(), count(&app, &token, &stopped, "suppressed").await), (0, 400));

        let sent = declare(&mut app, &token).await;
        let person = Person { app: &app, cookie };
        person.post(&format!("/desk/updates/{sent}/send"), &[]).await;
        while releaser::step(&app.desk).await.unwrap() > 0 {}
        app.advance(Time::seconds(2));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), PEOPLE);

        // Whoever may only look changes nothing; others do not even see it.
        let viewer = Person::of(&app, "X24", Role::Viewer).await;
        assert!(texts(&viewer.get(&format!("/desk/updates/{sent}")).await, "button").len() <= 1);
        assert_eq!(viewer.post(&format!("/desk/updates/{sent}/stop"), &[]).await.status, 403);
        let other = Person::of(&app, "Z80002", Role::Publisher).await;
        for path in ["stop", "send", "retry"] {
            assert_eq!(other.post(&format!("/desk/updates/{sent}/{path}"), &[]).await.status, 404);
        }
        for path in ["", "/live", "/texts", "/deliveries.csv"] {
            assert_eq!(other.get(&format!("/desk/updates/{sent}{path}")).await.status, 404, "{path}");
        }
    }
}

#[tokio::test]
async fn the_proof_holds_every_message_and_no_contact_or_formula() {
    for driver in Driver::BOTH {
        let (mut app, token) = crowded(driver, Limits::default()).await;
        let update = declare(&mut app, &token).await;
        app.advance(Time::seconds(2));
        app.send_due().await;
        let person = Person::of(&app, "X24", Role::Viewer).await;
        let proof = person.get(&format!("/desk/updates/{update}/deliveries.csv")).await;
        assert!(proof.header("content-type").starts_with("text/csv"));
        let text = proof.text();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let states: Vec<String> = reader.records().map(|r| r.unwrap()[5].to_owned()).collect();
        assert_eq!(states, vec!["captured"; PEOPLE]);
        assert!(!text.contains("reader7@example.org") && text.contains("r…@e….org"));

        let words = person.get(&format!("/desk/updates/{update}/texts")).await;
        assert!(words.text().contains("400 readers") && words.text().contains("Ashwick Surgery"));
    }
}

#[tokio::test]
async fn the_screen_is_live() {
    let (mut app, token) = crowded(Driver::Sqlite, Limits::default()).await;
    let update = declare(&mut app, &token).await;
    let person = Person::of(&app, "X24", Role::Viewer).await;
    let request = Request::get(format!("/desk/updates/{update}/live")).header(header::COOKIE, &person.cookie);
    let answer = router(app.web()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut body = answer.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("0 of 400 messages have ended"));
    app.advance(Time::seconds(2));
    app.send_due().await;
    let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(String::from_utf8_lossy(&second).contains("400 messages. Nothing waits any more."));
}
