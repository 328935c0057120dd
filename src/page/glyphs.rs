//! Lines of text in every script, shaped: as outlines for a picture, as letters
//! for a PDF. One way for both, so that they look alike, and so that a PDF can
//! be searched, copied and read aloud.

use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, KrillaGlyph};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder, Tag};
use rustybuzz::{Direction, Face, Feature, UnicodeBuffer, script};
use unicode_bidi::{BidiInfo, Level};

use crate::assets;

/// The regular and the bold faces.
static FACES: LazyLock<[Vec<Face<'static>>; 2]> = LazyLock::new(|| {
    [false, true].map(|bold| {
        let fonts = assets::FONTS.iter().filter(|(is_bold, _)| *is_bold == bold);
        fonts.filter_map(|(_, bytes)| Face::from_slice(bytes, 0)).collect()
    })
});

/// The same faces, for a PDF.
static FONTS: LazyLock<[Vec<Option<Font>>; 2]> = LazyLock::new(|| {
    [false, true].map(|bold| {
        let fonts = assets::FONTS.iter().filter(|(is_bold, _)| *is_bold == bold);
        fonts.map(|(_, bytes)| Font::new((*bytes).into(), 0)).collect()
    })
});

fn faces(bold: bool) -> &'static [Face<'static>] {
    &FACES[usize::from(bold)]
}

/// Draws outlines one after the other into the `d` of a path. Fonts count
/// upwards, drawings downwards.
struct Pen {
    d: String,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn point(&mut self, command: char, points: &[(f32, f32)]) {
        self.d.push(command);
        for (x, y) in points {
            let _ = write!(self.d, "{:.2} {:.2} ", self.x + x * self.scale, self.y - y * self.scale);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.point('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.point('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.point('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.point('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.d.push('Z');
    }
}

/// How a line is written.
#[derive(Clone, Copy)]
pub struct Style {
    pub bold: bool,
    /// In the units of the sheet; 1 for measuring.
    pub size: f32,
    /// Its own direction; that of its words is found.
    pub rtl: bool,
}

/// Letters of one face, shaped, from left to right. Lengths are for size 1.
struct Run {
    text: String,
    /// Its place among the faces of its weight.
    face: usize,
    glyphs: Vec<Glyph>,
}

/// One drawing of a letter, of a part of one, or of several.
struct Glyph {
    id: u16,
    advance: f32,
    /// To the right and upwards.
    offset: (f32, f32),
    /// The letters that it and its neighbours with the same range stand for, in
    /// bytes of the run.
    letters: Range<usize>,
}

/// Shapes a line; its runs stand from left to right (Unicode Standard Annex 9).
fn shape(line: &str, style: Style) -> Vec<Run> {
    let level = if style.rtl { Level::rtl() } else { Level::ltr() };
    let bidi = BidiInfo::new(line, Some(level));
    let mut out = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, visual) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for range in visual {
            let is_rtl = levels[range.start].is_rtl();
            let mut pieces = pieces(&line[range], faces(style.bold));
            if is_rtl {
                pieces.reverse();
            }
            out.extend(pieces.into_iter().map(|(face, text)| shape_run(face, text, is_rtl, style.bold)));
        }
    }
    out
}

fn shape_run(at: usize, text: String, is_rtl: bool, bold: bool) -> Run {
    let face = &faces(bold)[at];
    let em = face.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.guess_segment_properties();
    buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    // One drawing for "ff" looks a little better, and some readers of PDFs copy it
    // as something else. Arabic and Indian scripts need theirs to be right.
    let is_latin = buffer.script() == script::LATIN;
    let features = if is_latin { &[Feature::new(Tag::from_bytes(b"liga"), 0, ..)][..] } else { &[] };
    let shaped = rustybuzz::shape(face, features, buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|g| g.cluster as usize).collect();
    starts.sort_unstable();
    let end = |start: usize| starts.iter().copied().find(|s| *s > start).unwrap_or(text.len());
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(glyph, place)| Glyph {
        id: u16::try_from(glyph.glyph_id).unwrap_or(0),
        advance: place.x_advance as f32 / em,
        offset: (place.x_offset as f32 / em, place.y_offset as f32 / em),
        letters: glyph.cluster as usize..end(glyph.cluster as usize),
    });
    let mut glyphs: Vec<Glyph> = glyphs.collect();
    // Readers turn such words round once more where they run from the right.
    if !is_rtl {
        join_words(&mut glyphs, &text);
    }
    Run { text, face: at, glyphs }
}

/// The drawings of a word stand for the whole word where one of them does not
/// stand for one letter: readers of a PDF take such a word as it was typed, and
/// put no spaces between its parts.
fn join_words(glyphs: &mut [Glyph], text: &str) {
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let whole = start..start + word.len();
        let within = |g: &Glyph| whole.contains(&g.letters.start);
        let letters = word.chars().count();
        let simple = glyphs.iter().filter(|g| within(g) && text[g.letters.clone()].chars().count() == 1);
        if simple.count() != letters || glyphs.iter().filter(|g| within(g)).count() != letters {
            glyphs.iter_mut().filter(|g| within(g)).for_each(|g| g.letters = whole.clone());
        }
    }
}

/// A line of text as the `d` of a path that begins at (`x`, `y`).
pub fn outlines(line: &str, style: Style, (x, y): (f32, f32)) -> String {
    let mut pen = Pen { d: String::new(), x, y, scale: 1.0 };
    let mut at = x;
    for run in shape(line, style) {
        let face = &faces(style.bold)[run.face];
        pen.scale = style.size / face.units_per_em() as f32;
        for glyph in &run.glyphs {
            pen.x = at + glyph.offset.0 * style.size;
            pen.y = y - glyph.offset.1 * style.size;
            face.outline_glyph(GlyphId(glyph.id), &mut pen);
            at += glyph.advance * style.size;
        }
    }
    pen.d
}

/// Writes a line as letters into a PDF, from (`x`, `y`) on. Words that were
/// shaped into other drawings than their letters, or into another order, are
/// found and copied as they were typed (`ActualText`, PDF 32000-1 section
/// 14.9.4).
pub fn write(surface: &mut Surface<'_>, line: &str, style: Style, (x, y): (f32, f32)) {
    let mut at = x;
    for run in shape(line, style) {
        let glyphs: Vec<KrillaGlyph> = run.glyphs.iter().map(Glyph::for_pdf).collect();
        if let Some(font) = &FONTS[usize::from(style.bold)][run.face] {
            surface.draw_glyphs(Point::from_xy(at, y), &glyphs, font.clone(), &run.text, style.size, false);
        }
        at += run.width() * style.size;
    }
}

impl Run {
    fn width(&self) -> f32 {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

impl Glyph {
    fn for_pdf(&self) -> KrillaGlyph {
        let (right, up) = self.offset;
        let id = krilla::text::GlyphId::new(u32::from(self.id));
        KrillaGlyph::new(id, self.advance, right, up, 0.0, self.letters.clone(), None)
    }
}

/// Pieces of a line that one face can write, each with the place of its face: a
/// letter stays with the face of the one before it where that has it. Marks that
/// only tell the direction are left out.
fn pieces(line: &str, faces: &[Face<'static>]) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    for c in line.chars().filter(|c| !is_direction(*c)) {
        let has = |face: &Face<'static>| face.glyph_index(c).is_some();
        match out.last_mut() {
            Some((face, run)) if has(&faces[*face]) => run.push(c),
            _ => out.push((faces.iter().position(has).unwrap_or(0), c.to_string())),
        }
    }
    out
}

/// The marks of the bidirectional algorithm (Unicode Standard Annex 9, table 1).
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The width of a text at size 1, as it is shaped.
pub fn width(text: &str, bold: bool) -> f32 {
    shape(text, Style { bold, size: 1.0, rtl: false }).iter().map(Run::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_beside_a_letter_take_room_and_marks_above_it_do_not() {
        // Gujarati "ka" and "kā" (a sign to the right), Latin "e" and "é".
        assert!(width("કા", false) > width("ક", false) * 1.2);
        assert!((width("e\u{301}", false) - width("e", false)).abs() < 0.01);
        let style = Style { bold: true, size: 20.0, rtl: false };
        let path = outlines("ગુજરાતી 111", style, (10.0, 50.0));
        assert!(path.starts_with('M'), "{path}");
    }

    fn letters(runs: &[Run]) -> Vec<&str> {
        runs.iter().flat_map(|r| r.glyphs.iter().map(|g| &r.text[g.letters.clone()])).collect()
    }

    #[test]
    fn a_word_that_is_shaped_stands_for_itself_as_it_was_typed() {
        let style = Style { bold: false, size: 1.0, rtl: false };
        // Bengali "ki": the sign is drawn to the left of its letter.
        assert_eq!(letters(&shape("কি কক", style)), ["কি", "কি", " ", "ক", "ক"]);
        assert_eq!(letters(&shape("Ring 999", style)).concat(), "Ring 999");
        // Nothing to put right in English, so every reader copies it.
        assert_eq!(letters(&shape("office 0ff1", style)).len(), "office 0ff1".len());
    }

    #[test]
    fn numbers_stay_left_to_right_in_a_line_from_the_right() {
        let style = Style { bold: false, size: 1.0, rtl: true };
        let runs = shape("اتصل \u{2068}999\u{2069} الآن", style);
        let seen: Vec<&str> = runs.iter().map(|r| r.text.trim()).filter(|t| !t.is_empty()).collect();
        assert_eq!(seen, ["الآن", "999", "اتصل"], "from left to right");
    }
}
