//! The audit chain: each entry carries the hash of the one before.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, Tx, covered, on, seal};
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
pub(super) struct Row {
    pub seq: i64,
    pub at: DateTime<Utc>,
    actor: Uuid,
    pub actor_name: String,
    door: String,
    pub organisation: String,
    action: String,
    pub subject: String,
    pub detail: Json<Value>,
    /// The hashes of the rows that were written with it.
    covers: Option<Json<Value>>,
    previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// The end of the chain: its newest entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: Vec<u8>,
}

impl Head {
    /// As it is printed: the first 16 hexadecimal digits.
    pub fn short(&self) -> String {
        hex(&self.hash[..self.hash.len().min(SHORT)])
    }
}

/// So many bytes of a hash are printed.
const SHORT: usize = 8;

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Reads what [`Head::short`] or [`hex`] wrote: at least as much as is printed.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|two| std::str::from_utf8(two).ok().filter(|t| t.len() == 2));
    let bytes = pairs.map(|two| u8::from_str_radix(two?, 16).ok()).collect::<Option<Vec<u8>>>()?;
    (SHORT..=32).contains(&bytes.len()).then_some(bytes)
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
        // Entries that cover nothing, and all of a version of before, have nothing here.
        let covers = self.covers.as_ref().map(|covers| canonical(&covers.0));
        let (seq, at) = (self.seq.to_string(), self.at.timestamp_micros().to_string());
        let actor = self.actor.to_string();
        let parts = [
            seq.as_str(),
            &at,
            &actor,
            &self.actor_name,
            &self.door,
            &self.organisation,
            &self.action,
            &self.subject,
            &detail,
        ];
        for part in parts.into_iter().chain(covers.as_deref()) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().to_vec()
    }
}

/// JSON with sorted keys: Postgres stores `jsonb` in an order of its own.
pub(super) fn canonical(value: &Value) -> String {
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

/// On Postgres, writers take turns at the chain's end until they commit.
pub(super) async fn lock(tx: &mut Tx) -> Result<()> {
    if let Tx::Postgres(t) = tx {
        sqlx::query("lock table audit in exclusive mode").execute(&mut **t).await?;
    }
    Ok(())
}

/// The newest entry; none in a new database.
pub async fn head(tx: &mut Tx) -> Result<Option<Head>> {
    let last: Option<(i64, Vec<u8>)> = on!(tx, c => sqlx::query_as("select seq, hash from audit order by seq desc limit 1").fetch_optional(c).await)?;
    Ok(last.map(|(seq, hash)| Head { seq, hash }))
}

/// The entry with a hash that begins with these bytes, as a printed head names
/// it.
pub async fn with_hash(tx: &mut Tx, prefix: &[u8]) -> Result<Option<i64>> {
    let mut most = prefix.to_vec();
    most.resize(32, 0xff);
    Ok(
        on!(tx, c => sqlx::query_scalar("select seq from audit where hash >= $1 and hash <= $2 order by seq limit 1")
        .bind(prefix).bind(&most).fetch_optional(c).await)?,
    )
}

/// Appends an entry at the chain's end; it covers what was written of what is public in
/// this transaction. Where that is no longer the end that was
/// sealed, the seal stays, so that nothing covers up what was taken out.
pub async fn record(tx: &mut Tx, who: &Actor, at: DateTime<Utc>, entry: Entry) -> Result<()> {
    lock(tx).await?;
    let last = head(tx).await?;
    let follows = seal::end(tx).await?.follows(last.as_ref());
    let wrote = tx.wrote();
    let covers = covered::hashes(tx, &wrote).await?.map(Json);
    let (seq, previous_hash) = last.map_or((1, Vec::new()), |last| (last.seq + 1, last.hash));
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
        covers,
        previous_hash,
        hash: Vec::new(),
    };
    row.hash = row.digest();
    on!(tx, c => sqlx::query(
        "insert into audit (seq, at, actor, actor_name, door, organisation, action, subject, detail,
                            covers, previous_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(row.seq).bind(row.at).bind(row.actor).bind(&row.actor_name).bind(&row.door)
        .bind(&row.organisation).bind(&row.action).bind(&row.subject).bind(&row.detail)
        .bind(&row.covers).bind(&row.previous_hash).bind(&row.hash).execute(c).await.map(|_| ()))?;
    if follows {
        seal::keep(tx, &Head { seq: row.seq, hash: row.hash }).await?;
    }
    Ok(())
}

/// What is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// This entry was altered, or taken out of the middle.
    Altered(i64),
    /// The chain ends before this entry, which was written.
    Missing(i64),
    /// This entry and those after it were written by something else.
    Foreign(i64),
    /// Nothing says where the chain ends.
    NoSeal,
    /// What says where the chain ends was itself altered.
    Seal,
}

async fn after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<Row>> {
    Ok(on!(tx, c => sqlx::query_as("select * from audit where seq > $1 order by seq limit $2")
        .bind(seq).bind(limit).fetch_all(c).await)?)
}

/// Walks the chain to the end that was sealed. Gives the number of entries, or
/// what is first found to be wrong.
pub async fn verify(tx: &mut Tx) -> Result<std::result::Result<u64, Flaw>> {
    const PAGE: i64 = 1000;
    let end = seal::end(tx).await?;
    let (mut previous, mut last, mut meets) = (Vec::new(), 0i64, false);
    loop {
        let rows = match after(tx, last, PAGE).await {
            // One of them holds what no entry can: up to that one they are read singly.
            Err(error) if error.is_unreadable() => match after(tx, last, 1).await {
                Err(error) if error.is_unreadable() => return Ok(Err(Flaw::Altered(last + 1))),
                one => one?,
            },
            rows => rows?,
        };
        if rows.is_empty() {
            break;
        }
        for row in rows {
            last += 1;
            if row.seq != last || row.previous_hash != previous || row.digest() != row.hash {
                return Ok(Err(Flaw::Altered(last)));
            }
            meets |= end.is(row.seq, &row.hash);
            previous = row.hash;
        }
    }
    Ok(end.judge(last, meets).map(|()| last.unsigned_abs()))
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

/// An entry with everything that its hash is made from.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Whole {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: Uuid,
    pub actor_name: String,
    pub door: String,
    pub organisation: String,
    pub action: String,
    pub subject: String,
    pub detail: Value,
    /// The hashes of the rows that it covers, where it covers any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covers: Option<Value>,
    pub previous_hash: String,
    pub hash: String,
}

/// The entries about these subjects, in the order of the chain.
pub async fn about(tx: &mut Tx, subjects: &[String]) -> Result<Vec<Whole>> {
    /// Neither database takes any number of values at once.
    const CHUNK: usize = 500;
    let mut rows: Vec<Row> = Vec::new();
    for chunk in subjects.chunks(CHUNK) {
        let found: Vec<Row> = on!(tx, c => {
            let mut q = sqlx::QueryBuilder::new("select * from audit where subject in (");
            let mut list = q.separated(", ");
            for subject in chunk {
                list.push_bind(subject);
            }
            q.push(")");
            q.build_query_as().fetch_all(c).await
        })?;
        rows.extend(found);
    }
    rows.sort_by_key(|r| r.seq);
    rows.dedup_by_key(|r| r.seq);
    let whole = |r: Row| Whole {
        seq: r.seq,
        at: r.at,
        actor: r.actor,
        actor_name: r.actor_name,
        door: r.door,
        organisation: r.organisation,
        action: r.action,
        subject: r.subject,
        detail: r.detail.0,
        covers: r.covers.map(|covers| covers.0),
        previous_hash: hex(&r.previous_hash),
        hash: hex(&r.hash),
    };
    Ok(rows.into_iter().map(whole).collect())
}
