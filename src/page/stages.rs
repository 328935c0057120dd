//! How far along something is, as this place may put it: nobody says "normal" for it before
//! it or its board has.

use super::Context;
use crate::domain::cascade::Touch;
use crate::domain::facts::{Ending, IncidentFact};
use crate::domain::incident::{Answer, Stage, Update};

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
    match fact.is_unconfirmed(ctx.now, &ctx.facts.org) {
        true => Stage::Monitoring,
        false => fact.stage(),
    }
}

/// What an incident is called here now. There is no word for what somebody decided apart from
/// any incident, such as to close: nobody looks for its cause.
pub fn stage_label(ctx: &Context<'_>, fact: &IncidentFact) -> &'static str {
    let answer = fact.response.as_ref().map(|response| response.answer);
    let is_unconfirmed = fact.is_unconfirmed(ctx.now, &ctx.facts.org);
    match answer.filter(|answer| answer.clears() && !is_unconfirmed) {
        Some(answer) => answer_label(ctx, answer),
        None => label(ctx, fact, fact.stage()),
    }
}

/// What an update is called, by how it stood here when it was said.
pub fn update_label(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> &'static str {
    match fact.answer_of(update).map(|response| response.answer) {
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
        (_, Stage::Resolved) if fact.asked_until(ctx.now, org).is_some() => ctx.words.get("stage-said-over"),
        (_, stage) if stage != Stage::Resolved && fact.is_spell() => "",
        (_, stage) => stage.label(ctx.words),
    }
}
