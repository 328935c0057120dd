//! From settings to a running server: the sole composer.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::channels::{Channels, EmailSettings, Settings, TwilioSettings};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::passkeys::RelyingParty;
use crate::domain::subscriber::Channel;
use crate::domain::system::{Catalogue, Group, System};
use crate::page::site::Site;
use crate::secrets::Keyring;
use crate::store::{self, Db};
use crate::web;
use crate::workers::{courier::Courier, expander, planner, publisher::Publisher, rescuer, resolver};

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
    /// For checking that callbacks are Twilio's; none without Twilio.
    pub twilio_token: Option<Arc<str>>,
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
    /// Opens the database and the key file. `create` makes a new database
    /// where there is none.
    pub async fn open(config: &Config, clock: Clock, migrate: bool) -> Result<Self> {
        let db = open_database(config, migrate).await?;
        let keys = open_keys(config, &db).await?;
        let desk = Desk::new(db, clock, keys, Arc::new(catalogue()?), &config.base_url());
        desk.ensure_root().await?;
        let channels = Channels::new(&channel_settings(config))?;
        Ok(Self {
            site: Arc::new(Site::new(&config.base_url())),
            passkeys: RelyingParty::new(&config.base_url()),
            channels: Some(channels),
            twilio_token: config.sms.twilio.auth_token.as_deref().map(Arc::from),
            desk,
        })
    }

    /// What the web handlers work with.
    pub fn web(&self) -> web::Web {
        web::Web {
            desk: self.desk.clone(),
            site: Arc::clone(&self.site),
            passkeys: self.passkeys.clone(),
            twilio_token: self.twilio_token.clone(),
        }
    }

    /// Starts what this role does by itself.
    pub async fn start(&self, role: Role, tasks: &TaskTracker, stop: &CancellationToken) -> Result<()> {
        if role != Role::All && matches!(self.desk.db, Db::Sqlite { .. }) {
            bail!(
                "Separate web and worker processes need Postgres. Set database_url to postgres://…, or use --role all."
            );
        }
        if role != Role::Worker {
            let publisher = Publisher::new(self.desk.clone(), Arc::clone(&self.site));
            tasks.spawn(publisher.run(stop.clone()));
        }
        if role != Role::Web {
            rescuer::take_over(&self.desk).await?;
            tasks.spawn(expander::run(self.desk.clone(), stop.clone()));
            tasks.spawn(planner::run(self.desk.clone(), stop.clone()));
            tasks.spawn(rescuer::run(self.desk.clone(), stop.clone()));
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

    /// Serves until `shutdown`, then ends everything in order.
    pub async fn run(
        self,
        listener: TcpListener,
        role: Role,
        shutdown: impl Future<Output = ()>,
    ) -> Result<()> {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        self.start(role, &tasks, &stop).await?;
        let router = match role {
            Role::Worker => web::health_only(self.web()),
            _ => web::router(self.web()),
        };
        let web_stop = stop.clone();
        let server =
            axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>())
                .with_graceful_shutdown(async move { web_stop.cancelled().await });
        let server = tokio::spawn(async move { server.await });
        shutdown.await;
        stop.cancel();
        tasks.close();
        // Open connections may wait for ever; messages under way may not.
        let _ = tokio::time::timeout(Duration::from_secs(12), tasks.wait()).await;
        let _ = tokio::time::timeout(Duration::from_secs(2), server).await;
        self.desk.db.close().await;
        Ok(())
    }
}

/// Opens the database; with `migrate`, makes it and brings it up to date.
pub async fn open_database(config: &Config, migrate: bool) -> Result<Db> {
    let db = Db::open(&config.database_url, migrate).await.with_context(|| {
        format!("The database {} cannot be opened. Check database_url", without_secrets(&config.database_url))
    })?;
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
    Ok(db)
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

/// Opens the key file. It is made only for a database that has never been used
/// with one; any other must be used with its own.
async fn open_keys(config: &Config, db: &Db) -> Result<Keyring> {
    const NAME: &str = "key_fingerprint";
    let mut tx = db.write().await?;
    let known = store::instance(&mut tx, NAME).await?;
    let path = config.key_file();
    let keys = Keyring::load(&path, known.is_none())?;
    match known {
        Some(fingerprint) if fingerprint != keys.fingerprint() => {
            return Err(crate::secrets::KeyError::Wrong(path.display().to_string()).into());
        }
        Some(_) => {}
        None => {
            // Two first starts at once: the first one's key counts for both.
            let first = store::first_instance(&mut tx, NAME, &keys.fingerprint()).await?;
            tx.commit().await?;
            if first != keys.fingerprint() {
                return Err(crate::secrets::KeyError::Wrong(path.display().to_string()).into());
            }
        }
    }
    Ok(keys)
}

/// The channels that have settings.
pub fn channel_settings(config: &Config) -> Settings {
    let twilio = &config.sms.twilio;
    let email = config.email.url.clone().zip(config.email.from.clone());
    Settings {
        email: email.map(|(url, from)| EmailSettings { url, from }),
        sms: (config.sms.provider == "twilio").then(|| TwilioSettings {
            base_url: twilio.base_url.clone(),
            account_sid: twilio.account_sid.clone().unwrap_or_default(),
            auth_token: twilio.auth_token.clone().unwrap_or_default(),
            from: twilio.from.clone().unwrap_or_default(),
            status_callback: Some(format!("{}/hooks/twilio/status", config.base_url())),
        }),
    }
}
