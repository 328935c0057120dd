//! A number that was taken for dead and is not: what a failure did to it ends with the news
//! that the message arrived after all.

use serde_json::json;
use signpost::domain::subscriber::Channel;
use signpost::store::subscribers;
use signpost::workers::expander;

use crate::delivery::{NUMBER, callback, callback_of, declared, sms};
use crate::harness::{Driver, TestApp};

/// How many are told of what is said next.
async fn told_next(app: &mut TestApp, token: &str, incident: &str, message: &str) -> u64 {
    let path = format!("/api/v1/incidents/{incident}/updates");
    let posted = app.api(token, "POST", &path, json!({"message": message})).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.run_workers().await;
    posted.json()["reach"]["recipients"]["sms"].as_u64().unwrap()
}

fn sid(n: usize) -> String {
    format!("SM{n:032x}")
}

const LANDLINE: &str = "30006";

#[tokio::test]
async fn a_number_whose_message_arrived_after_all_is_told_again() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        let incident = posted["id"].as_str().unwrap();
        callback_of(&app, &sid(1), "failed", LANDLINE).await;
        assert_eq!(told_next(&mut app, &token, incident, "One.").await, 0, "it is taken for a landline");
        callback(&app, &sid(1), "delivered").await;
        assert_eq!(told_next(&mut app, &token, incident, "Two.").await, 1);
        assert_eq!(provider.copies(NUMBER), 2);
    }
}

/// A later message that arrives says the same; an older one was before the failure.
#[tokio::test]
async fn only_what_is_as_new_as_the_failure_lifts_what_it_did() {
    for driver in Driver::BOTH {
        let (mut app, _provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        let incident = posted["id"].as_str().unwrap();
        assert_eq!(told_next(&mut app, &token, incident, "One.").await, 1);
        callback_of(&app, &sid(2), "failed", LANDLINE).await;
        callback(&app, &sid(1), "delivered").await;
        assert_eq!(told_next(&mut app, &token, incident, "Two.").await, 0, "that was before");
        callback(&app, &sid(2), "delivered").await;
        assert_eq!(told_next(&mut app, &token, incident, "Three.").await, 1);
        assert_eq!(told_next(&mut app, &token, incident, "Four.").await, 1);
        // The fourth message is the newer.
        callback_of(&app, &sid(3), "failed", LANDLINE).await;
        assert_eq!(told_next(&mut app, &token, incident, "Five.").await, 0);
        callback(&app, &sid(4), "delivered").await;
        assert_eq!(told_next(&mut app, &token, incident, "Six.").await, 1);
    }
}

/// Who said STOP stays away, whatever arrives.
#[tokio::test]
async fn news_of_a_message_brings_back_nobody_who_left() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        let incident = posted["id"].as_str().unwrap();
        callback_of(&app, &sid(1), "failed", "21610").await;
        callback(&app, &sid(1), "delivered").await;
        assert_eq!(told_next(&mut app, &token, incident, "One.").await, 0);
        assert_eq!(provider.copies(NUMBER), 1);
    }
}

/// What waited when the number was taken for dead leaves after all.
#[tokio::test]
async fn what_was_held_back_from_a_number_that_works_leaves() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let next = app.api(&token, "POST", &path, json!({"message": "One."})).await.json();
        while expander::step(&app.desk).await.unwrap() {}
        callback_of(&app, &sid(1), "failed", LANDLINE).await;
        assert_eq!(sms(&app, &token, &next, "suppressed").await, 1);
        callback(&app, &sid(1), "delivered").await;
        app.run_workers().await;
        assert_eq!((sms(&app, &token, &next, "accepted").await, provider.copies(NUMBER)), (json!(1), 2));
    }
}

/// Where nothing is suspended, whoever holds the reader's row holds up no callback.
#[tokio::test]
async fn a_message_that_arrives_locks_nobody() {
    let (mut app, _provider, token, posted) = declared(Driver::Postgres).await;
    app.run_workers().await;
    let mut tx = app.desk.db.write().await.unwrap();
    let hash = app.desk.keys.index("sms", NUMBER);
    subscribers::lock_by_hash(&mut tx, Channel::Sms, &hash).await.unwrap().unwrap();
    let soon = std::time::Duration::from_secs(5);
    tokio::time::timeout(soon, callback(&app, &sid(1), "delivered")).await.unwrap();
    drop(tx);
    assert_eq!(sms(&app, &token, &posted, "delivered").await, 1);
}
