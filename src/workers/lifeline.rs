//! Knows when the database has been put back to an earlier state: what is in a
//! file of the process's own does not go back with it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::rest;
use crate::desk::{Desk, Result};

/// How often it is noted that the database lives.
const NOTE: Duration = Duration::from_secs(15);

/// Keeps one file.
pub struct Lifeline {
    desk: Desk,
    path: PathBuf,
    /// What the file says.
    known: Option<DateTime<Utc>>,
}

impl Lifeline {
    pub fn new(desk: Desk, path: PathBuf) -> Self {
        let known = read(&path);
        Self { desk, path, known }
    }

    /// Looks whether the database is the one of before, and notes that it
    /// lives. Has to run once before anything is sent.
    pub async fn step(&mut self) -> Result<Option<u64>> {
        let life = self.desk.live(self.known).await?;
        if let Some(messages) = life.held_back {
            tracing::error!(
                messages,
                "the database was put back to an earlier state; messages that may have been sent \
                 before are held back, and can be sent on from the desk"
            );
        }
        self.known = Some(life.lived_until);
        // Without its file a process does not know a backup; that is no reason
        // to send nothing.
        if let Err(error) = write(&self.path, life.lived_until) {
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

/// Whoever reads it sees the old time or the new one.
fn write(path: &Path, at: DateTime<Utc>) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    std::fs::write(&beside, at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))?;
    std::fs::rename(&beside, path)
}
