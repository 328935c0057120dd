//! Accounts that organisations bring: what each channel asks for, where a
//! person gets it, and what may be shown of it afterwards.

mod guide;
mod health;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use super::FieldError;
use super::channel::Channel;
use super::network::{Allowed, PRIVATE};

pub use self::guide::{Field, Guide, Kind};
pub use self::health::Health;

/// An account, with its secrets. Stored sealed, as JSON.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Account {
    Mastodon(MastodonAccount),
    Bluesky(BlueskyAccount),
    X(XAccount),
    Facebook(FacebookAccount),
    Slack(Hook),
    Teams(Hook),
    Discord(Hook),
    Webhook(Endpoint),
}

/// An organisation's account on a Mastodon server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MastodonAccount {
    /// Such as `https://mastodon.example`.
    pub base_url: String,
    /// An access token with the scope `write:statuses` (and `read:accounts`
    /// and `read:statuses` for looking up).
    pub access_token: String,
}

/// An organisation's account on a Bluesky server (an AT Protocol PDS).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlueskyAccount {
    /// The personal data server, such as `https://bsky.social`.
    pub service: String,
    /// Handle or DID.
    pub identifier: String,
    /// An app password, never the account's own.
    pub app_password: String,
}

/// An organisation's account on X, with the keys of an app of its own (OAuth
/// 1.0a, user context).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct XAccount {
    pub base_url: String,
    pub consumer_key: String,
    pub consumer_secret: String,
    pub access_token: String,
    pub access_token_secret: String,
}

/// An organisation's page on Facebook.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacebookAccount {
    pub base_url: String,
    /// Digits.
    pub page_id: String,
    /// A page token with the permission `pages_manage_posts`.
    pub access_token: String,
}

/// An incoming webhook of Slack, Teams or Discord. Who knows it may post.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    pub url: String,
}

/// An endpoint of the organisation's own, for signed webhooks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    pub url: String,
    /// `whsec_` and 32 random bytes in base64 (Standard Webhooks).
    pub secret: String,
    /// The secrets before, the newest first, while the receiver may still know only
    /// one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub old: Vec<OldSecret>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldSecret {
    pub secret: String,
    pub until: DateTime<Utc>,
}

/// There was one at most, once.
fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<OldSecret>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        One(OldSecret),
        Many(Vec<OldSecret>),
    }
    Ok(match Kept::deserialize(from)? {
        Kept::One(old) => vec![old],
        Kept::Many(all) => all,
    })
}

impl Endpoint {
    /// How long a secret signs on after a change.
    pub const OVERLAP: chrono::Duration = chrono::Duration::hours(24);

    /// The secrets that sign at a time, the newest first.
    pub fn secrets(&self, now: DateTime<Utc>) -> impl Iterator<Item = &str> {
        let old = self.old.iter().filter(move |o| now < o.until).map(|o| o.secret.as_str());
        std::iter::once(self.secret.as_str()).chain(old)
    }

    /// Puts a new secret in place.
    pub fn rotate(&mut self, secret: String, now: DateTime<Utc>) {
        let secret = std::mem::replace(&mut self.secret, secret);
        self.old.retain(|old| now < old.until);
        self.old.insert(0, OldSecret { secret, until: now + Self::OVERLAP });
    }
}

/// What was entered, checked.
pub struct Entered {
    /// Tells several accounts on one channel apart; else empty.
    pub name: String,
    pub fields: BTreeMap<&'static str, String>,
}

/// The longest value, in bytes; tokens and addresses are far shorter.
const MAX_VALUE: usize = 4000;
/// The longest name of an account, in characters.
const MAX_NAME: usize = 60;

/// Reads what somebody entered for a channel: an object of texts.
///
/// # Errors
/// Each mistake beside its field.
pub fn read(guide: &Guide, body: &Value, allowed: &Allowed) -> Result<Entered, Vec<FieldError>> {
    let empty = serde_json::Map::new();
    let given = body.as_object().unwrap_or(&empty);
    let mut errors = Vec::new();
    for key in given.keys() {
        let known = guide.fields.iter().any(|f| f.name == key) || (guide.several && key == "name");
        if !known {
            errors.push(FieldError::new(format!("/{key}"), "This field is not known here."));
        }
    }
    let text = |name: &str| match given.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.trim().to_owned()),
        Some(_) => Err(FieldError::new(format!("/{name}"), "Enter text here.")),
    };
    let mut fields = BTreeMap::new();
    for field in guide.fields {
        let value = match text(field.name) {
            Ok(value) => value,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        let value = if value.is_empty() { field.usual.unwrap_or_default().to_owned() } else { value };
        if let Err(detail) = fault(field, &value, allowed) {
            errors.push(FieldError::new(format!("/{}", field.name), detail));
        }
        fields.insert(field.name, value);
    }
    let name = text("name").unwrap_or_else(|error| {
        errors.push(error);
        String::new()
    });
    if name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        errors.push(FieldError::new("/name", "Use a name of at most 60 letters."));
    }
    if errors.is_empty() { Ok(Entered { name, fields }) } else { Err(errors) }
}

fn fault(field: &Field, value: &str, allowed: &Allowed) -> Result<(), &'static str> {
    if value.is_empty() || value.len() > MAX_VALUE {
        return Err(field.enter);
    }
    match field.kind {
        Kind::Server => match allowed.read(value) {
            Ok(url) if url.query().is_none() => Ok(()),
            Err(PRIVATE) => Err(PRIVATE),
            _ => Err(field.enter),
        },
        Kind::SecretAddress => allowed.read(value).map(|_| ()),
        // A header holds no control characters, and no name does.
        Kind::Plain | Kind::Secret if value.chars().any(char::is_control) => Err(field.enter),
        Kind::Plain | Kind::Secret => Ok(()),
    }
}

impl Account {
    /// From its stored form.
    pub fn parse(channel: Channel, stored: Value) -> serde_json::Result<Option<Self>> {
        use serde_json::from_value as read;
        Ok(Some(match channel {
            Channel::Mastodon => Self::Mastodon(read(stored)?),
            Channel::Bluesky => Self::Bluesky(read(stored)?),
            Channel::X => Self::X(read(stored)?),
            Channel::Facebook => Self::Facebook(read(stored)?),
            Channel::Slack => Self::Slack(read(stored)?),
            Channel::Teams => Self::Teams(read(stored)?),
            Channel::Discord => Self::Discord(read(stored)?),
            Channel::Webhook => Self::Webhook(read(stored)?),
            _ => return Ok(None),
        }))
    }

    pub fn channel(&self) -> Channel {
        match self {
            Self::Mastodon(_) => Channel::Mastodon,
            Self::Bluesky(_) => Channel::Bluesky,
            Self::X(_) => Channel::X,
            Self::Facebook(_) => Channel::Facebook,
            Self::Slack(_) => Channel::Slack,
            Self::Teams(_) => Channel::Teams,
            Self::Discord(_) => Channel::Discord,
            Self::Webhook(_) => Channel::Webhook,
        }
    }

    /// Where it posts, in a few words; never a secret.
    pub fn place(&self) -> String {
        match self {
            Self::Mastodon(a) => host(&a.base_url),
            Self::Bluesky(a) => format!("{} on {}", a.identifier, host(&a.service)),
            Self::X(a) => host(&a.base_url),
            Self::Facebook(a) => format!("page {}", a.page_id),
            // The path is the secret.
            Self::Slack(a) | Self::Teams(a) | Self::Discord(a) => host(&a.url),
            Self::Webhook(a) => host(&a.url),
        }
    }
}

fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_becomes_an_account_and_back() {
        let allowed = Allowed::default();
        let guide = Channel::Bluesky.guide().unwrap();
        let body = serde_json::json!({"identifier": " a.example ", "app_password": "secret"});
        let entered = read(&guide, &body, &allowed).unwrap_or_else(|e| panic!("{e:?}"));
        let stored = serde_json::to_value(&entered.fields).unwrap();
        let account = Account::parse(Channel::Bluesky, stored.clone()).unwrap().unwrap();
        assert_eq!(account.place(), "a.example on bsky.social");
        assert_eq!(serde_json::to_value(&account).unwrap(), stored);
        for (body, pointers) in [
            (serde_json::json!([]), vec!["/identifier", "/app_password"]),
            (
                serde_json::json!({"identifier": 1, "app_password": "a\nb"}),
                vec!["/identifier", "/app_password"],
            ),
            (
                serde_json::json!({"identifier": "a", "app_password": "b", "name": "n", "service": "https://10.0.0.1"}),
                vec!["/name", "/service"],
            ),
        ] {
            let errors = read(&guide, &body, &allowed).err().unwrap();
            assert_eq!(errors.iter().map(|e| e.pointer.as_str()).collect::<Vec<_>>(), pointers, "{body}");
        }
    }
}
