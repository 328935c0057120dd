//! `Idempotency-Key`: the same key and body give the first answer again; the
//! same key with another body is a mistake.

use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use uuid::Uuid;

use super::{answer, body};
use crate::desk::Desk;
use crate::domain::user::Actor;
use crate::store::sessions;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// The longest key, in characters.
pub const MAX_KEY: usize = 200;

/// How long the second of two requests at once waits for the first one's answer.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(100);

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
    /// that two requests at once do it once; the other waits for its answer. The
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
        let hash = fingerprint(&path, &bytes);
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

/// Keeps the answer under its key. Where nothing was done, by an error on our
/// side or a mistake in what was sent, the key is free again.
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
    let is_mistake = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY].contains(&status);
    if status.is_server_error() || is_mistake {
        sessions::drop_key(&mut tx, actor, key).await?;
    } else {
        sessions::keep_answer(&mut tx, actor, key, i32::from(status.as_u16()), &body).await?;
    }
    tx.commit().await?;
    result
}

/// What tells one request from another: where it went and what it said, and not
/// how that was written down.
fn fingerprint(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(path.as_bytes());
    hash.update(b"\0");
    match body::json(bytes) {
        // Objects are printed in the order of their keys.
        Ok(value) => hash.update(value.to_string().as_bytes()),
        Err(_) => hash.update(bytes),
    }
    hash.finalize().to_vec()
}

/// The first answer, if there was one; else claims the key. While the first
/// request is being answered, waits for that, and holds no connection meanwhile.
async fn earlier(web: &Web, who: &Actor, key: &str, hash: &[u8]) -> Result<Option<Response>, ApiError> {
    let until = Instant::now() + PATIENCE;
    while !claim(web, who.id, key, hash).await? {
        while let Some((first_hash, status, body)) = kept(web, who.id, key).await? {
            if first_hash != hash {
                let detail = "This Idempotency-Key was used with another request. Use a new key.";
                return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
            }
            if let Some(status) = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok()) {
                return Ok(Some(again(status, &body)));
            }
            if Instant::now() >= until {
                let detail = "The first request with this key has not answered. It may have been done: \
                              look at GET /api/v1/incidents before you use a new key.";
                return Err(ApiError::new(StatusCode::CONFLICT, detail));
            }
            tokio::time::sleep(LOOK).await;
        }
        // What it asked was not done, and its key is free.
    }
    Ok(None)
}

async fn claim(web: &Web, actor: Uuid, key: &str, hash: &[u8]) -> Result<bool, ApiError> {
    let mut tx = web.desk.db.write().await?;
    let is_ours = sessions::claim_key(&mut tx, actor, key, hash, web.desk.now()).await?;
    tx.commit().await?;
    Ok(is_ours)
}

async fn kept(web: &Web, actor: Uuid, key: &str) -> Result<Option<sessions::FirstAnswer>, ApiError> {
    let mut tx = web.desk.db.read().await?;
    Ok(sessions::first_answer(&mut tx, actor, key).await?)
}

/// The first answer once more.
fn again(status: StatusCode, body: &str) -> Response {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let mut response = answer(status, body).into_response();
    if !status.is_success() {
        let problem = http::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(http::header::CONTENT_TYPE, problem);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn the_same_body_written_differently_is_the_same_request() {
        let of = |body: &str| fingerprint("/api/v1/incidents", body.as_bytes());
        assert_eq!(
            of(r#"{"a":1,"b":{"d":[2],"c":null}}"#),
            of("{ \"b\": {\"c\":null, \"d\":[ 2 ]},\n\"a\":1 }")
        );
        assert_eq!(of("{}"), of(" "));
        assert_ne!(of(r#"{"a":1}"#), of(r#"{"a":"1"}"#));
        assert_ne!(of(r#"{"a":[1,2]}"#), of(r#"{"a":[2,1]}"#));
        assert_ne!(of("{"), of("{{"));
        assert_ne!(fingerprint("/a", b"{}"), fingerprint("/b", b"{}"));
    }
}
