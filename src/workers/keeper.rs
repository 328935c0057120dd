//! Keeps the snapshot file up to date, for a start without the database.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::repeat;
use crate::page::site::Site;
use crate::page::snapshot::{self, SnapshotError};

/// How often it is looked whether there is something to write. Many changes at
/// once are written once.
const LOOK: Duration = Duration::from_secs(2);
/// How far the time in the file may be behind.
const CONFIRM: chrono::Duration = chrono::Duration::seconds(30);

/// Keeps one file.
pub struct Keeper {
    site: Arc<Site>,
    path: PathBuf,
    /// The edition in the file, and the time that it gives.
    written: Option<(u64, DateTime<Utc>)>,
}

impl Keeper {
    pub fn new(site: Arc<Site>, path: PathBuf) -> Self {
        Self { site, path, written: None }
    }

    /// Writes what is new.
    pub fn step(&mut self) -> Result<(), SnapshotError> {
        if !self.site.is_ready() {
            return Ok(());
        }
        let checked_at = self.site.checked_at();
        let basis = self.site.basis();
        match self.written {
            Some((edition, at)) if edition == basis.edition => {
                if checked_at - at < CONFIRM {
                    return Ok(());
                }
                snapshot::confirm(&self.path, checked_at)?;
            }
            _ => snapshot::write(&self.path, &basis, checked_at)?,
        }
        self.written = Some((basis.edition, checked_at));
        Ok(())
    }

    /// Keeps it until it is time to stop.
    pub async fn run(self, stop: CancellationToken) {
        let it = Arc::new(tokio::sync::Mutex::new(self));
        repeat("snapshot", LOOK, &stop, || {
            let it = Arc::clone(&it);
            async move {
                let mut it = it.lock_owned().await;
                // Packing a whole country takes a while, and readers do not wait.
                let work = tokio::task::spawn_blocking(move || it.step());
                work.await.unwrap_or(Ok(()))
            }
        })
        .await;
    }
}
