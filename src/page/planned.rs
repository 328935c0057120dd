//! Planned work as the patient page tells it.

use super::Context;
use super::tell::{self, Said, Title};
use crate::domain::facts::{LineFact, PlannedFact};
use crate::domain::planned::{Phase, Step, StepKind, Window};
use crate::domain::planned_words;
use crate::domain::written::Written;
use crate::words::{english, sentences};

/// One window, told.
pub struct Work {
    pub id: String,
    pub title: Title,
    pub tag: &'static str,
    pub colour: &'static str,
    /// From when to when, or how it stands.
    pub stands: String,
    /// What will not be as usual, a sentence each; empty once it is over.
    pub effects: Vec<String>,
    /// Free text, as written.
    pub message: Option<Said>,
    pub repeats: Option<String>,
    pub said: String,
}

/// What a reader should know of now, soonest first.
pub fn works(ctx: &Context<'_>) -> Vec<Work> {
    ctx.facts.windows(ctx.now).into_iter().map(|(fact, window)| work(ctx, fact, window)).collect()
}

/// Changes when a window begins, ends or is called off.
pub fn mark(ctx: &Context<'_>) -> String {
    let shown = ctx.facts.windows(ctx.now);
    shown.iter().map(|(_, w)| (b'a' + w.phase(ctx.now) as u8) as char).collect()
}

fn work(ctx: &Context<'_>, fact: &PlannedFact, window: &Window) -> Work {
    let (planned, phase) = (&fact.outlook.planned, window.phase(ctx.now));
    let lasts = matches!(phase, Phase::Scheduled | Phase::Running);
    Work {
        id: format!("planned-{}-{}", planned.id, window.day),
        title: Title::new(ctx, &planned.title),
        tag: planned_words::label(phase, ctx.words),
        colour: phase_colour(phase),
        stands: stands(ctx, fact, window),
        effects: if lasts {
            planned_words::stopped(ctx.facts, ctx.view, planned, window, ctx.words)
        } else {
            Vec::new()
        },
        message: message(fact, window, phase).map(|m| Said::written(ctx, m)),
        repeats: planned
            .repeat
            .as_ref()
            .filter(|_| phase == Phase::Scheduled)
            .map(|repeat| planned_words::repeats(repeat, ctx.words)),
        said: if planned.planned_by == ctx.facts.org.code {
            ctx.words.get("we-planned").into()
        } else {
            ctx.words.put("they-planned", "name", &fact.planned_by_name)
        },
    }
}

/// How a window stands, in a sentence or two.
pub fn stands(ctx: &Context<'_>, fact: &PlannedFact, window: &Window) -> String {
    let text = planned_words::stands(window, ctx.now, ctx.words);
    match window.phase(ctx.now) {
        // That it should be working again nobody claims beside what says that it does not.
        Phase::Settling if planned_words::is_still_wrong(&fact.outlook.planned, ctx.facts, ctx.view) => {
            sentences(&text).into_iter().next().unwrap_or_default().trim().to_owned()
        }
        _ => text,
    }
}

/// Who planned what holds for a line now, and when it began.
pub fn said(ctx: &Context<'_>, fact: &LineFact) -> String {
    let who = match fact.said_by == ctx.facts.org.code {
        true => ctx.words.get("we-planned").to_owned(),
        false => ctx.words.put("they-planned", "name", &fact.said_by_name),
    };
    format!("{who} {}", tell::timed(ctx, "work-started-at", fact.since))
}

/// The colour of a window's tag. The words beside it say the same.
pub fn phase_colour(phase: Phase) -> &'static str {
    match phase {
        Phase::Scheduled => "blue",
        Phase::Running => "orange",
        Phase::Settling => "yellow",
        Phase::Over => "green",
        Phase::Cancelled => "grey",
    }
}

/// What was said last about a window, else what the plan says. Words about what is to come
/// end with it: of what is over or called off, only what was said of that.
pub fn message<'a>(fact: &'a PlannedFact, window: &Window, phase: Phase) -> Option<&'a Written> {
    let last = |kind: Option<StepKind>| {
        let said = steps_of(fact, window).filter(move |s| kind.is_none_or(|kind| s.kind == kind));
        said.filter_map(|s| s.message.as_ref()).next_back()
    };
    match phase {
        Phase::Scheduled | Phase::Running => last(None).or(fact.outlook.planned.message.as_ref()),
        Phase::Settling | Phase::Over => last(Some(StepKind::Ended)),
        Phase::Cancelled => last(Some(StepKind::Cancelled)),
    }
}

/// How a window stood when a step was said. What was said later was not known then.
pub fn stood(fact: &PlannedFact, window: &Window, step: &Step) -> String {
    let then = fact.outlook.planned.window_at(window.day, step.at);
    match step.kind {
        StepKind::Cancelled if step.day.is_none() && fact.outlook.planned.repeat.is_some() => {
            english().get("tell-all-cancelled").to_owned()
        }
        _ => planned_words::stands(&then, step.at, english()),
    }
}

/// What a step said: as written, else how the window stood then.
pub fn step_text(fact: &PlannedFact, window: &Window, step: &Step) -> String {
    let written = step.message.as_ref().or(match step.kind {
        StepKind::Announced => fact.outlook.planned.message.as_ref(),
        _ => None,
    });
    written.map_or_else(|| stood(fact, window, step), |text| text.english.clone())
}

/// What happened to a window, oldest first.
pub fn steps_of<'a>(fact: &'a PlannedFact, window: &Window) -> impl DoubleEndedIterator<Item = &'a Step> {
    let (day, called_off) = (window.day, window.cancelled_at);
    fact.outlook.planned.steps.iter().filter(move |s| match s.day {
        Some(of) => of == day,
        // A plan that is called off touches what had not taken place, nor been called off before.
        None => s.kind != StepKind::Cancelled || called_off == Some(s.at),
    })
}
