//! Webhooks to an organisation's own endpoints, signed as Standard Webhooks
//! 1.0.0 has it
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).
//!
//! Receivers drop what they have by `webhook-id`, which is the same for the
//! same words, on every attempt and on a replay, so sending again is always harmless.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use sha2::Sha256;

use super::PAUSE_LONG;
use super::guard::Guarded;
use super::http::{self, Answer};
use crate::domain::account::Endpoint;
use crate::domain::delivery::{AddressFault, Outcome, Outgoing};

pub(super) async fn send(web: &Guarded, out: &Outgoing, endpoint: &Endpoint) -> Outcome {
    let id = format!("msg_{}", super::id(out).replace('-', ""));
    let facts = out.message.facts.clone().unwrap_or_else(|| plain(out));
    match request(web, endpoint, &id, &facts, out.at) {
        Ok(request) => http::attempt(request, |answer| judge(answer, &id)).await,
        Err(reason) => Outcome::Pause { reason, after: PAUSE_LONG },
    }
}

/// Sends a signed message that says that it is a check and tells of nothing.
pub(super) async fn check(web: &Guarded, endpoint: &Endpoint, now: DateTime<Utc>) -> Result<String, String> {
    let id = format!("msg_check_{}", now.timestamp_micros());
    let facts = json!({"type": "check", "timestamp": now.to_rfc3339(), "data": {}});
    let answer = http::question(request(web, endpoint, &id, &facts, now)?).await?;
    match answer.is_success() {
        true => Ok("The endpoint took a signed message of the type check.".into()),
        false => Err(why(answer.status)),
    }
}

/// What is said where no facts were kept.
fn plain(out: &Outgoing) -> Value {
    let m = &out.message;
    json!({
        "type": "update",
        "timestamp": out.made_at.to_rfc3339(),
        "data": {"organisation": m.organisation, "headline": m.headline, "paragraphs": m.paragraphs, "page": m.page_url},
    })
}

fn request(
    web: &Guarded,
    endpoint: &Endpoint,
    id: &str,
    facts: &Value,
    now: DateTime<Utc>,
) -> Result<RequestBuilder, String> {
    let body = facts.to_string();
    let timestamp = now.timestamp();
    let signed: Option<Vec<String>> =
        endpoint.secrets(now).map(|secret| sign(secret, id, timestamp, &body)).collect();
    let signed = signed.ok_or("The webhook's secret cannot be read. Make a new one.")?;
    let request = web.post(&web.place(&endpoint.url)?);
    Ok(request
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signed.join(" "))
        .body(body))
}

/// `v1,` and the HMAC-SHA256 of id, time in seconds and body, in base64.
fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

fn judge(answer: &Answer, id: &str) -> Outcome {
    let reason = why(answer.status);
    match answer.status {
        200..300 => Outcome::Accepted { reference: id.to_owned() },
        410 => Outcome::Gone { reason, fault: AddressFault::Dead },
        // It may have taken the message and failed over it.
        500.. if answer.asks_to_wait().is_none() => Outcome::Unclear { reason },
        // Whatever else is wrong there may be put right, so the message waits.
        _ => Outcome::Later { reason, after: answer.asks_to_wait() },
    }
}

fn why(status: u16) -> String {
    match status {
        410 => "The endpoint says that it is gone (410).".into(),
        300..400 => format!("The endpoint sends us elsewhere ({status}), which is not followed."),
        429 => "The endpoint asks us to slow down.".into(),
        _ => format!("The endpoint answered {status}, not 200."),
    }
}

#[cfg(test)]
mod tests;
