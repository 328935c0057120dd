//! A mail server that misbehaves on command and keeps what it took. That our
//! sessions hold to SMTP is shown against servers that nobody here wrote.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it does, for everybody or for the recipients of one domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Well,
    /// It takes three seconds to greet.
    GreetsLate,
    /// 421 to whoever connects.
    Closed,
    /// 535 to whoever signs in.
    WrongPassword,
    /// 451 for the recipient.
    PutsOff,
    /// 421 for the recipient, and the session ends.
    HangsUp,
    /// The recipient waits for an answer.
    Hangs,
    /// It takes the message and does not say so.
    LosesAnswer,
}

#[derive(Debug, Clone)]
pub struct Taken {
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone)]
pub struct Sink {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    domains: Arc<Mutex<HashMap<String, Mood>>>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Sink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sink = Self {
            url: format!("smtp://{}?tls=none", listener.local_addr().unwrap()),
            mood: Arc::new(Mutex::new(Mood::Well)),
            domains: Arc::default(),
            taken: Arc::default(),
        };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let own = own.clone();
                // A client that hangs up is no failure of the test.
                tokio::spawn(async move { own.serve(socket).await.ok() });
            }
        });
        sink
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn set_for(&self, domain: &str, mood: Mood) {
        self.domains.lock().unwrap().insert(domain.to_owned(), mood);
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    pub fn copies(&self, to: &str) -> usize {
        self.taken().iter().filter(|t| t.to == to).count()
    }

    fn mood(&self, recipient: &str) -> Mood {
        let domain = recipient.rsplit('@').next().unwrap_or_default();
        let own = self.domains.lock().unwrap().get(domain).copied();
        own.unwrap_or(*self.mood.lock().unwrap())
    }

    async fn serve(&self, socket: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = socket.into_split();
        let mut lines = BufReader::new(read);
        if self.mood("") == Mood::Closed {
            return write.write_all(b"421 4.3.2 closed\r\n").await;
        }
        if self.mood("") == Mood::GreetsLate {
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
        write.write_all(b"220 sink\r\n").await?;
        let (mut from, mut to) = (String::new(), String::new());
        let inside = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let mut reply = "250 2.0.0 ok";
            match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => reply = "250-sink\r\n250 AUTH PLAIN",
                "AUTH" if self.mood("") == Mood::WrongPassword => reply = "535 5.7.8 no",
                "AUTH" => reply = "235 2.7.0 welcome",
                "MAIL" => from = inside(&line),
                "RCPT" => {
                    to = inside(&line);
                    match self.mood(&to) {
                        Mood::PutsOff => reply = "451 4.7.1 later",
                        Mood::HangsUp => return write.write_all(b"421 4.7.0 not now\r\n").await,
                        Mood::Hangs => tokio::time::sleep(Duration::from_secs(3600)).await,
                        _ => {}
                    }
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let bytes = content(&mut lines).await?;
                    let one = Taken { from: from.clone(), to: to.clone(), bytes };
                    self.taken.lock().unwrap().push(one);
                    if self.mood(&to) == Mood::LosesAnswer {
                        return Ok(());
                    }
                }
                _ => {}
            }
            write.write_all(format!("{reply}\r\n").as_bytes()).await?;
        }
    }
}

/// The message, as it was before dots were stuffed.
async fn content(lines: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).await? == 0 || line == b".\r\n" {
            return Ok(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
