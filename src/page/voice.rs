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
    first.extend(tell::slowed(ctx).map(String::from));
    first.extend(tell::late(ctx));
    let mut last = Vec::new();
    if let Phone::Instead(number) = tell::phone(ctx) {
        last.push(w.put("voice-other-number", "number", digits(&number)));
    }
    last.push(urgent(ctx, Line::Nhs111, "voice-111"));
    last.push(urgent(ctx, Line::Emergency999, "voice-999"));
    last.push(w.get("voice-webpage").into());
    let count = |all: &[String]| all.iter().map(|s| words_in(s)).sum::<usize>();
    let mut room = MAX_WORDS.saturating_sub(count(&first) + count(&last));
    // The number to call instead is said once, at the end.
    for fact in notice::worst_first(ctx) {
        let text = spoken(&tell::line_and_way(ctx, fact));
        let words = words_in(&text);
        if words > room {
            break;
        }
        room -= words;
        first.push(text);
    }
    for (name, message) in tell::own_words(ctx) {
        let says = name.map(|name| format!("{}: ", tell::named(ctx, "place-says", name)));
        let text = says.unwrap_or_default() + &message.marked(w);
        let (kept, _) = notice::beginning(&spoken(&text), room, words_in);
        room -= words_in(&kept);
        first.extend(Some(help::ended(&kept, w)).filter(|text| !text.is_empty()));
    }
    first.extend(last);
    Voice { sentences: first }.render()
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// What to do about 111 or 999. Of long words that changed it, the first sentences are
/// heard, at least one: the rest is on the page, and the caller hears what is wrong here too.
fn urgent(ctx: &Context<'_>, line: Line, usual: &str) -> String {
    let text = spoken(&help::sentence(ctx.view, line, usual, ctx.words));
    let (kept, _) = notice::beginning(&text, MAX_CHANGED, words_in);
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

/// Numbers of three digits or more, such as 111, are read digit by digit; so
/// that "111.nhs.uk" is not read as one number either.
fn spoken(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = bare.len() >= 3 && bare.chars().all(|c| c.is_ascii_digit());
        match number {
            true => word.replace(bare, &digits(bare)),
            false => word.replace("111.nhs.uk", "1 1 1 dot n h s dot u k"),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
