//! What Twilio's answers mean. Codes: <https://www.twilio.com/docs/api/errors>.

use std::time::Duration;

use serde::Deserialize;

use super::super::PAUSE_LONG;
use super::super::http::{self, Answer};
use crate::domain::delivery::{AddressFault, Outcome};

#[derive(Deserialize)]
struct Created {
    sid: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: Option<u32>,
}

/// What an answer to a message means.
pub(super) fn judge(answer: &Answer) -> Outcome {
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
        Some(outcome) if answer.status == 429 => outcome.by_wish(),
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
    let slow_down = |why: &str, after: Duration| pause(why, after).map(Outcome::by_wish);
    if let Some(fault) = address_fault(code) {
        let why = match fault {
            AddressFault::Left => "Opted out: this number has sent STOP",
            _ if code == 63003 => "This number is not on WhatsApp",
            _ => "This is not a mobile number",
        };
        return Some(Outcome::Gone { reason: format!("{why} (Twilio {code})."), fault });
    }
    match code {
        // Our numbers are British, so it is our account that lacks a country.
        21408 => Some(Outcome::Later {
            reason: format!("Text messages to this country are not switched on at Twilio ({code})."),
            after: Some(PAUSE_LONG),
        }),
        21612 => never("This number cannot be reached by text message"),
        21602 | 21605 | 21617 => never("The text is empty or too long"),
        21212 | 21603 | 21606 | 21659 | 21660 | 21703 | 21705 | 63007 => {
            pause("Twilio does not let us send from the number in the settings", PAUSE_LONG)
        }
        20003 | 20005 | 20006 | 20404 | 63001 => {
            pause("Twilio does not accept the account or its token", PAUSE_LONG)
        }
        63016 | 63027 | 63028 | 63040..=63042 => {
            pause("WhatsApp does not accept the approved text in the settings", PAUSE_LONG)
        }
        21611 | 30001 => {
            slow_down("Twilio's queue for our number is full", answer.wait(Duration::from_secs(60)))
        }
        63038 => slow_down("The account's limit for today is used up", answer.wait(PAUSE_LONG)),
        14107 | 20429 | 63018 => {
            slow_down("Twilio asks us to slow down", answer.wait(Duration::from_secs(60)))
        }
        _ => None,
    }
}

/// What an error says about the number itself.
pub(super) fn address_fault(code: u32) -> Option<AddressFault> {
    match code {
        21610 => Some(AddressFault::Left),
        // No number, no mobile, a landline; not on WhatsApp.
        21211 | 21217 | 21401 | 21421 | 21614 | 30006 | 63003 => Some(AddressFault::Dead),
        30005 | 63024 => Some(AddressFault::Doubtful),
        _ => None,
    }
}
