//! The words of a text message.

use super::fitting::{at_least, in_full, is_short, join, short, with_all};
use super::instead::other_number;
use super::{
    Telling, as_written, is_as_usual_for_it, is_calm, is_elsewhere, not_here, opening, sentence, services,
    still_wrong, unless_in, worst,
};
use crate::domain::facts::{Ending, Facts, Freshness, LineFact, View};
use crate::domain::incident::{Stage, Update};
use crate::domain::system;
use crate::words::{Words, sentences};

/// The whole text message: one part, but where words must not be left out. Those are an end
/// and a correction, with what still holds; other words about 999 and 111; each service that
/// readers can choose and that does not take place, and for which half of a day. Of the rest
/// what has changed goes before what it is called.
pub(super) fn text_message(telling: &Telling<'_>, name: &str, national: &str, advice: &str) -> String {
    let (url, locale, w) = (&telling.page_url, telling.words.locale, telling.words);
    let in_full = |what: &str| in_full(name, what, advice, url, locale);
    let opening = opening_short(telling);
    let off = services::off(&telling.facts.org, telling.view);
    let is_off = |f: &&LineFact| off.iter().any(|o| o.line == f.line);
    let services = services::said(&off, w);
    if telling.update.corrects.is_some() {
        return match as_written(telling) {
            Some(own) => in_full(&join(&[&own, &services, national])),
            None => {
                let others = still_wrong(telling.view).into_iter().filter(|f| !is_off(f));
                let others: Vec<String> = others.map(|f| sentence(w, f)).collect();
                with_all(name, &join(&[&opening, national, &services]), &others, advice, url, locale)
            }
        };
    }
    let other = worst(telling).filter(|f| !is_off(f)).map(|f| unless_in(&opening, sentence(w, f)));
    let fact = join(&[&services, &other.unwrap_or_default()]);
    let whole = join(&[&opening, &fact, national]);
    if telling.update.stage == Stage::Resolved {
        return in_full(&whole);
    }
    // Whoever was told before that it fails reads what is new; that it works again, or fails
    // again, is news itself.
    let news = as_written(telling).filter(|_| was_failing(telling)).unwrap_or_else(|| opening.clone());
    match (fact.as_str(), national) {
        ("", "") => short(name, &[&news, &opening, &first(&opening)], advice, url, locale),
        (_, "") => at_least(name, &news, &fact, advice, url, locale),
        _ => Some(in_full(&whole))
            .filter(|text| is_short(text))
            .unwrap_or_else(|| in_full(&join(&[&fact, national]))),
    }
}

/// Whether it fails, and the update before said so too.
fn was_failing(telling: &Telling<'_>) -> bool {
    let fails = |update: &Update| matches!(update.stage, Stage::Investigating | Stage::Identified);
    let (updates, this) = (&telling.incident.incident.updates, telling.update);
    let before = updates.iter().rfind(|u| u.seq < this.seq && u.withdrawn_at.is_none());
    fails(this) && before.is_some_and(fails)
}

/// The first sentence: what has changed, where there is room for no more.
pub(super) fn first(text: &str) -> String {
    sentences(text).into_iter().next().unwrap_or_default().trim().to_owned()
}

pub(super) fn opening_short(telling: &Telling<'_>) -> String {
    let (update, w) = (telling.update, telling.words);
    match update.stage {
        _ if update.corrects.is_some() || telling.left => opening(telling),
        Stage::Investigating | Stage::Identified => {
            let system = telling.incident.incident.target.system().filter(|_| is_as_usual_for_it(telling));
            system.and_then(|key| system::short(key, w)).map_or_else(|| opening(telling), str::to_owned)
        }
        Stage::Resolved if is_elsewhere(telling) => not_here(telling),
        Stage::Resolved if is_calm(telling) => w.get("back-to-normal").into(),
        Stage::Resolved if telling.incident.ending != Ending::Own => telling.said_over(),
        _ => opening(telling),
    }
}

/// The sentence on attending that fits into a text message.
pub(super) fn short_headline(telling: &Telling<'_>, long: &str) -> String {
    let text = telling.view.headline.short(telling.words);
    if text.len() <= long.len() { text.to_owned() } else { long.to_owned() }
}

/// What a place says at one moment, for whoever asks by text: the answer, with what is known
/// to be late and each service that does not take place; and then all else that is not as
/// usual, the worst first.
pub fn status(facts: &Facts, view: &View, w: &'static Words) -> (String, Vec<String>) {
    // That old information may be wrong is said by the answer itself.
    let late = match view.freshness {
        Freshness::Overdue => format!("{}{}", w.get("update-late"), w.locale.stop()),
        Freshness::Current | Freshness::Expired => String::new(),
    };
    let off = services::off(&facts.org, view);
    let others = still_wrong(view).into_iter().filter(|f| off.iter().all(|off| off.line != f.line));
    let number = other_number(facts, view, w);
    let answer = join(&[&view.headline.text(w), &late, &number, &services::said(&off, w)]);
    (answer, others.map(|f| sentence(w, f)).collect())
}
