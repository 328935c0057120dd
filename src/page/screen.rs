//! The page for a screen in a waiting room: large, light or dark, and honest
//! about its age when the network is gone.

use askama::Template;

use super::Context;
use super::notice::{self, Room, Told};
use crate::domain::headline::{Headline, HeadlineState};
use crate::domain::org::Org;
use crate::domain::time;
use crate::words::{self, Locale, Words};

#[derive(Template)]
#[template(path = "public/screen.html")]
struct Screen<'a> {
    w: &'static Words,
    org: &'a Org,
    told: Told,
    /// The same in the other language of Wales.
    also: Option<Told>,
    state: HeadlineState,
    /// How much smaller its type is, so that all of it fits.
    step: usize,
    qr: String,
    shown_url: String,
    checked_at: String,
    /// What it says instead of the answer when nobody could check for an hour: that it is
    /// not known, and what to do then.
    old: Vec<Old>,
    /// How old the screen is, for each minute of the first hour, as a JSON list:
    /// plural forms are the language's own.
    ages: String,
}

/// A label and an answer in one language.
struct Old {
    label: &'static str,
    answer: String,
}

/// Writes it.
pub fn screen(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let age = |minutes: usize| ctx.words.with("screen-minutes-old", &[("minutes", minutes.into())]);
    let ages: Vec<String> = (0..=60).map(age).collect();
    let (also, unknown) = (notice::other_in_wales(ctx), HeadlineState::Unknown);
    let headline = Headline { state: unknown, ..ctx.view.headline };
    let old = |w| Old { label: headline.label(w), answer: headline.text(w) };
    let (told, second, step) = fitted(ctx, also);
    Screen {
        w: ctx.words,
        org: &ctx.facts.org,
        told,
        old: [ctx.words].into_iter().chain(also.map(words::of)).map(old).collect(),
        also: second,
        step,
        state: ctx.view.headline.state,
        qr: notice::qr(&ctx.url("")),
        shown_url: notice::shown(&ctx.url("")),
        checked_at: time::rfc3339(ctx.checked_at),
        ages: serde_json::to_string(&ages).unwrap_or_default(),
    }
    .render()
}

/// The sizes of type, as `screen.css` has them.
const STEPS: [f32; 5] = [1.0, 0.85, 0.7, 0.58, 0.46];

/// Nobody can scroll a screen on a wall: smaller type, and then fewer lines, until all fits.
fn fitted(ctx: &Context<'_>, also: Option<Locale>) -> (Told, Option<Told>, usize) {
    let most = if also.is_some() { Room { lines: 3, own: 100 } } else { notice::ROOM };
    let mut room = most;
    loop {
        let told = notice::tell_in(ctx, ctx.words.locale, room);
        let second = also.map(|locale| notice::tell_in(ctx, locale, room));
        let fits = STEPS.iter().position(|size| height(&told, second.as_ref(), *size) <= 100.0);
        if fits.is_some() || room.lines <= 2 {
            return (told, second, fits.unwrap_or(STEPS.len() - 1));
        }
        room = Room { lines: room.lines - 1, own: room.own / 2 };
    }
}

/// About how high it is on a display of 16 to 9, in hundredths of its height.
fn height(told: &Told, also: Option<&Told>, size: f32) -> f32 {
    // Widths and heights of `screen.css`; a letter is about 0.53 of its size wide.
    let rows = |text: &str, type_size: f32| (text.chars().count() as f32 * type_size * 0.53 / 164.0).ceil();
    let small = |text: &str| rows(text, 4.0 * size) * 4.0 * size * 1.3 + 1.5 * size;
    let answer = rows(&told.answer, 9.0 * size) * 9.0 * size * 1.1 + 1.5;
    let texts: f32 = told.texts().iter().map(|text| small(text)).sum();
    let second: f32 = also.map_or(0.0, |it| {
        let rest: f32 = it.texts().iter().map(|text| small(text)).sum();
        6.0 + small(&it.answer) + rest
    });
    // The edges, the name, the label and the foot.
    8.0 + 12.0 + answer + texts + second + 24.0
}
