//! Accounts that organisations post with; credentials sealed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// One account of one organisation.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: Uuid,
    pub organisation: OrgCode,
    pub channel: Channel,
    pub credentials_sealed: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    organisation: String,
    channel: String,
    credentials_sealed: Vec<u8>,
}

impl Row {
    fn into_account(self) -> Result<Account> {
        Ok(Account {
            id: self.id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            channel: word(&self.channel, Channel::parse)?,
            credentials_sealed: self.credentials_sealed,
        })
    }
}

/// Every account; there are few beside the subscribers.
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select id, organisation, channel, credentials_sealed from channel_accounts order by organisation, channel")
        .fetch_all(c).await)?;
    rows.into_iter().map(Row::into_account).collect()
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Account>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select id, organisation, channel, credentials_sealed from channel_accounts where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(Row::into_account).transpose()
}

/// The id of an organisation's account on a channel, if it has one.
pub async fn id_of(tx: &mut Tx, organisation: &OrgCode, channel: Channel) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select id from channel_accounts where organisation = $1 and channel = $2")
        .bind(organisation.as_str()).bind(channel.as_str()).fetch_optional(c).await)?)
}

/// Adds an account, or replaces its credentials.
pub async fn put(tx: &mut Tx, account: &Account, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into channel_accounts (id, organisation, channel, credentials_sealed, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (organisation, channel) do update set credentials_sealed = excluded.credentials_sealed")
        .bind(account.id).bind(account.organisation.as_str()).bind(account.channel.as_str())
        .bind(&account.credentials_sealed).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The accounts of one organisation.
pub async fn of(tx: &mut Tx, organisation: &OrgCode) -> Result<Vec<Account>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select id, organisation, channel, credentials_sealed from channel_accounts
         where organisation = $1 order by channel")
        .bind(organisation.as_str()).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_account).collect()
}

/// Forgets an account and its credentials. Gives whether there was one.
pub async fn remove(tx: &mut Tx, organisation: &OrgCode, channel: Channel) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "delete from channel_accounts where organisation = $1 and channel = $2")
        .bind(organisation.as_str()).bind(channel.as_str()).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}
