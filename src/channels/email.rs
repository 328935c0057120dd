//! Email over SMTP.
//!
//! SMTP offers no protection from copies: when the answer to a message is lost,
//! nobody can tell whether it was taken (RFC 1047). So what matters here is to
//! know how far a session came: before the message itself was handed over,
//! every failure is a certain "not taken"; after it, only a reply is an answer.

mod bounce;
mod dkim;
pub(super) mod letter;
mod relay;
mod replies;
mod session;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::commands::{Noop, Quit, Rset};

pub use self::bounce::read as read_returned;
pub use self::dkim::DkimSettings;
use self::dkim::Signer;
use self::letter::Letter;
use self::relay::Relay;
use self::replies::judge;
use self::session::Session;
use super::domains::Domains;
use super::{ChannelError, PAUSE_SHORT, RelaySettings, SEND_TIMEOUT};
use crate::domain::delivery::{Halt, Outcome, Outgoing};
use crate::domain::returned::is_of_mailbox;

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
    /// It was stopped while the session was being opened.
    Stopped,
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

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Lost(error.to_string())
    }
}

/// How often it is looked whether a stop was called.
const LOOK: Duration = Duration::from_millis(100);

/// Any wait before the content is handed over may take many seconds, and a stop has to hold
/// within two.
async fn unless_stopped<T>(
    halt: &Halt,
    step: impl Future<Output = Result<T, impl Into<Fault>>>,
) -> Result<T, Fault> {
    let called = async {
        while !halt.is_called() {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        biased;
        () = called => Err(Fault::Stopped),
        done = step => done.map_err(Into::into),
    }
}

/// Different domains in a row that a relay puts off, before it is the relay.
const PUT_OFF: usize = 5;

pub struct Email {
    relay: Relay,
    from: Address,
    /// The domain that takes bounces; [`None`] when nobody reads them.
    bounces: Option<Bounces>,
    signers: Vec<Signer>,
    domains: Arc<Domains>,
    /// Domains in a row that the relay has put off.
    put_off: Mutex<HashSet<String>>,
    /// [`SEND_TIMEOUT`] but in tests.
    limit: Duration,
}

impl Email {
    /// # Errors
    /// An address of the server, a sender or a key that cannot work.
    pub(super) fn new(settings: &RelaySettings, domains: Arc<Domains>) -> Result<Self, ChannelError> {
        let relay = Relay::parse(&settings.url)?;
        let text = settings.from.trim();
        // "Name <address>" and a bare address are both usual in settings.
        let bare = text.rsplit_once('<').map_or(Some(text), |(_, end)| end.strip_suffix('>'));
        let from = bare.and_then(letter::address).filter(|a| a.to_string().is_ascii()).ok_or_else(|| {
            ChannelError(
                "email.from is not an email address; write it like updates@status.example.nhs.uk".into(),
            )
        })?;
        let bounces = settings.takes_bounces.then(|| Bounces::new(settings.bounce_domain.as_deref(), &from));
        Ok(Self {
            relay,
            bounces: bounces.transpose()?,
            from,
            signers: settings.dkim.iter().map(Signer::new).collect::<Result<_, _>>()?,
            domains,
            put_off: Mutex::default(),
            limit: SEND_TIMEOUT,
        })
    }

    /// "mail.example.org:587".
    pub(super) fn name(&self) -> String {
        self.relay.name()
    }

    /// Hands one message over, in at most [`SEND_TIMEOUT`].
    pub async fn send(&self, out: &Outgoing, to: &str) -> Outcome {
        let letter = match self.write(out, to) {
            Ok(letter) => letter,
            Err(reason) => return Outcome::Never { reason },
        };
        let (mut stage, began) = (Stage::Connect, Instant::now());
        let ended = tokio::time::timeout(self.limit, self.deliver(&letter, &out.halt, &mut stage)).await;
        let outcome = match ended {
            Ok(Ok(())) => Outcome::Accepted { reference: letter.message_id },
            Ok(Err(fault)) => judge(stage, &fault),
            Err(_) => judge(stage, &Fault::Lost("no answer in time".into())),
        };
        // Before it has heard of the recipient, nothing is the domain's doing.
        if stage < Stage::Recipient {
            return outcome;
        }
        let of_mailbox = matches!(&outcome, Outcome::Later { reason, .. } if is_of_mailbox(reason));
        if !of_mailbox {
            self.domains.note(to, began.elapsed(), &outcome, Instant::now());
        }
        self.relay_or_domain(letter.to.domain(), outcome)
    }

    /// Mail to one domain that is put off is that domain's trouble; mail to
    /// many in a row is the relay's.
    fn relay_or_domain(&self, domain: &str, outcome: Outcome) -> Outcome {
        let mut put_off = self.put_off.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Outcome::Later { reason, .. } if put_off.len() + 1 >= PUT_OFF && !put_off.contains(domain) => {
                put_off.clear();
                Outcome::Pause { reason, after: PAUSE_SHORT }
            }
            Outcome::Later { .. } => {
                put_off.insert(domain.to_owned());
                outcome
            }
            Outcome::Accepted { .. } => {
                put_off.clear();
                outcome
            }
            _ => outcome,
        }
    }

    /// The message with its signatures, and whom it returns to.
    fn write(&self, out: &Outgoing, to: &str) -> Result<Letter, String> {
        let mut letter = letter::write(out, &self.from, to)?;
        let signatures: Vec<String> =
            self.signers.iter().filter_map(|s| s.sign(&letter.bytes, out.made_at)).collect();
        if !signatures.is_empty() {
            letter.bytes.splice(0..0, signatures.concat().into_bytes());
        }
        if let Some(bounces) = &self.bounces {
            letter.returns_to =
                bounces.address(&out.return_token).ok_or("The email could not be written.")?;
        }
        Ok(letter)
    }

    async fn deliver(&self, letter: &Letter, halt: &Halt, stage: &mut Stage) -> Result<(), Fault> {
        if let Some(session) = self.relay.take() {
            match self.hand_over(session, letter, halt, stage).await {
                // A session that was kept may have been closed by the server:
                // nothing has been handed over, so a new one may try at once.
                Err(Fault::Lost(_) | Fault::Reply(421, _)) if *stage == Stage::Sender => {}
                ended => return ended,
            }
        }
        let session = unless_stopped(halt, self.relay.open(stage)).await?;
        self.hand_over(session, letter, halt, stage).await
    }

    /// One mail transaction (RFC 5321, 3.3). Keeps the session when it is still
    /// good for another; one that was stopped in the middle ends.
    async fn hand_over(
        &self,
        mut session: Session,
        letter: &Letter,
        halt: &Halt,
        stage: &mut Stage,
    ) -> Result<(), Fault> {
        let ended = session.transaction(letter, halt, stage).await;
        match &ended {
            Ok(()) => self.relay.keep(session),
            // The server ends the session with 421; anything else leaves it usable.
            Err(Fault::Reply(code, _)) if *code != 421 && !session.ended => {
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

    /// Connects, encrypts, signs in, and leaves.
    pub async fn check(&self) -> Result<String, String> {
        let (name, mut stage) = (self.relay.name(), Stage::Connect);
        let sentence = |outcome: Outcome| match outcome {
            Outcome::Pause { reason, .. } | Outcome::Later { reason, .. } => format!("{name}: {reason}"),
            _ => format!("{name}: the mail server does not answer."),
        };
        let opened = self.relay.open(&mut stage).await;
        let mut session = opened.map_err(|fault| sentence(judge(stage, &fault)))?;
        let answered = session.line.command(Noop).await.map_err(Fault::from);
        answered.map_err(|fault| sentence(judge(stage, &fault)))?;
        let secret = if session.encrypted { "encrypted" } else { "not encrypted" };
        // It has answered; whether it says goodbye does not matter.
        let _ = session.line.command(Quit).await;
        let signed = match self.signers.len() {
            0 => "not signed".into(),
            _ => {
                format!("signed for {}", self.signers.iter().map(Signer::name).collect::<Vec<_>>().join(", "))
            }
        };
        let bounces = if self.bounces.is_some() { "bounces are read" } else { "bounces are not read" };
        Ok(format!("{name} takes mail from {} ({secret}, {signed}, {bounces}).", self.from))
    }
}

/// Where mail comes back to: an address for each message, which names it to us
/// and to nobody else (a variable envelope return path).
struct Bounces {
    /// Before and after the token.
    before: String,
    after: String,
}

impl Bounces {
    fn new(domain: Option<&str>, from: &Address) -> Result<Self, ChannelError> {
        let before = match domain {
            Some(_) => bounce::PREFIX.to_owned(),
            // A subaddress of our own (RFC 5233).
            None => format!("{}+{}", from.user(), bounce::PREFIX),
        };
        let bounces = Self { before, after: domain.unwrap_or(from.domain()).trim().to_owned() };
        match bounces.address(&"a".repeat(52)) {
            Some(_) => Ok(bounces),
            None => Err(ChannelError(
                "email.bounce_domain is needed: a domain whose mail comes to /hooks/email/bounce, \
                 like bounces.status.example.nhs.uk (email.from is too long to carry the rest)"
                    .into(),
            )),
        }
    }

    fn address(&self, token: &str) -> Option<Address> {
        let local = format!("{}{token}", self.before);
        // RFC 5321, 4.5.3.1.1.
        (local.len() <= 64).then(|| letter::address(&format!("{local}@{}", self.after))).flatten()
    }
}

#[cfg(test)]
impl Email {
    /// A relay without anything else, for tests.
    pub(super) fn plain(url: &str) -> Self {
        let settings =
            RelaySettings { url: url.into(), from: "updates@status.example".into(), ..Default::default() };
        Self::new(&settings, Arc::default()).unwrap()
    }
}

#[cfg(test)]
mod tests;
