//! The shapes of answers, and how the description says that calls carry a token.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, ToSchema};
use uuid::Uuid;

use crate::domain::subscriber::Channel;
use crate::store::audit::Logged;

/// Says that every call carries a token.
pub struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        openapi.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// What was said, and to how many.
#[derive(Serialize, ToSchema)]
pub struct Posted {
    /// The incident, or the planned work; left out where there is neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// `published`, or `awaiting_approval`.
    pub publication: &'static str,
    /// `sending`, or `awaiting_approval`: very many people are told only when a
    /// second person agrees, although the page says it already.
    pub messages: &'static str,
    pub update: UpdateId,
    pub reach: Reach,
}

#[derive(Serialize, ToSchema)]
pub struct UpdateId {
    pub id: Uuid,
}

/// How many are reached.
#[derive(Serialize, ToSchema)]
pub struct Reach {
    pub organisations: usize,
    /// People and accounts, by channel; every channel is named.
    pub recipients: BTreeMap<&'static str, usize>,
}

impl From<&crate::desk::telling::Reach> for Reach {
    fn from(reach: &crate::desk::telling::Reach) -> Self {
        Self {
            organisations: reach.organisations.len(),
            recipients: Channel::ALL
                .iter()
                .map(|c| (c.as_str(), reach.recipients.get(c).copied().unwrap_or(0)))
                .collect(),
        }
    }
}

/// An account was stored.
#[derive(Serialize, ToSchema)]
pub struct Saved {
    pub organisation: String,
    pub channel: String,
    pub id: Uuid,
    /// The signing secret of a new webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Accounts {
    pub accounts: Vec<Account>,
}

/// An account, without its secrets.
#[derive(Serialize, ToSchema)]
pub struct Account {
    pub id: Uuid,
    pub channel: String,
    /// Tells several on one channel apart.
    pub name: String,
    /// Where it posts, such as a host.
    pub place: String,
    /// `on`, `failing` or `stopped`.
    pub state: &'static str,
    pub worked_at: Option<String>,
    /// The last trouble, while nothing has worked since.
    pub trouble: Option<String>,
    pub trouble_at: Option<String>,
    pub stopped_at: Option<String>,
}

/// What a check found.
#[derive(Serialize, ToSchema)]
pub struct Checked {
    pub works: bool,
    pub detail: String,
}

#[derive(Serialize, ToSchema)]
pub struct Secret {
    pub secret: String,
}

#[derive(Serialize, ToSchema)]
pub struct Contacts {
    pub contacts: Vec<Contact>,
}

/// A contact point of staff on duty.
#[derive(Serialize, ToSchema)]
pub struct Contact {
    pub id: Uuid,
    /// `email` or `sms`.
    pub channel: String,
    /// Masked.
    pub contact: String,
    pub label: String,
    pub takes_messages: bool,
}

/// How far the asking about an incident has come.
#[derive(Serialize, ToSchema)]
pub struct Asking {
    pub answered: usize,
    /// Codes of those who have not answered.
    pub silent: Vec<String>,
    /// How often they were asked.
    pub asked: i32,
    /// When the silent are asked again, if they are.
    pub next_at: Option<String>,
    pub stopped_at: Option<String>,
}

/// A page of the log.
#[derive(Serialize, ToSchema)]
pub struct LogPage {
    /// The newest first.
    pub entries: Vec<Logged>,
    /// Where the next page begins; `null` on the last.
    pub next: Option<i64>,
}
