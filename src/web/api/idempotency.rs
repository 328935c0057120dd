//! `Idempotency-Key`: the same key and body give the first answer again; the
//! same key with another body is a mistake.

use std::future::Future;
use std::marker::PhantomData;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answer;
use crate::desk::{Desk, DeskError};
use crate::domain::user::Actor;
use crate::store::sessions;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// The longest key, in characters.
const MAX_KEY: usize = 200;

/// What a program posts: who it is, where to, and what. Extracted last, since it
/// takes the body.
pub struct Post<P = Program> {
    program: PhantomData<P>,
    web: Web,
    who: Actor,
    path: String,
    headers: HeaderMap,
    bytes: Bytes,
}

impl<P> FromRequest<Web> for Post<P>
where
    P: FromRequestParts<Web, Rejection = ApiError> + Into<Actor>,
{
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let who = P::from_request_parts(&mut parts, web).await.map_err(IntoResponse::into_response)?.into();
        let (path, headers) = (parts.uri.path().to_owned(), parts.headers.clone());
        let bytes = Bytes::from_request(Request::from_parts(parts, body), web).await;
        let bytes = bytes.map_err(IntoResponse::into_response)?;
        Ok(Self { program: PhantomData, web: web.clone(), who, path, headers, bytes })
    }
}

impl<P> Post<P> {
    /// Does `work` once for each key. The key is claimed before the work, so
    /// that two requests at once do it once; the other is told to come back. The
    /// work goes on when the client hangs up, so that its answer is kept for the
    /// next try.
    pub async fn once<F>(self, work: impl FnOnce(Desk, Actor, Bytes) -> F) -> Result<Response, ApiError>
    where
        F: Future<Output = Result<(StatusCode, Value), ApiError>> + Send + 'static,
    {
        let Self { web, who, path, headers, bytes, .. } = self;
        let work = work(web.desk.clone(), who.clone(), bytes.clone());
        let Some(key) = headers.get("idempotency-key") else {
            let (status, body) = work.await?;
            return Ok(answer(status, body));
        };
        let key = key.to_str().ok().filter(|k| !k.is_empty() && k.len() <= MAX_KEY);
        let key = key.ok_or_else(|| {
            ApiError::new(StatusCode::BAD_REQUEST, "Use 1 to 200 plain characters for Idempotency-Key.")
        })?;
        let mut hash = Sha256::new();
        hash.update(path.as_bytes());
        hash.update(b"\0");
        hash.update(&bytes);
        let hash = hash.finalize().to_vec();
        if let Some(first) = earlier(&web, &who, key, &hash).await? {
            return Ok(first);
        }
        let (desk, actor, key) = (web.desk.clone(), who.id, key.to_owned());
        let done = tokio::spawn(async move { keep(&desk, actor, &key, work.await).await }).await;
        let (status, body) = done.map_err(|_| {
            ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
        })??;
        Ok(answer(status, body))
    }
}

/// Keeps the answer under its key. An error on our side leaves nothing done,
/// so the key is free again.
async fn keep(
    desk: &Desk,
    actor: Uuid,
    key: &str,
    result: Result<(StatusCode, Value), ApiError>,
) -> Result<(StatusCode, Value), ApiError> {
    let (status, body) = match &result {
        Ok((status, body)) => (*status, body.to_string()),
        Err(error) => error.parts(),
    };
    let mut tx = desk.db.write().await?;
    if status.is_server_error() {
        sessions::drop_key(&mut tx, actor, key).await?;
    } else {
        sessions::keep_answer(&mut tx, actor, key, i32::from(status.as_u16()), &body).await?;
    }
    tx.commit().await?;
    result
}

/// The first answer, if there was one; else claims the key.
async fn earlier(web: &Web, who: &Actor, key: &str, hash: &[u8]) -> Result<Option<Response>, ApiError> {
    let mut tx = web.desk.db.write().await?;
    if sessions::claim_key(&mut tx, who.id, key, hash, web.desk.now()).await? {
        tx.commit().await?;
        return Ok(None);
    }
    let first = sessions::first_answer(&mut tx, who.id, key).await?;
    let (first_hash, status, body) =
        first.ok_or_else(|| DeskError::Conflict("Send this request again.".into()))?;
    if first_hash != hash {
        let detail = "This Idempotency-Key was used with another request. Use a new key.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
    }
    let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok());
    let Some(status) = status else {
        let detail = "The first request with this key has not answered. It may have been done: \
                      look at GET /api/v1/incidents before you use a new key.";
        return Err(ApiError::new(StatusCode::CONFLICT, detail));
    };
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let mut response = answer(status, body).into_response();
    if !status.is_success() {
        let problem = http::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(http::header::CONTENT_TYPE, problem);
    }
    Ok(Some(response))
}
