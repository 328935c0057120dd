//! Reading what mail systems send back: delivery status notifications
//! (RFC 3464) and complaints (RFC 5965). Who is meant is known by our own
//! tokens alone; addresses in reports are often left out or wrong.

use mail_parser::{Message, MessageParser, MimeHeaders};

use crate::domain::returned::{Fate, Returned, is_status, status_fault, status_meaning};

/// Begins the local part of an address that takes bounces.
pub(super) const PREFIX: &str = "b-";
/// Characters of a return token (see `Keyring::mail_token`).
const RETURN_TOKEN: usize = 52;
/// Characters of the token in `/s/{token}`.
const MANAGE_TOKEN: usize = 43;
/// Complaints of these kinds end a subscription (RFC 5965, 7.3).
const UNWANTED: &[&str] = &["abuse", "fraud", "opt-out"];

/// Reads a message as it came; `None` when it is no message.
pub fn read(bytes: &[u8]) -> Option<Returned> {
    let message = MessageParser::default().parse(bytes)?;
    let fate = match (part(&message, "delivery-status"), part(&message, "feedback-report")) {
        (Some(status), _) => status_fate(&status),
        (None, Some(feedback)) => match field(&feedback, "Feedback-Type") {
            Some(kind) if UNWANTED.contains(&kind.to_ascii_lowercase().as_str()) => Fate::Complaint,
            _ => Fate::Nothing,
        },
        _ => Fate::Nothing,
    };
    let text = String::from_utf8_lossy(bytes);
    let base32 = |c: char| matches!(c, 'a'..='z' | '2'..='7');
    let base64 = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    Some(Returned {
        return_tokens: after(&text.to_ascii_lowercase(), PREFIX, RETURN_TOKEN, base32),
        manage_tokens: after(&text, "/s/", MANAGE_TOKEN, base64),
        fate,
    })
}

/// The text of the first part of type `message/NAME`.
fn part(message: &Message<'_>, name: &str) -> Option<String> {
    let part = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case(name))
        })
    })?;
    Some(String::from_utf8_lossy(part.contents()).into_owned())
}

/// A field of a report, unfolded.
fn field(block: &str, name: &str) -> Option<String> {
    let mut lines = block.lines().skip_while(|line| {
        !line.split_once(':').is_some_and(|(own, _)| own.trim().eq_ignore_ascii_case(name))
    });
    let mut value = lines.next()?.split_once(':')?.1.trim().to_owned();
    for more in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(more.trim());
    }
    Some(value)
}

/// What became of the recipient. Our messages have one.
fn status_fate(text: &str) -> Fate {
    let text = text.replace("\r\n", "\n");
    let Some(block) = text.split("\n\n").find(|block| field(block, "Action").is_some()) else {
        return Fate::Nothing;
    };
    let word = |name: &str| field(block, name).unwrap_or_default();
    match word("Action").to_ascii_lowercase().as_str() {
        "failed" => {
            let status = status(&word("Status"), &word("Diagnostic-Code"));
            let meaning = status_meaning(&status).map(|m| format!(", {m}")).unwrap_or_default();
            Fate::Failed {
                reason: format!("The mail came back: {status}{meaning}."),
                fault: status_fault(&status),
            }
        }
        "delivered" => Fate::Delivered,
        _ => Fate::Nothing,
    }
}

/// The status; where the report only says "5.0.0", the one that the far side
/// gave.
fn status(status: &str, diagnostic: &str) -> String {
    let own = status.split_whitespace().next().filter(|word| is_status(word)).unwrap_or("5.0.0");
    let class = own.split('.').next().unwrap_or_default();
    let theirs = diagnostic
        .split(|c: char| c.is_whitespace() || c == '#' || c == '-')
        .find(|word| is_status(word) && word.starts_with(class));
    match theirs {
        Some(theirs) if own.ends_with(".0.0") => theirs.to_owned(),
        _ => own.to_owned(),
    }
}

/// Each run of exactly `length` characters of an alphabet that follows a mark.
fn after(text: &str, mark: &str, length: usize, is_part: impl Fn(char) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices(mark) {
        let token: String = text[at + mark.len()..].chars().take_while(|c| is_part(*c)).collect();
        if token.len() == length && !found.contains(&token) {
            found.push(token);
        }
    }
    found
}
