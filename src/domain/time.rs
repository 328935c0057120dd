//! Times as people in the United Kingdom read them.
//!
//! NHS content style in English: "8:05am", "midday", "midnight", "Friday 19 July 2024".

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::London;
use chrono_tz::Tz;

use crate::words::Words;

/// The same moment on a clock in London.
pub fn london(at: DateTime<Utc>) -> DateTime<Tz> {
    at.with_timezone(&London)
}

/// "8:05am", "5pm", "midday", "midnight"; "08:05" where people count to 24.
pub fn clock(at: DateTime<Utc>, w: &'static Words) -> String {
    let at = london(at);
    let (hour, minute) = (at.hour(), at.minute());
    match (hour, minute) {
        (0, 0) => return w.get("midnight").into(),
        (12, 0) => return w.get("midday").into(),
        _ if w.get("clock-style") == "24" => return format!("{hour:02}:{minute:02}"),
        _ => {}
    }
    let half = w.get(if hour < 12 { "am" } else { "pm" });
    let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
    if minute == 0 { format!("{shown}{half}") } else { format!("{shown}:{minute:02}{half}") }
}

/// "Friday 19 July 2024".
pub fn day(at: DateTime<Utc>, w: &'static Words) -> String {
    dated("weekday-and-full-date", london(at).date_naive(), w)
}

/// "19 July 2024".
pub fn date(day: NaiveDate, w: &'static Words) -> String {
    dated("date", day, w)
}

/// "July 2024".
pub fn month(day: NaiveDate, w: &'static Words) -> String {
    dated("month-and-year", day, w)
}

fn dated(id: &str, day: NaiveDate, w: &'static Words) -> String {
    let (number, year) = (day.day().to_string(), day.year().to_string());
    w.with(
        id,
        &[
            ("weekday", w.get(&format!("weekday-{}", day.weekday().number_from_monday())).into()),
            ("day", (&number).into()),
            ("month", w.get(&format!("month-{}", day.month())).into()),
            ("year", (&year).into()),
        ],
    )
}

/// "8:05am, Friday 19 July 2024".
pub fn full(at: DateTime<Utc>, w: &'static Words) -> String {
    w.with("time-and-day", &[("time", (&clock(at, w)).into()), ("day", (&day(at, w)).into())])
}

/// "9:40am", or "9:40am on Saturday 20 July" when it is another day.
pub fn near(at: DateTime<Utc>, now: DateTime<Utc>, w: &'static Words) -> String {
    let (there, here) = (london(at).date_naive(), london(now).date_naive());
    if there == here {
        return clock(at, w);
    }
    let day = match there.year() == here.year() {
        true => dated("weekday-and-date", there, w),
        false => day(at, w),
    };
    w.with("time-on-day", &[("time", (&clock(at, w)).into()), ("day", (&day).into())])
}

/// The next 6:30pm in London, when surgeries close.
pub fn end_of_day(now: DateTime<Utc>) -> DateTime<Utc> {
    let here = london(now);
    (0..3)
        .filter_map(|days| (here.date_naive() + Days::new(days)).and_hms_opt(18, 30, 0))
        .filter_map(|at| at.and_local_timezone(London).single())
        .map(|at| at.with_timezone(&Utc))
        .find(|at| *at > now)
        .unwrap_or(now + chrono::Duration::hours(24))
}

/// "7:41:12am", for what is read again every few seconds.
pub fn clock_with_seconds(at: DateTime<Utc>) -> String {
    london(at).format("%-I:%M:%S%P").to_string()
}

/// RFC 3339 in UTC with milliseconds, as the contract writes times.
pub fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::english;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn clock_follows_the_content_style() {
        for (utc, shown) in [
            ("2024-07-19T07:05:00Z", "8:05am"),
            ("2024-07-19T11:00:00Z", "midday"),
            ("2024-07-18T23:00:00Z", "midnight"),
            ("2024-07-19T16:00:00Z", "5pm"),
            ("2024-01-19T16:30:00Z", "4:30pm"),
            ("2024-07-18T23:10:00Z", "12:10am"),
        ] {
            assert_eq!(clock(at(utc), english()), shown);
        }
    }

    #[test]
    fn both_clock_changes_are_shown_in_local_time() {
        // 2027: forward on 28 March at 1am, back on 31 October at 2am.
        assert_eq!(clock(at("2027-03-28T00:59:00Z"), english()), "12:59am");
        assert_eq!(clock(at("2027-03-28T01:00:00Z"), english()), "2am");
        assert_eq!(clock(at("2027-10-31T00:30:00Z"), english()), "1:30am");
        assert_eq!(clock(at("2027-10-31T01:30:00Z"), english()), "1:30am");
        assert_eq!(full(at("2027-10-31T12:00:00Z"), english()), "midday, Sunday 31 October 2027");
    }

    #[test]
    fn the_day_ends_at_half_past_six_in_london() {
        assert_eq!(end_of_day(at("2024-07-19T07:00:00Z")), at("2024-07-19T17:30:00Z"));
        assert_eq!(end_of_day(at("2024-07-19T17:30:00Z")), at("2024-07-20T17:30:00Z"));
        assert_eq!(end_of_day(at("2027-10-30T20:00:00Z")), at("2027-10-31T18:30:00Z"));
    }

    #[test]
    fn another_day_is_named() {
        assert_eq!(
            near(at("2024-07-20T07:00:00Z"), at("2024-07-19T16:00:00Z"), english()),
            "8am on Saturday 20 July"
        );
        assert_eq!(near(at("2024-07-19T17:00:00Z"), at("2024-07-19T16:00:00Z"), english()), "6pm");
    }
}
