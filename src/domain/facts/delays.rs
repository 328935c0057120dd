//! When a pharmacy was slower because of a problem at surgeries, for its history.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Facts, Situation, linked};
use crate::domain::incident::{Answer, Incident, Response};
use crate::domain::line::{Line, Lines};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::uptime;

/// What began just now has lasted this long already.
const INSTANT: Duration = Duration::milliseconds(1);

/// An incident at surgeries that slowed a pharmacy down for some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    pub incident: Arc<Incident>,
    pub declared_by_name: String,
    /// When, in order; no two of them touch. None where the pharmacy has said since that it
    /// was not so there.
    pub times: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// When its page said so, whatever the pharmacy has said since.
    pub told: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// What the pharmacy said itself about that.
    pub answer: Option<Response>,
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
}

impl Facts {
    /// The same, with what slowed a pharmacy down. That is looked for only where
    /// its history is told; `of` gives the facts of a surgery.
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
        let mut found: BTreeMap<Uuid, ((Arc<Incident>, String), Vec<_>)> = BTreeMap::new();
        for surgery in directory.surgeries_of(&self.org.code).iter().filter_map(of) {
            let surgery = surgery.as_ref();
            for fact in &surgery.incidents {
                let times = uptime::times(surgery, fact, Line::Prescriptions, now + INSTANT);
                let of = || (Arc::clone(&fact.incident), fact.declared_by_name.clone());
                found.entry(fact.incident.id).or_insert_with(|| (of(), Vec::new())).1.extend(times);
            }
        }
        let delay = |((incident, declared_by_name), times): ((Arc<Incident>, String), Vec<_>)| {
            let answer = situation.responses.get(&(incident.id, self.org.code.clone())).cloned();
            let told = joined(until_answered(times, answer.as_ref()));
            let was_elsewhere =
                answer.as_ref().is_some_and(|r| matches!(r.answer, Answer::NotAffected | Answer::Busy));
            let lasted = told.iter().map(|(from, to)| (*from, now.min(*to)));
            let times = lasted.filter(|(from, to)| !was_elsewhere && from < to).collect();
            (!told.is_empty()).then_some(Delay { incident, declared_by_name, times, told, answer })
        };
        self.delays = found.into_values().filter_map(delay).collect();
        self.delays.sort_by_key(|d| std::cmp::Reverse(d.incident.created_at));
        self
    }
}

type Times = Vec<(DateTime<Utc>, DateTime<Utc>)>;

/// What is left of the times when the pharmacy has said that it is as usual.
fn until_answered(times: Times, answer: Option<&Response>) -> Times {
    match answer {
        Some(r) if r.answer.clears() => times
            .into_iter()
            .map(|(from, to)| (from, to.min(r.made_at)))
            .filter(|(from, to)| from < to)
            .collect(),
        _ => times,
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
