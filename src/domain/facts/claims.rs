//! Who says what about a line, and whose word counts.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::LineFact;
use crate::domain::line::Lines;
use crate::domain::org::{Org, OrgCode};

/// A candidate for a line: the nearer speaker wins; at the same distance the
/// worse news, then the later word. 999 and 111 go the other way about.
pub(super) struct Claim {
    pub(super) fact: LineFact,
    pub(super) nearness: Nearness,
    /// Steps up the tree; none when the speaker is not above.
    pub(super) steps: Option<u8>,
    /// Good news that nobody chose: it stood in the catalogue. A kiosk that
    /// fails must not turn "come unless we contact you" into "come".
    pub(super) weak: bool,
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
pub(super) struct Speaker<'a> {
    pub(super) code: &'a OrgCode,
    pub(super) nearness: Nearness,
    pub(super) steps: Option<u8>,
    pub(super) at: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
    pub(super) defaults: Option<&'a Lines>,
    pub(super) is_planned: bool,
}

impl<'a> Speaker<'a> {
    /// The place itself.
    pub(super) fn own(code: &'a OrgCode, at: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        Self { code, nearness: Nearness::Own, steps: Some(0), at, until, defaults: None, is_planned: false }
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
        let default = by.defaults.and_then(|d| d.get(*line)).map(|d| d.state);
        claims.push(Claim {
            nearness: by.nearness,
            steps: by.steps,
            weak: setting.state.severity == 0 && default == Some(setting.state),
            fact: LineFact {
                line: *line,
                setting: setting.clone(),
                said_by: by.code.clone(),
                said_by_name: name(by.code),
                since: setting.since.unwrap_or(by.at),
                // Whoever names a session says how long it holds.
                expires_at: setting.session_times().map_or(by.until, |(_, ends)| ends.max(by.until)),
                is_planned: by.is_planned,
                is_linked: by.nearness == Nearness::Linked,
            },
        });
    }
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
            c.weak,
            widest_first,
            c.nearness,
            Reverse(c.fact.setting.state.severity),
            Reverse(c.fact.since),
            c.fact.said_by.clone(),
            Reverse(c.fact.expires_at),
        )
    });
    claims.into_iter().map(|c| c.fact).collect()
}
