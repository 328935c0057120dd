//! From settings to a running server: the sole composer.

mod absent;
mod keys;
mod providers;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::channels::Channels;
use crate::channels::cache::Cache;
use crate::channels::mirror::Mirror;
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::passkeys::RelyingParty;
use crate::domain::push::Services;
use crate::domain::subscriber::Channel;
use crate::domain::system::{Catalogue, Group, System};
use crate::page::site::Site;
use crate::secrets::Keyring;
use crate::store::{self, Db};
pub use crate::web::hooks::Secrets;
use crate::web::{self, server};
use crate::workers::{
    caller, copier::Copier, courier, courier::Courier, expander, keeper::Keeper, lifeline::Lifeline, planner,
    prober, publisher::Publisher, purger::Purger, releaser, reporter, rescuer, resolver, watcher::Watcher,
};

pub use absent::Absent;
pub use keys::look_at_keys;
use keys::open_keys;
pub use providers::{channel_settings, exercise_settings};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Pages, screens and API, and the sending.
    All,
    /// Pages, screens and API.
    Web,
    /// The sending.
    Worker,
}

/// Everything that runs in one process.
#[derive(Clone)]
pub struct App {
    pub desk: Desk,
    pub site: Arc<Site>,
    pub passkeys: RelyingParty,
    /// None when everything is captured.
    pub channels: Option<Channels>,
    /// For exercises and tests alone.
    pub exercises: Option<Channels>,
    /// For checking that callbacks are the providers' own.
    pub secrets: Secrets,
    /// What staff look at while it changes.
    pub live: web::live::Live,
    pub serving: Serving,
    /// Whether the database has been opened.
    pub database: Arc<AtomicBool>,
}

/// How the server treats the crowd, and what it leans on.
#[derive(Clone)]
pub struct Serving {
    /// The most connections that may be open at once.
    pub connections: usize,
    /// Where the last known pages are kept.
    pub snapshot: Option<PathBuf>,
    /// Where it is noted until when the database has lived.
    pub lived: Option<PathBuf>,
    /// Tells the cache in front what changed, where there is one.
    pub purger: Option<Arc<Purger>>,
    /// Where a static copy of every page is kept.
    pub mirror: Option<Mirror>,
    /// Who is told by email when messages are late.
    pub operator: Option<String>,
    /// The address that gives figures to whoever watches the machine.
    pub metrics: Option<String>,
}

#[derive(serde::Deserialize)]
struct CatalogueFile {
    group: Vec<Group>,
    system: Vec<System>,
}

/// The catalogue that comes with Signpost.
pub fn catalogue() -> Result<Catalogue> {
    let file: CatalogueFile =
        toml::from_str(include_str!("../data/catalogue.toml")).context("the catalogue cannot be read")?;
    Ok(Catalogue::new(file.group, file.system)?)
}

impl App {
    /// Opens the database and the key file. With `migrate`, makes a new database
    /// where there is none.
    pub async fn open(config: &Config, clock: Clock, migrate: bool) -> Result<Self> {
        let db = open_database(config, migrate).await?;
        let keys = open_keys(config, &db, true).await?;
        let app = Self::new(config, clock, db, keys)?;
        app.desk.ensure_root().await?;
        Ok(app)
    }

    /// Opens a database that was used before, to look at it: makes nothing and
    /// brings nothing up to date.
    pub async fn look(config: &Config, clock: Clock) -> Result<Self> {
        let db = open_database(config, false).await?;
        let keys = open_keys(config, &db, false).await?;
        Self::new(config, clock, db, keys)
    }

    /// Puts the parts together; asks nothing of the database.
    fn new(config: &Config, clock: Clock, db: Db, keys: Keyring) -> Result<Self> {
        let settings = channel_settings(config, &clock, Some(&keys));
        let channels = Channels::new(&settings)?;
        let exercises = Channels::new(&exercise_settings(config, &clock))?;
        let secret = |text: &Option<String>| text.as_deref().map(Arc::from);
        let mut desk = Desk::new(db, clock, keys, Arc::new(catalogue()?), &config.base_url())
            .with_limits(config.delivery.limits())
            .with_rules(config.approval.rules())
            .with_prices(config.prices.prices());
        desk.allowed = Arc::new(config.webhooks.allow_networks.0.clone());
        desk.stops_by_link = !settings.texts_take_replies();
        desk.push_services = Arc::new(Services::new(&config.push.services.0));
        let purge = &config.purge;
        let cache =
            purge.url.as_deref().map(|url| Cache::new(url, &purge.token_header, purge.token.as_deref()));
        Ok(Self {
            site: Arc::new(
                Site::new(&config.base_url())
                    .with_memory(config.page_memory << 20)
                    .with_nhs_logo(config.nhs_logo)
                    .with_contact(config.accessibility_contact.clone()),
            ),
            passkeys: RelyingParty::new(&config.base_url()),
            channels: Some(channels),
            exercises: Some(exercises),
            secrets: Secrets {
                twilio: secret(&config.sms.twilio.auth_token),
                notify: secret(&config.notify.receipt_token),
                email: secret(&config.email.bounce_secret),
            },
            serving: Serving {
                connections: config.connections,
                snapshot: Some(config.snapshot_file()),
                // Beside the snapshot: neither goes back with the database.
                lived: Some(config.snapshot_file().with_extension("lived")),
                mirror: config.export.url.as_deref().map(Mirror::new).transpose()?,
                operator: config.operator.email.clone(),
                metrics: config.metrics.listen.clone(),
                purger: cache.transpose()?.map(|cache| Arc::new(Purger::new(cache))),
            },
            live: web::live::Live::default(),
            database: Arc::new(AtomicBool::new(true)),
            desk,
        })
    }

    /// What the web handlers work with.
    pub fn web(&self) -> web::Web {
        web::Web {
            desk: self.desk.clone(),
            site: Arc::clone(&self.site),
            passkeys: self.passkeys.clone(),
            secrets: self.secrets.clone(),
            live: self.live.clone(),
            channels: self.channels.clone(),
            database: Arc::clone(&self.database),
        }
    }

    /// Starts what this role does by itself.
    pub async fn start(&self, role: Role, tasks: &TaskTracker, stop: &CancellationToken) -> Result<()> {
        if let Some(path) = &self.serving.lived {
            let mut lifeline = Lifeline::new(self.desk.clone(), path.clone());
            lifeline.step().await?;
            tasks.spawn(lifeline.run(stop.clone()));
        }
        if role != Role::Web {
            rescuer::take_over(&self.desk).await?;
        }
        if role != Role::Worker {
            let mut publisher = Publisher::new(self.desk.clone(), Arc::clone(&self.site));
            if let Some(purger) = &self.serving.purger {
                publisher = publisher.with_purger(Arc::clone(purger));
                tasks.spawn(Arc::clone(purger).run(stop.clone()));
            }
            if let Some(mirror) = &self.serving.mirror {
                let copier = Copier::new(self.desk.clone(), Arc::clone(&self.site), mirror.clone());
                let copier = Arc::new(copier);
                publisher = publisher.with_copier(Arc::clone(&copier));
                tasks.spawn(copier.run(stop.clone()));
            }
            tasks.spawn(publisher.run(stop.clone()));
            if let Some(path) = &self.serving.snapshot {
                tasks.spawn(Keeper::new(Arc::clone(&self.site), path.clone()).run(stop.clone()));
            }
        }
        tasks.spawn(reporter::run(self.desk.clone(), stop.clone()));
        if role != Role::Web {
            tasks.spawn(expander::run(self.desk.clone(), stop.clone()));
            tasks.spawn(planner::run(self.desk.clone(), stop.clone()));
            tasks.spawn(caller::run(self.desk.clone(), stop.clone()));
            tasks.spawn(rescuer::run(self.desk.clone(), stop.clone()));
            tasks.spawn(releaser::run(self.desk.clone(), stop.clone()));
            if let Some(channels) = &self.channels {
                tasks.spawn(prober::run(self.desk.clone(), channels.clone(), stop.clone()));
                let operator = self.serving.operator.clone();
                let watcher = Watcher::new(self.desk.clone(), channels.clone(), operator);
                tasks.spawn(watcher.run(stop.clone()));
            }
            self.start_exercises(tasks, stop);
            for channel in Channel::ALL {
                let courier = Courier::new(self.desk.clone(), self.channels.clone(), *channel);
                tasks.spawn(courier.run(stop.clone()));
                if let Some(channels) = &self.channels {
                    tasks.spawn(resolver::run(self.desk.clone(), channels.clone(), *channel, stop.clone()));
                }
            }
        }
        Ok(())
    }

    /// Exercises and tests go their own way, by accounts of their own.
    fn start_exercises(&self, tasks: &TaskTracker, stop: &CancellationToken) {
        for channel in [Channel::Email, Channel::Sms] {
            let courier = Courier::of_exercises(self.desk.clone(), self.exercises.clone(), channel);
            tasks.spawn(courier.run(stop.clone()));
            if let Some(channels) = &self.exercises {
                let (desk, channels) = (self.desk.clone(), channels.clone());
                tasks.spawn(resolver::run_exercises(desk, channels, channel, stop.clone()));
            }
        }
        if let Some(channels) = &self.exercises {
            tasks.spawn(prober::run(self.desk.clone(), channels.clone(), stop.clone()));
        }
    }

    /// Serves until `shutdown`, then ends everything in order. With a database
    /// that is not there yet, begins with the last known pages.
    pub async fn run(
        self,
        listener: TcpListener,
        role: Role,
        absent: Option<Absent>,
        shutdown: impl Future<Output = ()>,
    ) -> Result<()> {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        if let Some(address) = &self.serving.metrics {
            let (listener, counted) = (bind(address)?, web::metrics::begin()?);
            courier::describe();
            let serving =
                web::metrics::serve(listener, counted, self.web(), role != Role::Worker, stop.clone());
            tasks.spawn(serving);
        }
        match absent {
            None => self.start(role, &tasks, &stop).await?,
            Some(absent) => {
                tasks.spawn(absent.wait(self.clone(), role, tasks.clone(), stop.clone()));
            }
        }
        let router = match role {
            Role::Worker => web::health_only(self.web()),
            _ => web::router(self.web()),
        };
        let most = server::most_connections(self.serving.connections);
        let server = tokio::spawn(server::serve(listener, self.web(), router, most, stop.clone()));
        shutdown.await;
        stop.cancel();
        tasks.close();
        let _ = tokio::time::timeout(Duration::from_secs(12), tasks.wait()).await;
        let _ = server.await;
        self.desk.db.close().await;
        Ok(())
    }
}

/// Takes the address, before anything else is done.
pub fn bind(address: &str) -> Result<TcpListener> {
    let parsed = address.parse().with_context(|| format!("{address} is not an address and a port"))?;
    server::listen(parsed)
        .with_context(|| format!("The address {address} cannot be used. Choose another with --listen"))
}

/// Opens the database; with `migrate`, makes it and brings it up to date.
pub async fn open_database(config: &Config, migrate: bool) -> Result<Db> {
    let db = Db::open(&config.database_url, migrate).await.with_context(|| {
        format!("The database {} cannot be opened. Check database_url", without_secrets(&config.database_url))
    })?;
    make_ready(&db, config, migrate).await?;
    Ok(db)
}

/// Sees that the database can be used; with `migrate`, brings it up to date.
async fn make_ready(db: &Db, config: &Config, migrate: bool) -> Result<()> {
    db.ping().await.or_else(|e| if migrate && is_new(&e) { Ok(()) } else { Err(e) }).with_context(|| {
        let hint = if migrate { "" } else { ", or run signpost migrate first" };
        format!(
            "The database {} cannot be used. Check that it runs and that database_url is right{hint}",
            without_secrets(&config.database_url)
        )
    })?;
    if migrate {
        db.migrate().await?;
    }
    Ok(())
}

/// A database that is there but has no tables yet.
fn is_new(error: &store::StoreError) -> bool {
    error.to_string().contains("no such table")
}

fn without_secrets(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            let _ = parsed.set_password(Some("…"));
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}
