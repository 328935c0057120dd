//! What patients and machines read. No sign-in, no database, no template: a
//! look-up in memory and finished bytes.

use std::sync::Arc;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::error::screen_with;
use super::views::public::{Found, NotFound, Search};
use super::{Web, history, subscribe};
use crate::domain::org::{Org, OrgCode};
use crate::page;
use crate::page::archive::Past;
use crate::page::search::MAX_FOUND;
use crate::page::site::{Body, Form};
use crate::words::{self, Locale};

/// A browser or proxy may reuse a page this long without asking, and for a day
/// when the server cannot be reached: the page says when it was checked.
const PAGE_CACHE: &str = "public, max-age=10, stale-while-revalidate=30, stale-if-error=86400";
const ASSET_CACHE: &str = "public, max-age=31536000, immutable";

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(search))
        .route("/assets/{file}", get(asset))
        .route("/{code}", get(main_page))
        .route("/{code}/{*rest}", get(leaf))
}

/// `GET /{CODE}`, and `GET /{locale}`, which is the search in a language.
async fn main_page(
    State(web): State<Web>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match Locale::parse(&code) {
        Some(locale) => found(&web, &asked.q, locale),
        None => serve(&web, &code, "", &headers),
    }
}

/// Everything below the page: `/{CODE}/{locale}` and the other forms.
async fn leaf(
    State(web): State<Web>,
    Path((code, rest)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some((past, locale)) = Past::named(&rest) {
        return history::serve(&web, &code, past, locale, &headers).await;
    }
    match rest.strip_suffix("/subscribe").and_then(Locale::parse) {
        Some(locale) => subscribe::form_in(&web, &code, locale),
        None => serve(&web, &code, &rest, &headers),
    }
}

/// Which form of a page an address below `/{CODE}/` names, and in which
/// language: `cy`, `cy/history`, `history`, `api/v2/summary.json`.
pub fn named(rest: &str) -> Option<(Form, Locale)> {
    let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
    match Locale::parse(first) {
        Some(locale) => Form::parse(after).filter(|f| f.is_for_people()).map(|form| (form, locale)),
        None => Form::parse(rest).map(|form| (form, Locale::En)),
    }
}

/// Finished bytes of one form, or where they are.
fn serve(web: &Web, text: &str, rest: &str, headers: &HeaderMap) -> Response {
    let (Some(code), Some((form, locale))) = (OrgCode::parse(text), named(rest)) else {
        return not_found(text, Locale::En);
    };
    if !web.site.is_ready() {
        let text = "The pages are being made. Try again in a few seconds.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], text).into_response();
    }
    if code.as_str() != text && web.site.has(&code) {
        let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
        return Redirect::permanent(&format!("/{code}{rest}")).into_response();
    }
    match web.site.get(&code, form, locale, web.desk.now()) {
        Some(body) => bytes(&body, headers, PAGE_CACHE, !form.is_for_people()),
        None => not_found(text, locale),
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
        None => not_found("", Locale::En),
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
    found(&web, &asked.q, Locale::En)
}

/// What a search finds, in one language.
fn found(web: &Web, q: &str, locale: Locale) -> Response {
    let (w, now) = (words::of(locale), web.desk.now());
    let q: String = q.trim().chars().take(100).collect();
    let found = web.site.search().find(&q);
    let more = found.len() == MAX_FOUND;
    let show = |org: &Arc<Org>| Found {
        address: page::path(&org.code, locale, ""),
        name: org.name.clone(),
        street: org.address.clone(),
        town: org.town.clone(),
        postcode: org.postcode.clone(),
        kind: w.with(
            "search-kind-and-code",
            &[("kind", org.kind.noun(w).into()), ("code", org.code.as_str().into())],
        ),
        state: web.site.facts(&org.code).map(|f| f.at(now).headline.state),
    };
    let results = found.iter().map(show).collect();
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &q).finish();
    let query = if q.is_empty() { String::new() } else { format!("?{query}") };
    let languages = Locale::ALL.iter().map(|l| (*l, format!("{}{query}", page::root(l)))).collect();
    super::error::screen(&Search { w, languages, q, results, more })
}

/// Addresses that lead nowhere still offer a search.
pub async fn nowhere(uri: axum::http::Uri) -> Response {
    not_found(uri.path().trim_matches('/').split('/').next().unwrap_or_default(), Locale::En)
}

/// There is no such place; what was asked for goes into a search.
pub fn not_found(text: &str, locale: Locale) -> Response {
    let q = text.chars().take(100).collect();
    screen_with(StatusCode::NOT_FOUND, &NotFound { w: words::of(locale), q })
}
