//! Situation reports: the list and its rhythm, a draft, a report, on paper.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors};
use crate::page::paper::{Paper, Piece};

/// `GET /desk/incidents/{id}/reports`.
#[derive(Template)]
#[template(path = "admin/reports.html")]
pub struct Reports {
    pub who: Who,
    pub done: &'static str,
    pub incident: String,
    pub title: String,
    pub mark: &'static str,
    pub reports: Vec<Row>,
    /// Where older ones are.
    pub older: Option<String>,
    /// "Every day at 8am and 4pm", or empty.
    pub rhythm: String,
    /// When the next one is due, or empty.
    pub next: String,
    /// The fields of the rhythm.
    pub often: Vec<Choice>,
    pub hours: Vec<Choice>,
    pub second_hours: Vec<Choice>,
    pub days: Vec<Choice>,
    /// The key of the form, so that pressing twice drafts once.
    pub once: String,
    pub errors: Errors,
}

/// One report in a list.
pub struct Row {
    pub id: String,
    /// "Report 3", or "Draft".
    pub name: String,
    /// "Figures of 9am. For 9am."
    pub about: String,
    pub organisation: String,
    pub is_signed: bool,
}

/// `GET /desk/reports/{id}`: a draft with its form, or the report.
#[derive(Template)]
#[template(path = "admin/report.html")]
pub struct Report {
    pub who: Who,
    pub done: &'static str,
    pub id: String,
    pub incident: String,
    pub told: Told,
    /// A draft that is theirs to write.
    pub may_write: bool,
    /// Which figures were read, as RFC 3339.
    pub as_at: String,
    pub commentary: Vec<Part>,
    pub errors: Errors,
}

/// One field of the commentary.
pub struct Part {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub text: String,
}

/// A report as it is read, on a screen or on paper.
pub struct Told {
    /// "Situation report 3: EMIS Web is not working", "Draft: …".
    pub title: String,
    pub mark: &'static str,
    /// Whose it is, figures of when, signed by whom.
    pub about: Vec<String>,
    /// Number and what it counts, for the whole of the organisation.
    pub counts: Vec<(&'static str, usize)>,
    /// Name (with its depth shown) and the same counts.
    pub areas: Vec<(String, Vec<usize>)>,
    pub changes: Vec<String>,
    pub summary: String,
    pub supplier: String,
    /// Letter and meaning, words.
    pub methane: Vec<(String, String)>,
    pub lines: Vec<(String, usize)>,
    /// The same of sessions of later days.
    pub later: Vec<(String, usize)>,
    /// For whom they are; a state, and how many of each.
    pub messages_to: Vec<&'static str>,
    pub messages: Vec<(String, Vec<i64>)>,
    /// Name, "300 of 1,000 servers", when it may end.
    pub counters: Vec<(String, String, String)>,
    /// The last update and when the next is due.
    pub said: Vec<String>,
    pub said_heading: &'static str,
    pub next_due: String,
    /// On each page: what it can be held against.
    pub foot: String,
}

impl Told {
    pub const COUNTS: [&'static str; 8] =
        ["Reached", "Affected", "Not affected", "Busy", "Recovered", "Not answered", "Not known", "Overdue"];

    /// The lines that are not as usual, those of today and those of later days; without what
    /// is empty.
    fn lines_by_day(&self) -> impl Iterator<Item = (&'static str, &[(String, usize)])> {
        let all = [
            ("Lines that are not as usual", self.lines.as_slice()),
            ("Not as usual on a later day", self.later.as_slice()),
        ];
        all.into_iter().filter(|(_, lines)| !lines.is_empty())
    }

    /// The same as a PDF.
    pub fn paper(&self) -> Paper {
        let mut pieces: Vec<Piece> = self.about.iter().cloned().map(Piece::Text).collect();
        let mut part = |heading: &str, texts: Vec<String>| {
            if !texts.is_empty() {
                pieces.push(Piece::Heading(heading.into()));
                pieces.extend(texts.into_iter().map(Piece::Text));
            }
        };
        part("Summary", if self.summary.is_empty() { vec![] } else { vec![self.summary.clone()] });
        part("What has changed since the last report", self.changes.clone());
        let pairs = |heads: [&'static str; 2], shares: [f32; 2], rows: Vec<Vec<String>>| Piece::Table {
            heads: heads.into(),
            shares: shares.into(),
            rows,
        };
        let counts = self.counts.iter().map(|(label, n)| vec![(*label).to_owned(), n.to_string()]).collect();
        pieces.push(Piece::Heading("Organisations".into()));
        pieces.push(pairs(["Where they stand", "Organisations"], [3.0, 1.0], counts));
        if !self.areas.is_empty() {
            let rows = self.areas.iter().map(|(name, counts)| {
                std::iter::once(name.clone()).chain(counts.iter().map(usize::to_string)).collect()
            });
            pieces.push(Piece::Heading("By region, board and group".into()));
            pieces.push(Piece::Table {
                heads: std::iter::once("Area").chain(Self::COUNTS).collect(),
                shares: vec![3.6, 1.0, 1.0, 1.0, 1.0, 1.2, 1.2, 1.0, 1.0],
                rows: rows.collect(),
            });
        }
        let methane = self.methane.iter().map(|(head, text)| vec![head.clone(), text.clone()]).collect();
        pieces.push(Piece::Heading("METHANE".into()));
        pieces.push(pairs(["Part", "What is known"], [1.0, 4.0], methane));
        for (heading, lines) in self.lines_by_day() {
            let rows = lines.iter().map(|(line, n)| vec![line.clone(), n.to_string()]).collect();
            pieces.push(Piece::Heading(heading.into()));
            pieces.push(pairs(["Line", "Organisations"], [3.0, 1.0], rows));
        }
        if !self.messages.is_empty() {
            let rows = self.messages.iter().map(|(state, numbers)| {
                std::iter::once(state.clone()).chain(numbers.iter().map(i64::to_string)).collect()
            });
            pieces.push(Piece::Heading("Messages".into()));
            pieces.push(Piece::Table {
                heads: std::iter::once("State").chain(self.messages_to.iter().copied()).collect(),
                shares: std::iter::once(3.0).chain(self.messages_to.iter().map(|_| 1.2)).collect(),
                rows: rows.collect(),
            });
        }
        if !self.counters.is_empty() {
            pieces.push(Piece::Heading("Recovery".into()));
            pieces.push(Piece::Table {
                heads: vec!["What", "Done", "When it may end"],
                shares: vec![1.4, 1.6, 3.0],
                rows: self.counters.iter().map(|(a, b, c)| vec![a.clone(), b.clone(), c.clone()]).collect(),
            });
        }
        let mut part = |heading: &str, texts: Vec<String>| {
            if texts.iter().any(|t| !t.is_empty()) {
                pieces.push(Piece::Heading(heading.into()));
                pieces.extend(texts.into_iter().filter(|t| !t.is_empty()).map(Piece::Text));
            }
        };
        part("The supplier's last word", vec![self.supplier.clone()]);
        part(self.said_heading, self.said.clone());
        part("Next report", vec![self.next_due.clone()]);
        Paper {
            title: self.title.clone(),
            foot: self.foot.clone(),
            mark: self.mark.into(),
            landscape: false,
            pieces,
        }
    }
}

/// `GET /desk/reports/{id}/print`.
#[derive(Template)]
#[template(path = "admin/report_print.html")]
pub struct Print {
    pub id: String,
    pub told: Told,
}
