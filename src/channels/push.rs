//! Notifications in a browser: Web Push (RFC 8030), encrypted for it alone
//! (RFC 8291) and signed with the server's own key (VAPID, RFC 8292).
//!
//! `Topic` and the notification's tag are the incident at a place: a newer one replaces an
//! older one in the same name, at the push service and on the screen. So a message that is sent
//! again replaces itself, and repeating is harmless.

mod seal;
mod vapid;

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::RequestBuilder;
use serde_json::json;

use super::domains::{DomainSeat, Domains};
use super::guard::Guarded;
use super::http::{self, Answer, Failure};
use super::{ChannelError, PAUSE_LONG, PAUSE_SHORT, PushSettings};
use crate::domain::channel::Channel;
use crate::domain::delivery::{AddressFault, Outcome, Outgoing};
use crate::domain::message::fit;
use crate::domain::push::{Services, Subscription};

const WHO: &str = "The push service";
/// In bytes. With the notice and the links far below the 3,993 that fit into
/// one record.
const MAX_TITLE: usize = 500;

pub(super) struct Push {
    web: Guarded,
    key: vapid::Key,
    subject: String,
    services: Services,
    /// How each push service fares: one says nothing about the others.
    hosts: Arc<Domains>,
}

impl Push {
    pub(super) fn new(settings: &PushSettings, web: Guarded) -> Result<Self, ChannelError> {
        let key = vapid::Key::new(&settings.key)
            .ok_or_else(|| ChannelError("The key for push messages cannot be used.".into()))?;
        Ok(Self {
            web,
            key,
            subject: settings.subject.clone(),
            services: settings.services.clone(),
            hosts: Arc::default(),
        })
    }

    /// Whether a message to this browser may leave now; else after how long it
    /// should try again.
    pub(super) fn admit(
        &self,
        to: &Subscription,
        presses: bool,
        now: Instant,
    ) -> Result<DomainSeat, Duration> {
        self.hosts.admit(&to.host(), Channel::Push.about().window, presses, now)
    }

    pub(super) async fn send(&self, out: &Outgoing, to: &Subscription) -> Outcome {
        let request = match self.request(out, to) {
            Ok(request) => request,
            Err(outcome) => return outcome,
        };
        let began = Instant::now();
        let outcome = match http::ask(request).await {
            Ok(answer) => judge(&answer, out),
            Err(Failure::NotSent(reason)) => Outcome::Later { reason, after: Some(PAUSE_SHORT) },
            Err(Failure::Lost(reason)) => Outcome::Unclear { reason },
        };
        self.hosts.note(&to.host(), began.elapsed(), &outcome, Instant::now());
        outcome
    }

    fn request(&self, out: &Outgoing, to: &Subscription) -> Result<RequestBuilder, Outcome> {
        if !self.services.include(&to.host()) {
            return Err(Outcome::Never { reason: "Its push service is not among push.services.".into() });
        }
        let never = |what: &str| {
            let reason = format!("{what} cannot be used.");
            Outcome::Gone { reason, fault: AddressFault::Dead }
        };
        let place = self.web.place(&to.endpoint).map_err(|_| never("The push address"))?;
        let token = self.key.token(place.as_str(), &self.subject, out.at);
        let token = token.ok_or_else(|| never("The push address"))?;
        let body = seal::seal(to, payload(out).as_bytes()).ok_or_else(|| never("The browser's keys"))?;
        let request = self
            .web
            .post(&place)
            .header("content-encoding", "aes128gcm")
            .header("content-type", "application/octet-stream")
            .header("ttl", out.valid_for.as_secs().to_string())
            .header("urgency", if out.is_urgent { "high" } else { "normal" })
            .header("authorization", format!("vapid t={token}, k={}", self.key.public()));
        // 32 characters are allowed, and a UUID has 32 digits.
        let request = match out.about {
            Some(about) => request.header("topic", about.simple().to_string()),
            None => request,
        };
        Ok(request.body(body))
    }
}

/// What the service worker shows (`assets/push-worker.js`).
fn payload(out: &Outgoing) -> String {
    let (message, w) = (&out.message, out.message.words());
    let manage = out.leave_url.as_ref().map(|url| json!({"url": url, "title": w.get("change-or-stop")}));
    json!({
        "title": fit(&message.organisation, MAX_TITLE, str::len),
        "body": message.notice(),
        "url": message.page_url,
        "tag": out.about.unwrap_or(out.delivery),
        "lang": message.lang,
        "dir": w.locale.dir(),
        "manage": manage,
    })
    .to_string()
}

fn judge(answer: &Answer, out: &Outgoing) -> Outcome {
    let status = answer.status;
    let error = || format!("{WHO} answered with an error ({status}).");
    match status {
        200..300 => Outcome::Accepted { reference: out.delivery.to_string() },
        // Only these end a subscription (RFC 8030, 7.3): else a wrong clock of
        // ours, which is 401, would end all of them.
        404 | 410 => Outcome::Gone {
            reason: "The browser no longer takes notifications.".into(),
            fault: AddressFault::Dead,
        },
        401 | 403 => Outcome::Later {
            reason: format!("{WHO} does not accept our key ({status}). Check the clock of this machine."),
            after: Some(PAUSE_LONG),
        },
        413 => Outcome::Never { reason: format!("{WHO} says that the message is too long (413).") },
        429 => Outcome::Later {
            reason: format!("{WHO} asks us to slow down."),
            after: Some(answer.wait(PAUSE_SHORT)),
        },
        // It wants us back, so it has not taken the message.
        500.. if answer.asks_to_wait().is_some() => {
            Outcome::Later { reason: error(), after: answer.asks_to_wait() }
        }
        408 | 500.. => Outcome::Unclear { reason: error() },
        _ => Outcome::Never { reason: format!("{WHO} refused the message ({status}).") },
    }
}

#[cfg(test)]
mod tests;
