//! Who has answered, and when the silent are asked again.

use askama::Template;

use super::Who;

/// `GET /desk/incidents/{id}/answers`. Posts `asking` (`on`, `off`) to the same
/// address.
#[derive(Template)]
#[template(path = "admin/answers.html")]
pub struct Asking {
    pub who: Who,
    pub incident: String,
    pub title: String,
    /// "EXERCISE", "TEST" or empty.
    pub mark: &'static str,
    pub done: String,
    pub answered: u64,
    pub silent: u64,
    /// When they are asked next, or why they are not.
    pub next: String,
    /// Whether there is something to stop, and to start.
    pub may_stop: bool,
    pub may_start: bool,
    /// The first of the silent, code and name.
    pub sites: Vec<(String, String)>,
}

impl Asking {
    fn more(&self) -> u64 {
        self.silent.saturating_sub(u64::try_from(self.sites.len()).unwrap_or(u64::MAX))
    }
}
