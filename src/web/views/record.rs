//! After it: the record of an incident, and what a page said at any moment.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors};

/// `GET /desk/incidents/{id}/record`.
#[derive(Template)]
#[template(path = "admin/record.html")]
pub struct Record {
    pub who: Who,
    pub incident: String,
    pub title: String,
    /// "Back to normal", "Said to be over" or "Withdrawn".
    pub stage: &'static str,
    pub colour: &'static str,
    pub mark: &'static str,
    /// What took how long, a sentence each.
    pub timings: Vec<String>,
    /// Oldest first.
    pub events: Vec<Event>,
    /// So many more happened than are shown.
    pub more: usize,
    /// They may take all of it as a file.
    pub is_theirs: bool,
}

/// Something that happened.
pub struct Event {
    pub at: String,
    pub what: String,
    pub who: String,
    pub words: Vec<String>,
    /// Where there is more, or empty.
    pub href: String,
}

/// `GET /desk/organisations/{CODE}/at?time=`.
#[derive(Template)]
#[template(path = "admin/past_page.html")]
pub struct PastPage {
    pub who: Who,
    pub code: String,
    pub name: String,
    /// The field `time`, as `datetime-local` writes it.
    pub time: String,
    /// Which of two times is meant, of one that the clock shows twice: the field `turn`; empty of
    /// any other.
    pub turns: Vec<Choice>,
    /// None where the time was none.
    pub said: Option<Said>,
    pub errors: Errors,
}

/// What the page said.
pub struct Said {
    /// "9:40am, Friday 19 July 2024".
    pub at: String,
    pub headline: String,
    pub freshness: &'static str,
    /// What it said about each line, and who said so.
    pub lines: Vec<(String, String)>,
    /// Everything else that was said there, in our sentences or in somebody's own.
    pub words: Vec<(String, String)>,
    /// `/desk/organisations/{CODE}/at/page?time=`: the page itself.
    pub page: String,
    /// The same in the other languages: the address, the language in itself, its code.
    pub others: Vec<(String, &'static str, &'static str)>,
    /// When on that day it began to say something else.
    pub changes: Vec<Change>,
}

/// A moment at which the page began to say something else.
pub struct Change {
    pub at: String,
    /// The screen at that moment.
    pub href: String,
    pub headline: String,
    pub lines: Vec<String>,
    /// The moment that was asked for lies between this and the next.
    pub is_asked: bool,
}
