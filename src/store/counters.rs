//! Recovery counters and their readings.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::recovery::{Counter, Reading, in_order};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    incident_id: Uuid,
    organisation: String,
    name: String,
    unit: String,
    created_at: DateTime<Utc>,
    total: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ReadingRow {
    counter_id: Uuid,
    done: i64,
    total: i64,
    at: DateTime<Utc>,
    entered_at: DateTime<Utc>,
    author: String,
}

#[derive(sqlx::FromRow)]
struct StruckRow {
    #[sqlx(flatten)]
    reading: ReadingRow,
    struck_by: String,
    struck_at: DateTime<Utc>,
}

impl Row {
    fn into_counter(self, readings: Vec<Reading>) -> Result<Counter> {
        Ok(Counter {
            id: self.id,
            incident: self.incident_id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            name: self.name,
            unit: self.unit,
            created_at: self.created_at,
            total: self.total,
            readings: in_order(readings),
        })
    }
}

impl ReadingRow {
    fn into_reading(self) -> Reading {
        let Self { done, total, at, entered_at, author, .. } = self;
        Reading { done, total, at, entered_at, author }
    }
}

/// Inserts a counter without its readings.
pub async fn insert(tx: &mut Tx, counter: &Counter, author: &str) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into counters (id, incident_id, organisation, name, unit, created_at, author, total)
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(counter.id).bind(counter.incident).bind(counter.organisation.as_str()).bind(&counter.name)
        .bind(&counter.unit).bind(counter.created_at).bind(author).bind(counter.total).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Adds a reading to a counter.
pub async fn add(tx: &mut Tx, id: Uuid, counter: Uuid, reading: &Reading) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into counter_readings (id, counter_id, done, total, at, entered_at, author)
         values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(counter).bind(reading.done).bind(reading.total).bind(reading.at)
        .bind(reading.entered_at).bind(&reading.author).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Strikes out what was read at a time: it stays on record and counts no more.
/// `false` when nothing counts there.
pub async fn strike(
    tx: &mut Tx,
    counter: Uuid,
    reading: DateTime<Utc>,
    who: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update counter_readings set struck_at = $3, struck_by = $4
         where counter_id = $1 and at = $2 and struck_at is null")
        .bind(counter).bind(reading).bind(at).bind(who).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done > 0)
}

/// What was struck out of a counter, by whom and when; the oldest reading first.
pub async fn struck(tx: &mut Tx, counter: Uuid) -> Result<Vec<(Reading, String, DateTime<Utc>)>> {
    let rows: Vec<StruckRow> = on!(tx, c => sqlx::query_as(
        "select counter_id, done, total, at, entered_at, author, struck_by, struck_at from counter_readings
         where counter_id = $1 and struck_at is not null order by at, entered_at, id")
        .bind(counter).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|r| (r.reading.into_reading(), r.struck_by, r.struck_at)).collect())
}

/// One counter with its readings.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Counter>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select id, incident_id, organisation, name, unit, created_at, total from counters where id = $1")
        .bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let readings: Vec<ReadingRow> = on!(tx, c => sqlx::query_as(
        "select counter_id, done, total, at, entered_at, author from counter_readings
         where counter_id = $1 and struck_at is null order by at, entered_at, id")
        .bind(id).fetch_all(c).await)?;
    row.into_counter(readings.into_iter().map(ReadingRow::into_reading).collect()).map(Some)
}

/// The counters of an incident, the first one first.
pub async fn of_incident(tx: &mut Tx, incident: Uuid) -> Result<Vec<Counter>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select id, incident_id, organisation, name, unit, created_at, total from counters
         where incident_id = $1 order by created_at, id")
        .bind(incident).fetch_all(c).await)?;
    let readings: Vec<ReadingRow> = on!(tx, c => sqlx::query_as(
        "select r.counter_id, r.done, r.total, r.at, r.entered_at, r.author
         from counter_readings r join counters k on k.id = r.counter_id
         where k.incident_id = $1 and r.struck_at is null order by r.at, r.entered_at, r.id")
        .bind(incident).fetch_all(c).await)?;
    let mut by_counter: HashMap<Uuid, Vec<Reading>> = HashMap::new();
    for row in readings {
        by_counter.entry(row.counter_id).or_default().push(row.into_reading());
    }
    rows.into_iter()
        .map(|row| {
            let readings = by_counter.remove(&row.id).unwrap_or_default();
            row.into_counter(readings)
        })
        .collect()
}
