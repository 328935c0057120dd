//! Situation reports.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use super::bodies::{Problem, RhythmBody, SignOffBody};
use super::idempotency::Post;
use super::{answer, body, calls};
use crate::domain::recurrence::Day;
use crate::domain::report::{Commentary, Report, methane};
use crate::domain::rhythm::Rhythm;
use crate::domain::time::rfc3339;
use crate::store::audit::hex;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// Draft a situation report with the figures of this moment
#[utoipa::path(post, path = "/api/v1/incidents/{id}/reports", params(("id" = Uuid, Path)),
    responses((status = 201), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn draft(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, _| async move {
        let report = desk.draft_report(&actor, id).await?;
        Ok((StatusCode::CREATED, report_json(&report)))
    })
    .await
}

/// Which reports.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Older {
    /// The `next` of the page before.
    next: Option<Uuid>,
    /// The same, under its older name.
    before: Option<Uuid>,
}

/// The situation reports about an incident, the newest first, and when they are due
///
/// At most 50 at once; `next` leads to those before them.
#[utoipa::path(get, path = "/api/v1/incidents/{id}/reports", params(("id" = Uuid, Path), Older),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
    calls::Asked(older): calls::Asked<Older>,
) -> Result<Response, ApiError> {
    let found = web.desk.reports(&who, id, older.next.or(older.before)).await?;
    let list: Vec<Value> = found.reports.iter().map(report_json).collect();
    let body = json!({"reports": list, "next": found.older, "rhythm": found.rhythm, "next_due": found.next.map(rfc3339)});
    Ok(answer(StatusCode::OK, body))
}

/// Set when the reports of the token's organisation about an incident are due
#[utoipa::path(put, path = "/api/v1/incidents/{id}/rhythm", request_body = RhythmBody, params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn set_rhythm(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let value = body::json(&bytes)?;
    let mut fields = body::Fields::new(&value, &["hours", "day"])?;
    let names: Vec<&str> = Day::ALL.iter().map(|d| d.as_str()).collect();
    let day = fields.word("day", &names, Day::parse);
    let hours: Option<Vec<u8>> = value.get("hours").and_then(|h| serde_json::from_value(h.clone()).ok());
    let rhythm = match hours {
        Some(none) if none.is_empty() => None,
        Some(hours) => Rhythm::new(hours, day),
        None => None,
    };
    let is_none = value.get("hours").and_then(Value::as_array).is_some_and(Vec::is_empty);
    if rhythm.is_none() && !is_none && fields.is_right() {
        fields.wrong("hours", "Give hours from 0 to 23, such as [8, 16], or [] for no more reports.");
    }
    let rhythm = fields.done(rhythm)?;
    web.desk.set_rhythm(&who, id, rhythm.as_ref()).await?;
    let next = rhythm.as_ref().and_then(|r| r.next(web.desk.now())).map(rfc3339);
    Ok(answer(StatusCode::OK, json!({"rhythm": rhythm, "next_due": next})))
}

/// One situation report
#[utoipa::path(get, path = "/api/v1/reports/{id}", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn one(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, report_json(&web.desk.report(&who, id).await?)))
}

/// Sign a draft off; nothing of it changes afterwards
#[utoipa::path(post, path = "/api/v1/reports/{id}/sign-off", request_body = SignOffBody, params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn sign(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let before = desk.report(&actor, id).await?.commentary;
        let (as_at, commentary) = sign_off(&body::json(&sent)?, before)?;
        let report = desk.sign_report(&actor, id, as_at, &commentary).await?;
        Ok((StatusCode::OK, report_json(&report)))
    })
    .await
}

fn sign_off(value: &Value, before: Commentary) -> Result<(DateTime<Utc>, Commentary), ApiError> {
    let known = &["as_at", "summary", "supplier", "risks", "patients", "partners"];
    let mut fields = body::Fields::new(value, known)?;
    let as_at = fields.time("as_at");
    if as_at.is_none() && fields.is_right() {
        fields.wrong("as_at", "Give the as_at of the figures that you read.");
    }
    let commentary = Commentary {
        summary: fields.text("summary").unwrap_or(before.summary),
        supplier: fields.text("supplier").unwrap_or(before.supplier),
        risks: fields.text("risks").unwrap_or(before.risks),
        patients: fields.text("patients").unwrap_or(before.patients),
        partners: fields.text("partners").unwrap_or(before.partners),
    };
    fields.done((as_at.unwrap_or_default(), commentary))
}

pub fn report_json(report: &Report) -> Value {
    let c = &report.content;
    let methane = methane(c, &report.commentary);
    let methane: Vec<Value> = methane
        .iter()
        .map(|(letter, head, text)| json!({"letter": letter, "what": head, "text": text}))
        .collect();
    json!({
        "id": report.id,
        "incident": report.incident,
        "organisation": report.organisation,
        "kind": c.incident.kind,
        "due_at": report.due_at.map(rfc3339),
        "as_at": c.as_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "number": report.signed.as_ref().map(|s| s.number),
        "signed_at": report.signed.as_ref().map(|s| rfc3339(s.at)),
        "signed_by": report.signed.as_ref().map(|s| s.by.clone()),
        "hash": report.signed.as_ref().map(|s| hex(&s.hash)),
        "content": c,
        "methane": methane,
        "commentary": report.commentary,
    })
}
