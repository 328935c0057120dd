//! Who left lately, all places or one of several: a backup that is put back has them still.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;

/// Somebody who left, by the id of their contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// One place of several; `None` for all.
    pub place: Option<OrgCode>,
}

/// Somebody leaves one place.
pub(super) async fn leave(tx: &mut Tx, id: Uuid, place: &OrgCode, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into left_places (subscriber_id, organisation, left_at) values ($1, $2, $3)
         on conflict (subscriber_id, organisation) do update set left_at = excluded.left_at")
        .bind(id).bind(place.as_str()).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// They follow it again.
pub(super) async fn come_back(tx: &mut Tx, id: Uuid, place: &OrgCode) -> Result<()> {
    on!(tx, c => sqlx::query("delete from left_places where subscriber_id = $1 and organisation = $2")
        .bind(id).bind(place.as_str()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Who left since a time, in order.
pub async fn since(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<Departure>> {
    let rows: Vec<(Uuid, DateTime<Utc>, Option<String>)> = on!(tx, c => sqlx::query_as(
        "select id, left_at, null as place from subscribers where left_at is not null and left_at > $1
         union all select subscriber_id, left_at, organisation from left_places where left_at > $1
         order by 2, 1, 3")
        .bind(since).fetch_all(c).await)?;
    let departure = |(id, at, place): (Uuid, DateTime<Utc>, Option<String>)| {
        Ok(Departure { id, at, place: place.map(|code| word(&code, OrgCode::parse)).transpose()? })
    };
    rows.into_iter().map(departure).collect()
}

/// Forgets who left a place before a time.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("delete from left_places where left_at < $1")
        .bind(before).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whether somebody follows a place since before a time.
pub async fn followed_before(tx: &mut Tx, id: Uuid, place: &OrgCode, at: DateTime<Utc>) -> Result<bool> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select exists (select 1 from subscriptions
             where subscriber_id = $1 and organisation = $2 and confirmed_at <= $3)")
        .bind(id).bind(place.as_str()).bind(at).fetch_one(c).await)?)
}
