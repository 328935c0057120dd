//! When what is said may have changed, up to now.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::chain::{Stands, stood};
use crate::domain::facts::{Facts, IncidentFact, STALE};
use crate::domain::incident::{GRACE, Incident, LocalFacts, Response, Stage, Update};
use crate::domain::line::Lines;
use crate::page::Context;

type Moment = DateTime<Utc>;

/// When what is said may have changed, up to now. What nobody could check for long is known of
/// the present alone.
pub fn moments(ctx: &Context<'_>) -> BTreeSet<Moment> {
    let facts = ctx.facts;
    let incidents = facts.incidents.iter().flat_map(|fact| {
        let ends = if fact.is_spell() { Vec::new() } else { expiries(facts, fact) };
        let ends = ends.into_iter().chain(answers(facts, fact));
        words(fact).into_iter().chain(ends).chain(sessions(facts, fact)).chain(confirmed(facts, fact))
    });
    // What follows from surgeries is an incident of its own here, and so is planned work.
    let claims = facts.candidates.iter().filter(|f| !f.is_linked && !f.is_planned()).flat_map(|f| {
        let session = f.setting.session_times().map(|(_, ends)| ends);
        [Some(f.since), Some(f.counts_from), Some(f.expires_at), session].into_iter().flatten()
    });
    let stale = std::iter::once(ctx.checked_at + STALE);
    incidents.chain(local(facts)).chain(claims).chain(stale).filter(|at| *at <= ctx.now).collect()
}

/// When somebody spoke, or took it back: what was taken back is told by its correction, a
/// moment later.
fn words(fact: &IncidentFact) -> Vec<Moment> {
    let all = &fact.incident.updates;
    let is_corrected = |u: &Update| all.iter().any(|c| c.corrects == Some(u.id));
    let moments = |u: &Update| [Some(u.published_at), u.withdrawn_at.filter(|_| !is_corrected(u))];
    all.iter().flat_map(moments).flatten().collect()
}

/// When nobody could rely any more on what was said last.
fn expiries(facts: &Facts, fact: &IncidentFact) -> Vec<Moment> {
    let ends = fact.incident.updates.iter().map(|u| (u, u.next_update_by + GRACE));
    let is_last =
        |(update, end): &(&Update, Moment)| newest_at(fact, *end).is_some_and(|u| u.id == update.id);
    ends.filter(is_last).map(|(_, end)| end).filter(|end| goes_on(facts, fact, *end)).collect()
}

/// When the lines of an answer ran out, later than what others had said, and before the place
/// said more.
fn answers(facts: &Facts, fact: &IncidentFact) -> Vec<Moment> {
    let all: Vec<&Response> = fact.answers().collect();
    let ran_out = all.iter().enumerate().filter(|(_, answer)| answer.warns()).filter_map(|(n, answer)| {
        let end = answer.own_end();
        let others = fact.standing_at(end).next_back().map(|update| update.next_update_by + GRACE);
        let is_last = all.get(n + 1).is_none_or(|next| next.made_at > end);
        (is_last && others.is_none_or(|others| others <= end)).then_some(end)
    });
    ran_out.filter(|end| goes_on(facts, fact, *end)).collect()
}

/// When a session ended of which something was said that still stood.
fn sessions(facts: &Facts, fact: &IncidentFact) -> Vec<Moment> {
    let updates = &fact.incident.updates;
    let said = updates.iter().flat_map(|u| u.lines.0.values()).filter_map(|s| s.session_times());
    let stands = |end: Moment| {
        let stood = || standing_at(fact, end);
        let all = std::iter::once(Incident::lines_of(stood())).chain(Incident::beside(stood()));
        let mut settings = all.flat_map(|lines| lines.0.into_values());
        settings.any(|s| s.session_times().is_some_and(|(_, ends)| ends == end))
    };
    said.map(|(_, end)| end).filter(|end| stands(*end) && goes_on(facts, fact, *end)).collect()
}

/// When nobody was waited for any more who would know whether it is over.
fn confirmed(facts: &Facts, fact: &IncidentFact) -> Vec<Moment> {
    let resolved = fact.incident.updates.iter().filter(|u| u.stage == Stage::Resolved);
    let until = resolved.filter_map(|u| fact.asked_until(u.published_at, &facts.org));
    until.filter(|until| fact.over_since(*until, &facts.org) == Some(*until)).collect()
}

/// Words that concern the place, that they ran out before the same speaker said more, and
/// the ends of their sessions.
fn local(facts: &Facts) -> Vec<Moment> {
    let concerns = |lines: &Lines| lines.is_empty() || lines.0.keys().any(|line| facts.org.has(*line));
    let is_told = |l: &LocalFacts| l.organisation == facts.org.code || concerns(&l.lines);
    let mut all = Vec::new();
    for (n, said) in facts.local_past.iter().enumerate().filter(|(_, said)| is_told(said)) {
        let mut later = facts.local_past[n + 1..].iter().filter(|l| said.is_replaced_by(l));
        let next = later.next().map(|l| l.set_at);
        let sessions = said.lines.0.values().filter_map(|s| s.session_times()).map(|(_, ends)| ends);
        let ends = sessions.chain([said.expires_at]);
        all.push(said.set_at);
        all.extend(ends.filter(|end| *end > said.set_at && next.is_none_or(|next| next > *end)));
    }
    all
}

/// What had been said at a moment and not taken back, also by the place.
fn standing_at(fact: &IncidentFact, at: Moment) -> impl DoubleEndedIterator<Item = &Update> {
    let stood = move |u: &&Update| u.published_at <= at && u.withdrawn_at.is_none_or(|back| back > at);
    fact.incident.updates.iter().filter(stood)
}

fn newest_at(fact: &IncidentFact, at: Moment) -> Option<&Update> {
    standing_at(fact, at).next_back()
}

fn goes_on(facts: &Facts, fact: &IncidentFact, at: Moment) -> bool {
    stood(facts, fact, at).is_some_and(|stood| stood.stands == Stands::GoesOn)
}
