//! What a mail server's replies mean, and its silence.

use super::super::{PAUSE_LONG, PAUSE_SHORT};
use super::{Fault, Stage};
use crate::domain::delivery::{AddressFault, Outcome};
use crate::domain::returned::{is_status, status_fault, status_meaning};

/// What a failure at a stage means. Text of the server is only passed on from
/// stages before it has heard of a recipient.
pub(super) fn judge(stage: Stage, fault: &Fault) -> Outcome {
    match fault {
        Fault::Lacks(reason) => Outcome::Never { reason: (*reason).into() },
        Fault::Stopped => Outcome::Stopped,
        Fault::Lost(why) => lost(stage, why),
        Fault::Reply(code, said) => refused(stage, *code, said),
    }
}

fn lost(stage: Stage, why: &str) -> Outcome {
    let why = without_addresses(why);
    match stage {
        Stage::Connect => Outcome::Pause {
            reason: format!("The mail server cannot be reached: {why}."),
            after: PAUSE_SHORT,
        },
        Stage::Encrypt => Outcome::Pause {
            reason: format!("No encrypted connection to the mail server: {why}."),
            after: PAUSE_SHORT,
        },
        Stage::SignIn => Outcome::Pause {
            reason: format!("Signing in to the mail server failed: {why}."),
            after: PAUSE_SHORT,
        },
        Stage::Sender | Stage::Recipient | Stage::Data => Outcome::Later {
            reason: format!("The mail server went away before the message was handed over: {why}."),
            after: None,
        },
        Stage::Content => Outcome::Unclear {
            reason: format!("The mail server did not say whether it took the message: {why}."),
        },
    }
}

fn refused(stage: Stage, code: u16, said: &str) -> Outcome {
    let reply = describe(code, said);
    let pause = |reason: String, after| Outcome::Pause { reason, after };
    match (stage, code) {
        // Once it has heard of the recipient, this may be about them alone.
        (Stage::Recipient | Stage::Data | Stage::Content, 421) => Outcome::Later {
            reason: format!("The mail server put the message off: {reply}."),
            after: Some(PAUSE_SHORT),
        },
        // 454 also is how hosts refuse to hurry (RFC 5321 knows it not).
        (_, 421 | 454) => pause(format!("The mail server asks us to wait: {reply}."), PAUSE_SHORT),
        (Stage::Connect, _) => {
            let said = without_addresses(said);
            pause(format!("The mail server does not talk to us: {code} {said}."), PAUSE_LONG)
        }
        (Stage::Encrypt, _) => pause(format!("The mail server offers no encryption: {reply}."), PAUSE_LONG),
        (Stage::SignIn, 500..) => pause(
            format!("The mail server does not accept the user and password in email.url: {reply}."),
            PAUSE_LONG,
        ),
        (Stage::SignIn, _) => pause(format!("Signing in to the mail server failed: {reply}."), PAUSE_SHORT),
        // 530, 534, 535, 538: it wants another way of signing in (RFC 4954).
        (_, 530 | 534 | 535 | 538) => {
            pause(format!("The mail server wants a sign-in; check email.url: {reply}."), PAUSE_LONG)
        }
        (Stage::Sender, 500..) => {
            pause(format!("The mail server does not accept email.from: {reply}."), PAUSE_LONG)
        }
        // No fault of this recipient: the server takes no mail from us for anybody elsewhere.
        (Stage::Recipient, 500..) if denies_relaying(said) => {
            pause(format!("The mail server does not relay for us; check email.url: {reply}."), PAUSE_LONG)
        }
        (_, 500..) => {
            let reason = format!("The mail server refused the message: {reply}.");
            match fault(stage, said) {
                Some(fault) => Outcome::Gone { reason, fault },
                None => Outcome::Never { reason },
            }
        }
        (_, 400..500) => {
            Outcome::Later { reason: format!("The mail server put the message off: {reply}."), after: None }
        }
        // Neither yes nor no is no answer.
        _ => lost(stage, &format!("it answered {code}")),
    }
}

/// The reply in our own words: its code, its enhanced code (RFC 3463), and what
/// that means. What the server wrote may name the recipient and stays out.
fn describe(code: u16, said: &str) -> String {
    let Some(status) = said.split_whitespace().next().filter(|word| is_status(word)) else {
        return code.to_string();
    };
    match status_meaning(status) {
        Some(meaning) => format!("{code} {status}, {meaning}"),
        None => format!("{code} {status}"),
    }
}

/// What a refusal says about the address. A server that gives no status means
/// the recipient when it refuses right after it has heard of them.
fn fault(stage: Stage, said: &str) -> Option<AddressFault> {
    match said.split_whitespace().next().filter(|word| is_status(word)) {
        Some(status) => status_fault(status),
        None => (stage == Stage::Recipient).then_some(AddressFault::Doubtful),
    }
}

/// Postfix, Exchange, Sendmail and Exim say it like this.
fn denies_relaying(said: &str) -> bool {
    let said = without_addresses(said).to_ascii_lowercase();
    ["relay access denied", "unable to relay", "relaying denied", "relay not permitted"]
        .iter()
        .any(|phrase| said.contains(phrase))
}

/// What a server or the system said, in one short line without anything that
/// could be an address.
fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !word.contains('@'));
    let line = words.collect::<Vec<_>>().join(" ");
    line.trim_end_matches('.').chars().take(120).collect()
}
