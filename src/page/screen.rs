//! The page for a screen in a waiting room: large, light or dark, and honest
//! about its age when the network is gone.

use askama::Template;

use super::Context;
use super::notice::{self, Told};
use crate::domain::headline::{Headline, HeadlineState};
use crate::domain::org::Org;
use crate::domain::time;
use crate::words::{self, Words};

#[derive(Template)]
#[template(path = "public/screen.html")]
struct Screen<'a> {
    w: &'static Words,
    org: &'a Org,
    told: Told,
    /// The same in the other language of Wales.
    also: Option<Told>,
    state: HeadlineState,
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
    Screen {
        w: ctx.words,
        org: &ctx.facts.org,
        // Two languages share the room.
        told: notice::tell_in(ctx, ctx.words.locale, if ctx.facts.is_welsh { 2 } else { notice::ROOM }),
        old: [ctx.words].into_iter().chain(also.map(words::of)).map(old).collect(),
        also: also.map(|locale| notice::tell_in(ctx, locale, 2)),
        state: ctx.view.headline.state,
        qr: notice::qr(&ctx.url("")),
        shown_url: notice::shown(&ctx.url("")),
        checked_at: time::rfc3339(ctx.checked_at),
        ages: serde_json::to_string(&ages).unwrap_or_default(),
    }
    .render()
}
