//! What a place says of itself, and what those above say for it, told as incidents: for
//! programs and records that know incidents alone, so that a closed surgery is in its
//! feeds, its alerts and its history as a failed system is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::claims::Origin;
use super::turns::Turn;
use super::{Ending, Facts, IncidentFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::headline::{HeadlineState, attend_text};
use crate::domain::help;
use crate::domain::incident::{Confirmation, Incident, Kind, LocalFacts, Stage, Target, Update};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{Org, OrgCode, OrgKind};
use crate::domain::time;
use crate::domain::written::Written;
use crate::words::Words;

impl Facts {
    /// The same, with what the place answered, and with each spell in which somebody said
    /// of it that something is not as usual, apart from any incident. A spell is over when
    /// its speaker says that all is as usual, or somebody else whose word counts, not when a
    /// word runs out: then nobody knows.
    pub fn with_spells(mut self, now: DateTime<Utc>) -> Self {
        let is_wrong = self.local_past.iter().any(|word| is_trouble(&word.lines));
        let turns = if is_wrong { self.turns(now) } else { Vec::new() };
        let mut told = Vec::new();
        for (n, first) in self.local_past.iter().enumerate() {
            if !self.local_past[..n].iter().any(|before| before.is_replaced_by(first)) {
                told.extend(self.spells_of(first, &turns));
            }
        }
        let org = Arc::clone(&self.org);
        self.incidents = self.incidents.into_iter().map(|i| i.with_answers(&org)).chain(told).collect();
        self.incidents.sort_by_key(|i| std::cmp::Reverse((i.incident.created_at, i.incident.id)));
        self
    }

    /// The facts from which these were made, as they were told at a moment: without spells,
    /// what slowed the place down, and answers among the updates.
    pub fn known_at(&self, at: DateTime<Utc>) -> Self {
        let incidents = self.incidents.iter().filter(|fact| !fact.is_spell() && !fact.origin.is_linked);
        let incidents = incidents.filter_map(|fact| fact.as_of(at, &self.org));
        let incidents = incidents.map(IncidentFact::without_answers).collect();
        let (linked, slower) = self.slowed_at(at);
        let mut candidates = self.candidates.clone();
        if !self.delays.is_empty() {
            // The weakest word of all.
            candidates.retain(|fact| !fact.is_linked);
            candidates.extend(slower);
            candidates.sort_by_key(|fact| fact.line);
        }
        let linked = if self.delays.is_empty() { self.linked.clone() } else { linked };
        Self { incidents, candidates, linked, ..self.clone() }
    }

    /// The spells of the speaker of a word, by all that it said, and by whose word counted: what
    /// comes back after somebody else's is a spell of its own.
    fn spells_of(&self, first: &LocalFacts, turns: &[Turn]) -> Vec<IncidentFact> {
        let words: Vec<_> = self.local_past.iter().filter(|word| first.is_replaced_by(word)).collect();
        let is_own = first.organisation == self.org.code;
        let mut spells: Vec<Spell> = Vec::new();
        for turn in turns {
            let Some(word) = words.iter().rfind(|word| word.set_at <= turn.at) else { continue };
            let lines = self.concerned(&word.lines, is_own);
            let felt = match is_own && !self.org.kind.sees_patients() {
                // Nobody else's word counts for what it set for its places.
                true => lines.clone(),
                false => turn.felt(word, &lines),
            };
            let felt = LocalFacts { lines: felt, ..word.as_ref().clone() };
            match spells.last_mut().filter(|spell| spell.is_open()) {
                Some(spell) if !is_trouble(&lines) => spell.end = Some(End::of(word)),
                Some(spell) if !is_trouble(&felt.lines) => spell.ends_by(turn),
                Some(spell) if spell.is_news(&felt, turn.at) => {
                    spell.words.push(self.returned(felt, turn.at))
                }
                Some(_) => {}
                None if is_trouble(&felt.lines) => spells.push(Spell::new(self.returned(felt, turn.at))),
                None => {}
            }
        }
        spells.into_iter().map(|spell| self.told(first, spell)).collect()
    }

    /// A word at the moment from which on it is felt. One that has run out by then is not
    /// known to be true.
    fn returned(&self, local: LocalFacts, at: DateTime<Utc>) -> LocalFacts {
        let kind = self.org.kind;
        if local.expires_at > at || !kind.sees_patients() {
            return LocalFacts { set_at: at, ..local };
        }
        let said = message(&local, kind);
        let doubted = Written::in_every(|w| {
            let was = w.put("line-was-good-until", "time", time::near(local.expires_at, at, w));
            format!("{was} {} {}", help::ended(&said.marked(w), w), w.get("line-not-known"))
        });
        LocalFacts { set_at: at, message: Some(doubted), ..local }
    }

    fn told(&self, speaker: &LocalFacts, spell: Spell) -> IncidentFact {
        let (of, by) = (&speaker.organisation, speaker.by.as_ref());
        let name = self.speakers.iter().find(|(code, _, _)| code == of).map(|(_, _, name)| name.clone());
        let name = name.unwrap_or_else(|| of.to_string());
        let national = spell.words.iter().all(|local| local.lines.0.keys().all(|line| line.is_national()));
        IncidentFact {
            touch: Touch::Reached,
            recorded: Touch::Reached,
            // What holds for the whole country needs no place's word.
            confirmation: match *of == self.org.code && by.is_none() || national {
                true => Confirmation::Confirmed,
                false => Confirmation::NotConfirmed,
            },
            response: None,
            answered_before: Vec::new(),
            ending: if spell.is_open() { Ending::Open } else { Ending::Own },
            knowing: Vec::new(),
            // By whatever somebody else said: the speaker's word does not count here since then.
            as_usual: spell.beaten.into_iter().collect(),
            declared_by_name: by.map_or(name, |by| by.name.clone()),
            others: Vec::new(),
            origin: Origin::none(),
            system_name: None,
            incident: Arc::new(incident(speaker, self.org.as_ref(), &spell)),
        }
    }

    /// What a speaker's lines mean here. Whoever is no place tells what it set for its
    /// places, and of others 999 and 111 alone.
    fn concerned(&self, lines: &Lines, is_own: bool) -> Lines {
        match (self.org.kind.sees_patients(), is_own) {
            (false, true) => lines.clone(),
            (true, _) => lines.of(&self.org),
            (false, false) => {
                let national = lines.0.iter().filter(|(line, _)| line.is_national());
                Lines(national.map(|(line, setting)| (*line, setting.clone())).collect())
            }
        }
    }
}

/// What a speaker said from when its word counted at the place until it did not.
struct Spell {
    words: Vec<LocalFacts>,
    end: Option<End>,
    /// Since when somebody else's word counts, who does not say that all is as usual.
    beaten: Option<DateTime<Utc>>,
}

/// Somebody's word that all is as usual.
struct End {
    at: DateTime<Utc>,
    /// Who said it, where that is not the speaker.
    by: Option<OrgCode>,
}

impl End {
    fn of(word: &LocalFacts) -> Self {
        Self { at: word.set_at, by: None }
    }
}

impl Spell {
    fn new(first: LocalFacts) -> Self {
        Self { words: vec![first], end: None, beaten: None }
    }

    fn is_open(&self) -> bool {
        self.end.is_none() && self.beaten.is_none()
    }

    /// What was wrong by the last of its words.
    fn wrong(&self) -> impl Iterator<Item = (Line, &Setting)> {
        let lines = self.words.iter().next_back().into_iter().flat_map(|last| &last.lines.0);
        lines.map(|(line, setting)| (*line, setting)).filter(|(_, setting)| setting.state.severity > 0)
    }

    /// Whether something is said at a moment, or is wrong from then on that was not before, or
    /// the other way about.
    fn is_news(&self, felt: &LocalFacts, at: DateTime<Utc>) -> bool {
        let wrong = felt.lines.0.iter().filter(|(_, setting)| setting.state.severity > 0);
        felt.set_at == at || !wrong.map(|(line, _)| *line).eq(self.wrong().map(|(line, _)| line))
    }

    /// Somebody else's word counts of all that was wrong.
    fn ends_by(&mut self, turn: &Turn) {
        match turn.lifted_by(self.wrong().map(|(line, _)| line)).cloned() {
            Some(by) => self.end = Some(End { at: turn.at, by: Some(by) }),
            None => self.beaten = Some(turn.at),
        }
    }
}

impl IncidentFact {
    /// Whether it was said apart from any incident.
    pub fn is_spell(&self) -> bool {
        let incident = &self.incident;
        let first = incident.updates.first().map(|update| &update.said_by);
        let teller = first.filter(|by| **by != incident.declared_by);
        incident.id == named((&incident.declared_by, teller), "spell", incident.created_at)
    }

    /// Who reported it: of what was said apart from any incident, whoever said it first, also
    /// where they said it for the place.
    pub fn reported_by(&self) -> &OrgCode {
        let first = self.incident.updates.first().filter(|_| self.is_spell());
        first.map_or(&self.incident.declared_by, |update| &update.said_by)
    }
}

/// What is said of an organisation, and by whom, where it does not say it itself.
fn named((of, teller): (&OrgCode, Option<&OrgCode>), what: &str, at: DateTime<Utc>) -> Uuid {
    let micros = at.timestamp_micros().to_string();
    let by = teller.map(|by| by.as_str());
    let all: Vec<&str> = [of.as_str(), what, &micros].into_iter().chain(by).collect();
    derived_id(&all)
}

fn is_trouble(lines: &Lines) -> bool {
    lines.0.values().any(|setting| setting.state.severity > 0)
}

/// One spell at a place, oldest word first, and the word that it is over. Each is signed by
/// whoever said it, also for the place.
fn incident(speaker: &LocalFacts, place: &Org, spell: &Spell) -> Incident {
    let (of, kind) = (&speaker.organisation, place.kind);
    let by = (of, speaker.by.as_ref().map(|by| &by.code));
    let began = spell.words.first().map_or(DateTime::UNIX_EPOCH, |word| word.set_at);
    let id = named(by, "spell", began);
    let update = |(n, at): (usize, DateTime<Utc>)| Update {
        id: named(by, "word", at),
        incident: id,
        seq: i32::try_from(n + 1).unwrap_or(i32::MAX),
        stage: Stage::Resolved,
        lines: Lines::default(),
        message: None,
        published_at: at,
        next_update_by: at,
        said_by: by.1.unwrap_or(of).clone(),
        withdrawn_at: None,
        corrects: None,
    };
    let said = |(n, word): (usize, &LocalFacts)| Update {
        stage: Stage::Identified,
        lines: word.lines.clone(),
        message: Some(message(word, kind)),
        next_update_by: word.expires_at,
        ..update((n, word.set_at))
    };
    let mut updates: Vec<Update> = spell.words.iter().enumerate().map(said).collect();
    if let Some(end) = &spell.end {
        let told = update((updates.len(), end.at));
        updates.push(match &end.by {
            Some(other) => Update { id: named(by, "lifted", end.at), said_by: other.clone(), ..told },
            None => told,
        });
    }
    Incident {
        id,
        title: spell.words.last().map(|word| title_of(&word.lines, kind)).unwrap_or_default(),
        target: Target::Named { organisations: vec![place.code.clone()], system: None },
        declared_by: of.clone(),
        kind: Kind::Live,
        level: None,
        created_at: began,
        updates,
        note: None,
    }
}

impl Incident {
    /// What a spell was called after its first updates: of the last that something was wrong.
    pub(super) fn spell_titled(&self, updates: &[Update], kind: OrgKind) -> Written {
        let last = updates.iter().rfind(|update| is_trouble(&update.lines));
        last.map_or_else(|| self.title.clone(), |update| title_of(&update.lines, kind))
    }
}

/// "Phone lines: Not working", of what is worst. A pharmacy has no appointments.
pub(super) fn title_of(lines: &Lines, kind: OrgKind) -> Written {
    let worst =
        lines.0.iter().max_by_key(|(line, setting)| (setting.state.severity, std::cmp::Reverse(**line)));
    let Some((line, setting)) = worst else { return Written::default() };
    Written::in_every(|w| match (line, kind) {
        (Line::Attend, OrgKind::Pharmacy) => {
            let state = w.get(&format!("{}-pharmacy", setting.state.id));
            format!("{}: {state}", w.get("line-attend-pharmacy"))
        }
        _ => format!("{}: {}", line.label(w), setting.state.label(w)),
    })
}

/// What somebody wrote, else what the lines say. Whoever is no place has none of them, and
/// names what it set for its places.
fn message(local: &LocalFacts, kind: OrgKind) -> Written {
    let is_body = !kind.sees_patients() && !local.lines.0.keys().all(|line| line.is_national());
    match &local.message {
        Some(written) if is_body => Written::in_every(|w| {
            format!("{} {}", help::ended(&written.marked(w), w), named_lines(&local.lines, w))
        }),
        None if is_body => Written::in_every(|w| named_lines(&local.lines, w)),
        Some(written) => written.clone(),
        None => sentences(&local.lines, kind),
    }
}

/// "Phone lines: Not working."
fn named_lines(lines: &Lines, w: &'static Words) -> String {
    let wrong = lines.0.iter().filter(|(_, setting)| setting.state.severity > 0);
    let told = wrong.map(|(line, setting)| match &setting.words {
        Some(written) => help::ended(&written.marked(w), w),
        None => format!("{}: {}{}", line.label(w), setting.state.label(w), w.locale.stop()),
    });
    told.collect::<Vec<_>>().join(" ")
}

/// What the lines say, where nobody added words.
fn sentences(lines: &Lines, kind: OrgKind) -> Written {
    let wrong: Vec<(&Line, &Setting)> = lines.0.iter().filter(|(_, s)| s.state.severity > 0).collect();
    if let [(_, Setting { words: Some(written), .. })] = wrong.as_slice() {
        return written.clone();
    }
    let sentence = |(line, setting): &(&Line, &Setting), w: &'static Words| match (&setting.words, line) {
        (Some(written), _) => written.marked(w),
        (None, Line::Attend) => {
            attend_text(kind, Some(setting.state.key), HeadlineState::Limited, w).to_owned()
        }
        (None, _) => setting.state.text(w).to_owned(),
    };
    Written::in_every(|w| wrong.iter().map(|said| sentence(said, w)).collect::<Vec<_>>().join(" "))
}
