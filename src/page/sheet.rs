//! Words on a sheet of a fixed size: broken into lines, made smaller until they
//! fit, drawn as SVG, and from that as PNG or PDF. The fonts are inside the
//! binary, since a server has none.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::glyphs;
use crate::assets;
use crate::words::Locale;

/// One piece of text, or a line across.
pub struct Block {
    text: String,
    /// In the units of the sheet.
    size: f32,
    locale: Locale,
    bold: bool,
    grey: bool,
    is_rule: bool,
}

impl Block {
    pub fn new(text: &str, size: f32, locale: Locale) -> Self {
        Self { text: text.to_owned(), size, locale, bold: false, grey: false, is_rule: false }
    }

    /// A line across the sheet.
    pub fn rule() -> Self {
        Self { is_rule: true, ..Self::new("", 12.0, Locale::En) }
    }

    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub fn grey(self) -> Self {
        Self { grey: true, ..self }
    }
}

/// A sheet with its blocks from top to bottom.
pub struct Sheet {
    pub width: f32,
    pub height: f32,
    pub margin: f32,
    pub blocks: Vec<Block>,
    /// At the foot: a QR code as `<svg>`, and the words beside it.
    pub qr: Option<(String, String, Locale)>,
}

/// Space between lines, as a share of the size.
const LEADING: f32 = 1.3;
/// Space after a block, as a share of the size.
const GAP: f32 = 0.55;
/// How wide the QR code is, as a share of the sheet.
const QR_SHARE: f32 = 0.24;

impl Sheet {
    /// Draws the sheet; everything gets smaller until it fits.
    pub fn svg(&self) -> String {
        let foot = if self.qr.is_some() { self.width * QR_SHARE } else { 0.0 };
        let room = self.height - 2.0 * self.margin - foot;
        let mut scale = 1.0;
        while scale > 0.3 && self.needed(scale) > room {
            scale *= 0.95;
        }
        self.draw(scale, foot)
    }

    fn needed(&self, scale: f32) -> f32 {
        self.blocks.iter().map(|b| self.height_of(b, scale)).sum()
    }

    fn height_of(&self, block: &Block, scale: f32) -> f32 {
        let size = block.size * scale;
        let lines = if block.is_rule { 1 } else { self.lines(block, size).len() };
        lines as f32 * size * LEADING + size * GAP
    }

    fn lines(&self, block: &Block, size: f32) -> Vec<String> {
        broken(&block.text, size, block.bold, self.width - 2.0 * self.margin)
    }

    fn draw(&self, scale: f32, foot: f32) -> String {
        let (w, h) = (self.width, self.height);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\
             <rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\
             <rect width=\"{w}\" height=\"{}\" fill=\"#005eb8\"/>",
            self.margin / 3.0
        );
        let mut y = self.margin;
        for block in &self.blocks {
            let size = block.size * scale;
            if block.is_rule {
                let (x2, at) = (w - self.margin, y + size * 0.5);
                let _ = write!(
                    out,
                    "<path d=\"M{} {at}H{x2}\" stroke=\"#aeb7bd\" stroke-width=\"1\"/>",
                    self.margin
                );
            } else {
                for (n, line) in self.lines(block, size).iter().enumerate() {
                    let base = y + size + n as f32 * size * LEADING;
                    text(&mut out, line, block, size, base, (self.margin, w - self.margin));
                }
            }
            y += self.height_of(block, scale);
        }
        if let Some((qr, words, locale)) = &self.qr {
            let (side, top) = (foot * 0.9, h - self.margin - foot * 0.9);
            let placed = qr.replacen("<svg ", &format!("<svg x=\"{}\" y=\"{top}\" ", self.margin), 1);
            out.push_str(&sized(&placed, side));
            let beside = Block::new(words, 15.0, *locale).bold();
            let left = self.margin + side + 16.0;
            for (n, line) in broken(words, 15.0, true, w - self.margin - left).iter().enumerate() {
                let base = top + 24.0 + n as f32 * 15.0 * LEADING;
                text(&mut out, line, &beside, 15.0, base, (left, w - self.margin));
            }
        }
        out.push_str("</svg>");
        out
    }
}

/// One line of text. Right-to-left lines begin at the right, and are isolated
/// so that their direction is their own.
pub(super) fn text(
    out: &mut String,
    line: &str,
    block: &Block,
    size: f32,
    y: f32,
    (left, right): (f32, f32),
) {
    let (weight, colour) =
        (if block.bold { 700 } else { 400 }, if block.grey { "#425563" } else { "#212b32" });
    let outlined = glyphs::is_outlined(block.locale);
    if outlined {
        let (path, _) = glyphs::outlines(line, block.bold, size, left, y);
        let _ = write!(out, "<path d=\"{path}\" fill=\"{colour}\"/>");
    }
    // Under outlines the words stay, unseen, for whoever searches or copies.
    let fill = if outlined { "none" } else { colour };
    let (x, anchor) = if block.locale.is_rtl() { (right, "end") } else { (left, "start") };
    let escaped = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let line = if block.locale.is_rtl() { format!("\u{2067}{escaped}\u{2069}") } else { escaped };
    // Told by name, so that the bold face of a script is found.
    let family = match block.locale {
        Locale::Ar | Locale::Ur => "Noto Sans Arabic",
        Locale::Bn => "Noto Sans Bengali",
        Locale::Gu => "Noto Sans Gujarati",
        Locale::Pa => "Noto Sans Gurmukhi",
        _ => "Noto Sans",
    };
    let _ = write!(
        out,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-family=\"{family}\" font-size=\"{size}\" \
         font-weight=\"{weight}\" fill=\"{fill}\" xml:space=\"preserve\">{line}</text>"
    );
}

/// Gives a QR code's `<svg>` another size; its view box keeps it whole.
fn sized(svg: &str, side: f32) -> String {
    let Some((head, rest)) = svg.split_once('>') else { return String::new() };
    let mut head: String = head
        .split(' ')
        .filter(|a| !a.starts_with("width=") && !a.starts_with("height="))
        .collect::<Vec<_>>()
        .join(" ");
    let _ = write!(head, " width=\"{side}\" height=\"{side}\"");
    format!("{head}>{rest}")
}

/// Breaks a text at spaces so that no line is wider than `room`.
fn broken(text: &str, size: f32, bold: bool, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(last) = lines.last_mut() else { break };
        let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        if last.is_empty() || glyphs::width(&longer, bold) * size <= room {
            *last = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

static OPTIONS: LazyLock<usvg::Options<'static>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for (_, bytes) in assets::FONTS {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(*bytes)));
    }
    usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() }
});

/// The sheet as PNG, a pixel for a unit.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let tree = usvg::Tree::from_str(svg, &OPTIONS).map_err(|e| e.to_string())?;
    let (w, h) = (tree.size().width().round() as u32, tree.size().height().round() as u32);
    let mut pixels = Pixmap::new(w, h).ok_or("an empty picture")?;
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| e.to_string())
}

/// Sheets as a PDF, a page each and a point for a unit; their words can be read
/// and searched.
pub fn pdf(sheets: &[String], title: &str, locale: Locale) -> Result<Vec<u8>, String> {
    use krilla::geom::Size;
    use krilla::metadata::Metadata;
    use krilla::page::PageSettings;
    use krilla_svg::{SurfaceExt, SvgSettings};
    let mut document = krilla::Document::new();
    let metadata = Metadata::new().title(title.to_owned()).language(locale.to_string());
    document.set_metadata(metadata);
    for svg in sheets {
        let tree = usvg::Tree::from_str(svg, &OPTIONS).map_err(|e| e.to_string())?;
        let (w, h) = (tree.size().width(), tree.size().height());
        let settings = PageSettings::from_wh(w, h).ok_or("an empty page")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let size = Size::from_wh(w, h).ok_or("an empty page")?;
        surface.draw_svg(&tree, size, SvgSettings::default()).ok_or("the sheet could not be drawn")?;
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|e| format!("{e:?}"))
}
