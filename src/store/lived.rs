//! Until when this database has lived, and whether it was ever put back to an
//! earlier state.

use chrono::{DateTime, Utc};

use super::{Result, StoreError, Tx, instance, on};

const LIVED: &str = "lived_until";
const RESTORED: &str = "restored_until";

/// When a process last noted that the database lives.
pub async fn until(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    moment(tx, LIVED).await
}

pub async fn set_until(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    set(tx, LIVED, at).await
}

/// Until when a database lived that was replaced by a backup of it.
pub async fn restored(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    moment(tx, RESTORED).await
}

pub async fn set_restored(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    set(tx, RESTORED, at).await
}

async fn moment(tx: &mut Tx, name: &str) -> Result<Option<DateTime<Utc>>> {
    let Some(bytes) = instance(tx, name).await? else { return Ok(None) };
    let micros = bytes.try_into().map(i64::from_be_bytes);
    let moment = micros.ok().and_then(DateTime::from_timestamp_micros);
    moment.map(Some).ok_or_else(|| StoreError::Corrupt(name.to_owned()))
}

async fn set(tx: &mut Tx, name: &str, at: DateTime<Utc>) -> Result<()> {
    let bytes = at.timestamp_micros().to_be_bytes();
    on!(tx, c => sqlx::query(
        "insert into instance (name, value) values ($1, $2)
         on conflict (name) do update set value = excluded.value")
        .bind(name).bind(&bytes[..]).execute(c).await.map(|_| ()))?;
    Ok(())
}
