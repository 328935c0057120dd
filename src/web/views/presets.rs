//! What is said in a hurry, written in quiet times.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors, Text};
use super::post::Questions;
use crate::domain::incident::MAX_MESSAGE;

/// `GET /desk/presets`.
#[derive(Template)]
#[template(path = "admin/presets.html")]
pub struct Presets {
    pub who: Who,
    /// What has just been done, or empty.
    pub done: String,
    pub own: Vec<Row>,
    /// Those of everybody above.
    pub from_above: Vec<Row>,
}

/// One preset in a list: `/desk/presets/{id}`.
pub struct Row {
    pub id: String,
    pub name: String,
    /// What it is about: a system, or its title.
    pub about: String,
    /// Whose it is, where it is not their own.
    pub of: String,
    pub tag: &'static str,
    pub colour: &'static str,
}

/// `GET /desk/presets/{id}`. Posts to `…/approve` (`hash`) and `…/remove`.
#[derive(Template)]
#[template(path = "admin/preset.html")]
pub struct Preset {
    pub who: Who,
    pub row: Row,
    /// Of what is shown here; sent back with the approval.
    pub hash: String,
    /// What it means that it stands as it does.
    pub meaning: &'static str,
    /// Who wrote it, changed it, approved it; a sentence each.
    pub history: Vec<String>,
    pub title: String,
    pub title_in_welsh: String,
    /// Each line and its state.
    pub lines: Vec<String>,
    pub message: String,
    pub message_in_welsh: String,
    pub next_update: &'static str,
    pub may_edit: bool,
    pub may_approve: bool,
    pub is_own: bool,
    pub may_post: bool,
}

/// `GET /desk/presets/new`, `GET /desk/presets/{id}/edit`, and what comes back
/// with mistakes.
#[derive(Template)]
#[template(path = "admin/preset_edit.html")]
pub struct Edit {
    pub who: Who,
    /// Empty for a new one.
    pub id: String,
    /// Of what the form started from.
    pub hash: String,
    /// The field `name`.
    pub called: String,
    pub systems: Vec<Choice>,
    pub title: Text,
    pub questions: Questions,
    pub review_by: String,
    pub errors: Errors,
}
