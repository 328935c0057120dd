//! All pages at one time, and what they were made from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::form::Form;
use super::kept::Page;
use super::search::Index;
use crate::domain::facts::{Facts, Situation};
use crate::domain::org::{Directory, OrgCode};

/// All pages at one time, and what they were made from.
#[derive(Default)]
pub(super) struct Edition {
    /// One more than the edition before; 0 when there is none yet.
    pub number: u64,
    pub pages: HashMap<OrgCode, Arc<Page>>,
    pub search: Arc<Index>,
    pub situation: Arc<Situation>,
    pub directory: Arc<Directory>,
}

impl Edition {
    /// What a form tells of: for those that know incidents alone, also what the place says
    /// of itself, and what slowed the place down.
    pub fn told<'a>(&self, facts: &'a Facts, form: Form, now: DateTime<Utc>) -> Cow<'a, Facts> {
        let facts = with_spells(facts, form, now);
        if !form.knows_incidents_alone() || self.directory.surgeries_of(&facts.org.code).is_empty() {
            return facts;
        }
        let of = |code: &OrgCode| self.pages.get(code).map(|page| &page.facts);
        let facts = facts.into_owned().with_delays(&self.situation, &self.directory, of, now);
        // A history has them in rows of their own.
        Cow::Owned(if form == Form::History { facts } else { facts.with_slowed(now) })
    }
}

/// For forms that know incidents alone, the facts with what the place says of itself and
/// those above say for it.
pub(super) fn with_spells(facts: &Facts, form: Form, now: DateTime<Utc>) -> Cow<'_, Facts> {
    match form.knows_incidents_alone() {
        true => Cow::Owned(facts.clone().with_spells(now)),
        false => Cow::Borrowed(facts),
    }
}
