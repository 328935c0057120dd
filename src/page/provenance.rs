//! Who reported an incident, whether the place has confirmed it, and who says that it is
//! over.

use chrono::{DateTime, Utc};

use super::Context;
use super::tell::{kind_word, named, near, of_kind};
use crate::domain::cascade::Touch;
use crate::domain::facts::{Ending, IncidentFact, said_for};
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Answer, Confirmation, Response};
use crate::domain::line::Line;
use crate::domain::org::OrgCode;
use crate::domain::time;

/// Who reported an incident, and whether this place has confirmed it.
pub fn provenance(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let own = fact.incident.declared_by == ctx.facts.org.code;
    let reported = named(ctx, "they-reported", &fact.declared_by_name);
    let Some(response) = &fact.response else {
        return match (own, fact.touch) {
            (true, _) => of_kind(ctx, "we-reported"),
            // A trust speaks for its hospitals.
            (false, _) if fact.confirmation == Confirmation::Confirmed => reported,
            // Others said that it is over, and the place never said anything.
            (false, Touch::Reached) if fact.ending == Ending::Others => {
                format!("{reported} {}", not_yet_normal(ctx, fact))
            }
            (false, _) if !fact.incident.is_open() => reported,
            (false, Touch::Reached) => format!("{reported} {}", of_kind(ctx, "not-confirmed-yet")),
            (false, Touch::Possible) => format!("{reported} {}", of_kind(ctx, "not-known-if-affected")),
        };
    };
    let at = near(ctx, response.made_at);
    let args = [("kind", kind_word(ctx.facts.org.kind).into()), ("time", (&at).into())];
    let said = match response.answer {
        _ if response.by.is_some() => for_the_place(ctx, response, &at),
        Answer::Affected => ctx.words.with("confirmed-at", &args),
        Answer::NotAffected => ctx.words.with("said-not-affected", &args),
        Answer::Busy => {
            format!("{} {}", ctx.words.with("said-not-affected", &args), ctx.words.get("is-busier"))
        }
        Answer::Recovered => ctx.words.with("said-recovered", &args),
    };
    match fact.ending {
        _ if own => said,
        Ending::Awaited => format!("{reported} {said} {}", not_yet_normal(ctx, fact)),
        _ => format!("{reported} {said}"),
    }
}

/// What somebody else said for this place.
fn for_the_place(ctx: &Context<'_>, response: &Response, at: &str) -> String {
    let name = response.by.as_ref().map_or("", |by| by.name.as_str());
    let id = match response.answer {
        Answer::Affected => "they-said-affected-here",
        Answer::NotAffected | Answer::Busy => "they-said-not-affected-here",
        Answer::Recovered => "they-said-recovered-here",
    };
    let said = ctx.words.with(id, &[("name", name.into()), ("time", at.into())]);
    match response.answer {
        Answer::Busy => format!("{said} {}", ctx.words.get("is-busier")),
        _ => said,
    }
}

/// Beside the answer, so that nobody stays away for what may not be so (hazard H2): that
/// nobody local has confirmed what it rests on.
pub fn doubt(ctx: &Context<'_>) -> Option<String> {
    let (fact, about) = doubtful(ctx)?;
    Some(match about {
        About::Whether => provenance(ctx, fact),
        About::Over => they_said_over(ctx, fact),
        About::BackToNormal => not_yet_normal(ctx, fact),
    })
}

/// The same where there is little room, and without a time. Where the answer itself says it,
/// nothing.
pub fn short_doubt(ctx: &Context<'_>) -> Option<String> {
    let is_said = |about: &About| {
        matches!(about, About::Over) || ctx.view.headline.state == HeadlineState::NotConfirmed
    };
    doubtful(ctx).filter(|(_, about)| !is_said(about)).map(|_| of_kind(ctx, "not-confirmed-yet"))
}

/// What nobody has confirmed.
enum About {
    /// Whether it is so here.
    Whether,
    /// That it is over, which the answer says already.
    Over,
    BackToNormal,
}

/// What the answer rests on, and nobody local has confirmed.
fn doubtful<'a>(ctx: &Context<'a>) -> Option<(&'a IncidentFact, About)> {
    let mut reached = ctx.facts.shaping().filter(|i| i.touch == Touch::Reached);
    // Others say that it is over: whether it is so here is for the place to say.
    if let Some(awaited) = reached.clone().find(|i| i.ending == Ending::Awaited) {
        return Some((awaited, About::BackToNormal));
    }
    if ctx.view.headline.over {
        return ctx.facts.unconfirmed(ctx.now).next().map(|i| (i, About::Over));
    }
    // Once the place has confirmed one, it is awake; the others say it below.
    let awake = reached.clone().any(|i| i.confirmation == Confirmation::Confirmed);
    let open = reached.find(|i| i.confirmation == Confirmation::NotConfirmed && gives_the_answer(ctx, i));
    open.filter(|_| !awake && ctx.facts.org.kind.sees_patients()).map(|i| (i, About::Whether))
}

/// Whether the answer rests on an incident: nobody else has said whether to come.
fn gives_the_answer(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    let Some(attend) = ctx.view.lines.iter().find(|f| f.line == Line::Attend) else { return true };
    let said = fact.incident.lines();
    attend.said_by == fact.incident.declared_by
        && said.get(Line::Attend).is_some_and(|s| s.state == attend.setting.state)
}

/// That others say that it is over, or took back what they had said, and the place has
/// not said so.
fn not_yet_normal(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    not_yet(ctx, fact, &|at| near(ctx, at))
}

/// Who says that it is over.
fn they_said_over(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    over(ctx, fact, &|at| near(ctx, at))
}

fn not_yet(ctx: &Context<'_>, fact: &IncidentFact, time: &dyn Fn(DateTime<Utc>) -> String) -> String {
    format!("{} {}", over(ctx, fact, time), of_kind(ctx, "not-confirmed-yet"))
}

fn over(ctx: &Context<'_>, fact: &IncidentFact, time: &dyn Fn(DateTime<Utc>) -> String) -> String {
    let newest = fact.incident.standing().rfind(|update| !fact.is_answer(update));
    let name = newest.map_or_else(|| fact.declared_by_name.clone(), |u| speaker(ctx, fact, &u.said_by));
    match newest.filter(|u| u.corrects.is_none()) {
        Some(_) => named(ctx, "they-said-over", &name),
        None => {
            let at = time(newest.map_or(fact.incident.changed_at(), |u| u.published_at));
            ctx.words.with("they-took-back", &[("name", (&name).into()), ("time", (&at).into())])
        }
    }
}

/// Who reported an incident, for readers who do not have the page before them:
/// it stays the same when the clock moves on.
pub fn provenance_plain(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let reported = named(ctx, "reported-by", &fact.declared_by_name);
    let here = match fact.response.as_ref().map(|response| response.answer) {
        _ if fact.incident.declared_by == ctx.facts.org.code => return reported,
        Some(Answer::Affected) => "confirmed-by",
        Some(Answer::NotAffected | Answer::Busy) => "not-affected-by",
        Some(Answer::Recovered) => "recovered-by",
        // A trust speaks for its hospitals.
        None if fact.confirmation == Confirmation::Confirmed => return reported,
        None if fact.incident.is_open() => "not-confirmed-by",
        None => "",
    };
    let said = match fact.response.as_ref().and_then(said_for) {
        Some((id, by)) => {
            Some(ctx.words.with(id, &[("name", by.into()), ("place", (&ctx.facts.org.name).into())]))
        }
        None => (!here.is_empty()).then(|| named(ctx, here, &ctx.facts.org.name)),
    };
    let is_asked = fact.touch == Touch::Reached && matches!(fact.ending, Ending::Awaited | Ending::Others);
    let over = is_asked.then(|| not_yet(ctx, fact, &|at| time::full(at, ctx.words)));
    [reported].into_iter().chain(said).chain(over).collect::<Vec<_>>().join(" ")
}

/// The name of who said an update, as far as the facts tell it.
pub fn speaker(ctx: &Context<'_>, fact: &IncidentFact, code: &OrgCode) -> String {
    if *code == ctx.facts.org.code {
        ctx.facts.org.name.clone()
    } else if *code == fact.incident.declared_by {
        fact.declared_by_name.clone()
    } else {
        code.to_string()
    }
}
