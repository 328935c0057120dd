//! The providers' ids of attempts before the last, where a person had a message sent
//! once more: what is said of those is no news of the attempt that followed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::deliveries::{self, Delivery};
use super::holding::MAY_REACH;
use super::many::Many;
use super::{Result, Tx, on};

/// Keeps the ids of those that are about to be tried again, as in
/// [`super::holding::retry`], which then forgets them.
pub(super) async fn keep(tx: &mut Tx, broadcast: Uuid, reason: &str, now: DateTime<Utc>) -> Result<()> {
    let sql = format!(
        "insert into earlier_references (reference, delivery_id) select reference, id from deliveries
         where broadcast_id = $1 and state = 'failed' and reason = $2 and reference > '' and {MAY_REACH}
         on conflict do nothing"
    );
    on!(tx, c => sqlx::query(AssertSqlSafe(sql.as_str()))
        .bind(broadcast).bind(reason).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The message that had this id by an earlier attempt.
pub async fn find(tx: &mut Tx, reference: &str) -> Result<Option<Delivery>> {
    let id: Option<Uuid> = on!(tx, c => sqlx::query_scalar(
        "select delivery_id from earlier_references where reference = $1 limit 1")
        .bind(reference).fetch_optional(c).await)?;
    match id {
        Some(id) => deliveries::find(tx, id).await,
        None => Ok(None),
    }
}

/// The ids that these messages had by earlier attempts.
pub async fn of(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let mut all: HashMap<Uuid, Vec<String>> = HashMap::new();
    if deliveries.is_empty() {
        return Ok(all);
    }
    let rows: Vec<(Uuid, String)> = on!(tx, c => {
        let mut q = QueryBuilder::new("select delivery_id, reference from earlier_references where delivery_id");
        Many::push_among(&mut q, deliveries);
        q.build_query_as().fetch_all(c).await
    })?;
    for (delivery, reference) in rows {
        all.entry(delivery).or_default().push(reference);
    }
    Ok(all)
}
