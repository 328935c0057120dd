//! Finding an organisation by name, town, postcode or code.
//!
//! People type in a hurry: case, spaces, apostrophes and one typing error make
//! no difference. All words of all names, towns and streets are in one sorted
//! list of some 20,000. Looking through all of it for each word that was typed
//! is quick enough, so there is no cleverer index to keep in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memmem::Finder;

use crate::domain::org::{Directory, Org, OrgKind, OrgStatus};

/// The most places that a search shows.
pub const MAX_FOUND: usize = 30;
/// With fewer matches than this, those with a typing error are shown too.
const FEW: usize = 5;
/// More words than this do not make a search better.
const MAX_WORDS: usize = 8;
/// Too short to guess what was meant.
const SHORTEST_GUESS: usize = 4;

/// The second half of a postcode, in letters.
const INWARD: usize = 3;
/// What kind of street it is, which people remember least.
const STREETS: [&str; 11] =
    ["road", "rd", "street", "st", "lane", "ln", "avenue", "ave", "close", "drive", "way"];

/// Words that say nothing about a place. None of them has to be found.
const STOP_WORDS: [&str; 13] =
    ["the", "a", "an", "in", "near", "at", "by", "of", "on", "to", "for", "my", "nhs"];

/// Words for a kind of place, whatever it is called.
const KINDS: [(&[&str], &[OrgKind]); 3] = [
    (
        &["gp", "gps", "doctor", "doctors", "dr", "surgery", "surgeries", "practice", "practices"],
        &[OrgKind::Practice, OrgKind::Branch],
    ),
    (&["chemist", "chemists", "pharmacy", "pharmacies", "pharmacist"], &[OrgKind::Pharmacy]),
    (&["hospital", "hospitals"], &[OrgKind::Trust, OrgKind::TrustSite]),
];

/// What a word costs that does not match as it stands. Two typing errors are
/// too many.
const PREFIX: u16 = 1;
const INSIDE: u16 = 3;
const MISTYPED: u16 = 100;
const NO_MATCH: u16 = 2 * MISTYPED;

/// All open places that patients go to, with what they are found by.
#[derive(Default)]
pub struct Index {
    /// In the order in which equally good ones are shown.
    places: Vec<Place>,
    /// In order of the word.
    words: Vec<Word>,
}

struct Place {
    org: Arc<Org>,
    /// The name, plain.
    name: Box<str>,
    /// Name and town without any spaces.
    squeezed: Box<str>,
    /// Without its space, in lower case.
    postcode: Box<str>,
}

impl Place {
    fn new(org: &Arc<Org>) -> Self {
        let name = plain(&org.name);
        Self {
            squeezed: squeeze(&format!("{name}{}", plain(&org.town))).into(),
            name: name.into(),
            postcode: squeeze(&org.postcode).into(),
            org: Arc::clone(org),
        }
    }

    /// Places of one name are told apart by town and street.
    fn order(&self) -> (&str, &str, &str, &str) {
        (&self.name, &self.org.town, &self.org.address, self.org.code.as_str())
    }
}

struct Word {
    text: Box<str>,
    letters: u32,
    /// Which places have it, and what it costs to be found by it there: a name
    /// says more than a street.
    places: Vec<(u32, u16)>,
}

impl Index {
    pub fn new(directory: &Directory) -> Self {
        let mut it = Self::default();
        let mut words: BTreeMap<String, Vec<(u32, u16)>> = BTreeMap::new();
        let open =
            |org: &&Arc<Org>| org.kind.sees_patients() && org.status == OrgStatus::Active && !org.placeholder;
        it.places = directory.iter().filter(open).map(Place::new).collect();
        it.places.sort_by(|a, b| a.order().cmp(&b.order()));
        for (number, place) in (0u32..).zip(&it.places) {
            let (town, street) = (plain(&place.org.town), plain(&place.org.address));
            for (text, cost) in [(&*place.name, 0), (&town, 1), (&street, 2)] {
                for word in text.split(' ').filter(|w| !w.is_empty()) {
                    let places = words.entry(word.to_owned()).or_default();
                    // Fields come cheapest first, so the first one stays.
                    if places.last().is_none_or(|(last, _)| *last != number) {
                        places.push((number, cost));
                    }
                }
            }
        }
        it.words = words
            .into_iter()
            .map(|(text, places)| Word { letters: letters(&text), text: text.into(), places })
            .collect();
        it
    }

    /// All that can be found, in order of name.
    pub fn places(&self) -> impl Iterator<Item = &Arc<Org>> {
        self.places.iter().map(|place| &place.org)
    }

    /// The best matches, best first; every word must be found.
    pub fn find(&self, query: &str) -> Vec<Arc<Org>> {
        let (wanted, whole) = (plain(query), squeeze(query));
        if whole.is_empty() {
            return Vec::new();
        }
        let named = self.by_code_or_postcode(&whole);
        if !named.is_empty() {
            return named;
        }
        let words: Vec<&str> = wanted.split(' ').take(MAX_WORDS).collect();
        let split = self.split_where_joined(&words);
        let of_words: Vec<Vec<u16>> = split.iter().map(|word| self.costs_of(word)).collect();
        let mut costs = self.sum(of_words.iter());
        if costs.iter().all(|cost| *cost >= MISTYPED) {
            costs = self.helped(&split, of_words).unwrap_or(costs);
        }
        for (place, cost) in self.places.iter().zip(&mut costs) {
            if place.name.starts_with(&wanted) {
                *cost = 0;
            }
        }
        if costs.iter().all(|cost| *cost >= MISTYPED) {
            self.find_joined(&whole, &mut costs);
        }
        if costs.iter().filter(|cost| **cost < MISTYPED).count() >= FEW {
            costs.iter_mut().filter(|cost| **cost >= MISTYPED).for_each(|cost| *cost = NO_MATCH);
        }
        let found = self.best(&costs);
        if !found.is_empty() {
            return found;
        }
        let named: Vec<&str> = words.iter().copied().filter(|word| !STREETS.contains(word)).collect();
        if !named.is_empty() && named.len() < words.len() {
            return self.find(&named.join(" "));
        }
        let others = [Self::by_begun_code, Self::nearby, Self::by_mistyped_code];
        others.iter().map(|ask| ask(self, &whole)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Places whose code is one letter or digit from what was typed: O for 0.
    fn by_mistyped_code(&self, whole: &str) -> Vec<Arc<Org>> {
        if whole.len() < SHORTEST_GUESS || !whole.bytes().any(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let is_near = |p: &&Place| is_one_off(&p.org.code.as_str().to_lowercase(), whole);
        self.places.iter().filter(is_near).take(MAX_FOUND).map(|p| Arc::clone(&p.org)).collect()
    }

    /// Places whose code begins so: somebody is still typing it.
    fn by_begun_code(&self, whole: &str) -> Vec<Arc<Org>> {
        if whole.len() < 2 || !whole.bytes().any(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let begins = |p: &&Place| {
            p.org.code.as_str().get(..whole.len()).is_some_and(|start| start.eq_ignore_ascii_case(whole))
        };
        self.places.iter().filter(begins).take(MAX_FOUND).map(|p| Arc::clone(&p.org)).collect()
    }

    /// Where somebody gave their own postcode, at which there is no place: those of
    /// the same sector, else of the same district.
    fn nearby(&self, whole: &str) -> Vec<Arc<Org>> {
        let Some((district, unit)) = whole.split_at_checked(whole.len().saturating_sub(3)) else {
            return Vec::new();
        };
        let [sector @ b'0'..=b'9', b'a'..=b'z', b'a'..=b'z'] = unit.as_bytes() else { return Vec::new() };
        let sector = format!("{district}{}", char::from(*sector));
        let within = |begin: &str, length: usize| -> Vec<Arc<Org>> {
            let is_there = |p: &&Place| p.postcode.starts_with(begin) && p.postcode.len() == length;
            self.places.iter().filter(is_there).take(MAX_FOUND).map(|p| Arc::clone(&p.org)).collect()
        };
        let found = within(&sector, whole.len());
        if found.is_empty() && looks_like_postcode(district) { within(district, whole.len()) } else { found }
    }

    /// Who has exactly this code or postcode, or a postcode that begins so.
    fn by_code_or_postcode(&self, whole: &str) -> Vec<Arc<Org>> {
        let exactly = |p: &&Place| &*p.postcode == whole || p.org.code.as_str().eq_ignore_ascii_case(whole);
        let begins = |p: &&Place| looks_like_postcode(whole) && p.postcode.starts_with(whole);
        let mut found: Vec<&Place> = self.places.iter().filter(exactly).collect();
        if found.is_empty() {
            found = self.places.iter().filter(begins).collect();
            // ZM1 itself comes before ZM11.
            let order =
                |p: &&Place| (p.postcode.len() != whole.len() + INWARD, p.postcode.clone(), p.name.clone());
            found.sort_by_cached_key(order);
        }
        found.iter().take(MAX_FOUND).map(|p| Arc::clone(&p.org)).collect()
    }

    /// What it costs each place to be found by all the words, of what each costs.
    fn sum<'a>(&self, of_words: impl Iterator<Item = &'a Vec<u16>>) -> Vec<u16> {
        let mut sums = vec![0u16; self.places.len()];
        for costs in of_words {
            for (sum, cost) in sums.iter_mut().zip(costs) {
                *sum = (*sum + cost).min(NO_MATCH);
            }
        }
        sums
    }

    /// What it costs each place to be found by one word.
    fn costs_of(&self, word: &str) -> Vec<u16> {
        let mut costs = self.costs_of_postcode(word);
        let (typed, within) = (letters(word), Finder::new(word));
        for known in &self.words {
            // A letter that a word does not have is an error, and two are too many.
            let likeness = match (typed & !known.letters).count_ones() {
                0 => likeness(&known.text, word, &within),
                1 => mistaken(&known.text, word),
                _ => None,
            };
            let Some(extra) = likeness else { continue };
            for (number, cost) in &known.places {
                if let Some(best) = costs.get_mut(*number as usize) {
                    *best = (*best).min(cost + extra);
                }
            }
        }
        costs
    }

    /// The same where no place has all the words as they stand: of a place of the kind that
    /// somebody asks for, none needs to name it, and little words need not be anywhere.
    fn helped(&self, words: &[&str], mut of_words: Vec<Vec<u16>>) -> Option<Vec<u16>> {
        let kinds_of = |word: &str| KINDS.iter().find(|(names, _)| names.contains(&word)).map(|(_, k)| *k);
        for (word, costs) in words.iter().zip(&mut of_words) {
            let Some(kinds) = kinds_of(word) else { continue };
            let of_kind = self.places.iter().zip(costs).filter(|(place, _)| kinds.contains(&place.org.kind));
            of_kind.for_each(|(_, cost)| *cost = (*cost).min(INSIDE));
        }
        let says = |word: &&str| !STOP_WORDS.contains(word);
        let kept = words.iter().zip(&of_words).filter(|(word, _)| says(word)).map(|(_, costs)| costs);
        let is_helped = words.iter().any(|word| !says(word) || kinds_of(word).is_some());
        (is_helped && words.iter().any(says)).then(|| self.sum(kept))
    }

    /// A word beside others may be a postcode, or its first or second half.
    fn costs_of_postcode(&self, word: &str) -> Vec<u16> {
        if !(3..=7).contains(&word.len()) || !word.contains(|c: char| c.is_ascii_digit()) {
            return vec![NO_MATCH; self.places.len()];
        }
        let is_half = |p: &str| p.starts_with(word) || (word.len() == 3 && p.ends_with(word));
        self.places.iter().map(|p| if is_half(&p.postcode) { PREFIX } else { NO_MATCH }).collect()
    }

    /// "Highstreet" is "high street" when nobody knows the first.
    fn split_where_joined<'a>(&self, words: &[&'a str]) -> Vec<&'a str> {
        let mut out = Vec::new();
        for word in words {
            if STOP_WORDS.contains(word) || KINDS.iter().any(|(names, _)| names.contains(word)) {
                out.push(*word);
                continue;
            }
            let known = || self.words.iter().any(|w| w.text.contains(word));
            let halves = (2..word.len().saturating_sub(1))
                .filter_map(|at| word.split_at_checked(at))
                .find(|(a, b)| self.has(a) && self.has(b));
            match halves {
                Some((a, b)) if !known() => out.extend([a, b]),
                _ => out.push(*word),
            }
        }
        out
    }

    fn has(&self, word: &str) -> bool {
        self.words.binary_search_by(|w| (*w.text).cmp(word)).is_ok()
    }

    /// Names and towns without their spaces, and mistyped postcodes.
    fn find_joined(&self, whole: &str, costs: &mut [u16]) {
        if whole.len() < SHORTEST_GUESS {
            return;
        }
        let (postcode, within) = (looks_like_postcode(whole), Finder::new(whole));
        for (place, cost) in self.places.iter().zip(costs) {
            if within.find(place.squeezed.as_bytes()).is_some() {
                *cost = INSIDE;
            } else if postcode && is_one_off(&place.postcode, whole) {
                *cost = (*cost).min(MISTYPED);
            }
        }
    }

    fn best(&self, costs: &[u16]) -> Vec<Arc<Org>> {
        let found = costs.iter().enumerate().filter(|(_, cost)| **cost < NO_MATCH);
        let mut found: Vec<(u16, usize)> = found.map(|(place, cost)| (*cost, place)).collect();
        // A town may have hundreds; only the first are put in order.
        if found.len() > MAX_FOUND {
            found.select_nth_unstable(MAX_FOUND);
            found.truncate(MAX_FOUND);
        }
        found.sort_unstable();
        found.iter().filter_map(|(_, place)| self.places.get(*place)).map(|p| Arc::clone(&p.org)).collect()
    }
}

/// Which letters a word has, a bit for each. Other letters than those of ASCII
/// have no bit, so that they rule nothing out.
fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii).fold(0, |all, b| all | 1 << (b % 32))
}

/// How far a known word is from the one that was typed, for which `within`
/// looks; `None` when it is another word.
fn likeness(known: &str, typed: &str, within: &Finder) -> Option<u16> {
    match within.find(known.as_bytes()) {
        Some(0) if known.len() == typed.len() => Some(0),
        Some(0) => Some(PREFIX),
        // "rd" is in many a town.
        Some(_) if typed.len() <= 2 => None,
        Some(_) => Some(INSIDE),
        None => mistaken(known, typed),
    }
}

/// What it costs when the word is the known one with one typing error.
fn mistaken(known: &str, typed: &str) -> Option<u16> {
    (typed.len() >= SHORTEST_GUESS && is_one_off(known, typed)).then_some(MISTYPED)
}

/// Whether one letter more, less or different, or two letters that changed
/// places, make the difference.
fn is_one_off(a: &str, b: &str) -> bool {
    let (x, y) = (a.as_bytes(), b.as_bytes());
    // No letter takes more than 4 bytes, and nearly all take one.
    let most = if a.is_ascii() && b.is_ascii() { 1 } else { 4 };
    // One error leaves the first letter right, or the last.
    let ends_differ = most == 1 && x.first() != y.first() && x.last() != y.last();
    if x.len().abs_diff(y.len()) > most || ends_differ {
        return false;
    }
    let same = |(x, y): &(char, char)| x == y;
    let start: usize = a.chars().zip(b.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let mut a = a[..a.len() - end].chars();
    let mut b = b[..b.len() - end].chars();
    match [a.next(), a.next(), a.next(), b.next(), b.next(), b.next()] {
        [_, None, None, _, None, None] => true,
        [Some(a1), Some(a2), None, Some(b1), Some(b2), None] => a1 == b2 && a2 == b1,
        _ => false,
    }
}

/// Letters first, and a digit: "SW1A", "m13 9w".
fn looks_like_postcode(text: &str) -> bool {
    (2..=8).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().any(|c| c.is_ascii_digit())
}

/// Lower case, letters and digits only.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Lower case, apostrophes gone, other marks as single spaces.
fn plain(text: &str) -> String {
    let kept = text.to_lowercase().replace(['\'', '’', '‘', '`'], "");
    let spaced: String = kept.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
