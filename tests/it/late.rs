//! A queue that is older than promised: shown to whoever coordinates, and told
//! to whoever runs this.

use chrono::Duration;
use serde_json::json;
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings, scope};
use signpost::domain::delivery::{Lane, Limits};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::{deliveries, delivery_reports, pauses};
use signpost::workers::{expander, watcher::Watcher};
use uuid::Uuid;

use crate::channels::sink::{Mood, Sink, Taken};
use crate::harness::{Driver, TestApp};
use crate::staff::Person;

const OPERATOR: &str = "it@example.org";

/// The region with a mail relay.
pub async fn mailing(driver: Driver) -> (TestApp, Sink) {
    let (mut app, sink) = (TestApp::with_region(driver).await, Sink::start().await);
    let relay = RelaySettings {
        url: sink.url.clone(),
        from: "updates@status.example.org".into(),
        ..RelaySettings::default()
    };
    let email = vec![ProviderSettings::Relay(relay)];
    app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
    (app, sink)
}

/// A surgery with two readers, a mail relay, and an update that waits. Gives the
/// address of its screen.
async fn waiting(driver: Driver, limits: Limits) -> (TestApp, Sink, String) {
    let (mut app, sink) = mailing(driver).await;
    app.desk = app.desk.clone().with_limits(limits);
    app.subscribers(&[("reader@example.org", "email", "Z80001"), ("other@example.org", "email", "Z80001")])
        .await;
    let token = app.token("X24", Role::Coordinator).await;
    let body = json!({"system": "emis-web", "organisations": ["Z80001"]});
    let posted = app.api(&token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.publish().await;
    while expander::step(&app.desk).await.unwrap() {}
    let update = posted.json()["update"]["id"].as_str().unwrap().to_owned();
    (app, sink, format!("/desk/updates/{update}"))
}

fn watcher(app: &TestApp) -> Watcher {
    Watcher::new(app.desk.clone(), app.channels.clone().unwrap(), Some(OPERATOR.into()))
}

/// What the operator got, oldest first, as its text.
fn told(sink: &Sink) -> Vec<String> {
    let to_operator = |t: &Taken| t.to == OPERATOR;
    let text = |t: Taken| String::from_utf8(t.bytes).unwrap().replace("=\r\n", "");
    sink.taken().into_iter().filter(to_operator).map(text).collect()
}

#[tokio::test]
async fn it_is_shown_and_told_seldom_until_it_is_over() {
    for driver in Driver::BOTH {
        let (app, sink, screen) = waiting(driver, Limits::default()).await;
        let officer = Person::of(&app, "X24", Role::Coordinator).await;
        let watch = watcher(&app);
        app.advance(Duration::minutes(4));
        assert!(!watch.step().await.unwrap());
        for path in ["/board", &screen] {
            assert!(!officer.get(path).await.text().contains("Messages are late"), "{path}");
        }

        app.advance(Duration::minutes(2));
        let until = app.now() + Duration::hours(9);
        let mut tx = app.desk.db.write().await.unwrap();
        let relay = scope(Channel::Email, "a relay");
        pauses::pause(&mut tx, &relay, (until, None), "The password is wrong.", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        let sentence = "Email: the oldest message has waited since 8am. The password is wrong.";
        for path in ["/board", &screen] {
            let page = officer.get(path).await.text();
            assert!(page.contains("Messages are late") && page.contains(sentence), "{path}: {page}");
        }

        // Of several processes one tells it.
        let (first, second) = tokio::join!(watch.step(), watch.step());
        assert_eq!([first.unwrap(), second.unwrap()].iter().filter(|told| **told).count(), 1);
        let mails = told(&sink);
        assert_eq!(mails.len(), 1);
        for part in ["Subject: Messages are late: Email", sentence, "signpost check", "/board"] {
            assert!(mails[0].contains(part), "no {part} in {}", mails[0]);
        }
        assert!(!mails[0].contains("reader@") && !mails[0].contains("List-Unsubscribe"), "{}", mails[0]);

        app.advance(Duration::minutes(59));
        assert!(!watch.step().await.unwrap());
        app.advance(Duration::minutes(1));
        assert!(watch.step().await.unwrap());

        app.send_due().await;
        assert_eq!(sink.copies("reader@example.org"), 1);
        assert!(watch.step().await.unwrap() && !watch.step().await.unwrap());
        let mails = told(&sink);
        assert_eq!(mails.len(), 3);
        assert!(mails[2].contains("Subject: Messages leave in time again"), "{}", mails[2]);
        assert!(!officer.get("/board").await.text().contains("Messages are late"));
    }
}

#[tokio::test]
async fn a_provider_that_rests_is_named_at_once() {
    for driver in Driver::BOTH {
        let (app, _sink, screen) = waiting(driver, Limits::default()).await;
        let officer = Person::of(&app, "X24", Role::Coordinator).await;
        app.advance(Duration::seconds(5));
        let mut tx = app.desk.db.write().await.unwrap();
        let (relay, until) = (scope(Channel::Email, "a relay"), app.now() + Duration::minutes(15));
        pauses::pause(&mut tx, &relay, (until, None), "The password is wrong.", app.now()).await.unwrap();
        let exercise = scope(Channel::Email, "exercise relay");
        pauses::pause(&mut tx, &exercise, (until, None), "Nobody practises.", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        let page = officer.get(&screen).await.text();
        let sentence = "Email: The password is wrong. It is tried again by 8:15am.";
        assert!(page.contains("Messages wait") && page.contains(sentence), "{page}");
        assert!(!page.contains("practises") && !page.contains("At that rate"), "{page}");
    }
}

/// A screen tells of its own messages, and says both: that they are late, and when they are
/// tried again.
#[tokio::test]
async fn only_what_is_late_itself_is_called_late() {
    for driver in Driver::BOTH {
        let (mut app, _sink, screen) = waiting(driver, Limits::default()).await;
        let officer = Person::of(&app, "X24", Role::Coordinator).await;
        app.advance(Duration::minutes(6));
        let watch = watcher(&app);
        assert!(watch.step().await.unwrap() && !watch.step().await.unwrap());
        // What is late in another lane is news.
        let mut tx = app.desk.db.write().await.unwrap();
        let mut other = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap().remove(0);
        (other.id, other.target) = (Uuid::now_v7(), Uuid::now_v7());
        (other.lane, other.due_at) = (Lane::Routine.order(), app.now() - Duration::minutes(20));
        deliveries::insert(&mut tx, &[other]).await.unwrap();
        let (relay, until) = (scope(Channel::Email, "a relay"), app.now() + Duration::hours(1));
        pauses::pause(&mut tx, &relay, (until, None), "It asks us to slow down.", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(watch.step().await.unwrap() && !watch.step().await.unwrap());

        let page = officer.get(&screen).await.text();
        let (stop, late) = (page.find("Stop sending").unwrap(), page.find("Messages are late").unwrap());
        assert!(stop < late, "what must be quick comes first: {page}");
        assert!(page.contains("It asks us to slow down. It is tried again by 9:06am."), "{page}");
        drop(officer);
        let token = app.token("X24", Role::Coordinator).await;
        let body = json!({"title": "New", "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        app.publish().await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let officer = Person::of(&app, "X24", Role::Coordinator).await;
        let new = format!("/desk/updates/{}", posted["update"]["id"].as_str().unwrap());
        let page = officer.get(&new).await.text();
        assert!(page.contains("Messages wait") && !page.contains("Messages are late"), "{page}");
        officer.post(&format!("{screen}/stop"), &[]).await;
        assert!(!officer.get(&screen).await.text().contains("Messages are late"), "nothing of it leaves");
    }
}

#[tokio::test]
async fn what_could_not_be_told_is_told_soon() {
    let (app, sink, _) = waiting(Driver::Sqlite, Limits::default()).await;
    let watch = watcher(&app);
    app.advance(Duration::minutes(6));
    sink.set(Mood::Closed);
    assert!(watch.step().await.unwrap());
    app.advance(Duration::minutes(4));
    assert!(!watch.step().await.unwrap());
    sink.set(Mood::Well);
    app.advance(Duration::minutes(1));
    assert!(watch.step().await.unwrap());
    assert_eq!(told(&sink).len(), 1);
}

#[tokio::test]
async fn what_is_held_on_purpose_is_not_late() {
    // Long, so that it does not matter which of the two are the first: a delivery is by chance.
    let hold = std::time::Duration::from_secs(2 * 3600);
    let (app, sink, screen) =
        waiting(Driver::Sqlite, Limits { hold_above: 1, hold, ..Limits::default() }).await;
    for (minutes, says) in [(60, "Nobody is told before 10am"), (61, "The first 1% are being told.")] {
        app.advance(Duration::minutes(minutes));
        assert!(!watcher(&app).step().await.unwrap());
        let officer = Person::of(&app, "X24", Role::Coordinator).await;
        let page = officer.get(&screen).await.text();
        assert!(page.contains(says) && !page.contains("Messages are late"), "{page}");
    }
    assert_eq!(told(&sink).len(), 0);
}

/// A mail domain that refuses: what presses is tried again soon, and what waits is
/// late by when it was first due.
#[tokio::test]
async fn what_a_domain_refuses_is_late_and_a_correction_is_tried_soon() {
    for driver in Driver::BOTH {
        let (mut app, sink) = mailing(driver).await;
        let readers: Vec<String> = (0..8).map(|n| format!("reader{n}@slow.example")).collect();
        let rows: Vec<(&str, &str, &str)> = readers.iter().map(|r| (r.as_str(), "email", "Z80001")).collect();
        app.subscribers(&rows).await;
        let token = app.token("X24", Role::Coordinator).await;
        let declare = async |app: &TestApp| {
            let body =
                json!({"title": "We are shut", "organisations": ["Z80001"], "lines": {"phones": "down"}});
            let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
            posted["update"]["id"].as_str().unwrap().to_owned()
        };
        let wrong = declare(&app).await;
        app.run_workers().await;
        assert_eq!(sink.taken().len(), 8);
        sink.set_for("slow.example", Mood::PutsOff);
        // Three bursts of eight: after the third the domain rests.
        declare(&app).await;
        app.run_workers().await;
        for seconds in [15, 45] {
            app.advance(Duration::seconds(seconds));
            app.send_due().await;
        }
        let path = format!("/api/v1/updates/{wrong}/withdrawal");
        let done = app.api(&token, "POST", &path, json!({"correction": "We are open."})).await.json();
        let correction = done["update"]["id"].as_str().unwrap();
        app.run_workers().await;
        let mut tx = app.desk.db.read().await.unwrap();
        let id = correction.parse().unwrap();
        let waits = delivery_reports::page(&mut tx, id, None, 100).await.unwrap();
        drop(tx);
        assert_eq!(waits.len(), 8);
        let soon = app.now() + Duration::seconds(13);
        assert!(waits.iter().all(|d| d.attempt <= 1 && d.due_at <= soon), "{waits:?}");
        assert!(waits.iter().all(|d| d.first_due_at.is_some_and(|at| at <= app.now())), "{waits:?}");

        let officer = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{correction}");
        assert!(!officer.get(&screen).await.text().contains("Messages are late"));
        for _ in 0..4 {
            app.advance(Duration::seconds(16));
            app.send_due().await;
        }
        for path in ["/board", &screen] {
            let page = officer.get(path).await.text();
            assert!(page.contains("Messages are late"), "{path}: {page}");
            assert!(
                page.contains("refuses messages") || page.contains("put the message off"),
                "{path}: {page}"
            );
        }
        assert!(watcher(&app).step().await.unwrap());
        assert_eq!(told(&sink).len(), 1, "the operator knows");
    }
}
