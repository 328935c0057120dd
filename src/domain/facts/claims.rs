//! Who says what about a line, and whose word counts.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::words_of::{exceptions, heard_of, in_turn};
use super::{Ending, IncidentFact, LineFact, Situation};
use crate::domain::cascade::Touch;
use crate::domain::incident::{Answer, Confirmation, Incident, Proxy, Response};
use crate::domain::line::Lines;
use crate::domain::org::{BESIDE, Directory, Org, OrgCode};
use crate::domain::system::System;

/// A candidate for a line: the nearer speaker wins; at the same distance the
/// worse news, then the later word. 999 and 111 go the other way about.
pub(super) struct Claim {
    pub(super) fact: LineFact,
    pub(super) nearness: Nearness,
    /// Steps up the tree; none when the speaker is not above.
    pub(super) steps: Option<u8>,
    /// Nobody chose it: it stood in the catalogue.
    pub(super) is_default: bool,
    /// When the place gave the answer to which it owes how near it stands.
    pub(super) answered_at: Option<DateTime<Utc>>,
}

impl Claim {
    fn severity(&self) -> u8 {
        self.fact.setting.state.severity
    }

    /// Whether it goes before another that only follows from a fault: somebody above chose
    /// worse. To confirm that a system is down must not lift a closure.
    fn outweighs(&self, other: &Self) -> bool {
        let follows = other.is_default && other.nearness != Nearness::Own;
        follows && !self.is_default && self.severity() > other.severity()
    }

    /// Whether an answer knew nothing of it: somebody said it later, and not of the problem
    /// that the answer is about. Then it lifts no worse news.
    fn was_unknown_to(&self, answer: &Self) -> bool {
        let said_at = self.fact.planned_at.unwrap_or(self.fact.since);
        let is_of_another = self.fact.about.is_none() || self.fact.about != answer.fact.about;
        let is_said = self.nearness != Nearness::Linked && !self.fact.line.is_national();
        let is_later = answer.answered_at.is_some_and(|at| at < said_at);
        is_said && is_of_another && is_later && self.severity() > answer.severity()
    }

    /// Whether the place has answered what another says, in the same words about this line.
    fn answers(&self, other: &Self) -> bool {
        let is_own = self.nearness == Nearness::Own && self.fact.about == other.fact.about;
        is_own && self.answered_at.is_some_and(|at| at >= other.fact.since)
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
    pub(super) planned_at: Option<DateTime<Utc>>,
    /// The incident that it speaks of.
    pub(super) about: Option<Uuid>,
    /// When the place gave the answer to which it owes how near it stands.
    pub(super) answered_at: Option<DateTime<Utc>>,
    /// Who said it in the name of `code`.
    pub(super) by: Option<&'a Proxy>,
    /// From when on it counts, where that is later than when it was said.
    pub(super) counts_from: Option<DateTime<Utc>>,
    /// It is said of the organisation apart from any incident.
    pub(super) is_apart: bool,
    /// What it says is all that holds from then on, and not what is added.
    pub(super) says_all: bool,
}

impl<'a> Speaker<'a> {
    /// The place itself.
    pub(super) fn own(code: &'a OrgCode, at: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        Self {
            code,
            nearness: Nearness::Own,
            steps: Some(0),
            at,
            until,
            defaults: None,
            planned_at: None,
            about: None,
            answered_at: None,
            by: None,
            counts_from: None,
            is_apart: false,
            says_all: true,
        }
    }

    /// The same, said for it by somebody else.
    pub(super) fn by(self, by: Option<&'a Proxy>) -> Self {
        Self { by, ..self }
    }

    /// The place, in what it answered.
    pub(super) fn of(answer: &'a Response, until: DateTime<Utc>) -> Self {
        let own = Self::own(&answer.organisation, answer.made_at, until).by(answer.by.as_ref());
        Self { about: Some(answer.incident), answered_at: Some(answer.made_at), ..own }
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
            answered_at: by.answered_at,
            fact: LineFact {
                line: *line,
                setting: setting.clone(),
                said_by: by.code.clone(),
                said_by_name: name(by.code),
                since,
                // An answer says all of it again; an update only what it names.
                said_at: if by.says_all { by.at } else { since },
                counts_from: by.counts_from.map_or(since, |from| from.max(since)),
                // Whoever names a session says how long it holds.
                expires_at: setting.session_times().map_or(by.until, |(_, ends)| ends.max(by.until)),
                planned_at: by.planned_at,
                is_apart: by.is_apart,
                about: by.about,
                is_weak: default == Some(setting.state) && setting.state.severity == 0,
                // What the place said itself is its own, whoever answered for it since.
                by: setting.by.as_ref().or(by.by).filter(|by| by.code != org.code).cloned(),
                is_linked: by.nearness == Nearness::Linked,
            },
        });
    }
}

/// From where an incident is declared, or work planned, as its word counts at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Steps up the tree; none when the speaker is not above.
    pub(super) steps: Option<u8>,
    /// The place is a part of whoever declared it.
    pub(super) is_of_place: bool,
    /// It is here only as what slowed a pharmacy down, for its surgeries had it.
    pub(super) is_linked: bool,
    /// What follows from a fault of its system.
    pub(super) defaults: Option<Lines>,
}

impl Origin {
    /// Of what claims no line.
    pub(super) fn none() -> Self {
        Self { steps: None, is_of_place: false, is_linked: false, defaults: None }
    }

    /// The same, where no place has anything to confirm.
    pub(super) fn of_place() -> Self {
        Self { is_of_place: true, ..Self::none() }
    }

    /// The same, of what follows from a problem at surgeries.
    pub(super) fn of_surgeries() -> Self {
        Self { is_linked: true, ..Self::of_place() }
    }

    pub(super) fn of(by: &OrgCode, org: &Org, directory: &Directory, system: Option<&System>) -> Self {
        Self {
            is_linked: false,
            steps: directory.distance(&org.code, by),
            is_of_place: directory.is_part_of(&org.code, by),
            defaults: system.map(|s| s.lines.clone()),
        }
    }
}

/// What an incident says of the lines of a place, and what the place answered.
pub(super) fn of_incident(
    claims: &mut Vec<Claim>,
    fact: &IncidentFact,
    response: Option<&Response>,
    org: &Org,
    name: &dyn Fn(&OrgCode) -> String,
) {
    let incident = &fact.incident;
    let own = response.map(|r| (r, Speaker::of(r, r.stands_until(incident))));
    if !incident.is_open() {
        // What it said of itself stands, until it or its board says otherwise.
        let own = own.filter(|_| fact.ending == Ending::Awaited);
        own.iter().for_each(|(r, speaker)| claim(claims, &r.lines, speaker, org, name));
        return;
    }
    if fact.touch == Touch::Reached {
        let Origin { steps, is_of_place, defaults, .. } = &fact.origin;
        let confirms = response.filter(|r| r.answer == Answer::Affected);
        let confirms = confirms.filter(|_| fact.confirmation == Confirmation::Confirmed);
        let speaker = Speaker {
            nearness: match steps {
                Some(0) => Nearness::Own,
                _ if confirms.is_some() || *is_of_place => Nearness::Confirmed,
                steps => Nearness::Above(steps.unwrap_or(u8::MAX)),
            },
            steps: *steps,
            defaults: defaults.as_ref(),
            says_all: false,
            about: Some(incident.id),
            // What the place says itself, or of its own parts, owes nothing to an answer.
            answered_at: confirms.filter(|_| *steps != Some(0) && !is_of_place).map(|r| r.made_at),
            ..Speaker::own(
                &incident.declared_by,
                incident.changed_at(),
                incident.expires_at().unwrap_or(incident.created_at),
            )
        };
        let beside = Incident::beside(incident.standing());
        let mut said: Vec<_> = [incident.lines()].into_iter().chain(beside).collect();
        if response.is_some_and(|r| r.answer.clears()) {
            // 999 and 111 are not a place's to clear.
            said.iter_mut().for_each(|lines| lines.0.retain(|line, _| line.is_national()));
        }
        said.iter().for_each(|lines| claim(claims, lines, &speaker, org, name));
    }
    own.iter().for_each(|(r, speaker)| claim(claims, &r.lines, speaker, org, name));
}

/// What is said of a place and of those above it apart from any incident; of the nation beside
/// it, in Wales, of 999 alone, unless the health board there says something else.
pub(super) fn of_words(
    claims: &mut Vec<Claim>,
    situation: &Situation,
    org: &Org,
    above: &[(OrgCode, u8)],
    name: &dyn Fn(&OrgCode) -> String,
) {
    for (code, distance) in above {
        for (word, turns) in in_turn(situation.words_of(code)) {
            let own = Speaker::own(code, word.set_at, word.expires_at).by(word.by.as_ref());
            let speaker = match *distance {
                0 => own,
                BESIDE => Speaker { nearness: Nearness::Above(BESIDE), steps: None, ..own },
                steps => Speaker { nearness: Nearness::Above(steps), steps: Some(steps), ..own },
            };
            for (lines, counts_from) in &turns {
                let speaker = Speaker { counts_from: *counts_from, is_apart: true, ..speaker };
                claim(claims, &heard_of(lines, *distance), &speaker, org, name);
            }
        }
    }
    for (own, lines, until) in exceptions(situation, &org.code, above) {
        let speaker = Speaker::own(&own.organisation, own.set_at, until);
        claim(claims, &lines, &Speaker { is_apart: true, ..speaker }, org, name);
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
            c.fact.is_weak,
            widest_first,
            c.nearness,
            Reverse(c.fact.setting.state.severity),
            Reverse(c.fact.since),
            c.fact.said_by.clone(),
            Reverse(c.fact.expires_at),
        )
    });
    for of_line in claims.chunk_by_mut(|a, b| a.fact.line == b.fact.line) {
        worse_first(of_line);
        unknown_first(of_line);
    }
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

/// Of the claims about one line, best first: an answer goes behind what it knew nothing of,
/// unless the place has answered that as well.
fn unknown_first(claims: &mut [Claim]) {
    for at in (0..claims.len()).rev() {
        let later = claims[at + 1..]
            .iter()
            .rposition(|c| c.was_unknown_to(&claims[at]) && !claims.iter().any(|own| own.answers(c)));
        if let Some(later) = later {
            claims[at..=at + 1 + later].rotate_left(1);
        }
    }
}
