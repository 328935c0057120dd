//! What staff are told, and how often sites were asked.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::many::Many;
use super::subscribers::{self, Subscriber};
use super::{Result, Tx, on, word};
use crate::domain::call::{Call, Reason};
use crate::domain::delivery::DeliveryState;
use crate::domain::incident::Kind;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;
use crate::domain::user::Role;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reason: String,
    kind: String,
    incident_id: Option<Uuid>,
    update_id: Option<Uuid>,
    organisation: String,
    subject: Option<String>,
    text: Option<String>,
    made_at: DateTime<Utc>,
}

impl Row {
    fn into_call(self) -> Result<Call> {
        Ok(Call {
            id: self.id,
            reason: word(&self.reason, Reason::parse)?,
            kind: word(&self.kind, Kind::parse)?,
            incident: self.incident_id,
            update: self.update_id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            subject: self.subject,
            text: self.text,
            made_at: self.made_at,
        })
    }
}

/// Keeps a call. Gives whether it is new: an update calls once for a reason.
pub async fn insert(tx: &mut Tx, call: &Call) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into calls (id, reason, kind, incident_id, update_id, organisation, subject, text, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing")
        .bind(call.id).bind(call.reason.as_str()).bind(call.kind.as_str()).bind(call.incident).bind(call.update)
        .bind(call.organisation.as_str()).bind(&call.subject).bind(&call.text).bind(call.made_at)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Call>> {
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as("select * from calls where id = $1").bind(id).fetch_optional(c).await)?;
    row.map(Row::into_call).transpose()
}

/// What staff were told about an incident, the first first.
pub async fn about(tx: &mut Tx, incident: Uuid) -> Result<Vec<Call>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from calls where incident_id = $1 order by made_at, id").bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_call).collect()
}

/// The alarms since a time, the first first.
pub async fn alarms_since(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<Call>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from calls where reason = 'alarm' and made_at >= $1 order by made_at, id")
        .bind(since).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_call).collect()
}

/// Of whom a call told, those that stand alike.
#[derive(Debug, Clone)]
pub struct Told {
    pub organisation: OrgCode,
    /// Of somebody who signs in; `None` for a place's contact that is on duty.
    pub role: Option<Role>,
    pub channel: Channel,
    pub state: DeliveryState,
    pub number: i64,
    /// Since when the first stands like that, and the last.
    pub first_at: Option<DateTime<Utc>>,
    pub last_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct ToldRow {
    organisation: String,
    role: Option<String>,
    channel: String,
    state: String,
    number: i64,
    first_at: Option<DateTime<Utc>>,
    last_at: Option<DateTime<Utc>>,
}

/// At which places and in which roles a call told somebody, and by which channel. Of a
/// person the place is that of the account.
pub async fn told(tx: &mut Tx, call: Uuid) -> Result<Vec<Told>> {
    let rows: Vec<ToldRow> = on!(tx, c => sqlx::query_as(
        "select coalesce(u.organisation, d.organisation) as organisation, u.role, d.channel, d.state,
             count(*) as number, min(d.settled_at) as first_at, max(d.settled_at) as last_at
         from deliveries d left join users u on u.id = d.target where d.broadcast_id = $1
         group by coalesce(u.organisation, d.organisation), u.role, d.channel, d.state
         order by coalesce(u.organisation, d.organisation), u.role, d.channel, d.state")
        .bind(call).fetch_all(c).await)?;
    let told = |row: ToldRow| {
        Ok(Told {
            organisation: word(&row.organisation, OrgCode::parse)?,
            role: row.role.map(|role| word(&role, Role::parse)).transpose()?,
            channel: word(&row.channel, Channel::parse)?,
            state: word(&row.state, DeliveryState::parse)?,
            number: row.number,
            first_at: row.first_at,
            last_at: row.last_at,
        })
    };
    rows.into_iter().map(told).collect()
}

/// An update that promised another: its incident, itself, when it was made, and when that is due.
type Promised = (Uuid, Uuid, DateTime<Utc>, DateTime<Utc>);

/// Standing updates of open live incidents that promised another one between two times and
/// were not followed by it; none that called for `reason` already.
pub async fn promised(
    tx: &mut Tx,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
    reason: Reason,
) -> Result<Vec<Promised>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select u.incident_id, u.id, u.published_at, u.next_update_by
         from updates u join incidents i on i.id = u.incident_id
         where i.closed_at is null and i.kind = 'live' and u.withdrawn_at is null
           and u.next_update_by > $1 and u.next_update_by <= $2
           and not exists (select 1 from updates v where v.incident_id = u.incident_id and v.seq > u.seq
                           and v.withdrawn_at is null)
           and not exists (select 1 from calls c where c.update_id = u.id and c.reason = $3)
         order by u.next_update_by, u.id")
        .bind(after).bind(until).bind(reason.as_str()).fetch_all(c).await)?)
}

/// Updates since a time by which an incident ended that places said they are affected by, or
/// were asked about; none that called about it already. Gives each with its incident.
pub async fn ended(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select u.incident_id, u.id from updates u join incidents i on i.id = u.incident_id
         where i.closed_at > $1 and u.published_at = i.closed_at and u.stage = 'resolved'
           and u.withdrawn_at is null
           and (exists (select 1 from responses r where r.incident_id = i.id and r.answer = 'affected')
                or exists (select 1 from chases h where h.incident_id = i.id and h.asked > 0))
           and not exists (select 1 from calls c where c.update_id = u.id and c.reason = 'back')
         order by u.published_at, u.id")
        .bind(since).fetch_all(c).await)?)
}

/// Updates of exercises and tests since a time of which those on duty have not
/// been told. Gives each with its incident.
pub async fn untold(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select u.incident_id, u.id from updates u join incidents i on i.id = u.incident_id
         where i.kind <> 'live' and u.published_at > $1 and u.withdrawn_at is null
           and not exists (select 1 from calls c where c.update_id = u.id and c.reason = 'update')
         order by u.published_at, u.id")
        .bind(since).fetch_all(c).await)?)
}

/// How many of those on duty may have been told of an update of an exercise.
pub async fn count_told(tx: &mut Tx, update: Uuid) -> Result<u64> {
    let told: i64 = on!(tx, c => sqlx::query_scalar(
        "select count(distinct d.target) from calls c join deliveries d on d.broadcast_id = c.id
         where c.update_id = $1 and c.reason = 'update' and (d.attempt > 0 or d.state = 'captured')")
        .bind(update).fetch_one(c).await)?;
    Ok(u64::try_from(told).unwrap_or(0))
}

/// Somebody on duty, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// The duty's id, which deliveries go to.
    pub id: Uuid,
    pub channel: Channel,
    pub organisation: OrgCode,
}

/// The next of those on duty after `cursor`, in order of id, whose address takes
/// messages. Where there are few organisations only theirs, else everybody.
/// Patients' subscriptions play no part.
pub async fn stations(
    tx: &mut Tx,
    organisations: &[OrgCode],
    cursor: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Station>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, String)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select n.id, s.channel, n.organisation from duties n join subscribers s on s.id = n.subscriber_id
             where n.ended_at is null and s.suspended_at is null and s.contact_sealed is not null and n.id > ");
        q.push_bind(cursor.unwrap_or(Uuid::nil()));
        super::organisations::narrow(&mut q, organisations);
        q.push(" order by n.id limit ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter()
        .map(|(id, channel, org)| {
            let (channel, organisation) = (word(&channel, Channel::parse)?, word(&org, OrgCode::parse)?);
            Ok(Station { id, channel, organisation })
        })
        .collect()
}

/// The organisations that have somebody on duty whose address takes messages.
pub async fn staffed(tx: &mut Tx) -> Result<HashSet<OrgCode>> {
    let rows: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select distinct n.organisation from duties n join subscribers s on s.id = n.subscriber_id
         where n.ended_at is null and s.suspended_at is null and s.contact_sealed is not null")
        .fetch_all(c).await)?;
    rows.iter().map(|text| word(text, OrgCode::parse)).collect()
}

/// Whom a call goes to.
#[derive(Debug, Clone)]
pub enum Called {
    /// A contact point that is on duty.
    OnDuty(Box<Subscriber>),
    /// Somebody who may sign in; their address.
    Staff(String),
}

/// Whom these deliveries of calls go to, by delivery. Who is no longer on duty,
/// or may no longer sign in, is not among them.
pub async fn called(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashMap<Uuid, Called>> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let on_duty: Vec<subscribers::OfDelivery> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id as delivery_id, s.* from deliveries d join duties n on n.id = d.target
             join subscribers s on s.id = n.subscriber_id
             where n.ended_at is null and s.suspended_at is null and d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_as().fetch_all(c).await
    })?;
    let staff: Vec<(Uuid, String)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id, u.email from deliveries d join users u on u.id = d.target
             where u.disabled_at is null and d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_as().fetch_all(c).await
    })?;
    let mut out: HashMap<Uuid, Called> =
        staff.into_iter().map(|(d, email)| (d, Called::Staff(email))).collect();
    for row in on_duty {
        let (delivery, subscriber) = row.into_pair()?;
        out.insert(delivery, Called::OnDuty(Box::new(subscriber)));
    }
    Ok(out)
}

#[derive(sqlx::FromRow)]
struct OfDelivery {
    delivery_id: Uuid,
    #[sqlx(flatten)]
    call: Row,
}

/// What these deliveries are about, by delivery.
pub async fn of_deliveries(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashMap<Uuid, Call>> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<OfDelivery> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id as delivery_id, c.* from deliveries d join calls c on c.id = d.broadcast_id
             where d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|row| Ok((row.delivery_id, row.call.into_call()?))).collect()
}

/// Which of these deliveries ask for what is not wanted any more: the site has answered
/// since, or said more, or the incident is over. An answer from before does not count any more
/// where they are asked again.
pub async fn needless(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashSet<Uuid>> {
    if deliveries.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id from deliveries d join calls c on c.id = d.broadcast_id
             join incidents i on i.id = c.incident_id
             where ((c.reason in ('ask', 'chase') and i.closed_at is not null)
               or (c.reason in ('ask', 'chase', 'back') and exists (select 1 from responses r
                    where r.incident_id = i.id and r.organisation = d.organisation and r.made_at >= c.made_at))
               or (c.reason = 'reminder' and (i.closed_at is not null
                 or exists (select 1 from calls o where o.update_id = c.update_id and o.reason = 'overdue')
                 or exists (select 1 from updates u where u.id = c.update_id and u.withdrawn_at is not null)
                 or exists (select 1 from updates u join updates v on v.incident_id = u.incident_id
                      where u.id = c.update_id and v.seq > u.seq and v.withdrawn_at is null))))
               and d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_scalar().fetch_all(c).await
    })?;
    Ok(ids.into_iter().collect())
}
