//! Command centres: sets of organisations with a name and dates.
//!
//! A centre is no level of the tree. It may belong to a board, a cluster, a lead
//! provider or a contractor, and its members may stand anywhere (NHS facts, part
//! 2). It stands beside the tree, under a code of its own: what is said for that
//! code reaches whatever stands at or below a member. Its people act for it as
//! long as its dates last. What it said stays until it lapses as everything does:
//! a page must not turn green because a calendar did.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::org::{Org, OrgCode, OrgKind, OrgStatus, words};
use super::user::Role;
use super::written::check_text;

/// The longest name, in characters.
pub const MAX_NAME: usize = 100;
/// The most members.
pub const MAX_MEMBERS: usize = 200;
/// The most people.
pub const MAX_PEOPLE: usize = 200;

/// A centre, with the members who have agreed to be in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Centre {
    pub code: OrgCode,
    pub name: String,
    /// The organisation that leads it: its coordinators change it.
    pub lead: OrgCode,
    pub first_day: NaiveDate,
    /// None while nobody knows; people may act until its end, in London.
    pub last_day: Option<NaiveDate>,
    /// It was ended by hand.
    pub is_ended: bool,
    /// In order of code.
    pub members: Vec<OrgCode>,
    /// Who acts for it, by user or token. Not kept beside the pages, which need
    /// nobody's name.
    #[serde(skip)]
    pub people: BTreeMap<Uuid, Role>,
}

words! {
    /// How a centre stands on a day.
    Standing { Planned = "planned", Open = "open", Ended = "ended" }
}

impl Centre {
    pub fn standing(&self, day: NaiveDate) -> Standing {
        match (self.is_ended || self.last_day.is_some_and(|last| last < day), day < self.first_day) {
            (true, _) => Standing::Ended,
            (false, true) => Standing::Planned,
            (false, false) => Standing::Open,
        }
    }

    /// Whether its people may act on that day.
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.standing(day) == Standing::Open
    }

    /// The centre as the pages know whoever speaks.
    pub(super) fn as_org(&self, day: NaiveDate) -> Org {
        let has_ended = self.standing(day) == Standing::Ended;
        Org {
            status: if has_ended { OrgStatus::Closed } else { OrgStatus::Active },
            opened: Some(self.first_day),
            closed: self.last_day.filter(|_| has_ended),
            ..Org::named(self.code.clone(), self.name.clone(), OrgKind::Centre)
        }
    }
}

/// What somebody wants a centre to be.
#[derive(Debug, Clone, Default)]
pub struct CentreDraft {
    pub name: String,
    /// The own organisation, unless another is named.
    pub lead: Option<OrgCode>,
    pub members: Vec<OrgCode>,
    /// Today, unless another is named.
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    pub people: Vec<PersonDraft>,
}

/// Somebody who is to act for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDraft {
    pub who: PersonKey,
    pub role: Role,
}

/// How a person or a program is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonKey {
    Id(Uuid),
    Email(String),
    /// The name of an API token.
    Token(String),
}

impl CentreDraft {
    /// Every mistake that can be seen without the directory.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let name = Some(self.name.trim()).filter(|n| !n.is_empty());
        if name.is_none() {
            errors.push(FieldError::new("/name", "Enter the name of the centre."));
        }
        check_text("/name", name, MAX_NAME, &mut errors);
        if self.members.is_empty() {
            errors.push(FieldError::new("/members", "Name at least one organisation."));
        } else if self.members.len() > MAX_MEMBERS {
            errors.push(FieldError::new("/members", format!("Name at most {MAX_MEMBERS} organisations.")));
        }
        if self.people.len() > MAX_PEOPLE {
            errors.push(FieldError::new("/people", format!("Name at most {MAX_PEOPLE} people.")));
        }
        if self.first_day.zip(self.last_day).is_some_and(|(first, last)| last < first) {
            errors
                .push(FieldError::new("/last_day", "The last day is before the first. Choose a later one."));
        }
        for (i, person) in self.people.iter().enumerate().filter(|(_, p)| p.role > Role::Coordinator) {
            let detail = format!("Nobody is an {} of a centre. Use a lower role.", person.role);
            errors.push(FieldError::new(format!("/people/{i}/role"), detail));
        }
        errors
    }
}
