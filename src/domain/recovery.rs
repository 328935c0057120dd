//! Recovery of any estate, counted: 15,000 servers, 40,000 of 150,000
//! computers, sessions of radiotherapy. A reading is never edited; of two at
//! the same time the one entered later counts.
//!
//! When it will end is a range, and it says how it was found. It is no promise:
//! few readings, or none lately, give none.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::org::OrgCode;
use super::written::check_text;

/// The longest name or unit, in characters.
pub const MAX_NAME: usize = 120;
/// The most that is counted.
pub const MAX_TOTAL: i64 = 1_000_000_000;
/// The pace is taken from so many of the last readings.
pub const RECENT: usize = 7;
/// Fewer readings than this say nothing about the pace.
pub const FEWEST: usize = 3;
/// Further ahead than this, an end is only called far away.
pub const FAR: Duration = Duration::days(365);

/// Something that is counted until it is all done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    pub id: Uuid,
    pub incident: Uuid,
    /// Who counts.
    pub organisation: OrgCode,
    /// "Windows servers".
    pub name: String,
    /// What one of them is called, in the plural: "servers".
    pub unit: String,
    pub created_at: DateTime<Utc>,
    /// In the order of their times.
    /// How many there are in all, where nobody has counted yet.
    #[serde(default)]
    pub total: Option<i64>,
    pub readings: Vec<Reading>,
}

/// How far it had come at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub done: i64,
    /// How many there are in all: it grows when more are found.
    pub total: i64,
    pub at: DateTime<Utc>,
    pub entered_at: DateTime<Utc>,
    pub author: String,
}

impl Reading {
    pub fn left(&self) -> i64 {
        (self.total - self.done).max(0)
    }
}

/// When it may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlook {
    /// All of it is done, and since when.
    Done(DateTime<Utc>),
    /// At the fastest and at the slowest of the recent paces; no earliest when the fastest
    /// pace would have ended it already, no latest when it stood still for a while.
    Between {
        earliest: Option<DateTime<Utc>>,
        latest: Option<DateTime<Utc>>,
        basis: Basis,
    },
    CannotSay(Doubt),
}

/// From what a range was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    pub readings: usize,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// So many an hour, in thousandths.
    pub slowest: i64,
    pub fastest: i64,
}

/// Why no end can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    TooFew,
    NoProgress,
    /// More is found than is done.
    Growing,
    /// By the pace it should be over, but nobody has said so.
    Stale,
    TooFar,
}

impl Doubt {
    pub fn text(self) -> &'static str {
        match self {
            Self::TooFew => "We cannot say yet when it ends: it takes 3 readings at different times.",
            Self::NoProgress => "We cannot say when it ends: the last readings show no progress.",
            Self::Growing => "We cannot say when it ends: there is more left to do than before.",
            Self::Stale => {
                "We cannot say when it ends: by an earlier pace it should be over. Enter a new reading."
            }
            Self::TooFar => "We cannot say when it ends: at this pace it takes more than a year.",
        }
    }
}

impl Counter {
    /// The last reading.
    pub fn now(&self) -> Option<&Reading> {
        self.readings.last()
    }

    /// What was known at a moment.
    pub fn as_of(&self, at: DateTime<Utc>) -> Self {
        let known = self.readings.iter().filter(|r| r.entered_at <= at).cloned().collect();
        Self { readings: known, ..self.clone() }
    }

    pub fn outlook(&self, now: DateTime<Utc>) -> Outlook {
        outlook(&self.readings, now)
    }
}

/// Puts readings in the order of their times, and keeps of each time the one
/// that was entered last.
pub fn in_order(mut readings: Vec<Reading>) -> Vec<Reading> {
    readings.sort_by_key(|r| (r.at, r.entered_at));
    let mut out: Vec<Reading> = Vec::new();
    for reading in readings {
        match out.last_mut() {
            Some(last) if last.at == reading.at => *last = reading,
            _ => out.push(reading),
        }
    }
    out
}

/// When it may end, from readings in order: what is left, at the fastest and at
/// the slowest pace between two of the last seven readings. What was found
/// besides counts against what was done.
pub fn outlook(readings: &[Reading], now: DateTime<Utc>) -> Outlook {
    let Some(last) = readings.last() else { return Outlook::CannotSay(Doubt::TooFew) };
    if last.left() == 0 {
        let undone = readings.iter().rposition(|r| r.left() > 0).map_or(0, |n| n + 1);
        return Outlook::Done(readings[undone].at);
    }
    let recent = &readings[readings.len().saturating_sub(RECENT)..];
    if recent.len() < FEWEST {
        return Outlook::CannotSay(Doubt::TooFew);
    }
    let paces = recent.windows(2).map(|two| pace(&two[0], &two[1]));
    let (slowest, fastest) = paces.fold((i64::MAX, 0), |(low, high), p| (low.min(p), high.max(p)));
    if last.done <= recent[0].done {
        return Outlook::CannotSay(Doubt::NoProgress);
    }
    if fastest == 0 || last.left() >= recent[0].left() {
        return Outlook::CannotSay(Doubt::Growing);
    }
    let ends = |pace: i64| (pace > 0).then(|| end(last, pace)).flatten();
    let Some(earliest) = ends(fastest) else { return Outlook::CannotSay(Doubt::TooFar) };
    let latest = ends(slowest);
    let is_refuted = earliest <= now;
    if latest.map_or(is_refuted, |latest| latest <= now) {
        return Outlook::CannotSay(Doubt::Stale);
    }
    let basis = Basis { readings: recent.len(), from: recent[0].at, to: last.at, slowest, fastest };
    Outlook::Between { earliest: (!is_refuted).then_some(earliest), latest, basis }
}

/// So many fewer left an hour, in thousandths; none when it went back.
fn pace(from: &Reading, to: &Reading) -> i64 {
    let millis = i128::from((to.at - from.at).num_milliseconds().max(1));
    let done = i128::from(from.left() - to.left()).max(0);
    i64::try_from(done * 3_600_000 * 1000 / millis).unwrap_or(i64::MAX)
}

/// When the rest is done at a pace; none when that is far away.
fn end(last: &Reading, pace: i64) -> Option<DateTime<Utc>> {
    let millis = i128::from(last.left()) * 3_600_000 * 1000 / i128::from(pace);
    let takes = Duration::try_milliseconds(i64::try_from(millis).ok()?)?;
    (takes <= FAR).then(|| last.at + takes)
}

/// A counter as somebody wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CounterDraft {
    pub name: String,
    pub unit: String,
    pub first: ReadingDraft,
}

/// A reading as somebody wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingDraft {
    pub done: Option<i64>,
    /// As before, unless said otherwise.
    pub total: Option<i64>,
    /// Now, unless said otherwise.
    pub at: Option<DateTime<Utc>>,
}

impl CounterDraft {
    pub fn check(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (at, text, empty) in [
            ("/name", &self.name, "Enter what is counted, such as Windows servers."),
            ("/unit", &self.unit, "Enter what one of them is called, such as servers."),
        ] {
            match text.trim().is_empty() {
                true => errors.push(FieldError::new(at, empty)),
                false => check_text(at, Some(text), MAX_NAME, &mut errors),
            }
        }
        if self.first.total.is_none() {
            errors.push(FieldError::new("/total", "Enter how many there are in all."));
        }
        // Nothing need have been counted yet.
        let first = ReadingDraft { done: self.first.done.or(Some(0)), ..self.first.clone() };
        errors.extend(first.check(self.first.total.unwrap_or(MAX_TOTAL), now));
        errors
    }
}

impl ReadingDraft {
    /// Checks a reading against how many there were.
    pub fn check(&self, total_before: i64, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let total = self.total.unwrap_or(total_before);
        if !(1..=MAX_TOTAL).contains(&total) {
            errors.push(FieldError::new("/total", "Enter a number from 1 to 1,000,000,000."));
        }
        match self.done {
            None => errors.push(FieldError::new("/done", "Enter how many are done.")),
            Some(done) if done < 0 => errors.push(FieldError::new("/done", "Enter 0 or more.")),
            Some(done) if done > total => {
                errors.push(FieldError::new("/done", format!("There are {total} in all. Enter no more.")));
            }
            Some(_) => {}
        }
        if self.at.is_some_and(|at| at > now) {
            errors.push(FieldError::new("/at", "This time is yet to come. Enter when it was counted."));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2024-07-19T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::minutes(minutes)
    }

    fn readings(total: i64, points: &[(i64, i64)]) -> Vec<Reading> {
        let reading = |(minutes, done): &(i64, i64)| Reading {
            done: *done,
            total,
            at: at(*minutes),
            entered_at: at(*minutes),
            author: "Ada".into(),
        };
        in_order(points.iter().map(reading).collect())
    }

    #[test]
    fn nothing_is_said_from_too_little() {
        let say = |points: &[(i64, i64)], now| outlook(&readings(1000, points), at(now));
        assert_eq!(say(&[], 0), Outlook::CannotSay(Doubt::TooFew));
        assert_eq!(say(&[(0, 0), (60, 100)], 60), Outlook::CannotSay(Doubt::TooFew));
        assert_eq!(say(&[(0, 5), (60, 5), (120, 5)], 120), Outlook::CannotSay(Doubt::NoProgress));
        assert_eq!(say(&[(0, 5), (60, 9), (120, 4)], 120), Outlook::CannotSay(Doubt::NoProgress));
        assert_eq!(say(&[(0, 0), (60, 100), (120, 200)], 700), Outlook::CannotSay(Doubt::Stale));
        let slow = outlook(&readings(MAX_TOTAL, &[(0, 0), (60, 1), (120, 2)]), at(120));
        assert_eq!(slow, Outlook::CannotSay(Doubt::TooFar));
        for doubt in [Doubt::TooFew, Doubt::NoProgress, Doubt::Growing, Doubt::Stale, Doubt::TooFar] {
            assert!(doubt.text().starts_with("We cannot say"));
        }
    }

    #[test]
    fn the_range_runs_from_the_fastest_pace_to_the_slowest() {
        // 200 in the first hour, 100 in the second: 700 are left.
        let all = readings(1000, &[(0, 0), (60, 200), (120, 300)]);
        let Outlook::Between { earliest, latest, basis } = outlook(&all, at(130)) else { panic!() };
        assert_eq!((earliest, latest), (Some(at(120 + 210)), Some(at(120 + 420))));
        assert_eq!((basis.readings, basis.slowest, basis.fastest), (3, 100_000, 200_000));
        // It stood still for an hour: nobody can say how late it gets.
        let all = readings(1000, &[(0, 0), (60, 200), (120, 200), (180, 300)]);
        let Outlook::Between { latest, .. } = outlook(&all, at(180)) else { panic!() };
        assert_eq!(latest, None);
        // What the fastest pace promised has passed: nobody knows the earliest any more.
        let all = readings(1000, &[(0, 0), (60, 200), (120, 300)]);
        let Outlook::Between { earliest, latest, .. } = outlook(&all, at(120 + 211)) else { panic!() };
        assert_eq!((earliest, latest), (None, Some(at(120 + 420))));
        // Nor is there a latest: nothing is left to say.
        let all = readings(1000, &[(0, 0), (60, 200), (120, 200), (180, 300)]);
        assert_eq!(outlook(&all, at(1000)), Outlook::CannotSay(Doubt::Stale));
        assert_eq!(outlook(&readings(10, &[(0, 0), (9, 10), (20, 10)]), at(30)), Outlook::Done(at(9)));
    }

    /// As more is found, what was done is no measure of what is left.
    #[test]
    fn what_is_found_besides_counts_against_what_was_done() {
        let found = |points: &[(i64, i64, i64)]| {
            let one = |(minutes, done, total): &(i64, i64, i64)| readings(*total, &[(*minutes, *done)]);
            points.iter().flat_map(one).collect::<Vec<_>>()
        };
        let grows = found(&[(0, 0, 1000), (60, 100, 1300), (120, 200, 1600)]);
        assert_eq!(outlook(&grows, at(120)), Outlook::CannotSay(Doubt::Growing));
        // 1,000, 800, 850 and 700 are left: 200 and 150 an hour at best, and once it grew.
        let all = found(&[(0, 0, 1000), (60, 200, 1000), (120, 300, 1150), (180, 450, 1150)]);
        let Outlook::Between { earliest, latest, .. } = outlook(&all, at(180)) else { panic!() };
        assert_eq!((earliest, latest), (Some(at(180 + 210)), None));
    }

    #[test]
    fn the_later_word_counts_and_what_was_known_can_be_told() {
        let mut all = readings(100, &[(0, 10), (60, 20)]);
        all.push(Reading { done: 15, entered_at: at(90), ..all[1].clone() });
        let counter = Counter {
            id: Uuid::nil(),
            incident: Uuid::nil(),
            organisation: OrgCode::root(),
            name: "Servers".into(),
            unit: "servers".into(),
            created_at: at(0),
            total: None,
            readings: all.clone(),
        };
        assert_eq!(in_order(all).iter().map(|r| r.done).collect::<Vec<_>>(), [10, 15]);
        let known = in_order(counter.as_of(at(80)).readings);
        assert_eq!(known.iter().map(|r| r.done).collect::<Vec<_>>(), [10, 20]);
    }

    #[test]
    fn every_mistake_of_a_counter_is_told() {
        let wrong =
            |draft: CounterDraft| draft.check(at(0)).into_iter().map(|e| e.pointer).collect::<Vec<_>>();
        assert_eq!(wrong(CounterDraft::default()), ["/name", "/unit", "/total"]);
        let first = ReadingDraft { done: Some(11), total: Some(10), at: Some(at(1)) };
        let draft = CounterDraft { name: "Servers".into(), unit: "servers".into(), first };
        assert_eq!(wrong(draft), ["/done", "/at"]);
    }

    proptest! {
        #[test]
        fn a_range_is_ahead_and_in_order(
            total in 1i64..200_000,
            steps in proptest::collection::vec((1i64..2000, 0i64..5000), 1..20),
            later in 0i64..5000,
        ) {
            let mut points = vec![(0, 0)];
            for (minutes, more) in steps {
                let (m, d) = points[points.len() - 1];
                points.push((m + minutes, (d + more).min(total)));
            }
            let last = points[points.len() - 1];
            let now = at(last.0 + later);
            match outlook(&readings(total, &points), now) {
                Outlook::Done(since) => prop_assert!(last.1 == total && since <= at(last.0)),
                Outlook::Between { earliest, latest, basis } => {
                    prop_assert!(last.1 < total && (earliest.is_some() || latest.is_some()));
                    prop_assert!(earliest.is_none_or(|earliest| earliest > now));
                    prop_assert!(latest.is_none_or(|latest| latest > now && Some(latest) >= earliest));
                    prop_assert!(basis.slowest <= basis.fastest && basis.fastest > 0);
                    prop_assert!((FEWEST..=RECENT).contains(&basis.readings));
                }
                Outlook::CannotSay(_) => prop_assert!(last.1 < total),
            }
        }

        #[test]
        fn an_even_pace_gives_one_moment(total in 100i64..100_000, pace in 1i64..50, hours in 2i64..9) {
            prop_assume!(pace * hours < total && (total - pace * hours) / pace < 8000);
            let points: Vec<_> = (0..=hours).map(|h| (h * 60, h * pace)).collect();
            let all = readings(total, &points);
            let Outlook::Between { earliest, latest, .. } = outlook(&all, at(hours * 60)) else { panic!() };
            prop_assert_eq!(earliest, latest);
            let takes = (latest.unwrap() - at(0)).num_minutes();
            prop_assert!((takes - total * 60 / pace).abs() <= 1, "{} {}", takes, total * 60 / pace);
        }
    }
}
