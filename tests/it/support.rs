//! What several tests need.

use std::collections::VecDeque;
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

/// A far side that answers as it is told, and keeps what it was asked.
#[derive(Clone)]
pub struct FarSide {
    pub url: String,
    seen: Arc<Mutex<Vec<Asked>>>,
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Method, path and query: `POST /a?b=c`.
    pub line: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Asked {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl FarSide {
    /// Answers 200 and `otherwise` once the told answers are used up.
    pub async fn new(otherwise: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let far = Self { url, seen: Arc::default(), answers: Arc::default() };
        let own = far.clone();
        let answer = move |request: axum::extract::Request| async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let body = String::from_utf8_lossy(&body).into_owned();
            let line = format!("{} {}", parts.method, parts.uri);
            own.seen.lock().unwrap().push(Asked { line, headers: parts.headers, body });
            let (status, text) = own.answers.lock().unwrap().pop_front().unwrap_or((200, otherwise.into()));
            let mut response = axum::response::Response::new(axum::body::Body::from(text.clone()));
            *response.status_mut() = axum::http::StatusCode::from_u16(status).unwrap();
            if (300..400).contains(&status) {
                response.headers_mut().insert("location", text.parse().unwrap());
            }
            response
        };
        tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
        far
    }

    /// What it answers next; a redirect leads to its text.
    pub fn then(&self, answers: &[(u16, &str)]) {
        let answers = answers.iter().map(|(status, text)| (*status, (*text).to_owned()));
        self.answers.lock().unwrap().extend(answers);
    }

    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

/// Gives `input` to a program of the tests' own and reads what it says.
pub fn ask(program: &str, arguments: &[&str], input: &str) -> String {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{program}: {e}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A few lines for Node, with the tests' own packages; standard input is in
/// `input`.
pub fn node(lines: &str, input: &str) -> serde_json::Value {
    let modules = counterpart("SIGNPOST_TEST_NODE_MODULES");
    let lines = format!(
        "const load = name => require('{modules}/' + name);\n\
         const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n\
         const say = value => console.log(JSON.stringify(value));\n{lines}"
    );
    let said = ask("node", &["-e", &lines], input);
    serde_json::from_str(&said).unwrap_or_else(|e| panic!("{e}: {said}"))
}

/// The same for Python.
pub fn python(lines: &str, input: &str) -> serde_json::Value {
    let lines = format!(
        "import json, sys\ninput = json.load(sys.stdin)\n\
         say = lambda value: print(json.dumps(value))\n{lines}"
    );
    let said = ask(&counterpart("SIGNPOST_TEST_PYTHON"), &["-c", &lines], input);
    serde_json::from_str(&said).unwrap_or_else(|e| panic!("{e}: {said}"))
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
