//! Deliveries and attempts: the outbox.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::many::{self, Holds, Many};
use super::{Result, Tx, holding, on, word};
use crate::domain::delivery::{DeliveryState, Lane};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// One update to one subscriber, or to one account.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: Uuid,
    pub broadcast: Uuid,
    /// A subscriber, or an account for social channels.
    pub target: Uuid,
    pub channel: Channel,
    /// For whose audience the words are.
    pub organisation: OrgCode,
    pub locale: String,
    pub lane: i32,
    pub state: DeliveryState,
    pub reason: Option<String>,
    pub made_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    /// When it was due before somebody put it off.
    pub first_due_at: Option<DateTime<Utc>>,
    pub deadline_at: DateTime<Utc>,
    /// The broadcast's epoch when the delivery was made.
    pub epoch: i32,
    /// Number of the last attempt; 0 before the first.
    pub attempt: i32,
    pub look_ups: i32,
    /// The provider's id.
    pub reference: Option<String>,
    /// Who had the last attempt that counts, where the channel has several.
    pub provider: Option<String>,
    /// Somebody asked for it once more; being overtaken does not hold it back.
    pub is_replay: bool,
    /// With this it is over for its reader, though the incident goes on.
    pub is_last: bool,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    broadcast_id: Uuid,
    target: Uuid,
    channel: String,
    organisation: String,
    locale: String,
    lane: i32,
    state: String,
    reason: Option<String>,
    made_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    first_due_at: Option<DateTime<Utc>>,
    deadline_at: DateTime<Utc>,
    epoch: i32,
    attempt: i32,
    look_ups: i32,
    reference: Option<String>,
    provider: Option<String>,
    replayed_at: Option<DateTime<Utc>>,
    is_last: bool,
}

impl Row {
    fn into_delivery(self) -> Result<Delivery> {
        Ok(Delivery {
            id: self.id,
            broadcast: self.broadcast_id,
            target: self.target,
            channel: word(&self.channel, Channel::parse)?,
            organisation: word(&self.organisation, OrgCode::parse)?,
            locale: self.locale,
            lane: self.lane,
            state: word(&self.state, DeliveryState::parse)?,
            reason: self.reason,
            made_at: self.made_at,
            due_at: self.due_at,
            first_due_at: self.first_due_at,
            deadline_at: self.deadline_at,
            epoch: self.epoch,
            attempt: self.attempt,
            look_ups: self.look_ups,
            reference: self.reference,
            provider: self.provider,
            is_replay: self.replayed_at.is_some(),
            is_last: self.is_last,
        })
    }
}

pub(super) fn all(rows: Vec<Row>) -> Result<Vec<Delivery>> {
    rows.into_iter().map(Row::into_delivery).collect()
}

/// Inserts deliveries; one that is there for the same broadcast and target, in the same
/// name, stays, so that an expansion may be repeated. What is the same for many is
/// bound once, and the rest comes as one text: thousands cost little more than
/// a few.
pub async fn insert(tx: &mut Tx, deliveries: &[Delivery]) -> Result<()> {
    let mut alike: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for d in deliveries {
        let same = (d.broadcast, d.channel.as_str(), d.lane, d.state.as_str(), d.reason.as_deref());
        let times = (d.made_at, d.due_at, d.deadline_at);
        let numbers = ((d.epoch, d.attempt, d.look_ups), d.is_last);
        let own = (many::id(d.id), many::id(d.target), d.organisation.as_str(), &d.locale);
        alike.entry((same, times, numbers)).or_default().push(own);
    }
    for ((same, times, (numbers, is_last)), all) in alike {
        let (broadcast, channel, lane, state, reason) = same;
        on!(tx, c => {
            let mut q = QueryBuilder::new(
                "insert into deliveries (id, target, organisation, locale, broadcast_id, channel, lane, state, reason,
                     made_at, due_at, deadline_at, epoch, attempt, look_ups, is_last) select r.*");
            q.push(", ").push_bind(broadcast).push(", ").push_bind(channel).push(", ").push_bind(lane);
            q.push(", ").push_bind(state).push(", ").push_bind(reason);
            for at in [times.0, times.1, times.2] {
                q.push(", ").push_bind(at);
            }
            for number in [numbers.0, numbers.1, numbers.2] {
                q.push(", ").push_bind(number);
            }
            q.push(", ").push_bind(is_last).push(" from (");
            Many::push_rows(&mut q, &NEW, &all)?;
            q.push(") r where true on conflict (broadcast_id, target, organisation) do nothing");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// What each new delivery has of its own.
const NEW: [(&str, Holds); 4] =
    [("id", Holds::Id), ("target", Holds::Id), ("organisation", Holds::Text), ("locale", Holds::Text)];

/// Why a rescued delivery is unclear.
pub const SENDER_STOPPED: &str = "the sender stopped before it knew";

/// Attempts whose lease ran out become unclear: nobody knows how they ended.
/// Gives their number.
pub async fn rescue(
    tx: &mut Tx,
    channel: Channel,
    lease_time: DateTime<Utc>,
    look_up_at: DateTime<Utc>,
) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set state = 'unclear', reason = $4, due_at = $2, look_ups = 0,
             lease_owner = null, lease_until = null
         where state = 'sending' and lease_until < $1 and channel = $3")
        .bind(lease_time).bind(look_up_at).bind(channel.as_str()).bind(SENDER_STOPPED).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Unclear deliveries that have rested long enough to be looked up. Each is
/// pushed back, so that another process does not take it up at once. Those of
/// exercises and the others have nothing in common but the table.
pub async fn unclear(
    tx: &mut Tx,
    channel: Channel,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
    limit: i64,
    is_exercise: bool,
) -> Result<Vec<Delivery>> {
    const SQLITE: &str = "update deliveries set due_at = $2
         where id in (select id from deliveries where state = 'unclear' and channel = $4 and due_at <= $1
                      and (lane = $5) = $6 order by due_at limit $3)
         returning *";
    const POSTGRES: &str = "update deliveries set due_at = $2
         where id in (select id from deliveries where state = 'unclear' and channel = $4 and due_at <= $1
                      and (lane = $5) = $6 order by due_at limit $3 for update skip locked)
         returning *";
    let sql = tx.dialect(SQLITE, POSTGRES);
    all(on!(tx, c => sqlx::query_as(sql).bind(now).bind(next).bind(limit).bind(channel.as_str())
        .bind(Lane::Exercise.order()).bind(is_exercise).fetch_all(c).await)?)
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Delivery>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select * from deliveries where id = $1").bind(id).fetch_optional(c).await)?;
    row.map(Row::into_delivery).transpose()
}

/// The same, as it stands when whoever is changing it has done so; nobody else changes it
/// until the transaction ends.
pub async fn lock(tx: &mut Tx, id: Uuid) -> Result<Option<Delivery>> {
    let sql = tx.dialect(
        "select * from deliveries where id = $1",
        "select * from deliveries where id = $1 for update",
    );
    let row: Option<Row> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    row.map(Row::into_delivery).transpose()
}

/// By the provider's id.
pub async fn find_by_reference(tx: &mut Tx, reference: &str) -> Result<Option<Delivery>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select * from deliveries where reference = $1 and reference > ''").bind(reference).fetch_optional(c).await)?;
    row.map(Row::into_delivery).transpose()
}

/// A provider's word on a message that is locked: it moves the state forward or not at all.
/// Where it comes before our own answer, it is the answer: the attempt was taken.
pub async fn receipt(
    tx: &mut Tx,
    delivery: &Delivery,
    state: DeliveryState,
    reason: Option<&str>,
    reference: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    if state.rank() <= delivery.state.rank() {
        return Ok(false);
    }
    let done = on!(tx, c => sqlx::query(
        "update deliveries set state = $3, reason = $4, reference = coalesce(reference, $5), settled_at = $6,
             lease_owner = null, lease_until = null
         where id = $1 and state = $2")
        .bind(delivery.id).bind(delivery.state.as_str()).bind(state.as_str()).bind(reason).bind(reference)
        .bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    if done == 1 {
        on!(tx, c => sqlx::query(
            "update attempts set outcome = 'accepted', ended_at = coalesce(ended_at, started_at)
             where delivery_id = $1 and number = $2 and (outcome is null or outcome = 'unclear')")
            .bind(delivery.id).bind(delivery.attempt).execute(c).await.map(|_| ()))?;
    }
    Ok(done == 1)
}

/// What a target was told before about the incident or plan that a broadcast
/// is about: the broadcasts and the provider's ids, oldest first.
pub async fn thread(tx: &mut Tx, target: Uuid, broadcast: Uuid) -> Result<Vec<(Uuid, String)>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select d.broadcast_id, d.reference from deliveries d
         join broadcasts b on b.id = d.broadcast_id join broadcasts own on own.id = $2
         where d.target = $1 and d.broadcast_id <> $2 and d.reference > ''
           and (b.incident_id = own.incident_id or b.planned_id = own.planned_id)
           and d.made_at <= own.created_at
         order by d.made_at, d.id")
        .bind(target).bind(broadcast).fetch_all(c).await)?)
}

/// Puts a message that is done with back into the queue. Gives whether it was
/// done with.
pub async fn replay(tx: &mut Tx, id: Uuid, now: DateTime<Utc>, deadline: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update deliveries set state = 'queued', reason = null, due_at = $2, deadline_at = $3, settled_at = null,
             first_due_at = null, replayed_at = $2
         where id = $1 and state in ('accepted', 'delivered', 'failed', 'superseded', 'suppressed')")
        .bind(id).bind(now).bind(deadline).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// What was made until `until`, of one broadcast or of all, and has not ended
/// counts as failed, and as an attempt of which nobody knows the end: a correction
/// goes to whoever may have had it. Gives how many.
pub async fn hold_back(
    tx: &mut Tx,
    broadcast: Option<Uuid>,
    until: DateTime<Utc>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<u64> {
    let which = if broadcast.is_some() { "broadcast_id = $4" } else { "$4 is null" };
    let attempts = format!(
        "insert into attempts (delivery_id, number, started_at, ended_at, outcome, detail)
         select id, attempt + 1, $2, $2, 'unclear', $1 from deliveries
         where state = 'queued' and made_at <= $3 and {which}"
    );
    on!(tx, c => sqlx::query(AssertSqlSafe(attempts.as_str())).bind(reason).bind(now).bind(until).bind(broadcast)
        .execute(c).await.map(|_| ()))?;
    let failed = format!(
        "update deliveries set state = 'failed', reason = $1, settled_at = $2, lease_owner = null, lease_until = null,
             attempt = attempt + case state when 'queued' then 1 else 0 end
         where state in ('queued', 'sending', 'unclear') and made_at <= $3 and {which}"
    );
    let done = on!(tx, c => sqlx::query(AssertSqlSafe(failed.as_str())).bind(reason).bind(now).bind(until).bind(broadcast)
        .execute(c).await.map(|d| d.rows_affected()))?;
    holding::end_needless(tx, broadcast).await?;
    Ok(done)
}

/// Everything of a target that has not left yet, when they leave or cannot be
/// reached any more.
pub async fn suppress_target(tx: &mut Tx, target: Uuid, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set state = 'suppressed', reason = $3, settled_at = $2
         where target = $1 and state = 'queued'")
        .bind(target).bind(now).bind(reason).execute(c).await.map(|d| d.rows_affected()))?)
}

/// What was told of an incident, but for corrections; with `$3`, but for its end too.
const TOLD: &str = "broadcast_id in (select b.id from broadcasts b left join updates u on u.id = b.update_id
     where b.incident_id = $1 and b.corrects is null and not ($3 and coalesce(u.stage, '') = 'resolved'))";

/// What has not left yet of an incident in the name of one organisation, but for its end,
/// when that organisation says that it is not affected or back to normal.
pub async fn suppress_organisation(
    tx: &mut Tx,
    incident: Uuid,
    organisation: &OrgCode,
    because: &str,
    now: DateTime<Utc>,
) -> Result<u64> {
    let sql = format!(
        "update deliveries set state = 'suppressed', reason = $4, settled_at = $5
         where state = 'queued' and organisation = $2 and {TOLD}"
    );
    Ok(on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str()))
        .bind(incident).bind(organisation.as_str()).bind(true).bind(because).bind(now)
        .execute(c).await.map(|d| d.rows_affected()))?)
}

/// Why messages in the name of an organisation were held back.
pub const NOT_AFFECTED: &str = "the organisation is not affected";
/// The same where it had been.
pub const BACK_TO_NORMAL: &str = "the organisation is back to normal";
/// Either.
pub(super) const ITS_WORD: &str =
    "reason in ('the organisation is not affected', 'the organisation is back to normal')";

/// A delivery, its reader, and by when what they follow counts.
type Followed = (Uuid, Uuid, DateTime<Utc>);

/// Of what [`suppress_organisation`] would hold back: that of readers who follow another
/// place as well.
pub async fn of_several_places(tx: &mut Tx, incident: Uuid, organisation: &OrgCode) -> Result<Vec<Followed>> {
    let sql = format!(
        "select id, target, made_at from deliveries where state = 'queued' and organisation = $2 and {TOLD} and exists (
             select 1 from subscriptions n where n.subscriber_id = deliveries.target and n.organisation <> $2
             and n.confirmed_at <= made_at)"
    );
    Ok(on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(incident).bind(organisation.as_str()).bind(true).fetch_all(c).await)?)
}

/// What was held back in the name of other organisations from readers who follow this one.
pub async fn held_back_elsewhere(
    tx: &mut Tx,
    incident: Uuid,
    organisation: &OrgCode,
) -> Result<Vec<Followed>> {
    let sql = format!(
        "select id, target, made_at from deliveries where state = 'suppressed' and organisation <> $2 and {ITS_WORD} and {TOLD}
           and exists (select 1 from subscriptions n where n.subscriber_id = deliveries.target
               and n.organisation = $2 and n.confirmed_at <= made_at)"
    );
    Ok(on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(incident).bind(organisation.as_str()).bind(false).fetch_all(c).await)?)
}

/// From now on these are for the audience of another organisation, but for those whose reader
/// hears it in that name anyway. Gives how many.
pub async fn rename(tx: &mut Tx, deliveries: &[Uuid], organisation: &OrgCode) -> Result<u64> {
    if deliveries.is_empty() {
        return Ok(0);
    }
    Ok(on!(tx, c => {
        let mut q = QueryBuilder::new("update deliveries set organisation = ");
        q.push_bind(organisation.as_str()).push(" where id");
        Many::push_among(&mut q, deliveries);
        q.push(" and not exists (select 1 from deliveries o where o.broadcast_id = deliveries.broadcast_id
                 and o.target = deliveries.target and o.organisation = ");
        q.push_bind(organisation.as_str()).push(")");
        q.build().execute(c).await.map(|d| d.rows_affected())
    })?)
}

/// What was held back in the name of an organisation leaves after all, when it says that it
/// is affected; what is stopped or overtaken since is found when it is claimed. What waits
/// for a hold or for a person waits on: it is due when it was.
pub async fn release_organisation(
    tx: &mut Tx,
    incident: Uuid,
    organisation: &OrgCode,
    now: DateTime<Utc>,
) -> Result<u64> {
    let sql = format!(
        "update deliveries set state = 'queued', reason = null, settled_at = null, first_due_at = null,
             due_at = case when due_at > $3 and exists (select 1 from broadcasts b where b.id = deliveries.broadcast_id
                 and b.holding in ('held', 'halted')) then due_at else $3 end
         where state = 'suppressed' and {ITS_WORD} and organisation = $2 and deadline_at > $3
           and broadcast_id in (select id from broadcasts where incident_id = $1 and corrects is null)"
    );
    Ok(on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str()))
        .bind(incident).bind(organisation.as_str()).bind(now)
        .execute(c).await.map(|d| d.rows_affected()))?)
}
