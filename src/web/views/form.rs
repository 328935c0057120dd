//! What every form needs: choices, and mistakes beside their fields.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::domain::FieldError;
use crate::domain::incident::Ahead;
use crate::domain::line::{Line, Session};
use crate::domain::org::OrgKind;
use crate::domain::time;
use crate::domain::written::Written;
use crate::web::views::Who;
use crate::words::english;

/// One mistake, and the field that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The `id` of the field, which the summary links to; empty for the form.
    pub id: String,
    pub detail: String,
}

/// The mistakes in what was sent. `/lines/attend` belongs to the field with
/// the id `lines-attend` and the name `lines.attend`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<Mistake>);

impl Errors {
    pub fn none() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Mistake> {
        self.0.iter()
    }

    /// What is wrong with a field; empty when nothing is.
    pub fn at(&self, id: &str) -> &str {
        self.0.iter().find(|m| m.id == id).map_or("", |m| m.detail.as_str())
    }
}

impl From<Vec<FieldError>> for Errors {
    fn from(errors: Vec<FieldError>) -> Self {
        let mistake =
            |e: FieldError| Mistake { id: e.pointer.trim_matches('/').replace('/', "-"), detail: e.detail };
        Self(errors.into_iter().map(mistake).collect())
    }
}

/// A free text as a form asks for it: in English, and in Wales in Welsh as
/// well. The fields are `NAME` and `NAME_in.cy`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub english: String,
    /// `None` where only English is asked for.
    pub welsh: Option<String>,
}

impl Text {
    /// What was written before.
    pub fn new(who: &Who, before: Option<&Written>) -> Self {
        let before = before.cloned().unwrap_or_default();
        let welsh = before.welsh().unwrap_or_default().to_owned();
        Self { english: before.english, welsh: who.writes_welsh.then_some(welsh) }
    }
}

/// One answer of a question: a radio, a checkbox or an option.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

/// Marks the choice that was made before.
pub fn chosen(choices: Vec<Choice>, value: &str) -> Vec<Choice> {
    choices.into_iter().map(|c| Choice { chosen: c.value == value, ..c }).collect()
}

/// A line as a select or as radios: its states, pre-set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChoice {
    pub line: Line,
    pub label: &'static str,
    pub choices: Vec<Choice>,
    /// For hospital services, the session that it holds for: the field
    /// `when.{line}`. Empty where nobody is asked.
    pub sessions: Vec<Choice>,
}

impl LineChoice {
    /// Of one of its two fields, `lines` or `when`: the id.
    pub fn id(&self, part: &str) -> String {
        format!("{part}-{}", self.line)
    }

    /// And the name.
    pub fn name(&self, part: &str) -> String {
        format!("{part}.{}", self.line)
    }

    /// The label of the question for which session it holds.
    pub fn when(&self) -> String {
        format!("{}: when?", self.label)
    }

    /// Also asks for which session it holds, where the line has sessions.
    #[must_use]
    pub fn with_sessions(self, value: &str, now: DateTime<Utc>) -> Self {
        let sessions = if self.line.has_sessions() { session_choices(value, now) } else { vec![] };
        Self { sessions, ..self }
    }

    /// With a first choice that says nothing about the line.
    pub fn optional(line: Line, state: &str) -> Self {
        let mut it = Self::required(line, state);
        it.choices
            .insert(0, Choice { chosen: state.is_empty(), ..Choice::new("", "Say nothing about this") });
        it
    }

    pub fn required(line: Line, state: &str) -> Self {
        let choices = line.states().iter().map(|s| Choice::new(s.key, s.label(english()))).collect();
        Self { line, label: line.label(english()), choices: chosen(choices, state), sessions: vec![] }
    }

    /// The lines that staff of this kind of organisation choose from, besides
    /// the answer on attending.
    pub fn for_kind(kind: OrgKind, state: impl Fn(Line) -> String) -> Vec<Self> {
        let asked = |l: &Line| *l != Line::Attend && !l.is_national() && l.applies_to(kind);
        Line::ALL.iter().copied().filter(asked).map(|l| Self::optional(l, &state(l))).collect()
    }
}

/// A session of a day, as a form sends it: "2024-07-19-morning".
pub fn session_value((session, day): (Session, NaiveDate)) -> String {
    format!("{day}-{session}")
}

pub fn read_session(text: &str) -> Option<(Session, NaiveDate)> {
    let (day, session) = text.rsplit_once('-')?;
    Some((Session::parse(session)?, day.parse().ok()?))
}

/// All day, or a session of today or tomorrow; and the one that stands.
fn session_choices(value: &str, now: DateTime<Utc>) -> Vec<Choice> {
    let today = time::london(now).date_naive();
    let named = |at: (Session, NaiveDate), day: &str| {
        Choice::new(session_value(at), format!("{day}, only in the {}", at.0))
    };
    let mut all = vec![Choice::new("", "All day, until something else is said")];
    for (day, name) in [(today, "Today"), (today + Days::new(1), "Tomorrow")] {
        all.extend(Session::ALL.iter().map(|session| named((*session, day), name)));
    }
    let stands = read_session(value).filter(|_| !all.iter().any(|c| c.value == value));
    all.extend(stands.map(|at| named(at, &time::date(at.1, english()))));
    chosen(all, value)
}

/// At another time, which stands in the field `next_update_own`.
pub const OWN_TIME: &str = "own";

/// When the next update is promised: the field `next_update_by`.
pub fn next_update_choices(value: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = Ahead::ALL.iter().map(|a| Choice::new(a.as_str(), a.label())).collect();
    all.push(Choice::new(OWN_TIME, "At another date and time"));
    chosen(all, if value.is_empty() { Ahead::TwoHours.as_str() } else { value })
}
