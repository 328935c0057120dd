//! One mail transaction (RFC 5321, 3.3) on a connection that is signed in.

use std::borrow::Cow;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Severity;
use tokio::time::Instant;

use super::letter::Letter;
use super::{Fault, Stage, unless_stopped};
use crate::domain::delivery::Halt;

/// A connection that is signed in.
pub(super) struct Session {
    pub line: AsyncSmtpConnection,
    pub encrypted: bool,
    /// Messages that it has carried.
    pub used: u32,
    pub since: Instant,
    /// It broke off, or waits for something that it will not get.
    pub ended: bool,
    /// Whether it takes several commands at once (RFC 2920).
    pipelines: bool,
}

impl Session {
    /// Asks what lettre does not keep: whether commands may come together.
    pub async fn new(
        mut line: AsyncSmtpConnection,
        encrypted: bool,
        hello: &ClientId,
    ) -> Result<Self, Fault> {
        let pipelines = match line.command(Ehlo::new(hello.clone())).await {
            Ok(offer) => offer.message().any(|word| word.eq_ignore_ascii_case("PIPELINING")),
            Err(refused) if refused.status().is_some() => false,
            Err(lost) => return Err(lost.into()),
        };
        Ok(Self { line, encrypted, used: 0, since: Instant::now(), ended: false, pipelines })
    }

    /// Hands one message over; `stage` is how far that came.
    pub async fn transaction(
        &mut self,
        letter: &Letter,
        halt: &Halt,
        stage: &mut Stage,
    ) -> Result<(), Fault> {
        let mut options = Vec::new();
        *stage = Stage::Sender;
        if !letter.to.to_string().is_ascii() {
            if !self.line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Fault::Lacks("The mail server cannot take an address with accented letters."));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let commands = [
            (Stage::Sender, Mail::new(Some(letter.returns_to.clone()), options).to_string()),
            (Stage::Recipient, Rcpt::new(letter.to.clone(), Vec::new()).to_string()),
            (Stage::Data, Data.to_string()),
        ];
        match self.pipelines {
            true => self.all_at_once(&commands, halt, stage).await?,
            false => {
                for (at, command) in &commands {
                    *stage = *at;
                    unless_stopped(halt, self.line.command(command)).await?;
                }
            }
        }
        if halt.is_called() {
            return Err(Fault::Stopped);
        }
        *stage = Stage::Content;
        // One write: with its last line by itself, the far side would wake twice.
        let reply = self.line.command(content(&letter.bytes)).await?.code();
        // lettre takes 3xx for a yes.
        match reply.severity {
            Severity::PositiveCompletion => Ok(()),
            _ => Err(Fault::Lost(format!("it answered {reply}"))),
        }
    }

    /// Every command gets its reply, whatever became of the one before; the
    /// first that is a no counts.
    async fn all_at_once(
        &mut self,
        commands: &[(Stage, String); 3],
        halt: &Halt,
        stage: &mut Stage,
    ) -> Result<(), Fault> {
        let together: String = commands.iter().map(|(_, command)| command.as_str()).collect();
        let mut first: Option<Fault> = None;
        let mut taken = false;
        for (at, _) in commands {
            if first.is_none() {
                *stage = *at;
            }
            let reply = match at {
                Stage::Sender => unless_stopped(halt, self.line.command(&together)).await,
                _ => unless_stopped(halt, self.line.read_response()).await,
            };
            taken = reply.is_ok();
            match reply {
                Ok(_) => {}
                Err(Fault::Stopped) => return Err(Fault::Stopped),
                Err(no @ Fault::Reply(code, _)) if code != 421 => {
                    first.get_or_insert(no);
                }
                Err(end) => {
                    self.ended = true;
                    return Err(first.unwrap_or(end));
                }
            }
        }
        // It refused, and waits for the content nevertheless: it gets none, and
        // is of no more use (RFC 2920, 3.1).
        self.ended = taken && first.is_some();
        first.map_or(Ok(()), Err)
    }
}

/// A message as it goes over the line: lines that begin with a dot get another,
/// and a dot alone ends it (RFC 5321, 4.5.2). `letter` has CRLF and ASCII alone.
fn content(letter: &[u8]) -> String {
    let text = std::str::from_utf8(letter).map_or_else(|_| String::from_utf8_lossy(letter), Cow::Borrowed);
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        if line.starts_with('.') {
            out.push('.');
        }
        out.push_str(line);
    }
    if !out.ends_with("\r\n") {
        out.push_str("\r\n");
    }
    out.push_str(".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_message_ends_it() {
        assert_eq!(content(b"a\r\n.\r\n..b\r\nc.\r\n"), "a\r\n..\r\n...b\r\nc.\r\n.\r\n");
        assert_eq!(content(b".no end"), "..no end\r\n.\r\n");
    }
}
