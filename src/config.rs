//! Settings: flag, then environment, then `signpost.toml`, then the default.
//!
//! In the environment a key is `SIGNPOST_` and the key in upper case, with
//! `__` for a dot.

use std::path::{Path, PathBuf};
use std::time::Duration;

use confique::Config as _;

mod approval;
mod channels;
mod exercise;
mod file;
mod numbers;

pub use self::approval::Approval;
pub use self::channels::{Dkim, Email, List, Notify, Push, Sms, Twilio, WhatsApp};
pub use self::exercise::Exercise;

use crate::domain::cost;
use crate::domain::delivery::Limits;
use crate::domain::network::Allowed;

/// Every setting.
#[derive(Debug, Clone, confique::Config)]
pub struct Config {
    /// The address of the web server.
    #[config(default = "127.0.0.1:8080", env = "SIGNPOST_LISTEN")]
    pub listen: String,
    /// What links in messages begin with; by default `http://` and `listen`.
    #[config(env = "SIGNPOST_BASE_URL")]
    pub base_url: Option<String>,
    /// `sqlite://FILE` or `postgres://…`.
    #[config(default = "sqlite://signpost.db", env = "SIGNPOST_DATABASE_URL")]
    pub database_url: String,
    /// 32 random bytes, made on the first start; by default `signpost.key`
    /// beside the database.
    #[config(env = "SIGNPOST_SECRET_KEY_FILE")]
    pub secret_key_file: Option<PathBuf>,
    /// The most connections that may be open at once. When there are more, those
    /// that have been quiet for longest end.
    #[config(default = 10000, env = "SIGNPOST_CONNECTIONS")]
    pub connections: usize,
    /// How many MiB of finished pages are kept in memory.
    #[config(default = 256, env = "SIGNPOST_PAGE_MEMORY")]
    pub page_memory: usize,
    /// Whether patients' pages show the NHS logo. Only an NHS organisation may turn
    /// it on: the logo is a trade mark (NHS identity guidelines).
    #[config(default = false, env = "SIGNPOST_NHS_LOGO")]
    pub nhs_logo: bool,
    /// Whom people tell who cannot use the pages, in the accessibility statement: an
    /// email address or a phone number (2018 Regulations, regulation 8).
    #[config(env = "SIGNPOST_ACCESSIBILITY_CONTACT")]
    pub accessibility_contact: Option<String>,
    /// Where the last known pages are kept, for a start without the database; by
    /// default `signpost.snapshot` beside the database.
    #[config(env = "SIGNPOST_SNAPSHOT_FILE")]
    pub snapshot_file: Option<PathBuf>,
    #[config(nested)]
    pub purge: Purge,
    #[config(nested)]
    pub export: Export,
    #[config(nested)]
    pub delivery: Delivery,
    #[config(nested)]
    pub approval: Approval,
    #[config(nested)]
    pub prices: Prices,
    #[config(nested)]
    pub email: Email,
    #[config(nested)]
    pub sms: Sms,
    #[config(nested)]
    pub whatsapp: WhatsApp,
    #[config(nested)]
    pub notify: Notify,
    #[config(nested)]
    pub push: Push,
    #[config(nested)]
    pub operator: Operator,
    #[config(nested)]
    pub exercise: Exercise,
    #[config(nested)]
    pub webhooks: Webhooks,
    #[config(nested)]
    pub metrics: Metrics,
}

/// Figures for whoever watches the machine.
#[derive(Debug, Clone, confique::Config)]
pub struct Metrics {
    /// The address that gives `/metrics`, as Prometheus text. Without it nobody gets it.
    #[config(env = "SIGNPOST_METRICS__LISTEN")]
    pub listen: Option<String>,
}

/// What messages cost, to be seen before they are sent; what is not set is not told.
#[derive(Debug, Clone, confique::Config)]
pub struct Prices {
    /// Pence for each part of a text message, such as 3.2.
    #[config(env = "SIGNPOST_PRICES__SMS_PENCE")]
    pub sms_pence: Option<f64>,
    /// Pence for each WhatsApp message.
    #[config(env = "SIGNPOST_PRICES__WHATSAPP_PENCE")]
    pub whatsapp_pence: Option<f64>,
}

impl Prices {
    pub fn prices(&self) -> cost::Prices {
        cost::Prices { sms_part: self.sms_pence, whatsapp: self.whatsapp_pence }
    }
}

/// Addresses that users enter: webhooks, servers of social networks.
#[derive(Debug, Clone, confique::Config)]
pub struct Webhooks {
    /// Networks that they may lead into although they are private, as
    /// `10.0.0.0/8, fd00::/8` or a list of those.
    #[config(default = [], env = "SIGNPOST_WEBHOOKS__ALLOW_NETWORKS")]
    pub allow_networks: Networks,
}

/// A list, or one text with commas.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(try_from = "Listed")]
pub struct Networks(pub Allowed);

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Listed {
    One(String),
    Many(Vec<String>),
}

impl TryFrom<Listed> for Networks {
    type Error = String;

    fn try_from(listed: Listed) -> Result<Self, String> {
        let all: Vec<String> = match listed {
            Listed::One(text) => text.split(',').map(str::to_owned).collect(),
            Listed::Many(all) => all,
        };
        let all: Vec<&str> = all.iter().map(|n| n.trim()).filter(|n| !n.is_empty()).collect();
        Allowed::parse(&all).map(Self).map_err(|why| format!("webhooks.allow_networks: {why}"))
    }
}

/// Whoever runs this installation.
#[derive(Debug, Clone, confique::Config)]
pub struct Operator {
    /// Told by email when messages are late; push services turn to it too.
    #[config(env = "SIGNPOST_OPERATOR__EMAIL")]
    pub email: Option<String>,
}

/// The cache in front (a CDN). Without `url` it is told nothing.
#[derive(Clone, confique::Config)]
pub struct Purge {
    /// Where it takes orders to forget pages by their surrogate keys.
    #[config(env = "SIGNPOST_PURGE__URL")]
    pub url: Option<String>,
    #[config(env = "SIGNPOST_PURGE__TOKEN")]
    pub token: Option<String>,
    /// The header that carries the token.
    #[config(default = "Fastly-Key", env = "SIGNPOST_PURGE__TOKEN_HEADER")]
    pub token_header: String,
}

impl std::fmt::Debug for Purge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Purge").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A static copy of every page, kept up to date. Without `url` there is none.
#[derive(Debug, Clone, confique::Config)]
pub struct Export {
    /// `file:///var/www/signpost` or `s3://bucket/prefix`.
    #[config(env = "SIGNPOST_EXPORT__URL")]
    pub url: Option<String>,
}

/// How much is told to how many at once.
#[derive(Debug, Clone, confique::Config)]
pub struct Delivery {
    /// An audience of more people is told in steps: a hold, the first 1 %, then
    /// the rest. 0 for never.
    #[config(default = 50000, env = "SIGNPOST_DELIVERY__HOLD_ABOVE")]
    pub hold_above: usize,
    /// Seconds in which nobody of a large audience is told, so that it can be
    /// stopped.
    #[config(default = 30, env = "SIGNPOST_DELIVERY__HOLD_SECONDS")]
    pub hold_seconds: u64,
    /// Seconds for which the first 1 % are watched.
    #[config(default = 30, env = "SIGNPOST_DELIVERY__WATCH_SECONDS")]
    pub watch_seconds: u64,
    /// The most messages that one person gets in an hour; a correction passes.
    #[config(default = 10, env = "SIGNPOST_DELIVERY__PER_HOUR")]
    pub per_hour: u32,
}

impl Delivery {
    pub fn limits(&self) -> Limits {
        Limits {
            hold_above: self.hold_above,
            hold: Duration::from_secs(self.hold_seconds),
            watch: Duration::from_secs(self.watch_seconds),
            per_hour: self.per_hour,
        }
    }
}

/// What the command line says over everything else.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub config: Option<PathBuf>,
    pub database_url: Option<String>,
    pub listen: Option<String>,
}

impl Flags {
    fn file(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| "signpost.toml".into())
    }
}

fn check_listen(address: &str) -> Result<(), ConfigError> {
    if address.parse::<std::net::SocketAddr>().is_ok() {
        return Ok(());
    }
    Err(ConfigError(format!("listen is \"{address}\". Use an address and a port, such as 127.0.0.1:8080.")))
}

/// Settings that cannot be used, in one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads all layers. A named file must be there, whatever its name;
    /// `signpost.toml` may be missing.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let path = flags.file();
        let text = file::read(&path, flags.config.is_some())?;
        file::refuse_unknown_keys(&path, &text)?;
        let layer = toml::from_str(&text).map_err(|e| file::not_usable(&path, &text, &e))?;
        let mut config = Self::builder().env().preloaded(layer).load().map_err(|e| ConfigError(whole(&e)))?;
        if let Some(url) = &flags.database_url {
            config.database_url.clone_from(url);
        }
        if let Some(listen) = &flags.listen {
            config.listen.clone_from(listen);
        }
        config.check()?;
        Ok(config)
    }

    /// The address of the web server alone, where anybody set it: the demonstration
    /// heeds no other setting.
    pub fn listen_alone(flags: &Flags) -> Result<Option<String>, ConfigError> {
        let path = flags.file();
        let text = file::read(&path, flags.config.is_some())?;
        let table: toml::Table = text.parse().map_err(|e| file::not_usable(&path, &text, &e))?;
        let set = table.get("listen").and_then(toml::Value::as_str).map(str::to_owned);
        let listen = flags.listen.clone().or_else(|| std::env::var("SIGNPOST_LISTEN").ok()).or(set);
        listen.map(|address| check_listen(&address).map(|()| address)).transpose()
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |text: String| Err(ConfigError(text));
        check_listen(&self.listen)?;
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|s| self.database_url.starts_with(s)) {
            let scheme = self.database_url.split(':').next().unwrap_or_default();
            return wrong(format!(
                "database_url begins with {scheme}:, which is not a database address. \
                 Use sqlite://FILE or postgres://USER@HOST/NAME."
            ));
        }
        if let Some(address) = &self.metrics.listen
            && (address == &self.listen || address.parse::<std::net::SocketAddr>().is_err())
        {
            return wrong(format!(
                "metrics.listen is \"{address}\". Use an address and a port of its own, such as 127.0.0.1:9464."
            ));
        }
        if self.connections < 16 {
            return wrong(format!("connections is {}. Use 16 or more.", self.connections));
        }
        if self.delivery.per_hour == 0 {
            return wrong("delivery.per_hour is 0, so nobody would be told. Use 1 or more.".into());
        }
        if self.page_memory < 16 {
            return wrong(format!("page_memory is {}. Use 16 (MiB) or more.", self.page_memory));
        }
        let base = self.base_url();
        let fine =
            url::Url::parse(&base).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
        if !fine {
            return wrong(format!(
                "base_url is \"{base}\". Use an address such as https://status.example.org."
            ));
        }
        self.check_numbers()
            .and_then(|()| self.check_channels())
            .and_then(|()| self.check_exercise())
            .map_err(ConfigError)
    }

    /// Without a slash at the end.
    pub fn base_url(&self) -> String {
        let url = self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// Where the key file is: set, or beside the SQLite database, or here.
    pub fn key_file(&self) -> PathBuf {
        self.secret_key_file.clone().unwrap_or_else(|| self.beside_database("signpost.key"))
    }

    /// Where the snapshot is: set, or beside the SQLite database, or here.
    pub fn snapshot_file(&self) -> PathBuf {
        self.snapshot_file.clone().unwrap_or_else(|| self.beside_database("signpost.snapshot"))
    }

    /// The file of a SQLite database.
    pub fn database_file(&self) -> Option<&Path> {
        let url = &self.database_url;
        let file = url.strip_prefix("sqlite://").or(url.strip_prefix("sqlite:"))?;
        Some(Path::new(file.split('?').next().unwrap_or(file)))
    }

    fn beside_database(&self, name: &str) -> PathBuf {
        self.database_file().and_then(Path::parent).unwrap_or(Path::new("")).join(name)
    }
}

/// An error with its causes, the last of which says what to do.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}
