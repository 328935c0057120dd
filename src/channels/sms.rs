//! Text messages through Twilio's Messages API (version 2010-04-01).
//!
//! Twilio has no idempotency key, so an attempt whose answer is lost is looked
//! up by recipient and exact text. Its error messages name the number and are
//! never passed on; the code is.

mod callback;

use std::time::Duration;

use chrono::DateTime;
use serde::Deserialize;
use url::Url;

pub use self::callback::{Keyword, keyword, receipt_state, signature, verify_signature};
use super::http::{self, Answer, Failure, Web};
use super::{ChannelError, PAUSE_LONG, PAUSE_SHORT, TwilioSettings};
use crate::domain::delivery::{LookUp, Outcome, Outgoing};
use crate::domain::subscriber::Channel;

/// Twilio's own address, for the settings' default.
pub const PUBLIC_URL: &str = "https://api.twilio.com";

/// How far Twilio's clock and ours may be apart.
const CLOCK_SKEW: chrono::Duration = chrono::Duration::minutes(5);

pub struct Twilio {
    web: Web,
    /// `…/Accounts/{sid}/Messages.json`
    messages: Url,
    account_sid: String,
    auth_token: String,
    from: Sender,
    status_callback: Option<Url>,
}

enum Sender {
    Number(String),
    Service(String),
}

#[derive(Deserialize)]
struct Created {
    sid: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: Option<u32>,
}

#[derive(Deserialize)]
struct Listing {
    messages: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    sid: String,
    to: Option<String>,
    body: Option<String>,
    direction: Option<String>,
    /// RFC 2822.
    date_created: Option<String>,
}

impl Twilio {
    /// # Errors
    /// A setting that cannot work.
    pub(super) fn new(settings: &TwilioSettings, web: Web) -> Result<Self, ChannelError> {
        let wrong = |key: &str, what: &str| ChannelError(format!("sms.twilio.{key} {what}"));
        let base = http::base(&settings.base_url).map_err(|what| wrong("base_url:", &what))?;
        let sid = settings.account_sid.trim();
        if !is_sid("AC", sid) {
            return Err(wrong(
                "account_sid",
                "has to be AC and 32 hexadecimal digits; copy it from Twilio's console",
            ));
        }
        if settings.auth_token.trim().is_empty() {
            return Err(wrong("auth_token", "is empty; copy it from Twilio's console"));
        }
        let from = sender(settings.from.trim()).ok_or_else(|| {
            wrong(
                "from",
                "has to be a number like +447700900999, a messaging service (MG and 32 digits), \
                 or a name of at most 11 letters and digits",
            )
        })?;
        let status_callback = settings.status_callback.as_deref().map(Url::parse).transpose();
        Ok(Self {
            web,
            messages: http::join(&base, &["2010-04-01", "Accounts", sid, "Messages.json"]),
            account_sid: sid.to_owned(),
            auth_token: settings.auth_token.trim().to_owned(),
            from,
            status_callback: status_callback.map_err(|_| {
                wrong(
                    "status_callback",
                    "is not an address; write it like \
                 https://status.example.nhs.uk/hooks/twilio/status",
                )
            })?,
        })
    }

    /// Hands one message over.
    pub(super) async fn send(&self, out: &Outgoing, to: &str) -> Outcome {
        let form = self.form(out, to);
        let request = self.web.post(self.messages.clone());
        let request = request.basic_auth(&self.account_sid, Some(&self.auth_token)).form(&form);
        match http::ask(request).await {
            Ok(answer) => judge(&answer),
            Err(Failure::NotSent(reason)) => Outcome::Pause { reason, after: PAUSE_SHORT },
            Err(Failure::Lost(reason)) => Outcome::Unclear { reason },
        }
    }

    fn form(&self, out: &Outgoing, to: &str) -> Vec<(&'static str, String)> {
        let from = match &self.from {
            Sender::Number(from) => ("From", from.clone()),
            Sender::Service(sid) => ("MessagingServiceSid", sid.clone()),
        };
        // Twilio itself would hold a message for up to ten hours (hazard H8),
        // and takes nothing shorter than a second.
        let validity = out.valid_for.as_secs().clamp(1, 36_000);
        let mut form = vec![
            ("To", to.to_owned()),
            from,
            ("Body", out.message.text_for(Channel::Sms)),
            ("ValidityPeriod", validity.to_string()),
        ];
        if let Some(url) = &self.status_callback {
            let mut url = url.clone();
            url.query_pairs_mut().append_pair("delivery", &out.delivery.to_string());
            form.push(("StatusCallback", url.into()));
        }
        form
    }

    /// Asks for what was sent to this number and looks for the same text, made
    /// when the delivery was or later.
    ///
    /// Not narrowed by `DateSent`, although the list could be: a message that
    /// still waits in Twilio's queue has no such date and would not be listed.
    pub(super) async fn look_up(&self, out: &Outgoing, to: &str) -> LookUp {
        let mut url = self.messages.clone();
        url.query_pairs_mut().append_pair("To", to).append_pair("PageSize", "50");
        let request = self.web.get(url).basic_auth(&self.account_sid, Some(&self.auth_token));
        let answer = match http::ask(request).await {
            Ok(answer) => answer,
            Err(Failure::NotSent(reason) | Failure::Lost(reason)) => return LookUp::Down { reason },
        };
        if !answer.is_success() {
            return LookUp::Down { reason: format!("Twilio answered with an error ({}).", answer.status) };
        }
        match answer.json::<Listing>() {
            Some(listing) => find(&listing.messages, out, to),
            None => LookUp::Down { reason: "Twilio's list could not be read.".into() },
        }
    }

    /// Signs in and reads one line of the list.
    pub(super) async fn check(&self) -> Result<String, String> {
        let mut url = self.messages.clone();
        url.query_pairs_mut().append_pair("PageSize", "1");
        let request = self.web.get(url).basic_auth(&self.account_sid, Some(&self.auth_token));
        match http::ask(request).await {
            Ok(answer) if answer.is_success() => Ok("Twilio accepts the account.".into()),
            Ok(answer) => Err(match judge(&answer) {
                Outcome::Pause { reason, .. } => reason,
                _ => format!("Twilio answered with an error ({}).", answer.status),
            }),
            Err(Failure::NotSent(reason) | Failure::Lost(reason)) => Err(reason),
        }
    }
}

fn is_sid(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn sender(text: &str) -> Option<Sender> {
    if is_sid("MG", text) {
        return Some(Sender::Service(text.to_owned()));
    }
    let digits = text.strip_prefix('+').unwrap_or_default();
    let number = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let short_code = (3..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let name = (1..=11).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
        && text.bytes().any(|b| b.is_ascii_alphabetic());
    (number || short_code || name).then(|| Sender::Number(text.to_owned()))
}

/// What Twilio's answer means. Error codes: <https://www.twilio.com/docs/api/errors>.
fn judge(answer: &Answer) -> Outcome {
    if answer.is_success() {
        return match answer.json::<Created>() {
            Some(created) => Outcome::Accepted { reference: created.sid },
            // It says that it took the message, but something else may have said it.
            None => Outcome::Unclear { reason: "Twilio's answer could not be read.".into() },
        };
    }
    let code = answer.json::<Refusal>().and_then(|r| r.code);
    if let Some(outcome) = code.and_then(|code| by_code(code, answer)) {
        return outcome;
    }
    let named = code.map_or_else(|| answer.status.to_string(), |code| format!("error {code}"));
    match http::common("Twilio", answer) {
        Some(outcome) => outcome,
        None if code.is_some() => Outcome::Never { reason: format!("Twilio refused the message ({named}).") },
        // Not Twilio's own words: a proxy on the way, perhaps. Not worth the message.
        None => Outcome::Later { reason: format!("Twilio refused the message ({named})."), after: None },
    }
}

fn by_code(code: u32, answer: &Answer) -> Option<Outcome> {
    let never = |why: &str| Some(Outcome::Never { reason: format!("{why} (Twilio {code}).") });
    let pause = |why: &str, after: Duration| {
        Some(Outcome::Pause { reason: format!("{why} (Twilio {code})."), after })
    };
    match code {
        21610 => never("Opted out: this number has sent STOP"),
        21211 | 21217 | 21401 | 21421 | 21614 => never("This is not a mobile number"),
        21408 => never("Text messages to this country are not switched on"),
        21612 | 30006 => never("This number cannot be reached by text message"),
        21602 | 21605 | 21617 => never("The text is empty or too long"),
        21212 | 21603 | 21606 | 21659 | 21660 | 21703 | 21705 => {
            pause("Twilio does not let us send from sms.twilio.from", PAUSE_LONG)
        }
        20003 | 20005 | 20006 | 20404 => pause("Twilio does not accept the account or its token", PAUSE_LONG),
        21611 | 30001 => pause("Twilio's queue for our number is full", answer.wait(Duration::from_secs(60))),
        63038 => pause("The account's limit for today is used up", PAUSE_LONG),
        14107 | 20429 => pause("Twilio asks us to slow down", answer.wait(Duration::from_secs(60))),
        _ => None,
    }
}

/// The newest message in the list that is this one.
fn find(listed: &[Listed], out: &Outgoing, to: &str) -> LookUp {
    let text = out.message.text_for(Channel::Sms);
    let earliest = out.made_at - CLOCK_SKEW;
    let same = |message: &&Listed| {
        let made = message.date_created.as_deref().and_then(|d| DateTime::parse_from_rfc2822(d).ok());
        message.body.as_deref().is_some_and(|body| body.trim() == text.trim())
            && message.to.as_deref() == Some(to)
            && message.direction.as_deref() != Some("inbound")
            && made.is_some_and(|made| made >= earliest)
    };
    match listed.iter().find(same) {
        Some(message) => LookUp::Found { reference: message.sid.clone() },
        None => LookUp::NotFound,
    }
}

#[cfg(test)]
mod tests;
