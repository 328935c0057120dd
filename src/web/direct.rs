//! The shortest way to finished bytes: what a reader asks for is read and answered here, as
//! long as each request asks for a page or an asset and says nothing else that matters. At
//! the first that does, hyper gets the connection, with what was read of it, and keeps it.
//!
//! hyper's own work is a tenth of what a page costs, and more where many connections are
//! open (`scripts/bench pages`). Heads are taken apart by the parser that hyper uses. Whatever
//! could mean a body, another version or an end of the connection is hyper's.

use std::cell::RefCell;
use std::io::{self, IoSlice, Write};
use std::mem::MaybeUninit;

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use httparse::{Header, Request, Status};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::connections::Watch;
use super::hot;
use super::metrics::Answers;
use crate::page::site::Site;

/// Headers of a request at most; those with more are hyper's.
const HEADERS: usize = 64;
/// Read at once, in bytes: about a browser's whole request.
const READ: usize = 1024;

/// A request for finished bytes.
struct Asked<'a> {
    path: &'a str,
    /// `Accept-Encoding` and `If-None-Match`, or nothing.
    accepted: &'a str,
    known: &'a str,
}

/// What has been read of a connection.
enum Heard<'a> {
    /// A whole request, so many bytes long.
    Whole(Asked<'a>, usize),
    Part,
    /// What hyper has to look at.
    Other,
}

/// Takes a head apart (RFC 9112, 3 and 5).
fn hear(read: &[u8]) -> Heard<'_> {
    let mut headers = [const { MaybeUninit::<Header<'_>>::uninit() }; HEADERS];
    let mut request = Request::new(&mut []);
    let length = match request.parse_with_uninit_headers(read, &mut headers) {
        Ok(Status::Complete(length)) => length,
        Ok(Status::Partial) => return Heard::Part,
        Err(_) => return Heard::Other,
    };
    let (Some("GET"), Some(1), Some(path)) = (request.method, request.version, request.path) else {
        return Heard::Other;
    };
    if !path.starts_with('/') || path.contains(['?', '#']) {
        return Heard::Other;
    }
    let mut asked = Asked { path, accepted: "", known: "" };
    // Of what is said twice the first counts, as in `hot`.
    for header in request.headers.iter().rev() {
        let is = |name: &str| header.name.eq_ignore_ascii_case(name);
        match header.name.len() {
            13 if is("if-none-match") => asked.known = text(header),
            15 if is("accept-encoding") => asked.accepted = text(header),
            10 if is("connection") && !header.value.eq_ignore_ascii_case(b"keep-alive") => {
                return Heard::Other;
            }
            14 if is("content-length") => return Heard::Other,
            17 if is("transfer-encoding") => return Heard::Other,
            6 if is("expect") => return Heard::Other,
            7 if is("upgrade") => return Heard::Other,
            _ => {}
        }
    }
    Heard::Whole(asked, length)
}

fn text<'a>(header: &Header<'a>) -> &'a str {
    str::from_utf8(header.value).unwrap_or_default()
}

/// Answers one connection until it ends, or until somebody else has to: gives what was read
/// and not answered then. No request is longer than `most` bytes.
pub async fn talk(
    stream: &mut TcpStream,
    watch: &Watch,
    most: usize,
    (site, answers): (&Site, &Answers),
    now: impl Fn() -> DateTime<Utc>,
) -> io::Result<Option<Vec<u8>>> {
    let (mut read, mut head) = (Vec::new(), Vec::new());
    loop {
        let (asked, length) = match hear(&read) {
            Heard::Whole(asked, length) => (asked, length),
            Heard::Part if read.len() < most => {
                read.reserve(READ);
                match stream.read_buf(&mut read).await? {
                    0 => return Ok(None),
                    _ => continue,
                }
            }
            Heard::Part | Heard::Other => return Ok(Some(read)),
        };
        let now = now();
        let Some(body) = hot::find(site, asked.path, now) else { return Ok(Some(read)) };
        let (coded, is_known) = hot::choose(&body, asked.accepted, asked.known);
        let bytes: &[u8] = if is_known {
            write_head(&mut head, "304 Not Modified", &coded.unchanged, None, now);
            &[]
        } else {
            write_head(&mut head, "200 OK", &coded.headers, Some(coded.bytes.len()), now);
            &coded.bytes
        };
        answers.from_memory(is_known);
        write(stream, watch, &head, bytes).await?;
        read.drain(..length);
    }
}

/// The head of an answer (RFC 9112, 4), with its date (RFC 9110, 6.6.1).
fn write_head(
    out: &mut Vec<u8>,
    status: &str,
    headers: &HeaderMap,
    length: Option<usize>,
    now: DateTime<Utc>,
) {
    out.clear();
    for part in ["HTTP/1.1 ", status, "\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
    for (name, value) in headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            out.extend_from_slice(part);
        }
    }
    if let Some(length) = length {
        // Writing to memory does not fail.
        let _ = write!(out, "content-length: {length}\r\n");
    }
    DATE.with_borrow_mut(|(second, line)| {
        if *second != now.timestamp() {
            *second = now.timestamp();
            *line = now.format("date: %a, %d %b %Y %H:%M:%S GMT\r\n\r\n").to_string();
        }
        out.extend_from_slice(line.as_bytes());
    });
}

thread_local! {
    /// The date as it is written, and the second that it is for.
    static DATE: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

async fn write(stream: &mut TcpStream, watch: &Watch, head: &[u8], body: &[u8]) -> io::Result<()> {
    let mut slices = [IoSlice::new(head), IoSlice::new(body)];
    let mut left = &mut slices[..];
    while !left.is_empty() {
        match stream.write_vectored(left).await? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => IoSlice::advance_slices(&mut left, written),
        }
        watch.wrote();
    }
    Ok(())
}
