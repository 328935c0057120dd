//! A site's answer by link.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::domain::incident::{Answer, Response};
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
    /// Others say that it is over, and the site has not said so yet.
    pub is_awaited: bool,
    /// An answer was just given.
    pub done: bool,
    /// What was answered, and by whom and when: "You answered at 7:31am".
    pub answered: Option<(Answer, String)>,
    pub lines: Vec<LineTaps>,
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

    /// What the site has said about its lines.
    fn set(&self) -> Vec<String> {
        let chosen = |l: &LineTaps| {
            let state = l.states.iter().find(|(_, _, is_set)| *is_set)?;
            Some(format!("{}: {}", l.label, state.1))
        };
        self.lines.iter().filter_map(chosen).collect()
    }
}

/// One line: its states as buttons (value, label, whether it stands).
pub struct LineTaps {
    pub label: &'static str,
    pub states: Vec<(String, &'static str, bool)>,
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
