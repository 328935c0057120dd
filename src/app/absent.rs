//! Starting while the database is away: the last known pages are served, with
//! their age, and everything else begins when the database comes back.

use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Result;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{App, Role, make_ready, open_keys};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::time::london;
use crate::page::snapshot;
use crate::secrets::Keyring;
use crate::store::{Db, StoreError};

/// How often it is looked whether the database is back.
const LOOK: Duration = Duration::from_secs(2);

/// A database that could not be reached at the start.
pub struct Absent {
    config: Config,
    migrate: bool,
}

impl App {
    /// As [`App::open`]; but where the database cannot be reached and there is
    /// a snapshot, with the pages of that. A SQLite file is on this machine: if
    /// it cannot be opened, waiting helps nobody.
    pub async fn open_or_remember(
        config: &Config,
        clock: Clock,
        migrate: bool,
    ) -> Result<(Self, Option<Absent>)> {
        let error = match Self::open(config, clock.clone(), migrate).await {
            Ok(app) => return Ok((app, None)),
            Err(error) => error,
        };
        let unreachable = error.chain().any(|e| matches!(e.downcast_ref(), Some(StoreError::Database(_))));
        if !unreachable || config.database_url.starts_with("sqlite:") {
            return Err(error);
        }
        let Some(known) = snapshot::read(&config.snapshot_file(), london(clock.now()).date_naive())? else {
            return Err(error);
        };
        let db = Db::open(&config.database_url, false).await?;
        let app = Self::new(config, clock, db, Keyring::load(&config.key_file(), false)?)?;
        app.database.store(false, Ordering::Relaxed);
        let (situation, directory) = (known.situation.into(), known.directory.into());
        app.site.publish(situation, directory, &app.desk.catalogue, true);
        app.site.confirm(known.checked_at);
        tracing::error!(
            error = format!("{error:#}"),
            checked_at = %known.checked_at,
            "serving the last known pages until the database comes back"
        );
        Ok((app, Some(Absent { config: config.clone(), migrate })))
    }
}

impl Absent {
    /// Waits for the database, and then starts what the role does. A database
    /// that was used with another key is never opened.
    pub async fn wait(self, app: App, role: Role, tasks: TaskTracker, stop: CancellationToken) {
        let mut said = String::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            match self.begin(&app, role, &tasks, &stop).await {
                Ok(()) => {
                    tracing::info!("the database is back, and everything works again");
                    return;
                }
                Err(error) => {
                    let why = format!("{error:#}");
                    if why != said {
                        tracing::error!(error = why, "the database cannot be used yet");
                        said = why;
                    }
                }
            }
        }
    }

    async fn begin(
        &self,
        app: &App,
        role: Role,
        tasks: &TaskTracker,
        stop: &CancellationToken,
    ) -> Result<()> {
        make_ready(&app.desk.db, &self.config, self.migrate).await?;
        open_keys(&self.config, &app.desk.db, true).await?;
        app.desk.ensure_root().await?;
        app.start(role, tasks, stop).await?;
        app.database.store(true, Ordering::Relaxed);
        Ok(())
    }
}
