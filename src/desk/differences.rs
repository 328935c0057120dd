//! What changes on pages, line by line, as staff read it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Desk;
use super::telling::with_incident;
use crate::domain::facts::{self, Situation};
use crate::domain::incident::Incident;
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};

/// A line, what it is now, and what it would be.
pub type Change = (Line, Option<String>, String);

impl Desk {
    /// What pages say of their lines with each of two stands of an incident, whatever else is
    /// said there; the first may be none at all. Each line is read on pages that have it. Of
    /// those that an update does not name, the ones that change: an end lifts what was said.
    pub(super) fn on_pages(
        &self,
        situation: &Situation,
        places: &[Arc<Org>],
        (before, after): (Option<Incident>, &Incident),
        said: &Lines,
        directory: &Directory,
    ) -> Vec<Change> {
        let now = self.now();
        let then = with_incident(situation, after.clone());
        let stands = match before {
            Some(before) => with_incident(situation, before),
            None => {
                let mut without = situation.clone();
                without.incidents.retain(|i| i.id != after.id);
                without
            }
        };
        let shown = |org, situation| {
            let facts = facts::facts(org, situation, directory, &self.catalogue);
            let view = facts.at(now);
            let not_known = view.lapsed(&facts).iter().map(|f| f.line).collect();
            let lines = Lines(view.lines.into_iter().rev().map(|f| (f.line, f.setting)).collect());
            Shown { lines, not_known }
        };
        let pages: Vec<(&Arc<Org>, [Shown; 2])> =
            places.iter().map(|org| (org, [shown(org, &stands), shown(org, &then)])).collect();
        let of_line = |line: &Line| {
            let having = pages.iter().filter(|(org, _)| org.has(*line));
            let mut outcomes = having.map(|(_, page)| on_page(page, said, *line)).collect::<Vec<_>>();
            // A place that says something else of itself is one of few.
            let changes = outcomes.iter().position(|o| matches!(o, Outcome::Changes(_)));
            (!outcomes.is_empty()).then(|| outcomes.swap_remove(changes.unwrap_or(0)))
        };
        Line::ALL.iter().filter_map(of_line).filter_map(Outcome::change).collect()
    }
}

/// The most places of one kind that are looked at.
const LOOKED_AT: usize = 5;

/// A few places of each kind that is reached, the commonest kind first.
pub(super) fn some_of_each_kind(reached: &[OrgCode], directory: &Directory) -> Vec<Arc<Org>> {
    let mut kinds: BTreeMap<OrgKind, Vec<Arc<Org>>> = BTreeMap::new();
    for org in reached.iter().filter_map(|code| directory.get(code)) {
        kinds.entry(org.kind).or_default().push(Arc::clone(org));
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|places| std::cmp::Reverse(places.len()));
    kinds.into_iter().flat_map(|places| places.into_iter().take(LOOKED_AT)).collect()
}

/// A line's state as staff read it.
fn label(lines: &Lines, line: Line) -> Option<String> {
    lines.get(line).map(Setting::for_staff)
}

/// What a page says of lines.
struct Shown {
    lines: Lines,
    /// What was said of them has run out.
    not_known: Vec<Line>,
}

/// What staff read of a line that nobody has said anything new of.
pub(super) const NOT_KNOWN: &str = "Not known";

impl Shown {
    fn label(&self, line: Line) -> Option<String> {
        label(&self.lines, line).or_else(|| self.not_known.contains(&line).then(|| NOT_KNOWN.to_owned()))
    }
}

/// What becomes of a line on a page.
enum Outcome {
    Changes(Change),
    /// Something else that is said wins.
    Stays(Change),
    /// It says so already.
    Same,
}

impl Outcome {
    fn change(self) -> Option<Change> {
        match self {
            Self::Changes(change) | Self::Stays(change) => Some(change),
            Self::Same => None,
        }
    }
}

/// What a page says of a line before and after. Where something else that is said wins,
/// it stays as it is, and that is said.
fn on_page([before, after]: &[Shown; 2], said: &Lines, line: Line) -> Outcome {
    let (was, is, said) = (before.label(line), after.label(line), label(said, line));
    let usual = || line.normal().label(crate::words::english()).to_owned();
    let (stood, then) = (was.clone().unwrap_or_else(usual), is.unwrap_or_else(usual));
    match () {
        () if stood != then => Outcome::Changes((line, was, then)),
        () if said.is_none_or(|said| said == then) => Outcome::Same,
        () => {
            Outcome::Stays((line, was, format!("{then}. It stays, because of something else that is said")))
        }
    }
}

/// Lines that would change: the state now, and the state then, as staff read
/// them. `taken_back` says what becomes of those that are not named any more.
pub(super) fn differences(before: &Lines, after: &Lines, taken_back: Option<&str>) -> Vec<Change> {
    let mut changes: Vec<Change> = after
        .0
        .keys()
        .filter_map(|line| Some((*line, label(before, *line), label(after, *line)?)))
        .filter(|(_, was, is)| was.as_ref() != Some(is))
        .collect();
    if let Some(then) = taken_back {
        let gone = before.0.keys().filter(|line| after.get(**line).is_none());
        changes.extend(gone.map(|line| (*line, label(before, *line), then.to_owned())));
    }
    changes
}
