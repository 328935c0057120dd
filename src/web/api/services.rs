//! Which services a place has.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::bodies::Problem;
use super::{answer, body, code};
use crate::domain::line::Line;
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// What a place does not have of the lines that places of its kind have.
#[derive(Serialize, ToSchema)]
pub struct Lacks {
    /// Such as `["emergency_department"]` for a hospital without A&E.
    pub lacks: Vec<String>,
}

/// What a place does not have
#[utoipa::path(get, path = "/api/v1/organisations/{code}/services", params(("code" = String, Path)),
    responses((status = 200, body = Lacks), (status = 404, body = Problem)))]
pub async fn show(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    shown(&web, &who, &code(&text)?).await
}

/// Say what a place does not have, in place of what stood
///
/// Its page, and every other form of it, does not speak of these lines. That a
/// service has stopped for now is a line, and not this.
#[utoipa::path(put, path = "/api/v1/organisations/{code}/services", request_body = Lacks, params(("code" = String, Path)),
    responses((status = 200, body = Lacks), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn set(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let code = code(&text)?;
    let mut fields = body::Fields::new(&body::json(&bytes)?, &["lacks"])?;
    let all: Vec<&str> = Line::ALL.iter().map(|line| line.as_str()).collect();
    let lacks = fields.words("lacks", &all, Line::parse);
    if lacks.is_none() && fields.is_right() {
        fields.wrong("lacks", "Give a list of lines. An empty list takes them all back.");
    }
    let lacks = fields.done(lacks.unwrap_or_default())?;
    web.desk.set_lacks(&who, &code, lacks.into_iter().collect()).await?;
    shown(&web, &who, &code).await
}

async fn shown(web: &Web, who: &Actor, code: &OrgCode) -> Result<Response, ApiError> {
    let org = web.desk.place(who, code).await?;
    Ok(answer(StatusCode::OK, json!({"lacks": org.lacks})))
}
