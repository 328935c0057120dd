//! Signatures, verified by two programs that nobody here wrote.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use signpost::channels::RelaySettings;
use signpost::channels::email::DkimSettings;
use signpost::domain::delivery::{Address, Outcome, Outgoing};

use super::sink::Sink;
use super::{by_relay, outgoing};
use crate::support::counterpart;

const DOMAIN: &str = "status.example.nhs.uk";
/// Makes a key file for each kind and prints the record of its public half.
const MAKE_KEYS: &str = r#"
import base64, json, sys
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding as E, NoEncryption as N, PrivateFormat as F, PublicFormat as P
big = rsa.generate_private_key(65537, 2048)
small = ed25519.Ed25519PrivateKey.generate()
tiny = rsa.generate_private_key(65537, 1024)
for name, key, form in [("pkcs1", big, F.TraditionalOpenSSL), ("pkcs8", big, F.PKCS8), ("ed", small, F.PKCS8), ("tiny", tiny, F.PKCS8)]:
    open(f"{sys.argv[1]}/{name}.pem", "wb").write(key.private_bytes(E.PEM, form, N()))
b64 = lambda raw: base64.b64encode(raw).decode()
print(json.dumps({"rsa": "v=DKIM1; k=rsa; p=" + b64(big.public_key().public_bytes(E.DER, P.SubjectPublicKeyInfo)),
                  "ed": "v=DKIM1; k=ed25519; p=" + b64(small.public_key().public_bytes(E.Raw, P.Raw))}))
"#;

fn keys() -> (PathBuf, Value) {
    let folder = std::env::temp_dir().join(format!("signpost-dkim-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let made =
        Command::new(counterpart("SIGNPOST_TEST_PYTHON")).args(["-c", MAKE_KEYS]).arg(&folder).output();
    let made = made.unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (folder, serde_json::from_slice(&made.stdout).unwrap())
}

fn ask(program: &str, script: &str, question: &Value) -> Value {
    let script = format!("{}/scripts/tools/{script}", env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(program)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// Messages of several shapes: letters outside ASCII, long lines, dots, blanks
/// at ends, nothing to leave by, no words at all.
fn shapes() -> Vec<Outgoing> {
    let shape = |change: fn(&mut Outgoing)| {
        let mut out = outgoing(Address::Email("alice@example.org".into()));
        change(&mut out);
        out
    };
    vec![
        shape(|_| {}),
        shape(|out| out.message.subject = "Gwŷn ".repeat(40)),
        shape(|out| out.message.organisation = "Ysbyty’r Tŷ Gwyn, Llanfair  Pwll".into()),
        shape(|out| out.message.paragraphs = vec![".\n.\n\tblanks \t \n\n\n".into(), "x".repeat(2000)]),
        shape(|out| out.message.paragraphs = vec!["نظام السجلات لا يعمل. 👍".into()]),
        shape(|out| out.message.paragraphs.clear()),
        shape(|out| out.leave_url = None),
        shape(|out| {
            out.leave_url = Some(format!("https://status.example.nhs.uk/s/{}?x=1&y=2", "a".repeat(300)))
        }),
        shape(|out| out.message.lang = "ar".into()),
        shape(|out| out.message.page_url = format!("https://status.example.nhs.uk/{}", "b".repeat(200))),
    ]
}

#[tokio::test]
async fn two_verifiers_accept_every_shape_and_no_altered_one() {
    let (folder, records) = keys();
    let key = |selector: &str, file: &str| DkimSettings {
        domain: DOMAIN.into(),
        selector: selector.into(),
        key_file: folder.join(file),
    };
    let sink = Sink::start().await;
    let channels = by_relay(RelaySettings {
        url: sink.url.clone(),
        from: "updates@status.example.nhs.uk".into(),
        dkim: vec![key("rsa1", "pkcs1.pem"), key("rsa8", "pkcs8.pem"), key("ed", "ed.pem")],
        ..RelaySettings::default()
    });
    let shapes = shapes();
    for out in &shapes {
        let outcome = channels.send(out).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    }
    // A retry is the same bytes, signature and all.
    let mut again = shapes[0].clone();
    again.attempt = 2;
    channels.send(&again).await;
    let mut messages: Vec<Vec<u8>> = sink.taken().into_iter().map(|t| t.bytes).collect();
    assert_eq!(messages.pop(), messages.first().cloned());
    let text = String::from_utf8(messages[0].clone()).unwrap();
    messages.push(text.replacen("call 999", "call 998", 1).into_bytes());
    messages.push(
        text.replacen("List-Unsubscribe: <https://status", "List-Unsubscribe: <https://other", 1)
            .into_bytes(),
    );
    messages.push(format!("From: someone@else.example\r\n{text}").into_bytes());

    let name = |selector: &str| format!("{selector}._domainkey.{DOMAIN}");
    let records =
        json!({name("rsa1"): records["rsa"], name("rsa8"): records["rsa"], name("ed"): records["ed"]});
    let encoded: Vec<String> = messages.iter().map(|m| STANDARD.encode(m)).collect();
    let question = json!({"keys": records, "messages": encoded});
    let dkimpy = ask(&counterpart("SIGNPOST_TEST_PYTHON"), "dkim_verify.py", &question);
    let mailauth = ask("node", "dkim_verify.mjs", &question);
    for (which, answers) in [("dkimpy", dkimpy), ("mailauth", mailauth)] {
        for (n, answer) in answers.as_array().unwrap().iter().enumerate() {
            let signatures = answer.as_array().unwrap();
            assert_eq!(signatures.len(), 3, "{which} {n}");
            for signature in signatures {
                assert_eq!(signature[0], json!(n < shapes.len()), "{which} {n}: {answer}");
                let signed = signature[1].to_string();
                assert!(n >= shapes.len() || !signed.contains("content-type"), "{signed}");
                let leaves = shapes.get(n).is_some_and(|out| out.leave_url.is_some());
                if leaves {
                    assert!(signed.contains("list-unsubscribe-post"), "{which} {n}: {signed}");
                }
            }
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_key_that_cannot_sign_is_refused_at_the_start() {
    let (folder, _) = keys();
    let try_with = |domain: &str, file: &str| {
        let key_file = folder.join(file);
        let dkim = vec![DkimSettings { domain: domain.into(), selector: "s".into(), key_file }];
        let url = "smtp://127.0.0.1:1?tls=none".into();
        let relay = RelaySettings { url, from: "a@status.example".into(), dkim, ..RelaySettings::default() };
        let email = vec![signpost::channels::ProviderSettings::Relay(relay)];
        signpost::channels::Channels::new(&signpost::channels::Settings { email, ..Default::default() })
            .err()
            .map(|e| e.0)
    };
    std::fs::write(folder.join("no.pem"), "hunter2").unwrap();
    for (domain, file, what) in [
        (DOMAIN, "missing.pem", "holds no key"),
        (DOMAIN, "no.pem", "holds no key"),
        (DOMAIN, "tiny.pem", "2,048 bits"),
        ("not a domain", "ed.pem", "email.dkim.domain"),
    ] {
        let error = try_with(domain, file).unwrap();
        assert!(error.contains(what) && !error.contains("hunter2"), "{error}");
    }
    assert_eq!(try_with(DOMAIN, "ed.pem"), None);
    std::fs::remove_dir_all(folder).unwrap();
}
