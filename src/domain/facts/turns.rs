//! Whose word counted for a place, from moment to moment: worked out as its page works out
//! whose word counts now, from what had been said by then.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::claims::{self, ranked};
use super::view::counting;
use super::{Facts, IncidentFact, LineFact, Situation, linked, planned};
use crate::domain::incident::{GRACE, LocalFacts};
use crate::domain::line::{Line, Lines};
use crate::domain::org::OrgCode;

/// From a moment on, until the next, what counts of each line.
pub(super) struct Turn {
    pub(super) at: DateTime<Utc>,
    counts: Vec<LineFact>,
}

impl Turn {
    /// Of the lines that a speaker says are wrong, those of which its word counts; and what it
    /// says is as usual.
    pub(super) fn felt(&self, word: &LocalFacts, lines: &Lines) -> Lines {
        let counts = |line: Line| self.of(line).is_some_and(|fact| is_by(fact, word));
        let felt = lines.0.iter().filter(|(line, setting)| setting.state.severity == 0 || counts(**line));
        Lines(felt.map(|(line, setting)| (*line, setting.clone())).collect())
    }

    /// Who says, where all these lines are as usual by what counts of them, that the last
    /// of them is.
    pub(super) fn lifted_by(&self, wrong: impl Iterator<Item = Line>) -> Option<&OrgCode> {
        let said: Option<Vec<&LineFact>> = wrong.map(|line| self.of(line)).collect();
        let said = said.filter(|all| all.iter().all(|fact| fact.setting.state.severity == 0))?;
        let last = said.into_iter().max_by_key(|fact| fact.counts_from)?;
        Some(last.by.as_ref().map_or(&last.said_by, |by| &by.code))
    }

    fn of(&self, line: Line) -> Option<&LineFact> {
        self.counts.iter().find(|fact| fact.line == line)
    }
}

/// Whether a line is told by the speaker of a word.
fn is_by(fact: &LineFact, word: &LocalFacts) -> bool {
    let teller = fact.by.as_ref().map(|by| &by.code);
    fact.is_apart && fact.said_by == word.organisation && teller == word.by.as_ref().map(|by| &by.code)
}

impl Facts {
    /// What counted, from the first word on until `now`.
    pub(super) fn turns(&self, now: DateTime<Utc>) -> Vec<Turn> {
        let mut heard = Situation::default();
        let mut words: Vec<_> = self.local_past.iter().collect();
        words.sort_by_key(|word| word.set_at);
        let mut words = words.into_iter().peekable();
        let above: Vec<_> = self.speakers.iter().map(|(code, steps, _)| (code.clone(), *steps)).collect();
        let turn = |at| {
            while let Some(word) = words.next_if(|word| word.set_at <= at) {
                heard.say(word.as_ref().clone());
            }
            // Nobody reads these names.
            let name = |_: &OrgCode| String::new();
            let mut all = Vec::new();
            for fact in self.incidents.iter().filter_map(|fact| fact.as_of(at, &self.org)) {
                claims::of_incident(&mut all, &fact, fact.response.as_ref(), &self.org, &name);
            }
            claims::of_words(&mut all, &heard, &self.org, &above, &name);
            Turn { at, counts: counting(&ranked(all), at).cloned().collect() }
        };
        self.moments(now).into_iter().map(turn).collect()
    }

    /// The same as they were at a moment, with what had been said of the lines by then: of what
    /// was told then nothing changes by what is said later.
    pub fn said_until(&self, at: DateTime<Utc>) -> Self {
        let mut known = self.known_at(at);
        known.planned.retain(|fact| fact.outlook.planned.created_at <= at);
        let mut heard = Situation::default();
        let mut words: Vec<&LocalFacts> = self.local_past.iter().map(AsRef::as_ref).collect();
        words.sort_by_key(|word| word.set_at);
        for word in words.into_iter().filter(|word| word.set_at <= at) {
            // That its speaker said something else before its end was not known then.
            let expires_at = word.meant_until.unwrap_or(word.expires_at);
            heard.say(LocalFacts { expires_at, ..word.clone() });
        }
        let above: Vec<_> = self.speakers.iter().map(|(code, steps, _)| (code.clone(), *steps)).collect();
        let (org, name) = (&self.org, |_: &OrgCode| String::new());
        let mut all = Vec::new();
        for fact in &known.incidents {
            claims::of_incident(&mut all, fact, fact.response.as_ref(), org, &name);
        }
        claims::of_words(&mut all, &heard, org, &above, &name);
        for fact in &known.linked {
            claims::claim(&mut all, &linked::slower(), &fact.speaker(), org, &name);
        }
        for fact in &known.planned {
            let plan = &fact.outlook.planned;
            let windows = fact.outlook.windows.iter().map(|w| plan.window_at(w.day, at));
            planned::claim(&mut all, fact, &windows.collect::<Vec<_>>(), org);
        }
        Self { candidates: ranked(all), ..known }
    }

    /// When another word may have come to count.
    fn moments(&self, now: DateTime<Utc>) -> BTreeSet<DateTime<Utc>> {
        let words = self.local_past.iter().flat_map(|word| {
            let sessions = word.lines.0.values().filter_map(|setting| setting.session_times());
            sessions.map(|(_, ends)| ends).chain([word.set_at, word.expires_at])
        });
        let first = self.local_past.iter().map(|word| word.set_at).min();
        let all: BTreeSet<_> = words.chain(self.incidents.iter().flat_map(spoken)).collect();
        all.into_iter().filter(|at| Some(*at) >= first && *at <= now).collect()
    }
}

/// When somebody spoke of an incident, took it back, or could not be relied on any more.
pub(super) fn spoken(fact: &IncidentFact) -> impl Iterator<Item = DateTime<Utc>> {
    let of_updates = fact.incident.updates.iter().flat_map(|update| {
        let said = [Some(update.published_at), update.withdrawn_at, Some(update.next_update_by + GRACE)];
        said.into_iter().flatten()
    });
    let answered = fact.answers().flat_map(|answer| [answer.made_at, answer.own_end()]).collect::<Vec<_>>();
    of_updates.chain(answered)
}
