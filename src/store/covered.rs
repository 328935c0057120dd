//! What was public, bound to the audit chain: the entry that is written with a row
//! carries a hash of all that the row says, and the newest such hash counts.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, ColumnIndex, Database, Decode, QueryBuilder, Row, Type};
use uuid::Uuid;

use super::audit::{canonical, hex};
use super::{Result, StoreError, Tx, on};
use crate::domain::org::words;

words! {
    /// A table whose rows pages rest on.
    Public {
        Incident = "incidents",
        Update = "updates",
        Answer = "responses",
        Lines = "local_facts",
        Note = "incident_notes",
        Plan = "planned",
        Step = "planned_steps",
        Speaker = "speakers",
        Statement = "statements",
    }
}

/// How a column is read.
#[derive(Clone, Copy)]
enum As {
    Text,
    Id,
    Time,
    Json,
    Number,
    Flag,
}

type Columns = &'static [(&'static str, As)];

impl Public {
    /// What the hash is made from; the last says when the row was written. A column that
    /// comes later belongs here too, before the last.
    fn columns(self) -> Columns {
        use As::{Flag, Id, Json, Number, Text, Time};
        match self {
            Self::Incident => &[
                ("title", Text),
                ("title_in", Json),
                ("system", Text),
                ("scope", Text),
                ("organisations", Json),
                ("declared_by", Text),
                ("kind", Text),
                ("level", Number),
                ("closed_at", Time),
                ("created_at", Time),
            ],
            Self::Update => &[
                ("incident_id", Id),
                ("seq", Number),
                ("stage", Text),
                ("lines", Json),
                ("message", Text),
                ("message_in", Json),
                ("next_update_by", Time),
                ("said_by", Text),
                ("author", Text),
                ("corrects", Id),
                ("withdrawn_at", Time),
                ("published_at", Time),
            ],
            Self::Answer => &[
                ("incident_id", Id),
                ("organisation", Text),
                ("answer", Text),
                ("lines", Json),
                ("message", Text),
                ("message_in", Json),
                ("author", Text),
                ("answered_by", Text),
                ("answered_by_name", Text),
                ("message_by", Text),
                ("message_by_name", Text),
                ("made_at", Time),
            ],
            Self::Lines => &[
                ("organisation", Text),
                ("lines", Json),
                ("message", Text),
                ("message_in", Json),
                ("phone", Text),
                ("expires_at", Time),
                ("author", Text),
                ("said_by", Text),
                ("said_by_name", Text),
                ("is_current", Flag),
                ("set_at", Time),
            ],
            Self::Note => &[
                ("incident_id", Id),
                ("message", Text),
                ("message_in", Json),
                ("said_by", Text),
                ("author", Text),
                ("made_at", Time),
            ],
            Self::Plan => &[
                ("title", Text),
                ("title_in", Json),
                ("message", Text),
                ("message_in", Json),
                ("system", Text),
                ("scope", Text),
                ("organisations", Json),
                ("lines", Json),
                ("planned_by", Text),
                ("starts_at", Time),
                ("ends_at", Time),
                ("repeats", Json),
                ("remind_hours", Number),
                ("author", Text),
                ("over_at", Time),
                ("created_at", Time),
            ],
            Self::Step => &[
                ("planned_id", Id),
                ("seq", Number),
                ("kind", Text),
                ("day", Text),
                ("ends_at", Time),
                ("message", Text),
                ("message_in", Json),
                ("said_by", Text),
                ("author", Text),
                ("at", Time),
            ],
            Self::Speaker => &[
                ("key", Text),
                ("name", Text),
                ("kind", Text),
                ("scope", Text),
                ("kinds", Json),
                ("admitted_by", Text),
                ("code", Text),
                ("follows", Json),
                ("ended_at", Time),
                ("admitted_at", Time),
            ],
            Self::Statement => &[
                ("speaker", Id),
                ("system", Text),
                ("message", Text),
                ("message_in", Json),
                ("until_at", Time),
                ("author", Text),
                ("taken_back_at", Time),
                ("made_at", Time),
            ],
        }
    }

    fn select(self) -> String {
        let names: Vec<&str> = self.columns().iter().map(|(name, _)| *name).collect();
        format!("select id, {} from {self}", names.join(", "))
    }
}

/// One row as it stands: its id, when it was written, and the hash of all that it says.
struct Found {
    id: Uuid,
    written_at: Option<DateTime<Utc>>,
    hash: String,
}

/// Reads a row of either database. What has no value is left out, so that a column that
/// comes later changes no hash of before.
fn found<'r, R>(row: &'r R, of: Public) -> Result<Found>
where
    R: Row,
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Uuid: Decode<'r, R::Database> + Type<R::Database>,
    DateTime<Utc>: Decode<'r, R::Database> + Type<R::Database>,
    Json<Value>: Decode<'r, R::Database> + Type<R::Database>,
    i32: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    R::Database: Database,
{
    let mut all = Map::new();
    let mut written_at = None;
    for (name, kind) in of.columns() {
        let value = match kind {
            As::Text => row.try_get::<Option<String>, _>(*name)?.map(|t| json!(t)),
            As::Id => row.try_get::<Option<Uuid>, _>(*name)?.map(|id| json!(id)),
            As::Time => {
                written_at = row.try_get::<Option<DateTime<Utc>>, _>(*name)?;
                written_at.map(|at| json!(at.timestamp_micros()))
            }
            As::Json => row.try_get::<Option<Json<Value>>, _>(*name)?.map(|Json(value)| value),
            As::Number => row.try_get::<Option<i32>, _>(*name)?.map(|n| json!(n)),
            As::Flag => row.try_get::<Option<bool>, _>(*name)?.map(|is| json!(is)),
        };
        all.extend(value.map(|value| ((*name).to_owned(), value)));
    }
    let hash = hex(&Sha256::digest(canonical(&Value::Object(all))));
    Ok(Found { id: row.try_get("id")?, written_at, hash })
}

/// How many rows are read at once; neither database takes any number of values.
const CHUNK: usize = 500;
const PAGE: i64 = 500;

/// The hashes of these rows as they stand, as the entry carries them; none of none.
pub(super) async fn hashes(tx: &mut Tx, rows: &[(Public, Uuid)]) -> Result<Option<Value>> {
    let mut out: Map<String, Value> = Map::new();
    for of in Public::ALL {
        let mut ids: Vec<Uuid> = rows.iter().filter(|(table, _)| table == of).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut hashes = Map::new();
        for chunk in ids.chunks(CHUNK) {
            let found: Vec<Found> = on!(tx, c => {
                let mut q = QueryBuilder::new(of.select());
                q.push(" where id in (");
                let mut list = q.separated(", ");
                for id in chunk {
                    list.push_bind(*id);
                }
                q.push(")");
                q.build().fetch_all(c).await?.iter().map(|row| found(row, *of)).collect::<Result<_>>()?
            });
            hashes.extend(found.into_iter().map(|row| (row.id.to_string(), json!(row.hash))));
        }
        if !hashes.is_empty() {
            out.insert(of.to_string(), Value::Object(hashes));
        }
    }
    Ok((!out.is_empty()).then_some(Value::Object(out)))
}

/// What was public and is not as it was written: in which table, and which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It says something else now.
    Altered(Public, Uuid),
    /// It is not there any more.
    Gone(Public, Uuid),
    /// Something else wrote it.
    Foreign(Public, Uuid),
    /// What cannot be read is not what Signpost writes.
    Unreadable(Public),
}

/// How many rows of what was public are as they were written, and how many nothing is
/// known of: a version of before wrote those.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    pub as_written: usize,
    pub not_covered: usize,
}

/// What the chain says of rows: the newest hash of each, since when it says any, and whether
/// a version of before wrote some.
struct Covered {
    newest: HashMap<(Public, Uuid), String>,
    since: Option<DateTime<Utc>>,
    has_earlier: bool,
}

impl Covered {
    /// Whether a row was written when every row was bound.
    fn binds(&self, row: &Found) -> bool {
        let written_at = row.written_at.zip(self.since);
        !self.has_earlier || written_at.is_some_and(|(at, since)| at > since + BOTH_VERSIONS)
    }
}

/// Whether an entry covers nothing whose verb puts something into these tables: only a
/// version of before wrote such.
const HAS_EARLIER: &str = "select count(*) from audit where covers is null and action in
    ('declare', 'post_update', 'respond', 'confirm_below', 'set_lines', 'note', 'plan', 'planned_step',
     'admit_speaker', 'state')";

/// For so long a process of a version before may go on beside those of this one.
const BOTH_VERSIONS: Duration = Duration::days(1);

async fn covered(tx: &mut Tx) -> Result<Covered> {
    let earlier: i64 = on!(tx, c => sqlx::query_scalar(HAS_EARLIER).fetch_one(c).await)?;
    let mut all = Covered { newest: HashMap::new(), since: None, has_earlier: earlier > 0 };
    let mut last = 0i64;
    loop {
        let rows: Vec<(i64, DateTime<Utc>, Json<Value>)> = on!(tx, c => sqlx::query_as(
            "select seq, at, covers from audit where covers is not null and seq > $1 order by seq limit $2")
            .bind(last).bind(PAGE).fetch_all(c).await)?;
        let Some((seq, ..)) = rows.last() else { return Ok(all) };
        last = *seq;
        for (_, at, Json(covers)) in rows {
            all.since = all.since.or(Some(at));
            for (table, hashes) in covers.as_object().into_iter().flatten() {
                let Some(of) = Public::parse(table) else { continue };
                for (id, hash) in hashes.as_object().into_iter().flatten() {
                    let id = Uuid::parse_str(id).map_err(|e| StoreError::Corrupt(e.to_string()))?;
                    all.newest.insert((of, id), hash.as_str().unwrap_or_default().to_owned());
                }
            }
        }
    }
}

/// A page of a table's rows, in the order of their ids.
async fn after(tx: &mut Tx, of: Public, last: Option<Uuid>) -> Result<Vec<Found>> {
    let sql = format!("{} where $1 is null or id > $1 order by id limit $2", of.select());
    on!(tx, c => {
        let rows = sqlx::query(AssertSqlSafe(sql.as_str())).bind(last).bind(PAGE).fetch_all(c).await?;
        rows.iter().map(|row| found(row, of)).collect()
    })
}

/// Holds every row of what was public against the chain, which has to be whole. Gives the
/// first that is not as it was written.
pub async fn verify(tx: &mut Tx) -> Result<std::result::Result<Checked, Changed>> {
    let mut chain = covered(tx).await?;
    let mut newest = std::mem::take(&mut chain.newest);
    let mut checked = Checked::default();
    for of in Public::ALL {
        let mut last = None;
        loop {
            let rows = match after(tx, *of, last).await {
                Err(error) if error.is_unreadable() => return Ok(Err(Changed::Unreadable(*of))),
                rows => rows?,
            };
            let Some(end) = rows.last() else { break };
            last = Some(end.id);
            for row in rows {
                match newest.remove(&(*of, row.id)) {
                    Some(hash) if hash == row.hash => checked.as_written += 1,
                    Some(_) => return Ok(Err(Changed::Altered(*of, row.id))),
                    None if chain.binds(&row) => return Ok(Err(Changed::Foreign(*of, row.id))),
                    None => checked.not_covered += 1,
                }
            }
        }
    }
    let gone = newest.into_keys().min();
    Ok(gone.map_or(Ok(checked), |(of, id)| Err(Changed::Gone(of, id))))
}
