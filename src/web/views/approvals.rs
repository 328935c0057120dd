//! What waits for a second person.

use askama::Template;

use super::form::{Choice, Errors, Text};
use super::planned::StepTold;
use super::{Count, Who};
use crate::domain::headline::HeadlineState;
use crate::domain::line::MAX_WORDS;

/// `GET /desk/approvals`.
#[derive(Template)]
#[template(path = "admin/approvals.html")]
pub struct Approvals {
    pub who: Who,
    pub waiting: Vec<Row>,
    /// Published by one person alone; somebody else has to look.
    pub to_review: Vec<Row>,
    pub decided: Vec<Row>,
    /// All that was ever decided is shown, and not only of the last week.
    pub is_all: bool,
    /// Presets of the own organisation that nobody has agreed to.
    pub presets: Vec<super::presets::Row>,
}

/// One proposal in a list: `/desk/approvals/{id}`.
pub struct Row {
    pub id: String,
    pub title: String,
    /// "Sam Field for Copperdale, 8:10am".
    pub by: String,
    pub tag: &'static str,
    pub colour: &'static str,
    /// "Has to be looked at by 9:10am.", or empty.
    pub note: String,
}

/// `GET /desk/approvals/{id}`.
#[derive(Template)]
#[template(path = "admin/approval.html")]
pub struct Approval {
    pub who: Who,
    pub id: String,
    /// Of what is shown here; sent back with the approval.
    pub hash: String,
    pub title: String,
    pub tag: &'static str,
    pub colour: &'static str,
    pub is_waiting: bool,
    /// It is not about messages that are not sent any more.
    pub is_needed: bool,
    /// It is shown as it was when somebody decided.
    pub was_seen: bool,
    /// Who wrote it, who changed it, who decided; a sentence each.
    pub history: Vec<String>,
    pub reasons: Vec<&'static str>,
    /// Where it applies and how it is said: a name and a value each.
    pub particulars: Vec<(&'static str, String)>,
    /// When planned work is, a sentence each; empty for anything else.
    pub when: Vec<String>,
    pub changes: Vec<Changed>,
    pub message: String,
    pub page: Option<Page>,
    pub reach: Reaching,
    /// The exact words, for one place of each kind that is reached.
    pub samples: Vec<Sample>,
    /// What accounts post: the channel's name and the post.
    pub social: Vec<(String, String)>,
    /// Of planned work: the words of each step instead.
    pub steps: Vec<StepTold>,
    /// Only its messages wait: pages say it, and the places were asked at once.
    pub is_on_pages: bool,
    /// What was pressed could not be done, and why; or empty.
    pub conflict: String,
    /// Why it cannot be published as it stands.
    pub objections: Vec<InTheWay>,
    pub may_approve: bool,
    pub is_own: bool,
    /// They may refuse it, or take it back when it is their own.
    pub may_refuse: bool,
    pub may_edit: bool,
    pub may_break_glass: bool,
    /// They have to look at it; how it is taken back if it is wrong.
    pub way_back: Option<WayBack>,
    /// Its promise has passed while it waited, and what is promised instead; or
    /// empty.
    pub renewed: String,
    pub errors: Errors,
}

/// Whom it reaches, and what that costs.
pub struct Reaching {
    pub organisations: u64,
    /// "54 more pages say that the place may be affected.", or empty.
    pub perhaps: String,
    /// Who is asked, with the cost; empty where nobody is.
    pub asked: String,
    pub recipients: Vec<Count>,
    /// "2,140 text messages of 2 parts: 4,280 parts", or empty.
    pub parts: String,
    /// What the messages cost, as a sentence; empty where that is not known.
    pub cost: String,
}

/// One place's page as it is then.
pub struct Page {
    pub name: String,
    pub state: HeadlineState,
    pub headline: String,
    /// What the problem is called there; empty where it is none.
    pub title: String,
    /// What it says of the lines that are changed, word for word.
    pub lines: Vec<(&'static str, String)>,
}

/// Why something cannot be published as it stands.
pub struct InTheWay {
    pub detail: String,
    /// The newer post that stands in its way, or the form to propose it again; or empty.
    pub href: String,
    pub link: &'static str,
}

/// How what one person published alone is taken back.
pub enum WayBack {
    /// The update is taken back and corrected, at this address.
    Withdraw(String),
    /// It is a correction, which an update follows, at this address.
    Follow(String),
    /// The plan is changed or called off, at this address.
    Plan(String),
    /// By a button here; what stood before, or empty.
    Lines(String),
    /// It is taken back already, by somebody who had a part in it.
    Done,
}

/// The exact words for one place.
pub struct Sample {
    /// "GP surgery, 29 places: the words for Ashwick Surgery".
    pub of: String,
    pub sms: String,
    pub subject: String,
    pub email: String,
}

/// A line, before and after.
pub struct Changed {
    pub line: String,
    pub before: String,
    pub after: String,
}

/// `GET /desk/approvals/{id}/edit`.
#[derive(Template)]
#[template(path = "admin/approval_edit.html")]
pub struct Edit {
    pub who: Who,
    pub id: String,
    /// `None` where it has no title of its own.
    pub title: Option<Text>,
    pub message: Text,
    /// When the next update is promised: the field `next_update_by`; empty where
    /// nothing is.
    pub next_update: Vec<Choice>,
    /// A date and time of one's own: the field `next_update_own`.
    pub next_update_own: String,
    /// The words about 999 and 111 that it changes: the field `words-{line}`, what
    /// it is called, and the words.
    pub national: Vec<(String, &'static str, Text)>,
    /// What else it says, and is not changed here: how far it is, and its lines.
    pub says: Vec<String>,
    /// As on the screen of it ([`Approval`]).
    pub objections: Vec<InTheWay>,
    pub errors: Errors,
}
