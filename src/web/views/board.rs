//! The board: what a region sees.

use askama::Template;

use super::form::{Choice, chosen};
use super::{Count, Who, counted};
use crate::domain::incident::Stage;

/// `GET /board`. Complete without script; with it, what changes arrives by
/// itself.
#[derive(Template)]
#[template(path = "board/board.html")]
pub struct Board {
    pub who: Who,
    pub scope_code: String,
    pub scope_name: String,
    /// The dates of a command centre; empty for an organisation.
    pub centre: String,
    /// Where what changes comes from.
    pub live: String,
    /// The same as a table, or as a map.
    pub other_view: String,
    /// The one incident that it is about, marked where that is not real; empty for all.
    pub about: String,
    /// The mark and the sentence of what is not real.
    pub unreal: Option<(&'static str, &'static str)>,
    pub filters: Vec<Chooser>,
    pub is_late: bool,
    pub is_filtered: bool,
    /// What the filter leaves, in words, without the incident that it is about.
    pub shown: String,
    /// Where all is shown.
    pub everything: String,
    /// By what it is added up, for the form.
    pub by: String,
    pub is_table: bool,
    pub sites: Vec<Place>,
    pub now: Now,
}

impl Board {
    /// "60 places".
    fn places(&self) -> String {
        counted(self.sites.len() as u64, "place", "places")
    }
}

/// What changes, as `GET /board/live` sends it.
#[derive(Template)]
#[template(path = "board/now.html")]
pub struct Piece {
    pub now: Now,
}

/// Where everything stands now.
pub struct Now {
    /// That what it is about is over, and since when; empty where that goes on.
    pub over: String,
    /// Where the board of everything is.
    pub whole: String,
    /// "7:41am".
    pub read_at: String,
    pub counts: Vec<Stand>,
    /// Places that somebody has to think of now.
    pub lists: Vec<Listed>,
    pub approvals: u64,
    /// What suppliers and partner bodies say.
    pub words: Vec<Spoken>,
    /// "The next situation report is due at 4pm: …", or empty.
    pub next_report: String,
    /// By what else it can be added up; see `parts` in `web/board.rs`.
    pub parts: Vec<(&'static str, String)>,
    pub children: Vec<Child>,
    pub incidents: Vec<Open>,
    /// What others say is over and places are waited for: a sentence, and where they are.
    pub awaited: Vec<(String, String)>,
    /// The board is about one incident or one system, so that not all are listed.
    pub is_about_some: bool,
    /// The board is about one incident alone.
    pub is_about_one: bool,
    /// For whom they are, and how many by delivery state.
    pub messages: Vec<(&'static str, Vec<Count>)>,
    /// Updates below that halted themselves: id and title.
    pub halted: Vec<(uuid::Uuid, String)>,
    /// Channels whose messages wait for longer than they should, a sentence each.
    pub late: Vec<String>,
    /// A letter for each place, in the order of the map.
    pub map: String,
    /// Another one when the list of places is not the same any more.
    pub places: String,
}

/// The last word of a supplier or a partner body.
pub struct Spoken {
    pub name: String,
    /// The system, or empty for an area.
    pub about: String,
    pub text: String,
    /// "8:40am, 12 minutes ago".
    pub when: String,
    /// It reports a fault, and no incident is open.
    pub is_report: bool,
}

/// Places that have something in common: how many, and the first of them by
/// address and name.
pub struct Listed {
    pub label: &'static str,
    pub number: u64,
    pub places: Vec<(String, String)>,
    /// Where all of them are; empty where all are named.
    pub all: String,
}

/// How many places stand so, and where only those are shown.
pub struct Stand {
    pub label: &'static str,
    pub number: u64,
    pub href: String,
}

/// One filter: a choice among many, or all.
pub struct Chooser {
    pub name: &'static str,
    pub label: &'static str,
    pub choices: Vec<Choice>,
}

impl Chooser {
    pub fn new(
        name: &'static str,
        label: &'static str,
        choices: impl Iterator<Item = (String, String)>,
        value: &str,
    ) -> Self {
        let all = std::iter::once(Choice::new("", "All"));
        let choices = all.chain(choices.map(|(value, label)| Choice::new(value, label))).collect();
        Self { name, label, choices: chosen(choices, value) }
    }
}

/// One place, as a tile or a row.
pub struct Place {
    pub href: String,
    pub name: String,
    pub town: String,
    pub letter: char,
    pub word: &'static str,
    /// "phones down, update late", or empty.
    pub notes: String,
}

/// One organisation directly below.
pub struct Child {
    /// Its own board, or its page; empty for the places in none.
    pub href: String,
    pub name: String,
    pub counts: Vec<Stand>,
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
    /// Where the board is about it alone; empty where it is so already.
    pub here: String,
    /// "EXERCISE", "TEST" or empty.
    pub mark: &'static str,
    pub organisations: u64,
    pub next_update_by: String,
    pub is_overdue: bool,
}
