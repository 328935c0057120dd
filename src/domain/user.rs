//! Who may do what, and for whom.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::org::{Directory, OrgCode, words};

words! {
    /// What somebody may do, for their organisation and all below it. Each
    /// role may do what the ones before it may.
    Role {
        Viewer = "viewer",
        Publisher = "publisher",
        Approver = "approver",
        Coordinator = "coordinator",
        Administrator = "administrator",
    }
}

impl Role {
    /// What staff call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Viewer => "Viewer",
            Self::Publisher => "Publisher",
            Self::Approver => "Approver",
            Self::Coordinator => "Coordinator",
            Self::Administrator => "Administrator",
        }
    }
}

/// Something that needs permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See the board, deliveries and captured messages.
    See,
    /// Post, update, withdraw, answer, set lines.
    Publish,
    /// Approve somebody else's update.
    Approve,
    /// Publish alone, in an emergency, what needs two people.
    BreakGlass,
    /// Enter the accounts that an organisation posts with.
    Administer,
}

impl Action {
    fn needs(self) -> Role {
        match self {
            Self::See => Role::Viewer,
            Self::Publish => Role::Publisher,
            Self::Approve => Role::Approver,
            Self::BreakGlass | Self::Administer => Role::Coordinator,
        }
    }

    /// Whether a centre's people may do it for its members. Accounts and people
    /// stay their owners'.
    fn is_for_centres(self) -> bool {
        self != Self::Administer
    }
}

/// Through which door somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Door {
    Screen,
    Api,
    CommandLine,
    Provider,
    /// A link that was sent to a site for one answer.
    Link,
}

/// Somebody acting: a person at a screen, a token, or the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The user or token; nil for the command line.
    pub id: Uuid,
    pub name: String,
    pub organisation: OrgCode,
    pub role: Role,
    pub door: Door,
    /// Who they speak for, where that is not the NHS: a supplier or a partner
    /// body. They may do nothing else.
    #[serde(default)]
    pub speaker: Option<Uuid>,
}

/// They may not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub struct Denied;

impl Actor {
    /// The person at the command line, who holds the keys anyway.
    pub fn command_line() -> Self {
        Self {
            id: Uuid::nil(),
            name: "command line".into(),
            organisation: OrgCode::root(),
            role: Role::Administrator,
            door: Door::CommandLine,
            speaker: None,
        }
    }

    /// Whether they may do it for this organisation: for themselves, or for a
    /// centre of which it is a part, as long as that lasts.
    pub fn may(&self, action: Action, on: &OrgCode, directory: &Directory) -> Result<(), Denied> {
        let for_centre = |(centre, role): (&OrgCode, Role)| {
            action.is_for_centres() && role >= action.needs() && directory.is_at_or_below(on, centre)
        };
        let allowed = self.may_of_own(action, on, directory).is_ok()
            || (self.speaker.is_none() && directory.acts_for(self.id).any(for_centre));
        if allowed { Ok(()) } else { Err(Denied) }
    }

    /// Whether they may do it without any centre: the role suffices, and the
    /// organisation is theirs or stands below theirs.
    pub fn may_of_own(&self, action: Action, on: &OrgCode, directory: &Directory) -> Result<(), Denied> {
        let allowed = self.has_role_for(action) && directory.is_at_or_below(on, &self.organisation);
        if allowed { Ok(()) } else { Err(Denied) }
    }

    /// In whose name they do it for all of these: their own organisation's where
    /// that suffices, else a centre's. Whether they may at all is asked with
    /// [`Self::may`].
    pub fn acting(&self, action: Action, on: &[&OrgCode], directory: &Directory) -> Self {
        if on.iter().all(|code| self.may_of_own(action, code, directory).is_ok()) {
            return self.clone();
        }
        let covers = |(centre, role): &(&OrgCode, Role)| {
            action.is_for_centres()
                && *role >= action.needs()
                && on.iter().all(|code| directory.is_at_or_below(code, centre))
        };
        match directory.acts_for(self.id).find(covers) {
            Some((centre, role)) => Self { organisation: centre.clone(), role, ..self.clone() },
            None => self.clone(),
        }
    }

    /// Whether the role suffices, wherever.
    pub fn has_role_for(&self, action: Action) -> bool {
        self.speaker.is_none() && self.role >= action.needs()
    }
}
