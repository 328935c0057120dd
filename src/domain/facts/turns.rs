//! Words that take turns: what comes back when a later or a nearer word has run out, and what
//! somebody nearer has spoken of meanwhile.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::words_of::together;
use super::{Facts, LineFact};
use crate::domain::incident::LocalFacts;
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::OrgCode;

/// All that was said of one organisation, the oldest first: each word, and each return of an
/// older one when a later one had run out, until a moment.
pub(super) fn in_time(words: &[&Arc<LocalFacts>], now: DateTime<Utc>) -> Vec<LocalFacts> {
    let returns = words.iter().enumerate().filter_map(|(n, word)| returned(words, n, word));
    let mut all = together(words.iter().copied());
    all.extend(returns.filter(|local| local.set_at <= now));
    all.sort_by_key(|local| local.set_at);
    all
}

/// What comes back when a word runs out: of its lines those of which an older one still holds.
fn returned(words: &[&Arc<LocalFacts>], n: usize, word: &LocalFacts) -> Option<LocalFacts> {
    let end = word.expires_at;
    if words[n + 1..].iter().any(|later| later.set_at <= end && word.is_replaced_by(later)) {
        return None;
    }
    let stands = |other: &&&Arc<LocalFacts>| other.set_at <= end && other.expires_at > end;
    let is_held = |line: &Line| words[n + 1..].iter().filter(stands).any(|w| w.lines.get(*line).is_some());
    let freed = || word.lines.0.iter().filter(|(line, _)| !line.is_national() && !is_held(line));
    let differs = |older: &LocalFacts| {
        freed().any(|(line, setting)| older.lines.get(*line).is_some_and(|s| s.state != setting.state))
    };
    let older = words[..n].iter().filter(stands).rfind(|older| differs(older))?;
    let mut lines = Lines::default();
    let standing = words.iter().filter(stands).rev().map(|word| &word.lines);
    for (line, setting) in standing.chain([&word.lines]).flat_map(|lines| &lines.0) {
        lines.0.entry(*line).or_insert_with(|| setting.clone());
    }
    Some(LocalFacts { lines, set_at: end, ..older.as_ref().clone() })
}

/// From when to when somebody nearer spoke of a line.
pub(super) struct Held {
    line: Line,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

impl Facts {
    /// When the place, or somebody else whose word counts for more than a speaker's, spoke of
    /// lines that this one set for the place.
    pub(super) fn held_before(&self, speaker: &OrgCode) -> Vec<Held> {
        if *speaker == self.org.code {
            return Vec::new();
        }
        let is_theirs = |f: &&LineFact| f.said_by == *speaker && !f.is_planned;
        // Of the claims about a line, those that count for more come first.
        let before = self.candidates.iter().filter(is_theirs).flat_map(|theirs| {
            let of_line = self.candidates.iter().filter(|f| f.line == theirs.line && !f.is_planned);
            of_line.take_while(|f| f.said_by != *speaker).map(|f| self.held(f))
        });
        before.chain(self.own_words()).collect()
    }

    fn held(&self, fact: &LineFact) -> Held {
        // Who says once more what stood already says it from then on.
        let is_it = |local: &&Arc<LocalFacts>| {
            local.organisation == fact.said_by
                && local.expires_at == fact.expires_at
                && local.lines.get(fact.line).is_some_and(|s| s.state == fact.setting.state)
        };
        let said = self.local_past.iter().filter(is_it).map(|local| local.set_at).max();
        let to = if fact.line.is_national() { DateTime::<Utc>::MAX_UTC } else { fact.expires_at };
        Held { line: fact.line, from: said.map_or(fact.counts_from, |said| said.max(fact.counts_from)), to }
    }

    /// What the place said itself, also what is not its newest word.
    fn own_words(&self) -> impl Iterator<Item = Held> {
        let own = self.local_past.iter().filter(|local| local.organisation == self.org.code);
        own.flat_map(|local| {
            let said = local.lines.0.keys().filter(|line| !line.is_national());
            said.map(|line| Held { line: *line, from: local.set_at, to: local.expires_at })
        })
    }
}

/// When somebody began to speak of a line, or came to the end.
pub(super) fn changes(held: &[Held]) -> impl Iterator<Item = DateTime<Utc>> {
    held.iter().flat_map(|held| [held.from, held.to])
}

/// The lines without those that are wrong and of which somebody nearer spoke at a moment.
pub(super) fn without(lines: &Lines, held: &[Held], at: DateTime<Utc>) -> Lines {
    let is_held = |line: Line| held.iter().any(|h| h.line == line && h.from <= at && at < h.to);
    let left = |(line, setting): &(&Line, &Setting)| setting.state.severity == 0 || !is_held(**line);
    Lines(lines.0.iter().filter(left).map(|(line, setting)| (*line, setting.clone())).collect())
}
