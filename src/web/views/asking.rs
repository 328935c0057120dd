//! Who has answered, and when the silent are asked again.

use askama::Template;

use super::answer::Kept;
use super::{Who, counted};

/// `GET /desk/incidents/{id}/answers`. Posts `asking` (`on`, `off`) or
/// `confirm` (`all`) to the same address.
#[derive(Template)]
#[template(path = "admin/answers.html")]
pub struct Asking {
    pub who: Who,
    /// The address of this screen.
    pub here: String,
    pub title: String,
    /// "EXERCISE", "TEST" or empty.
    pub mark: &'static str,
    pub done: String,
    pub counts: Vec<Shown>,
    /// When the silent are asked next, or why they are not.
    pub next: String,
    /// Whether there is something to stop, and to start.
    pub may_stop: bool,
    pub may_start: bool,
    /// Others declared it, and only their own places are listed.
    pub is_others: bool,
    /// For how many places they may say at once that these are back to normal.
    pub may_confirm: u64,
    /// What is listed: "Affected".
    pub heading: &'static str,
    pub is_all: bool,
    /// How many there are of these in all.
    pub number: u64,
    pub rows: Vec<Row>,
    pub next_page: Option<String>,
}

impl Asking {
    fn confirmed(&self) -> String {
        counted(self.may_confirm, "place", "places")
    }

    fn places(&self) -> String {
        counted(self.number, "place", "places")
    }
}

/// How many gave an answer, and where only these are shown.
pub struct Shown {
    pub label: &'static str,
    pub number: u64,
    pub href: String,
}

/// One place, and what it said.
pub struct Row {
    pub code: String,
    pub name: String,
    pub answer: &'static str,
    /// "7:41am", or empty.
    pub at: String,
    /// Who answered, or that it was by link.
    pub by: String,
    /// It is silent, and nobody is on duty there.
    pub has_nobody: bool,
    /// What it said beside its answer.
    pub kept: Option<Kept>,
    /// What they may say for it: the value and the label; empty where they may not.
    pub answers: Vec<(&'static str, &'static str)>,
}
