//! Lines as Statuspage's components.

use serde_json::{Value, json};

use super::shape::Component;
use super::{began, line_id, page_id};
use crate::domain::cascade::Touch;
use crate::domain::facts::{Ending, Freshness, IncidentFact, LineFact};
use crate::domain::incident::{Answer, Incident, Stage};
use crate::domain::line::Line;
use crate::domain::time::{full, rfc3339};
use crate::page::{Context, tell};

pub const OPERATIONAL: &str = "operational";
/// Of a line of which others say that it works again, before anybody has who would know; and of
/// one that nobody could check.
pub const UNCONFIRMED: &str = "degraded_performance";

/// One component for each line that the kind of organisation has.
pub fn components(ctx: &Context<'_>) -> Vec<Component> {
    let lapsed = ctx.view.lapsed(ctx.facts);
    let lines = Line::ALL.iter().copied().filter(|l| ctx.facts.org.has(*l));
    let of = |line: Line| -> Vec<&LineFact> {
        let standing: Vec<_> = ctx.view.lines.iter().filter(|f| f.line == line).collect();
        match standing.is_empty() {
            true => lapsed.iter().copied().filter(|f| f.line == line).collect(),
            false => standing,
        }
    };
    lines.enumerate().map(|(at, line)| component(ctx, at + 1, line, &of(line))).collect()
}

/// A line that nobody spoke of counts as working; one whose word has run out
/// keeps what was said last, and says so. Of several sessions the worst counts, and all are
/// told.
fn component(ctx: &Context<'_>, position: usize, line: Line, said: &[&LineFact]) -> Component {
    let began = began(ctx);
    let is_expired = |f: &LineFact| f.expires_at <= ctx.now;
    let expired = said.iter().any(|f| is_expired(f));
    // Of those that are as bad, what was said last.
    let worst = said.iter().copied().rev().max_by_key(|f| f.setting.state.severity);
    let unconfirmed = said.is_empty().then(|| unconfirmed(ctx, line)).flatten();
    let text = |f: &&LineFact| match is_expired(f) {
        true => tell::lapsed_in_full(ctx, f),
        false => tell::line_in_full(ctx, f),
    };
    let over = unconfirmed.map(|fact| tell::said_over(ctx, fact, (false, &|at| full(at, ctx.words))));
    // What nobody could check is no news, and not known to work.
    let unchecked =
        (said.is_empty() && ctx.is_unchecked()).then(|| ctx.words.get("not-known-if-right").into());
    let is_known = unchecked.is_none();
    let texts: Vec<String> = said.iter().map(text).chain(over).chain(unchecked).collect();
    let changed = unconfirmed.and_then(|fact| fact.ended_by(ctx.now));
    Component {
        id: line_id(ctx, line),
        name: tell::line_label(ctx, line),
        status: match worst {
            Some(f) if f.is_planned() && f.setting.state.severity > 0 => "under_maintenance",
            None if unconfirmed.is_some() || !is_known => UNCONFIRMED,
            fact => fact.map_or(OPERATIONAL, |f| component_status(f.setting.state.severity)),
        },
        created_at: rfc3339(began),
        updated_at: rfc3339(said.iter().map(|f| f.since).chain(changed).max().unwrap_or(began)),
        position,
        description: Some(texts.join(" ")).filter(|text| !text.is_empty()),
        showcase: false,
        start_date: None,
        group_id: None,
        page_id: page_id(ctx),
        group: false,
        only_show_if_degraded: false,
        nhs: nhs_of_line(line, worst, said, expired || ctx.is_unchecked()),
    }
}

/// What had made a line worse, and is over by the word of others alone.
fn unconfirmed<'a>(ctx: &Context<'a>, line: Line) -> Option<&'a IncidentFact> {
    let waits = |fact: &&IncidentFact| {
        fact.touch == Touch::Reached
            // Whoever answered something else says which lines are not as usual.
            && fact.response.as_ref().is_none_or(|r| r.answer == Answer::Affected)
            && (fact.ending == Ending::Awaited || fact.is_unconfirmed(ctx.now, &ctx.facts.org))
    };
    let was_wrong = |fact: &&IncidentFact| {
        let said = fact.incident.standing().filter(|u| u.stage != Stage::Resolved && !fact.is_answer(u));
        Incident::lines_of(said).get(line).is_some_and(|setting| setting.state.severity > 0)
    };
    ctx.facts.incidents.iter().filter(waits).find(was_wrong)
}

/// What only the NHS has: who says it, and for which sessions.
fn nhs_of_line(line: Line, worst: Option<&LineFact>, said: &[&LineFact], expired: bool) -> Value {
    let session = |f: &LineFact| f.setting.session;
    let one = |f: &&LineFact| {
        json!({
            "state": f.setting.state.key,
            "session": session(f).map(|(session, _)| session),
            "day": session(f).map(|(_, day)| day),
        })
    };
    let mut nhs = json!({
        "line": line,
        "state": worst.map(|f| f.setting.state.key),
        "said_by": worst.map(|f| json!({ "code": f.said_by, "name": f.said_by_name })),
        "freshness": if expired { Freshness::Expired } else { Freshness::Current },
    });
    if let Some(by) = worst.and_then(|f| f.by.as_ref()) {
        nhs["spoken_by"] = json!({ "code": by.code, "name": by.name });
    }
    if let Some((session, day)) = worst.and_then(session) {
        nhs["session"] = json!(session);
        nhs["day"] = json!(day);
    }
    if said.len() > 1 {
        nhs["sessions"] = said.iter().map(one).collect();
    }
    nhs
}

/// A severity as Statuspage calls it.
pub fn component_status(severity: u8) -> &'static str {
    match severity {
        0 => OPERATIONAL,
        1 => "degraded_performance",
        2 => "partial_outage",
        _ => "major_outage",
    }
}
