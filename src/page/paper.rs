//! Records on paper: headings, text, tables and drawings over as many sheets of
//! A4 as they take. Each sheet has its number at the foot, and what the record
//! wants to stand on every one.

use std::collections::HashMap;

use super::sheet::{self, Block, Drawing};
use crate::words::Locale;

/// One part of a record, from top to bottom.
pub enum Piece {
    Heading(String),
    Text(String),
    /// Heads and rows, and how wide each column is as a share of the sheet.
    Table {
        heads: Vec<&'static str>,
        shares: Vec<f32>,
        rows: Vec<Vec<String>>,
    },
    /// An `<svg>` of this width and height, drawn as wide as the sheet.
    Drawing(String, f32, f32),
}

/// A record.
pub struct Paper {
    pub title: String,
    /// On every sheet, beside its number.
    pub foot: String,
    /// "EXERCISE" on every sheet; empty when it is real.
    pub mark: String,
    pub landscape: bool,
    pub pieces: Vec<Piece>,
}

const MARGIN: f32 = 40.0;
const FOOT: f32 = 26.0;
const TITLE: f32 = 17.0;
const HEADING: f32 = 12.5;
const TEXT: f32 = 10.0;
const CELL: f32 = 8.5;
/// Space between lines, as a share of the size.
const LEADING: f32 = 1.3;
/// Space around the words of a cell.
const PAD: f32 = 3.0;

impl Paper {
    /// The record as PDF.
    ///
    /// # Errors
    /// What the drawing says; nothing a reader can mend.
    pub fn pdf(&self) -> Result<Vec<u8>, String> {
        sheet::pdf(&self.sheets(), &self.title, Locale::En)
    }

    /// The sheets, each with its number.
    fn sheets(&self) -> Vec<Drawing> {
        let (width, height) = if self.landscape { (842.0, 595.0) } else { (595.0, 842.0) };
        let mut press = Press {
            width,
            height,
            mark: &self.mark,
            done: Vec::new(),
            body: Drawing::blank(width, height),
            y: 0.0,
            widths: Widths::default(),
        };
        press.begin();
        press.lines(&self.title, TITLE, true);
        for piece in &self.pieces {
            match piece {
                Piece::Heading(text) => {
                    press.y += HEADING * 0.6;
                    // A heading stays with what follows it.
                    press.room(HEADING * LEADING + 4.0 * TEXT * LEADING);
                    press.lines(text, HEADING, true);
                }
                Piece::Text(text) => {
                    press.lines(text, TEXT, false);
                    press.y += TEXT * 0.4;
                }
                Piece::Table { heads, shares, rows } => press.table(heads, shares, rows),
                Piece::Drawing(svg, w, h) => press.drawing(svg, *w, *h),
            }
        }
        press.done.push(press.body);
        let all = press.done.len();
        for (n, sheet) in press.done.iter_mut().enumerate() {
            let number = format!("Page {} of {all}. {}", n + 1, self.foot);
            let base = height - MARGIN + FOOT * 0.6;
            sheet.text(&number, &plain(CELL).grey(), CELL, base, (MARGIN, width - MARGIN));
        }
        press.done
    }
}

fn plain(size: f32) -> Block {
    Block::new("", size, Locale::En)
}

/// How wide words are at size 1: records say the same words again and again, and
/// measuring takes time.
#[derive(Default)]
struct Widths(HashMap<(bool, String), f32>);

impl Widths {
    fn of(&mut self, word: &str, bold: bool) -> f32 {
        let key = (bold, word.to_owned());
        *self.0.entry(key).or_insert_with(|| super::glyphs::width(word, bold))
    }

    /// Lines of a text; its own line breaks stay, and a word that is wider than
    /// the room is broken where it must be.
    fn lines(&mut self, text: &str, size: f32, bold: bool, room: f32) -> Vec<String> {
        let room = room / size;
        let space = self.of(" ", bold);
        let mut out = Vec::new();
        for line in text.lines() {
            let (mut words, mut filled) = (String::new(), 0.0);
            let pieces: Vec<String> =
                line.split_whitespace().flat_map(|w| self.fitting(w, bold, room)).collect();
            for word in pieces {
                let wide = self.of(&word, bold);
                if !words.is_empty() && filled + space + wide > room {
                    out.push(std::mem::take(&mut words));
                    filled = 0.0;
                }
                if !words.is_empty() {
                    words.push(' ');
                    filled += space;
                }
                words.push_str(&word);
                filled += wide;
            }
            out.push(words);
        }
        out
    }

    /// A word, in pieces where it is wider than the room.
    fn fitting(&mut self, word: &str, bold: bool, room: f32) -> Vec<String> {
        if self.of(word, bold) <= room {
            return vec![word.to_owned()];
        }
        let (mut out, mut filled) = (vec![String::new()], 0.0);
        for c in word.chars() {
            let wide = self.of(c.encode_utf8(&mut [0; 4]), bold);
            if filled + wide > room && filled > 0.0 {
                out.push(String::new());
                filled = 0.0;
            }
            if let Some(last) = out.last_mut() {
                last.push(c);
            }
            filled += wide;
        }
        out
    }
}

/// What fills the sheets.
struct Press<'a> {
    width: f32,
    height: f32,
    mark: &'a str,
    done: Vec<Drawing>,
    body: Drawing,
    /// How far down the sheet is filled.
    y: f32,
    widths: Widths,
}

impl Press<'_> {
    /// A new sheet; what stands on every one comes first.
    fn begin(&mut self) {
        self.y = MARGIN;
        if !self.mark.is_empty() {
            let mark = self.mark;
            self.lines(mark, HEADING, true);
        }
    }

    fn floor(&self) -> f32 {
        self.height - MARGIN
    }

    /// Goes on to a new sheet where this one has no room for so much.
    fn room(&mut self, needed: f32) {
        if self.y + needed > self.floor() {
            let blank = Drawing::blank(self.width, self.height);
            self.done.push(std::mem::replace(&mut self.body, blank));
            self.begin();
        }
    }

    fn lines(&mut self, text: &str, size: f32, bold: bool) {
        let block = if bold { plain(size).bold() } else { plain(size) };
        for line in self.widths.lines(text, size, bold, self.width - 2.0 * MARGIN) {
            self.room(size * LEADING);
            self.body.text(&line, &block, size, self.y + size, (MARGIN, self.width - MARGIN));
            self.y += size * LEADING;
        }
    }

    /// A table; its heads come again on each sheet, and a row that is higher
    /// than a sheet goes on on the next.
    fn table(&mut self, heads: &[&'static str], shares: &[f32], rows: &[Vec<String>]) {
        let full = self.width - 2.0 * MARGIN;
        let sum: f32 = shares.iter().sum();
        let widths: Vec<f32> = shares.iter().map(|s| s / sum * full).collect();
        let heads: Vec<String> = heads.iter().map(|h| (*h).to_owned()).collect();
        let head = self.cells(&heads, &widths, true);
        self.room(3.0 * CELL * LEADING + 4.0 * PAD);
        self.row(&head, &widths, true);
        for row in rows {
            let mut left = self.cells(row, &widths, false);
            while left.iter().any(|c| !c.is_empty()) {
                let line = CELL * LEADING;
                let here = ((self.floor() - self.y - 2.0 * PAD) / line) as usize;
                let needed = left.iter().map(Vec::len).max().unwrap_or(0);
                // Few lines at the foot of a sheet read badly.
                if here == 0 || (here < needed && here < 4) {
                    self.room(self.height);
                    self.row(&head, &widths, true);
                    continue;
                }
                let part: Vec<Vec<String>> =
                    left.iter_mut().map(|c| c.drain(..c.len().min(here)).collect()).collect();
                self.row(&part, &widths, false);
            }
        }
        self.y += TEXT * 0.6;
    }

    fn cells(&mut self, texts: &[String], widths: &[f32], bold: bool) -> Vec<Vec<String>> {
        let all = texts.iter().zip(widths);
        all.map(|(text, wide)| self.widths.lines(text, CELL, bold, wide - 2.0 * PAD)).collect()
    }

    fn row(&mut self, cells: &[Vec<String>], widths: &[f32], is_head: bool) {
        let line = CELL * LEADING;
        let high = cells.iter().map(Vec::len).max().unwrap_or(0) as f32 * line + 2.0 * PAD;
        let block = if is_head { plain(CELL).bold() } else { plain(CELL) };
        let fill = if is_head { "#f0f4f5" } else { "none" };
        let mut x = MARGIN;
        for (lines, width) in cells.iter().zip(widths) {
            let y = self.y;
            self.body.shape(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{high}\" fill=\"{fill}\" \
                 stroke=\"#768692\" stroke-width=\"0.5\"/>"
            ));
            for (n, text) in lines.iter().enumerate() {
                let base = y + PAD + CELL + n as f32 * line;
                self.body.text(text, &block, CELL, base, (x + PAD, x + width));
            }
            x += width;
        }
        self.y += high;
    }

    fn drawing(&mut self, svg: &str, w: f32, h: f32) {
        let wide = self.width - 2.0 * MARGIN;
        let high = h * wide / w;
        self.room(high);
        let (x, y) = (MARGIN, self.y);
        let placed = svg.replacen(
            "<svg ",
            &format!("<svg x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" "),
            1,
        );
        self.body.shape(&placed);
        self.y += high + TEXT * 0.6;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(pieces: Vec<Piece>) -> Paper {
        let (title, foot) = ("A record".into(), "Chain head 0123456789abcdef.".into());
        Paper { title, foot, mark: String::new(), landscape: false, pieces }
    }

    #[test]
    fn a_long_table_goes_on_with_its_heads_and_loses_no_words() {
        let row =
            |n: usize| vec![format!("row{n}"), "A few words that take more than one line. ".repeat(n % 7)];
        let rows: Vec<_> = (0..120).map(row).chain([vec!["high".into(), "tall ".repeat(3000)]]).collect();
        let table = Piece::Table { heads: vec!["Number", "Words"], shares: vec![1.0, 3.0], rows };
        let sheets = paper(vec![Piece::Heading("All of it".into()), table]).sheets();
        let all = sheets.iter().map(Drawing::words).collect::<Vec<_>>().join("\n");
        assert!(sheets.len() > 5);
        for n in 0..120 {
            assert_eq!(all.lines().filter(|l| *l == format!("row{n}")).count(), 1, "row {n}");
        }
        assert_eq!(all.matches("tall").count(), 3000);
        for (n, sheet) in sheets.iter().enumerate() {
            let words = sheet.words();
            assert!(words.lines().any(|l| l == "Number"), "the heads stand on sheet {n}");
            let number = format!("Page {} of {}. Chain head 0123456789abcdef.", n + 1, sheets.len());
            assert!(words.contains(&number));
            assert!(sheet.lowest() < 842.0 - MARGIN + FOOT);
        }
    }

    #[test]
    fn a_word_wider_than_its_column_is_broken() {
        let lines = Widths::default().lines(&"0123456789abcdef".repeat(4), 8.5, false, 60.0);
        assert!(lines.len() > 4);
        assert_eq!(lines.concat(), "0123456789abcdef".repeat(4));
    }

    #[test]
    fn it_is_a_pdf_with_every_page() {
        let mut it = paper(vec![Piece::Text("Words ".repeat(4000))]);
        it.mark = "EXERCISE".into();
        let sheets = it.sheets();
        assert!(sheets.len() > 1 && sheets.iter().all(|s| s.words().starts_with("EXERCISE\n")));
        let pdf = it.pdf().unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        assert!(pdf.len() < 400_000, "{} bytes", pdf.len());
    }
}
