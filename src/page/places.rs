//! All places by their towns, for whoever cannot search: in a static copy nothing else
//! leads to a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;

use super::site::Site;
use crate::domain::org::Org;
use crate::words::{self, Locale, Words};

/// The towns that begin with a letter; without one, the letters alone.
#[derive(Template)]
#[template(path = "public/places.html")]
pub struct Places {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    /// The same in each language.
    pub languages: Vec<(Locale, String)>,
    pub english: String,
    /// The letter that the towns begin with.
    pub letter: Option<char>,
    /// Each letter that a town begins with, and where its towns are.
    pub letters: Vec<(char, String)>,
    /// Towns in their order, each with its places.
    pub towns: Vec<(String, Vec<Place>)>,
}

impl Places {
    /// Whether this is the page of a letter.
    fn is_of(&self, letter: &char) -> bool {
        self.letter == Some(*letter)
    }
}

/// One place.
pub struct Place {
    pub address: String,
    pub name: String,
    /// "2 Market Row, ZM30 3AP".
    pub street: String,
}

/// Its address in a language, of one letter or of all.
pub fn address(locale: &Locale, letter: Option<char>) -> String {
    letter.map_or(format!("/places/{locale}"), |letter| {
        format!("/places/{locale}/{}", letter.to_ascii_lowercase())
    })
}

/// The letter that a text of one letter is.
pub fn letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters
        .next()
        .filter(|c| c.is_ascii_alphabetic() && letters.next().is_none())
        .map(|c| c.to_ascii_uppercase())
}

/// The letter of a town; A for a place without one.
fn begins(org: &Org) -> char {
    org.town.chars().find(char::is_ascii_alphabetic).map_or('A', |c| c.to_ascii_uppercase())
}

/// Every letter that there is.
pub fn letters(site: &Site) -> Vec<char> {
    let mut all: Vec<char> = site.search().places().map(|org| begins(org)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The places of a letter, in a language.
pub fn places(site: &Site, locale: Locale, letter: Option<char>) -> Places {
    let index = site.search();
    let mut towns: BTreeMap<&str, Vec<&Arc<Org>>> = BTreeMap::new();
    for org in index.places().filter(|org| letter == Some(begins(org))) {
        towns.entry(org.town.as_str()).or_default().push(org);
    }
    let place = |org: &Arc<Org>| Place {
        address: super::path(&org.code, locale, ""),
        name: org.name.clone(),
        street: [&org.address, &org.postcode]
            .into_iter()
            .filter(|p| !p.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(", "),
    };
    Places {
        w: words::of(locale),
        nhs_logo: site.nhs_logo(),
        languages: Locale::ALL.iter().map(|l| (*l, address(l, letter))).collect(),
        english: address(&Locale::En, letter),
        letter,
        letters: letters(site).into_iter().map(|l| (l, address(&locale, Some(l)))).collect(),
        towns: towns
            .into_iter()
            .map(|(town, all)| (town.to_owned(), all.into_iter().map(place).collect()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_one_letter() {
        assert_eq!(
            (letter("b"), letter("B"), letter("bb"), letter("1"), letter("")),
            (Some('B'), Some('B'), None, None, None)
        );
        assert_eq!(address(&Locale::En, Some('B')), "/places/en/b");
    }
}
