//! Which number what is kept of a subject has: another one tells all processes to look again.

use super::{Result, Tx, on};

/// The number of a revision; 0 when nobody has made it yet.
pub async fn revision(tx: &mut Tx, subject: &str) -> Result<i64> {
    let number: Option<i64> = on!(tx, c => sqlx::query_scalar("select number from revisions where subject = $1")
        .bind(subject).fetch_optional(c).await)?;
    Ok(number.unwrap_or(0))
}

/// Tells all processes that what they keep of `subject` is out of date.
pub async fn bump(tx: &mut Tx, subject: &str) -> Result<()> {
    on!(tx, c => sqlx::query("update revisions set number = number + 1 where subject = $1")
        .bind(subject).execute(c).await.map(|_| ()))?;
    Ok(())
}
