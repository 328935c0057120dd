//! Keeps the pages right: looks whether anything was said, and swaps the
//! edition.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tokio_util::sync::CancellationToken;

use super::copier::Copier;
use super::purger::Purger;
use super::rest;
use crate::desk::{Desk, Result};
use crate::domain::org::OrgCode;
use crate::page::site::{Changed, Site};
use crate::store::{self, incidents};

/// How long another process's change may stay unseen.
const LOOK: Duration = Duration::from_millis(250);

/// Keeps one [`Site`] right.
pub struct Publisher {
    desk: Desk,
    site: Arc<Site>,
    /// The revisions of directory and situation, and the day: links are dated.
    seen: Option<(i64, i64, NaiveDate)>,
    /// Told of every change, where there is a cache in front.
    purger: Option<Arc<Purger>>,
    copier: Option<Arc<Copier>>,
}

impl Publisher {
    pub fn new(desk: Desk, site: Arc<Site>) -> Self {
        Self { desk, site, seen: None, purger: None, copier: None }
    }

    /// Has a static copy brought up to date with every change.
    pub fn with_copier(self, copier: Arc<Copier>) -> Self {
        Self { copier: Some(copier), ..self }
    }

    /// Has a cache in front told of every change.
    pub fn with_purger(self, purger: Arc<Purger>) -> Self {
        Self { purger: Some(purger), ..self }
    }

    /// Looks once. Gives the pages that changed.
    pub async fn step(&mut self) -> Result<Vec<OrgCode>> {
        // The first edition is everything, and no news.
        let first = self.seen.is_none();
        let changed = self.look().await?;
        let codes: Vec<OrgCode> = changed.iter().map(|c| c.code.clone()).collect();
        if let Some(purger) = self.purger.as_ref().filter(|_| !first && !codes.is_empty()) {
            purger.changed(codes.iter().cloned());
        }
        if let Some(copier) = self.copier.as_ref().filter(|_| !codes.is_empty()) {
            copier.changed(codes.iter().cloned());
        }
        self.prebuild(changed);
        Ok(codes)
    }

    async fn look(&mut self) -> Result<Vec<Changed>> {
        let asked_at = self.desk.now();
        let mut tx = self.desk.db.read().await?;
        let revisions = (
            store::revision(&mut tx, "directory").await?,
            store::revision(&mut tx, "situation").await?,
            crate::domain::time::london(asked_at).date_naive(),
        );
        let mut changed = Vec::new();
        if self.seen != Some(revisions) {
            let directory = self.desk.directory(&mut tx).await?;
            let situation = Arc::new(incidents::situation(&mut tx, asked_at).await?);
            drop(tx);
            let new_directory = self.seen.is_none_or(|(directory, ..)| directory != revisions.0);
            let (site, catalogue) = (Arc::clone(&self.site), Arc::clone(&self.desk.catalogue));
            // The whole country takes a while, and readers do not wait for it.
            let work = tokio::task::spawn_blocking(move || {
                site.publish(situation, directory, &catalogue, new_directory)
            });
            match work.await {
                Ok(those) => changed = those,
                Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                // The process is stopping.
                Err(_) => return Ok(changed),
            }
            self.seen = Some(revisions);
        }
        self.site.confirm(asked_at);
        Ok(changed)
    }

    /// Makes what readers of the old pages had, before they ask again. Pages
    /// that nobody reads are made when somebody does.
    fn prebuild(&self, changed: Vec<Changed>) {
        let (site, now) = (Arc::clone(&self.site), self.desk.now());
        let read: Vec<Changed> = changed.into_iter().filter(|c| !c.read.is_empty()).collect();
        if read.is_empty() {
            return;
        }
        tokio::task::spawn_blocking(move || {
            for Changed { code, read } in read {
                for (told, old) in read {
                    if let Some(body) = site.find(code.as_str(), told, now) {
                        body.code_like(&old);
                    }
                }
            }
        });
    }

    /// Looks until it is time to stop.
    pub async fn run(mut self, stop: CancellationToken) {
        let bell = Arc::clone(&self.desk.signals.pages);
        let mut failing = false;
        loop {
            // The first edition is everything, and no news.
            let first = self.seen.is_none();
            match self.step().await {
                Ok(changed) => {
                    if failing {
                        failing = false;
                        tracing::info!("the pages are being checked again");
                    }
                    if !first && !changed.is_empty() {
                        tracing::info!(pages = changed.len(), "pages changed");
                    }
                }
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "the pages cannot be checked; they stay as they are");
                    }
                    failing = true;
                }
            }
            if !rest(&bell, LOOK, &stop).await {
                return;
            }
        }
    }
}
