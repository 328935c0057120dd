//! Exercises and tests as staff see them. Nothing of them is on a page, in a
//! feed or among the messages that patients get.

use std::sync::Arc;

use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::facts::{self, Facts, IncidentFact, Situation};
use crate::domain::incident::{Incident, Kind, Response};
use crate::domain::org::OrgCode;
use crate::domain::standing;
use crate::domain::user::{Action, Actor};
use crate::store::incidents;

/// What would be said if one exercise or test were real, and nothing else were said.
pub(super) fn as_if_real(incident: &Incident, situation: &Situation) -> Situation {
    let incident = Incident { kind: Kind::Live, ..incident.clone() };
    Situation {
        responses: situation.responses.clone(),
        answered_before: situation.answered_before.clone(),
        incidents: vec![Arc::new(incident)],
        ..Situation::default()
    }
}

impl Desk {
    /// What would stand on the page of a place of theirs, if exercises and tests
    /// were real and nothing else were said.
    pub async fn exercise(&self, who: &Actor, code: &OrgCode) -> Result<Facts> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::See, code, &directory)?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        Ok(facts::of_exercises(org, &situation, &directory, &self.catalogue))
    }

    /// The exercises and tests that go on at somebody's own organisation or below, with what
    /// it said beside its answer, and whether it is asked: a region is not, whose surgeries
    /// practise.
    pub async fn exercises(&self, who: &Actor) -> Result<Vec<Practised>> {
        let facts = self.exercise(who, &who.organisation).await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let practised = |fact: &IncidentFact| Practised {
            fact: fact.clone(),
            stood: standing::stood(&fact.incident, &facts.org.code, &situation, &directory),
            is_asked: cascade::touches(&fact.incident.target, &facts.org, &directory, &self.catalogue)
                .is_some(),
        };
        Ok(facts.incidents.iter().filter(|fact| fact.goes_on()).map(practised).collect())
    }
}

/// An exercise or a test that goes on at a place.
#[derive(Debug)]
pub struct Practised {
    pub fact: IncidentFact,
    /// What it said of its lines and in its own words, and whether that stands.
    pub stood: Option<(Response, bool)>,
    pub is_asked: bool,
}
