//! Whom to ask at a site: entered here, shown masked.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

use super::bodies::{ContactBody, Problem};
use super::schema::{Contact, Contacts};
use super::{answer, body, code};
use crate::desk::duties::DutyDraft;
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// Put a contact point of an organisation's staff on duty
///
/// It is asked when an incident reaches the organisation. One that is there gets
/// the new label.
#[utoipa::path(put, path = "/api/v1/organisations/{code}/contacts", request_body = ContactBody, params(("code" = String, Path)),
    responses((status = 200, body = Contacts), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn put(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let code = code(&text)?;
    let mut fields = body::Fields::new(&body::json(&bytes)?, &["contact", "channel", "label"])?;
    let mut text = |name| fields.text(name).unwrap_or_default();
    let draft = DutyDraft { contact: text("contact"), channel: text("channel"), label: text("label") };
    web.desk.put_on_duty(&who, &code, &fields.done(draft)?).await?;
    shown(&web, &who, &code).await
}

/// The contact points of an organisation's staff on duty, masked
#[utoipa::path(get, path = "/api/v1/organisations/{code}/contacts", params(("code" = String, Path)),
    responses((status = 200, body = Contacts), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    shown(&web, &who, &code(&text)?).await
}

async fn shown(web: &Web, who: &Actor, code: &OrgCode) -> Result<Response, ApiError> {
    let all = web.desk.on_duty(who, code).await?;
    let contacts = all.into_iter().map(|c| Contact {
        id: c.id,
        channel: c.channel.to_string(),
        contact: c.masked,
        label: c.label,
        takes_messages: c.takes_messages,
    });
    Ok(answer(StatusCode::OK, json!(Contacts { contacts: contacts.collect() })))
}

/// Take a contact point off duty
#[utoipa::path(delete, path = "/api/v1/organisations/{code}/contacts/{id}", params(("code" = String, Path), ("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove(
    State(web): State<Web>,
    Program(who): Program,
    Path((text, id)): Path<(String, Uuid)>,
) -> Result<StatusCode, ApiError> {
    web.desk.end_duty(&who, &code(&text)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
