//! An incident as the page and the history tell it.

use chrono::{DateTime, Utc};

use super::Context;
use super::tell::{
    Moment, Said, Title, When, built_in, is_withdrawn, line_label, near, provenance, speaker, stage,
    stage_colour, stage_label, timed, update_label, when,
};
use crate::domain::cascade::Touch;
use crate::domain::facts::IncidentFact;
use crate::domain::incident::{Response, Stage, Update};
use crate::domain::line::{Line, Setting};
use crate::words::sentences;

/// One incident, told.
pub struct Story {
    pub id: String,
    pub title: Title,
    /// Empty where there is no word for it.
    pub stage: &'static str,
    pub colour: &'static str,
    pub provenance: String,
    /// What the organisation added to its answer.
    pub answer: Option<Said>,
    /// Newest first.
    pub entries: Vec<Entry>,
    /// There are more than `entries`, at `href`.
    pub more: bool,
    /// "Began at 8am, Friday 19 July 2024."
    pub began: Moment,
    pub ended: Option<Moment>,
    /// Its permanent address on this organisation's pages.
    pub href: String,
    /// What was learned, once it was over, and who wrote that, and when.
    pub learned: Option<(Said, String)>,
}

impl Story {
    /// "Back to normal. Began at 8am, Friday 19 July 2024. Ended at 3:20pm, Friday 19 July 2024."
    pub fn in_short(&self) -> String {
        let stage = Some(self.stage).filter(|stage| !stage.is_empty()).map(|stage| format!("{stage}."));
        let times = std::iter::once(&self.began).chain(&self.ended).map(Moment::text);
        stage.into_iter().chain(times).collect::<Vec<_>>().join(" ")
    }
}

/// One update, told.
pub struct Entry {
    pub id: String,
    pub at: When,
    pub stage: &'static str,
    pub said: Said,
    /// "Radiotherapy: Cancelled", for what it changed; only in the history.
    pub lines: Vec<String>,
    pub said_by: String,
    /// Who took it back, and when: "We took this back at 9am. Do not use it."
    pub withdrawn: Option<String>,
}

/// The most updates of one incident on the patient page: with more, a first visit
/// would not fit into one round trip (14 kB).
const NEWEST: usize = 3;

/// The newest updates, for the patient page.
pub fn newest(ctx: &Context<'_>, fact: &IncidentFact) -> Story {
    let mut story = story(ctx, fact, false);
    story.more = story.entries.len() > NEWEST + 1;
    if story.more {
        story.entries.truncate(NEWEST);
    }
    story
}

/// All updates. `with_lines` tells with each what it changed.
pub fn story(ctx: &Context<'_>, fact: &IncidentFact, with_lines: bool) -> Story {
    let (incident, org) = (&fact.incident, ctx.facts.org.as_ref());
    let was_elsewhere = fact.response.as_ref().is_some_and(|r| !r.answer.says_affected());
    let ended = match was_elsewhere {
        true => (!fact.goes_on()).then(|| incident.ended_at()),
        false => fact.ended(ctx.now, org),
    };
    let all_withdrawn = is_withdrawn(ctx, fact);
    Story {
        id: format!("incident-{}", incident.id),
        title: Title::new(ctx, &incident.title),
        stage: stage_label(ctx, fact),
        colour: match (all_withdrawn, fact.touch) {
            (true, _) => "grey",
            (false, Touch::Possible) if incident.is_open() => "yellow",
            _ if fact.is_unconfirmed(ctx.now, org) => "yellow",
            _ if fact.asked_until(ctx.now, org).is_some() => "grey",
            _ if fact.response.as_ref().is_some_and(|r| r.amounts_to().clears()) => {
                stage_colour(Stage::Resolved)
            }
            _ => stage_colour(stage(ctx, fact)),
        },
        provenance: provenance(ctx, fact),
        // Where all is told, it stands among the updates.
        answer: fact.answer_with_words().filter(|_| !with_lines).and_then(|r| answer(ctx, r)),
        entries: incident.updates.iter().rev().map(|u| entry(ctx, fact, u, with_lines)).collect(),
        more: false,
        began: Moment::full(ctx, "began-at", incident.created_at),
        ended: ended.map(|at| Moment::full(ctx, "ended-at", at)),
        href: ctx.path(&format!("incidents/{}", incident.id)),
        learned: super::history::learned(ctx, fact),
    }
}

/// The words of the answer; under their own name, where another said them than who answered.
fn answer(ctx: &Context<'_>, response: &Response) -> Option<Said> {
    let (by, words) = response.words(&ctx.facts.org.code)?;
    let mut said = Said::written(ctx, words);
    let by = by.filter(|_| response.message_by.is_some());
    if let (Some(by), Some(first)) = (by, said.paragraphs.first_mut()) {
        first.insert_str(0, &format!("{}: ", by.name));
    }
    Some(said)
}

/// The lines that an update changed, as this kind of place calls them.
pub(super) fn changed(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> Vec<String> {
    let before = fact.incident.updates.iter().rfind(|u| u.seq < update.seq && u.withdrawn_at.is_none());
    let is_new = |line: &Line, setting: &Setting| {
        before.and_then(|u| u.lines.get(*line)).is_none_or(|was| {
            (was.state, &was.words, was.session) != (setting.state, &setting.words, setting.session)
        })
    };
    // What another had said goes on under that name.
    let lines = update.lines.0.iter().filter(|(line, s)| s.by.is_none() && ctx.facts.org.has(**line));
    let set = || ctx.facts.local_past.iter().find(|word| word.set_at == update.published_at);
    let number = fact.is_spell().then(set).flatten().and_then(|word| word.phone.as_ref());
    let told = |(line, setting): (&Line, &Setting)| {
        // What to do about 999 or 111 is in its words, and not in that it has changed.
        let state = match &setting.words {
            Some(words) => format!("{}: {}", line_label(ctx, *line), words.marked(ctx.words)),
            None => format!("{}: {}.", line_label(ctx, *line), setting.state.label(ctx.words)),
        };
        let instead = number.filter(|_| *line == Line::Phones && setting.state.severity > 0);
        let instead = instead.map(|n| format!(" {}", ctx.words.put("phone-instead", "number", n)));
        let state = state + &instead.unwrap_or_default();
        let session = setting.session_text(ctx.words).map(|text| format!(" {text}"));
        state + &session.unwrap_or_default()
    };
    lines.filter(|(line, setting)| is_new(line, setting)).map(told).collect()
}

fn entry(ctx: &Context<'_>, fact: &IncidentFact, update: &Update, with_lines: bool) -> Entry {
    let said = match &update.message {
        Some(text) => Said::written(ctx, text),
        None => Said::built_in(&beyond(update_label(ctx, fact, update), built_in(ctx, fact, update))),
    };
    Entry {
        id: format!("update-{}", update.id),
        at: when(ctx, update.published_at),
        stage: match update.corrects {
            Some(_) => ctx.words.get("correction"),
            None => update_label(ctx, fact, update),
        },
        said,
        lines: if with_lines { changed(ctx, fact, update) } else { Vec::new() },
        said_by: speaker(ctx, fact, &update.said_by),
        withdrawn: update.withdrawn_at.map(|at| taken_back(ctx, fact, update, at)),
    }
}

/// That an update was taken back, and by whom, where that is not this place.
fn taken_back(ctx: &Context<'_>, fact: &IncidentFact, update: &Update, at: DateTime<Utc>) -> String {
    let correction = fact.incident.updates.iter().find(|u| u.corrects == Some(update.id));
    let by = &correction.unwrap_or(update).said_by;
    if *by == ctx.facts.org.code {
        return timed(ctx, "taken-back", at);
    }
    let (name, at) = (speaker(ctx, fact, by), near(ctx, at));
    let theirs = ctx.words.with("they-took-back", &[("name", (&name).into()), ("time", (&at).into())]);
    format!("{theirs} {}", ctx.words.get("do-not-use"))
}

/// A built-in text without what the label above it says already.
fn beyond(label: &str, text: &str) -> String {
    let all = sentences(text);
    let is_said = |s: &String| s.trim().trim_end_matches(['.', '।', '۔']) == label;
    let kept = all.iter().enumerate().filter(|(n, s)| *n > 0 || !is_said(s));
    kept.map(|(_, s)| s.trim()).collect::<Vec<_>>().join(" ")
}
