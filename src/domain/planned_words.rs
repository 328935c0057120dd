//! Planned downtime in words, for pages and messages: which sentence is said
//! when. The sentences are in `locales/*/planned.ftl`.

use chrono::{DateTime, Utc};

use super::facts::{Facts, View};
use super::line::{Line, Lines, Setting};
use super::message::{self, Message};
use super::org::{Org, OrgKind};
use super::planned::{Phase, Planned, Step, StepKind, Window};
use super::recurrence::{Day, Pattern, Repeat};
use super::time;
use super::written::Written;
use super::{headline, help};
use crate::words::{Words, sentences};

/// The longest headline of a text message in Latin letters, in characters:
/// with a link of 45 there is room for the beginning of a name.
const SHORT: usize = 106;

/// The label of a window's tag.
pub fn label(phase: Phase, w: &'static Words) -> &'static str {
    w.get(match phase {
        Phase::Scheduled => "work-is-ahead",
        Phase::Running => "work-runs",
        Phase::Settling => "work-settles",
        Phase::Over => "work-is-done",
        Phase::Cancelled => "work-is-off",
    })
}

/// Where a window stands, in a sentence or two.
pub fn stands(window: &Window, now: DateTime<Utc>, w: &'static Words) -> String {
    let until = |id: &str| w.put(id, "time", time::by(window.ends_at, now, w));
    let spanned = |id: &str| w.put(id, "span", time::span(window.starts_at, window.ends_at, now, w));
    match window.phase(now) {
        Phase::Scheduled => spanned("work-is-planned"),
        Phase::Running => until("work-has-started"),
        Phase::Settling => until("work-was-due"),
        Phase::Over => until("work-ended"),
        Phase::Cancelled if window.cancelled_at.is_some_and(|at| at > window.starts_at) => {
            w.get("work-was-stopped").into()
        }
        Phase::Cancelled => spanned("work-will-not-happen"),
    }
}

/// Whether something that planned work was about is wrong now for another reason.
/// It counts also where that has run out: nobody knows then.
pub fn is_still_wrong(planned: &Planned, facts: &Facts, view: &View) -> bool {
    let stopped = |line: Line| planned.lines.get(line).is_some_and(|s| s.state.severity > 0);
    let said = view.lines.iter().chain(view.lapsed(facts));
    said.into_iter().any(|f| !f.is_planned() && f.setting.state.severity > 0 && stopped(f.line))
}

/// "It happens every week on Sunday. It goes on until 31 January 2027."
pub fn repeats(repeat: &Repeat, w: &'static Words) -> String {
    let often = match &repeat.pattern {
        Pattern::Weekly { interval, days } => {
            let days = listed(days, w);
            w.with("it-happens-weekly", &[("count", u64::from(*interval).into()), ("days", (&days).into())])
        }
        Pattern::Monthly { week, day } => {
            let args = [("week", week.as_str().into()), ("day", weekday(*day, w).into())];
            w.with("it-happens-monthly", &args)
        }
    };
    match repeat.until {
        Some(day) => format!("{often} {}", w.put("it-goes-on-until", "date", time::date(day, w))),
        None => often,
    }
}

fn weekday(day: Day, w: &'static Words) -> &'static str {
    let number = Day::ALL.iter().position(|d| *d == day).unwrap_or(0) + 1;
    w.get(&format!("weekday-{number}"))
}

fn listed(days: &[Day], w: &'static Words) -> String {
    let mut days = days.to_vec();
    days.sort();
    days.dedup();
    let names: Vec<&str> = days.iter().map(|d| weekday(*d, w)).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            w.with("this-and-that", &[("first", (&first.join(", ")).into()), ("last", (*last).into())])
        }
        all => all.join(", "),
    }
}

/// What will not be as usual while it lasts, line by line.
pub fn effects(lines: &Lines, kind: OrgKind, w: &'static Words) -> Vec<String> {
    let felt = lines.0.iter().filter(|(line, s)| line.applies_to(kind) && s.state.severity > 0);
    let text = |(line, s): (&Line, &Setting)| match (line, &s.words) {
        (_, Some(words)) => words.marked(w),
        (Line::Attend, None) => {
            headline::attend_text(kind, Some(s.state.key), headline::HeadlineState::Limited, w).to_owned()
        }
        _ => message::join(&[s.state.text(w), &s.session_text(w).unwrap_or_default()]),
    };
    felt.map(text).collect()
}

/// The same by now, as the page has it: since it was planned, somebody may have said how it
/// is. Whether to come is not among them: the page's answer says that.
fn effects_now(lines: &Lines, org: &Org, view: &View, w: &'static Words) -> Vec<String> {
    let stopped = |line: Line| lines.get(line).is_some_and(|s| s.state.severity > 0);
    if !org.kind.sees_patients() {
        let others = lines.0.iter().filter(|(line, _)| **line != Line::Attend);
        return effects(&Lines(others.map(|(line, s)| (*line, s.clone())).collect()), org.kind, w);
    }
    let felt = view.lines.iter().filter(|f| f.line != Line::Attend && stopped(f.line));
    let felt = felt.filter(|f| f.setting.state.severity > 0);
    felt.map(|f| message::join(&[&f.text(w), &f.setting.session_text(w).unwrap_or_default()])).collect()
}

/// What a window stops at a place: as far as anybody knows by now; while it runs, as the page
/// has it; of one that is over, what was planned.
pub fn stopped(
    facts: &Facts,
    view: &View,
    planned: &Planned,
    window: &Window,
    w: &'static Words,
) -> Vec<String> {
    let (org, lines) = (&facts.org, planned.lines.of(&facts.org));
    match window.phase(view.at) {
        Phase::Running => effects_now(&lines, org, view, w),
        Phase::Scheduled => {
            let lines = facts.will_stop(planned, window);
            let answer = headline::of_lines(org.kind, &lines, view.headline.other_111);
            let away = answer.no_medicines.then(|| answer.text(w));
            away.into_iter().chain(effects(&lines, org.kind, w)).collect()
        }
        _ => effects(&lines, org.kind, w),
    }
}

/// The same where the page's own answer does not stand above it: with whether to come, while a
/// window runs that was to change that.
pub fn stopped_alone(
    facts: &Facts,
    view: &View,
    planned: &Planned,
    window: &Window,
    w: &'static Words,
) -> Vec<String> {
    let all = stopped(facts, view, planned, window, w).into_iter();
    answer_now(facts, view, planned, window, w).into_iter().chain(all).collect()
}

/// Whether to come, while a window runs that was to change that.
fn answer_now(
    facts: &Facts,
    view: &View,
    planned: &Planned,
    window: &Window,
    w: &'static Words,
) -> Option<String> {
    let is_asked = runs(window, view.at) && changes_coming(facts, planned);
    is_asked.then(|| view.headline.text(w))
}

/// Whether planned work changes whether to come to a place.
fn changes_coming(facts: &Facts, planned: &Planned) -> bool {
    let planned = headline::of_lines(facts.org.kind, &planned.lines.of(&facts.org), false);
    let changes = planned.keeps_away() || planned.attend.is_some_and(|key| key != "come");
    facts.org.kind.sees_patients() && changes
}

/// Whether a window runs at this moment.
pub fn runs(window: &Window, now: DateTime<Utc>) -> bool {
    window.phase(now) == Phase::Running
}

/// What the messages are made from.
pub struct PlannedTelling<'a> {
    pub facts: &'a Facts,
    /// The same at the time of writing.
    pub view: &'a View,
    pub planned: &'a Planned,
    pub step: &'a Step,
    /// Whether to come is told in any case: it has changed since the step was told.
    pub answers: bool,
    pub page_url: String,
    pub words: &'static Words,
}

/// Writes the message about one step for the audience of one organisation.
pub fn compose(telling: &PlannedTelling<'_>) -> Message {
    let (planned, step, w) = (telling.planned, telling.step, telling.words);
    let name = telling.facts.org.name.clone();
    let written = |text: &Written| text.marked(w);
    let long = |w: &Window| time::span(w.starts_at, w.ends_at, step.at, telling.words);
    let (headline, brief) = (
        headline(planned, step, w, long),
        headline(planned, step, w, |w| time::short_span(w.starts_at, w.ends_at, telling.words)),
    );
    let is_claimed = step.kind != StepKind::Ended || step.ends_at.is_some();
    let is_wrong = !is_claimed && is_still_wrong(planned, telling.facts, telling.view);
    let [headline, brief] = [headline, brief].map(|text| match is_wrong {
        true => sentences(&text).into_iter().next().unwrap_or_default().trim().to_owned(),
        false => text,
    });
    // Written as a heading, read as a sentence.
    let title = format!("{}.", written(&planned.title).trim_end_matches('.'));
    let mut paragraphs = vec![title.clone()];
    paragraphs.extend(step.message.as_ref().map(written));
    let lies_ahead =
        matches!(step.kind, StepKind::Announced | StepKind::Reminded | StepKind::Begun | StepKind::Extended);
    if lies_ahead {
        let said = planned.message.as_ref().filter(|m| Some(*m) != step.message.as_ref());
        paragraphs.extend(said.map(written));
        let (window, runs) = (window(telling), is_now(telling));
        let effects = stopped(telling.facts, telling.view, planned, &window, w);
        if !effects.is_empty() {
            paragraphs.push(format!("{} {}", w.get("while-it-lasts"), effects.join(" ")));
        }
        if runs && telling.facts.org.kind.sees_patients() {
            paragraphs.push(telling.view.headline.text(w));
        }
        let again = planned.repeat.as_ref().filter(|_| step.kind == StepKind::Announced);
        paragraphs.extend(again.map(|repeat| repeats(repeat, w)));
    } else if telling.facts.org.kind.sees_patients() {
        paragraphs.push(telling.view.headline.text(w));
        paragraphs.extend(message::wrong_sentences(telling.view, w));
    }
    paragraphs.push(help::urgent(telling.view, w));
    let named = |text: &str| w.with("name-and-text", &[("name", (&name).into()), ("text", text.into())]);
    let first = sentences(&headline).into_iter().next().unwrap_or_default();
    let first_of_brief = sentences(&brief).into_iter().next().unwrap_or_default();
    let advice = if brief.chars().count() > SHORT { first_of_brief.trim() } else { brief.as_str() };
    // Why it is called off is in no other words.
    let own = step.message.as_ref().filter(|_| step.kind == StepKind::Cancelled).map(written);
    let (off, url) = (off(telling, lies_ahead), &telling.page_url);
    let short = match (&own, off.as_str()) {
        (Some(own), _) => message::in_full(&name, &message::join(&[&brief, own, &off]), "", url, w.locale),
        (None, "") => {
            let with_effects = message::join(&[&title, &in_short(telling, lies_ahead)]);
            message::short(&name, &[&with_effects, &title], advice, url, w.locale)
        }
        _ => message::at_least(&name, &title, &message::join(&[advice, &off]), "", url, w.locale),
    };
    let said = own.unwrap_or(title);
    Message {
        subject: named(first.trim().trim_end_matches(['.', '।', '۔'])),
        post: named(&message::join(&[&headline, &said, &off])),
        post_end: String::new(),
        notice: message::join(&[&headline, &said, &off]),
        short,
        organisation: name.clone(),
        headline,
        paragraphs,
        page_url: telling.page_url.clone(),
        lang: w.locale.to_string(),
        is_correction: false,
        facts: None,
    }
}

/// What is not as usual while it lasts, or still is not, where there is little room.
fn in_short(telling: &PlannedTelling<'_>, lies_ahead: bool) -> String {
    let w = telling.words;
    if !lies_ahead {
        return message::wrong_sentences(telling.view, w).join(" ");
    }
    match stopped(telling.facts, telling.view, telling.planned, &window(telling), w).join(" ") {
        effects if effects.is_empty() => effects,
        effects => format!("{} {effects}", w.get("while-it-lasts")),
    }
}

/// That nobody is to come, and the services that readers can choose and that do not take place:
/// while the work lasts, or as the page has it by now. Whoever was to stay away because of it
/// has to hear when they may come.
fn off(telling: &PlannedTelling<'_>, lies_ahead: bool) -> String {
    let (org, view, w) = (&telling.facts.org, telling.view, telling.words);
    let sees_patients = org.kind.sees_patients();
    if !lies_ahead || is_now(telling) {
        let is_told =
            telling.answers || view.headline.keeps_away() || changes_coming(telling.facts, telling.planned);
        let answer = if sees_patients && is_told { view.headline.text(w) } else { String::new() };
        return message::join(&[&answer, &message::services_off(org, view, w)]);
    }
    let lines = telling.facts.will_stop(telling.planned, &window(telling));
    let planned = headline::of_lines(org.kind, &lines, view.headline.other_111);
    let shut = match planned.keeps_away() {
        true if sees_patients => planned.text(w),
        true => headline::attend_text(org.kind, planned.attend, planned.state, w).to_owned(),
        false => String::new(),
    };
    match message::join(&[&shut, &message::services_off_by(&lines, org, w)]) {
        off if off.is_empty() => off,
        off => format!("{} {off}", w.get("while-it-lasts")),
    }
}

/// Whether it is told of the work while that runs.
fn is_now(telling: &PlannedTelling<'_>) -> bool {
    runs(&window(telling), telling.view.at)
}

/// The window that a step is about; of a whole plan the first.
fn window(telling: &PlannedTelling<'_>) -> Window {
    telling.planned.window(telling.step.day.unwrap_or_else(|| telling.planned.first_day()))
}

/// What happened, in a sentence or two; `span` says from when to when.
fn headline(planned: &Planned, step: &Step, w: &'static Words, span: impl Fn(&Window) -> String) -> String {
    let day = step.day.unwrap_or_else(|| planned.first_day());
    let (window, now) = (planned.window(day), step.at);
    let spanned = |id: &str| w.put(id, "span", span(&window));
    let until = |id: &str| w.put(id, "time", time::by(step.ends_at.unwrap_or(window.ends_at), now, w));
    match step.kind {
        StepKind::Announced => spanned("tell-planned"),
        StepKind::Reminded => spanned("tell-reminder"),
        StepKind::Begun => until("tell-begun"),
        StepKind::Extended => until("tell-longer"),
        StepKind::Ended if step.ends_at.is_some() => w.get("tell-over").into(),
        StepKind::Ended => w.get("tell-should-be-over").into(),
        StepKind::Cancelled if step.day.is_none() && planned.repeat.is_some() => {
            w.get("tell-all-cancelled").into()
        }
        StepKind::Cancelled if step.at > window.starts_at => w.get("tell-stopped").into(),
        StepKind::Cancelled => spanned("tell-cancelled"),
    }
}
