//! Who sends (RFC 8292): a token signed for each push service.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use url::Url;

/// Half of the 24 hours that a token may live, so that clocks may differ.
const LIFE: chrono::Duration = chrono::Duration::hours(12);

pub(super) struct Key {
    signing: SigningKey,
    public: String,
}

impl Key {
    pub(super) fn new(secret: &[u8; 32]) -> Option<Self> {
        let secret = SecretKey::from_slice(secret).ok()?;
        let public = BASE64.encode(secret.public_key().to_sec1_bytes());
        Some(Self { signing: SigningKey::from(secret), public })
    }

    pub(super) fn public(&self) -> String {
        self.public.clone()
    }

    /// A token for the push service that `endpoint` is at.
    pub(super) fn token(&self, endpoint: &str, subject: &str, now: DateTime<Utc>) -> Option<String> {
        let audience = Url::parse(endpoint).ok()?.origin().ascii_serialization();
        let claims = json!({"aud": audience, "exp": (now + LIFE).timestamp(), "sub": subject});
        let head = BASE64.encode(json!({"typ": "JWT", "alg": "ES256"}).to_string());
        let signed = format!("{head}.{}", BASE64.encode(claims.to_string()));
        let signature: Signature = self.signing.sign(signed.as_bytes());
        Some(format!("{signed}.{}", BASE64.encode(signature.to_bytes())))
    }
}
