//! What the screens show, as plain data with a template each. No handler and
//! no rule lives here; handlers fill these structs and render them.

pub mod account;
pub mod answer;
pub mod approvals;
pub mod asking;
pub mod board;
pub mod centres;
pub mod contacts;
pub mod desk;
pub mod form;
pub mod hours;
pub mod log;
pub mod messages;
pub mod pharmacies;
pub mod planned;
pub mod post;
pub mod presets;
pub mod problem;
pub mod public;
pub mod record;
pub mod recovery;
pub mod reports;
pub mod sending;
pub mod services;
pub mod sign_in;
pub mod statements;

use crate::domain::incident::Kind;
use crate::domain::org::OrgCode;
use crate::domain::user::{Action, Actor, Role};

/// Who is signed in: for the header of every staff screen, and for what it
/// offers. Whether they may is checked again by the verbs.
pub struct Who {
    pub name: String,
    pub role: Role,
    /// What they may do where they may do most: at home, or for a centre.
    pub most: Role,
    pub code: OrgCode,
    pub organisation: String,
    /// The organisation is in Wales: what is written has to be in Welsh too.
    pub writes_welsh: bool,
}

impl Who {
    pub fn new(actor: &Actor, organisation: impl Into<String>, writes_welsh: bool) -> Self {
        Self {
            name: actor.name.clone(),
            role: actor.role,
            most: actor.role,
            code: actor.organisation.clone(),
            organisation: organisation.into(),
            writes_welsh,
        }
    }

    /// With the role that may do most.
    #[must_use]
    pub fn at_most(self, most: Role) -> Self {
        Self { most, ..self }
    }

    pub fn may_publish(&self) -> bool {
        self.may(Action::Publish)
    }

    pub fn may_administer(&self) -> bool {
        self.may(Action::Administer)
    }

    fn may(&self, action: Action) -> bool {
        self.as_actor().has_role_for(action)
    }

    fn as_actor(&self) -> Actor {
        Actor { role: self.most, ..Actor::command_line() }
    }
}

/// A label and a number, for counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub label: String,
    pub number: u64,
    /// Of messages: they do not leave, because the channel is not set up.
    pub captured: bool,
}

impl Count {
    pub fn new(label: impl Into<String>, number: u64) -> Self {
        Self { label: label.into(), number, captured: false }
    }

    /// "2,140 by email", or "12 by text message, captured and not sent".
    pub fn by(&self) -> String {
        let fate = if self.captured { ", captured and not sent" } else { "" };
        format!("{} by {}{fate}", self.shown(), self.label)
    }

    /// "2,140".
    pub fn shown(&self) -> String {
        grouped(self.number)
    }
}

/// Whether any of these messages is captured instead of sent.
pub fn any_captured(counts: &[Count]) -> bool {
    counts.iter().any(|c| c.captured && c.number > 0)
}

/// What is not real, by its mark: that, and the sentence beside it.
pub fn unreal(mark: &str) -> Option<(&'static str, &'static str)> {
    Kind::ALL.iter().filter_map(|kind| kind.unreal()).find(|(word, _)| *word == mark)
}

/// "1 person", "2,140 people".
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// Digits in groups of three.
pub fn grouped(number: u64) -> String {
    let mut digits = number.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, ',');
    }
    digits
}
