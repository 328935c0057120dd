//! When an organisation is open.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors};

/// `GET /desk/hours`, and what comes back with mistakes. Posts to `/desk/hours`:
/// `{day}.opens`, `{day}.closes`, `{day}.opens_again`, `{day}.closes_again`, the
/// same for `except.{n}` with `date` and `why`, and `bank_holidays`.
#[derive(Template)]
#[template(path = "admin/hours.html")]
pub struct Hours {
    pub who: Who,
    pub place_code: String,
    pub place: String,
    pub done: String,
    /// Somebody has said when they are open.
    pub is_known: bool,
    /// When the next update of a post made now would be due.
    pub usual: String,
    pub days: Vec<Times>,
    pub bank_holidays: Vec<Choice>,
    /// The next ones, and what holds on them.
    pub holidays: Vec<String>,
    pub except: Vec<Except>,
    pub errors: Errors,
}

/// The times of one day, as the form has them.
pub struct Times {
    /// What the names of the fields begin with: "monday", "except.0".
    pub name: String,
    /// The `id` of the first field, which the error summary links to.
    pub id: String,
    pub label: String,
    pub opens: String,
    pub closes: String,
    pub opens_again: String,
    pub closes_again: String,
}

impl Times {
    fn name_of(&self, what: &str) -> String {
        format!("{}.{what}", self.name)
    }

    fn id_of(&self, what: &str) -> String {
        format!("{}-{what}", self.id)
    }
}

/// A day that is different.
pub struct Except {
    pub times: Times,
    pub date: String,
    pub why: String,
}
