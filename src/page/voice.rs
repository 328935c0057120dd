//! The answerphone script: what a caller hears when they ring (TwiML, `Say`).
//!
//! At about 150 words a minute it stays under a minute. Numbers are read digit
//! by digit.

use askama::Template;

use super::Context;
use super::notice;
use super::tell::{self, Phone};
use crate::domain::help;
use crate::domain::line::Line;
use crate::words::sentences;

/// 60 seconds at 150 words a minute.
pub const MAX_WORDS: usize = 150;

#[derive(Template)]
#[template(path = "public/voice.xml")]
struct Voice {
    sentences: Vec<String>,
}

/// Of that, the most for each of the words that somebody wrote about 111 and 999.
const MAX_CHANGED: usize = 40;

/// Writes the script, in British English.
pub fn voice(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let w = ctx.words;
    let mut first = vec![tell::named(ctx, "voice-greeting", &ctx.facts.org.name)];
    // The caller has contacted the place already.
    let before_you_come = |text: String| match text == w.get("contact-before-you-come") {
        true => w.get("voice-look-first").into(),
        false => text,
    };
    first.extend(ctx.view.headline.sentences(w).into_iter().map(before_you_come));
    let at = first.len();
    first.extend(tell::slowed(ctx).map(String::from));
    first.extend(tell::late(ctx));
    let mut last = last(ctx, MAX_CHANGED);
    let count = |all: &[String]| all.iter().map(|s| words_in(s)).sum::<usize>();
    let room = |first: &[String], last: &[String]| MAX_WORDS.checked_sub(count(first) + count(last));
    if let Some(doubt) = tell::doubt(ctx) {
        let is_long = room(&first, &last).is_none_or(|room| room < words_in(&doubt));
        let heard = Some(doubt).filter(|_| !is_long).or_else(|| tell::short_doubt(ctx));
        first.splice(at..at, heard);
    }
    if room(&first, &last).is_none() {
        last = self::last(ctx, MAX_CHANGED / 2);
    }
    let mut room = room(&first, &last).unwrap_or_default();
    // The number to call instead is said once, at the end.
    for text in notice::worst_first(ctx) {
        let text = spoken(&text);
        let words = words_in(&text);
        if words > room {
            break;
        }
        room -= words;
        first.push(text);
    }
    for (name, message) in tell::all_own_words(ctx) {
        let says = name.map(|name| format!("{}: ", tell::named(ctx, "place-says", name)));
        let text = says.unwrap_or_default() + &message.marked(w);
        let (kept, _) = notice::beginning(&spoken(&text), room, words_in);
        room -= words_in(&kept);
        first.extend(Some(help::ended(&kept, w)).filter(|text| !text.is_empty()));
    }
    first.extend(last);
    Voice { sentences: first }.render()
}

/// After these stands a year.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// What is heard at the end: the number to call instead, 111 and 999, and the web page.
fn last(ctx: &Context<'_>, most: usize) -> Vec<String> {
    let other = match tell::phone(ctx) {
        Phone::Instead(number) => Some(ctx.words.put("voice-other-number", "number", digits(&number))),
        _ => None,
    };
    let urgent = [(Line::Nhs111, "voice-111"), (Line::Emergency999, "voice-999")];
    let urgent = urgent.map(|(line, usual)| urgent_words(ctx, line, usual, most));
    other.into_iter().chain(urgent).chain([ctx.words.get("voice-webpage").into()]).collect()
}

/// What to do about 111 or 999. Of long words that changed it, the first sentences are
/// heard, at least one: the rest is on the page, and the caller hears what is wrong here too.
fn urgent_words(ctx: &Context<'_>, line: Line, usual: &str, most: usize) -> String {
    let text = spoken(&help::sentence(ctx.view, line, usual, ctx.words));
    let (kept, _) = notice::beginning(&text, most, words_in);
    let kept = match kept.is_empty() {
        true => sentences(&text).into_iter().next().unwrap_or_default(),
        false => kept,
    };
    help::ended(kept.trim(), ctx.words)
}

/// "0 7 7 0 0, 9 0 0 1 2 3".
fn digits(number: &str) -> String {
    let groups = number.split_whitespace().map(|group| {
        let digits: Vec<String> = group.chars().filter(char::is_ascii_digit).map(String::from).collect();
        digits.join(" ")
    });
    groups.filter(|g| !g.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Numbers of three digits or more, such as 111, are read digit by digit, but for the year
/// of a date; so that "111.nhs.uk" is not read as one number either.
fn spoken(text: &str) -> String {
    let mut before = "";
    let words = text.split(' ').map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_year = MONTHS.contains(&std::mem::replace(&mut before, bare)) && bare.len() == 4;
        let number = bare.len() >= 3 && bare.chars().all(|c| c.is_ascii_digit()) && !is_year;
        match number {
            true => word.replace(bare, &digits(bare)),
            false => word.replace("111.nhs.uk", "1 1 1 dot n h s dot u k"),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_no_number_to_dial() {
        let said = "Off on 19 August 2027. May 2028, room 2028 and 111.";
        assert_eq!(spoken(said), "Off on 19 August 2027. May 2028, room 2 0 2 8 and 1 1 1.");
    }
}
