//! What slowed a pharmacy down, told as an incident: programs that know incidents alone find
//! what its page says in its feeds and alerts too.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::claims::{Origin, claim, ranked};
use super::delays::Delay;
use super::{Ending, Facts, IncidentFact, LineFact, LinkedFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::incident::{Confirmation, Incident, Response, Stage, Update};
use crate::domain::line::Lines;
use crate::domain::written::Written;

impl Facts {
    /// The same, with what slowed the place down among its incidents, under the incident's own
    /// identifier. What reaches the place itself is there already.
    pub fn with_slowed(mut self, now: DateTime<Utc>) -> Self {
        let is_there = |delay: &&Delay| self.incidents.iter().any(|i| i.incident.id == delay.incident.id);
        let new = self.delays.iter().filter(|delay| !delay.told.is_empty() && !is_there(delay));
        let slowed: Vec<IncidentFact> = new.map(|delay| self.slowed(delay, now)).collect();
        self.incidents.extend(slowed);
        self.incidents.sort_by_key(|i| std::cmp::Reverse((i.incident.created_at, i.incident.id)));
        self
    }

    fn slowed(&self, delay: &Delay, now: DateTime<Utc>) -> IncidentFact {
        let incident = incident(self.org.code.as_str(), delay, now);
        // "Back to normal" from before it came back is what was answered before.
        let is_outdated = |answer: &Response| delay.incident.is_outdated(answer);
        let response = delay.answer.clone().filter(|answer| !is_outdated(answer));
        let answered_before = delay.answers().filter(|answer| Some(*answer) != response.as_ref());
        let ended = delay.told.last().copied().filter(|(_, to)| *to <= now);
        let ending = match ended {
            None => Ending::Open,
            Some(time) if delay.is_ended_by_others(time) => Ending::Others,
            Some(_) => Ending::Own,
        };
        let by_surgeries = delay.told.iter().filter(|time| !delay.is_ended_by_others(**time));
        let fact = IncidentFact {
            touch: Touch::Reached,
            recorded: Touch::Reached,
            // It follows from what surgeries say: the pharmacy has nothing to confirm.
            confirmation: Confirmation::Confirmed,
            answered_before: answered_before.cloned().collect(),
            response,
            ending,
            // That a surgery said so itself counts as the pharmacy's word.
            knowing: Vec::new(),
            as_usual: by_surgeries.map(|(_, to)| *to).collect(),
            declared_by_name: delay.declared_by_name.clone(),
            // Its messages are all in the name of whoever declared it.
            others: Vec::new(),
            origin: Origin::of_surgeries(),
            system_name: None,
            incident: Arc::new(incident),
        };
        fact.with_answers(&self.org)
    }

    /// What slowed the place down at a moment, as its page had it then.
    pub(super) fn slowed_at(&self, at: DateTime<Utc>) -> (Vec<LinkedFact>, Vec<LineFact>) {
        let (mut linked, mut claims) = (Vec::new(), Vec::new());
        for delay in &self.delays {
            let Some((from, _)) = delay.told.iter().find(|(from, to)| *from <= at && at < *to) else {
                continue;
            };
            let taken_back = |u: &Update| u.withdrawn_at.filter(|back| *back <= at);
            let told = delay.incident.updates.iter().filter(|u| u.published_at <= at);
            let updates = told.map(|u| Update { withdrawn_at: taken_back(u), ..u.clone() }).collect();
            let incident = Arc::new(Incident { updates, ..delay.incident.as_ref().clone() });
            let declared_by_name = delay.declared_by_name.clone();
            let slowed = LinkedFact { incident, declared_by_name, since: *from };
            claim(&mut claims, &Delay::lines(), &slowed.speaker(), &self.org, &|_| {
                slowed.declared_by_name.clone()
            });
            linked.push(slowed);
        }
        (linked, ranked(claims))
    }
}

fn id(place: &str, delay: &Delay, at: DateTime<Utc>) -> uuid::Uuid {
    let at = at.timestamp_micros().to_string();
    derived_id(&[place, "slowed", &delay.incident.id.to_string(), &at])
}

/// What one message of it says.
#[derive(Clone, Copy)]
enum Says {
    Slower,
    Over,
    /// What others say while the pharmacy says that it is as usual there.
    Elsewhere(Stage, Option<DateTime<Utc>>),
}

/// That it began, each promise that was made for it, and that it is over; as often as it came
/// back. That the pharmacy says it is over itself is among its answers.
fn incident(place: &str, delay: &Delay, now: DateTime<Utc>) -> Incident {
    let all = delay.incident.as_ref();
    let stood = |at: DateTime<Utc>| {
        let stood = |u: &&Update| u.published_at <= at && u.withdrawn_at.is_none_or(|back| back > at);
        all.updates.iter().rfind(stood)
    };
    let mut moments: BTreeMap<DateTime<Utc>, Says> = BTreeMap::new();
    // It takes something good that others said for it to come back.
    let first = delay.told.first().map(|(from, _)| *from);
    let good = all
        .updates
        .iter()
        .filter(|u| Some(u.published_at) > first && (u.stage.is_recovering() || u.stage == Stage::Resolved));
    let elsewhere = good.filter(|u| delay.is_cleared_at(u.published_at));
    moments.extend(elsewhere.map(|u| (u.published_at, Says::Elsewhere(u.stage, u.withdrawn_at))));
    for (from, to) in &delay.told {
        let renewed = all.updates.iter().map(|u| u.published_at).filter(|at| from < at && at < to);
        moments.extend(std::iter::once(*from).chain(renewed).map(|at| (at, Says::Slower)));
        let is_own_end = delay.answers().any(|a| a.answer.clears() && a.made_at == *to);
        moments.extend(Some((*to, Says::Over)).filter(|_| *to <= now && !is_own_end));
    }
    // While surgeries get better, a pharmacy has their prescriptions late.
    let slower = |at| match stood(at).is_some_and(|update| update.stage.is_recovering()) {
        true => Stage::CatchingUp,
        false => Stage::Identified,
    };
    let late = || Written::in_every(|w| w.get("surgeries-have-a-problem").into());
    let update = |((at, says), seq): ((DateTime<Utc>, Says), i32)| {
        let (stage, lines, message, withdrawn_at) = match says {
            Says::Slower => (slower(at), Delay::lines(), Some(late()), None),
            Says::Over => (Stage::Resolved, Lines::default(), None, None),
            Says::Elsewhere(stage, taken_back) => (stage, Lines::default(), None, taken_back),
        };
        Update {
            id: id(place, delay, at),
            incident: all.id,
            seq,
            stage,
            lines,
            message,
            published_at: at,
            next_update_by: stood(at).map_or(at, |u| u.next_update_by),
            said_by: all.declared_by.clone(),
            withdrawn_at,
            corrects: None,
        }
    };
    Incident {
        created_at: delay.told.first().map_or(all.created_at, |(from, _)| *from),
        updates: moments.into_iter().zip(1..).map(update).collect(),
        note: None,
        ..all.clone()
    }
}
