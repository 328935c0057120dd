//! What a place says of itself, told as an incident: for programs and records that
//! know incidents alone, so that a closed surgery is in its feeds, its alerts and its
//! history as a failed system is.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Ending, Facts, IncidentFact};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::incident::{Confirmation, Incident, Kind, LocalFacts, Stage, Target, Update};
use crate::domain::line::{Lines, Setting};
use crate::domain::org::OrgCode;
use crate::domain::written::Written;
use crate::words::{self, Locale};

impl Facts {
    /// The same, with what the place answered, and with each spell in which it said of
    /// itself that something is not as usual. A spell is over when the place says that all
    /// is as usual, not when its word runs out: then nobody knows.
    pub fn with_spells(mut self) -> Self {
        let code = &self.org.code;
        // What a board says of its own lines is said of its places.
        let is_place = self.org.kind.sees_patients();
        let own = self.local_past.iter().filter(|local| is_place && local.organisation == *code);
        let mut spells: Vec<(Vec<&LocalFacts>, Option<DateTime<Utc>>)> = Vec::new();
        for local in own {
            match (spells.last_mut().filter(|(_, end)| end.is_none()), is_trouble(&local.lines)) {
                (Some((spell, _)), true) => spell.push(local),
                (Some((_, end)), false) => *end = Some(local.set_at),
                (None, true) => spells.push((vec![local], None)),
                (None, false) => {}
            }
        }
        let told = spells.iter().map(|(spell, end)| incident(code, spell, *end));
        let fact = |incident: Incident| IncidentFact {
            touch: Touch::Reached,
            confirmation: Confirmation::Confirmed,
            response: None,
            answered_before: Vec::new(),
            ending: if incident.is_open() { Ending::Open } else { Ending::Own },
            declared_by_name: self.org.name.clone(),
            system_name: None,
            incident: Arc::new(incident),
        };
        let told: Vec<IncidentFact> = told.map(fact).collect();
        let org = Arc::clone(&self.org);
        self.incidents = self.incidents.into_iter().map(|i| i.with_answers(&org)).chain(told).collect();
        self.incidents.sort_by_key(|i| std::cmp::Reverse((i.incident.created_at, i.incident.id)));
        self
    }
}

fn is_trouble(lines: &Lines) -> bool {
    lines.0.values().any(|setting| setting.state.severity > 0)
}

/// One spell, oldest word first, and when the place said that it is over.
fn incident(code: &OrgCode, spell: &[&LocalFacts], end: Option<DateTime<Utc>>) -> Incident {
    let named = |what: &str, at: DateTime<Utc>| {
        derived_id(&[code.as_str(), what, &at.timestamp_micros().to_string()])
    };
    let began = spell.first().map_or(DateTime::UNIX_EPOCH, |local| local.set_at);
    let id = named("spell", began);
    let update = |(seq, stage, at, until): (usize, Stage, DateTime<Utc>, DateTime<Utc>)| Update {
        id: named("word", at),
        incident: id,
        seq: i32::try_from(seq).unwrap_or(i32::MAX),
        stage,
        lines: Lines::default(),
        message: None,
        published_at: at,
        next_update_by: until,
        said_by: code.clone(),
        withdrawn_at: None,
        corrects: None,
    };
    let said = |(n, local): (usize, &&LocalFacts)| Update {
        lines: local.lines.clone(),
        message: Some(local.message.clone().unwrap_or_else(|| sentences(&local.lines))),
        ..update((n + 1, Stage::Investigating, local.set_at, local.expires_at))
    };
    let mut updates: Vec<Update> = spell.iter().enumerate().map(said).collect();
    if let Some(end) = end {
        updates.push(update((updates.len() + 1, Stage::Resolved, end, end)));
    }
    Incident {
        id,
        title: spell.first().map(|local| title(&local.lines)).unwrap_or_default(),
        target: Target::Named { organisations: vec![code.clone()], system: None },
        declared_by: code.clone(),
        kind: Kind::Live,
        level: None,
        created_at: began,
        updates,
        note: None,
    }
}

/// In English and in Welsh.
fn in_both(of: impl Fn(Locale) -> String) -> Written {
    Written { english: of(Locale::En), others: [(Locale::Cy, of(Locale::Cy))].into() }
}

/// "Phone lines: Not working", of what is worst.
fn title(lines: &Lines) -> Written {
    let worst =
        lines.0.iter().max_by_key(|(line, setting)| (setting.state.severity, std::cmp::Reverse(**line)));
    let Some((line, setting)) = worst else { return Written::default() };
    in_both(|l| format!("{}: {}", line.label(words::of(l)), setting.state.label(words::of(l))))
}

/// What the lines say, where the place added no words.
fn sentences(lines: &Lines) -> Written {
    let sentence = |setting: &Setting, l: Locale| match &setting.words {
        Some(written) => written.marked(words::of(l)),
        None => setting.state.text(words::of(l)).to_owned(),
    };
    let wrong = || lines.0.values().filter(|setting| setting.state.severity > 0);
    in_both(|l| wrong().map(|setting| sentence(setting, l)).collect::<Vec<_>>().join(" "))
}
