//! What takes the place of what: a newer update that of what still waits of an older
//! one; and the older one leaves after all where the newer was taken back. A stop frees
//! nothing: the page goes on saying what the newer one says.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::broadcasts::Broadcast;
use super::corrections::MAYBE_REACHED;
use super::deliveries::{Delivery, ITS_WORD, all};
use super::many::Many;
use super::{Result, Tx, broadcasts, on};
use crate::domain::org::OrgCode;

/// Marks the older broadcasts of an incident as overtaken, and their unsent
/// deliveries as superseded; not words of places, which [`supersede_words`] does for whoever
/// gets the newer one. One that `waits` for a second person overtakes what waits as
/// well, and nothing else. Gives the number of deliveries.
pub async fn supersede(
    tx: &mut Tx,
    incident: Uuid,
    newer: Uuid,
    waits: bool,
    at: DateTime<Utc>,
) -> Result<u64> {
    on!(tx, c => sqlx::query(
        "update broadcasts set superseded_at = $3, superseded_by = $2,
             holding = case when holding = 'unapproved' then holding end
         where incident_id = $1 and id <> $2 and superseded_at is null and corrects is null and kind <> 'word'
           and update_id in (select o.id from updates o join updates n on n.id = $2
               where o.incident_id = $1 and o.seq < n.seq) and (not $4 or holding = 'unapproved')")
        .bind(incident).bind(newer).bind(at).bind(waits).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set state = 'superseded', reason = null, settled_at = $2
         where state = 'queued' and broadcast_id in (select id from broadcasts
             where incident_id = $1 and superseded_at is not null and corrects is null)")
        .bind(incident).bind(at).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Marks what waits of the words of places about the same incident as superseded, for those
/// readers who get this in the name of the same place.
pub async fn supersede_words(
    tx: &mut Tx,
    newer: &Broadcast,
    told: &HashSet<(Uuid, &OrgCode)>,
    at: DateTime<Utc>,
) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let words: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(
        "select b.id from broadcasts b where b.incident_id = $1 and b.kind = 'word'
             and b.superseded_at is null and b.created_at <= $2
             and exists (select 1 from deliveries d where d.broadcast_id = b.id and d.state = 'queued')")
        .bind(newer.incident).bind(newer.created_at).fetch_all(c).await)?;
    if words.is_empty() {
        return Ok(());
    }
    let targets: Vec<Uuid> = told.iter().map(|(target, _)| *target).collect();
    let waiting: Vec<(Uuid, Uuid, String)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id, d.target, d.organisation from deliveries d where d.state = 'queued' and d.broadcast_id");
        Many::push_among(&mut q, &words);
        q.push(" and d.target");
        Many::push_among(&mut q, &targets);
        q.build_query_as().fetch_all(c).await
    })?;
    let is_told = |target: Uuid, place: &str| {
        OrgCode::parse(place).is_some_and(|place| told.contains(&(target, &place)))
    };
    let all: Vec<Uuid> = waiting.iter().filter(|(_, t, place)| is_told(*t, place)).map(|w| w.0).collect();
    if all.is_empty() {
        return Ok(());
    }
    on!(tx, c => {
        let mut q = QueryBuilder::new("update deliveries set state = 'superseded', reason = null, settled_at = ");
        q.push_bind(at).push(" where id");
        Many::push_among(&mut q, &all);
        q.build().execute(c).await.map(|_| ())
    })?;
    Ok(())
}

/// Marks what a place's answer overtakes, as [`supersede`] does: what it answered before about
/// the same incident.
pub async fn supersede_answers(tx: &mut Tx, newer: &Broadcast, at: DateTime<Utc>) -> Result<()> {
    const EARLIER: &str = "select id from broadcasts
         where incident_id = $1 and place = $2 and id <> $3 and lifted is null and superseded_at is not null";
    let place = newer.place.as_ref().map(OrgCode::as_str);
    on!(tx, c => sqlx::query(
        "update broadcasts set superseded_at = $4, superseded_by = $3,
             holding = case when holding = 'unapproved' then holding end
         where incident_id = $1 and place = $2 and id <> $3 and lifted is null and superseded_at is null")
        .bind(newer.incident).bind(place).bind(newer.id).bind(at).execute(c).await.map(|_| ()))?;
    let sql = format!(
        "update deliveries set state = 'superseded', reason = null, settled_at = $4
         where state = 'queued' and broadcast_id in ({EARLIER})"
    );
    on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str()))
        .bind(newer.incident).bind(place).bind(newer.id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Marks what a plan's step overtakes, as [`supersede`] does: the earlier steps
/// of the same window, or, without a day, everything of the plan.
pub async fn supersede_steps(
    tx: &mut Tx,
    planned: Uuid,
    day: Option<NaiveDate>,
    newer: Uuid,
    waits: bool,
    at: DateTime<Utc>,
) -> Result<u64> {
    let day = day.map(|d| d.to_string());
    on!(tx, c => sqlx::query(
        "update broadcasts set superseded_at = $4, superseded_by = $3,
             holding = case when holding = 'unapproved' then holding end
         where planned_id = $1 and id <> $3 and superseded_at is null
           and step_id in (select o.id from planned_steps o join planned_steps n on n.id = $3
               where o.planned_id = $1 and o.seq < n.seq and ($2 is null or o.day = $2))
           and (not $5 or holding = 'unapproved')")
        .bind(planned).bind(&day).bind(newer).bind(at).bind(waits).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set state = 'superseded', reason = null, settled_at = $2
         where state = 'queued'
           and broadcast_id in (select id from broadcasts where planned_id = $1 and superseded_at is not null)")
        .bind(planned).bind(at).execute(c).await.map(|d| d.rows_affected()))?)
}

/// The same for a broadcast that waited for a second person and may leave from now on.
pub(super) async fn supersede_by(tx: &mut Tx, broadcast: Uuid, at: DateTime<Utc>) -> Result<()> {
    let Some(newer) = broadcasts::find(tx, broadcast).await? else { return Ok(()) };
    if let Some(incident) = newer.incident.filter(|_| newer.corrects.is_none()) {
        supersede(tx, incident, broadcast, false, at).await?;
    }
    if let (Some(planned), Some(step)) = (newer.planned, newer.step) {
        let day: Option<String> = on!(tx, c => sqlx::query_scalar(
            "select day from planned_steps where id = $1").bind(step).fetch_one(c).await)?;
        supersede_steps(tx, planned, day.and_then(|day| day.parse().ok()), broadcast, false, at).await?;
    }
    Ok(())
}

/// A broadcast is refused or stopped before anybody agreed to it: what waited as well, and
/// it had overtaken, waits again. What nobody agreed to takes nobody's place.
pub(super) async fn give_way(tx: &mut Tx, broadcast: Uuid) -> Result<()> {
    const BY: &str = "(select n.superseded_by from broadcasts n where n.id = $1)";
    let sql = format!(
        "update broadcasts set superseded_by = {BY},
             superseded_at = case when {BY} is null then null else superseded_at end
         where superseded_by = $1 and holding = 'unapproved'
           and exists (select 1 from broadcasts n where n.id = $1 and n.holding = 'unapproved')"
    );
    on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str())).bind(broadcast).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A broadcast whose overtaker was taken back.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Freed {
    pub broadcast: Uuid,
    /// What overtook the overtaker, and so this.
    pub overtaken_by: Option<Uuid>,
    /// It counts as overtaken still.
    pub is_overtaken: bool,
    /// It is told in steps.
    pub is_held: bool,
}

/// The next of those. On Postgres its row is locked, so that one process frees it.
pub async fn freed(tx: &mut Tx) -> Result<Option<Freed>> {
    const SQLITE: &str = "select b.id as broadcast, n.superseded_by as overtaken_by,
             b.superseded_at is not null as is_overtaken, b.held_until is not null as is_held
         from broadcasts b join broadcasts n on n.id = b.superseded_by
         join updates u on u.id = n.update_id where n.epoch > 0 and u.withdrawn_at is not null
         order by b.created_at desc limit 1";
    const POSTGRES: &str = "select b.id as broadcast, n.superseded_by as overtaken_by,
             b.superseded_at is not null as is_overtaken, b.held_until is not null as is_held
         from broadcasts b join broadcasts n on n.id = b.superseded_by
         join updates u on u.id = n.update_id where n.epoch > 0 and u.withdrawn_at is not null
         order by b.created_at desc limit 1 for update of b skip locked";
    let sql = tx.dialect(SQLITE, POSTGRES);
    Ok(on!(tx, c => sqlx::query_as(sql).fetch_optional(c).await)?)
}

/// Says what overtakes a broadcast from now on, where something does.
pub async fn set_overtaker(tx: &mut Tx, broadcast: Uuid, by: Option<Uuid>) -> Result<()> {
    on!(tx, c => sqlx::query("update broadcasts set superseded_by = $2 where id = $1")
        .bind(broadcast).bind(by).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Nothing overtakes it any more. Where it was told in steps, it begins with the first.
pub async fn free(tx: &mut Tx, broadcast: Uuid, hold_until: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update broadcasts set superseded_at = null,
             held_until = case when held_until is not null and holding is null then $2 else held_until end,
             holding = case when held_until is not null and holding is null then 'held' else holding end
         where id = $1").bind(broadcast).bind(hold_until).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What is told of an incident by now: the newest update that nothing has overtaken or
/// stopped, once its audience is being put together.
pub async fn newest(tx: &mut Tx, incident: Uuid) -> Result<Option<Broadcast>> {
    let id: Option<Uuid> = on!(tx, c => sqlx::query_scalar(
        "select id from broadcasts where incident_id = $1 and kind = 'update' and corrects is null
             and superseded_at is null and epoch = 0 and (expanded_at is not null or cursor is not null)
         order by created_at desc limit 1").bind(incident).fetch_optional(c).await)?;
    match id {
        Some(id) => broadcasts::find(tx, id).await,
        None => Ok(None),
    }
}

/// What was held back in the name of a place that is not affected, of what is overtaken
/// since, from readers who are to get nothing of the newest.
pub async fn held_back_from(
    tx: &mut Tx,
    newest: Uuid,
    incident: Uuid,
    place: &OrgCode,
) -> Result<Vec<Delivery>> {
    let sql = format!(
        "select d.* from deliveries d join broadcasts b on b.id = d.broadcast_id
         where b.incident_id = $2 and b.superseded_at is not null and b.corrects is null
           and d.state = 'suppressed' and d.{ITS_WORD} and d.organisation = $3
           and not exists (select 1 from deliveries n where n.broadcast_id = $1 and n.target = d.target)"
    );
    all(on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(newest).bind(incident).bind(place.as_str()).fetch_all(c).await)?)
}

/// When what is queued again is due.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    pub now: DateTime<Utc>,
    pub at: DateTime<Utc>,
    /// What waited to be let go waits for it still.
    pub in_steps: bool,
}

/// Queues again what was superseded of a broadcast and may still be told: it is not too
/// late, nobody wonders whether it arrived, and its reader was told nothing newer. Gives
/// how many, `limit` at most.
pub async fn requeue(tx: &mut Tx, broadcast: Uuid, due: Due, limit: i64) -> Result<u64> {
    let some = format!(
        "{REQUEUE} where id in (select id from deliveries
             where broadcast_id = $1 and state = 'superseded' and {} limit $5)",
        may_be_told()
    );
    Ok(on!(tx, c => sqlx::query(AssertSqlSafe(some.as_str()))
        .bind(broadcast).bind(due.now).bind(due.at).bind(due.in_steps).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))?)
}

/// The readers of these deliveries have certainly not had them: what those had overtaken,
/// and nothing overtakes any more, is queued again for them.
pub async fn requeue_instead(tx: &mut Tx, ended: &[Uuid], now: DateTime<Utc>) -> Result<()> {
    if ended.is_empty() {
        return Ok(());
    }
    let older: Vec<(Uuid, Uuid)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select older.id, b.id from deliveries x join broadcasts xb on xb.id = x.broadcast_id
             join broadcasts b on b.incident_id = xb.incident_id or b.planned_id = xb.planned_id
             join deliveries older on older.broadcast_id = b.id and older.target = x.target
             where older.state = 'superseded' and b.superseded_at is null and b.epoch = 0 and x.id");
        Many::push_among(&mut q, ended);
        q.build_query_as().fetch_all(c).await
    })?;
    let one = format!("{REQUEUE} where id = $5 and broadcast_id = $1 and {}", may_be_told());
    for (delivery, broadcast) in older {
        on!(tx, c => sqlx::query(AssertSqlSafe(one.as_str()))
            .bind(broadcast).bind(now).bind(now).bind(false).bind(delivery).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

const REQUEUE: &str =
    "update deliveries set state = 'queued', reason = null, settled_at = null, first_due_at = null,
     due_at = case when $4 and due_at >= deadline_at then due_at else $3 end";

/// Of a delivery of the broadcast `$1`, at `$2`.
fn may_be_told() -> String {
    format!(
        "deadline_at > $2 and epoch = (select epoch from broadcasts where id = $1)
         and not exists (select 1 from attempts a
             where a.delivery_id = deliveries.id and (a.outcome is null or a.outcome = 'unclear'))
         and not exists (select 1 from deliveries d join broadcasts b on b.id = d.broadcast_id
             join broadcasts own on own.id = $1
             where d.target = deliveries.target and b.id <> own.id and b.created_at >= own.created_at
               and (b.incident_id = own.incident_id or b.planned_id = own.planned_id) and {MAYBE_REACHED})"
    )
}
