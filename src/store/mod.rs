//! Every SQL statement. One file per noun; functions take a transaction and
//! never commit.
//!
//! One text serves both databases: `$1` placeholders, times bound from Rust,
//! `integer` for `i32` and `bigint` for `i64`, JSON columns that hold objects
//! or arrays. What must differ goes through [`Tx::dialect`].

pub mod accounts;
pub mod as_of;
pub mod attempts;
pub mod audit;
pub mod broadcasts;
pub mod calls;
pub mod centres;
pub mod chases;
pub mod claims;
pub mod corrections;
pub mod counters;
pub mod covered;
pub mod decisions;
pub mod deliveries;
pub mod delivery_reports;
pub mod departures;
pub mod directory_past;
pub mod duties;
pub mod heard;
pub mod history;
pub mod holding;
pub mod hours;
pub mod incidents;
pub mod listeners;
pub mod lived;
mod many;
pub mod notices;
pub mod organisations;
pub mod overtaking;
pub mod pauses;
pub mod pharmacies;
pub mod planned;
pub mod presets;
pub mod proposals;
pub mod recipients;
pub mod references;
pub mod reports;
mod revisions;
pub mod seal;
pub mod sessions;
pub mod statements;
pub mod subscribers;
pub mod users;
pub mod words;
mod written;

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Postgres, Sqlite, Transaction};

use uuid::Uuid;

use self::covered::Public;
use self::seal::SealKey;

pub use self::revisions::{bump, revision};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// How long a request waits for a connection before it says that the database
/// cannot be reached.
const ACQUIRE: Duration = Duration::from_secs(4);

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("it exists already")]
    Duplicate,
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
    #[error("the database cannot be reached or refused the work: {0}")]
    Database(sqlx::Error),
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("\"{0}\" is not a database address. Use sqlite://FILE or postgres://USER@HOST/NAME.")]
    Url(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(e: sqlx::Error) -> Self {
        match e.as_database_error() {
            Some(db) if db.is_unique_violation() => Self::Duplicate,
            _ => Self::Database(e),
        }
    }
}

impl StoreError {
    /// What is stored is not what Signpost writes there, such as words where JSON
    /// belongs: somebody else wrote it.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)))
    }
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// A database: SQLite with one writer and several readers, or Postgres.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite { writer: SqlitePool, readers: SqlitePool, seal: Option<SealKey> },
    Postgres { pool: PgPool, seal: Option<SealKey> },
}

/// A transaction on either. It rolls back when dropped.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Held<Sqlite>),
    Postgres(Held<Postgres>),
}

/// A transaction, with the key for what is audited in it, and with the rows of what is
/// public that it wrote and that the next entry of the audit chain covers.
#[derive(Debug)]
pub struct Held<D: sqlx::Database> {
    transaction: Transaction<'static, D>,
    seal: Option<SealKey>,
    wrote: Vec<(Public, Uuid)>,
}

impl<D: sqlx::Database> Held<D> {
    fn new(transaction: Transaction<'static, D>, seal: Option<SealKey>) -> Self {
        Self { transaction, seal, wrote: Vec::new() }
    }
}

impl<D: sqlx::Database> Deref for Held<D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        &self.transaction
    }
}

impl<D: sqlx::Database> DerefMut for Held<D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        &mut self.transaction
    }
}

/// Runs one query body on whichever database the transaction is on.
macro_rules! on {
    ($tx:expr, $c:ident => $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(t) => {
                let $c = &mut **t;
                $body
            }
            $crate::store::Tx::Postgres(t) => {
                let $c = &mut **t;
                $body
            }
        }
    };
}
pub(crate) use on;

impl Db {
    /// Opens `sqlite://FILE` (made when missing, if `create`) or
    /// `postgres://…`. Postgres is connected to when first used.
    pub async fn open(url: &str, create: bool) -> Result<Self> {
        let bad = || StoreError::Url(without_password(url));
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // A process that freezes must not hold its locks for ever, and a
            // network that swallows packets must not hold us.
            let options = PgConnectOptions::from_str(url).map_err(|_| bad())?.options([
                ("statement_timeout", "60s"),
                ("lock_timeout", "15s"),
                ("idle_in_transaction_session_timeout", "60s"),
                // Ours are many short statements: to compile one takes longer than it runs
                // (0.3 s for the recipients of a batch, by its estimated cost).
                ("jit", "off"),
            ]);
            let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(ACQUIRE);
            return Ok(Self::Postgres { pool: pool.connect_lazy_with(options), seal: None });
        }
        if !url.starts_with("sqlite:") {
            return Err(bad());
        }
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|_| bad())?
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            // Negative: KiB. With the 2 MB that SQLite takes by itself a national
            // audience is read from the file again and again.
            .pragma("cache_size", "-32768")
            // SQLite runs in a thread of its own, which waits when so many rows were not
            // taken from it: more than a courier or a board asks for at once.
            .row_buffer_size(1000);
        let pool = |n| SqlitePoolOptions::new().max_connections(n).acquire_timeout(ACQUIRE * 5);
        let writer = pool(1).connect_with(options.clone()).await?;
        let readers = pool(4).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { writer, readers, seal: None })
    }

    /// With the key that seals the audit chain. Without it nothing that is
    /// audited can be done.
    #[must_use]
    pub fn sealed_with(self, key: SealKey) -> Self {
        let seal = Some(key);
        match self {
            Self::Sqlite { writer, readers, .. } => Self::Sqlite { writer, readers, seal },
            Self::Postgres { pool, .. } => Self::Postgres { pool, seal },
        }
    }

    /// Brings the schema up to date. Files that end in `.sqlite.sql` or
    /// `.postgres.sql` serve one database only.
    pub async fn migrate(&self) -> Result<()> {
        let other = match self {
            Self::Sqlite { .. } => "postgres",
            Self::Postgres { .. } => "sqlite",
        };
        let migrations =
            MIGRATIONS.iter().filter(|m| !m.description.ends_with(other)).cloned().collect::<Vec<_>>();
        let migrator = sqlx::migrate::Migrator::with_migrations(migrations);
        match self {
            Self::Sqlite { writer, .. } => migrator.run(writer).await?,
            Self::Postgres { pool, .. } => migrator.run(pool).await?,
        }
        Ok(())
    }

    /// A transaction that may write.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, seal, .. } => {
                Tx::Sqlite(Held::new(writer.begin_with("begin immediate").await?, *seal))
            }
            Self::Postgres { pool, seal } => Tx::Postgres(Held::new(pool.begin().await?, *seal)),
        })
    }

    /// A consistent view that cannot write.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, seal, .. } => Tx::Sqlite(Held::new(readers.begin().await?, *seal)),
            Self::Postgres { pool, seal } => {
                let begin = "begin isolation level repeatable read read only";
                Tx::Postgres(Held::new(pool.begin_with(begin).await?, *seal))
            }
        })
    }

    /// Opens one connection of its own and asks for nothing, so that the real
    /// reason of a failure is seen and not "pool timed out".
    pub async fn ping(&self) -> Result<()> {
        match self {
            Self::Sqlite { readers, .. } => {
                sqlx::query("select 1 from revisions").fetch_optional(readers).await?;
            }
            Self::Postgres { pool, .. } => {
                let options = pool.connect_options();
                let connecting = sqlx::PgConnection::connect_with(&options);
                // A network that swallows packets must not hold us.
                let connected = tokio::time::timeout(ACQUIRE, connecting).await;
                let mut connection = connected.map_err(|_| sqlx::Error::PoolTimedOut)??;
                connection.ping().await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Whether the database answers, through the pool: cheap enough for
    /// anybody to ask.
    pub async fn answers(&self) -> Result<()> {
        let mut tx = self.read().await?;
        revision(&mut tx, "situation").await?;
        Ok(())
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

impl Tx {
    pub async fn commit(mut self) -> Result<()> {
        let uncovered = self.wrote();
        debug_assert!(uncovered.is_empty(), "no audit entry covers {uncovered:?}");
        match self {
            Self::Sqlite(t) => t.transaction.commit().await?,
            Self::Postgres(t) => t.transaction.commit().await?,
        }
        Ok(())
    }

    /// Notes that a row of what is public was written or changed: the next entry of the
    /// audit chain in this transaction covers it.
    fn cover(&mut self, table: Public, id: Uuid) {
        match self {
            Self::Sqlite(t) => t.wrote.push((table, id)),
            Self::Postgres(t) => t.wrote.push((table, id)),
        }
    }

    /// The rows that no entry covers yet.
    fn wrote(&mut self) -> Vec<(Public, Uuid)> {
        std::mem::take(match self {
            Self::Sqlite(t) => &mut t.wrote,
            Self::Postgres(t) => &mut t.wrote,
        })
    }

    /// The key that seals the audit chain.
    fn seal(&self) -> Result<SealKey> {
        let key = match self {
            Self::Sqlite(t) => t.seal,
            Self::Postgres(t) => t.seal,
        };
        key.ok_or_else(|| StoreError::Corrupt("an audit chain that was opened without its key".into()))
    }

    /// Picks the text for this database, where one text cannot serve both.
    pub fn dialect(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite(_) => sqlite,
            Self::Postgres(_) => postgres,
        }
    }

    /// The time by which leases are judged: the database's own on Postgres,
    /// where several machines share it, else the process's.
    pub async fn lease_time(&mut self, process: DateTime<Utc>) -> Result<DateTime<Utc>> {
        match self {
            Self::Sqlite(_) => Ok(process),
            Self::Postgres(t) => {
                Ok(sqlx::query_scalar("select clock_timestamp()").fetch_one(&mut **t).await?)
            }
        }
    }
}

/// A fact about this installation.
pub async fn instance(tx: &mut Tx, name: &str) -> Result<Option<Vec<u8>>> {
    Ok(on!(tx, c => sqlx::query_scalar("select value from instance where name = $1")
        .bind(name).fetch_optional(c).await)?)
}

/// Sets a fact that stays as it was set first; gives what stands.
pub async fn first_instance(tx: &mut Tx, name: &str, value: &[u8]) -> Result<Vec<u8>> {
    on!(tx, c => sqlx::query("insert into instance (name, value) values ($1, $2) on conflict do nothing")
        .bind(name).bind(value).execute(c).await.map(|_| ()))?;
    instance(tx, name).await?.ok_or_else(|| StoreError::Corrupt(name.to_owned()))
}

/// Sets a fact in place of another, if that still stands.
pub async fn replace_instance(tx: &mut Tx, name: &str, old: &[u8], new: &[u8]) -> Result<()> {
    on!(tx, c => sqlx::query("update instance set value = $3 where name = $1 and value = $2")
        .bind(name).bind(old).bind(new).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Reads a word that the database keeps as text.
fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
    parse(text).ok_or_else(|| StoreError::Corrupt(format!("\"{text}\"")))
}

fn without_password(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            let _ = parsed.set_password(Some("…"));
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}
