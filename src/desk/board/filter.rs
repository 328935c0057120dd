//! Which places a board shows, and by what parts it adds them up.

use std::sync::Arc;

use uuid::Uuid;

use super::Standing;
use super::on::On;
use crate::domain::incident::Incident;
use crate::domain::line::Line;
use crate::domain::org::{Directory, Org, OrgKind, words};
use crate::domain::statement::Statement;
use crate::domain::system::{Catalogue, SystemKey};
use crate::domain::word::Word;

/// Which places a board shows; all, unless something is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// They use it, or what depends on it.
    pub system: Option<SystemKey>,
    /// It reaches them; then their word on this one is theirs on the board.
    pub incident: Option<Uuid>,
    /// It is not as usual there.
    pub line: Option<Line>,
    pub word: Option<Word>,
    pub kind: Option<OrgKind>,
    /// Their page is late; on the board of an incident, because of that.
    pub late: bool,
    pub only: Option<Only>,
}

words! {
    /// What somebody has to think of now.
    Only { PhonesDown = "phones_down", PhonesNotKnown = "phones_not_known", TurningAway = "turning_away" }
}

impl Only {
    /// Whether it is so at a place.
    pub fn is(self, standing: &Standing) -> bool {
        match self {
            Self::PhonesDown => standing.phones_down,
            Self::PhonesNotKnown => standing.phones_not_known,
            Self::TurningAway => standing.turns_away,
        }
    }

    /// What staff call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::PhonesDown => "Phones are down",
            Self::PhonesNotKnown => "Phones were down, and nobody knows whether they still are",
            Self::TurningAway => "Patients are asked not to come",
        }
    }
}

impl Filter {
    /// A place's word as this board shows it; `None` when it is not shown.
    pub(super) fn word_of(
        &self,
        org: &Org,
        standing: &Standing,
        on: Option<&On>,
        directory: &Directory,
        catalogue: &Catalogue,
    ) -> Option<Option<Word>> {
        let word = match self.incident {
            None => standing.word(),
            Some(_) => Some(on?.word(&org.code)?),
        };
        let uses = |key| {
            // As an incident there would reach: what depends on it stops with it.
            let stopped = catalogue.dependents(key);
            stopped.is_some_and(|all| directory.systems_of(&org.code).iter().any(|key| all.contains(key)))
        };
        let is_shown = self.word.is_none_or(|wanted| word == Some(wanted))
            && self.kind.is_none_or(|kind| org.kind == kind)
            && self.line.is_none_or(|line| standing.off.contains(&line))
            && (!self.late || standing.is_late(on))
            && self.only.is_none_or(|only| only.is(standing))
            && self.system.as_ref().is_none_or(uses);
        is_shown.then_some(word)
    }

    /// Whether the board is about an incident: about the one that was asked for, or one of
    /// the system that was.
    pub fn is_about(&self, incident: &Incident, catalogue: &Catalogue) -> bool {
        self.incident.is_none_or(|id| incident.id == id)
            && self
                .system
                .as_ref()
                .is_none_or(|key| incident.target.system().is_some_and(|of| have_to_do(of, key, catalogue)))
    }

    /// Whether the board has to do with what a supplier or partner says: about a whole area
    /// always; about a system where that is the board's too.
    pub(super) fn concerns(
        &self,
        said: &Statement,
        open: &[(Arc<Incident>, usize)],
        catalogue: &Catalogue,
    ) -> bool {
        let Some(of) = &said.system else { return true };
        let of_incident = |id: Uuid| open.iter().any(|(i, _)| i.id == id && said.is_about(i, catalogue));
        self.incident.is_none_or(of_incident)
            && self.system.as_ref().is_none_or(|key| have_to_do(of, key, catalogue))
    }
}

/// Whether one of two systems stops with the other.
fn have_to_do(one: &SystemKey, other: &SystemKey, catalogue: &Catalogue) -> bool {
    let stops = |key, with| catalogue.dependents(key).is_some_and(|all| all.contains(with));
    one == other || stops(one, other) || stops(other, one)
}

words! {
    /// By what parts a board adds its places up.
    #[derive(Default)]
    Parts {
        /// What stands directly below.
        #[default]
        Below = "below",
        Regions = "region",
        /// Integrated care boards, and the health boards of Wales.
        Boards = "board",
        /// Primary care networks.
        Networks = "network",
    }
}

impl Parts {
    pub(super) fn has(self, kind: OrgKind) -> bool {
        match self {
            Self::Below => false,
            Self::Regions => kind == OrgKind::Region,
            Self::Boards => matches!(kind, OrgKind::Icb | OrgKind::HealthBoard),
            Self::Networks => kind == OrgKind::Pcn,
        }
    }
}
