//! Who reported an incident, whether the place has confirmed it, and who says that it is
//! over.

use chrono::{DateTime, Utc};

use super::Context;
use super::tell::{kind_word, named, near, of_kind};
use crate::domain::cascade::Touch;
use crate::domain::facts::{Ending, IncidentFact, said_for};
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Answer, Confirmation, Response, Stage};
use crate::domain::line::Line;
use crate::domain::org::OrgCode;
use crate::domain::time;

/// Who reported an incident, and whether this place has confirmed it.
pub fn provenance(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let own = *fact.reported_by() == ctx.facts.org.code;
    let reported = named(ctx, "they-reported", &speaker(ctx, fact, fact.reported_by()));
    let over = || said_over(ctx, fact, (true, &|at| near(ctx, at)));
    let Some(response) = &fact.response else {
        return match (own, fact.touch) {
            (true, _) => of_kind(ctx, "we-reported"),
            // A trust speaks for its hospitals.
            (false, _) if fact.confirmation == Confirmation::Confirmed => reported,
            // Others said that it is over, and the place never said anything.
            (false, Touch::Reached) if fact.ending == Ending::Others => {
                format!("{reported} {}", over())
            }
            (false, _) if !fact.incident.is_open() => reported,
            (false, Touch::Reached) => format!("{reported} {}", of_kind(ctx, "not-confirmed-yet")),
            (false, Touch::Possible) => format!("{reported} {}", of_kind(ctx, "not-known-if-affected")),
        };
    };
    let at = near(ctx, response.made_at);
    let args = [("kind", kind_word(ctx.facts.org.kind).into()), ("time", (&at).into())];
    let said = match response.amounts_to() {
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
        _ if is_told_over(fact) => format!("{reported} {said} {}", over()),
        Ending::Open if is_said_by_others_alone(ctx, fact) => {
            format!("{reported} {said} {}", of_kind(ctx, "not-confirmed-yet"))
        }
        _ => format!("{reported} {said}"),
    }
}

/// Whether only others say that it is over, of what was here.
fn is_told_over(fact: &IncidentFact) -> bool {
    let was_elsewhere = fact.response.as_ref().is_some_and(|r| !r.answer.says_affected());
    let by_others = matches!(fact.ending, Ending::Awaited | Ending::Others);
    by_others && fact.touch == Touch::Reached && !was_elsewhere
}

/// Whether somebody else pressed "affected" for the place, who does not know how it is there.
fn is_said_by_others_alone(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    let pressed = fact.response.as_ref().filter(|r| r.answer == Answer::Affected);
    pressed.is_some_and(|response| fact.is_anothers(response, &ctx.facts.org))
}

/// What somebody else said for this place.
fn for_the_place(ctx: &Context<'_>, response: &Response, at: &str) -> String {
    let name = response.by.as_ref().map_or("", |by| by.name.as_str());
    let id = match response.amounts_to() {
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
        About::Over => over(ctx, fact, (false, &|at| near(ctx, at))),
        About::BackToNormal => said_over(ctx, fact, (false, &|at| near(ctx, at))),
        About::Another => another_over(ctx, fact),
    })
}

/// The same where there is little room, and without a time. Where the answer itself says it,
/// nothing.
pub fn short_doubt(ctx: &Context<'_>) -> Option<String> {
    let is_said = |about: &About| {
        matches!(about, About::Over) || ctx.view.headline.state == HeadlineState::NotConfirmed
    };
    doubtful(ctx).filter(|(_, about)| !is_said(about)).map(|(fact, about)| match about {
        About::Another => another_over(ctx, fact),
        _ => of_kind(ctx, "not-confirmed-yet"),
    })
}

/// What nobody has confirmed.
enum About {
    /// Whether it is so here.
    Whether,
    /// That it is over, which the answer says already.
    Over,
    BackToNormal,
    /// That something else is over than what the answer rests on.
    Another,
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
    let open = open.filter(|_| !awake && ctx.facts.org.kind.sees_patients()).map(|i| (i, About::Whether));
    // Beside "do not come" and "we do not know" it is one word too many.
    let is_told = !matches!(ctx.view.headline.state, HeadlineState::Closed | HeadlineState::Unknown);
    let another = || ctx.facts.unconfirmed(ctx.now).next().filter(|_| is_told);
    open.or_else(|| another().map(|i| (i, About::Another)))
}

fn another_over(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let ended = fact.standing_at(ctx.now).next_back();
    let name = ended.map_or_else(|| fact.declared_by_name.clone(), |u| speaker(ctx, fact, &u.said_by));
    format!("{} {}", named(ctx, "they-said-other-over", &name), of_kind(ctx, "not-confirmed-yet"))
}

/// Whether the answer rests on an incident: nobody else has said whether to come.
fn gives_the_answer(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    let Some(attend) = ctx.view.lines.iter().find(|f| f.line == Line::Attend) else { return true };
    let said = fact.incident.lines();
    attend.said_by == fact.incident.declared_by
        && said.get(Line::Attend).is_some_and(|s| s.state == attend.setting.state)
}

/// That others say that it is over, or took back what they had said; and that the place has
/// not said so, as long as anybody waits for that. Below its title, or beside the answer.
pub fn said_over(
    ctx: &Context<'_>,
    fact: &IncidentFact,
    (is_titled, time): (bool, &dyn Fn(DateTime<Utc>) -> String),
) -> String {
    let is_open = fact.ending == Ending::Awaited || fact.is_unconfirmed(ctx.now, &ctx.facts.org);
    let not_yet = is_open.then(|| of_kind(ctx, "not-confirmed-yet"));
    [over(ctx, fact, (is_titled, time))].into_iter().chain(not_yet).collect::<Vec<_>>().join(" ")
}

fn over(
    ctx: &Context<'_>,
    fact: &IncidentFact,
    (is_titled, time): (bool, &dyn Fn(DateTime<Utc>) -> String),
) -> String {
    let said = || fact.incident.standing().filter(|update| !fact.is_answer(update));
    // That it came back was put right: the end stands.
    let end = said().rfind(|u| u.corrects.is_none()).filter(|u| u.stage == Stage::Resolved);
    let newest = end.or_else(|| said().next_back());
    let name = newest.map_or_else(|| fact.declared_by_name.clone(), |u| speaker(ctx, fact, &u.said_by));
    match newest.filter(|u| u.corrects.is_none()) {
        // What stands below its title needs no name, and changes with nothing else.
        Some(_) if is_titled => named(ctx, "they-said-over", &name),
        Some(_) => ctx.facts.said_over(fact, ctx.view, &name, ctx.words),
        None => {
            let at = time(newest.map_or(fact.incident.changed_at(), |u| u.published_at));
            ctx.words.with("they-took-back", &[("name", (&name).into()), ("time", (&at).into())])
        }
    }
}

/// Who reported an incident, for readers who do not have the page before them:
/// it stays the same when the clock moves on.
pub fn provenance_plain(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let org = &ctx.facts.org;
    let reported = named(ctx, "reported-by", &teller(ctx, fact));
    let here = match fact.response.as_ref().map(Response::amounts_to) {
        _ if *told_by(fact) == org.code => return reported,
        Some(Answer::Affected) => "confirmed-by",
        Some(Answer::NotAffected | Answer::Busy) => "not-affected-by",
        Some(Answer::Recovered) => "recovered-by",
        // A trust speaks for its hospitals; and what somebody decided nobody has to confirm.
        None if fact.confirmation == Confirmation::Confirmed || fact.is_spell() => return reported,
        None if fact.incident.is_open() => "not-confirmed-by",
        None => "",
    };
    let said = match fact.response.as_ref().and_then(said_for) {
        Some((id, by)) => Some(ctx.words.with(id, &[("name", by.into()), ("place", (&org.name).into())])),
        None => (!here.is_empty()).then(|| named(ctx, here, &org.name)),
    };
    let is_alone = fact.ending == Ending::Open && is_said_by_others_alone(ctx, fact);
    let not_yet = is_alone.then(|| named(ctx, "not-confirmed-by", &org.name));
    let over = is_told_over(fact).then(|| said_over(ctx, fact, (true, &|at| time::full(at, ctx.words))));
    [reported].into_iter().chain(said).chain(not_yet).chain(over).collect::<Vec<_>>().join(" ")
}

/// Whose word it is now: of what was said apart from any incident, whoever spoke last.
fn told_by(fact: &IncidentFact) -> &OrgCode {
    let last = fact.incident.updates.last().filter(|_| fact.is_spell());
    last.map_or(&fact.incident.declared_by, |update| &update.said_by)
}

/// The name of whose word it is now.
pub fn teller(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    match fact.is_spell() {
        true => speaker(ctx, fact, told_by(fact)),
        false => fact.declared_by_name.clone(),
    }
}

/// The name of who said an update, as far as the facts tell it.
pub fn speaker(ctx: &Context<'_>, fact: &IncidentFact, code: &OrgCode) -> String {
    let facts = ctx.facts;
    let answered = fact.answers().filter_map(|answer| answer.by.as_ref());
    let mut by = answered.chain(facts.local_past.iter().filter_map(|local| local.by.as_ref()));
    if *code == facts.org.code {
        facts.org.name.clone()
    } else if *code == fact.incident.declared_by && !fact.is_spell() {
        fact.declared_by_name.clone()
    } else if let Some(by) = by.find(|by| by.code == *code) {
        by.name.clone()
    } else if let Some((_, name)) = fact.others.iter().find(|(other, _)| other == code) {
        name.clone()
    } else if let Some((_, _, name)) = facts.speakers.iter().find(|(speaker, _, _)| speaker == code) {
        name.clone()
    } else {
        code.to_string()
    }
}
