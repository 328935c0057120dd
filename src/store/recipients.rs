//! What a batch of claimed deliveries needs to know of the people they go to.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::deliveries::SENDER_STOPPED;
use super::many::Many;
use super::subscribers::{self, Subscriber};
use super::{Result, Tx, on};
use crate::domain::delivery::Lane;

/// The person whom a delivery goes to.
#[derive(Debug, Clone)]
pub struct Recipient {
    pub subscriber: Subscriber,
    /// Whether they have confirmed that they want messages about the
    /// delivery's organisation.
    pub follows: bool,
    /// How many messages they had; what may have arrived counts, once it has ended.
    pub had: i64,
    /// How many others are under way, or it is not clear whether they arrived.
    pub maybe_had: i64,
    /// When the oldest of those was.
    pub oldest: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    delivery_id: Uuid,
    follows: bool,
    had: i64,
    maybe_had: i64,
    oldest: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    subscriber: subscribers::Row,
}

/// What somebody had, or may have had, that ended since then.
const HAD: &str = " from deliveries h where h.target = d.target
     and (h.state in ('accepted', 'delivered') or (h.state = 'failed' and exists (select 1 from attempts a
         where a.delivery_id = h.id and (a.outcome is null or a.outcome = 'unclear')))) and h.settled_at > ";

/// The recipients of these deliveries, by delivery; what they had is counted
/// from `since` on. Deliveries to accounts have none.
pub async fn of(tx: &mut Tx, deliveries: &[Uuid], since: DateTime<Utc>) -> Result<HashMap<Uuid, Recipient>> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id as delivery_id, s.*,
                 exists (select 1 from subscriptions n where n.subscriber_id = s.id
                         and n.organisation = d.organisation and n.confirmed_at is not null) as follows,
                 (select count(*) from deliveries h where h.target = d.target
                  and h.state in ('sending', 'unclear') and not (h.id");
        Many::push_among(&mut q, deliveries);
        q.push(")) as maybe_had");
        for (what, name) in [("count(*)", "had"), ("min(h.settled_at)", "oldest")] {
            q.push(", (select ").push(what).push(HAD).push_bind(since).push(") as ").push(name);
        }
        q.push(" from deliveries d join subscribers s on s.id = d.target where d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_as().fetch_all(c).await
    })?;
    let recipient = |row: Row| {
        let Row { delivery_id, follows, had, maybe_had, oldest, subscriber } = row;
        let subscriber = subscriber.into_subscriber()?;
        Ok((delivery_id, Recipient { subscriber, follows, had, maybe_had, oldest }))
    };
    rows.into_iter().map(recipient).collect()
}

/// Whose contact each of these deliveries goes to, by delivery: a reader's, or of
/// whoever is or was on duty. Accounts and staff have none.
pub async fn owners(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashMap<Uuid, Subscriber>> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<subscribers::OfDelivery> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id as delivery_id, s.* from deliveries d left join duties n on n.id = d.target
             join subscribers s on s.id = coalesce(n.subscriber_id, d.target) where d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(subscribers::OfDelivery::into_pair).collect()
}

/// Which of these deliveries may have arrived by an attempt before the one that
/// they stand at.
pub async fn maybe_reached(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashSet<Uuid>> {
    if deliveries.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select distinct a.delivery_id from attempts a join deliveries d on d.id = a.delivery_id
             where a.number < d.attempt and (a.outcome is null or a.outcome = 'unclear') and d.id");
        Many::push_among(&mut q, deliveries);
        q.build_query_scalar().fetch_all(c).await
    })?;
    Ok(ids.into_iter().collect())
}

/// How many attempts of these deliveries got no answer, not counting those that
/// we ourselves broke off.
pub async fn unanswered(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select delivery_id, count(*) from attempts where outcome = 'unclear' and detail <> ");
        q.push_bind(SENDER_STOPPED).push(" and delivery_id");
        Many::push_among(&mut q, deliveries);
        q.push(" group by delivery_id");
        q.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().collect())
}

/// The readers to whom a correction is going at this moment that is not among these deliveries.
/// There are no more of them than messages under way, and seldom any.
pub async fn being_corrected(tx: &mut Tx, deliveries: &[Uuid]) -> Result<HashSet<Uuid>> {
    let rows: Vec<(Uuid, Uuid)> = on!(tx, c => sqlx::query_as(
        "select id, target from deliveries where state = 'sending' and lane = $1")
        .bind(Lane::Correction.order()).fetch_all(c).await)?;
    Ok(rows.into_iter().filter(|(id, _)| !deliveries.contains(id)).map(|(_, target)| target).collect())
}
