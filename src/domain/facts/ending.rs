//! Whether a problem is over at one place. A region sees that a system is back; only a
//! surgery, or the board that is responsible for it, knows that the surgery is: nothing
//! says "normal" before one of them does (scenario 8 of the NHS facts).

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{Facts, IncidentFact, Situation};
use crate::domain::cascade::{self, Touch};
use crate::domain::incident::{Answer, Incident, LocalFacts, Response, Stage, Update};
use crate::domain::line::{Line, Setting};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};

/// For so long the page of a place that said nothing tells that it has not confirmed what
/// others say is over. After that nobody would believe it: it would stand at thousands of
/// places that never speak.
pub const CONFIRMED_WITHIN: Duration = Duration::days(7);

/// Whether an incident is over here, and by whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It goes on.
    Open,
    /// The place, or whoever is responsible for it, said that it is over.
    Own,
    /// Others said so, and the place never said that it was affected: it may have been.
    Others,
    /// Others said so, and the place has said that it is affected: until it or its board
    /// speaks, nobody knows whether it is back to normal.
    Awaited,
}

/// Whether a body knows how a place is: the place itself, or a board, a trust or a
/// company; whoever stands between it and the region.
pub fn is_responsible(by: &OrgCode, place: &OrgCode, tree: &Directory) -> bool {
    let is_wide = |kind| matches!(kind, OrgKind::Nation | OrgKind::Region);
    let stands_between = || tree.above(place).iter().any(|(code, _)| code == by);
    by == place || (tree.get(by).is_some_and(|body| !is_wide(body.kind)) && stands_between())
}

/// When a place, or whoever is responsible for it, last said how it is there.
fn spoken_at(org: &Org, situation: &Situation, tree: &Directory) -> Option<DateTime<Utc>> {
    let knows = |code: &OrgCode| is_responsible(code, &org.code, tree);
    let live = || situation.incidents.iter().filter(|i| cascade::is_public(i));
    let answers = live().filter_map(|i| cascade::answer(i, &org.code, &situation.responses, tree));
    let answers = answers.filter(|r| r.by.as_ref().is_none_or(|by| knows(&by.code))).map(|r| r.made_at);
    // A trust speaks for its hospitals, of what is there as well.
    let is_own = |i: &&Arc<Incident>| {
        tree.is_part_of(&org.code, &i.declared_by) && cascade::covers(&i.target, &org.code, tree)
    };
    let own = live().filter(is_own).map(|i| i.changed_at());
    let local = tree.above(&org.code).iter().filter(|(code, _)| knows(code));
    let local = local.filter_map(|(code, _)| situation.local.get(code));
    let says = |local: &&LocalFacts| {
        local.lines.get(Line::Attend).is_some() && local.by.as_ref().is_none_or(|by| knows(&by.code))
    };
    let local = local.filter(says).map(|local| local.set_at);
    answers.chain(own).chain(local).max()
}

impl Ending {
    /// Whether it is not over here, as far as anybody knows who would.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Open | Self::Awaited)
    }

    /// Of an incident at a place, from what was said of it.
    pub fn at(incident: &Incident, org: &Org, situation: &Situation, tree: &Directory) -> Self {
        let answer = cascade::answer(incident, &org.code, &situation.responses, tree);
        match Self::of(incident, org, answer, tree) {
            // It has spoken of itself since.
            Self::Others if spoken_at(org, situation, tree) >= Some(incident.ended_at()) => Self::Own,
            ending => ending,
        }
    }

    /// The same where the place said nothing of itself but this answer.
    pub(super) fn of(incident: &Incident, org: &Org, answer: Option<&Response>, tree: &Directory) -> Self {
        if incident.is_open() {
            return Self::Open;
        }
        let ended_by = incident.standing().next_back().map(|update| &update.said_by);
        let is_responsible = |by: &OrgCode| is_responsible(by, &org.code, tree);
        // What a region pressed for a place is the region's word.
        let is_anothers = answer.and_then(|r| r.by.as_ref()).is_some_and(|by| !is_responsible(&by.code));
        match answer.map(|response| response.answer) {
            Some(Answer::NotAffected | Answer::Busy | Answer::Recovered) if is_anothers => Self::Others,
            Some(Answer::NotAffected | Answer::Busy | Answer::Recovered) => Self::Own,
            _ if ended_by.is_some_and(is_responsible) => Self::Own,
            Some(Answer::Affected) if is_anothers => Self::Others,
            Some(Answer::Affected) => Self::Awaited,
            None => Self::Others,
        }
    }

    /// Until when it is open whether a place is back to normal: others say so of what
    /// reaches it, and nobody has who would know. None where somebody has, or where nothing
    /// was said to be wrong.
    pub fn unconfirmed_until(self, incident: &Incident, answer: Option<&Response>) -> Option<DateTime<Utc>> {
        let was_elsewhere = answer.is_some_and(|r| matches!(r.answer, Answer::NotAffected | Answer::Busy));
        let is_wrong = |(line, s): (&Line, &Setting)| !line.is_national() && s.state.severity > 0;
        let is_news = |update: &&Update| update.corrects.is_none() && update.stage != Stage::Resolved;
        // What began without a word about lines is wrong in some way; later ones only add to it.
        let is_unsaid = || incident.standing().find(is_news).is_some_and(|first| first.lines.0.is_empty());
        let says_wrong = |update: &Update| update.lines.0.iter().any(is_wrong);
        let was_wrong = || is_unsaid() || incident.standing().any(says_wrong);
        let is_asked = self == Self::Others && !was_elsewhere && !incident.was_mistaken() && was_wrong();
        is_asked.then(|| incident.ended_at() + CONFIRMED_WITHIN)
    }
}

impl Incident {
    /// When it came back: it had been said to be over or getting better, and somebody said
    /// that it goes on, or took that back. Who said it and took it back undid nothing.
    fn relapses(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let is_bad = |stage: Stage| matches!(stage, Stage::Investigating | Stage::Identified);
        let worse = self.standing().filter(move |u| is_bad(u.stage)).map(|u| u.published_at);
        let undone = self.updates.iter().filter(move |u| !is_bad(u.stage)).filter_map(|u| u.withdrawn_at);
        let was_good = move |at| self.stage_before(at).is_some_and(|stage| !is_bad(stage));
        worse.chain(undone).filter(move |at| was_good(*at) && self.stage_at(*at).is_some_and(is_bad))
    }

    /// Whether it goes on again by what was said since a moment: it had been over, or getting better.
    pub fn comes_back(&self, since: DateTime<Utc>) -> bool {
        let was_over = self.stage_before(since) == Some(Stage::Resolved);
        (was_over && self.is_open()) || self.relapses().any(|at| at >= since)
    }

    /// How far along it was as it stood at a moment; None where nothing stood.
    fn stage_at(&self, at: DateTime<Utc>) -> Option<Stage> {
        let stood = |u: &&Update| u.published_at <= at && u.withdrawn_at.is_none_or(|gone| gone > at);
        self.updates.iter().rfind(stood).map(|update| update.stage)
    }

    fn stage_before(&self, at: DateTime<Utc>) -> Option<Stage> {
        self.stage_at(at - Duration::microseconds(1))
    }

    /// Whether an answer does not count any more: "back to normal", from before it came back.
    pub fn is_outdated(&self, answer: &Response) -> bool {
        let came_back = || self.relapses().any(|at| answer.made_at < at);
        answer.answer == Answer::Recovered && came_back()
    }
}

impl IncidentFact {
    /// As [`Ending::unconfirmed_until`].
    pub fn unconfirmed_until(&self) -> Option<DateTime<Utc>> {
        let until = self.ending.unconfirmed_until(&self.incident, self.response.as_ref());
        until.filter(|_| self.touch == Touch::Reached)
    }
}

impl Facts {
    /// What others say is over at this place, and nobody who would know has confirmed.
    pub fn unconfirmed(&self, now: DateTime<Utc>) -> impl Iterator<Item = &IncidentFact> + Clone {
        let sees_patients = self.org.kind.sees_patients();
        let stands = move |i: &&IncidentFact| i.unconfirmed_until().is_some_and(|until| now < until);
        self.incidents.iter().filter(move |i| sees_patients && stands(i))
    }
}
