//! Posts on a Facebook page, by the Graph API
//! (<https://developers.facebook.com/docs/graph-api/reference/page/feed>).
//!
//! An unclear post is looked for among the page's newest; Facebook also refuses
//! the same text twice.

use std::time::Duration;

use serde::Deserialize;

use super::guard::{Guarded, Place};
use super::http::{self, Answer};
use super::{PAUSE_LONG, PAUSE_SHORT};
use crate::domain::account::FacebookAccount;
use crate::domain::channel::Channel;
use crate::domain::delivery::{LookUp, Outcome, Outgoing};

const WHO: &str = "Facebook";
/// The newest that Facebook’s own library speaks.
const VERSION: &str = "v26.0";
/// How far Facebook's clock and ours may be apart, in seconds.
const SKEW: i64 = 60;

#[derive(Deserialize)]
struct Posted {
    id: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: Error,
}

#[derive(Deserialize)]
struct Error {
    code: i64,
    #[serde(default)]
    is_transient: bool,
}

#[derive(Deserialize)]
struct Feed {
    data: Vec<Post>,
}

#[derive(Deserialize)]
struct Post {
    id: String,
    #[serde(default)]
    message: String,
    /// Seconds since 1970 (`date_format=U`).
    created_time: i64,
}

pub(super) async fn send(web: &Guarded, out: &Outgoing, account: &FacebookAccount) -> Outcome {
    let request = |place: Place| {
        web.post(&place.join(&[VERSION, &account.page_id, "feed"])).form(&fields(out, account))
    };
    web.attempt(&account.base_url, request, |answer| judge(answer, out)).await
}

/// The parameters of `POST /{page-id}/feed`.
pub(super) fn fields(out: &Outgoing, account: &FacebookAccount) -> [(&'static str, String); 4] {
    [
        ("message", out.message.text_for(Channel::Facebook)),
        ("link", out.message.page_url.clone()),
        ("published", "true".into()),
        ("access_token", account.access_token.clone()),
    ]
}

pub(super) async fn look_up(web: &Guarded, out: &Outgoing, account: &FacebookAccount) -> LookUp {
    let place = match web.place(&account.base_url) {
        Ok(place) => place.join(&[VERSION, &account.page_id, "feed"]),
        Err(reason) => return LookUp::Down { reason },
    };
    let place = place.query(&[("fields", "id,message,created_time"), ("date_format", "U"), ("limit", "50")]);
    let answer = match http::question(web.get(&place).bearer_auth(&account.access_token)).await {
        Ok(answer) => answer,
        Err(reason) => return LookUp::Down { reason },
    };
    match (answer.is_success(), answer.json::<Feed>()) {
        (true, Some(feed)) => find(&feed, out),
        // It may post but not read; the same text is refused a second time.
        _ if answer.json::<Refusal>().is_some_and(|r| matches!(r.error.code, 10 | 200..=299)) => {
            LookUp::Repeatable
        }
        _ => LookUp::Down { reason: format!("{WHO} answered with an error ({}).", answer.status) },
    }
}

fn find(feed: &Feed, out: &Outgoing) -> LookUp {
    let wanted = out.message.text_for(Channel::Facebook);
    let same =
        |p: &&Post| p.created_time >= out.made_at.timestamp() - SKEW && p.message.trim() == wanted.trim();
    match feed.data.iter().find(same) {
        Some(post) => LookUp::Found { reference: post.id.clone() },
        None => LookUp::NotFound,
    }
}

/// Reads the page's name, which its own token may.
pub(super) async fn check(web: &Guarded, account: &FacebookAccount) -> Result<String, String> {
    let place = web.place(&account.base_url)?.join(&[VERSION, &account.page_id]);
    let request = web.get(&place.query(&[("fields", "id")])).bearer_auth(&account.access_token);
    let answer = http::question(request).await?;
    match (answer.is_success(), answer.json::<Refusal>()) {
        (true, _) => Ok("Facebook accepts the token. Nothing was posted.".into()),
        (false, Some(Refusal { error: Error { code: 190, .. } })) => Err(TOKEN.into()),
        (false, Some(refusal)) => Err(format!("Facebook refused the token (error {}).", refusal.error.code)),
        (false, None) => Err(format!("Facebook answered with an error ({}).", answer.status)),
    }
}

const TOKEN: &str = "Facebook no longer accepts the page’s token. Make a new one and enter it.";

/// By the error codes of the Graph API, which say more than the status.
fn judge(answer: &Answer, out: &Outgoing) -> Outcome {
    if answer.is_success() {
        return match answer.json::<Posted>() {
            Some(posted) => Outcome::Accepted { reference: posted.id },
            None => Outcome::Unclear { reason: format!("{WHO}'s answer could not be read.") },
        };
    }
    let Some(Refusal { error }) = answer.json::<Refusal>() else {
        return http::common(WHO, answer).unwrap_or_else(|| Outcome::Never {
            reason: format!("{WHO} refused the post ({}).", answer.status),
        });
    };
    let code = error.code;
    let pause = |reason: &str, after| Outcome::Pause { reason: reason.into(), after };
    match code {
        // The same words twice: an attempt whose answer was lost had arrived.
        506 if out.maybe_sent => Outcome::Accepted { reference: String::new() },
        506 => Outcome::Never { reason: format!("{WHO} has a post with the same words already (506).") },
        190 | 102 | 463 | 467 => pause(TOKEN, PAUSE_LONG),
        3 | 10 | 200..=299 => {
            pause("The token may not post on this Facebook page. Make one that may.", PAUSE_LONG)
        }
        4 | 17 | 32 | 341 | 613 | 80001 => {
            pause("Facebook asks us to slow down.", answer.wait(Duration::from_secs(300)))
        }
        368 => pause("Facebook has blocked posts from this page for a while. Look at the page.", PAUSE_LONG),
        1 | 2 => Outcome::Unclear { reason: format!("{WHO} had a fault of its own (error {code}).") },
        _ if error.is_transient => pause("Facebook is busy.", PAUSE_SHORT),
        _ => Outcome::Never { reason: format!("{WHO} refused the post (error {code}).") },
    }
}

#[cfg(test)]
mod tests;
