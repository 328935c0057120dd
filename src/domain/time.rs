//! Times as people in the United Kingdom read them.
//!
//! NHS content style: "8:05am", "midday", "midnight", "Friday 19 July 2024".

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Europe::London;
use chrono_tz::Tz;

/// The same moment on a clock in London.
pub fn london(at: DateTime<Utc>) -> DateTime<Tz> {
    at.with_timezone(&London)
}

/// The moment at which a clock in London shows a time. One that the clocks
/// skip is read as before they went forward, of one that comes twice the first
/// counts (RFC 5545, 3.3.5).
pub fn from_wall(at: NaiveDateTime) -> DateTime<Utc> {
    let hour = Duration::hours(1);
    let found = London.from_local_datetime(&at).earliest();
    let found = found.or_else(|| London.from_local_datetime(&(at - hour)).earliest().map(|t| t + hour));
    found.map_or_else(|| at.and_utc(), |t| t.to_utc())
}

/// "8:05am", "5pm", "midday", "midnight".
pub fn clock(at: DateTime<Utc>) -> String {
    let at = london(at);
    let (hour, minute) = (at.hour(), at.minute());
    match (hour, minute) {
        (0, 0) => "midnight".into(),
        (12, 0) => "midday".into(),
        _ => {
            let half = if hour < 12 { "am" } else { "pm" };
            let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 { format!("{shown}{half}") } else { format!("{shown}:{minute:02}{half}") }
        }
    }
}

/// "Friday 19 July 2024".
pub fn day(at: DateTime<Utc>) -> String {
    london(at).format("%A %-d %B %Y").to_string()
}

/// "19 July 2024".
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// "8:05am, Friday 19 July 2024".
pub fn full(at: DateTime<Utc>) -> String {
    format!("{}, {}", clock(at), day(at))
}

/// "9:40am", or "9:40am on Saturday 20 July" when it is another day.
pub fn near(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (there, here) = (london(at), london(now));
    if there.date_naive() == here.date_naive() {
        clock(at)
    } else if there.year() == here.year() {
        format!("{} on {}", clock(at), there.format("%A %-d %B"))
    } else {
        format!("{} on {}", clock(at), day(at))
    }
}

/// "from 1am to 4am on Sunday 6 December", "from 10pm on Saturday 5 December
/// to 2am on Sunday 6 December"; with the year when it is another one.
pub fn span(from: DateTime<Utc>, to: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let named = |at| {
        let there = london(at);
        if there.year() == london(now).year() { there.format("%A %-d %B").to_string() } else { day(at) }
    };
    if london(from).date_naive() == london(to).date_naive() {
        format!("from {} to {} on {}", clock(from), clock(to), named(from))
    } else {
        format!("from {} on {} to {} on {}", clock(from), named(from), clock(to), named(to))
    }
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

/// "3 hours 20 minutes", "2 days 1 hour", "less than a minute": the two largest
/// units.
pub fn lasted(for_so_long: Duration) -> String {
    let minutes = for_so_long.num_minutes();
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let unit = |n: i64, one: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {one}s")),
    };
    let all = [unit(days, "day"), unit(hours, "hour"), unit(minutes, "minute")];
    let parts: Vec<String> = all.into_iter().skip_while(Option::is_none).take(2).flatten().collect();
    if parts.is_empty() { "less than a minute".into() } else { parts.join(" ") }
}

/// "July 2024".
pub fn month(first: NaiveDate) -> String {
    first.format("%B %Y").to_string()
}

/// RFC 3339 in UTC with milliseconds, as the contract writes times.
pub fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// The last whole minute.
pub fn floor_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|t| t.with_nanosecond(0)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(clock(at(utc)), shown);
        }
    }

    #[test]
    fn both_clock_changes_are_shown_in_local_time() {
        // 2027: forward on 28 March at 1am, back on 31 October at 2am.
        assert_eq!(clock(at("2027-03-28T00:59:00Z")), "12:59am");
        assert_eq!(clock(at("2027-03-28T01:00:00Z")), "2am");
        assert_eq!(clock(at("2027-10-31T00:30:00Z")), "1:30am");
        assert_eq!(clock(at("2027-10-31T01:30:00Z")), "1:30am");
        assert_eq!(full(at("2027-10-31T12:00:00Z")), "midday, Sunday 31 October 2027");
    }

    #[test]
    fn a_wall_clock_time_is_one_moment_on_both_nights() {
        let wall = |text: &str| from_wall(text.parse().unwrap());
        assert_eq!(wall("2027-03-27T02:00:00"), at("2027-03-27T02:00:00Z"));
        assert_eq!(wall("2027-03-28T01:30:00"), at("2027-03-28T01:30:00Z"), "skipped: shown as 2:30am");
        assert_eq!(wall("2027-03-28T02:00:00"), at("2027-03-28T01:00:00Z"));
        assert_eq!(wall("2027-10-31T01:30:00"), at("2027-10-31T00:30:00Z"), "the first of two");
        assert_eq!(wall("2027-10-31T02:00:00"), at("2027-10-31T02:00:00Z"));
    }

    #[test]
    fn a_length_of_time_is_told_in_two_units() {
        for (minutes, said) in [
            (0, "less than a minute"),
            (1, "1 minute"),
            (200, "3 hours 20 minutes"),
            (120, "2 hours"),
            (1501, "1 day 1 hour"),
            (2881, "2 days"),
        ] {
            assert_eq!(lasted(Duration::minutes(minutes)), said);
        }
    }

    #[test]
    fn a_span_names_its_days_once_where_it_can() {
        let now = at("2026-11-24T12:00:00Z");
        let said = |from, to| span(at(from), at(to), now);
        assert_eq!(
            said("2026-12-06T01:00:00Z", "2026-12-06T04:00:00Z"),
            "from 1am to 4am on Sunday 6 December"
        );
        assert_eq!(
            said("2026-12-31T22:00:00Z", "2027-01-01T02:00:00Z"),
            "from 10pm on Thursday 31 December to 2am on Friday 1 January 2027"
        );
    }

    #[test]
    fn the_day_ends_at_half_past_six_in_london() {
        assert_eq!(end_of_day(at("2024-07-19T07:00:00Z")), at("2024-07-19T17:30:00Z"));
        assert_eq!(end_of_day(at("2024-07-19T17:30:00Z")), at("2024-07-20T17:30:00Z"));
        assert_eq!(end_of_day(at("2027-10-30T20:00:00Z")), at("2027-10-31T18:30:00Z"));
    }

    #[test]
    fn another_day_is_named() {
        assert_eq!(near(at("2024-07-20T07:00:00Z"), at("2024-07-19T16:00:00Z")), "8am on Saturday 20 July");
        assert_eq!(near(at("2024-07-19T17:00:00Z"), at("2024-07-19T16:00:00Z")), "6pm");
    }
}
