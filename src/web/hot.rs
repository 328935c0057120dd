//! What nearly every reader asks for: pages and assets, as finished bytes.
//!
//! The server asks here first, before the router and its layers, which cost
//! more than the answer itself; the router asks here too, so that there is one
//! way in which a page is answered. All headers are in the answer already.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::Full;

use super::{NOSNIFF, SAME_ORIGIN};
use crate::domain::org::OrgCode;
use crate::page::body::{Body, Coding};
use crate::page::form::Wanted;
use crate::page::site::Site;

const ACCEPT_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");
const BROTLI: HeaderValue = HeaderValue::from_static("br");
/// What caches in front call the key of a page: Fastly, and most others.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");
const ANYBODY: HeaderValue = HeaderValue::from_static("*");

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
fn find(site: &Site, path: &str, now: DateTime<Utc>) -> Option<Arc<Body>> {
    if let Some(asset) = site.asset(path) {
        return Some(Arc::clone(asset));
    }
    let path = path.strip_prefix('/')?;
    let (text, wanted) = match path.split_once('/') {
        None => (path, Wanted::parse("")?),
        Some((_, "")) => return None,
        Some((text, rest)) => (text, Wanted::parse(rest)?),
    };
    let code = OrgCode::parse(text).filter(|code| code.as_str() == text)?;
    site.get(&code, wanted, now)
}

/// The bytes in the coding that the reader takes, or 304 when they have them.
fn respond(body: &Body, head: bool, asked: &HeaderMap) -> Response<Full<Bytes>> {
    let accepted = text_of(asked, header::ACCEPT_ENCODING);
    let (coding, name) = if takes(accepted, "br") {
        (Coding::Brotli, Some(BROTLI))
    } else if takes(accepted, "gzip") {
        (Coding::Gzip, Some(GZIP))
    } else {
        (Coding::Plain, None)
    };
    let coded = body.coded(coding);
    let mut headers = HeaderMap::with_capacity(14);
    headers.insert(header::ETAG, coded.etag.clone());
    headers.insert(header::CACHE_CONTROL, body.manner.cache_control.clone());
    headers.insert(header::VARY, ACCEPT_ENCODING);
    headers.insert(header::CONTENT_SECURITY_POLICY, body.manner.csp.clone());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.insert(header::REFERRER_POLICY, SAME_ORIGIN);
    if let Some(key) = &body.manner.key {
        headers.insert(SURROGATE_KEY, key.clone());
        headers.insert(CACHE_TAG, key.clone());
    }
    if body.manner.open {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
    }
    let has_it = is_known(text_of(asked, header::IF_NONE_MATCH), coded.etag.as_bytes());
    let mut response = Response::new(Full::default());
    if has_it {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        headers.insert(header::CONTENT_TYPE, body.manner.content_type.clone());
        if let Some(name) = name {
            headers.insert(header::CONTENT_ENCODING, name);
        }
        if head {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(coded.bytes.len()));
        } else {
            *response.body_mut() = Full::new(coded.bytes.clone());
        }
    }
    *response.headers_mut() = headers;
    response
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
