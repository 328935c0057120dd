//! Accounts that organisations post with; credentials sealed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::account::Health;
use crate::domain::channel::Channel;
use crate::domain::org::OrgCode;

/// One account of one organisation.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: Uuid,
    pub organisation: OrgCode,
    pub channel: Channel,
    /// Tells several accounts on one channel apart; else empty.
    pub name: String,
    pub credentials_sealed: Vec<u8>,
    pub health: Health,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    organisation: String,
    channel: String,
    name: String,
    credentials_sealed: Vec<u8>,
    worked_at: Option<DateTime<Utc>>,
    trouble: Option<String>,
    trouble_at: Option<DateTime<Utc>>,
    failing_since: Option<DateTime<Utc>>,
    stopped_at: Option<DateTime<Utc>>,
}

impl Row {
    fn into_account(self) -> Result<Account> {
        Ok(Account {
            id: self.id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            channel: word(&self.channel, Channel::parse)?,
            name: self.name,
            credentials_sealed: self.credentials_sealed,
            health: Health {
                worked_at: self.worked_at,
                trouble: self.trouble,
                trouble_at: self.trouble_at,
                failing_since: self.failing_since,
                stopped_at: self.stopped_at,
            },
        })
    }
}

fn list(rows: Vec<Row>) -> Result<Vec<Account>> {
    rows.into_iter().map(Row::into_account).collect()
}

/// Every account; there are few beside the subscribers.
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>> {
    list(on!(tx, c => sqlx::query_as("select * from channel_accounts order by organisation, channel, name")
        .fetch_all(c).await)?)
}

/// Organisations that have an account on a channel.
pub async fn owners(tx: &mut Tx, channel: Channel) -> Result<Vec<OrgCode>> {
    let rows: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select distinct organisation from channel_accounts where channel = $1")
        .bind(channel.as_str()).fetch_all(c).await)?;
    rows.iter().map(|code| word(code, OrgCode::parse)).collect()
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Account>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("select * from channel_accounts where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(Row::into_account).transpose()
}

/// One account of an organisation. On Postgres its row is locked.
pub async fn lock(tx: &mut Tx, organisation: &OrgCode, id: Uuid) -> Result<Option<Account>> {
    let sql = tx.dialect(
        "select * from channel_accounts where id = $1 and organisation = $2",
        "select * from channel_accounts where id = $1 and organisation = $2 for update",
    );
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as(sql).bind(id).bind(organisation.as_str()).fetch_optional(c).await)?;
    row.map(Row::into_account).transpose()
}

/// An organisation's account of this name on a channel, if it has one.
pub async fn named(
    tx: &mut Tx,
    organisation: &OrgCode,
    channel: Channel,
    name: &str,
) -> Result<Option<Account>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select * from channel_accounts where organisation = $1 and channel = $2 and name = $3")
        .bind(organisation.as_str()).bind(channel.as_str()).bind(name).fetch_optional(c).await)?;
    row.map(Row::into_account).transpose()
}

/// Adds an account, or replaces its credentials, with the id that seals them.
/// Its health begins anew.
pub async fn put(tx: &mut Tx, account: &Account, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into channel_accounts (id, organisation, channel, name, credentials_sealed, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (organisation, channel, name) do update set
             id = excluded.id, credentials_sealed = excluded.credentials_sealed, worked_at = null, trouble = null,
             trouble_at = null, failing_since = null, stopped_at = null")
        .bind(account.id).bind(account.organisation.as_str()).bind(account.channel.as_str()).bind(&account.name)
        .bind(&account.credentials_sealed).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Replaces the credentials alone.
pub async fn reseal(tx: &mut Tx, id: Uuid, credentials_sealed: &[u8]) -> Result<()> {
    on!(tx, c => sqlx::query("update channel_accounts set credentials_sealed = $2 where id = $1")
        .bind(id).bind(credentials_sealed).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Keeps how an account fares.
pub async fn put_health(tx: &mut Tx, id: Uuid, h: &Health) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update channel_accounts set worked_at = $2, trouble = $3, trouble_at = $4, failing_since = $5,
             stopped_at = $6 where id = $1")
        .bind(id).bind(h.worked_at).bind(&h.trouble).bind(h.trouble_at).bind(h.failing_since).bind(h.stopped_at)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The accounts of one organisation.
pub async fn of(tx: &mut Tx, organisation: &OrgCode) -> Result<Vec<Account>> {
    list(on!(tx, c => sqlx::query_as(
        "select * from channel_accounts where organisation = $1 order by channel, name")
        .bind(organisation.as_str()).fetch_all(c).await)?)
}

/// Forgets an account and its credentials. Gives whether there was one.
pub async fn remove(tx: &mut Tx, organisation: &OrgCode, id: Uuid) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("delete from channel_accounts where organisation = $1 and id = $2")
        .bind(organisation.as_str()).bind(id).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}
