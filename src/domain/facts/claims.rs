//! Who says what about a line, and whose word counts.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::{LineFact, Situation};
use crate::domain::incident::{Proxy, Response};
use crate::domain::line::{Line, Lines};
use crate::domain::org::{Org, OrgCode};

/// A candidate for a line: the nearer speaker wins; at the same distance the
/// worse news, then the later word. 999 and 111 go the other way about.
pub(super) struct Claim {
    pub(super) fact: LineFact,
    pub(super) nearness: Nearness,
    /// Steps up the tree; none when the speaker is not above.
    pub(super) steps: Option<u8>,
    /// Nobody chose it: it stood in the catalogue.
    pub(super) is_default: bool,
}

impl Claim {
    /// Good news that nobody chose. A kiosk that fails must not turn "come unless we
    /// contact you" into "come".
    fn is_weak(&self) -> bool {
        self.is_default && self.severity() == 0
    }

    fn severity(&self) -> u8 {
        self.fact.setting.state.severity
    }

    /// Whether it goes before another that only follows from a fault: somebody above chose
    /// worse. To confirm that a system is down must not lift a closure.
    fn outweighs(&self, other: &Self) -> bool {
        let follows = other.is_default && other.nearness != Nearness::Own;
        follows && !self.is_default && self.severity() > other.severity()
    }
}

/// How near a speaker stands; smaller is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// The place itself, in its own words.
    Own,
    /// Somebody above, confirmed by the place itself; or what it has planned.
    Confirmed,
    /// Somebody above, so many steps away.
    Above(u8),
    /// Nobody at all: it follows from what is said about surgeries.
    Linked,
}

/// Who says something, and for how long.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub(super) code: &'a OrgCode,
    pub(super) nearness: Nearness,
    pub(super) steps: Option<u8>,
    pub(super) at: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
    pub(super) defaults: Option<&'a Lines>,
    pub(super) is_planned: bool,
    /// Who said it in the name of `code`.
    pub(super) by: Option<&'a Proxy>,
    /// From when on it counts, where that is later than when it was said.
    pub(super) counts_from: Option<DateTime<Utc>>,
}

impl<'a> Speaker<'a> {
    /// The place itself.
    pub(super) fn own(code: &'a OrgCode, at: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        let (nearness, steps) = (Nearness::Own, Some(0));
        let (defaults, by, counts_from) = (None, None, None);
        Self { code, nearness, steps, at, until, defaults, is_planned: false, by, counts_from }
    }

    /// The same, said for it by somebody else.
    pub(super) fn by(self, by: Option<&'a Proxy>) -> Self {
        Self { by, ..self }
    }

    /// The place, in what it answered.
    pub(super) fn of(answer: &'a Response, until: DateTime<Utc>) -> Self {
        Self::own(&answer.organisation, answer.made_at, until).by(answer.by.as_ref())
    }
}

/// What one speaker says about the lines that matter for `org`.
pub(super) fn claim(
    claims: &mut Vec<Claim>,
    lines: &Lines,
    by: &Speaker<'_>,
    org: &Org,
    name: &dyn Fn(&OrgCode) -> String,
) {
    for (line, setting) in lines.0.iter().filter(|(line, _)| org.has(**line)) {
        let since = setting.since.unwrap_or(by.at);
        let default = by.defaults.and_then(|d| d.get(*line)).map(|d| d.state);
        claims.push(Claim {
            nearness: by.nearness,
            steps: by.steps,
            is_default: default == Some(setting.state),
            fact: LineFact {
                line: *line,
                setting: setting.clone(),
                said_by: by.code.clone(),
                said_by_name: name(by.code),
                since,
                counts_from: by.counts_from.map_or(since, |from| from.max(since)),
                // Whoever names a session says how long it holds.
                expires_at: setting.session_times().map_or(by.until, |(_, ends)| ends.max(by.until)),
                is_planned: by.is_planned,
                // What the place said itself is its own, whoever answered for it since.
                by: setting.by.as_ref().or(by.by).filter(|by| by.code != org.code).cloned(),
                is_linked: by.nearness == Nearness::Linked,
            },
        });
    }
}

/// 999 is one service for the United Kingdom: what the nation says about it stands also where
/// it is not above, in Wales, unless the health board there says something else.
pub(super) fn claim_999(
    claims: &mut Vec<Claim>,
    situation: &Situation,
    org: &Org,
    above: &[(OrgCode, u8)],
    name: &dyn Fn(&OrgCode) -> String,
) {
    let root = OrgCode::root();
    let is_above = above.iter().any(|(code, _)| *code == root);
    let Some(local) = situation.own_word(&root).filter(|_| !is_above) else { return };
    let lines = local.lines.get(Line::Emergency999).map(|s| (Line::Emergency999, s.clone()));
    let speaker = Speaker {
        nearness: Nearness::Above(u8::MAX),
        steps: None,
        ..Speaker::own(&root, local.set_at, local.expires_at)
    };
    claim(claims, &Lines(lines.into_iter().collect()), &speaker, org, name);
}

/// All claims, the one that wins its line first.
pub(super) fn ranked(mut claims: Vec<Claim>) -> Vec<LineFact> {
    claims.sort_by_key(|c| {
        let widest_first = match (c.fact.line.is_national(), c.steps) {
            (true, Some(steps)) => u8::MAX - 1 - steps.min(u8::MAX - 1),
            (true, None) => u8::MAX,
            (false, _) => 0,
        };
        (
            c.fact.line,
            c.is_weak(),
            widest_first,
            c.nearness,
            Reverse(c.fact.setting.state.severity),
            Reverse(c.fact.since),
            c.fact.said_by.clone(),
            Reverse(c.fact.expires_at),
        )
    });
    claims.chunk_by_mut(|a, b| a.fact.line == b.fact.line).for_each(worse_first);
    claims.into_iter().map(|c| c.fact).collect()
}

/// Of the claims about one line, best first: what outweighs another goes before it. Only
/// who stands nearest of those who chose may do that: their word goes before that of
/// everybody further away, and must not be passed by it.
fn worse_first(claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let nearest = claims[at + 1..].iter().find(|c| !c.is_default).map(|c| c.nearness);
        let mut to = at;
        for from in at + 1..claims.len() {
            if Some(claims[from].nearness) == nearest && claims[from].outweighs(&claims[to]) {
                claims[to..=from].rotate_right(1);
                to += 1;
            }
        }
    }
}
