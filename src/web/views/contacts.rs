//! Whom to ask at a site.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors};

/// `GET /desk/contacts`. Posts to `/desk/contacts` (`channel`, `contact`,
/// `label`) and to `/desk/contacts/{id}/remove`. Contacts are masked.
#[derive(Template)]
#[template(path = "admin/contacts.html")]
pub struct Contacts {
    pub who: Who,
    pub place_code: String,
    pub place: String,
    pub done: String,
    pub rows: Vec<Row>,
    pub channels: Vec<Choice>,
    /// What was typed, after a mistake.
    pub contact: String,
    pub called: String,
    pub errors: Errors,
}

/// One contact point.
pub struct Row {
    pub id: String,
    pub label: String,
    pub channel: &'static str,
    /// Empty when the contact was erased.
    pub masked: String,
    pub takes_messages: bool,
}
