//! Mail that comes back, and what people text back.

use axum::body::Body;
use axum::http::Request;
use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::{delivery_reports, subscribers};
use signpost::workers::rescuer;
use uuid::Uuid;

use crate::channels::sink::Sink;
use crate::harness::{Answer, BASE, Driver, TestApp};

const ALICE: &str = "alice@example.org";

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/mail/{name}.eml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// One subscriber by email, told by a relay that takes everything.
async fn told(driver: Driver) -> (TestApp, String, Sink, Value) {
    let mut app = TestApp::with_region(driver).await;
    let sink = Sink::start().await;
    let relay = signpost::channels::RelaySettings {
        url: sink.url.clone(),
        from: "updates@status.example.nhs.uk".into(),
        takes_bounces: true,
        bounce_domain: Some("bounces.example.org".into()),
        dkim: Vec::new(),
    };
    let email = vec![signpost::channels::ProviderSettings::Relay(relay)];
    let settings = signpost::channels::Settings { email, ..Default::default() };
    app.channels = Some(signpost::channels::Channels::new(&settings).unwrap());
    app.subscribers(&[(ALICE, "email", "Z80001")]).await;
    let token = app.token("X24", Role::Coordinator).await;
    let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    app.run_workers().await;
    (app, token, sink, posted)
}

async fn come_back(app: &TestApp, secret: &str, message: &str) -> Answer {
    let request = Request::post("/hooks/email/bounce")
        .header("authorization", format!("Bearer {secret}"))
        .header("content-type", "message/rfc822")
        .body(Body::from(message.to_owned()));
    app.send(request.unwrap()).await
}

/// The report about the newest message that left, with its own return address.
fn about(report: &str, sink: &Sink) -> String {
    let from = sink.taken().last().unwrap().from.clone();
    let token = from.strip_prefix("b-").unwrap().strip_suffix("@bounces.example.org").unwrap().to_owned();
    report.replace(&"a".repeat(52), &token)
}

async fn state(app: &TestApp, token: &str, posted: &Value) -> Value {
    app.counts(token, posted["update"]["id"].as_str().unwrap()).await["email"].clone()
}

async fn say(app: &mut TestApp, token: &str, posted: &Value, message: &str) -> Value {
    let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
    let answer = app.api(token, "POST", &path, json!({"message": message})).await.json();
    app.run_workers().await;
    answer
}

#[tokio::test]
async fn a_mailbox_that_is_not_there_gets_nothing_more() {
    for driver in Driver::BOTH {
        let (mut app, token, sink, posted) = told(driver).await;
        assert_eq!(state(&app, &token, &posted).await["accepted"], 1);
        let report = about(&fixture("gone"), &sink);
        assert_eq!(come_back(&app, "wrong", &report).await.status, 401);
        let answer = come_back(&app, "bounce-secret", &report).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()),
            (200, json!({"kind": "failed", "changed": true}))
        );
        assert_eq!(state(&app, &token, &posted).await["failed"], 1, "it had been accepted before");
        let path = format!("/api/v1/updates/{}/deliveries", posted["update"]["id"].as_str().unwrap());
        let items = app.api(&token, "GET", &path, Value::Null).await;
        assert!(items.text().contains("5.1.1, there is no such mailbox"), "{}", items.text());
        assert!(!items.text().contains("alice"));
        assert_eq!(come_back(&app, "bounce-secret", &report).await.json()["changed"], false, "once");

        let next = say(&mut app, &token, &posted, "One.").await;
        assert_eq!(next["reach"]["recipients"]["email"], 0);
        assert_eq!(sink.copies(ALICE), 1);

        // The contact stays for a while, and goes.
        let mut tx = app.desk.db.read().await.unwrap();
        let id = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap()[0].target;
        let kept = subscribers::find(&mut tx, id).await.unwrap().unwrap();
        assert!(kept.contact_sealed.is_some() && kept.suspended_at.is_some());
        drop(tx);
        // Whoever asks again and answers the code gets messages again.
        let asks = app.form("/Z80001/subscribe", "channel=email&contact=alice%40example.org&locale=en").await;
        assert_eq!(asks.status, 200);
        app.run_workers().await;
        assert_eq!(sink.copies(ALICE), 2, "the code goes there");
        app.advance(Duration::days(91));
        rescuer::sweep(&app.desk).await.unwrap();
        let mut tx = app.desk.db.read().await.unwrap();
        assert!(subscribers::find(&mut tx, id).await.unwrap().unwrap().contact_sealed.is_none());
    }
}

#[tokio::test]
async fn three_messages_in_a_row_that_fail_are_enough() {
    for driver in Driver::BOTH {
        let (mut app, token, sink, posted) = told(driver).await;
        for (n, left) in [(1, 1), (2, 1), (3, 0)] {
            let answer = come_back(&app, "bounce-secret", &about(&fixture("full"), &sink)).await;
            assert_eq!(answer.json()["changed"], true);
            let next = say(&mut app, &token, &posted, &format!("Message {n}.")).await;
            assert_eq!(next["reach"]["recipients"]["email"], left, "after {n}");
        }
        assert_eq!(sink.copies(ALICE), 3);
    }
}

#[tokio::test]
async fn what_says_nothing_about_the_address_changes_nothing() {
    for driver in Driver::BOTH {
        let (mut app, token, sink, posted) = told(driver).await;
        let gone = fixture("gone");
        let holiday = "From: alice@example.org\r\nSubject: Away\r\n\r\nI am away.\r\n";
        for (report, kind) in [
            (about(&gone.replace("Action: failed", "Action: delayed"), &sink), "nothing"),
            (about(holiday, &sink), "nothing"),
            (gone.clone(), "failed"),
            (about(&fixture("complaint").replace("Type: abuse", "Type: not-spam"), &sink), "nothing"),
        ] {
            let answer = come_back(&app, "bounce-secret", &report).await;
            assert_eq!(answer.json(), json!({"kind": kind, "changed": false}), "{report}");
        }
        assert_eq!(state(&app, &token, &posted).await["accepted"], 1);
        // A policy is no fault of the address: the message failed, no more.
        let policy = gone.replace("5.1.1", "5.7.1");
        come_back(&app, "bounce-secret", &about(&policy, &sink)).await;
        assert_eq!(state(&app, &token, &posted).await["failed"], 1);
        assert_eq!(say(&mut app, &token, &posted, "One.").await["reach"]["recipients"]["email"], 1);
        // A receipt that it arrived.
        let arrived = gone.replace("Action: failed", "Action: delivered").replace("5.1.1", "2.0.0");
        let answer = come_back(&app, "bounce-secret", &about(&arrived, &sink)).await;
        assert_eq!(answer.json(), json!({"kind": "delivered", "changed": true}));
    }
}

#[tokio::test]
async fn a_complaint_ends_the_subscription_whoever_is_left_out_of_it() {
    for driver in Driver::BOTH {
        for by_page in [false, true] {
            let (mut app, token, sink, posted) = told(driver).await;
            let complaint = fixture("complaint");
            let report = if by_page {
                let text = String::from_utf8(sink.taken()[0].bytes.clone()).unwrap();
                let page = text.lines().find_map(|l| l.strip_prefix("List-Unsubscribe: <")).unwrap();
                let page = page.trim_end_matches('>').rsplit('/').next().unwrap().to_owned();
                complaint.replace("MANAGE", &page)
            } else {
                about(&complaint, &sink)
            };
            let answer = come_back(&app, "bounce-secret", &report).await;
            assert_eq!(answer.json(), json!({"kind": "complaint", "changed": true}));
            assert_eq!(come_back(&app, "bounce-secret", &report).await.json()["changed"], false);
            assert_eq!(say(&mut app, &token, &posted, "One.").await["reach"]["recipients"]["email"], 0);
            assert_eq!(sink.copies(ALICE), 1);
        }
    }
}

/// The relay itself says so, in the session.
#[tokio::test]
async fn a_number_that_has_said_stop_elsewhere_gets_nothing_more() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (twilio, settings) = crate::delivery::Provider::start().await;
        let sms = vec![signpost::channels::ProviderSettings::Twilio(settings)];
        let settings = signpost::channels::Settings { sms, ..Default::default() };
        app.channels = Some(signpost::channels::Channels::new(&settings).unwrap());
        app.subscribers(&[("+447700900123", "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        twilio.then(&[crate::delivery::Mood::OptedOut]);
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        let next = say(&mut app, &token, &posted, "One.").await;
        assert_eq!(next["reach"]["recipients"]["sms"], 0);
        assert_eq!(twilio.copies("+447700900123"), 0);
    }
}

async fn texts(app: &TestApp, from: &str, body: &str, opt_out: Option<&str>) -> String {
    texts_as(app, &format!("SM{}", Uuid::new_v4().simple()), (from, body), opt_out).await
}

/// A text with this id of the provider's, which it may hand over more than once.
async fn texts_as(app: &TestApp, sid: &str, (from, body): (&str, &str), opt_out: Option<&str>) -> String {
    let mut fields = vec![("MessageSid", sid), ("From", from), ("To", "+447700900999"), ("Body", body)];
    fields.extend(opt_out.map(|kind| ("OptOutType", kind)));
    let fields: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
    let signature =
        signpost::channels::twilio::signature("tok", &format!("{BASE}/hooks/twilio/inbound"), &fields);
    let form: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let request = Request::post("/hooks/twilio/inbound")
        .header("x-twilio-signature", signature)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let answer = app.send(request.unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/xml; charset=utf-8"));
    let text = answer.text();
    let inside = text.split_once("<Response>").unwrap().1.strip_suffix("</Response>").unwrap().to_owned();
    inside.replace("<Message>", "").replace("</Message>", "")
}

/// A provider that got no answer hands a text over again, perhaps hours later.
#[tokio::test]
async fn a_text_that_was_heard_before_changes_nothing() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let own = "+447700900123";
        app.subscribers(&[(own, "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        let (stop, start) = (format!("SM{:032x}", 1), format!("SM{:032x}", 2));
        for words in ["please stop texting me", "STOP"] {
            let [stop, start] = [&stop, &start].map(|sid| format!("{sid}{}", words.len()));
            texts_as(&app, &stop, (own, words), None).await;
            app.advance(Duration::minutes(5));
            assert!(texts_as(&app, &start, (own, "START"), None).await.starts_with("We will send you"));
            assert_eq!(texts_as(&app, &stop, (own, words), None).await, "", "it was heard before");
            let next = say(&mut app, &token, &posted, words).await;
            assert_eq!(next["reach"]["recipients"]["sms"], 1, "{words}");
            // The same the other way about.
            texts_as(&app, &format!("{stop}b"), (own, words), None).await;
            assert_eq!(texts_as(&app, &start, (own, "START"), None).await, "");
            let next = say(&mut app, &token, &posted, words).await;
            assert_eq!(next["reach"]["recipients"]["sms"], 0, "{words}");
            texts_as(&app, &format!("{start}b"), (own, "START"), None).await;
        }
        // It is forgotten after a week, with everything else that has run out.
        app.advance(Duration::days(8));
        rescuer::sweep(&app.desk).await.unwrap();
        texts_as(&app, &format!("{stop}4"), (own, "STOP"), None).await;
        assert!(texts(&app, own, "STATUS", None).await.starts_with("We send nothing"));
    }
}

#[tokio::test]
async fn people_stop_start_and_ask_by_text() {
    for driver in Driver::BOTH {
        for prefix in ["", "whatsapp:"] {
            let mut app = TestApp::with_region(driver).await;
            let channel = if prefix.is_empty() { Channel::Sms } else { Channel::WhatsApp };
            let own = format!("{prefix}+447700900123");
            app.subscribers(&[
                ("+447700900123", channel.as_str(), "Z80001"),
                ("+447700900123", channel.as_str(), "Z80002"),
            ])
            .await;
            let token = app.token("X24", Role::Coordinator).await;
            let posted =
                app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
            app.run_workers().await;
            let said = texts(&app, &own, "Status?", None).await;
            let lines: Vec<&str> = said.lines().collect();
            assert_eq!(lines.len(), 2, "{said}");
            assert!(lines[0].starts_with("Ashwick Surgery: Come to your appointment unless we"), "{said}");
            assert!(lines[0].ends_with(&format!("{BASE}/Z80001")), "{said}");
            let help = texts(&app, &own, "help", None).await;
            assert!(help.starts_with(&format!("Change or stop your messages: {BASE}/s/")), "{help}");
            assert_eq!(texts(&app, &own, "What is this?", None).await, "");
            // Whoever may want to stop is told how, but two machines do not go on for ever.
            let hint = texts(&app, &own, "When does this stop?", None).await;
            assert!(hint.contains("reply STOP"), "{hint}");
            assert_eq!(texts(&app, &own, "Text STOP to end", None).await, "");
            let stranger = format!("{prefix}+447700900555");
            assert_eq!(texts(&app, &stranger, "When does this stop?", None).await, "");

            // Twilio confirms STOP; what they followed comes back with START.
            assert_eq!(texts(&app, &own, "STOP", None).await, "");
            let next = say(&mut app, &token, &posted, "One.").await;
            assert_eq!(next["reach"]["recipients"][channel.as_str()], 0);
            assert!(texts(&app, &own, "STATUS", None).await.starts_with("We send nothing to this number."));
            assert_eq!(texts(&app, &own, "START", Some("START")).await, "", "Twilio has answered");
            let next = say(&mut app, &token, &posted, "Two.").await;
            assert_eq!(next["reach"]["recipients"][channel.as_str()], 1);
            assert!(texts(&app, &own, "start", None).await.starts_with("We will send you messages again."));

            // A month after STOP there is nothing to come back to.
            let confirmed = texts(&app, &own, "please stop texting me", None).await;
            assert_eq!(confirmed, "You get no more messages");
            let next = say(&mut app, &token, &posted, "Three.").await;
            assert_eq!(next["reach"]["recipients"][channel.as_str()], 0);
            app.advance(Duration::days(31));
            rescuer::sweep(&app.desk).await.unwrap();
            assert!(texts(&app, &own, "START", None).await.starts_with("We send nothing to this number."));
            let stranger = texts(&app, &format!("{prefix}+447700900555"), "STATUS", None).await;
            assert_eq!(
                stranger,
                format!(
                    "We send nothing to this number. Choose the places that you want messages about: {BASE}"
                )
            );
        }
    }
}

#[tokio::test]
async fn an_answer_is_in_the_language_of_the_reader() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let rows =
        b"contact,channel,locale,organisation\n07700 900123,sms,cy,Z80001\n07700 900124,sms,ur,Z80001\n";
    let file = signpost::desk::import::File { name: "p.csv".into(), bytes: rows.to_vec() };
    let who = signpost::domain::user::Actor::command_line();
    app.desk.import_subscribers(&who, &file, None).await.unwrap();
    app.publish().await;
    assert!(texts(&app, "+447700900123", "HELP", None).await.starts_with("Newid neu stopio eich negeseuon:"));
    assert!(texts(&app, "+447700900124", "HELP", None).await.starts_with("اپنے پیغام بدلیں یا بند کریں:"));
}

/// STATUS says what does not work, as the page does.
#[tokio::test]
async fn whoever_asks_by_text_hears_what_does_not_work() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("+447700900123", "sms", "Z80001")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body = json!({"title": "The phones are down", "organisations": ["Z80001"],
            "lines": {"phones": "down", "prescriptions": "delayed"}, "next_update_by": "2024-07-19T09:00:00Z"});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        app.publish().await;
        let said = texts(&app, "+447700900123", "STATUS", None).await;
        assert!(said.starts_with("Ashwick Surgery: "), "{said}");
        assert!(said.contains("Our phones are not working.") && said.contains("rescriptions"), "{said}");
        assert!(said.ends_with(&format!("{BASE}/Z80001")), "{said}");
        assert!(signpost::domain::sms::segments(&said).segments <= 3, "{said}");
        assert!(!said.contains("The next update is late."), "{said}");
        app.advance(Duration::minutes(130));
        app.publish().await;
        let said = texts(&app, "+447700900123", "STATUS", None).await;
        assert!(said.contains("The next update is late."), "{said}");
    }
}

/// And all services that do not take place, in any language: nobody travels for the one that
/// there was no room for.
#[tokio::test]
async fn whoever_asks_by_text_hears_of_every_service_that_is_off() {
    let off = ["radiotherapy", "scans", "maternity", "operations", "outpatients", "blood_tests"];
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let rows = b"contact,channel,locale,organisation\n07700 900123,sms,en,RZ5\n07700 900124,sms,ur,RZ5\n";
        let file = signpost::desk::import::File { name: "p.csv".into(), bytes: rows.to_vec() };
        let who = signpost::domain::user::Actor::command_line();
        app.desk.import_subscribers(&who, &file, None).await.unwrap();
        let token = app.token("RZ5", Role::Publisher).await;
        let mut lines: serde_json::Map<String, serde_json::Value> =
            off.iter().map(|line| ((*line).to_owned(), json!("cancelled"))).collect();
        lines.insert("phones".into(), json!("down"));
        lines.insert("emergency_department".into(), json!("closed"));
        let body = json!({"title": "Power", "organisations": ["RZ5"], "lines": lines});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        app.publish().await;
        for (from, locale) in [("+447700900123", "en"), ("+447700900124", "ur")] {
            let said = texts(&app, from, "STATUS", None).await;
            let words = signpost::words::of(signpost::words::Locale::parse(locale).unwrap());
            for line in off {
                let text = words.get(&format!("{line}-cancelled.text"));
                let first = signpost::words::sentences(text).remove(0);
                let first = match locale {
                    "en" => signpost::domain::sms::to_gsm(&first),
                    _ => signpost::words::without_marks(&first),
                };
                assert!(said.contains(first.trim()), "{locale}: {line}: {said}");
            }
        }
    }
}
