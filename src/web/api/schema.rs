//! The shapes of answers, and how the description says that calls carry a token.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, ToSchema};
use uuid::Uuid;

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
    pub id: Uuid,
    /// `published`, or `awaiting_approval`.
    pub publication: &'static str,
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
    /// People and accounts, by channel.
    pub recipients: BTreeMap<&'static str, usize>,
}

impl From<&crate::desk::telling::Reach> for Reach {
    fn from(reach: &crate::desk::telling::Reach) -> Self {
        Self {
            organisations: reach.organisations.len(),
            recipients: reach.recipients.iter().map(|(c, n)| (c.as_str(), *n)).collect(),
        }
    }
}
