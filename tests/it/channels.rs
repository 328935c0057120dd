//! Each channel against a real far side.

mod bluesky;
mod dkim;
mod email;
mod mastodon;
pub mod notify;
pub mod sink;
mod sms;
mod tls;

use std::io::Write;
use std::sync::{Arc, Mutex};

use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings, TwilioSettings, init_tls};
use signpost::domain::delivery::{Address, BlueskyAccount, MastodonAccount, Outgoing};
use signpost::domain::message::Message;
use signpost::domain::subscriber::Channel;
use uuid::Uuid;

use crate::support::{counterpart, now};

/// A message that no other test sends, with letters outside ASCII.
fn outgoing(to: Address) -> Outgoing {
    let delivery = Uuid::now_v7();
    let page_url = format!("https://status.example.nhs.uk/{}", delivery.simple());
    Outgoing {
        delivery,
        valid_for: std::time::Duration::from_secs(4 * 3600),
        to,
        provider: None,
        is_code: false,
        return_token: "a".repeat(52),
        message: Message {
            organisation: "Bryn Meddygfa’r Tŷ".into(),
            subject: "Bryn Meddygfa’r Tŷ: come to your appointment".into(),
            headline: "Come to your appointment unless we contact you.".into(),
            paragraphs: vec!["EMIS Web is down.".into(), "In an emergency, call 999.".into()],
            short: format!("Bryn Meddygfa'r Ty: Come to your appointment. £5 & 10% {page_url}"),
            post: "Bryn Meddygfa’r Tŷ – EMIS Web is down ✅ Come & see us <now>.".into(),
            page_url,
            lang: "en".into(),
        },
        leave_url: Some("https://status.example.nhs.uk/s/3fZk0aD1".into()),
        made_at: now(),
        attempt: 1,
    }
}

/// Email by one relay.
fn by_relay(relay: RelaySettings) -> Channels {
    let email = vec![ProviderSettings::Relay(relay)];
    Channels::new(&Settings { email, ..Settings::default() }).unwrap()
}

/// What an operator is told about the first provider of a channel.
async fn check(channels: &Channels, channel: Channel) -> Result<String, String> {
    channels.check(channel, &channels.names(channel)[0]).await.unwrap()
}

/// Channels that need no settings.
fn social() -> Channels {
    init_tls();
    Channels::new(&Settings::default()).unwrap()
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// With everything logged that any library has to say.
#[tokio::test]
async fn no_contact_text_or_secret_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    let everything = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(everything);
    let relay = RelaySettings {
        url: counterpart("SIGNPOST_TEST_SMTP"),
        from: "updates@status.example.nhs.uk".into(),
        ..RelaySettings::default()
    };
    let twilio = TwilioSettings {
        base_url: counterpart("SIGNPOST_TEST_TWILIO"),
        account_sid: format!("AC{}", "a1".repeat(16)),
        auth_token: "hunter2".into(),
        from: "+447700900999".into(),
        status_callback: None,
    };
    let settings = Settings {
        email: vec![ProviderSettings::Relay(relay)],
        sms: vec![ProviderSettings::Twilio(twilio)],
        ..Settings::default()
    };
    let channels = Channels::new(&settings).unwrap();
    for to in [
        Address::Email("alice@example.org".into()),
        Address::Sms("+447700900123".into()),
        Address::Mastodon(MastodonAccount {
            base_url: counterpart("SIGNPOST_TEST_MASTODON"),
            access_token: "hunter2".into(),
        }),
        Address::Bluesky(BlueskyAccount {
            service: counterpart("SIGNPOST_TEST_BLUESKY"),
            identifier: "nobody.test".into(),
            app_password: "hunter2".into(),
        }),
    ] {
        let out = outgoing(to);
        channels.send(&out).await;
        channels.look_up(&out).await;
    }
    tracing::info!("the end");
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("the end"));
    for secret in ["alice", "7700900", "hunter2", "Come to your appointment", "EMIS", "aHVudGVyMg"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
