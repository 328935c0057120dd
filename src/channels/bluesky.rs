//! Posts on Bluesky: records in the organisation's own repository, on any AT
//! Protocol server (PDS).
//!
//! A record is *put* under a key that is made from the delivery, so a second
//! attempt writes the same record over itself: nothing is posted twice, and an
//! unclear attempt is simply made again.

mod record;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex as Turn;

use self::record::Post;
use super::guard::{Guarded, Place};
use super::http::{self, Answer, Failure};
use super::{PAUSE_LONG, PAUSE_SHORT};
use crate::domain::account::BlueskyAccount;
use crate::domain::delivery::{Outcome, Outgoing};

const WHO: &str = "The Bluesky server";

pub struct Bluesky {
    web: Guarded,
    /// By account and password. One sign-in at a time for each: servers allow
    /// 30 in five minutes.
    sessions: Mutex<HashMap<String, Arc<Turn<Option<Session>>>>>,
}

/// Tokens last two hours (access) and about 90 days (refresh).
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    did: String,
    access_jwt: String,
    refresh_jwt: String,
}

#[derive(Serialize)]
struct SignIn<'a> {
    identifier: &'a str,
    password: &'a str,
}

#[derive(Serialize)]
struct PutRecord<'a> {
    repo: &'a str,
    collection: &'static str,
    rkey: String,
    record: &'a Post,
}

#[derive(Deserialize)]
struct Written {
    uri: String,
    cid: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl Bluesky {
    pub(super) fn new(web: Guarded) -> Self {
        Self { web, sessions: Mutex::default() }
    }

    pub(super) async fn send(&self, out: &Outgoing, account: &BlueskyAccount) -> Outcome {
        let base = match self.web.place(&account.service) {
            Ok(base) => base,
            Err(reason) => return Outcome::Pause { reason, after: PAUSE_LONG },
        };
        let post = Post::new(out);
        let mut session = match self.session(&base, account, None).await {
            Ok(session) => session,
            Err(outcome) => return outcome,
        };
        let mut answer = match self.put(&base, &session, out, &post).await {
            Ok(answer) => answer,
            Err(outcome) => return outcome,
        };
        if has_ended(&answer) {
            session = match self.session(&base, account, Some(&session)).await {
                Ok(session) => session,
                Err(outcome) => return outcome,
            };
            answer = match self.put(&base, &session, out, &post).await {
                Ok(answer) => answer,
                Err(outcome) => return outcome,
            };
        }
        judge(&answer)
    }

    /// Signs in, or uses the session that is there.
    pub(super) async fn check(&self, account: &BlueskyAccount) -> Result<String, String> {
        let base = self.web.place(&account.service)?;
        match self.session(&base, account, None).await {
            Ok(session) => Ok(format!("Signed in as {}. Nothing was posted.", session.did)),
            Err(
                Outcome::Pause { reason, .. } | Outcome::Unclear { reason } | Outcome::Later { reason, .. },
            ) => Err(reason),
            Err(_) => Err(format!("{WHO} does not let us in.")),
        }
    }

    async fn put(
        &self,
        base: &Place,
        session: &Session,
        out: &Outgoing,
        post: &Post,
    ) -> Result<Answer, Outcome> {
        let body = PutRecord {
            repo: &session.did,
            collection: record::COLLECTION,
            rkey: record::key(out.made_at, out.delivery),
            record: post,
        };
        let request = self.web.post(&call(base, "com.atproto.repo.putRecord"));
        match http::ask(request.bearer_auth(&session.access_jwt).json(&body)).await {
            Ok(answer) => Ok(answer),
            Err(Failure::NotSent(reason)) => Err(Outcome::Pause { reason, after: PAUSE_SHORT }),
            Err(Failure::Lost(reason)) => Err(Outcome::Unclear { reason }),
        }
    }

    /// The account's session: the kept one unless it is `ended`, else one that
    /// is refreshed, else a new sign-in.
    async fn session(
        &self,
        base: &Place,
        account: &BlueskyAccount,
        ended: Option<&Session>,
    ) -> Result<Session, Outcome> {
        let secret = http::fingerprint(&account.app_password);
        let key = format!("{} {} {secret}", base.as_str(), account.identifier);
        let slot = {
            let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
            sessions.entry(key).or_default().clone()
        };
        let mut kept = slot.lock().await;
        if let Some(session) = kept.as_ref() {
            // Somebody else may have renewed it while we waited for our turn.
            if ended.is_none_or(|ended| ended.access_jwt != session.access_jwt) {
                return Ok(session.clone());
            }
        }
        let refreshed = match kept.take() {
            Some(old) => self.refresh(base, &old).await,
            None => None,
        };
        let session = match refreshed {
            Some(session) => session,
            None => self.sign_in(base, account).await?,
        };
        *kept = Some(session.clone());
        Ok(session)
    }

    async fn refresh(&self, base: &Place, old: &Session) -> Option<Session> {
        let request = self.web.post(&call(base, "com.atproto.server.refreshSession"));
        let answer = http::ask(request.bearer_auth(&old.refresh_jwt)).await.ok()?;
        if answer.is_success() { answer.json() } else { None }
    }

    /// Nothing that goes wrong here is unclear: no post has left yet.
    async fn sign_in(&self, base: &Place, account: &BlueskyAccount) -> Result<Session, Outcome> {
        let body = SignIn { identifier: &account.identifier, password: &account.app_password };
        let request = self.web.post(&call(base, "com.atproto.server.createSession")).json(&body);
        let pause = |reason: String| Outcome::Pause { reason, after: PAUSE_SHORT };
        let answer = http::ask(request).await.map_err(|failure| match failure {
            Failure::NotSent(reason) | Failure::Lost(reason) => pause(reason),
        })?;
        if answer.is_success() {
            return answer.json().ok_or_else(|| pause(format!("{WHO}'s answer could not be read.")));
        }
        Err(match http::common(WHO, &answer) {
            Some(Outcome::Unclear { reason }) => pause(reason),
            Some(outcome) => outcome,
            None => Outcome::Pause {
                reason: format!(
                    "{WHO} does not accept the sign-in details ({}). Enter them again.",
                    answer.status
                ),
                after: PAUSE_LONG,
            },
        })
    }
}

fn call(base: &Place, method: &str) -> Place {
    base.join(&["xrpc", method])
}

/// Whether the server wants a newer token. It says 400, not 401.
fn has_ended(answer: &Answer) -> bool {
    let error = answer.json::<Refusal>().map(|r| r.error);
    !answer.is_success() && matches!(error.as_deref(), Some("ExpiredToken" | "InvalidToken"))
}

fn judge(answer: &Answer) -> Outcome {
    if answer.is_success() {
        return match answer.json::<Written>() {
            // A reply names both.
            Some(written) => Outcome::Accepted { reference: format!("{} {}", written.uri, written.cid) },
            None => Outcome::Unclear { reason: format!("{WHO}'s answer could not be read.") },
        };
    }
    if has_ended(answer) {
        let reason = format!("{WHO} does not accept its own token.");
        return Outcome::Pause { reason, after: PAUSE_SHORT };
    }
    http::common(WHO, answer)
        .unwrap_or_else(|| Outcome::Never { reason: format!("{WHO} refused the post ({}).", answer.status) })
}

#[cfg(test)]
mod tests {
    use super::super::http::tests::answer;
    use super::super::tests::named;
    use super::*;

    #[test]
    fn each_answer_has_its_meaning() {
        let kind = |status, headers: &[(&str, &str)], body| named(&judge(&answer(status, headers, body)));
        let date = ("date", "Fri, 19 Jul 2024 08:00:00 GMT");
        assert_eq!(
            kind(200, &[], r#"{"uri":"at://did:plc:x/app.bsky.feed.post/1","cid":"b"}"#),
            "accepted at://did:plc:x/app.bsky.feed.post/1 b"
        );
        assert_eq!(kind(200, &[], "{}"), "unclear");
        assert_eq!(kind(400, &[], r#"{"error":"InvalidRequest","message":"m"}"#), "never");
        assert_eq!(kind(400, &[], r#"{"error":"ExpiredToken","message":"m"}"#), "pause 30");
        assert_eq!(kind(401, &[], r#"{"error":"AuthMissing"}"#), "pause 900");
        assert_eq!(kind(429, &[date, ("ratelimit-reset", "1721376075")], ""), "pause 75");
        assert_eq!(kind(500, &[], r#"{"error":"InternalServerError"}"#), "unclear");
    }
}
