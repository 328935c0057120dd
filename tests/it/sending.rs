//! A message on its way out, as staff see it: held, stopped, sent on, tried
//! again, and proved afterwards.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use chrono::Duration as Time;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings};
use signpost::desk::import::File;
use signpost::domain::cost::Prices;
use signpost::domain::delivery::{Holding, Limits};
use signpost::domain::user::{Actor, Role};
use signpost::store::holding;
use signpost::web::router;
use signpost::workers::watcher::Watcher;
use signpost::workers::{expander, releaser};
use tower::ServiceExt;

use crate::channels::sink::Sink;
use crate::delivery::{Mood, Provider};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

pub const PEOPLE: usize = 400;

/// A surgery with more readers than are told at once.
pub async fn crowded(driver: Driver, limits: Limits) -> (TestApp, String) {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_limits(limits);
    let contacts: Vec<String> = (0..PEOPLE).map(|n| format!("reader{n}@example.org")).collect();
    let rows: Vec<(&str, &str, &str)> = contacts.iter().map(|c| (c.as_str(), "email", "Z80001")).collect();
    app.subscribers(&rows).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.publish().await;
    (app, token)
}

pub fn in_steps() -> Limits {
    let seconds = Duration::from_secs;
    Limits { hold_above: 100, hold: seconds(30), watch: seconds(60), per_hour: 10 }
}

pub async fn declare(app: &mut TestApp, token: &str) -> String {
    let body = json!({"system": "emis-web", "organisations": ["Z80001"]});
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.publish().await;
    while expander::step(&app.desk).await.unwrap() {}
    posted.json()["update"]["id"].as_str().unwrap().to_owned()
}

pub async fn count(app: &TestApp, token: &str, update: &str, state: &str) -> u64 {
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
        assert!(
            screen.text().contains("Nobody is told before 8am, in 3"),
            "to the second: {}",
            screen.text()
        );
        assert_eq!(values(&screen, "[data-live]", "data-live"), [format!("/desk/updates/{stopped}/live")]);
        let answer = person.post(&format!("/desk/updates/{stopped}/stop"), &[]).await;
        assert_eq!(answer.header("location"), format!("/desk/updates/{stopped}?done=stop"));
        let after = person.get(answer.header("location")).await.text();
        assert!(after.contains("Stopped. 400 messages"), "{after}");
        assert!(after.contains("Why some are not told") && after.contains("Stopped by"), "{after}");
        let shared = person.get(&format!("/desk/updates/{stopped}")).await.text();
        assert!(shared.contains("Stopped by") && !shared.contains("will not be sent"), "{shared}");
        let viewer = Person::of(&app, "X24", Role::Viewer).await;
        let link = viewer.get(&format!("/desk/updates/{stopped}?done=stop&number=999999")).await.text();
        assert!(!link.contains("will not be sent"), "who did nothing has done nothing: {link}");
        let read = person.get(&format!("/desk/updates/{stopped}/texts")).await.text();
        assert!(read.contains("Nobody had asked"), "who got nothing has read nothing: {read}");
        for gone in ["Nobody is told before", "Tell everybody now", "Stop sending"] {
            assert!(!after.contains(gone), "{gone}: {after}");
        }
        assert_eq!(person.post(&format!("/desk/updates/{stopped}/send"), &[]).await.status, 409);
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
        assert_eq!(
            reader.headers().unwrap().iter().skip(11).collect::<Vec<_>>(),
            ["provider", "tried_at", "accepted_at", "ended_at"]
        );
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(
            rows.iter().all(|r| &r[5] == "captured" && r[14].starts_with("2024-07-19T07:00:0")),
            "{text}"
        );
        assert_eq!(rows.len(), PEOPLE);
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
    let first = String::from_utf8_lossy(&first);
    assert!(first.contains("0 of 400 messages have ended"));
    // The list is part of what is live.
    assert!(first.contains("What exactly each of them read") && first.contains("Waiting"), "{first}");
    app.advance(Time::seconds(2));
    app.send_due().await;
    let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
    let second = String::from_utf8_lossy(&second);
    assert!(
        second.contains("400 messages. Nothing waits any more.") && !second.contains(">Waiting<"),
        "{second}"
    );
}

/// What halted itself waits for a person, so people have to hear of it.
#[tokio::test]
async fn what_halts_itself_is_shown_and_told() {
    for driver in Driver::BOTH {
        let (mut app, token) = crowded(driver, in_steps()).await;
        let update = declare(&mut app, &token).await;
        let path = format!("/api/v1/updates/{update}/deliveries");
        let told = app.api(&token, "GET", &path, Value::Null).await.json();
        assert_eq!(told["holding"]["state"], "held", "{}", told["holding"]);
        let mut tx = app.desk.db.write().await.unwrap();
        let id = update.parse().unwrap();
        assert!(holding::step(&mut tx, id, Holding::Held, Holding::Halted).await.unwrap());
        tx.commit().await.unwrap();

        let sink = Sink::start().await;
        let relay = RelaySettings {
            url: sink.url.clone(),
            from: "updates@status.example.org".into(),
            ..RelaySettings::default()
        };
        let email = vec![ProviderSettings::Relay(relay)];
        let channels = Channels::new(&Settings { email, ..Settings::default() }).unwrap();
        let watch = Watcher::new(app.desk.clone(), channels, Some("it@example.org".into()));
        assert!(watch.step().await.unwrap() && !watch.step().await.unwrap(), "once an hour");
        let mail = String::from_utf8(sink.taken()[0].bytes.clone()).unwrap().replace("=\r\n", "");
        assert!(mail.contains("Messages wait for a person") && mail.contains(&update), "{mail}");

        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{update}");
        for path in ["/desk", "/board"] {
            let page = person.get(path).await;
            assert!(values(&page, "a", "href").contains(&screen), "{path}: {}", page.text());
        }
        let other = Person::of(&app, "Z80002", Role::Publisher).await;
        assert!(!other.get("/desk").await.text().contains("wait until somebody decides"));
        let told = app.api(&token, "GET", &path, Value::Null).await.json();
        assert_eq!(told["holding"]["state"], "halted");
        // A newer update takes its place: nobody has to decide any more.
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        person.post(&format!("{screen}/stop"), &[]).await;
        assert!(!person.get("/desk").await.text().contains("wait until somebody decides"));
        app.advance(Time::hours(2));
        assert!(!watch.step().await.unwrap());
    }
}

/// One reader by text message, and what the provider does with it.
async fn texted(driver: Driver, mood: Mood) -> (TestApp, Provider, String, String) {
    let mut app = TestApp::with_region(driver).await;
    let provider = Provider::with(&mut app).await;
    app.subscribers(&[("+447700900123", "sms", "Z80001")]).await;
    let token = app.token("X24", Role::Coordinator).await;
    provider.then(&[mood]);
    *provider.list_down.lock().unwrap() = true;
    let update = declare(&mut app, &token).await;
    app.run_workers().await;
    (app, provider, token, update)
}

#[tokio::test]
async fn what_is_not_clear_has_not_ended_and_can_be_stopped() {
    for driver in Driver::BOTH {
        let (app, provider, _, update) = texted(driver, Mood::Fails).await;
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{update}");
        let page = person.get(&screen).await.text();
        assert!(page.contains("Stop sending") && !page.contains("Nothing waits any more"), "{page}");
        assert!(page.contains("0 of 1 messages have ended"), "{page}");
        person.post(&format!("{screen}/stop"), &[]).await;
        assert!(!person.get(&screen).await.text().contains("Stop sending"));
        *provider.list_down.lock().unwrap() = false;
        for _ in 0..3 {
            app.advance(Time::seconds(61));
            app.resolve().await;
            app.send_due().await;
        }
        assert_eq!(provider.copies("+447700900123"), 0, "stopped before it was sent again");
    }
}

#[tokio::test]
async fn only_what_may_still_reach_somebody_is_tried_again_and_the_reason_stays() {
    for driver in Driver::BOTH {
        // They opted out at the provider.
        let (app, _provider, _, update) = texted(driver, Mood::OptedOut).await;
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{update}");
        let page = person.get(&screen).await.text();
        assert!(
            page.contains("the addresses take no messages") && !page.contains("Try these again"),
            "{page}"
        );
        let reason = "Opted out";
        assert!(page.contains(reason), "{page}");
        let answer = person.post(&format!("{screen}/retry"), &[("reason", &full(&page, reason))]).await;
        assert!(answer.header("location").ends_with("done=retry"), "{}", answer.header("location"));
        assert!(person.get(answer.header("location")).await.text().contains("Nothing is tried again"));
        let page = person.get(answer.header("location")).await.text();
        assert!(page.contains("Nothing is tried again") && page.contains(reason), "{page}");

        // A failure that has gone: tried again, but not once it was taken back.
        let (app, provider, token, update) = texted(driver, Mood::TooMany).await;
        let failed = "the database was put back to an earlier state, so this may have been sent before";
        let mut tx = app.desk.db.write().await.unwrap();
        let (id, now) = (update.parse().unwrap(), app.now());
        signpost::store::deliveries::hold_back(&mut tx, Some(id), now, failed, now).await.unwrap();
        tx.commit().await.unwrap();
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{update}");
        assert!(person.get(&screen).await.text().contains("Try these again"));
        let nothing = person.post(&format!("{screen}/retry"), &[]).await;
        assert!(nothing.status == 422 && nothing.text().contains("Say why"), "{}", nothing.text());
        person.post(&format!("{screen}/retry"), &[("reason", failed)]).await;
        let page = person.get(&screen).await.text();
        assert!(page.contains(failed) && page.contains("Waiting"), "the reason stays: {page}");
        app.advance(Time::seconds(31));
        app.send_due().await;
        assert_eq!(provider.copies("+447700900123"), 1);
        let proof = person.get(&format!("{screen}/deliveries.csv")).await.text();
        let mut reader = csv::Reader::from_reader(proof.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let accepted = signpost::domain::time::rfc3339(app.now());
        assert_eq!(
            (&row[11], &row[13], &row[14]),
            ("twilio", accepted.as_str(), accepted.as_str()),
            "{proof}"
        );

        let path = format!("/api/v1/updates/{update}/withdrawal");
        assert_eq!(
            app.api(&token, "POST", &path, json!({"correction": "That was wrong."})).await.status,
            201
        );
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let answer = person.post(&format!("{screen}/retry"), &[("reason", failed)]).await;
        assert!(answer.status == 409 && answer.text().contains("not sent again"), "{}", answer.text());
    }
}

/// The whole reason as the form sends it.
fn full(page: &str, part: &str) -> String {
    let line = page.lines().find(|line| line.contains(part)).unwrap();
    let from = line.find(": ").map_or(0, |at| at + 2);
    line[from..].split('<').next().unwrap().trim().to_owned()
}

/// Where nobody can reply STOP, each text ends with its reader's own link.
#[tokio::test]
async fn a_text_that_cannot_be_replied_to_carries_a_way_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        assert!(app.get("/Z80001/subscribe").await.text().contains("replying STOP"));
        app.desk.stops_by_link = true;
        assert!(!app.get("/Z80001/subscribe").await.text().contains("STOP"));
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[("+447700900123", "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        // Nobody knows whether it was taken: it is found again by its exact words.
        provider.then(&[Mood::TakesAndFails]);
        let update = declare(&mut app, &token).await;
        app.run_workers().await;
        let text = provider.taken.lock().unwrap()[0].1.clone();
        let link = text.rsplit_once("To stop: ").expect("a way out").1.to_owned();
        let path = link.strip_prefix(crate::harness::BASE).unwrap();
        assert!(app.get(path).await.text().contains("Ashwick Surgery"), "it is theirs: {text}");
        app.advance(Time::seconds(61));
        app.resolve().await;
        let counts = app.counts(&token, &update).await;
        assert_eq!(counts["sms"]["accepted"], 1, "{counts}");
        let spent =
            app.api(&token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await.json();
        let parts = signpost::domain::sms::segments(&text).segments;
        assert_eq!(spent["spent"]["sms_parts"]["certain"], parts, "the link is counted too");
        assert_eq!(app.form(&format!("{path}/leave"), "").await.status, 200);
    }
}

/// Languages outside the GSM alphabet take more parts, and each is counted.
#[tokio::test]
async fn what_texts_will_cost_is_told_by_the_language_of_each_reader() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_prices(Prices { sms_part: Some(10.0), whatsapp: None });
        let text =
            "contact,channel,locale,organisation\n+447700900123,sms,en,Z80001\n+447700900124,sms,ar,Z80001\n";
        let file = File { name: "subscribers.csv".into(), bytes: text.as_bytes().to_vec() };
        app.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
        let token = app.token("X24", Role::Coordinator).await;
        let body = json!({"system": "emis-web", "organisations": ["Z80001"]});
        let preview = app.api(&token, "POST", "/api/v1/incidents/preview", body).await.json();
        let parts = |locale: &str| {
            let text =
                preview["texts"]["sms"][locale]["text"].as_str().unwrap_or_else(|| panic!("{preview}"));
            signpost::domain::sms::segments(text).segments
        };
        assert!(parts("ar") > parts("en"), "{preview}");
        let pence = (parts("en") + parts("ar")) as f64 * 10.0;
        assert_eq!(preview["cost_pence"].as_f64(), Some(pence), "{preview}");
    }
}
