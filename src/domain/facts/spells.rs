//! What a place says of itself, and what those above say for it, told as incidents: for
//! programs and records that know incidents alone, so that a closed surgery is in its
//! feeds, its alerts and its history as a failed system is.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::turns::{Held, changes, in_time, without};
use super::{Ending, Facts, IncidentFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::headline::{HeadlineState, attend_text};
use crate::domain::help;
use crate::domain::incident::{Confirmation, Incident, Kind, LocalFacts, Stage, Target, Update};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{OrgCode, OrgKind};
use crate::domain::time;
use crate::domain::written::Written;
use crate::words::Words;

impl Facts {
    /// The same, with what the place answered, and with each spell in which somebody said
    /// of it that something is not as usual, apart from any incident. A spell is over when
    /// its speaker says that all is as usual, not when a word runs out: then nobody knows.
    pub fn with_spells(mut self, now: DateTime<Utc>) -> Self {
        let mut told = Vec::new();
        let mut of: Vec<&OrgCode> = self.local_past.iter().map(|local| &local.organisation).collect();
        of.dedup();
        for organisation in of {
            told.extend(self.spells_of(organisation, now));
        }
        let org = Arc::clone(&self.org);
        self.incidents = self.incidents.into_iter().map(|i| i.with_answers(&org)).chain(told).collect();
        self.incidents.sort_by_key(|i| std::cmp::Reverse((i.incident.created_at, i.incident.id)));
        self
    }

    /// The facts from which these were made, as they were told at a moment: without spells
    /// and answers among the updates.
    pub fn known_at(&self, at: DateTime<Utc>) -> Self {
        let incidents = self.incidents.iter().filter(|fact| !fact.is_spell());
        let incidents = incidents.filter_map(|fact| fact.as_of(at, &self.org));
        Self { incidents: incidents.map(IncidentFact::without_answers).collect(), ..self.clone() }
    }

    /// The spells of one organisation, by all that was said of it, and by what somebody nearer
    /// said meanwhile: what comes back after that is a spell of its own.
    fn spells_of(&self, speaker: &OrgCode, now: DateTime<Utc>) -> Vec<IncidentFact> {
        let is_own = *speaker == self.org.code;
        let words: Vec<_> = self.local_past.iter().filter(|local| local.organisation == *speaker).collect();
        let said: Vec<LocalFacts> = in_time(&words, now)
            .into_iter()
            .map(|local| LocalFacts { lines: self.concerned(&local.lines, is_own), ..local })
            .collect();
        let held = self.held_before(speaker);
        let moments: BTreeSet<_> = said.iter().map(|local| local.set_at).chain(changes(&held)).collect();
        let mut spells: Vec<Spell> = Vec::new();
        for at in moments.into_iter().filter(|at| *at <= now) {
            let Some(local) = said.iter().rfind(|local| local.set_at <= at) else { continue };
            let felt = LocalFacts { lines: without(&local.lines, &held, at), ..local.clone() };
            match spells.last_mut().filter(|spell| spell.is_open()) {
                Some(spell) => spell.goes_on(felt, is_trouble(&local.lines), at),
                None if is_trouble(&felt.lines) => spells.push(Spell::new(self.returned(felt, at))),
                None => {}
            }
        }
        spells.into_iter().map(|spell| self.told(speaker, spell, &held, now)).collect()
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

    fn told(&self, speaker: &OrgCode, spell: Spell, held: &[Held], now: DateTime<Utc>) -> IncidentFact {
        let name = self.speakers.iter().find(|(code, _)| code == speaker).map(|(_, name)| name.clone());
        let name = name.unwrap_or_else(|| speaker.to_string());
        let by = spell.words.last().and_then(|local| local.by.clone());
        let national = spell.words.iter().all(|local| local.lines.0.keys().all(|line| line.is_national()));
        let mut incident = incident(&self.org.code, self.org.kind, &spell.words, spell.end.as_ref());
        if let Some(last) = spell.words.last().filter(|_| spell.is_open()) {
            incident.title = title_of(&without(&last.lines, held, now), self.org.kind);
        }
        IncidentFact {
            touch: Touch::Reached,
            // What holds for the whole country needs no place's word.
            confirmation: match *speaker == self.org.code && by.is_none() || national {
                true => Confirmation::Confirmed,
                false => Confirmation::NotConfirmed,
            },
            response: None,
            answered_before: Vec::new(),
            ending: if spell.is_open() { Ending::Open } else { Ending::Own },
            knowing: Vec::new(),
            // By whatever somebody nearer said: the speaker's word is not felt here since then.
            as_usual: spell.beaten.into_iter().collect(),
            declared_by_name: by.map_or(name, |by| by.name),
            system_name: None,
            incident: Arc::new(incident),
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

/// What a speaker said from when it was felt at the place until it was not.
struct Spell {
    words: Vec<LocalFacts>,
    /// The speaker's word that all is as usual.
    end: Option<LocalFacts>,
    /// Since when somebody nearer has spoken of all that was wrong.
    beaten: Option<DateTime<Utc>>,
}

impl Spell {
    fn new(first: LocalFacts) -> Self {
        Self { words: vec![first], end: None, beaten: None }
    }

    fn is_open(&self) -> bool {
        self.end.is_none() && self.beaten.is_none()
    }

    /// With what is felt of the speaker's last word at a moment, which `says` that something is
    /// wrong or does not.
    fn goes_on(&mut self, felt: LocalFacts, says: bool, at: DateTime<Utc>) {
        let is_felt = is_trouble(&felt.lines);
        let told = self.words.last().map(|last| &last.lines);
        let is_new = |line: &Line| told.is_none_or(|told| told.get(*line).is_none());
        match (says, is_felt) {
            (false, _) => self.end = Some(felt),
            (true, false) => self.beaten = Some(at),
            (true, true) if felt.set_at == at => self.words.push(felt),
            // A line came back.
            (true, true) if felt.expires_at > at && felt.lines.0.keys().any(is_new) => {
                self.words.push(LocalFacts { set_at: at, ..felt });
            }
            (true, true) => {}
        }
    }
}

impl IncidentFact {
    /// Whether it was said apart from any incident.
    pub fn is_spell(&self) -> bool {
        let incident = &self.incident;
        incident.id == named(&incident.declared_by, "spell", incident.created_at)
    }

    /// Who reported it: of what was said apart from any incident, whoever said it first, also
    /// where they said it for the place.
    pub fn reported_by(&self) -> &OrgCode {
        let first = self.incident.updates.first().filter(|_| self.is_spell());
        first.map_or(&self.incident.declared_by, |update| &update.said_by)
    }
}

fn named(by: &OrgCode, what: &str, at: DateTime<Utc>) -> Uuid {
    derived_id(&[by.as_str(), what, &at.timestamp_micros().to_string()])
}

fn is_trouble(lines: &Lines) -> bool {
    lines.0.values().any(|setting| setting.state.severity > 0)
}

/// One spell at a place, oldest word first, and the word that it is over. Each is signed by
/// whoever said it, also for the place.
fn incident(place: &OrgCode, kind: OrgKind, spell: &[LocalFacts], end: Option<&LocalFacts>) -> Incident {
    let began = spell.first().map_or(DateTime::UNIX_EPOCH, |local| local.set_at);
    let by = spell.first().map_or(place, |local| &local.organisation);
    let id = named(by, "spell", began);
    let update = |(seq, stage, local): (usize, Stage, &LocalFacts)| Update {
        id: named(by, "word", local.set_at),
        incident: id,
        seq: i32::try_from(seq).unwrap_or(i32::MAX),
        stage,
        lines: Lines::default(),
        message: None,
        published_at: local.set_at,
        next_update_by: if stage == Stage::Resolved { local.set_at } else { local.expires_at },
        said_by: local.by.as_ref().map_or(by, |proxy| &proxy.code).clone(),
        withdrawn_at: None,
        corrects: None,
    };
    let said = |(n, local): (usize, &LocalFacts)| Update {
        lines: local.lines.clone(),
        message: Some(message(local, kind)),
        ..update((n + 1, Stage::Identified, local))
    };
    let mut updates: Vec<Update> = spell.iter().enumerate().map(said).collect();
    if let Some(end) = end {
        updates.push(update((updates.len() + 1, Stage::Resolved, end)));
    }
    Incident {
        id,
        title: spell.last().map(|local| title_of(&local.lines, kind)).unwrap_or_default(),
        target: Target::Named { organisations: vec![place.clone()], system: None },
        declared_by: by.clone(),
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
        match last.filter(|_| updates.len() < self.updates.len()) {
            Some(update) => title_of(&update.lines, kind),
            None => self.title.clone(),
        }
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
