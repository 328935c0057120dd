//! Slack, by an incoming webhook
//! (<https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>).
//!
//! Slack gives no id and cannot be asked, so an unclear message may be sent
//! again and arrive twice, as email may.

use serde_json::{Value, json};

use super::PAUSE_LONG;
use super::guard::Guarded;
use super::http::{self, Answer};
use crate::domain::account::Hook;
use crate::domain::delivery::{AddressFault, Outcome, Outgoing};
use crate::domain::message::{Message, fit};

const WHO: &str = "Slack";
/// Limits of Block Kit, in characters, after escaping.
const HEADER_MAX: usize = 150;
const SECTION_MAX: usize = 3000;
/// Fewer than the 50 blocks that a message may have.
const MOST_SECTIONS: usize = 40;

pub(super) async fn send(web: &Guarded, out: &Outgoing, hook: &Hook) -> Outcome {
    let request = |place| web.post(&place).json(&message(&out.message));
    web.attempt(&hook.url, request, |answer| judge(answer, out)).await
}

/// Slack tells a live webhook from a dead one before it reads the message, and
/// posts nothing for one without text.
pub(super) async fn check(web: &Guarded, hook: &Hook) -> Result<String, String> {
    let answer = http::question(web.post(&web.place(&hook.url)?).json(&json!({}))).await?;
    match (answer.status, answer.text().as_str()) {
        (400, "no_text" | "invalid_payload" | "missing_text_or_fallback_or_attachments") => {
            Ok("The webhook is there. Nothing was posted.".into())
        }
        (status, word) => Err(why(status, word)),
    }
}

/// The message in blocks. Plain text throughout, so that nothing in it is a
/// mention, a link or a mark; the one link is ours.
fn message(message: &Message) -> Value {
    let plain = |text: &str, max| json!({"type": "plain_text", "text": escaped(text, max), "emoji": false});
    let section = |text: &String| json!({"type": "section", "text": plain(text, SECTION_MAX)});
    let more = message.words().with("full-information-at", &[("url", (&message.page_url).into())]);
    let mut blocks = vec![json!({"type": "header", "text": plain(&message.heading(), HEADER_MAX)})];
    blocks.push(section(&message.headline));
    blocks.extend(message.paragraphs.iter().take(MOST_SECTIONS).map(section));
    let link = format!("<{}>", escaped(&message.page_url, SECTION_MAX));
    let shown = escaped(&more, SECTION_MAX).replace(&escaped(&message.page_url, SECTION_MAX), &link);
    blocks
        .push(json!({"type": "context", "elements": [{"type": "mrkdwn", "text": shown, "verbatim": true}]}));
    json!({
        // For notifications, and for readers of screens.
        "text": escaped(&format!("{} {}", message.subject, message.page_url), SECTION_MAX),
        "blocks": blocks,
        "unfurl_links": false,
    })
}

/// `&`, `<` and `>` stand for themselves no longer, so that no text can hold
/// `<!channel>` or `<@U…>`. At most `max` characters.
fn escaped(text: &str, max: usize) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escape(&fit(text, max, |t| escape(t).chars().count()))
}

fn judge(answer: &Answer, out: &Outgoing) -> Outcome {
    let word = answer.text();
    let reason = why(answer.status, &word);
    match (answer.status, word.as_str()) {
        // Slack's own word; that of a workflow comes as JSON. Whatever else answers kindly
        // in its place took nothing that anybody knows of.
        (200..300, "ok") => Outcome::Accepted { reference: out.delivery.to_string() },
        (200..300, _) if is_workflow_ok(answer) => Outcome::Accepted { reference: out.delivery.to_string() },
        (200..300, _) => Outcome::Unclear { reason: "Slack's answer could not be read.".into() },
        (_, "action_prohibited" | "posting_to_general_channel_denied") => {
            Outcome::Pause { reason, after: PAUSE_LONG }
        }
        (_, "rollup_error") => Outcome::Later { reason, after: None },
        (401 | 403 | 404 | 410, _) | (400, "user_not_found") => {
            Outcome::Gone { reason, fault: AddressFault::Dead }
        }
        _ => http::common(WHO, answer).unwrap_or(Outcome::Never { reason }),
    }
}

fn is_workflow_ok(answer: &Answer) -> bool {
    answer.json::<Value>().is_some_and(|said| said["ok"] == true)
}

/// What Slack's word means for whoever owns the webhook.
fn why(status: u16, word: &str) -> String {
    match word {
        "no_service" | "no_service_id" | "invalid_token" | "no_active_hooks" | "no_team"
        | "team_disabled" => "Slack no longer has this webhook. Make a new one and enter it.".into(),
        "channel_not_found" | "channel_is_archived" | "user_not_found" => {
            "The Slack channel is gone or archived. Make a webhook for another one and enter it.".into()
        }
        "action_prohibited" | "posting_to_general_channel_denied" => {
            "A Slack administrator does not allow posts there. Ask them, or choose another channel.".into()
        }
        "rollup_error" => "Slack could not post the message. It will be tried again.".into(),
        _ if status == 404 || status == 410 => {
            format!("Slack no longer has this webhook ({status}). Make a new one and enter it.")
        }
        _ => format!("Slack refused the message ({status})."),
    }
}

#[cfg(test)]
mod tests;
