//! Other words never leave under the id of those before: whoever drops repeats would keep
//! what is not so any more.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::channels::sink::{Mood, Sink};
use crate::harness::{Driver, TestApp};
use crate::late::mailing;

fn header(bytes: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let line = text.lines().find(|line| line.starts_with(name));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).to_owned()
}

async fn again(app: &TestApp) {
    app.advance(Duration::minutes(5));
    app.resolve().await;
    app.advance(Duration::minutes(5));
    app.send_due().await;
}

async fn shuts(app: &TestApp, token: &str) {
    let local = json!({"lines": {"attend": "do_not_come"}});
    let said = app.api(token, "PUT", "/api/v1/organisations/Z80001/lines", local).await;
    assert!(said.status.is_success(), "{}", said.text());
}

#[tokio::test]
async fn an_email_with_other_words_has_an_id_and_a_date_of_its_own() {
    for driver in Driver::BOTH {
        let (mut app, sink): (TestApp, Sink) = mailing(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        sink.set(Mood::LosesAnswer);
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.run_workers().await;
        again(&app).await;
        shuts(&app, &app.token("Z80001", Role::Publisher).await).await;
        sink.set(Mood::Well);
        again(&app).await;
        let taken = sink.taken();
        assert_eq!(taken.len(), 3);
        let of = |name: &str| taken.iter().map(|t| header(&t.bytes, name)).collect::<Vec<_>>();
        for name in ["Message-ID:", "Date:"] {
            let all = of(name);
            assert_eq!(all[0], all[1], "the same words");
            assert_ne!(all[1], all[2], "others");
        }
        // What comes back finds the message by where it comes back to.
        assert_eq!(taken[0].from, taken[2].from);
    }
}

#[tokio::test]
async fn a_webhook_with_other_words_has_an_id_of_its_own() {
    for driver in Driver::BOTH {
        let mut app = crate::webhooks::app(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        let receiver = crate::webhooks::Receiver::new("500,500,200");
        crate::webhooks::endpoint(&app, &token, &receiver.url, "").await;
        let (_, update) = crate::webhooks::declare(&mut app, &token).await;
        crate::webhooks::go_on(&app, 60).await;
        shuts(&app, &app.token("Z80001", Role::Publisher).await).await;
        crate::webhooks::go_on(&app, 600).await;
        let seen = receiver.seen().await;
        assert_eq!(seen.len(), 3, "{seen:?}");
        assert_eq!(seen[0]["id"], seen[1]["id"], "the same words");
        assert_ne!(seen[1]["id"], seen[2]["id"], "others");
        assert!(seen[2]["body"].as_str().unwrap().contains("do_not_come"));
        assert_eq!(app.counts(&token, &update).await["webhook"]["accepted"], 1);
    }
}

/// Somebody else's news changes nothing of what a place says.
#[tokio::test]
async fn the_same_words_written_anew_keep_their_id() {
    let mut app = crate::webhooks::app(Driver::Sqlite).await;
    let token = app.token("X24", Role::Administrator).await;
    let receiver = crate::webhooks::Receiver::new("500,200");
    crate::webhooks::endpoint(&app, &token, &receiver.url, "").await;
    crate::webhooks::declare(&mut app, &token).await;
    let body = json!({"title": "The phones are down", "organisations": ["Z80009"]});
    let other = app.api(&token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(other.status, 201, "{}", other.text());
    crate::webhooks::go_on(&app, 60).await;
    let seen: Vec<Value> = receiver.seen().await;
    assert_eq!((seen.len(), &seen[0]["id"]), (2, &seen[1]["id"]), "{seen:?}");
}
