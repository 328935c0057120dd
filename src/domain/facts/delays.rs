//! When a pharmacy was slower because of a problem at surgeries: for its history as it is
//! counted now, and for feeds and alerts as it was told at each moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Facts, IncidentFact, Situation, answers, ending, linked, turns};
use crate::domain::cascade::Touch;
use crate::domain::incident::{Answer, Incident, LocalFacts, Response, Stage, Update};
use crate::domain::line::{Line, Lines};
use crate::domain::org::{Directory, OrgCode};

/// What began just now has lasted this long already.
const INSTANT: Duration = Duration::milliseconds(1);

/// Stretches of time, in order; no two of them touch.
type Times = Vec<(DateTime<Utc>, DateTime<Utc>)>;

/// An incident at surgeries that slowed a pharmacy down for some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    pub incident: Arc<Incident>,
    pub declared_by_name: String,
    /// When it was slower; never, where the pharmacy says that it was not so there.
    pub times: Times,
    /// When its page said so, whatever anybody has said since.
    pub told: Times,
    /// When it ended for a surgery by the word of others alone.
    ended_by_others: BTreeSet<DateTime<Utc>>,
    /// What the pharmacy said itself about that.
    pub answer: Option<Response>,
    /// What it had said before, oldest first.
    pub answered_before: Vec<Response>,
}

impl Delay {
    /// For how long in all.
    pub fn length(&self) -> Duration {
        self.times.iter().fold(Duration::zero(), |sum, (from, to)| sum + (*to - *from))
    }

    /// When it was over; `None` while it goes on.
    pub fn ended(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.told.last().map(|(_, to)| *to).filter(|to| *to <= now)
    }

    /// What became slower.
    pub fn lines() -> Lines {
        linked::slower()
    }

    /// All that the pharmacy said itself, oldest first.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = &Response> {
        self.answered_before.iter().chain(&self.answer)
    }

    /// Whether one of the times in which it was told ended, for any surgery, by the word of others.
    pub(super) fn is_ended_by_others(&self, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> bool {
        self.ended_by_others.range(from..=to).next().is_some()
    }

    /// Whether the pharmacy says that it never was so there.
    fn is_elsewhere(&self) -> bool {
        let answer = self.answer.as_ref().filter(|answer| !self.incident.is_outdated(answer));
        answer.is_some_and(|r| matches!(r.answer, Answer::NotAffected | Answer::Busy))
    }

    /// Whether the pharmacy had said by a moment that it is as usual there.
    pub(super) fn is_cleared_at(&self, at: DateTime<Utc>) -> bool {
        let said: Vec<&Update> = self.incident.updates.iter().collect();
        let last = self.answers().rfind(|answer| answer.made_at <= at);
        last.is_some_and(|answer| answer.answer.clears() && !ending::is_outdated(&said, at, answer))
    }

    /// What is left of the times in which it was told when the pharmacy had not said otherwise.
    fn without_cleared(&self, told: &Times) -> Times {
        let said: BTreeSet<_> =
            self.answers().map(|answer| answer.made_at).chain(spoken(&self.incident)).collect();
        let cut = told.iter().flat_map(|(from, to)| {
            let inside = said.range((std::ops::Bound::Excluded(*from), std::ops::Bound::Excluded(*to)));
            let cuts: Vec<_> = std::iter::once(*from).chain(inside.copied()).chain([*to]).collect();
            cuts.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
        });
        joined(cut.filter(|(from, _)| !self.is_cleared_at(*from)).collect())
    }
}

fn spoken(incident: &Incident) -> impl Iterator<Item = DateTime<Utc>> {
    incident.updates.iter().flat_map(|u| [Some(u.published_at), u.withdrawn_at]).flatten()
}

impl Facts {
    /// The same, with what slowed a pharmacy down. That is looked for only where
    /// it is told; `of` gives the facts of a surgery.
    pub fn with_delays<F>(
        mut self,
        situation: &Situation,
        directory: &Directory,
        of: impl Fn(&OrgCode) -> Option<F>,
        now: DateTime<Utc>,
    ) -> Self
    where
        F: AsRef<Facts>,
    {
        let mut found: BTreeMap<Uuid, Delay> = BTreeMap::new();
        for surgery in directory.surgeries_of(&self.org.code).iter().filter_map(of) {
            let surgery = surgery.as_ref();
            for fact in &surgery.incidents {
                let new = || self.delay(fact, situation, directory);
                let delay = found.entry(fact.incident.id).or_insert_with(new);
                let late = surgery.told_late(fact, now + INSTANT);
                let is_own = |at: &DateTime<Utc>| surgery.spoke_of_itself(fact, *at);
                let ends = late.iter().map(|(_, to)| *to).filter(|to| *to <= now && !is_own(to));
                delay.ended_by_others.extend(ends);
                delay.told.extend(late);
            }
        }
        let settled = |delay: Delay| {
            let told = delay.without_cleared(&joined(delay.told.clone()));
            let lasted = told.iter().map(|(from, to)| (*from, now.min(*to)));
            let times = lasted.filter(|(from, to)| !delay.is_elsewhere() && from < to).collect();
            (!told.is_empty()).then_some(Delay { times, told, ..delay })
        };
        self.delays = found.into_values().filter_map(settled).collect();
        self.delays.sort_by_key(|d| std::cmp::Reverse(d.incident.created_at));
        self
    }

    fn delay(&self, fact: &IncidentFact, situation: &Situation, directory: &Directory) -> Delay {
        let incident = Arc::clone(&fact.incident);
        let answer = situation.responses.get(&(incident.id, self.org.code.clone())).cloned();
        let answered_before = answers::before(&incident, &self.org, answer.as_ref(), situation, directory);
        let declared_by_name = fact.declared_by_name.clone();
        let (times, told, ended_by_others) = (vec![], vec![], BTreeSet::new());
        Delay { incident, declared_by_name, times, told, ended_by_others, answer, answered_before }
    }

    /// Whether this surgery, or whoever knows how it is there, answered an incident or spoke at a moment.
    fn spoke_of_itself(&self, fact: &IncidentFact, at: DateTime<Utc>) -> bool {
        let own = self.local_past.iter().filter(|l| l.organisation == self.org.code && l.by.is_none());
        let answers = fact.answers().filter(|r| !fact.is_anothers(r, &self.org)).map(|r| r.made_at);
        own.map(|l| l.set_at).chain(answers).any(|moment| moment == at)
    }

    /// When pharmacies were told that prescriptions of this surgery are late because of one
    /// incident, by what had been said at each moment.
    fn told_late(&self, fact: &IncidentFact, until: DateTime<Utc>) -> Times {
        let words = self.local_past.iter().flat_map(|word| [word.set_at, word.expires_at]);
        let moments: BTreeSet<_> = turns::spoken(fact).chain(words).filter(|at| *at < until).collect();
        let moments: Vec<_> = moments.into_iter().chain([until]).collect();
        let late = moments.windows(2).filter(|pair| self.is_late_at(fact, pair[0]));
        late.map(|pair| (pair[0], pair[1])).collect()
    }

    /// As [`linked`] has it of the present.
    fn is_late_at(&self, fact: &IncidentFact, at: DateTime<Utc>) -> bool {
        let answer = fact.answer_at(at);
        let is_reached = fact.recorded == Touch::Reached || answer.is_some();
        if !is_reached
            || answer.is_some_and(|r| r.answer.clears())
            || !fact.ending_at(at, &self.org).goes_on()
        {
            return false;
        }
        if let Some(setting) = answer.and_then(|r| r.lines.get(Line::Prescriptions)) {
            return setting.state.severity > 0;
        }
        let is_open = fact.standing_at(at).next_back().is_some_and(|u| u.stage != Stage::Resolved);
        let said = Incident::lines_of(fact.standing_at(at));
        let is_wrong = said.get(Line::Prescriptions).is_some_and(|s| s.state.severity > 0);
        is_open && is_wrong && !self.were_as_usual_at(at)
    }

    /// Whether the surgery's own word at a moment was that prescriptions are as usual.
    fn were_as_usual_at(&self, at: DateTime<Utc>) -> bool {
        let own = self.local_past.iter().filter(|l| l.organisation == self.org.code && l.set_at <= at);
        let own: Vec<&LocalFacts> = own.map(AsRef::as_ref).collect();
        let stands = |n: usize| !own[n + 1..].iter().any(|later| own[n].is_replaced_by(later));
        let stood = (0..own.len()).rev().filter(|n| stands(*n)).map(|n| own[n]);
        let last = stood.filter_map(|l| Some((l, l.lines.get(Line::Prescriptions)?))).next();
        last.is_some_and(|(l, setting)| setting.state.severity == 0 && at < l.expires_at)
    }
}

/// In order, with those that touch as one.
fn joined(mut times: Times) -> Times {
    times.sort_unstable();
    let mut out = Times::new();
    for (from, to) in times {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_touch_are_one() {
        let at = |minute| DateTime::UNIX_EPOCH + Duration::minutes(minute);
        let times = vec![(at(30), at(40)), (at(0), at(10)), (at(10), at(20)), (at(5), at(7))];
        assert_eq!(joined(times), [(at(0), at(20)), (at(30), at(40))]);
    }
}
