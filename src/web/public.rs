//! What patients and machines read. No sign-in, no database, no template: a
//! look-up in memory and finished bytes.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::error::screen_with;
use super::views::public::{Found, NotFound, Search};
use super::{Web, hot};
use crate::domain::org::OrgCode;
use crate::page::search::MAX_FOUND;
use crate::page::site::Form;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(search))
        .route("/assets/{file}", get(asset))
        .route("/{code}", get(page))
        .route("/{code}/{*rest}", get(form))
}

/// `GET /{CODE}`.
async fn page(State(web): State<Web>, Path(code): Path<String>, request: Request) -> Response {
    serve(&web, &code, "", &request)
}

/// `GET /{CODE}/…`: the other forms of the page.
async fn form(
    State(web): State<Web>,
    Path((code, rest)): Path<(String, String)>,
    request: Request,
) -> Response {
    serve(&web, &code, &rest, &request)
}

/// Finished bytes of one form, or where they are.
fn serve(web: &Web, text: &str, rest: &str, request: &Request) -> Response {
    if let Some(found) = hot::answer(&web.site, web.desk.now(), request) {
        return found.map(Body::new);
    }
    let (Some(code), Some(_)) = (OrgCode::parse(text), Form::parse(rest)) else { return not_found(text) };
    if !web.site.is_ready() {
        let text = "The pages are being made. Try again in a few seconds.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], text).into_response();
    }
    if !web.site.has(&code) {
        return not_found(text);
    }
    let slash = if rest.is_empty() { "" } else { "/" };
    Redirect::permanent(&format!("/{code}{slash}{rest}")).into_response()
}

/// `GET /assets/{file}`.
async fn asset(State(web): State<Web>, request: Request) -> Response {
    hot::answer(&web.site, web.desk.now(), &request)
        .map_or_else(|| not_found(""), |found| found.map(Body::new))
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

fn not_found(text: &str) -> Response {
    screen_with(StatusCode::NOT_FOUND, &NotFound { q: text.chars().take(100).collect() })
}
