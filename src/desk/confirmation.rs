//! The message that carries a code and a link. It is stored with marks in
//! place of both; they are filled in when it leaves, or when staff read a
//! message that was captured.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Desk;
use crate::domain::message::Message;
use crate::domain::org::Org;
use crate::words::Words;

/// What stands in a confirmation's words until it leaves, so that no secret is
/// stored with it.
const CODE_MARK: &str = "{code}";
/// As [`CODE_MARK`], for the link.
const LINK_MARK: &str = "{link}";

impl Desk {
    /// The secrets of a code that was sent at this time: the digits, the link.
    /// Both are good for that sending alone, and so for its organisation.
    pub fn code_secrets(&self, subscriber: Uuid, sent_at: DateTime<Utc>) -> (String, String) {
        let micros = sent_at.timestamp_micros();
        let code = self.keys.code(subscriber, micros);
        let token = self.keys.token(&format!("confirm {micros}"), subscriber);
        (code, format!("{}/s/{micros}.{token}/confirm", self.base_url))
    }

    /// To whom and when a link was sent, if it is genuine.
    pub(super) fn read_confirm_token(&self, token: &str) -> Option<(Uuid, DateTime<Utc>)> {
        let (micros, rest) = token.split_once('.')?;
        let id = self.keys.read_token(&format!("confirm {micros}"), rest)?;
        Some((id, DateTime::from_timestamp_micros(micros.parse().ok()?)?))
    }

    /// The words with code and link filled in.
    pub fn reveal(&self, subscriber: Uuid, sent_at: DateTime<Utc>, message: &Message) -> Message {
        let (code, link) = self.code_secrets(subscriber, sent_at);
        filled(message, &code, &link)
    }
}

/// The words with code and link left out: whoever has them confirms for
/// somebody else.
pub fn hidden(message: &Message) -> Message {
    filled(message, "(not shown)", "(not shown)")
}

fn filled(message: &Message, code: &str, link: &str) -> Message {
    let fill = |text: &str| text.replace(CODE_MARK, code).replace(LINK_MARK, link);
    Message {
        short: fill(&message.short),
        post: fill(&message.post),
        paragraphs: message.paragraphs.iter().map(|p| fill(p)).collect(),
        ..message.clone()
    }
}

/// The words that carry a code. They name the organisation and nothing that a
/// stranger typed.
pub(super) fn code_message(org: &Org, page_url: &str, w: &'static Words) -> Message {
    let name = [("name", (&org.name).into())];
    let code = w.with("confirm-short", &[("code", CODE_MARK.into())]);
    let short = crate::domain::message::short(&org.name, &[], &code, "", w.locale).trim_end().to_owned();
    Message {
        organisation: org.name.clone(),
        subject: w.with("confirm-subject", &name),
        headline: w.with("confirm-headline", &name),
        paragraphs: vec![
            w.with("confirm-open-link", &[("link", LINK_MARK.into())]),
            w.with("confirm-or-code", &[("code", CODE_MARK.into())]),
            w.get("confirm-24-hours").into(),
            w.get("confirm-not-asked").into(),
        ],
        // WhatsApp; no account posts a code.
        post: short.clone(),
        post_end: String::new(),
        short,
        // No browser types a code.
        notice: String::new(),
        page_url: page_url.to_owned(),
        lang: w.locale.to_string(),
        is_correction: false,
        facts: None,
    }
}
