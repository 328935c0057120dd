//! Keeps the pages right: looks whether anything was said, and swaps the
//! edition.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tokio_util::sync::CancellationToken;

use super::rest;
use crate::desk::{Desk, Result};
use crate::domain::org::OrgCode;
use crate::page::site::{Form, Site};
use crate::store::{self, incidents};
use crate::words::Locale;

/// How long another process's change may stay unseen.
const LOOK: Duration = Duration::from_millis(250);

/// Keeps one [`Site`] right.
pub struct Publisher {
    desk: Desk,
    site: Arc<Site>,
    /// The revisions of directory and situation, and the day: links are dated.
    seen: Option<(i64, i64, NaiveDate)>,
}

impl Publisher {
    pub fn new(desk: Desk, site: Arc<Site>) -> Self {
        Self { desk, site, seen: None }
    }

    /// Looks once. Gives the pages that changed.
    pub async fn step(&mut self) -> Result<Vec<OrgCode>> {
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
            let situation = incidents::situation(&mut tx, asked_at).await?;
            drop(tx);
            let new_directory = self.seen.is_none_or(|(directory, ..)| directory != revisions.0);
            changed = self.site.publish(&situation, &directory, &self.desk.catalogue, new_directory);
            self.seen = Some(revisions);
        }
        self.site.confirm(asked_at);
        Ok(changed)
    }

    /// Makes the bytes of pages before anybody asks.
    pub fn prebuild(&self, codes: Vec<OrgCode>) {
        let (site, now) = (Arc::clone(&self.site), self.desk.now());
        tokio::task::spawn_blocking(move || {
            for code in codes {
                for form in [Form::Html, Form::StatusJson] {
                    site.get(&code, form, Locale::En, now);
                }
            }
        });
    }

    /// Looks until it is time to stop.
    pub async fn run(mut self, stop: CancellationToken) {
        let bell = Arc::clone(&self.desk.signals.pages);
        let mut failing = false;
        loop {
            // The first edition is everything; it is made when it is asked for.
            let first = self.seen.is_none();
            match self.step().await {
                Ok(changed) => {
                    if failing {
                        failing = false;
                        tracing::info!("the pages are being checked again");
                    }
                    if !first && !changed.is_empty() {
                        tracing::info!(pages = changed.len(), "pages changed");
                        self.prebuild(changed);
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
