//! Discord, by a webhook
//! (<https://docs.discord.com/developers/resources/webhook#execute-webhook>).
//!
//! It gives an id but cannot be asked without it, so an unclear message may
//! arrive twice, as email may.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::guard::{Guarded, Place};
use super::http::{self, Answer};
use crate::domain::account::Hook;
use crate::domain::channel::Channel;
use crate::domain::delivery::{AddressFault, Outcome, Outgoing};
use crate::domain::message::{Message, fit};

const WHO: &str = "Discord";
/// The longest `content`, in characters.
const MAX: usize = 2000;
const GONE: &str = "Discord no longer has this webhook. Make a new one and enter it.";

#[derive(Deserialize)]
struct Posted {
    id: String,
}

#[derive(Deserialize)]
struct Slow {
    /// Seconds, possibly fractional.
    retry_after: f64,
}

pub(super) async fn send(web: &Guarded, out: &Outgoing, hook: &Hook) -> Outcome {
    // With `wait` the answer comes when the message is there, with its id.
    let request = |place: Place| web.post(&place.query(&[("wait", "true")])).json(&message(&out.message));
    web.attempt(&hook.url, request, judge).await
}

/// Reading a webhook posts nothing.
pub(super) async fn check(web: &Guarded, hook: &Hook) -> Result<String, String> {
    let answer = http::question(web.get(&web.place(&hook.url)?)).await?;
    match answer.status {
        200 => Ok("The webhook is there. Nothing was posted.".into()),
        401 | 404 => Err(GONE.into()),
        status => Err(format!("Discord answered with an error ({status}).")),
    }
}

/// Nothing in a text is a mark, and nobody is ever notified by a mention.
fn message(message: &Message) -> Value {
    let text = message.text_for(Channel::Discord);
    let link = format!("\n{}", message.page_url);
    let body = text.trim_end().strip_suffix(&message.page_url).unwrap_or(&text).trim_end();
    let room = MAX.saturating_sub(link.chars().count());
    let body = escaped(&fit(body, room, |t| escaped(t).chars().count()));
    json!({"content": format!("{body}{link}"), "allowed_mentions": {"parse": []}})
}

/// A backslash takes the meaning from each character of Discord's Markdown and
/// of mentions.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\*_~`|>#[]()<@:-+".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn judge(answer: &Answer) -> Outcome {
    match answer.status {
        200 => match answer.json::<Posted>() {
            Some(posted) => Outcome::Accepted { reference: posted.id },
            None => Outcome::Unclear { reason: format!("{WHO}'s answer could not be read.") },
        },
        201..300 => Outcome::Accepted { reference: String::new() },
        401 | 404 | 410 => Outcome::Gone { reason: GONE.into(), fault: AddressFault::Dead },
        429 => {
            let said = answer.json::<Slow>().map(|s| s.retry_after).filter(|s| s.is_finite() && *s >= 0.0);
            let said = said.map(|s| Duration::from_secs_f64(s.min(900.0)));
            let after = answer.wait(said.unwrap_or(Duration::from_secs(60)));
            Outcome::Pause { reason: format!("{WHO} asks us to slow down."), after }
        }
        _ => http::common(WHO, answer).unwrap_or_else(|| Outcome::Never {
            reason: format!("{WHO} refused the message ({}).", answer.status),
        }),
    }
}

#[cfg(test)]
mod tests;
