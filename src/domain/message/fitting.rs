//! Making words fit: into a text message, and into the room that a post has.

use crate::domain::sms;
use crate::words::{self, Locale};

/// A text message fits into one part (GSM 03.38, septets).
pub const SMS_MAX: usize = 160;
/// How many parts a text outside the GSM alphabet may take; each holds 67
/// UTF-16 units (3GPP TS 23.040).
pub const UCS2_PARTS: usize = 3;

/// How many parts a text may take that tells all that is not as usual.
const MOST_PARTS: usize = 3;

/// Name, what happened, what to do, link. Languages in Latin letters fit into
/// one part of 160 GSM characters; the others into [`UCS2_PARTS`] of UCS-2. Of
/// `whats`, fullest first, the first that fits is told; then the name gives way;
/// never the advice or the link.
pub fn short(name: &str, whats: &[&str], advice: &str, url: &str, locale: Locale) -> String {
    let latin = locale.is_latin();
    let (name, advice) = (written(name, latin), written(advice, latin));
    let (max, units): (usize, fn(&str) -> usize) = match latin {
        true => (SMS_MAX, |s| sms::septets(s).unwrap_or(usize::MAX)),
        false => (UCS2_PARTS * 67, |s| s.encode_utf16().count()),
    };
    let with = |what: &&str| format!("{name}: {} {url}", join(&[&written(what, latin), &advice]));
    if let Some(all) = whats.iter().map(with).find(|all| units(all) <= max) {
        return all;
    }
    let rest = units(&format!(": {advice} {url}"));
    let room = max.saturating_sub(rest);
    format!("{}: {advice} {url}", fit(&name, room, units))
}

/// The same where nothing may be left out, in as many parts as it takes.
pub fn in_full(name: &str, what: &str, advice: &str, url: &str, locale: Locale) -> String {
    let latin = locale.is_latin();
    let text = join(&[&written(what, latin), &written(advice, latin)]);
    format!("{}: {text} {url}", written(name, latin))
}

/// What must be told, in as many parts as it takes, behind how it `opens` where that takes no
/// more than one part, or than it takes without.
pub fn at_least(name: &str, opens: &str, must: &str, advice: &str, url: &str, locale: Locale) -> String {
    let parts = |text: &String| sms::segments(text).segments;
    let least = in_full(name, must, advice, url, locale);
    let room = parts(&least).max(if locale.is_latin() { 1 } else { UCS2_PARTS });
    let all = in_full(name, &join(&[opens, must]), advice, url, locale);
    if parts(&all) <= room { all } else { least }
}

/// What happened and all that is not as usual, the worst first, as far as it fits into
/// [`MOST_PARTS`]; the name, what happened, the advice and the link always.
pub fn with_all(name: &str, what: &str, wrong: &[String], advice: &str, url: &str, locale: Locale) -> String {
    let with = |n: usize| {
        let told = std::iter::once(what).chain(wrong[..n].iter().map(String::as_str)).collect::<Vec<_>>();
        in_full(name, &join(&told), advice, url, locale)
    };
    (1..=wrong.len()).rev().map(with).find(|text| is_short(text)).unwrap_or_else(|| with(0))
}

/// Whether it takes few parts.
pub fn is_short(text: &str) -> bool {
    sms::segments(text).segments <= MOST_PARTS
}

/// What is said, cut at a word, and behind it the end, which is whole; where that alone is
/// too long, its sentences as far as they fit.
pub fn fit_before(said: &str, end: &str, room: usize, count: impl Fn(&str) -> usize) -> String {
    let said = fit(said, room.saturating_sub(count(end) + 1), &count);
    let both = format!("{said} {end}");
    if count(&both) <= room {
        return both;
    }
    let mut kept = String::new();
    for sentence in words::sentences(end) {
        let longer = join(&[&kept, &sentence]);
        if count(&longer) > room {
            break;
        }
        kept = longer;
    }
    if kept.is_empty() { fit(end, room, count) } else { kept }
}

/// A text in the letters that a text message can hold.
pub fn written(text: &str, latin: bool) -> String {
    if latin { sms::to_gsm(text) } else { words::without_marks(text) }
}

/// Joins sentences with a space, leaving empty ones out. What a person wrote may have
/// no full stop, and must not run into the advice behind it.
pub fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
        if !out.is_empty() {
            out.push_str(if has_ended(&out) { " " } else { ". " });
        }
        out.push_str(part);
    }
    out
}

/// Whether a text ends as a sentence does, quotes, brackets and marks that cannot be
/// seen left aside.
pub(crate) fn has_ended(text: &str) -> bool {
    let behind = |c: char| {
        matches!(c, '"' | '\'' | ')' | ']' | '\u{201d}' | '\u{2019}' | '\u{bb}')
            || words::without_marks(c.encode_utf8(&mut [0; 4])).is_empty()
    };
    let text = text.trim_end_matches(behind);
    text.ends_with(['.', '!', '?', ':', ';', '\u{2026}', '।', '۔', '؟'])
}

pub fn trim_stop(text: &str) -> String {
    text.trim().trim_end_matches(['.', '।', '۔']).to_owned()
}

/// Cuts at a word so that `count` of the result is at most `max`.
pub fn fit(text: &str, max: usize, count: impl Fn(&str) -> usize) -> String {
    if count(text) <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let longer = format!("{kept}{word}");
        if count(&format!("{}...", longer.trim_end())) > max {
            break;
        }
        kept = longer;
    }
    format!("{}...", kept.trim_end())
}
