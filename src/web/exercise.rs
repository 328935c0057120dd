//! `/{CODE}/exercise`: the page as an exercise has it, for staff who have signed
//! in. No patient meets it.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::Web;
use super::error::{PageError, no_store};
use super::extract::Staff;
use crate::desk::DeskError;
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;
use crate::page::{Context, cap, html};
use crate::store::StoreError;
use crate::words::english;

pub fn routes() -> Router<Web> {
    Router::new().route("/{code}/exercise", get(page)).route("/{code}/exercise/cap.xml", get(alert))
}

/// One form of it.
async fn made(
    web: &Web,
    actor: &Actor,
    text: &str,
    form: fn(&Context<'_>) -> Result<String, askama::Error>,
) -> Result<String, PageError> {
    let code = OrgCode::parse(text).ok_or(DeskError::NotFound("This organisation"))?;
    let facts = web.desk.exercise(actor, &code).await?;
    let now = web.desk.now();
    let context = Context {
        facts: &facts,
        view: &facts.at(now),
        now,
        checked_at: now,
        base_url: &web.desk.base_url,
        nhs_logo: false,
        since: None,
        words: english(),
    };
    form(&context).map_err(|error| StoreError::Corrupt(error.to_string()).into())
}

/// `GET /{CODE}/exercise`.
async fn page(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let body = made(&web, &actor, &code, html::exercise).await?;
    Ok((no_store(), Html(body)).into_response())
}

/// `GET /{CODE}/exercise/cap.xml`: its status is Exercise or Test.
async fn alert(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let body = made(&web, &actor, &code, cap::cap).await?;
    Ok((no_store(), [(header::CONTENT_TYPE, "application/cap+xml; charset=utf-8")], body).into_response())
}
