//! Notifications in a browser: Web Push (RFC 8030), encrypted for it alone
//! (RFC 8291) and signed with the server's own key (VAPID, RFC 8292).
//!
//! `Topic` and the notification's tag are the incident: a newer one replaces an
//! older one, on the way and on the screen, so sending again is harmless.

mod seal;
mod vapid;

use serde_json::json;

use super::guard::Guarded;
use super::http::{self, Answer, Failure};
use super::{ChannelError, PAUSE_LONG, PAUSE_SHORT};
use crate::domain::delivery::{Outcome, Outgoing};
use crate::domain::message::fit;
use crate::domain::push::Subscription;

const WHO: &str = "The push service";
/// Below the 3,993 bytes that fit into one record.
const MAX_BODY: usize = 1000;

/// The key that push services know this installation by.
#[derive(Clone)]
pub struct PushSettings {
    /// A secret of P-256, 32 bytes.
    pub key: [u8; 32],
    /// Whom a push service may turn to: `mailto:…` or `https://…`.
    pub subject: String,
}

pub(super) struct Push {
    web: Guarded,
    key: vapid::Key,
    subject: String,
}

impl Push {
    pub(super) fn new(settings: &PushSettings, web: Guarded) -> Result<Self, ChannelError> {
        let key = vapid::Key::new(&settings.key)
            .ok_or_else(|| ChannelError("The key for push messages cannot be used.".into()))?;
        Ok(Self { web, key, subject: settings.subject.clone() })
    }

    /// What browsers subscribe with: the public key, in base64 for addresses.
    pub(super) fn public_key(&self) -> String {
        self.key.public()
    }

    pub(super) async fn send(&self, out: &Outgoing, to: &Subscription) -> Outcome {
        // A subscription that cannot be used will never work.
        let Ok(place) = self.web.place(&to.endpoint) else {
            return Outcome::Gone { reason: "The push address cannot be used.".into() };
        };
        let Some(body) = seal::seal(to, payload(out).as_bytes()) else {
            return Outcome::Gone { reason: "The browser's keys cannot be used.".into() };
        };
        let Some(token) = self.key.token(place.as_str(), &self.subject, out.at) else {
            return Outcome::Pause {
                reason: "The key for push messages cannot be used.".into(),
                after: PAUSE_LONG,
            };
        };
        let mut request = self
            .web
            .post(&place)
            .header("content-encoding", "aes128gcm")
            .header("content-type", "application/octet-stream")
            .header("ttl", out.valid_for.as_secs().to_string())
            .header("urgency", "high")
            .header("authorization", format!("vapid t={token}, k={}", self.key.public()));
        if let Some(about) = out.about {
            // 32 characters are allowed, and a UUID has 32 digits.
            request = request.header("topic", about.simple().to_string());
        }
        match http::ask(request.body(body)).await {
            Ok(answer) => judge(&answer, out),
            // One push service says nothing about the others.
            Err(Failure::NotSent(reason)) => Outcome::Later { reason, after: Some(PAUSE_SHORT) },
            Err(Failure::Lost(reason)) => Outcome::Unclear { reason },
        }
    }
}

/// What the service worker shows.
fn payload(out: &Outgoing) -> String {
    let body = fit(&out.message.headline, MAX_BODY, str::len);
    let tag = out.about.unwrap_or(out.delivery);
    let title = fit(&out.message.organisation, MAX_BODY, str::len);
    json!({"title": title, "body": body, "url": out.message.page_url, "tag": tag, "lang": out.message.lang})
        .to_string()
}

fn judge(answer: &Answer, out: &Outgoing) -> Outcome {
    let status = answer.status;
    match status {
        200..300 => Outcome::Accepted { reference: out.delivery.to_string() },
        // Only these end a subscription; 401 is our own key's or clock's fault.
        404 | 410 => Outcome::Gone { reason: "The browser no longer takes notifications.".into() },
        401 | 403 => Outcome::Pause {
            reason: format!("{WHO} does not accept our key ({status}). Check the clock of this machine."),
            after: PAUSE_LONG,
        },
        429 => Outcome::Later {
            reason: format!("{WHO} asks us to slow down."),
            after: Some(answer.wait(PAUSE_SHORT)),
        },
        500.. => Outcome::Unclear { reason: format!("{WHO} answered with an error ({status}).") },
        _ => Outcome::Never { reason: format!("{WHO} refused the message ({status}).") },
    }
}

#[cfg(test)]
mod tests;
