//! What suppliers and partner bodies say, and who lets them.

use askama::Template;

use super::Who;
use super::form::{Choice, Errors};

/// `GET /speak`: the one screen of somebody who speaks for a supplier or a
/// partner body. Posts to `/speak` (`system`, `message`, `hours`) and to
/// `/speak/{id}/take-back`.
#[derive(Template)]
#[template(path = "admin/speak.html")]
pub struct Speak {
    /// Who is signed in.
    pub person: String,
    pub name: String,
    pub is_supplier: bool,
    pub done: &'static str,
    pub systems: Vec<Choice>,
    pub hours: Vec<Choice>,
    pub message: String,
    pub said: Vec<Said>,
    pub errors: Errors,
    pub once: String,
}

/// Something that was said.
pub struct Said {
    pub id: String,
    /// The system, or empty for the whole area.
    pub about: String,
    pub text: String,
    pub when: String,
    pub tag: &'static str,
    pub colour: &'static str,
    pub may_take_back: bool,
}

/// `GET /desk/partners`. Posts to it (`key`, `name`, `kinds`, `follows`) and to
/// `/desk/partners/{id}/end`.
#[derive(Template)]
#[template(path = "admin/partners.html")]
pub struct Partners {
    pub who: Who,
    pub done: &'static str,
    pub rows: Vec<Partner>,
    pub key: String,
    pub called: String,
    pub kinds: Vec<Choice>,
    /// The systems of whose incidents it may be told alone.
    pub follows: Vec<Choice>,
    pub errors: Errors,
}

/// One partner body.
pub struct Partner {
    pub id: String,
    pub key: String,
    pub name: String,
    /// "Shown at pharmacies of Copperdale".
    pub shown: String,
    /// "It is told of every problem there".
    pub told: String,
    pub code: String,
}
