//! What is said in a hurry, written in quiet times.
//!
//! A preset fills a post in. Two people may agree beforehand that one of them may
//! publish it alone in an emergency; that holds for its very words, and until it
//! has to be looked at again.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::incident::{Ahead, MAX_TITLE, check_message};
use super::line::{Line, Lines};
use super::org::{OrgCode, words};
use super::system::SystemKey;
use super::user::Actor;
use super::written::{Written, check_text};

/// The longest name, in characters.
pub const MAX_NAME: usize = 80;
/// When it has to be looked at again, in days, unless its author says.
pub const REVIEW_AFTER: u64 = 365;
/// The longest that anybody may wait with that, in days.
const MAX_REVIEW_AFTER: u64 = 2 * 365;

/// What a preset says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// What staff call it: "Phones down".
    pub name: String,
    /// What has failed; `None` for anything else.
    pub system: Option<SystemKey>,
    /// What patients read; blank for the usual words about the system.
    pub title: Written,
    /// Says at least what patients should do.
    pub lines: Lines,
    pub message: Option<Written>,
    /// `None` for the usual time.
    pub next_update: Option<Ahead>,
    /// The last day on which it counts as looked after.
    pub review_by: NaiveDate,
}

/// A preset, and who stands behind it.
#[derive(Debug, Clone)]
pub struct Preset {
    pub id: Uuid,
    pub organisation: OrgCode,
    pub content: Content,
    pub content_hash: Vec<u8>,
    pub author: Actor,
    /// Who changed it last.
    pub editor: Actor,
    pub made_at: DateTime<Utc>,
    pub edited_at: DateTime<Utc>,
    pub approved: Option<Approved>,
}

/// Who agreed, and to what.
#[derive(Debug, Clone)]
pub struct Approved {
    pub by: Actor,
    pub at: DateTime<Utc>,
    /// Of what they saw.
    pub hash: Vec<u8>,
}

words! {
    /// How far a preset has come.
    Readiness {
        /// It fills a post in; nobody has agreed to more.
        Draft = "draft",
        /// One person may publish its words alone in an emergency.
        Approved = "approved",
        ReviewOverdue = "review_overdue",
    }
}

impl Preset {
    pub fn readiness(&self, today: NaiveDate) -> Readiness {
        match &self.approved {
            _ if self.content.review_by < today => Readiness::ReviewOverdue,
            Some(approved) if approved.hash == self.content_hash => Readiness::Approved,
            _ => Readiness::Draft,
        }
    }
}

/// What is to be published, as far as a preset has a say in it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// `None` where nothing new gets a title.
    pub title: Option<&'a Written>,
    pub system: Option<&'a SystemKey>,
    pub lines: &'a Lines,
    pub message: Option<&'a Written>,
    /// What was said before and goes on.
    pub stands: &'a Lines,
}

impl Content {
    /// Every mistake in it.
    pub fn check(&self, today: NaiveDate, needs_welsh: bool) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new("/name", "Enter a name that you find again in a hurry."));
        } else {
            check_text("/name", Some(&self.name), MAX_NAME, &mut errors);
        }
        if self.title.is_blank() && self.system.is_none() {
            errors.push(FieldError::new("/title", "Enter a title that says what is not working."));
        } else if !self.title.is_blank() {
            self.title.check("/title", MAX_TITLE, needs_welsh, &mut errors);
        }
        errors.extend(check_message(self.message.as_ref(), needs_welsh));
        if self.lines.get(Line::Attend).is_none() {
            errors.push(FieldError::new("/lines/attend", "Choose what patients should do."));
        }
        for (line, _) in self.lines.0.iter().filter(|(_, setting)| setting.session.is_some()) {
            let detail = "A preset is for any day, so it cannot name one session.";
            errors.push(FieldError::new(format!("/lines/{line}"), detail));
        }
        if self.review_by <= today {
            errors.push(FieldError::new("/review_by", "Choose a day after today."));
        } else if self.review_by > today + Days::new(MAX_REVIEW_AFTER) {
            errors.push(FieldError::new("/review_by", "Choose a day within the next 2 years."));
        }
        errors
    }

    /// Without blanks around the texts, and without texts that are blank.
    pub fn trimmed(self) -> Self {
        Self {
            name: self.name.trim().to_owned(),
            title: self.title.trimmed(),
            message: self.message.map(|m| m.trimmed()).filter(|m| !m.is_blank()),
            ..self
        }
    }

    /// Whether what is to be published says exactly this: the same title, words
    /// and lines about the same system. Lines that stand may be repeated.
    pub fn is_exactly(&self, said: &Said<'_>) -> bool {
        let text = |w: Option<&Written>| w.map(Written::trimmed).filter(|w| !w.is_blank());
        let same_title = said.title.is_none_or(|t| text(Some(t)) == text(Some(&self.title)));
        let same_system = match said.title {
            Some(_) => said.system == self.system.as_ref(),
            None => self.system.is_none() || said.system == self.system.as_ref(),
        };
        let wanted = |line: &Line| self.lines.get(*line).or(said.stands.get(*line));
        let same = |line: &Line| match (said.lines.get(*line), wanted(line)) {
            (Some(a), Some(b)) => (a.state, &a.words, a.session) == (b.state, &b.words, b.session),
            _ => false,
        };
        same_title
            && same_system
            && text(said.message) == text(self.message.as_ref())
            && said.lines.0.keys().chain(self.lines.0.keys()).all(same)
    }
}

/// The day by which something written today is looked at again.
pub fn review_after(today: NaiveDate) -> NaiveDate {
    today + Days::new(REVIEW_AFTER)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lines(json: serde_json::Value) -> Lines {
        Lines::parse(&json).unwrap()
    }

    fn phones() -> Content {
        Content {
            name: "Phones down".into(),
            title: "Our phones are not working".into(),
            lines: lines(json!({"attend": "come", "phones": "down"})),
            message: Some("Please come to the desk.".into()),
            review_by: day("2025-07-19"),
            ..Content::default()
        }
    }

    #[test]
    fn every_mistake_is_told() {
        let today = day("2024-07-19");
        assert_eq!(phones().check(today, false), []);
        let wrong = |content: &Content, welsh| {
            let errors = content.check(today, welsh);
            errors.into_iter().map(|e| e.pointer).collect::<Vec<_>>()
        };
        assert_eq!(wrong(&phones(), true), ["/title_in/cy", "/message_in/cy"]);
        let empty = Content { review_by: today, ..Content::default() };
        assert_eq!(wrong(&empty, false), ["/name", "/title", "/lines/attend", "/review_by"]);
        let system = Some(SystemKey::new("emis-web"));
        let titled = Content { system, title: Written::default(), ..phones() };
        assert_eq!(wrong(&titled, false), [""; 0], "a system has a title of its own");
        let late = Content { review_by: day("2026-07-20"), ..phones() };
        assert_eq!(wrong(&late, false), ["/review_by"]);
        let one_day = json!({"attend": "come",
            "radiotherapy": {"state": "cancelled", "session": "morning", "day": "2024-07-19"}});
        assert_eq!(wrong(&Content { lines: lines(one_day), ..phones() }, false), ["/lines/radiotherapy"]);
    }

    #[test]
    fn only_its_very_words_are_its_own() {
        let preset = phones();
        let (title, message, none) = (preset.title.clone(), preset.message.clone(), Lines::default());
        let said = Said {
            title: Some(&title),
            system: None,
            lines: &preset.lines,
            message: message.as_ref(),
            stands: &none,
        };
        assert!(preset.is_exactly(&said));
        let other: Written = "Please come to the desk!".into();
        assert!(!preset.is_exactly(&Said { message: Some(&other), ..said }));
        assert!(!preset.is_exactly(&Said { message: None, ..said }));
        assert!(!preset.is_exactly(&Said { title: Some(&other), ..said }));
        assert!(!preset.is_exactly(&Said { system: Some(&SystemKey::new("emis-web")), ..said }));
        for changed in [
            json!({"attend": "do_not_come", "phones": "down"}),
            json!({"attend": "come"}),
            json!({"attend": "come", "phones": "down", "booking": "urgent_only"}),
        ] {
            assert!(!preset.is_exactly(&Said { lines: &lines(changed.clone()), ..said }), "{changed}");
        }
        // An update repeats what stands, and has no title.
        let stands = lines(json!({"booking": "urgent_only", "phones": "working"}));
        let both = lines(json!({"attend": "come", "phones": "down", "booking": "urgent_only"}));
        let emis = SystemKey::new("emis-web");
        let update = Said { title: None, system: Some(&emis), lines: &both, stands: &stands, ..said };
        assert!(preset.is_exactly(&update));
        let about_another = Content { system: Some(SystemKey::new("systmone")), ..phones() };
        assert!(!about_another.is_exactly(&update));
    }

    #[test]
    fn it_stands_for_its_words_until_it_has_to_be_looked_at_again() {
        let who = Actor::command_line();
        let at: DateTime<Utc> = "2024-07-19T07:00:00Z".parse().unwrap();
        let mut preset = Preset {
            id: Uuid::nil(),
            organisation: OrgCode::root(),
            content: phones(),
            content_hash: vec![1],
            author: who.clone(),
            editor: who.clone(),
            made_at: at,
            edited_at: at,
            approved: None,
        };
        assert_eq!(preset.readiness(day("2024-07-19")), Readiness::Draft);
        preset.approved = Some(Approved { by: who, at, hash: vec![1] });
        assert_eq!(preset.readiness(day("2025-07-19")), Readiness::Approved);
        assert_eq!(preset.readiness(day("2025-07-20")), Readiness::ReviewOverdue);
        preset.content_hash = vec![2];
        assert_eq!(preset.readiness(day("2025-07-19")), Readiness::Draft, "something else was approved");
    }
}
