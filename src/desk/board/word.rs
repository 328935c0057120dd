//! What a place says about the incidents that go on at it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::facts;
use crate::domain::incident::{Answer, Confirmation};
use crate::domain::word::Word;

pub(super) fn answers(facts: &facts::Facts, now: DateTime<Utc>) -> Vec<(Uuid, Word)> {
    let word = |i: &facts::IncidentFact| {
        let is_confirmed = i.response.is_none() && i.confirmation == Confirmation::Confirmed;
        // As its page has it: a surgery's word is that of its branches.
        Word::of(i.response.as_ref().map(|r| r.answer), i.touch, is_confirmed)
    };
    // About 999 and 111 alone nobody is asked, and nobody is silent.
    let is_asked = |i: &&facts::IncidentFact| i.response.is_some() || !i.incident.is_national_alone();
    let going_on = facts.incidents.iter().filter(|i| i.goes_on()).filter(is_asked);
    going_on.chain(facts.unconfirmed(now)).map(|i| (i.incident.id, word(i))).collect()
}

/// The incidents that others say are over and of which it said that it is back to normal.
pub(super) fn back(facts: &facts::Facts) -> Vec<Uuid> {
    let is_back = |i: &&facts::IncidentFact| {
        let said = i.response.as_ref().map(|r| r.answer);
        said == Some(Answer::Recovered) && !i.incident.is_open()
    };
    facts.incidents.iter().filter(is_back).map(|i| i.incident.id).collect()
}
