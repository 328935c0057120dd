//! Finding an organisation by name, town, postcode or code.

use std::sync::Arc;

use crate::domain::org::{Directory, Org, OrgStatus};

/// The most places that a search shows.
pub const MAX_FOUND: usize = 30;

/// All open places that patients go to, with what they are found by.
#[derive(Default)]
pub struct Index {
    entries: Vec<Entry>,
}

struct Entry {
    org: Arc<Org>,
    /// Name, town, street and code, plain and in lower case.
    words: String,
    /// Without its space, in lower case.
    postcode: String,
}

impl Index {
    pub fn new(directory: &Directory) -> Self {
        let entries = directory
            .iter()
            .filter(|org| org.kind.sees_patients() && org.status == OrgStatus::Active && !org.placeholder)
            .map(|org| Entry {
                words: plain(&format!("{} {} {} {}", org.name, org.town, org.address, org.code)),
                postcode: squeeze(&org.postcode),
                org: Arc::clone(org),
            })
            .collect();
        Self { entries }
    }

    /// The best matches, best first; every word must be found.
    pub fn find(&self, query: &str) -> Vec<Arc<Org>> {
        let wanted = plain(query);
        let words: Vec<&str> = wanted.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let postcode = squeeze(query);
        let mut found: Vec<(u8, &Entry)> =
            self.entries.iter().filter_map(|e| Some((rank(e, &wanted, &words, &postcode)?, e))).collect();
        found.sort_by(|(a, x), (b, y)| (a, &x.org.name, &x.org.code).cmp(&(b, &y.org.name, &y.org.code)));
        found.into_iter().take(MAX_FOUND).map(|(_, e)| Arc::clone(&e.org)).collect()
    }
}

/// Smaller is better; `None` when it does not match.
fn rank(entry: &Entry, wanted: &str, words: &[&str], postcode: &str) -> Option<u8> {
    if entry.org.code.as_str().eq_ignore_ascii_case(wanted) || entry.postcode == postcode {
        return Some(0);
    }
    if looks_like_postcode(postcode) && entry.postcode.starts_with(postcode) {
        return Some(1);
    }
    if entry.words.starts_with(wanted) {
        return Some(2);
    }
    words.iter().all(|w| entry.words.contains(w)).then_some(3)
}

/// Letters first, and a digit: "SW1A", "m13 9w".
fn looks_like_postcode(text: &str) -> bool {
    (2..=7).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().any(|c| c.is_ascii_digit())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase()
}

/// Lower case, apostrophes gone, other marks as spaces.
fn plain(text: &str) -> String {
    let kept = text.to_lowercase().replace(['\'', '’'], "");
    let spaced: String = kept.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
