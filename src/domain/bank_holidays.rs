//! The bank holidays of England and Wales.
//!
//! Most follow from rules (Banking and Financial Dealings Act 1971, schedule 1,
//! and the yearly proclamations for New Year's Day and the early May holiday);
//! what was proclaimed once stands in a list. The published list is
//! <https://www.gov.uk/bank-holidays>, from 2019 on. A day that is proclaimed
//! after this was built is not known: a place enters it as a day of its own.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::recurrence::{Day, Nth};

/// Days that were proclaimed once.
const ONCE: [(i32, u32, u32, &str); 3] = [
    (2022, 6, 3, "Platinum Jubilee bank holiday"),
    (2022, 9, 19, "Bank Holiday for the State Funeral of Queen Elizabeth II"),
    (2023, 5, 8, "Bank holiday for the coronation of King Charles III"),
];

/// Holidays that a proclamation moved: the usual day, and the day it was kept.
const MOVED: [(&str, i32, u32, u32); 2] =
    [("Early May bank holiday", 2020, 5, 8), ("Spring bank holiday", 2022, 6, 2)];

/// What a day is called, if it is a bank holiday in England and Wales.
pub fn name(day: NaiveDate) -> Option<&'static str> {
    of_year(day.year()).into_iter().find(|(date, _)| *date == day).map(|(_, name)| name)
}

/// Those on or after a day, in order, until the end of the next year.
pub fn from(day: NaiveDate) -> Vec<(NaiveDate, &'static str)> {
    let mut all = of_year(day.year());
    all.extend(of_year(day.year() + 1));
    all.retain(|(date, _)| *date >= day);
    all.sort();
    all
}

/// Those of a year, in no order.
fn of_year(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let monday = |nth: Nth, month| on(month, 1).and_then(|first| nth.in_month_of(first, Day::Monday));
    let easter = easter(year);
    let mut all = vec![
        (on(1, 1).map(working_day), "New Year’s Day"),
        (easter.and_then(|e| e.checked_sub_days(Days::new(2))), "Good Friday"),
        (easter.and_then(|e| e.checked_add_days(Days::new(1))), "Easter Monday"),
        (monday(Nth::First, 5), "Early May bank holiday"),
        (monday(Nth::Last, 5), "Spring bank holiday"),
        (monday(Nth::Last, 8), "Summer bank holiday"),
        (on(12, 25).map(two_later), "Christmas Day"),
        (on(12, 26).map(two_later), "Boxing Day"),
    ];
    for (moved, in_year, month, day) in MOVED.iter().filter(|(_, y, ..)| *y == year) {
        let kept = NaiveDate::from_ymd_opt(*in_year, *month, *day);
        all.iter_mut().filter(|(_, name)| name == moved).for_each(|(date, _)| *date = kept);
    }
    let once = ONCE.iter().filter(|(y, ..)| *y == year);
    all.extend(once.map(|(y, month, day, name)| (NaiveDate::from_ymd_opt(*y, *month, *day), *name)));
    all.into_iter().filter_map(|(date, name)| Some((date?, name))).collect()
}

/// At a weekend the Monday after takes its place.
fn working_day(day: NaiveDate) -> NaiveDate {
    let later = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    day + Days::new(later)
}

/// Christmas Day and Boxing Day stand beside each other, so each at a weekend
/// is kept two days later.
fn two_later(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat | Weekday::Sun => day + Days::new(2),
        _ => day,
    }
}

/// Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, g) = (b / 4, b % 4, (8 * b + 13) / 25);
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As published for England and Wales.
    const PUBLISHED: [(i32, &str); 9] = [
        (2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    ];

    #[test]
    fn the_rules_give_what_was_published() {
        for (year, published) in PUBLISHED {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let days = first.iter_days().take_while(|d| d.year() == year);
            let found: Vec<String> =
                days.filter(|d| name(*d).is_some()).map(|d| d.format("%m-%d").to_string()).collect();
            assert_eq!(found.join(" "), published, "{year}");
        }
    }

    #[test]
    fn a_day_has_its_name() {
        let named = |day: &str| name(day.parse().unwrap());
        assert_eq!(named("2022-12-27"), Some("Christmas Day"), "the substitute of a Sunday");
        assert_eq!(named("2022-12-26"), Some("Boxing Day"));
        assert_eq!(named("2026-12-28"), Some("Boxing Day"));
        assert_eq!(named("2022-09-19"), Some("Bank Holiday for the State Funeral of Queen Elizabeth II"));
        assert_eq!(named("2026-11-25"), None);
        let next = from("2026-12-26".parse().unwrap());
        assert_eq!(next[0], ("2026-12-28".parse().unwrap(), "Boxing Day"));
        assert_eq!(next.len(), 9);
    }
}
