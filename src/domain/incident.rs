//! Incidents, the updates that tell them, and what organisations answer.
//!
//! An update is never edited. It may be withdrawn, and then it counts no more:
//! the facts of an incident are its standing updates, laid over each other.

mod relapse;
mod response;
mod told;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use response::{Proxy, Response};

use super::FieldError;
use super::line::Lines;
use super::org::{OrgCode, words};
use super::system::{self, SystemKey};
use super::time::{end_of_day, nine_in};
use super::written::Written;
use crate::words::{Words, english};

/// How long after posting the next update is due, unless the author says.
pub const DEFAULT_NEXT_UPDATE: Duration = Duration::hours(2);
words! {
    /// When the next update is promised, as staff choose it.
    Ahead {
        OneHour = "1h",
        TwoHours = "2h",
        FourHours = "4h",
        /// At 6:30pm.
        EndOfDay = "end_of_day",
        /// At 9am of the next day, for what is told of daily.
        Tomorrow = "tomorrow",
        /// At 9am of the same day next week.
        NextWeek = "next_week",
    }
}

impl Ahead {
    pub fn label(self) -> &'static str {
        match self {
            Self::OneHour => "In 1 hour",
            Self::TwoHours => "In 2 hours",
            Self::FourHours => "In 4 hours",
            Self::EndOfDay => "At the end of the day, 6:30pm",
            Self::Tomorrow => "Tomorrow, 9am",
            Self::NextWeek => "In a week, 9am",
        }
    }

    /// The moment that it stands for.
    pub fn from(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::OneHour => now + Duration::hours(1),
            Self::TwoHours => now + DEFAULT_NEXT_UPDATE,
            Self::FourHours => now + Duration::hours(4),
            Self::EndOfDay => end_of_day(now),
            Self::Tomorrow => nine_in(now, 1),
            Self::NextWeek => nine_in(now, 7),
        }
    }
}

/// How long after a missed update the facts still stand.
pub const GRACE: Duration = Duration::hours(1);
/// How long local facts stand when nobody gives their end.
pub const DEFAULT_LOCAL_EXPIRY: Duration = Duration::hours(24);
/// The furthest ahead that an update or an expiry may be promised.
pub const MAX_AHEAD: Duration = Duration::days(31);
/// The longest title, in characters.
pub const MAX_TITLE: usize = 120;
/// The longest note on what was learned, in characters.
pub const MAX_NOTE: usize = 5000;
/// The longest free text of an update, in characters.
pub const MAX_MESSAGE: usize = 600;

words! {
    /// Whether an incident is real. Only `live` ones reach patients.
    Kind { Live = "live", Exercise = "exercise", Test = "test" }
}

words! {
    /// How far along an incident is.
    Stage {
        Investigating = "investigating",
        Identified = "identified",
        /// Part of the service is back.
        Limited = "limited",
        /// The service is back; the backlog is not done.
        CatchingUp = "catching_up",
        Monitoring = "monitoring",
        Resolved = "resolved",
    }
}

impl Stage {
    /// What the page calls it.
    pub fn label(self, words: &'static Words) -> &'static str {
        words.get(&format!("stage-{self}"))
    }

    /// The built-in sentence about it.
    pub fn text(self, words: &'static Words) -> &'static str {
        words.get(&format!("stage-{self}.text"))
    }

    /// The service is back but not everything is done.
    pub fn is_recovering(self) -> bool {
        matches!(self, Self::CatchingUp | Self::Monitoring)
    }
}

words! {
    /// What one organisation says about an incident that reaches it.
    Answer {
        Affected = "affected",
        NotAffected = "not_affected",
        Busy = "busy",
        Recovered = "recovered",
    }
}

impl Answer {
    pub fn label(self) -> &'static str {
        match self {
            Self::Affected => "Affected",
            Self::NotAffected => "Not affected",
            Self::Busy => "Not affected, but busier than usual",
            Self::Recovered => "Back to normal here",
        }
    }

    /// Affected, now or until it recovered.
    pub fn says_affected(self) -> bool {
        matches!(self, Self::Affected | Self::Recovered)
    }

    /// The incident no longer shapes the page of who answered this.
    pub fn clears(self) -> bool {
        !matches!(self, Self::Affected)
    }
}

/// Whether the organisation itself has said that an incident is true for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    Confirmed,
    NotConfirmed,
    NotAffected,
}

/// Where an incident applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Everybody at or below `scope` who uses the system or one that depends
    /// on it.
    System { system: SystemKey, scope: OrgCode },
    /// These organisations; the system, if any, only names the cause.
    Named { organisations: Vec<OrgCode>, system: Option<SystemKey> },
    /// Everybody at or below `scope`.
    Area { scope: OrgCode },
}

impl Target {
    pub fn system(&self) -> Option<&SystemKey> {
        match self {
            Self::System { system, .. } => Some(system),
            Self::Named { system, .. } => system.as_ref(),
            Self::Area { .. } => None,
        }
    }

    pub fn scope(&self) -> Option<&OrgCode> {
        match self {
            Self::System { scope, .. } | Self::Area { scope } => Some(scope),
            Self::Named { .. } => None,
        }
    }
}

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    pub id: Uuid,
    pub title: Written,
    pub target: Target,
    pub declared_by: OrgCode,
    pub kind: Kind,
    /// NHS England's incident level, 1 (one organisation copes) to 4 (national
    /// command), as in the EPRR framework.
    pub level: Option<u8>,
    pub created_at: DateTime<Utc>,
    /// Oldest first.
    pub updates: Vec<Update>,
    /// What was learned, once it was over.
    pub note: Option<Note>,
}

/// What an organisation learned from an incident, for patients to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub id: Uuid,
    /// Free text, shown as written.
    pub message: Written,
    pub said_by: OrgCode,
    pub made_at: DateTime<Utc>,
}

/// What was said at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Update {
    pub id: Uuid,
    pub incident: Uuid,
    /// 1 for the first of its incident.
    pub seq: i32,
    pub stage: Stage,
    pub lines: Lines,
    /// Free text, shown as written.
    pub message: Option<Written>,
    pub published_at: DateTime<Utc>,
    pub next_update_by: DateTime<Utc>,
    /// The organisation in whose name it was said.
    pub said_by: OrgCode,
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The update that this one puts right.
    pub corrects: Option<Uuid>,
}

impl Update {
    /// A correction as it leaves after a newer update: without its own words, which would
    /// contradict what was said since, and as far along as that is.
    pub fn behind(&self, newer: &Self) -> Self {
        Self { message: None, stage: newer.stage, next_update_by: newer.next_update_by, ..self.clone() }
    }

    /// What it says in built-in words, where nobody wrote any: of a system that
    /// just failed what that means, later how far it has come.
    pub fn built_in(&self, system: Option<&SystemKey>, w: &'static Words) -> &'static str {
        match (self.stage, system.and_then(|key| system::message(key, w))) {
            _ if self.corrects.is_some() => w.get("what-we-told-was-wrong"),
            (Stage::Investigating | Stage::Identified, Some(words)) => words,
            (stage, _) => stage.text(w),
        }
    }
}

/// What an organisation says about itself, apart from any incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocalFacts {
    pub organisation: OrgCode,
    pub lines: Lines,
    pub message: Option<Written>,
    /// A number to use instead of the usual one.
    pub phone: Option<String>,
    pub expires_at: DateTime<Utc>,
    /// Until when it was meant to hold, where its speaker said something else before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant_until: Option<DateTime<Utc>>,
    pub set_at: DateTime<Utc>,
    /// Who said it of the organisation; `None` where it did itself.
    #[serde(default)]
    pub by: Option<Proxy>,
}

impl LocalFacts {
    /// Whether another word of the same organisation takes its place: the same speaker's.
    pub fn is_replaced_by(&self, other: &Self) -> bool {
        let speaker = |facts: &Self| facts.by.as_ref().map(|by| by.code.clone());
        self.organisation == other.organisation && speaker(self) == speaker(other)
    }
}

impl Incident {
    /// Updates that have not been withdrawn, oldest first.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Update> {
        self.updates.iter().filter(|u| u.withdrawn_at.is_none())
    }

    /// Whether all that was said has been taken back: what stands, if anything, is the
    /// correction of it.
    pub fn was_mistaken(&self) -> bool {
        !self.is_open() && self.standing().all(|update| update.corrects.is_some())
    }

    /// How far along it is, as staff read it: of what was only a mistake nothing is "back to
    /// normal".
    pub fn label(&self) -> &'static str {
        if self.was_mistaken() { english().get("stage-withdrawn") } else { self.stage().label(english()) }
    }

    /// What was said after a correction, and stands: the newest of it. The correction's own
    /// words hold no longer.
    pub fn said_since(&self, correction: &Update) -> Option<&Update> {
        let newest = self.standing().next_back().filter(|newest| newest.seq > correction.seq);
        newest.filter(|_| correction.corrects.is_some())
    }

    /// How far along it is. With every update withdrawn, nothing is claimed.
    pub fn stage(&self) -> Stage {
        self.standing().next_back().map_or(Stage::Resolved, |u| u.stage)
    }

    pub fn is_open(&self) -> bool {
        self.stage() != Stage::Resolved
    }

    /// Whether all that it says of lines is of 999 and 111: no place can clear those, so none
    /// is asked about it.
    pub fn is_national_alone(&self) -> bool {
        is_national_alone(self.standing())
    }

    /// Whether its last update is the first that speaks of lines that are a place's own.
    pub fn begins_to_ask(&self) -> bool {
        let before = self.standing().count().saturating_sub(1);
        is_national_alone(self.standing().take(before)) && !self.is_national_alone()
    }

    pub fn next_update_by(&self) -> Option<DateTime<Utc>> {
        self.standing().next_back().map(|u| u.next_update_by)
    }

    /// From when on nobody may rely on it any more.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.next_update_by().map(|due| due + GRACE)
    }

    /// When it was said to be over; of an incident that goes on, the last word.
    pub fn ended_at(&self) -> DateTime<Utc> {
        self.standing().next_back().map_or_else(|| self.changed_at(), |u| u.published_at)
    }

    pub fn changed_at(&self) -> DateTime<Utc> {
        self.updates
            .iter()
            .flat_map(|u| [Some(u.published_at), u.withdrawn_at])
            .flatten()
            .max()
            .unwrap_or(self.created_at)
    }
}

fn is_national_alone<'a>(said: impl Iterator<Item = &'a Update>) -> bool {
    let mut lines = said.flat_map(|update| update.lines.0.keys()).peekable();
    lines.peek().is_some() && lines.all(|line| line.is_national())
}

/// What an author wants to say, not yet checked against an incident.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub stage: Option<Stage>,
    pub lines: Option<Lines>,
    pub message: Option<Written>,
    pub next_update_by: Option<DateTime<Utc>>,
    /// The preset that its words were taken from, if any; they may have been
    /// changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Uuid>,
}

impl Draft {
    /// Checks times and texts; every mistake is reported.
    pub fn check(&self, now: DateTime<Utc>, needs_welsh: bool) -> Vec<FieldError> {
        let mut errors = check_message(self.message.as_ref(), needs_welsh);
        check_time("/next_update_by", self.next_update_by, now, &mut errors);
        errors
    }
}

/// The mistakes in the free text of an update, an answer or a step.
pub fn check_message(message: Option<&Written>, needs_welsh: bool) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if let Some(message) = message {
        message.check("/message", MAX_MESSAGE, needs_welsh, &mut errors);
    }
    errors
}

/// A promise lies ahead, but not for ever.
pub fn check_time(at: &str, time: Option<DateTime<Utc>>, now: DateTime<Utc>, errors: &mut Vec<FieldError>) {
    let Some(time) = time else { return };
    if time <= now {
        errors.push(FieldError::new(at, "This time has passed. Choose a time in the future."));
    } else if time > now + MAX_AHEAD {
        errors.push(FieldError::new(at, "Choose a time within the next 31 days."));
    }
}
