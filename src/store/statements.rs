//! Those who have a word of their own, and what they said. A statement is never
//! changed but for being taken back.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

use super::covered::Public;
use super::{Result, StoreError, Tx, on, word, written};
use crate::domain::incident::MAX_AHEAD;
use crate::domain::org::OrgCode;
use crate::domain::statement::{Area, SHOWN_TAKEN_BACK, Speaker, SpeakerKind, Statement};
use crate::domain::system::SystemKey;

#[derive(sqlx::FromRow)]
struct SpeakerRow {
    speaker_id: Uuid,
    speaker_key: String,
    name: String,
    speaker_kind: String,
    scope: Option<String>,
    kinds: Option<Json<Value>>,
    admitted_by: String,
    code: Option<String>,
    follows: Option<Json<Value>>,
}

#[derive(sqlx::FromRow)]
struct StatementRow {
    #[sqlx(flatten)]
    speaker: SpeakerRow,
    id: Uuid,
    system: Option<String>,
    message: String,
    message_in: written::Others,
    made_at: DateTime<Utc>,
    until_at: DateTime<Utc>,
    taken_back_at: Option<DateTime<Utc>>,
}

/// A list that stands in an object.
fn list<T: DeserializeOwned>(Json(mut object): Json<Value>, name: &str) -> Result<Vec<T>> {
    serde_json::from_value(object[name].take()).map_err(|e| StoreError::Corrupt(e.to_string()))
}

impl SpeakerRow {
    fn into_speaker(self) -> Result<Speaker> {
        let area = match (self.scope, self.kinds) {
            (Some(scope), Some(kinds)) => {
                Some(Area { scope: word(&scope, OrgCode::parse)?, kinds: list(kinds, "kinds")? })
            }
            _ => None,
        };
        Ok(Speaker {
            id: self.speaker_id,
            key: self.speaker_key,
            name: self.name,
            kind: word(&self.speaker_kind, SpeakerKind::parse)?,
            area,
            admitted_by: word(&self.admitted_by, OrgCode::parse)?,
            code: self.code.map(|code| word(&code, OrgCode::parse)).transpose()?,
            follows: self.follows.map_or_else(|| Ok(Vec::new()), |follows| list(follows, "systems"))?,
        })
    }
}

impl StatementRow {
    fn into_statement(self) -> Result<Statement> {
        Ok(Statement {
            id: self.id,
            speaker: self.speaker.into_speaker()?,
            system: self.system.as_deref().map(SystemKey::new),
            message: written::read(self.message, self.message_in)?,
            made_at: self.made_at,
            until: self.until_at,
            taken_back_at: self.taken_back_at,
        })
    }
}

pub async fn insert_speaker(tx: &mut Tx, speaker: &Speaker, at: DateTime<Utc>) -> Result<()> {
    let area = speaker.area.as_ref();
    on!(tx, c => sqlx::query(
        "insert into speakers (id, key, name, kind, scope, kinds, admitted_by, admitted_at, code, follows)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(speaker.id).bind(&speaker.key).bind(&speaker.name).bind(speaker.kind.as_str())
        .bind(area.map(|a| a.scope.as_str().to_owned())).bind(area.map(|a| Json(json!({"kinds": a.kinds}))))
        .bind(speaker.admitted_by.as_str()).bind(at).bind(speaker.code.as_ref().map(|c| c.as_str().to_owned()))
        .bind(Json(json!({"systems": speaker.follows}))).execute(c).await.map(|_| ()))?;
    tx.cover(Public::Speaker, speaker.id);
    Ok(())
}

/// Somebody has no word any more; what they said goes from the pages. `false`
/// when that was so already.
pub async fn end_speaker(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("update speakers set ended_at = $2 where id = $1 and ended_at is null")
        .bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    tx.cover(Public::Speaker, id);
    Ok(done == 1)
}

/// Everybody who has a word now, in order of name.
pub async fn speakers(tx: &mut Tx) -> Result<Vec<Speaker>> {
    let rows: Vec<SpeakerRow> = on!(tx, c => sqlx::query_as(
        "select id as speaker_id, key as speaker_key, name, kind as speaker_kind, scope, kinds, admitted_by, code,
                follows
         from speakers where ended_at is null order by name, id").fetch_all(c).await)?;
    rows.into_iter().map(SpeakerRow::into_speaker).collect()
}

/// Those who had a word at `at`.
pub async fn speakers_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Speaker>> {
    let rows: Vec<SpeakerRow> = on!(tx, c => sqlx::query_as(
        "select id as speaker_id, key as speaker_key, name, kind as speaker_kind, scope, kinds, admitted_by, code,
                follows
         from speakers where admitted_at <= $1 and (ended_at is null or ended_at > $1) order by id")
        .bind(at).fetch_all(c).await)?;
    rows.into_iter().map(SpeakerRow::into_speaker).collect()
}

pub async fn insert(tx: &mut Tx, statement: &Statement, author: &str) -> Result<()> {
    let (message, message_in) = written::columns(&statement.message);
    on!(tx, c => sqlx::query(
        "insert into statements (id, speaker, system, message, message_in, made_at, until_at, author)
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(statement.id).bind(statement.speaker.id).bind(statement.system.as_ref().map(|s| s.as_str()))
        .bind(message).bind(message_in).bind(statement.made_at).bind(statement.until).bind(author)
        .execute(c).await.map(|_| ()))?;
    tx.cover(Public::Statement, statement.id);
    Ok(())
}

/// Takes a statement of a speaker back; `false` when there is none that stands.
pub async fn take_back(tx: &mut Tx, speaker: Uuid, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update statements set taken_back_at = $3 where id = $1 and speaker = $2 and taken_back_at is null")
        .bind(id).bind(speaker).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    if done == 1 {
        tx.cover(Public::Statement, id);
    }
    Ok(done == 1)
}

/// The newest statement of each speaker about each system, as far as there is
/// anything to be seen of it at `at`; the newest first.
pub async fn seen_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Arc<Statement>>> {
    // Older ones have run out, and must not come back when a newer one does.
    let since = at - MAX_AHEAD - SHOWN_TAKEN_BACK;
    let rows: Vec<StatementRow> = on!(tx, c => sqlx::query_as(
        "select * from statements_said where made_at <= $1 and made_at > $2
           and (ended_at is null or ended_at > $1) order by made_at desc, id desc")
        .bind(at).bind(since).fetch_all(c).await)?;
    let mut newest = HashSet::new();
    let mut out = Vec::new();
    for row in rows {
        let mut statement = row.into_statement()?;
        statement.taken_back_at = statement.taken_back_at.filter(|taken_back| *taken_back <= at);
        if newest.insert((statement.speaker.id, statement.system.clone())) && statement.is_seen(at) {
            out.push(Arc::new(statement));
        }
    }
    Ok(out)
}

/// What was said until `until` and may have stood at or after `since`; the oldest
/// first.
pub async fn between(tx: &mut Tx, since: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Statement>> {
    let rows: Vec<StatementRow> = on!(tx, c => sqlx::query_as(
        "select * from statements_said where made_at <= $2 and until_at > $1
           and (taken_back_at is null or taken_back_at > $1) order by made_at, id")
        .bind(since).bind(until).fetch_all(c).await)?;
    rows.into_iter().map(StatementRow::into_statement).collect()
}

/// The last statements of one speaker, the newest first.
pub async fn of_speaker(tx: &mut Tx, speaker: Uuid) -> Result<Vec<Statement>> {
    let rows: Vec<StatementRow> = on!(tx, c => sqlx::query_as(
        "select * from statements_said where speaker_id = $1 order by made_at desc, id desc limit 50")
        .bind(speaker).fetch_all(c).await)?;
    rows.into_iter().map(StatementRow::into_statement).collect()
}
