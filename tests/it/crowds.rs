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

/// The answers on one connection, until it is quiet for a moment or ends.
async fn all_of(stream: &mut TcpStream) -> Vec<u8> {
    let (mut all, mut some) = (Vec::new(), vec![0; 64 * 1024]);
    while let Ok(Ok(n)) = tokio::time::timeout(Duration::from_millis(400), stream.read(&mut some)).await {
        all.extend_from_slice(&some[..n]);
        if n == 0 {
            break;
        }
    }
    all
}

/// An answer without its date, which moves.
fn undated(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    text.split("\r\n")
        .filter(|l| !l.starts_with("date:") && *l != "connection: close")
        .collect::<Vec<_>>()
        .join("\r\n")
}

/// What is answered on the connection itself is what hyper would have answered: there, a
/// request that ends its connection is hyper's.
#[tokio::test]
async fn the_short_way_and_hyper_give_the_same_answers() {
    let served = Served::with(100).await;
    let gzip = "accept-encoding: deflate, gzip\r\n";
    let (head, _) = served.ask("GET /Z80001 HTTP/1.1\r\naccept-encoding: gzip").await;
    let etag = head.lines().find_map(|l| l.strip_prefix("etag: ")).unwrap();
    let known = format!("{gzip}if-none-match: \"other\", W/{etag}\r\n");
    for (path, extra) in [
        ("/Z80001", ""),
        ("/Z80001", gzip),
        ("/Z80001", "Accept-Encoding: br\r\naccept-encoding: gzip\r\n"),
        ("/Z80001", "accept-encoding: gzip;q=0, br;q=0\r\n"),
        ("/Z80001", known.as_str()),
        ("/Z80001/cy", gzip),
        ("/Z80001/feed.atom", gzip),
        (signpost::assets::ALL[0].path, "if-none-match: *\r\n"),
    ] {
        let request = |more: &str| format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{extra}{more}\r\n");
        let mut answers = Vec::new();
        for more in ["", "Connection: Keep-Alive\r\n", "connection: close\r\n"] {
            let mut stream = served.connect().await;
            stream.write_all(request(more).as_bytes()).await.unwrap();
            let all = all_of(&mut stream).await;
            assert!(String::from_utf8_lossy(&all).contains("\r\ndate: "), "{path} {extra}");
            answers.push(undated(&all));
        }
        assert!(answers[0] == answers[2] && answers[1] == answers[2], "{path} {extra}: {answers:#?}");
    }
    served.end().await;
}

/// Whatever comes on one connection is answered in its order, however it is cut into pieces:
/// also where hyper takes over in the middle.
#[tokio::test]
async fn requests_in_a_row_are_answered_in_order_in_whatever_pieces_they_come() {
    let served = Served::with(100).await;
    let page = "GET /Z80001/status.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let feed = "GET /Z80001/feed.atom HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let found = "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";
    // Its body looks like a request.
    let hidden = format!(
        "GET /Z80001/status.json HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{feed}",
        feed.len()
    );
    let missing = "GET /Z80001/nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let row = [page, feed, found, page, missing, feed].concat();
    let statuses = ["200", "200", "200", "200", "404", "200"];
    let with_body = [page, hidden.as_str(), missing, feed, feed].concat();
    let in_pieces = [1, 7, 100, 5_000].map(|piece| (&row, piece, &statuses[..]));
    for (row, piece, expected) in
        in_pieces.into_iter().chain([(&with_body, 5_000, &["200", "200", "404", "200", "200"][..])])
    {
        let mut stream = served.connect().await;
        for part in row.as_bytes().chunks(piece) {
            stream.write_all(part).await.unwrap();
            tokio::time::sleep(Duration::from_millis(if piece > 1 { 2 } else { 0 })).await;
        }
        let all = all_of(&mut stream).await;
        let text = String::from_utf8_lossy(&all);
        let answered: Vec<&str> = text.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
        assert_eq!(answered, expected, "{piece}");
        assert_eq!(text.matches("<feed").count(), 2, "a body is no request");
        assert!(!is_closed(&mut stream).await, "and more may come");
    }
    served.end().await;
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let served = Served::with(100).await;
    let long = format!("GET /Z80001 HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "a".repeat(20_000));
    let many = format!("GET /Z80001 HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(200));
    let old = "GET /Z80001 HTTP/1.0\r\n\r\n".to_owned();
    for (request, status) in [
        (long, "431"),
        (many, "431"),
        (old, "200"),
        ("GET /Z80001 HTTP/1.1\r\nhost localhost\r\n\r\n".into(), "400"),
        ("\u{1}\u{2}\u{3}\r\n\r\n".into(), "400"),
        (
            "GET http://localhost/Z80001 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".into(),
            "200",
        ),
        ("GET /Z80001?x HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".into(), "200"),
    ] {
        let mut stream = served.connect().await;
        let _ = stream.write_all(request.as_bytes()).await;
        let all = all_of(&mut stream).await;
        let first = String::from_utf8_lossy(&all[..all.len().min(12)]).into_owned();
        assert!(first.ends_with(status), "{}: {first}", &request[..40.min(request.len())]);
        assert!(is_closed(&mut stream).await, "{first}");
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
