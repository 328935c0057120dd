//! What to do in an emergency and when it is not one: as usual, or in the words
//! that changed it (hazard H3). Every form of the page and every message takes
//! it from here, so that none goes on with what is not true any more.

use super::facts::{LineFact, View};
use super::line::Line;
use super::message;
use crate::words::Words;

/// What somebody has changed about 999 or 111, if anybody has.
pub fn changed(view: &View, line: Line) -> Option<&LineFact> {
    view.lines.iter().find(|f| f.line == line && f.setting.state.key != "normal")
}

/// What somebody said of it; where that has run out, that nobody knows.
pub fn words(view: &View, fact: &LineFact, w: &'static Words) -> String {
    let doubt = (fact.expires_at <= view.at).then(|| w.get("line-not-known").to_owned());
    match doubt {
        Some(doubt) => format!("{} {doubt}", ended(&fact.text(w), w)),
        None => fact.text(w),
    }
}

/// A text that somebody wrote, with a full stop where it has no end: it must not run into
/// what is said behind it.
pub fn ended(text: &str, w: &'static Words) -> String {
    match text.is_empty() || message::has_ended(text) {
        true => text.to_owned(),
        false => format!("{text}{}", w.locale.stop()),
    }
}

/// 999 or 111: the words that changed it, or the usual sentence.
pub fn sentence(view: &View, line: Line, usual: &str, w: &'static Words) -> String {
    changed(view, line).map_or_else(|| w.get(usual).into(), |fact| words(view, fact, w))
}

/// Both, for the end of a message.
pub fn urgent(view: &View, w: &'static Words) -> String {
    if [Line::Nhs111, Line::Emergency999].iter().all(|line| changed(view, *line).is_none()) {
        return w.get("urgent-help").into();
    }
    let emergency = sentence(view, Line::Emergency999, "in-an-emergency", w);
    let medical = sentence(view, Line::Nhs111, "need-medical-help", w);
    format!("{} {emergency}", ended(&medical, w))
}
