//! The picture that other sites show beside a link.

use super::notice::{self, Room};
use super::sheet::{self, Block, Sheet};
use super::{Context, tell};
use crate::words;

/// What there is room for.
const ROOM: Room = Room { lines: 2, own: 0 };

/// The picture that other sites show beside a link: 1200 by 630 pixels, without
/// a time, so that it is made anew only when what is said changes.
///
/// # Errors
/// What the drawing says; nothing a reader can mend.
pub fn png(ctx: &Context<'_>) -> Result<Vec<u8>, String> {
    let told = notice::tell_in(ctx, ctx.words.locale, ROOM);
    let locale = ctx.words.locale;
    let mut blocks = vec![Block::new(&words::from_left(&notice::place(ctx)), 40.0, locale).grey()];
    blocks.extend(told.label().map(|label| Block::new(label, 40.0, locale).bold()));
    let size = if told.lines.is_empty() { 84.0 } else { 64.0 };
    blocks.push(Block::new(&told.answer, size, locale).bold());
    let doubt = tell::short_doubt(ctx);
    let lines = doubt.iter().chain(&told.lines).map(String::as_str).chain(told.more);
    blocks.extend(lines.map(|line| Block::new(line, 34.0, locale)));
    blocks.push(Block::new(&notice::isolated(&ctx.url("")), 34.0, locale).grey());
    let sheet = Sheet { width: 1200.0, height: 630.0, margin: 70.0, blocks, qr: None };
    sheet::png(&sheet.draw())
}

/// The words that stand for the picture, for people who do not see it.
pub fn alternative(ctx: &Context<'_>) -> String {
    let (answer, _) = tell::answer(ctx);
    let label = ctx.view.headline.label(ctx.words);
    let state = if label.is_empty() { ctx.words.get("find-a-place") } else { label };
    let name = &ctx.facts.org.name;
    ctx.words
        .with("picture-alt", &[("name", name.into()), ("state", state.into()), ("answer", (&answer).into())])
}
