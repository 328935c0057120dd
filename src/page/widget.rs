//! The notice for the websites of surgeries: a script with the words in it.
//!
//! No frame, no cookie, no request of its own. It builds the notice from
//! elements and sets its style through the object model, which the strictest
//! policy allows (CSP Level 3, 6.7.3.2); it needs only `script-src`. While
//! nothing is wrong it does nothing.

use askama::Template;
use serde_json::json;

use super::tell::{self, Phone};
use super::{Context, html, notice};
use crate::domain::org::Org;
use crate::domain::time;
use crate::words::{Locale, Words};

#[derive(Template)]
#[template(path = "public/widget.html")]
struct Explained<'a> {
    w: &'static Words,
    nhs_logo: bool,
    org: &'a Org,
    code: String,
    back: String,
    languages: Vec<(Locale, String)>,
    english: String,
    badge: String,
    badge_path: String,
    /// What the picture is about, for whoever does not see it: of an `<img>`, the title
    /// inside is not read.
    badge_alt: String,
    page_url: String,
}

/// The page with the lines to copy.
pub fn explained(ctx: &Context<'_>) -> Result<String, askama::Error> {
    Explained {
        w: ctx.words,
        nhs_logo: ctx.nhs_logo,
        org: &ctx.facts.org,
        code: format!("<script src=\"{}\" async></script>", ctx.url("widget.js")),
        back: ctx.path(""),
        languages: html::languages(ctx, "widget"),
        english: super::path(&ctx.facts.org.code, Locale::En, "widget"),
        badge: ctx.url("badge.svg"),
        badge_path: ctx.path("badge.svg"),
        badge_alt: tell::named(ctx, "badge-alternative", &ctx.facts.org.name),
        page_url: ctx.url(""),
    }
    .render()
}

/// The script itself.
pub fn script(ctx: &Context<'_>) -> String {
    let w = ctx.words;
    let told = notice::tell_in(ctx, w.locale, notice::ROOM_IN_WIDGET);
    // Other words about 999 or 111 are for everybody (hazard H3).
    if ctx.view.headline.state.is_calm() && told.changed.is_empty() && told.own.is_empty() {
        return "// Nothing is known to be wrong, so there is no notice.\n".into();
    }
    let changed = told.changed.iter().map(|said| said.text(w));
    let number = match tell::phone(ctx) {
        Phone::Instead(number) => Some(tell::phone_instead(ctx, &number)),
        _ => None,
    };
    let checked = time::full(ctx.checked_at, w);
    let notice = json!({
        "lang": w.locale,
        "dir": w.locale.dir(),
        "label": match tell::changed_help(ctx).as_deref().or(told.label()) {
            Some(label) => format!("{}: {label}", ctx.facts.org.name),
            None => ctx.facts.org.name.clone(),
        },
        "answer": told.answer,
        "rest": told
            .rest
            .into_iter()
            .chain(changed)
            .chain(told.own)
            .chain(told.lines)
            .chain(number)
            .chain(told.more.map(String::from))
            .collect::<Vec<_>>(),
        "more": w.put("widget-more", "name", &ctx.facts.org.name),
        "url": ctx.url(""),
        "checked": w.put("checked-at", "time", &checked),
    });
    // Inside a script element nothing may look like its end.
    let notice = notice.to_string().replace('<', "\\u003c");
    include_str!("widget.js").replace("NOTICE", &notice)
}
