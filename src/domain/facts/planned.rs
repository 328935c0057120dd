//! Planned work as one organisation's page tells it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::claims::{Claim, Nearness, Origin, Speaker};
use super::{Facts, Situation};
use crate::domain::cascade::{self, Touch};
use crate::domain::line::Lines;
use crate::domain::org::{Directory, Org};
use crate::domain::planned::{Outlook, Phase, Planned, Window};
use crate::domain::system::Catalogue;

/// How long before a window the page announces it.
const ANNOUNCED_AHEAD: Duration = Duration::days(31);

/// Planned work on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedFact {
    pub outlook: Arc<Outlook>,
    pub planned_by_name: String,
    /// What it is on, as patients know it.
    pub system_name: Option<String>,
    /// From where it is planned, as that word counts here.
    pub origin: Origin,
}

/// Planned work that concerns the place. Where nobody knows which system it
/// uses, nothing is announced.
pub(super) fn facts(
    org: &Arc<Org>,
    situation: &Situation,
    directory: &Directory,
    catalogue: &Catalogue,
) -> Vec<PlannedFact> {
    let concerns = |outlook: &&Arc<Outlook>| {
        let planned = &outlook.planned;
        let tells = !org.kind.sees_patients() && planned.planned_by == org.code;
        tells || cascade::touches(&planned.target, org, directory, catalogue) == Some(Touch::Reached)
    };
    let fact = |outlook: &Arc<Outlook>| {
        let planned = &outlook.planned;
        let system = planned.target.system().and_then(|key| catalogue.get(key));
        PlannedFact {
            planned_by_name: match directory.get(&planned.planned_by) {
                Some(org) => org.name.clone(),
                None => planned.planned_by.to_string(),
            },
            system_name: system.map(|s| s.name.clone()),
            origin: Origin::of(&planned.planned_by, org, directory, system.map(AsRef::as_ref)),
            outlook: Arc::clone(outlook),
        }
    };
    situation.planned.iter().filter(concerns).map(fact).collect()
}

/// What planned work says about the lines, window by window: each claim begins
/// and ends by itself.
pub(super) fn claim(claims: &mut Vec<Claim>, fact: &PlannedFact, windows: &[Window], org: &Org) {
    let planned = &fact.outlook.planned;
    let steps = fact.origin.steps;
    for window in windows.iter().filter(|w| w.cancelled_at.is_none()) {
        let speaker = Speaker {
            nearness: match steps {
                // What the place has said since beats what it planned.
                Some(0) => Nearness::Confirmed,
                steps => Nearness::Above(steps.unwrap_or(u8::MAX)),
            },
            steps,
            defaults: fact.origin.defaults.as_ref(),
            planned_at: Some(planned.created_at),
            ..Speaker::own(&planned.planned_by, window.starts_at, window.ends_at)
        };
        super::claims::claim(claims, &planned.lines, &speaker, org, &|_| fact.planned_by_name.clone());
    }
}

impl Facts {
    /// What a window that lies ahead will stop here, as far as anybody knows by now: where
    /// somebody whose word counts for more has said how a line is, and that stands from its
    /// beginning to its end, that holds and not what was planned. Of a word that runs out
    /// meanwhile the worse is told. A board has no lines of its own: it tells what it planned.
    pub fn will_stop(&self, planned: &Planned, window: &Window) -> Lines {
        let mut lines = planned.lines.of(&self.org);
        let is_here = self.planned.iter().any(|fact| fact.outlook.planned.id == planned.id);
        if !is_here || !self.org.kind.sees_patients() {
            return lines;
        }
        // A window ends before the moment of its end.
        let views = [window.starts_at, window.ends_at - Duration::microseconds(1)].map(|at| self.at(at));
        for (line, setting) in lines.0.iter_mut().filter(|(_, setting)| setting.state.severity > 0) {
            // What nobody knows by then does not go before what was planned.
            let [Some(first), Some(last)] =
                views.each_ref().map(|v| v.lines.iter().find(|f| f.line == *line))
            else {
                continue;
            };
            let worst = if first.setting.state.severity > last.setting.state.severity { first } else { last };
            if !worst.is_planned() {
                setting.clone_from(&worst.setting);
            }
        }
        lines
    }

    /// Windows of planned work that a reader should know of at `now`: those
    /// that run or should be over, those called off lately, and of each plan
    /// the next one within a month.
    pub fn windows(&self, now: DateTime<Utc>) -> Vec<(&PlannedFact, &Window)> {
        let mut out = Vec::new();
        for fact in &self.planned {
            let mut next_is_shown = false;
            for window in &fact.outlook.windows {
                let soon = window.starts_at <= now + ANNOUNCED_AHEAD;
                let shown = match window.phase(now) {
                    Phase::Running | Phase::Settling => true,
                    Phase::Scheduled => soon && !std::mem::replace(&mut next_is_shown, true),
                    Phase::Cancelled => soon && window.ends_at > now && !next_is_shown,
                    Phase::Over => false,
                };
                if shown {
                    out.push((fact, window));
                }
            }
        }
        out.sort_by_key(|(_, w)| w.starts_at);
        out
    }
}
