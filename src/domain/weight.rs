//! How X counts: by weight, each link the same, each emoji like two letters.
//!
//! The rules are those of twitter-text 3.1.0, configuration 3
//! (<https://github.com/twitter/twitter-text>), for what messages hold: links
//! with and without a scheme, names of hosts in ASCII, any letters, emoji. A
//! test holds it against that library.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What any link counts.
const LINK: usize = 23;

static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/x_domains.txt").lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// The weight of a text; X takes 280.
pub fn of(text: &str) -> usize {
    let text: String = text.nfc().collect();
    let (mut weight, mut rest, mut before) = (0, text.as_str(), None);
    while let Some(next) = rest.chars().next() {
        if let Some(length) = link(rest, before) {
            weight += LINK;
            before = rest[..length].chars().last();
            rest = &rest[length..];
            continue;
        }
        let cluster = rest.graphemes(true).next().unwrap_or_default();
        let step = if is_emoji(cluster) { cluster.len() } else { next.len_utf8() };
        weight += if is_emoji(cluster) { 2 } else { letter(next) };
        before = rest[..step].chars().last();
        rest = &rest[step..];
    }
    weight
}

fn letter(c: char) -> usize {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

/// Several characters that are one picture: joined, coloured, flags, keys.
/// One alone counts two in any case.
fn is_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return false };
    let is_picture = !first.is_alphabetic() && (letter(first) == 2 || matches!(first, '©' | '®'));
    let is_key = matches!(first, '#' | '*' | '0'..='9') && cluster.ends_with('\u{20e3}');
    let joins = |c| matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
    is_key || (is_picture && chars.next().is_some_and(joins))
}

/// How long a link at the beginning is, in bytes; `None` when there is none.
fn link(text: &str, before: Option<char>) -> Option<usize> {
    let apart =
        before.is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '＠' | '$' | '#' | '＃')));
    if !apart {
        return None;
    }
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|s| lower.starts_with(s)).map_or(0, str::len);
    if scheme == 0 && matches!(before, Some('-' | '_' | '.' | '/')) {
        return None;
    }
    let host = host(&text[scheme..])?;
    let mut end = scheme + host;
    if let Some(port) = text[end..].strip_prefix(':') {
        let digits = port.bytes().take_while(u8::is_ascii_digit).count();
        end += if digits > 0 { digits + 1 } else { 0 };
    }
    if text[end..].starts_with('/') {
        end += 1 + path(&text[end + 1..]);
    }
    if let Some(query) = text[end..].strip_prefix('?') {
        let all = query
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || b"!?*'@();:&=+$/%#[]-_.,~|".contains(b));
        let kept = query[..all.count()].rfind(|c: char| c.is_ascii_alphanumeric() || "-_&=#/".contains(c));
        end += kept.map_or(0, |last| last + 2);
    }
    Some(end)
}

/// A name with a top-level domain that X knows: the longest such beginning.
fn host(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || ('\u{c0}'..='\u{24f}').contains(&c);
    let name = &text[..text.find(|c| !is_part(c) && c != '.').unwrap_or(text.len())];
    let mut best = None;
    let mut at = 0;
    for (index, label) in name.split('.').enumerate() {
        let end = at + label.len();
        if label.is_empty() || (label.starts_with('-') && index == 0) {
            break;
        }
        let goes_on = text[end..].starts_with(['@', '+', '-']);
        if index > 0 && !goes_on && DOMAINS.contains(label.to_ascii_lowercase().as_str()) {
            best = Some(end);
        }
        at = end + 1;
    }
    best
}

/// What of a path belongs to the link: not the mark at its end.
fn path(text: &str) -> usize {
    let is_letter =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{4ff}');
    let general = |c: char| is_letter(c) || "!*';:=+,.$/%#[]-–_~@|&".contains(c);
    let (mut end, mut open) = (0, None);
    for (at, c) in text.char_indices() {
        match c {
            '(' if open.is_none() => open = Some(at),
            ')' if open.is_some_and(|o| at > o + 1) => {
                open = None;
                end = at + 1;
            }
            c if !general(c) => break,
            c if open.is_none() && (is_letter(c) || "+-=_#/".contains(c)) => end = at + c.len_utf8(),
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_as_the_study_saw_them() {
        for (text, weight) in [
            ("", 0),
            ("abc", 3),
            ("see status.nhs.uk now", 31),
            ("https://status.example.nhs.uk/A81001", 23),
            ("Go to https://status.example.nhs.uk/A81001.", 6 + 23 + 1),
            ("👍", 2),
            ("👨‍👩‍👧‍👦", 2),
            ("🇬🇧", 2),
            ("1️⃣", 2),
            ("中文", 4),
            ("– ’ é", 5),
            ("e\u{301}", 1),
            ("ŵŷ", 2),
            ("a@b.uk", 6),
            ("5.30pm", 6),
        ] {
            assert_eq!(of(text), weight, "{text}");
        }
    }
}
