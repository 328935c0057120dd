//! What was told once, or heard once, and when.

use chrono::{DateTime, Utc};

use super::{Result, Tx, on};

/// Takes it on to tell the operator, unless that was done after `since`. Of
/// several at once, one gets `true`.
pub async fn take(tx: &mut Tx, name: &str, now: DateTime<Utc>, since: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into notices (name, told_at, is_over) values ($1, $2, $4)
         on conflict (name) do update set told_at = excluded.told_at, is_over = excluded.is_over
         where notices.told_at <= $3")
        .bind(name).bind(now).bind(since).bind(false).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// It was not told after all, and counts as told at another time.
pub async fn put_back(tx: &mut Tx, name: &str, told_at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update notices set told_at = $2 where name = $1")
        .bind(name).bind(told_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// It is over. Gives whether that is news.
pub async fn end(tx: &mut Tx, name: &str) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("update notices set is_over = $2 where name = $1 and is_over = $3")
        .bind(name).bind(true).bind(false).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// The names of what is not over, of those that begin so.
pub async fn open(tx: &mut Tx, begins: &str) -> Result<Vec<String>> {
    Ok(on!(tx, c => sqlx::query_scalar("select name from notices where is_over = $2 and name like $1 || '%'")
        .bind(begins).bind(false).fetch_all(c).await)?)
}

/// Forgets what begins so and is older.
pub async fn forget(tx: &mut Tx, begins: &str, before: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("delete from notices where name like $1 || '%' and told_at < $2")
        .bind(begins).bind(before).execute(c).await.map(|_| ()))?;
    Ok(())
}
