//! A browser that asked for notifications, as the Push API gives it
//! (<https://www.w3.org/TR/push-api/>), and the push services that may be asked
//! to reach one.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use url::Url;

use super::network::Allowed;

/// More than any push service uses, in bytes.
const MAX_ENDPOINT: usize = 2048;

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
        let key: [u8; 65] = read(&self.p256dh)?.try_into().ok()?;
        // 4 marks a point that is not compressed (SEC 1, 2.3.3).
        (key[0] == 4).then_some((key, read(&self.auth)?.try_into().ok()?))
    }

    /// The push service; empty when the endpoint is no address.
    pub fn host(&self) -> String {
        let url = Url::parse(&self.endpoint).ok();
        url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Whether a message may go there and could be read there.
    pub fn is_usable(&self, services: &Services, allowed: &Allowed) -> bool {
        self.endpoint.len() <= MAX_ENDPOINT
            && self.keys().is_some()
            && allowed.read(&self.endpoint).is_ok()
            && services.include(&self.host())
    }
}

/// The domains of push services. Anybody may claim to be a browser, so messages
/// go only where browsers are: otherwise people could have us write to
/// strangers' servers, as often as they like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Services(Vec<String>);

/// Chrome and most others, Firefox, Safari, Edge.
pub const USUAL: [&str; 4] =
    ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"];

impl Default for Services {
    fn default() -> Self {
        Self::new(USUAL)
    }
}

impl fmt::Display for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl Services {
    pub fn new<T: AsRef<str>>(domains: impl IntoIterator<Item = T>) -> Self {
        Self(domains.into_iter().map(|d| d.as_ref().to_ascii_lowercase()).collect())
    }

    /// Whether a host is one of the domains, or below one.
    pub fn include(&self, host: &str) -> bool {
        let below = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
        self.0.iter().any(|domain| host == domain || below(domain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8291, section 5.
    fn subscription(endpoint: &str) -> Subscription {
        Subscription {
            endpoint: endpoint.into(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .into(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
        }
    }

    fn usable(s: &Subscription) -> bool {
        s.is_usable(&Services::default(), &Allowed::default())
    }

    #[test]
    fn messages_go_only_where_browsers_are() {
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
            "https://web.push.apple.com/abc",
            "https://wns2-par02p.notify.windows.com/w/?token=abc",
        ] {
            assert!(usable(&subscription(good)), "{good}");
        }
        for bad in [
            "",
            "fcm.googleapis.com/x",
            "http://fcm.googleapis.com/x",
            "https://user:pass@fcm.googleapis.com/x",
            "https://fcm.googleapis.com.example.org/x",
            "https://evilfcm.googleapis.com/x",
            "https://example.org/?fcm.googleapis.com",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            &format!("https://fcm.googleapis.com/{}", "x".repeat(MAX_ENDPOINT)),
        ] {
            assert!(!usable(&subscription(bad)), "{bad}");
        }
    }

    #[test]
    fn keys_have_their_shape() {
        let good = subscription("https://web.push.apple.com/abc");
        let padded = Subscription { auth: format!("{}==", good.auth), ..good.clone() };
        assert!(usable(&good) && padded.keys() == good.keys());
        for (p256dh, auth) in [
            ("", good.auth.as_str()),
            ("BCVx", &good.auth),
            (&good.p256dh.replacen('B', "A", 1), &good.auth),
            (&good.p256dh, ""),
            (&good.p256dh, "BTBZ"),
            (&good.p256dh, "not base64 at all !!!"),
        ] {
            let bad = Subscription { p256dh: p256dh.into(), auth: auth.into(), ..good.clone() };
            assert!(!usable(&bad), "{p256dh} {auth}");
        }
    }
}
