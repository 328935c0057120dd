//! What patients and machines read. No sign-in, no database, no template: a
//! look-up in memory and finished bytes.

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Web;
use super::error::screen_with;
use super::views::public::{Found, NotFound, Search};
use crate::domain::org::OrgCode;
use crate::page::search::MAX_FOUND;
use crate::page::site::{Body, Form};
use crate::page::statuspage::Endpoint;

/// A browser or proxy may reuse a page this long without asking, and for a day
/// when the server cannot be reached: the page says when it was checked.
const PAGE_CACHE: &str = "public, max-age=10, stale-while-revalidate=30, stale-if-error=86400";
const ASSET_CACHE: &str = "public, max-age=31536000, immutable";

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(search))
        .route("/assets/{file}", get(asset))
        .route("/{code}", get(page))
        .route("/{code}/{leaf}", get(leaf))
        .route("/{code}/api/v2/{*endpoint}", get(statuspage))
}

/// `GET /{CODE}`.
async fn page(State(web): State<Web>, Path(code): Path<String>, headers: HeaderMap) -> Response {
    serve(&web, &code, Form::Html, "", &headers)
}

/// `GET /{CODE}/{locale}` and the other forms of the page.
async fn leaf(
    State(web): State<Web>,
    Path((code, leaf)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let form = match leaf.as_str() {
        "en" => Form::Html,
        "history" => Form::History,
        "status.json" => Form::StatusJson,
        "feed.atom" => Form::Atom,
        "calendar.ics" => Form::Calendar,
        _ => return not_found(&code),
    };
    serve(&web, &code, form, &format!("/{leaf}"), &headers)
}

/// `GET /{CODE}/api/v2/…`.
async fn statuspage(
    State(web): State<Web>,
    Path((code, endpoint)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match Endpoint::parse(&endpoint) {
        Some(which) => serve(&web, &code, Form::Statuspage(which), &format!("/api/v2/{endpoint}"), &headers),
        None => not_found(&code),
    }
}

/// Finished bytes of one form, or where they are.
fn serve(web: &Web, text: &str, form: Form, rest: &str, headers: &HeaderMap) -> Response {
    let Some(code) = OrgCode::parse(text) else { return not_found(text) };
    if !web.site.is_ready() {
        let text = "The pages are being made. Try again in a few seconds.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], text).into_response();
    }
    if code.as_str() != text && web.site.has(&code) {
        return Redirect::permanent(&format!("/{code}{rest}")).into_response();
    }
    match web.site.get(&code, form, web.desk.now()) {
        Some(body) => bytes(&body, headers, PAGE_CACHE, form != Form::Html && form != Form::History),
        None => not_found(text),
    }
}

/// The encoding that the reader takes, or 304 when they have it already.
pub fn bytes(body: &Body, headers: &HeaderMap, cache: &'static str, for_all: bool) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (content, encoding) = if takes(accepted, "br") {
        (&body.brotli, Some("br"))
    } else if takes(accepted, "gzip") {
        (&body.gzip, Some("gzip"))
    } else {
        (&body.plain, None)
    };
    // One validator for each encoding, as RFC 9110, 8.8.3.3 asks.
    let etag = match encoding {
        Some(name) => format!("{}-{name}\"", body.etag.trim_end_matches('"')),
        None => body.etag.clone(),
    };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let same = known == "*" || known.split(',').any(|k| k.trim().trim_start_matches("W/") == etag);
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(HttpBody::from(content.clone()))
    };
    let out = response.headers_mut();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    };
    set(header::ETAG, &etag);
    set(header::CACHE_CONTROL, cache);
    set(header::VARY, "accept-encoding");
    if !same {
        set(header::CONTENT_TYPE, body.content_type);
        encoding.iter().for_each(|e| set(header::CONTENT_ENCODING, e));
    }
    if for_all {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    response
}

/// Whether `Accept-Encoding` takes a coding (a weight of 0 refuses it).
fn takes(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some(coding)
            && !pieces.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>() == Ok(0.0)))
    })
}

/// `GET /assets/{file}`.
async fn asset(State(web): State<Web>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let path = format!("/assets/{file}");
    match web.site.asset(&path) {
        Some(body) => bytes(body, &headers, ASSET_CACHE, false),
        None => not_found(""),
    }
}

/// What a search asks.
#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// `GET /?q=`.
async fn search(State(web): State<Web>, Query(asked): Query<Asked>) -> Response {
    let q: String = asked.q.trim().chars().take(100).collect();
    let found = web.site.search().find(&q);
    let more = found.len() == MAX_FOUND;
    let now = web.desk.now();
    let results = found
        .iter()
        .map(|org| Found {
            code: org.code.to_string(),
            name: org.name.clone(),
            street: org.address.clone(),
            town: org.town.clone(),
            postcode: org.postcode.clone(),
            kind: org.kind.noun(),
            state: web.site.facts(&org.code).map(|f| f.at(now).headline.state),
        })
        .collect();
    super::error::screen(&Search { q, results, more })
}

/// Addresses that lead nowhere still offer a search.
pub async fn nowhere(uri: axum::http::Uri) -> Response {
    not_found(uri.path().trim_matches('/').split('/').next().unwrap_or_default())
}

pub fn not_found(text: &str) -> Response {
    screen_with(StatusCode::NOT_FOUND, &NotFound { q: text.chars().take(100).collect() })
}
