//! What the channels are told, checked when they are made.

use super::rate::Rates;
use std::collections::BTreeMap;

use super::email::DkimSettings;
use super::{http, twilio};
use crate::clock::Clock;
use crate::domain::network::Allowed;
use crate::domain::push::Services;

/// The channels that have settings, with their providers in the order in which
/// they are used. Social channels need none here: each organisation brings its
/// own account.
#[derive(Clone, Default)]
pub struct Settings {
    pub clock: Clock,
    /// What the names of providers begin with, where another set uses the same.
    pub prefix: &'static str,
    pub email: Vec<ProviderSettings>,
    pub sms: Vec<ProviderSettings>,
    pub whatsapp: Vec<ProviderSettings>,
    pub push: Option<PushSettings>,
    pub rates: Rates,
    /// Private networks that addresses of users may lead into all the same.
    pub allowed: Allowed,
}

/// One way out.
#[derive(Clone)]
pub enum ProviderSettings {
    Relay(RelaySettings),
    Twilio(TwilioSettings),
    WhatsApp(WhatsAppSettings),
    Notify(NotifySettings),
}

impl ProviderSettings {
    /// Whether a reply to its messages comes to us. A name as the sender takes none,
    /// and what is texted to GOV.UK Notify stays there.
    pub fn takes_replies(&self) -> bool {
        match self {
            Self::Notify(_) => false,
            Self::Twilio(twilio) => !twilio::is_name(twilio.from.trim()),
            Self::Relay(_) | Self::WhatsApp(_) => true,
        }
    }

    /// Tells its account from another without giving it away.
    pub(super) fn account(&self) -> String {
        http::fingerprint(&match self {
            Self::Relay(relay) => format!("{} {}", relay.url, relay.from),
            Self::Twilio(t) => format!("{} {} {}", t.account_sid, t.auth_token, t.from),
            Self::WhatsApp(w) => {
                format!("{} {} {}", w.twilio.account_sid, w.twilio.auth_token, w.twilio.from)
            }
            Self::Notify(notify) => notify.api_key.clone(),
        })
    }
}

impl Settings {
    /// Whether every text message can be answered with STOP.
    pub fn texts_take_replies(&self) -> bool {
        self.sms.iter().all(ProviderSettings::takes_replies)
    }
}

#[derive(Clone, Default)]
pub struct RelaySettings {
    /// `smtps://user:pass@host:port` (TLS from the first byte), or
    /// `smtp://user:pass@host:port?tls=required|opportunistic|none`. Without
    /// `tls`, STARTTLS is required. User and password are percent-encoded.
    pub url: String,
    /// `updates@example.nhs.uk`. A display name in it is not used: mail comes
    /// in the name of the organisation.
    pub from: String,
    /// Whether somebody reads what comes back. Then each message has a return
    /// address of its own.
    pub takes_bounces: bool,
    /// The domain of those addresses; otherwise they are made from `from`.
    pub bounce_domain: Option<String>,
    pub dkim: Vec<DkimSettings>,
}

#[derive(Clone)]
pub struct TwilioSettings {
    /// [`super::twilio::PUBLIC_URL`] but in tests.
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

#[derive(Clone)]
pub struct WhatsAppSettings {
    /// `from` is a number or a messaging service.
    pub twilio: TwilioSettings,
    /// Ids of approved texts (`HX` and 32 hexadecimal digits) by `update` and
    /// `code`, and those with a language: `update-cy`.
    pub templates: BTreeMap<String, String>,
}

#[derive(Clone)]
pub struct NotifySettings {
    /// [`super::notify::PUBLIC_URL`] but in tests.
    pub base_url: String,
    /// `NAME-SERVICE-SECRET`, the last two being UUIDs.
    pub api_key: String,
    /// Ids of templates with one gap, `((message))`.
    pub sms_template: Option<String>,
    pub email_template: Option<String>,
}

/// How this installation shows itself to push services.
#[derive(Clone)]
pub struct PushSettings {
    /// A secret of P-256, big-endian.
    pub key: [u8; 32],
    /// Whom a push service may turn to: `mailto:…` or `https://…` (RFC 8292, 2.1).
    pub subject: String,
    /// Whose messages may go where.
    pub services: Services,
}

/// Settings that cannot work. The text says which, and what to write instead;
/// it never repeats a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ChannelError(pub String);
