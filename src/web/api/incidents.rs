//! Declaring, previewing, updating and taking back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::bodies::{IncidentBody, NoteBody, Problem, UpdateBody, WithdrawalBody};
use super::body;
use super::idempotency::Post;
use super::schema;
use crate::desk::Desk;
use crate::desk::incidents::{Declaration, Posted};
use crate::desk::preview::Preview;
use crate::domain::approval::Publication;
use crate::domain::cost::Prices;
use crate::domain::message::Message;
use crate::domain::subscriber::Channel;
use crate::domain::user::Actor;
use crate::web::error::ApiError;
use crate::words::english;

/// Declare an incident
#[utoipa::path(post, path = "/api/v1/incidents", request_body = IncidentBody,
    responses((status = 201, body = schema::Posted), (status = 422, body = Problem)))]
pub async fn declare(post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let declaration = declaration(&desk, &actor, &sent).await?;
        Ok(posted(desk.declare(&actor, &declaration).await?))
    })
    .await
}

/// What is declared: with what its preset says, and about the organisation of
/// whoever declares it where nothing else is named.
async fn declaration(desk: &Desk, actor: &Actor, sent: &[u8]) -> Result<Declaration, ApiError> {
    let declaration = desk.filled(actor, body::declaration(&body::json(sent)?)?).await?;
    Ok(declaration.about(&actor.organisation))
}

/// What every post is answered with.
pub fn posted(posted: Posted) -> (StatusCode, Value) {
    let body = schema::Posted {
        id: Some(posted.incident).filter(|id| !id.is_nil()),
        publication: match posted.publication {
            Publication::AwaitingApproval => "awaiting_approval",
            Publication::Published | Publication::MessagesWait => "published",
        },
        messages: match posted.publication {
            Publication::Published => "sending",
            Publication::MessagesWait | Publication::AwaitingApproval => "awaiting_approval",
        },
        update: schema::UpdateId { id: posted.update },
        reach: (&posted.reach).into(),
    };
    (StatusCode::CREATED, json!(body))
}

/// Say what declaring would do; changes nothing
#[utoipa::path(post, path = "/api/v1/incidents/preview", request_body = IncidentBody,
    responses((status = 200, description = "The reach, and the exact text for each channel and locale"), (status = 422, body = Problem)))]
pub async fn preview(post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let declaration = declaration(&desk, &actor, &sent).await?;
        let preview = desk.preview(&actor, &declaration).await?;
        Ok((StatusCode::OK, shown(&preview, desk.prices)))
    })
    .await
}

fn shown(preview: &Preview, prices: Prices) -> Value {
    let text = preview.sample.as_ref().map(|s| s.message().text_for(Channel::Sms)).unwrap_or_default();
    let cost = prices.of(&preview.reach.messages(), &text, preview.reach.text_parts);
    let texts = preview.sample.as_ref().map(|sample| {
        let text = |channel: Channel, message: &Message| match channel {
            Channel::Email => json!({"subject": message.subject, "text": message.text_for(channel)}),
            _ => json!({"text": message.text_for(channel)}),
        };
        // Accounts post in English; people get their own language.
        let told = |c: &Channel| if c.is_personal() { &sample.messages[..] } else { &sample.messages[..1] };
        let all = Channel::ALL.iter().map(|c| {
            let texts = told(c).iter().map(|m| (m.lang.clone(), text(*c, m)));
            (c.as_str().to_owned(), Value::Object(texts.collect()))
        });
        all.collect::<serde_json::Map<String, Value>>()
    });
    json!({
        "reach": schema::Reach::from(&preview.reach),
        "cost_pence": cost,
        "title": preview.incident.title.english,
        "organisation": preview.sample.as_ref().map(|s| json!({"code": s.code, "name": s.name})),
        "headline": preview.sample.as_ref().map(|s| {
            json!({"state": s.view.headline.state, "text": s.view.headline.text(english())})
        }),
        "texts": texts,
    })
}

/// Say how an incident goes on
#[utoipa::path(post, path = "/api/v1/incidents/{id}/updates", request_body = UpdateBody, params(("id" = Uuid, Path)),
    responses((status = 201, body = schema::Posted), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn post_update(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let draft = desk.filled_update(&actor, body::update(&body::json(&sent)?)?).await?;
        let done = desk.post_update(&actor, id, &draft).await;
        Ok(posted(desk.unless_undecided(&actor, id, done).await?))
    })
    .await
}

/// Take an update back, with a correction
#[utoipa::path(post, path = "/api/v1/updates/{id}/withdrawal", request_body = WithdrawalBody, params(("id" = Uuid, Path)),
    responses((status = 201, body = schema::Posted), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let correction = body::correction(&body::json(&sent)?)?;
        let done = desk.withdraw(&actor, id, correction.as_ref()).await;
        Ok(posted(desk.unless_undecided(&actor, id, done).await?))
    })
    .await
}

/// Write what was learned, once an incident is over
#[utoipa::path(post, path = "/api/v1/incidents/{id}/note", request_body = NoteBody, params(("id" = Uuid, Path)),
    responses((status = 201), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn note(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let message = body::note(&body::json(&sent)?)?;
        let note = desk.add_note(&actor, id, &message).await?;
        Ok((StatusCode::CREATED, json!({"id": id, "note": {"id": note.id}})))
    })
    .await
}
