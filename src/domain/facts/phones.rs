//! What a place whose phones are down does not repeat: the sentences of others
//! that ask people to phone it (hazard H5). The place's own words stay.

use std::sync::Arc;

use super::{IncidentFact, LineFact};
use crate::domain::line::Line;
use crate::domain::org::OrgCode;
use crate::domain::written::Written;
use crate::words::sentences;

/// Verbs that ask to phone, in the languages that people here write in.
const VERBS: &[&str] = &["phone", "telephone", "call", "ring", "ffoniwch", "ffonio", "galwch", "galw"];
/// Numbers that work whatever happens to a surgery's phones.
const OTHERS: &[&str] = &["999", "112", "111", "119"];
/// After such a word a verb asks for nothing.
const NOT: &[&str] =
    &["not", "don't", "don’t", "never", "peidiwch", "we", "will", "to", "our", "the", "your", "a"];
/// Before such a word a verb is none, or somebody else phones.
const NOUNS: &[&str] = &["you", "lines", "line", "system", "systems", "number", "numbers", "calls", "chi"];

/// Takes them out of what others said about the incidents of a place.
pub(super) fn without_phoning(incidents: &mut [IncidentFact], candidates: &[LineFact], own: &OrgCode) {
    let phones = candidates.iter().find(|f| f.line == Line::Phones && !f.is_planned());
    if phones.is_none_or(|f| f.setting.state.key != "down") {
        return;
    }
    for fact in incidents {
        let asks =
            |text: &Written| asks_to_phone(&text.english) || text.others.values().any(|t| asks_to_phone(t));
        let all = &fact.incident.updates;
        if !all.iter().any(|u| u.said_by != *own && u.message.as_ref().is_some_and(asks)) {
            continue;
        }
        for update in Arc::make_mut(&mut fact.incident).updates.iter_mut().filter(|u| u.said_by != *own) {
            update.message =
                update.message.take().map(|text| rest(&text)).filter(|text| !text.english.is_empty());
        }
    }
}

/// The other sentences.
fn rest(text: &Written) -> Written {
    let kept = |text: &String| {
        let all = sentences(text).into_iter().filter(|s| !asks_to_phone(s));
        all.map(|s| s.trim().to_owned()).collect::<Vec<_>>().join(" ")
    };
    Written {
        english: kept(&text.english),
        others: text.others.iter().map(|(l, t)| (*l, kept(t))).filter(|(_, t)| !t.is_empty()).collect(),
    }
}

/// Whether a text asks its reader to phone somebody whose number may be dead.
fn asks_to_phone(text: &str) -> bool {
    sentences(text).iter().any(|sentence| {
        let lower = sentence.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric() && !"'’".contains(c))
            .filter(|w| !w.is_empty())
            .collect();
        let asks = |n: usize| {
            let before = n.checked_sub(1).and_then(|n| words.get(n));
            let after = words.get(n + 1);
            VERBS.contains(&words[n])
                && !before.is_some_and(|w| NOT.contains(w))
                && !after.is_some_and(|w| NOUNS.contains(w))
        };
        !words.iter().any(|w| OTHERS.contains(w)) && (0..words.len()).any(asks)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_ask_to_phone_are_told_from_those_that_do_not() {
        for asks in [
            "Phone your GP surgery if it is urgent.",
            "If it is urgent, call us.",
            "Please ring 01632 960 001.",
            "Ffoniwch eich meddygfa.",
        ] {
            assert!(asks_to_phone(asks), "{asks}");
        }
        for other in [
            "Our phone lines are down.",
            "We will phone you.",
            "Do not phone us.",
            "Call 999 in an emergency.",
            "Go to 111.nhs.uk or call 111.",
            "You cannot get a call through to us.",
            "The phones are not working.",
        ] {
            assert!(!asks_to_phone(other), "{other}");
        }
        let text = Written::from("EMIS Web is down. Phone your GP surgery if it is urgent. Bear with us.");
        assert_eq!(rest(&text).english, "EMIS Web is down. Bear with us.");
    }
}
