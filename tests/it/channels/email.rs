//! Email, against aiosmtpd.

use std::path::Path;
use std::time::Duration;

use mail_parser::MessageParser;
use signpost::channels::{Channels, EmailSettings, Settings};
use signpost::domain::delivery::{Address, LookUp, Outcome};
use signpost::domain::subscriber::Channel;

use super::outgoing;
use crate::support::counterpart;

fn channels() -> Channels {
    let url = counterpart("SIGNPOST_TEST_SMTP");
    let email = Some(EmailSettings { url, from: "updates@status.example.nhs.uk".into() });
    Channels::new(&Settings { email, ..Settings::default() }).unwrap()
}

/// Every message in the mailbox that holds a text.
fn kept(text: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(&counterpart("SIGNPOST_TEST_MAILDIR")).join("new");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mails = files.filter_map(|file| std::fs::read(file.path()).ok());
    mails.filter(|mail| mail.windows(text.len()).any(|w| w == text.as_bytes())).collect()
}

#[tokio::test]
async fn a_message_arrives_once_as_it_was_written() {
    let channels = channels();
    let mut out = outgoing(Address::Email("alice@example.org".into()));
    // A line that a careless client would take for the end of the message.
    out.message.paragraphs.push(".\n.\nafter the dots".into());
    let outcome = channels.send(&out).await;
    let reference = format!("<{}@status.example.nhs.uk>", out.delivery);
    assert_eq!(outcome, Outcome::Accepted { reference: reference.clone() });

    let mails = kept(&reference);
    assert_eq!(mails.len(), 1);
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    // What the server saw outside the message.
    assert_eq!(mail.header_raw("X-MailFrom").map(str::trim), Some("updates@status.example.nhs.uk"));
    assert_eq!(mail.header_raw("X-RcptTo").map(str::trim), Some("alice@example.org"));
    assert_eq!(mail.subject(), Some(out.message.subject.as_str()));
    // The mailbox writes the line ends of its own system.
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    assert!(text.contains("Bryn Meddygfa’r Tŷ") && text.contains("\n.\n.\nafter the dots\n"), "{text}");
    assert!(mail.body_html(0).unwrap().contains("Come to your appointment unless we contact you."));
    assert_eq!(
        mail.header_raw("List-Unsubscribe").map(str::trim),
        Some("<https://status.example.nhs.uk/s/3fZk0aD1>")
    );
    assert_eq!(channels.look_up(&out).await, LookUp::Impossible);
}

#[tokio::test]
async fn many_go_over_few_sessions() {
    let channels = channels();
    let all = (0..40).map(|n| {
        let channels = channels.clone();
        async move {
            let out = outgoing(Address::Email(format!("patient{n}@example.org")));
            let outcome = channels.send(&out).await;
            assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
            out.delivery.to_string()
        }
    });
    let sent = futures_util::future::join_all(all).await;
    for delivery in sent {
        assert_eq!(kept(&format!("<{delivery}@")).len(), 1);
    }
}

#[tokio::test]
async fn an_operator_is_told_whether_it_works() {
    let told = channels().check(Channel::Email).await.unwrap();
    assert!(told.contains("takes mail from updates@status.example.nhs.uk (not encrypted)"), "{told}");

    // This server offers no encryption: nothing leaves when it is required.
    let url = counterpart("SIGNPOST_TEST_SMTP").replace("tls=none", "tls=required");
    let email = Some(EmailSettings { url, from: "updates@status.example.nhs.uk".into() });
    let strict = Channels::new(&Settings { email, ..Settings::default() }).unwrap();
    let told = strict.check(Channel::Email).await.unwrap_err();
    assert!(told.contains("No encrypted connection"), "{told}");
    let out = outgoing(Address::Email("alice@example.org".into()));
    let outcome = strict.send(&out).await;
    assert!(
        matches!(&outcome, Outcome::Pause { after, .. } if *after >= Duration::from_secs(30)),
        "{outcome:?}"
    );
    assert!(kept(&out.delivery.to_string()).is_empty());
}
