//! The questions that a new post and an update share, already answered.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::typed::{Typed, USUAL};
use super::{national, words};
use crate::domain::hours::Promise;
use crate::domain::incident::{Ahead, Stage};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::OrgKind;
use crate::domain::time;
use crate::web::views::Who;
use crate::web::views::form::{Choice, LineChoice, chosen, next_update_choices, session_value};
use crate::web::views::post::Questions;
use crate::words::english;

/// What stands in the form before anybody answers.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// The kinds of organisation that it is about.
    pub kinds: &'a [OrgKind],
    /// The catalogue's defaults, or what was said last.
    pub lines: &'a Lines,
    /// Lines that were said already are asked without "say nothing": silence
    /// would leave them as they are.
    pub stands: bool,
    /// How it is: what is over is offered as normal, and while a place catches up
    /// people are asked to order only what they need.
    pub stage: Stage,
    /// What a preset says about the lines; all of it is among `lines`.
    pub preset: Option<&'a Lines>,
    /// Of 999 and 111, what they may change.
    pub national: &'a [Line],
}

impl Before<'_> {
    fn is_over(&self) -> bool {
        self.stage == Stage::Resolved
    }

    fn state(&self, line: Line) -> &'static str {
        let preset = self.preset.and_then(|p| p.get(line));
        match self.lines.get(line) {
            _ if !self.is_over() && preset.is_some() => preset.map_or("", |setting| setting.state.key),
            Some(_) if self.is_over() => line.normal().key,
            Some(setting)
                if self.stage == Stage::CatchingUp
                    && line == Line::Prescriptions
                    && setting.state.severity > 0 =>
            {
                "order_only_if_needed"
            }
            Some(setting) => setting.state.key,
            None if line == Line::Attend && self.is_over() => "come",
            None if line == Line::Attend => "come_unless_contacted",
            None => "",
        }
    }

    /// The session that the line holds for; empty when it is over.
    fn session(&self, line: Line) -> String {
        let setting = self.lines.get(line).filter(|_| !self.is_over());
        setting.and_then(|s| s.session).map(session_value).unwrap_or_default()
    }

    /// The lines of the preset that this form does not ask about: they are said
    /// as well.
    fn also(&self, typed: &Typed, asked: &[Line]) -> BTreeMap<Line, Setting> {
        let is_asked = |line: &Line| {
            let is_own = asked.contains(line) || self.national.contains(line);
            is_own || (*line == Line::Attend && self.asks(*line))
        };
        let all = if typed.has("also") { typed.also() } else { self.preset.cloned() };
        let all = all.unwrap_or_default().0;
        all.into_iter().filter(|(line, _)| !is_asked(line)).collect()
    }

    fn asks(&self, line: Line) -> bool {
        !line.is_national() && self.kinds.iter().any(|kind| line.applies_to(*kind))
    }

    /// What was typed, where somebody chose another stage than the form was made
    /// for and left its lines as they were: then with the lines of that stage. Where it
    /// `relapses`, each line that they left; else all or none. The preview shows what follows.
    pub fn follow(&self, typed: Typed, then: &Self, relapses: bool) -> Typed {
        let asked = || Line::ALL.iter().copied().filter(|l| self.asks(*l));
        let is_left = |typed: &Typed, line| typed.line(line).is_none_or(|value| value == self.state(line));
        if then.stage == self.stage || !(relapses || asked().all(|line| is_left(&typed, line))) {
            return typed;
        }
        asked().fold(typed, |typed, line| match is_left(&typed, line) {
            true => typed.with_line(line, then.state(line), &then.session(line)),
            false => typed,
        })
    }

    /// The questions, with what was typed over what stood there.
    pub fn questions(&self, who: &Who, typed: &Typed, now: DateTime<Utc>, usual: Promise) -> Questions {
        let value = |line: Line| typed.line(line).unwrap_or_else(|| self.state(line)).to_owned();
        let choice = |line: Line| {
            let when = typed.line(line).map(|_| typed.get(&format!("when.{line}")).to_owned());
            let choice = match self.lines.get(line) {
                Some(_) if self.stands => LineChoice::required(line, &value(line)),
                _ => LineChoice::optional(line, &value(line)),
            };
            choice.with_sessions(&when.unwrap_or_else(|| self.session(line)), now)
        };
        let asked = Line::ALL.iter().copied().filter(|l| self.asks(*l));
        let (attend, others): (Vec<Line>, Vec<Line>) = asked.partition(|l| *l == Line::Attend);
        let also = self.also(typed, &others);
        let attend = attend.first().map(|l| LineChoice::required(*l, &value(*l)).choices);
        Questions {
            attend: attend.unwrap_or_default(),
            lines: others.into_iter().map(choice).collect(),
            national: national::questions(self, who, typed),
            message: typed.field(who, "message"),
            also_said: also.iter().map(|(line, setting)| words::setting(*line, setting)).collect(),
            also: if also.is_empty() { String::new() } else { Lines(also).to_json().to_string() },
            again: typed.id("again").map(|id| id.to_string()).unwrap_or_default(),
            next_update_own: (!self.is_over()).then(|| typed.get("next_update_own").to_owned()),
            next_update: if self.is_over() {
                vec![]
            } else {
                next_updates(typed.get("next_update_by"), now, usual)
            },
        }
    }
}

/// When the next update may be promised. Near closing time the hours offer
/// another moment than two hours, and it is the one that is chosen. After 6:30pm
/// the end of the day is tomorrow's.
fn next_updates(value: &str, now: DateTime<Utc>, usual: Promise) -> Vec<Choice> {
    let near = |at| time::near(at, now, english());
    let mut choices = next_update_choices(value);
    let day_ends = time::end_of_day(now);
    let is_today = time::london(day_ends).date_naive() == time::london(now).date_naive();
    if let Some(last) = choices.iter_mut().find(|c| c.value == "end_of_day" && !is_today) {
        last.label = "Tomorrow, 6:30pm".into();
    }
    let by_hours = match usual {
        Promise::Soon(_) => None,
        Promise::AtClosing(at) => Some(format!("When you close, {}", near(at))),
        Promise::AfterOpening(at) => Some(format!("Soon after you open, {}", near(at))),
    };
    let first = if by_hours.is_some() { USUAL } else { Ahead::TwoHours.as_str() };
    // What the hours promise is never passed by what is offered for today.
    let is_open_then = |c: &Choice| {
        let at = Ahead::parse(&c.value).map(|ahead| ahead.from(now));
        let is_today = |at: &DateTime<Utc>| *at < time::nine_in(now, 1);
        match usual {
            Promise::Soon(_) => true,
            Promise::AtClosing(closes) => at.filter(is_today).is_none_or(|at| at < closes),
            Promise::AfterOpening(opens) => at.is_none_or(|at| at > opens),
        }
    };
    choices.retain(is_open_then);
    if let Some(label) = by_hours {
        choices.insert(0, Choice::new(USUAL, label));
    }
    let value = if choices.iter().any(|c| c.value == value) { value } else { first };
    chosen(choices, value)
}
