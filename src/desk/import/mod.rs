//! Bringing organisations, the systems they use, and subscribers in.
//!
//! Everything of one call happens in one transaction: a file that is not what
//! it should be leaves nothing behind. Single bad lines are left out and
//! listed.

mod contacts;
mod hours;
pub mod merge;
mod networks;
pub mod ods;
mod pharmacies;

use std::collections::BTreeSet;

use serde_json::json;

use super::{Desk, DeskError, Result};
use crate::domain::org::{OrgCode, OrgKind, OrgStatus};
use crate::domain::subscriber::Channel;
use crate::domain::system::SystemKey;
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};
use crate::store::{self, organisations, seal};
use crate::words::{self, Locale};
use merge::{Before, Change, one_each, placeholder};
use ods::line_of;
pub use ods::{BadFile, Reject};

/// A file as it was given.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What an import did, or would do.
#[derive(Debug, Default)]
pub struct Report {
    pub read: usize,
    pub added: usize,
    pub changed: usize,
    pub links: usize,
    /// Links to pharmacies that stand no longer.
    pub ended: usize,
    /// Lines about organisations that nobody knows here.
    pub unknown: usize,
    /// Known from their codes alone.
    pub placeholders: usize,
    pub rejects: Vec<Reject>,
}

impl Report {
    pub fn changed_nothing(&self) -> bool {
        self.added == 0 && self.changed == 0 && self.links == 0 && self.ended == 0
    }
}

fn bad(file: BadFile) -> DeskError {
    DeskError::field("/file", file.to_string())
}

impl Desk {
    /// Reads ODS reports. With `dry_run`, says what would change and changes
    /// nothing.
    pub async fn import_organisations(&self, who: &Actor, files: &[File], dry_run: bool) -> Result<Report> {
        let mut report = Report::default();
        let mut records = Vec::new();
        for file in files {
            let (read, rejects) = ods::read(&file.name, &file.bytes).map_err(bad)?;
            report.read += read.len();
            records.extend(read);
            report.rejects.extend(rejects);
        }
        let today = crate::domain::time::london(self.now()).date_naive();
        let mut tx = self.db.write().await?;
        let orgs = organisations::all(&mut tx).await?.into_iter().map(|o| (o.code.clone(), o)).collect();
        let before = Before { orgs, links: organisations::links(&mut tx).await? };
        let mut change = merge::change(&one_each(records), &before, today);
        if !before.orgs.contains_key(&OrgCode::root())
            && !change.added.iter().any(|o| o.kind == OrgKind::Nation)
        {
            change.added.push(placeholder(&OrgCode::root(), OrgKind::Nation));
        }
        report.added = change.added.len();
        report.changed = change.changed.len();
        report.links = change.links.len();
        report.placeholders = change.added.iter().filter(|o| o.placeholder).count();
        if dry_run || change.is_empty() {
            return Ok(report);
        }
        self.write_organisations(&mut tx, who, &change).await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(report)
    }

    async fn write_organisations(&self, tx: &mut store::Tx, who: &Actor, change: &Change) -> Result<()> {
        let orgs: Vec<_> = change.added.iter().chain(&change.changed).collect();
        let now = self.now();
        organisations::put(tx, &orgs, now).await?;
        organisations::put_links(tx, &change.links.iter().collect::<Vec<_>>(), now).await?;
        store::bump(tx, "directory").await?;
        let detail = json!({"added": change.added.len(), "changed": change.changed.len(), "links": change.links.len()});
        audit::record(tx, who, now, Entry::new("import_organisations", "organisations", detail)).await?;
        Ok(())
    }

    /// Makes the root of the tree where it is missing, so that there is an
    /// organisation for the first administrator.
    pub async fn ensure_root(&self) -> Result<()> {
        let mut tx = self.db.write().await?;
        let known = organisations::all(&mut tx).await?;
        if known.iter().any(|o| o.kind == OrgKind::Nation) {
            return Ok(());
        }
        if known.is_empty() {
            seal::begin(&mut tx).await?;
        }
        organisations::put(&mut tx, &[&placeholder(&OrgCode::root(), OrgKind::Nation)], self.now()).await?;
        store::bump(&mut tx, "directory").await?;
        tx.commit().await?;
        Ok(())
    }

    /// Reads which organisation uses which system: `ods_code,system`, where
    /// the system is a key, a name or an alias of the catalogue. A second
    /// system of a family of which everybody has one replaces the first.
    pub async fn import_systems(&self, who: &Actor, file: &File) -> Result<Report> {
        let (rows, mut report) = rows(file, &["ods_code", "system"])?;
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut wanted: BTreeSet<(OrgCode, SystemKey)> = BTreeSet::new();
        for (line, row) in rows {
            match self.read_use(&directory, &row) {
                Ok(pair) => {
                    wanted.insert(pair);
                }
                Err(reason) => report.rejects.push(Reject { file: file.name.clone(), line, reason }),
            }
        }
        for (code, key) in &wanted {
            for old in self.rivals(&directory, code, key) {
                if !wanted.contains(&(code.clone(), old.clone())) {
                    organisations::remove_system(&mut tx, code, &old, self.now()).await?;
                    report.changed += 1;
                }
            }
        }
        let wanted: Vec<_> = wanted.into_iter().collect();
        let new = organisations::put_systems(&mut tx, &wanted, self.now()).await?;
        report.added = usize::try_from(new).unwrap_or(usize::MAX);
        if !report.changed_nothing() {
            store::bump(&mut tx, "directory").await?;
            let detail = json!({"added": report.added, "replaced": report.changed});
            audit::record(&mut tx, who, self.now(), Entry::new("import_systems", "systems", detail)).await?;
        }
        tx.commit().await?;
        self.signals.ring();
        Ok(report)
    }

    fn read_use(
        &self,
        directory: &crate::domain::org::Directory,
        row: &csv::StringRecord,
    ) -> std::result::Result<(OrgCode, SystemKey), String> {
        let text = |n: usize| row.get(n).unwrap_or_default().trim();
        let code = OrgCode::parse(text(0)).ok_or_else(|| format!("\"{}\" is not a code", text(0)))?;
        let org = directory.get(&code).ok_or_else(|| format!("there is no organisation {code}"))?;
        if org.status == OrgStatus::Closed {
            return Err(format!("{code} is closed"));
        }
        let system = self.catalogue.find(text(1));
        let system = system.ok_or_else(|| format!("there is no system \"{}\" in the catalogue", text(1)))?;
        Ok((code, system.key.clone()))
    }

    /// Systems that this one stands in place of.
    fn rivals(
        &self,
        directory: &crate::domain::org::Directory,
        code: &OrgCode,
        key: &SystemKey,
    ) -> Vec<SystemKey> {
        let group = |k: &SystemKey| self.catalogue.get(k).map(|s| s.group.clone());
        let only_one = self
            .catalogue
            .groups()
            .iter()
            .any(|g| Some(&g.key) == group(key).as_ref() && !g.expected_of.is_empty());
        let known = directory.systems_of(code).iter();
        known.filter(|k| only_one && *k != key && group(k) == group(key)).cloned().collect()
    }

    /// Reads people who have consented elsewhere: `contact,channel,locale` and,
    /// unless one is given for all, `organisation`. Duplicates fold into one;
    /// people who left stay out.
    pub async fn import_subscribers(
        &self,
        who: &Actor,
        file: &File,
        all_for: Option<&OrgCode>,
    ) -> Result<Report> {
        let header: &[&str] = match all_for {
            Some(_) => &["contact", "channel", "locale"],
            None => &["contact", "channel", "locale", "organisation"],
        };
        let (rows, mut report) = rows(file, header)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        if let Some(code) = all_for {
            super::known(&directory, code, "/organisation")?;
        }
        for (line, row) in rows {
            let read = read_subscriber(&row, all_for).and_then(|(contact, locale, code)| {
                let found = directory.get(&code).map(|_| (contact, locale, code.clone()));
                found.ok_or_else(|| format!("there is no organisation {code}"))
            });
            match read {
                Ok((contact, locale, code)) => {
                    let new = self.add_consented(&mut tx, &contact, &locale, &code, now).await?;
                    report.added += usize::from(new);
                }
                Err(reason) => report.rejects.push(Reject { file: file.name.clone(), line, reason }),
            }
        }
        if report.added > 0 {
            self.note_subscribers(&mut tx, who, report.added).await?;
        }
        tx.commit().await?;
        Ok(report)
    }
}

/// The rows of a CSV file with a known header, in any order of columns.
type Rows = Vec<(u64, csv::StringRecord)>;

fn rows(file: &File, header: &[&str]) -> Result<(Rows, Report)> {
    let columns: Vec<&[&str]> = header.iter().map(std::slice::from_ref).collect();
    rows_of(file, &columns)
}

/// The same where a column may have one of several names.
fn rows_of(file: &File, columns: &[&[&str]]) -> Result<(Rows, Report)> {
    let wrong = |reason: String| bad(BadFile { file: file.name.clone(), reason });
    let expected = columns.iter().filter_map(|c| c.first().copied()).collect::<Vec<_>>().join(",");
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
    if bytes.contains(&0) {
        return Err(wrong(format!("This is not a CSV file. Its first line must be {expected}.")));
    }
    let text = String::from_utf8_lossy(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let found: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(|c| c.trim().to_ascii_lowercase()).collect(),
        Err(_) => return Err(wrong(format!("This is not a CSV file. Its first line must be {expected}."))),
    };
    let place = |names: &&[&str]| found.iter().position(|f| names.contains(&f.as_str()));
    let Some(order) = columns.iter().map(place).collect::<Option<Vec<_>>>() else {
        return Err(wrong(format!("The first line must be {expected}, and it is {}.", found.join(","))));
    };
    let mut report = Report::default();
    let mut out = Vec::new();
    for row in reader.records() {
        match row {
            Ok(row) if row.len() == found.len() => {
                let line = line_of(&text, row.position());
                report.read += 1;
                out.push((line, order.iter().map(|i| row.get(*i).unwrap_or_default()).collect()));
            }
            Ok(row) => report.rejects.push(Reject {
                file: file.name.clone(),
                line: line_of(&text, row.position()),
                reason: format!("the line has {} columns and not {}", row.len(), found.len()),
            }),
            Err(e) => report.rejects.push(Reject {
                file: file.name.clone(),
                line: line_of(&text, e.position()),
                reason: "the line is not CSV".into(),
            }),
        }
    }
    Ok((out, report))
}

type Read = (crate::domain::subscriber::Contact, String, OrgCode);

fn read_subscriber(row: &csv::StringRecord, all_for: Option<&OrgCode>) -> std::result::Result<Read, String> {
    let text = |n: usize| row.get(n).unwrap_or_default().trim();
    let channel = Channel::parse(text(1)).filter(|c| c.is_typed());
    let channel =
        channel.ok_or_else(|| format!("\"{}\" is not a channel; use email, sms or whatsapp", text(1)))?;
    // The contact itself is not repeated: rejects end up in logs.
    let contact =
        super::contact::read(channel, text(0), "", words::english()).map_err(|_| match channel {
            Channel::Sms | Channel::WhatsApp => "the contact is not a UK mobile number".to_owned(),
            _ => "the contact is not an email address".to_owned(),
        })?;
    let locale = text(2);
    if Locale::parse(locale).is_none() {
        let all: Vec<&str> = Locale::ALL.iter().map(|l| l.as_str()).collect();
        return Err(format!("\"{locale}\" is not a locale; use {}", all.join(", ")));
    }
    let code = match all_for {
        Some(code) => code.clone(),
        None => OrgCode::parse(text(3)).ok_or_else(|| format!("\"{}\" is not a code", text(3)))?,
    };
    Ok((contact, locale.to_owned(), code))
}
