//! How messages leave: one file per channel, each with the same three verbs.
//!
//! [`Channels::send`] makes one attempt and says how it ended,
//! [`Channels::look_up`] asks what became of an attempt whose end nobody knows,
//! and [`Channels::check`] tells an operator whether the far side can be
//! reached. Deciding what follows is the courier's work.
//!
//! Nothing here writes to the log, and no reason names a recipient: the
//! libraries' own logging (lettre prints whole sessions, passwords included)
//! is switched off around every call.

mod bluesky;
pub mod cache;
mod discord;
pub mod email;
mod facebook;
mod guard;
mod http;
mod mastodon;
pub mod mirror;
pub mod push;
mod slack;
pub mod sms;
mod teams;
mod webhook;
mod x;

use std::sync::{Arc, Once};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tracing::Dispatch;
use tracing::instrument::WithSubscriber;

use crate::domain::account::Account;
use crate::domain::channel::Channel;
use crate::domain::delivery::{Address, LookUp, Outcome, Outgoing};
use crate::domain::network::Allowed;

use self::guard::Guarded;
use self::http::Web;

/// No attempt takes longer, whatever the far side does. A courier checks before
/// each attempt that its lease outlasts this.
pub const SEND_TIMEOUT: Duration = Duration::from_secs(20);

/// Time for a connection to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A pause for trouble that passes by itself: refused connections, busy hosts.
const PAUSE_SHORT: Duration = Duration::from_secs(30);
/// A pause for trouble that a person has to end (a wrong password), and the
/// longest that a provider's wish to wait is followed.
const PAUSE_LONG: Duration = Duration::from_secs(15 * 60);

/// The channels that have settings. The others need none here: each
/// organisation brings its own account.
#[derive(Clone, Default)]
pub struct Settings {
    pub email: Option<EmailSettings>,
    pub sms: Option<TwilioSettings>,
    /// Private networks that addresses of users may lead into all the same.
    pub allowed: Allowed,
    pub push: Option<push::PushSettings>,
}

#[derive(Clone)]
pub struct EmailSettings {
    /// `smtps://user:pass@host:port` (TLS from the first byte), or
    /// `smtp://user:pass@host:port?tls=required|opportunistic|none`. Without
    /// `tls`, STARTTLS is required. User and password are percent-encoded.
    pub url: String,
    /// `updates@example.nhs.uk`. A display name in it is not used: mail comes
    /// in the name of the organisation.
    pub from: String,
}

#[derive(Clone)]
pub struct TwilioSettings {
    /// [`sms::PUBLIC_URL`] but in tests.
    pub base_url: String,
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    pub auth_token: String,
    /// A number in E.164, a messaging service (`MG` and 32 hexadecimal digits),
    /// or an alphanumeric sender of at most 11 characters.
    pub from: String,
    /// Where Twilio reports what became of a message; `?delivery=ID` is added.
    pub status_callback: Option<String>,
}

/// Settings that cannot work. The text says which, and what to write instead;
/// it never repeats a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ChannelError(pub String);

/// Every way out of this process. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Channels {
    inner: Arc<Inner>,
}

struct Inner {
    email: Option<email::Email>,
    sms: Option<sms::Twilio>,
    mastodon: mastodon::Mastodon,
    bluesky: bluesky::Bluesky,
    push: Option<push::Push>,
    guarded: Guarded,
}

impl Channels {
    /// Checks the settings; opens no connection.
    ///
    /// # Errors
    /// A setting that cannot work, or a machine without CA certificates.
    pub fn new(settings: &Settings) -> Result<Self, ChannelError> {
        init_tls();
        let web = Web::new()?;
        let guarded = Guarded::new(settings.allowed.clone())?;
        let inner = Inner {
            email: settings.email.as_ref().map(email::Email::new).transpose()?,
            sms: settings.sms.as_ref().map(|s| sms::Twilio::new(s, web.clone())).transpose()?,
            mastodon: mastodon::Mastodon::new(guarded.clone()),
            bluesky: bluesky::Bluesky::new(guarded.clone()),
            push: settings.push.as_ref().map(|s| push::Push::new(s, guarded.clone())).transpose()?,
            guarded,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The key that browsers subscribe with.
    pub fn push_key(&self) -> Option<String> {
        self.inner.push.as_ref().map(push::Push::public_key)
    }

    /// Whether messages on this channel leave, or are captured.
    pub fn is_live(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.inner.email.is_some(),
            Channel::Sms => self.inner.sms.is_some(),
            Channel::Push => self.inner.push.is_some(),
            _ => true,
        }
    }

    /// Makes one attempt, in at most [`SEND_TIMEOUT`].
    pub async fn send(&self, out: &Outgoing) -> Outcome {
        let attempt = async {
            match (&out.to, &self.inner.email, &self.inner.sms) {
                (Address::Email(to), Some(email), _) => email.send(out, to).await,
                (Address::Sms(to), _, Some(sms)) => bounded(sms.send(out, to)).await,
                (Address::Push(to), ..) => match &self.inner.push {
                    Some(push) => bounded(push.send(out, to)).await,
                    None => Outcome::Pause {
                        reason: format!("{} has no key.", Channel::Push.label()),
                        after: PAUSE_LONG,
                    },
                },
                (Address::Account(account), ..) => bounded(self.post(out, account)).await,
                (Address::Email(_), None, _) | (Address::Sms(_), _, None) => Outcome::Pause {
                    reason: format!("{} has no settings.", out.to.channel().label()),
                    after: PAUSE_LONG,
                },
            }
        };
        attempt.with_subscriber(Dispatch::none()).await
    }

    /// Asks the provider what became of an unclear message, in at most
    /// [`SEND_TIMEOUT`].
    pub async fn look_up(&self, out: &Outgoing) -> LookUp {
        let question = async {
            match (&out.to, &self.inner.sms) {
                // SMTP has no way to ask.
                (Address::Email(_), _) => LookUp::Impossible,
                (Address::Sms(to), Some(sms)) => sms.look_up(out, to).await,
                (Address::Sms(_), None) => LookUp::Down { reason: "Text message has no settings.".into() },
                // The newest replaces the one before, on the way and on the screen.
                (Address::Push(_), _) => LookUp::Repeatable,
                (Address::Account(account), _) => self.look_up_post(out, account).await,
            }
        };
        match tokio::time::timeout(SEND_TIMEOUT, question.with_subscriber(Dispatch::none())).await {
            Ok(answer) => answer,
            Err(_) => LookUp::Down { reason: http::SLOW.into() },
        }
    }

    async fn post(&self, out: &Outgoing, account: &Account) -> Outcome {
        let web = &self.inner.guarded;
        match account {
            Account::Mastodon(a) => self.inner.mastodon.send(out, a).await,
            Account::Bluesky(a) => self.inner.bluesky.send(out, a).await,
            Account::X(a) => x::send(web, out, a).await,
            Account::Facebook(a) => facebook::send(web, out, a).await,
            Account::Slack(a) => slack::send(web, out, a).await,
            Account::Teams(a) => teams::send(web, out, a).await,
            Account::Discord(a) => discord::send(web, out, a).await,
            Account::Webhook(a) => webhook::send(web, out, a).await,
        }
    }

    async fn look_up_post(&self, out: &Outgoing, account: &Account) -> LookUp {
        match account {
            Account::Mastodon(a) => self.inner.mastodon.look_up(out, a).await,
            Account::Facebook(a) => facebook::look_up(&self.inner.guarded, out, a).await,
            // A record is put under our own key, X refuses the same words
            // twice, and receivers of webhooks go by the id.
            Account::Bluesky(_) | Account::X(_) | Account::Webhook(_) => LookUp::Repeatable,
            Account::Slack(_) | Account::Teams(_) | Account::Discord(_) => LookUp::Impossible,
        }
    }

    /// Whether an organisation's account could post now, as far as can be told
    /// without posting. One sentence for its owner, either way.
    pub async fn check_account(&self, account: &Account, now: DateTime<Utc>) -> Result<String, String> {
        let web = &self.inner.guarded;
        let question = async {
            match account {
                Account::Mastodon(a) => self.inner.mastodon.check(a).await,
                Account::Bluesky(a) => self.inner.bluesky.check(a).await,
                Account::X(a) => x::check(web, a, now).await,
                Account::Facebook(a) => facebook::check(web, a).await,
                Account::Slack(a) => slack::check(web, a).await,
                Account::Teams(a) => teams::check(web, a).await,
                Account::Discord(a) => discord::check(web, a).await,
                Account::Webhook(a) => webhook::check(web, a, now).await,
            }
        };
        match tokio::time::timeout(SEND_TIMEOUT, question.with_subscriber(Dispatch::none())).await {
            Ok(answer) => answer,
            Err(_) => Err(http::SLOW.into()),
        }
    }

    /// Whether the channel could send now: reaches the far side and signs in,
    /// sends nothing. Either way one sentence for the operator.
    pub async fn check(&self, channel: Channel) -> Result<String, String> {
        let question = async {
            match (channel, &self.inner.email, &self.inner.sms) {
                (Channel::Email, Some(email), _) => email.check().await,
                (Channel::Sms, _, Some(sms)) => sms.check().await,
                (Channel::Email | Channel::Sms, ..) => {
                    Ok("No settings: messages are captured, not sent.".into())
                }
                _ => Ok("Each organisation posts with its own account.".into()),
            }
        };
        match tokio::time::timeout(SEND_TIMEOUT, question.with_subscriber(Dispatch::none())).await {
            Ok(answer) => answer,
            Err(_) => Err(http::SLOW.into()),
        }
    }
}

/// Bounds an attempt over HTTP. The client gives up sooner by itself; this
/// holds for attempts of several requests.
async fn bounded(attempt: impl Future<Output = Outcome>) -> Outcome {
    match tokio::time::timeout(SEND_TIMEOUT, attempt).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Unclear { reason: http::SLOW.into() },
    }
}

/// What an [`Outcome::Pause`] holds up: the whole channel for people, one
/// account for posts, whose passwords and limits are their own. Holds no secret.
pub fn pause_scope(to: &Address) -> String {
    match to {
        Address::Account(account) => {
            let all = serde_json::to_string(account).unwrap_or_default();
            format!("{} {} {}", account.channel(), account.place(), http::fingerprint(&all))
        }
        _ => to.channel().to_string(),
    }
}

/// Names the cryptography that rustls uses. Has to come before the first TLS
/// connection of the process; more calls do nothing.
pub fn init_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that somebody was first, with the same effect.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::account::{BlueskyAccount, Hook, MastodonAccount};
    use crate::domain::message::Message;

    /// An outcome in one word, with its wait or reference, for tables.
    pub(crate) fn named(outcome: &Outcome) -> String {
        match outcome {
            Outcome::Accepted { reference } => format!("accepted {reference}").trim_end().into(),
            Outcome::Later { after, .. } => match after {
                Some(after) => format!("later {}", after.as_secs()),
                None => "later".into(),
            },
            Outcome::Pause { after, .. } => format!("pause {}", after.as_secs()),
            Outcome::Never { .. } => "never".into(),
            Outcome::Gone { .. } => "gone".into(),
            Outcome::Unclear { .. } => "unclear".into(),
        }
    }

    /// One message to an account of this kind.
    pub(crate) fn to_hook(kind: fn(Hook) -> Account) -> Outgoing {
        outgoing(Address::Account(kind(Hook { url: "https://hooks.example/T/B/secret".into() })))
    }

    /// One message to anywhere, with a name that no plain alphabet holds.
    pub(crate) fn outgoing(to: Address) -> Outgoing {
        let page_url = "https://status.example.nhs.uk/A81001".to_owned();
        Outgoing {
            delivery: "018f3a4e-0000-7000-8000-0000000000a1".parse().unwrap(),
            valid_for: Duration::from_secs(4 * 3600),
            to,
            message: Message {
                organisation: "Bryn Meddygfa’r Tŷ".into(),
                subject: "Bryn Meddygfa’r Tŷ: come to your appointment".into(),
                headline: "Come to your appointment unless we contact you.".into(),
                paragraphs: vec!["EMIS Web <is> down.".into(), "In an emergency, call 999.".into()],
                short: format!("Bryn Meddygfa'r Ty: Come to your appointment. {page_url}"),
                post: "Bryn Meddygfa’r Tŷ: EMIS Web is down. Come & see us.".into(),
                page_url,
                lang: "en".into(),
                facts: None,
            },
            leave_url: None,
            made_at: "2024-07-19T07:40:00Z".parse().unwrap(),
            attempt: 1,
            at: "2024-07-19T07:40:02Z".parse().unwrap(),
            thread: None,
            maybe_sent: false,
            about: None,
        }
    }

    #[tokio::test]
    async fn a_channel_without_settings_sends_nothing() {
        let channels = Channels::new(&Settings::default()).unwrap();
        assert!(!channels.is_live(Channel::Email) && !channels.is_live(Channel::Sms));
        assert!(channels.is_live(Channel::Mastodon) && channels.is_live(Channel::Bluesky));
        for to in [Address::Email("a@example.org".into()), Address::Sms("+447700900123".into())] {
            assert!(matches!(channels.send(&outgoing(to)).await, Outcome::Pause { .. }));
        }
        assert!(channels.check(Channel::Email).await.unwrap().contains("captured"));
    }

    #[test]
    fn a_pause_holds_up_one_account_and_shows_no_secret() {
        let mastodon = |token: &str| {
            let base_url = "https://social.example".into();
            let account = MastodonAccount { base_url, access_token: token.into() };
            pause_scope(&Address::Account(Account::Mastodon(account)))
        };
        assert_ne!(mastodon("token-one"), mastodon("token-two"));
        assert!(!mastodon("token-one").contains("token-one"));
        let bluesky = pause_scope(&Address::Account(Account::Bluesky(BlueskyAccount {
            service: "https://bsky.social".into(),
            identifier: "a.example".into(),
            app_password: "hunter2".into(),
        })));
        assert!(bluesky.contains("a.example") && !bluesky.contains("hunter2"));
        assert_eq!(pause_scope(&Address::Email("a@example.org".into())), "email");
        assert_eq!(pause_scope(&Address::Sms("+447700900123".into())), "sms");
    }
}
