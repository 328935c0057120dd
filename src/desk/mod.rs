//! What people do: one function per verb. Each checks who may, does its work
//! in one transaction, leaves an audit entry and commits. Screens, API and
//! command line all come through here.

pub mod accounts;
pub mod answers;
pub mod approvals;
mod as_written;
pub mod asking;
mod authors;
pub mod board;
pub mod bounces;
pub mod browsers;
pub mod calls;
pub mod centre_growth;
pub mod centres;
pub mod channel_accounts;
mod checks;
pub mod confirmation;
pub mod contact;
pub mod counting;
pub mod decisions;
pub mod differences;
pub mod duties;
pub mod exercises;
mod export;
pub mod figures;
pub mod history;
pub mod home;
pub mod hours;
pub mod import;
pub mod incidents;
pub mod laid;
pub mod leavers;
pub mod links;
pub mod local;
pub mod manage;
pub mod meanwhile;
pub mod naming;
mod notes;
pub mod once;
pub mod passkeys;
pub mod past_page;
pub mod pharmacies;
pub mod places;
pub mod planned;
pub mod planned_clock;
pub mod planned_steps;
pub mod present;
pub mod presets;
pub mod preview;
pub mod progress;
pub mod proposals;
mod publishing;
pub mod queues;
pub mod reads;
pub mod receipts;
pub mod record;
pub mod recovery;
pub mod replay;
mod report_content;
pub mod reports;
pub mod responses;
pub mod restored;
mod review;
pub mod said_anew;
pub mod seen;
pub mod sending;
pub mod sent;
pub mod services;
pub mod statements;
pub mod steps_ahead;
pub mod subscribe;
pub mod telling;
pub mod texted;
pub mod withdrawal;
pub mod wordings;

use std::sync::{Arc, RwLock};

use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::clock::Clock;
use crate::domain::FieldError;
use crate::domain::approval::Rules;
use crate::domain::cost::Prices;
use crate::domain::delivery::Limits;
use crate::domain::network::Allowed;
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::push::Services;
use crate::domain::system::Catalogue;
use crate::domain::time::london;
use crate::domain::user::Denied;
use crate::secrets::{KeyError, Keyring, SealError};
use crate::signals::Signals;
use crate::store::seal::SealKey;
use crate::store::{self, Db, StoreError, Tx, organisations};
use crate::words::Locale;

/// What a person can be told when a verb does not succeed.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error("You are not allowed to do this.")]
    Denied,
    /// Whoever had a part in it wants to agree to it as well.
    #[error("A second person has to look at this, who had no part in writing it.")]
    Second,
    /// What was not found, as the start of a sentence: "This incident".
    #[error("{0} was not found.")]
    NotFound(&'static str),
    #[error("Some answers need another look.")]
    Invalid(Vec<FieldError>),
    /// It was right once, but something else happened first.
    #[error("{0}")]
    Conflict(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl From<Denied> for DeskError {
    fn from(_: Denied) -> Self {
        Self::Denied
    }
}

impl DeskError {
    /// One mistake in one field.
    pub fn field(pointer: &str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, detail)])
    }
}

pub type Result<T> = std::result::Result<T, DeskError>;

/// What verbs work with. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keyring,
    pub catalogue: Arc<Catalogue>,
    pub signals: Signals,
    /// What links in messages begin with, without a slash at the end.
    pub base_url: Arc<str>,
    pub limits: Limits,
    /// What one person may not say alone.
    pub rules: Rules,
    /// How long a sign-in link is good, until it is used.
    sign_in_within: chrono::Duration,
    /// What is known of what messages cost.
    pub prices: Prices,
    /// Text messages cannot be replied to, so each carries its reader's own link to
    /// stop them.
    pub stops_by_link: bool,
    /// Private networks that addresses which users enter may lead into.
    pub allowed: Arc<Allowed>,
    /// Where browsers may have their messages sent.
    pub push_services: Arc<Services>,
    directory: Arc<RwLock<Option<Kept>>>,
    present: Arc<RwLock<Option<Arc<present::Present>>>>,
    /// Where every place stood when a board was last looked at.
    standings: Arc<tokio::sync::Mutex<Option<Arc<board::Standings>>>>,
    counting: counting::Counting,
    /// A password hash takes 19 MiB; this many may be worked out at once.
    hashing: Arc<Semaphore>,
    /// Readers of months long past; a crowd of them must not take all the
    /// connections of those who post.
    looking_back: Arc<Semaphore>,
}

/// The directory as it was read, and when it was true.
#[derive(Clone)]
struct Kept {
    revision: i64,
    day: NaiveDate,
    directory: Arc<Directory>,
}

impl Desk {
    pub fn new(db: Db, clock: Clock, keys: Keyring, catalogue: Arc<Catalogue>, base_url: &str) -> Self {
        Self {
            db: db.sealed_with(SealKey::new(keys.chain())),
            clock,
            keys,
            catalogue,
            signals: Signals::default(),
            base_url: base_url.trim_end_matches('/').into(),
            limits: Limits::default(),
            sign_in_within: accounts::LINK_LIFE,
            rules: Rules::default(),
            prices: Prices::default(),
            stops_by_link: false,
            allowed: Arc::default(),
            push_services: Arc::default(),
            directory: Arc::default(),
            present: Arc::default(),
            standings: Arc::default(),
            counting: counting::Counting::default(),
            hashing: Arc::new(Semaphore::new(4)),
            looking_back: Arc::new(Semaphore::new(2)),
        }
    }

    /// With other limits than the usual ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// With sign-in links that are good for longer, or not so long.
    #[must_use]
    pub fn with_sign_in_within(self, sign_in_within: chrono::Duration) -> Self {
        Self { sign_in_within, ..self }
    }

    /// With other rules for what needs two people.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// With prices, so that people see what messages cost.
    #[must_use]
    pub fn with_prices(self, prices: Prices) -> Self {
        Self { prices, ..self }
    }

    /// All organisations as this transaction sees them. Kept in memory until
    /// an import or the day changes them.
    pub async fn directory(&self, tx: &mut Tx) -> Result<Arc<Directory>> {
        let revision = store::revision(tx, "directory").await?;
        let day = self.today();
        let kept = self.directory.read().ok().and_then(|k| k.clone());
        if let Some(kept) = kept.filter(|k| k.revision == revision && k.day == day) {
            return Ok(kept.directory);
        }
        let directory = Arc::new(organisations::directory(tx, day).await?);
        if let Ok(mut slot) = self.directory.write() {
            *slot = Some(Kept { revision, day, directory: Arc::clone(&directory) });
        }
        Ok(directory)
    }

    /// The address of an organisation's page.
    pub fn page_url(&self, code: &OrgCode) -> String {
        format!("{}/{code}", self.base_url)
    }

    /// The same in another language.
    pub fn page_url_in(&self, code: &OrgCode, locale: Locale) -> String {
        match locale {
            Locale::En => self.page_url(code),
            other => format!("{}/{other}", self.page_url(code)),
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The day that it is in London.
    pub fn today(&self) -> NaiveDate {
        london(self.now()).date_naive()
    }

    /// A new id that sorts by time.
    pub fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The organisation, or a mistake beside the field that named it.
pub fn known<'a>(directory: &'a Directory, code: &OrgCode, pointer: &str) -> Result<&'a Arc<Org>> {
    directory
        .get(code)
        .ok_or_else(|| DeskError::field(pointer, format!("There is no organisation with the code {code}.")))
}
