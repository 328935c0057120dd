//! Planned downtime: announcing, extending, ending, cancelling, reading.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::bodies::{CancellationBody, EndBody, ExtensionBody, PlannedBody, Problem};
use super::idempotency::Post;
use super::incidents::posted;
use super::planned_body as read;
use super::{answer, body, in_english, in_others, schema};
use crate::desk::planned_steps::PlanChange;
use crate::domain::incident::Target;
use crate::domain::planned::{Planned, Step, Window};
use crate::domain::time::rfc3339;
use crate::store::incidents::HISTORY;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// Announce planned downtime
#[utoipa::path(post, path = "/api/v1/planned", request_body = PlannedBody,
    responses((status = 201, body = schema::Posted), (status = 422, body = Problem)))]
pub async fn plan(post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let plan = read::plan(&body::json(&sent)?, &actor.organisation)?;
        Ok(posted(desk.plan(&actor, &plan).await?))
    })
    .await
}

/// Planned downtime that touches the token's organisation or anything below it
#[utoipa::path(get, path = "/api/v1/planned", responses((status = 200)))]
pub async fn list(State(web): State<Web>, Program(who): Program) -> Result<Response, ApiError> {
    let (all, now) = (web.desk.plans(&who).await?, web.desk.now());
    let list: Vec<Value> = all.iter().map(|o| planned_json(&o.planned, &o.windows, now)).collect();
    Ok(answer(StatusCode::OK, json!({"planned": list})))
}

/// One plan with its windows and everything that was said
#[utoipa::path(get, path = "/api/v1/planned/{id}", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn one(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    let (seen, now) = (web.desk.seen_plan(&who, id).await?, web.desk.now());
    let windows = seen.planned.around(now - HISTORY, now);
    Ok(answer(StatusCode::OK, planned_json(&seen.planned, &windows, now)))
}

/// Say that the work takes longer
#[utoipa::path(post, path = "/api/v1/planned/{id}/extension", request_body = ExtensionBody, params(("id" = Uuid, Path)),
    responses((status = 201, body = schema::Posted), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn extend(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    change(id, post, read::extension).await
}

/// Say that the work is done
#[utoipa::path(post, path = "/api/v1/planned/{id}/end", request_body = EndBody, params(("id" = Uuid, Path)),
    responses((status = 201, body = schema::Posted), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn end(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    change(id, post, read::end).await
}

/// Call off one window, or everything that is not over
#[utoipa::path(post, path = "/api/v1/planned/{id}/cancellation", request_body = CancellationBody, params(("id" = Uuid, Path)),
    responses((status = 201, body = schema::Posted), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn cancel(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    change(id, post, read::cancellation).await
}

async fn change(
    planned: Uuid,
    post: Post,
    read: fn(&Value) -> Result<read::Said, ApiError>,
) -> Result<Response, ApiError> {
    post.once(move |desk, actor, sent| async move {
        let (turn, message) = read(&body::json(&sent)?)?;
        Ok(posted(desk.change_plan(&actor, &PlanChange { planned, turn, message }).await?))
    })
    .await
}

fn planned_json(planned: &Planned, windows: &[Window], now: DateTime<Utc>) -> Value {
    let organisations = match &planned.target {
        Target::Named { organisations, .. } => Some(organisations),
        _ => None,
    };
    json!({
        "id": planned.id,
        "title": planned.title.english,
        "title_in": planned.title.others,
        "message": in_english(planned.message.as_ref()),
        "message_in": in_others(planned.message.as_ref()),
        "system": planned.target.system(),
        "scope": planned.target.scope(),
        "organisations": organisations,
        "lines": super::lines(&planned.lines),
        "planned_by": planned.planned_by,
        "starts_at": rfc3339(planned.starts_at),
        "ends_at": rfc3339(planned.ends_at),
        "repeat": planned.repeat,
        "remind_hours": planned.remind_hours,
        "created_at": rfc3339(planned.created_at),
        "occurrences": windows.iter().map(|w| window_json(w, now)).collect::<Vec<_>>(),
        "updates": planned.steps.iter().rev().map(step_json).collect::<Vec<_>>(),
    })
}

fn window_json(window: &Window, now: DateTime<Utc>) -> Value {
    json!({
        "occurrence": window.day,
        "state": window.phase(now),
        "starts_at": rfc3339(window.starts_at),
        "ends_at": rfc3339(window.ends_at),
    })
}

fn step_json(step: &Step) -> Value {
    json!({
        "id": step.id,
        "step": step.kind,
        "occurrence": step.day,
        "ends_at": step.ends_at.map(rfc3339),
        "message": in_english(step.message.as_ref()),
        "message_in": in_others(step.message.as_ref()),
        "published_at": rfc3339(step.at),
        "said_by": step.said_by,
    })
}
