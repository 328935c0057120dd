//! What to do instead: the other number to phone, and other words about 999 and 111
//! (hazard H3), which no message leaves out for want of room.

use super::{Telling, join};
use crate::domain::facts::{Facts, View};
use crate::domain::help;
use crate::domain::incident::Stage;
use crate::domain::line::Line;
use crate::words::Words;

/// The number to phone while the usual one does not work, as a sentence; empty
/// where there is none.
pub(super) fn number_instead(telling: &Telling<'_>) -> String {
    other_number(telling.facts, telling.view, telling.words)
}

pub(super) fn other_number(facts: &Facts, view: &View, w: &'static Words) -> String {
    let wrong = view.lines.iter().any(|f| f.line == Line::Phones && f.setting.state.severity > 0);
    let number = facts.other_phone(view.at).filter(|_| wrong);
    number.map_or_else(String::new, |n| w.with("phone-instead", &[("number", n.into())]))
}

/// What to do about 999 and 111 where the incident has changed it, and whatever has changed
/// 999; as usual, where it has and that is taken back.
pub(super) fn national(telling: &Telling<'_>) -> String {
    let (update, w) = (telling.update, telling.words);
    let told = telling.incident.incident.lines_told();
    let lines = [(Line::Emergency999, "in-an-emergency"), (Line::Nhs111, "need-medical-help")];
    let said = lines.map(|(line, usual)| {
        let is_own = told.get(line).is_some();
        let is_back =
            update.lines.get(line).is_some() || update.corrects.is_some() || update.stage == Stage::Resolved;
        match help::changed(telling.view, line) {
            Some(fact) if is_own || line == Line::Emergency999 => {
                help::ended(&help::words(telling.view, fact, w), w)
            }
            None if is_own && is_back => w.get(usual).to_owned(),
            _ => String::new(),
        }
    });
    join(&[&said[0], &said[1]])
}
