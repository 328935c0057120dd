//! When organisations are open, from a file.

use std::collections::BTreeMap;

use serde_json::json;

use super::{File, Reject, Report, rows};
use crate::desk::{Desk, Result};
use crate::domain::hours::{Hours, Span};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::recurrence::Day;
use crate::domain::time::london;
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};
use crate::store::hours;

/// The times of opening of each organisation in the file; none where it is closed.
type Weeks = BTreeMap<OrgCode, BTreeMap<Day, Vec<Span>>>;

impl Desk {
    /// Reads when organisations are open: `ods_code,day,opens,closes`, one line
    /// for each time of opening. The lines of an organisation take the place of
    /// its week; days that are different stay. A line without times is a day on
    /// which it is closed.
    pub async fn import_hours(&self, who: &Actor, file: &File) -> Result<Report> {
        let (rows, mut report) = rows(file, &["ods_code", "day", "opens", "closes"])?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut weeks = Weeks::new();
        for (line, row) in rows {
            if let Err(reason) = read(&row, &directory, &mut weeks) {
                report.rejects.push(Reject { file: file.name.clone(), line, reason });
            }
        }
        for (code, week) in weeks {
            let before = hours::of(&mut tx, &code).await?;
            let after = Hours { week, ..before.clone().unwrap_or_default() };
            let after = after.tidied(london(now).date_naive());
            let after = Some(after).filter(|hours| !hours.is_empty());
            match &after {
                _ if before == after => continue,
                Some(after) => hours::put(&mut tx, &code, after, &who.name, now).await?,
                None => hours::remove(&mut tx, &code).await?,
            }
            match before {
                None => report.added += 1,
                Some(_) => report.changed += 1,
            }
        }
        if !report.changed_nothing() {
            let detail = json!({"added": report.added, "changed": report.changed});
            audit::record(&mut tx, who, now, Entry::new("import_hours", "hours", detail)).await?;
        }
        tx.commit().await?;
        Ok(report)
    }
}

/// Adds one line to the week of its organisation.
fn read(
    row: &csv::StringRecord,
    directory: &Directory,
    weeks: &mut Weeks,
) -> std::result::Result<(), String> {
    let text = |n: usize| row.get(n).unwrap_or_default().trim();
    let code = OrgCode::parse(text(0)).ok_or_else(|| format!("\"{}\" is not a code", text(0)))?;
    directory.get(&code).ok_or_else(|| format!("there is no organisation {code}"))?;
    let day = Day::parse(&text(1).to_ascii_lowercase())
        .ok_or_else(|| format!("\"{}\" is not a day; use monday to sunday", text(1)))?;
    let span = match (text(2), text(3)) {
        ("", "") => None,
        (opens, closes) => Some(Span::parse(opens, closes).ok_or_else(|| {
            format!("\"{opens}\" to \"{closes}\" are no times of opening; use 08:00 and 18:30")
        })?),
    };
    let spans = weeks.entry(code).or_default().entry(day).or_default();
    if let Some(span) = span.filter(|s| !spans.contains(s)) {
        let mut all = spans.clone();
        all.push(span);
        let tried = Hours { week: [(day, all)].into(), ..Hours::default() };
        let tried = tried.tidied(chrono::NaiveDate::MIN);
        if !tried.check().is_empty() {
            return Err(format!("it does not go with the other times of that {}", day.label()));
        }
        *spans = tried.week.into_values().next().unwrap_or_default();
    }
    Ok(())
}
