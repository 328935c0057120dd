//! Reading the bodies about planned downtime.

use serde_json::Value;

use super::body::Fields;
use crate::desk::incidents::Declaration;
use crate::desk::planned::Plan;
use crate::desk::planned_steps::Turn;
use crate::domain::incident::Draft;
use crate::domain::org::OrgCode;
use crate::domain::planned::MAX_REMINDER;
use crate::domain::recurrence::{Day, Nth, Pattern, Repeat};
use crate::domain::written::Written;
use crate::web::error::ApiError;

/// What is planned; at `own` and below it where nothing else is named.
pub fn plan(value: &Value, own: &OrgCode) -> Result<Plan, ApiError> {
    let known = &[
        "title",
        "title_in",
        "system",
        "scope",
        "organisations",
        "lines",
        "message",
        "message_in",
        "starts_at",
        "ends_at",
        "repeat",
        "remind_hours",
    ];
    let mut fields = Fields::new(value, known)?;
    let plan = Plan {
        what: Declaration {
            title: fields.written("title").unwrap_or_default(),
            system: fields.text("system"),
            scope: fields.code("scope"),
            organisations: fields.codes("organisations"),
            draft: Draft {
                lines: fields.lines("lines"),
                message: fields.written("message"),
                ..Draft::default()
            },
            ..Declaration::default()
        }
        .about(own),
        starts_at: fields.time("starts_at"),
        ends_at: fields.time("ends_at"),
        repeat: repeat(&mut fields),
        remind_hours: fields.number("remind_hours", 0, MAX_REMINDER),
    };
    fields.done(plan)
}

/// `{"frequency": "weekly", "interval": 2, "days": ["sunday"], "until": …}` or
/// `{"frequency": "monthly", "week": "last", "day": "sunday", "until": …}`.
fn repeat(fields: &mut Fields) -> Option<Repeat> {
    let known = &["frequency", "interval", "days", "week", "day", "until"];
    let mut inner = fields.object("repeat", known)?;
    let frequency = inner.word("frequency", &["weekly", "monthly"], |w| Some(w.to_owned()));
    let names: Vec<&str> = Day::ALL.iter().map(|d| d.as_str()).collect();
    let pattern = match frequency.as_deref() {
        Some("weekly") => {
            let days = inner.words("days", &names, Day::parse);
            if days.as_ref().is_none_or(Vec::is_empty) {
                inner.wrong("days", "Give the days, such as [\"sunday\"].");
            }
            let interval = inner.number("interval", 1, u16::from(u8::MAX)).unwrap_or(1);
            let interval = u8::try_from(interval).unwrap_or(u8::MAX);
            days.filter(|d| !d.is_empty()).map(|days| Pattern::Weekly { interval, days })
        }
        Some("monthly") => {
            let weeks: Vec<&str> = Nth::ALL.iter().map(|n| n.as_str()).collect();
            let (week, day) = (inner.word("week", &weeks, Nth::parse), inner.word("day", &names, Day::parse));
            if week.is_none() || day.is_none() {
                inner.wrong("week", "Give both, such as \"week\": \"last\" and \"day\": \"sunday\".");
            }
            week.zip(day).map(|(week, day)| Pattern::Monthly { week, day })
        }
        _ => {
            inner.wrong("frequency", "Give weekly or monthly.");
            None
        }
    };
    let until = inner.date("until");
    fields.absorb("repeat", inner);
    pattern.map(|pattern| Repeat { pattern, until })
}

/// What becomes of planned work, and the words for it.
pub type Said = (Turn, Option<Written>);

/// The new end, and what is said about it.
pub fn extension(value: &Value) -> Result<Said, ApiError> {
    let mut fields = Fields::new(value, &["ends_at", "message", "message_in"])?;
    let (ends_at, message) = (fields.time("ends_at"), fields.written("message"));
    if ends_at.is_none() && fields.is_right() {
        fields.wrong("ends_at", "Give the new end, such as 2024-07-19T09:40:00Z.");
    }
    fields.done((Turn::Extend { ends_at: ends_at.unwrap_or_default() }, message))
}

pub fn end(value: &Value) -> Result<Said, ApiError> {
    let mut fields = Fields::new(value, &["message", "message_in"])?;
    let message = fields.written("message");
    fields.done((Turn::End, message))
}

/// The window, when it is only one, and what is said about it.
pub fn cancellation(value: &Value) -> Result<Said, ApiError> {
    let mut fields = Fields::new(value, &["occurrence", "message", "message_in"])?;
    let read = (Turn::Cancel { day: fields.date("occurrence") }, fields.written("message"));
    fields.done(read)
}
