//! What a place answered about an incident of others, told among its updates: for
//! programs and records that know incidents alone, so that what a surgery says of
//! itself is in its feeds, its alerts and its history too, also after it has said that
//! it is over.

use std::sync::Arc;

use uuid::Uuid;

use super::{Ending, IncidentFact};
use crate::domain::derived_id;
use crate::domain::incident::{Answer, Response, Stage, Update};
use crate::domain::org::Org;
use crate::domain::written::Written;

impl IncidentFact {
    /// How far along it is here: what others say is over is catching up until the place
    /// says that it is back to normal.
    pub fn stage(&self) -> Stage {
        match self.ending {
            Ending::Awaited => Stage::CatchingUp,
            _ => self.incident.stage(),
        }
    }

    /// Whether the place has said that it is not, or no longer, affected.
    pub fn is_cleared(&self) -> bool {
        self.response.as_ref().is_some_and(|r| r.answer.clears())
    }

    /// Whether it is over at this place, or never was there.
    pub fn is_over(&self) -> bool {
        !self.goes_on() || self.is_cleared()
    }

    /// Every answer of the place, oldest first.
    pub fn answers(&self) -> impl Iterator<Item = &Response> {
        self.answered_before.iter().chain(&self.response)
    }

    /// Whether an update is an answer of the place.
    pub fn is_answer(&self, update: &Update) -> bool {
        self.answers().any(|answer| id(answer) == update.id)
    }

    /// The same with what the place answered among the updates.
    pub(super) fn with_answers(mut self, org: &Org) -> Self {
        if self.incident.declared_by == org.code || self.response.is_none() {
            return self;
        }
        let mut incident = self.incident.as_ref().clone();
        let said: Vec<Update> = self.answers().map(|answer| self.told(answer, org)).collect();
        incident.updates.extend(said);
        incident.updates.sort_by_key(|update| (update.published_at, update.seq));
        for (seq, update) in (1..).zip(&mut incident.updates) {
            update.seq = seq;
        }
        self.incident = Arc::new(incident);
        self
    }

    fn told(&self, answer: &Response, org: &Org) -> Update {
        let at = answer.made_at;
        let before = self.incident.standing().rfind(|update| update.published_at <= at);
        let stage = match answer.answer.clears() {
            true => Stage::Resolved,
            false => before.map_or(Stage::Identified, |update| update.stage),
        };
        Update {
            id: id(answer),
            incident: self.incident.id,
            // After what was said in the same moment.
            seq: i32::MAX,
            stage,
            lines: answer.lines.clone(),
            message: Some(answer.message.clone().unwrap_or_else(|| in_short(answer, org))),
            published_at: at,
            next_update_by: before.map_or(at, |update| update.next_update_by),
            said_by: answer.by.as_ref().map_or(&org.code, |by| &by.code).clone(),
            withdrawn_at: None,
            corrects: None,
        }
    }
}

fn id(answer: &Response) -> Uuid {
    let micros = answer.made_at.timestamp_micros().to_string();
    derived_id(&[answer.organisation.as_str(), "answer", &answer.incident.to_string(), &micros])
}

/// What somebody else answered for a place, and who.
pub fn said_for(answer: &Response) -> Option<(&'static str, &str)> {
    let by = answer.by.as_ref()?;
    let id = match answer.answer {
        Answer::Affected => "affected-said-by",
        Answer::NotAffected | Answer::Busy => "not-affected-said-by",
        Answer::Recovered => "recovered-said-by",
    };
    Some((id, &by.name))
}

/// What an answer says without words of its own, in every language.
fn in_short(answer: &Response, org: &Org) -> Written {
    let id = match answer.answer {
        Answer::Affected => "confirmed-by",
        Answer::NotAffected | Answer::Busy => "not-affected-by",
        Answer::Recovered => "recovered-by",
    };
    Written::in_every(|w| match said_for(answer) {
        Some((id, by)) => w.with(id, &[("name", by.into()), ("place", (&org.name).into())]),
        None => w.with(id, &[("name", (&org.name).into())]),
    })
}
