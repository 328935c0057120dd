//! Past problems and every update, as they were told.

use askama::Template;

use super::tell::{self, Moment, Story};
use super::{Context, html};
use crate::domain::org::Org;
use crate::words::{Locale, Words};

#[derive(Template)]
#[template(path = "public/history.html")]
struct History<'a> {
    w: &'static Words,
    org: &'a Org,
    languages: Vec<(Locale, String)>,
    english: String,
    page_url: String,
    here: String,
    checked: Moment,
    /// Newest first.
    stories: Vec<Story>,
}

/// Renders the history of one organisation.
pub fn history(ctx: &Context<'_>) -> Result<String, askama::Error> {
    History {
        w: ctx.words,
        org: &ctx.facts.org,
        languages: html::languages(ctx, "history"),
        english: super::path(&ctx.facts.org.code, Locale::En, "history"),
        page_url: ctx.url("history"),
        here: ctx.path(""),
        checked: Moment::full(ctx, "checked-at", ctx.checked_at),
        stories: ctx.facts.incidents.iter().map(|i| tell::story(ctx, i)).collect(),
    }
    .render()
}
