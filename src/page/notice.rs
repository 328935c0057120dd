//! What a poster, a waiting room screen and a share picture say: the answer,
//! and only as much as has room.

use qrcode::QrCode;
use qrcode::render::svg;

use super::Context;
use super::tell::{self, Linked, Moment, Phone, Said};
use crate::domain::facts::LineFact;
use crate::domain::help;
use crate::domain::line::Line;
use crate::words::{self, Locale, Words};

/// The lines that there is room for in large type; that there are more is said.
pub const ROOM: usize = 5;
/// The same on a sheet that gets smaller type when it is full.
pub const ROOM_IN_SMALL: usize = 7;

/// The same in the notice on another website.
pub const ROOM_IN_WIDGET: usize = 4;

/// What one language says.
pub struct Told {
    pub w: &'static Words,
    pub label: &'static str,
    pub answer: String,
    pub rest: Vec<String>,
    pub lines: Vec<String>,
    pub number: Option<Linked>,
    pub help: Vec<Said>,
    pub checked: Moment,
}

impl Told {
    /// The words beside the answer, where there are some.
    pub fn label(&self) -> Option<&'static str> {
        Some(self.label).filter(|label| !label.is_empty())
    }
}

/// Tells it in a language, with so many lines.
pub fn tell_in(ctx: &Context<'_>, locale: Locale, room: usize) -> Told {
    let ctx = &Context { words: words::of(locale), ..*ctx };
    let w = ctx.words;
    let (answer, mut rest) = tell::answer(ctx);
    rest.extend(tell::slowed(ctx).map(String::from));
    rest.extend(tell::late(ctx));
    let local = worst_first(ctx).into_iter();
    Told {
        w,
        label: ctx.view.headline.label(w),
        answer,
        rest,
        lines: lines(w, room, local.map(|f| tell::line_and_way(ctx, f)).collect()),
        number: match tell::phone(ctx) {
            Phone::Instead(number) => Some(Linked::phone_instead(ctx, &number)),
            _ => None,
        },
        help: [(Line::Emergency999, "in-an-emergency"), (Line::Nhs111, "need-medical-help")]
            .map(|(line, usual)| match help::changed(ctx.view, line) {
                Some(fact) => Said::of_line(ctx, fact),
                None => Said::built_in(w.get(usual)),
            })
            .into(),
        checked: Moment::full(ctx, "poster-printed", ctx.checked_at),
    }
}

/// What is not as usual beside coming at all, the worst first: where there is no room,
/// the least is left out.
pub fn worst_first<'a>(ctx: &Context<'a>) -> Vec<&'a LineFact> {
    let is_told =
        |f: &&LineFact| f.setting.state.severity > 0 && !f.line.is_national() && f.line != Line::Attend;
    let mut all: Vec<&LineFact> = ctx.view.lines.iter().filter(is_told).collect();
    all.sort_by_key(|f| std::cmp::Reverse(f.setting.state.severity));
    all
}

fn lines(w: &'static Words, room: usize, mut all: Vec<String>) -> Vec<String> {
    if all.len() > room {
        all.truncate(room - 1);
        all.push(w.get("more-on-the-page").into());
    }
    all
}

/// The other language of Wales, on signs there.
pub fn other_in_wales(ctx: &Context<'_>) -> Option<Locale> {
    let other = match ctx.words.locale {
        Locale::Cy => Locale::En,
        _ => Locale::Cy,
    };
    ctx.facts.is_welsh.then_some(other)
}

/// A QR code of an address as an `<svg>`; black on white, with its quiet zone.
pub fn qr(url: &str) -> String {
    let Ok(code) = QrCode::new(url) else { return String::new() };
    let drawn = code.render::<svg::Color>().min_dimensions(200, 200).build();
    drawn.split_once("?>").map_or(drawn.clone(), |(_, svg)| svg.to_owned())
}

/// An address as people type it, isolated: it runs from left to right.
pub fn isolated(url: &str) -> String {
    words::from_left(&shown(url))
}

/// An address as people type it.
pub fn shown(url: &str) -> String {
    url.split_once("//").map_or(url, |(_, rest)| rest).to_owned()
}

/// "Rookery Lane Surgery, Fernborough".
pub fn place(ctx: &Context<'_>) -> String {
    ctx.facts.org.in_town()
}
