//! Looking back: a month, or one incident, at its permanent address. What is
//! not at hand is read from the database, a few readers at a time.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Web;
use super::error::screen_with;
use super::public::{bytes, not_found};
use super::views::problem::Problem;
use crate::domain::org::OrgCode;
use crate::page::archive::Past;
use crate::page::history::is_month;

/// What is past hardly changes; a withdrawal or a note shows within minutes.
const CACHE: &str = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";

pub fn routes() -> Router<Web> {
    Router::new().route("/{code}/history/{month}", get(month)).route("/{code}/incidents/{id}", get(incident))
}

/// `GET /{CODE}/history/{YYYY-MM}`.
async fn month(
    State(web): State<Web>,
    Path((code, month)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let now = web.desk.now();
    match Past::parse_month(&month) {
        Some(Past::Month(first)) if is_month(first, now) => {
            serve(&web, &code, Past::Month(first), &headers).await
        }
        _ => not_found(&code),
    }
}

/// `GET /{CODE}/incidents/{id}`.
async fn incident(
    State(web): State<Web>,
    Path((code, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match Past::parse_incident(&id) {
        Some(past) => serve(&web, &code, past, &headers).await,
        None => not_found(&code),
    }
}

async fn serve(web: &Web, text: &str, past: Past, headers: &HeaderMap) -> Response {
    let Some(code) = OrgCode::parse(text).filter(|code| web.site.has(code)) else { return not_found(text) };
    if code.as_str() != text {
        return Redirect::permanent(&format!("/{code}/{}", past.path())).into_response();
    }
    let now = web.desk.now();
    if let Some(body) = web.site.past(&code, past, now) {
        return bytes(&body, headers, CACHE, false);
    }
    let found = match past {
        Past::Month(first) => web.desk.past_month(&code, first).await,
        Past::Incident(id) => web.desk.past_incident(&code, id).await,
    };
    match found {
        Ok(Some(facts)) => bytes(&web.site.keep_past(&facts, past, now, now), headers, CACHE, false),
        Ok(None) => not_found(text),
        Err(error) => {
            tracing::warn!(%error, "the past cannot be read");
            match web.site.old_past(&code, past) {
                Some(body) => bytes(&body, headers, CACHE, false),
                None => screen_with(StatusCode::SERVICE_UNAVAILABLE, &Problem::no_past(&code)),
            }
        }
    }
}
