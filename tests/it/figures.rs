//! What whoever watches the machine is told (`metrics.listen`).

use chrono::Duration;
use serde_json::json;
use signpost::domain::delivery::DeliveryState;
use signpost::domain::incident::Kind;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::pauses;
use signpost::web::metrics;
use signpost::workers::expander;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::harness::{Driver, TestApp};

#[tokio::test]
async fn figures_tell_what_waits_and_for_how_long() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001"), ("b@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let calm = app.desk.figures().await.unwrap();
        assert_eq!((calm.messages, calm.open[0]), (vec![], (Kind::Live, 0)));
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.publish().await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::minutes(20));
        let mut tx = app.desk.db.write().await.unwrap();
        let until = app.now() + Duration::minutes(5);
        pauses::pause(&mut tx, "email relay", (until, None), "It is busy.", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        let figures = app.desk.figures().await.unwrap();
        assert_eq!(figures.messages, [(Channel::Email, DeliveryState::Queued, 2)]);
        assert_eq!((figures.late(Channel::Email), figures.late(Channel::Sms)), (1, 0));
        assert_eq!((figures.resting(Channel::Email), figures.resting(Channel::Sms)), (1, 0));
        assert!((1100..=1200).contains(&figures.oldest(Channel::Email).as_secs()));
        assert_eq!(figures.oldest(Channel::Sms).as_secs(), 0);
        assert_eq!((figures.open[0], figures.approvals), ((Kind::Live, 1), 0));
    }
}

/// As tests/clients/record reads them with Prometheus's own parser; here, that they
/// are still given when the database is away, and that nothing else is.
#[tokio::test(flavor = "multi_thread")]
async fn figures_are_given_without_the_database_too() {
    signpost::channels::init_tls();
    let app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let counted = metrics::begin().unwrap();
    let stop = CancellationToken::new();
    let serving = tokio::spawn(metrics::serve(listener, counted, app.web(), true, stop.clone()));
    let token = app.token("X24", Role::Coordinator).await;
    app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    let read = async || reqwest::get(format!("{base}/metrics")).await.unwrap().text().await.unwrap();
    let text = read().await;
    assert!(text.contains("signpost_database_up 1") && text.contains("signpost_pages_ready 1"), "{text}");
    assert!(text.contains("signpost_open_incidents{kind=\"live\"} 1"), "{text}");
    assert!(!text.contains("example.org") && !text.contains("Z80001"), "{text}");
    assert_eq!(reqwest::get(format!("{base}/Z80001")).await.unwrap().status(), 404);
    app.desk.db.close().await;
    let text = read().await;
    assert!(text.contains("signpost_database_up 0") && text.contains("signpost_build_info"), "{text}");
    assert!(!text.contains("signpost_open_incidents"), "what is not known is not told: {text}");
    stop.cancel();
    serving.await.unwrap();
}
