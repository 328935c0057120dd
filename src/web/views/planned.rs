//! Planned work: the list, the form, the preview, one plan, and changing it.

use askama::Template;

use super::approvals::Sample;
use super::form::{Choice, Errors, Text};
use super::post::{Questions, Reach};
use super::{Count, Who};
use crate::domain::incident::MAX_MESSAGE;
use crate::domain::planned::StepKind;

/// `GET /desk/planned`.
#[derive(Template)]
#[template(path = "admin/plans.html")]
pub struct Plans {
    pub who: Who,
    /// The systems to choose from, "Something else" last: the field `system`
    /// of `GET /desk/planned/new`.
    pub systems: Vec<Choice>,
    /// What runs or is to come.
    pub ahead: Vec<Row>,
    /// What is over.
    pub over: Vec<Row>,
}

/// One plan in a list. `/desk/planned/{id}` has more.
pub struct Row {
    pub id: String,
    pub title: String,
    pub tag: &'static str,
    pub colour: &'static str,
    /// "From 1am to 4am on Sunday 6 December."
    pub stands: String,
    /// "It happens every Sunday.", or empty.
    pub repeats: String,
}

/// `GET /desk/planned/new?system=KEY`, and what comes back with mistakes. Sends
/// to `POST /desk/planned/new/preview`.
#[derive(Template)]
#[template(path = "admin/plan.html")]
pub struct Plan {
    pub who: Who,
    /// The catalogue's key; empty for "Something else".
    pub system: String,
    pub system_name: String,
    /// The field `title`.
    pub title: Text,
    /// The fields `starts` and `ends`, as `datetime-local` writes them.
    pub starts: String,
    pub ends: String,
    /// The fields `repeat`, `days`, `until` and `remind`.
    pub repeats: Vec<Choice>,
    pub days: Vec<Choice>,
    pub until: String,
    pub reminders: Vec<Choice>,
    pub questions: Questions,
    /// `None` where the work is for the own organisation only.
    pub reach: Option<Reach>,
    pub errors: Errors,
}

impl Plan {
    /// A mistake among the repeats must not stay folded away.
    fn is_repeat_open(&self) -> bool {
        let wrong = ["repeat", "days", "until"].iter().any(|id| !self.errors.at(id).is_empty());
        wrong || self.repeats.iter().any(|c| c.chosen && c.value != "never")
    }
}

/// What exactly goes where, and to how many. Nothing has been published.
#[derive(Template)]
#[template(path = "admin/plan_preview.html")]
pub struct Preview {
    pub who: Who,
    /// Everything that was typed, as names and values.
    pub typed: Vec<(String, String)>,
    pub title: String,
    pub stands: String,
    pub repeats: String,
    /// What will not be as usual while it lasts.
    pub effects: Vec<String>,
    pub message: String,
    /// What is told at once, and what the clock tells later.
    pub steps: Vec<StepTold>,
    pub organisations: u64,
    /// What the messages cost, as a sentence; empty where that is not known.
    pub cost: String,
    pub recipients: Vec<Count>,
    /// What the button says.
    pub button: &'static str,
    /// Why a second person is asked; empty where it stands at once.
    pub reasons: Vec<String>,
}

impl Preview {
    /// Nobody would be told.
    fn is_silent(&self) -> bool {
        self.recipients.iter().all(|c| c.number == 0)
    }
}

/// A step of planned work, before it is told.
pub struct StepTold {
    /// "Reminder: 10pm, Friday 19 July 2024".
    pub what: String,
    pub recipients: Vec<Count>,
    /// What it costs, as a sentence; empty where that is not known.
    pub cost: String,
    /// The exact words for one place of each kind.
    pub samples: Vec<Sample>,
    /// What accounts post: the channel's name and the post.
    pub social: Vec<(String, String)>,
}

/// `GET /desk/planned/{id}`.
#[derive(Template)]
#[template(path = "admin/plan_seen.html")]
pub struct Seen {
    pub who: Who,
    /// What has just been done, or empty.
    pub done: &'static str,
    pub id: String,
    pub title: String,
    pub planned_by: String,
    pub repeats: String,
    pub effects: Vec<String>,
    pub message: String,
    /// "24 hours before", or empty.
    pub reminder: String,
    pub windows: Vec<Window>,
    pub steps: Vec<Step>,
    /// Ids of what waits for a second person.
    pub waiting: Vec<String>,
    /// It may be cancelled as a whole.
    pub may_cancel: bool,
    /// It runs, or may still be extended.
    pub may_change: bool,
}

/// One window of a plan.
pub struct Window {
    /// 2026-12-06; empty where it cannot be cancelled alone.
    pub day: String,
    pub when: String,
    pub tag: &'static str,
    pub colour: &'static str,
}

/// Something that happened.
pub struct Step {
    /// Where its messages are shown; empty where nobody is told of it.
    pub sending: String,
    pub what: &'static str,
    pub at: String,
    pub message: String,
    /// "Messages: 12 told."
    pub told: String,
}

/// What is done to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Extend,
    End,
    Cancel,
}

impl Change {
    /// What it says of the work.
    pub fn step(self) -> StepKind {
        match self {
            Self::Extend => StepKind::Extended,
            Self::End => StepKind::Ended,
            Self::Cancel => StepKind::Cancelled,
        }
    }

    /// The last part of the address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Extend => "extend",
            Self::End => "end",
            Self::Cancel => "cancel",
        }
    }
}

/// `GET` and refused `POST /desk/planned/{id}/{extend|end|cancel}`; fields
/// `ends`, `day` and `message`.
#[derive(Template)]
#[template(path = "admin/plan_change.html")]
pub struct Changing {
    pub who: Who,
    pub change: Change,
    pub id: String,
    pub title: String,
    /// What it is about: "From 1am to 4am on Sunday 6 December."
    pub about: String,
    /// The day of the window; empty for the whole plan.
    pub day: String,
    /// The new end, for an extension.
    pub ends: String,
    pub message: Text,
    /// What happens when it is said, as a sentence.
    pub then: &'static str,
    /// What the button says where a second person is asked.
    pub button: Option<&'static str>,
    /// Why a second person is asked; empty where it stands at once.
    pub reasons: Vec<String>,
    pub errors: Errors,
}

impl Changing {
    /// What somebody might say about it.
    fn example(&self) -> &'static str {
        match self.change {
            Change::Extend => "For example: A part is missing. It comes at 3pm.",
            Change::End => "For example: The new phones work.",
            Change::Cancel => "For example: The supplier cannot come. We will tell you the new day.",
        }
    }

    fn heading(&self) -> &'static str {
        match self.change {
            Change::Extend => "It takes longer",
            Change::End => "It is done",
            Change::Cancel if self.day.is_empty() => "Cancel all of this work",
            Change::Cancel => "Cancel this time only",
        }
    }
}
