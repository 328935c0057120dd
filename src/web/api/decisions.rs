//! The decision log.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use super::bodies::{DecisionBody, Problem};
use super::idempotency::Post;
use super::{answer, body, calls};
use crate::desk::DeskError;
use crate::desk::decisions::{Entry, Which};
use crate::domain::decision::DecisionDraft;
use crate::domain::org::OrgCode;
use crate::domain::time::rfc3339;
use crate::store::audit::hex;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

fn draft(value: &Value) -> Result<DecisionDraft, ApiError> {
    let known = &["incident", "made_at", "decided_by", "decision", "reason", "refused", "corrects"];
    let mut fields = body::Fields::new(value, known)?;
    let draft = DecisionDraft {
        incident: fields.id("incident"),
        made_at: fields.time("made_at"),
        decided_by: fields.text("decided_by"),
        decision: fields.text("decision").unwrap_or_default(),
        reason: fields.text("reason").unwrap_or_default(),
        refused: fields.texts("refused").unwrap_or_default(),
        corrects: fields.id("corrects"),
    };
    fields.done(draft)
}

/// Enter a decision in the log of the token's organisation
///
/// Entries are never changed. A correction is a new entry that names the one it puts right.
#[utoipa::path(post, path = "/api/v1/log", request_body = DecisionBody,
    responses((status = 201), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn decide(post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let draft = draft(&body::json(&sent)?)?;
        let entered = desk.decide(&actor, &draft).await?;
        let entry = desk.decision(&actor, entered.id).await?;
        Ok((StatusCode::CREATED, entry_json(&entry)))
    })
    .await
}

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// One organisation's log; the token's own and all below it by default.
    organisation: Option<String>,
    incident: Option<Uuid>,
    /// Decided on this day in London, such as 2024-07-19.
    day: Option<NaiveDate>,
    /// The `next` of the page before.
    next: Option<i64>,
    /// The same, under its older name.
    before: Option<i64>,
}

/// Decisions, the newest entry first
#[utoipa::path(get, path = "/api/v1/log/decisions", params(Asked),
    responses((status = 200), (status = 403, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    calls::Asked(asked): calls::Asked<Asked>,
) -> Result<Response, ApiError> {
    let none = || DeskError::NotFound("This organisation");
    let organisation = asked.organisation.as_deref().map(|c| OrgCode::parse(c).ok_or_else(none));
    let which = Which { organisation: organisation.transpose()?, incident: asked.incident, day: asked.day };
    let log = web.desk.decisions(&who, &which, asked.next.or(asked.before)).await?;
    let entries: Vec<Value> = log.entries.iter().map(entry_json).collect();
    let head = log.head.map(|h| json!({"seq": h.seq, "hash": hex(&h.hash)}));
    Ok(answer(StatusCode::OK, json!({"entries": entries, "next": log.next, "head": head})))
}

/// One decision
#[utoipa::path(get, path = "/api/v1/log/decisions/{id}", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn one(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, entry_json(&web.desk.decision(&who, id).await?)))
}

pub fn entry_json(entry: &Entry) -> Value {
    let d = &entry.chained.decision;
    json!({
        "id": d.id,
        "number": d.number,
        "organisation": d.organisation,
        "incident": d.incident,
        "made_at": rfc3339(d.made_at),
        "entered_at": rfc3339(d.entered_at),
        "late": d.is_late(),
        "decided_by": d.decided_by,
        "entered_by": d.entered_by,
        "decision": d.decision,
        "reason": d.reason,
        "refused": d.refused,
        "corrects": d.corrects,
        "corrected_by": entry.corrected_by.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        "chain": {"seq": entry.chained.seq, "hash": hex(&entry.chained.hash)},
    })
}
