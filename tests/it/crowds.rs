//! The server on real sockets: the same answers as the router, and readers who
//! do not notice those who mean harm.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use signpost::web::server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::harness::{Driver, TestApp};

/// A server with one region, and what ends it.
struct Served {
    app: TestApp,
    at: SocketAddr,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Served {
    async fn with(connections: usize) -> Self {
        let app = TestApp::with_region(Driver::Sqlite).await;
        let listener = server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let (at, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let router = signpost::web::router(app.web());
        let task = tokio::spawn(server::serve(listener, app.web(), router, connections, stop.clone()));
        Self { app, at, stop, task }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.at).await.unwrap()
    }

    /// One request on a connection of its own; head and body.
    async fn ask(&self, head: &str) -> (String, Vec<u8>) {
        let mut stream = self.connect().await;
        let request = format!("{head}\r\nhost: localhost:8080\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
    }

    async fn is_there(&self, path: &str) {
        let began = Instant::now();
        let answer =
            tokio::time::timeout(Duration::from_secs(3), self.ask(&format!("GET {path} HTTP/1.1"))).await;
        let (head, _) = answer.unwrap_or_else(|_| panic!("{path} gave no answer in 3 seconds"));
        let status = &head[..head.find("\r\n").unwrap()];
        assert!(status.starts_with("HTTP/1.1 2") || status.starts_with("HTTP/1.1 303"), "{path}: {status}");
        assert!(began.elapsed() < Duration::from_secs(3), "{path}");
    }

    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

/// Whether the other side has ended the connection.
async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    matches!(tokio::time::timeout(Duration::from_millis(5), stream.read(&mut byte)).await, Ok(Ok(0) | Err(_)))
}

#[tokio::test]
async fn the_server_and_the_router_give_the_same_answers() {
    let served = Served::with(100).await;
    let asset = signpost::assets::ALL[0].path;
    let etag = served.app.get("/Z80001").await.header("etag").to_owned();
    let not_modified = format!("if-none-match: {etag}");
    for (method, path, extra) in [
        ("GET", "/Z80001", ""),
        ("GET", "/Z80001", "accept-encoding: gzip"),
        ("GET", "/Z80001", "accept-encoding: gzip, br"),
        ("GET", "/Z80001", not_modified.as_str()),
        ("HEAD", "/Z80001", ""),
        ("HEAD", "/Z80001", "accept-encoding: br"),
        ("HEAD", "/Z80001", not_modified.as_str()),
        ("GET", "/Z80001/en", ""),
        ("GET", "/Z80001/history", ""),
        ("GET", "/Z80001/status.json", "accept-encoding: gzip"),
        ("GET", "/Z80001/feed.atom", ""),
        ("GET", "/Z80001/api/v2/incidents/unresolved.json", ""),
        ("GET", asset, "accept-encoding: br"),
        ("HEAD", asset, ""),
        ("GET", "/z80001/status.json", ""),
        ("GET", "/Z99999", ""),
        ("GET", "/Z80001/nowhere", ""),
        ("POST", "/Z80001", ""),
        ("GET", "/", ""),
    ] {
        let lines = if extra.is_empty() { String::new() } else { format!("\r\n{extra}") };
        let (head, body) = served.ask(&format!("{method} {path} HTTP/1.1{lines}")).await;
        let mut request = Request::builder().method(method).uri(path);
        if let Some((name, value)) = extra.split_once(": ") {
            request = request.header(name, value);
        }
        let expected = served.app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(head[9..12], expected.status.as_u16().to_string(), "{method} {path} {extra}");
        assert_eq!(body, expected.body, "{method} {path} {extra}");
        let mut on_the_wire: Vec<String> = head
            .lines()
            .skip(1)
            .filter(|l| !l.starts_with("date:") && !l.starts_with("connection:"))
            .map(String::from)
            .collect();
        let mut from_router: Vec<String> =
            expected.headers.iter().map(|(n, v)| format!("{n}: {}", v.to_str().unwrap())).collect();
        // The length is the server's to write where there is a body.
        let length = |lines: &mut Vec<String>| lines.retain(|l| !l.starts_with("content-length"));
        if method == "HEAD" && expected.status != 304 {
            assert!(
                on_the_wire.iter().any(|l| l.starts_with("content-length") && l != "content-length: 0"),
                "{head}"
            );
        }
        length(&mut on_the_wire);
        length(&mut from_router);
        // The router's layers add these to a 304 as to any answer; there the server
        // says only what a cache needs.
        if expected.status == 304 {
            let added = ["content-security-policy:", "x-content-type-options:", "referrer-policy:"];
            from_router.retain(|l| !added.iter().any(|name| l.starts_with(name)));
        }
        on_the_wire.sort();
        from_router.sort();
        assert_eq!(on_the_wire, from_router, "{method} {path} {extra}");
    }
    served.end().await;
}

#[tokio::test]
async fn who_sends_no_request_is_cut_off_and_who_reads_stays() {
    let served = Served::with(100).await;
    let mut slow = served.connect().await;
    slow.write_all(b"GET /Z80001 HTTP/1.1\r\nhost: localhost\r\n").await.unwrap();
    let mut silent = served.connect().await;
    let mut reader = served.connect().await;
    let request = b"GET /Z80001 HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut answer = vec![0; 64 * 1024];
    for second in 0..13 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        // A byte at a time keeps nobody in.
        let _ = slow.write_all(b"x").await;
        if second % 6 == 0 {
            reader.write_all(request).await.unwrap();
            assert!(reader.read(&mut answer).await.unwrap() > 0, "second {second}");
        }
    }
    while reader.try_read(&mut answer).is_ok_and(|n| n > 0) {}
    assert!(is_closed(&mut slow).await && is_closed(&mut silent).await);
    assert!(!is_closed(&mut reader).await);
    served.end().await;
}

#[tokio::test]
async fn a_flood_of_idle_connections_locks_nobody_out() {
    let served = Served::with(64).await;
    let mut flood = Vec::new();
    for round in 0..8 {
        for _ in 0..32 {
            flood.push(served.connect().await);
        }
        for path in ["/Z80001", "/health/live", "/sign-in", "/desk", "/Z80001/status.json"] {
            served.is_there(path).await;
        }
        assert!(flood.len() > round * 32);
    }
    let mut open = 0;
    for stream in &mut flood {
        open += usize::from(!is_closed(stream).await);
    }
    assert!(open <= 64, "{open} of 256 idle connections are still open");
    // The newest came in: nobody is refused.
    assert!(!is_closed(flood.last_mut().unwrap()).await);
    served.end().await;
}

#[tokio::test]
async fn many_readers_behind_one_address_are_all_answered() {
    let served = Served::with(4_000).await;
    let mut readers = Vec::new();
    for _ in 0..400 {
        readers.push(served.connect().await);
    }
    let request = b"GET /Z80001/status.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    for _ in 0..3 {
        for reader in &mut readers {
            reader.write_all(request).await.unwrap();
        }
        let mut answer = vec![0; 64 * 1024];
        for reader in &mut readers {
            let n = reader.read(&mut answer).await.unwrap();
            assert!(answer[..n].starts_with(b"HTTP/1.1 200 "));
        }
    }
    served.end().await;
}

#[tokio::test]
async fn stopping_lets_a_request_finish_and_closes_the_rest() {
    let served = Served::with(100).await;
    let mut idle = served.connect().await;
    let mut posting = served.connect().await;
    let body = "channel=email&contact=a@example.org&locale=en";
    let head = format!(
        "POST /Z80001/subscribe HTTP/1.1\r\nhost: localhost:8080\r\norigin: http://localhost:8080\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    posting.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    served.stop.cancel();
    tokio::time::sleep(Duration::from_millis(100)).await;
    posting.write_all(body.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1024];
    let n = posting.read(&mut answer).await.unwrap();
    assert!(answer[..n].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..n]));
    assert!(is_closed(&mut idle).await);
    served.end().await;
}
