//! Several providers for one channel: who fails is left, what is unclear is
//! never moved, and one slow domain holds up nobody else.

use std::time::Instant;

use chrono::Duration;
use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings, scope};
use signpost::domain::delivery::DeliveryState;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::{delivery_reports, pauses};
use signpost::workers::{courier::Courier, expander, prober};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::channels::notify::Stub;
use crate::channels::sink::{Mood as Relay, Sink};
use crate::delivery::{Mood, Provider};
use crate::harness::{Driver, TestApp};

/// Texts by Twilio, then by Notify; a number for each test message.
struct Texts {
    app: TestApp,
    token: String,
    twilio: Provider,
    notify: Stub,
}

fn number(n: usize) -> String {
    format!("+4477009{n:05}")
}

async fn texts(driver: Driver, people: usize) -> Texts {
    let mut app = TestApp::with_region(driver).await;
    let (twilio, settings) = Provider::start().await;
    let notify = Stub::start().await;
    let sms = vec![ProviderSettings::Twilio(settings), ProviderSettings::Notify(notify.settings())];
    // Notify's far side lives in real time.
    app.channels = Some(Channels::new(&Settings { sms, ..Settings::default() }).unwrap());
    let numbers: Vec<String> = (0..people).map(number).collect();
    let rows: Vec<_> = numbers.iter().map(|n| (n.as_str(), "sms", "Z80001")).collect();
    app.subscribers(&rows).await;
    let token = app.token("X24", Role::Coordinator).await;
    Texts { app, token, twilio, notify }
}

impl Texts {
    async fn declare(&self) -> Value {
        let answer =
            self.app.api(&self.token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    async fn say(&self, first: &Value, message: &str) {
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        assert_eq!(self.app.api(&self.token, "POST", &path, json!({"message": message})).await.status, 201);
    }

    async fn probe(&self) -> usize {
        prober::step(&self.app.desk, self.app.channels.as_ref().unwrap()).await.unwrap()
    }
}

/// Who had the last attempt of each delivery, and where it stands.
async fn by_whom(app: &TestApp) -> Vec<(Option<String>, DeliveryState, i32)> {
    let mut tx = app.desk.db.read().await.unwrap();
    let all = delivery_reports::newest(&mut tx, None, None, 1000).await.unwrap();
    all.into_iter().map(|d| (d.provider, d.state, d.attempt)).collect()
}

async fn paused(app: &TestApp) -> Vec<String> {
    let mut tx = app.desk.db.read().await.unwrap();
    pauses::all(&mut tx).await.unwrap().into_iter().map(|p| p.scope).collect()
}

#[tokio::test]
async fn a_supplier_that_asks_for_time_is_passed_by_and_used_again() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 1).await;
        t.twilio.then(&[Mood::TooMany]);
        let posted = t.declare().await;
        t.app.run_workers().await;
        assert_eq!((t.twilio.copies(&number(0)), t.notify.copies(&number(0))), (0, 1));
        let notify = Some("notify".to_owned());
        assert_eq!(by_whom(&t.app).await, [(notify, DeliveryState::Accepted, 1)], "it cost no attempt");
        assert_eq!(paused(&t.app).await, [scope(Channel::Sms, "twilio")]);

        // Its 30 seconds are not over, then over; it is asked, and then tried.
        assert_eq!(t.probe().await, 0);
        t.app.advance(Duration::seconds(31));
        assert_eq!(t.probe().await, 1);
        t.say(&posted, "One.").await;
        t.app.run_workers().await;
        assert_eq!((t.twilio.copies(&number(0)), t.notify.copies(&number(0))), (1, 1));
        assert_eq!(paused(&t.app).await, [""; 0]);
    }
}

#[tokio::test]
async fn a_supplier_that_fails_is_left_and_what_is_unclear_stays_with_it() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 60).await;
        t.twilio.always(Some(Mood::Fails));
        *t.twilio.list_down.lock().unwrap() = true;
        t.declare().await;
        t.app.run_workers().await;
        let count = |all: &[(Option<String>, DeliveryState, i32)], who: &str, state| {
            all.iter().filter(|(p, s, _)| p.as_deref() == Some(who) && *s == state).count()
        };
        let all = by_whom(&t.app).await;
        let unclear = count(&all, "twilio", DeliveryState::Unclear);
        assert!((3..=24).contains(&unclear), "one window at most: {unclear}");
        assert_eq!(count(&all, "notify", DeliveryState::Accepted), 60 - unclear);

        // Nobody can be asked for half an hour: it is urgent, so it is sent
        // again, by the one who may have it and by nobody else.
        t.app.advance(Duration::minutes(31));
        t.app.resolve().await;
        t.app.send_due().await;
        assert_eq!(t.notify.sent().len(), 60 - unclear, "nothing was moved");
        t.twilio.always(None);
        *t.twilio.list_down.lock().unwrap() = false;
        for _ in 0..4 {
            t.app.advance(Duration::minutes(16));
            t.probe().await;
            t.app.resolve().await;
            t.app.send_due().await;
        }
        let all = by_whom(&t.app).await;
        assert_eq!(count(&all, "twilio", DeliveryState::Accepted), unclear, "{all:?}");
        assert_eq!((t.notify.sent().len(), t.twilio.taken.lock().unwrap().len()), (60 - unclear, unclear));
        for n in 0..60 {
            assert_eq!(t.notify.copies(&number(n)) + t.twilio.copies(&number(n)), 1, "{n}");
        }
    }
}

/// What was looked for twice in vain is not unclear any more: it may go to
/// another supplier.
#[tokio::test]
async fn what_was_certainly_not_taken_may_go_to_another() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 1).await;
        t.twilio.then(&[Mood::Fails, Mood::TooMany]);
        t.declare().await;
        t.app.run_workers().await;
        for _ in 0..2 {
            t.app.advance(Duration::seconds(61));
            t.app.resolve().await;
        }
        t.app.send_due().await;
        assert_eq!((t.twilio.copies(&number(0)), t.notify.copies(&number(0))), (0, 1));
    }
}

/// A supplier that answers, and takes nothing: nobody is its trial for ever.
#[tokio::test]
async fn what_one_supplier_does_not_take_goes_to_the_other() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 40).await;
        t.twilio.always(Some(Mood::Fails));
        t.declare().await;
        t.app.run_workers().await;
        for _ in 0..3 {
            t.app.advance(Duration::seconds(61));
            t.probe().await;
            t.app.resolve().await;
            t.app.send_due().await;
        }
        for n in 0..40 {
            assert_eq!((t.twilio.copies(&number(n)), t.notify.copies(&number(n))), (0, 1), "{n}");
        }
        assert!(by_whom(&t.app).await.iter().all(|(_, _, attempts)| *attempts <= 2));
    }
}

#[tokio::test]
async fn when_nobody_is_well_everything_waits_and_is_tried_with_one() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 30).await;
        t.twilio.always(Some(Mood::TooMany));
        t.notify.set_busy(true);
        t.declare().await;
        t.app.run_workers().await;
        assert!(by_whom(&t.app).await.iter().all(|(_, state, n)| (*state, *n) == (DeliveryState::Queued, 0)));
        assert_eq!(paused(&t.app).await.len(), 2);
        t.twilio.always(None);
        t.app.advance(Duration::seconds(61));
        t.app.send_due().await;
        assert_eq!((t.twilio.taken.lock().unwrap().len(), t.notify.sent().len()), (30, 0));
    }
}

/// In real time, with a courier that runs: who does not answer is left long
/// before its attempts end.
#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_that_hangs_is_left_within_ten_seconds() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 60).await;
        t.twilio.always(Some(Mood::Hangs));
        t.declare().await;
        t.app.publish().await;
        while expander::step(&t.app.desk).await.unwrap() {}
        t.app.advance(Duration::seconds(2));
        let stop = CancellationToken::new();
        let courier = Courier::new(t.app.desk.clone(), t.app.channels.clone(), Channel::Sms);
        let running = tokio::spawn(courier.run(stop.clone()));
        let began = Instant::now();
        while t.notify.sent().len() < 36 && began.elapsed().as_secs() < 30 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let (took, sent) = (began.elapsed(), t.notify.sent().len());
        stop.cancel();
        running.abort();
        assert_eq!(sent, 36, "all but what hangs");
        assert!(took.as_secs() < 12, "left within 10 seconds, and then sent: {took:?}");
    }
}

async fn receipt(app: &TestApp, secret: &str, reference: Uuid, id: &str, status: &str) -> u16 {
    let body = json!({"id": id, "reference": reference, "to": "x", "status": status,
                      "notification_type": "sms"});
    let request = axum::http::Request::post("/hooks/notify/receipt")
        .header("authorization", format!("Bearer {secret}"))
        .body(axum::body::Body::from(body.to_string()));
    app.send(request.unwrap()).await.status.as_u16()
}

/// Notify cannot speak for what Twilio has.
#[tokio::test]
async fn a_receipt_counts_only_from_the_supplier_that_has_the_message() {
    for driver in Driver::BOTH {
        let mut t = texts(driver, 1).await;
        let posted = t.declare().await;
        t.app.run_workers().await;
        let mut tx = t.app.desk.db.read().await.unwrap();
        let id = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap()[0].id;
        drop(tx);
        assert_eq!(receipt(&t.app, "wrong", id, "1", "delivered").await, 401);
        assert_eq!(receipt(&t.app, "notify-secret", id, "1", "permanent-failure").await, 204);
        let counts = t.app.counts(&t.token, posted["update"]["id"].as_str().unwrap()).await;
        assert_eq!(counts["sms"]["accepted"], 1);

        // Now Notify has one.
        t.twilio.then(&[Mood::TooMany]);
        t.say(&posted, "One.").await;
        t.app.run_workers().await;
        let sent = t.notify.sent()[0].clone();
        let (delivery, theirs) = (sent["reference"].as_str().unwrap(), sent["id"].as_str().unwrap());
        for status in ["delivered", "sending", "delivered"] {
            assert_eq!(
                receipt(&t.app, "notify-secret", delivery.parse().unwrap(), theirs, status).await,
                204
            );
        }
        let states: Vec<_> = by_whom(&t.app).await.into_iter().map(|(p, s, _)| (p.unwrap(), s)).collect();
        assert_eq!(
            states,
            [("notify".into(), DeliveryState::Delivered), ("twilio".into(), DeliveryState::Accepted)]
        );
    }
}

/// Email by two relays, people at some domains.
async fn mails(driver: Driver, people: &[String]) -> (TestApp, String, Sink, Sink) {
    let mut app = TestApp::with_region(driver).await;
    let (first, second) = (Sink::start().await, Sink::start().await);
    let relay = |url: String| {
        let from = "updates@status.example.nhs.uk".into();
        ProviderSettings::Relay(RelaySettings { url, from, takes_bounces: true, ..RelaySettings::default() })
    };
    let with_password = first.url.replace("smtp://", "smtp://user:hunter2@");
    let email = vec![relay(with_password), relay(second.url.clone())];
    app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
    let rows: Vec<_> = people.iter().map(|p| (p.as_str(), "email", "Z80001")).collect();
    app.subscribers(&rows).await;
    let token = app.token("X24", Role::Coordinator).await;
    (app, token, first, second)
}

#[tokio::test]
async fn a_relay_that_fails_is_left_and_returned_to() {
    for driver in Driver::BOTH {
        for mood in [Relay::Closed, Relay::WrongPassword] {
            let people = ["a@example.org".to_owned()];
            let (mut app, token, first, second) = mails(driver, &people).await;
            first.set(mood);
            let posted =
                app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
            app.run_workers().await;
            assert_eq!((first.taken().len(), second.copies("a@example.org")), (0, 1), "{mood:?}");
            // A wrong password is the relay's trouble and not the message's.
            assert_eq!(by_whom(&app).await[0].2, 1);
            app.advance(Duration::minutes(16));
            let channels = app.channels.clone().unwrap();
            assert_eq!(prober::step(&app.desk, &channels).await.unwrap(), 0, "it still fails");
            first.set(Relay::Well);
            app.advance(Duration::minutes(16));
            assert_eq!(prober::step(&app.desk, &channels).await.unwrap(), 1);
            let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
            app.api(&token, "POST", &path, json!({"message": "One."})).await;
            app.run_workers().await;
            assert_eq!((first.copies("a@example.org"), second.taken().len()), (1, 1), "{mood:?}");
        }
    }
}

/// A provider that refused us and is well again is used within half a minute, and at
/// once after a start; one that wants to be left alone is, but for the start.
#[tokio::test]
async fn a_provider_that_is_well_again_is_asked_soon() {
    for driver in Driver::BOTH {
        let people = ["a@example.org".to_owned()];
        let (mut app, token, first, _second) = mails(driver, &people).await;
        first.set(Relay::WrongPassword);
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        let channels = app.channels.clone().unwrap();
        app.advance(Duration::seconds(25));
        assert_eq!(prober::step(&app.desk, &channels).await.unwrap(), 0, "it still refuses");
        assert_eq!(paused(&app).await.len(), 1);
        first.set(Relay::Well);
        assert_eq!(prober::step(&app.desk, &channels).await.unwrap(), 0, "it was asked a moment ago");
        app.advance(Duration::seconds(25));
        assert_eq!(prober::step(&app.desk, &channels).await.unwrap(), 1);
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        app.api(&token, "POST", &path, json!({"message": "One."})).await;
        app.run_workers().await;
        assert_eq!((first.copies("a@example.org"), paused(&app).await.len()), (1, 0));

        let relay = scope(Channel::Email, &channels.names(Channel::Email)[0]);
        let (until, ask_at) = (app.now() + Duration::minutes(15), app.now() + Duration::seconds(20));
        let mut tx = app.desk.db.write().await.unwrap();
        pauses::pause(&mut tx, &relay, (until, Some(ask_at)), "No.", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(prober::step(&app.desk, &channels).await.unwrap(), 0);
        assert_eq!(prober::begin(&app.desk, &channels).await.unwrap(), 1, "it may have been the settings");

        let mut t = texts(driver, 1).await;
        t.twilio.then(&[Mood::TooMany]);
        t.declare().await;
        t.app.run_workers().await;
        t.app.advance(Duration::seconds(25));
        assert_eq!(t.probe().await, 0, "Retry-After was 30");
        // At a start it is asked all the same, and then tried with one.
        assert_eq!(prober::begin(&t.app.desk, t.app.channels.as_ref().unwrap()).await.unwrap(), 1);

        // Another account rests for itself.
        let mut tx = t.app.desk.db.write().await.unwrap();
        let twilio = scope(Channel::Sms, "twilio");
        pauses::pause(&mut tx, &twilio, (until, None), "Asks for a day.", t.app.now()).await.unwrap();
        pauses::set_account(&mut tx, &twilio, Some("of before")).await.unwrap();
        tx.commit().await.unwrap();
        prober::begin(&t.app.desk, t.app.channels.as_ref().unwrap()).await.unwrap();
        assert_eq!(paused(&t.app).await, [""; 0]);
    }
}

#[tokio::test]
async fn mail_of_which_nobody_knows_goes_to_the_same_relay_again() {
    for driver in Driver::BOTH {
        let people = ["a@example.org".to_owned()];
        let (mut app, token, first, second) = mails(driver, &people).await;
        first.set(Relay::LosesAnswer);
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.run_workers().await;
        first.set(Relay::Closed);
        for _ in 0..3 {
            app.advance(Duration::minutes(5));
            app.resolve().await;
            app.send_due().await;
        }
        assert_eq!((first.copies("a@example.org"), second.taken().len()), (1, 0), "it waits");
        first.set(Relay::Well);
        app.advance(Duration::minutes(16));
        prober::step(&app.desk, app.channels.as_ref().unwrap()).await.unwrap();
        app.send_due().await;
        let taken = first.taken();
        assert_eq!((taken.len(), second.taken().len()), (2, 0));
        assert_eq!(taken[0].bytes, taken[1].bytes, "the same Message-ID and Date");
        assert_eq!(taken[0].from, taken[1].from);
    }
}

/// Being put off is an answer: it does not count among the times that nobody
/// knows of, after which a message is given up.
#[tokio::test]
async fn mail_that_was_put_off_is_not_given_up_for_one_lost_answer() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let relay = Sink::start().await;
        let from = "updates@status.example.nhs.uk".into();
        let email = vec![ProviderSettings::Relay(RelaySettings {
            url: relay.url.clone(),
            from,
            ..RelaySettings::default()
        })];
        app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        relay.set_for("example.org", Relay::PutsOff);
        app.run_workers().await;
        for mood in [Relay::PutsOff, Relay::LosesAnswer, Relay::Well] {
            relay.set_for("example.org", mood);
            app.advance(Duration::minutes(5));
            app.resolve().await;
            app.send_due().await;
        }
        for _ in 0..3 {
            app.advance(Duration::minutes(5));
            app.resolve().await;
            app.send_due().await;
        }
        assert_eq!(
            by_whom(&app).await.iter().map(|(_, s, _)| *s).collect::<Vec<_>>(),
            [DeliveryState::Accepted]
        );
        assert_eq!(relay.copies("a@example.org"), 2, "the lost answer made one copy");
    }
}

#[tokio::test]
async fn domains_that_put_mail_off_hold_up_nobody() {
    for driver in Driver::BOTH {
        let mut people: Vec<String> = (0..80).map(|n| format!("p{n}@busy.example.org")).collect();
        people.extend((0..80).map(|n| format!("p{n}@angry.example.org")));
        people.extend((0..40).map(|n| format!("p{n}@example.org")));
        let (mut app, token, first, second) = mails(driver, &people).await;
        first.set_for("busy.example.org", Relay::PutsOff);
        first.set_for("angry.example.org", Relay::HangsUp);
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        // A domain that has not yet taken anything gets half a claim at most, and the
        // order is by chance: whoever was beyond that half leaves soon after.
        app.advance(Duration::seconds(4));
        app.send_due().await;
        let counts = app.counts(&token, posted["update"]["id"].as_str().unwrap()).await;
        assert_eq!((&counts["email"]["accepted"], &counts["email"]["queued"]), (&json!(40), &json!(160)));
        assert_eq!((paused(&app).await, second.taken().len()), (Vec::<String>::new(), 0));
        let asked =
            by_whom(&app).await.iter().filter(|(_, s, n)| *s == DeliveryState::Queued && *n > 0).count();
        // Three bursts of at most half a claim each, and then it rests. What presses
        // tries a resting domain now and then, one message at a time.
        let half = Channel::Email.about().lines / 2;
        assert!(asked <= 2 * 3 * half + 4, "the rest was not even tried: {asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_hangs_holds_up_nobody() {
    for driver in Driver::BOTH {
        let mut people: Vec<String> = (0..40).map(|n| format!("p{n}@hangs.example.org")).collect();
        people.extend((0..40).map(|n| format!("p{n}@example.org")));
        let (mut app, token, first, second) = mails(driver, &people).await;
        first.set_for("hangs.example.org", Relay::Hangs);
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.publish().await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let stop = CancellationToken::new();
        let courier = Courier::new(app.desk.clone(), app.channels.clone(), Channel::Email);
        let running = tokio::spawn(courier.run(stop.clone()));
        let began = Instant::now();
        while first.taken().len() < 40 && began.elapsed().as_secs() < 15 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            app.advance(Duration::milliseconds(50));
        }
        stop.cancel();
        running.abort();
        assert_eq!((first.taken().len(), second.taken().len()), (40, 0));
        assert!(began.elapsed().as_secs() < 8, "{:?}", began.elapsed());
    }
}
