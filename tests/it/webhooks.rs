//! Webhooks from an incident to the official verifier, and what becomes of an
//! endpoint that does not answer as it should.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use chrono::Duration;
use serde_json::{Value, json};
use signpost::channels::{Channels, Settings, init_tls};
use signpost::domain::network::Allowed;
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::support::{Recorder, counterpart, python};

/// The official verifier (npm `standardwebhooks`) behind an HTTP server.
pub struct Receiver {
    child: Child,
    pub url: String,
}

impl Receiver {
    /// Answers these statuses, one for each call, the last again and again.
    pub fn new(statuses: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/tools/webhook_receiver.mjs");
        let mut child = Command::new("node")
            .args([script, statuses])
            .env("SIGNPOST_TEST_NODE_MODULES", counterpart("SIGNPOST_TEST_NODE_MODULES"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { child, url: format!("http://127.0.0.1:{}", port.trim()) }
    }

    async fn verify_with(&self, secrets: &[&str]) {
        let request = reqwest::Client::new().post(format!("{}/secret", self.url)).json(&secrets);
        assert!(request.send().await.unwrap().status().is_success());
    }

    /// Every call so far.
    pub async fn seen(&self) -> Vec<Value> {
        reqwest::get(&self.url).await.unwrap().json().await.unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An app whose accounts may lead to this machine.
pub async fn app(driver: Driver) -> TestApp {
    init_tls();
    let mut app = TestApp::with_region(driver).await;
    let allowed = Allowed::parse(&["127.0.0.0/8", "::1"]).unwrap();
    app.desk.allowed = Arc::new(allowed.clone());
    app.channels = Some(Channels::new(&Settings { allowed, ..Settings::default() }).unwrap());
    // The verifier takes a timestamp of five minutes around its own clock.
    let now = crate::support::now();
    app.advance(now - app.now());
    app
}

const CODE: &str = "Z80001";

/// Sets up an endpoint; gives its id and secret.
pub async fn endpoint(app: &TestApp, token: &str, url: &str, name: &str) -> (String, String) {
    let path = format!("/api/v1/organisations/{CODE}/channels/webhook");
    let saved = app.api(token, "PUT", &path, json!({"url": url, "name": name})).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let saved = saved.json();
    (saved["id"].as_str().unwrap().to_owned(), saved["secret"].as_str().unwrap().to_owned())
}

/// Declares an incident and has it told. Gives its id and its update's.
pub async fn declare(app: &mut TestApp, token: &str) -> (String, String) {
    let posted =
        app.api(token, "POST", "/api/v1/incidents", json!({"system": "emis-web", "scope": CODE})).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let posted = posted.json();
    app.run_workers().await;
    let id = |v: &Value| v.as_str().unwrap().to_owned();
    (id(&posted["id"]), id(&posted["update"]["id"]))
}

/// Lets an unclear message rest, be looked up and go out again.
pub async fn go_on(app: &TestApp, seconds: i64) {
    app.advance(Duration::seconds(seconds));
    app.resolve().await;
    app.advance(Duration::seconds(seconds));
    app.send_due().await;
}

async fn state(app: &TestApp, token: &str) -> Vec<(String, String)> {
    let path = format!("/api/v1/organisations/{CODE}/accounts");
    let all = app.api(token, "GET", &path, Value::Null).await.json();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    all["accounts"].as_array().unwrap().iter().map(|a| (text(&a["name"]), text(&a["state"]))).collect()
}

#[tokio::test]
async fn an_update_arrives_signed_and_once() {
    for driver in Driver::BOTH {
        let mut app = app(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        let receiver = Receiver::new("500,500,200");
        let (id, secret) = endpoint(&app, &token, &format!("{}/a", receiver.url), "Website").await;
        receiver.verify_with(&[&secret]).await;
        let (_, update) = declare(&mut app, &token).await;
        go_on(&app, 5).await;
        // Before the third attempt, the secret changes; both sign.
        let path = format!("/api/v1/organisations/{CODE}/accounts/{id}/secret");
        let new = app.api(&token, "PUT", &path, Value::Null).await.json()["secret"].clone();
        receiver.verify_with(&[&secret, new.as_str().unwrap()]).await;
        go_on(&app, 60).await;
        app.send_due().await;

        let seen = receiver.seen().await;
        assert_eq!(seen.len(), 3, "{driver:?}");
        assert!(seen.iter().all(|call| call["id"] == seen[0]["id"] && call["body"] == seen[0]["body"]));
        let times: std::collections::HashSet<&str> =
            seen.iter().map(|call| call["timestamp"].as_str().unwrap()).collect();
        assert_eq!(times.len(), 3, "{seen:?}");
        assert_eq!((&seen[0]["verified"], &seen[1]["verified"]), (&json!([true]), &json!([true])));
        assert_eq!(seen[2]["verified"], json!([true, true]));
        assert!(seen.iter().all(|call| call["spoilt"].as_array().unwrap().iter().all(|v| v == false)));
        assert_eq!(app.counts(&token, &update).await["webhook"]["accepted"], 1);

        // Python's official verifier agrees, and minds every byte.
        let calls = json!({"secret": secret, "calls": seen});
        let read = python(
            "from standardwebhooks.webhooks import Webhook, WebhookVerificationError\n\
             def verifies(call, body):\n\
             \x20   headers = {'webhook-' + k: call[k] for k in ('id', 'timestamp', 'signature')}\n\
             \x20   try: Webhook(input['secret']).verify(body, headers)\n\
             \x20   except WebhookVerificationError: return False\n\
             \x20   return True\n\
             say([[verifies(c, c['body']), verifies(c, c['body'] + ' ')] for c in input['calls']])",
            &calls.to_string(),
        );
        assert_eq!(read, json!([[true, false], [true, false], [true, false]]));

        // The same facts as `status.json`, and the update.
        let body: Value = serde_json::from_str(seen[0]["body"].as_str().unwrap()).unwrap();
        assert_eq!(body["type"], "update.published");
        assert_eq!(body["data"]["update"]["id"].as_str(), Some(update.as_str()));
        let incident = &body["data"]["incident"];
        assert_eq!(incident["title"], body["data"]["status"]["incidents"][0]["title"]);
        assert!(incident["title"].is_string() && incident["title_in"].is_object(), "{incident}");
        let mut status = app.status(CODE).await;
        let mut told = body["data"]["status"].clone();
        for either in [&mut status, &mut told] {
            // These move with the clock.
            either["checked_at"] = Value::Null;
        }
        assert_eq!(told, status);
        assert!(seen[0]["body"].as_str().unwrap().len() < 20_000);

        // A replay has the same id; after a day the old secret signs no more.
        let list = app.api(&token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await;
        let message = list.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let replay = format!("/api/v1/messages/{message}/replay");
        assert_eq!(app.api(&token, "POST", &replay, Value::Null).await.status, 202);
        assert_eq!(app.api(&token, "POST", &replay, Value::Null).await.status, 409, "it is on its way");
        app.send_due().await;
        let seen = receiver.seen().await;
        assert_eq!((seen.len(), &seen[3]["id"]), (4, &seen[0]["id"]));
        assert_eq!(seen[3]["signature"].as_str().unwrap().split(' ').count(), 2);
        app.advance(Duration::hours(25));
        assert_eq!(app.api(&token, "POST", &replay, Value::Null).await.status, 202);
        app.send_due().await;
        assert_eq!(receiver.seen().await[4]["signature"].as_str().unwrap().split(' ').count(), 1);
    }
}

#[tokio::test]
async fn a_lost_answer_is_a_repeat_under_the_same_id() {
    let mut app = app(Driver::Sqlite).await;
    let token = app.token("X24", Role::Administrator).await;
    let receiver = Receiver::new("200");
    let recorder = Recorder::before(&receiver.url).await;
    endpoint(&app, &token, &recorder.url, "").await;
    recorder.lose_answers(true);
    let (_, update) = declare(&mut app, &token).await;
    assert_eq!(app.counts(&token, &update).await["webhook"]["unknown"], 1);
    recorder.lose_answers(false);
    go_on(&app, 5).await;
    assert_eq!(app.counts(&token, &update).await["webhook"]["accepted"], 1);
    let seen = receiver.seen().await;
    assert_eq!((seen.len(), &seen[0]["id"]), (2, &seen[1]["id"]));
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_turned_off_and_kept() {
    for driver in Driver::BOTH {
        let mut app = app(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        let (gone, moved) = (Receiver::new("410,200"), Receiver::new("302,200"));
        let (id, _) = endpoint(&app, &token, &gone.url, "gone").await;
        endpoint(&app, &token, &moved.url, "moved").await;
        let (incident, first) = declare(&mut app, &token).await;
        let on = |states: &[(&str, &str)]| {
            states.iter().map(|(n, s)| ((*n).into(), (*s).into())).collect::<Vec<_>>()
        };
        assert_eq!(state(&app, &token).await, on(&[("gone", "stopped"), ("moved", "failing")]));
        assert_eq!(moved.seen().await.len(), 1, "the redirect was not followed");
        go_on(&app, 60).await;
        assert_eq!(state(&app, &token).await[1].1, "on");
        assert_eq!((gone.seen().await.len(), moved.seen().await.len()), (1, 2));

        // Nothing more is sent there; what would be says so.
        let next = json!({"message": "Still down."});
        app.api(&token, "POST", &format!("/api/v1/incidents/{incident}/updates"), next).await;
        app.run_workers().await;
        assert_eq!((gone.seen().await.len(), moved.seen().await.len()), (1, 3));
        let counts = app.counts(&token, &first).await;
        assert_eq!((&counts["webhook"]["failed"], &counts["webhook"]["accepted"]), (&json!(1), &json!(1)));

        // Its owner reads why on the desk, and turns it on again.
        let person = Person::of(&app, CODE, Role::Administrator).await;
        let desk = person.get("/desk").await;
        assert!(texts(&desk, ".nhsuk-card--warning").join(" ").contains("Webhook (gone) is turned off"));
        assert!(desk.text().contains("The endpoint says that it is gone (410)."));
        let shown = person.get("/desk/channels").await;
        let start = values(&shown, "form[action$='/start']", "action");
        assert_eq!(start, [format!("/desk/accounts/{id}/start")]);
        let location = person.post(&start[0], &[]).await.header("location").to_owned();
        assert_eq!(location, "/desk/channels?done=started");
        assert_eq!(state(&app, &token).await, on(&[("gone", "on"), ("moved", "on")]));

        // What it missed is sent when somebody asks, though a newer one is out.
        let list = app.api(&token, "GET", &format!("/api/v1/updates/{first}/deliveries"), Value::Null).await;
        let items = list.json()["items"].clone();
        let missed = items.as_array().unwrap().iter().find(|d| d["state"] == "failed").unwrap().clone();
        let page = format!("/desk/messages/{}", missed["id"].as_str().unwrap());
        assert_eq!(values(&person.get(&page).await, "form[action$='/replay']", "action").len(), 1);
        assert_eq!(person.post(&format!("{page}/replay"), &[]).await.status, 303);
        app.send_due().await;
        assert_eq!(gone.seen().await.len(), 2);
    }
}

#[tokio::test]
async fn a_day_of_failures_turns_an_endpoint_off() {
    let mut app = app(Driver::Sqlite).await;
    let token = app.token("X24", Role::Administrator).await;
    let receiver = Receiver::new("500");
    endpoint(&app, &token, &receiver.url, "").await;
    let (_, update) = declare(&mut app, &token).await;
    for _ in 0..40 {
        go_on(&app, 1900).await;
    }
    let calls = receiver.seen().await.len();
    assert!((12..30).contains(&calls), "{calls} attempts over a day");
    assert_eq!(app.counts(&token, &update).await["webhook"]["failed"], 1);
    assert_eq!(state(&app, &token).await, [(String::new(), "stopped".to_owned())]);
}

/// What arrived once is corrected, though it was to be sent once more meanwhile.
#[tokio::test]
async fn what_is_sent_once_more_has_been_told_before() {
    let mut app = app(Driver::Sqlite).await;
    let token = app.token("X24", Role::Administrator).await;
    let receiver = Receiver::new("200,429,200");
    endpoint(&app, &token, &receiver.url, "").await;
    let (_, update) = declare(&mut app, &token).await;
    let list = app.api(&token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await;
    let message = list.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let replay = format!("/api/v1/messages/{message}/replay");
    assert_eq!(app.api(&token, "POST", &replay, Value::Null).await.status, 202);
    app.send_due().await;
    assert_eq!(app.counts(&token, &update).await["webhook"]["queued"], 1);
    let body = json!({"correction": "That was wrong. Everything works."});
    let path = format!("/api/v1/updates/{update}/withdrawal");
    assert_eq!(app.api(&token, "POST", &path, body).await.status, 201);
    app.run_workers().await;
    let seen = receiver.seen().await;
    let told: Value = serde_json::from_str(seen[2]["body"].as_str().unwrap()).unwrap();
    assert_eq!((seen.len(), &told["type"]), (3, &json!("update.correction")));
}

#[tokio::test]
async fn a_withdrawn_update_is_not_replayed_and_its_correction_is_told() {
    let mut app = app(Driver::Sqlite).await;
    let token = app.token("X24", Role::Administrator).await;
    let receiver = Receiver::new("200");
    endpoint(&app, &token, &receiver.url, "").await;
    let (_, update) = declare(&mut app, &token).await;
    let list = app.api(&token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await;
    let message = list.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let body = json!({"correction": "That was wrong. Everything works."});
    assert_eq!(
        app.api(&token, "POST", &format!("/api/v1/updates/{update}/withdrawal"), body).await.status,
        201
    );
    app.run_workers().await;
    let seen = receiver.seen().await;
    let told: Value = serde_json::from_str(seen[1]["body"].as_str().unwrap()).unwrap();
    assert_eq!((seen.len(), &told["type"]), (2, &json!("update.correction")));
    assert_eq!(told["data"]["update"]["corrects"].as_str(), Some(update.as_str()));
    let answer = app.api(&token, "POST", &format!("/api/v1/messages/{message}/replay"), Value::Null).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("withdrawn"));
    let person = Person::of(&app, "X24", Role::Administrator).await;
    let page = person.get(&format!("/desk/messages/{message}")).await;
    assert_eq!(
        values(&page, "form[action$='/replay']", "action").len(),
        0,
        "nothing to press: {}",
        page.text()
    );
}

/// One organisation's dead endpoint is its owner's to mend, and makes no queue late.
#[tokio::test]
async fn an_endpoint_that_cannot_be_reached_alarms_nobody_else() {
    for driver in Driver::BOTH {
        let mut app = app(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        endpoint(&app, &token, "http://127.0.0.1:9/", "").await;
        let moved = Receiver::new("302");
        endpoint(&app, &token, &moved.url, "moved").await;
        declare(&mut app, &token).await;
        for _ in 0..4 {
            app.advance(Duration::minutes(8));
            app.send_due().await;
        }
        app.advance(Duration::seconds(1));
        let late = app.desk.late(&mut app.desk.db.read().await.unwrap()).await.unwrap();
        assert_eq!(late, []);
    }
}

/// Staff read what really leaves, and not the email's prose.
#[tokio::test]
async fn the_screens_show_the_body_that_an_endpoint_gets() {
    let mut app = app(Driver::Sqlite).await;
    let token = app.token("X24", Role::Administrator).await;
    let receiver = Receiver::new("200");
    endpoint(&app, &token, &receiver.url, "").await;
    let (_, update) = declare(&mut app, &token).await;
    let sent: Value = serde_json::from_str(receiver.seen().await[0]["body"].as_str().unwrap()).unwrap();
    let list = app.api(&token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await;
    let message = list.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let person = Person::of(&app, "X24", Role::Administrator).await;
    for path in [format!("/desk/updates/{update}/texts"), format!("/desk/messages/{message}")] {
        let shown = texts(&person.get(&path).await, ".sp-message");
        let body = shown.iter().find_map(|text| serde_json::from_str::<Value>(text).ok());
        assert_eq!(body.as_ref(), Some(&sent), "{path}: {shown:?}");
    }
}

/// A place that is back to normal says so to machines too, without the lines and the words of
/// others.
#[tokio::test]
async fn a_places_own_word_is_told_as_its_own() {
    for driver in Driver::BOTH {
        let mut app = app(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        let receiver = Receiver::new("200");
        endpoint(&app, &token, &receiver.url, "").await;
        let flood = json!({"title": "Flood", "organisations": [CODE], "lines": {"attend": "do_not_come"},
            "message": "The flood is still rising."});
        let id = crate::told_alike::declare(&app, "Y91", flood).await;
        app.run_workers().await;
        app.advance(Duration::minutes(1));
        crate::told_alike::answers(&app, CODE, &id, json!({"answer": "recovered"})).await;
        app.run_workers().await;
        let seen = receiver.seen().await;
        let body: Value = serde_json::from_str(seen.last().unwrap()["body"].as_str().unwrap()).unwrap();
        let update = &body["data"]["update"];
        assert_eq!((seen.len(), &update["state"]), (2, &json!("resolved")), "{body}");
        assert_eq!((&update["message"], &update["lines"]), (&Value::Null, &json!({})), "{body}");
    }
}
