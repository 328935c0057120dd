//! What several verbs check before they say yes.

use chrono::{DateTime, Utc};

use super::incidents::{Declaration, MAX_NAMED};
use super::{DeskError, Result};
use crate::domain::FieldError;
use crate::domain::incident::{Incident, MAX_MESSAGE};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind, OrgStatus};
use crate::domain::user::Actor;
use crate::words;

/// Lines that only the nation or a region may set.
pub fn speaker(who: &Actor, lines: Option<&Lines>, directory: &Directory, errors: &mut Vec<FieldError>) {
    let kind = directory.get(&who.organisation).map_or(OrgKind::Other, |o| o.kind);
    for line in lines.iter().flat_map(|l| l.0.keys()).filter(|l| !l.may_be_set_by(kind)) {
        errors.push(FieldError::new(
            format!("/lines/{line}"),
            "Only NHS England, or a health board in Wales, can change this line (a region can change NHS 111).",
        ));
    }
}

/// Lines that an organisation of this kind does not have, or that are not its
/// to set.
pub fn lines_of(org: &Org, lines: &Lines, errors: &mut Vec<FieldError>) {
    for line in lines.0.keys() {
        let pointer = format!("/lines/{line}");
        if !line.may_be_set_by(org.kind) {
            errors.push(FieldError::new(pointer, "This line is held nationally, and not by one place."));
        } else if org.kind.sees_patients() && !org.has(*line) && !line.is_national() {
            errors.push(FieldError::new(pointer, without(org, *line)));
        }
    }
}

/// The words of 999 and 111 are free text, which Wales has in both languages.
pub fn words_of(lines: &Lines, needs_welsh: bool, errors: &mut Vec<FieldError>) {
    for (line, setting) in &lines.0 {
        if let Some(words) = &setting.words {
            words.check(&format!("/lines/{line}/words"), MAX_MESSAGE, needs_welsh, errors);
        }
    }
}

/// Why a line cannot be set: places of this kind do not have it, or this one says so.
pub fn without(org: &Org, line: Line) -> String {
    match org.lacks.contains(&line) {
        true => format!("{} says that it does not have this.", org.name),
        false => format!("A {} does not have this line.", org.kind.noun(words::english())),
    }
}

pub fn places(d: &Declaration, directory: &Directory, errors: &mut Vec<FieldError>) {
    let unknown = |code: &OrgCode| format!("There is no organisation with the code {code}.");
    if let Some(scope) = d.scope.as_ref().filter(|s| directory.get(s).is_none()) {
        errors.push(FieldError::new("/scope", unknown(scope)));
    }
    if d.scope.is_some() && d.organisations.is_some() {
        errors.push(FieldError::new("/scope", "Give scope or organisations, not both."));
    }
    let Some(named) = &d.organisations else { return };
    if named.is_empty() {
        errors.push(FieldError::new("/organisations", "Name at least one organisation."));
    }
    if named.len() > MAX_NAMED {
        let detail = format!("Name at most {MAX_NAMED} organisations, or use a scope.");
        errors.push(FieldError::new("/organisations", detail));
    }
    for (i, code) in named.iter().enumerate() {
        let detail = match directory.get(code) {
            None => unknown(code),
            Some(org) if org.status == OrgStatus::Closed => format!("{} ({code}) has closed.", org.name),
            Some(_) => continue,
        };
        errors.push(FieldError::new(format!("/organisations/{i}"), detail));
    }
}

/// Sessions that are over, in what is said last of an incident. Checked when somebody
/// says it, and not again when it is agreed to.
pub fn timely(incident: &Incident, now: DateTime<Utc>) -> Result<()> {
    let mut errors = Vec::new();
    sessions(incident.updates.last().map(|u| &u.lines), now, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(DeskError::Invalid(errors)) }
}

/// Sessions that are over.
pub fn sessions(lines: Option<&Lines>, now: DateTime<Utc>, errors: &mut Vec<FieldError>) {
    let is_over = |s: &Setting| s.session_times().is_some_and(|(_, until)| until <= now);
    for (line, _) in lines.iter().flat_map(|l| &l.0).filter(|(_, setting)| is_over(setting)) {
        let detail = "This session is over. Give one that is still to come.";
        errors.push(FieldError::new(format!("/lines/{line}"), detail));
    }
}

/// The same of local lines, which are sent again with each change: what stood before
/// may stay.
pub fn new_sessions(lines: &Lines, before: &Lines, now: DateTime<Utc>) -> Result<()> {
    let is_new = |line: &Line, s: &Setting| before.get(*line).is_none_or(|b| b.session != s.session);
    let new = lines.0.iter().filter(|(line, s)| is_new(line, s)).map(|(l, s)| (*l, s.clone()));
    let mut errors = Vec::new();
    sessions(Some(&Lines(new.collect())), now, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(DeskError::Invalid(errors)) }
}
