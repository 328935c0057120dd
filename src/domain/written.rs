//! Words that a person wrote.
//!
//! They are shown as written and never translated by machine (hazard H6). The
//! text itself is in English; a person may add the same in other languages.
//! Organisations in Wales have to give both English and Welsh: the Welsh
//! Language Standards (No. 7) Regulations 2018 bind the NHS bodies of Wales.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FieldError;
use crate::words::{self, Locale, Words};

/// A text in English, and the same in other languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub english: String,
    /// Never holds English.
    pub others: BTreeMap<Locale, String>,
}

impl From<&str> for Written {
    fn from(english: &str) -> Self {
        Self { english: english.to_owned(), others: BTreeMap::new() }
    }
}

impl Written {
    /// Texts as they were typed; `None` when there are none at all.
    pub fn typed(english: Option<String>, welsh: Option<String>) -> Option<Self> {
        if english.is_none() && welsh.is_none() {
            return None;
        }
        let others = welsh.map(|text| (Locale::Cy, text)).into_iter().collect();
        Some(Self { english: english.unwrap_or_default(), others })
    }

    /// One of our own sentences, with a name put in, in every language.
    pub fn built_in(id: &str, name: &'static str, value: &str) -> Self {
        Self::in_every(|w| w.put(id, name, value))
    }

    /// Our own words, in every language.
    pub fn in_every(of: impl Fn(&'static Words) -> String) -> Self {
        let others = Locale::ALL.iter().filter(|l| **l != Locale::En);
        let others = others.map(|l| (*l, of(words::of(*l)))).collect();
        Self { english: of(words::english()), others }
    }

    pub fn welsh(&self) -> Option<&str> {
        self.others.get(&Locale::Cy).map(String::as_str)
    }

    /// Nothing was written, in any language.
    pub fn is_blank(&self) -> bool {
        self.english.trim().is_empty() && self.others.values().all(|t| t.trim().is_empty())
    }

    /// What a reader of `locale` gets, and the language that it is in.
    pub fn for_reader(&self, locale: Locale) -> (&str, Locale) {
        self.others.get(&locale).map_or((&self.english, Locale::En), |text| (text, locale))
    }

    /// The same as people read it, with phone numbers that run from left to right in any language.
    pub fn shown(&self, locale: Locale) -> (String, Locale) {
        match self.for_reader(locale) {
            (text, lang) if lang.is_rtl() => (words::numbers_from_left(text), lang),
            (text, lang) => (text.to_owned(), lang),
        }
    }

    /// The same, marked as English to readers of another language, for forms
    /// that have no way to tag a language.
    pub fn marked(&self, words: &'static Words) -> String {
        match self.shown(words.locale) {
            (text, lang) if lang == words.locale => text,
            (text, _) if words.locale.is_rtl() => {
                format!("{} {}", words.get("in-english"), words::from_left(&text))
            }
            (text, _) => format!("{} {text}", words.get("in-english")),
        }
    }

    /// Without the blanks around it, and without what is blank.
    pub fn trimmed(&self) -> Self {
        let kept = self.others.iter().filter(|(_, text)| !text.trim().is_empty());
        let others = kept.map(|(locale, text)| (*locale, text.trim().to_owned())).collect();
        Self { english: self.english.trim().to_owned(), others }
    }

    /// Checks each language; `at` points to the English text, such as
    /// `/message`, and the Welsh one lies at `/message_in/cy`.
    pub fn check(&self, at: &str, max: usize, needs_welsh: bool, errors: &mut Vec<FieldError>) {
        if self.english.trim().is_empty() && !self.is_blank() {
            errors.push(FieldError::new(at, "Write this in English as well."));
        } else {
            check_text(at, Some(&self.english), max, errors);
        }
        for (locale, text) in &self.others {
            check_text(&format!("{at}_in/{locale}"), Some(text), max, errors);
        }
        if std::iter::once(&self.english).chain(self.others.values()).any(|text| has_nhs_number(text)) {
            errors.push(FieldError::new(
                at,
                "This looks like an NHS number. Take it out: everybody can read this.",
            ));
        }
        if needs_welsh && self.welsh().is_none() {
            let what = if at == "/title" { "the title" } else { "your own words" };
            errors.push(FieldError::new(
                format!("{at}_in/cy"),
                format!("Write {what} in Welsh as well. Organisations in Wales use both languages."),
            ));
        }
    }
}

/// Free text: not blank, not too long, no control characters.
pub fn check_text(at: &str, text: Option<&str>, max: usize, errors: &mut Vec<FieldError>) {
    let Some(text) = text else { return };
    if text.trim().is_empty() {
        errors.push(FieldError::new(at, "Enter some text, or leave this out."));
    } else if text.chars().count() > max {
        let over = text.chars().count() - max;
        errors.push(FieldError::new(at, format!("Use at most {max} characters. This is {over} too many.")));
    } else if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        errors.push(FieldError::new(at, "Remove the characters that cannot be shown."));
    }
}

/// Whether a text has an NHS number in it: ten digits, in one piece or as 3, 3 and 4, of which
/// the last is the check digit (NHS Data Dictionary, NHS NUMBER: modulus 11).
fn has_nhs_number(text: &str) -> bool {
    // Runs of digits with what stands between them.
    let is_gap = |c: char| matches!(c, ' ' | '-' | '\u{a0}');
    text.split(|c: char| !c.is_ascii_digit() && !is_gap(c)).any(|piece| {
        let runs: Vec<&str> = piece.split(is_gap).filter(|run| !run.is_empty()).collect();
        let whole = runs.iter().any(|run| run.len() == 10 && has_check_digit(run));
        let apart = |w: &[&str]| {
            w[0].len() == 3 && w[1].len() == 3 && w[2].len() == 4 && has_check_digit(&w.concat())
        };
        whole || runs.windows(3).any(apart)
    })
}

fn has_check_digit(ten: &str) -> bool {
    let digits: Vec<u32> = ten.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((last, nine)) = digits.split_last() else { return false };
    let sum: u32 = nine.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_nhs_number_is_not_published() {
        // The numbers are from the range for tests (999), and one off.
        for text in ["NHS number 999 000 0018.", "9990000018", "Ms A (999-000-0018) is waiting"] {
            assert!(has_nhs_number(text), "{text}");
        }
        for text in
            ["Ring 01632 960 998 or 07700 900123.", "999 000 0019", "1 Mill Road, 111 999 0000180", ""]
        {
            assert!(!has_nhs_number(text), "{text}");
        }
        let mut errors = Vec::new();
        Written::from("999 000 0018 is ill").check("/message", 100, false, &mut errors);
        assert_eq!(errors.len(), 1);
    }

    fn both(english: &str, welsh: &str) -> Written {
        Written::typed(Some(english.into()), Some(welsh.into())).unwrap()
    }

    #[test]
    fn each_reader_gets_their_own_language_or_english() {
        let text = both("We are closed.", "Rydym ar gau.");
        assert_eq!(text.for_reader(Locale::Cy), ("Rydym ar gau.", Locale::Cy));
        assert_eq!(text.for_reader(Locale::Ur), ("We are closed.", Locale::En));
        assert_eq!(text.marked(words::of(Locale::Cy)), "Rydym ar gau.");
        assert_eq!(text.marked(words::english()), "We are closed.");
        assert!(text.marked(words::of(Locale::Pl)).ends_with(" We are closed."));
        let isolated = text.marked(words::of(Locale::Ur));
        assert!(isolated.ends_with(" \u{2066}We are closed.\u{2069}"), "numbers and stops keep their place");
    }

    #[test]
    fn wales_needs_both_languages() {
        let wrong = |text: &Written, needs_welsh| {
            let mut errors = Vec::new();
            text.check("/message", 20, needs_welsh, &mut errors);
            errors.into_iter().map(|e| e.pointer).collect::<Vec<_>>()
        };
        assert_eq!(wrong(&"Closed.".into(), false), [""; 0]);
        assert_eq!(wrong(&"Closed.".into(), true), ["/message_in/cy"]);
        assert_eq!(wrong(&both("Closed.", "Ar gau."), true), [""; 0]);
        assert_eq!(wrong(&both("", "Ar gau."), true), ["/message"]);
        assert_eq!(wrong(&both("Closed.", "Ar gau heddiw ac yfory."), true), ["/message_in/cy"]);
        assert_eq!(wrong(&both("Closed.", " "), true), ["/message_in/cy"]);
    }

    #[test]
    fn our_own_sentences_are_there_in_every_language() {
        let title = Written::built_in("system-is-not-working", "system", "EMIS Web");
        assert_eq!(title.english, "EMIS Web is not working");
        assert_eq!(title.others.len(), Locale::ALL.len() - 1);
        assert!(title.others.values().all(|t| t.contains("EMIS Web")));
    }
}
