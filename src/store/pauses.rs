//! Channels that wait, because the provider asked for it or cannot be reached.

use chrono::{DateTime, Utc};

use super::{Result, Tx, on, word};
use crate::domain::subscriber::Channel;

/// Pauses a channel; a pause is never shortened.
pub async fn pause(tx: &mut Tx, channel: Channel, until: DateTime<Utc>, reason: &str) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into channel_pauses (channel, until_at, reason) values ($1, $2, $3)
         on conflict (channel) do update set until_at = excluded.until_at, reason = excluded.reason
         where excluded.until_at > channel_pauses.until_at")
        .bind(channel.as_str()).bind(until).bind(reason).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Channels that wait, until when, and why.
pub async fn pauses(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<(Channel, DateTime<Utc>, String)>> {
    let rows: Vec<(String, DateTime<Utc>, String)> = on!(tx, c => sqlx::query_as(
        "select channel, until_at, reason from channel_pauses where until_at > $1").bind(now).fetch_all(c).await)?;
    rows.into_iter().map(|(c, t, r)| Ok((word(&c, Channel::parse)?, t, r))).collect()
}
