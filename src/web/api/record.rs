//! After it: what a page said at any moment, and everything about an incident.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use super::bodies::Problem;
use super::{answer, calls, code};
use crate::desk::DeskError;
use crate::web::Web;
use crate::web::admin::past_page;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// A moment.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Moment {
    /// Such as 2024-07-19T08:40:00Z.
    #[param(required = true)]
    time: Option<String>,
}

/// What a page said at a moment, to the word
///
/// `page` is its `status.json` as it was served then, and `html` the page for patients in English.
#[utoipa::path(get, path = "/api/v1/organisations/{code}/at", params(("code" = String, Path), Moment),
    responses((status = 200), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn at(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
    calls::Asked(asked): calls::Asked<Moment>,
) -> Result<Response, ApiError> {
    let code = code(&text)?;
    let at = asked.time.as_deref().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let wrong = || DeskError::field("/time", "Give the time as RFC 3339, such as 2024-07-19T09:40:00Z.");
    let at: DateTime<Utc> = at.ok_or_else(wrong)?.to_utc();
    let page = web.desk.page_at(&who, &code, at).await?;
    let html = past_page::html(&web, &page);
    Ok(answer(StatusCode::OK, json!({"time": at, "page": past_page::status(&web, &page), "html": html})))
}

/// Everything that is recorded about an incident, with its entries of the audit chain
///
/// Also what was proposed (`proposals`), what staff were told (`calls`) and the words that left
/// (`words`). No contact of anybody is in it.
#[utoipa::path(get, path = "/api/v1/incidents/{id}/record", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn export(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, web.desk.export_record(&who, id).await?))
}
