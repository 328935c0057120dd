//! Encryption of mail connections, against aiosmtpd: never given up, checked
//! against the machine's certificates, both ways.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use signpost::channels::RelaySettings;
use signpost::domain::delivery::{Address, Outcome};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::{by_relay, outgoing};
use crate::support::counterpart;

/// A certificate authority and a certificate of its for 127.0.0.1.
const MAKE: &str = r#"
import datetime, ipaddress, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding as E, NoEncryption as N, PrivateFormat as F
now = datetime.datetime.now(datetime.timezone.utc)
def make(name, key, issuer, by, ca):
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    b = x509.CertificateBuilder().subject_name(named).issuer_name(issuer or named).public_key(key.public_key())
    b = b.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=2))
    b = b.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if not ca:
        b = b.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    return b.sign(by, hashes.SHA256())
ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
ca = make("Test authority", ca_key, None, ca_key, True)
leaf = make("127.0.0.1", key, ca.subject, ca_key, False)
folder = sys.argv[1]
open(folder + "/ca.pem", "wb").write(ca.public_bytes(E.PEM))
open(folder + "/leaf.pem", "wb").write(leaf.public_bytes(E.PEM))
open(folder + "/leaf.key", "wb").write(key.private_bytes(E.PEM, F.PKCS8, N()))
"#;

struct Servers {
    folder: PathBuf,
    starttls: u16,
    implicit: u16,
    children: Vec<Child>,
}

impl Drop for Servers {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn servers() -> Servers {
    let python = counterpart("SIGNPOST_TEST_PYTHON");
    let folder = std::env::temp_dir().join(format!("signpost-tls-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let made = Command::new(&python).args(["-c", MAKE]).arg(&folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let free = || std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (starttls, implicit) = (free(), free());
    let start = |kind: &str, port: u16| {
        Command::new(&python)
            .args(["-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{port}")])
            .arg(format!("--{kind}cert"))
            .arg(folder.join("leaf.pem"))
            .arg(format!("--{kind}key"))
            .arg(folder.join("leaf.key"))
            .args(["-c", "aiosmtpd.handlers.Mailbox"])
            .arg(folder.join(kind))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let children = vec![start("tls", starttls), start("smtps", implicit)];
    for port in [starttls, implicit] {
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
    Servers { folder, starttls, implicit, children }
}

/// What `signpost check` says, with these certificates trusted.
fn check(urls: &str, trusted: Option<&Path>, folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command
        .arg("check")
        .current_dir(folder)
        .env("SIGNPOST_EMAIL__URL", urls)
        .env("SIGNPOST_EMAIL__FROM", "updates@status.example.nhs.uk");
    if let Some(trusted) = trusted {
        command.env("SSL_CERT_FILE", trusted);
    }
    let done = command.output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_of_encryption_work_and_only_with_a_certificate_that_is_trusted() {
    let servers = servers().await;
    let urls =
        format!("smtp://127.0.0.1:{}?tls=required smtps://127.0.0.1:{}", servers.starttls, servers.implicit);
    let said = check(&urls, Some(&servers.folder.join("ca.pem")), &servers.folder);
    assert_eq!(said.matches("takes mail from updates@status.example.nhs.uk (encrypted").count(), 2, "{said}");
    let said = check(&urls, None, &servers.folder);
    assert_eq!(said.matches("No encrypted connection to the mail server").count(), 2, "{said}");
}

/// Somebody in between takes the offer of encryption away.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_of_encryption_that_is_taken_away_stops_the_mail() {
    let servers = servers().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let between = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Vec::<String>::new()));
    let (log, upstream) = (heard.clone(), servers.starttls);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(("127.0.0.1", upstream)).await.unwrap();
            let (mut from_client, mut to_client) = client.into_split();
            let (from_server, mut to_server) = server.into_split();
            let log = log.clone();
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                while let Ok(n @ 1..) = from_client.read(&mut buffer).await {
                    log.lock().unwrap().push(String::from_utf8_lossy(&buffer[..n]).into_owned());
                    if to_server.write_all(&buffer[..n]).await.is_err() {
                        return;
                    }
                }
            });
            tokio::spawn(async move {
                let mut lines = BufReader::new(from_server).lines();
                while let Ok(Some(line)) = lines.next_line().await {
                    let line = line.replace("STARTTLS", "XXXXXXXX");
                    if to_client.write_all(format!("{line}\r\n").as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    for url in [format!("smtp://user:hunter2@{between}"), format!("smtps://user:hunter2@{between}")] {
        let channels = by_relay(RelaySettings {
            url,
            from: "updates@status.example.nhs.uk".into(),
            ..Default::default()
        });
        let outcome = channels.send(&outgoing(Address::Email("alice@example.org".into()))).await;
        assert!(matches!(outcome, Outcome::Pause { .. }), "{outcome:?}");
    }
    let heard = heard.lock().unwrap().concat();
    for word in ["MAIL", "AUTH", "alice", "Come to"] {
        assert!(!heard.contains(word), "{word} in {heard}");
    }
}
