//! GOV.UK Notify. There is no server of it to install, so the far side is
//! ours: it is right when Notify's own clients get from it what its real
//! server was seen to answer (reference/channels.md).

use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use signpost::channels::{Channels, NotifySettings, ProviderSettings, Settings};
use signpost::domain::delivery::{Address, LookUp, Outcome, Outgoing};
use signpost::domain::subscriber::Channel;
use uuid::Uuid;

use super::{check, outgoing};
use crate::support::{Recorder, counterpart, now};

const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";
const SMS: &str = "f33517ff-2a88-4f6e-b855-c550268ce08a";
const EMAIL: &str = "ceb50d92-100d-4b8b-b559-14fa3b091cda";
/// A template that somebody has given a second gap.
const CHANGED: &str = "11111111-100d-4b8b-b559-14fa3b091cda";

/// GOV.UK Notify with one service, a template for texts and one for email.
#[derive(Clone, Default)]
pub struct Stub {
    pub url: String,
    sent: Arc<Mutex<Vec<Value>>>,
    busy: Arc<Mutex<bool>>,
}

pub fn key() -> String {
    format!("signpost-{SERVICE}-{SECRET}")
}

fn refuse(status: u16, error: &str, message: impl Into<String>) -> Response {
    let errors = json!([{"error": error, "message": message.into()}]);
    let body = json!({"status_code": status, "errors": errors});
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

/// Checks the token as the real server does.
#[expect(clippy::result_large_err, reason = "the answer is the error")]
fn genuine(headers: &HeaderMap) -> Result<(), Response> {
    let no = |message: &str| refuse(403, "AuthError", message);
    let given = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let token = given.and_then(|text| text.strip_prefix("Bearer "));
    let token = token
        .ok_or_else(|| refuse(401, "AuthError", "Unauthorized: authentication token must be provided"))?;
    let parts: Vec<&str> = token.split('.').collect();
    let read = |n: usize| -> Value {
        let bytes = parts.get(n).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok()).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    };
    if read(0)["alg"] != "HS256" {
        return Err(no("Invalid token: algorithm used is not HS256"));
    }
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{}.{}", parts[0], parts[1]).as_bytes());
    let right = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    if read(1)["iss"] != SERVICE || parts.get(2).copied() != Some(right.as_str()) {
        return Err(no("Invalid token: API key not found"));
    }
    if (read(1)["iat"].as_i64().unwrap_or_default() - now().timestamp()).abs() > 30 {
        return Err(no("Error: Your system clock must be accurate to within 30 seconds"));
    }
    Ok(())
}

async fn send(
    State(stub): State<Stub>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    genuine(&headers)?;
    if *stub.busy.lock().unwrap() {
        let message = "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds";
        return Err(refuse(429, "RateLimitError", message));
    }
    let body: Value =
        serde_json::from_slice(&body).map_err(|_| refuse(400, "BadRequestError", "Invalid JSON"))?;
    let wrong = |message: &str| refuse(400, "ValidationError", message);
    let to = if kind == "sms" { "phone_number" } else { "email_address" };
    let known = [to, "template_id", "personalisation", "reference", "one_click_unsubscribe_url"];
    for name in body.as_object().unwrap().keys() {
        if !known.contains(&name.as_str()) || (kind == "sms" && name == "one_click_unsubscribe_url") {
            return Err(wrong(&format!("Additional properties are not allowed ({name} was unexpected)")));
        }
    }
    if body["one_click_unsubscribe_url"].as_str().is_some_and(|url| !url.starts_with("https://")) {
        return Err(wrong("one_click_unsubscribe_url is not a valid https url"));
    }
    let template = body["template_id"].as_str().unwrap_or_default();
    if Uuid::parse_str(template).is_err() {
        return Err(wrong("template_id is not a valid UUID"));
    }
    let address = body[to].as_str().unwrap_or_default();
    if kind == "sms" && !address.starts_with("+447") {
        return Err(wrong("phone_number Not enough digits"));
    }
    if kind == "email" && !address.contains('@') {
        return Err(wrong("email_address Not a valid email address"));
    }
    match (kind.as_str(), template) {
        ("sms", SMS) | ("email", EMAIL) => {}
        (kind, SMS | EMAIL) => {
            return Err(refuse(
                400,
                "BadRequestError",
                format!("Template is not suitable for {kind} notification"),
            ));
        }
        _ => return Err(refuse(400, "BadRequestError", "Template not found")),
    }
    let Some(text) = body["personalisation"]["message"].as_str() else {
        return Err(refuse(400, "BadRequestError", "Missing personalisation: message"));
    };
    if kind == "sms" && text.chars().count() > 918 {
        let message = "Content for template has a character count greater than the limit of 918";
        return Err(refuse(400, "BadRequestError", message));
    }
    let one = json!({
        "id": Uuid::new_v4(), "reference": body["reference"], "type": kind, to: address,
        "content": {"body": text, "from_number": "GOVUK", "from_email": "a@notify.example", "subject": "News"},
        "body": text, "status": "sending", "scheduled_for": null,
        "uri": stub.url, "template": {"id": template, "version": 1, "uri": stub.url},
        "one_click_unsubscribe_url": body["one_click_unsubscribe_url"],
    });
    stub.sent.lock().unwrap().push(one.clone());
    Ok((StatusCode::CREATED, Json(one)).into_response())
}

async fn list(
    State(stub): State<Stub>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    genuine(&headers)?;
    let wanted = asked.iter().find(|(n, _)| n == "reference").map(|(_, v)| v.clone());
    let sent = stub.sent.lock().unwrap();
    let found: Vec<&Value> =
        sent.iter().filter(|n| wanted.as_deref().is_none_or(|w| n["reference"] == w)).collect();
    Ok(Json(json!({"notifications": found, "links": {}})).into_response())
}

async fn template(Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Response> {
    genuine(&headers)?;
    let one = json!({"required": true});
    let (kind, gaps) = match id.as_str() {
        SMS => ("sms", json!({"message": one})),
        EMAIL => ("email", json!({"message": one})),
        CHANGED => ("sms", json!({"message": one, "name": one})),
        _ => return Err(refuse(404, "NoResultFound", "No result found")),
    };
    Ok(Json(json!({"id": id, "type": kind, "name": "Update", "version": 1, "body": "((message))",
                   "subject": null, "personalisation": gaps}))
    .into_response())
}

impl Stub {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stub = Self { url: format!("http://{}", listener.local_addr().unwrap()), ..Self::default() };
        let router = Router::new()
            .route("/v2/notifications/{kind}", post(send))
            .route("/v2/notifications", get(list))
            .route("/v2/template/{id}", get(template))
            .with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    pub fn settings(&self) -> NotifySettings {
        NotifySettings {
            base_url: self.url.clone(),
            api_key: key(),
            sms_template: Some(SMS.into()),
            email_template: Some(EMAIL.into()),
        }
    }

    pub fn sent(&self) -> Vec<Value> {
        self.sent.lock().unwrap().clone()
    }

    pub fn copies(&self, number: &str) -> usize {
        self.sent().iter().filter(|n| n["phone_number"] == number).count()
    }

    pub fn set_busy(&self, busy: bool) {
        *self.busy.lock().unwrap() = busy;
    }
}

fn channels(settings: NotifySettings) -> Channels {
    let both = || vec![ProviderSettings::Notify(settings.clone())];
    Channels::new(&Settings { sms: both(), email: both(), ..Settings::default() }).unwrap()
}

/// What Notify's own clients make of our far side: each line a call, its
/// answer's status, and what tells it apart.
const PYTHON: &str = r#"
import json, sys
from notifications_python_client.authentication import create_jwt_token, decode_jwt_token
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
url, key, sms, email = sys.argv[1:5]
client = NotificationsAPIClient(key, base_url=url)
said = []
def say(call, *arguments, **named):
    try:
        answer = call(*arguments, **named)
        said.append([200, answer.get("reference") or len(answer.get("notifications", []))])
    except HTTPError as error:
        said.append([error.status_code, error.message[0]["error"]])
words = {"message": "EMIS Web is down."}
text = client.send_sms_notification
say(text, "+447700900123", sms, words, reference="py-1")
say(text, "+447700900123", sms, words, reference="py-1")
say(client.get_all_notifications, reference="py-1")
say(client.send_email_notification, "a@example.org", email, words, reference="py-2")
say(text, "+447700900123", sms, {}, reference="py-3")
say(text, "+447700900123", email, words)
say(text, "+447700900123", "5e4a3a5f-0000-4000-8000-000000000000", words)
say(text, "012", sms, words)
say(text, "+447700900123", "no-uuid", words)
say(text, "+447700900123", sms, {"message": "a" * 919})
say(NotificationsAPIClient(key[:-1] + "f", base_url=url).get_all_notifications)
print(json.dumps(said))
"#;
const NODE: &str = r#"
const { NotifyClient } = require('notifications-node-client')
const [url, key, sms, email] = process.argv.slice(1)
const client = new NotifyClient(url, key)
const said = []
const say = async (call) => {
  try {
    const { data } = await call
    said.push([200, data.reference || (data.notifications || []).length])
  } catch (error) {
    said.push([error.response.status, error.response.data.errors[0].error])
  }
}
const personalisation = { message: 'EMIS Web is down.' }
const text = (to, template, more) => say(client.sendSms(template, to, { personalisation, ...more }))
;(async () => {
  await text('+447700900123', sms, { reference: 'js-1' })
  await text('+447700900123', sms, { reference: 'js-1' })
  await say(client.getNotifications(undefined, undefined, 'js-1'))
  await say(client.sendEmail(email, 'a@example.org', { personalisation, reference: 'js-2' }))
  await text('+447700900123', sms, { personalisation: {} })
  await text('+447700900123', email)
  await text('+447700900123', '5e4a3a5f-0000-4000-8000-000000000000')
  await text('012', sms)
  await text('+447700900123', 'no-uuid')
  await text('+447700900123', sms, { personalisation: { message: 'a'.repeat(919) } })
  await say(new NotifyClient(url, key.slice(0, -1) + 'f').getNotifications())
  console.log(JSON.stringify(said))
})()
"#;

async fn run(program: String, flag: &str, script: &str, arguments: Vec<String>) -> Value {
    let (flag, script) = (flag.to_owned(), script.to_owned());
    let done = tokio::task::spawn_blocking(move || {
        let modules = counterpart("SIGNPOST_TEST_NODE_MODULES");
        Command::new(program)
            .arg(flag)
            .arg(script)
            .args(arguments)
            .env("NODE_PATH", modules)
            .output()
            .unwrap()
    });
    let done = done.await.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_far_side_answers_notifys_own_clients_as_notify_does() {
    let stub = Stub::start().await;
    let arguments = || vec![stub.url.clone(), key(), SMS.to_owned(), EMAIL.to_owned()];
    let expected = |first: &str, second: &str| {
        json!([
            [200, first],
            [200, first],
            [200, 2],
            [200, second],
            [400, "BadRequestError"],
            [400, "BadRequestError"],
            [400, "BadRequestError"],
            [400, "ValidationError"],
            [400, "ValidationError"],
            [400, "BadRequestError"],
            [403, "AuthError"],
        ])
    };
    let python = run(counterpart("SIGNPOST_TEST_PYTHON"), "-c", PYTHON, arguments()).await;
    assert_eq!(python, expected("py-1", "py-2"));
    let node = run("node".into(), "-e", NODE, arguments()).await;
    assert_eq!(node, expected("js-1", "js-2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_taken_and_found_again_and_our_token_is_one() {
    let stub = Stub::start().await;
    let recorder = Recorder::before(&stub.url).await;
    let channels = channels(NotifySettings { base_url: recorder.url.clone(), ..stub.settings() });
    let out = outgoing(Address::Sms("+447700900123".into()));
    let outcome = channels.send(&out).await;
    let Outcome::Accepted { reference } = outcome else { panic!("{outcome:?}") };
    assert_eq!(channels.look_up(&out).await, LookUp::Found { reference: reference.clone() });
    let again = Outgoing { known: vec![reference], ..out.clone() };
    assert_eq!(channels.look_up(&again).await, LookUp::NotFound, "of an attempt before");
    let other = outgoing(Address::Sms("+447700900123".into()));
    assert_eq!(channels.look_up(&other).await, LookUp::NotFound);
    let mail = outgoing(Address::Email("alice@example.org".into()));
    assert!(matches!(channels.send(&mail).await, Outcome::Accepted { .. }));
    let sent = stub.sent();
    assert_eq!((&sent[0]["content"]["body"], sent.len()), (&json!(out.message.short), 2));
    assert!(sent[1]["content"]["body"].as_str().unwrap().contains("Come to your appointment"));
    assert_eq!(sent[1]["one_click_unsubscribe_url"], json!(mail.leave_url));
    let body = sent[1]["content"]["body"].as_str().unwrap();
    let leave = mail.leave_url.as_deref().unwrap();
    assert!(body.contains("You asked to be told about") && body.trim_end().ends_with(leave), "{body}");

    // Notify's own decoder reads our token.
    let seen = recorder.take();
    let token = seen[0].0.lines().find_map(|line| line.strip_prefix("authorization: Bearer ")).unwrap();
    let script = "import json, sys\nfrom notifications_python_client.authentication import *\n\
                  decode_jwt_token(sys.argv[1], sys.argv[2])\nprint(json.dumps(get_token_issuer(sys.argv[1])))";
    let python = counterpart("SIGNPOST_TEST_PYTHON");
    let read = run(python, "-c", script, vec![token.to_owned(), SECRET.to_owned()]).await;
    assert_eq!(read, json!(SERVICE));
}

#[tokio::test]
async fn an_answer_that_is_lost_leaves_one_message_there() {
    let stub = Stub::start().await;
    let recorder = Recorder::before(&stub.url).await;
    let channels = channels(NotifySettings { base_url: recorder.url.clone(), ..stub.settings() });
    let out = outgoing(Address::Sms("+447700900123".into()));
    recorder.lose_answers(true);
    assert!(matches!(channels.send(&out).await, Outcome::Unclear { .. }));
    recorder.lose_answers(false);
    let id = stub.sent()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(channels.look_up(&out).await, LookUp::Found { reference: id });
    assert_eq!(stub.copies("+447700900123"), 1);
}

#[tokio::test]
async fn an_operator_is_told_whether_it_works() {
    let stub = Stub::start().await;
    let told = check(&channels(stub.settings()), Channel::Sms).await;
    assert_eq!(told.unwrap(), "GOV.UK Notify accepts the key, and the template fits.");
    for (sms_template, what) in [
        (EMAIL, "choose one for sms"),
        (CHANGED, "has to have one gap, ((message))"),
        ("5e4a3a5f-0000-4000-8000-000000000000", "has no template"),
    ] {
        let settings = NotifySettings { sms_template: Some(sms_template.into()), ..stub.settings() };
        let told = check(&channels(settings), Channel::Sms).await.unwrap_err();
        assert!(told.contains(what), "{told}");
    }
    let api_key = format!("signpost-{SERVICE}-{SERVICE}");
    let told = check(&channels(NotifySettings { api_key, ..stub.settings() }), Channel::Email).await;
    assert!(told.unwrap_err().contains("does not accept notify.api_key"));
    stub.set_busy(true);
    let out = outgoing(Address::Sms("+447700900123".into()));
    assert!(matches!(channels(stub.settings()).send(&out).await, Outcome::SlowDown { .. }));
}
