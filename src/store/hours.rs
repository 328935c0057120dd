//! When organisations are open.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;

use super::{Result, StoreError, Tx, on};
use crate::domain::hours::Hours;
use crate::domain::org::OrgCode;

/// Those of one organisation, where anybody has said.
pub async fn of(tx: &mut Tx, organisation: &OrgCode) -> Result<Option<Hours>> {
    let found: Option<Json<Value>> = on!(tx, c => sqlx::query_scalar(
        "select content from hours where organisation = $1")
        .bind(organisation.as_str()).fetch_optional(c).await)?;
    let read =
        |json: Json<Value>| serde_json::from_value(json.0).map_err(|e| StoreError::Corrupt(e.to_string()));
    found.map(read).transpose()
}

/// Puts hours in place of those that stood.
pub async fn put(
    tx: &mut Tx,
    organisation: &OrgCode,
    hours: &Hours,
    who: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let content = serde_json::to_value(hours).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    on!(tx, c => sqlx::query(
        "insert into hours (organisation, content, set_at, set_by) values ($1, $2, $3, $4)
         on conflict (organisation) do update
         set content = excluded.content, set_at = excluded.set_at, set_by = excluded.set_by")
        .bind(organisation.as_str()).bind(Json(&content)).bind(at).bind(who).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Nothing is known of them any more.
pub async fn remove(tx: &mut Tx, organisation: &OrgCode) -> Result<()> {
    on!(tx, c => sqlx::query("delete from hours where organisation = $1")
        .bind(organisation.as_str()).execute(c).await.map(|_| ()))?;
    Ok(())
}
