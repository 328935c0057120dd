//! What is said in a hurry, and who agreed to it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, StoreError, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::preset::{Approved, Preset};
use crate::domain::user::Actor;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    organisation: String,
    content: Json<Value>,
    content_hash: Vec<u8>,
    author: Json<Value>,
    editor: Json<Value>,
    made_at: DateTime<Utc>,
    edited_at: DateTime<Utc>,
    approved_by: Option<Json<Value>>,
    approved_at: Option<DateTime<Utc>>,
    approved_hash: Option<Vec<u8>>,
}

fn read<T: serde::de::DeserializeOwned>(value: Json<Value>) -> Result<T> {
    serde_json::from_value(value.0).map_err(|e| StoreError::Corrupt(e.to_string()))
}

fn json(value: impl serde::Serialize) -> Result<Json<Value>> {
    serde_json::to_value(value).map(Json).map_err(|e| StoreError::Corrupt(e.to_string()))
}

impl Row {
    fn into_preset(self) -> Result<Preset> {
        let approved = match (self.approved_by, self.approved_at, self.approved_hash) {
            (Some(by), Some(at), Some(hash)) => Some(Approved { by: read(by)?, at, hash }),
            _ => None,
        };
        Ok(Preset {
            id: self.id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            content: read(self.content)?,
            content_hash: self.content_hash,
            author: read(self.author)?,
            editor: read(self.editor)?,
            made_at: self.made_at,
            edited_at: self.edited_at,
            approved,
        })
    }
}

pub async fn insert(tx: &mut Tx, p: &Preset) -> Result<()> {
    let (content, author, editor) = (json(&p.content)?, json(&p.author)?, json(&p.editor)?);
    on!(tx, c => sqlx::query(
        "insert into presets (id, organisation, content, content_hash, author, editor, made_at, edited_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(p.id).bind(p.organisation.as_str()).bind(content).bind(&p.content_hash)
        .bind(author).bind(editor).bind(p.made_at).bind(p.edited_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// One that was not removed; with `lock` nobody else changes or approves it until
/// the transaction ends.
pub async fn find(tx: &mut Tx, id: Uuid, lock: bool) -> Result<Option<Preset>> {
    const PLAIN: &str = "select * from presets where id = $1 and removed_at is null";
    let sql = match lock {
        true => tx.dialect(PLAIN, "select * from presets where id = $1 and removed_at is null for update"),
        false => PLAIN,
    };
    let row: Option<Row> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    row.map(Row::into_preset).transpose()
}

/// Those of an organisation itself, the oldest first.
pub async fn of(tx: &mut Tx, organisation: &OrgCode) -> Result<Vec<Preset>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from presets where organisation = $1 and removed_at is null order by made_at, id")
        .bind(organisation.as_str()).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_preset).collect()
}

/// Other words, and who chose them. An approval of the old ones is gone.
pub async fn edit(tx: &mut Tx, p: &Preset) -> Result<()> {
    let (content, editor) = (json(&p.content)?, json(&p.editor)?);
    on!(tx, c => sqlx::query(
        "update presets set content = $2, content_hash = $3, editor = $4, edited_at = $5,
                            approved_by = null, approved_at = null, approved_hash = null
         where id = $1")
        .bind(p.id).bind(content).bind(&p.content_hash).bind(editor).bind(p.edited_at)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Somebody agrees to what has this hash.
pub async fn approve(tx: &mut Tx, id: Uuid, who: &Actor, hash: &[u8], at: DateTime<Utc>) -> Result<()> {
    let who = json(who)?;
    on!(tx, c => sqlx::query(
        "update presets set approved_by = $2, approved_hash = $3, approved_at = $4 where id = $1")
        .bind(id).bind(who).bind(hash).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update presets set removed_at = $2 where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}
