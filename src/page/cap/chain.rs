//! The messages that a page gave one after the other. Each is worked out from the facts, so
//! that whoever asks late finds the same identifiers as whoever asked in time: one for each
//! moment at which somebody spoke, or at which the clock changed what is said.
//!
//! A moment stays one for ever: it is found in what was said, not in what still stands.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::moments::moments;
use crate::domain::facts::{Facts, IncidentFact};
use crate::domain::incident::Update;
use crate::page::Context;

/// How far something had come here, what matters least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    Over,
    /// Others say that it is over, and nobody has confirmed it who would know.
    SaidToBeOver,
    GoesOn,
}

/// One message: what it is about, and since when it is so.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub fact: &'a IncidentFact,
    pub update: &'a Update,
    pub stands: Stands,
    pub sent: DateTime<Utc>,
}

impl Link<'_> {
    /// The update's own, or that with the moment, where something else changed.
    pub fn identifier(&self) -> String {
        match self.sent == self.update.published_at {
            true => self.update.id.to_string(),
            false => format!("{}-{}", self.update.id, self.sent.timestamp_micros()),
        }
    }
}

/// The newest message and those before it, oldest first; none where nothing was said.
pub fn chain<'a>(ctx: &Context<'a>) -> Option<(Link<'a>, Vec<Link<'a>>)> {
    let facts = ctx.facts;
    let moments = moments(ctx);
    let newest = message_at(facts, ctx.now, &moments)?;
    let from = began(facts, &newest);
    let mut told = BTreeSet::from([newest.identifier()]);
    let earlier = moments.range(from..).take_while(|at| **at < newest.sent);
    let earlier = earlier.filter_map(|at| message_at(facts, *at, &moments));
    let before = earlier.filter(|link| link.sent >= from && told.insert(link.identifier())).collect();
    Some((newest, before))
}

/// Since when a message has others before it: since the oldest began of what goes on, or of
/// what has ended since then.
fn began(facts: &Facts, newest: &Link<'_>) -> DateTime<Utc> {
    let mut from = newest.fact.incident.created_at;
    let mut all: Vec<&IncidentFact> = facts.incidents.iter().collect();
    all.sort_by_key(|i| std::cmp::Reverse(i.incident.created_at));
    for fact in all.into_iter().filter(|fact| fact.incident.created_at <= newest.sent) {
        if stood(facts, fact, newest.sent).is_some_and(|stood| stood.over.is_none_or(|end| end >= from)) {
            from = from.min(fact.incident.created_at);
        }
    }
    from
}

/// The message that stood at a moment. What goes on counts before what is over, and the end
/// of everything is told once.
fn message_at<'a>(
    facts: &'a Facts,
    at: DateTime<Utc>,
    moments: &BTreeSet<DateTime<Utc>>,
) -> Option<Link<'a>> {
    let told = facts.incidents.iter().filter_map(|fact| Some((fact, stood(facts, fact, at)?)));
    let key = |s: &Stood<'_>| (s.stands, s.over.unwrap_or(s.update.published_at), s.update.id);
    let (fact, Stood { update, stands, over }) = told.max_by_key(|(_, stood)| key(stood))?;
    let renewed =
        || moments.range(..=at).next_back().map_or(update.published_at, |m| update.published_at.max(*m));
    Some(Link { fact, update, stands, sent: over.unwrap_or_else(renewed) })
}

/// How something stood here at a moment.
pub struct Stood<'a> {
    /// What counts of it: the newest word, or that the place is not, or no longer, affected.
    pub update: &'a Update,
    pub stands: Stands,
    /// Since when it is over.
    pub over: Option<DateTime<Utc>>,
}

/// How something stood here at a moment; none before anybody spoke of it.
pub fn stood<'a>(facts: &Facts, fact: &'a IncidentFact, at: DateTime<Utc>) -> Option<Stood<'a>> {
    let said = || fact.incident.updates.iter().filter(move |update| update.published_at <= at);
    let last = said().next_back()?;
    let cleared = fact.answer_at(at).filter(|answer| answer.answer.clears());
    let own = cleared.and_then(|answer| said().rfind(|update| fact.answer_of(update) == Some(answer)));
    let update = own.unwrap_or(last);
    let over = fact.over_since(at, &facts.org);
    let stands = match over {
        Some(_) => Stands::Over,
        None if fact.is_unconfirmed(at, &facts.org) => Stands::SaidToBeOver,
        None => Stands::GoesOn,
    };
    Some(Stood { update, stands, over })
}
