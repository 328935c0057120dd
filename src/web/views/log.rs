//! The decision log: the list, entering, one entry, and on paper.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors};
use crate::page::paper::{Paper, Piece};

/// `GET /desk/log?whose=&incident=&day=`.
#[derive(Template)]
#[template(path = "admin/log.html")]
pub struct Log {
    pub who: Who,
    /// What has just been done, or empty.
    pub done: &'static str,
    pub whose: Vec<Choice>,
    pub incidents: Vec<Choice>,
    /// 2024-07-19, or empty.
    pub day: String,
    pub errors: Errors,
    /// Newest first.
    pub entries: Vec<Entry>,
    /// `/desk/log/print?…` for the same entries.
    pub print: String,
    pub pdf: String,
    /// `/desk/log/new?…`, about the same incident.
    pub new: String,
    pub older: Option<String>,
}

/// One entry, as it is read.
pub struct Entry {
    pub id: String,
    pub number: i64,
    /// "9:12am", with the day where it is another one.
    pub made_at: String,
    pub entered_at: String,
    pub is_late: bool,
    pub decided_by: String,
    pub entered_by: String,
    pub organisation: String,
    pub decision: String,
    pub reason: String,
    pub refused: Vec<String>,
    /// "EMIS Web is not working", or empty for the organisation's day.
    pub incident: String,
    pub mark: &'static str,
    /// The entry that it puts right: its address and its number.
    pub corrects: Option<(String, i64)>,
    pub corrected_by: Vec<(String, i64)>,
    /// Its place in the audit chain, and the first digits of its hash.
    pub seq: i64,
    pub hash: String,
}

/// `GET /desk/log/new?incident=&corrects=`, and what comes back with mistakes.
/// Sends to `POST /desk/log/new/check`.
#[derive(Template)]
#[template(path = "admin/log_new.html")]
pub struct New {
    pub who: Who,
    /// The entry to put right, or empty.
    pub corrects: String,
    /// Its number and words.
    pub corrected: Option<(i64, String)>,
    pub incidents: Vec<Choice>,
    /// As `datetime-local` writes it.
    pub made_at: String,
    pub decided_by: String,
    pub decision: String,
    pub reason: String,
    /// One on each line.
    pub refused: String,
    pub errors: Errors,
}

/// The entry as it would stand. Nothing has been entered.
#[derive(Template)]
#[template(path = "admin/log_check.html")]
pub struct Check {
    pub who: Who,
    pub entry: Entry,
    /// Everything that was typed, as names and values.
    pub typed: Vec<(String, String)>,
}

/// `GET /desk/log/{id}`.
#[derive(Template)]
#[template(path = "admin/log_entry.html")]
pub struct Seen {
    pub who: Who,
    pub done: &'static str,
    pub entry: Entry,
    pub may_correct: bool,
}

/// `GET /desk/log/print?…`: on paper, with the chain's head on each page.
#[derive(Template)]
#[template(path = "admin/log_print.html")]
pub struct Print {
    /// "Decision log: EMIS Web is not working".
    pub title: String,
    /// What it holds, and who printed it when.
    pub about: Vec<String>,
    /// "Chain head 0123456789abcdef, entry 412", and what follows from it.
    pub head: String,
    /// In the order in which they were entered.
    pub entries: Vec<Entry>,
    /// The list that this came from.
    pub back: String,
    pub pdf: String,
    pub mark: &'static str,
}

impl Print {
    /// The same as a PDF.
    pub fn paper(&self) -> Paper {
        let mut pieces: Vec<Piece> = self.about.iter().cloned().map(Piece::Text).collect();
        if self.entries.is_empty() {
            pieces.push(Piece::Text("There are no entries.".into()));
        } else {
            pieces.push(Piece::Table {
                heads: vec![
                    "Entry",
                    "Made at",
                    "Entered",
                    "Decided by",
                    "Decision",
                    "Reason",
                    "Options refused",
                ],
                shares: vec![1.0, 1.2, 1.2, 1.2, 2.6, 2.4, 2.2],
                rows: self.entries.iter().map(Entry::cells).collect(),
            });
        }
        Paper {
            title: self.title.clone(),
            foot: self.head.clone(),
            mark: self.mark.into(),
            landscape: true,
            pieces,
        }
    }
}

impl Entry {
    fn cells(&self) -> Vec<String> {
        let mut decision = self.decision.clone();
        if let Some((_, number)) = &self.corrects {
            decision = format!("Corrects entry {number}. {decision}");
        }
        for (_, number) in &self.corrected_by {
            decision.push_str(&format!(" Corrected by entry {number}."));
        }
        if !self.mark.is_empty() {
            decision.push_str(&format!(" {}.", self.mark));
        }
        let refused = self.refused.iter().map(|r| format!("{r}\n")).collect::<String>();
        vec![
            format!("{}\n{}", self.number, self.organisation),
            format!("{}{}", self.made_at, if self.is_late { "\nLate entry" } else { "" }),
            format!("{}\n{}", self.entered_at, self.entered_by),
            self.decided_by.clone(),
            format!("{decision}\n{}", self.incident),
            self.reason.clone(),
            format!("{refused}Chain {}, {}", self.seq, self.hash),
        ]
    }
}
