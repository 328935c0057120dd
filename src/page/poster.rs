//! The poster for the door: a page that prints on one sheet of A4, and a PDF.

use askama::Template;

use super::Context;
use super::form::Form;
use super::notice::{self, Told};
use super::sheet::{self, Block, Sheet};
use super::tell;
use crate::domain::org::Org;
use crate::words::{Locale, Words};

#[derive(Template)]
#[template(path = "public/poster.html")]
struct Poster<'a> {
    w: &'static Words,
    org: &'a Org,
    told: Vec<Told>,
    qr: String,
    page_url: String,
    /// Without the scheme, as people type it.
    shown_url: String,
    pdf: String,
    /// The same poster with each other second language.
    seconds: Vec<(Locale, String)>,
    back: String,
}

/// The poster as a page that prints on one sheet of A4.
pub fn poster(ctx: &Context<'_>, second: Option<Locale>) -> Result<String, askama::Error> {
    let first = ctx.words.locale;
    let told = std::iter::once(first).chain(second.filter(|s| *s != first)).map(|l| notice::tell_in(ctx, l));
    let seconds = Locale::ALL.iter().filter(|l| **l != first);
    Poster {
        w: ctx.words,
        org: &ctx.facts.org,
        told: told.collect(),
        qr: notice::qr(&ctx.url("")),
        page_url: ctx.url(""),
        shown_url: notice::shown(&ctx.url("")),
        pdf: ctx.path(&Form::PosterPdf(second).leaf()),
        seconds: seconds.map(|l| (*l, ctx.path(&Form::Poster(Some(*l)).leaf()))).collect(),
        back: ctx.path(""),
    }
    .render()
}

/// The poster as a PDF of one page of A4.
///
/// # Errors
/// What the drawing says; nothing a reader can mend.
pub fn pdf(ctx: &Context<'_>, second: Option<Locale>) -> Result<Vec<u8>, String> {
    let first = ctx.words.locale;
    let mut blocks = vec![Block::new(&notice::place(ctx), 15.0, first).grey()];
    for (n, locale) in std::iter::once(first).chain(second.filter(|s| *s != first)).enumerate() {
        let told = notice::tell_in(ctx, locale);
        if n > 0 {
            blocks.push(Block::rule());
        }
        blocks.push(Block::new(told.label, 15.0, locale).bold());
        blocks.push(Block::new(&told.answer, 34.0, locale).bold());
        blocks.extend(told.rest.iter().map(|t| Block::new(t, 18.0, locale)));
        blocks.extend(told.lines.iter().map(|t| Block::new(t, 18.0, locale)));
        if let Some(number) = &told.number {
            let text = format!("{}{}{}", number.before, number.number, number.after);
            blocks.push(Block::new(&text, 18.0, locale).bold());
        }
        blocks.extend(told.help.iter().map(|t| Block::new(t, 15.0, locale)));
        let checked = format!("{}{}{}", told.checked.before, told.checked.shown, told.checked.after);
        blocks.push(Block::new(&checked, 12.0, locale).grey());
    }
    let scan = format!(
        "{} {} {}",
        ctx.words.get("poster-scan"),
        ctx.words.get("poster-or-go-to"),
        notice::isolated(&ctx.url(""))
    );
    let sheet = Sheet {
        width: 595.0,
        height: 842.0,
        margin: 42.0,
        blocks,
        qr: Some((notice::qr(&ctx.url("")), scan, first)),
    };
    sheet::pdf(&[sheet.draw()], &tell::named(ctx, "poster-for", &ctx.facts.org.name), first)
}
