//! A site's answer by link.

use askama::Template;
use chrono::{DateTime, Utc};

use super::grouped;
use crate::desk::said_anew::Readers;
use crate::domain::incident::{Answer, Proxy, Response};
use crate::domain::line::{Line, Setting};
use crate::domain::org::OrgCode;
use crate::domain::time;
use crate::words::english;

/// `GET /c/{token}`. Posts `answer` or `line` to the same address.
#[derive(Template)]
#[template(path = "answer/ask.html")]
pub struct Ask {
    pub token: String,
    /// "EXERCISE" or "TEST"; empty for what is real.
    pub mark: &'static str,
    pub colour: &'static str,
    pub warning: &'static str,
    pub site: String,
    pub title: String,
    pub declared_by: String,
    /// "7:20am".
    pub since: String,
    /// The words of the newest update, or empty.
    pub said: String,
    pub is_over: bool,
    /// All that was said of it was taken back.
    pub is_withdrawn: bool,
    /// Others say that it is over, and the site has not said so yet.
    pub is_awaited: bool,
    /// An answer was just given.
    pub done: bool,
    /// What was answered, and by whom and when: "You answered at 7:31am".
    pub answered: Option<(Answer, String)>,
    /// What was said beside it.
    pub kept: Option<Kept>,
    pub lines: Vec<LineTaps>,
    /// Who hears at once what the answer changes, in a sentence; empty for what is not real.
    pub readers: String,
    pub until: String,
    /// The site's page, or empty.
    pub page_url: String,
}

impl Ask {
    const CHOICES: [(Answer, &'static str); 3] = [
        (Answer::Affected, "Yes, we are affected"),
        (Answer::NotAffected, "No, we are not affected"),
        (Answer::Busy, "Not affected, but busier than usual"),
    ];

    fn heading(&self) -> &'static str {
        match (self.is_over, self.is_awaited) {
            (true, _) if self.is_withdrawn => "This problem was withdrawn",
            (true, _) => "This problem is over",
            (false, true) => "Are you back to normal?",
            (false, false) => "Are you affected?",
        }
    }

    /// The answers that do not stand; back to normal after affected, and where that is asked.
    fn choices(&self) -> Vec<(Answer, &'static str)> {
        let given = self.answered.as_ref().map(|(answer, _)| *answer);
        let may_be_back = given == Some(Answer::Affected) || self.is_awaited && given.is_none();
        let back = may_be_back.then_some((Answer::Recovered, "We are back to normal"));
        let others = Self::CHOICES.into_iter().filter(|(answer, _)| given != Some(*answer));
        back.into_iter().chain(others).collect()
    }

    /// The answer that goes on when a line is pressed; none where that answers as well.
    fn goes_on(&self) -> Option<&'static str> {
        let given = self.answered.as_ref().map(|(answer, _)| *answer);
        given.filter(|answer| answer.keeps()).map(Answer::label)
    }
}

/// What a place said of its lines and in its own words, with its answer or the one before;
/// and what others said for it.
pub struct Kept {
    pub said: Vec<String>,
    /// It stands; else it is said again with an answer that keeps it.
    pub stands: bool,
    /// Some of it others said: "busy" does not keep that.
    pub has_others: bool,
}

impl Kept {
    /// None where nothing was said beside the answer. `whom` is "you", or "it" for others.
    pub fn of(stood: Option<&(Response, bool)>, place: &OrgCode, whom: &str) -> Option<Self> {
        let (said, stands) = stood?;
        let other = |by: Option<&Proxy>| by.or(said.by.as_ref()).filter(|by| by.code != *place).cloned();
        let signed = |by: Option<Proxy>, own: &str, text: String| match by {
            Some(by) => format!("{} said for {whom}: {text}", by.name),
            None => format!("{own}{text}"),
        };
        let line = |(line, setting): (&Line, &Setting)| {
            let words = setting.words.as_ref().map(|w| format!(". {}", w.english)).unwrap_or_default();
            let session = setting.session_text(english()).map(|s| format!(". {s}")).unwrap_or_default();
            let text =
                format!("{}: {}{session}{words}", line.label(english()), setting.state.label(english()));
            signed(other(setting.by.as_ref()), "", text)
        };
        let words_by = other(said.message_by.as_ref());
        let mut has_others = said.lines.0.values().any(|s| other(s.by.as_ref()).is_some());
        has_others |= said.message.is_some() && words_by.is_some();
        let lines = said.lines.0.iter().map(line);
        let words =
            said.message.as_ref().map(|words| signed(words_by, "In its own words: ", words.english.clone()));
        let said: Vec<String> = lines.chain(words).collect();
        (!said.is_empty()).then_some(Self { said, stands: *stands, has_others })
    }
}

/// One line: its states as buttons (value, label, whether it stands).
pub struct LineTaps {
    pub label: &'static str,
    pub states: Vec<(String, &'static str, bool)>,
}

/// Who hears at once where an answer changes whether to come, as staff read it before they press.
pub fn who_hears(readers: Readers) -> String {
    let number = u64::try_from(readers.number).unwrap_or(u64::MAX);
    let when = if readers.needs_two { "once a second person agrees" } else { "at once" };
    match number {
        0 => "Nobody has signed up for messages about you, so nobody gets one.".into(),
        1 => format!("If this changes whether to come, your 1 reader gets a message {when}."),
        n => format!("If this changes whether to come, your {} readers get a message {when}.", grouped(n)),
    }
}

/// A link that is wrong or has run out.
#[derive(Template)]
#[template(path = "answer/stale.html")]
pub struct Stale;

/// Who gave an answer, and when: "You answered at 7:31am".
pub fn who_answered(given: &Response, now: DateTime<Utc>) -> String {
    let at = time::near(given.made_at, now, english());
    match &given.by {
        Some(by) => format!("{} answered for you at {at}", by.name),
        None => format!("You answered at {at}"),
    }
}
