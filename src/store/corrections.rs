//! Whom a correction goes to: whoever may have had what it takes back.

use std::collections::HashSet;

use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::deliveries::{Delivery, all};
use super::many::Many;
use super::{Result, Tx, on, word};
use crate::domain::subscriber::Channel;

/// The broadcasts whose readers a correction of an update goes to: the update's, and,
/// where it was itself a correction, those of what it corrected. A correction that
/// is taken back before it has left has corrected nobody. A broadcast has the id of
/// its update.
async fn corrected(tx: &mut Tx, update: Uuid) -> Result<Vec<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "with recursive corrected (id, corrects) as (
             select id, corrects from broadcasts where id = $1
             union select b.id, b.corrects from broadcasts b join corrected c on b.id = c.corrects)
         select id from corrected")
        .bind(update).fetch_all(c).await)?)
}

/// Accepted, delivered, captured, unclear or under way, or with any attempt of
/// which nobody knows the end. What was taken and is sent once more on somebody's wish
/// has arrived before; that a provider took what it could not deliver says nothing.
pub(super) const MAYBE_REACHED: &str =
    "(d.state in ('sending', 'unclear', 'accepted', 'delivered', 'captured')
             or exists (select 1 from attempts a where a.delivery_id = d.id
                        and (a.outcome is null or a.outcome = 'unclear'
                             or (a.outcome = 'accepted' and d.replayed_at is not null))))";

/// How many an update, or what it corrected, may have reached, by channel; as
/// [`possibly_reached`].
pub async fn count_possibly_reached(tx: &mut Tx, update: Uuid) -> Result<Vec<(Channel, i64)>> {
    let broadcasts = corrected(tx, update).await?;
    let rows: Vec<(String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new("select d.channel, count(distinct d.target) from deliveries d where d.broadcast_id");
        Many::push_among(&mut q, &broadcasts);
        q.push(" and ").push(MAYBE_REACHED).push(" group by d.channel");
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|(c, n)| Ok((word(&c, Channel::parse)?, n))).collect()
}

/// Whom an update, or what it corrected, may have reached. In order of target,
/// who may be there more than once: then the newest message comes first.
pub async fn possibly_reached(
    tx: &mut Tx,
    update: Uuid,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Delivery>> {
    let sql = format!(
        "select d.* from deliveries d where d.broadcast_id = $1 and d.target > $2 and {MAYBE_REACHED}
         order by d.target limit $3"
    );
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    // One by one, each in the order of its index: together they would be sorted anew
    // for each page.
    for broadcast in corrected(tx, update).await? {
        found.extend(all(on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
            .bind(broadcast).bind(after.unwrap_or(Uuid::nil())).bind(most).fetch_all(c).await)?)?);
    }
    found.sort_by_key(|d| (d.target, std::cmp::Reverse((d.made_at, d.id))));
    found.truncate(limit);
    Ok(found)
}

/// Which of these targets an update, or what it corrected, may have reached by now.
pub async fn reached_among(tx: &mut Tx, update: Uuid, targets: &[Uuid]) -> Result<HashSet<Uuid>> {
    let broadcasts = corrected(tx, update).await?;
    let rows: Vec<Uuid> = on!(tx, c => {
        let mut q = QueryBuilder::new("select d.target from deliveries d where d.target");
        Many::push_among(&mut q, targets);
        q.push(" and d.broadcast_id");
        Many::push_among(&mut q, &broadcasts);
        q.push(" and ").push(MAYBE_REACHED).build_query_scalar().fetch_all(c).await
    })?;
    Ok(rows.into_iter().collect())
}

/// The correction of an update.
pub async fn of(tx: &mut Tx, update: Uuid) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar("select id from updates where corrects = $1 limit 1")
        .bind(update).fetch_optional(c).await)?)
}
