//! Claiming what is due: an attempt is on record before a byte leaves.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::deliveries::{Delivery, Row, all};
use super::many::{self, Holds, Many};
use super::{Result, Tx, on};
use crate::domain::delivery::Lane;
use crate::domain::subscriber::Channel;

/// Which messages a way takes, where a channel has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// What must go to it, because nobody knows whether it has it already.
    Pinned,
    /// Also what another did not take.
    Others,
    /// Also what nobody had yet; not what it did not take itself.
    Fresh,
    /// Anything that need not go to another.
    All,
}

impl Takes {
    /// What waits for a provider that does not come back ends at its deadline,
    /// by whoever leads. `provider > ''` has an index of its own: beside
    /// what one way failed with may wait a million that are not its.
    fn condition(self) -> &'static str {
        match self {
            Self::Pinned => "provider > '' and pinned_to = $6",
            Self::Others => "provider > '' and (pinned_to = $6 or (pinned_to is null and provider <> $6))",
            Self::Fresh => {
                "(pinned_to = $6
                  or ((pinned_to is null or deadline_at <= $3) and provider is distinct from $6))"
            }
            Self::All => "(pinned_to is null or pinned_to = $6 or deadline_at <= $3)",
        }
    }
}

/// What a courier may claim.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    pub channel: Channel,
    pub owner: Uuid,
    pub lease_until: DateTime<Utc>,
    pub limit: i64,
    /// What may be taken, first things first.
    pub lanes: &'a [Lane],
    /// Who gets it, where the channel has several providers.
    pub provider: Option<&'a str>,
    pub takes: Takes,
}

/// What an attempt begins with.
const BEGUN: [(&str, Holds); 3] = [("id", Holds::Id), ("number", Holds::Int), ("provider", Holds::Text)];

/// Claims what is due on a channel, and starts an attempt for each, in this
/// transaction: whatever happens after it commits, the attempt is on record.
pub async fn claim(tx: &mut Tx, claim: Claim<'_>, now: DateTime<Utc>) -> Result<Vec<Delivery>> {
    // Each lane by itself, so that the index gives what is due and nothing else: in
    // one may lie a million that are not.
    let lane = |lane: &Lane| {
        format!(
            "select * from (select id, lane, due_at from deliveries
                where state = 'queued' and channel = $1 and lane = {} and due_at <= $3 and {}
                order by due_at, id limit $5{}) as lane_{0}",
            lane.order(),
            claim.takes.condition(),
            tx.dialect("", " for update skip locked"),
        )
    };
    let lanes: Vec<String> = claim.lanes.iter().map(lane).collect();
    let sql = format!(
        "update deliveries set state = 'sending', attempt = attempt + 1, lease_owner = $2,
            lease_until = $4, provider = $6
         where id in (select id from ({}) as due order by lane, due_at, id limit $5)
         returning *",
        lanes.join(" union all "),
    );
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(claim.channel.as_str()).bind(claim.owner).bind(now).bind(claim.lease_until).bind(claim.limit)
        .bind(claim.provider).fetch_all(c).await)?;
    let mut claimed = all(rows)?;
    claimed.sort_by_key(|d| (d.lane, d.due_at, d.id));
    if claimed.is_empty() {
        return Ok(claimed);
    }
    let rows: Vec<_> = claimed.iter().map(|d| (many::id(d.id), d.attempt, &d.provider)).collect();
    on!(tx, c => {
        let mut q = QueryBuilder::new("insert into attempts (delivery_id, number, provider, started_at) select r.*, ");
        q.push_bind(now).push(" from (");
        Many::push_rows(&mut q, &BEGUN, &rows)?;
        q.push(") r").build().execute(c).await.map(|_| ())
    })?;
    Ok(claimed)
}

/// The most urgent lane in which something is due on a channel.
pub async fn most_urgent(
    tx: &mut Tx,
    channel: Channel,
    lanes: &[Lane],
    now: DateTime<Utc>,
) -> Result<Option<Lane>> {
    let due = |lane: &Lane| {
        format!(
            "select {0} as lane where exists (select 1 from deliveries
                 where state = 'queued' and channel = $1 and lane = {0} and due_at <= $2)",
            lane.order()
        )
    };
    let lanes: Vec<String> = lanes.iter().map(due).collect();
    let sql = format!("select min(lane) from ({}) as due", lanes.join(" union all "));
    let lane: Option<i32> = on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql.as_str()))
        .bind(channel.as_str()).bind(now).fetch_one(c).await)?;
    Ok(lane.and_then(Lane::of_order))
}
