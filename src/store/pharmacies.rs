//! Which pharmacies make up the prescriptions of which surgery. Rows are never
//! changed but for their end, so that any moment can be read.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;

/// A surgery, and a pharmacy that makes up its prescriptions.
pub type Pair = (OrgCode, OrgCode);

const CHUNK: usize = 500;

fn pairs(rows: Vec<(String, String)>) -> Result<Vec<Pair>> {
    let pair = |(a, b): (String, String)| Ok((word(&a, OrgCode::parse)?, word(&b, OrgCode::parse)?));
    rows.into_iter().map(pair).collect()
}

/// Every link that stands, in order.
pub async fn all(tx: &mut Tx) -> Result<Vec<Pair>> {
    pairs(on!(tx, c => sqlx::query_as(
        "select practice, pharmacy from pharmacy_links where until is null order by practice, pharmacy")
        .fetch_all(c).await)?)
}

/// Every link that stood at `at`, in order.
pub async fn known_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Pair>> {
    pairs(on!(tx, c => sqlx::query_as(
        "select distinct practice, pharmacy from pharmacy_links
         where since <= $1 and (until is null or until > $1) order by practice, pharmacy")
        .bind(at).fetch_all(c).await)?)
}

/// Begins links that do not stand yet.
pub async fn begin(tx: &mut Tx, links: &[Pair], at: DateTime<Utc>) -> Result<()> {
    for chunk in links.chunks(CHUNK) {
        on!(tx, c => {
            let mut q = QueryBuilder::new("insert into pharmacy_links (practice, pharmacy, since) ");
            q.push_values(chunk, |mut row, (practice, pharmacy)| {
                row.push_bind(practice.as_str()).push_bind(pharmacy.as_str()).push_bind(at);
            });
            // Ended and begun again within one moment: as if nothing had happened.
            q.push(" on conflict (practice, pharmacy, since) do update set until = null");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Ends links that stand.
pub async fn end(tx: &mut Tx, links: &[Pair], at: DateTime<Utc>) -> Result<()> {
    for of_one in links.chunk_by(|a, b| a.0 == b.0) {
        for chunk in of_one.chunks(CHUNK) {
            on!(tx, c => {
                let mut q = QueryBuilder::new("update pharmacy_links set until = ");
                q.push_bind(at).push(" where until is null and practice = ").push_bind(chunk[0].0.as_str());
                q.push(" and pharmacy in (");
                let mut list = q.separated(", ");
                for (_, pharmacy) in chunk {
                    list.push_bind(pharmacy.as_str());
                }
                q.push(")");
                q.build().execute(c).await.map(|_| ())
            })?;
        }
    }
    Ok(())
}
