//! Posting: what patients should do, the preview, and afterwards.

use askama::Template;

use super::approvals::Sample;
use super::form::{Choice, Errors, LineChoice, Text};
use super::{Count, Who};
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{MAX_MESSAGE, MAX_NOTE, Stage};
use crate::domain::line::Line;

/// The questions that a new post and an update share: `lines.attend`,
/// `lines.{line}`, `message` and `next_update_by`.
pub struct Questions {
    /// The refused post whose words are used again, or empty.
    pub again: String,
    /// Empty where patients do not go.
    pub attend: Vec<Choice>,
    pub lines: Vec<LineChoice>,
    /// 999 and 111, where they may be changed.
    pub national: Vec<National>,
    pub message: Text,
    /// Empty where it is over and nothing more is promised.
    pub next_update: Vec<Choice>,
    /// A date and time of one's own, the field `next_update_own`; `None` where
    /// nobody is asked.
    pub next_update_own: Option<String>,
    /// What a preset says about lines that are not asked about: for people, and
    /// as the form carries it in `also`.
    pub also_said: Vec<String>,
    pub also: String,
}

/// 999 or 111: as usual, or other words: the fields `lines.{line}` and
/// `words-{line}`.
pub struct National {
    pub line: Line,
    pub label: &'static str,
    pub choices: Vec<Choice>,
    /// `words-{line}`.
    pub field: String,
    pub words: Text,
}

/// "999 and 111", of those that are asked about.
pub(super) fn national_names(all: &[National]) -> String {
    all.iter().map(|n| n.label).collect::<Vec<_>>().join(" and ")
}

/// What the folded questions about 999 and 111 say: "999: as usual; …"
pub(super) fn national_summary(all: &[National]) -> String {
    let said = |n: &National| {
        let choice = n.choices.iter().find(|c| c.chosen).map(|c| c.label.to_lowercase());
        format!("{}: {}", n.label, choice.unwrap_or_default())
    };
    all.iter().map(said).collect::<Vec<_>>().join("; ")
}

/// Words that were chosen, or a mistake in them, must not stay folded away.
pub(super) fn national_is_open(all: &[National], errors: &Errors) -> bool {
    let is_wrong = |n: &National| {
        ["lines", "words"].iter().any(|part| !errors.at(&format!("{part}-{}", n.line)).is_empty())
    };
    let is_chosen = |n: &National| n.choices.iter().any(|c| c.chosen && !c.value.is_empty());
    all.iter().any(|n| is_wrong(n) || is_chosen(n))
}

impl Questions {
    /// Where no session of one day is meant.
    #[must_use]
    pub fn without_sessions(mut self) -> Self {
        for line in &mut self.lines {
            line.sessions.clear();
        }
        self
    }

    /// A mistake among the lines must not stay folded away.
    pub(super) fn has_line_error(&self, errors: &Errors) -> bool {
        let is_wrong = |part: &str, line: Line| !errors.at(&format!("{part}-{line}")).is_empty();
        self.lines.iter().any(|l| is_wrong("lines", l.line) || is_wrong("when", l.line))
    }

    /// What the folded lines say: "New appointments: Urgent only. …"
    pub(super) fn summary(&self) -> String {
        let said: Vec<String> = self
            .lines
            .iter()
            .filter_map(|l| {
                let choice = l.choices.iter().find(|c| c.chosen && !c.value.is_empty())?;
                let when = l.sessions.iter().find(|c| c.chosen && !c.value.is_empty());
                let when = when.map(|c| format!(", {}", c.label.to_lowercase())).unwrap_or_default();
                Some(format!("{}: {}{when}", l.label, choice.label.to_lowercase()))
            })
            .collect();
        if said.is_empty() { "nothing said".into() } else { said.join("; ") }
    }
}

/// `GET /desk/post?system=KEY`, and what comes back with mistakes. Sends to
/// `POST /desk/post/preview`.
#[derive(Template)]
#[template(path = "admin/post.html")]
pub struct Post {
    pub who: Who,
    /// The catalogue's key; empty for "Something else".
    pub system: String,
    pub system_name: String,
    /// What patients notice.
    pub impact: String,
    /// The same problem, where it is open already.
    pub already: Vec<Already>,
    /// Where it was filled in from.
    pub preset: Option<Filled>,
    /// The field `title`.
    pub title: Text,
    pub questions: Questions,
    /// They may say other words about 999 or 111, which is not done about one system.
    pub national_is_elsewhere: bool,
    /// `None` where the post is for the own organisation only.
    pub reach: Option<Reach>,
    /// Whether it is real: the field `kind`. Empty where nobody holds exercises.
    pub kinds: Vec<Choice>,
    /// NHS England's incident level: the field `level`. Empty for those who speak
    /// for themselves alone.
    pub levels: Vec<Choice>,
    pub errors: Errors,
}

impl Post {
    fn heading(&self) -> String {
        match &self.preset {
            _ if !self.system_name.is_empty() => format!("{} is not working", self.system_name),
            Some(preset) => preset.name.clone(),
            None => "Something else is not working".into(),
        }
    }
}

/// An incident that is open about the same system.
pub struct Already {
    pub title: String,
    /// "Copperdale Region posted it at 7:20am.", and whether it waits for a second person.
    pub said: String,
    /// Where to go instead, and what is done there.
    pub href: String,
    pub link: &'static str,
}

/// The preset that a form was filled in from: the field `preset`.
pub struct Filled {
    pub id: String,
    pub name: String,
}

/// The choices of the field `kind`.
pub fn kind_choices(value: &str) -> Vec<Choice> {
    let all = vec![
        Choice::new("live", "Yes, it is real"),
        Choice::new("exercise", "No, it is an exercise"),
        Choice::new("test", "No, it is a test"),
    ];
    super::form::chosen(all, if value.is_empty() { "live" } else { value })
}

/// Where a post applies, for those above other organisations: `reach` is
/// `area` or `named`, `scope` a code, `organisations` codes one on each line.
pub struct Reach {
    pub reach: Vec<Choice>,
    pub scopes: Vec<Choice>,
    pub organisations: String,
}

impl Reach {
    /// The two kinds of reach, one of them chosen.
    pub fn choices(value: &str) -> Vec<Choice> {
        let all = vec![
            Choice::new("area", "Everybody in an area who uses it"),
            Choice::new("named", "Only the organisations that I list"),
        ];
        super::form::chosen(all, if value.is_empty() { "area" } else { value })
    }
}

/// `GET /desk/incidents/{id}/update`, and what comes back with mistakes. Sends
/// to `POST /desk/incidents/{id}/preview`.
#[derive(Template)]
#[template(path = "admin/update.html")]
pub struct Update {
    pub who: Who,
    pub incident: String,
    /// There is something to look back on.
    pub is_over: bool,
    pub title: String,
    /// For an exercise or a test: the word, and what it means.
    pub unreal: Option<(&'static str, &'static str)>,
    /// The field `state`.
    pub stages: Vec<Choice>,
    /// The stage whose lines stand in the form.
    pub made_for: Stage,
    /// What it can be filled in from: names and addresses.
    pub presets: Vec<(String, String)>,
    pub preset: Option<Filled>,
    pub questions: Questions,
    pub errors: Errors,
}

/// What exactly goes where, and to how many. Nothing has been published.
#[derive(Template)]
#[template(path = "admin/preview.html")]
pub struct Preview {
    pub who: Who,
    /// The same problem, where it is open already.
    pub already: Vec<Already>,
    /// Everything that was typed, as names and values.
    pub typed: Vec<(String, String)>,
    /// `/desk/post` or `/desk/incidents/{id}/update`.
    pub publish_to: String,
    /// `/desk/post/edit` or `/desk/incidents/{id}/edit`; gets the same fields.
    pub back_to: String,
    /// Whose page and messages are shown, where there are several.
    pub example: String,
    /// State and headline; `None` where nobody is reached.
    pub page: Option<(HeadlineState, String)>,
    pub sms: String,
    /// What the messages cost, as a sentence; empty where that is not known.
    pub cost: String,
    pub sms_parts: u64,
    /// Characters of the GSM alphabet, of 160.
    pub sms_length: usize,
    pub email_subject: String,
    pub email_body: String,
    /// The channel's name and the post.
    pub social: Vec<(String, String)>,
    /// The words of each kind of place and each wording, where there are several.
    pub others: Vec<Sample>,
    pub organisations: u64,
    /// People and accounts for each channel.
    pub recipients: Vec<Count>,
    /// For an exercise or a test: the word, and what it means.
    pub unreal: Option<(&'static str, &'static str)>,
    /// How many more pages may say something, and who is asked, a sentence each; empty
    /// where none is.
    pub perhaps: String,
    pub asked: String,
    /// 999 and 111 as patients will read them, where they change: the kind of the
    /// card, its heading and its words.
    pub cards: Vec<(&'static str, &'static str, String)>,
    /// What the button does.
    pub button: &'static str,
    /// Why it waits for a second person, a sentence each.
    pub reasons: Vec<&'static str>,
}

impl Preview {
    /// Nobody would be told.
    fn is_silent(&self) -> bool {
        self.recipients.iter().all(|c| c.number == 0)
    }
}

/// Published.
#[derive(Template)]
#[template(path = "admin/done.html")]
pub struct Done {
    pub who: Who,
    /// Its messages leave once a second person agrees.
    pub messages_wait: bool,
    pub title: String,
    pub update: String,
    /// Of a correction, which is not taken back: the incident to say more about; else empty.
    pub to_update: String,
    pub organisations: u64,
    pub recipients: Vec<Count>,
    /// `/{CODE}`.
    pub page_url: String,
    pub next_update_by: String,
    /// For an exercise or a test: the word, and what it means.
    pub unreal: Option<(&'static str, &'static str)>,
}

impl Done {
    /// "2 by email; 1 by Mastodon".
    fn told(&self) -> String {
        let some = self.recipients.iter().filter(|c| c.number > 0);
        some.map(Count::by).collect::<Vec<_>>().join("; ")
    }
}

/// `GET` and refused `POST /desk/incidents/{id}/note`; field `message`.
#[derive(Template)]
#[template(path = "admin/note.html")]
pub struct Note {
    pub who: Who,
    pub incident: String,
    pub title: String,
    /// Then there is nothing to look back on yet.
    pub is_open: bool,
    /// The incident's permanent address.
    pub page_url: String,
    pub message: Text,
    pub errors: Errors,
}

/// `GET` and refused `POST /desk/updates/{id}/withdraw`; field `correction`.
#[derive(Template)]
#[template(path = "admin/withdraw.html")]
pub struct Withdraw {
    pub who: Who,
    pub update: String,
    pub title: String,
    /// For an exercise or a test: the word, and what it means.
    pub unreal: Option<(&'static str, &'static str)>,
    /// What the update said.
    pub said: Vec<String>,
    pub at: String,
    /// How many it may have reached.
    pub reached: u64,
    /// By which channels the correction is captured, as the messages were.
    pub captured: String,
    /// Where else it was posted, and where perhaps; empty where nowhere.
    pub posted: String,
    pub perhaps: String,
    /// It was taken back before.
    pub is_withdrawn: bool,
    /// It is a correction, which is not taken back.
    pub is_correction: bool,
    pub incident: String,
    /// What is sent without words of one's own.
    pub built_in: &'static str,
    /// Why words of one's own have to be looked at by somebody else afterwards.
    pub reviewed: Vec<&'static str>,
    /// It takes back words about 999 or 111: the built-in words are looked at too.
    pub is_national: bool,
    pub correction: Text,
    pub errors: Errors,
}

impl Withdraw {
    /// It was posted somewhere, or may have been.
    fn is_out(&self) -> bool {
        !(self.posted.is_empty() && self.perhaps.is_empty())
    }
}
