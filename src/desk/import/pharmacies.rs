//! Which pharmacies make up the prescriptions of which surgery, from a file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{File, Reject, Report, rows_of};
use crate::desk::pharmacies::difference;
use crate::desk::{Desk, Result};
use crate::domain::org::{Directory, OrgCode, OrgKind};
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};
use crate::store::{self, pharmacies};

/// The names of the columns: ours, and those that the NHS Business Services
/// Authority has in what it publishes each month.
const COLUMNS: &[&[&str]] =
    &[&["practice", "practice_code"], &["pharmacy", "pharmacy_code", "dispenser_code", "contractor_code"]];
const ITEMS: &[&str] = &["items", "number_of_items"];

/// Why a line was left out.
enum Left {
    /// Its organisations are not known here.
    Unknown(String),
    /// Too few items for a link.
    Few,
    Wrong(String),
}

impl Desk {
    /// Reads which pharmacies make up the prescriptions of which surgery:
    /// `practice,pharmacy`. The lines of a surgery take the place of what stood;
    /// surgeries that are not in the file keep theirs. With `least`, a line with
    /// fewer `items` in a month makes no link.
    pub async fn import_pharmacy_links(
        &self,
        who: &Actor,
        file: &File,
        least: Option<u32>,
    ) -> Result<Report> {
        let columns: Vec<&[&str]> = match least {
            Some(_) => COLUMNS.iter().copied().chain([ITEMS]).collect(),
            None => COLUMNS.to_vec(),
        };
        let (rows, mut report) = rows_of(file, &columns)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut wanted: BTreeMap<OrgCode, BTreeSet<OrgCode>> = BTreeMap::new();
        for (line, row) in rows {
            let reason = match read(&row, &directory, least, &mut wanted) {
                Ok(()) | Err(Left::Few) => continue,
                Err(Left::Unknown(reason)) => {
                    report.unknown += 1;
                    reason
                }
                Err(Left::Wrong(reason)) => reason,
            };
            report.rejects.push(Reject { file: file.name.clone(), line, reason });
        }
        let (mut begun, mut ended) = (Vec::new(), Vec::new());
        for (surgery, wanted) in &wanted {
            let (new, gone) = difference(surgery, wanted, &directory);
            begun.extend(new);
            ended.extend(gone);
        }
        (report.added, report.ended) = (begun.len(), ended.len());
        if !report.changed_nothing() {
            pharmacies::end(&mut tx, &ended, now).await?;
            pharmacies::begin(&mut tx, &begun, now).await?;
            store::bump(&mut tx, "directory").await?;
            let detail = json!({"added": report.added, "ended": report.ended});
            audit::record(&mut tx, who, now, Entry::new("import_pharmacy_links", "pharmacies", detail))
                .await?;
        }
        tx.commit().await?;
        self.signals.ring();
        Ok(report)
    }
}

/// Adds one line to what its surgery is to have.
fn read(
    row: &csv::StringRecord,
    directory: &Directory,
    least: Option<u32>,
    wanted: &mut BTreeMap<OrgCode, BTreeSet<OrgCode>>,
) -> std::result::Result<(), Left> {
    let text = |n: usize| row.get(n).unwrap_or_default().trim();
    let code = |n: usize| {
        OrgCode::parse(text(n)).ok_or_else(|| Left::Wrong(format!("\"{}\" is not a code", text(n))))
    };
    let known = |code: &OrgCode| {
        directory.get(code).ok_or_else(|| Left::Unknown(format!("there is no organisation {code}")))
    };
    let (practice, pharmacy) = (code(0)?, code(1)?);
    let surgery = known(&practice)?;
    if !surgery.kind.is_surgery() {
        return Err(Left::Wrong(format!("{practice} is not a GP surgery")));
    }
    if known(&pharmacy)?.kind != OrgKind::Pharmacy {
        return Err(Left::Wrong(format!("{pharmacy} is not a pharmacy")));
    }
    if let Some(least) = least {
        let items: u32 =
            text(2).parse().map_err(|_| Left::Wrong(format!("\"{}\" is not a number of items", text(2))))?;
        if items < least {
            // It has lost this one, and perhaps its last.
            wanted.entry(practice).or_default();
            return Err(Left::Few);
        }
    }
    wanted.entry(practice).or_default().insert(pharmacy);
    Ok(())
}
