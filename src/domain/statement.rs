//! What those who are not the NHS say: suppliers about their systems, partner
//! bodies about an area.
//!
//! A statement is its speaker's word and nobody else's. It stands beside the
//! lines and never changes one. It is never edited: a newer one takes its place,
//! or its speaker takes it back, which can be seen. It counts until it runs out.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::cascade::Touch;
use super::facts::IncidentFact;
use super::incident::{Incident, Kind, MAX_MESSAGE, check_time};
use super::org::{Directory, Org, OrgCode, OrgKind, words};
use super::system::{Catalogue, SystemKey};
use super::written::Written;

/// How long a statement counts when its speaker gives no end.
pub const DEFAULT_LIFE: Duration = Duration::hours(24);
/// How long it stays to be seen that a statement was taken back.
pub const SHOWN_TAKEN_BACK: Duration = Duration::hours(24);

words! {
    /// Who speaks.
    SpeakerKind { Supplier = "supplier", Partner = "partner" }
}

/// Somebody who has a word beside the NHS's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    pub id: Uuid,
    /// "optum", "counter-federation".
    pub key: String,
    pub name: String,
    pub kind: SpeakerKind,
    /// Where and at which kinds of place a partner's word is shown; a supplier's
    /// goes wherever an incident on its system goes.
    pub area: Option<Area>,
    /// The organisation that let it in.
    pub admitted_by: OrgCode,
    /// Under which a partner is told; who wants its news follows this code.
    #[serde(default)]
    pub code: Option<OrgCode>,
    /// The systems of whose incidents a partner is told; of all in its area,
    /// where none is named.
    #[serde(default)]
    pub follows: Vec<SystemKey>,
}

/// Where a partner's word is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub scope: OrgCode,
    pub kinds: Vec<OrgKind>,
}

/// What one of them said at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub id: Uuid,
    pub speaker: Speaker,
    /// What it is about; of a partner it may be its whole area.
    pub system: Option<SystemKey>,
    pub message: Written,
    pub made_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub taken_back_at: Option<DateTime<Utc>>,
}

impl Speaker {
    /// A partner as the pages know whoever has one.
    pub(super) fn as_org(&self) -> Option<Org> {
        Some(Org::named(self.code.clone()?, self.name.clone(), OrgKind::Partner))
    }
}

impl Area {
    pub fn covers(&self, org: &Org, directory: &Directory) -> bool {
        self.kinds.contains(&org.kind) && directory.is_at_or_below(&org.code, &self.scope)
    }
}

impl Statement {
    /// Whether it counts.
    pub fn stands(&self, now: DateTime<Utc>) -> bool {
        self.taken_back_at.is_none() && self.made_at <= now && now < self.until
    }

    /// Whether there is anything to be seen of it: it counts, or was taken back
    /// lately.
    pub fn is_seen(&self, now: DateTime<Utc>) -> bool {
        let lately = |at: DateTime<Utc>| now < at + SHOWN_TAKEN_BACK;
        self.stands(now) || self.taken_back_at.is_some_and(lately)
    }

    pub fn changed_at(&self) -> DateTime<Utc> {
        self.taken_back_at.unwrap_or(self.made_at)
    }

    /// The moments at which the clock alone changes what is seen of it.
    pub fn deadlines(&self) -> [DateTime<Utc>; 2] {
        [self.until, self.taken_back_at.map_or(self.until, |at| at + SHOWN_TAKEN_BACK)]
    }

    /// Whether it speaks of a system that the incident stops: the incident is
    /// on it, or on what it depends on.
    pub fn is_about(&self, incident: &Incident, catalogue: &Catalogue) -> bool {
        let stopped = incident.target.system().and_then(|cause| catalogue.dependents(cause));
        let both = stopped.zip(self.system.as_ref());
        incident.kind == Kind::Live && both.is_some_and(|(stopped, system)| stopped.contains(system))
    }

    /// Whether it is told on the page of a place that these incidents reach.
    ///
    /// About a system, it is told where an open incident stops that system and
    /// the place uses it. With no such incident it is a report of a fault, for
    /// coordinators alone: a supplier cannot change a page by itself.
    pub fn is_told_at(
        &self,
        org: &Org,
        incidents: &[IncidentFact],
        directory: &Directory,
        catalogue: &Catalogue,
    ) -> bool {
        let is_in_area = self.speaker.area.as_ref().is_none_or(|area| area.covers(org, directory));
        let Some(system) = &self.system else {
            return is_in_area && self.speaker.kind == SpeakerKind::Partner;
        };
        let reaches = |fact: &IncidentFact| {
            fact.touch == Touch::Reached
                && !fact.response.as_ref().is_some_and(|r| r.answer.clears())
                && fact.incident.is_open()
                && self.is_about(&fact.incident, catalogue)
                && (fact.incident.target.system() == Some(system)
                    || directory.systems_of(&org.code).contains(system))
        };
        is_in_area && incidents.iter().any(reaches)
    }
}

/// What somebody wants to say.
#[derive(Debug, Clone, Default)]
pub struct StatementDraft {
    pub system: Option<SystemKey>,
    pub message: Written,
    pub until: Option<DateTime<Utc>>,
}

impl StatementDraft {
    pub fn check(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        self.message.check("/message", MAX_MESSAGE, false, &mut errors);
        check_time("/until", self.until, now, &mut errors);
        errors
    }
}
