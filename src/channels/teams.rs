//! Microsoft Teams, by a workflow that takes a webhook request and posts an
//! Adaptive Card (the old connectors are retired).
//!
//! 202 says that the flow has the card, not that anybody saw it. There is no id
//! and nobody to ask, so an unclear message may arrive twice, as email may.

use serde_json::{Value, json};

use super::guard::Guarded;
use super::http::{self, Answer};
use crate::domain::account::Hook;
use crate::domain::delivery::{AddressFault, Outcome, Outgoing};
use crate::domain::message::{Message, fit};

const WHO: &str = "Microsoft Teams";
/// Below the 28 kB that Teams takes.
const MAX_BYTES: usize = 24_000;
const HEADING_MAX: usize = 200;

pub(super) async fn send(web: &Guarded, out: &Outgoing, hook: &Hook) -> Outcome {
    let request = |place| web.post(&place).json(&message(&out.message));
    web.attempt(&hook.url, request, |answer| judge(answer, out)).await
}

/// A workflow runs for whatever is posted to it, so only its server is asked.
pub(super) async fn check(web: &Guarded, hook: &Hook) -> Result<String, String> {
    let answer = http::question(web.get(&web.place(&hook.url)?)).await?;
    match answer.status {
        410 => Err(GONE.into()),
        // It knows the workflow, and that it wants a POST.
        _ => Ok("The server answers. Teams shows with the next update whether the workflow posts it.".into()),
    }
}

const GONE: &str = "The Teams workflow is gone or turned off. Make a new one and enter its address.";

/// The envelope that the workflow's template expects, with one card.
fn message(message: &Message) -> Value {
    let mut paragraphs = message.paragraphs.clone();
    loop {
        let out = json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": card(message, &paragraphs),
            }],
        });
        if out.to_string().len() <= MAX_BYTES || paragraphs.pop().is_none() {
            return out;
        }
    }
}

/// Text blocks read Markdown; runs of text do not, so nothing in a text is a
/// mark, a link or a mention.
fn card(message: &Message, paragraphs: &[String]) -> Value {
    let run = |text: &str, more: Value| {
        let mut inline = json!({"type": "TextRun", "text": text});
        if let (Some(inline), Value::Object(more)) = (inline.as_object_mut(), more) {
            inline.extend(more);
        }
        json!({"type": "RichTextBlock", "inlines": [inline]})
    };
    let heading = fit(&message.heading(), HEADING_MAX, |t| t.chars().count());
    let mut body = vec![run(&heading, json!({"size": "large", "weight": "bolder"}))];
    body.push(run(&message.headline, json!({"weight": "bolder"})));
    body.extend(paragraphs.iter().map(|p| run(p, json!({}))));
    let title = message.words().get("full-information");
    json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": message.lang,
        "fallbackText": message.subject,
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": title, "url": message.page_url}],
        "msteams": {"width": "Full"},
    })
}

fn judge(answer: &Answer, out: &Outgoing) -> Outcome {
    let is_off = answer.text().contains("NotEnabled") || answer.text().contains("WorkflowNotFound");
    match answer.status {
        200..300 => Outcome::Accepted { reference: out.delivery.to_string() },
        404 | 410 => Outcome::Gone { reason: GONE.into(), fault: AddressFault::Dead },
        400..500 if is_off => Outcome::Gone { reason: GONE.into(), fault: AddressFault::Dead },
        _ => http::common(WHO, answer).unwrap_or_else(|| Outcome::Never {
            reason: format!("{WHO} refused the message ({}).", answer.status),
        }),
    }
}

#[cfg(test)]
mod tests;
