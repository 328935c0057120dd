//! Text messages, against Twilio's own API description and Twilio's library.

use std::process::Command;

use signpost::channels::{Channels, Settings, TwilioSettings, sms};
use signpost::domain::delivery::{Address, LookUp, Outcome};
use signpost::domain::subscriber::Channel;

use super::outgoing;
use crate::support::{Recorder, counterpart};

fn channels(base_url: &str, from: &str) -> Channels {
    let sms = Some(TwilioSettings {
        base_url: base_url.into(),
        account_sid: format!("AC{}", "a1".repeat(16)),
        auth_token: "hunter2".into(),
        from: from.into(),
        status_callback: Some("https://status.example.nhs.uk/hooks/twilio/status".into()),
    });
    Channels::new(&Settings { sms, ..Settings::default() }).unwrap()
}

/// The mock answers what it can and lists its objections in a header.
fn objections(seen: &[(String, String)]) -> Vec<String> {
    let lines = seen.iter().flat_map(|(_, answer)| answer.lines());
    let found = lines.filter(|line| line.to_ascii_lowercase().starts_with("sl-violations"));
    // It also holds its own examples against the description; those are not ours.
    found.filter(|line| line.contains("\"request\"")).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_request_is_one_that_twilio_describes() {
    let recorder = Recorder::before(&counterpart("SIGNPOST_TEST_TWILIO")).await;
    let service = format!("MG{}", "b2".repeat(16));
    for from in ["+447700900999", "NHSstatus", &service] {
        let channels = channels(&recorder.url, from);
        let out = outgoing(Address::Sms("+447700900123".into()));
        let outcome = channels.send(&out).await;
        let Outcome::Accepted { reference } = outcome else { panic!("{outcome:?}") };
        assert!(reference.starts_with("SM") || reference.starts_with("MM"), "{reference}");

        let seen = recorder.take();
        assert_eq!(seen.len(), 1);
        assert_eq!(objections(&seen), [""; 0]);
        let body = seen[0].0.split_once("\r\n\r\n").unwrap().1;
        let fields: Vec<(String, String)> =
            url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        // The mock lets unknown names through; the description itself does not hold them.
        for (name, _) in &fields {
            assert!(described_fields().contains(name), "{name}");
        }
        assert!(fields.contains(&("Body".into(), out.message.short.clone())), "{fields:?}");
        assert!(seen[0].0.to_ascii_lowercase().contains("user-agent: signpost/"));
    }
}

/// Names of the form of `POST …/Messages.json` in Twilio's description.
fn described_fields() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/specs/twilio-messages.openapi.json");
    let spec: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let call = &spec["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"];
    let form = &call["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"];
    form.as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn looking_up_and_checking_are_requests_that_twilio_describes() {
    let recorder = Recorder::before(&counterpart("SIGNPOST_TEST_TWILIO")).await;
    let channels = channels(&recorder.url, "+447700900999");
    let out = outgoing(Address::Sms("+447700900123".into()));
    // The mock lists examples, and none of them is ours.
    assert_eq!(channels.look_up(&out).await, LookUp::NotFound);
    assert_eq!(channels.check(Channel::Sms).await.unwrap(), "Twilio accepts the account.");
    let seen = recorder.take();
    assert!(
        seen[0].0.starts_with("GET ") && seen[0].0.contains("Messages.json?To=%2B447700900123"),
        "{seen:?}"
    );
    assert_eq!((seen.len(), objections(&seen)), (2, Vec::new()));
}

#[tokio::test]
async fn an_answer_that_is_lost_leaves_it_unclear_and_is_not_repeated() {
    let recorder = Recorder::before(&counterpart("SIGNPOST_TEST_TWILIO")).await;
    recorder.lose_answers(true);
    let channels = channels(&recorder.url, "+447700900999");
    let out = outgoing(Address::Sms("+447700900123".into()));
    let outcome = channels.send(&out).await;
    assert!(matches!(outcome, Outcome::Unclear { .. }), "{outcome:?}");
    assert!(!format!("{outcome:?}").contains("7700900"), "{outcome:?}");
    assert_eq!(recorder.take().len(), 1);
    let answer = channels.look_up(&out).await;
    assert!(matches!(&answer, LookUp::Down { reason } if !reason.contains("7700900")), "{answer:?}");
}

#[tokio::test]
async fn nobody_there_stops_the_channel() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let channels = channels(&format!("http://127.0.0.1:{port}"), "+447700900999");
    let outcome = channels.send(&outgoing(Address::Sms("+447700900123".into()))).await;
    assert!(matches!(outcome, Outcome::Pause { .. }), "{outcome:?}");
}

#[test]
fn signatures_agree_with_twilios_library() {
    let long = "x".repeat(1600);
    let values = ["", "STOP", "STOP 👍 é & =", " Tŷ Gwyn ", "+447700900123", "a%20b+c", "\r\n", &long];
    let mut cases = Vec::new();
    for (n, value) in values.iter().enumerate() {
        for url in [
            "https://status.example.nhs.uk/hooks/twilio/inbound",
            "https://x.example:8443/hooks?delivery=1&b=%20",
        ] {
            let sid = format!("SM{n:032}");
            let params: Vec<(String, String)> = [
                ("MessageSid", sid.as_str()),
                ("Body", value),
                ("From", "+447700900123"),
                ("body", "lower"),
                ("", "none"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
            cases.push((url, params));
        }
    }
    let script = "const {getExpectedTwilioSignature: sign} = require('twilio/lib/webhooks/webhooks');
        const cases = JSON.parse(process.argv[1]);
        const signed = cases.map(([url, params]) => sign('tök', url, Object.fromEntries(params)));
        console.log(JSON.stringify(signed));";
    let done = Command::new("node")
        .args(["-e", script, &serde_json::to_string(&cases).unwrap()])
        .env("NODE_PATH", counterpart("SIGNPOST_TEST_NODE_MODULES"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let theirs: Vec<String> = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(theirs.len(), 16);
    for ((url, params), theirs) in cases.iter().zip(theirs) {
        assert_eq!(sms::signature("tök", url, params), theirs);
        assert!(sms::verify_signature("tök", url, params, &theirs));
    }
}
