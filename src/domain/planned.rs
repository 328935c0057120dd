//! Planned downtime: what will not work, from when to when, perhaps again and
//! again, and what became of it.
//!
//! A plan is never edited. What happens to it is a list of steps that only
//! grows; each window is worked out from the plan, the clock and the steps.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FieldError;
use super::incident::Target;
use super::line::Lines;
use super::org::{OrgCode, words};
use super::recurrence::{Day, Nth, Pattern, Repeat};
use super::time::{from_wall, london};
use super::written::Written;

/// How long before a window people are reminded, unless the planner says.
pub const DEFAULT_REMINDER: u16 = 24;
/// The earliest reminder, in hours before the window.
pub const MAX_REMINDER: u16 = 336;
/// How far ahead a plan may begin or be repeated until.
pub const MAX_AHEAD: Duration = Duration::days(731);
/// The longest window.
pub const MAX_LENGTH: Duration = Duration::days(31);
/// The most weeks from one window to the next.
pub const MAX_INTERVAL: u8 = 52;
/// How long after a window that nobody ended the page says "should be working
/// again", and its planner may still extend it.
pub const SETTLING: Duration = Duration::hours(2);
/// How many windows to come are worked out ahead, besides those of a week.
const AHEAD: usize = 4;

words! {
    /// What happens to a plan or to one of its windows.
    StepKind {
        Announced = "announced",
        Reminded = "reminded",
        Begun = "begun",
        /// It takes longer.
        Extended = "extended",
        Ended = "ended",
        Cancelled = "cancelled",
    }
}

impl StepKind {
    /// What staff and the history call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Announced => "Announced",
            Self::Reminded => "Reminder",
            Self::Begun => "Begun",
            Self::Extended => "Taking longer",
            Self::Ended => "Ended",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub id: Uuid,
    pub planned: Uuid,
    /// 1 for the first of its plan.
    pub seq: i32,
    pub kind: StepKind,
    /// The window that it is about; none for the whole plan.
    pub day: Option<NaiveDate>,
    /// The new end, when somebody set one: later for `Extended`, earlier for
    /// `Ended`. The clock sets none.
    pub ends_at: Option<DateTime<Utc>>,
    /// Free text, shown as written.
    pub message: Option<Written>,
    pub at: DateTime<Utc>,
    /// The organisation in whose name it was said.
    pub said_by: OrgCode,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    pub id: Uuid,
    pub title: Written,
    /// Free text, shown as written.
    pub message: Option<Written>,
    pub target: Target,
    /// What holds while a window runs.
    pub lines: Lines,
    pub planned_by: OrgCode,
    /// The first window, or the only one.
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub repeat: Option<Repeat>,
    /// Hours before each window; 0 for no reminder.
    pub remind_hours: u16,
    pub created_at: DateTime<Utc>,
    /// Oldest first.
    pub steps: Vec<Step>,
}

words! {
    /// Where a window stands.
    Phase {
        Scheduled = "scheduled",
        Running = "running",
        /// Its time is over, and nobody has said that the work is.
        Settling = "settling",
        Over = "over",
        Cancelled = "cancelled",
    }
}

/// One window of a plan, with what has happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// The day in London on which it begins; no other window of the plan
    /// begins on it.
    pub day: NaiveDate,
    pub starts_at: DateTime<Utc>,
    /// As it is now: later when extended, earlier when it ended early.
    pub ends_at: DateTime<Utc>,
    pub reminded: bool,
    pub begun: bool,
    pub ended: bool,
    /// Somebody said that the work is done.
    pub is_done: bool,
    pub extensions: usize,
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Window {
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        match self.cancelled_at {
            Some(_) => Phase::Cancelled,
            None if now < self.starts_at => Phase::Scheduled,
            None if now < self.ends_at => Phase::Running,
            None if !self.is_done && now < self.ends_at + SETTLING => Phase::Settling,
            None => Phase::Over,
        }
    }
}

impl Planned {
    /// The day of the first window.
    pub fn first_day(&self) -> NaiveDate {
        london(self.starts_at).date_naive()
    }

    /// The days on which windows begin, from `from` on.
    pub fn days(&self, from: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
        let first = self.first_day();
        match &self.repeat {
            Some(repeat) => Box::new(repeat.days(first, from)),
            None => Box::new(Some(first).filter(|day| *day >= from).into_iter()),
        }
    }

    /// When the window of a day begins and ends by the plan: at the same time
    /// on the clock, whatever the clocks do meanwhile.
    pub fn scheduled(&self, day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
        if day == self.first_day() {
            return (self.starts_at, self.ends_at);
        }
        let (start, end) = (london(self.starts_at).naive_local(), london(self.ends_at).naive_local());
        let begins = day.and_time(start.time());
        let (from, to) = (from_wall(begins), from_wall(begins + (end - start)));
        // On the night when the clocks change, a short window could end before
        // it begins.
        (from, if to > from { to } else { from + (self.ends_at - self.starts_at) })
    }

    /// The window of a day, with everything that has happened to it.
    pub fn window(&self, day: NaiveDate) -> Window {
        self.window_at(day, DateTime::<Utc>::MAX_UTC)
    }

    /// The window of a day by what had been said until a moment.
    pub fn window_at(&self, day: NaiveDate, at: DateTime<Utc>) -> Window {
        let (starts_at, ends_at) = self.scheduled(day);
        let mut it = Window {
            day,
            starts_at,
            ends_at,
            reminded: false,
            begun: false,
            ended: false,
            is_done: false,
            extensions: 0,
            cancelled_at: None,
        };
        for step in self.steps.iter().filter(|s| s.at <= at && s.day.is_none_or(|d| d == day)) {
            match (step.kind, step.ends_at) {
                (StepKind::Announced, _) => {}
                (StepKind::Reminded, _) => it.reminded = true,
                (StepKind::Begun, _) => it.begun = true,
                (StepKind::Extended, end) => {
                    it.ends_at = end.unwrap_or(it.ends_at);
                    it.extensions += 1;
                    it.ended = false;
                }
                (StepKind::Ended, end) => {
                    it.ended = true;
                    it.is_done |= end.is_some();
                    it.ends_at = it.ends_at.min(end.unwrap_or(it.ends_at));
                }
                // What was over by then did take place.
                (StepKind::Cancelled, _) if it.ends_at > step.at => {
                    it.cancelled_at.get_or_insert(step.at);
                }
                (StepKind::Cancelled, _) => {}
            }
        }
        it
    }

    /// The window of a day, if the plan has one.
    pub fn window_on(&self, day: NaiveDate) -> Option<Window> {
        (self.days(day).next() == Some(day)).then(|| self.window(day))
    }

    /// Windows that end after `from` and begin before `to`, in order.
    pub fn windows(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Window> {
        // An extension reaches at most as far again as a window is long.
        let since = london(from - MAX_LENGTH * 2).date_naive();
        let begins_before = |day: &NaiveDate| self.scheduled(*day).0 < to;
        let days = self.days(since).take_while(begins_before);
        days.map(|day| self.window(day)).filter(|w| w.ends_at > from).collect()
    }

    /// The whole plan was called off.
    pub fn is_cancelled(&self) -> bool {
        self.steps.iter().any(|s| s.kind == StepKind::Cancelled && s.day.is_none())
    }

    /// When nothing more will come of it; none when it goes on.
    pub fn over_at(&self) -> Option<DateTime<Utc>> {
        let called_off = self.steps.iter().find(|s| s.kind == StepKind::Cancelled && s.day.is_none());
        if let Some(step) = called_off {
            return Some(step.at);
        }
        let endless = self.repeat.as_ref().is_some_and(|r| r.until.is_none());
        let last = (!endless).then(|| self.days(self.first_day()).last()).flatten();
        last.map(|day| self.window(day).ends_at)
    }

    /// Nothing that patients notice is planned.
    pub fn is_calm(&self) -> bool {
        self.lines.0.values().all(|s| s.state.severity == 0)
    }

    /// Whether subscribers hear of a step. Work that nobody notices begins and
    /// ends in silence, unless people were told that it takes longer.
    pub fn tells(&self, kind: StepKind, window: Option<&Window>) -> bool {
        match kind {
            StepKind::Begun => !self.is_calm(),
            StepKind::Ended => !self.is_calm() || window.is_some_and(|w| w.extensions > 0),
            _ => true,
        }
    }

    /// What the clock does next: reminders, beginnings and ends that are due
    /// and have not happened.
    pub fn due(&self, now: DateTime<Utc>) -> Vec<(StepKind, Window)> {
        let ahead = Duration::hours(i64::from(self.remind_hours));
        let mut out = Vec::new();
        for w in self.windows(now - MAX_LENGTH, now + ahead + Duration::days(1)) {
            let remind_at = w.starts_at - ahead;
            // Who was told within the hours before needs no reminder.
            let waits = self.remind_hours > 0 && self.created_at < remind_at && !w.reminded;
            let kind = match w.phase(now) {
                Phase::Scheduled if waits && now >= remind_at => StepKind::Reminded,
                Phase::Running if !w.begun => StepKind::Begun,
                Phase::Settling | Phase::Over if w.begun && !w.ended => StepKind::Ended,
                _ => continue,
            };
            out.push((kind, w));
        }
        out
    }

    /// When a step of a window is due: of those that the clock takes.
    pub fn due_at(&self, kind: StepKind, window: &Window) -> DateTime<Utc> {
        match kind {
            StepKind::Reminded => window.starts_at - Duration::hours(i64::from(self.remind_hours)),
            StepKind::Begun => window.starts_at,
            _ => window.ends_at,
        }
    }

    /// The window that runs, or the last one that may still be extended.
    pub fn current(&self, now: DateTime<Utc>) -> Option<Window> {
        let near = self.windows(now - SETTLING, now + Duration::seconds(1));
        let is = |phase: Phase| near.iter().find(|w| w.phase(now) == phase).cloned();
        is(Phase::Running).or_else(|| is(Phase::Settling))
    }

    /// The next window that has not begun.
    pub fn next(&self, now: DateTime<Utc>) -> Option<Window> {
        let since = london(now).date_naive();
        let to_come = |w: &Window| w.phase(now) == Phase::Scheduled;
        // A whole year of them may have been called off, one by one.
        self.days(since).take(400).map(|day| self.window(day)).find(to_come)
    }

    /// The windows that readers are shown: those that ended after `since`, and
    /// a few to come.
    pub fn around(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Window> {
        let mut all = self.windows(since, now + Duration::days(8));
        let after = all.last().map_or(london(now).date_naive(), |w| w.day + Days::new(1));
        if !self.is_cancelled() {
            all.extend(self.days(after).take(AHEAD).map(|day| self.window(day)));
        }
        all
    }

    /// Checks the times; every mistake is reported.
    pub fn check(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |at: &str, detail: &str| errors.push(FieldError::new(at, detail));
        if self.starts_at <= now {
            wrong("/starts_at", "This time has passed. Choose a time in the future.");
        } else if self.starts_at > now + MAX_AHEAD {
            wrong("/starts_at", "Choose a time within the next 2 years.");
        }
        if self.ends_at <= self.starts_at {
            wrong("/ends_at", "The end must come after the beginning.");
        } else if self.ends_at - self.starts_at > MAX_LENGTH {
            wrong("/ends_at", "A window can last 31 days at most.");
        }
        if self.remind_hours > MAX_REMINDER {
            wrong("/remind_hours", "Remind people at most 336 hours (14 days) before.");
        }
        errors.extend(self.check_repeat(now));
        errors
    }

    fn check_repeat(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let Some(repeat) = &self.repeat else { return Vec::new() };
        let (first, mut errors) = (self.first_day(), Vec::new());
        let mut wrong = |at: &str, detail: String| errors.push(FieldError::new(at, detail));
        match &repeat.pattern {
            Pattern::Weekly { interval, .. } if !(1..=MAX_INTERVAL).contains(interval) => {
                wrong("/repeat/interval", format!("Choose from 1 to {MAX_INTERVAL} weeks."));
            }
            Pattern::Weekly { days, .. } if !days.contains(&Day::of(first)) => {
                let day = Day::of(first).label();
                wrong("/repeat/days", format!("It begins on a {day}, so choose {day} as well."));
            }
            Pattern::Monthly { week, day } if week.in_month_of(first, *day) != Some(first) => {
                let (nth, day) = (Nth::of(first), Day::of(first).label());
                wrong("/repeat/week", format!("It begins on the {nth} {day} of its month. Choose that."));
            }
            _ => {
                let days: Vec<NaiveDate> = self.days(first).take(60).collect();
                let spans: Vec<_> = days.iter().map(|day| self.scheduled(*day)).collect();
                if spans.windows(2).any(|w| w[1].0 < w[0].1) {
                    wrong("/ends_at", "The next window would begin before this one ends.".into());
                }
            }
        }
        let until = repeat.until;
        if until.is_some_and(|until| until < first) {
            wrong("/repeat/until", "The last day must come after the first.".into());
        } else if until.is_some_and(|until| until > london(now + MAX_AHEAD).date_naive()) {
            wrong("/repeat/until", "Choose a day within the next 2 years, or leave it open.".into());
        }
        errors
    }
}

/// A plan and its windows around a moment, as pages tell them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    pub planned: Planned,
    /// In order.
    pub windows: Vec<Window>,
}

#[cfg(test)]
#[path = "planned_tests.rs"]
mod tests;
