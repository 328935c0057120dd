//! The answers of a form about the rhythm of situation reports.

use super::typed::Typed;
use crate::domain::recurrence::Day;
use crate::domain::rhythm::Rhythm;
use crate::domain::{FieldError, time};
use crate::web::views::form::{Choice, chosen};
use crate::words::english;

/// A rhythm that a program set and the form cannot say: it stays.
pub const AS_IT_IS: &str = "as_it_is";

/// The form's answers for the rhythm that stands, so that saving it again
/// changes nothing.
pub struct Answers {
    pub often: &'static str,
    pub hour: String,
    pub second: String,
    pub day: &'static str,
}

pub fn standing(rhythm: Option<&Rhythm>) -> Answers {
    let often = match rhythm {
        None => "never",
        Some(r) if r.day.is_some() && r.hours.len() == 1 => "weekly",
        Some(r) if r.day.is_some() => AS_IT_IS,
        Some(r) if r.hours.len() == 2 => "twice",
        Some(r) => {
            let steps = [("24", 24), ("6", 6), ("4", 4), ("2", 2), ("1", 1)];
            let is = |step| Rhythm::every(step, r.hours[0]).as_ref() == Some(r);
            steps.iter().find(|(_, step)| is(*step)).map_or(AS_IT_IS, |(word, _)| word)
        }
    };
    let hour = |n: usize, usual: &str| {
        rhythm.and_then(|r| r.hours.get(n)).map_or_else(|| usual.to_owned(), ToString::to_string)
    };
    let day = rhythm.and_then(|r| r.day).map_or("", |d| d.as_str());
    Answers { often, hour: hour(0, "8"), second: hour(1, "16"), day }
}

/// The hours to choose from, as people say them.
pub fn hours(value: &str) -> Vec<Choice> {
    let all = (0..24u32).filter_map(|hour| {
        let at = chrono::NaiveDate::default().and_hms_opt(hour, 0, 0).map(time::from_wall)?;
        Some(Choice::new(hour.to_string(), time::clock(at, english())))
    });
    chosen(all.collect(), value)
}

/// What was chosen; a mistake where it is no rhythm.
pub fn read(typed: &Typed) -> Result<Option<Rhythm>, Vec<FieldError>> {
    let hour = |name: &str| typed.get(name).parse::<u8>().ok();
    let wrong = || vec![FieldError::new("/often", "Choose one of the answers.")];
    let found = match typed.get("often") {
        "never" => return Ok(None),
        "twice" => hour("hour").zip(hour("second")).and_then(|(a, b)| Rhythm::new(vec![a, b], None)),
        "weekly" => Day::parse(typed.get("day"))
            .zip(hour("hour"))
            .and_then(|(day, h)| Rhythm::new(vec![h], Some(day))),
        step => step.parse().ok().zip(hour("hour")).and_then(|(step, from)| Rhythm::every(step, from)),
    };
    found.map(Some).ok_or_else(wrong)
}
