//! What takes the place of what, and what leaves after all: nobody is left without the
//! true words because the wrong ones were taken back, and nobody gets both.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings, scope};
use signpost::desk::receipts::Receipt;
use signpost::domain::approval::Rules;
use signpost::domain::delivery::{DeliveryState, Lane, Limits};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::attempts::{self, Record};
use signpost::store::deliveries::Delivery;
use signpost::store::{claims, delivery_reports, holding, pauses, subscribers};
use signpost::workers::courier::Courier;
use signpost::workers::{expander, releaser};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::approvals::{decide, update_of};
use crate::channels::sink::{Mood as Relay, Sink};
use crate::delivery::{Mood, NUMBER, Provider, declared, sms};
use crate::harness::{Driver, TestApp};
use crate::staff::Person;

pub const OTHER: &str = "+447700900124";
pub const THIRD: &str = "+447700900125";

/// Three readers by text, and a provider that asks us to slow down.
pub async fn slow(driver: Driver) -> (TestApp, Provider, String) {
    let mut app = TestApp::with_region(driver).await;
    let provider = Provider::with(&mut app).await;
    app.subscribers(&[(NUMBER, "sms", "Z80001"), (OTHER, "sms", "Z80001"), (THIRD, "sms", "Z80001")]).await;
    let token = app.token("Z80001", Role::Publisher).await;
    provider.always(Some(Mood::TooMany));
    (app, provider, token)
}

async fn declare(app: &mut TestApp, token: &str) -> Value {
    let body =
        json!({"title": "The phones are down", "organisations": ["Z80001"], "lines": {"phones": "down"}});
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.run_workers().await;
    posted.json()
}

pub async fn say(app: &mut TestApp, token: &str, first: &Value, message: &str) -> String {
    let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
    let posted = app.api(token, "POST", &path, json!({"message": message})).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.run_workers().await;
    update_of(&posted.json())
}

/// The provider takes everything again, and its time is up.
pub async fn well_again(app: &mut TestApp, provider: &Provider) {
    provider.always(None);
    releaser::step(&app.desk).await.unwrap();
    for _ in 0..4 {
        app.advance(Duration::seconds(31));
        app.run_workers().await;
    }
}

/// Sends once: of what was overtaken by a pause, one is tried.
pub async fn one(app: &TestApp) {
    Courier::new(app.desk.clone(), app.channels.clone(), Channel::Sms).step().await.unwrap();
}

pub fn sent(provider: &Provider) -> Vec<(String, String)> {
    let mut all = provider.taken.lock().unwrap().clone();
    all.sort();
    all
}

#[tokio::test]
async fn what_a_wrong_update_had_overtaken_leaves_when_it_is_taken_back() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        let first = declare(&mut app, &token).await;
        let wrong = say(&mut app, &token, &first, "Wrong words.").await;
        assert_eq!(sent(&provider).len(), 0);
        let done = decide(&app, &token, &wrong, "withdrawal", json!({"correction": "That was wrong."})).await;
        assert_eq!(done.json()["reach"]["recipients"]["sms"].as_u64().unwrap_or(0), 0, "{}", done.text());
        well_again(&mut app, &provider).await;
        let all = sent(&provider);
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all.iter().all(|(_, text)| !text.contains("rong")), "{all:?}");
        let numbers: Vec<&str> = all.iter().map(|(to, _)| to.as_str()).collect();
        assert_eq!(numbers, [NUMBER, OTHER, THIRD], "each once");
    }
}

#[tokio::test]
async fn whoever_had_the_wrong_words_gets_the_correction_and_not_the_older_update() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        let first = declare(&mut app, &token).await;
        let second = say(&mut app, &token, &first, "Second.").await;
        // A trial each half minute: one has the second, the others nothing.
        app.advance(Duration::seconds(31));
        provider.always(None);
        one(&app).await;
        assert_eq!(sent(&provider).len(), 1);
        let told = sent(&provider)[0].0.clone();
        decide(&app, &token, &second, "withdrawal", json!({"correction": "That was not right."})).await;
        well_again(&mut app, &provider).await;
        let all = sent(&provider);
        assert_eq!(all.len(), 4, "{all:?}");
        let corrected: Vec<&str> =
            all.iter().filter(|(_, text)| text.contains("not right")).map(|(to, _)| to.as_str()).collect();
        assert_eq!(corrected, [told.as_str()]);
        // The withdrawn one leads to its correction, and nothing is asked again.
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let screen = person.get(&format!("/desk/updates/{second}")).await.text();
        assert!(screen.contains("The correction</a>: 1 of 1 told"), "{screen}");
        let form = person.get(&format!("/desk/updates/{second}/withdraw")).await.text();
        assert!(
            form.contains("It was taken back already")
                && !form.contains("<form method=\"post\" action=\"/desk/updates"),
            "{form}"
        );
    }
}

#[tokio::test]
async fn what_is_overtaken_twice_waits_for_both_and_a_stop_frees_nothing() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        let first = declare(&mut app, &token).await;
        let second = say(&mut app, &token, &first, "Second.").await;
        let third = say(&mut app, &token, &first, "Third.").await;
        decide(&app, &token, &second, "withdrawal", json!({"correction": "No."})).await;
        releaser::step(&app.desk).await.unwrap();
        let state = async |state: &str| {
            app.counts(&token, &update_of(&first)).await["sms"][state].as_u64().unwrap_or(0)
        };
        assert_eq!((state("superseded").await, state("queued").await), (3, 0));
        // The page goes on saying what the third says: what was before it is not sent.
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        person.post(&format!("/desk/updates/{third}/stop"), &[]).await;
        drop(person);
        releaser::step(&app.desk).await.unwrap();
        assert_eq!((state("superseded").await, state("queued").await), (3, 0));
        decide(&app, &token, &third, "withdrawal", json!({"correction": "No."})).await;
        releaser::step(&app.desk).await.unwrap();
        assert_eq!((state("superseded").await, state("queued").await), (0, 3));
        well_again(&mut app, &provider).await;
        assert_eq!(sent(&provider).len(), 3);
    }
}

/// What nobody has agreed to takes nobody's place.
#[tokio::test]
async fn what_waits_for_a_second_person_overtakes_nothing_until_it_may_leave() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        let second = app.token("X24", Role::Approver).await;
        let first = declare(&mut app, &token).await;
        app.desk = app.desk.clone().with_rules(Rules {
            people: 2,
            organisations: 100,
            region_wide: false,
            lines_below: false,
        });
        let waits = say(&mut app, &token, &first, "It goes on.").await;
        let queued = app.counts(&token, &update_of(&first)).await["sms"]["queued"].clone();
        assert_eq!(queued, 3, "what was agreed on still leaves");
        // One of them leaves; the others give way once somebody agrees.
        app.advance(Duration::seconds(31));
        provider.always(None);
        one(&app).await;
        assert_eq!(decide(&app, &second, &waits, "approval", json!({})).await.status, 200);
        let counts = app.counts(&token, &update_of(&first)).await["sms"].clone();
        assert_eq!((&counts["accepted"], &counts["superseded"]), (&json!(1), &json!(2)), "{counts}");
        well_again(&mut app, &provider).await;
        let all = sent(&provider);
        assert_eq!(all.iter().filter(|(_, text)| text.contains("It goes on.")).count(), 3, "{all:?}");
        assert_eq!(all.len(), 4, "{all:?}");
    }
}

/// Somebody who follows two places is told as long as one of them is concerned.
#[tokio::test]
async fn a_reader_of_two_places_is_told_by_the_other_when_one_is_not_affected() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[(NUMBER, "sms", "Z80001"), (NUMBER, "sms", "Z80002"), (OTHER, "sms", "Z80001")])
            .await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        while expander::step(&app.desk).await.unwrap() {}
        let answer = async |place: &str, answer: &str| {
            let path = format!("/api/v1/incidents/{}/responses/{place}", posted["id"].as_str().unwrap());
            let done = app.api(&token, "PUT", &path, json!({"answer": answer})).await;
            assert!(done.status.is_success(), "{}", done.text());
        };
        let names = async || -> Vec<(String, DeliveryState)> {
            let mut tx = app.desk.db.read().await.unwrap();
            let all = delivery_reports::newest(&mut tx, None, None, 9).await.unwrap();
            let mut all: Vec<_> = all.into_iter().map(|d| (d.organisation.to_string(), d.state)).collect();
            all.sort();
            all
        };
        let (queued, held) = (DeliveryState::Queued, DeliveryState::Suppressed);
        answer("Z80001", "not_affected").await;
        assert_eq!(names().await, [("Z80001".into(), held), ("Z80002".into(), queued)]);
        answer("Z80002", "not_affected").await;
        assert_eq!(names().await, [("Z80001".into(), held), ("Z80002".into(), held)]);
        // The first finds that it is, after all.
        answer("Z80001", "affected").await;
        assert_eq!(names().await, [("Z80001".into(), queued), ("Z80001".into(), queued)]);
        app.run_workers().await;
        assert_eq!((provider.copies(NUMBER), provider.copies(OTHER)), (1, 1));
    }
}

/// Whoever leaves the place in whose name they are to be told hears of the next.
#[tokio::test]
async fn a_reader_who_leaves_one_place_is_told_by_the_other() {
    for driver in Driver::BOTH {
        let (mut app, provider, _) = slow(driver).await;
        app.subscribers(&[(NUMBER, "sms", "Z80002")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        while expander::step(&app.desk).await.unwrap() {}
        let mut tx = app.desk.db.write().await.unwrap();
        let all = delivery_reports::newest(&mut tx, None, None, 9).await.unwrap();
        let ours = all.iter().map(|d| d.target);
        let place = crate::harness::code("Z80001");
        for target in ours {
            subscribers::remove_subscription(&mut tx, target, &place, app.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        well_again(&mut app, &provider).await;
        assert_eq!((provider.copies(NUMBER), provider.copies(OTHER)), (1, 0));
    }
}

/// A hold stands, whatever places say meanwhile.
#[tokio::test]
async fn an_answer_lets_nobody_out_of_a_hold() {
    for driver in Driver::BOTH {
        let limits = Limits { hold_above: 2, ..crate::sending::in_steps() };
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_limits(limits);
        let contacts: Vec<String> = (0..30).map(|n| format!("reader{n}@example.org")).collect();
        let rows: Vec<_> = contacts.iter().map(|c| (c.as_str(), "email", "Z80001")).collect();
        app.subscribers(&rows).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        for answer in ["not_affected", "affected"] {
            let path = format!("/api/v1/incidents/{}/responses/Z80001", posted["id"].as_str().unwrap());
            app.api(&token, "PUT", &path, json!({"answer": answer})).await;
        }
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 0);
        let mut tx = app.desk.db.read().await.unwrap();
        let held = holding::of(&mut tx, update_of(&posted).parse().unwrap()).await.unwrap();
        assert!(held.is_some());
        drop(tx);
        app.advance(Duration::minutes(3));
        app.send_due().await;
        while releaser::step(&app.desk).await.unwrap() > 0 {}
        app.advance(Duration::seconds(1));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), 30, "and it ends as it would have");
    }
}

/// What was under way when it was taken back, and refused then, has reached nobody.
#[tokio::test]
async fn nobody_is_corrected_who_certainly_never_got_it() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        provider.always(None);
        // One of them is not clear; the provider says later that it did not arrive.
        provider.then(&[Mood::Fails]);
        *provider.list_down.lock().unwrap() = true;
        let wrong = declare(&mut app, &token).await;
        assert_eq!(app.counts(&token, &update_of(&wrong)).await["sms"]["unknown"], 1);
        decide(&app, &token, &update_of(&wrong), "withdrawal", json!({"correction": "Not so."})).await;
        while expander::step(&app.desk).await.unwrap() {}
        // Looked up, and not there: it was taken back meanwhile, and is not queued again.
        *provider.list_down.lock().unwrap() = false;
        for _ in 0..3 {
            app.advance(Duration::seconds(61));
            app.resolve().await;
        }
        let counts = app.counts(&token, &update_of(&wrong)).await["sms"].clone();
        assert_eq!(
            (counts["suppressed"].as_u64(), counts["queued"].as_u64().unwrap_or(0)),
            (Some(1), 0),
            "{counts}"
        );
        app.run_workers().await;
        let corrected = sent(&provider).iter().filter(|(_, text)| text.contains("Not so.")).count();
        assert_eq!(corrected, 2);
    }
}

/// What a courier has just claimed, as its only message.
pub async fn claimed(app: &TestApp) -> Delivery {
    let mut tx = app.desk.db.write().await.unwrap();
    let claim = claims::Claim {
        channel: Channel::Sms,
        owner: Uuid::now_v7(),
        lease_until: app.now() + Duration::hours(1),
        limit: 1,
        lanes: Lane::LIVE,
        provider: Some("twilio"),
        takes: claims::Takes::All,
    };
    let d = claims::claim(&mut tx, claim, app.now()).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    d
}

fn receipt(d: &Delivery, state: DeliveryState) -> Receipt {
    let (reference, reason) = (d.id.to_string(), None);
    Receipt { provider: "twilio", delivery: Some(d.id), reference, state, reason, fault: None }
}

/// A receipt that meets our own record of the answer is not lost, and one that comes before
/// it says that the provider took the message.
#[tokio::test]
async fn a_receipt_waits_for_our_own_record_and_is_one() {
    for driver in Driver::BOTH {
        let (app, _provider, token, posted) = declared(driver).await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let d = claimed(&app).await;
        let mut tx = app.desk.db.write().await.unwrap();
        let ours = Record {
            delivery: d.id,
            attempt: d.attempt,
            state: DeliveryState::Accepted,
            outcome: "accepted",
            reason: None,
            reference: Some(d.id.to_string()),
            due_at: d.due_at,
            first_due: None,
            uncounted: false,
            look_ups: 0,
            pinned: None,
        };
        attempts::record(&mut tx, &[ours], app.now()).await.unwrap();
        let (desk, news) = (app.desk.clone(), receipt(&d, DeliveryState::Delivered));
        let told = tokio::spawn(async move { desk.receive(&news).await.unwrap() });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        tx.commit().await.unwrap();
        assert!(told.await.unwrap(), "it arrived");
        assert_eq!(sms(&app, &token, &posted, "delivered").await, 1);
    }
    for driver in Driver::BOTH {
        // The provider is faster than our own record: it could not deliver it.
        let (app, _provider, token, posted) = declared(driver).await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let d = claimed(&app).await;
        assert!(app.desk.receive(&receipt(&d, DeliveryState::Failed)).await.unwrap());
        let own = json!({"correction": "No."});
        let done = decide(&app, &token, &update_of(&posted), "withdrawal", own).await;
        assert_eq!(done.json()["reach"]["recipients"]["sms"].as_u64().unwrap_or(0), 0, "{}", done.text());
    }
}

/// Messages that pile up do not reach their reader all at once.
#[tokio::test]
async fn the_share_of_a_person_holds_within_one_batch() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        app.desk = app.desk.clone().with_limits(Limits { per_hour: 2, ..Limits::default() });
        provider.always(None);
        for title in ["One", "Two", "Three", "Four"] {
            let body = json!({"title": title, "organisations": ["Z80001"], "lines": {"phones": "down"}});
            assert_eq!(app.api(&token, "POST", "/api/v1/incidents", body).await.status, 201);
        }
        for _ in 0..3 {
            app.run_workers().await;
            assert_eq!(sent(&provider).len(), 6, "two for each of three");
            app.advance(Duration::minutes(2));
        }
        app.advance(Duration::minutes(61));
        app.run_workers().await;
        assert_eq!(sent(&provider).len(), 12);
    }
}

/// A correction does not wait for a day because a provider once asked for one.
#[tokio::test]
async fn a_correction_is_tried_by_a_provider_that_wants_to_be_left_alone() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        provider.always(None);
        let first = declare(&mut app, &token).await;
        assert_eq!(sent(&provider).len(), 3);
        provider.always(Some(Mood::TooMany));
        let (twilio, until) = (scope(Channel::Sms, "twilio"), app.now() + Duration::hours(20));
        let mut tx = app.desk.db.write().await.unwrap();
        pauses::pause(&mut tx, &twilio, (until, None), "It asks for a day.", app.now()).await.unwrap();
        tx.commit().await.unwrap();
        decide(&app, &token, &update_of(&first), "withdrawal", json!({"correction": "Not so."})).await;
        app.run_workers().await;
        assert_eq!(sent(&provider).len(), 3, "it still refuses");
        provider.always(None);
        app.send_due().await;
        let all = sent(&provider);
        assert_eq!(all.iter().filter(|(_, text)| text.contains("Not so.")).count(), 3, "{all:?}");
    }
}

/// Hold and first 1 % are not skipped by what was overtaken before its audience was known.
#[tokio::test]
async fn a_large_audience_that_was_overtaken_at_once_is_held_when_it_leaves_after_all() {
    for driver in Driver::BOTH {
        let (mut app, token) = crate::sending::crowded(driver, crate::sending::in_steps()).await;
        let body = json!({"system": "emis-web", "organisations": ["Z80001"]});
        let first = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        let second = app.api(&token, "POST", &path, json!({"message": "Wrong."})).await.json();
        app.publish().await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(5));
        decide(&app, &token, &update_of(&second), "withdrawal", json!({"correction": "No."})).await;
        while expander::step(&app.desk).await.unwrap() {}
        releaser::step(&app.desk).await.unwrap();
        app.advance(Duration::seconds(5));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), 0, "it is held");
        app.advance(Duration::seconds(30));
        app.send_due().await;
        let first = app.captured().await.len();
        assert!(first < 40, "the first 1 %: {first}");
        app.advance(Duration::seconds(61));
        while releaser::step(&app.desk).await.unwrap() > 0 {}
        app.send_due().await;
        assert_eq!(app.captured().await.len(), crate::sending::PEOPLE);
    }
}

/// The proof does not give an old attempt as the reason why somebody was not told.
#[tokio::test]
async fn what_is_overtaken_has_no_reason_of_an_attempt() {
    for driver in Driver::BOTH {
        let (mut app, _provider, token) = slow(driver).await;
        let first = declare(&mut app, &token).await;
        let path = format!("/api/v1/updates/{}/deliveries", update_of(&first));
        let before = app.api(&token, "GET", &path, Value::Null).await.text();
        assert!(before.contains("slow down"), "{before}");
        say(&mut app, &token, &first, "Second.").await;
        let after = app.api(&token, "GET", &path, Value::Null).await.text();
        assert!(after.contains("superseded") && !after.contains("slow down"), "{after}");
    }
}

/// A stop holds while a mail relay takes its time to greet.
#[tokio::test]
async fn what_is_stopped_while_a_connection_is_made_does_not_leave() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let sink = Sink::start().await;
        sink.set(Relay::GreetsLate);
        let from = "updates@status.example.org".into();
        let relay = RelaySettings { url: sink.url.clone(), from, ..RelaySettings::default() };
        let email = vec![ProviderSettings::Relay(relay)];
        app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
        app.subscribers(&[("reader@example.org", "email", "Z80001")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body =
            json!({"title": "We are shut", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        let update = update_of(&app.api(&token, "POST", "/api/v1/incidents", body).await.json());
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let stop = CancellationToken::new();
        let courier = Courier::new(app.desk.clone(), app.channels.clone(), Channel::Email);
        let running = tokio::spawn(courier.run(stop.clone()));
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        decide(&app, &token, &update, "withdrawal", json!({"correction": "No."})).await;
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        stop.cancel();
        running.await.unwrap();
        assert_eq!(sink.taken().len(), 0);
        let counts = app.counts(&token, &update).await["email"].clone();
        assert_eq!(counts["suppressed"], 1, "{counts}");
    }
}
