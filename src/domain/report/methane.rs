//! A report in the form that every service reads.

use std::collections::BTreeMap;

use super::{Commentary, Content, Counts};
use crate::domain::delivery::DeliveryState;
use crate::domain::incident::Kind;

/// METHANE as it is used for IT: letter, what it stands for, and the words.
pub fn methane(c: &Content, own: &Commentary) -> [(&'static str, &'static str, String); 7] {
    let about = &c.incident;
    let kind = match about.kind {
        Kind::Live => "Live incident",
        Kind::Exercise => "EXERCISE",
        Kind::Test => "TEST",
    };
    let level = about.level.map_or("no level set".to_owned(), |l| format!("level {l}"));
    let systems = if about.systems.is_empty() { "none named".into() } else { about.systems.join(", ") };
    let or_none = |text: &str| if text.is_empty() { "None recorded.".to_owned() } else { text.to_owned() };
    [
        ("M", "Incident", format!("{kind}, {level}. {}.", c.stands())),
        (
            "E",
            "Sites and systems",
            format!(
                "{} at or below {}. Systems: {systems}.",
                organisations(c.counts.reached),
                c.organisation.name
            ),
        ),
        ("T", "Cause", format!("{}. Declared by {}.", about.title, about.declared_by)),
        ("H", "Risks to safety", or_none(&own.risks)),
        ("A", "What patients can and cannot use", access(c)),
        ("N", "Affected", format!("{} Patients: {}", affected(&c.counts), or_none(&own.patients))),
        ("E", "Told", format!("{} Partners: {}", told(c), or_none(&own.partners))),
    ]
}

/// How many are affected by their own word, and by that of others.
fn affected(counts: &Counts) -> String {
    let others = counts.affected_by_others;
    let say = |n: usize| {
        if n == 1 { "1 says that it is affected".into() } else { format!("{n} say that they are affected") }
    };
    let said_for = match others {
        0 => String::new(),
        n => format!(" For {n} more, others say so."),
    };
    let silent = match counts.silent {
        1 => "1 has not answered.".to_owned(),
        n => format!("{n} have not answered."),
    };
    format!("{}.{said_for} {silent}", say(counts.affected.saturating_sub(others)))
}

/// What is not as usual, and of what nobody knows. Only where neither is left, all is as usual.
fn access(c: &Content) -> String {
    let at = |label: String, n: usize| format!("{label} at {}", organisations(n));
    let wrong: Vec<String> = c.lines.iter().map(|l| at(l.label(), l.organisations)).collect();
    let unknown: Vec<String> = c.not_known.iter().map(|l| at(l.label_not_known(), l.organisations)).collect();
    let later: Vec<String> = c.later.iter().map(|l| at(l.label(), l.organisations)).collect();
    let mut all = Vec::new();
    if !wrong.is_empty() {
        all.push(format!("Not as usual: {}.", wrong.join("; ")));
    }
    if !unknown.is_empty() {
        all.push(format!("Nobody has said anything new of these: {}.", unknown.join("; ")));
    }
    all.push(match all.is_empty() {
        true => "Every line is as usual where it reaches.".to_owned(),
        false => "All other lines are as usual.".to_owned(),
    });
    if !later.is_empty() {
        all.push(format!("Not as usual on a later day: {}.", later.join("; ")));
    }
    all.join(" ")
}

/// Who was told: what arrived, or was handed over. What was captured was told to nobody.
fn told(c: &Content) -> String {
    let arrived = |of: &BTreeMap<DeliveryState, i64>| -> i64 {
        [DeliveryState::Accepted, DeliveryState::Delivered].iter().filter_map(|s| of.get(s)).sum()
    };
    let messages = |n: i64, whom: &str| match n {
        1 => format!("1 message to {whom}."),
        n => format!("{n} messages to {whom}."),
    };
    let (public, staff) = (arrived(&c.messages), c.messages_to_staff.as_ref().map(arrived));
    match (c.incident.kind, staff) {
        (Kind::Live, None) => messages(public, "the public and to staff on duty"),
        (Kind::Live, Some(0)) => messages(public, "the public"),
        (Kind::Live, Some(staff)) => {
            format!("{} {}", messages(public, "the public"), messages(staff, "staff on duty"))
        }
        (Kind::Exercise | Kind::Test, staff) => {
            format!("No patient was told. {}", messages(public + staff.unwrap_or(0), "staff"))
        }
    }
}

fn organisations(n: usize) -> String {
    if n == 1 { "1 organisation".into() } else { format!("{n} organisations") }
}
