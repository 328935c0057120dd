//! What staff read about deliveries: counts and lists. The queue itself is in
//! `deliveries`.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::deliveries::{Delivery, all};
use super::holding::MAY_REACH;
use super::many::Many;
use super::{Result, StoreError, Tx, on, word};
use crate::domain::cost::Charged;
use crate::domain::delivery::{DeliveryState, HAD_THEIR_SHARE, Lane};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// Deliveries of an update that stand alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub channel: Channel,
    pub state: DeliveryState,
    /// Why they failed, or are not told; empty for the others.
    pub reason: String,
    pub number: u64,
    /// How many of them came to that end since the time asked for.
    pub lately: u64,
    /// Of those that failed: how many may still reach somebody.
    pub may_reach: u64,
    /// Of those that wait: how many are not due yet.
    pub later: u64,
    /// How many of those because their readers had their share, and until when the last.
    pub shared: u64,
    pub shared_until: Option<DateTime<Utc>>,
    /// How many wait to be let go, of an audience that is told in steps.
    pub held: u64,
    /// When the oldest that waits was first due.
    pub since: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct TallyRow {
    channel: String,
    state: String,
    because: String,
    number: i64,
    lately: i64,
    may_reach: i64,
    later: i64,
    shared: i64,
    shared_until: Option<DateTime<Utc>>,
    held: i64,
    since: Option<DateTime<Utc>>,
}

/// How the deliveries of an update stand, in one pass: of a large audience it
/// reads a million rows.
pub async fn tallies(
    tx: &mut Tx,
    broadcast: Uuid,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Tally>> {
    let sql = format!(
        "select channel, state,
             case when state in ('failed', 'suppressed') then coalesce(reason, '') else '' end as because,
             count(*) as number, count(case when settled_at > $2 then 1 end) as lately,
             count(case when state = 'failed' and {MAY_REACH} then 1 end) as may_reach,
             count(case when state = 'queued' and due_at > $3 then 1 end) as later,
             count(case when state = 'queued' and due_at > $3 and reason = $4 then 1 end) as shared,
             max(case when state = 'queued' and due_at > $3 and reason = $4 then due_at end) as shared_until,
             count(case when state = 'queued' and attempt = 0 and due_at > $3 and due_at >= deadline_at then 1 end) as held,
             min(case when state = 'queued' then coalesce(first_due_at, due_at) end) as since
         from deliveries where broadcast_id = $1 group by channel, state, because"
    );
    let rows: Vec<TallyRow> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(broadcast).bind(since).bind(now).bind(HAD_THEIR_SHARE).fetch_all(c).await)?;
    let count = |n| u64::try_from(n).unwrap_or(0);
    let tally = |row: TallyRow| {
        Ok(Tally {
            channel: word(&row.channel, Channel::parse)?,
            state: word(&row.state, DeliveryState::parse)?,
            reason: row.because,
            number: count(row.number),
            lately: count(row.lately),
            may_reach: count(row.may_reach),
            later: count(row.later),
            shared: count(row.shared),
            shared_until: row.shared_until,
            held: count(row.held),
            since: row.since,
        })
    };
    rows.into_iter().map(tally).collect()
}

/// How many messages of an update each channel's providers took since then. What they
/// said of them afterwards is not counted once more; of those that their word overtook,
/// the last attempt says when it was.
pub async fn taken_since(tx: &mut Tx, broadcast: Uuid, since: DateTime<Utc>) -> Result<Vec<(Channel, u64)>> {
    // What was taken since has not come to its state before.
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(
        "select d.channel, count(*) from deliveries d
         join attempts a on a.delivery_id = d.id and a.number = d.attempt
         where d.broadcast_id = $1 and d.settled_at > $2 and d.state in ('accepted', 'delivered', 'failed')
           and ((a.outcome = 'accepted' and a.ended_at > $2)
                or (a.outcome is null and d.state <> 'failed' and a.started_at > $2))
         group by d.channel")
        .bind(broadcast).bind(since).fetch_all(c).await)?;
    rows.into_iter().map(|(c, n)| Ok((word(&c, Channel::parse)?, u64::try_from(n).unwrap_or(0)))).collect()
}

/// What the providers charge for an update so far: every attempt that they took,
/// and that they may have taken. A message that they could not deliver costs too.
pub async fn charged(tx: &mut Tx, broadcast: Uuid) -> Result<Vec<Charged>> {
    let rows: Vec<(String, i64, i64)> = on!(tx, c => sqlx::query_as(
        "select channel, sum(case when is_sure = 1 then units else 0 end),
             sum(case when is_sure = 1 then 0 else units end)
         from (select d.channel, case d.channel when 'sms' then coalesce(
                       (select e.sms_parts from earlier_messages e where e.broadcast_id = d.broadcast_id
                           and e.organisation = d.organisation and e.locale = d.locale and e.until_at > a.started_at
                        order by e.until_at limit 1), m.sms_parts, 1) else 1 end as units,
                   case when a.outcome = 'accepted'
                       or (a.number = d.attempt and d.state in ('accepted', 'delivered')) then 1 else 0 end as is_sure
               from deliveries d join attempts a on a.delivery_id = d.id
               left join messages m on m.broadcast_id = d.broadcast_id and m.organisation = d.organisation
                   and m.locale = d.locale
               where d.broadcast_id = $1 and d.channel in ('sms', 'whatsapp')
                 and (a.outcome is null or a.outcome in ('accepted', 'unclear'))) as made
         group by channel order by channel")
        .bind(broadcast).fetch_all(c).await)?;
    let count = |n| u64::try_from(n).unwrap_or(0);
    let charged = |(channel, certain, maybe): (String, _, _)| {
        Ok(Charged { channel: word(&channel, Channel::parse)?, certain: count(certain), maybe: count(maybe) })
    };
    rows.into_iter().map(charged).collect()
}

/// Has got it, or may have.
const MAY_HAVE: &str = "('sending', 'unclear', 'accepted', 'delivered', 'captured')";

/// An organisation's audience in a language on a channel.
#[derive(Debug, Clone)]
pub struct Readers {
    pub organisation: OrgCode,
    pub locale: String,
    pub channel: Channel,
    /// How many have got the words, or may have.
    pub told: i64,
    /// How many are still to get them.
    pub waiting: i64,
}

/// Who got which words of an update, and who is still to get them.
pub async fn groups(tx: &mut Tx, broadcast: Uuid, (skip, limit): (i64, i64)) -> Result<Vec<Readers>> {
    let sql = format!(
        "select organisation, locale, channel, count(case when state in {MAY_HAVE} then 1 end),
             count(case when state = 'queued' then 1 end) from deliveries
         where broadcast_id = $1 and (state = 'queued' or state in {MAY_HAVE})
         group by organisation, locale, channel order by organisation, locale, channel limit $3 offset $2"
    );
    let rows: Vec<(String, String, String, i64, i64)> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(broadcast).bind(skip).bind(limit).fetch_all(c).await)?;
    let readers = |(organisation, locale, channel, told, waiting): (String, _, String, _, _)| {
        let organisation = word(&organisation, OrgCode::parse)?;
        Ok(Readers { organisation, locale, channel: word(&channel, Channel::parse)?, told, waiting })
    };
    rows.into_iter().map(readers).collect()
}

/// How many of those who have got it had their last attempt before a time.
pub async fn group_before(
    tx: &mut Tx,
    broadcast: Uuid,
    (org, locale, channel): (&OrgCode, &str, Channel),
    before: DateTime<Utc>,
) -> Result<i64> {
    let sql = format!(
        "select count(*) from deliveries d
         left join attempts a on a.delivery_id = d.id and a.number = d.attempt
         where d.broadcast_id = $1 and d.organisation = $2 and d.locale = $3 and d.channel = $4
           and d.state in {MAY_HAVE}
           and coalesce(a.started_at, case when d.state = 'captured' then d.settled_at end) < $5"
    );
    Ok(on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql.as_str()))
        .bind(broadcast).bind(org.as_str()).bind(locale).bind(channel.as_str()).bind(before)
        .fetch_one(c).await)?)
}

/// Since when the oldest message waits, for each channel and lane where one
/// does: what somebody put off counts from when it was first due. What is held
/// back on purpose is due later.
pub async fn waiting(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<(Channel, Lane, DateTime<Utc>)>> {
    let kinds = Channel::ALL.iter().flat_map(|channel| Lane::ALL.iter().map(move |lane| (*channel, *lane)));
    type Oldest = Option<DateTime<Utc>>;
    let rows: Vec<(String, i32, Oldest, Oldest)> = on!(tx, c => {
        // The first of the index for each, for a queue may be a million long.
        let mut q = QueryBuilder::new("with kinds (channel, lane) as (");
        q.push_values(kinds, |mut row, (channel, lane)| {
            row.push_bind(channel.as_str()).push_bind(lane.order());
        });
        q.push(") select channel, lane, (select min(d.due_at) from deliveries d where d.state = 'queued'
                 and d.channel = kinds.channel and d.lane = kinds.lane),
                 (select min(d.first_due_at) from deliveries d where d.state = 'queued' and d.first_due_at is not null
                 and d.channel = kinds.channel and d.lane = kinds.lane) from kinds");
        q.build_query_as().fetch_all(c).await
    })?;
    let mut out = Vec::new();
    for (channel, lane, due_at, first_due_at) in rows {
        let channel = word(&channel, Channel::parse)?;
        // An account's trouble is its owner's, who is told of it; it makes no queue late.
        let put_off = first_due_at.filter(|_| channel.is_personal());
        if let Some(since) = due_at.into_iter().chain(put_off).min().filter(|at| *at <= now) {
            out.push((channel, lane_of(lane)?, since));
        }
    }
    Ok(out)
}

/// How many messages of each channel have not reached an end, in which state.
pub async fn under_way(tx: &mut Tx) -> Result<Vec<(Channel, DeliveryState, i64)>> {
    // One by one: each has its own index.
    let rows: Vec<(String, String, i64)> = on!(tx, c => sqlx::query_as(
        "select channel, state, count(*) from deliveries where state = 'queued' group by channel, state
         union all
         select channel, state, count(*) from deliveries where state = 'sending' group by channel, state
         union all
         select channel, state, count(*) from deliveries where state = 'unclear' group by channel, state")
        .fetch_all(c).await)?;
    rows.into_iter()
        .map(|(c, s, n)| Ok((word(&c, Channel::parse)?, word(&s, DeliveryState::parse)?, n)))
        .collect()
}

/// Why the oldest message that was put off on a channel waits, of the most urgent, or of one
/// broadcast.
pub async fn put_off_because(
    tx: &mut Tx,
    channel: Channel,
    broadcast: Option<Uuid>,
) -> Result<Option<String>> {
    let reason: Option<Option<String>> = on!(tx, c => sqlx::query_scalar(
        "select reason from deliveries where state = 'queued' and first_due_at is not null and channel = $1
           and ($2 is null or broadcast_id = $2) order by lane, first_due_at limit 1")
        .bind(channel.as_str()).bind(broadcast).fetch_optional(c).await)?;
    Ok(reason.flatten())
}

fn lane_of(order: i32) -> Result<Lane> {
    Lane::of_order(order).ok_or_else(|| StoreError::Corrupt(format!("lane {order}")))
}

/// How many messages stand where, by whom they are for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Updates.
    pub to_public: BTreeMap<DeliveryState, i64>,
    /// What those on duty were asked and told.
    pub to_staff: BTreeMap<DeliveryState, i64>,
}

/// How the deliveries of these incidents stand that belong to some organisations.
pub async fn sent_about(
    tx: &mut Tx,
    incidents: &[Uuid],
    is_theirs: impl Fn(&OrgCode) -> bool,
) -> Result<Sent> {
    let mut sent = Sent::default();
    if incidents.is_empty() {
        return Ok(sent);
    }
    let rows: Vec<(String, bool, String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.organisation, c.id is not null, d.state, count(*)
             from deliveries d join broadcasts b on b.id = d.broadcast_id
             left join calls c on c.id = b.id where coalesce(b.incident_id, c.incident_id)");
        Many::push_among(&mut q, incidents);
        q.push(" group by d.organisation, c.id is not null, d.state");
        q.build_query_as().fetch_all(c).await
    })?;
    for (organisation, is_call, state, number) in rows {
        if is_theirs(&word(&organisation, OrgCode::parse)?) {
            let whose = if is_call { &mut sent.to_staff } else { &mut sent.to_public };
            *whose.entry(word(&state, DeliveryState::parse)?).or_default() += number;
        }
    }
    Ok(sent)
}

/// A page of an update's deliveries, in order of id.
pub async fn page(tx: &mut Tx, broadcast: Uuid, after: Option<Uuid>, limit: i64) -> Result<Vec<Delivery>> {
    // Ids begin with the time (RFC 9562, 5.7): what is older than the update is
    // passed over, but for an hour by which clocks may differ. A step of planned work
    // has an id that tells no time.
    let first = match broadcast.get_version_num() {
        7 => broadcast.as_u128().saturating_sub(3_600_000 << 80),
        _ => 0,
    };
    let first = Uuid::from_u128(first);
    all(on!(tx, c => sqlx::query_as(
        "select * from deliveries where broadcast_id = $1 and id > $2 order by id limit $3")
        .bind(broadcast).bind(after.unwrap_or(first)).bind(limit).fetch_all(c).await)?)
}

/// When a message left, as far as is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Times {
    pub id: Uuid,
    /// When the last attempt began.
    pub tried_at: Option<DateTime<Utc>>,
    /// When the provider had taken it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it came to the state that it is in, where that is an end.
    pub ended_at: Option<DateTime<Utc>>,
}

/// When these messages left.
pub async fn times(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashMap<Uuid, Times>> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Times> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id, max(a.started_at) as tried_at, d.settled_at as ended_at,
                 max(case when a.outcome = 'accepted' then a.ended_at end) as accepted_at
             from deliveries d left join attempts a on a.delivery_id = d.id where d.id");
        Many::push_among(&mut q, deliveries);
        q.push(" group by d.id, d.settled_at").build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|times| (times.id, times)).collect())
}

/// Deliveries of all broadcasts, newest first, of one channel when given. Ids
/// sort by time.
pub async fn newest(
    tx: &mut Tx,
    channel: Option<Channel>,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Delivery>> {
    all(on!(tx, c => sqlx::query_as(
        "select * from deliveries where id < $1 and ($2 is null or channel = $2) order by id desc limit $3")
        .bind(before.unwrap_or(Uuid::max())).bind(channel.map(Channel::as_str)).bind(limit)
        .fetch_all(c).await)?)
}

/// How many deliveries of these updates stand where.
pub async fn counts_of_updates(tx: &mut Tx, updates: &[Uuid]) -> Result<Vec<(Uuid, DeliveryState, i64)>> {
    if updates.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select broadcast_id, state, count(*) from deliveries where broadcast_id");
        Many::push_among(&mut q, updates);
        q.push(" group by broadcast_id, state");
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|(id, s, n)| Ok((id, word(&s, DeliveryState::parse)?, n))).collect()
}

/// Of each of these updates: how many messages were handed over, and when the last
/// one was; and the same of those that were captured and not sent, which come
/// with `true`.
pub async fn handed_over(tx: &mut Tx, updates: &[Uuid]) -> Result<Vec<(Uuid, bool, i64, DateTime<Utc>)>> {
    if updates.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select broadcast_id, state = 'captured', count(*), max(settled_at) from deliveries
             where state in ('accepted', 'delivered', 'captured') and settled_at is not null and broadcast_id");
        Many::push_among(&mut q, updates);
        q.push(" group by broadcast_id, state = 'captured' order by 4, 1");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The same of what places said of themselves about an incident, by place.
pub async fn words_handed_over(
    tx: &mut Tx,
    incident: Uuid,
) -> Result<Vec<(OrgCode, bool, i64, DateTime<Utc>)>> {
    let rows: Vec<(String, bool, i64, DateTime<Utc>)> = on!(tx, c => sqlx::query_as(
        "select b.place, d.state = 'captured', count(*), max(d.settled_at)
         from broadcasts b join deliveries d on d.broadcast_id = b.id
         where b.kind = 'word' and b.incident_id = $1 and b.place is not null
             and d.state in ('accepted', 'delivered', 'captured') and d.settled_at is not null
         group by b.place, d.state = 'captured' order by 4, 1")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(|(place, taken, n, at)| Ok((word(&place, OrgCode::parse)?, taken, n, at))).collect()
}
