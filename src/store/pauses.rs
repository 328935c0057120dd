//! What waits: a provider of a channel that asked for it, refuses or cannot be
//! reached. A pause stands until a message has gone through again.

use chrono::{DateTime, Utc};

use super::{Result, Tx, on};
use crate::domain::delivery::Pause;

/// Pauses; a pause is never shortened by another. One that follows on another counts.
/// `ask_at` is when it is asked before its time is up.
pub async fn pause(
    tx: &mut Tx,
    scope: &str,
    (until, ask_at): (DateTime<Utc>, Option<DateTime<Utc>>),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into pauses (scope, until_at, reason, fails, trial, ask_at) values ($1, $2, $3, 1, $5, $6)
         on conflict (scope) do update set until_at = excluded.until_at, reason = excluded.reason, trial = $5,
             fails = pauses.fails + case when pauses.until_at <= $4 then 1 else 0 end, ask_at = excluded.ask_at
         where excluded.until_at > pauses.until_at")
        .bind(scope).bind(until).bind(reason).bind(now).bind(false).bind(ask_at)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Notes with whose account it waits.
pub async fn set_account(tx: &mut Tx, scope: &str, account: Option<&str>) -> Result<()> {
    on!(tx, c => sqlx::query("update pauses set account = $2 where scope = $1")
        .bind(scope).bind(account).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Takes it on to ask one that rests, and notes when it is asked next. Gives whether
/// nobody else has taken it on.
pub async fn take(tx: &mut Tx, pause: &Pause, next: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update pauses set ask_at = $3 where scope = $1 and trial = $4 and ask_at = $2")
        .bind(&pause.scope).bind(pause.ask_at).bind(next).bind(false).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// It answered: its time is up, and from now on it gets one message at a time.
pub async fn try_out(tx: &mut Tx, scope: &str, now: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update pauses set trial = $2, until_at = case when until_at > $3 then $3 else until_at end where scope = $1")
        .bind(scope).bind(true).bind(now).execute(c).await.map(|_| ()))?;
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
    type Row = (String, DateTime<Utc>, String, i32, bool, Option<DateTime<Utc>>, Option<String>);
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select scope, until_at, reason, fails, trial, ask_at, account from pauses order by scope").fetch_all(c).await)?;
    let pause = |(scope, until, reason, fails, trial, ask_at, account): Row| Pause {
        scope,
        until,
        reason,
        fails,
        trial,
        ask_at,
        account,
    };
    Ok(rows.into_iter().map(pause).collect())
}
