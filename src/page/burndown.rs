//! What is left, over time, as a drawing: a line down to now, and where it may
//! go from there. The same numbers stand in a table beside it.

use std::fmt::Write;

use chrono::{DateTime, Utc};

use crate::domain::recovery::{Counter, Outlook};
use crate::domain::time;
use crate::words::english;

/// How large a drawing is, in its own units, and its letters.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub width: f32,
    pub height: f32,
    pub letters: f32,
}

impl Size {
    /// For a desk.
    pub const WIDE: Self = Self { width: 640.0, height: 300.0, letters: 13.0 };
    /// For a phone: drawn in a width of 280, its letters are still 13 high.
    pub const NARROW: Self = Self { width: 320.0, height: 280.0, letters: 15.0 };

    /// Room for the largest number.
    fn left(self, most: i64) -> f32 {
        // A digit is a bit more than half as wide as it is high.
        16.0 + grouped(most).len() as f32 * self.letters * 0.58
    }

    /// Room for two lines.
    fn bottom(self) -> f32 {
        self.letters * 3.0 + 5.0
    }
}

const RIGHT: f32 = 16.0;
const TOP: f32 = 16.0;

/// The drawing as `<svg>`; `about` says the same in words. Empty where there is
/// no reading.
pub fn svg(counter: &Counter, about: &str, now: DateTime<Utc>, size: Size) -> String {
    let (Some(first), Some(last)) = (counter.readings.first(), counter.now()) else { return String::new() };
    let (earliest, latest) = match counter.outlook(now) {
        Outlook::Between { earliest, latest, .. } => (earliest, latest),
        Outlook::Done(_) | Outlook::CannotSay(_) => (None, None),
    };
    let most = counter.readings.iter().map(|r| r.left().max(r.total)).max().unwrap_or(1).max(1);
    let until = latest.or(earliest).unwrap_or(now).max(last.at).max(now);
    let span = (until - first.at).num_seconds().max(60) as f32;
    let Size { width, height, letters } = size;
    let (start, floor) = (size.left(most), height - size.bottom());
    let x = |at: DateTime<Utc>| start + (at - first.at).num_seconds() as f32 / span * (width - start - RIGHT);
    let y = |left: i64| floor - left as f32 / most as f32 * (floor - TOP);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{}\" font-family=\"Arial, Noto Sans, sans-serif\" font-size=\"{letters}\">",
        escaped(about)
    );
    axes(&mut out, most, (first.at, until), now, size);
    let (from_x, from_y) = (x(last.at), y(last.left()));
    if let Some(earliest) = earliest {
        // Between the two paces: a wedge, open where nobody can say how late.
        let far = latest.map_or((width - RIGHT, from_y), |l| (x(l), floor));
        let _ = write!(
            out,
            "<path d=\"M{from_x:.1} {from_y:.1}L{:.1} {floor:.1}L{:.1} {:.1}Z\" fill=\"#d8dde0\"/>",
            x(earliest),
            far.0,
            far.1
        );
        for (to_x, to_y) in [(x(earliest), floor), far] {
            let _ = write!(
                out,
                "<path d=\"M{from_x:.1} {from_y:.1}L{to_x:.1} {to_y:.1}\" stroke=\"#425563\" \
                 stroke-width=\"2\" stroke-dasharray=\"6 4\"/>"
            );
        }
    }
    let points: Vec<(f32, f32)> = counter.readings.iter().map(|r| (x(r.at), y(r.left()))).collect();
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    let _ =
        write!(out, "<path d=\"M{}\" fill=\"none\" stroke=\"#005eb8\" stroke-width=\"3\"/>", path.join("L"));
    for (x, y) in points {
        let _ = write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"#005eb8\"/>");
    }
    out + "</svg>"
}

fn axes(
    out: &mut String,
    most: i64,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
    size: Size,
) {
    let (start, end, floor) = (size.left(most), size.width - RIGHT, size.height - size.bottom());
    for (n, left) in [0, most / 2, most].into_iter().enumerate() {
        let at = floor - left as f32 / most as f32 * (floor - TOP);
        let colour = if n == 0 { "#212b32" } else { "#d8dde0" };
        let _ = write!(
            out,
            "<path d=\"M{start:.1} {at:.1}H{end}\" stroke=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#212b32\">{}</text>",
            start - 8.0,
            at + size.letters / 3.0,
            grouped(left)
        );
    }
    let base = floor + size.letters * 1.5;
    let _ = write!(
        out,
        "<text x=\"{start:.1}\" y=\"{base:.1}\" fill=\"#212b32\">{}</text>\
         <text x=\"{end}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#212b32\">{}</text>",
        escaped(&time::near(from, now, english())),
        base + size.letters * 1.25,
        escaped(&time::near(until, now, english())),
    );
}

/// Digits in groups of three.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
