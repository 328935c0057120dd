//! OAuth 1.0a (RFC 5849), as far as JSON bodies need it: the body is not
//! signed, and addresses have no query.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::domain::account::XAccount;

/// The `Authorization` header of one request. `nonce` is new for each, `time`
/// in seconds since 1970.
pub(super) fn header(account: &XAccount, method: &str, url: &str, nonce: &str, time: i64) -> String {
    let time = time.to_string();
    // In the order that signing wants.
    let mut parameters = vec![
        ("oauth_consumer_key", account.consumer_key.as_str()),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &time),
        ("oauth_token", &account.access_token),
        ("oauth_version", "1.0"),
    ];
    let joined: Vec<String> = parameters.iter().map(|(k, v)| format!("{k}={}", escaped(v))).collect();
    let base = format!("{method}&{}&{}", escaped(url), escaped(&joined.join("&")));
    let key = format!("{}&{}", escaped(&account.consumer_secret), escaped(&account.access_token_secret));
    let signature = sign(key.as_bytes(), base.as_bytes());
    parameters.insert(2, ("oauth_signature", &signature));
    let shown: Vec<String> = parameters.iter().map(|(k, v)| format!("{k}=\"{}\"", escaped(v))).collect();
    format!("OAuth {}", shown.join(", "))
}

fn sign(key: &[u8], text: &[u8]) -> String {
    // HMAC takes keys of any length (RFC 2104), so this does not fail.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else { return String::new() };
    mac.update(text);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Everything but letters, digits and `-._~` (RFC 5849, section 3.6).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The study's vector, made by PyPI `requests-oauthlib`.
    #[test]
    fn signs_as_another_library_does() {
        let account = XAccount {
            base_url: "https://api.x.com".into(),
            consumer_key: "ck".into(),
            consumer_secret: "cs".into(),
            access_token: "tk".into(),
            access_token_secret: "ts".into(),
        };
        let header = header(&account, "POST", "https://api.x.com/2/tweets", "nonce123", 1_700_000_000);
        assert!(header.contains("oauth_signature=\"jdVEgQplnRwJ%2F1HHzCOpLD33nik%3D\""), "{header}");
        assert_eq!(escaped("a b~é/"), "a%20b~%C3%A9%2F");
    }
}
