//! Planned work that runs, told as an incident: an alert knows nothing else.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::claims::Origin;
use super::{Ending, Facts, IncidentFact, LineFact, PlannedFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::incident::{Confirmation, Incident, Kind, Stage, Target, Update};
use crate::domain::line::Lines;
use crate::domain::planned::{Planned, StepKind, Window};
use crate::domain::planned_words;
use crate::domain::written::Written;

impl Facts {
    /// Windows of planned work that stop something here, from their beginning on; those that
    /// are over as long as anybody knows of them, for an alert goes on naming those before it.
    pub fn works(&self, now: DateTime<Utc>) -> Vec<IncidentFact> {
        let all = self.planned.iter().flat_map(|f| f.outlook.windows.iter().map(move |w| (f, w)));
        let began = all.filter(|(_, w)| w.starts_at <= now && ended(w) > w.starts_at);
        let told = began.map(|(f, w)| (f, w, f.outlook.planned.lines.of(&self.org)));
        let felt = told.filter(|(_, _, lines)| lines.0.values().any(|s| s.state.severity > 0));
        felt.map(|(f, w, lines)| self.work(f, w, lines, now)).collect()
    }

    fn work(&self, fact: &PlannedFact, window: &Window, lines: Lines, now: DateTime<Utc>) -> IncidentFact {
        let incident = incident(self.org.code.as_str(), fact, window, lines, now);
        // Where somebody whose word counts for more has said how it is, it is not felt.
        let is_felt = |f: &LineFact| f.is_planned() && f.said_by == incident.declared_by;
        let felt = incident.is_open() && self.at(now).lines.iter().any(is_felt);
        let is_beaten = incident.is_open() && !felt;
        let beaten = is_beaten.then(|| self.beaten_since(&incident));
        IncidentFact {
            touch: Touch::Reached,
            recorded: Touch::Reached,
            confirmation: Confirmation::Confirmed,
            response: None,
            answered_before: Vec::new(),
            ending: if felt { Ending::Open } else { Ending::Own },
            knowing: Vec::new(),
            as_usual: beaten.into_iter().collect(),
            declared_by_name: fact.planned_by_name.clone(),
            others: Vec::new(),
            origin: Origin::none(),
            system_name: fact.system_name.clone(),
            incident: Arc::new(incident),
        }
    }
}

impl Facts {
    /// Since when somebody whose word counts for more has spoken of all that planned work stops.
    fn beaten_since(&self, incident: &Incident) -> DateTime<Utc> {
        let last = incident.updates.last();
        let wrong = last.into_iter().flat_map(|u| &u.lines.0).filter(|(_, s)| s.state.severity > 0);
        // Of the claims about a line, those that count for more come first.
        let spoke = wrong.filter_map(|(line, _)| {
            let of_line = self.candidates.iter().filter(|f| f.line == *line);
            of_line.take_while(|f| !f.is_planned()).map(|f| f.since).min()
        });
        let began = last.map_or(incident.created_at, |update| update.published_at);
        spoke.max().map_or(began, |since| since.max(began))
    }
}

/// When a window ends, or was stopped.
fn ended(window: &Window) -> DateTime<Utc> {
    window.cancelled_at.map_or(window.ends_at, |at| at.min(window.ends_at))
}

/// One window: that it began, that it takes longer, that it is over.
fn incident(place: &str, fact: &PlannedFact, window: &Window, lines: Lines, now: DateTime<Utc>) -> Incident {
    let (plan, day) = (&fact.outlook.planned, window.day.to_string());
    let id = derived_id(&[place, "work", &plan.id.to_string(), &day]);
    let moments = moments(plan, window, now).into_iter().zip(1..);
    let update = |((at, is_over), seq): ((DateTime<Utc>, bool), i32)| Update {
        id: derived_id(&[&id.to_string(), &at.timestamp_micros().to_string()]),
        incident: id,
        seq,
        stage: if is_over { Stage::Resolved } else { Stage::Identified },
        lines: if is_over { Lines::default() } else { lines.clone() },
        // What was said later was not known then.
        message: Some(match plan.message.as_ref().filter(|_| !is_over) {
            Some(written) => written.clone(),
            None => Written::in_every(|w| planned_words::stands(&plan.window_at(window.day, at), at, w)),
        }),
        published_at: at,
        next_update_by: plan.window_at(window.day, at).ends_at,
        said_by: plan.planned_by.clone(),
        withdrawn_at: None,
        corrects: None,
    };
    Incident {
        id,
        title: plan.title.clone(),
        target: Target::Named { organisations: Vec::new(), system: plan.target.system().cloned() },
        declared_by: plan.planned_by.clone(),
        kind: Kind::Live,
        level: None,
        created_at: window.starts_at,
        updates: moments.map(update).collect(),
        note: None,
    }
}

/// When a window began, when it was said to take longer, and when it was over, which it may
/// have been before somebody said that; a moment at which it was over is marked.
fn moments(plan: &Planned, window: &Window, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, bool)> {
    let mut all = vec![(window.starts_at, false)];
    let mut end = plan.scheduled(window.day).1;
    let of_window = plan.steps.iter().filter(|s| s.day.is_none_or(|day| day == window.day));
    for step in of_window.filter(|step| step.at <= now && step.at >= window.starts_at) {
        match (step.kind, step.ends_at) {
            (StepKind::Extended, Some(later)) => {
                all.extend((end <= step.at).then_some((end, true)));
                all.push((step.at, false));
                end = later;
            }
            (StepKind::Ended, Some(earlier)) => end = end.min(earlier),
            (StepKind::Cancelled, _) => end = end.min(step.at),
            _ => {}
        }
    }
    all.extend((end <= now).then_some((end, true)));
    all
}
