//! A badge for other websites: a small picture of two halves, place and state,
//! that says the same to those who do not see it.

use askama::Template;

use super::{Context, tell};
use crate::domain::headline::HeadlineState;

#[derive(Template)]
#[template(path = "public/badge.svg")]
struct Badge<'a> {
    alternative: String,
    name: &'a str,
    state: &'a str,
    /// Dark enough for white words (WCAG 2.2, 1.4.3).
    colour: &'static str,
    left: usize,
    right: usize,
    locale: &'static str,
    is_rtl: bool,
}

/// Writes the badge.
pub fn badge(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let (name, state) = (&ctx.facts.org.name, ctx.view.headline.state);
    // That nobody said anything of a region is no news of the places below it.
    let changed = tell::changed_help(ctx);
    let (label, colour) = match (&changed, ctx.view.headline.label(ctx.words)) {
        (Some(changed), _) => (changed.as_str(), colour(HeadlineState::Limited)),
        (None, "") => (ctx.words.get("find-a-place"), colour(HeadlineState::Unknown)),
        (None, label) => (label, colour(state)),
    };
    Badge {
        alternative: ctx.words.with("badge-text", &[("name", name.into()), ("state", label.into())]),
        name,
        state: label,
        colour,
        left: width(name),
        right: width(label),
        locale: ctx.words.locale.as_str(),
        is_rtl: ctx.words.locale.is_rtl(),
    }
    .render()
}

/// Room for a text of this many characters at 11 pixels, with space at its
/// sides; `textLength` makes the words fit exactly.
fn width(text: &str) -> usize {
    text.chars().count() * 7 + 16
}

fn colour(state: HeadlineState) -> &'static str {
    match state {
        HeadlineState::Normal => "#005a30",
        HeadlineState::Busy | HeadlineState::CatchingUp => "#003d78",
        HeadlineState::Limited | HeadlineState::NotConfirmed => "#7a4d00",
        HeadlineState::Serious | HeadlineState::Closed => "#a3190f",
        HeadlineState::Unknown => "#425563",
    }
}
