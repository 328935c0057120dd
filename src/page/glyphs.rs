//! Letters as outlines, for scripts whose vowel signs stand beside their
//! letter: the drawing library gives a group of letters the width of its widest
//! one, so that signs would lie on the next letter. They are shaped here.

use std::fmt::Write;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Face, UnicodeBuffer};

use crate::assets;
use crate::words::Locale;

/// Whether a language is drawn as outlines.
pub fn is_outlined(locale: Locale) -> bool {
    matches!(locale, Locale::Bn | Locale::Gu | Locale::Pa)
}

/// The regular and the bold faces.
static FACES: LazyLock<[Vec<Face<'static>>; 2]> = LazyLock::new(|| {
    [false, true].map(|bold| {
        let fonts = assets::FONTS.iter().filter(|(is_bold, _)| *is_bold == bold);
        fonts.filter_map(|(_, bytes)| Face::from_slice(bytes, 0)).collect()
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

/// A line of text as the `d` of a path that begins at (`x`, `y`), and where it
/// ends.
pub fn outlines(line: &str, bold: bool, size: f32, x: f32, y: f32) -> (String, f32) {
    let mut pen = Pen { d: String::new(), x, y, scale: 1.0 };
    let mut at = x;
    for (face, run) in runs(line, faces(bold)) {
        pen.scale = size / face.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&run);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            pen.x = at + place.x_offset as f32 * pen.scale;
            pen.y = y - place.y_offset as f32 * pen.scale;
            let id = GlyphId(u16::try_from(glyph.glyph_id).unwrap_or(0));
            face.outline_glyph(id, &mut pen);
            at += place.x_advance as f32 * pen.scale;
        }
    }
    (pen.d, at)
}

/// Pieces of a line that one face can write: a letter stays with the face of
/// the one before it where that has it.
fn runs<'a>(line: &str, faces: &'a [Face<'static>]) -> Vec<(&'a Face<'static>, String)> {
    let mut out: Vec<(&Face<'static>, String)> = Vec::new();
    for c in line.chars() {
        let has = |face: &Face<'static>| face.glyph_index(c).is_some();
        match out.last_mut() {
            Some((face, run)) if has(face) => run.push(c),
            _ => {
                if let Some(face) = faces.iter().find(|f| has(f)).or(faces.first()) {
                    out.push((face, c.to_string()));
                }
            }
        }
    }
    out
}

/// The width of a text at size 1, as it is shaped.
pub fn width(text: &str, bold: bool) -> f32 {
    outlines(text, bold, 1.0, 0.0, 0.0).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_beside_a_letter_take_room_and_marks_above_it_do_not() {
        // Gujarati "ka" and "kā" (a sign to the right), Latin "e" and "é".
        assert!(width("કા", false) > width("ક", false) * 1.2);
        assert!((width("e\u{301}", false) - width("e", false)).abs() < 0.01);
        let (path, end) = outlines("ગુજરાતી 111", true, 20.0, 10.0, 50.0);
        assert!(path.starts_with('M') && end > 60.0, "{end}");
    }
}
