//! What a place says of itself, and what those above say for it, told as incidents: for
//! programs and records that know incidents alone, so that a closed surgery is in its
//! feeds, its alerts and its history as a failed system is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::words_of::together;
use super::{Ending, Facts, IncidentFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::headline::{HeadlineState, attend_text};
use crate::domain::help;
use crate::domain::incident::{Confirmation, Incident, Kind, LocalFacts, Stage, Target, Update};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{OrgCode, OrgKind};
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

    /// The spells of one organisation, by all that was said of it.
    fn spells_of(&self, speaker: &OrgCode, now: DateTime<Utc>) -> Vec<IncidentFact> {
        let (kind, is_own) = (self.org.kind, *speaker == self.org.code);
        let said = together(self.local_past.iter().filter(|local| local.organisation == *speaker));
        let mut spells: Vec<(Vec<LocalFacts>, Option<LocalFacts>)> = Vec::new();
        for local in said {
            let local = LocalFacts { lines: self.concerned(&local.lines, is_own), ..local };
            match (spells.last_mut().filter(|(_, end)| end.is_none()), is_trouble(&local.lines)) {
                (Some((spell, _)), true) => spell.push(local),
                (Some((_, end)), false) => *end = Some(local),
                (None, true) => spells.push((vec![local], None)),
                (None, false) => {}
            }
        }
        let name = self.speakers.iter().find(|(code, _)| code == speaker).map(|(_, name)| name.clone());
        let name = name.unwrap_or_else(|| speaker.to_string());
        let fact = |(spell, end): (Vec<LocalFacts>, Option<LocalFacts>)| {
            let beaten =
                !is_own && spell.last().is_some_and(|last| self.is_beaten(speaker, &last.lines, now));
            let by = spell.last().and_then(|local| local.by.clone());
            let national = spell.iter().all(|local| local.lines.0.keys().all(|line| line.is_national()));
            IncidentFact {
                touch: Touch::Reached,
                // What holds for the whole country needs no place's word.
                confirmation: match is_own && by.is_none() || national {
                    true => Confirmation::Confirmed,
                    false => Confirmation::NotConfirmed,
                },
                response: None,
                answered_before: Vec::new(),
                ending: if end.is_some() || beaten { Ending::Own } else { Ending::Open },
                knowing: Vec::new(),
                as_usual: Vec::new(),
                declared_by_name: by.map_or_else(|| name.clone(), |by| by.name),
                system_name: None,
                incident: Arc::new(incident(&self.org.code, kind, &spell, end.as_ref())),
            }
        };
        spells.into_iter().map(fact).collect()
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

    /// Whether somebody whose word counts for more has spoken of every line that is wrong.
    fn is_beaten(&self, speaker: &OrgCode, lines: &Lines, now: DateTime<Utc>) -> bool {
        let stands = self.at(now).lines;
        let mut wrong = lines.0.iter().filter(|(_, setting)| setting.state.severity > 0);
        wrong
            .all(|(line, _)| stands.iter().any(|f| f.line == *line && f.said_by != *speaker && !f.is_planned))
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
        title: spell.first().map(|local| title(&local.lines, kind)).unwrap_or_default(),
        target: Target::Named { organisations: vec![place.clone()], system: None },
        declared_by: by.clone(),
        kind: Kind::Live,
        level: None,
        created_at: began,
        updates,
        note: None,
    }
}

/// "Phone lines: Not working", of what is worst. A pharmacy has no appointments.
fn title(lines: &Lines, kind: OrgKind) -> Written {
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
