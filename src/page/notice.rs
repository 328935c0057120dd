//! What a poster, a waiting room screen and a share picture say: the answer,
//! and only as much as has room.

use qrcode::QrCode;
use qrcode::render::svg;

use super::Context;
use super::tell::{self, Linked, Moment, Phone, Said};
use crate::domain::facts::LineFact;
use crate::domain::help;
use crate::domain::line::Line;
use crate::words::{self, Locale, Words, sentences};

/// What there is room for in large type; that there is more is said.
pub const ROOM: Room = Room { lines: 5, own: 200 };
/// The same on a sheet that gets smaller type when it is full.
pub const ROOM_IN_SMALL: Room = Room { lines: 7, own: 300 };
/// The same on a sheet or a screen for two languages.
pub const ROOM_FOR_TWO: Room = Room { lines: 5, own: 140 };

/// The same in the notice on another website.
pub const ROOM_IN_WIDGET: Room = Room { lines: 4, own: 300 };

/// What one language says.
pub struct Told {
    pub w: &'static Words,
    pub label: &'static str,
    pub answer: String,
    pub rest: Vec<String>,
    /// What somebody said about 999 and 111, where it is not as usual.
    pub changed: Vec<Said>,
    /// What the place and those above it say in their own words, as far as there is room.
    pub own: Vec<String>,
    pub lines: Vec<String>,
    pub number: Option<Linked>,
    /// That there is more on the page; last of all.
    pub more: Option<&'static str>,
    pub help: Vec<Said>,
    pub checked: Moment,
}

impl Told {
    /// All that stands beside the answer on a screen, in its order.
    pub fn texts(&self) -> Vec<String> {
        let number = self.number.as_ref().map(|n| format!("{}{}{}", n.before, n.number, n.after));
        let changed = self.changed.iter().map(|said| said.text(self.w));
        let own = self.own.iter().chain(&self.lines).cloned();
        let more = self.more.map(String::from);
        self.rest.iter().cloned().chain(changed).chain(own).chain(number).chain(more).collect()
    }

    /// About how many rows it takes beside the answer.
    pub fn rows(&self) -> usize {
        let own: usize = self.own.iter().map(|text| rows_of(text)).sum();
        self.rest.len() + own + self.lines.len() + usize::from(self.more.is_some())
    }

    /// The words beside the answer, where there are some.
    pub fn label(&self) -> Option<&'static str> {
        Some(self.label).filter(|label| !label.is_empty())
    }
}

/// What there is room for.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub lines: usize,
    /// Characters of what somebody wrote. Each row of them takes the place of a line.
    pub own: usize,
}

/// Characters in a row of large type.
const ROW: usize = 70;

fn rows_of(text: &str) -> usize {
    text.chars().count().div_ceil(ROW)
}

/// Tells it in a language, as far as there is room.
pub fn tell_in(ctx: &Context<'_>, locale: Locale, room: Room) -> Told {
    let ctx = &Context { words: words::of(locale), ..*ctx };
    let w = ctx.words;
    let (answer, mut rest) = tell::answer(ctx);
    let doubt = tell::doubt(ctx);
    let rows: usize = doubt.iter().map(|text| rows_of(text)).sum();
    rest.extend(doubt);
    rest.extend(tell::slowed(ctx).map(String::from));
    rest.extend(tell::late(ctx));
    let (own, is_cut) = own_words(ctx, room.own);
    let rows: usize = own.iter().map(|text| rows_of(text)).sum::<usize>() + rows;
    let mut lines = worst_first(ctx);
    let room = room.lines.saturating_sub(rows).max(2);
    let is_more = lines.len() > room;
    lines.truncate(if is_more { room - 1 } else { room });
    let changed = [Line::Emergency999, Line::Nhs111].into_iter();
    let changed = changed.filter_map(|line| help::changed(ctx.view, line));
    Told {
        w,
        label: ctx.view.headline.label(w),
        answer,
        rest,
        changed: changed.map(|fact| Said::of_line(ctx, fact)).collect(),
        own,
        lines,
        more: (is_more || is_cut).then(|| w.get("more-on-the-page")),
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

/// What is not as usual beside coming at all, or was when somebody last said anything. The
/// worst first: where there is no room, the least is left out.
pub fn worst_first(ctx: &Context<'_>) -> Vec<String> {
    let is_told =
        |f: &&LineFact| f.setting.state.severity > 0 && !f.line.is_national() && f.line != Line::Attend;
    let stand = ctx.view.lines.iter().filter(is_told);
    let stand = stand.map(|f| (f.setting.state.severity, tell::line_and_way(ctx, f)));
    let lapsed = ctx.view.lapsed(ctx.facts).into_iter().filter(is_told);
    let lapsed = lapsed.map(|f| (f.setting.state.severity, tell::lapsed_in_full(ctx, f)));
    let mut all: Vec<(u8, String)> = stand.chain(lapsed).collect();
    all.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    all.into_iter().map(|(_, text)| text).collect()
}

/// What the place says in its own words, and those above it beside their lines, in whole
/// sentences of so many characters; and whether something was left out.
fn own_words(ctx: &Context<'_>, room: usize) -> (Vec<String>, bool) {
    let (mut left, mut is_cut, mut told) = (room, false, Vec::new());
    for (name, message) in tell::all_own_words(ctx) {
        let (kept, is_whole) = beginning(&message.marked(ctx.words), left, |s| s.chars().count());
        is_cut |= !is_whole;
        left -= kept.chars().count().min(left);
        if !kept.is_empty() {
            let says = name.map(|name| format!("{}: ", tell::named(ctx, "place-says", name)));
            told.push(says.unwrap_or_default() + &kept);
        }
    }
    (told, is_cut && room > 0)
}

/// The first sentences of a text that take no more than `room`, and whether that is all.
pub fn beginning(text: &str, room: usize, count: impl Fn(&str) -> usize) -> (String, bool) {
    let (mut kept, mut left) = (Vec::new(), room);
    let all = sentences(text);
    for sentence in all.iter().map(|s| s.trim()) {
        let needed = count(sentence);
        if needed > left {
            return (kept.join(" "), false);
        }
        left -= needed;
        kept.push(sentence);
    }
    (kept.join(" "), true)
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
