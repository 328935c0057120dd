//! Text messages and WhatsApp through Twilio's Messages API (version 2010-04-01).
//!
//! Twilio has no idempotency key, so an attempt whose answer is lost is looked
//! up by recipient and exact text. Its error messages name the number and are
//! never passed on; the code is.
//!
//! WhatsApp takes only texts that Meta has approved, and lets us fill in gaps:
//! `{{1}}` is what happened and what to do, `{{2}}` the link to the page.

mod callback;
mod errors;

use std::collections::BTreeMap;

use chrono::DateTime;
use serde::Deserialize;
use url::Url;

pub use self::callback::{Keyword, keyword, receipt_state, signature, verify_signature};
use self::errors::judge;
use super::http::{self, Failure, Web};
use super::{ChannelError, PAUSE_SHORT, TwilioSettings, WhatsAppSettings};
use crate::domain::delivery::{Address, LookUp, Outcome, Outgoing};
use crate::domain::subscriber::Channel;

/// Twilio's own address, for the settings' default.
pub const PUBLIC_URL: &str = "https://api.twilio.com";

/// What an approved text is for.
const UPDATE: &str = "update";
const CODE: &str = "code";
/// WhatsApp's whole text has room for 1,024 characters; this leaves some for
/// the words around the gap.
const MAX_GAP: usize = 800;

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
    /// Approved texts by purpose and language; none for text messages.
    templates: Option<BTreeMap<String, String>>,
}

enum Sender {
    Number(String),
    Service(String),
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
    status: Option<String>,
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
            templates: None,
            status_callback: status_callback.map_err(|_| {
                wrong(
                    "status_callback",
                    "is not an address; write it like \
                 https://status.example.nhs.uk/hooks/twilio/status",
                )
            })?,
        })
    }

    /// The same for WhatsApp.
    ///
    /// # Errors
    /// A setting that cannot work.
    pub(super) fn whatsapp(settings: &WhatsAppSettings, web: Web) -> Result<Self, ChannelError> {
        let wrong = |what: &str| ChannelError(format!("whatsapp.{what}"));
        let twilio = Self::new(&settings.twilio, web)
            .map_err(|e| ChannelError(e.0.replace("sms.twilio.from", "whatsapp.from")))?;
        if !matches!(&twilio.from, Sender::Service(_)) && !settings.twilio.from.trim().starts_with('+') {
            return Err(wrong("from has to be a number like +447700900999, or a messaging service (MG…)"));
        }
        for (name, sid) in &settings.templates {
            let purpose = name.split('-').next().unwrap_or_default();
            if ![UPDATE, CODE].contains(&purpose) {
                return Err(wrong(&format!(
                    "templates.{name} is not known; use update, code, or one of them with a language, like update-cy"
                )));
            }
            if !is_sid("HX", sid) {
                return Err(wrong(&format!("templates.{name} has to be HX and 32 hexadecimal digits")));
            }
        }
        for purpose in [UPDATE, CODE] {
            if !settings.templates.contains_key(purpose) {
                return Err(wrong(&format!(
                    "templates.{purpose} is missing: the id of an approved template"
                )));
            }
        }
        Ok(Self { templates: Some(settings.templates.clone()), ..twilio })
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
        // Twilio itself would hold a message for up to ten hours (hazard H8),
        // and takes nothing shorter than a second.
        let validity = out.valid_for.as_secs().clamp(1, 36_000);
        let mut form = vec![("To", self.number(to))];
        form.push(match &self.from {
            Sender::Number(from) => ("From", self.number(from)),
            Sender::Service(sid) => ("MessagingServiceSid", sid.clone()),
        });
        match &self.templates {
            Some(templates) => {
                form.push(("ContentSid", template(templates, out)));
                form.push(("ContentVariables", serde_json::json!(gaps(out)).to_string()));
            }
            None => form.push(("Body", out.message.text_for(Channel::Sms))),
        }
        form.push(("ValidityPeriod", validity.to_string()));
        if let Some(url) = &self.status_callback {
            let mut url = url.clone();
            url.query_pairs_mut().append_pair("delivery", &out.delivery.to_string());
            form.push(("StatusCallback", url.into()));
        }
        form
    }

    /// A number as this kind of message writes it.
    fn number(&self, e164: &str) -> String {
        if self.templates.is_some() { format!("whatsapp:{e164}") } else { e164.to_owned() }
    }

    /// Asks for what was sent to this number and looks for the same text, made
    /// when the delivery was or later.
    ///
    /// Not narrowed by `DateSent`, although the list could be: a message that
    /// still waits in Twilio's queue has no such date and would not be listed.
    pub(super) async fn look_up(&self, out: &Outgoing, to: &str) -> LookUp {
        let mut url = self.messages.clone();
        let to = &self.number(to);
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
            Some(listing) => find(&listing.messages, &self.text(out), out, to),
            None => LookUp::Down { reason: "Twilio's list could not be read.".into() },
        }
    }

    /// The words by which a message is known again: the whole text, or what
    /// fills the gaps of an approved one.
    fn text(&self, out: &Outgoing) -> String {
        match &self.templates {
            Some(_) => gaps(out).remove("1").unwrap_or_default(),
            None => out.message.text_for(Channel::Sms),
        }
    }

    /// Signs in and reads one line of the list.
    pub(super) async fn check(&self) -> Result<String, String> {
        let mut url = self.messages.clone();
        url.query_pairs_mut().append_pair("PageSize", "1");
        let request = self.web.get(url).basic_auth(&self.account_sid, Some(&self.auth_token));
        match http::ask(request).await {
            Ok(answer) if answer.is_success() => Ok(match &self.templates {
                Some(templates) => format!("Twilio accepts the account; {} templates.", templates.len()),
                None => "Twilio accepts the account.".into(),
            }),
            Ok(answer) => Err(match judge(&answer) {
                Outcome::Pause { reason, .. } | Outcome::SlowDown { reason, .. } => reason,
                _ => format!("Twilio answered with an error ({}).", answer.status),
            }),
            Err(Failure::NotSent(reason) | Failure::Lost(reason)) => Err(reason),
        }
    }
}

/// The approved text for this purpose in the reader's language, else in the
/// one that there is.
fn template(templates: &BTreeMap<String, String>, out: &Outgoing) -> String {
    let purpose = if out.is_code { CODE } else { UPDATE };
    let own = templates.get(&format!("{purpose}-{}", out.message.lang));
    own.or_else(|| templates.get(purpose)).cloned().unwrap_or_default()
}

/// What fills the gaps. Meta takes no line ends and no long blanks in them.
fn gaps(out: &Outgoing) -> BTreeMap<&'static str, String> {
    let post = out.message.post_in(MAX_GAP, |s| s.chars().count());
    let words = post.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut gaps = BTreeMap::from([("1", words)]);
    if !out.is_code {
        gaps.insert("2", out.message.page_url.clone());
    }
    gaps
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
    (number || short_code || is_name(text)).then(|| Sender::Number(text.to_owned()))
}

/// Whether a sender is a name, such as NHSstatus: nobody can reply to it.
pub fn is_name(text: &str) -> bool {
    (1..=11).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The newest message in the list that is this one. One that failed is none: it was
/// told to nobody, or is that of an attempt before.
fn find(listed: &[Listed], text: &str, out: &Outgoing, to: &str) -> LookUp {
    let whole = matches!(out.to, Address::Sms(_));
    let is_it = |body: &str| if whole { body.trim() == text.trim() } else { body.contains(text.trim()) };
    let earliest = out.made_at - CLOCK_SKEW;
    let same = |message: &&Listed| {
        let made = message.date_created.as_deref().and_then(|d| DateTime::parse_from_rfc2822(d).ok());
        message.body.as_deref().is_some_and(is_it)
            && message.to.as_deref() == Some(to)
            && message.direction.as_deref() != Some("inbound")
            && !matches!(message.status.as_deref(), Some("failed" | "undelivered" | "canceled"))
            && !out.known.contains(&message.sid)
            && made.is_some_and(|made| made >= earliest)
    };
    match listed.iter().find(same) {
        Some(message) => LookUp::Found { reference: message.sid.clone() },
        None => LookUp::NotFound,
    }
}

#[cfg(test)]
mod tests;
