//! What stands on paper and on screens in a waiting room: the poster for the
//! door, its PDF, and the picture that other sites show with a link.

use askama::Template;
use qrcode::QrCode;
use qrcode::render::svg;

use super::sheet::{self, Block, Sheet};
use super::tell::{self, Linked, Moment, Phone};
use super::{Context, html};
use crate::domain::headline::HeadlineState;
use crate::domain::line::Line;
use crate::domain::time;
use crate::words::{self, Locale, Words};

/// The lines that a poster has room for.
const MOST_LINES: usize = 5;

/// What one language says on the door.
struct Told {
    w: &'static Words,
    label: &'static str,
    colour: &'static str,
    answer: String,
    rest: Vec<String>,
    lines: Vec<String>,
    number: Option<Linked>,
    help: Vec<String>,
    checked: Moment,
}

#[derive(Template)]
#[template(path = "public/poster.html")]
struct Poster<'a> {
    w: &'static Words,
    org: &'a crate::domain::org::Org,
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

#[derive(Template)]
#[template(path = "public/screen.html")]
struct Screen<'a> {
    w: &'static Words,
    org: &'a crate::domain::org::Org,
    told: Told,
    state: HeadlineState,
    qr: String,
    shown_url: String,
    checked_at: String,
    /// How old the screen is, for each minute of the first hour, as a JSON list:
    /// plural forms are the language's own.
    ages: String,
}

fn tell_in(ctx: &Context<'_>, locale: Locale) -> Told {
    let ctx = &Context { words: words::of(locale), ..*ctx };
    let w = ctx.words;
    let (answer, rest) = tell::answer(ctx);
    let state = ctx.view.headline.state;
    let wrong = ctx.view.lines.iter().filter(|f| f.setting.state.severity > 0);
    let local = wrong.filter(|f| !f.line.is_national() && f.line != Line::Attend);
    Told {
        w,
        label: state.label(w),
        colour: tell::headline_colour(state),
        answer,
        rest,
        lines: local.take(MOST_LINES).map(|f| tell::line_text(ctx, f)).collect(),
        number: match tell::phone(ctx) {
            Phone::Instead(number) => Some(Linked::phone_instead(ctx, &number)),
            _ => None,
        },
        help: [(Line::Emergency999, "in-an-emergency"), (Line::Nhs111, "need-medical-help")]
            .map(|(line, usual)| national(ctx, line, usual))
            .into(),
        checked: Moment::full(ctx, "poster-printed", ctx.checked_at),
    }
}

/// 999 or 111: as usual, or in the words that changed it (hazard H3).
fn national(ctx: &Context<'_>, line: Line, usual: &str) -> String {
    let changed = ctx.view.lines.iter().find(|f| f.line == line && f.setting.state.key != "normal");
    changed.map_or_else(|| ctx.words.get(usual).into(), |f| tell::line_text(ctx, f))
}

/// A QR code of an address as an `<svg>`; black on white, with its quiet zone.
fn qr(url: &str) -> String {
    let Ok(code) = QrCode::new(url) else { return String::new() };
    let drawn = code.render::<svg::Color>().min_dimensions(200, 200).build();
    drawn.split_once("?>").map_or(drawn.clone(), |(_, svg)| svg.to_owned())
}

fn shown(url: &str) -> String {
    url.split_once("//").map_or(url, |(_, rest)| rest).to_owned()
}

/// `poster`, `poster/cy`: where the poster with a second language lies.
fn leaf(second: Option<Locale>, ending: &str) -> String {
    second.map_or_else(|| format!("poster{ending}"), |l| format!("poster/{l}{ending}"))
}

/// The poster as a page that prints on one sheet of A4.
pub fn poster(ctx: &Context<'_>, second: Option<Locale>) -> Result<String, askama::Error> {
    let first = ctx.words.locale;
    let told = std::iter::once(first).chain(second.filter(|s| *s != first)).map(|l| tell_in(ctx, l));
    let seconds = Locale::ALL.iter().filter(|l| **l != first);
    Poster {
        w: ctx.words,
        org: &ctx.facts.org,
        told: told.collect(),
        qr: qr(&ctx.url("")),
        page_url: ctx.url(""),
        shown_url: shown(&ctx.url("")),
        pdf: ctx.path(&leaf(second, ".pdf")),
        seconds: seconds.map(|l| (*l, ctx.path(&leaf(Some(*l), "")))).collect(),
        back: ctx.path(""),
    }
    .render()
}

/// The page for a screen in a waiting room.
pub fn screen(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let age = |minutes: usize| ctx.words.with("screen-minutes-old", &[("minutes", minutes.into())]);
    let ages: Vec<String> = (0..=60).map(age).collect();
    Screen {
        w: ctx.words,
        org: &ctx.facts.org,
        told: tell_in(ctx, ctx.words.locale),
        state: ctx.view.headline.state,
        qr: qr(&ctx.url("")),
        shown_url: shown(&ctx.url("")),
        checked_at: time::rfc3339(ctx.checked_at),
        ages: serde_json::to_string(&ages).unwrap_or_default(),
    }
    .render()
}

/// The poster as a PDF of one page of A4.
///
/// # Errors
/// What the drawing says; nothing a reader can mend.
pub fn poster_pdf(ctx: &Context<'_>, second: Option<Locale>) -> Result<Vec<u8>, String> {
    let first = ctx.words.locale;
    let mut blocks = vec![Block::new(&place(ctx), 15.0, first).grey()];
    for (n, locale) in std::iter::once(first).chain(second.filter(|s| *s != first)).enumerate() {
        let told = tell_in(ctx, locale);
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
        shown(&ctx.url(""))
    );
    let sheet = Sheet {
        width: 595.0,
        height: 842.0,
        margin: 42.0,
        blocks,
        qr: Some((qr(&ctx.url("")), scan, first)),
    };
    sheet::pdf(&sheet.svg(), &tell::named(ctx, "poster-for", &ctx.facts.org.name), first)
}

/// The picture that other sites show beside a link: 1200 by 630 pixels, without
/// a time, so that it is made anew only when what is said changes.
///
/// # Errors
/// What the drawing says; nothing a reader can mend.
pub fn share(ctx: &Context<'_>) -> Result<Vec<u8>, String> {
    let told = tell_in(ctx, ctx.words.locale);
    let locale = ctx.words.locale;
    let blocks = vec![
        Block::new(&place(ctx), 40.0, locale).grey(),
        Block::new(told.label, 40.0, locale).bold(),
        Block::new(&told.answer, 84.0, locale).bold(),
        Block::new(&shown(&ctx.url("")), 34.0, locale).grey(),
    ];
    let sheet = Sheet { width: 1200.0, height: 630.0, margin: 70.0, blocks, qr: None };
    sheet::png(&sheet.svg())
}

/// The words that stand for the picture, for people who do not see it.
pub fn share_alternative(ctx: &Context<'_>) -> String {
    let (answer, _) = tell::answer(ctx);
    let state = ctx.view.headline.state.label(ctx.words);
    let name = &ctx.facts.org.name;
    ctx.words
        .with("picture-alt", &[("name", name.into()), ("state", state.into()), ("answer", (&answer).into())])
}

fn place(ctx: &Context<'_>) -> String {
    let org = &ctx.facts.org;
    if org.town.is_empty() { org.name.clone() } else { format!("{}, {}", org.name, org.town) }
}
