//! The poster for the door: a page that prints on one sheet of A4, and a PDF.

use askama::Template;

use super::Context;
use super::form::Form;
use super::notice::{self, Room, Told};
use super::sheet::{self, Block, Sheet};
use super::tell;
use crate::domain::org::Org;
use crate::words::{self, Locale, Words};

#[derive(Template)]
#[template(path = "public/poster.html")]
struct Poster<'a> {
    w: &'static Words,
    org: &'a Org,
    told: Vec<Told>,
    /// So much is said that it fits on the sheet in small type alone.
    is_full: bool,
    qr: String,
    page_url: String,
    /// Without the scheme, as people type it.
    shown_url: String,
    pdf: String,
    /// The same poster with each other second language.
    seconds: Vec<(Locale, String)>,
    back: String,
}

/// Up to so many sentences beside the answers leave room for larger type: of one language,
/// and of two.
const ROOMY: [usize; 2] = [5, 10];

/// What it says in its language, and in a second.
fn told(ctx: &Context<'_>, second: Option<Locale>, room: Room) -> Vec<Told> {
    let first = ctx.words.locale;
    let all = std::iter::once(first).chain(second.filter(|s| *s != first));
    all.map(|locale| notice::tell_in(ctx, locale, room)).collect()
}

/// The second language, where nobody chose one: in Wales there always is.
fn second_or_usual(ctx: &Context<'_>, second: Option<Locale>) -> Option<Locale> {
    second.or_else(|| notice::other_in_wales(ctx))
}

/// The poster as a page that prints on one sheet of A4.
pub fn poster(ctx: &Context<'_>, second: Option<Locale>) -> Result<String, askama::Error> {
    let first = ctx.words.locale;
    let second_told = second_or_usual(ctx, second);
    let is_double = second_told.is_some_and(|s| s != first);
    let told = told(ctx, second_told, if is_double { notice::ROOM_FOR_TWO } else { notice::ROOM_IN_SMALL });
    let seconds = Locale::ALL.iter().filter(|l| **l != first);
    Poster {
        w: ctx.words,
        org: &ctx.facts.org,
        is_full: told.iter().map(Told::rows).sum::<usize>() > ROOMY[usize::from(is_double)],
        told,
        qr: notice::qr(&ctx.url("")),
        page_url: ctx.url(""),
        shown_url: notice::shown(&ctx.url("")),
        pdf: ctx.path(&Form::PosterPdf(second).leaf()),
        seconds: seconds.map(|l| (*l, ctx.path(&Form::Poster(Some(*l)).leaf()))).collect(),
        back: ctx.path(""),
    }
    .render()
}

/// What stands beside the code to scan, in one language.
fn hints(ctx: &Context<'_>, locale: Locale) -> [Block; 2] {
    let w = words::of(locale);
    let go = format!("{} {}", w.get("poster-or-go-to"), notice::isolated(&ctx.url("")));
    [w.get("poster-scan"), &go].map(|text| Block::new(text, 15.0, locale).bold())
}

/// The poster as a PDF of one page of A4.
///
/// # Errors
/// What the drawing says; nothing a reader can mend.
pub fn pdf(ctx: &Context<'_>, second: Option<Locale>) -> Result<Vec<u8>, String> {
    let first = ctx.words.locale;
    let second = second_or_usual(ctx, second);
    let is_double = second.is_some_and(|s| s != first);
    let is_mixed = second.is_some_and(|s| s.dir() != first.dir());
    let room = match (is_double, is_mixed) {
        // Own words are mostly English: see below.
        (_, true) => notice::Room { own: 0, ..notice::ROOM_FOR_TWO },
        (true, false) => notice::ROOM_FOR_TWO,
        (false, false) => notice::ROOM_IN_SMALL,
    };
    let mut blocks = vec![Block::new(&words::from_left(&notice::place(ctx)), 15.0, first).grey()];
    for (n, told) in told(ctx, second, room).into_iter().enumerate() {
        let locale = told.w.locale;
        if n > 0 {
            blocks.push(Block::rule());
        }
        blocks.extend(told.label().map(|label| Block::new(label, 15.0, locale).bold()));
        blocks.push(Block::new(&told.answer, 34.0, locale).bold());
        let texts = told.rest.iter().chain(&told.own).chain(&told.lines);
        blocks.extend(texts.map(|t| Block::new(t, 18.0, locale)));
        if let Some(number) = &told.number {
            let text = format!("{}{}{}", number.before, words::from_left(&number.number), number.after);
            blocks.push(Block::new(&text, 18.0, locale).bold());
        }
        blocks.extend(told.more.map(|t| Block::new(t, 18.0, locale)));
        blocks.extend(told.help.iter().map(|t| Block::new(&t.text(told.w), 15.0, locale)));
        blocks.push(Block::new(&told.checked.text(), 12.0, locale).grey());
    }
    // Not in a second language that is written in the other direction: with more letters
    // of it, PDF readers take the sheet for one of that direction, and copy its words in
    // a wrong order.
    let like_first = second.filter(|s| *s != first && s.dir() == first.dir());
    let hints = std::iter::once(first).chain(like_first).flat_map(|locale| hints(ctx, locale)).collect();
    let sheet = Sheet {
        width: 595.0,
        height: 842.0,
        margin: 42.0,
        blocks,
        qr: Some((notice::qr(&ctx.url("")), hints)),
    };
    sheet::pdf(&[sheet.draw()], &tell::named(ctx, "poster-for", &ctx.facts.org.name), first)
}
