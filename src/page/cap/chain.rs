//! The messages that a page gave one after the other. Each is worked out from the facts, so
//! that whoever asks late finds the same identifiers as whoever asked in time: one for each
//! moment at which somebody spoke, or at which the clock changed what is said.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::facts::{Facts, IncidentFact, STALE};
use crate::domain::incident::{GRACE, Incident, Stage, Update};
use crate::domain::line::Lines;
use crate::page::Context;

/// One message: what it is about, and since when it is so.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub fact: &'a IncidentFact,
    pub update: &'a Update,
    pub sent: DateTime<Utc>,
}

impl Link<'_> {
    /// The update's own, or that with the moment, where something else changed.
    pub fn identifier(&self) -> String {
        match self.sent == self.update.published_at {
            true => self.update.id.to_string(),
            false => format!("{}-{}", self.update.id, self.sent.timestamp()),
        }
    }
}

/// The newest message and those before it, oldest first; none where nothing was said.
pub fn chain<'a>(ctx: &Context<'a>) -> Option<(Link<'a>, Vec<Link<'a>>)> {
    let facts = ctx.facts;
    let told = facts.incidents.iter().filter_map(|i| Some((i, last_word(i)?)));
    // What goes on counts before what is over.
    let (fact, update) = told.max_by_key(|(i, u)| (!i.is_over(), u.published_at, u.id))?;
    let moments = moments(ctx);
    // The end of everything is told once.
    let is_told = fact.is_over() && update.stage == Stage::Resolved;
    let renewed = moments.last().copied().filter(|at| *at > update.published_at && !is_told);
    let newest = Link { fact, update, sent: renewed.unwrap_or(update.published_at) };
    let from = began(facts, newest);
    let mut before: Vec<Link<'a>> = Vec::new();
    for at in moments.into_iter().filter(|at| *at >= from && *at < newest.sent) {
        before.extend(
            message_at(facts, at)
                .filter(|link| before.iter().all(|b| b.update.id != link.update.id || b.sent != link.sent)),
        );
    }
    Some((newest, before))
}

/// What counts about an incident here: the newest update, or that the place is not, or
/// no longer, affected.
fn last_word(fact: &IncidentFact) -> Option<&Update> {
    let own = fact.incident.updates.iter().rfind(|update| fact.is_cleared() && fact.is_answer(update));
    own.or(fact.incident.updates.last())
}

/// Since when a message has others before it: since the oldest began of what goes on, or of
/// what has ended since then.
fn began(facts: &Facts, newest: Link<'_>) -> DateTime<Utc> {
    let mut from = newest.fact.incident.created_at;
    let mut all: Vec<&IncidentFact> = facts.incidents.iter().collect();
    all.sort_by_key(|i| std::cmp::Reverse(i.incident.created_at));
    for fact in all {
        let end = last_word(fact).filter(|_| fact.is_over()).map(|u| u.published_at);
        if end.is_none_or(|end| end >= from) && fact.incident.created_at <= newest.sent {
            from = from.min(fact.incident.created_at);
        }
    }
    from
}

/// The message that stood at a moment.
fn message_at(facts: &Facts, at: DateTime<Utc>) -> Option<Link<'_>> {
    let said =
        |fact: &'_ IncidentFact| fact.incident.updates.iter().rfind(|u| u.published_at <= at).map(|u| u.id);
    let told = facts.incidents.iter().filter_map(|fact| {
        let id = said(fact)?;
        fact.incident.updates.iter().find(|u| u.id == id).map(|u| (fact, u))
    });
    // Whose word was beaten is over since somebody spoke after it.
    let is_beaten = |f: &IncidentFact, u: &Update| f.is_over() && f.incident.is_open() && u.published_at < at;
    let is_over = |f: &IncidentFact, u: &Update| u.stage == Stage::Resolved || is_beaten(f, u);
    let (fact, update) = told.max_by_key(|(f, u)| (!is_over(f, u), u.published_at, u.id))?;
    let sent = if update.stage == Stage::Resolved { update.published_at } else { at };
    Some(Link { fact, update, sent })
}

/// When what is said may have changed, up to now.
fn moments(ctx: &Context<'_>) -> BTreeSet<DateTime<Utc>> {
    let facts = ctx.facts;
    let updates = facts.incidents.iter().flat_map(|i| {
        // What was taken back is told by its correction, a moment later.
        let is_corrected = |u: &Update| i.incident.updates.iter().any(|c| c.corrects == Some(u.id));
        let moments = |u: &Update| [Some(u.published_at), u.withdrawn_at.filter(|_| !is_corrected(u))];
        i.incident.updates.iter().flat_map(moments).flatten().collect::<Vec<_>>()
    });
    // Words that concern the place, and that they were taken back.
    let concerns = |lines: &Lines| lines.is_empty() || lines.0.keys().any(|line| facts.org.has(*line));
    let local = facts.local_past.iter().filter(|l| l.organisation == facts.org.code || concerns(&l.lines));
    let claims = facts.candidates.iter().flat_map(|f| {
        let session = f.setting.session_times().map(|(_, ends)| ends);
        [Some(f.since), Some(f.expires_at), session].into_iter().flatten()
    });
    let stale = std::iter::once(ctx.checked_at + STALE);
    let expiries = facts.incidents.iter().filter(|i| !i.is_spell()).flat_map(|i| expiries(&i.incident));
    let all = updates.chain(local.map(|l| l.set_at)).chain(claims).chain(expiries).chain(stale);
    all.filter(|at| *at <= ctx.now).collect()
}

/// When nobody could rely any more on what was said last of an incident.
fn expiries(incident: &Incident) -> impl Iterator<Item = DateTime<Utc>> + '_ {
    let all = incident.updates.iter().enumerate().filter(|(_, u)| u.stage != Stage::Resolved);
    let ends = all.map(|(n, u)| (u.next_update_by + GRACE, incident.updates.get(n + 1)));
    ends.filter(|(end, next)| next.is_none_or(|next| next.published_at > *end)).map(|(end, _)| end)
}
