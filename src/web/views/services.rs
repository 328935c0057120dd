//! The services of a place.

use askama::Template;

use super::Who;
use super::form::Choice;

/// `GET /desk/services`. Posts `service`, once for each that the place has.
#[derive(Template)]
#[template(path = "admin/services.html")]
pub struct Services {
    pub who: Who,
    pub place_code: String,
    pub place: String,
    pub is_saved: bool,
    pub services: Vec<Choice>,
}
