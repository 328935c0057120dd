//! The words of a text message.

use super::fitting::{in_full, is_short, join, short, with_all, written};
use super::instead::other_number;
use super::{
    Telling, as_written, fact, is_as_usual_for_it, is_calm, is_elsewhere, not_here, opening, sentence,
    still_wrong, unless_in, worst,
};
use crate::domain::facts::{Ending, Facts, Freshness, View};
use crate::domain::incident::Stage;
use crate::domain::system;
use crate::words::Words;

/// The whole text message: one part, but where words must not be left out. Those are an end
/// and a correction, with what still holds; other words about 999 and 111; and for which half
/// of a day a service is off: nobody stays at home in the afternoon because of the morning.
pub(super) fn text_message(telling: &Telling<'_>, name: &str, national: &str, advice: &str) -> String {
    let (url, locale) = (&telling.page_url, telling.words.locale);
    let in_full = |what: &str| in_full(name, &join(&[what, national]), advice, url, locale);
    if telling.update.corrects.is_some() {
        let still = still_wrong(telling.view).into_iter().map(|f| sentence(telling.words, f));
        return match as_written(telling) {
            Some(own) => in_full(&own),
            None => {
                let wrong = join(&[&opening_short(telling), national]);
                with_all(name, &wrong, &still.collect::<Vec<_>>(), advice, url, locale)
            }
        };
    }
    let whats = happened(telling);
    let whats: Vec<&str> = whats.iter().map(String::as_str).collect();
    let of_session = worst(telling).filter(|f| f.setting.session.is_some());
    let fact = of_session.map(|f| sentence(telling.words, f)).unwrap_or_default();
    let told = |text: &String| text.contains(&written(&fact, locale.is_latin()));
    let text = match (telling.update.stage, national) {
        (Stage::Resolved, _) => whats.first().map(|what| in_full(what)),
        (_, "") => Some(short(name, &whats, advice, url, locale)),
        _ => whats.iter().map(|what| in_full(what)).find(|text| told(text) && is_short(text)),
    };
    text.filter(told).unwrap_or_else(|| in_full(&fact))
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
        Stage::Resolved if telling.incident.ending != Ending::Own => {
            w.with("they-said-over", &[("name", (&telling.speaker).into())])
        }
        _ => opening(telling),
    }
}

/// What happened, fullest first; a text message tells the first that fits.
fn happened(telling: &Telling<'_>) -> Vec<String> {
    let opening = opening_short(telling);
    let fact = unless_in(&opening, fact(telling));
    match fact.is_empty() {
        true => vec![opening],
        false => vec![join(&[&opening, &fact]), fact, opening],
    }
}

/// The sentence on attending that fits into a text message.
pub(super) fn short_headline(telling: &Telling<'_>, long: &str) -> String {
    let text = telling.view.headline.short(telling.words);
    if text.len() <= long.len() { text.to_owned() } else { long.to_owned() }
}

/// What a place says at one moment, for whoever asks by text: the answer, with what is known
/// to be late, and then all that is not as usual, the worst first.
pub fn status(facts: &Facts, view: &View, w: &'static Words) -> (String, Vec<String>) {
    // That old information may be wrong is said by the answer itself.
    let late = match view.freshness {
        Freshness::Overdue => format!("{}{}", w.get("update-late"), w.locale.stop()),
        Freshness::Current | Freshness::Expired => String::new(),
    };
    let answer = join(&[&view.headline.text(w), &late, &other_number(facts, view, w)]);
    (answer, still_wrong(view).into_iter().map(|f| sentence(w, f)).collect())
}
