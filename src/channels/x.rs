//! Posts on X, by API v2 (<https://docs.x.com/x-api/posts/create-post>), signed
//! as OAuth 1.0a has it for a user.
//!
//! X refuses the same text twice. So an unclear attempt is made again, and a
//! refusal as a duplicate says that the first one had arrived.

mod oauth;

use serde::{Deserialize, Serialize};

use super::PAUSE_LONG;
use super::guard::{Guarded, Place};
use super::http::{self, Answer};
use crate::domain::account::XAccount;
use crate::domain::channel::Channel;
use crate::domain::delivery::{Outcome, Outgoing};

const WHO: &str = "X";

#[derive(Serialize)]
struct Post<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<Reply<'a>>,
}

#[derive(Serialize)]
struct Reply<'a> {
    in_reply_to_tweet_id: &'a str,
}

#[derive(Deserialize)]
struct Posted {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    id: String,
}

/// Problem details (RFC 7807).
#[derive(Deserialize, Default)]
#[serde(default)]
struct Problem {
    title: String,
    detail: String,
}

pub(super) async fn send(web: &Guarded, out: &Outgoing, account: &XAccount) -> Outcome {
    let place = match web.place(&account.base_url) {
        Ok(place) => place.join(&["2", "tweets"]),
        Err(reason) => return Outcome::Pause { reason, after: PAUSE_LONG },
    };
    let text = out.message.text_for(Channel::X);
    let reply = out.thread.as_ref().map(|t| Reply { in_reply_to_tweet_id: &t.parent });
    let in_thread = reply.is_some();
    let outcome = post(web, &place, out, account, &Post { text: &text, reply }).await;
    match outcome {
        // The post before may have been deleted.
        Outcome::Never { .. } if in_thread => {
            post(web, &place, out, account, &Post { text: &text, reply: None }).await
        }
        outcome => outcome,
    }
}

async fn post(web: &Guarded, place: &Place, out: &Outgoing, account: &XAccount, post: &Post<'_>) -> Outcome {
    let nonce = format!("{}{}{}", out.delivery.simple(), out.attempt, u8::from(post.reply.is_some()));
    let authorization = oauth::header(account, "POST", place.as_str(), &nonce, out.at.timestamp());
    let request = web.post(place).header("authorization", authorization).json(post);
    http::attempt(request, |answer| judge(answer, out.maybe_sent)).await
}

/// Asks who the account is.
pub(super) async fn check(
    web: &Guarded,
    account: &XAccount,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<String, String> {
    let place = web.place(&account.base_url)?.join(&["2", "users", "me"]);
    let nonce = format!("check{}", now.timestamp_micros());
    let authorization = oauth::header(account, "GET", place.as_str(), &nonce, now.timestamp());
    let answer = http::question(web.get(&place).header("authorization", authorization)).await?;
    match answer.status {
        200 => Ok("X accepts the keys. Nothing was posted.".into()),
        401 | 403 => Err(format!("X does not accept the keys ({}). Enter them again.", answer.status)),
        status => Err(format!("X answered with an error ({status}).")),
    }
}

fn judge(answer: &Answer, maybe_sent: bool) -> Outcome {
    if answer.is_success() {
        return match answer.json::<Posted>() {
            Some(posted) => Outcome::Accepted { reference: posted.data.id },
            None => Outcome::Unclear { reason: format!("{WHO}'s answer could not be read.") },
        };
    }
    let problem = answer.json::<Problem>().unwrap_or_default();
    let says = |word: &str| format!("{} {}", problem.title, problem.detail).to_lowercase().contains(word);
    match answer.status {
        403 if says("duplicate") && maybe_sent => Outcome::Accepted { reference: String::new() },
        403 if says("duplicate") => {
            Outcome::Never { reason: format!("{WHO} has a post with the same words already.") }
        }
        400 | 403 if says("reply to a") || says("in_reply_to_tweet_id") => {
            Outcome::Never { reason: format!("{WHO} no longer has the post before.") }
        }
        _ => http::common(WHO, answer).unwrap_or_else(|| Outcome::Never {
            reason: format!("{WHO} refused the post ({}).", answer.status),
        }),
    }
}

#[cfg(test)]
mod tests;
