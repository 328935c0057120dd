//! One HTTP client for all providers, and what is the same for all of them:
//! bounds, what a failure proves, how long a provider wants us to wait.

use std::error::Error as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use url::{Host, Url};

use super::gate::gated;
use super::{CONNECT_TIMEOUT, ChannelError, PAUSE_LONG, PAUSE_SHORT, SEND_TIMEOUT};
use crate::domain::delivery::Outcome;

/// More than any answer that is read here; a longer one is cut off, not held.
const MAX_ANSWER: usize = 2 * 1024 * 1024;

/// The longest that a provider's wish to wait is followed: limits of a day end by then.
const LONGEST_WISH: Duration = Duration::from_secs(24 * 3600);

/// The reason when an attempt ran into [`SEND_TIMEOUT`].
pub(super) const SLOW: &str = "There was no answer in time.";

#[derive(Clone)]
pub(super) struct Web {
    client: reqwest::Client,
}

/// What came back.
pub(super) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    body: Vec<u8>,
}

/// No answer came back.
pub(super) enum Failure {
    /// No connection: not one byte of the request has left.
    NotSent(String),
    /// The request may have arrived.
    Lost(String),
}

impl Web {
    pub(super) fn new() -> Result<Self, ChannelError> {
        Ok(Self { client: client(|builder| builder)? })
    }

    pub(super) fn get(&self, url: Url) -> reqwest::RequestBuilder {
        self.client.get(url)
    }

    pub(super) fn post(&self, url: Url) -> reqwest::RequestBuilder {
        self.client.post(url)
    }
}

/// A client with our bounds; `with` sets what else it needs.
pub(super) fn client(
    with: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, ChannelError> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Signpost/", env!("CARGO_PKG_VERSION")))
        // A redirect would carry a password or a message to another host.
        .redirect(reqwest::redirect::Policy::none())
        // The courier decides about repeating, and it writes it down.
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
        // Sooner than servers close theirs: a request on a dead connection ends unclear.
        .pool_idle_timeout(Duration::from_secs(20))
        .timeout(SEND_TIMEOUT - Duration::from_secs(1));
    with(builder).build().map_err(|error| {
        let why = deepest(&error);
        ChannelError(format!("HTTPS cannot be used on this machine; install CA certificates ({why})."))
    })
}

/// Sends a request and reads the answer, up to [`MAX_ANSWER`].
pub(super) async fn ask(request: reqwest::RequestBuilder) -> Result<Answer, Failure> {
    let sent = async { gated(request)?.send().await };
    let mut response = sent.await.map_err(|error| {
        let why = deepest(&error);
        if error.is_connect() || error.is_builder() {
            Failure::NotSent(format!("No connection: {why}."))
        } else if error.is_timeout() {
            Failure::Lost(SLOW.into())
        } else {
            Failure::Lost(format!("The connection broke before the answer: {why}."))
        }
    })?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut body = Vec::new();
    // A body that breaks off leaves the status, which is all that a refusal needs.
    while let Ok(Some(chunk)) = response.chunk().await {
        if body.len() + chunk.len() > MAX_ANSWER {
            break;
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body })
}

/// One attempt: what no answer proves, else what `judge` reads in it.
pub(super) async fn attempt(
    request: reqwest::RequestBuilder,
    judge: impl FnOnce(&Answer) -> Outcome,
) -> Outcome {
    match ask(request).await {
        Ok(answer) => judge(&answer),
        Err(Failure::NotSent(reason)) => Outcome::Pause { reason, after: PAUSE_SHORT },
        Err(Failure::Lost(reason)) => Outcome::Unclear { reason },
    }
}

/// A question that changes nothing: the answer, or why there is none.
pub(super) async fn question(request: reqwest::RequestBuilder) -> Result<Answer, String> {
    ask(request).await.map_err(|failure| match failure {
        Failure::NotSent(reason) | Failure::Lost(reason) => reason,
    })
}

/// The innermost cause. The outer ones name the address asked, which may hold
/// a recipient.
fn deepest(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    while let Some(next) = cause.and_then(|c| c.source()) {
        cause = Some(next);
    }
    match cause {
        Some(cause) => cause.to_string().trim_end_matches('.').to_owned(),
        None if error.is_timeout() => "it took too long".into(),
        None => "the request could not be made".into(),
    }
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(super) fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The answer as text, where that is what a provider says.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).trim().to_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().map(str::trim)
    }

    /// How long the provider wants us to wait, at most [`LONGEST_WISH`].
    pub(super) fn wait(&self, otherwise: Duration) -> Duration {
        self.asks_to_wait().unwrap_or_else(|| bounded(otherwise))
    }

    /// The same, where it says so. `Retry-After` in seconds or as a date, else a reset header as seconds
    /// since 1970 or in ISO 8601. Moments are read against the answer's own
    /// `Date`, so a clock that is wrong on either side does not matter.
    pub(super) fn asks_to_wait(&self) -> Option<Duration> {
        let now = self.header("date").and_then(|d| DateTime::parse_from_rfc2822(d).ok());
        let now = now.map(|d| d.with_timezone(&Utc));
        let until = |moment: DateTime<Utc>| now.and_then(|now| (moment - now).to_std().ok());
        let retry_after = self.header("retry-after").and_then(|text| {
            let seconds = text.parse().ok().map(Duration::from_secs);
            seconds.or_else(|| until(DateTime::parse_from_rfc2822(text).ok()?.with_timezone(&Utc)))
        });
        let names = ["x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"];
        let reset = names.into_iter().find_map(|name| {
            let text = self.header(name)?;
            match text.parse::<i64>() {
                Ok(seconds) => until(DateTime::from_timestamp(seconds, 0)?),
                Err(_) => until(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc)),
            }
        });
        retry_after.or(reset).map(bounded)
    }
}

/// No provider has us wait for longer than [`LONGEST_WISH`].
fn bounded(wait: Duration) -> Duration {
    wait.clamp(Duration::from_secs(1), LONGEST_WISH)
}

/// Answers that mean the same from every provider; `None` leaves it to the
/// channel. `who` begins the sentence.
pub(super) fn common(who: &str, answer: &Answer) -> Option<Outcome> {
    let status = answer.status;
    match status {
        429 => Some(Outcome::Pause {
            reason: format!("{who} asks us to slow down."),
            after: answer.wait(Duration::from_secs(60)),
        }),
        401 | 403 => Some(Outcome::Pause {
            reason: format!("{who} does not accept the sign-in details ({status}). Enter them again."),
            after: PAUSE_LONG,
        }),
        // A redirect was not followed, and nothing lives at a wrong address.
        300..=399 | 404 | 405 | 410 => Some(Outcome::Pause {
            reason: format!("{who} is not at this address ({status}). Check the address in the settings."),
            after: PAUSE_LONG,
        }),
        // 408: the server waited for more of the request, and says nothing about what it had.
        408 | 500.. => Some(Outcome::Unclear { reason: format!("{who} answered with an error ({status}).") }),
        409 | 423 | 425 => Some(Outcome::Later { reason: format!("{who} is busy ({status})."), after: None }),
        _ => None,
    }
}

/// An address that a channel may talk to, without a slash at its end: HTTPS,
/// or HTTP to this machine; no user, query or fragment.
pub(super) fn base(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim())
        .map_err(|_| String::from("The address of the server has to look like https://social.example."))?;
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err("The address of the server may hold no user, query or fragment.".into());
    }
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return Err("The address of the server has no host.".into()),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if local => Ok(url),
        _ => Err("The address of the server has to begin with https://.".into()),
    }
}

/// `base` with more path; each segment is escaped.
pub(super) fn join(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    // Only an address that cannot be a base has no path, and [`base`] refuses those.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// Tells two secrets apart without giving them away.
pub(super) fn fingerprint(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An answer as a provider might give it, for tables of outcomes.
    pub(in super::super) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(http::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        Answer { status, headers: map, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn every_way_to_say_when_is_understood() {
        let date = ("date", "Fri, 19 Jul 2024 08:00:00 GMT");
        for (headers, seconds) in [
            (vec![("retry-after", "7")], 7),
            (vec![date, ("retry-after", "Fri, 19 Jul 2024 08:00:40 GMT")], 40),
            (vec![date, ("x-ratelimit-reset", "2024-07-19T08:02:00.000Z")], 120),
            (vec![date, ("x-ratelimit-reset", "1721376060")], 60),
            (vec![date, ("ratelimit-reset", "1721376030")], 30),
            (vec![("ratelimit-reset", "1721376030")], 61),
            (vec![date, ("retry-after", "Fri, 19 Jul 2024 07:00:00 GMT")], 61),
            (vec![("retry-after", "3600")], 3600),
            (vec![("retry-after", "172800")], 86400),
            (vec![("retry-after", "0")], 1),
            (vec![("retry-after", "soon")], 61),
        ] {
            let wait = answer(429, &headers, "").wait(Duration::from_secs(61));
            assert_eq!(wait.as_secs(), seconds, "{headers:?}");
        }
    }

    #[test]
    fn only_https_or_this_machine() {
        for good in
            ["https://social.example", "http://127.0.0.1:3900/", "http://[::1]:1", "http://localhost:2583"]
        {
            assert!(base(good).is_ok(), "{good}");
        }
        for bad in
            ["http://social.example", "ftp://social.example", "social.example", "https://u:p@x.example", ""]
        {
            assert!(base(bad).is_err(), "{bad}");
        }
        let url = join(&base("https://x.example/m/").unwrap(), &["api", "a/b"]);
        assert_eq!(url.as_str(), "https://x.example/m/api/a%2Fb");
    }
}
