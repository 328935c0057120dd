//! What leaves says what the page says at that moment, whenever it was written and whatever
//! was said since; and in nobody's name who is not concerned any more.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::delivery::DeliveryState;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::attempts::{self, Record};
use signpost::store::delivery_reports;
use signpost::workers::{expander, releaser};

use crate::approvals::{decide, update_of};
use crate::delivery::{Mood, NUMBER, Provider};
use crate::harness::{Driver, TestApp};
use crate::overtaken::{OTHER, THIRD, claimed, say, sent, slow, well_again};
use crate::staff::Person;

async fn declare(app: &mut TestApp, token: &str, title: &str, lines: Value) -> Value {
    let body = json!({"title": title, "organisations": ["Z80001"], "lines": lines});
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.publish().await;
    while expander::step(&app.desk).await.unwrap() {}
    posted.json()
}

/// EMIS Web is declared for the nation, and its audience put together.
async fn emis(app: &mut TestApp, token: &str) -> Value {
    let posted = app.api(token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    app.publish().await;
    while expander::step(&app.desk).await.unwrap() {}
    posted
}

async fn answer(app: &TestApp, token: &str, posted: &Value, place: &str, body: Value) {
    let path = format!("/api/v1/incidents/{}/responses/{place}", posted["id"].as_str().unwrap());
    let done = app.api(token, "PUT", &path, body).await;
    assert!(done.status.is_success(), "{}", done.text());
}

async fn send(app: &mut TestApp) {
    app.publish().await;
    while expander::step(&app.desk).await.unwrap() {}
    app.advance(Duration::seconds(2));
    app.send_due().await;
}

/// The emails that hold some words.
async fn emails(app: &TestApp, words: &str) -> Vec<String> {
    let all = app.captured().await.into_iter();
    all.filter(|(c, text)| *c == Channel::Email && text.contains(words)).map(|(_, text)| text).collect()
}

const DOWN: &str = "Our phones are not working.";

#[tokio::test]
async fn what_waits_does_not_say_what_another_incident_has_taken_back() {
    for driver in Driver::BOTH {
        for way in ["withdrawn", "over", "better"] {
            let mut app = TestApp::with_region(driver).await;
            app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
            let token = app.token("Z80001", Role::Publisher).await;
            let phones = declare(&mut app, &token, "Phones", json!({"phones": "down"})).await;
            send(&mut app).await;
            declare(&mut app, &token, "Bookings", json!({"booking": "paused"})).await;
            let updates = format!("/api/v1/incidents/{}/updates", phones["id"].as_str().unwrap());
            let own = json!({"correction": "The phones were never down."});
            let done = match way {
                "withdrawn" => decide(&app, &token, &update_of(&phones), "withdrawal", own).await,
                "over" => app.api(&token, "POST", &updates, json!({"state": "resolved"})).await,
                _ => app.api(&token, "POST", &updates, json!({"lines": {"phones": "limited"}})).await,
            };
            assert_eq!(done.status, 201, "{}", done.text());
            send(&mut app).await;
            let told = emails(&app, "Bookings").await;
            assert_eq!(told.len(), 1, "{way}: {told:?}");
            assert!(!told[0].contains(DOWN), "{way}: {}", told[0]);
        }
    }
}

#[tokio::test]
async fn what_waits_does_not_say_what_an_older_update_of_the_same_incident_had_wrong() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        provider.always(None);
        let first = declare(&mut app, &token, "We are shut", json!({"attend": "do_not_come"})).await;
        send(&mut app).await;
        assert_eq!(sent(&provider).len(), 3);
        provider.always(Some(Mood::TooMany));
        say(&mut app, &token, &first, "An engineer is on the way.").await;
        let own = json!({"correction": "We were never shut."});
        decide(&app, &token, &update_of(&first), "withdrawal", own).await;
        well_again(&mut app, &provider).await;
        let all = sent(&provider);
        let second: Vec<_> = all.iter().filter(|(_, text)| text.contains("engineer")).collect();
        assert_eq!((second.len(), all.len()), (3, 9), "{all:?}");
        assert!(second.iter().all(|(_, text)| !text.contains("Do not come")), "{second:?}");
    }
}

/// The clock changes what is true as well.
#[tokio::test]
async fn what_waits_does_not_say_what_has_run_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let until = app.now() + Duration::minutes(5);
        let own = json!({"lines": {"phones": "down"}, "message": "Knock at the door.", "expires_at": until});
        let path = "/api/v1/organisations/Z80001/lines";
        assert_eq!(app.api(&token, "PUT", path, own).await.status, 200);
        declare(&mut app, &token, "Bookings", json!({"booking": "paused"})).await;
        app.advance(Duration::minutes(10));
        send(&mut app).await;
        let told = emails(&app, "Bookings").await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(!told[0].contains(DOWN) && !told[0].contains("Knock at the door."), "{}", told[0]);
    }
}

#[tokio::test]
async fn what_waits_says_what_its_place_has_answered() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let nation = app.token("X24", Role::Coordinator).await;
        let surgery = app.token("Z80001", Role::Publisher).await;
        let posted = emis(&mut app, &nation).await;
        let closed = json!({"answer": "affected", "lines": {"attend": "do_not_come"},
            "message": "We are closed. Do not come."});
        answer(&app, &surgery, &posted, "Z80001", closed).await;
        send(&mut app).await;
        let told = emails(&app, "").await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("Do not come") && !told[0].contains("unless we contact you"), "{}", told[0]);
    }
}

/// Words that changed are kept as they were: a provider knows a message by those, and
/// whoever had them is shown with them.
#[tokio::test]
async fn what_left_before_is_looked_up_and_proved_by_its_own_words() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        provider.always(None);
        let wrong = declare(&mut app, &token, "We are shut", json!({"attend": "do_not_come"})).await;
        send(&mut app).await;
        let other = declare(&mut app, &token, "Bookings", json!({"booking": "paused"})).await;
        let about = || -> Vec<(String, String)> {
            sent(&provider).into_iter().filter(|(_, text)| text.contains("ooking")).collect()
        };
        // Nobody knows of one; the others are put off.
        provider.then(&[Mood::TakesAndFails]);
        provider.always(Some(Mood::TooMany));
        send(&mut app).await;
        assert!(about().len() == 1 && about()[0].1.contains("Do not come"), "{:?}", sent(&provider));
        app.advance(Duration::seconds(1));
        let own = json!({"correction": "We were never shut."});
        decide(&app, &token, &update_of(&wrong), "withdrawal", own).await;
        well_again(&mut app, &provider).await;
        app.resolve().await;
        send(&mut app).await;
        assert_eq!(app.counts(&token, &update_of(&other)).await["sms"]["accepted"], 3);
        let old = about().iter().filter(|(_, text)| text.contains("Do not come")).count();
        assert_eq!((about().len(), old), (3, 1), "{:?}", sent(&provider));
        for number in [NUMBER, OTHER, THIRD] {
            assert_eq!(about().iter().filter(|(to, _)| to == number).count(), 1, "nobody twice");
        }
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let read = person.get(&format!("/desk/updates/{}/texts", update_of(&other))).await.text();
        assert!(read.contains("when what it says changed") && read.contains("Do not come"), "{read}");
    }
}

/// Where nothing was said since, words are not written again, and nothing is kept twice.
#[tokio::test]
async fn words_stay_as_they_are_while_nothing_is_said() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = slow(driver).await;
        let posted = declare(&mut app, &token, "Bookings", json!({"booking": "paused"})).await;
        // Somebody else says something: the same words hold.
        let elsewhere = app.token("Z80002", Role::Publisher).await;
        let path = "/api/v1/organisations/Z80002/lines";
        app.api(&elsewhere, "PUT", path, json!({"lines": {"phones": "down"}})).await;
        well_again(&mut app, &provider).await;
        assert_eq!(sent(&provider).len(), 3);
        let id = update_of(&posted).parse().unwrap();
        let mut tx = app.desk.db.read().await.unwrap();
        let place = crate::harness::code("Z80001");
        let earlier = signpost::store::broadcasts::earlier_words(&mut tx, id, &place, "en").await.unwrap();
        assert_eq!(earlier.len(), 0);
    }
}

#[tokio::test]
async fn an_older_update_that_leaves_after_all_does_so_in_no_name_that_is_not_affected() {
    for driver in Driver::BOTH {
        let (mut app, provider, _) = slow(driver).await;
        app.subscribers(&[(NUMBER, "sms", "Z80002")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let first = emis(&mut app, &token).await;
        let second = say(&mut app, &token, &first, "An engineer is on the way.").await;
        answer(&app, &token, &first, "Z80001", json!({"answer": "not_affected"})).await;
        decide(&app, &token, &second, "withdrawal", json!({"correction": "Not so."})).await;
        well_again(&mut app, &provider).await;
        let all = sent(&provider);
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(all[0].0 == NUMBER && all[0].1.starts_with("Brambleford"), "{all:?}");
        // It is, after all: its readers are told.
        answer(&app, &token, &first, "Z80001", json!({"answer": "affected"})).await;
        well_again(&mut app, &provider).await;
        assert_eq!((provider.copies(NUMBER), provider.copies(OTHER), provider.copies(THIRD)), (1, 1, 1));
    }
}

#[tokio::test]
async fn what_was_under_way_does_not_leave_later_in_a_name_that_is_not_affected() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[(OTHER, "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = emis(&mut app, &token).await;
        app.advance(Duration::seconds(2));
        let d = claimed(&app).await;
        answer(&app, &token, &posted, "Z80001", json!({"answer": "not_affected"})).await;
        // It was refused, and is tried again.
        let refused = Record {
            delivery: d.id,
            attempt: d.attempt,
            state: DeliveryState::Queued,
            outcome: "later",
            reason: Some("It is busy.".into()),
            reference: None,
            due_at: app.now(),
            first_due: None,
            uncounted: false,
            look_ups: 0,
            pinned: None,
        };
        let mut tx = app.desk.db.write().await.unwrap();
        attempts::record(&mut tx, &[refused], app.now()).await.unwrap();
        tx.commit().await.unwrap();
        app.send_due().await;
        assert_eq!(provider.copies(OTHER), 0);
        let mut tx = app.desk.db.read().await.unwrap();
        let d = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap().remove(0);
        assert_eq!(d.state, DeliveryState::Suppressed);
        assert_eq!(d.reason.as_deref(), Some("the organisation is not affected"));
    }
}

/// Whoever was held back from the older update, and passed by by the newer, gets the newer.
#[tokio::test]
async fn readers_of_a_place_that_is_affected_after_all_get_the_newest_update() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        provider.always(Some(Mood::TooMany));
        app.subscribers(&[(OTHER, "sms", "Z80001"), (THIRD, "sms", "Z80002")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let first = emis(&mut app, &token).await;
        answer(&app, &token, &first, "Z80001", json!({"answer": "not_affected"})).await;
        say(&mut app, &token, &first, "An engineer is on the way.").await;
        answer(&app, &token, &first, "Z80001", json!({"answer": "affected"})).await;
        well_again(&mut app, &provider).await;
        let all = sent(&provider);
        assert_eq!((provider.copies(OTHER), provider.copies(THIRD)), (1, 1), "{all:?}");
        // Once, however often they say it.
        answer(&app, &token, &first, "Z80001", json!({"answer": "not_affected"})).await;
        answer(&app, &token, &first, "Z80001", json!({"answer": "affected"})).await;
        well_again(&mut app, &provider).await;
        assert_eq!((provider.copies(OTHER), provider.copies(THIRD)), (1, 1));
        releaser::step(&app.desk).await.unwrap();
    }
}
