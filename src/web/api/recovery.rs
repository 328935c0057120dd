//! Recovery counters.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::bodies::{CounterBody, Problem, ReadingBody};
use super::idempotency::Post;
use super::{answer, body};
use crate::desk::Desk;
use crate::desk::recovery::read_rows;
use crate::domain::recovery::{Counter, CounterDraft, MAX_TOTAL, Outlook, ReadingDraft};
use crate::domain::time::rfc3339;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

fn reading(fields: &mut body::Fields) -> ReadingDraft {
    ReadingDraft {
        done: fields.count("done", MAX_TOTAL),
        total: fields.count("total", MAX_TOTAL),
        at: fields.time("at"),
    }
}

fn counter(value: &Value) -> Result<CounterDraft, ApiError> {
    let mut fields = body::Fields::new(value, &["name", "unit", "total", "done", "at"])?;
    let draft = CounterDraft {
        name: fields.text("name").unwrap_or_default(),
        unit: fields.text("unit").unwrap_or_default(),
        first: reading(&mut fields),
    };
    fields.done(draft)
}

/// Start to count something until all of it is done
#[utoipa::path(post, path = "/api/v1/incidents/{id}/counters", request_body = CounterBody, params(("id" = Uuid, Path)),
    responses((status = 201), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn start(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let draft = counter(&body::json(&sent)?)?;
        let made = desk.start_counter(&actor, id, &draft).await?;
        Ok((StatusCode::CREATED, counter_json(&desk, &made)))
    })
    .await
}

/// What is counted in an incident, and when each may end
#[utoipa::path(get, path = "/api/v1/incidents/{id}/counters", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    let all = web.desk.counters(&who, id).await?;
    let list: Vec<Value> = all.iter().map(|c| counter_json(&web.desk, c)).collect();
    Ok(answer(StatusCode::OK, json!({"counters": list})))
}

/// Say how far it has come: one reading as JSON, or many as CSV
///
/// CSV begins with the line `at,done` or `at,done,total`. Readings are only ever added; of two at the same
/// time the one entered later counts.
#[utoipa::path(post, path = "/api/v1/counters/{id}/readings", params(("id" = Uuid, Path)),
    request_body(content((ReadingBody = "application/json"), (String = "text/csv"))),
    responses((status = 201), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn count(Path(id): Path<Uuid>, headers: HeaderMap, post: Post) -> Result<Response, ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let is_csv = content_type.starts_with("text/csv");
    post.once(|desk, actor, sent| async move {
        let drafts = match is_csv {
            true => read_rows(&String::from_utf8_lossy(&sent)).map_err(ApiError::fields)?,
            false => {
                let value = body::json(&sent)?;
                let mut fields = body::Fields::new(&value, &["done", "total", "at"])?;
                let draft = reading(&mut fields);
                vec![fields.done(draft)?]
            }
        };
        let counter = desk.count(&actor, id, &drafts).await?;
        Ok((StatusCode::CREATED, counter_json(&desk, &counter)))
    })
    .await
}

pub fn counter_json(desk: &Desk, counter: &Counter) -> Value {
    let ends = match counter.outlook(desk.now()) {
        Outlook::Between { earliest, latest, basis } => json!({
            "earliest": earliest.map(rfc3339),
            "latest": latest.map(rfc3339),
            "readings": basis.readings,
            "from": rfc3339(basis.from),
            "to": rfc3339(basis.to),
            "fastest_per_hour": basis.fastest as f64 / 1000.0,
            "slowest_per_hour": basis.slowest as f64 / 1000.0,
        }),
        Outlook::Done(_) | Outlook::CannotSay(_) => Value::Null,
    };
    let readings: Vec<Value> = counter
        .readings
        .iter()
        .map(|r| {
            json!({"at": rfc3339(r.at), "done": r.done, "total": r.total, "entered_at": rfc3339(r.entered_at),
                   "entered_by": r.author})
        })
        .collect();
    json!({
        "id": counter.id,
        "incident": counter.incident,
        "organisation": counter.organisation,
        "name": counter.name,
        "unit": counter.unit,
        "ends": ends,
        "text": desk.outlook_of(counter),
        "readings": readings,
    })
}
