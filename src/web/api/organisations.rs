//! What an organisation says: answers, local lines, its accounts.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

use super::bodies::{LinesBody, Problem, ResponseBody};
use super::{answer, body, code, in_english, in_others};
use crate::desk::local::LocalSet;
use crate::domain::time::rfc3339;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// Answer an incident for one organisation
#[utoipa::path(put, path = "/api/v1/incidents/{id}/responses/{code}", request_body = ResponseBody,
    params(("id" = Uuid, Path), ("code" = String, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn respond(
    State(web): State<Web>,
    Program(who): Program,
    Path((id, text)): Path<(Uuid, String)>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let draft = body::response(&body::json(&bytes)?)?;
    let response = web.desk.respond(&who, id, &code(&text)?, &draft).await?;
    let body = json!({
        "incident": response.incident,
        "organisation": response.organisation,
        "answer": response.answer,
        "lines": super::lines(&response.lines),
        "message": in_english(response.message.as_ref()),
        "message_in": in_others(response.message.as_ref()),
        "message_by": response.message_by,
        "made_at": rfc3339(response.made_at),
    });
    Ok(answer(StatusCode::OK, body))
}

/// Set an organisation's local facts
#[utoipa::path(put, path = "/api/v1/organisations/{code}/lines", request_body = LinesBody, params(("code" = String, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn set_lines(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let draft = body::local(&body::json(&bytes)?)?;
    let facts = match web.desk.set_lines(&who, &code(&text)?, &draft).await? {
        LocalSet::Published(facts) => facts,
        LocalSet::Waits(id) => {
            let body = json!({"publication": "awaiting_approval", "update": {"id": id}});
            return Ok(answer(StatusCode::OK, body));
        }
    };
    let body = json!({
        "publication": "published",
        "organisation": facts.organisation,
        "lines": super::lines(&facts.lines),
        "message": in_english(facts.message.as_ref()),
        "message_in": in_others(facts.message.as_ref()),
        "phone": facts.phone,
        "expires_at": rfc3339(facts.expires_at),
        "set_at": rfc3339(facts.set_at),
    });
    Ok(answer(StatusCode::OK, body))
}
