//! What patients and machines see, made from the facts of one organisation.
//!
//! Every form is a pure function of the same [`Context`]: the same facts and
//! times give the same bytes, so that an `ETag` means what it says.

pub mod archive;
pub mod calendar;
pub mod feed;
pub mod history;
pub mod html;
pub mod json;
pub mod planned;
pub mod search;
pub mod site;
pub mod statuspage;
mod tell;

use chrono::{DateTime, Utc};

use crate::domain::facts::{Facts, View};

pub use tell::{headline_colour, severity_colour, stage_colour};

/// What a page is made from.
pub struct Context<'a> {
    pub facts: &'a Facts,
    /// The facts as they stand at `now`.
    pub view: &'a View,
    pub now: DateTime<Utc>,
    /// When the facts were last read; shown as "Checked at".
    pub checked_at: DateTime<Utc>,
    /// Without a slash at the end.
    pub base_url: &'a str,
}

impl Context<'_> {
    /// The address of the patient page, with host.
    pub fn page_url(&self) -> String {
        format!("{}/{}", self.base_url.trim_end_matches('/'), self.facts.org.code)
    }
}
