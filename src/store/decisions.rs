//! The decision log. Each entry is an entry of the audit chain, whose detail
//! holds all of it: there is no second place that could differ.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;

use super::audit::{self, Row};
use super::{Result, StoreError, Tx, on, word};
use crate::domain::decision::Decision;
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;

/// What the chain calls an entry of the log.
const ACTION: &str = "decide";

/// What the chain's entry holds in its detail.
#[derive(Serialize, Deserialize)]
struct Detail {
    number: i64,
    incident: Option<Uuid>,
    made_at: DateTime<Utc>,
    decided_by: String,
    decision: String,
    reason: String,
    refused: Vec<String>,
    corrects: Option<Uuid>,
}

/// An entry and its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chained {
    pub decision: Decision,
    pub seq: i64,
    pub hash: Vec<u8>,
}

fn chained(row: Row) -> Result<Chained> {
    let Json(detail) = row.detail;
    let detail: Detail = serde_json::from_value(detail).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let decision = Decision {
        id: word(&row.subject, |id| Uuid::parse_str(id).ok())?,
        number: detail.number,
        organisation: word(&row.organisation, OrgCode::parse)?,
        incident: detail.incident,
        made_at: detail.made_at,
        entered_at: row.at,
        decided_by: detail.decided_by,
        entered_by: row.actor_name,
        decision: detail.decision,
        reason: detail.reason,
        refused: detail.refused,
        corrects: detail.corrects,
    };
    Ok(Chained { decision, seq: row.seq, hash: row.hash })
}

/// Appends an entry of the actor's organisation, and gives it its number.
pub async fn append(tx: &mut Tx, who: &Actor, decision: Decision) -> Result<Decision> {
    // Before counting, so that two at once get two numbers.
    audit::lock(tx).await?;
    let before: i64 = on!(tx, c => sqlx::query_scalar(
        "select count(*) from audit where action = 'decide' and organisation = $1")
        .bind(who.organisation.as_str()).fetch_one(c).await)?;
    let decision = Decision { number: before + 1, ..decision };
    let detail = Detail {
        number: decision.number,
        incident: decision.incident,
        made_at: decision.made_at,
        decided_by: decision.decided_by.clone(),
        decision: decision.decision.clone(),
        reason: decision.reason.clone(),
        refused: decision.refused.clone(),
        corrects: decision.corrects,
    };
    let entry = audit::Entry::new(ACTION, decision.id, json!(detail));
    audit::record(tx, who, decision.entered_at, entry).await?;
    Ok(decision)
}

/// Entries in the order in which they were entered, the newest first: of one
/// organisation, about one incident, or both.
pub async fn newest(
    tx: &mut Tx,
    organisation: Option<&OrgCode>,
    incident: Option<Uuid>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Chained>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from audit where action = 'decide' and seq < $1 and ($2 is null or organisation = $2)
           and ($3 is null or detail ->> 'incident' = $3) order by seq desc limit $4")
        .bind(before.unwrap_or(i64::MAX)).bind(organisation.map(OrgCode::as_str))
        .bind(incident.map(|i| i.to_string())).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(chained).collect()
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Chained>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select * from audit where action = 'decide' and subject = $1")
        .bind(id.to_string()).fetch_optional(c).await)?;
    row.map(chained).transpose()
}

/// The corrections of an organisation: which entry each puts right, its own id
/// and its number; oldest first.
pub async fn corrections(tx: &mut Tx, organisation: &OrgCode) -> Result<Vec<(Uuid, Uuid, i64)>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from audit where action = 'decide' and organisation = $1
           and detail ->> 'corrects' is not null order by seq")
        .bind(organisation.as_str()).fetch_all(c).await)?;
    let all = rows.into_iter().map(|row| chained(row).map(|c| c.decision));
    all.filter_map(|d| d.map(|d| d.corrects.map(|of| (of, d.id, d.number))).transpose()).collect()
}
