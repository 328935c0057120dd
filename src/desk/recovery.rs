//! Recovery counters: starting one, and entering how far it has come, by hand
//! or as rows of a table.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::recovery::{Counter, CounterDraft, Reading, ReadingDraft, in_order};
use crate::domain::time::from_wall;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::{Tx, counters, incidents};

/// The most readings that one form or call may add.
pub const MAX_ROWS: usize = 1000;

impl Desk {
    /// The counters of an incident that they may read: their own, and those of
    /// organisations below theirs.
    pub async fn counters(&self, who: &Actor, incident: Uuid) -> Result<Vec<Counter>> {
        self.incident(who, incident).await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut all = counters::of_incident(&mut tx, incident).await?;
        all.retain(|c| who.may(Action::See, &c.organisation, &directory).is_ok());
        Ok(all)
    }

    /// One counter.
    pub async fn counter(&self, who: &Actor, id: Uuid) -> Result<Counter> {
        let mut tx = self.db.read().await?;
        self.counter_seen_by(&mut tx, who, id).await
    }

    async fn counter_seen_by(&self, tx: &mut Tx, who: &Actor, id: Uuid) -> Result<Counter> {
        let none = || DeskError::NotFound("This counter");
        let directory = self.directory(tx).await?;
        let counter = counters::find(tx, id).await?.ok_or_else(none)?;
        who.may(Action::See, &counter.organisation, &directory).map_err(|_| none())?;
        Ok(counter)
    }

    /// Starts to count something, in the name of their organisation.
    pub async fn start_counter(&self, who: &Actor, incident: Uuid, draft: &CounterDraft) -> Result<Counter> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let found = incidents::find(&mut tx, incident, false).await?;
        let found = found.filter(|i| self.concerns(who, i, &directory));
        let found = found.ok_or(DeskError::NotFound("This incident"))?;
        let who = &who.acting(Action::Publish, &[&found.declared_by], &directory);
        who.may(Action::Publish, &who.organisation, &directory)?;
        let errors = draft.check(now);
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let mut counter = Counter {
            id: self.new_id(),
            incident,
            organisation: who.organisation.clone(),
            name: draft.name.trim().to_owned(),
            unit: draft.unit.trim().to_owned(),
            created_at: now,
            total: draft.first.total,
            readings: Vec::new(),
        };
        counters::insert(&mut tx, &counter, &who.name).await?;
        let detail = json!({"incident": incident, "name": counter.name, "unit": counter.unit});
        audit::record(&mut tx, who, now, Entry::new("start_counter", counter.id, detail)).await?;
        if draft.first.done.is_some() {
            self.add_readings(&mut tx, who, &mut counter, std::slice::from_ref(&draft.first)).await?;
        }
        tx.commit().await?;
        Ok(counter)
    }

    /// Strikes out what was read at a time, of a counter of their own: it was a
    /// mistake. It stays on record.
    pub async fn strike(&self, who: &Actor, id: Uuid, reading: DateTime<Utc>) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let counter = self.counter_seen_by(&mut tx, who, id).await?;
        let directory = self.directory(&mut tx).await?;
        let who = &who.acting(Action::Publish, &[&counter.organisation], &directory);
        who.may(Action::Publish, &counter.organisation, &directory)?;
        if counter.organisation != who.organisation {
            return Err(DeskError::Denied);
        }
        if !counters::strike(&mut tx, id, reading, &who.name, now).await? {
            return Err(DeskError::Conflict("This reading has been struck out already.".into()));
        }
        audit::record(&mut tx, who, now, Entry::new("strike_reading", id, json!({"at": reading}))).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What was struck out of a counter, by whom and when.
    pub async fn struck(&self, who: &Actor, id: Uuid) -> Result<Vec<(Reading, String, DateTime<Utc>)>> {
        let mut tx = self.db.read().await?;
        self.counter_seen_by(&mut tx, who, id).await?;
        Ok(counters::struck(&mut tx, id).await?)
    }

    /// Adds readings to a counter of their own organisation: all or none. What
    /// stands there already is not added again. A single reading's mistakes
    /// have its own pointers; those of several begin with `/readings/0`.
    pub async fn count(&self, who: &Actor, id: Uuid, drafts: &[ReadingDraft]) -> Result<Counter> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let mut counter = self.counter_seen_by(&mut tx, who, id).await?;
        let directory = self.directory(&mut tx).await?;
        let who = &who.acting(Action::Publish, &[&counter.organisation], &directory);
        if counter.organisation != who.organisation {
            return Err(DeskError::Denied);
        }
        who.may(Action::Publish, &counter.organisation, &directory)?;
        if drafts.is_empty() || drafts.len() > MAX_ROWS {
            let detail = format!("Give from 1 to {MAX_ROWS} readings.");
            return Err(DeskError::field("/readings", detail));
        }
        let mut errors = Vec::new();
        for (n, draft) in drafts.iter().enumerate() {
            let total = total_before(&counter, draft.at.unwrap_or(now));
            for error in draft.check(total, now) {
                let below = if drafts.len() == 1 { String::new() } else { format!("/readings/{n}") };
                errors.push(FieldError::new(format!("{below}{}", error.pointer), error.detail));
            }
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        self.add_readings(&mut tx, who, &mut counter, drafts).await?;
        tx.commit().await?;
        Ok(counter)
    }

    async fn add_readings(
        &self,
        tx: &mut Tx,
        who: &Actor,
        counter: &mut Counter,
        drafts: &[ReadingDraft],
    ) -> Result<()> {
        let now = self.now();
        for draft in drafts {
            let at = draft.at.unwrap_or(now);
            let reading = Reading {
                done: draft.done.unwrap_or_default(),
                total: draft.total.unwrap_or_else(|| total_before(counter, at)),
                at,
                entered_at: now,
                author: who.name.clone(),
            };
            let same = |r: &Reading| (r.at, r.done, r.total) == (at, reading.done, reading.total);
            if counter.readings.iter().any(same) {
                continue;
            }
            counters::add(tx, self.new_id(), counter.id, &reading).await?;
            let detail = json!({"done": reading.done, "total": reading.total, "at": reading.at});
            audit::record(tx, who, now, Entry::new("count", counter.id, detail)).await?;
            counter.readings.push(reading);
            counter.readings = in_order(std::mem::take(&mut counter.readings));
        }
        Ok(())
    }
}

/// How many there were in all at a time: by the last reading up to it, else by
/// the first one after it, else as it was said when counting began.
fn total_before(counter: &Counter, at: DateTime<Utc>) -> i64 {
    let readings = &counter.readings;
    let before = readings.iter().rev().find(|r| r.at <= at).or(readings.first());
    before.map(|r| r.total).or(counter.total).unwrap_or(0)
}

/// Reads rows with the header `at,done` or `at,done,total`. Times are RFC 3339,
/// or a day and a time on the clock in London.
///
/// # Errors
/// Every line that cannot be read, with its number.
pub fn read_rows(text: &str) -> std::result::Result<Vec<ReadingDraft>, Vec<FieldError>> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let wrong = |detail: String| FieldError::new("/rows", detail);
    let header = reader.headers().map(|h| h.iter().map(str::to_lowercase).collect::<Vec<_>>());
    let header = header.unwrap_or_default();
    let column = |name: &str| header.iter().position(|h| h == name);
    let (Some(at), Some(done)) = (column("at"), column("done")) else {
        return Err(vec![wrong("Begin with a line that says at,done or at,done,total.".into())]);
    };
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    for (n, record) in reader.records().enumerate() {
        let line = n + 2;
        let Ok(record) = record else {
            errors.push(wrong(format!("Line {line} is not CSV.")));
            continue;
        };
        let cell = |n: usize| record.get(n).unwrap_or_default();
        let number = |n: usize| cell(n).replace(',', "").parse::<i64>().ok();
        let total = column("total").map(cell).filter(|t| !t.is_empty());
        match (read_time(cell(at)), number(done), total.map(|_| column("total").and_then(number))) {
            (None, ..) => errors.push(wrong(format!("Line {line} has no time such as 2024-07-19 09:40."))),
            (_, None, _) | (.., Some(None)) => {
                errors.push(wrong(format!("Line {line} has something that is no whole number.")));
            }
            (time, done, total) => out.push(ReadingDraft { done, total: total.flatten(), at: time }),
        }
    }
    if out.is_empty() && errors.is_empty() {
        errors.push(wrong("There are no readings below the first line.".into()));
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let formats = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"];
    let found = formats.iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok());
    found.map(from_wall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_every_bad_line_is_told() {
        let rows =
            read_rows("At, Done, Total\n2024-07-19 09:00,\"1,200\",15000\n2024-07-19T09:00:00Z,1500,\n");
        let rows = rows.unwrap();
        assert_eq!(rows[0].at, Some("2024-07-19T08:00:00Z".parse().unwrap()), "the clock in London");
        assert_eq!((rows[0].done, rows[0].total), (Some(1200), Some(15000)));
        assert_eq!((rows[1].done, rows[1].total), (Some(1500), None));
        let wrong = |text: &str| {
            let errors = read_rows(text).unwrap_err();
            errors.into_iter().map(|e| e.detail).collect::<Vec<_>>().join(" ")
        };
        assert!(wrong("done\n1").contains("at,done"));
        assert!(wrong("at,done\n").contains("no readings"));
        let both = wrong("at,done\nsoon,1\n2024-07-19 09:00,many\n");
        assert!(both.contains("Line 2") && both.contains("Line 3"), "{both}");
    }
}
