//! The services that a reader can choose and that do not take place: no text message leaves
//! them out, for nobody comes in vain, or stays at home, because of another's.

use super::{join, sentence};
use crate::domain::facts::{LineFact, View};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::Org;
use crate::domain::subscriber::Services;
use crate::words::{self, Words};

/// Cancelled or closed, as the page has it.
fn is_off(setting: &Setting) -> bool {
    matches!(setting.state.key, "cancelled" | "closed")
}

/// What does not take place at a place, in the order of its page.
pub(super) fn off<'a>(org: &Org, view: &'a View) -> Vec<&'a LineFact> {
    let offered = Services::offered(org);
    view.lines.iter().filter(|f| is_off(&f.setting) && offered.contains(&f.line)).collect()
}

/// The same in words; what several end with ("We will contact you.") once.
pub(super) fn said(off: &[&LineFact], w: &'static Words) -> String {
    let is_of_session = off.iter().any(|f| f.setting.session.is_some());
    once(off.iter().map(|f| sentence(w, f)), is_of_session)
}

/// What does not take place at a place, in words.
pub fn services_off(org: &Org, view: &View, w: &'static Words) -> String {
    said(&off(org, view), w)
}

/// What will not take place there while something lasts, in words.
pub fn services_off_by(lines: &Lines, org: &Org, w: &'static Words) -> String {
    let offered = Services::offered(org);
    let off = lines.0.iter().filter(|(line, s): &(&Line, &Setting)| is_off(s) && offered.contains(line));
    once(off.map(|(_, setting)| setting.state.text(w).to_owned()), false)
}

fn once(all: impl Iterator<Item = String>, keeps_all: bool) -> String {
    let all: Vec<String> = all.flat_map(|text| words::sentences(&text)).collect();
    let is_last = |n: usize| keeps_all || !all[n + 1..].contains(&all[n]);
    let kept = all.iter().enumerate().filter(|(n, _)| is_last(*n)).map(|(_, text)| text.as_str());
    join(&kept.collect::<Vec<_>>())
}
