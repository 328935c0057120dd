//! Web Push, against a push service that decrypts (npm `web-push-testing`).

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use signpost::channels::{Channels, PushSettings, Settings, init_tls};
use signpost::domain::delivery::{Address, LookUp, Outcome, Outgoing};
use signpost::domain::push::{Services, Subscription};
use signpost::secrets::Keyring;
use uuid::Uuid;

use super::{outgoing, this_machine};
use crate::support::{FarSide, counterpart, python};

/// A push service with browsers of its own.
pub struct Service {
    child: Child,
    pub url: String,
}

impl Service {
    pub fn new() -> Self {
        let modules = counterpart("SIGNPOST_TEST_NODE_MODULES");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // It has no setting for the address that it listens on.
        let lines = format!(
            "const net = require('net'); const listen = net.Server.prototype.listen;\n\
             net.Server.prototype.listen = function (port, ...rest) {{ return listen.call(this, port, '127.0.0.1', ...rest.filter(r => typeof r === 'function')); }};\n\
             const load = name => require('{modules}/web-push-testing/src/' + name);\n\
             const {{PushApiModel}} = load('PushApiModel.js');\n\
             const WebPushTestingServer = load('server.js');\n\
             new WebPushTestingServer(new PushApiModel(), {port}).startServer();"
        );
        let mut child = Command::new("node").args(["-e", &lines]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("running"), "{line}");
        Self { child, url: format!("http://127.0.0.1:{port}") }
    }

    /// A browser that subscribes with a key; what names it, and what it gives.
    pub async fn browser(&self, key: &str) -> (String, Subscription) {
        let asked = json!({"userVisibleOnly": "true", "applicationServerKey": key});
        let given = self.ask("/subscribe", asked).await["data"].clone();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let hash = text(&given["clientHash"]);
        let endpoint = format!("{}/notify/{hash}", self.url);
        let keys = &given["keys"];
        (hash, Subscription { endpoint, p256dh: text(&keys["p256dh"]), auth: text(&keys["auth"]) })
    }

    /// What that browser has been told so far, oldest first.
    pub async fn told(&self, browser: &str) -> Vec<Value> {
        let read = self.ask("/get-notifications", json!({"clientHash": browser})).await;
        let messages = read["data"]["messages"].as_array().cloned().unwrap_or_default();
        messages.iter().map(|m| serde_json::from_str(m.as_str().unwrap()).unwrap()).collect()
    }

    /// The browser ends its subscription.
    pub async fn expire(&self, browser: &str) {
        self.ask(&format!("/expire-subscription/{browser}"), json!({})).await;
    }

    async fn ask(&self, path: &str, body: Value) -> Value {
        let request = reqwest::Client::new().post(format!("{}{path}", self.url)).json(&body);
        let text = request.send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn settings() -> PushSettings {
    PushSettings {
        key: Keyring::from_bytes(&[7; 32]).push_secret(),
        subject: "mailto:status@example.nhs.uk".into(),
        services: Services::new(["127.0.0.1"]),
    }
}

/// A browser that nobody has, with the keys of RFC 8291, section 5.
pub fn browser(endpoint: &str) -> Subscription {
    Subscription {
        endpoint: endpoint.into(),
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            .into(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
    }
}

/// Push alone, to this machine, with the key that a harness has.
pub fn channels() -> Channels {
    init_tls();
    let push = Some(settings());
    Channels::new(&Settings { allowed: this_machine(), push, ..Settings::default() }).unwrap()
}

#[tokio::test]
async fn a_browser_reads_what_was_sent_and_its_end_is_seen() {
    let (channels, service) = (channels(), Service::new());
    let keys = Keyring::from_bytes(&[7; 32]);
    let key = keys.push_public();
    let (browser, to) = service.browser(key).await;
    let about = Uuid::now_v7();
    let out = Outgoing { about: Some(about), ..outgoing(Address::Push(to.clone())) };
    assert!(matches!(channels.send(&out).await, Outcome::Accepted { .. }));
    assert_eq!(channels.look_up(&out).await, LookUp::Repeatable);
    let manage = json!({"url": out.leave_url, "title": "Change or stop your updates"});
    let shown = json!({
        "title": out.message.organisation, "body": out.message.notice, "url": out.message.page_url,
        "tag": about, "lang": "en", "dir": "ltr", "manage": manage,
    });
    assert_eq!(service.told(&browser).await, [shown]);

    // The token, by a library that nobody here wrote.
    let far = FarSide::new("").await;
    let elsewhere = Subscription { endpoint: format!("{}/x", far.url), ..to.clone() };
    let seen = Outgoing { to: Address::Push(elsewhere.clone()), ..out.clone() };
    assert!(matches!(channels.send(&seen).await, Outcome::Accepted { .. }));
    let request = far.take().remove(0);
    assert_eq!(request.header("topic"), about.simple().to_string());
    assert_eq!((request.header("ttl"), request.header("urgency")), ("14400", "high"));
    assert_eq!(request.header("content-encoding"), "aes128gcm");
    let read = python(
        "import base64\n\
         from joserfc import jwt\n\
         from joserfc.jwk import ECKey\n\
         t, k = [p.split('=', 1)[1] for p in input['authorization'][6:].split(', ')]\n\
         raw = base64.urlsafe_b64decode(k + '=' * (-len(k) % 4))\n\
         b64 = lambda b: base64.urlsafe_b64encode(b).rstrip(b'=').decode()\n\
         key = ECKey.import_key({'kty': 'EC', 'crv': 'P-256', 'x': b64(raw[1:33]), 'y': b64(raw[33:])})\n\
         token = jwt.decode(t, key, algorithms=['ES256'])\n\
         say({'claims': token.claims, 'key': k})",
        &json!({"authorization": request.header("authorization")}).to_string(),
    );
    assert_eq!(read["key"], json!(key));
    assert_eq!(read["claims"]["aud"].as_str(), Some(far.url.as_str()));
    assert_eq!(read["claims"]["sub"], "mailto:status@example.nhs.uk");
    assert_eq!(read["claims"]["exp"].as_i64(), Some((out.at + chrono::Duration::hours(12)).timestamp()));

    let greeting = Outgoing { is_urgent: false, about: None, ..outgoing(Address::Push(elsewhere)) };
    assert!(matches!(channels.send(&greeting).await, Outcome::Accepted { .. }));
    let request = far.take().remove(0);
    assert_eq!((request.header("topic"), request.header("urgency")), ("", "normal"));

    let spoilt = Subscription { auth: "AAAAAAAAAAAAAAAAAAAAAA".into(), ..to.clone() };
    let outcome = channels.send(&outgoing(Address::Push(spoilt))).await;
    assert!(matches!(outcome, Outcome::Never { .. }), "{outcome:?}");
    let none = Subscription { p256dh: "AAAA".into(), ..to.clone() };
    assert!(matches!(channels.send(&outgoing(Address::Push(none))).await, Outcome::Gone { .. }));
    service.expire(&browser).await;
    assert!(matches!(channels.send(&outgoing(Address::Push(to))).await, Outcome::Gone { .. }));
}
