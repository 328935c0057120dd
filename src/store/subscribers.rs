//! Subscribers and what they subscribe to.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// One contact point. The contact is gone once they have left.
#[derive(Debug, Clone)]
pub struct Subscriber {
    pub id: Uuid,
    pub channel: Channel,
    pub contact_sealed: Option<Vec<u8>>,
    pub contact_hash: Option<Vec<u8>>,
    pub locale: String,
    pub created_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub left_at: Option<DateTime<Utc>>,
    pub code_sent_at: Option<DateTime<Utc>>,
    pub code_tries: i32,
    pub codes_unanswered: i32,
}

impl Subscriber {
    /// Whether messages may go there.
    pub fn is_active(&self) -> bool {
        self.confirmed_at.is_some() && self.left_at.is_none() && self.contact_sealed.is_some()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    channel: String,
    contact_sealed: Option<Vec<u8>>,
    contact_hash: Option<Vec<u8>>,
    locale: String,
    created_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
    left_at: Option<DateTime<Utc>>,
    code_sent_at: Option<DateTime<Utc>>,
    code_tries: i32,
    codes_unanswered: i32,
}

impl Row {
    fn into_subscriber(self) -> Result<Subscriber> {
        Ok(Subscriber {
            id: self.id,
            channel: word(&self.channel, Channel::parse)?,
            contact_sealed: self.contact_sealed,
            contact_hash: self.contact_hash,
            locale: self.locale,
            created_at: self.created_at,
            confirmed_at: self.confirmed_at,
            left_at: self.left_at,
            code_sent_at: self.code_sent_at,
            code_tries: self.code_tries,
            codes_unanswered: self.codes_unanswered,
        })
    }
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Subscriber>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("select * from subscribers where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(Row::into_subscriber).transpose()
}

/// By the keyed hash of the contact.
pub async fn find_by_hash(tx: &mut Tx, channel: Channel, hash: &[u8]) -> Result<Option<Subscriber>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select * from subscribers where channel = $1 and contact_hash = $2")
        .bind(channel.as_str()).bind(hash).fetch_optional(c).await)?;
    row.map(Row::into_subscriber).transpose()
}

/// Inserts or replaces the whole row.
pub async fn put(tx: &mut Tx, s: &Subscriber) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into subscribers (id, channel, contact_sealed, contact_hash, locale, created_at, confirmed_at,
                                  left_at, code_sent_at, code_tries, codes_unanswered)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (id) do update set contact_sealed = excluded.contact_sealed, locale = excluded.locale,
             confirmed_at = excluded.confirmed_at, left_at = excluded.left_at,
             code_sent_at = excluded.code_sent_at, code_tries = excluded.code_tries,
             codes_unanswered = excluded.codes_unanswered")
        .bind(s.id).bind(s.channel.as_str()).bind(&s.contact_sealed).bind(&s.contact_hash).bind(&s.locale)
        .bind(s.created_at).bind(s.confirmed_at).bind(s.left_at).bind(s.code_sent_at).bind(s.code_tries)
        .bind(s.codes_unanswered).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Adds a subscription; one that is there stays, and becomes confirmed when
/// `confirmed`. Gives whether anything changed.
pub async fn add_subscription(
    tx: &mut Tx,
    id: Uuid,
    org: &OrgCode,
    at: DateTime<Utc>,
    confirmed: bool,
) -> Result<bool> {
    let confirmed_at = confirmed.then_some(at);
    let done = on!(tx, c => sqlx::query(
        "insert into subscriptions (subscriber_id, organisation, created_at, confirmed_at) values ($1, $2, $3, $4)
         on conflict (subscriber_id, organisation) do update set confirmed_at = excluded.confirmed_at
         where subscriptions.confirmed_at is null and excluded.confirmed_at is not null")
        .bind(id).bind(org.as_str()).bind(at).bind(confirmed_at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// The person answered: everything they asked for counts from now on.
pub async fn confirm_subscriptions(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscriptions set confirmed_at = $2 where subscriber_id = $1 and confirmed_at is null")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn remove_subscription(tx: &mut Tx, id: Uuid, org: &OrgCode) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("delete from subscriptions where subscriber_id = $1 and organisation = $2")
        .bind(id).bind(org.as_str()).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// What somebody subscribes to, in order of code.
pub async fn subscriptions_of(tx: &mut Tx, id: Uuid) -> Result<Vec<OrgCode>> {
    let rows: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select organisation from subscriptions where subscriber_id = $1 and confirmed_at is not null
         order by organisation")
        .bind(id).fetch_all(c).await)?;
    rows.iter().map(|t| word(t, OrgCode::parse)).collect()
}

/// The place that somebody asked for last and has not confirmed.
pub async fn asked_for(tx: &mut Tx, id: Uuid) -> Result<Option<OrgCode>> {
    let row: Option<String> = on!(tx, c => sqlx::query_scalar(
        "select organisation from subscriptions where subscriber_id = $1 and confirmed_at is null
         order by created_at desc limit 1")
        .bind(id).fetch_optional(c).await)?;
    row.map(|t| word(&t, OrgCode::parse)).transpose()
}

/// Somebody leaves: the contact is erased at once. The keyed hash stays, so
/// that an import cannot add them again.
pub async fn leave(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = null, left_at = $2, code_sent_at = null where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query("delete from subscriptions where subscriber_id = $1")
        .bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Erases contacts that were never confirmed. Gives their number.
pub async fn erase_unconfirmed(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    on!(tx, c => sqlx::query(
        "delete from subscriptions where subscriber_id in (select id from subscribers
         where contact_sealed is not null and confirmed_at is null and left_at is null
         and coalesce(code_sent_at, created_at) < $1)")
        .bind(before).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = null
         where contact_sealed is not null and confirmed_at is null and left_at is null
         and coalesce(code_sent_at, created_at) < $1")
        .bind(before).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Somebody to be told, and for which organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    pub id: Uuid,
    pub channel: Channel,
    pub locale: String,
    pub organisation: OrgCode,
}

/// How many organisations are named in the SQL before all subscriptions are
/// read instead.
const NAMED: usize = 400;

/// The next subscriptions of active subscribers after `cursor`, in order of
/// subscriber and organisation, made no later than `until`. When there are few
/// organisations only theirs, else everybody's.
pub async fn listeners(
    tx: &mut Tx,
    organisations: &[OrgCode],
    cursor: Option<Uuid>,
    until: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<Listener>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, String, String)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select s.id, s.channel, s.locale, n.organisation
             from subscribers s join subscriptions n on n.subscriber_id = s.id
             where s.confirmed_at is not null and s.left_at is null and s.contact_sealed is not null
             and n.confirmed_at <= ");
        q.push_bind(until);
        if let Some(cursor) = cursor {
            q.push(" and s.id > ").push_bind(cursor);
        }
        if organisations.len() <= NAMED {
            q.push(" and n.organisation in (");
            let mut list = q.separated(", ");
            for org in organisations {
                list.push_bind(org.as_str());
            }
            q.push(")");
        }
        q.push(" order by s.id, n.organisation limit ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter()
        .map(|(id, channel, locale, organisation)| {
            Ok(Listener {
                id,
                channel: word(&channel, Channel::parse)?,
                locale,
                organisation: word(&organisation, OrgCode::parse)?,
            })
        })
        .collect()
}

/// Active subscribers per channel.
pub async fn count_of(tx: &mut Tx, org: &OrgCode) -> Result<Vec<(Channel, i64)>> {
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(
        "select s.channel, count(*) from subscribers s join subscriptions n on n.subscriber_id = s.id
         where n.organisation = $1 and n.confirmed_at is not null and s.confirmed_at is not null and s.left_at is null group by s.channel")
        .bind(org.as_str()).fetch_all(c).await)?;
    rows.into_iter().map(|(c, n)| Ok((word(&c, Channel::parse)?, n))).collect()
}
