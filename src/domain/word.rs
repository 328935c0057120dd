//! Where a place stands in one incident, by what it said of it.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::cascade::{self, Touch};
use super::incident::{Answer, Incident, Response};
use super::org::{Directory, Org, OrgCode, OrgStatus, words};
use super::system::Catalogue;

words! {
    /// An organisation's word on an incident that reaches it, worst last.
    Word {
        NotAffected = "not_affected",
        Recovered = "recovered",
        Busy = "busy",
        Unknown = "unknown",
        Silent = "silent",
        Affected = "affected",
    }
}

impl Word {
    /// Of an answer; of a place that gave none by how the incident touches it. Whoever
    /// declared it for its own rooms has confirmed it.
    pub fn of(said: Option<Answer>, touch: Touch, is_own: bool) -> Self {
        match (said, touch) {
            (Some(Answer::Affected), _) => Self::Affected,
            (Some(Answer::NotAffected), _) => Self::NotAffected,
            (Some(Answer::Busy), _) => Self::Busy,
            (Some(Answer::Recovered), _) => Self::Recovered,
            (None, _) if is_own => Self::Affected,
            (None, Touch::Possible) => Self::Unknown,
            (None, Touch::Reached) => Self::Silent,
        }
    }

    /// A place's word on one incident, open or over: board, report and list of answers count
    /// by it. None where the incident neither reaches the place nor was answered by it.
    pub fn on(
        incident: &Incident,
        org: &Arc<Org>,
        responses: &HashMap<(Uuid, OrgCode), Response>,
        directory: &Directory,
        catalogue: &Catalogue,
    ) -> Option<Self> {
        if !org.kind.sees_patients() || org.status != OrgStatus::Active {
            return None;
        }
        // As its page has it: a surgery's word is that of its branches.
        let said = cascade::answer(incident, &org.code, responses, directory);
        let touch = cascade::touches(&incident.target, org, directory, catalogue);
        // What does not reach a branch is none of its own, whatever its surgery says.
        let own = said.filter(|r| r.organisation == org.code);
        let touch = touch.or(own.map(|_| Touch::Reached))?;
        Some(Self::of(said.map(|r| r.answer), touch, directory.is_part_of(&org.code, &incident.declared_by)))
    }
}
