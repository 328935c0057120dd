//! The last known situation in a file, so that a server that starts without
//! its database still has pages to show, with their age.
//!
//! One line, `signpost-snapshot 2 TIME`, then JSON, packed with gzip. The time
//! says when the content was last known to be right; it alone is written anew
//! while nothing changes. No contact, account or secret is in it: only what
//! anybody can read on the pages.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::site::Basis;
use crate::domain::centre::Centre;
use crate::domain::facts::Situation;
use crate::domain::incident::{Incident, LocalFacts, Response};
use crate::domain::org::{Directory, Link, LinkKind, Org, OrgCode};
use crate::domain::planned::Outlook;
use crate::domain::statement::{Speaker, Statement};
use crate::domain::system::SystemKey;

/// What the file begins with; another number is another form.
const HEAD: &str = "signpost-snapshot 2 ";
/// Always as long, so that it can be written over.
const TIME: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";
const TIME_LENGTH: usize = "2024-07-19T07:00:00.000000Z".len();

/// Why a snapshot could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("the snapshot {0} cannot be read or written: {1}")]
    Io(String, std::io::Error),
    #[error("the snapshot {0} cannot be understood: {1}")]
    Content(String, String),
}

/// What was true, and when.
pub struct Snapshot {
    pub checked_at: DateTime<Utc>,
    pub situation: Situation,
    pub directory: Directory,
}

#[derive(Serialize)]
struct Written<'a> {
    organisations: Vec<&'a Org>,
    links: Vec<(&'a OrgCode, &'a OrgCode)>,
    systems: Vec<(&'a OrgCode, &'a SystemKey)>,
    /// Each surgery with its pharmacies.
    pharmacies: Vec<(&'a OrgCode, &'a [OrgCode])>,
    centres: Vec<&'a Centre>,
    partners: Vec<&'a Speaker>,
    incidents: Vec<&'a Incident>,
    responses: Vec<&'a Response>,
    local: Vec<&'a LocalFacts>,
    planned: Vec<&'a Outlook>,
    local_past: Vec<&'a LocalFacts>,
    since: Option<DateTime<Utc>>,
    kept_since: Option<DateTime<Utc>>,
    statements: Vec<&'a Statement>,
}

#[derive(Deserialize)]
struct Stored {
    organisations: Vec<Org>,
    links: Vec<(OrgCode, OrgCode)>,
    systems: Vec<(OrgCode, SystemKey)>,
    #[serde(default)]
    pharmacies: Vec<(OrgCode, Vec<OrgCode>)>,
    #[serde(default)]
    centres: Vec<Centre>,
    #[serde(default)]
    partners: Vec<Speaker>,
    incidents: Vec<Incident>,
    responses: Vec<Response>,
    local: Vec<LocalFacts>,
    planned: Vec<Outlook>,
    /// Oldest first, those of an organisation together.
    local_past: Vec<LocalFacts>,
    since: Option<DateTime<Utc>>,
    #[serde(default)]
    kept_since: Option<DateTime<Utc>>,
    #[serde(default)]
    statements: Vec<Statement>,
}

/// Writes the file in place of the one before.
pub fn write(path: &Path, basis: &Basis, checked_at: DateTime<Utc>) -> Result<(), SnapshotError> {
    let tree = basis.directory.iter().filter(|org| org.kind.is_of_tree());
    let content = Written {
        organisations: tree.map(Arc::as_ref).collect(),
        centres: basis.directory.centres().map(Arc::as_ref).collect(),
        partners: basis.directory.partners().map(|(_, partner)| partner.as_ref()).collect(),
        links: basis.directory.links().collect(),
        systems: basis.directory.uses().collect(),
        pharmacies: basis.directory.dispensed().collect(),
        incidents: basis.situation.incidents.iter().map(Arc::as_ref).collect(),
        // Those before come first: the last of a place is its newest.
        responses: basis
            .situation
            .answered_before
            .values()
            .flatten()
            .chain(basis.situation.responses.values())
            .collect(),
        local: basis.situation.local.values().flatten().collect(),
        planned: basis.situation.planned.iter().map(Arc::as_ref).collect(),
        local_past: basis.situation.local_past.values().flatten().map(Arc::as_ref).collect(),
        since: basis.situation.since,
        kept_since: basis.situation.kept_since,
        statements: basis.situation.statements.iter().map(Arc::as_ref).collect(),
    };
    // Whoever reads it sees the old file or the new one, never half of one.
    let beside = beside(path);
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(HEAD.as_bytes())?;
        writeln!(file, "{}", checked_at.format(TIME))?;
        let packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        let mut packer = std::io::BufWriter::new(packer);
        serde_json::to_writer(&mut packer, &content)?;
        let file = packer.into_inner().map_err(|e| e.into_error())?.finish()?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    write().map_err(|e| SnapshotError::Io(path.display().to_string(), e))
}

/// Notes that what the file says was still right at `checked_at`.
pub fn confirm(path: &Path, checked_at: DateTime<Utc>) -> Result<(), SnapshotError> {
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
        file.seek(SeekFrom::Start(HEAD.len() as u64))?;
        file.write_all(checked_at.format(TIME).to_string().as_bytes())
    };
    write().map_err(|e| SnapshotError::Io(path.display().to_string(), e))
}

/// Reads the file; `None` where there is none. Links that have ended by
/// `today` were left out when it was written.
pub fn read(path: &Path, today: NaiveDate) -> Result<Option<Snapshot>, SnapshotError> {
    let shown = || path.display().to_string();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(SnapshotError::Io(shown(), e)),
    };
    let wrong = |why: String| SnapshotError::Content(shown(), why);
    let after_head = bytes.strip_prefix(HEAD.as_bytes());
    let parts = after_head.and_then(|b| b.split_at_checked(TIME_LENGTH));
    let (time, packed) = parts.ok_or_else(|| wrong(format!("it does not begin with \"{HEAD}\"")))?;
    let time = String::from_utf8_lossy(time);
    let checked_at: DateTime<Utc> = time.parse().map_err(|_| wrong(format!("\"{time}\" is not a time")))?;
    let mut text = Vec::new();
    let unpacked =
        flate2::read::GzDecoder::new(packed.strip_prefix(b"\n").unwrap_or(packed)).read_to_end(&mut text);
    unpacked.map_err(|e| wrong(e.to_string()))?;
    let stored: Stored = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
    let link = |(child, parent)| Link { child, parent, kind: LinkKind::Parent, joined: None, left: None };
    let links = stored.links.into_iter().map(link).collect();
    let each = |(surgery, all): (OrgCode, Vec<OrgCode>)| all.into_iter().map(move |p| (surgery.clone(), p));
    let pharmacies = stored.pharmacies.into_iter().flat_map(each).collect();
    let mut situation = Situation::default();
    stored.responses.into_iter().for_each(|response| situation.answer(response));
    stored.local.into_iter().for_each(|word| situation.say(word));
    Ok(Some(Snapshot {
        checked_at,
        situation: Situation {
            incidents: stored.incidents.into_iter().map(Arc::new).collect(),
            planned: stored.planned.into_iter().map(Arc::new).collect(),
            local_past: together(stored.local_past),
            since: stored.since,
            kept_since: stored.kept_since,
            statements: stored.statements.into_iter().map(Arc::new).collect(),
            ..situation
        },
        directory: Directory::new(stored.organisations, links, stored.systems, today)
            .with_pharmacies(pharmacies)
            .with_centres(stored.centres)
            .with_partners(stored.partners),
    }))
}

/// Local facts by organisation, in their order.
fn together(all: Vec<LocalFacts>) -> HashMap<OrgCode, Vec<Arc<LocalFacts>>> {
    let mut out: HashMap<OrgCode, Vec<Arc<LocalFacts>>> = HashMap::new();
    for facts in all {
        out.entry(facts.organisation.clone()).or_default().push(Arc::new(facts));
    }
    out
}

/// Each process writes a file of its own before it takes the shared place.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    name.into()
}
