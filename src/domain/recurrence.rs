//! Windows that come back: on which days, in local time.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::org::words;

words! {
    /// A day of the week.
    Day {
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
    }
}

impl Day {
    pub fn of(date: NaiveDate) -> Self {
        Self::ALL[date.weekday().num_days_from_monday() as usize]
    }

    /// "Sunday".
    pub fn label(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }

    fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Mon,
            Self::Tuesday => Weekday::Tue,
            Self::Wednesday => Weekday::Wed,
            Self::Thursday => Weekday::Thu,
            Self::Friday => Weekday::Fri,
            Self::Saturday => Weekday::Sat,
            Self::Sunday => Weekday::Sun,
        }
    }
}

words! {
    /// Which of its kind in a month.
    Nth { First = "first", Second = "second", Third = "third", Fourth = "fourth", Last = "last" }
}

impl Nth {
    /// Which one a date is: the fifth Sunday is the last.
    pub fn of(date: NaiveDate) -> Self {
        Self::ALL[(date.day0() / 7).min(4) as usize]
    }

    /// The one in the month of a date.
    pub fn in_month_of(self, month: NaiveDate, day: Day) -> Option<NaiveDate> {
        let nth = |n| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), day.weekday(), n);
        match self {
            Self::First => nth(1),
            Self::Second => nth(2),
            Self::Third => nth(3),
            Self::Fourth => nth(4),
            Self::Last => nth(5).or_else(|| nth(4)),
        }
    }
}

/// How often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frequency", rename_all = "snake_case")]
pub enum Pattern {
    /// On some days of every so many weeks, counted from the week of the
    /// first window. Weeks begin on Monday.
    Weekly { interval: u8, days: Vec<Day> },
    /// Once a month.
    Monthly { week: Nth, day: Day },
}

/// How often, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    #[serde(flatten)]
    pub pattern: Pattern,
    /// The last day on which a window may begin; none when it goes on.
    pub until: Option<NaiveDate>,
}

impl Repeat {
    /// The days on which windows begin, in order, from `from` on. The first of
    /// all is `first`.
    pub fn days(&self, first: NaiveDate, from: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        let from = first.max(from);
        let until = self.until.unwrap_or(NaiveDate::MAX);
        let periods = self.period_of(first, from)..;
        periods
            .map_while(move |n| self.in_period(first, n))
            .flatten()
            .skip_while(move |day| *day < from)
            .take_while(move |day| *day <= until)
    }

    /// The number of the week or month that holds `day`, counted from `first`.
    fn period_of(&self, first: NaiveDate, day: NaiveDate) -> u32 {
        let passed = match &self.pattern {
            Pattern::Weekly { interval, .. } => {
                (day - monday(first)).num_days() / (7 * i64::from((*interval).max(1)))
            }
            Pattern::Monthly { .. } => {
                i64::from(day.year() - first.year()) * 12 + i64::from(day.month()) - i64::from(first.month())
            }
        };
        u32::try_from(passed).unwrap_or(0)
    }

    /// The days of one week or month, in order; `None` at the end of time.
    fn in_period(&self, first: NaiveDate, n: u32) -> Option<Vec<NaiveDate>> {
        match &self.pattern {
            Pattern::Weekly { interval, days } => {
                let weeks = u64::from(n) * u64::from((*interval).max(1));
                let monday = monday(first).checked_add_days(Days::new(weeks * 7))?;
                let offset = |d: &Day| u64::from(d.weekday().num_days_from_monday());
                let mut all: Vec<NaiveDate> =
                    days.iter().filter_map(|d| monday.checked_add_days(Days::new(offset(d)))).collect();
                all.sort();
                all.dedup();
                Some(all)
            }
            Pattern::Monthly { week, day } => {
                let month = first.with_day(1)?.checked_add_months(Months::new(n))?;
                Some(week.in_month_of(month, *day).into_iter().collect())
            }
        }
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(repeat: &Repeat, first: &str, from: &str, n: usize) -> Vec<String> {
        repeat.days(date(first), date(from)).take(n).map(|d| d.to_string()).collect()
    }

    #[test]
    fn every_second_week_is_counted_from_the_first() {
        let pattern = Pattern::Weekly { interval: 2, days: vec![Day::Thursday, Day::Monday] };
        let repeat = Repeat { pattern, until: Some(date("2026-12-31")) };
        let all = days(&repeat, "2026-12-03", "2026-12-03", 9);
        assert_eq!(all, ["2026-12-03", "2026-12-14", "2026-12-17", "2026-12-28", "2026-12-31"]);
        assert_eq!(days(&repeat, "2026-12-03", "2026-12-15", 9), all[2..]);
    }

    #[test]
    fn a_month_has_a_last_sunday_and_not_always_a_fifth() {
        let pattern = Pattern::Monthly { week: Nth::Last, day: Day::Sunday };
        let repeat = Repeat { pattern, until: None };
        let all = days(&repeat, "2026-11-29", "2026-01-01", 4);
        assert_eq!(all, ["2026-11-29", "2026-12-27", "2027-01-31", "2027-02-28"]);
        assert_eq!((Nth::of(date("2026-12-06")), Nth::of(date("2026-11-29"))), (Nth::First, Nth::Last));
    }

    proptest::proptest! {
        /// Asking from the middle gives the rest of what asking from the start gives.
        #[test]
        fn it_does_not_matter_from_where_one_looks(
            interval in 1u8..5, picks in proptest::collection::vec(0usize..7, 1..4), skip in 0u64..400
        ) {
            let pattern = Pattern::Weekly { interval, days: picks.iter().map(|i| Day::ALL[*i]).collect() };
            let repeat = Repeat { pattern, until: Some(date("2028-06-30")) };
            let first = date("2026-12-03");
            let from = first + Days::new(skip);
            let all: Vec<NaiveDate> = repeat.days(first, first).filter(|d| *d >= from).collect();
            let some: Vec<NaiveDate> = repeat.days(first, from).collect();
            proptest::prop_assert_eq!(&all, &some);
            proptest::prop_assert!(all.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
