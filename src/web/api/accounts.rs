//! The accounts that organisations post with: entered here, never read back.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::bodies::{AccountBody, Problem};
use super::body;
use super::idempotency::Post;
use super::schema::{Account, Accounts, Checked, Saved, Secret};
use super::{answer, code};
use crate::desk::channel_accounts::Shown;
use crate::domain::time::rfc3339;
use crate::web::Web;
use crate::web::accounts::check_account;
use crate::web::error::ApiError;
use crate::web::extract::Program;

fn shown(a: &Shown) -> Account {
    let h = &a.health;
    Account {
        id: a.id,
        channel: a.channel.to_string(),
        name: a.name.clone(),
        place: a.place.clone(),
        state: match (h.stopped_at, h.failing_since) {
            (Some(_), _) => "stopped",
            (None, Some(_)) => "failing",
            (None, None) => "on",
        },
        worked_at: h.worked_at.map(rfc3339),
        trouble: h.trouble.clone(),
        trouble_at: h.trouble_at.map(rfc3339),
        stopped_at: h.stopped_at.map(rfc3339),
    }
}

/// Store the account that an organisation posts with; it is never shown again
///
/// A second call for the same channel and name replaces it and turns it on. For
/// a new `webhook` the answer holds the signing secret, this once.
#[utoipa::path(put, path = "/api/v1/organisations/{code}/channels/{kind}", request_body = AccountBody,
    params(("code" = String, Path), ("kind" = String, Path,
        description = "mastodon, bluesky, x, facebook, slack, teams, discord or webhook")),
    responses((status = 200, body = Saved), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn put(
    State(web): State<Web>,
    Program(who): Program,
    Path((text, kind)): Path<(String, String)>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let code = code(&text)?;
    let saved = web.desk.put_account(&who, &code, &kind, &body::json(&bytes)?).await?;
    let body = Saved { organisation: code.to_string(), channel: kind, id: saved.id, secret: saved.secret };
    Ok(answer(StatusCode::OK, json!(body)))
}

/// The accounts of an organisation and how they fare; no secrets
#[utoipa::path(get, path = "/api/v1/organisations/{code}/accounts", params(("code" = String, Path)),
    responses((status = 200, body = Accounts), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    let all = web.desk.accounts_of(&who, &code(&text)?).await?;
    Ok(answer(StatusCode::OK, json!(Accounts { accounts: all.iter().map(shown).collect() })))
}

/// Forget an account; what still waits for it is not sent
#[utoipa::path(delete, path = "/api/v1/organisations/{code}/accounts/{id}", params(("code" = String, Path), ("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove(
    State(web): State<Web>,
    Program(who): Program,
    Path((text, id)): Path<(String, Uuid)>,
) -> Result<StatusCode, ApiError> {
    web.desk.remove_account(&who, &code(&text)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask whether an account could post now, without posting
///
/// A `webhook` gets a signed message of the type `check`.
#[utoipa::path(post, path = "/api/v1/organisations/{code}/accounts/{id}/check", params(("code" = String, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = Checked), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn check(
    State(web): State<Web>,
    Path((text, id)): Path<(String, Uuid)>,
    post: Post,
) -> Result<Response, ApiError> {
    let code = code(&text)?;
    post.once(|_, actor, _| async move {
        let found = check_account(&web, &actor, &code, id).await?;
        let (works, detail) = match found {
            Ok(text) => (true, text),
            Err(text) => (false, text),
        };
        Ok((StatusCode::OK, json!(Checked { works, detail })))
    })
    .await
}

/// Turn an account on again
#[utoipa::path(post, path = "/api/v1/organisations/{code}/accounts/{id}/start", params(("code" = String, Path), ("id" = Uuid, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn start(Path((text, id)): Path<(String, Uuid)>, post: Post) -> Result<Response, ApiError> {
    let code = code(&text)?;
    post.once(|desk, actor, _| async move {
        desk.start_account(&actor, &code, id).await?;
        Ok((StatusCode::OK, json!({"id": id})))
    })
    .await
}

/// Give a webhook a new signing secret, shown this once
///
/// The old one signs beside it for 24 hours.
#[utoipa::path(put, path = "/api/v1/organisations/{code}/accounts/{id}/secret", params(("code" = String, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = Secret), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn rotate(
    State(web): State<Web>,
    Program(who): Program,
    Path((text, id)): Path<(String, Uuid)>,
) -> Result<Response, ApiError> {
    let secret = web.desk.rotate_secret(&who, &code(&text)?, id).await?;
    Ok(answer(StatusCode::OK, json!(Secret { secret })))
}

/// Send a webhook's message once more, under the same `webhook-id`
#[utoipa::path(post, path = "/api/v1/messages/{id}/replay", params(("id" = Uuid, Path)),
    responses((status = 202), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn replay(Path(id): Path<Uuid>, post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, _| async move {
        desk.replay(&actor, id).await?;
        Ok((StatusCode::ACCEPTED, json!({"id": id}) as Value))
    })
    .await
}
