//! Planned downtime and its steps.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::covered::Public;
use super::incidents::{self, HISTORY};
use super::{Result, StoreError, Tx, on, word, written};
use crate::domain::org::OrgCode;
use crate::domain::planned::{Outlook, Planned, Step, StepKind};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    title: String,
    title_in: written::Others,
    message: Option<String>,
    message_in: written::Others,
    system: Option<String>,
    scope: Option<String>,
    organisations: Option<Json<Value>>,
    lines: Json<Value>,
    planned_by: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    repeats: Option<Json<Value>>,
    remind_hours: i32,
    created_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct StepRow {
    id: Uuid,
    planned_id: Uuid,
    seq: i32,
    kind: String,
    day: Option<String>,
    ends_at: Option<DateTime<Utc>>,
    message: Option<String>,
    message_in: written::Others,
    at: DateTime<Utc>,
    said_by: String,
}

impl Row {
    fn into_planned(self, steps: Vec<Step>) -> Result<Planned> {
        let repeat = self.repeats.map(|Json(value)| serde_json::from_value(value)).transpose();
        Ok(Planned {
            id: self.id,
            title: written::read(self.title, self.title_in)?,
            message: written::read_any(self.message, self.message_in)?,
            target: incidents::target(self.organisations, self.system.as_deref(), self.scope.as_deref())?,
            lines: incidents::lines(&self.lines)?,
            planned_by: word(&self.planned_by, OrgCode::parse)?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            repeat: repeat.map_err(|e| StoreError::Corrupt(e.to_string()))?,
            remind_hours: u16::try_from(self.remind_hours).unwrap_or(0),
            created_at: self.created_at,
            steps,
        })
    }
}

impl StepRow {
    fn into_step(self) -> Result<Step> {
        Ok(Step {
            id: self.id,
            planned: self.planned_id,
            seq: self.seq,
            kind: word(&self.kind, StepKind::parse)?,
            day: self.day.map(|d| word(&d, |d| d.parse().ok())).transpose()?,
            ends_at: self.ends_at,
            message: written::read_any(self.message, self.message_in)?,
            at: self.at,
            said_by: word(&self.said_by, OrgCode::parse)?,
        })
    }
}

/// Inserts a plan without its steps.
pub async fn insert(tx: &mut Tx, p: &Planned, author: &str) -> Result<()> {
    let repeats = p.repeat.as_ref().map(serde_json::to_value).transpose();
    let repeats = repeats.map_err(|e| StoreError::Corrupt(e.to_string()))?.map(Json);
    let (title, title_in) = written::columns(&p.title);
    let (message, message_in) = written::columns_of_any(p.message.as_ref());
    on!(tx, c => sqlx::query(
        "insert into planned (id, title, title_in, message, message_in, system, scope, organisations, lines,
                              planned_by, starts_at, ends_at, repeats, remind_hours, created_at, author, over_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
        .bind(p.id).bind(title).bind(title_in).bind(message).bind(message_in)
        .bind(p.target.system().map(|s| s.as_str())).bind(p.target.scope().map(|s| s.as_str()))
        .bind(incidents::named(&p.target)).bind(Json(p.lines.to_json())).bind(p.planned_by.as_str())
        .bind(p.starts_at).bind(p.ends_at).bind(repeats).bind(i32::from(p.remind_hours))
        .bind(p.created_at).bind(author).bind(p.over_at())
        .execute(c).await.map(|_| ()))?;
    tx.cover(Public::Plan, p.id);
    Ok(())
}

/// Appends a step; `false` when it was taken before. Steps of the same id that
/// are taken at the same time wait for each other.
pub async fn append(tx: &mut Tx, step: &Step, author: &str) -> Result<bool> {
    let (message, message_in) = written::columns_of_any(step.message.as_ref());
    let done = on!(tx, c => sqlx::query(
        "insert into planned_steps (id, planned_id, seq, kind, day, ends_at, message, message_in, at, said_by,
                                    author)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing")
        .bind(step.id).bind(step.planned).bind(step.seq).bind(step.kind.as_str()).bind(step.day.map(|d| d.to_string()))
        .bind(step.ends_at).bind(message).bind(message_in).bind(step.at).bind(step.said_by.as_str()).bind(author)
        .execute(c).await.map(|d| d.rows_affected()))?;
    if done == 1 {
        tx.cover(Public::Step, step.id);
    }
    Ok(done == 1)
}

/// Notes when nothing more will come of a plan.
pub async fn set_over(tx: &mut Tx, id: Uuid, over_at: Option<DateTime<Utc>>) -> Result<()> {
    on!(tx, c => sqlx::query("update planned set over_at = $2 where id = $1")
        .bind(id).bind(over_at).execute(c).await.map(|_| ()))?;
    tx.cover(Public::Plan, id);
    Ok(())
}

/// One plan with all its steps. With `lock`, on Postgres, the row stays locked
/// for the rest of the transaction, so that two people do not end it twice.
pub async fn find(tx: &mut Tx, id: Uuid, lock: bool) -> Result<Option<Planned>> {
    const PLAIN: &str = "select * from planned where id = $1";
    let locked = tx.dialect(PLAIN, "select * from planned where id = $1 for update");
    let sql = if lock { locked } else { PLAIN };
    let row: Option<Row> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let steps: Vec<StepRow> = on!(tx, c => sqlx::query_as(
        "select * from planned_steps where planned_id = $1 order by seq").bind(id).fetch_all(c).await)?;
    let steps = steps.into_iter().map(StepRow::into_step).collect::<Result<_>>()?;
    row.into_planned(steps).map(Some)
}

/// The plan that a step belongs to.
pub async fn of_step(tx: &mut Tx, step: Uuid) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar("select planned_id from planned_steps where id = $1")
        .bind(step).fetch_optional(c).await)?)
}

/// Plans that are not long over, with their windows around `now`. Of what the
/// clock did only the last months are read: a weekly plan goes on for years.
pub async fn near(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Arc<Outlook>>> {
    let since = now - HISTORY;
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from planned where over_at is null or over_at > $1 order by starts_at, id")
        .bind(since).fetch_all(c).await)?;
    let steps: Vec<StepRow> = on!(tx, c => sqlx::query_as(
        "select s.* from planned_steps s join planned p on p.id = s.planned_id
         where (p.over_at is null or p.over_at > $1)
           and (s.at > $1 or s.kind in ('announced', 'extended', 'cancelled'))
         order by s.planned_id, s.seq")
        .bind(since).fetch_all(c).await)?;
    outlooks(rows, steps, since, now)
}

/// The same as it was known at `at`: with the plans and steps of that time.
pub(super) async fn known_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Arc<Outlook>>> {
    let since = at - HISTORY;
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from planned where created_at <= $1 and (over_at is null or over_at > $2)
         order by starts_at, id")
        .bind(at).bind(since).fetch_all(c).await)?;
    let steps: Vec<StepRow> = on!(tx, c => sqlx::query_as(
        "select s.* from planned_steps s join planned p on p.id = s.planned_id
         where s.at <= $1 and (p.over_at is null or p.over_at > $2)
           and (s.at > $2 or s.kind in ('announced', 'extended', 'cancelled'))
         order by s.planned_id, s.seq")
        .bind(at).bind(since).fetch_all(c).await)?;
    let mut all = outlooks(rows, steps, since, at)?;
    // What is over today may not have been over then, and the other way about.
    all.retain(|o| o.planned.over_at().is_none_or(|over| over > since));
    Ok(all)
}

/// Plans with their steps, and the windows around a moment.
fn outlooks(
    rows: Vec<Row>,
    steps: Vec<StepRow>,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Arc<Outlook>>> {
    let mut by_plan: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for row in steps {
        let step = row.into_step()?;
        by_plan.entry(step.planned).or_default().push(step);
    }
    rows.into_iter()
        .map(|row| {
            let steps = by_plan.remove(&row.id).unwrap_or_default();
            let planned = row.into_planned(steps)?;
            let windows = planned.around(since, now);
            Ok(Arc::new(Outlook { planned, windows }))
        })
        .collect()
}
