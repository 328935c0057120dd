//! When an organisation is open, on the clock in London, and what may be
//! promised by then.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::incident::DEFAULT_NEXT_UPDATE;
use super::recurrence::Day;
use super::time::{from_wall, london};
use super::written::check_text;
use super::{FieldError, bank_holidays};

/// The most spans of one day: before and after a break.
pub const MAX_SPANS: usize = 2;
/// The most days that are different.
pub const MAX_EXCEPTIONS: usize = 200;
/// The longest word on why a day is different, in characters.
pub const MAX_WHY: usize = 80;
/// How long before closing an update is the last one of the session. What is
/// promised within so few minutes nobody would keep, and an hour later the page
/// would say that we do not know, until morning.
const LAST_WORD: Duration = Duration::minutes(15);
/// How long after opening the first update is due. Staff have to arrive, look
/// and write; a patient who phones at opening is told by then.
const FIRST_WORD: Duration = Duration::minutes(30);
/// How many days ahead an opening is looked for; further off, nothing is
/// promised.
const LOOK_AHEAD: u64 = 28;

/// One stretch of a day, in minutes since midnight on the clock; it may end at
/// 1440, the midnight after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "(String, String)", into = "(String, String)")]
pub struct Span {
    opens: u16,
    closes: u16,
}

impl Span {
    /// Reads two times such as "08:00" and "18:30", or "24:00" for its end;
    /// `None` when they are no times, or the end does not lie behind the start.
    pub fn parse(opens: &str, closes: &str) -> Option<Self> {
        let (opens, closes) = (minute(opens)?, minute(closes)?);
        (opens < closes).then_some(Self { opens, closes })
    }

    /// "08:00".
    pub fn opens(self) -> String {
        clock(self.opens)
    }

    /// "18:30".
    pub fn closes(self) -> String {
        clock(self.closes)
    }

    /// "8am to 6:30pm".
    pub fn label(self) -> String {
        let hour = |minute: u16| match (minute / 60 % 24, minute % 60) {
            (0, 0) => "midnight".to_owned(),
            (12, 0) => "midday".to_owned(),
            (hour, minute) => {
                let half = if hour < 12 { "am" } else { "pm" };
                let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
                if minute == 0 { format!("{shown}{half}") } else { format!("{shown}:{minute:02}{half}") }
            }
        };
        format!("{} to {}", hour(self.opens), hour(self.closes))
    }

    fn on(self, day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
        (at(day, self.opens), at(day, self.closes))
    }
}

impl TryFrom<(String, String)> for Span {
    type Error = &'static str;

    fn try_from((opens, closes): (String, String)) -> Result<Self, Self::Error> {
        Self::parse(&opens, &closes).ok_or("these are no opening times")
    }
}

impl From<Span> for (String, String) {
    fn from(span: Span) -> Self {
        (span.opens(), span.closes())
    }
}

fn minute(text: &str) -> Option<u16> {
    let text = text.trim();
    if text == "24:00" {
        return Some(1440);
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    u16::try_from(time.hour() * 60 + time.minute()).ok()
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The moment when the clock shows a minute of a day.
fn at(day: NaiveDate, minute: u16) -> DateTime<Utc> {
    let (days, minute) = (u64::from(minute / 1440), u32::from(minute % 1440));
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default();
    from_wall((day + Days::new(days)).and_time(time))
}

/// A day that is not like its weekday.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Different {
    /// Empty for closed.
    pub spans: Vec<Span>,
    /// Such as "Staff training"; for staff.
    pub why: String,
}

/// When an organisation is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The days on which it opens, each with its spans in order.
    pub week: BTreeMap<Day, Vec<Span>>,
    /// Days that are different, bank holidays too.
    pub except: BTreeMap<NaiveDate, Different>,
    /// A bank holiday is a day like others, as in a hospital.
    pub open_on_bank_holidays: bool,
}

/// What is wrong with the spans of a day.
fn wrong(spans: &[Span]) -> Option<&'static str> {
    if spans.len() > MAX_SPANS {
        return Some("Give at most two times of opening for a day.");
    }
    let overlap = spans.windows(2).any(|pair| pair[0].closes >= pair[1].opens);
    overlap.then_some("Open again after you have closed.")
}

/// What is promised when an author gives no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Two hours.
    Soon(DateTime<Utc>),
    /// Before they close: two hours would be past it.
    AtClosing(DateTime<Utc>),
    /// Shortly after they open again.
    AfterOpening(DateTime<Utc>),
}

impl Promise {
    /// Two hours, whatever the hours are.
    pub fn usual(now: DateTime<Utc>) -> Self {
        Self::Soon(now + DEFAULT_NEXT_UPDATE)
    }

    pub fn at(self) -> DateTime<Utc> {
        match self {
            Self::Soon(at) | Self::AtClosing(at) | Self::AfterOpening(at) => at,
        }
    }
}

impl Hours {
    /// Nothing is known of it.
    pub fn is_empty(&self) -> bool {
        self.week.values().all(Vec::is_empty) && self.except.is_empty()
    }

    /// In order, without days that never open, and without days that have passed.
    pub fn tidied(mut self, today: NaiveDate) -> Self {
        self.week.retain(|_, spans| !spans.is_empty());
        self.except.retain(|day, _| *day >= today);
        self.week.values_mut().for_each(|spans| spans.sort());
        for different in self.except.values_mut() {
            different.spans.sort();
            different.why = different.why.trim().to_owned();
        }
        self
    }

    /// Every mistake in it, once it is tidied.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (day, spans) in &self.week {
            errors.extend(wrong(spans).map(|detail| FieldError::new(format!("/week/{day}"), detail)));
        }
        if self.except.len() > MAX_EXCEPTIONS {
            let detail = format!("Use at most {MAX_EXCEPTIONS} days that are different.");
            errors.push(FieldError::new("/except", detail));
        }
        for (day, different) in &self.except {
            let at = format!("/except/{day}");
            errors.extend(wrong(&different.spans).map(|detail| FieldError::new(&at, detail)));
            if !different.why.is_empty() {
                check_text(&at, Some(&different.why), MAX_WHY, &mut errors);
            }
        }
        errors
    }

    /// The spans of one day, in order.
    pub fn on(&self, day: NaiveDate) -> &[Span] {
        if let Some(different) = self.except.get(&day) {
            return &different.spans;
        }
        if !self.open_on_bank_holidays && bank_holidays::name(day).is_some() {
            return &[];
        }
        self.week.get(&Day::of(day)).map_or(&[], Vec::as_slice)
    }

    /// The stretches from yesterday on, in order.
    fn stretches(&self, now: DateTime<Utc>) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        let first = london(now).date_naive() - Days::new(1);
        let days = (0..LOOK_AHEAD + 2).filter_map(move |n| first.checked_add_days(Days::new(n)));
        days.flat_map(|day| self.on(day).iter().map(move |span| span.on(day)))
    }

    /// Whether it is open; at the minute of closing it still is.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.stretches(now).any(|(opens, closes)| opens <= now && now <= closes)
    }

    /// When the first update after the next opening is due.
    fn after_opening(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.stretches(now).map(|(opens, _)| opens).find(|opens| *opens > now).map(|at| at + FIRST_WORD)
    }

    /// When the next update is due, unless its author says: in two hours, never
    /// past closing. Who is closed has nobody to keep a promise until they open.
    fn promise(&self, now: DateTime<Utc>) -> Promise {
        let soon = now + DEFAULT_NEXT_UPDATE;
        if self.is_open(now) {
            if self.is_open(soon) {
                return Promise::Soon(soon);
            }
            let closes = self.stretches(now).map(|(_, closes)| closes).filter(|at| *at < soon).last();
            if let Some(closes) = closes.filter(|at| *at >= now + LAST_WORD) {
                return Promise::AtClosing(closes);
            }
        }
        self.after_opening(now).map_or(Promise::Soon(soon), Promise::AfterOpening)
    }
}

/// When the next update is due by the hours of whoever speaks; where they are
/// not known, in two hours.
pub fn promise(hours: Option<&Hours>, now: DateTime<Utc>) -> Promise {
    hours.map_or(Promise::usual(now), |hours| hours.promise(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weekdays with a break on Wednesday, Saturday morning, closed on Sunday.
    fn surgery() -> Hours {
        let span = |a, b| Span::parse(a, b).unwrap();
        let mut week: BTreeMap<Day, Vec<Span>> =
            Day::ALL[..5].iter().map(|d| (*d, vec![span("08:00", "18:30")])).collect();
        week.insert(Day::Wednesday, vec![span("08:00", "12:30"), span("14:00", "18:30")]);
        week.insert(Day::Saturday, vec![span("09:00", "12:00")]);
        Hours { week, ..Hours::default() }
    }

    /// A time on the clock in London.
    fn on(text: &str) -> DateTime<Utc> {
        from_wall(format!("{text}:00").parse().unwrap())
    }

    fn promised(hours: &Hours, now: &str) -> String {
        let promise = hours.promise(on(now));
        let kind = match promise {
            Promise::Soon(_) => "soon",
            Promise::AtClosing(_) => "closing",
            Promise::AfterOpening(_) => "opening",
        };
        format!("{kind} {}", london(promise.at()).format("%Y-%m-%dT%H:%M"))
    }

    #[test]
    fn the_next_update_is_never_due_past_closing() {
        let hours = surgery();
        for (now, due) in [
            ("2024-07-19T08:00", "soon 2024-07-19T10:00"),
            ("2024-07-19T16:30", "soon 2024-07-19T18:30"),
            ("2024-07-19T16:31", "closing 2024-07-19T18:30"),
            ("2024-07-19T18:15", "closing 2024-07-19T18:30"),
            // The last word of the day holds until the doors open again.
            ("2024-07-19T18:16", "opening 2024-07-20T09:30"),
            ("2024-07-19T22:00", "opening 2024-07-20T09:30"),
            ("2024-07-19T06:00", "opening 2024-07-19T08:30"),
            ("2024-07-20T12:30", "opening 2024-07-22T08:30"),
            // A break: before it, over it, within it.
            ("2024-07-17T11:00", "closing 2024-07-17T12:30"),
            ("2024-07-17T12:10", "soon 2024-07-17T14:10"),
            ("2024-07-17T13:00", "opening 2024-07-17T14:30"),
        ] {
            assert_eq!(promised(&hours, now), due, "at {now}");
        }
    }

    #[test]
    fn bank_holidays_are_closed_unless_the_place_says_otherwise() {
        let mut hours = surgery();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(promised(&hours, "2026-12-24T18:20"), "opening 2026-12-26T09:30", "Christmas Day");
        hours.except.insert(day("2026-12-26"), Different::default());
        assert_eq!(promised(&hours, "2026-12-24T18:20"), "opening 2026-12-29T08:30", "28 is Boxing Day’s");
        let spans = vec![Span::parse("10:00", "12:00").unwrap()];
        hours.except.insert(day("2026-12-28"), Different { spans, why: "Rota".into() });
        assert_eq!(promised(&hours, "2026-12-24T18:20"), "opening 2026-12-28T10:30");
        let hospital = Hours { open_on_bank_holidays: true, ..surgery() };
        assert_eq!(promised(&hospital, "2026-12-25T09:00"), "soon 2026-12-25T11:00");
    }

    #[test]
    fn the_clock_on_the_wall_counts_on_both_nights() {
        let mut hours = surgery();
        // 2027: forward on Sunday 28 March, back on Sunday 31 October.
        for sunday in ["2027-03-28", "2027-10-31"] {
            let spans = vec![Span::parse("09:00", "12:00").unwrap()];
            hours.except.insert(sunday.parse().unwrap(), Different { spans, why: "Clinic".into() });
        }
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let due = |now| hours.promise(at(now)).at();
        assert_eq!(due("2027-03-27T20:00:00Z"), at("2027-03-28T08:30:00Z"), "9:30am in summer time");
        assert_eq!(due("2027-10-30T20:00:00Z"), at("2027-10-31T09:30:00Z"), "9:30am in winter time");
    }

    #[test]
    fn who_never_closes_promises_two_hours_also_at_midnight() {
        let all_day = vec![Span::parse("00:00", "24:00").unwrap()];
        let week = Day::ALL.iter().map(|d| (*d, all_day.clone())).collect();
        let hospital = Hours { week, open_on_bank_holidays: true, ..Hours::default() };
        assert_eq!(promised(&hospital, "2024-07-19T23:30"), "soon 2024-07-20T01:30");
    }

    #[test]
    fn without_hours_it_is_two_hours() {
        let now = on("2024-07-19T22:00");
        assert_eq!(promise(None, now), Promise::Soon(now + Duration::hours(2)));
        assert_eq!(Hours::default().promise(now).at(), now + Duration::hours(2), "it never opens");
    }

    #[test]
    fn mistakes_stand_beside_their_day() {
        let span = |a, b| Span::parse(a, b).unwrap();
        let mut hours = surgery();
        assert_eq!(hours.check(), []);
        hours.week.insert(Day::Monday, vec![span("08:00", "12:00"), span("11:00", "18:00")]);
        let three = vec![span("08:00", "09:00"), span("10:00", "11:00"), span("12:00", "13:00")];
        let day: NaiveDate = "2024-12-24".parse().unwrap();
        hours.except.insert(day, Different { spans: three, why: "x".repeat(81) });
        let at: Vec<_> = hours.check().into_iter().map(|e| e.pointer).collect();
        assert_eq!(at, ["/week/monday", "/except/2024-12-24", "/except/2024-12-24"]);
        let later = hours.tidied("2024-12-25".parse().unwrap());
        assert!(later.except.is_empty(), "days that have passed are forgotten");
        assert_eq!(span("08:00", "18:30").label(), "8am to 6:30pm");
        assert_eq!(span("00:00", "24:00").label(), "midnight to midnight");
        assert_eq!(span("12:00", "12:05").label(), "midday to 12:05pm");
    }

    #[test]
    fn times_that_are_none_are_refused() {
        for (opens, closes) in [("8", "18:30"), ("18:30", "08:00"), ("08:00", "08:00"), ("08:00", "24:01")] {
            assert_eq!(Span::parse(opens, closes), None, "{opens} {closes}");
        }
        let json = serde_json::to_value(surgery()).unwrap();
        assert_eq!(json["week"]["saturday"], serde_json::json!([["09:00", "12:00"]]));
        assert_eq!(serde_json::from_value::<Hours>(json).unwrap(), surgery());
    }
}
