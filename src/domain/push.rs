//! A browser that asked for notifications, as the Push API gives it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Where the browser's push service takes messages for it. A secret: who
    /// knows it may bother it.
    pub endpoint: String,
    /// Its public key on P-256, uncompressed, in base64 for addresses.
    pub p256dh: String,
    /// 16 bytes, likewise.
    pub auth: String,
}

impl Subscription {
    /// Key and secret; `None` when they are not shaped like that.
    pub fn keys(&self) -> Option<([u8; 65], [u8; 16])> {
        let read = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        Some((read(&self.p256dh)?.try_into().ok()?, read(&self.auth)?.try_into().ok()?))
    }
}
