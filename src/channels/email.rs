//! Email over SMTP.
//!
//! SMTP offers no protection from copies: when the answer to a message is lost,
//! nobody can tell whether it was taken (RFC 1047). So what matters here is to
//! know how far a session came: before the message itself was handed over,
//! every failure is a certain "not taken"; after it, only a reply is an answer.

mod letter;
mod relay;

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::commands::{Data, Mail, Noop, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use lettre::transport::smtp::response::Severity;

use self::letter::Letter;
use self::relay::{Relay, Session};
use super::{ChannelError, EmailSettings, PAUSE_LONG, PAUSE_SHORT, SEND_TIMEOUT};
use crate::domain::delivery::{Outcome, Outgoing};

/// How far a session has come. What has begun may have failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Connect,
    Encrypt,
    SignIn,
    Sender,
    Recipient,
    Data,
    /// The message is being handed over; from here on it may have been taken.
    Content,
}

/// How a command failed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// The server said no: the code, and what it said.
    Reply(u16, String),
    /// The server said something that is no SMTP reply, or nothing.
    Lost(String),
    /// The server lacks what this message needs.
    Lacks(&'static str),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let said = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        match error.status() {
            Some(code) => Self::Reply(code.into(), said),
            // The source would quote what the server wrote.
            None if error.is_response() => Self::Lost("its reply broke off or was not SMTP".into()),
            None if said.is_empty() => Self::Lost(error.to_string()),
            None => Self::Lost(said),
        }
    }
}

pub struct Email {
    relay: Relay,
    from: Address,
    /// [`SEND_TIMEOUT`] but in tests.
    limit: Duration,
}

impl Email {
    /// # Errors
    /// An address of the server or a sender that cannot work.
    pub fn new(settings: &EmailSettings) -> Result<Self, ChannelError> {
        let relay = Relay::parse(&settings.url)?;
        let text = settings.from.trim();
        // "Name <address>" and a bare address are both usual in settings.
        let bare = text.rsplit_once('<').map_or(Some(text), |(_, end)| end.strip_suffix('>'));
        let from = bare.and_then(letter::address).filter(|a| a.to_string().is_ascii()).ok_or_else(|| {
            ChannelError(
                "email.from is not an email address; write it like updates@status.example.nhs.uk".into(),
            )
        })?;
        Ok(Self { relay, from, limit: SEND_TIMEOUT })
    }

    /// Hands one message over, in at most [`SEND_TIMEOUT`].
    pub async fn send(&self, out: &Outgoing, to: &str) -> Outcome {
        let letter = match letter::write(out, &self.from, to) {
            Ok(letter) => letter,
            Err(reason) => return Outcome::Never { reason },
        };
        let mut stage = Stage::Connect;
        let ended = tokio::time::timeout(self.limit, self.deliver(&letter, &mut stage)).await;
        match ended {
            Ok(Ok(())) => Outcome::Accepted { reference: letter.message_id },
            Ok(Err(fault)) => judge(stage, &fault),
            Err(_) => judge(stage, &Fault::Lost("no answer in time".into())),
        }
    }

    async fn deliver(&self, letter: &Letter, stage: &mut Stage) -> Result<(), Fault> {
        if let Some(session) = self.relay.take() {
            match self.hand_over(session, letter, stage).await {
                // A session that was kept may have been closed by the server:
                // nothing has been handed over, so a new one may try at once.
                Err(Fault::Lost(_) | Fault::Reply(421, _)) if *stage == Stage::Sender => {}
                ended => return ended,
            }
        }
        let session = self.relay.open(stage).await?;
        self.hand_over(session, letter, stage).await
    }

    /// One mail transaction (RFC 5321, 3.3). Keeps the session when it is still
    /// good for another.
    async fn hand_over(&self, mut session: Session, letter: &Letter, stage: &mut Stage) -> Result<(), Fault> {
        let ended = self.transaction(&mut session, letter, stage).await;
        match &ended {
            Ok(()) => self.relay.keep(session),
            // The server ends the session with 421; anything else leaves it usable.
            Err(Fault::Reply(code, _)) if *code != 421 => {
                let reset = match *stage {
                    Stage::Content => Ok(()),
                    _ => session.line.command(Rset).await.map(drop),
                };
                if reset.is_ok() {
                    self.relay.keep(session);
                }
            }
            Err(_) => {}
        }
        ended
    }

    async fn transaction(
        &self,
        session: &mut Session,
        letter: &Letter,
        stage: &mut Stage,
    ) -> Result<(), Fault> {
        let line = &mut session.line;
        *stage = Stage::Sender;
        let mut options = Vec::new();
        if !letter.to.to_string().is_ascii() {
            if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Fault::Lacks("The mail server cannot take an address with accented letters."));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        line.command(Mail::new(Some(self.from.clone()), options)).await?;
        *stage = Stage::Recipient;
        line.command(Rcpt::new(letter.to.clone(), Vec::new())).await?;
        *stage = Stage::Data;
        line.command(Data).await?;
        *stage = Stage::Content;
        let reply = line.message(&letter.bytes).await?.code();
        // lettre takes 3xx for a yes.
        match reply.severity {
            Severity::PositiveCompletion => Ok(()),
            _ => Err(Fault::Lost(format!("it answered {reply}"))),
        }
    }

    /// Connects, encrypts, signs in, and leaves.
    pub async fn check(&self) -> Result<String, String> {
        let (name, mut stage) = (self.relay.name(), Stage::Connect);
        let sentence = |outcome: Outcome| match outcome {
            Outcome::Pause { reason, .. } | Outcome::Later { reason, .. } => format!("{name}: {reason}"),
            _ => format!("{name}: the mail server does not answer."),
        };
        let opened = self.relay.open(&mut stage).await.map_err(Fault::from);
        let mut session = opened.map_err(|fault| sentence(judge(stage, &fault)))?;
        let answered = session.line.command(Noop).await.map_err(Fault::from);
        answered.map_err(|fault| sentence(judge(stage, &fault)))?;
        let secret = if session.line.is_encrypted() { "encrypted" } else { "not encrypted" };
        // It has answered; whether it says goodbye does not matter.
        let _ = session.line.command(Quit).await;
        Ok(format!("{name} takes mail from {} ({secret}).", self.from))
    }
}

/// What a failure at a stage means. Text of the server is only passed on from
/// stages before it has heard of a recipient.
fn judge(stage: Stage, fault: &Fault) -> Outcome {
    match fault {
        Fault::Lacks(reason) => Outcome::Never { reason: (*reason).into() },
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
        (_, 500..) => Outcome::Never { reason: format!("The mail server refused the message: {reply}.") },
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
    let enhanced = said.split_whitespace().next().filter(|word| {
        let mut numbers = word.split('.');
        let ok = numbers.by_ref().take(3).filter(|n| n.len() <= 3 && n.parse::<u16>().is_ok()).count() == 3;
        ok && numbers.next().is_none()
    });
    let Some(enhanced) = enhanced else { return code.to_string() };
    let meaning = match enhanced.split_once('.').map_or("", |(_, rest)| rest) {
        "1.1" | "1.0" | "1.3" => "there is no such mailbox",
        "1.2" | "1.10" => "the domain takes no mail",
        "1.6" => "the mailbox has moved",
        "2.0" | "2.1" => "the mailbox is switched off",
        "2.2" => "the mailbox is full",
        "2.3" | "3.4" => "the message is too long",
        "3.1" | "3.2" | "4.5" => "the mail system is full or busy",
        "4.1" | "4.2" | "4.4" => "the recipient's mail server cannot be reached",
        "7.0" | "7.1" | "7.25" | "7.26" | "7.28" => "refused by the recipient's policy",
        "7.8" | "7.9" => "the sign-in was not accepted",
        _ => return format!("{code} {enhanced}"),
    };
    format!("{code} {enhanced}, {meaning}")
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

#[cfg(test)]
mod tests;
