//! What nearly every reader asks for: pages and assets, as finished bytes.
//!
//! The server asks here first, before the router and its layers, which cost
//! more than the answer itself (`direct`, and `server` for what is hyper's); the
//! router asks here too, so that there is one way in which a page is answered.
//! All headers are in the answer already.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::Full;

use crate::page::body::{Body, Coded, Coding};
use crate::page::form::Wanted;
use crate::page::site::Site;

/// The answer to a reader; `None` when it takes more than finished bytes.
pub fn answer<B>(site: &Site, now: DateTime<Utc>, request: &Request<B>) -> Option<Response<Full<Bytes>>> {
    let head = match *request.method() {
        Method::GET => false,
        Method::HEAD => true,
        _ => return None,
    };
    let body = find(site, request.uri().path(), now)?;
    Some(respond(&body, head, request.headers()))
}

/// What stands at an address. The code is written as it is: any other case is
/// redirected by the router.
pub fn find(site: &Site, path: &str, now: DateTime<Utc>) -> Option<Arc<Body>> {
    if path.starts_with("/assets/") {
        return site.asset(path).cloned();
    }
    let path = path.strip_prefix('/')?;
    let (text, wanted) = match path.split_once('/') {
        None => (path, Wanted::parse("")?),
        Some((_, "")) => return None,
        Some((text, rest)) => (text, Wanted::parse(rest)?),
    };
    site.find(text, wanted, now)
}

/// The bytes in the coding that the reader takes, or 304 when they have them.
pub fn respond(body: &Body, head: bool, asked: &HeaderMap) -> Response<Full<Bytes>> {
    let (accepted, known) = (text_of(asked, header::ACCEPT_ENCODING), text_of(asked, header::IF_NONE_MATCH));
    let (coded, is_known) = choose(body, accepted, known);
    let mut response = Response::new(Full::default());
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = coded.unchanged.clone();
        return response;
    }
    *response.headers_mut() = coded.headers.clone();
    if head {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(coded.bytes.len()));
    } else {
        *response.body_mut() = Full::new(coded.bytes.clone());
    }
    response
}

/// The coding that a reader takes by their `Accept-Encoding`, and whether they have those
/// bytes by their `If-None-Match`.
pub fn choose<'a>(body: &'a Body, accepted: &str, known: &str) -> (&'a Coded, bool) {
    let coding = if takes(accepted, "br") {
        Coding::Brotli
    } else if takes(accepted, "gzip") {
        Coding::Gzip
    } else {
        Coding::Plain
    };
    let coded = body.coded(coding);
    (coded, is_known(known, coded.etag.as_bytes()))
}

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// Whether `If-None-Match` names the validator (RFC 9110, 13.1.2: weakly).
fn is_known(known: &str, etag: &[u8]) -> bool {
    known == "*" || known.split(',').any(|k| k.trim().trim_start_matches("W/").as_bytes() == etag)
}

/// Whether `Accept-Encoding` takes a coding (a weight of 0 refuses it).
fn takes(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some(coding)
            && !pieces.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>() == Ok(0.0)))
    })
}
