//! Situation reports: what stands where in one incident, what changed since the
//! last report, and METHANE for IT (NHS facts, part 4).

mod methane;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::delivery::DeliveryState;
use super::incident::{Kind, Stage};
use super::line::{Line, Session, session_for_staff};
use super::org::{OrgCode, OrgKind};
use super::word::Word;
use super::written::check_text;
use crate::words::english;

pub use methane::methane;

/// The longest part of a commentary, in characters.
pub const MAX_PART: usize = 3000;

/// How many organisations stand where in one incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All that it reaches, or may reach.
    pub reached: usize,
    pub affected: usize,
    pub not_affected: usize,
    pub busy: usize,
    pub recovered: usize,
    pub silent: usize,
    /// Nobody recorded which system they use.
    pub unknown: usize,
    /// The promise that the incident made has passed, and their page rests on it.
    pub overdue: usize,
    /// So many of the affected have not said so themselves: somebody else did for them. Left out
    /// where there are none, and in older reports, whose hash must not change.
    #[serde(default, skip_serializing_if = "is_none_of_them")]
    pub affected_by_others: usize,
}

fn is_none_of_them(number: &usize) -> bool {
    *number == 0
}

impl Counts {
    /// Adds one organisation; `is_by_others` where somebody else gave its word for it.
    pub fn add(&mut self, word: Word, is_by_others: bool, is_overdue: bool) {
        self.reached += 1;
        self.affected_by_others += usize::from(is_by_others && word == Word::Affected);
        self.overdue += usize::from(is_overdue);
        *match word {
            Word::Affected => &mut self.affected,
            Word::NotAffected => &mut self.not_affected,
            Word::Busy => &mut self.busy,
            Word::Recovered => &mut self.recovered,
            Word::Silent => &mut self.silent,
            Word::Unknown => &mut self.unknown,
        } += 1;
    }

    pub fn named(&self) -> [(&'static str, usize); 8] {
        [
            ("Reached", self.reached),
            ("Affected", self.affected),
            ("Not affected", self.not_affected),
            ("Not affected, busy", self.busy),
            ("Recovered", self.recovered),
            ("Have not answered", self.silent),
            ("System not known", self.unknown),
            ("Overdue", self.overdue),
        ]
    }
}

/// What a report holds apart from the commentary: as it was at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub as_at: DateTime<Utc>,
    pub incident: About,
    /// Whose report it is: everything counts at and below it.
    pub organisation: Place,
    pub counts: Counts,
    /// Regions and boards below, each after the one it stands in.
    pub areas: Vec<Area>,
    /// Lines that are not as usual today.
    pub lines: Vec<LineCount>,
    /// The same of sessions of later days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<LineCount>,
    /// Lines of which nobody knows: what they were, until that ran out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_known: Vec<LineCount>,
    /// To the public. In older reports also what those on duty were asked.
    pub messages: BTreeMap<DeliveryState, i64>,
    /// To those on duty; none where a report does not tell the two apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages_to_staff: Option<BTreeMap<DeliveryState, i64>>,
    /// What was said last, and what is promised.
    pub said: Option<Said>,
    pub updates: usize,
    pub counters: Vec<Counted>,
    /// When the next report is due.
    pub next_due: Option<DateTime<Utc>>,
    /// Since the last report that was signed off.
    pub changes: Vec<String>,
}

impl Content {
    /// How far along it is. What was said to be over is not "back to normal" while places have
    /// not said so.
    fn stands(&self) -> &'static str {
        match self.incident.stage {
            _ if self.incident.is_withdrawn => english().get("stage-withdrawn"),
            Stage::Resolved if self.counts.affected + self.counts.silent > 0 => {
                "Said to be over, and not confirmed everywhere"
            }
            stage => stage.label(english()),
        }
    }
}

/// The incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    pub id: Uuid,
    pub title: String,
    pub kind: Kind,
    pub level: Option<u8>,
    pub stage: Stage,
    /// All that was said of it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_withdrawn: bool,
    pub created_at: DateTime<Utc>,
    pub declared_by: String,
    /// What it is on, and what depends on that.
    pub systems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub code: OrgCode,
    pub name: String,
}

/// A region or board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub place: Place,
    pub kind: OrgKind,
    /// How far below.
    pub depth: u8,
    pub counts: Counts,
}

/// At how many organisations a line is in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCount {
    pub line: Line,
    pub state: String,
    pub organisations: usize,
    /// Where it is so for one session of one day alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
}

impl LineCount {
    /// "Phones: not working", "Radiotherapy: cancelled in the morning of 20 July 2024".
    pub fn label(&self) -> String {
        self.told("")
    }

    /// The same of what has run out: "Phones: not known, last not working".
    pub fn label_not_known(&self) -> String {
        self.told("not known, last ")
    }

    fn told(&self, before: &str) -> String {
        let state = self.line.state(&self.state).map_or(self.state.as_str(), |s| s.label(english()));
        let when = self.session.zip(self.day);
        let when = when.map(|of| format!(" {}", session_for_staff(of))).unwrap_or_default();
        format!("{}: {before}{}{when}", self.line.label(english()), state.to_lowercase())
    }

    /// Whether it counts the same as another one, perhaps of another day.
    fn is_same(&self, other: &Self) -> bool {
        let of = |l: &Self| (l.line, l.session, l.day);
        of(self) == of(other) && self.state == other.state
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub at: DateTime<Utc>,
    pub text: String,
    pub next_update_by: DateTime<Utc>,
}

/// A recovery counter as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub id: Uuid,
    pub name: String,
    pub unit: String,
    pub done: i64,
    pub total: i64,
    pub at: DateTime<Utc>,
    /// When it may end, in words.
    pub outlook: String,
}

/// What a person writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commentary {
    pub summary: String,
    /// What the supplier said last, and when.
    pub supplier: String,
    /// Risks to patients' safety.
    pub risks: String,
    /// How many patients, and who.
    pub patients: String,
    /// Who else was told.
    pub partners: String,
}

impl Commentary {
    /// Its parts, by the name of their field.
    pub fn parts(&self) -> [(&'static str, &str); 5] {
        [
            ("summary", &self.summary),
            ("supplier", &self.supplier),
            ("risks", &self.risks),
            ("patients", &self.patients),
            ("partners", &self.partners),
        ]
    }

    pub fn trimmed(&self) -> Self {
        let trim = |text: &str| text.trim().to_owned();
        Self {
            summary: trim(&self.summary),
            supplier: trim(&self.supplier),
            risks: trim(&self.risks),
            patients: trim(&self.patients),
            partners: trim(&self.partners),
        }
    }

    /// The mistakes in what was written; only a report that is signed off needs
    /// a summary.
    pub fn check(&self, signing: bool) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if signing && self.summary.trim().is_empty() {
            errors.push(FieldError::new("/summary", "Enter a summary. It may be one sentence."));
        }
        for (name, text) in self.parts().into_iter().filter(|(_, t)| !t.trim().is_empty()) {
            check_text(&format!("/{name}"), Some(text), MAX_PART, &mut errors);
        }
        errors
    }
}

/// One report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub id: Uuid,
    pub incident: Uuid,
    pub organisation: OrgCode,
    /// The set hour that made it; none when somebody asked for it.
    pub due_at: Option<DateTime<Utc>>,
    pub content: Content,
    pub commentary: Commentary,
    pub signed: Option<Signed>,
}

/// Signed off: fixed for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// 1 for the first of its organisation about the incident.
    pub number: i32,
    pub at: DateTime<Utc>,
    pub by: String,
    pub hash: Vec<u8>,
}

/// What changed from one report to the next, a sentence each.
pub fn changes(before: &Content, now: &Content) -> Vec<String> {
    let mut out = Vec::new();
    let (from, to) = (before.stands(), now.stands());
    if from != to {
        out.push(format!("It moved from \"{from}\" to \"{to}\"."));
    }
    if before.incident.level != now.incident.level {
        let level = |l: Option<u8>| l.map_or("no level".to_owned(), |l| format!("level {l}"));
        out.push(format!("It moved from {} to {}.", level(before.incident.level), level(now.incident.level)));
    }
    for ((label, was), (_, is)) in before.counts.named().into_iter().zip(now.counts.named()) {
        out.extend(moved(label, was as i64, is as i64));
    }
    // A session of a later day does not change when its day comes.
    let said = |c: &Content| -> Vec<LineCount> { c.lines.iter().chain(&c.later).cloned().collect() };
    out.extend(moved_lines(&said(before), &said(now), LineCount::label));
    out.extend(moved_lines(&before.not_known, &now.not_known, LineCount::label_not_known));
    let posted = now.updates.saturating_sub(before.updates);
    if posted > 0 {
        out.push(format!(
            "{posted} more {} posted.",
            if posted == 1 { "update was" } else { "updates were" }
        ));
    }
    out.extend(moved_messages(before, now));
    for counted in &now.counters {
        match before.counters.iter().find(|c| c.id == counted.id) {
            Some(was) => {
                out.extend(moved(&format!("{}, done", counted.name), was.done, counted.done));
                out.extend(moved(&format!("{}, in all", counted.name), was.total, counted.total));
            }
            None => out.push(format!("{} are now counted.", counted.name)),
        }
    }
    if out.is_empty() {
        out.push("Nothing has changed in these figures.".into());
    }
    out
}

fn moved_lines(before: &[LineCount], now: &[LineCount], label: fn(&LineCount) -> String) -> Vec<String> {
    let at = |all: &[LineCount], one: &LineCount| {
        all.iter().find(|l| l.is_same(one)).map_or(0, |l| l.organisations as i64)
    };
    let left = before.iter().filter(|l| at(now, l) == 0);
    let all = now.iter().chain(left).map(|l| moved(&label(l), at(before, l), at(now, l)));
    all.flatten().collect()
}

/// Those to the public, then those to staff; together where one of the reports does not tell
/// them apart.
fn moved_messages(before: &Content, now: &Content) -> Vec<String> {
    let number = |of: &BTreeMap<DeliveryState, i64>, state| of.get(&state).copied().unwrap_or(0);
    let public = |c: &Content, state| number(&c.messages, state);
    let staff = |c: &Content, state| c.messages_to_staff.as_ref().map_or(0, |of| number(of, state));
    let each = |label: &str, of: &dyn Fn(&Content, DeliveryState) -> i64| -> Vec<String> {
        let moved = |s: DeliveryState| moved(&format!("{label} {}", s.api_name()), of(before, s), of(now, s));
        DeliveryState::ALL.iter().filter_map(|s| moved(*s)).collect()
    };
    match (&before.messages_to_staff, &now.messages_to_staff) {
        (Some(_), Some(_)) => {
            [each("Messages to the public", &public), each("Messages to staff", &staff)].concat()
        }
        _ => each("Messages", &|c, state| public(c, state) + staff(c, state)),
    }
}

/// "Affected: 812, 40 more."
fn moved(label: &str, was: i64, is: i64) -> Option<String> {
    match is - was {
        0 => None,
        more if more > 0 => Some(format!("{label}: {is}, {more} more.")),
        fewer => Some(format!("{label}: {is}, {} fewer.", -fewer)),
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
