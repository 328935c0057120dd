//! Settings of the channels that people subscribe on.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::{Config, ConfigError};

/// One value or several: a list, or a text with spaces between. Names may have
/// commas between them too; addresses may not, for a password can hold one.
#[derive(Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(from = "OneOrMany")]
pub struct List(pub Vec<String>);

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for List {
    fn from(value: OneOrMany) -> Self {
        let text = match value {
            OneOrMany::Many(list) => return Self(list),
            OneOrMany::One(text) => text,
        };
        let commas = !text.contains("://");
        let parts = text.split(|c: char| c.is_whitespace() || (commas && c == ','));
        Self(parts.filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }
}

// It may hold passwords.
impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "List({})", self.0.len())
    }
}

/// Email. Without `url` messages are captured.
#[derive(Clone, confique::Config)]
pub struct Email {
    /// `smtp://user:pass@host:port?tls=required`, `smtps://…`, or
    /// `smtp://host:port?tls=none` for a relay on the same machine; or `notify`
    /// for GOV.UK Notify. Of several, the first that is well is used.
    #[config(env = "SIGNPOST_EMAIL__URL")]
    pub url: Option<List>,
    /// The address that messages come from.
    #[config(env = "SIGNPOST_EMAIL__FROM")]
    pub from: Option<String>,
    /// The secret that `POST /hooks/email/bounce` asks for. With it each message
    /// has a return address of its own.
    #[config(env = "SIGNPOST_EMAIL__BOUNCE_SECRET")]
    pub bounce_secret: Option<String>,
    /// The domain of return addresses; by default they are subaddresses of `from`.
    #[config(env = "SIGNPOST_EMAIL__BOUNCE_DOMAIN")]
    pub bounce_domain: Option<String>,
    /// How many emails a minute each relay takes from this process; 0 for as many as can be.
    #[config(default = 0, env = "SIGNPOST_EMAIL__PER_MINUTE")]
    pub per_minute: u32,
    #[config(nested)]
    pub dkim: Dkim,
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Email").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Signatures on email. Without `domain` there are none.
#[derive(Debug, Clone, confique::Config)]
pub struct Dkim {
    #[config(env = "SIGNPOST_EMAIL__DKIM__DOMAIN")]
    pub domain: Option<String>,
    /// One for each key.
    #[config(env = "SIGNPOST_EMAIL__DKIM__SELECTOR")]
    pub selector: Option<List>,
    /// PEM: RSA of 2,048 bits or more, or Ed25519.
    #[config(env = "SIGNPOST_EMAIL__DKIM__KEY_FILE")]
    pub key_file: Option<List>,
}

/// Text messages.
#[derive(Debug, Clone, confique::Config)]
pub struct Sms {
    /// `twilio`, `notify` or `capture`. Of several, the first that is well is
    /// used.
    #[config(default = "capture", env = "SIGNPOST_SMS__PROVIDER")]
    pub provider: List,
    #[config(nested)]
    pub twilio: Twilio,
}

/// WhatsApp by the account in `sms.twilio`. Without `from` messages are
/// captured.
#[derive(Debug, Clone, confique::Config)]
pub struct WhatsApp {
    /// A number in E.164, or a messaging service (`MG…`).
    #[config(env = "SIGNPOST_WHATSAPP__FROM")]
    pub from: Option<String>,
    /// Ids of approved texts (`HX…`): `update`, `code`, `update-cy`, …. In the
    /// environment `update=HX… code=HX…`.
    #[config(env = "SIGNPOST_WHATSAPP__TEMPLATES", parse_env = pairs)]
    pub templates: Option<BTreeMap<String, String>>,
    /// How many messages a second the sender takes from this process; 0 for as many as can be.
    #[config(default = 0.0, env = "SIGNPOST_WHATSAPP__PER_SECOND")]
    pub per_second: f64,
}

/// GOV.UK Notify.
#[derive(Clone, confique::Config)]
pub struct Notify {
    #[config(default = "https://api.notifications.service.gov.uk", env = "SIGNPOST_NOTIFY__BASE_URL")]
    pub base_url: String,
    #[config(env = "SIGNPOST_NOTIFY__API_KEY")]
    pub api_key: Option<String>,
    /// Ids of templates with one gap, `((message))`.
    #[config(env = "SIGNPOST_NOTIFY__SMS_TEMPLATE")]
    pub sms_template: Option<String>,
    #[config(env = "SIGNPOST_NOTIFY__EMAIL_TEMPLATE")]
    pub email_template: Option<String>,
    /// The bearer token that Notify sends with its receipts.
    #[config(env = "SIGNPOST_NOTIFY__RECEIPT_TOKEN")]
    pub receipt_token: Option<String>,
    /// How many messages a minute this process hands over, texts and emails together;
    /// 0 for as many as can be. Notify takes 3,000 for one key.
    #[config(default = 3000, env = "SIGNPOST_NOTIFY__PER_MINUTE")]
    pub per_minute: u32,
}

impl std::fmt::Debug for Notify {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notify").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Notifications in browsers. Without `operator.email`, and without https in
/// `base_url`, messages are captured: push services want to know who sends.
#[derive(Debug, Clone, confique::Config)]
pub struct Push {
    /// The domains that browsers may have their messages sent to.
    #[config(
        default = ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"],
        env = "SIGNPOST_PUSH__SERVICES"
    )]
    pub services: List,
}

/// Reads `name=value name=value`.
fn pairs(text: &str) -> Result<BTreeMap<String, String>, ConfigError> {
    let wrong = || ConfigError("write it like update=HX… code=HX…".into());
    text.split([' ', ','])
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned())).ok_or_else(wrong))
        .collect()
}

/// Twilio's Messages API.
#[derive(Clone, confique::Config)]
pub struct Twilio {
    #[config(default = "https://api.twilio.com", env = "SIGNPOST_SMS__TWILIO__BASE_URL")]
    pub base_url: String,
    #[config(env = "SIGNPOST_SMS__TWILIO__ACCOUNT_SID")]
    pub account_sid: Option<String>,
    #[config(env = "SIGNPOST_SMS__TWILIO__AUTH_TOKEN")]
    pub auth_token: Option<String>,
    /// A number in E.164, a messaging service (`MG…`), or a sender name.
    #[config(env = "SIGNPOST_SMS__TWILIO__FROM")]
    pub from: Option<String>,
    /// How many text messages a second the sender takes from this process; 0 for as many
    /// as can be. Twilio's limit depends on the kind of number.
    #[config(default = 0.0, env = "SIGNPOST_SMS__TWILIO__PER_SECOND")]
    pub per_second: f64,
}

impl std::fmt::Debug for Twilio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Twilio").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Config {
    /// Whom push services may turn to, as RFC 8292, 2.1, has it; `None` when
    /// there is nobody.
    pub fn push_subject(&self) -> Option<String> {
        let email = self.operator.email.as_ref().map(|email| format!("mailto:{email}"));
        email.or_else(|| Some(self.base_url()).filter(|url| url.starts_with("https://")))
    }

    /// Whether what a channel needs is there. The values themselves are checked
    /// by the channels.
    pub(super) fn check_channels(&self) -> Result<(), String> {
        let providers = &self.sms.provider.0;
        if let Some(other) = providers.iter().find(|p| !["twilio", "notify", "capture"].contains(&p.as_str()))
        {
            return Err(format!("sms.provider is \"{other}\". Use twilio, notify or capture."));
        }
        let names = |name: &str| providers.iter().any(|p| p == name);
        if names("capture") && providers.len() > 1 {
            return Err("sms.provider has capture and others. Use capture alone, or leave it out.".into());
        }
        let relays = self.email.url.iter().flat_map(|list| &list.0);
        let by_notify = relays.clone().any(|url| url == "notify");
        if relays.clone().any(|url| url != "notify") && self.email.from.is_none() {
            return Err("email.url is set. Set email.from too: the address that messages come from.".into());
        }
        let t = &self.sms.twilio;
        if names("twilio") && (t.account_sid.is_none() || t.auth_token.is_none() || t.from.is_none()) {
            return Err("sms.provider is twilio. Set sms.twilio.account_sid, sms.twilio.auth_token and \
                 sms.twilio.from."
                .into());
        }
        if self.whatsapp.from.is_some() && (t.account_sid.is_none() || t.auth_token.is_none()) {
            return Err(
                "whatsapp.from is set. Set sms.twilio.account_sid and sms.twilio.auth_token too.".into()
            );
        }
        if (names("notify") || by_notify) && self.notify.api_key.is_none() {
            return Err("GOV.UK Notify is to be used. Set notify.api_key.".into());
        }
        if let Some(email) = self.operator.email.as_ref().filter(|e| lettre::Address::from_str(e).is_err()) {
            return Err(format!("operator.email is \"{email}\". Use an address such as it@example.nhs.uk."));
        }
        let count = |list: &Option<List>| list.as_ref().map_or(0, |l| l.0.len());
        let (selectors, keys) = (count(&self.email.dkim.selector), count(&self.email.dkim.key_file));
        if self.email.dkim.domain.is_some() && (selectors == 0 || selectors != keys) {
            return Err("email.dkim.domain is set. Set email.dkim.selector and email.dkim.key_file too, \
                 as many of one as of the other."
                .into());
        }
        Ok(())
    }
}
