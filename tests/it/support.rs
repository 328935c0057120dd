//! What several tests need.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use chrono::{DateTime, Timelike, Utc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Where a server that the tests talk to is, or what else they need.
pub fn counterpart(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run scripts/test, which starts it"))
}

/// The current moment, in whole milliseconds.
#[expect(clippy::disallowed_methods, reason = "real servers live in real time")]
pub fn now() -> DateTime<Utc> {
    let now = DateTime::<Utc>::from(SystemTime::now());
    now.with_nanosecond(now.nanosecond() / 1_000_000 * 1_000_000).unwrap()
}

/// Stands before an HTTP server and keeps every request with its answer. When
/// told to, it lets the server answer and then loses the answer.
#[derive(Clone)]
pub struct Recorder {
    pub url: String,
    seen: Arc<Mutex<Vec<(String, String)>>>,
    lose: Arc<AtomicBool>,
}

impl Recorder {
    pub async fn before(upstream: &str) -> Self {
        let upstream = upstream.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let recorder = Self { url, seen: Arc::default(), lose: Arc::default() };
        let own = recorder.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (own, upstream) = (own.clone(), upstream.clone());
                tokio::spawn(async move { own.pass(client, &upstream).await });
            }
        });
        recorder
    }

    /// The next answers are lost, until told otherwise.
    pub fn lose_answers(&self, lose: bool) {
        self.lose.store(lose, Ordering::SeqCst);
    }

    /// Requests and answers so far, as they were on the wire.
    pub fn take(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn pass(&self, mut client: TcpStream, upstream: &str) {
        let Some(request) = read_request(&mut client).await else { return };
        let mut server = TcpStream::connect(upstream).await.unwrap();
        // One request for each connection, so that an answer ends where it ends.
        let line = request.find("\r\n").unwrap() + 2;
        let sent = format!("{}connection: close\r\n{}", &request[..line], &request[line..]);
        server.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await.unwrap();
        let text = String::from_utf8_lossy(&answer).into_owned();
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push((request, text));
        if !self.lose.load(Ordering::SeqCst) {
            client.write_all(&answer).await.unwrap();
        }
    }
}

/// Head and body of a request that says how long it is.
async fn read_request(client: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if client.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some(head) = text.find("\r\n\r\n") else { continue };
        let length = text[..head].lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        if bytes.len() >= head + 4 + length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}
