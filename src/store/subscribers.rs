//! Subscribers and what they subscribe to.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, StoreError, Tx, departures, on, word};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::{Channel, Services};

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
    /// Since when the address takes no messages.
    pub suspended_at: Option<DateTime<Utc>>,
    /// The last code, whichever organisation it was for.
    pub code_sent_at: Option<DateTime<Utc>>,
    pub codes_unanswered: i32,
}

impl Subscriber {
    /// Whether messages may go there.
    pub fn is_active(&self) -> bool {
        self.confirmed_at.is_some()
            && self.left_at.is_none()
            && self.suspended_at.is_none()
            && self.contact_sealed.is_some()
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    channel: String,
    contact_sealed: Option<Vec<u8>>,
    contact_hash: Option<Vec<u8>>,
    locale: String,
    created_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
    left_at: Option<DateTime<Utc>>,
    suspended_at: Option<DateTime<Utc>>,
    code_sent_at: Option<DateTime<Utc>>,
    codes_unanswered: i32,
}

impl Row {
    pub(super) fn into_subscriber(self) -> Result<Subscriber> {
        Ok(Subscriber {
            id: self.id,
            channel: word(&self.channel, Channel::parse)?,
            contact_sealed: self.contact_sealed,
            contact_hash: self.contact_hash,
            locale: self.locale,
            created_at: self.created_at,
            confirmed_at: self.confirmed_at,
            left_at: self.left_at,
            suspended_at: self.suspended_at,
            code_sent_at: self.code_sent_at,
            codes_unanswered: self.codes_unanswered,
        })
    }
}

/// Whose contact a delivery goes to.
#[derive(sqlx::FromRow)]
pub(super) struct OfDelivery {
    delivery_id: Uuid,
    #[sqlx(flatten)]
    subscriber: Row,
}

impl OfDelivery {
    pub(super) fn into_pair(self) -> Result<(Uuid, Subscriber)> {
        Ok((self.delivery_id, self.subscriber.into_subscriber()?))
    }
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Subscriber>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("select * from subscribers where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(Row::into_subscriber).transpose()
}

/// As [`find`], and nobody else changes them until the transaction ends. All
/// that changes a subscriber or their subscriptions takes this lock first. On
/// SQLite there is one writer anyway.
pub async fn lock(tx: &mut Tx, id: Uuid) -> Result<Option<Subscriber>> {
    let sql = tx.dialect(
        "select * from subscribers where id = $1",
        "select * from subscribers where id = $1 for update",
    );
    let row: Option<Row> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    row.map(Row::into_subscriber).transpose()
}

/// By the keyed hash of the contact, locked as by [`lock`].
pub async fn lock_by_hash(tx: &mut Tx, channel: Channel, hash: &[u8]) -> Result<Option<Subscriber>> {
    let sql = tx.dialect(
        "select * from subscribers where channel = $1 and contact_hash = $2",
        "select * from subscribers where channel = $1 and contact_hash = $2 for update",
    );
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as(sql).bind(channel.as_str()).bind(hash).fetch_optional(c).await)?;
    row.map(Row::into_subscriber).transpose()
}

/// Whoever has the contact of `new`, locked as by [`lock`]; `new` itself when
/// nobody has. Of two at once, the second waits and gets the first's row.
pub async fn lock_or_insert(tx: &mut Tx, new: Subscriber) -> Result<Subscriber> {
    let hash = new.contact_hash.as_deref().unwrap_or_default();
    if let Some(known) = lock_by_hash(tx, new.channel, hash).await? {
        return Ok(known);
    }
    let done = on!(tx, c => sqlx::query(
        "insert into subscribers (id, channel, contact_sealed, contact_hash, locale, created_at, confirmed_at,
                                  left_at, code_sent_at, codes_unanswered)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (channel, contact_hash) do nothing")
        .bind(new.id).bind(new.channel.as_str()).bind(&new.contact_sealed).bind(hash).bind(&new.locale)
        .bind(new.created_at).bind(new.confirmed_at).bind(new.left_at).bind(new.code_sent_at)
        .bind(new.codes_unanswered).execute(c).await.map(|d| d.rows_affected()))?;
    if done == 1 {
        return Ok(new);
    }
    lock_by_hash(tx, new.channel, hash).await?.ok_or(StoreError::Duplicate)
}

/// Replaces what can change. Whoever does this has locked the row.
pub async fn put(tx: &mut Tx, s: &Subscriber) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = $2, locale = $3, confirmed_at = $4, left_at = $5,
             code_sent_at = $6, codes_unanswered = $7, suspended_at = $8,
             suspended_because = case when $8 is null then null else suspended_because end,
             suspended_by = case when $8 is null then null else suspended_by end
         where id = $1")
        .bind(s.id).bind(&s.contact_sealed).bind(&s.locale).bind(s.confirmed_at).bind(s.left_at)
        .bind(s.code_sent_at).bind(s.codes_unanswered).bind(s.suspended_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Somebody has another address from now on, which takes messages. Whoever does
/// this has locked the row.
pub async fn readdress(tx: &mut Tx, id: Uuid, sealed: &[u8], hash: &[u8]) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = $2, contact_hash = $3, suspended_at = null, suspended_because = null,
             suspended_by = null where id = $1")
        .bind(id).bind(sealed).bind(hash).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A subscription that somebody asked for and has not answered the code of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub organisation: OrgCode,
    pub sent_at: DateTime<Utc>,
    pub tries: i32,
}

/// A code was sent for this organisation. A subscription that is there stays
/// as it is, and its older code no longer works.
pub async fn ask(
    tx: &mut Tx,
    id: Uuid,
    org: &OrgCode,
    (services, locale): (&Services, &str),
    sent_at: DateTime<Utc>,
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into subscriptions (subscriber_id, organisation, created_at, code_sent_at, code_tries,
                                    services_asked, locale_asked)
         values ($1, $2, $3, $3, 0, $4, $5)
         on conflict (subscriber_id, organisation) do update set code_sent_at = excluded.code_sent_at,
             code_tries = 0, services_asked = excluded.services_asked, locale_asked = excluded.locale_asked")
        .bind(id).bind(org.as_str()).bind(sent_at).bind(services.stored()).bind(locale)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The language that was chosen with the sign-up for this organisation.
pub async fn locale_asked(tx: &mut Tx, id: Uuid, org: &OrgCode) -> Result<Option<String>> {
    let asked: Option<Option<String>> = on!(tx, c => sqlx::query_scalar(
        "select locale_asked from subscriptions where subscriber_id = $1 and organisation = $2")
        .bind(id).bind(org.as_str()).fetch_optional(c).await)?;
    Ok(asked.flatten())
}

/// The codes that wait for somebody's answer, whether they are still good or
/// not; newest first.
pub async fn asked_by(tx: &mut Tx, id: Uuid) -> Result<Vec<Asked>> {
    let rows: Vec<(String, DateTime<Utc>, i32)> = on!(tx, c => sqlx::query_as(
        "select organisation, code_sent_at, code_tries from subscriptions
         where subscriber_id = $1 and code_sent_at is not null order by code_sent_at desc")
        .bind(id).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(org, sent_at, tries)| Ok(Asked { organisation: word(&org, OrgCode::parse)?, sent_at, tries }))
        .collect()
}

/// A wrong code was tried.
pub async fn count_try(tx: &mut Tx, id: Uuid, org: &OrgCode) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscriptions set code_tries = code_tries + 1 where subscriber_id = $1 and organisation = $2")
        .bind(id).bind(org.as_str()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The person answered the code for this organisation; it serves once.
pub async fn confirm_subscription(tx: &mut Tx, id: Uuid, org: &OrgCode, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscriptions set confirmed_at = coalesce(confirmed_at, $3), code_sent_at = null, code_tries = 0,
             services = services_asked
         where subscriber_id = $1 and organisation = $2")
        .bind(id).bind(org.as_str()).bind(at).execute(c).await.map(|_| ()))?;
    departures::come_back(tx, id, org).await
}

/// Adds a subscription of somebody who has consented; confirms one that waits.
/// Gives whether anything changed.
pub async fn add_confirmed(tx: &mut Tx, id: Uuid, org: &OrgCode, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into subscriptions (subscriber_id, organisation, created_at, confirmed_at, code_tries)
         values ($1, $2, $3, $3, 0)
         on conflict (subscriber_id, organisation) do update set confirmed_at = excluded.confirmed_at
         where subscriptions.confirmed_at is null")
        .bind(id).bind(org.as_str()).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    departures::come_back(tx, id, org).await?;
    Ok(done == 1)
}

/// Somebody leaves one place.
pub async fn remove_subscription(tx: &mut Tx, id: Uuid, org: &OrgCode, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("delete from subscriptions where subscriber_id = $1 and organisation = $2")
        .bind(id).bind(org.as_str()).execute(c).await.map(|_| ()))?;
    departures::leave(tx, id, org, at).await
}

/// The places that somebody follows, in order of code.
pub async fn subscriptions_of(tx: &mut Tx, id: Uuid) -> Result<Vec<OrgCode>> {
    Ok(services_of(tx, id).await?.into_iter().map(|(org, _)| org).collect())
}

/// The same, with the services that they chose there.
pub async fn services_of(tx: &mut Tx, id: Uuid) -> Result<Vec<(OrgCode, Services)>> {
    let rows: Vec<(String, Option<String>)> = on!(tx, c => sqlx::query_as(
        "select organisation, services from subscriptions where subscriber_id = $1 and confirmed_at is not null
         order by organisation")
        .bind(id).fetch_all(c).await)?;
    let one = |(org, services): &(String, Option<String>)| {
        Ok((word(org, OrgCode::parse)?, Services::read(services.as_deref())))
    };
    rows.iter().map(one).collect()
}

/// Somebody leaves: the contact is erased at once, unless it is on duty
/// somewhere. The keyed hash stays, so that an import cannot add them again; so
/// does what limits their codes.
pub async fn leave(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set left_at = $2, contact_sealed = case
             when exists (select 1 from duties n where n.subscriber_id = $1 and n.ended_at is null)
             then contact_sealed end
         where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query("delete from subscriptions where subscriber_id = $1")
        .bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// As [`leave`], by a text that says STOP: what they followed stays on record
/// for a while, so that START brings it back.
pub async fn stop(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = null, left_at = coalesce(left_at, $2) where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Forgets what somebody follows, but for what waits for their answer.
pub async fn forget_subscriptions(tx: &mut Tx, id: Uuid) -> Result<()> {
    on!(tx, c => sqlx::query("delete from subscriptions where subscriber_id = $1 and code_sent_at is null")
        .bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Forgets what people followed who said STOP before this time.
pub async fn forget_stopped(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "delete from subscriptions where code_sent_at is null and subscriber_id in
             (select id from subscribers where left_at < $1)")
        .bind(before).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The address takes no messages, as the failure of one says. The contact stays for a while.
pub async fn suspend(tx: &mut Tx, id: Uuid, by: Uuid, reason: &str, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set suspended_at = coalesce(suspended_at, $2), suspended_because = $3,
             suspended_by = $4 where id = $1")
        .bind(id).bind(at).bind(reason).bind(by).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whether there is anything to [`lift`] of whoever a message went to, by their own id or as
/// somebody on duty: seldom, so nothing is locked to see.
pub async fn is_in_doubt(tx: &mut Tx, target: Uuid, arrived: Uuid) -> Result<bool> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select exists (select 1 from bounces where delivery_id = $2)
             or exists (select 1 from subscribers s where s.id = $1 and s.suspended_at is not null)
             or exists (select 1 from duties n join subscribers s on s.id = n.subscriber_id
                 where n.id = $1 and s.suspended_at is not null)")
        .bind(target).bind(arrived).fetch_one(c).await)?)
}

/// A message arrived there: what its failure had done to the address, or that of an older
/// one, is undone. Gives whether anything was.
pub async fn lift(tx: &mut Tx, id: Uuid, arrived: Uuid) -> Result<bool> {
    on!(tx, c => sqlx::query("delete from bounces where delivery_id = $1")
        .bind(arrived).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update subscribers set suspended_at = null, suspended_because = null, suspended_by = null
         where id = $1 and suspended_at is not null and exists (select 1 from deliveries failed
             join deliveries arrived on arrived.id = $2 and arrived.made_at >= failed.made_at
             where failed.id = subscribers.suspended_by)")
        .bind(id).bind(arrived).execute(c).await.map(|d| d.rows_affected() == 1))?)
}

/// A message failed for good, and it may be the address; counted once.
pub async fn add_bounce(tx: &mut Tx, delivery: Uuid, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into bounces (delivery_id, subscriber_id, at) values ($1, $2, $3) on conflict do nothing")
        .bind(delivery).bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn count_bounces(tx: &mut Tx, id: Uuid, since: DateTime<Utc>) -> Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar("select count(*) from bounces where subscriber_id = $1 and at > $2")
        .bind(id).bind(since).fetch_one(c).await)?)
}

/// Forgets bounces, and erases contacts that were suspended long ago. Gives the
/// number of those.
pub async fn forget_bounces(
    tx: &mut Tx,
    bounced_before: DateTime<Utc>,
    suspended_before: DateTime<Utc>,
) -> Result<u64> {
    on!(tx, c => sqlx::query("delete from bounces where at < $1")
        .bind(bounced_before).execute(c).await.map(|_| ()))?;
    on!(tx, c => sqlx::query(
        "delete from subscriptions where subscriber_id in
             (select id from subscribers where suspended_at < $1 and contact_sealed is not null)")
        .bind(suspended_before).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = null where suspended_at < $1 and contact_sealed is not null")
        .bind(suspended_before).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Erases contacts that were never confirmed and are not on duty. Gives their
/// number.
pub async fn erase_unconfirmed(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = null
         where contact_sealed is not null and confirmed_at is null
         and coalesce(code_sent_at, created_at) < $1
         and not exists (select 1 from duties n where n.subscriber_id = subscribers.id and n.ended_at is null)")
        .bind(before).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Deletes subscriptions whose code was never answered, whoever asked for
/// them. Gives their number.
pub async fn delete_unanswered(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query(
        "delete from subscriptions where confirmed_at is null and coalesce(code_sent_at, created_at) < $1")
        .bind(before).execute(c).await.map(|d| d.rows_affected()))?)
}

/// Active subscribers per channel.
pub async fn count_of(tx: &mut Tx, org: &OrgCode) -> Result<Vec<(Channel, i64)>> {
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(
        "select s.channel, count(*) from subscribers s join subscriptions n on n.subscriber_id = s.id
         where n.organisation = $1 and n.confirmed_at is not null and s.confirmed_at is not null and s.left_at is null
         and s.suspended_at is null group by s.channel")
        .bind(org.as_str()).fetch_all(c).await)?;
    rows.into_iter().map(|(c, n)| Ok((word(&c, Channel::parse)?, n))).collect()
}
