//! What is said in a hurry, written in quiet times.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::bodies::{ApprovalBody, Problem};
use super::idempotency::Post;
use super::{answer, body, code, in_english, in_others};
use crate::domain::incident::Ahead;
use crate::domain::preset::{Content, Preset, Readiness, review_after};
use crate::domain::system::SystemKey;
use crate::domain::time::{london, rfc3339};
use crate::store::audit::hex;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// What a preset says.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes; nothing is made of it")]
pub struct PresetBody {
    /// What staff call it; at most 80 characters.
    pub name: String,
    /// The key of a system of the catalogue.
    pub system: Option<String>,
    /// What patients read; may be left out when `system` is given.
    pub title: Option<String>,
    /// The same in other languages.
    pub title_in: Option<BTreeMap<String, String>>,
    /// A state for each line; `attend` is among them.
    pub lines: BTreeMap<String, Value>,
    pub message: Option<String>,
    /// The same in other languages. Organisations in Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
    /// When the next update is promised: `1h`, `2h`, `4h` or `end_of_day`; the
    /// usual time by default.
    pub next_update: Option<String>,
    /// The last day on which it counts as looked after; a year from today by
    /// default.
    pub review_by: Option<NaiveDate>,
    /// Only when it is changed: the `hash` of what was read. When it has been
    /// changed since, the change is refused.
    pub hash: Option<String>,
}

fn read(value: &Value, today: NaiveDate) -> Result<(Content, Option<String>), ApiError> {
    let known = &[
        "name",
        "system",
        "title",
        "title_in",
        "lines",
        "message",
        "message_in",
        "next_update",
        "review_by",
        "hash",
    ];
    let mut fields = body::Fields::new(value, known)?;
    let times: Vec<_> = Ahead::ALL.iter().map(|a| a.as_str()).collect();
    let content = Content {
        name: fields.text("name").unwrap_or_default(),
        system: fields.text("system").map(|key| SystemKey::new(&key)),
        title: fields.written("title").unwrap_or_default(),
        lines: fields.lines("lines").unwrap_or_default(),
        message: fields.written("message"),
        next_update: fields.word("next_update", &times, Ahead::parse),
        review_by: fields.date("review_by").unwrap_or_else(|| review_after(today)),
    };
    let hash = fields.text("hash");
    fields.done((content, hash))
}

fn shown(preset: &Preset, today: NaiveDate) -> Value {
    let (content, readiness) = (&preset.content, preset.readiness(today));
    json!({
        "id": preset.id,
        "organisation": preset.organisation,
        "name": content.name,
        "system": content.system,
        "title": in_english(Some(&content.title).filter(|t| !t.is_blank())),
        "title_in": in_others(Some(&content.title)),
        "lines": super::lines(&content.lines),
        "message": in_english(content.message.as_ref()),
        "message_in": in_others(content.message.as_ref()),
        "next_update": content.next_update,
        "review_by": content.review_by,
        "state": readiness,
        "break_glass": readiness == Readiness::Approved,
        "hash": hex(&preset.content_hash),
        "author": preset.author.name,
        "last_editor": preset.editor.name,
        "made_at": rfc3339(preset.made_at),
        "edited_at": rfc3339(preset.edited_at),
        "approved_by": preset.approved.as_ref().map(|a| &a.by.name),
        "approved_at": preset.approved.as_ref().map(|a| rfc3339(a.at)),
    })
}

fn today(desk: &crate::desk::Desk) -> NaiveDate {
    london(desk.now()).date_naive()
}

/// The presets that an organisation can post from: its own, then those of everybody above it
#[utoipa::path(get, path = "/api/v1/organisations/{code}/presets", params(("code" = String, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    let all = web.desk.presets(&who, &code(&text)?).await?;
    let all: Vec<Value> = all.iter().map(|s| shown(&s.preset, today(&web.desk))).collect();
    Ok(answer(StatusCode::OK, json!({"presets": all})))
}

/// Write a preset
#[utoipa::path(post, path = "/api/v1/organisations/{code}/presets", request_body = PresetBody, params(("code" = String, Path)),
    responses((status = 201), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add(Path(text): Path<String>, post: Post) -> Result<Response, ApiError> {
    let code = code(&text)?;
    post.once(|desk, actor, sent| async move {
        let (content, _) = read(&body::json(&sent)?, today(&desk))?;
        let preset = desk.add_preset(&actor, &code, content).await?;
        Ok((StatusCode::CREATED, shown(&preset, today(&desk))))
    })
    .await
}

/// Change a preset; an approval of what it said before is gone
#[utoipa::path(put, path = "/api/v1/presets/{id}", request_body = PresetBody, params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn edit(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let (content, seen) = read(&body::json(&bytes)?, today(&web.desk))?;
    let preset = web.desk.edit_preset(&who, id, content, seen.as_deref()).await?;
    Ok(answer(StatusCode::OK, shown(&preset, today(&web.desk))))
}

/// Take a preset away; what was published from it stays
#[utoipa::path(delete, path = "/api/v1/presets/{id}", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, ApiError> {
    web.desk.remove_preset(&who, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Agree that one person may publish exactly these words alone in an emergency
///
/// Refused with 403 for its author and for whoever changed it last, and with
/// 409 when it was changed after `hash` was read, or is approved already.
#[utoipa::path(post, path = "/api/v1/presets/{id}/approval", request_body = ApprovalBody, params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn approve(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let hash = body::approval(&body::json(&sent)?)?;
        let preset = desk.approve_preset(&actor, id, hash.as_deref()).await?;
        Ok((StatusCode::OK, shown(&preset, today(&desk))))
    })
    .await
}
