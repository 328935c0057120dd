//! What readers heard last in the name of a place, and what they are about to hear.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::broadcasts::Audience;
use super::corrections::MAYBE_REACHED;
use super::many::Many;
use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// What tells news: updates, words of places and steps of planned work.
const NEWS: &str = "b.kind in ('update', 'word', 'planned')";
/// When a message left last.
const LEFT: &str = "coalesce((select max(a.started_at) from attempts a where a.delivery_id = d.id), d.settled_at, d.made_at)";

/// What may say whether to come: not what lies ahead, whose words are for another day.
const ANSWERS: &str = "not exists (select 1 from planned_steps p where p.id = b.step_id and p.kind in ('announced', 'reminded'))";
/// So many of the last are looked at: of planned work not each says whether to come.
const LAST: i64 = 4;

/// One of the last that may have reached somebody in the name of a place.
#[derive(Debug, Clone)]
pub struct Heard {
    pub target: Uuid,
    pub delivery: Uuid,
    pub broadcast: Uuid,
    /// What it was about: an incident, or planned work.
    pub about: Option<Uuid>,
    pub is_planned: bool,
    pub audience: Audience,
    pub channel: Channel,
}

type Row = (Uuid, Uuid, Uuid, Option<Uuid>, bool, String, String, String);

/// What each of these targets heard last in each name, the newest first: a few of each.
pub async fn last(tx: &mut Tx, targets: &[Uuid]) -> Result<Vec<Heard>> {
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on!(tx, c => {
        let mut q = QueryBuilder::new(format!(
            "select target, id, broadcast_id, about, is_planned, organisation, locale, channel from (
                 select d.target, d.id, d.broadcast_id, coalesce(b.incident_id, b.planned_id) as about,
                     b.planned_id is not null as is_planned, d.organisation, d.locale, d.channel, {LEFT} as at,
                     row_number() over (partition by d.target, d.organisation order by {LEFT} desc, d.id desc) as place
                 from deliveries d join broadcasts b on b.id = d.broadcast_id
                 where {NEWS} and {ANSWERS} and {MAYBE_REACHED} and d.target"));
        Many::push_among(&mut q, targets);
        q.push(") heard where place <= ").push_bind(LAST);
        q.push(" order by at desc, id desc").build_query_as().fetch_all(c).await
    })?;
    let heard = |(target, delivery, broadcast, about, is_planned, organisation, locale, channel): Row| {
        let audience = (word(&organisation, OrgCode::parse)?, locale);
        let channel = word(&channel, Channel::parse)?;
        Ok(Heard { target, delivery, broadcast, about, is_planned, audience, channel })
    };
    rows.into_iter().map(heard).collect()
}

/// In whose names these targets are about to be told something, in words of the moment at
/// which it leaves: what was stopped or overtaken is not, nor what is held and may be stopped.
pub async fn is_coming(tx: &mut Tx, targets: &[Uuid]) -> Result<HashSet<(Uuid, OrgCode)>> {
    if targets.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<(Uuid, String)> = on!(tx, c => {
        let mut q = QueryBuilder::new(format!(
            "select d.target, d.organisation from deliveries d join broadcasts b on b.id = d.broadcast_id
             where {NEWS} and d.state = 'queued' and d.epoch = b.epoch and b.superseded_at is null
               and (b.holding is null or b.holding in ('releasing', 'released')) and d.target"));
        Many::push_among(&mut q, targets);
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|(target, code)| Ok((target, word(&code, OrgCode::parse)?))).collect()
}

/// Whether any answer of these organisations to an incident says whether to come.
pub async fn answers_on_coming(tx: &mut Tx, incident: Uuid, organisations: &[OrgCode]) -> Result<bool> {
    let number: i64 = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select count(*) from responses n where cast(n.lines as text) like '%\"attend\"%' and n.incident_id = ");
        q.push_bind(incident);
        super::organisations::narrow(&mut q, organisations);
        q.build_query_scalar().fetch_one(c).await
    })?;
    Ok(number > 0)
}

/// What incidents were told since a time in the names of these organisations, where they are
/// few; else any.
pub async fn incidents_told(
    tx: &mut Tx,
    organisations: &[OrgCode],
    since: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    Ok(on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select distinct b.incident_id from broadcasts b where b.kind in ('update', 'word')
             and b.incident_id is not null and b.created_at > ");
        q.push_bind(since).push(" and exists (select 1 from messages n where n.broadcast_id = b.id");
        super::organisations::narrow(&mut q, organisations);
        q.push(")").build_query_scalar().fetch_all(c).await
    })?)
}

/// The last step of each planned work that was told since a time in the names of these
/// organisations, where they are few, else any: of those that may say whether to come. Gives the
/// work and the step.
pub async fn steps_told(
    tx: &mut Tx,
    organisations: &[OrgCode],
    since: DateTime<Utc>,
) -> Result<Vec<(Uuid, Uuid)>> {
    let mut all: Vec<(Uuid, Uuid)> = on!(tx, c => {
        let mut q = QueryBuilder::new(format!(
            "select b.planned_id, b.step_id from broadcasts b where b.kind = 'planned' and {ANSWERS}
             and b.corrects is null and b.created_at > "));
        q.push_bind(since).push(" and exists (select 1 from messages n where n.broadcast_id = b.id");
        super::organisations::narrow(&mut q, organisations);
        q.push(") order by b.planned_id, b.created_at desc").build_query_as().fetch_all(c).await
    })?;
    all.dedup_by_key(|(planned, _)| *planned);
    Ok(all)
}
