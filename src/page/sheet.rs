//! Words on a sheet of a fixed size: broken into lines, made smaller until they
//! fit, drawn as SVG, and from that as PNG or PDF. The fonts are inside the
//! binary, since a server has none.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::glyphs::{self, Style};
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

    fn colour(&self) -> Colour {
        if self.grey { (0x42, 0x55, 0x63) } else { (0x21, 0x2b, 0x32) }
    }
}

/// A sheet with its blocks from top to bottom.
pub struct Sheet {
    pub width: f32,
    pub height: f32,
    pub margin: f32,
    pub blocks: Vec<Block>,
    /// At the foot: a QR code as `<svg>`, and the words beside it.
    pub qr: Option<(String, Vec<Block>)>,
}

/// A sheet as it is drawn: lines of text over a picture.
pub struct Drawing {
    /// The picture, as `<svg>`.
    svg: String,
    texts: Vec<Line>,
}

struct Line {
    text: String,
    style: Style,
    colour: Colour,
    /// Where it begins on the left, and its base.
    at: (f32, f32),
}

/// Red, green, blue.
type Colour = (u8, u8, u8);

impl Drawing {
    /// A sheet with nothing on it.
    pub fn blank(width: f32, height: f32) -> Self {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\"><rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/></svg>"
        );
        Self { svg, texts: Vec::new() }
    }

    /// Puts a shape on it.
    pub fn shape(&mut self, svg: &str) {
        self.svg.insert_str(self.svg.len() - END.len(), svg);
    }

    /// Writes a line of text between two edges, `y` being its base. Right-to-left
    /// lines begin at the right.
    pub fn text(&mut self, text: &str, block: &Block, size: f32, y: f32, (left, right): (f32, f32)) {
        let style = Style { bold: block.bold, size, rtl: block.locale.is_rtl() };
        let x = if style.rtl { right - glyphs::width(text, style.bold) * size } else { left };
        self.texts.push(Line { text: text.to_owned(), style, colour: block.colour(), at: (x, y) });
    }

    /// The words on it, a line each.
    #[cfg(test)]
    pub fn words(&self) -> String {
        self.texts.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The base of its lowest line.
    #[cfg(test)]
    pub fn lowest(&self) -> f32 {
        self.texts.iter().map(|l| l.at.1).fold(0.0, f32::max)
    }

    /// The `<svg>` with its lines as outlines.
    fn whole(&self) -> String {
        let mut out = self.svg.strip_suffix(END).unwrap_or(&self.svg).to_owned();
        for line in &self.texts {
            let path = glyphs::outlines(&line.text, line.style, line.at);
            let _ = write!(out, "<path d=\"{path}\" fill=\"{}\"/>", hex(line.colour));
        }
        out + END
    }
}

fn hex((r, g, b): Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// How an `<svg>` ends.
const END: &str = "</svg>";
/// Space between lines, as a share of the size.
const LEADING: f32 = 1.3;
/// Space after a block, as a share of the size.
const GAP: f32 = 0.55;
/// How wide the QR code is, as a share of the sheet.
const QR_SHARE: f32 = 0.24;

impl Sheet {
    /// Draws the sheet; everything gets smaller until it fits.
    pub fn draw(&self) -> Drawing {
        let foot = if self.qr.is_some() { self.width * QR_SHARE } else { 0.0 };
        let room = self.height - 2.0 * self.margin - foot;
        let mut scale = 1.0;
        while scale > 0.3 && self.needed(scale) > room {
            scale *= 0.95;
        }
        self.drawn(scale, foot)
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

    fn drawn(&self, scale: f32, foot: f32) -> Drawing {
        let (w, h) = (self.width, self.height);
        let mut out = Drawing::blank(w, h);
        out.shape(&format!("<rect width=\"{w}\" height=\"{}\" fill=\"#005eb8\"/>", self.margin / 3.0));
        let mut y = self.margin;
        for block in &self.blocks {
            let size = block.size * scale;
            if block.is_rule {
                let (x2, at) = (w - self.margin, y + size * 0.5);
                let left = self.margin;
                out.shape(&format!("<path d=\"M{left} {at}H{x2}\" stroke=\"#aeb7bd\" stroke-width=\"1\"/>"));
            } else {
                for (n, line) in self.lines(block, size).iter().enumerate() {
                    let base = y + size + n as f32 * size * LEADING;
                    out.text(line, block, size, base, (self.margin, w - self.margin));
                }
            }
            y += self.height_of(block, scale);
        }
        if let Some((qr, words)) = &self.qr {
            let (side, top) = (foot * 0.9, h - self.margin - foot * 0.9);
            let placed = qr.replacen("<svg ", &format!("<svg x=\"{}\" y=\"{top}\" ", self.margin), 1);
            out.shape(&sized(&placed, side));
            beside(&mut out, words, top, side, (self.margin + side + 16.0, w - self.margin));
        }
        out
    }
}

/// Writes what stands beside a QR code, smaller until it is no higher than that.
fn beside(out: &mut Drawing, words: &[Block], top: f32, side: f32, (left, right): (f32, f32)) {
    let broken_at = |scale: f32| -> Vec<(&Block, f32, String)> {
        let lines = |b: &'_ Block| broken(&b.text, b.size * scale, b.bold, right - left);
        words.iter().flat_map(|b| lines(b).into_iter().map(move |line| (b, b.size * scale, line))).collect()
    };
    let height =
        |lines: &[(&Block, f32, String)]| lines.iter().map(|(_, size, _)| size * LEADING).sum::<f32>();
    let mut scale = 1.0;
    while scale > 0.5 && height(&broken_at(scale)) > side {
        scale *= 0.95;
    }
    let mut base = top + 8.0;
    for (block, size, line) in broken_at(scale) {
        base += size * LEADING;
        out.text(&line, block, size, base, (left, right));
    }
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
    isolated(lines)
}

/// What is isolated where a line ends (UAX 9) is so on the next line too: each line is
/// drawn alone, and a number or English words keep their order over the break.
fn isolated(lines: Vec<String>) -> Vec<String> {
    let mut open = String::new();
    let mut whole = |line: String| {
        let before = open.clone();
        for c in line.chars() {
            match c {
                '\u{2066}'..='\u{2068}' => open.push(c),
                '\u{2069}' => drop(open.pop()),
                _ => {}
            }
        }
        let ends = "\u{2069}".repeat(open.chars().count());
        format!("{before}{line}{ends}")
    };
    lines.into_iter().map(&mut whole).collect()
}

static OPTIONS: LazyLock<usvg::Options<'static>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for (_, bytes) in assets::FONTS {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(*bytes)));
    }
    usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() }
});

/// The sheet as PNG, a pixel for a unit.
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, String> {
    let tree = usvg::Tree::from_str(&drawing.whole(), &OPTIONS).map_err(|e| e.to_string())?;
    let (w, h) = (tree.size().width().round() as u32, tree.size().height().round() as u32);
    let mut pixels = Pixmap::new(w, h).ok_or("an empty picture")?;
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| e.to_string())
}

/// Sheets as a PDF, a page each and a point for a unit; their words can be read
/// and searched.
pub fn pdf(sheets: &[Drawing], title: &str, locale: Locale) -> Result<Vec<u8>, String> {
    use krilla::color::rgb::Color as Rgb;
    use krilla::geom::Size;
    use krilla::metadata::Metadata;
    use krilla::page::PageSettings;
    use krilla::paint::Fill;
    use krilla_svg::{SurfaceExt, SvgSettings};
    let mut document = krilla::Document::new();
    let metadata = Metadata::new().title(title.to_owned()).language(locale.to_string());
    document.set_metadata(metadata);
    for drawing in sheets {
        let tree = usvg::Tree::from_str(&drawing.svg, &OPTIONS).map_err(|e| e.to_string())?;
        let (w, h) = (tree.size().width(), tree.size().height());
        let settings = PageSettings::from_wh(w, h).ok_or("an empty page")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let size = Size::from_wh(w, h).ok_or("an empty page")?;
        surface.draw_svg(&tree, size, SvgSettings::default()).ok_or("the sheet could not be drawn")?;
        for line in &drawing.texts {
            let (r, g, b) = line.colour;
            surface.set_fill(Some(Fill { paint: Rgb::new(r, g, b).into(), ..Fill::default() }));
            glyphs::write(&mut surface, &line.text, line.style, line.at);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|e| format!("{e:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_isolated_stays_so_over_a_break() {
        let text = format!("اتصل {} الآن", crate::words::from_left("07700 900982"));
        let lines = broken(&text, 10.0, false, 60.0);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines.iter().all(|l| l.matches('\u{2066}').count() == l.matches('\u{2069}').count()));
        assert!(lines[0].ends_with('\u{2069}') && lines[1].starts_with('\u{2066}'), "{lines:?}");
    }
}
