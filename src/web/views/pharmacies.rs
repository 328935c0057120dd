//! The pharmacies of a surgery.

use askama::Template;

use super::Who;
use super::form::Errors;

/// `GET /desk/pharmacies`. Posts to `/desk/pharmacies` (`pharmacy`: a code or a
/// name) and to `/desk/pharmacies/{code}/remove`.
#[derive(Template)]
#[template(path = "admin/pharmacies.html")]
pub struct Pharmacies {
    pub who: Who,
    pub place_code: String,
    pub place: String,
    pub done: String,
    pub rows: Vec<Row>,
    /// What was typed, after a mistake.
    pub typed: String,
    /// The pharmacies that what was typed may mean.
    pub found: Vec<Row>,
    pub errors: Errors,
}

/// One pharmacy.
pub struct Row {
    pub code: String,
    pub name: String,
    /// "2 Market Row, Ashwick, ZM30 3AP".
    pub place: String,
    pub is_closed: bool,
}
