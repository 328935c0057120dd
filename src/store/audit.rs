//! The audit chain: each entry carries the hash of the one before.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, Tx, on};
use crate::domain::user::Actor;

/// Something that somebody did.
#[derive(Debug, Clone)]
pub struct Entry {
    pub action: &'static str,
    /// What it was done to: a code, an id.
    pub subject: String,
    /// Never a contact, never a secret.
    pub detail: Value,
}

impl Entry {
    pub fn new(action: &'static str, subject: impl ToString, detail: Value) -> Self {
        Self { action, subject: subject.to_string(), detail }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: DateTime<Utc>,
    actor: Uuid,
    actor_name: String,
    door: String,
    organisation: String,
    action: String,
    subject: String,
    detail: Json<Value>,
    previous_hash: Vec<u8>,
    hash: Vec<u8>,
}

/// One entry, for people to read.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct Logged {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub door: String,
    pub organisation: String,
    pub action: String,
    pub subject: String,
    pub detail: Value,
}

impl Row {
    /// The hash over everything in the entry and the hash before it.
    fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&self.previous_hash);
        let detail = canonical(&self.detail.0);
        for part in [
            self.seq.to_string().as_str(),
            &self.at.timestamp_micros().to_string(),
            &self.actor.to_string(),
            &self.actor_name,
            &self.door,
            &self.organisation,
            &self.action,
            &self.subject,
            &detail,
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().to_vec()
    }
}

/// JSON with sorted keys: Postgres stores `jsonb` in an order of its own.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<_> = map.keys().collect();
            keys.sort();
            let all: Vec<_> = keys
                .iter()
                .map(|k| format!("{}:{}", Value::String((*k).clone()), canonical(&map[*k])))
                .collect();
            format!("{{{}}}", all.join(","))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Appends an entry. On Postgres, writers take turns at the chain's end.
pub async fn record(tx: &mut Tx, who: &Actor, at: DateTime<Utc>, entry: Entry) -> Result<()> {
    if let Tx::Postgres(t) = tx {
        sqlx::query("lock table audit in exclusive mode").execute(&mut **t).await?;
    }
    let last: Option<(i64, Vec<u8>)> = on!(tx, c => sqlx::query_as("select seq, hash from audit order by seq desc limit 1").fetch_optional(c).await)?;
    let (seq, previous_hash) = last.map_or((1, Vec::new()), |(seq, hash)| (seq + 1, hash));
    let mut row = Row {
        seq,
        at,
        actor: who.id,
        actor_name: who.name.clone(),
        door: format!("{:?}", who.door),
        organisation: who.organisation.to_string(),
        action: entry.action.to_owned(),
        subject: entry.subject,
        detail: Json(entry.detail),
        previous_hash,
        hash: Vec::new(),
    };
    row.hash = row.digest();
    on!(tx, c => sqlx::query(
        "insert into audit (seq, at, actor, actor_name, door, organisation, action, subject, detail,
                            previous_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(row.seq).bind(row.at).bind(row.actor).bind(&row.actor_name).bind(&row.door)
        .bind(&row.organisation).bind(&row.action).bind(&row.subject).bind(&row.detail)
        .bind(&row.previous_hash).bind(&row.hash).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Walks the chain. Gives the number of entries, or the first broken one.
pub async fn verify(tx: &mut Tx) -> Result<std::result::Result<u64, i64>> {
    const PAGE: i64 = 1000;
    let mut previous: Vec<u8> = Vec::new();
    let mut expected = 1i64;
    loop {
        let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
            "select * from audit where seq >= $1 order by seq limit $2")
            .bind(expected).bind(PAGE).fetch_all(c).await)?;
        if rows.is_empty() {
            return Ok(Ok(expected.unsigned_abs() - 1));
        }
        for row in rows {
            if row.seq != expected || row.previous_hash != previous || row.digest() != row.hash {
                return Ok(Err(expected));
            }
            previous = row.hash;
            expected += 1;
        }
    }
}

/// The newest entries of these organisations (all when empty), newest first.
pub async fn latest(tx: &mut Tx, before: Option<i64>, limit: i64) -> Result<Vec<Logged>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from audit where seq < $1 order by seq desc limit $2")
        .bind(before.unwrap_or(i64::MAX)).bind(limit).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|r| Logged {
            seq: r.seq,
            at: r.at,
            actor: r.actor_name,
            door: r.door,
            organisation: r.organisation,
            action: r.action,
            subject: r.subject,
            detail: r.detail.0,
        })
        .collect())
}
