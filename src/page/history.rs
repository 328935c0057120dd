//! Past problems and every update, as they were told.

use askama::Template;

use super::Context;
use super::tell::{self, Story, When};
use crate::domain::org::Org;

#[derive(Template)]
#[template(path = "public/history.html")]
struct History<'a> {
    org: &'a Org,
    page_url: String,
    checked: When,
    /// Newest first.
    stories: Vec<Story>,
}

/// Renders the history of one organisation.
pub fn history(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let stories = ctx.facts.incidents.iter().map(|i| tell::story(ctx, i)).collect();
    let checked = tell::when(ctx.checked_at, ctx.now);
    History { org: &ctx.facts.org, page_url: ctx.page_url(), checked, stories }.render()
}
