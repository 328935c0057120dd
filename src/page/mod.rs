//! What patients and machines see, made from the facts of one organisation.
//!
//! Every form is a pure function of the same [`Context`]: the same facts and
//! times give the same bytes, so that an `ETag` means what it says.

pub mod archive;
pub mod badge;
pub mod body;
pub mod burndown;
pub mod calendar;
pub mod cap;
pub mod copy;
mod edition;
pub mod feed;
pub mod form;
pub mod front;
mod glyphs;
pub mod history;
pub mod html;
pub mod json;
mod kept;
mod moment;
mod notice;
pub mod paper;
pub mod places;
pub mod planned;
pub mod poster;
mod provenance;
pub mod screen;
pub mod search;
pub mod share;
mod sheet;
pub mod site;
pub mod snapshot;
mod stages;
pub mod statement;
pub mod statuspage;
mod story;
mod tell;
pub mod voice;
pub mod widget;

use chrono::{DateTime, Utc};

use crate::domain::facts::{Facts, STALE, View};
use crate::domain::org::OrgCode;
use crate::words::{Locale, Words};

pub use tell::{dial, headline_colour, severity_colour, stage_colour};

/// What a page is made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub facts: &'a Facts,
    /// The facts as they stand at `now`.
    pub view: &'a View,
    pub now: DateTime<Utc>,
    /// When the facts were last read; shown as "Checked at".
    pub checked_at: DateTime<Utc>,
    /// Without a slash at the end.
    pub base_url: &'a str,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    /// When the first incident of all was declared: there is a page for each
    /// month since.
    pub since: Option<DateTime<Utc>>,
    /// The language that it is told in.
    pub words: &'static Words,
}

impl Context<'_> {
    /// Whether nobody could look for so long at what was said that it is not known to be true.
    pub fn is_unchecked(&self) -> bool {
        self.checked_at + STALE <= self.now
    }

    /// The address of the patient page in English, with host.
    pub fn page_url(&self) -> String {
        format!("{}{}", self.base_url, path(&self.facts.org.code, Locale::En, ""))
    }

    /// The address of another form of the page in the same language, without
    /// host.
    pub fn path(&self, leaf: &str) -> String {
        path(&self.facts.org.code, self.words.locale, leaf)
    }

    /// The same with host.
    pub fn url(&self, leaf: &str) -> String {
        format!("{}{}", self.base_url, self.path(leaf))
    }
}

/// `/{CODE}`, `/{CODE}/{locale}`, `/{CODE}/{locale}/{leaf}`: English has no
/// locale in its address.
pub fn path(code: &OrgCode, locale: Locale, leaf: &str) -> String {
    let mut out = format!("/{code}");
    if locale != Locale::En {
        out.push_str(&format!("/{locale}"));
    }
    if !leaf.is_empty() {
        out.push_str(&format!("/{leaf}"));
    }
    out
}

/// The search in a language: `/`, `/cy`.
pub fn root(locale: &Locale) -> String {
    if *locale == Locale::En { "/".to_owned() } else { format!("/{locale}") }
}
