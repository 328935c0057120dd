//! What waits: a provider of a channel that asked for it, refuses or cannot be
//! reached. A pause stands until a message has gone through again.

use chrono::{DateTime, Utc};

use super::{Result, Tx, on};
use crate::domain::delivery::Pause;

/// Pauses; a pause is never shortened. One that follows on another counts.
pub async fn pause(
    tx: &mut Tx,
    scope: &str,
    until: DateTime<Utc>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into pauses (scope, until_at, reason, fails, trial) values ($1, $2, $3, 1, $5)
         on conflict (scope) do update set until_at = excluded.until_at, reason = excluded.reason, trial = $5,
             fails = pauses.fails + case when pauses.until_at <= $4 then 1 else 0 end
         where excluded.until_at > pauses.until_at")
        .bind(scope).bind(until).bind(reason).bind(now).bind(false).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// It answered: from now on it gets one message at a time.
pub async fn try_out(tx: &mut Tx, scope: &str) -> Result<()> {
    on!(tx, c => sqlx::query("update pauses set trial = $2 where scope = $1")
        .bind(scope).bind(true).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A message has gone through. Gives whether it had waited.
pub async fn end(tx: &mut Tx, scope: &str) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("delete from pauses where scope = $1")
        .bind(scope).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub async fn find(tx: &mut Tx, scope: &str) -> Result<Option<Pause>> {
    Ok(all(tx).await?.into_iter().find(|p| p.scope == scope))
}

/// What waits, or has waited and not been tried since.
pub async fn all(tx: &mut Tx) -> Result<Vec<Pause>> {
    type Row = (String, DateTime<Utc>, String, i32, bool);
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select scope, until_at, reason, fails, trial from pauses order by scope").fetch_all(c).await)?;
    let pause = |(scope, until, reason, fails, trial)| Pause { scope, until, reason, fails, trial };
    Ok(rows.into_iter().map(pause).collect())
}
