//! Nothing lost, nobody told twice, and a wrong message can be called back:
//! the outbox against a provider that misbehaves on command.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json, Router};
use chrono::Duration;
use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, Settings, TwilioSettings};
use signpost::domain::cost::Prices;
use signpost::domain::delivery::{Lane, Limits};
use signpost::domain::sms::segments;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::claims;
use signpost::workers::expander;
use uuid::Uuid;

use crate::harness::{Driver, TestApp};
use crate::staff::Person;

/// What the provider does with the next message.
#[derive(Debug, Clone, Copy)]
pub enum Mood {
    /// Takes it, and answers with an error.
    TakesAndFails,
    /// Does not take it, and answers with an error.
    Fails,
    TooMany,
    OptedOut,
    /// It takes no answer to be slow.
    Hangs,
}

/// A provider in the shape of Twilio's Messages API. What it does is ours; that
/// our requests hold to Twilio's own description is checked elsewhere.
#[derive(Clone, Default)]
pub struct Provider {
    pub taken: Arc<Mutex<Vec<(String, String)>>>,
    moods: Arc<Mutex<VecDeque<Mood>>>,
    /// When no mood is left.
    always: Arc<Mutex<Option<Mood>>>,
    /// The list cannot be asked.
    pub list_down: Arc<Mutex<bool>>,
}

type Fields = Vec<(String, String)>;

fn field(fields: &Fields, name: &str) -> String {
    fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
}

async fn send(State(provider): State<Provider>, Form(fields): Form<Fields>) -> Response {
    let mood = provider.moods.lock().unwrap().pop_front().or(*provider.always.lock().unwrap());
    if let Some(Mood::Hangs) = mood {
        std::future::pending::<()>().await;
    }
    let refuse = |status: u16, code: u32| {
        let body = json!({"code": code, "message": "no", "more_info": "", "status": status});
        (StatusCode::from_u16(status).unwrap(), [("retry-after", "30")], Json(body)).into_response()
    };
    if let Some(Mood::Fails | Mood::TooMany | Mood::OptedOut) = mood {
        return match mood {
            Some(Mood::TooMany) => refuse(429, 20429),
            Some(Mood::OptedOut) => refuse(400, 21610),
            _ => refuse(500, 20500),
        };
    }
    let mut taken = provider.taken.lock().unwrap();
    taken.push((field(&fields, "To"), field(&fields, "Body")));
    if matches!(mood, Some(Mood::TakesAndFails)) {
        return refuse(500, 20500);
    }
    let sid = format!("SM{:032x}", taken.len());
    (StatusCode::CREATED, Json(json!({"sid": sid, "status": "queued", "num_segments": "1"}))).into_response()
}

async fn list(State(provider): State<Provider>, Query(asked): Query<Fields>) -> Response {
    if *provider.list_down.lock().unwrap() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let to = field(&asked, "To");
    let taken = provider.taken.lock().unwrap();
    let messages: Vec<Value> = taken
        .iter()
        .enumerate()
        .filter(|(_, (number, _))| to.is_empty() || *number == to)
        .map(|(i, (number, body))| {
            json!({"sid": format!("SM{:032x}", i + 1), "to": number, "body": body, "status": "sent",
                   "date_created": "Fri, 19 Jul 2024 07:00:05 +0000", "direction": "outbound-api"})
        })
        .collect();
    Json(json!({"messages": messages, "next_page_uri": null})).into_response()
}

impl Provider {
    /// The app with this provider as its only live channel.
    pub async fn with(app: &mut TestApp) -> Self {
        let (provider, twilio) = Self::start().await;
        let sms = vec![ProviderSettings::Twilio(twilio)];
        app.channels = Some(Channels::new(&Settings { sms, ..Settings::default() }).unwrap());
        provider
    }

    pub async fn start() -> (Self, TwilioSettings) {
        let provider = Self::default();
        let router = Router::new()
            .route("/2010-04-01/Accounts/{sid}/Messages.json", axum::routing::post(send).get(list))
            .with_state(provider.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let settings = TwilioSettings {
            base_url,
            account_sid: format!("AC{}", "0".repeat(32)),
            auth_token: "tok".into(),
            from: "+447700900999".into(),
            status_callback: None,
        };
        (provider, settings)
    }

    /// What it does from now on, with every message.
    pub fn always(&self, mood: Option<Mood>) {
        *self.always.lock().unwrap() = mood;
    }

    pub fn then(&self, moods: &[Mood]) {
        self.moods.lock().unwrap().extend(moods);
    }

    pub fn copies(&self, number: &str) -> usize {
        self.taken.lock().unwrap().iter().filter(|(to, _)| to == number).count()
    }
}

pub const NUMBER: &str = "+447700900123";

/// One subscriber by text, EMIS Web declared down.
pub async fn declared(driver: Driver) -> (TestApp, Provider, String, Value) {
    let mut app = TestApp::with_region(driver).await;
    let provider = Provider::with(&mut app).await;
    app.subscribers(&[(NUMBER, "sms", "Z80001")]).await;
    let token = app.token("X24", Role::Coordinator).await;
    let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    (app, provider, token, posted)
}

pub fn update(posted: &Value) -> String {
    posted["update"]["id"].as_str().unwrap().to_owned()
}

pub async fn sms(app: &TestApp, token: &str, posted: &Value, state: &str) -> Value {
    app.counts(token, &update(posted)).await["sms"][state].clone()
}

#[tokio::test]
async fn a_message_that_was_taken_without_an_answer_is_found_and_not_sent_again() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        provider.then(&[Mood::TakesAndFails]);
        app.run_workers().await;
        assert_eq!(sms(&app, &token, &posted, "unknown").await, 1, "nobody knows");
        assert_eq!(app.resolve().await, 0, "the list may lag");
        app.advance(Duration::seconds(61));
        assert_eq!(app.resolve().await, 1);
        assert_eq!(sms(&app, &token, &posted, "accepted").await, 1);
        app.send_due().await;
        assert_eq!(provider.copies(NUMBER), 1);
    }
}

#[tokio::test]
async fn what_was_spent_is_what_was_taken_and_what_may_have_been() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.desk = app.desk.clone().with_prices(Prices { sms_part: Some(4.0), whatsapp: None });
        let path = format!("/api/v1/updates/{}/deliveries", update(&posted));
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{}", update(&posted));
        assert!(!person.get(&screen).await.text().contains("Providers have taken"));
        provider.then(&[Mood::TakesAndFails]);
        app.run_workers().await;
        let parts = segments(&provider.taken.lock().unwrap()[0].1).segments;
        let spent = app.api(&token, "GET", &path, Value::Null).await.json()["spent"].clone();
        assert_eq!(spent["sms_parts"], json!({"certain": 0, "maybe": parts}));
        assert_eq!(spent["pence"], json!({"certain": 0.0, "maybe": parts as f64 * 4.0}));
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let told = format!("It may be up to {}p more", parts * 4);
        assert!(person.get(&screen).await.text().contains(&told), "{told}");
        app.advance(Duration::seconds(61));
        app.resolve().await;
        let spent = app.api(&token, "GET", &path, Value::Null).await.json()["spent"].clone();
        assert_eq!(spent["sms_parts"], json!({"certain": parts, "maybe": 0}));
        assert_eq!(spent["whatsapp_messages"], json!({"certain": 0, "maybe": 0}));
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let page = person.get(&screen).await.text();
        let told = format!("That costs about {}p.", parts * 4);
        assert!(page.contains("Providers have taken") && page.contains(&told), "{page}");
    }
}

#[tokio::test]
async fn a_message_that_is_not_found_twice_is_sent_again() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        provider.then(&[Mood::Fails]);
        app.run_workers().await;
        app.advance(Duration::seconds(61));
        app.resolve().await;
        app.send_due().await;
        assert_eq!(
            (sms(&app, &token, &posted, "unknown").await, provider.copies(NUMBER)),
            (json!(1), 0),
            "once is not enough"
        );
        app.advance(Duration::seconds(61));
        app.resolve().await;
        app.send_due().await;
        assert_eq!((sms(&app, &token, &posted, "accepted").await, provider.copies(NUMBER)), (json!(1), 1));
    }
}

#[tokio::test]
async fn a_message_is_held_while_the_provider_cannot_be_asked() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        provider.then(&[Mood::TakesAndFails]);
        *provider.list_down.lock().unwrap() = true;
        app.run_workers().await;
        for _ in 0..3 {
            app.advance(Duration::seconds(61));
            app.resolve().await;
            app.send_due().await;
        }
        assert_eq!((sms(&app, &token, &posted, "unknown").await, provider.copies(NUMBER)), (json!(1), 1));
        *provider.list_down.lock().unwrap() = false;
        app.advance(Duration::seconds(61));
        app.resolve().await;
        assert_eq!((sms(&app, &token, &posted, "accepted").await, provider.copies(NUMBER)), (json!(1), 1));
    }
}

/// A courier that dies between the attempt and its record.
#[tokio::test]
async fn a_crash_makes_a_message_unclear_and_never_lost() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.publish().await;
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let mut tx = app.desk.db.write().await.unwrap();
        let lease = tx.lease_time(app.now()).await.unwrap() - Duration::seconds(1);
        let claim = claims::Claim {
            channel: Channel::Sms,
            owner: Uuid::nil(),
            lease_until: lease,
            limit: 10,
            provider: Some("twilio"),
            takes: claims::Takes::All,
            lanes: Lane::LIVE,
        };
        let claimed = claims::claim(&mut tx, claim, app.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claimed.len(), 1);
        app.send_due().await;
        assert_eq!(provider.copies(NUMBER), 0, "it is somebody's");
        app.advance(Duration::seconds(1));
        assert_eq!(app.rescue().await, 1);
        assert_eq!(sms(&app, &token, &posted, "unknown").await, 1);
        for _ in 0..2 {
            app.advance(Duration::seconds(61));
            app.resolve().await;
        }
        app.send_due().await;
        assert_eq!((sms(&app, &token, &posted, "accepted").await, provider.copies(NUMBER)), (json!(1), 1));
    }
}

#[tokio::test]
async fn too_many_requests_pause_the_channel_and_cost_no_attempt() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        provider.then(&[Mood::TooMany]);
        app.run_workers().await;
        assert_eq!((sms(&app, &token, &posted, "queued").await, provider.copies(NUMBER)), (json!(1), 0));
        app.advance(Duration::seconds(20));
        app.send_due().await;
        assert_eq!(provider.copies(NUMBER), 0, "Retry-After was 30 seconds");
        app.advance(Duration::seconds(11));
        app.send_due().await;
        assert_eq!(provider.copies(NUMBER), 1);
        let items = app
            .api(&token, "GET", &format!("/api/v1/updates/{}/deliveries", update(&posted)), Value::Null)
            .await
            .json();
        assert_eq!((&items["items"][0]["attempts"], &items["items"][0]["to"]), (&json!(1), &json!("…123")));
    }
}

#[tokio::test]
async fn a_refusal_for_good_is_a_failure_with_its_reason() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        provider.then(&[Mood::OptedOut]);
        app.run_workers().await;
        assert_eq!((sms(&app, &token, &posted, "failed").await, provider.copies(NUMBER)), (json!(1), 0));
        let items = app
            .api(&token, "GET", &format!("/api/v1/updates/{}/deliveries", update(&posted)), Value::Null)
            .await;
        assert!(items.text().contains("Opted out"), "{}", items.text());
        assert!(!items.text().contains("7700900123"), "no contact leaves");
    }
}

#[tokio::test]
async fn an_update_that_has_not_left_gives_way_to_a_newer_one() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, first) = declared(driver).await;
        while expander::step(&app.desk).await.unwrap() {}
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        let second =
            app.api(&token, "POST", &path, json!({"message": "We expect it back at midday."})).await.json();
        app.run_workers().await;
        assert_eq!(sms(&app, &token, &first, "superseded").await, 1);
        assert_eq!((sms(&app, &token, &second, "accepted").await, provider.copies(NUMBER)), (json!(1), 1));
    }
}

#[tokio::test]
async fn a_correction_goes_to_everybody_who_may_have_been_reached_and_to_nobody_else() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, first) = declared(driver).await;
        provider.then(&[Mood::TakesAndFails]);
        app.run_workers().await;
        // Somebody who came later had nothing to be corrected.
        app.subscribers(&[("+447700900124", "sms", "Z80001")]).await;
        let path = format!("/api/v1/updates/{}/withdrawal", update(&first));
        let correction = app
            .api(&token, "POST", &path, json!({"correction": "EMIS Web works. We were wrong."}))
            .await
            .json();
        app.run_workers().await;
        assert_eq!(provider.copies("+447700900124"), 0);
        let taken = provider.taken.lock().unwrap().clone();
        assert_eq!(taken.len(), 2, "the unclear one may have arrived, so it is corrected");
        assert!(taken[1].1.starts_with("Correction: Ashwick Surgery: EMIS Web works."), "{}", taken[1].1);
        assert_eq!(sms(&app, &token, &correction, "accepted").await, 1);
    }
}

#[tokio::test]
async fn a_withdrawn_update_stops_leaving() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, first) = declared(driver).await;
        while expander::step(&app.desk).await.unwrap() {}
        let path = format!("/api/v1/updates/{}/withdrawal", update(&first));
        app.api(&token, "POST", &path, json!({"correction": "We were wrong."})).await;
        app.run_workers().await;
        assert_eq!(sms(&app, &token, &first, "suppressed").await, 1);
        assert_eq!(provider.copies(NUMBER), 0, "nobody was told, so nobody is corrected");
    }
}

#[tokio::test]
async fn somebody_with_two_surgeries_is_told_once() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[
            (NUMBER, "sms", "Z80001"),
            (NUMBER, "sms", "Z80002"),
            ("+447700900124", "sms", "Z80041"),
        ])
        .await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        assert_eq!(posted["reach"]["recipients"]["sms"], 1);
        app.run_workers().await;
        assert_eq!((provider.copies(NUMBER), provider.copies("+447700900124")), (1, 0));
    }
}

/// What Twilio says became of a message, signed.
pub async fn callback(app: &TestApp, sid: &str, status: &str) {
    callback_of(app, sid, status, "").await;
}

/// The same with the number of an error.
pub async fn callback_of(app: &TestApp, sid: &str, status: &str, error: &str) {
    let fields: Vec<(String, String)> =
        [("MessageSid", sid), ("MessageStatus", status), ("ErrorCode", error)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
    let url = format!("{}/hooks/twilio/status", crate::harness::BASE);
    let signature = signpost::channels::twilio::signature("tok", &url, &fields);
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let request = axum::http::Request::post("/hooks/twilio/status")
        .header("x-twilio-signature", signature)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(body));
    assert_eq!(app.send(request.unwrap()).await.status, 204);
}

/// Provider callbacks in any order, twice, or before our own answer.
#[tokio::test]
async fn receipts_only_move_a_state_forward() {
    for driver in Driver::BOTH {
        let (mut app, _provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        let sid = format!("SM{:032x}", 1);
        for status in ["delivered", "sent", "delivered"] {
            callback(&app, &sid, status).await;
        }
        assert_eq!(sms(&app, &token, &posted, "delivered").await, 1);
    }
}

/// Over 500 people across several chunks, with the expansion cut off in
/// between: everybody once.
#[tokio::test]
async fn an_audience_of_several_chunks_is_told_once_each() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let rows: Vec<(String, String)> =
            (0..1300).map(|i| (format!("p{i}@example.org"), format!("Z8{:04}", 1 + i % 40))).collect();
        let rows: Vec<(&str, &str, &str)> =
            rows.iter().map(|(c, o)| (c.as_str(), "email", o.as_str())).collect();
        app.subscribers(&rows).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        assert_eq!(posted["reach"]["recipients"]["email"], 1300);
        assert!(expander::step(&app.desk).await.unwrap(), "one chunk, and the process ends here");
        app.run_workers().await;
        let counts = app.counts(&token, &update(&posted)).await;
        assert_eq!(counts["email"]["captured"], 1300);
    }
}

/// A correction on its way is not overtaken by the next update.
#[tokio::test]
async fn a_newer_update_does_not_swallow_a_correction() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, first) = declared(driver).await;
        app.run_workers().await;
        let path = format!("/api/v1/updates/{}/withdrawal", update(&first));
        app.api(&token, "POST", &path, json!({"correction": "EMIS Web works. We were wrong."})).await;
        while expander::step(&app.desk).await.unwrap() {}
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        let again =
            json!({"state": "identified", "message": "Now it has stopped.", "lines": {"booking": "paused"}});
        assert_eq!(app.api(&token, "POST", &path, again).await.status, 201);
        app.run_workers().await;
        let texts: Vec<String> = provider.taken.lock().unwrap().iter().map(|(_, t)| t.clone()).collect();
        assert_eq!(texts.iter().filter(|t| t.starts_with("Correction: ")).count(), 1, "{texts:?}");
        assert_eq!(texts.len(), 3);
    }
}

/// The first attempt may have arrived; the second never left. Corrected all
/// the same.
#[tokio::test]
async fn a_message_that_is_waiting_to_be_repeated_is_corrected_too() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, first) = declared(driver).await;
        provider.then(&[Mood::TakesAndFails]);
        *provider.list_down.lock().unwrap() = true;
        app.run_workers().await;
        app.advance(Duration::minutes(31));
        app.resolve().await;
        assert_eq!(sms(&app, &token, &first, "queued").await, 1, "urgent, and nobody can be asked");
        let path = format!("/api/v1/updates/{}/withdrawal", update(&first));
        app.api(&token, "POST", &path, json!({"correction": "EMIS Web works. We were wrong."})).await;
        app.run_workers().await;
        let texts: Vec<String> = provider.taken.lock().unwrap().iter().map(|(_, t)| t.clone()).collect();
        assert!(texts.len() == 2 && texts[1].starts_with("Correction: "), "{texts:?}");
    }
}

/// What a place says about itself holds for what has not left yet.
#[tokio::test]
async fn words_that_have_not_left_follow_what_the_place_says() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, _) = declared(driver).await;
        while expander::step(&app.desk).await.unwrap() {}
        let local = json!({"lines": {"attend": "do_not_come"}});
        app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", local).await;
        app.run_workers().await;
        let text = provider.taken.lock().unwrap()[0].1.clone();
        assert!(text.contains("Do not come to your appointment."), "{text}");

        let (mut app, provider, token, second) = declared(driver).await;
        while expander::step(&app.desk).await.unwrap() {}
        let path = format!("/api/v1/incidents/{}/responses/Z80001", second["id"].as_str().unwrap());
        app.api(&token, "PUT", &path, json!({"answer": "not_affected"})).await;
        app.run_workers().await;
        assert_eq!((sms(&app, &token, &second, "suppressed").await, provider.copies(NUMBER)), (json!(1), 0));
    }
}

#[tokio::test]
async fn an_incident_that_is_over_is_not_updated_by_mistake() {
    for driver in Driver::BOTH {
        let (app, _provider, token, first) = declared(driver).await;
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        assert_eq!(app.api(&token, "POST", &path, json!({"state": "resolved"})).await.status, 201);
        let refused = app.api(&token, "POST", &path, json!({"message": "One more thing."})).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["errors"][0]["pointer"]),
            (422, &json!("/state"))
        );
        assert_eq!(
            app.api(&token, "POST", &path, json!({"state": "identified"})).await.status,
            201,
            "it came back"
        );
    }
}

/// Of what is too much for an hour the newest waits, in place of the older.
#[tokio::test]
async fn nobody_gets_more_than_their_share_but_a_correction_passes() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_limits(Limits { per_hour: 2, ..Limits::default() });
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[(NUMBER, "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let first = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        let mut last = Value::Null;
        for state in ["monitoring", "limited", "resolved"] {
            last = app.api(&token, "POST", &path, json!({"state": state})).await.json();
            app.run_workers().await;
        }
        assert_eq!(provider.taken.lock().unwrap().len(), 2);
        assert_eq!(sms(&app, &token, &last, "queued").await, 1);
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = person.get(&format!("/desk/updates/{}", update(&last))).await.text();
        let sentence = "1 reader waits because they had many messages in the last hour.";
        assert!(screen.contains(sentence) && screen.contains("The last of them is told by 9am"), "{screen}");
        app.advance(Duration::minutes(61));
        app.send_due().await;
        let taken = provider.taken.lock().unwrap().clone();
        assert_eq!(taken.len(), 3);
        assert!(taken[2].1.contains("is over"), "{taken:?}");

        // The share is used up again: a correction passes all the same.
        app.api(&token, "POST", &path, json!({"state": "identified"})).await;
        app.run_workers().await;
        let path = format!("/api/v1/updates/{}/withdrawal", update(&last));
        app.api(&token, "POST", &path, json!({"correction": "It is not over."})).await;
        app.run_workers().await;
        assert_eq!(provider.taken.lock().unwrap().len(), 5);
    }
}

/// That it is too late to send it again is no reason not to ask what became of it.
#[tokio::test]
async fn an_unclear_message_is_looked_up_after_its_deadline_too() {
    for driver in Driver::BOTH {
        for taken in [true, false] {
            let (mut app, provider, token, first) = declared(driver).await;
            provider.then(&[if taken { Mood::TakesAndFails } else { Mood::Fails }]);
            app.run_workers().await;
            app.advance(Duration::hours(30));
            for _ in 0..3 {
                app.advance(Duration::seconds(61));
                app.resolve().await;
                app.send_due().await;
            }
            let state = if taken { "accepted" } else { "failed" };
            assert_eq!(sms(&app, &token, &first, state).await, 1);
            assert_eq!(provider.copies(NUMBER), usize::from(taken), "and it is not sent again");
        }
    }
}

/// What is charged is what was sent, whatever would be sent today.
#[tokio::test]
async fn what_was_charged_goes_by_the_words_that_were_sent() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[(NUMBER, "sms", "Z80001")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body =
            json!({"title": "The phones are down", "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let first = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        app.run_workers().await;
        let parts = segments(&provider.taken.lock().unwrap()[0].1).segments;
        let mut tx = app.desk.db.write().await.unwrap();
        let update: Uuid = update(&first).parse().unwrap();
        let place = crate::harness::code("Z80001");
        let mut words =
            signpost::store::broadcasts::message(&mut tx, update, &place, "en").await.unwrap().unwrap();
        words.short = "x".repeat(900);
        let ground = Some(signpost::store::words::Ground { revision: i64::MAX, until: None });
        let new = signpost::store::words::Words { message: words, ground, since: None };
        let later = app.now() + Duration::minutes(1);
        signpost::store::words::renew(&mut tx, update, &[((place, "en".into()), new)], later).await.unwrap();
        let charged = signpost::store::delivery_reports::charged(&mut tx, update).await.unwrap();
        assert_eq!(charged[0].certain, parts as u64);
    }
}
