//! Claiming what is due: an attempt is on record before a byte leaves.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::deliveries::{Delivery, Row, all};
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

/// Claims what is due on a channel, and starts an attempt for each, in this
/// transaction: whatever happens after it commits, the attempt is on record.
pub async fn claim(tx: &mut Tx, claim: Claim<'_>, now: DateTime<Utc>) -> Result<Vec<Delivery>> {
    let sql = format!(
        "update deliveries set state = 'sending', attempt = attempt + 1, lease_owner = $2,
            lease_until = $4, provider = $6
         where id in (select id from deliveries
                      where state = 'queued' and channel = $1 and lane = $7 and due_at <= $3 and {}
                      order by due_at, id limit $5{})
         returning *",
        claim.takes.condition(),
        tx.dialect("", " for update skip locked"),
    );
    let mut claimed = Vec::new();
    // Lane by lane, so that the index gives what is due and nothing else: in a
    // lane may lie a million that are not.
    for lane in claim.lanes {
        let limit = claim.limit - i64::try_from(claimed.len()).unwrap_or(i64::MAX);
        if limit <= 0 {
            break;
        }
        let rows: Vec<Row> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
            .bind(claim.channel.as_str()).bind(claim.owner).bind(now).bind(claim.lease_until).bind(limit)
            .bind(claim.provider).bind(lane.order()).fetch_all(c).await)?;
        claimed.extend(all(rows)?);
    }
    if claimed.is_empty() {
        return Ok(claimed);
    }
    on!(tx, c => {
        let mut q = QueryBuilder::new("insert into attempts (delivery_id, number, started_at, provider) ");
        q.push_values(&claimed, |mut row, d| {
            row.push_bind(d.id).push_bind(d.attempt).push_bind(now).push_bind(&d.provider);
        });
        q.build().execute(c).await.map(|_| ())
    })?;
    Ok(claimed)
}
