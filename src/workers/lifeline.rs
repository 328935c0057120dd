//! Knows when the database has been put back to an earlier state: what is in a
//! file of the process's own does not go back with it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::rest;
use crate::desk::{Desk, Result};
use crate::domain::org::OrgCode;
use crate::store::departures::Departure;

/// How often it is noted that the database lives.
const NOTE: Duration = Duration::from_secs(15);

/// Keeps two files.
pub struct Lifeline {
    desk: Desk,
    path: PathBuf,
    /// What the file says.
    known: Option<DateTime<Utc>>,
    /// What the other says: who left lately.
    left: Vec<Departure>,
}

impl Lifeline {
    pub fn new(desk: Desk, path: PathBuf) -> Self {
        let known = read(&path);
        let left = read_left(&path.with_extension("left"));
        Self { desk, path, known, left }
    }

    /// Looks whether the database is the one of before, and notes that it
    /// lives. Has to run once before anything is sent.
    pub async fn step(&mut self) -> Result<Option<u64>> {
        let life = self.desk.live(self.known, &self.left).await?;
        if let Some(messages) = life.held_back {
            tracing::error!(
                messages,
                left_again = life.left_again,
                "the database was put back to an earlier state; messages that may have been sent \
                 before are held back, and can be sent on from the desk; readers who left since are \
                 removed again as far as signpost.left names them"
            );
        }
        self.known = Some(life.lived_until);
        // Without its file a process does not know a backup; that is no reason
        // to send nothing.
        let lived = life.lived_until.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        let mut noted = write(&self.path, &lived);
        if noted.is_ok() && self.left != life.left {
            noted = write(&self.path.with_extension("left"), &lines_of(&life.left));
            self.left = life.left;
        }
        if let Err(error) = noted {
            tracing::warn!(path = %self.path.display(), %error, "it cannot be noted that the database lives");
        }
        Ok(life.held_back)
    }

    /// Notes it until it is time to stop.
    pub async fn run(mut self, stop: CancellationToken) {
        let bell = tokio::sync::Notify::new();
        while rest(&bell, NOTE, &stop).await {
            // A database that is away says so elsewhere.
            let _ = self.step().await;
        }
    }
}

fn read(path: &Path) -> Option<DateTime<Utc>> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// A line for each: an id of ours, which names nobody without the database, when, and of
/// whoever left one place of several, which.
fn lines_of(left: &[Departure]) -> String {
    let line = |Departure { id, at, place }: &Departure| {
        let place = place.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        format!("{id} {}{place}\n", at.timestamp_micros())
    };
    left.iter().map(line).collect()
}

fn read_left(path: &Path) -> Vec<Departure> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = |line: &str| {
        let mut parts = line.split(' ');
        let id = parts.next()?.parse().ok()?;
        let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
        // A place that cannot be read is not all of them.
        let place = parts.next().map(|code| OrgCode::parse(code).ok_or(())).transpose().ok()?;
        Some(Departure { id, at, place })
    };
    text.lines().filter_map(line).collect()
}

/// Whoever reads it sees the old text or the new one.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}
