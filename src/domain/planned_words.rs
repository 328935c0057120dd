//! The words of planned downtime, for pages and messages: every sentence about
//! it that patients read stands here.

use chrono::{DateTime, Utc};

use super::facts::View;
use super::line::{Line, Lines};
use super::message::{self, Message};
use super::org::{Org, OrgKind};
use super::planned::{Phase, Planned, Step, StepKind, Window};
use super::recurrence::{Day, Nth, Pattern, Repeat};
use super::time;

/// The longest headline of a text message, in characters: with a link of 45
/// there is room for the beginning of a name.
const SHORT: usize = 106;

/// The label of a window's tag.
pub fn label(phase: Phase) -> &'static str {
    match phase {
        Phase::Scheduled => "Planned",
        Phase::Running => "Happening now",
        Phase::Settling => "Should be over",
        Phase::Over => "Over",
        Phase::Cancelled => "Cancelled",
    }
}

/// Where a window stands, in a sentence or two.
pub fn stands(window: &Window, now: DateTime<Utc>) -> String {
    let end = time::near(window.ends_at, now);
    match window.phase(now) {
        Phase::Scheduled => capital(&format!("{}.", time::span(window.starts_at, window.ends_at, now))),
        Phase::Running => format!("This has started. It should end at {end}."),
        Phase::Settling => format!("This was due to end at {end}. Things should be working again."),
        Phase::Over => format!("This ended at {end}."),
        Phase::Cancelled if window.cancelled_at.is_some_and(|at| at > window.starts_at) => {
            "This has stopped. It is cancelled.".into()
        }
        Phase::Cancelled => {
            let span = time::span(window.starts_at, window.ends_at, now);
            format!("This will not happen. It was planned {span}.")
        }
    }
}

/// "It happens every Sunday until 31 January 2027."
pub fn repeats(repeat: &Repeat) -> String {
    let often = match &repeat.pattern {
        Pattern::Weekly { interval: 1, days } => format!("every {}", listed(days)),
        Pattern::Weekly { interval, days } => format!("every {interval} weeks on {}", listed(days)),
        Pattern::Monthly { week, day } => {
            let nth = match week {
                Nth::First => "first",
                Nth::Second => "second",
                Nth::Third => "third",
                Nth::Fourth => "fourth",
                Nth::Last => "last",
            };
            format!("on the {nth} {} of each month", day.label())
        }
    };
    let until = repeat.until.map(|day| format!(" until {}", time::date(day))).unwrap_or_default();
    format!("It happens {often}{until}.")
}

fn listed(days: &[Day]) -> String {
    let mut days = days.to_vec();
    days.sort();
    days.dedup();
    match days.as_slice() {
        [all @ .., last] if !all.is_empty() => {
            let all: Vec<&str> = all.iter().map(|d| d.label()).collect();
            format!("{} and {}", all.join(", "), last.label())
        }
        [one] => one.label().into(),
        _ => "day".into(),
    }
}

/// What will not be as usual while it lasts, line by line.
pub fn effects(lines: &Lines, kind: OrgKind) -> Vec<String> {
    let felt = lines.0.iter().filter(|(line, s)| line.applies_to(kind) && s.state.severity > 0);
    let text = |(line, s): (&Line, &super::line::Setting)| match (line, &s.words) {
        (_, Some(words)) => words.clone(),
        (Line::Attend, None) => {
            super::headline::attend_text(kind, Some(s.state.key), super::headline::HeadlineState::Limited)
        }
        _ => s.state.text.to_owned(),
    };
    felt.map(text).collect()
}

/// What the messages are made from.
pub struct PlannedTelling<'a> {
    pub org: &'a Org,
    /// The page at the time of the step.
    pub view: &'a View,
    pub planned: &'a Planned,
    pub step: &'a Step,
    pub page_url: String,
}

/// Writes the message about one step for the audience of one organisation.
pub fn compose(telling: &PlannedTelling<'_>) -> Message {
    let (planned, step) = (telling.planned, telling.step);
    let name = telling.org.name.clone();
    let headline = headline(planned, step);
    let mut paragraphs = vec![planned.title.clone()];
    paragraphs.extend(step.message.clone());
    let lies_ahead =
        matches!(step.kind, StepKind::Announced | StepKind::Reminded | StepKind::Begun | StepKind::Extended);
    let effects = if lies_ahead { effects(&planned.lines, telling.org.kind) } else { Vec::new() };
    if lies_ahead {
        paragraphs.extend(planned.message.clone().filter(|m| Some(m) != step.message.as_ref()));
        if !effects.is_empty() {
            paragraphs.push(format!("While it lasts: {}", effects.join(" ")));
        }
        paragraphs.extend(planned.repeat.as_ref().filter(|_| step.kind == StepKind::Announced).map(repeats));
    } else if telling.org.kind.sees_patients() {
        paragraphs.push(telling.view.headline.text.clone());
    }
    paragraphs.push("If you need urgent help, use 111.nhs.uk or call 111. In an emergency, call 999.".into());
    Message {
        subject: format!("{name}: {}", subject(planned, step)),
        post: format!("{name}: {headline} {}", planned.title),
        short: message::short(&name, &planned.title, &short_headline(&headline), &telling.page_url),
        organisation: name,
        headline,
        paragraphs,
        page_url: telling.page_url.clone(),
        lang: "en".into(),
    }
}

/// What fits into a text message: of a cancellation its first sentence.
fn short_headline(headline: &str) -> String {
    let is_long = headline.len() > SHORT;
    let first = headline.split_inclusive(". ").next().filter(|_| is_long);
    first.unwrap_or(headline).trim().to_owned()
}

fn subject(planned: &Planned, step: &Step) -> String {
    let window = planned.window(step.day.unwrap_or_else(|| planned.first_day()));
    let day = time::day(window.starts_at);
    match step.kind {
        StepKind::Announced => format!("planned work on {day}"),
        StepKind::Reminded => format!("reminder of planned work on {day}"),
        StepKind::Begun => "planned work has started".into(),
        StepKind::Extended => "planned work is taking longer".into(),
        StepKind::Ended if step.ends_at.is_some() => "planned work is over".into(),
        StepKind::Ended => "planned work should be over".into(),
        StepKind::Cancelled => "planned work is cancelled".into(),
    }
}

/// What happened, in a sentence or two.
fn headline(planned: &Planned, step: &Step) -> String {
    let day = step.day.unwrap_or_else(|| planned.first_day());
    let (window, now) = (planned.window(day), step.at);
    let span = time::span(window.starts_at, window.ends_at, now);
    let end = time::near(step.ends_at.unwrap_or(window.ends_at), now);
    match step.kind {
        StepKind::Announced => format!("Planned work {span}."),
        StepKind::Reminded => format!("Reminder: planned work {span}."),
        StepKind::Begun => format!("Planned work has started. It should end at {end}."),
        StepKind::Extended => format!("Planned work is taking longer. It should now end at {end}."),
        StepKind::Ended if step.ends_at.is_some() => "Planned work is over.".into(),
        StepKind::Ended => "Planned work was due to end now. Things should be working again.".into(),
        StepKind::Cancelled if step.day.is_none() && planned.repeat.is_some() => {
            "All of this planned work is cancelled. It will not happen again.".into()
        }
        StepKind::Cancelled if step.at > window.starts_at => "Planned work has stopped.".into(),
        StepKind::Cancelled => format!("Cancelled: planned work {span}. It will not happen."),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
