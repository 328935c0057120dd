//! The rhythm of situation reports: at set hours on the clock in London, every
//! day or on one day of the week.

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::recurrence::Day;
use super::time::{self, from_wall, london};
use crate::words::english;

/// When reports are due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Hours of the day, 0 to 23, in order, each once.
    pub hours: Vec<u8>,
    /// Only on this day of the week; every day by default.
    pub day: Option<Day>,
}

impl Rhythm {
    /// At these hours; `None` without any, or with one that no clock shows.
    pub fn new(mut hours: Vec<u8>, day: Option<Day>) -> Option<Self> {
        hours.sort_unstable();
        hours.dedup();
        let right = !hours.is_empty() && hours.iter().all(|h| *h < 24);
        right.then_some(Self { hours, day })
    }

    /// Every so many hours, one of them at `from`.
    pub fn every(step: u8, from: u8) -> Option<Self> {
        let hours = (0..24).filter(|h| step > 0 && h % step == from % step);
        Self::new(hours.collect(), None)
    }

    /// The moments of a day, in order.
    fn on(&self, day: NaiveDate) -> Vec<DateTime<Utc>> {
        if self.day.is_some_and(|d| d != Day::of(day)) {
            return Vec::new();
        }
        if self.hours.len() == 24 {
            return every_hour(day);
        }
        let at = |hour: &u8| day.and_hms_opt(u32::from(*hour), 0, 0).map(from_wall);
        let mut all: Vec<_> = self.hours.iter().filter_map(at).collect();
        // Two hours may fall together when the clocks go forward.
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The last set moment up to `now`.
    pub fn last(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = london(now).date_naive();
        let days = (0..8).filter_map(|n| today.checked_sub_days(Days::new(n)));
        days.flat_map(|day| self.on(day).into_iter().rev()).find(|at| *at <= now)
    }

    /// The next set moment after `now`.
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = london(now).date_naive();
        let days = (0..9).filter_map(|n| today.checked_add_days(Days::new(n)));
        days.flat_map(|day| self.on(day)).find(|at| *at > now)
    }

    /// "Every hour", "Every day at 8am and 4pm", "Every Monday at 9am".
    pub fn text(&self) -> String {
        if self.hours.len() == 24 && self.day.is_none() {
            return "Every hour".into();
        }
        let day = NaiveDate::default();
        let clock = |hour: &u8| {
            let at = day.and_hms_opt(u32::from(*hour), 0, 0).map(from_wall);
            at.map(|at| time::clock(at, english())).unwrap_or_default()
        };
        let hours: Vec<String> = self.hours.iter().map(clock).collect();
        let listed = match hours.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            all => all.concat(),
        };
        format!("Every {} at {listed}", self.day.map_or("day", Day::label))
    }
}

/// Every hour of a day that passes: 25 of them when the clocks go back, for then 1am comes twice.
fn every_hour(day: NaiveDate) -> Vec<DateTime<Utc>> {
    let midnight = |day: NaiveDate| from_wall(day.and_time(NaiveTime::MIN));
    let ends = day.succ_opt().map(midnight);
    let all = std::iter::successors(Some(midnight(day)), |at| Some(*at + Duration::hours(1)));
    all.take_while(|at| ends.is_some_and(|ends| *at < ends)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn set_hours_are_on_the_clock_in_london() {
        let twice = Rhythm::new(vec![16, 8, 8], None).unwrap();
        assert_eq!(twice.text(), "Every day at 8am and 4pm");
        let now = at("2024-07-19T07:00:00Z");
        assert_eq!((twice.last(now), twice.next(now)), (Some(now), Some(at("2024-07-19T15:00:00Z"))));
        assert_eq!(twice.last(at("2024-07-19T06:59:59Z")), Some(at("2024-07-18T15:00:00Z")));
        assert_eq!(twice.next(at("2027-03-27T20:00:00Z")), Some(at("2027-03-28T07:00:00Z")), "summer time");
    }

    #[test]
    fn hourly_every_few_hours_and_weekly_are_the_same_thing() {
        let hourly = Rhythm::every(1, 0).unwrap();
        assert_eq!(hourly.text(), "Every hour");
        assert_eq!(hourly.next(at("2024-07-19T07:20:00Z")), Some(at("2024-07-19T08:00:00Z")));
        // The night when the clocks go back: 1am comes twice. Every hour is every hour; of a set
        // one the first counts.
        let from = |rhythm: &Rhythm, t: &str, n: usize| -> Vec<_> {
            std::iter::successors(rhythm.next(at(t)), |t| rhythm.next(*t)).take(n).collect()
        };
        let hours = |all: &[&str]| -> Vec<_> { all.iter().map(|t| at(t)).collect() };
        assert_eq!(
            from(&hourly, "2027-10-30T22:30:00Z", 4),
            hours(&[
                "2027-10-30T23:00:00Z",
                "2027-10-31T00:00:00Z",
                "2027-10-31T01:00:00Z",
                "2027-10-31T02:00:00Z"
            ])
        );
        assert_eq!(hourly.last(at("2027-10-31T01:59:00Z")), Some(at("2027-10-31T01:00:00Z")));
        let spring = ["2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z"];
        assert_eq!(from(&hourly, "2027-03-27T23:30:00Z", 3), hours(&spring));
        let twice = Rhythm::new(vec![1, 2], None).unwrap();
        let set = ["2027-10-31T00:00:00Z", "2027-10-31T02:00:00Z"];
        assert_eq!(from(&twice, "2027-10-30T22:30:00Z", 2), hours(&set));
        let four = Rhythm::every(4, 9).unwrap();
        assert_eq!(four.hours, [1, 5, 9, 13, 17, 21]);
        let weekly = Rhythm::new(vec![9], Some(Day::Monday)).unwrap();
        assert_eq!(weekly.text(), "Every Monday at 9am");
        let monday = at("2024-07-22T08:00:00Z");
        assert_eq!(weekly.next(at("2024-07-19T07:00:00Z")), Some(monday));
        assert_eq!(weekly.last(at("2024-07-28T23:59:00Z")), Some(monday));
        assert_eq!(
            (weekly.last(monday), weekly.next(monday)),
            (Some(monday), Some(at("2024-07-29T08:00:00Z")))
        );
        assert_eq!(Rhythm::new(vec![], None), None);
        assert_eq!(Rhythm::new(vec![24], None), None);
    }
}
