//! Whether all is well at a place again, and by whose word: what a message may say of that.

use super::{Telling, join};
use crate::domain::facts::Ending;
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Answer, Stage};

/// Nothing is known to be wrong there.
fn is_well(telling: &Telling<'_>) -> bool {
    telling.view.headline.state.is_calm()
}

/// Nothing else is wrong there, and whoever knows has said that this is over: only then
/// may "back to normal" be said in the name of a place. A region does not know how each of its
/// places is.
pub(super) fn is_calm(telling: &Telling<'_>) -> bool {
    let is_place = telling.facts.org.kind.sees_patients();
    is_place && !telling.left && is_well(telling) && telling.incident.ending == Ending::Own
}

/// What is calm at a place that says it was never affected: nothing is "back" there.
pub(super) fn is_elsewhere(telling: &Telling<'_>) -> bool {
    if telling.left {
        return is_well(telling);
    }
    let answer = telling.incident.response.as_ref().map(|response| response.answer);
    is_calm(telling) && matches!(answer, Some(Answer::NotAffected | Answer::Busy))
}

/// That it is not so here; of what has left the place, which problem that is.
pub(super) fn not_here(telling: &Telling<'_>) -> String {
    let w = telling.words;
    let not_here = format!("{}{}", w.get("not-affected-here"), w.locale.stop());
    match telling.left && telling.update.stage != Stage::Resolved {
        true => join(&[&telling.incident.incident.title.marked(w), &not_here]),
        false => not_here,
    }
}

/// Whether the answer has nothing against an incident that gets better: "working again"
/// must not stand above "do not come".
pub(super) fn is_better(telling: &Telling<'_>) -> bool {
    let state = telling.view.headline.state;
    let partly = telling.update.stage == Stage::Limited && state == HeadlineState::Limited;
    state.is_calm() || state == HeadlineState::CatchingUp || partly
}

impl Telling<'_> {
    pub(super) fn is_else_wrong(&self) -> bool {
        self.facts.is_else_wrong(self.incident.incident.id, self.view)
    }

    /// That whoever said the update said that it is over.
    pub(super) fn said_over(&self) -> String {
        self.facts.said_over(self.incident, self.view, &self.speaker, self.words)
    }
}

pub(super) fn problem_is_over(telling: &Telling<'_>) -> String {
    let w = telling.words;
    match &telling.incident.system_name {
        Some(name) => w.with("problem-with-system", &[("system", name.into())]),
        None if telling.is_else_wrong() => w.get("one-problem-is-over").into(),
        None => w.get("problem-is-over").into(),
    }
}
