//! Broadcasts to large audiences, told in steps; and deliveries that people
//! stop, send on or try again.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Result, Tx, on, overtaking, references, word};
use crate::domain::delivery::Holding;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// A broadcast that is told in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub broadcast: Uuid,
    pub holding: Holding,
    /// When the first may leave.
    pub until: DateTime<Utc>,
}

/// How a broadcast is told, when in steps.
pub async fn of(tx: &mut Tx, broadcast: Uuid) -> Result<Option<Held>> {
    let row: Option<(Option<String>, Option<DateTime<Utc>>)> = on!(tx, c => sqlx::query_as(
        "select holding, held_until from broadcasts where id = $1").bind(broadcast).fetch_optional(c).await)?;
    let Some((Some(holding), Some(until))) = row else { return Ok(None) };
    Ok(Some(Held { broadcast, holding: word(&holding, Holding::parse)?, until }))
}

/// Until when the first of a broadcast that is told in steps wait, also where something
/// newer has taken its place.
pub async fn until(tx: &mut Tx, broadcast: Uuid) -> Result<Option<DateTime<Utc>>> {
    let until: Option<Option<DateTime<Utc>>> = on!(tx, c => sqlx::query_scalar(
        "select held_until from broadcasts where id = $1").bind(broadcast).fetch_optional(c).await)?;
    Ok(until.flatten())
}

/// Holds a broadcast that nobody has been told yet. One that is overtaken waits for nobody;
/// it is held if it leaves after all.
pub async fn hold(tx: &mut Tx, broadcast: Uuid, until: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update broadcasts set holding = case when superseded_at is null then $2 end, held_until = $3 where id = $1")
        .bind(broadcast).bind(Holding::Held.as_str()).bind(until).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Has a new broadcast wait for a second person.
pub async fn wait_for_approval(tx: &mut Tx, broadcast: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update broadcasts set holding = $2, held_until = $3 where id = $1")
        .bind(broadcast).bind(Holding::Unapproved.as_str()).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A second person agreed: its time counts from now, and it takes the place of what still
/// waits of before. Gives whether it waited.
pub async fn approve(tx: &mut Tx, broadcast: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update broadcasts set holding = null, held_until = null, created_at = $2
         where id = $1 and holding = 'unapproved' and superseded_at is null and expanded_at is null")
        .bind(broadcast).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    if done == 1 {
        overtaking::supersede_by(tx, broadcast, now).await?;
    }
    Ok(done == 1)
}

/// Moves a broadcast on. Gives whether it still stood at `from`.
pub async fn step(tx: &mut Tx, broadcast: Uuid, from: Holding, to: Holding) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update broadcasts set holding = $3 where id = $1 and holding = $2")
        .bind(broadcast).bind(from.as_str()).bind(to.as_str()).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends the hold of broadcasts, or of one, of which nothing waits any more: nobody is
/// asked to decide about nothing.
pub(super) async fn end_needless(tx: &mut Tx, broadcast: Option<Uuid>) -> Result<()> {
    let which = if broadcast.is_some() { "id = $1" } else { "$1 is null" };
    let sql = format!(
        "update broadcasts set holding = 'released'
         where holding in ('held', 'halted', 'releasing') and expanded_at is not null and {which}
           and not exists (select 1 from deliveries d where d.broadcast_id = broadcasts.id and d.state = 'queued')"
    );
    on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str())).bind(broadcast).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Broadcasts whose first were due by `first_due_by`, and those whose rest is
/// on its way out.
pub async fn ready(tx: &mut Tx, first_due_by: DateTime<Utc>) -> Result<Vec<Held>> {
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = on!(tx, c => sqlx::query_as(
        "select id, holding, held_until from broadcasts
         where holding is not null and expanded_at is not null
           and (holding = 'releasing' or (holding = 'held' and held_until <= $1)) order by held_until")
        .bind(first_due_by).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(broadcast, holding, until)| {
            Ok(Held { broadcast, holding: word(&holding, Holding::parse)?, until })
        })
        .collect()
}

/// Broadcasts that halted themselves and wait for a person, with what each is about:
/// the organisation that tells it, and the title.
pub async fn halted(tx: &mut Tx) -> Result<Vec<(Uuid, OrgCode, String)>> {
    let rows: Vec<(Uuid, String, String)> = on!(tx, c => sqlx::query_as(
        "select b.id, coalesce(i.declared_by, p.planned_by), coalesce(i.title, p.title) from broadcasts b
         left join incidents i on i.id = b.incident_id left join planned p on p.id = b.planned_id
         where b.holding = 'halted' order by b.held_until, b.id")
        .fetch_all(c).await)?;
    rows.into_iter().map(|(id, org, title)| Ok((id, word(&org, OrgCode::parse)?, title))).collect()
}

/// How those who were to leave first on a channel stand: how many have not left yet, how
/// many did well, and how many failed or may have; and how many wait to be let go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct First {
    pub waiting: i64,
    pub well: i64,
    pub badly: i64,
    pub rest: i64,
}

/// Looks at the deliveries of a broadcast that were made to leave before the
/// rest, which waits until its deadline; each channel by itself.
pub async fn first(tx: &mut Tx, broadcast: Uuid) -> Result<BTreeMap<Channel, First>> {
    let rows: Vec<(String, String, bool, i64)> = on!(tx, c => sqlx::query_as(
        "select channel, state, is_rest, count(*) from (select channel, state,
             attempt = 0 and state = 'queued' and due_at >= deadline_at as is_rest
             from deliveries where broadcast_id = $1
               and (attempt > 0 or state = 'queued')) as made group by channel, state, is_rest")
        .bind(broadcast).fetch_all(c).await)?;
    let mut all = BTreeMap::<Channel, First>::new();
    for (channel, state, is_rest, number) in rows {
        let first = all.entry(word(&channel, Channel::parse)?).or_default();
        match state.as_str() {
            _ if is_rest => first.rest += number,
            "queued" | "sending" => first.waiting += number,
            "failed" | "unclear" => first.badly += number,
            _ => first.well += number,
        }
    }
    Ok(all)
}

/// Lets some of the rest leave, of one channel or of all. Gives how many; 0 when all have.
pub async fn release(
    tx: &mut Tx,
    broadcast: Uuid,
    channel: Option<Channel>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set due_at = $2 where id in
             (select id from deliveries where broadcast_id = $1 and state = 'queued' and attempt = 0
                and due_at > $2 and due_at >= deadline_at and ($4 is null or channel = $4) limit $3)")
        .bind(broadcast).bind(now).bind(limit).bind(channel.map(Channel::as_str))
        .execute(c).await.map(|d| d.rows_affected()))?)
}

/// Lets everything that waits for a hold leave at once.
pub async fn send_now(tx: &mut Tx, broadcast: Uuid, now: DateTime<Utc>) -> Result<u64> {
    on!(tx, c => sqlx::query("update broadcasts set held_until = $2 where id = $1 and held_until > $2")
        .bind(broadcast).bind(now).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set due_at = $2 where broadcast_id = $1 and state = 'queued' and attempt = 0
           and due_at > $2 and due_at < deadline_at")
        .bind(broadcast).bind(now).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Whether a failed delivery may still reach somebody at `$3`: it is not too late,
/// and its address was not suspended nor its reader gone since.
pub(super) const MAY_REACH: &str = "deadline_at > $3 and not exists (select 1 from subscribers s
     where s.id = deliveries.target and (s.suspended_at is not null or s.left_at is not null))";

/// Queues again what was held back from a target for this reason and is not too late. What
/// waited to be let go waits for it still.
pub async fn release_target(tx: &mut Tx, target: Uuid, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set state = 'queued', reason = null, settled_at = null, first_due_at = null
         where target = $1 and state = 'suppressed' and reason = $3 and deadline_at > $2")
        .bind(target).bind(now).bind(reason).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Queues deliveries again that failed for this reason and may still reach somebody.
/// The reason and the attempts that were made stay on record; the provider's id of the
/// last is put aside, for it is not that of the next. Gives how many.
pub async fn retry(tx: &mut Tx, broadcast: Uuid, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    references::keep(tx, broadcast, reason, now).await?;
    let sql = format!(
        "update deliveries set state = 'queued', due_at = $3, first_due_at = null, settled_at = null, reference = null
         where broadcast_id = $1 and state = 'failed' and reason = $2 and {MAY_REACH}"
    );
    Ok(on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str()))
        .bind(broadcast).bind(reason).bind(now).execute(c).await.map(|d| d.rows_affected()))?)
}
