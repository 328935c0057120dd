//! Command centres.

use askama::Template;

use super::Who;
use super::form::Errors;

/// `GET /desk/centres`. Posts to `/desk/centres` with the fields of `Form`.
#[derive(Template)]
#[template(path = "admin/centres.html")]
pub struct Centres {
    pub who: Who,
    pub rows: Vec<Row>,
    pub form: Form,
    pub errors: Errors,
    /// A post that is sent twice makes one centre.
    pub once: String,
}

/// One centre in the list.
pub struct Row {
    pub code: String,
    pub name: String,
    pub tag: &'static str,
    pub colour: &'static str,
    /// "From 19 July 2024 to 30 September 2024, led by …".
    pub when: String,
    /// How many wait for an answer of theirs.
    pub is_asked: bool,
}

/// What is asked about a centre.
#[derive(Default)]
pub struct Form {
    pub name: String,
    /// Codes, one on each line.
    pub members: String,
    pub first_day: String,
    pub last_day: String,
    /// An email or the name of a token, and a role, one on each line.
    pub people: String,
}

/// `GET /desk/centres/{code}`. Posts to it, to `/end`, and to
/// `/members/{member}` with `answer`.
#[derive(Template)]
#[template(path = "admin/centre.html")]
pub struct Centre {
    pub who: Who,
    pub done: &'static str,
    pub row: Row,
    pub members: Vec<Member>,
    /// Name and role.
    pub people: Vec<(String, String)>,
    /// What is open or planned for all of it.
    pub said: Vec<Said>,
    pub may_change: bool,
    pub form: Form,
    pub errors: Errors,
}

/// One organisation in it, or one that was asked.
pub struct Member {
    pub code: String,
    pub name: String,
    pub stands: String,
    pub is_asked: bool,
    pub may_answer: bool,
}

/// An open incident or planned work of all of it.
pub struct Said {
    pub title: String,
    pub is_planned: bool,
    pub lines: Vec<String>,
}
