//! Times as people in the United Kingdom read them.
//!
//! NHS content style in English: "8:05am", "midday", "midnight", "Friday 19 July 2024".

use chrono::{
    DateTime, Datelike, Days, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike,
    Utc,
};
use chrono_tz::Europe::London;
use chrono_tz::Tz;

use crate::words::Words;

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

/// Both moments at which a clock in London shows what it shows at this one, when the clocks
/// go back between them; `None` of all other times.
pub fn twice(at: DateTime<Utc>) -> Option<[DateTime<Utc>; 2]> {
    match London.from_local_datetime(&london(at).naive_local()) {
        LocalResult::Ambiguous(first, second) => Some([first, second].map(|t| t.to_utc())),
        _ => None,
    }
}

/// "8:05am", "5pm", "midday", "midnight"; "08:05 where people count to 24.
pub fn clock(at: DateTime<Utc>, w: &'static Words) -> String {
    let at = london(at);
    let (hour, minute) = (at.hour(), at.minute());
    match (hour, minute) {
        (0, 0) => return w.get("midnight").into(),
        (12, 0) => return w.get("midday").into(),
        _ if w.get("clock-style") == "24" => return format!("{hour:02}:{minute:02}{}", zone(at)),
        _ => {}
    }
    let half = w.get(if hour < 12 { "am" } else { "pm" });
    let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
    let zone = zone(at);
    if minute == 0 { format!("{shown}{half}{zone}") } else { format!("{shown}:{minute:02}{half}{zone}") }
}

/// " BST" or " GMT" in the hour that comes twice when the clocks go back, else
/// nothing.
fn zone(at: DateTime<Tz>) -> String {
    twice(at.to_utc()).map_or_else(String::new, |_| format!(" {}", at.format("%Z")))
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

/// Puts times and days together. What is put together carries no marks of
/// direction: whoever puts it into a sentence isolates it, and an isolate finds
/// its direction by its first letter, not by what is isolated inside it.
fn joined(w: &'static Words, id: &str, args: &[(&'static str, crate::words::Arg<'_>)]) -> String {
    crate::words::without_marks(&w.with(id, args))
}

fn dated(id: &str, day: NaiveDate, w: &'static Words) -> String {
    let (number, year) = (day.day().to_string(), day.year().to_string());
    joined(
        w,
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
    joined(w, "time-and-day", &[("time", (&clock(at, w)).into()), ("day", (&day(at, w)).into())])
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
    joined(w, "time-on-day", &[("time", (&clock(at, w)).into()), ("day", (&day).into())])
}

/// By when something is, as [`near`] has it. Midnight is the last minute of the day before:
/// "midnight on Thursday" is read as the end of Thursday (GOV.UK style, times).
pub fn by(at: DateTime<Utc>, now: DateTime<Utc>, w: &'static Words) -> String {
    near(last_minute(at), now, w)
}

fn last_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let is_midnight = london(at).time() == NaiveTime::MIN;
    if is_midnight { at - Duration::minutes(1) } else { at }
}

/// "from 1am to 4am on Sunday 6 December", "from 10pm on Saturday 5 December
/// to 2am on Sunday 6 December"; with the year when it is another one.
pub fn span(from: DateTime<Utc>, to: DateTime<Utc>, now: DateTime<Utc>, w: &'static Words) -> String {
    let is_now = |at: NaiveDate| at.year() == london(now).year();
    spanned(from, to, w, |at| {
        dated(if is_now(at) { "weekday-and-date" } else { "weekday-and-full-date" }, at, w)
    })
}

/// The same without weekdays, for text messages: "from 1am to 4am on 6 December
/// 2026".
pub fn short_span(from: DateTime<Utc>, to: DateTime<Utc>, w: &'static Words) -> String {
    spanned(from, to, w, |at| date(at, w))
}

fn spanned(
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    w: &'static Words,
    named: impl Fn(NaiveDate) -> String,
) -> String {
    let to = last_minute(to);
    let named = |at| named(london(at).date_naive());
    let on_day =
        |at| joined(w, "time-on-day", &[("time", (&clock(at, w)).into()), ("day", (&named(at)).into())]);
    if london(from).date_naive() == london(to).date_naive() {
        let (from, to, day) = (clock(from, w), clock(to, w), named(from));
        joined(w, "span-one-day", &[("from", (&from).into()), ("to", (&to).into()), ("day", (&day).into())])
    } else {
        joined(w, "span-two-days", &[("from", (&on_day(from)).into()), ("to", (&on_day(to)).into())])
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

/// 9am in London so many days later.
pub fn nine_in(now: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let nine = (london(now).date_naive() + Days::new(days)).and_hms_opt(9, 0, 0);
    nine.map_or(now + chrono::Duration::hours(24), from_wall)
}

/// "7:41:12am", for what is read again every few seconds.
pub fn clock_with_seconds(at: DateTime<Utc>) -> String {
    format!("{}{}", london(at).format("%-I:%M:%S%P"), zone(london(at)))
}

/// "3 hours 20 minutes", "2 days 1 hour", "less than a minute": the two largest
/// units.
pub fn lasted(for_so_long: Duration, w: &'static Words) -> String {
    let minutes = u64::try_from(for_so_long.num_minutes()).unwrap_or(0);
    let unit = |id: &str, n: u64| (n > 0).then(|| joined(w, id, &[("count", n.into())]));
    let all = [
        unit("lasted-days", minutes / 1440),
        unit("lasted-hours", minutes / 60 % 24),
        unit("lasted-minutes", minutes % 60),
    ];
    let parts: Vec<String> = all.into_iter().skip_while(Option::is_none).take(2).flatten().collect();
    if parts.is_empty() { w.get("less-than-a-minute").into() } else { parts.join(" ") }
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
        assert_eq!(clock(at("2027-10-31T00:30:00Z"), english()), "1:30am BST");
        assert_eq!(clock(at("2027-10-31T01:30:00Z"), english()), "1:30am GMT");
        assert_eq!(clock(at("2027-10-31T00:59:00Z"), english()), "1:59am BST");
        assert_eq!(clock(at("2027-10-31T02:00:00Z"), english()), "2am");
        assert_eq!(full(at("2027-10-31T12:00:00Z"), english()), "midday, Sunday 31 October 2027");
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
    fn the_hour_that_comes_twice_is_known() {
        let both = ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"].map(at);
        assert_eq!(both.map(twice), [Some(both), Some(both)]);
        for once in ["2027-10-30T23:59:00Z", "2027-10-31T02:00:00Z", "2027-03-28T01:30:00Z"] {
            assert_eq!(twice(at(once)), None, "{once}");
        }
        assert_eq!(clock_with_seconds(both[1]), "1:30:00am GMT");
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
            assert_eq!(lasted(Duration::minutes(minutes), english()), said);
        }
    }

    #[test]
    fn a_span_names_its_days_once_where_it_can() {
        let now = at("2026-11-24T12:00:00Z");
        let said = |from, to| span(at(from), at(to), now, english());
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
    fn nine_is_nine_on_the_clock_when_the_clocks_change() {
        assert_eq!(nine_in(at("2024-07-19T22:30:00Z"), 1), at("2024-07-20T08:00:00Z"));
        assert_eq!(nine_in(at("2027-10-30T20:00:00Z"), 1), at("2027-10-31T09:00:00Z"));
        assert_eq!(nine_in(at("2027-10-30T20:00:00Z"), 7), at("2027-11-06T09:00:00Z"));
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
