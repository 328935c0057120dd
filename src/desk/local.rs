//! What an organisation says about itself, apart from any incident.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::incident::{DEFAULT_LOCAL_EXPIRY, LocalFacts, check_message, check_time};
use crate::domain::line::{Line, Lines};
use crate::domain::org::OrgCode;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::{self, broadcasts, incidents};
use crate::words;

/// Local facts as somebody wants them.
#[derive(Debug, Clone, Default)]
pub struct LocalDraft {
    pub lines: Lines,
    pub message: Option<Written>,
    /// A number to use instead of the usual one.
    pub phone: Option<String>,
    pub expires_at: Option<DateTime<Utc>>,
}

impl Desk {
    /// Sets an organisation's local facts in place of those that stood. Empty
    /// lines take everything local back.
    pub async fn set_lines(&self, who: &Actor, code: &OrgCode, draft: &LocalDraft) -> Result<LocalFacts> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, &directory)?;
        let mut errors = check_message(draft.message.as_ref(), directory.is_welsh(code));
        check_time("/expires_at", draft.expires_at, now, &mut errors);
        super::checks::speaker(who, Some(&draft.lines), &directory, &mut errors);
        errors.extend(draft.lines.0.keys().filter(|l| !l.may_be_set_by(org.kind)).map(|l| {
            let detail = "This line is held nationally, and not by one place.";
            FieldError::new(format!("/lines/{l}"), detail)
        }));
        if org.kind.sees_patients() {
            errors.extend(draft.lines.0.keys().filter(|l| !l.applies_to(org.kind) && !l.is_national()).map(
                |l| {
                    FieldError::new(
                        format!("/lines/{l}"),
                        format!("A {} does not have this line.", org.kind.noun(words::english())),
                    )
                },
            ));
        }
        let phone = draft.phone.as_deref().map(|p| read_phone(p, &mut errors));
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let before = incidents::local_of(&mut tx, code).await?.map(|f| f.lines).unwrap_or_default();
        let mut lines = before.overlaid(&draft.lines, now);
        lines.0.retain(|line, _| draft.lines.get(*line).is_some());
        let facts = LocalFacts {
            organisation: code.clone(),
            lines,
            message: draft.message.as_ref().map(Written::trimmed),
            phone: phone.filter(|p| !p.is_empty()),
            expires_at: draft.expires_at.unwrap_or(now + DEFAULT_LOCAL_EXPIRY),
            set_at: now,
        };
        incidents::set_local(&mut tx, self.new_id(), &facts, &who.name).await?;
        // What has not left yet must not contradict what is said here now.
        broadcasts::forget_unsent_words(&mut tx, code).await?;
        let detail = json!({"lines": facts.lines, "phone": facts.phone, "expires_at": facts.expires_at,
            "phones_down": facts.lines.get(Line::Phones).map(|s| s.state.key == "down")});
        audit::record(&mut tx, who, now, Entry::new("set_lines", code, detail)).await?;
        store::bump(&mut tx, "situation").await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(facts)
    }
}

/// A phone number that patients dial: kept as written, checked for shape.
fn read_phone(text: &str, errors: &mut Vec<FieldError>) -> String {
    let text = text.trim().to_owned();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let clean = text.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c));
    if !text.is_empty() && (!clean || !(3..=15).contains(&digits)) {
        errors.push(FieldError::new("/phone", "Enter a phone number, like 01632 960 001."));
    }
    text
}
