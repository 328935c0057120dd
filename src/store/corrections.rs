//! Whom a correction goes to, or that planned work is called off: whoever may have had what
//! it takes back.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::broadcasts::Broadcast;
use super::deliveries::{Delivery, all};
use super::many::Many;
use super::{Result, Tx, broadcasts, incidents, on, word};
use crate::domain::delivery::Lane;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// The broadcasts whose readers a correction of an update goes to: the update's, those of
/// the updates that said it again (`Incident::said_again`), and, where it was itself a
/// correction, those of what it corrected. A correction that is taken back before it has
/// left has corrected nobody. A broadcast has the id of its update.
async fn corrected(tx: &mut Tx, update: Uuid) -> Result<Vec<Uuid>> {
    let mut all: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(
        "with recursive corrected (id, corrects) as (
             select id, corrects from broadcasts where id = $1
             union select b.id, b.corrects from broadcasts b join corrected c on b.id = c.corrects)
         select id from corrected")
        .bind(update).fetch_all(c).await)?;
    if let Some(id) = incidents::of_update(tx, update).await?
        && let Some(incident) = incidents::find(tx, id, false).await?
    {
        all.extend(incident.said_again(update));
    }
    // Words of places repeated it.
    for update in all.clone() {
        all.extend(broadcasts::words_with(tx, update).await?);
    }
    Ok(all)
}

/// Accepted, delivered, captured, unclear or under way, or with any attempt of
/// which nobody knows the end. What was taken and is sent once more on somebody's wish
/// has arrived before; that a provider took what it could not deliver says nothing.
pub(super) const MAYBE_REACHED: &str =
    "(d.state in ('sending', 'unclear', 'accepted', 'delivered', 'captured')
             or exists (select 1 from attempts a where a.delivery_id = d.id
                        and (a.outcome is null or a.outcome = 'unclear'
                             or (a.outcome = 'accepted' and d.replayed_at is not null))))";

/// What was told of planned work, or, with a day, of the window that begins then: whoever
/// may have heard it hears that it is called off.
pub async fn of_plan(tx: &mut Tx, planned: Uuid, day: Option<NaiveDate>) -> Result<Vec<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select b.id from broadcasts b join planned_steps s on s.id = b.step_id
         where b.planned_id = $1 and s.kind <> 'cancelled' and ($2 is null or s.day is null or s.day = $2)")
        .bind(planned).bind(day.map(|day| day.to_string())).fetch_all(c).await)?)
}

/// The broadcasts to whose readers one goes that takes something back: a correction, or
/// that planned work is called off. `None` for all others, which have audiences of their own.
pub async fn taken_back_by(tx: &mut Tx, b: &Broadcast) -> Result<Option<Vec<Uuid>>> {
    if let Some(wrong) = b.corrects {
        return Ok(Some(corrected(tx, wrong).await?));
    }
    let (Some(planned), Some(step)) = (b.planned.filter(|_| b.lane == Lane::Correction.order()), b.step)
    else {
        return Ok(None);
    };
    let day: Option<String> = on!(tx, c => sqlx::query_scalar(
        "select day from planned_steps where id = $1").bind(step).fetch_one(c).await)?;
    Ok(Some(of_plan(tx, planned, day.and_then(|day| day.parse().ok())).await?))
}

/// How many an update, or what it corrected, may have reached, by channel; as
/// [`possibly_reached`].
pub async fn count_possibly_reached(tx: &mut Tx, update: Uuid) -> Result<Vec<(Channel, i64)>> {
    let broadcasts = corrected(tx, update).await?;
    count_reached(tx, &broadcasts).await
}

/// How many these may have reached, by channel.
pub async fn count_reached(tx: &mut Tx, broadcasts: &[Uuid]) -> Result<Vec<(Channel, i64)>> {
    if broadcasts.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new("select d.channel, count(distinct d.target) from deliveries d where d.broadcast_id");
        Many::push_among(&mut q, broadcasts);
        q.push(" and ").push(MAYBE_REACHED).push(" group by d.channel");
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|(c, n)| Ok((word(&c, Channel::parse)?, n))).collect()
}

/// How many of those it is not certain of, by channel.
pub async fn count_unclear(tx: &mut Tx, update: Uuid) -> Result<Vec<(Channel, i64)>> {
    let broadcasts = corrected(tx, update).await?;
    let rows: Vec<(String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new("select d.channel, count(distinct d.target) from deliveries d where d.broadcast_id");
        Many::push_among(&mut q, &broadcasts);
        q.push(" and ").push(MAYBE_REACHED).push(" and d.state not in ('accepted', 'delivered', 'captured')
             group by d.channel");
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|(c, n)| Ok((word(&c, Channel::parse)?, n))).collect()
}

/// Whom these may have reached. In order of target, who may be there more than once: then
/// the newest message comes first.
pub async fn possibly_reached(
    tx: &mut Tx,
    broadcasts: &[Uuid],
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Delivery>> {
    let sql = format!(
        "select d.* from deliveries d where d.broadcast_id = $1 and d.target > $2 and {MAYBE_REACHED}
         order by d.target limit $3"
    );
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    // One by one, each in the order of its index: together they would be sorted anew
    // for each page.
    for broadcast in broadcasts {
        found.extend(all(on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
            .bind(broadcast).bind(after.unwrap_or(Uuid::nil())).bind(most).fetch_all(c).await)?)?);
    }
    found.sort_by_key(|d| (d.target, std::cmp::Reverse((d.made_at, d.id))));
    found.truncate(limit);
    Ok(found)
}

/// Which of these targets these may have reached by now.
pub async fn reached_among(tx: &mut Tx, broadcasts: &[Uuid], targets: &[Uuid]) -> Result<HashSet<Uuid>> {
    if broadcasts.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<Uuid> = on!(tx, c => {
        let mut q = QueryBuilder::new("select d.target from deliveries d where d.target");
        Many::push_among(&mut q, targets);
        q.push(" and d.broadcast_id");
        Many::push_among(&mut q, broadcasts);
        q.push(" and ").push(MAYBE_REACHED).build_query_scalar().fetch_all(c).await
    })?;
    Ok(rows.into_iter().collect())
}

/// In whose names each of these targets was told of what a broadcast is about by what may
/// have reached them before; of each name, unless the last of that said that it is over.
pub async fn owed(
    tx: &mut Tx,
    broadcast: Uuid,
    targets: &[Uuid],
) -> Result<HashMap<Uuid, BTreeSet<OrgCode>>> {
    let mut out: HashMap<Uuid, BTreeSet<OrgCode>> = HashMap::new();
    if targets.is_empty() {
        return Ok(out);
    }
    let rows: Vec<(Uuid, String, bool)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.target, d.organisation, d.is_last or (u.stage = 'resolved' and u.withdrawn_at is null)
             from deliveries d join broadcasts b on b.id = d.broadcast_id join updates u on u.id = b.update_id
             where b.incident_id = (select own.incident_id from broadcasts own where own.id = ");
        q.push_bind(broadcast).push(") and b.id <> ").push_bind(broadcast).push(" and ").push(MAYBE_REACHED);
        q.push(" and d.target");
        Many::push_among(&mut q, targets);
        q.push(" order by d.made_at, d.id").build_query_as().fetch_all(c).await
    })?;
    for (target, organisation, is_end) in rows {
        let (names, place) = (out.entry(target).or_default(), word(&organisation, OrgCode::parse)?);
        match is_end {
            true => names.remove(&place),
            false => names.insert(place),
        };
    }
    Ok(out)
}

/// In whose names anything else was told of the incident that a broadcast is about.
pub async fn named_before(tx: &mut Tx, broadcast: Uuid) -> Result<HashSet<OrgCode>> {
    let rows: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select distinct m.organisation from messages m join broadcasts b on b.id = m.broadcast_id
         join broadcasts own on own.id = $1 where b.incident_id = own.incident_id and b.id <> own.id")
        .bind(broadcast).fetch_all(c).await)?;
    rows.iter().map(|code| word(code, OrgCode::parse)).collect()
}

/// Where else those were told since, whom these may have reached: of the same incident, by
/// what is newer than the update that is put right.
pub async fn told_since(tx: &mut Tx, wrong: Uuid, targets: &[Uuid]) -> Result<Vec<Delivery>> {
    let newer: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(
        "select b.id from broadcasts b join updates u on u.id = b.update_id
         join updates own on own.id = $1 and own.incident_id = u.incident_id
         where own.seq < u.seq and u.stage <> 'resolved' and b.corrects is null").bind(wrong).fetch_all(c).await)?;
    if newer.is_empty() || targets.is_empty() {
        return Ok(Vec::new());
    }
    all(on!(tx, c => {
        let mut q = QueryBuilder::new("select d.* from deliveries d where d.broadcast_id");
        Many::push_among(&mut q, &newer);
        q.push(" and d.target");
        Many::push_among(&mut q, targets);
        q.push(" and ").push(MAYBE_REACHED).build_query_as().fetch_all(c).await
    })?)
}

/// The correction of an update.
pub async fn of(tx: &mut Tx, update: Uuid) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar("select id from updates where corrects = $1 limit 1")
        .bind(update).fetch_optional(c).await)?)
}
