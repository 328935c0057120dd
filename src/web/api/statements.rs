//! The word of suppliers and partner bodies.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::bodies::{PartnerBody, Problem, StatementBody};
use super::idempotency::Post;
use super::{answer, body, in_others};
use crate::desk::statements::PartnerDraft;
use crate::domain::org::OrgKind;
use crate::domain::statement::{Speaker, Statement, StatementDraft};
use crate::domain::system::SystemKey;
use crate::domain::time::rfc3339;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::{Program, VoiceProgram};

fn draft(bytes: &Bytes, system: Option<SystemKey>) -> Result<StatementDraft, ApiError> {
    let mut fields = body::Fields::new(&body::json(bytes)?, &["message", "message_in", "until"])?;
    let draft = StatementDraft {
        system,
        message: fields.written("message").unwrap_or_default(),
        until: fields.time("until"),
    };
    fields.done(draft)
}

/// Say something about a system, in place of what was said about it before
///
/// For tokens that speak for a supplier or a partner body. It is shown as their word where an open incident on
/// the system is shown. It changes no line.
#[utoipa::path(post, path = "/api/v1/systems/{key}/statements", request_body = StatementBody, params(("key" = String, Path)),
    responses((status = 201), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn about_system(Path(key): Path<String>, post: Post<VoiceProgram>) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let said = desk.state(&actor, &draft(&sent, Some(SystemKey::new(&key)))?).await?;
        Ok((StatusCode::CREATED, statement_json(&said)))
    })
    .await
}

/// Say something for the whole area of a partner body
#[utoipa::path(post, path = "/api/v1/statements", request_body = StatementBody,
    responses((status = 201), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn about_area(post: Post<VoiceProgram>) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let said = desk.state(&actor, &draft(&sent, None)?).await?;
        Ok((StatusCode::CREATED, statement_json(&said)))
    })
    .await
}

/// What the token's speaker said lately
#[utoipa::path(get, path = "/api/v1/statements", responses((status = 200), (status = 403, body = Problem)))]
pub async fn own(State(web): State<Web>, VoiceProgram(who): VoiceProgram) -> Result<Response, ApiError> {
    let all: Vec<Value> = web.desk.own_statements(&who).await?.iter().map(statement_json).collect();
    Ok(answer(StatusCode::OK, json!({"statements": all})))
}

/// Take a statement back; pages say so for a day
#[utoipa::path(post, path = "/api/v1/statements/{id}/withdrawal", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn unsay(Path(id): Path<Uuid>, post: Post<VoiceProgram>) -> Result<Response, ApiError> {
    post.once(|desk, actor, _| async move {
        desk.unsay(&actor, id).await?;
        Ok((StatusCode::OK, json!({"id": id, "taken_back_at": rfc3339(desk.now())})))
    })
    .await
}

/// Let a partner body in: its word is shown at these kinds of place in this area
///
/// It is told of every incident there under its own `code`: who wants its news follows that code by email, and
/// `PUT /api/v1/organisations/{code}/channels/webhook` tells its own systems.
#[utoipa::path(post, path = "/api/v1/partners", request_body = PartnerBody,
    responses((status = 201), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn admit(post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let mut fields =
            body::Fields::new(&body::json(&sent)?, &["key", "name", "scope", "kinds", "follows"])?;
        let kinds: Vec<_> = OrgKind::ALL.iter().filter(|k| k.sees_patients()).map(|k| k.as_str()).collect();
        let draft = PartnerDraft {
            key: fields.text("key").unwrap_or_default(),
            name: fields.text("name").unwrap_or_default(),
            scope: fields.code("scope"),
            kinds: fields.words("kinds", &kinds, OrgKind::parse).unwrap_or_default(),
            follows: fields
                .texts("follows")
                .unwrap_or_default()
                .iter()
                .map(|key| SystemKey::new(key))
                .collect(),
        };
        let partner = desk.admit_partner(&actor, &fields.done(draft)?).await?;
        Ok((StatusCode::CREATED, partner_json(&partner)))
    })
    .await
}

/// Partner bodies whose word is shown in the token's area
#[utoipa::path(get, path = "/api/v1/partners", responses((status = 200)))]
pub async fn partners(State(web): State<Web>, Program(who): Program) -> Result<Response, ApiError> {
    let all: Vec<Value> = web.desk.partners(&who).await?.iter().map(partner_json).collect();
    Ok(answer(StatusCode::OK, json!({"partners": all})))
}

/// Take a partner body's word away; what it said goes from the pages
#[utoipa::path(delete, path = "/api/v1/partners/{id}", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn end(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    web.desk.end_partner(&who, id).await?;
    Ok(answer(StatusCode::OK, json!({"id": id})))
}

fn partner_json(partner: &Speaker) -> Value {
    let area = partner.area.as_ref();
    json!({"id": partner.id, "key": partner.key, "name": partner.name, "scope": area.map(|a| &a.scope),
           "kinds": area.map(|a| &a.kinds), "code": partner.code, "follows": partner.follows})
}

pub fn statement_json(said: &Statement) -> Value {
    json!({
        "id": said.id,
        "speaker": {"key": said.speaker.key, "name": said.speaker.name, "kind": said.speaker.kind},
        "system": said.system,
        "message": said.message.english,
        "message_in": in_others(Some(&said.message)),
        "said_at": rfc3339(said.made_at),
        "until": rfc3339(said.until),
        "taken_back_at": said.taken_back_at.map(rfc3339),
    })
}
