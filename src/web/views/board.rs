//! The board: what a region sees.

use askama::Template;

use super::{Count, Who};
use crate::domain::incident::Stage;

/// `GET /board?scope=CODE`. Reloads itself every 15 seconds.
#[derive(Template)]
#[template(path = "board/board.html")]
pub struct Board {
    pub who: Who,
    pub scope_code: String,
    pub scope_name: String,
    /// "7:41:12am".
    pub read_at: String,
    pub counts: BoardCounts,
    pub children: Vec<Child>,
    pub incidents: Vec<Open>,
    /// By delivery state.
    pub deliveries: Vec<Count>,
}

impl Board {
    fn has_no_deliveries(&self) -> bool {
        self.deliveries.iter().all(|c| c.number == 0)
    }
}

/// How many organisations stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BoardCounts {
    pub affected: u64,
    pub not_affected: u64,
    pub busy: u64,
    pub recovered: u64,
    pub silent: u64,
    pub overdue: u64,
}

impl BoardCounts {
    fn named(&self) -> [(&'static str, u64); 6] {
        [
            ("Affected", self.affected),
            ("Not affected", self.not_affected),
            ("Not affected, busy", self.busy),
            ("Recovered", self.recovered),
            ("Have not answered", self.silent),
            ("Overdue", self.overdue),
        ]
    }
}

/// One organisation directly below.
pub struct Child {
    pub code: String,
    pub name: String,
    pub counts: BoardCounts,
    /// It has others below it, so its name leads to its own board.
    pub has_children: bool,
}

/// One open incident.
pub struct Open {
    pub id: String,
    pub title: String,
    pub declared_by: String,
    pub stage: Stage,
    pub level: Option<u8>,
    /// How many are silent and when they are asked next; empty where nobody is
    /// asked, or when it is not theirs to see.
    pub asked: String,
    /// "Exercise" and "Test" are marked.
    pub is_live: bool,
    pub organisations: u64,
    pub next_update_by: String,
    pub is_overdue: bool,
}
