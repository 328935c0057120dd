//! Exercises and tests as staff see them. Nothing of them is on a page, in a
//! feed or among the messages that patients get.

use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::facts::{self, Facts, IncidentFact};
use crate::domain::org::OrgCode;
use crate::domain::user::{Action, Actor};
use crate::store::incidents;

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

    /// The exercises and tests that go on at somebody's own organisation or below, and
    /// whether it is asked: a region is not, whose surgeries practise.
    pub async fn exercises(&self, who: &Actor) -> Result<Vec<(IncidentFact, bool)>> {
        let facts = self.exercise(who, &who.organisation).await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let is_asked = |fact: &IncidentFact| {
            cascade::touches(&fact.incident.target, &facts.org, &directory, &self.catalogue).is_some()
        };
        let all = facts.incidents.iter().filter(|fact| fact.goes_on());
        Ok(all.map(|fact| (fact.clone(), is_asked(fact))).collect())
    }
}
