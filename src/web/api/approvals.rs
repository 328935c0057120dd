//! What waits for a second person.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use super::bodies::{ApprovalBody, IncidentBody, Problem, ReasonBody};
use super::idempotency::Post;
use super::incidents::posted;
use super::planned_body;
use super::schema;
use super::{answer, body, calls};
use crate::desk::approvals::REVIEW_WITHIN;
use crate::desk::planned_steps::{PlanChange, Turn};
use crate::desk::proposals::{Content, Shown};
use crate::desk::{Desk, DeskError};
use crate::domain::approval::Standing;
use crate::domain::incident::{Kind, Stage};
use crate::domain::time::rfc3339;
use crate::store::audit::hex;
use crate::store::proposals::{Proposal, ProposalKind};
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

pub fn shown(p: &Proposal) -> Value {
    let looked_at_by = (p.standing == Standing::BrokeGlass)
        .then(|| p.decided_at.map(|at| rfc3339(at + REVIEW_WITHIN)))
        .flatten();
    // A plan is no incident, but is kept in the same place.
    let of_plan = matches!(p.kind, ProposalKind::Plan | ProposalKind::PlanChange)
        || matches!(Content::of(p), Ok(Content::Messages(Shown::Planned)));
    let (incident, planned) = if of_plan { (None, p.incident) } else { (p.incident, None) };
    json!({
        "update": {"id": p.id}, "incident": incident, "planned": planned, "kind": p.kind, "organisation": p.organisation,
        "state": p.standing, "reasons": p.reasons, "hash": hex(&p.content_hash), "content": p.content,
        "author": p.author.name, "last_editor": p.editor.name, "made_at": rfc3339(p.made_at),
        "edited_at": rfc3339(p.edited_at), "decided_by": p.decided_by.as_ref().map(|a| &a.name),
        "decided_at": p.decided_at.map(rfc3339), "reason": p.decided_because, "review_by": looked_at_by,
        "reviewed_by": p.reviewed_by.as_ref().map(|a| &a.name), "reviewed_at": p.reviewed_at.map(rfc3339),
        "seen": p.seen,
    })
}

/// An incident that nobody has agreed to yet, as it was proposed.
pub fn awaited(desk: &Desk, p: &Proposal) -> Result<Value, ApiError> {
    let Content::Declaration(d) = Content::of(p)? else {
        return Err(DeskError::NotFound("This incident").into());
    };
    let system = d.system.as_deref().and_then(|name| desk.catalogue.find(name));
    let title = match system {
        Some(system) if d.title.is_blank() => system.title(),
        _ => d.title.clone(),
    };
    Ok(json!({
        "id": p.incident, "publication": "awaiting_approval", "title": title.english, "title_in": title.others,
        "kind": d.kind.unwrap_or(Kind::Live), "state": d.draft.stage.unwrap_or(Stage::Identified),
        "level": d.level, "system": system.map(|s| &s.key), "scope": d.scope, "organisations": d.organisations,
        "declared_by": p.organisation, "created_at": rfc3339(p.made_at), "updates": [], "proposal": shown(p),
    }))
}

/// Which decisions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Decided since then, such as 2024-07-19T00:00:00Z; in the last week by default.
    since: Option<String>,
}

/// What waits, has to be looked at, or was decided; the newest first
///
/// `seen` is what whoever decided saw: the words, the places, the counts and the cost of that moment.
#[utoipa::path(get, path = "/api/v1/approvals", params(Asked),
    responses((status = 200), (status = 422, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    calls::Asked(asked): calls::Asked<Asked>,
) -> Result<Response, ApiError> {
    let all = match asked.since.as_deref().map(DateTime::parse_from_rfc3339) {
        None => web.desk.proposals(&who).await?,
        Some(Ok(since)) => web.desk.proposals_since(&who, since.to_utc()).await?,
        Some(Err(_)) => {
            let detail = "Give the time as RFC 3339, such as 2024-07-19T09:40:00Z.";
            return Err(DeskError::field("/since", detail).into());
        }
    };
    Ok(answer(StatusCode::OK, json!({"approvals": all.iter().map(|(p, _)| shown(p)).collect::<Vec<_>>()})))
}

/// Approve what somebody else wrote: it is published now
///
/// Refused with 403 for its author and for whoever changed it last, and with
/// 409 when it was changed after `hash` was read, or after it was proposed and
/// no `hash` is given, or decided already.
#[utoipa::path(post, path = "/api/v1/updates/{id}/approval", request_body = ApprovalBody, params(("id" = Uuid, Path)),
    responses((status = 200, body = schema::Posted), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn approve(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let hash = body::approval(&body::json(&sent)?)?;
        let (_, done) = posted(desk.approve(&actor, id, hash.as_deref()).await?);
        Ok((StatusCode::OK, done))
    })
    .await
}

/// Refuse it, or take one's own back; it is never published
#[utoipa::path(post, path = "/api/v1/updates/{id}/refusal", request_body = ReasonBody, params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn refuse(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        desk.refuse(&actor, id, &body::reason(&body::json(&sent)?)?).await?;
        Ok((StatusCode::OK, json!({"update": {"id": id}, "state": Standing::Refused})))
    })
    .await
}

/// Publish it alone, in an emergency; somebody else has to look at it within the hour
#[utoipa::path(post, path = "/api/v1/updates/{id}/break-glass", request_body = ReasonBody, params(("id" = Uuid, Path)),
    responses((status = 200, body = schema::Posted), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn break_glass(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let (_, done) = posted(desk.break_glass(&actor, id, &body::reason(&body::json(&sent)?)?).await?);
        Ok((StatusCode::OK, done))
    })
    .await
}

/// Say that one has looked at what somebody published alone
#[utoipa::path(post, path = "/api/v1/updates/{id}/review", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn review(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, _| async move {
        desk.review(&actor, id).await?;
        Ok((StatusCode::OK, json!({"update": {"id": id}, "state": Standing::Reviewed})))
    })
    .await
}

/// Change what waits; whoever has looked at it has to look again
///
/// The body is that of the call that proposed it: of an update or of lines as well.
#[utoipa::path(put, path = "/api/v1/updates/{id}", request_body = IncidentBody, params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn edit(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let proposal = web.desk.proposal(&who, id).await?;
    let sent = body::json(&bytes)?;
    let content = match proposal.kind {
        ProposalKind::Declaration => {
            let said = web.desk.filled(&who, body::declaration(&sent)?).await?;
            Content::Declaration(Box::new(said.about(&proposal.author.organisation)))
        }
        ProposalKind::Update => {
            Content::Update(Box::new(web.desk.filled_update(&who, body::update(&sent)?).await?))
        }
        ProposalKind::Lines => Content::Lines(Box::new(body::local(&sent)?)),
        ProposalKind::Plan => {
            Content::Plan(Box::new(planned_body::plan(&sent, &proposal.author.organisation)?))
        }
        ProposalKind::PlanChange => Content::PlanChange(Box::new(changed(&proposal, &sent)?)),
        ProposalKind::Messages => {
            let detail = "Only its messages wait. Post an update to say something else.";
            return Err(DeskError::Conflict(detail.into()).into());
        }
    };
    let proposal = web.desk.edit_proposal(&who, id, content).await?;
    Ok(answer(StatusCode::OK, shown(&proposal)))
}

/// The same turn of planned work, with other words or another time.
fn changed(proposal: &Proposal, sent: &Value) -> Result<PlanChange, ApiError> {
    let Content::PlanChange(was) = Content::of(proposal)? else {
        return Err(DeskError::NotFound("This proposal").into());
    };
    let (turn, message) = match was.turn {
        Turn::Extend { .. } => planned_body::extension(sent)?,
        Turn::End => planned_body::end(sent)?,
        Turn::Cancel { .. } => planned_body::cancellation(sent)?,
    };
    Ok(PlanChange { turn, message, ..*was })
}
