//! How far along something is, as this place may put it: nobody says "normal" for it before
//! it or its board has.

use chrono::Duration;

use super::Context;
use crate::domain::cascade::Touch;
use crate::domain::facts::{Ending, IncidentFact};
use crate::domain::incident::{Answer, Response, Stage, Update};

/// For how long an incident that is over stays on the page.
const SHOWN_AFTERWARDS: Duration = Duration::hours(24);

/// Whether it is over here, or never was here, and ended so lately that the page tells it.
pub fn is_over_lately(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    let clears = fact.response.as_ref().filter(|r| r.amounts_to().clears());
    let own_end = clears.filter(|_| is_own_end(ctx, fact)).map(|answer| answer.made_at);
    let changed = own_end.max(Some(fact.incident.changed_at())).unwrap_or_default();
    (!fact.incident.is_open() || own_end.is_some())
        && (!fact.goes_on() || clears.is_some())
        && !fact.is_unconfirmed(ctx.now, &ctx.facts.org)
        && changed + SHOWN_AFTERWARDS > ctx.now
}

/// Whether a place has said of what it had declared itself that it is over here, by an answer.
pub fn is_own_end(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    let clears = fact.response.as_ref().is_some_and(|r| r.amounts_to().clears());
    clears && fact.incident.declared_by == ctx.facts.org.code
}

/// The colour of a stage's tag. The words beside it say the same.
pub fn stage_colour(stage: Stage) -> &'static str {
    match stage {
        Stage::Investigating | Stage::Identified => "red",
        Stage::Limited => "orange",
        Stage::CatchingUp | Stage::Monitoring => "blue",
        Stage::Resolved => "green",
    }
}

/// How far along it is here, for programs: what others say is over is watched until somebody
/// has confirmed it who would know.
pub fn stage(ctx: &Context<'_>, fact: &IncidentFact) -> Stage {
    let org = &ctx.facts.org;
    match fact.stage() {
        _ if fact.is_unconfirmed(ctx.now, org) => Stage::Monitoring,
        // It was something else, and the place still says what.
        Stage::Resolved if fact.still_wrong_at(ctx.now, org).is_some() => Stage::Limited,
        stage => stage,
    }
}

/// What an incident is called here now. There is no word for what somebody decided apart from
/// any incident, such as to close: nobody looks for its cause.
pub fn stage_label(ctx: &Context<'_>, fact: &IncidentFact) -> &'static str {
    let answer = fact.response.as_ref().map(Response::amounts_to);
    if is_withdrawn(ctx, fact) {
        return ctx.words.get("stage-withdrawn");
    }
    let is_unconfirmed = fact.is_unconfirmed(ctx.now, &ctx.facts.org);
    match answer.filter(|answer| answer.clears() && !is_unconfirmed) {
        Some(answer) => answer_label(ctx, answer),
        None => label(ctx, fact, fact.stage()),
    }
}

/// Whether all that was said of it has been taken back, and the place says of itself nothing
/// that goes on.
pub fn is_withdrawn(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    fact.was_mistaken(ctx.now) && !fact.goes_on()
}

/// What an update is called, by how it stood here when it was said.
pub fn update_label(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> &'static str {
    match fact.answer_of(update).map(Response::amounts_to) {
        Some(answer) if answer.clears() => answer_label(ctx, answer),
        _ => label(&Context { now: update.published_at, ..*ctx }, fact, update.stage),
    }
}

fn answer_label(ctx: &Context<'_>, answer: Answer) -> &'static str {
    match answer {
        Answer::NotAffected | Answer::Busy => ctx.words.get("not-affected-here"),
        Answer::Affected | Answer::Recovered => Stage::Resolved.label(ctx.words),
    }
}

fn label(ctx: &Context<'_>, fact: &IncidentFact, stage: Stage) -> &'static str {
    let org = &ctx.facts.org;
    match (fact.touch, stage) {
        (Touch::Possible, stage) if stage != Stage::Resolved => ctx.words.get("stage-elsewhere"),
        (_, Stage::Resolved) if fact.ending_at(ctx.now, org) == Ending::Awaited => {
            Stage::CatchingUp.label(ctx.words)
        }
        // Nobody ever confirmed it, also when nobody waits for that any more.
        (_, Stage::Resolved) if fact.is_said_over(ctx.now, org) => ctx.words.get("stage-said-over"),
        // Whoever is no place does not know how each place is: one may have said since that it goes on.
        (_, Stage::Resolved) if !org.kind.sees_patients() => ctx.words.get("stage-said-over"),
        (_, stage) if stage != Stage::Resolved && fact.is_spell() => "",
        (_, stage) => stage.label(ctx.words),
    }
}
