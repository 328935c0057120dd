//! Sign-in links, sessions, half-done ceremonies, wrong passwords, and the
//! first answers to repeated requests.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, Tx, on};

pub async fn insert_link(
    tx: &mut Tx,
    hash: &[u8],
    user: Uuid,
    at: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into sign_in_links (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)")
        .bind(hash).bind(user).bind(at).bind(expires).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The user of a link that is neither used nor past its time.
pub async fn link(tx: &mut Tx, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select user_id from sign_in_links where token_hash = $1 and used_at is null and expires_at > $2")
        .bind(hash).bind(now).fetch_optional(c).await)?)
}

/// Uses a link up; the user, if it was still good.
pub async fn use_link(tx: &mut Tx, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "update sign_in_links set used_at = $2
         where token_hash = $1 and used_at is null and expires_at > $2 returning user_id")
        .bind(hash).bind(now).fetch_optional(c).await)?)
}

/// Ends the links of a user that were not used, and what they began with them.
pub async fn end_links_of(tx: &mut Tx, user: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update sign_in_links set used_at = $2 where user_id = $1 and used_at is null")
        .bind(user).bind(at).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query("delete from ceremonies where user_id = $1")
        .bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn insert_session(
    tx: &mut Tx,
    hash: &[u8],
    user: Uuid,
    at: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)")
        .bind(hash).bind(user).bind(at).bind(expires).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The user of a session that has not ended.
pub async fn session(tx: &mut Tx, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Uuid>> {
    Ok(
        on!(tx, c => sqlx::query_scalar("select user_id from sessions where token_hash = $1 and expires_at > $2")
        .bind(hash).bind(now).fetch_optional(c).await)?,
    )
}

pub async fn end_session(tx: &mut Tx, hash: &[u8]) -> Result<()> {
    on!(tx, c => sqlx::query("delete from sessions where token_hash = $1")
        .bind(hash).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends all sessions of a user, as when the password changes.
pub async fn end_all_of(tx: &mut Tx, user: Uuid) -> Result<()> {
    on!(tx, c => sqlx::query("delete from sessions where user_id = $1")
        .bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn insert_ceremony(
    tx: &mut Tx,
    id: Uuid,
    user: Option<Uuid>,
    state: Value,
    expires: DateTime<Utc>,
) -> Result<()> {
    on!(tx, c => sqlx::query("insert into ceremonies (id, user_id, state, expires_at) values ($1, $2, $3, $4)")
        .bind(id).bind(user).bind(Json(state)).bind(expires).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Takes a ceremony out: its state, and whose it is. It serves once.
pub async fn take_ceremony(
    tx: &mut Tx,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<(Option<Uuid>, Value)>> {
    let row: Option<(Option<Uuid>, Json<Value>)> = on!(tx, c => sqlx::query_as(
        "delete from ceremonies where id = $1 and expires_at > $2 returning user_id, state")
        .bind(id).bind(now).fetch_optional(c).await)?;
    Ok(row.map(|(user, state)| (user, state.0)))
}

pub async fn record_failure(tx: &mut Tx, id: Uuid, email: &str, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("insert into sign_in_failures (id, email, failed_at) values ($1, $2, $3)")
        .bind(id).bind(email).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn failures_since(tx: &mut Tx, email: &str, since: DateTime<Utc>) -> Result<i64> {
    Ok(
        on!(tx, c => sqlx::query_scalar("select count(*) from sign_in_failures where email = $1 and failed_at > $2")
        .bind(email).bind(since).fetch_one(c).await)?,
    )
}

/// Deletes what has run out.
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    let yesterday = now - chrono::Duration::hours(24);
    on!(tx, c => sqlx::query("delete from sessions where expires_at <= $1").bind(now).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query("delete from ceremonies where expires_at <= $1").bind(now).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query("delete from sign_in_failures where failed_at <= $1")
        .bind(yesterday).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query("delete from idempotency where created_at <= $1")
        .bind(yesterday).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The first answer to a request: hash of the request, status, body.
pub type FirstAnswer = (Vec<u8>, i32, String);

pub async fn first_answer(tx: &mut Tx, actor: Uuid, key: &str) -> Result<Option<FirstAnswer>> {
    Ok(
        on!(tx, c => sqlx::query_as("select request_hash, status, answer from idempotency where actor = $1 and key = $2")
        .bind(actor).bind(key).fetch_optional(c).await)?,
    )
}

/// Claims a key before the work is done; `false` when somebody else has it.
pub async fn claim_key(tx: &mut Tx, actor: Uuid, key: &str, hash: &[u8], at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into idempotency (actor, key, request_hash, status, answer, created_at)
         values ($1, $2, $3, 0, '', $4) on conflict do nothing")
        .bind(actor).bind(key).bind(hash).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub async fn keep_answer(tx: &mut Tx, actor: Uuid, key: &str, status: i32, answer: &str) -> Result<()> {
    on!(tx, c => sqlx::query("update idempotency set status = $3, answer = $4 where actor = $1 and key = $2")
        .bind(actor).bind(key).bind(status).bind(answer).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Forgets a key whose work was not done.
pub async fn drop_key(tx: &mut Tx, actor: Uuid, key: &str) -> Result<()> {
    on!(tx, c => sqlx::query("delete from idempotency where actor = $1 and key = $2")
        .bind(actor).bind(key).execute(c).await.map(|_| ()))?;
    Ok(())
}
