//! Decisions, as a loggist keeps them in one bound book: when made, when
//! entered, who, what, why, and what else was considered. An entry is never
//! edited; a correction is a new entry that names the one it puts right.
//! (Paper incident books: JESIP and NARU's guidance for loggists.)

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::org::OrgCode;
use super::written::check_text;

/// What is entered so long after it was made is marked as late.
pub const LATE: Duration = Duration::minutes(15);
/// The longest decision or reason, in characters.
pub const MAX_TEXT: usize = 2000;
/// The longest name of who decided, in characters.
pub const MAX_NAME: usize = 120;
/// The most options that one entry may list.
pub const MAX_REFUSED: usize = 20;
/// The longest option, in characters.
pub const MAX_OPTION: usize = 500;

/// One entry of a decision log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: Uuid,
    /// 1 for the first of its organisation.
    pub number: i64,
    /// Whose log it stands in.
    pub organisation: OrgCode,
    /// What it is about; none for the organisation's day.
    pub incident: Option<Uuid>,
    pub made_at: DateTime<Utc>,
    pub entered_at: DateTime<Utc>,
    pub decided_by: String,
    pub entered_by: String,
    pub decision: String,
    pub reason: String,
    /// What else was considered, and why not.
    pub refused: Vec<String>,
    /// The entry that this one puts right.
    pub corrects: Option<Uuid>,
}

impl Decision {
    /// Entered well after it was made.
    pub fn is_late(&self) -> bool {
        self.entered_at - self.made_at > LATE
    }
}

/// An entry as somebody wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionDraft {
    pub incident: Option<Uuid>,
    /// Now, unless said otherwise.
    pub made_at: Option<DateTime<Utc>>,
    /// Who enters it, unless said otherwise.
    pub decided_by: Option<String>,
    pub decision: String,
    pub reason: String,
    pub refused: Vec<String>,
    pub corrects: Option<Uuid>,
}

impl DecisionDraft {
    /// Checks the texts and the time; every mistake is reported.
    pub fn check(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.made_at.is_some_and(|at| at > now) {
            errors.push(FieldError::new("/made_at", "This time is yet to come. Enter when it was decided."));
        }
        if let Some(name) = &self.decided_by {
            check_text("/decided_by", Some(name), MAX_NAME, &mut errors);
        }
        for (at, text, empty) in [
            ("/decision", &self.decision, "Enter what was decided."),
            ("/reason", &self.reason, "Enter why."),
        ] {
            match text.trim().is_empty() {
                true => errors.push(FieldError::new(at, empty)),
                false => check_text(at, Some(text), MAX_TEXT, &mut errors),
            }
        }
        if self.refused.len() > MAX_REFUSED {
            errors.push(FieldError::new("/refused", format!("List {MAX_REFUSED} options at most.")));
        }
        for (n, option) in self.refused.iter().enumerate() {
            check_text(&format!("/refused/{n}"), Some(option), MAX_OPTION, &mut errors);
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_of_an_entry_is_told() {
        let now: DateTime<Utc> = "2024-07-19T08:00:00Z".parse().unwrap();
        let good = DecisionDraft {
            decision: "Keep the morning clinics.".into(),
            reason: "Paper works.".into(),
            ..DecisionDraft::default()
        };
        assert_eq!(good.check(now), []);
        let bad = DecisionDraft {
            made_at: Some(now + Duration::minutes(1)),
            decided_by: Some(" ".into()),
            reason: "x".repeat(MAX_TEXT + 1),
            refused: vec![String::new(); MAX_REFUSED + 1],
            ..DecisionDraft::default()
        };
        let wrong: Vec<_> = bad.check(now).into_iter().map(|e| e.pointer).take(6).collect();
        assert_eq!(wrong, ["/made_at", "/decided_by", "/decision", "/reason", "/refused", "/refused/0"]);
    }
}
