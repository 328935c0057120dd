//! What Twilio tells us: signatures, delivery receipts, and words that people
//! text back.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

use super::errors::address_fault;
use crate::domain::delivery::{AddressFault, DeliveryState};

/// The `X-Twilio-Signature` of a form POST: HMAC-SHA1 in base64, keyed with the
/// auth token, over the whole address as the caller used it and every name and
/// value, sorted by name, a repeated pair once.
/// <https://www.twilio.com/docs/usage/security#validating-requests>
pub fn signature(auth_token: &str, url: &str, params: &[(String, String)]) -> String {
    STANDARD.encode(mac(auth_token, url, params).unwrap_or_default())
}

/// Whether a request was signed with our token. `url` is the public address, as
/// Twilio was given it; its default port may be written or not, since Twilio
/// does both. Takes the same time for every wrong signature.
pub fn verify_signature(auth_token: &str, url: &str, params: &[(String, String)], given: &str) -> bool {
    let Ok(given) = STANDARD.decode(given.trim()) else { return false };
    // An empty token would let anybody sign.
    let urls = if auth_token.is_empty() { Vec::new() } else { vec![Some(url.to_owned()), other_port(url)] };
    let mut found = false;
    for mac in urls.into_iter().flatten().filter_map(|url| mac(auth_token, &url, params)) {
        found |= bool::from(mac.as_slice().ct_eq(given.as_slice()));
    }
    found
}

fn mac(auth_token: &str, url: &str, params: &[(String, String)]) -> Option<Vec<u8>> {
    // A key of any length will do, so this is never an error.
    let mut mac = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).ok()?;
    mac.update(url.as_bytes());
    for (name, value) in params.iter().collect::<BTreeSet<_>>() {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    Some(mac.finalize().into_bytes().to_vec())
}

/// The same address with its default port added, or taken away.
fn other_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    match host.strip_suffix(port) {
        Some(bare) => Some(format!("{scheme}://{bare}{path}")),
        None if host.rsplit(':').next().is_some_and(|p| host.contains(':') && p.parse::<u16>().is_ok()) => {
            None
        }
        None => Some(format!("{scheme}://{host}{port}{path}")),
    }
}

/// What a `MessageStatus` means for a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub state: DeliveryState,
    /// Why it failed.
    pub reason: Option<String>,
    pub fault: Option<AddressFault>,
}

/// Reads a `MessageStatus`; `None` for one of inbound messages or one that is
/// not known. Receipts come in any order and more than once: apply one only
/// when it moves the delivery to a higher rank.
pub fn receipt_state(status: &str, error_code: Option<&str>) -> Option<Told> {
    let code = error_code.map(str::trim).filter(|code| !code.is_empty() && *code != "0");
    let told = |state| Some(Told { state, reason: None, fault: None });
    match status {
        // Even a queued message proves that Twilio took it. A message of which
        // only some parts arrived stays where it is.
        "accepted" | "scheduled" | "queued" | "sending" | "sent" | "partially_delivered" => {
            told(DeliveryState::Accepted)
        }
        "delivered" | "read" => told(DeliveryState::Delivered),
        "undelivered" | "failed" | "canceled" => Some(Told {
            state: DeliveryState::Failed,
            reason: Some(failure(status, code)),
            fault: code.and_then(|code| address_fault(code.parse().ok()?)),
        }),
        _ => None,
    }
}

fn failure(status: &str, code: Option<&str>) -> String {
    let why = match code {
        Some("21610") => "Opted out: this number has sent STOP",
        Some("30003") => "The phone is switched off or out of reach",
        Some("30004") => "The network or the owner blocks these messages",
        Some("30005") => "The number is not in use",
        Some("30006") => "The number is a landline or cannot get text messages",
        Some("30007" | "30034") => "The network filtered the message out",
        Some("30002") => "The Twilio account is suspended",
        Some("30001" | "30017") => "The network is busy",
        Some("63003" | "63024") => "This number is not on WhatsApp",
        Some("63013" | "63032" | "63049") => "WhatsApp chose not to show the message",
        Some("63016") => "WhatsApp takes only approved texts",
        Some("30036") => "The message waited too long and was given up",
        _ if status == "canceled" => "The message was cancelled at Twilio",
        _ => "The network did not deliver the message",
    };
    match code.filter(|code| code.bytes().all(|b| b.is_ascii_digit())) {
        Some(code) => format!("{why} (Twilio {code})."),
        None => format!("{why}."),
    }
}

/// A word that a person texts back to have something done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    Stop,
    /// The same in words that Twilio takes no notice of, so that we confirm it.
    StopInWords,
    Start,
    Help,
    /// What the places that they follow say now.
    Status,
    /// A sentence with a word for stopping in it: nobody knows what is wanted.
    Unsure,
}

/// The words that stop, each alone and bare, as Twilio knows them: it confirms those itself.
const STOPS: [&str; 8] = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
/// The same in words that Twilio does not know.
const OTHER_STOPS: [&str; 4] = ["ARRET", "ARRÊT", "STOPIO", "STOPIWCH"];

/// The keyword that a text is, if it is one, in any case, with punctuation or a
/// "please" around it. Whoever begins with "stop" wants that; a sentence that merely
/// holds such a word may want something else, so it is told how to stop. Of what is more
/// than the bare word Twilio takes no notice; where it does, it lets no second answer pass.
pub fn keyword(body: &str) -> Option<Keyword> {
    let words = body
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_uppercase)
        .filter(|word| !word.is_empty() && word != "PLEASE");
    let words: Vec<String> = words.collect();
    let stops = |word: &String| STOPS.contains(&word.as_str());
    let bare = body.trim().to_uppercase();
    match words.join(" ").as_str() {
        _ if STOPS.contains(&bare.as_str()) => Some(Keyword::Stop),
        "OPT OUT" => Some(Keyword::StopInWords),
        "START" | "YES" | "UNSTOP" => Some(Keyword::Start),
        "HELP" | "INFO" => Some(Keyword::Help),
        "STATUS" => Some(Keyword::Status),
        _ if words.len() == 1 && stops(&words[0]) => Some(Keyword::StopInWords),
        text if OTHER_STOPS.contains(&text) => Some(Keyword::StopInWords),
        text if ["STOP ", "UNSUBSCRIBE "].iter().any(|start| text.starts_with(start)) => {
            Some(Keyword::StopInWords)
        }
        text if words.iter().any(stops) || text.contains("OPT OUT") => Some(Keyword::Unsure),
        _ => None,
    }
}
