//! Posts on Mastodon, and on servers that speak its API (GoToSocial, Pleroma).
//!
//! `Idempotency-Key` makes a repeat harmless for about an hour, on servers that
//! honour it. GoToSocial does not, so an unclear post is looked up all the same.
//! Scopes that a token needs: `write:statuses`, and for looking up
//! `read:accounts` and `read:statuses`.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::guard::{Guarded, Place};
use super::http::{self, Answer, Failure};
use super::{PAUSE_LONG, PAUSE_SHORT};
use crate::domain::account::MastodonAccount;
use crate::domain::channel::{Channel, Limit, Text};
use crate::domain::delivery::{LookUp, Outcome, Outgoing};

const WHO: &str = "The Mastodon server";
/// How far the server's clock and ours may be apart.
const CLOCK_SKEW: chrono::Duration = chrono::Duration::minutes(1);

/// How long a server's limits are taken as known.
const LIMITS_LIFE: Duration = Duration::from_secs(3600);

pub struct Mastodon {
    web: Guarded,
    /// By server. What it could not say counts as its stock limits for a while.
    limits: Mutex<HashMap<String, (Instant, Limit)>>,
}

#[derive(Serialize)]
struct NewStatus<'a> {
    status: String,
    /// Always said: GoToSocial's own default is `unlisted`.
    visibility: &'static str,
    /// ISO 639-1.
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_reply_to_id: Option<&'a str>,
}

#[derive(Deserialize)]
struct Instance {
    configuration: Configuration,
}

#[derive(Deserialize)]
struct Configuration {
    statuses: Statuses,
}

#[derive(Deserialize)]
struct Statuses {
    max_characters: usize,
    characters_reserved_per_url: Option<usize>,
}

#[derive(Deserialize)]
struct Own {
    username: String,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    created_at: DateTime<Utc>,
    /// HTML.
    content: String,
}

impl Mastodon {
    pub(super) fn new(web: Guarded) -> Self {
        Self { web, limits: Mutex::default() }
    }

    /// An update goes below the one before, so that an incident is one thread.
    pub(super) async fn send(&self, out: &Outgoing, account: &MastodonAccount) -> Outcome {
        let base = match self.web.place(&account.base_url) {
            Ok(base) => base,
            Err(reason) => return Outcome::Pause { reason, after: PAUSE_LONG },
        };
        let status = NewStatus {
            status: out.message.post_within(&self.limits(&base).await),
            visibility: "public",
            language: out.message.lang.split('-').next().unwrap_or("en"),
            in_reply_to_id: out.thread.as_ref().map(|t| t.parent.as_str()),
        };
        let alone = NewStatus { status: status.status.clone(), in_reply_to_id: None, ..status };
        match self.post(&base, out, account, &status).await {
            // The post before may have been deleted; 404 says that nothing was made.
            Ok(answer) if answer.status == 404 && status.in_reply_to_id.is_some() => {
                self.post(&base, out, account, &alone).await.map_or_else(|o| o, |a| judge(&a))
            }
            Ok(answer) => judge(&answer),
            Err(outcome) => outcome,
        }
    }

    async fn post(
        &self,
        base: &Place,
        out: &Outgoing,
        account: &MastodonAccount,
        status: &NewStatus<'_>,
    ) -> Result<Answer, Outcome> {
        let request =
            self.web.post(&base.join(&["api", "v1", "statuses"])).bearer_auth(&account.access_token);
        let request = request.header("Idempotency-Key", super::id(out)).json(status);
        http::ask(request).await.map_err(|failure| match failure {
            Failure::NotSent(reason) => Outcome::Pause { reason, after: PAUSE_SHORT },
            Failure::Lost(reason) => Outcome::Unclear { reason },
        })
    }

    /// How long a post may be there.
    async fn limits(&self, base: &Place) -> Limit {
        let known = self.limits.lock().unwrap_or_else(PoisonError::into_inner).get(base.as_str()).copied();
        if let Some((_, limit)) = known.filter(|(at, _)| at.elapsed() < LIMITS_LIFE) {
            return limit;
        }
        let mut limit = stock();
        let request = self.web.get(&base.join(&["api", "v2", "instance"])).timeout(Duration::from_secs(5));
        let said = http::question(request).await.ok().and_then(|answer| answer.json::<Instance>());
        if let Some(Instance { configuration: Configuration { statuses } }) = said {
            limit.max = statuses.max_characters.max(100);
            limit.link = statuses.characters_reserved_per_url.or(limit.link);
        }
        let mut all = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(base.as_str().to_owned(), (Instant::now(), limit));
        limit
    }

    /// Asks who the account is.
    pub(super) async fn check(&self, account: &MastodonAccount) -> Result<String, String> {
        let own = self.web.place(&account.base_url)?.join(&["api", "v1", "accounts", "verify_credentials"]);
        let answer = http::question(self.web.get(&own).bearer_auth(&account.access_token)).await?;
        match (answer.status, answer.json::<Own>()) {
            (200, Some(own)) => Ok(format!("Signed in as @{}. Nothing was posted.", own.username)),
            (401 | 403, _) => {
                Err(format!("{WHO} does not accept the token ({}). Enter it again.", answer.status))
            }
            (status, _) => Err(format!("{WHO} did not answer as one ({status}). Check its address.")),
        }
    }

    /// Reads the account's own newest posts and looks for the same words, made
    /// when the delivery was or later.
    pub(super) async fn look_up(&self, out: &Outgoing, account: &MastodonAccount) -> LookUp {
        let base = match self.web.place(&account.base_url) {
            Ok(base) => base,
            Err(reason) => return LookUp::Down { reason },
        };
        let own = base.join(&["api", "v1", "accounts", "verify_credentials"]);
        let own: Created = match self.read(own, account).await {
            Ok(own) => own,
            Err(found) => return found,
        };
        let list = base.join(&["api", "v1", "accounts", &own.id, "statuses"]);
        let list = list.query(&[("limit", "40"), ("exclude_reblogs", "true")]);
        match self.read::<Vec<Status>>(list, account).await {
            Ok(statuses) => find(&statuses, out, &[self.limits(&base).await, stock()]),
            Err(found) => found,
        }
    }

    async fn read<T: serde::de::DeserializeOwned>(
        &self,
        place: Place,
        account: &MastodonAccount,
    ) -> Result<T, LookUp> {
        match http::ask(self.web.get(&place).bearer_auth(&account.access_token)).await {
            Ok(answer) if answer.is_success() => answer.json().ok_or_else(|| LookUp::Down {
                reason: "The Mastodon server's answer could not be read.".into(),
            }),
            // The token may post but not read.
            Ok(answer) if answer.status == 403 => Err(LookUp::Impossible),
            Ok(answer) => Err(LookUp::Down {
                reason: format!("The Mastodon server answered with an error ({}).", answer.status),
            }),
            Err(Failure::NotSent(reason) | Failure::Lost(reason)) => Err(LookUp::Down { reason }),
        }
    }
}

fn judge(answer: &Answer) -> Outcome {
    if answer.is_success() {
        return match answer.json::<Created>() {
            Some(created) => Outcome::Accepted { reference: created.id },
            None => Outcome::Unclear { reason: format!("{WHO}'s answer could not be read.") },
        };
    }
    http::common(WHO, answer)
        .unwrap_or_else(|| Outcome::Never { reason: format!("{WHO} refused the post ({}).", answer.status) })
}

/// What Mastodon comes with.
fn stock() -> Limit {
    match Channel::Mastodon.about().text {
        Text::Post(limit) => limit,
        Text::Letter | Text::Short | Text::Notice | Text::Event => {
            Limit { max: 500, link: Some(23), count: |t| t.chars().count() }
        }
    }
}

/// The newest status that says what this message says, cut to one of these
/// limits. Compared by letters and digits only: servers change spaces, quotes
/// and line ends. The whole text counts, because two updates of one incident
/// often begin alike.
fn find(statuses: &[Status], out: &Outgoing, limits: &[Limit]) -> LookUp {
    let wanted: Vec<String> = limits.iter().map(|l| letters(&out.message.post_within(l))).collect();
    let earliest = out.made_at - CLOCK_SKEW;
    let same = |status: &&Status| {
        status.created_at >= earliest && wanted.contains(&letters(&plain(&status.content)))
    };
    match statuses.iter().find(same) {
        Some(status) => LookUp::Found { reference: status.id.clone() },
        None => LookUp::NotFound,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text of a status: without its tags, with its entities read. Enough for
/// the HTML that these servers make (paragraphs, line breaks, links whose
/// hidden parts are still text); it is compared, never shown.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (end, text) = match rest.as_bytes().first() {
            Some(b'<') => (rest.find('>').map(|end| end + 1), Some(String::from(" "))),
            _ => {
                let end = rest.find(';').filter(|end| *end <= 10);
                (end.map(|end| end + 1), end.and_then(|end| entity(&rest[1..end])))
            }
        };
        match (end, text) {
            (Some(end), Some(text)) => {
                out.push_str(&text);
                rest = &rest[end..];
            }
            _ => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').and_then(|digits| {
        let hex = digits.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        char::from_u32(code?).map(String::from)
    });
    number.or_else(|| {
        let text = match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            "nbsp" => " ",
            _ => return None,
        };
        Some(text.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::http::tests::answer;
    use super::super::tests::outgoing;
    use super::*;
    use crate::domain::account::Account;
    use crate::domain::delivery::Address;

    fn account() -> Address {
        let base_url = "https://social.example".into();
        Address::Account(Account::Mastodon(MastodonAccount { base_url, access_token: "secret".into() }))
    }

    #[test]
    fn each_answer_has_its_meaning() {
        let pause = |reason: &str, after| Outcome::Pause { reason: reason.into(), after };
        let date = ("date", "Fri, 19 Jul 2024 08:00:00 GMT");
        let slow = "The Mastodon server asks us to slow down.";
        for (status, headers, body, expected) in [
            (200, vec![], r#"{"id":"1"}"#, Outcome::Accepted { reference: "1".into() }),
            (
                200,
                vec![],
                "{",
                Outcome::Unclear { reason: "The Mastodon server's answer could not be read.".into() },
            ),
            (
                422,
                vec![],
                r#"{"error":"Text is too long"}"#,
                Outcome::Never { reason: "The Mastodon server refused the post (422).".into() },
            ),
            (
                401,
                vec![],
                "",
                pause(
                    "The Mastodon server does not accept the sign-in details (401). Enter them again.",
                    PAUSE_LONG,
                ),
            ),
            (
                404,
                vec![],
                "",
                pause(
                    "The Mastodon server is not at this address (404). Check the address in the settings.",
                    PAUSE_LONG,
                ),
            ),
            (
                429,
                vec![date, ("x-ratelimit-reset", "2024-07-19T08:01:30Z")],
                "",
                pause(slow, Duration::from_secs(90)),
            ),
            (
                429,
                vec![date, ("x-ratelimit-reset", "1721379600")],
                "",
                pause(slow, Duration::from_secs(3600)),
            ),
            (
                502,
                vec![],
                "",
                Outcome::Unclear { reason: "The Mastodon server answered with an error (502).".into() },
            ),
        ] {
            assert_eq!(judge(&answer(status, &headers, body)), expected, "{status}");
        }
    }

    #[test]
    fn a_post_is_found_by_its_words_and_time() {
        let out = outgoing(account());
        let html = "<p>Bryn Meddygfa’r Tŷ: EMIS Web is down. Come &amp; see us.</p>\
            <p><a href=\"https://status.example.nhs.uk/A81001\" rel=\"nofollow\">\
            <span class=\"invisible\">https://</span><span class=\"ellipsis\">status.example.nhs.u</span>\
            <span class=\"invisible\">k/A81001</span></a></p>";
        let status = |content: &str, at: &str| Status {
            id: "7".into(),
            created_at: at.parse().unwrap(),
            content: content.into(),
        };
        let other = html.replace("down", "back");
        for (status, found) in [
            (status(html, "2024-07-19T07:40:01.000Z"), true),
            (status(html, "2024-07-19T07:39:00.000Z"), true),
            (status(html, "2024-07-19T07:38:59.999Z"), false),
            (status(&other, "2024-07-19T07:40:01.000Z"), false),
            (status(&html.replace("A81001", "A81002"), "2024-07-19T07:40:01.000Z"), false),
        ] {
            let expected = if found { LookUp::Found { reference: "7".into() } } else { LookUp::NotFound };
            assert_eq!(find(&[status], &out, &[stock()]), expected);
        }
    }

    #[test]
    fn html_is_read_as_text() {
        for (html, text) in [
            ("<p>a<br />b</p>", " a b "),
            ("1 &lt; 2 &#38; &#x27;3&#x27; &unknown; & 4 <", "1 < 2 & '3' &unknown; & 4 <"),
            ("é &#233; ŵ&nbsp;", "é é ŵ "),
        ] {
            assert_eq!(plain(html), text);
        }
    }
}
