//! What Signpost knows and decides, with no clock, no database and no network.
//!
//! Everything here is a plain value or a pure function of plain values. The
//! same nouns return in `store`, `desk`, `page` and `web`.

pub mod account;
pub mod approval;
pub mod bank_holidays;
pub mod call;
pub mod cascade;
pub mod centre;
pub mod channel;
pub mod cost;
pub mod decision;
pub mod delivery;
pub mod facts;
pub mod headline;
pub mod help;
pub mod hours;
pub mod incident;
pub mod line;
mod line_states;
pub mod message;
pub mod network;
pub mod org;
pub mod planned;
pub mod planned_words;
pub mod preset;
pub mod push;
pub mod recovery;
pub mod recurrence;
pub mod report;
pub mod returned;
pub mod rhythm;
pub mod sms;
pub mod standing;
pub mod statement;
pub mod subscriber;
pub mod system;
pub mod time;
pub mod uptime;
pub mod user;
mod weight;
pub mod word;
pub mod written;

/// One mistake in what somebody sent, beside the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    /// JSON pointer to the field, such as `/lines/attend` (RFC 6901).
    pub pointer: String,
    /// What is wrong and what to do, in one plain sentence.
    pub detail: String,
}

impl FieldError {
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// An id that is always the same for the same words: a UUID of version 8 (RFC
/// 9562, own content) from their SHA-256.
pub fn derived_id(words: &[&str]) -> uuid::Uuid {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(format!("signpost/{}", words.join("/")));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
