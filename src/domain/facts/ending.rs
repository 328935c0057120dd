//! Whether a problem is over at one place. A region sees that a system is back; only a
//! surgery, or the board that is responsible for it, knows that the surgery is: nothing
//! says "normal" before one of them does (scenario 8 of the NHS facts).

use crate::domain::incident::{Answer, Incident, Response};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};

/// Whether an incident is over here, and by whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It goes on.
    Open,
    /// The place, or whoever is responsible for it, said that it is over.
    Own,
    /// Others said so, and the place never said that it was affected.
    Others,
    /// Others said so, and the place has said that it is affected: until it or its board
    /// speaks, nobody knows whether it is back to normal.
    Awaited,
}

impl Ending {
    /// Whether it is not over here, as far as anybody knows who would.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Open | Self::Awaited)
    }

    /// Of an incident at a place, which answered so.
    pub fn of(incident: &Incident, org: &Org, answer: Option<&Response>, tree: &Directory) -> Self {
        if incident.is_open() {
            return Self::Open;
        }
        let ended_by = incident.standing().next_back().map(|update| &update.said_by);
        // A board, a trust, a company: whoever stands between it and the region.
        let is_responsible = |code: &OrgCode| {
            let wide = |kind| matches!(kind, OrgKind::Nation | OrgKind::Region);
            *code == org.code
                || tree.get(code).is_some_and(|body| !wide(body.kind))
                    && tree.above(&org.code).iter().any(|(c, _)| c == code)
        };
        // What a region pressed for a place is the region's word.
        let is_anothers = answer.and_then(|r| r.by.as_ref()).is_some_and(|by| !is_responsible(&by.code));
        match answer.map(|response| response.answer) {
            Some(Answer::NotAffected | Answer::Busy | Answer::Recovered) if is_anothers => Self::Others,
            Some(Answer::NotAffected | Answer::Busy | Answer::Recovered) => Self::Own,
            _ if ended_by.is_some_and(is_responsible) => Self::Own,
            Some(Answer::Affected) => Self::Awaited,
            None => Self::Others,
        }
    }
}
