//! Planned work as iCalendar (RFC 5545).
//!
//! One event for each plan, with its rule; whatever a window does differently
//! from the rule is an event of its own beside it: an extension, an early end,
//! a cancellation, and the night on which the clocks change, since a rule
//! repeats the exact length (3.8.5.3) and people mean the time on the clock.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventStatus, Property};

use super::{Context, planned as told};
use crate::domain::facts::PlannedFact;
use crate::domain::planned::{Phase, Planned, Step, StepKind, Window};
use crate::domain::planned_words;
use crate::domain::recurrence::{Day, Nth, Pattern};
use crate::domain::time::{from_wall, london};

/// The time zone of every event, with both of its rules since 1996 (3.6.5).
const LONDON: &str = "BEGIN:VTIMEZONE\r
TZID:Europe/London\r
BEGIN:DAYLIGHT\r
DTSTART:19960331T010000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:BST\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T020000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:GMT\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
END:STANDARD\r
END:VTIMEZONE\r
";
const END: &str = "END:VCALENDAR\r\n";
/// How far ahead the nights of the clock changes are written out.
const AHEAD: Duration = Duration::days(400);

/// Writes the calendar.
pub fn calendar(ctx: &Context<'_>) -> String {
    let name = format!("{}: planned work", ctx.facts.org.name);
    let mut head = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Signpost//Planned work//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        head.append_property(Property::new(key, value));
    }
    head.name(&name);
    let mut text = head.to_string();
    text.truncate(text.len() - END.len());
    text.push_str(LONDON);
    for event in ctx.facts.planned.iter().flat_map(|fact| events(ctx, fact)) {
        // Writing to memory does not fail.
        text.push_str(&event.try_into_string().unwrap_or_default());
    }
    text + END
}

/// The plan, and what differs from its rule.
fn events(ctx: &Context<'_>, fact: &PlannedFact) -> Vec<Event> {
    let planned = &fact.outlook.planned;
    let first = planned.window(planned.first_day());
    let Some(repeat) = &planned.repeat else {
        let mut only = bare(ctx, fact, &first);
        only.append_property(stamp("DTSTART", first.starts_at));
        only.append_property(stamp("DTEND", lasted_until(&first)));
        return vec![only];
    };
    let mut main = bare(ctx, fact, &Window { cancelled_at: None, ..first.clone() });
    main.append_property(stamp("DTSTART", planned.starts_at));
    main.append_property(stamp("DTEND", planned.ends_at));
    let last = called_off_after(planned);
    if last == Some(None) {
        main.status(EventStatus::Cancelled);
    }
    let until = last.flatten().or(repeat.until);
    main.append_property(Property::new("RRULE", rule(&repeat.pattern, until)));
    let mut all = Vec::new();
    let from = ctx.now - Duration::days(90);
    let stands = |w: &Window| last.is_none_or(|last| last.is_some_and(|day| w.day <= day));
    for window in planned.windows(from, ctx.now + AHEAD).into_iter().filter(stands) {
        let usual = planned.ends_at - planned.starts_at;
        let never_was = window.cancelled_at.is_some_and(|at| at <= window.starts_at);
        if never_was && window.ends_at <= ctx.now {
            main.append_multi_property(stamp("EXDATE", window.starts_at));
        } else if never_was || lasted_until(&window) - window.starts_at != usual {
            let mut other = bare(ctx, fact, &window);
            other.append_property(stamp("RECURRENCE-ID", window.starts_at));
            other.append_property(stamp("DTSTART", window.starts_at));
            other.append_property(stamp("DTEND", lasted_until(&window)));
            all.push(other);
        }
    }
    all.insert(0, main);
    all
}

/// What every event of a plan carries.
fn bare(ctx: &Context<'_>, fact: &PlannedFact, window: &Window) -> Event {
    let planned = &fact.outlook.planned;
    let mut about = vec![format!("{}.", ctx.facts.org.in_town())];
    let never_was = window.cancelled_at.is_some_and(|at| at <= window.starts_at);
    let phase = if never_was { Phase::Cancelled } else { Phase::Scheduled };
    about.extend(told::message(fact, window, phase).map(|text| text.marked(ctx.words)));
    if never_was {
        about.push(told::stands(ctx, fact, window));
    } else {
        about.extend(planned_words::stopped_alone(ctx.facts, ctx.view, planned, window, ctx.words));
    }
    let mut event = Event::new();
    event
        .uid(&format!("{}.{}@signpost", planned.id, ctx.facts.org.code))
        .sequence(u32::try_from(said(planned).count().saturating_sub(1)).unwrap_or(0))
        .timestamp(said(planned).map(|s| s.at).max().unwrap_or(planned.created_at))
        .summary(planned.title.for_reader(ctx.words.locale).0)
        .description(&about.join("\n"))
        .url(&ctx.page_url());
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    event.status(if never_was { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.done()
}

/// What people said of a plan. What the clock does changes no event.
fn said(planned: &Planned) -> impl Iterator<Item = &Step> {
    planned.steps.iter().filter(|s| match s.kind {
        StepKind::Announced | StepKind::Extended | StepKind::Cancelled => true,
        StepKind::Ended => s.ends_at.is_some(),
        StepKind::Reminded | StepKind::Begun => false,
    })
}

/// Of a plan that was called off as a whole: the last day on which a window
/// began before that, if there was one.
fn called_off_after(planned: &Planned) -> Option<Option<NaiveDate>> {
    let step = planned.steps.iter().find(|s| s.kind == StepKind::Cancelled && s.day.is_none())?;
    let began = |day: &NaiveDate| planned.scheduled(*day).0 < step.at;
    Some(planned.days(planned.first_day()).take_while(began).last())
}

fn lasted_until(window: &Window) -> DateTime<Utc> {
    let cut = window.cancelled_at.filter(|at| *at > window.starts_at);
    window.ends_at.min(cut.unwrap_or(window.ends_at))
}

/// A time on the clock in London, or, where that would mean another moment (the
/// second half past one on the night that has two), in UTC.
fn stamp(key: &str, at: DateTime<Utc>) -> Property {
    let local = london(at).naive_local();
    if from_wall(local) == at {
        let mut property = Property::new(key, local.format("%Y%m%dT%H%M%S").to_string());
        property.add_parameter("TZID", "Europe/London").done()
    } else {
        Property::new(key, utc(at))
    }
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// The rule of 3.3.10; `UNTIL` is in UTC where the start has a time zone.
fn rule(pattern: &Pattern, until: Option<NaiveDate>) -> String {
    let code = |day: &Day| day.label()[..2].to_uppercase();
    let mut rule = match pattern {
        Pattern::Weekly { interval, days } => {
            let days: Vec<String> = days.iter().map(code).collect();
            format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={}", days.join(","))
        }
        Pattern::Monthly { week, day } => {
            let nth = match week {
                Nth::First => "1",
                Nth::Second => "2",
                Nth::Third => "3",
                Nth::Fourth => "4",
                Nth::Last => "-1",
            };
            format!("FREQ=MONTHLY;BYDAY={nth}{}", code(day))
        }
    };
    if let Some(end) = until.and_then(|day| day.and_hms_opt(23, 59, 59)) {
        rule.push_str(&format!(";UNTIL={}", utc(from_wall(end))));
    }
    rule
}
