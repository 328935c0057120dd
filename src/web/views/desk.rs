//! The desk: where staff start.

use askama::Template;
use uuid::Uuid;

use super::Who;
use super::answer::Kept;
use super::form::{Choice, Errors, LineChoice, Text};
use super::post::National;
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Answer, Stage};
use crate::page::stage_colour;
use crate::words::english;

/// `GET /desk`.
#[derive(Template)]
#[template(path = "admin/desk.html")]
pub struct Desk {
    pub who: Who,
    /// What has just been done, or empty.
    pub done: String,
    /// Exercises and tests that reach it: the word, and what is asked; who declared one is
    /// not asked.
    pub exercises: Vec<(&'static str, Touching)>,
    /// Updates of theirs or below that halted themselves: id and title.
    pub halted: Vec<(Uuid, String)>,
    /// Accounts that were turned off, and why.
    pub stopped: Vec<(String, String)>,
    /// What others refused of theirs lately.
    pub refused: Vec<Refused>,
    /// Situation reports that wait for sign-off: the mark of what is not real, address, and
    /// for when.
    pub reports: Vec<(&'static str, String, String)>,
    /// What waits for a second person, and what somebody has to look at.
    pub approvals: (u64, Option<String>),
    /// Presets of the own organisation that somebody has to look at again.
    pub overdue_presets: Vec<super::presets::Row>,
    /// Each is one tap to `/desk/post?preset=ID`: the own, and those from above.
    pub presets: (Vec<super::presets::Row>, Vec<super::presets::Row>),
    pub page: PageNow,
    /// What those above say of its lines, to which it may be an exception.
    pub wider: Vec<Wider>,
    /// The systems that this organisation uses; each is one tap to
    /// `/desk/post?system=KEY`.
    pub systems: Vec<Tap>,
    /// The rest of the catalogue that may concern it, folded away.
    pub others: Vec<TapGroup>,
    pub touching: Vec<Touching>,
    /// Who hears at once what an answer changes, in a sentence.
    pub readers: String,
    pub own: Vec<Own>,
    /// What others declared, and reaches places below.
    pub below: Vec<Below>,
    pub updates: Vec<Recent>,
    /// It sends prescriptions to pharmacies.
    pub sees_patients: bool,
    pub is_surgery: bool,
    /// Planned work that its page tells of.
    pub planned: Vec<super::planned::Row>,
    /// `None` for those who may not publish.
    pub local: Option<Local>,
    pub errors: Errors,
}

/// An open incident of others at places below: `/desk/incidents/{id}/answers`.
pub struct Below {
    pub id: String,
    pub title: String,
    pub stage: Stage,
    /// "NHS Uplands declared it. It reaches 12 of your places."
    pub said: String,
}

/// How far along something is, as staff read it, and the colour of that. What is only said to
/// be over is not "back to normal" before the places have confirmed it.
pub fn stands(stage: Stage, is_unconfirmed: bool) -> (&'static str, &'static str) {
    match stage {
        Stage::Resolved if is_unconfirmed => {
            (english().get("stage-said-over"), stage_colour(Stage::Monitoring))
        }
        stage => (stage.label(english()), stage_colour(stage)),
    }
}

/// What patients see at this moment.
pub struct PageNow {
    pub state: HeadlineState,
    /// The words beside the answer, or empty: see [`crate::domain::headline::Headline::label`].
    pub label: &'static str,
    pub text: String,
    /// "The next update is late.", or empty.
    pub note: String,
    /// `/{CODE}`.
    pub url: String,
}

/// One system as a button.
pub struct Tap {
    pub key: String,
    pub name: String,
    /// What patients notice, under the button.
    pub impact: String,
}

/// Systems of one group of the catalogue.
pub struct TapGroup {
    pub name: String,
    pub systems: Vec<Tap>,
}

/// What they wrote and a second person did not agree to.
pub struct Refused {
    pub title: String,
    pub by: String,
    /// "7:31am".
    pub at: String,
    pub because: String,
    pub href: String,
    /// The form with the same words, or empty.
    pub again: String,
}

/// An open incident of somebody else that reaches this organisation. The
/// buttons post `answer` to `/desk/incidents/{id}/answer`.
pub struct Touching {
    pub id: String,
    pub title: String,
    pub declared_by: String,
    pub stage: Stage,
    /// "7:20am".
    pub since: String,
    /// What was answered, and by whom and when: "You answered at 7:31am".
    pub answered: Option<(Answer, String)>,
    /// What was said beside it.
    pub kept: Option<Kept>,
    /// It slows this pharmacy down, because of surgeries that it works for.
    pub is_linked: bool,
}

const BACK: (Answer, &str) = (Answer::Recovered, "We are back to normal");
const NOT_BACK: (Answer, &str) = (Answer::Affected, "No, we are still affected");

impl Touching {
    /// Others say that it is over, and this place has not said so.
    fn is_awaited(&self) -> bool {
        self.stage == Stage::Resolved && !self.is_said_back()
    }

    /// It is over, and others said for this place that it is back to normal.
    fn is_said_back(&self) -> bool {
        let is_back = matches!(self.answered, Some((Answer::Recovered, _)));
        self.stage == Stage::Resolved && is_back
    }

    /// The answers to offer as buttons, the usual one first: the answer, or
    /// the end of it.
    fn answers(&self) -> Vec<(Answer, &'static str)> {
        match self.answered {
            None if self.is_awaited() => [BACK].into_iter().chain(self.choices()).collect(),
            None => self.choices().to_vec(),
            Some((Answer::Affected, _)) => vec![BACK],
            Some(_) if self.is_said_back() => vec![NOT_BACK],
            Some(_) => vec![],
        }
    }

    /// The answers for those who change their mind, folded away.
    fn others(&self) -> Vec<(Answer, &'static str)> {
        match &self.answered {
            None => vec![],
            Some((answer, _)) => {
                let offered = self.answers();
                let is_new = |other: &Answer| other != answer && !offered.iter().any(|(o, _)| o == other);
                self.choices().into_iter().filter(|(other, _)| is_new(other)).collect()
            }
        }
    }

    fn choices(&self) -> [(Answer, &'static str); 3] {
        match self.is_linked {
            true => [
                (Answer::Affected, "Yes, we are slower"),
                (Answer::NotAffected, "No, we are as usual"),
                (Answer::Busy, "No, but busy"),
            ],
            false => [
                (Answer::Affected, "Yes, we are affected"),
                (Answer::NotAffected, "No"),
                (Answer::Busy, "No, but busy"),
            ],
        }
    }
}

/// An open incident that this organisation posted.
pub struct Own {
    pub id: String,
    pub title: String,
    pub stage: Stage,
    /// "9:20am".
    pub next_update_by: String,
    pub is_overdue: bool,
    /// Those on duty are reminded of it by now.
    pub is_due_soon: bool,
    /// `/board?…` or the page; where more is seen.
    pub reached: String,
    /// "EXERCISE", "TEST" or empty.
    pub mark: &'static str,
    /// It reaches others, who are asked about it.
    pub asks: bool,
}

/// An update or an answer that went out lately. `/desk/updates/{id}` has its deliveries.
pub struct Recent {
    pub id: String,
    pub title: String,
    pub at: String,
    /// What it was, and the colour of that.
    pub tag: (&'static str, &'static str),
    /// "2,140 people, 12 failed".
    pub reached: String,
}

/// The quick form for the organisation's own lines: `POST /desk/lines` with
/// `lines.{line}`, `phone`, `message` and `expires`.
pub struct Local {
    pub lines: Vec<LineChoice>,
    /// 999 and 111, where they may be changed.
    pub national: Vec<National>,
    /// What stands of 999 and 111 and is not theirs to change, as the form carries it.
    pub also: String,
    pub phone: String,
    /// Patients dial its number; a body that only stands above places has none.
    pub takes_number: bool,
    pub message: Text,
    pub expires: Vec<Choice>,
    /// "up to 40 pages", where it holds for places below; empty for one's own page.
    pub pages: String,
    /// Nothing shows before a second person agrees.
    pub needs_two: bool,
    /// Shown open: something was set, or sent wrongly.
    pub is_open: bool,
}

impl Local {
    /// What becomes of the number.
    fn number_hint(&self) -> &'static str {
        match self.pages.is_empty() {
            true => "The usual number goes from your page and messages when the phones are down",
            false => "Only your own page and your branches show it. Other places set their own.",
        }
    }
}

/// What somebody above says of a line, or what follows from a problem at surgeries.
pub struct Wider {
    pub line: &'static str,
    pub label: &'static str,
    pub state: &'static str,
    /// Who says so.
    pub why: String,
    pub until: String,
}

/// How long local facts stand: the field `expires`.
pub fn expiry_choices(value: &str) -> Vec<Choice> {
    let all = vec![
        Choice::new("4h", "For 4 hours"),
        Choice::new("end_of_day", "Until the end of the day, 6:30pm"),
        Choice::new("24h", "For 24 hours"),
        Choice::new("7d", "For 7 days"),
    ];
    super::form::chosen(all, if value.is_empty() { "end_of_day" } else { value })
}
