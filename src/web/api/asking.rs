//! Asking the sites that an incident reaches.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

use super::bodies::{AskingBody, Problem};
use super::idempotency::Post;
use super::schema::Asking;
use super::{answer, body};
use crate::domain::time::rfc3339;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// Who has not answered an incident, and when they are asked again
#[utoipa::path(get, path = "/api/v1/incidents/{id}/asking", params(("id" = Uuid, Path)),
    responses((status = 200, body = Asking), (status = 404, body = Problem)))]
pub async fn show(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    shown(&web, &who, id).await
}

/// Stop asking those who have not answered, or ask them now and again
#[utoipa::path(put, path = "/api/v1/incidents/{id}/asking", request_body = AskingBody, params(("id" = Uuid, Path)),
    responses((status = 200, body = Asking), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn set(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let mut fields = body::Fields::new(&body::json(&bytes)?, &["asking"])?;
    let on = fields.word("asking", &["on", "off"], |text| match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    });
    if on.is_none() && fields.is_right() {
        fields.wrong("asking", "Give on or off.");
    }
    web.desk.set_asking(&who, id, fields.done(on.unwrap_or_default())?).await?;
    shown(&web, &who, id).await
}

/// Say that places are back to normal which you are responsible for, and which said nothing themselves
#[utoipa::path(post, path = "/api/v1/incidents/{id}/confirmations", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn confirm(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, _| async move {
        let places = desk.confirm_below(&actor, id, None).await?;
        Ok((StatusCode::OK, json!({"organisations": places})))
    })
    .await
}

async fn shown(web: &Web, who: &Actor, id: Uuid) -> Result<Response, ApiError> {
    let asking = web.desk.asking(who, id).await?;
    let chase = asking.chase.as_ref();
    let body = Asking {
        answered: asking.answered,
        silent: asking.silent.iter().map(ToString::to_string).collect(),
        asked: chase.map_or(0, |c| c.asked),
        next_at: chase.and_then(|c| c.next_at).filter(|_| asking.incident.is_open()).map(rfc3339),
        stopped_at: chase.and_then(|c| c.stopped_at).map(rfc3339),
    };
    Ok(answer(StatusCode::OK, json!(body)))
}
