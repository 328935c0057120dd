//! Deliveries: one update to one subscriber (or one account), and what became
//! of it.
//!
//! Exactly once across a network does not exist. What there is instead: an
//! attempt is recorded before a byte leaves, and an attempt whose end nobody
//! knows is *unclear*, not failed. See `docs/ARCHITECTURE.md`, *Delivery*.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::account::Account;
use super::message::Message;
use super::org::words;
use super::push::Subscription;
use super::subscriber::Channel;

words! {
    /// Where a delivery stands.
    DeliveryState {
        Queued = "queued",
        /// An attempt is under way under a lease.
        Sending = "sending",
        /// An attempt was made and nobody knows how it ended.
        Unclear = "unclear",
        /// The provider took it.
        Accepted = "accepted",
        /// The provider says that it arrived.
        Delivered = "delivered",
        Failed = "failed",
        /// A newer update of the same incident went out instead.
        Superseded = "superseded",
        /// The subscriber left, or was never to be told.
        Suppressed = "suppressed",
        /// The channel has no settings, so it was kept for staff to read.
        Captured = "captured",
    }
}

impl DeliveryState {
    /// The name in the API; the contract says `unknown` for unclear.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Unclear => "unknown",
            other => other.as_str(),
        }
    }

    /// How far a delivery has come, for provider callbacks that may arrive in
    /// any order: a state only ever moves to a higher rank.
    pub fn rank(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Sending => 1,
            Self::Unclear => 2,
            Self::Accepted => 3,
            Self::Captured | Self::Superseded | Self::Suppressed => 4,
            Self::Failed => 5,
            Self::Delivered => 6,
        }
    }
}

words! {
    /// What goes first. Declared from first to last.
    Lane {
        Correction = "correction",
        /// What staff on duty are told.
        Duty = "duty",
        Urgent = "urgent",
        Routine = "routine",
        Confirmation = "confirmation",
        /// Whatever an exercise or a test tells those on duty: it never leaves
        /// by the way of the others.
        Exercise = "exercise",
    }
}

impl Lane {
    /// Everything that is real.
    pub const LIVE: &[Self] =
        &[Self::Correction, Self::Duty, Self::Urgent, Self::Routine, Self::Confirmation];
    /// Everything that is not.
    pub const EXERCISE: &[Self] = &[Self::Exercise];

    /// Whether only those on duty are told by it, and staff.
    pub fn is_for_staff(order: i32) -> bool {
        [Self::Duty, Self::Exercise].iter().any(|lane| lane.order() == order)
    }

    /// Smaller goes first; stored beside the delivery.
    pub fn order(self) -> i32 {
        self as i32
    }

    pub fn of_order(order: i32) -> Option<Self> {
        Self::ALL.iter().copied().find(|lane| lane.order() == order)
    }

    /// Within which time what is due has left, if all is well. Whatever waits
    /// for longer, a person is told of.
    pub fn promise(self) -> Duration {
        let minutes = match self {
            Self::Correction => 1,
            Self::Duty | Self::Urgent | Self::Confirmation => 5,
            Self::Routine | Self::Exercise => 15,
        };
        Duration::from_secs(minutes * 60)
    }

    /// Whether what was due then is late now.
    pub fn is_late(self, due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        (now - due).to_std().is_ok_and(|waited| waited > self.promise())
    }
}

words! {
    /// How far a broadcast to a large audience has come.
    Holding {
        /// Nobody may leave until a second person agrees.
        Unapproved = "unapproved",
        /// Nobody, or only the first 1 %, may leave.
        Held = "held",
        /// The first failed too often: a person decides about the rest.
        Halted = "halted",
        /// The rest is on its way out.
        Releasing = "releasing",
        /// Everybody may leave.
        Released = "released",
    }
}

/// How much is told to how many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// An audience of more people is told in steps; 0 for never.
    pub hold_above: usize,
    /// How long nobody is told, so that it can be stopped.
    pub hold: Duration,
    /// How long the first 1 % are watched before the rest is told.
    pub watch: Duration,
    /// The most messages that one person gets in an hour. Only a correction and
    /// the code of a sign-up pass.
    pub per_hour: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            hold_above: 50_000,
            hold: Duration::from_secs(30),
            watch: Duration::from_secs(30),
            per_hour: 10,
        }
    }
}

/// Why a message waits that is one too many for its reader at the moment.
pub const HAD_THEIR_SHARE: &str = "they had many messages in the last hour";

impl Limits {
    /// Whether a delivery is among the first 1 %: by its own id, which is
    /// random at its end (RFC 9562, 5.7).
    pub fn is_first(delivery: Uuid) -> bool {
        let tail = delivery.as_bytes().last_chunk::<4>().map_or(0, |b| u32::from_be_bytes(*b));
        tail % 100 == 0
    }
}

/// What tells a message under way that it was stopped after it was claimed.
#[derive(Debug, Clone, Default)]
pub struct Halt(Arc<AtomicBool>);

impl Halt {
    /// It was stopped.
    pub fn call(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_called(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether no message listens to it.
    pub fn is_needless(&self) -> bool {
        Arc::strong_count(&self.0) == 1
    }
}

/// Where one message goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// An email address.
    Email(String),
    /// A mobile number in E.164.
    Sms(String),
    /// As `Sms`.
    WhatsApp(String),
    /// A browser that asked for notifications.
    Push(Subscription),
    /// An account that an organisation brings.
    Account(Account),
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({})", self.channel())
    }
}

impl Address {
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Sms(_) => Channel::Sms,
            Self::WhatsApp(_) => Channel::WhatsApp,
            Self::Push(_) => Channel::Push,
            Self::Account(account) => account.channel(),
        }
    }
}

/// One message about to leave.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub delivery: Uuid,
    /// For how much longer it is worth delivering (hazard H8).
    pub valid_for: Duration,
    pub to: Address,
    /// The name of the provider that this attempt is for, where the channel has
    /// several. A look-up asks the same one.
    pub provider: Option<String>,
    pub message: Message,
    /// A code that somebody asked for, and not news.
    pub is_code: bool,
    /// Names this delivery to whoever returns it undelivered, and to nobody
    /// else: the address that bounces go to carries it.
    pub return_token: String,
    /// Where the reader leaves with one press; for email also the target of
    /// the one-click `POST` (RFC 8058).
    pub leave_url: Option<String>,
    /// A correction, or what is urgent.
    pub is_urgent: bool,
    /// When the delivery was made. The same on every attempt, so that record keys are too.
    pub made_at: DateTime<Utc>,
    /// Names its words beside the delivery: others never leave under their id. `None` where
    /// there are no others.
    pub wording: Option<String>,
    /// Since when it says them.
    pub worded_at: DateTime<Utc>,
    /// 1 for the first.
    pub attempt: i32,
    /// When this attempt is made.
    pub at: DateTime<Utc>,
    /// The incident or plan that it is about, at the place; only for a browser, which puts the
    /// newest in place of the one before.
    pub about: Option<Uuid>,
    /// Whether an attempt before this one may have arrived.
    pub maybe_sent: bool,
    /// The provider's ids of attempts before, whose end is known. A look-up passes
    /// them over.
    pub known: Vec<String>,
    /// For an account: what it posted about the same thing before.
    pub thread: Option<Thread>,
    /// Looked at where a stop still holds: before anything of the message leaves.
    pub halt: Halt,
}

/// Earlier posts of the same account about the same incident or plan, by the
/// references that they were accepted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The first.
    pub root: String,
    /// The one to answer: the newest, or the one that is corrected.
    pub parent: String,
}

/// How one attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took it; its own id for the message.
    Accepted { reference: String },
    /// Certainly not taken; try again, not sooner than `after`.
    Later { reason: String, after: Option<Duration> },
    /// Certainly not taken, and the fault is the channel's, not the message's
    /// (rate limit, wrong password, provider down): everything on the channel
    /// waits, and the attempt does not count.
    Pause { reason: String, after: Duration },
    /// As `Pause`, and the provider is well: it wants to be left alone for so long.
    SlowDown { reason: String, after: Duration },
    /// Certainly not taken, and never will be.
    Never { reason: String },
    /// As `Never`, for a reason that lies in the address: nothing will be taken
    /// there. Whoever owns it is told; nothing is deleted.
    Gone { reason: String, fault: AddressFault },
    /// Nobody knows. It may have arrived.
    Unclear { reason: String },
    /// It was stopped before anything of it left.
    Stopped,
}

impl Outcome {
    /// In one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Later { .. } => "later",
            Self::Pause { .. } | Self::SlowDown { .. } => "pause",
            Self::Never { .. } | Self::Gone { .. } => "never",
            Self::Unclear { .. } => "unclear",
            Self::Stopped => "stopped",
        }
    }

    /// The same, where a pause is the provider's wish.
    #[must_use]
    pub fn by_wish(self) -> Self {
        match self {
            Self::Pause { reason, after } => Self::SlowDown { reason, after },
            other => other,
        }
    }
}

/// A provider that waits, because it asked for it, refuses or cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// The channel and the provider: "sms twilio".
    pub scope: String,
    pub until: DateTime<Utc>,
    pub reason: String,
    /// How often in a row.
    pub fails: i32,
    /// It answered when it was asked. One message at a time shows the rest.
    pub trial: bool,
    /// When it is asked whether it is well, before its time is up; `None` where it wants
    /// to be left alone.
    pub ask_at: Option<DateTime<Utc>>,
    /// With whose account it waits, by a fingerprint; `None` where that is not known.
    pub account: Option<String>,
}

impl Pause {
    /// Whether it waits with this account.
    pub fn is_of(&self, account: Option<&str>) -> bool {
        self.account.is_none() || self.account.as_deref() == account
    }

    /// Whether its time is up.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.until <= now
    }
}

/// What a failure says about the address itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// The person has said, elsewhere, that they want no more.
    Left,
    /// It takes no messages and never will: no such mailbox, a landline.
    Dead,
    /// It may be dead. Three in a row count as one that is.
    Doubtful,
}

/// What the provider says when asked about an unclear message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    Found {
        reference: String,
    },
    NotFound,
    /// The provider could not be asked; ask again later.
    Down {
        reason: String,
    },
    /// This channel cannot be asked. Sending again may make a copy.
    Impossible,
    /// Sending again is harmless: the provider drops a repeat.
    Repeatable,
}

/// After how long a message is no longer worth sending (hazard H8).
pub fn lifetime(channel: Channel, lane: Lane) -> Duration {
    match lane {
        Lane::Confirmation => Duration::from_secs(3600),
        _ => channel.about().lifetime,
    }
}

/// The pause before attempt number `attempt + 1`, without jitter.
pub fn retry_after(attempt: i32) -> Duration {
    const STEPS: [u64; 7] = [10, 30, 120, 300, 900, 1800, 3600];
    let step = usize::try_from(attempt.max(1) - 1).unwrap_or(0).min(STEPS.len() - 1);
    Duration::from_secs(STEPS[step])
}
