//! What each end of a session means, as a table and against a scripted server.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::super::PAUSE_LONG;
use super::super::tests::outgoing;
use super::super::{Channels, ProviderSettings, Settings};
use super::*;
use crate::domain::delivery::{Address as To, AddressFault};

fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted { .. } => "accepted",
        Outcome::Later { .. } => "later",
        Outcome::Pause { .. } | Outcome::SlowDown { .. } => "pause",
        Outcome::Never { .. } => "never",
        Outcome::Gone { fault: AddressFault::Dead, .. } => "dead",
        Outcome::Gone { .. } => "doubtful",
        Outcome::Unclear { .. } => "unclear",
        Outcome::Stopped => "stopped",
    }
}

#[test]
fn only_a_loss_after_the_message_began_is_unclear() {
    let lost = Fault::Lost("connection reset".into());
    for (stage, expected) in [
        (Stage::Connect, "pause"),
        (Stage::Encrypt, "pause"),
        (Stage::SignIn, "pause"),
        (Stage::Sender, "later"),
        (Stage::Recipient, "later"),
        (Stage::Data, "later"),
        (Stage::Content, "unclear"),
    ] {
        assert_eq!(kind(&judge(stage, &lost)), expected, "{stage:?}");
    }
}

#[test]
fn replies_are_told_apart_by_stage_and_code() {
    use Stage::*;
    for (stage, code, said, expected) in [
        (Connect, 554, "No mail for you", "pause"),
        (Connect, 421, "4.3.2 too busy", "pause"),
        (SignIn, 535, "5.7.8 wrong password", "pause"),
        (SignIn, 454, "4.7.0 later", "pause"),
        (Sender, 550, "5.7.1 sender not verified", "pause"),
        (Sender, 452, "4.3.1 disk full", "later"),
        (Recipient, 550, "5.1.1 <alice@example.org> unknown", "dead"),
        (Recipient, 550, "no such user here", "doubtful"),
        (Recipient, 552, "5.2.2 over quota", "doubtful"),
        (Recipient, 550, "5.7.1 blocked", "never"),
        (Recipient, 421, "4.7.0 too much for this domain", "later"),
        (Recipient, 450, "4.2.0 greylisted", "later"),
        (Recipient, 554, "5.7.1 <alice@example.org>: Relay access denied", "pause"),
        (Recipient, 550, "5.1.1 <relay@example.org> unknown", "dead"),
        (Recipient, 530, "5.7.0 Authentication required", "pause"),
        (Data, 554, "no valid recipients", "never"),
        (Content, 554, "5.7.1 spam", "never"),
        (Content, 451, "4.7.1 scanner down", "later"),
        (Content, 421, "4.3.2 shutting down", "later"),
        (Sender, 421, "4.3.2 shutting down", "pause"),
        (Content, 454, "Throttling failure: Maximum sending rate exceeded", "pause"),
    ] {
        let outcome = judge(stage, &Fault::Reply(code, said.into()));
        assert_eq!(kind(&outcome), expected, "{stage:?} {code} {said}");
        assert!(!format!("{outcome:?}").contains("example.org"), "{outcome:?}");
    }
    let full = judge(Recipient, &Fault::Reply(452, "4.2.2 alice over quota".into()));
    let reason = "The mail server put the message off: 452 4.2.2, the mailbox is full.".into();
    assert_eq!(full, Outcome::Later { reason, after: None });
}

/// What a scripted server does when it gets a command that begins with a word.
#[derive(Clone, Copy)]
enum Then {
    Say(&'static str),
    HangUp,
    Silence,
}

/// A server that takes everything but for the first rule that fits. `.` stands
/// for the end of the message. Keeps every line that it was sent.
async fn server(rules: &'static [(&'static str, Then)]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = heard.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let log = log.clone();
            tokio::spawn(async move {
                let (read, mut write) = socket.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 here\r\n").await.unwrap();
                let mut content = false;
                while let Ok(Some(line)) = lines.next_line().await {
                    log.lock().unwrap().push(line.clone());
                    if content && line != "." {
                        continue;
                    }
                    let ended = std::mem::take(&mut content);
                    let rule =
                        rules.iter().find(|(word, _)| line.starts_with(word) && (ended || *word != "."));
                    let reply = match rule.map(|(_, then)| *then) {
                        Some(Then::Say(reply)) => reply,
                        Some(Then::HangUp) => return,
                        Some(Then::Silence) => std::future::pending().await,
                        None if line.starts_with("DATA") => {
                            content = true;
                            "354 go on"
                        }
                        None if line.starts_with("AUTH") => "235 2.7.0 welcome",
                        None if line.starts_with("EHLO") => "250-here\r\n250 AUTH PLAIN",
                        None => "250 2.0.0 ok",
                    };
                    write.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
                }
            });
        }
    });
    (url, heard)
}

fn channels(url: String) -> Channels {
    let from = "Signpost <updates@status.example>".into();
    let email = vec![ProviderSettings::Relay(RelaySettings { url, from, ..Default::default() })];
    Channels::new(&Settings { email, ..Default::default() }).unwrap()
}

async fn send_to(rules: &'static [(&'static str, Then)]) -> (Outcome, Vec<String>) {
    let (url, heard) = server(rules).await;
    let out = outgoing(To::Email("alice@example.org".into()));
    let outcome = channels(url).send(&out).await;
    let heard = heard.lock().unwrap().clone();
    (outcome, heard)
}

#[tokio::test]
async fn a_message_is_taken_once() {
    let (outcome, heard) = send_to(&[]).await;
    let reference = "<018f3a4e-0000-7000-8000-0000000000a1@status.example>".into();
    assert_eq!(outcome, Outcome::Accepted { reference });
    assert_eq!(heard.iter().filter(|line| *line == ".").count(), 1);
    assert!(heard.contains(&"RCPT TO:<alice@example.org>".to_owned()));
}

#[tokio::test]
async fn an_answer_that_is_lost_leaves_it_unclear() {
    let (outcome, heard) = send_to(&[(".", Then::HangUp)]).await;
    assert_eq!(kind(&outcome), "unclear", "{outcome:?}");
    assert_eq!(heard.iter().filter(|line| *line == ".").count(), 1, "and it was not sent again");
}

#[tokio::test]
async fn a_server_that_goes_away_sooner_has_certainly_not_taken_it() {
    for rules in [&[("RCPT", Then::HangUp)] as &'static [_], &[("DATA", Then::HangUp)]] {
        let (outcome, heard) = send_to(rules).await;
        assert_eq!(kind(&outcome), "later", "{outcome:?}");
        assert!(!heard.iter().any(|line| line == "."));
    }
}

#[tokio::test]
async fn a_refused_recipient_is_not_named() {
    let (outcome, heard) =
        send_to(&[("RCPT", Then::Say("550 5.1.1 <alice@example.org>: alice is unknown"))]).await;
    let reason = "The mail server refused the message: 550 5.1.1, there is no such mailbox.".into();
    assert_eq!(outcome, Outcome::Gone { reason, fault: AddressFault::Dead });
    assert_eq!(heard.last().map(String::as_str), Some("RSET"), "the session serves the next message");
}

#[tokio::test]
async fn a_wrong_password_stops_the_channel_and_not_the_message() {
    let (url, _) = server(&[("AUTH", Then::Say("535 5.7.8 no"))]).await;
    let channels = channels(url.replace("smtp://", "smtp://user:hunter2@"));
    let outcome = channels.send(&outgoing(To::Email("alice@example.org".into()))).await;
    assert!(matches!(&outcome, Outcome::Pause { after, .. } if *after == PAUSE_LONG), "{outcome:?}");
    assert!(!format!("{outcome:?}").contains("hunter2"));
    let channel = crate::domain::subscriber::Channel::Email;
    let told = channels.check(channel, &channels.names(channel)[0]).await.unwrap().unwrap_err();
    assert!(told.contains("does not accept the user and password"), "{told}");
}

#[tokio::test]
async fn encryption_is_never_given_up() {
    let (url, heard) = server(&[]).await;
    let channels = channels(url.replace("?tls=none", ""));
    let outcome = channels.send(&outgoing(To::Email("alice@example.org".into()))).await;
    assert_eq!(kind(&outcome), "pause", "{outcome:?}");
    assert!(!heard.lock().unwrap().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn nobody_there_stops_the_channel_for_a_moment() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let channels = channels(format!("smtp://127.0.0.1:{port}?tls=none"));
    let outcome = channels.send(&outgoing(To::Email("alice@example.org".into()))).await;
    assert!(matches!(&outcome, Outcome::Pause { after, .. } if *after == PAUSE_SHORT), "{outcome:?}");
}

#[tokio::test]
async fn silence_ends_at_the_limit() {
    for (rules, expected) in [
        (&[(".", Then::Silence)] as &'static [_], "unclear"),
        (&[("RCPT", Then::Silence)], "later"),
        (&[("EHLO", Then::Silence)], "pause"),
    ] {
        let (url, _) = server(rules).await;
        let mut email = Email::plain(&url);
        email.limit = Duration::from_millis(200);
        let out = outgoing(To::Email("alice@example.org".into()));
        assert_eq!(kind(&email.send(&out, "alice@example.org").await), expected);
    }
}

#[tokio::test]
async fn a_session_is_used_again_and_replaced_when_it_has_closed() {
    let (url, heard) = server(&[]).await;
    let channels = channels(url);
    let out = outgoing(To::Email("alice@example.org".into()));
    for _ in 0..3 {
        assert_eq!(kind(&channels.send(&out).await), "accepted");
    }
    // Each session asks twice what the server can do.
    assert_eq!(heard.lock().unwrap().iter().filter(|line| line.starts_with("EHLO")).count(), 2);

    let (url, heard) = server(&[("RSET", Then::HangUp), (".", Then::Say("250 bye"))]).await;
    let email = Email::plain(&url);
    let mut stage = Stage::Connect;
    let mut session = email.relay.open(&mut stage).await.unwrap();
    assert!(session.line.command(Rset).await.is_err());
    email.relay.keep(session);
    assert_eq!(kind(&email.send(&out, "alice@example.org").await), "accepted");
    assert_eq!(heard.lock().unwrap().iter().filter(|line| line.starts_with("EHLO")).count(), 4);
}

const PIPELINING: (&str, Then) = ("EHLO", Then::Say("250-here\r\n250 PIPELINING"));

#[tokio::test]
async fn commands_that_come_together_are_judged_one_by_one() {
    let (outcome, heard) = send_to(&[PIPELINING]).await;
    assert_eq!(kind(&outcome), "accepted");
    assert_eq!(heard.iter().filter(|line| *line == ".").count(), 1);

    for (rules, expected) in [
        (
            &[
                PIPELINING,
                ("MAIL", Then::Say("550 5.7.1 no")),
                ("RCPT", Then::Say("503 first MAIL")),
                ("DATA", Then::Say("503 no")),
            ] as &'static [_],
            "pause",
        ),
        (&[PIPELINING, ("RCPT", Then::Say("550 5.1.1 unknown")), ("DATA", Then::Say("554 nobody"))], "dead"),
        (
            &[PIPELINING, ("RCPT", Then::Say("451 4.7.1 greylisted")), ("DATA", Then::Say("503 nobody"))],
            "later",
        ),
        (&[PIPELINING, ("DATA", Then::Say("452 4.3.1 full"))], "later"),
    ] {
        let (outcome, heard) = send_to(rules).await;
        assert_eq!(kind(&outcome), expected, "{outcome:?}");
        assert!(!heard.iter().any(|line| line == "."), "{heard:?}");
        assert_eq!(heard.last().map(String::as_str), Some("RSET"), "the session serves the next message");
    }
    for rule in ["MAIL", "RCPT", "DATA"] {
        let rules: &'static [_] = Box::leak(Box::new([PIPELINING, (rule, Then::HangUp)]));
        let (outcome, heard) = send_to(rules).await;
        assert_eq!(kind(&outcome), "later", "{outcome:?}");
        assert!(!heard.iter().any(|line| line == "."));
    }
    let (outcome, _) = send_to(&[PIPELINING, (".", Then::HangUp)]).await;
    assert_eq!(kind(&outcome), "unclear", "{outcome:?}");
}

#[tokio::test]
async fn nothing_follows_a_refusal_when_the_server_waits_for_the_content() {
    let (url, heard) = server(&[PIPELINING, ("RCPT", Then::Say("550 5.1.1 unknown"))]).await;
    let email = Email::plain(&url);
    let out = outgoing(To::Email("alice@example.org".into()));
    assert_eq!(kind(&email.send(&out, "alice@example.org").await), "dead");
    assert!(email.relay.take().is_none(), "the session is given up");
    assert_eq!(heard.lock().unwrap().last().map(String::as_str), Some("DATA"));
}

/// A stop holds within two seconds, whatever the server waits with.
#[tokio::test]
async fn a_stop_holds_while_the_server_is_slow_to_answer() {
    for rules in [
        &[("EHLO", Then::Silence)] as &'static [_],
        &[("MAIL", Then::Silence)],
        &[("RCPT", Then::Silence)],
        &[("DATA", Then::Silence)],
    ] {
        let (url, heard) = server(rules).await;
        let out = outgoing(To::Email("alice@example.org".into()));
        let (halt, began) = (out.halt.clone(), std::time::Instant::now());
        let sending = tokio::spawn(async move { channels(url).send(&out).await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        halt.call();
        assert_eq!(sending.await.unwrap(), Outcome::Stopped, "{:?}", rules[0].0);
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert!(!heard.lock().unwrap().iter().any(|line| line.contains("Subject")));
    }
}
