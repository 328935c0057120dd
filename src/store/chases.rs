//! How often the sites that an incident reaches were asked, and when the silent
//! are asked again.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx, on};

/// How far the asking about one incident has come.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Chase {
    pub incident_id: Uuid,
    /// How often sites were asked.
    pub asked: i32,
    /// When the silent are asked again; none when they are not.
    pub next_at: Option<DateTime<Utc>>,
    /// Somebody stopped it.
    pub stopped_at: Option<DateTime<Utc>>,
}

/// Open incidents about which asking has not begun.
pub async fn new_incidents(tx: &mut Tx) -> Result<Vec<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select i.id from incidents i where i.closed_at is null
           and not exists (select 1 from chases h where h.incident_id = i.id) order by i.created_at, i.id")
        .fetch_all(c).await)?)
}

/// Begins to ask at a time, or never. Gives whether nobody else had begun.
pub async fn begin(tx: &mut Tx, incident: Uuid, next_at: Option<DateTime<Utc>>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into chases (incident_id, asked, next_at) values ($1, 0, $2) on conflict do nothing")
        .bind(incident).bind(next_at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Begins again at a time, where asking had begun and nobody has stopped it.
pub async fn begin_anew(tx: &mut Tx, incident: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update chases set asked = 0, next_at = $2 where incident_id = $1 and stopped_at is null")
        .bind(incident).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whose time has come.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Chase>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select incident_id, asked, next_at, stopped_at from chases where next_at <= $1 order by next_at, incident_id")
        .bind(now).fetch_all(c).await)?)
}

/// Moves on to the next time, if nobody else did. On Postgres the second of two
/// waits for the first and then finds that it did.
pub async fn advance(tx: &mut Tx, chase: &Chase, asked: i32, next_at: Option<DateTime<Utc>>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update chases set asked = $3, next_at = $4
         where incident_id = $1 and asked = $2 and next_at is not null and next_at = $5")
        .bind(chase.incident_id).bind(chase.asked).bind(asked).bind(next_at).bind(chase.next_at)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub async fn find(tx: &mut Tx, incident: Uuid) -> Result<Option<Chase>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select incident_id, asked, next_at, stopped_at from chases where incident_id = $1")
        .bind(incident).fetch_optional(c).await)?)
}

/// Of all open incidents.
pub async fn of_open(tx: &mut Tx) -> Result<Vec<Chase>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select h.incident_id, h.asked, h.next_at, h.stopped_at from chases h
         join incidents i on i.id = h.incident_id where i.closed_at is null")
        .fetch_all(c).await)?)
}

/// Stops the asking, or has it go on from a time.
pub async fn set(
    tx: &mut Tx,
    incident: Uuid,
    next_at: Option<DateTime<Utc>>,
    stopped_at: Option<DateTime<Utc>>,
    asked: i32,
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update chases set next_at = $2, stopped_at = $3, asked = $4 where incident_id = $1")
        .bind(incident).bind(next_at).bind(stopped_at).bind(asked).execute(c).await.map(|_| ()))?;
    Ok(())
}
