//! Planned work that runs, told as an incident: an alert knows nothing else.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::claims::Origin;
use super::{Ending, Facts, IncidentFact, LineFact, PlannedFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::incident::{Confirmation, Incident, Kind, Stage, Target, Update};
use crate::domain::line::Lines;
use crate::domain::planned::{StepKind, Window};
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
        let is_felt = |f: &LineFact| f.is_planned && f.said_by == incident.declared_by;
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
            of_line.take_while(|f| !f.is_planned).map(|f| f.since).min()
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
    let extended = plan.steps.iter().filter(|s| s.day == Some(window.day) && s.kind == StepKind::Extended);
    let extended = extended.map(|s| s.at).filter(|at| *at > window.starts_at && *at < ended(window));
    let over = Some(ended(window)).filter(|end| *end <= now);
    let moments = std::iter::once(window.starts_at).chain(extended).chain(over).zip(1..);
    let update = |(at, seq): (DateTime<Utc>, i32)| Update {
        id: derived_id(&[&id.to_string(), &at.timestamp_micros().to_string()]),
        incident: id,
        seq,
        stage: if over == Some(at) { Stage::Resolved } else { Stage::Identified },
        lines: if over == Some(at) { Lines::default() } else { lines.clone() },
        message: Some(match plan.message.as_ref().filter(|_| over != Some(at)) {
            Some(written) => written.clone(),
            // What was said later was not known then.
            None => Written::in_every(|w| planned_words::stands(&plan.window_at(window.day, at), at, w)),
        }),
        published_at: at,
        next_update_by: window.ends_at,
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
