//! Recovery counters: those of an incident, and one with its chart.

use askama::Template;

use super::Who;
use super::form::Errors;

/// `GET /desk/incidents/{id}/recovery`; the form starts another counter.
#[derive(Template)]
#[template(path = "admin/recovery.html")]
pub struct Recovery {
    pub who: Who,
    pub incident: String,
    pub title: String,
    pub mark: &'static str,
    pub counters: Vec<Line>,
    /// The fields of a new counter: `name`, `unit`, `total` and `done`.
    pub called: String,
    pub unit: String,
    pub total: String,
    pub done: String,
    /// The key of the form, so that pressing twice counts once.
    pub once: String,
    pub errors: Errors,
}

/// One counter in a list.
pub struct Line {
    pub id: String,
    pub name: String,
    /// "40,000 of 150,000 computers done, at 9am".
    pub stands: String,
    pub outlook: String,
    pub organisation: String,
}

/// `GET /desk/counters/{id}`; the forms enter readings.
#[derive(Template)]
#[template(path = "admin/counter.html")]
pub struct Counter {
    pub who: Who,
    pub done_text: &'static str,
    pub id: String,
    pub incident: String,
    pub incident_title: String,
    pub mark: &'static str,
    pub name: String,
    pub unit: String,
    pub stands: String,
    pub outlook: String,
    /// An `<svg>` of our own making.
    /// The same for a desk and for a phone.
    pub charts: [String; 2],
    /// Newest first.
    pub readings: Vec<Reading>,
    /// What was struck out, a sentence each.
    pub struck: Vec<String>,
    /// It is theirs to count.
    pub may_count: bool,
    /// The fields of a reading.
    pub done: String,
    pub total: String,
    pub at: String,
    /// The field `rows`: a table, as CSV.
    pub pasted: String,
    pub errors: Errors,
}

/// One line of the table under the chart.
pub struct Reading {
    pub at: String,
    pub done: String,
    pub left: String,
    pub total: String,
    pub entered: String,
    /// Which it is, for striking it out.
    pub key: String,
}
