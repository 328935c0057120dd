//! The words that the patient page, the history and the feeds share.

use chrono::{DateTime, Utc};

use super::Context;
use crate::domain::cascade::Touch;
use crate::domain::facts::{Freshness, IncidentFact, LineFact};
use crate::domain::headline::{self, HeadlineState};
use crate::domain::incident::{Answer, Confirmation, Note, Stage, Update};
use crate::domain::line::{Line, Session};
use crate::domain::org::{OrgCode, OrgKind};
use crate::domain::time;

/// A moment for a `<time>` element.
pub struct When {
    /// "9:40am", or with its day when that is another one.
    pub near: String,
    /// "9:40am, Friday 19 July 2024".
    pub full: String,
    /// For machines.
    pub iso: String,
}

pub fn when(at: DateTime<Utc>, now: DateTime<Utc>) -> When {
    When { near: time::near(at, now), full: time::full(at), iso: time::rfc3339(at) }
}

/// The colour of a headline's tag. The words beside it say the same.
pub fn headline_colour(state: HeadlineState) -> &'static str {
    match state {
        HeadlineState::Normal => "green",
        HeadlineState::Busy => "aqua-green",
        HeadlineState::Limited => "orange",
        HeadlineState::Serious | HeadlineState::Closed => "red",
        HeadlineState::CatchingUp => "blue",
        HeadlineState::NotConfirmed => "yellow",
        HeadlineState::Unknown => "grey",
    }
}

/// The colour of a line's tag, by how bad it is.
pub fn severity_colour(severity: u8) -> &'static str {
    match severity {
        0 => "green",
        1 => "yellow",
        2 => "orange",
        _ => "red",
    }
}

pub fn stage_colour(stage: Stage) -> &'static str {
    match stage {
        Stage::Investigating | Stage::Identified => "red",
        Stage::Limited => "orange",
        Stage::CatchingUp | Stage::Monitoring => "blue",
        Stage::Resolved => "green",
    }
}

/// The headline as one sentence that answers, and the rest of it. The answer
/// is the sentence that says whether to come, wherever it stands.
pub fn answer(ctx: &Context<'_>) -> (String, Vec<String>) {
    let text = &ctx.view.headline.text;
    let mut sentences: Vec<String> = text.split_inclusive(". ").map(|s| s.trim().to_owned()).collect();
    let answers = |s: &String| s.starts_with("Come") || s.starts_with("Do not come");
    let at = match ctx.view.headline.state {
        HeadlineState::Unknown => 0,
        _ => sentences.iter().position(answers).unwrap_or(0),
    };
    let first = if sentences.is_empty() { text.clone() } else { sentences.remove(at) };
    (first, sentences)
}

/// "This GP surgery".
pub fn this_place(kind: OrgKind) -> String {
    format!("This {}", kind.noun())
}

/// What a line is called here. A pharmacy has no appointments.
pub fn line_label(kind: OrgKind, line: Line) -> &'static str {
    match (kind, line) {
        (OrgKind::Pharmacy, Line::Attend) => "Coming in",
        _ => line.label(),
    }
}

/// The sentence of a line, as this kind of place says it.
pub fn line_text(ctx: &Context<'_>, fact: &LineFact) -> String {
    match (&fact.setting.words, fact.line) {
        (Some(words), _) => words.clone(),
        (None, Line::Attend) => {
            let state = match fact.setting.state.severity {
                0 => HeadlineState::Normal,
                _ => ctx.view.headline.state,
            };
            headline::attend_text(ctx.facts.org.kind, Some(fact.setting.state.key), state)
        }
        (None, _) => fact.setting.state.text.to_owned(),
    }
}

/// "This is for the morning of Friday 19 July 2024 only."
pub fn session_text(fact: &LineFact) -> Option<String> {
    let (session, day) = fact.setting.session?;
    let half = match session {
        Session::Morning => "morning",
        Session::Afternoon => "afternoon",
    };
    Some(format!("This is for the {half} of {} only.", time::date(day)))
}

/// A line in full, for forms without room for more: the sentence, the session
/// and what to do instead of phoning.
pub fn line_in_full(ctx: &Context<'_>, fact: &LineFact) -> String {
    let mut all = vec![line_text(ctx, fact)];
    all.extend(session_text(fact));
    if let (Line::Phones, Phone::Instead(number)) = (fact.line, phone(ctx)) {
        all.push(format!("Phone {number} instead."));
    }
    all.join(" ")
}

/// The number that a patient may phone, if there is one to be trusted.
pub enum Phone {
    /// The usual number.
    Usual(String),
    /// A number to use instead of the usual one.
    Instead(String),
    /// The usual number is dead and there is no other (hazard H5).
    Dead,
    /// It was dead when somebody last said something.
    Unsure,
    /// None is known.
    Unlisted,
}

/// Which number to show. A dead number is never shown, also not when what was
/// said about it has run out.
pub fn phone(ctx: &Context<'_>) -> Phone {
    let facts = ctx.facts;
    let is_down = |f: &LineFact| f.line == Line::Phones && f.setting.state.key == "down";
    let down_now = ctx.view.lines.iter().any(is_down);
    let down = down_now || lapsed(ctx).iter().any(|f| is_down(f));
    let said_now = facts.local_until.is_some_and(|until| until > ctx.now);
    let other = facts.phone.clone().filter(|_| facts.has_other_phone() && (said_now || down));
    match other {
        Some(number) => Phone::Instead(number),
        None if down_now => Phone::Dead,
        None if down => Phone::Unsure,
        None if facts.org.phone.is_empty() => Phone::Unlisted,
        None => Phone::Usual(facts.org.phone.clone()),
    }
}

/// Lines that were said to be wrong until a time that has passed, and of which
/// nobody has said anything since (hazard H1).
pub fn lapsed<'a>(ctx: &Context<'a>) -> Vec<&'a LineFact> {
    let mut found: Vec<&LineFact> = Vec::new();
    for fact in &ctx.facts.candidates {
        let stands = ctx.view.lines.iter().any(|f| f.line == fact.line);
        let seen = found.iter().any(|f| f.line == fact.line);
        let ran_out = fact.expires_at <= ctx.now && !fact.is_planned;
        if !stands && !seen && ran_out && fact.setting.state.severity > 0 {
            found.push(fact);
        }
    }
    found
}

/// Who said a line, and when.
pub fn said(ctx: &Context<'_>, fact: &LineFact) -> String {
    let at = time::near(fact.since, ctx.now);
    let own = fact.said_by == ctx.facts.org.code;
    if fact.is_planned {
        let who = if own { "We" } else { &fact.said_by_name };
        format!("{who} planned this. It started at {at}.")
    } else if own {
        format!("We said this at {at}.")
    } else {
        format!("{} said this at {at}.", fact.said_by_name)
    }
}

/// What is late or has run out, as a heading and sentences.
pub fn lateness(ctx: &Context<'_>) -> Option<(&'static str, Vec<String>)> {
    let due = ctx.view.next_update_by.filter(|due| *due <= ctx.now);
    match ctx.view.freshness {
        Freshness::Current => None,
        Freshness::Overdue => {
            let due = due.map(|d| format!("It was due at {}.", time::near(d, ctx.now)));
            Some(("The next update is late", due.into_iter().collect()))
        }
        Freshness::Expired => {
            let mut all = Vec::new();
            if let Some(changed) = ctx.facts.changed_at {
                all.push(format!("We last heard something at {}.", time::near(changed, ctx.now)));
            }
            if let Some(due) = due {
                all.push(format!("The next update was due at {}.", time::near(due, ctx.now)));
            } else if let Some(end) = lapsed(ctx).iter().map(|f| f.expires_at).max() {
                all.push(format!("What we were told was only good until {}.", time::near(end, ctx.now)));
            }
            Some(("This information is old", all))
        }
    }
}

/// Who reported an incident, and whether this place has confirmed it.
pub fn provenance(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let (this, who) = (this_place(ctx.facts.org.kind), &fact.declared_by_name);
    let own = fact.incident.declared_by == ctx.facts.org.code;
    let Some(response) = &fact.response else {
        return match (own, fact.touch) {
            (true, _) => format!("{this} reported this."),
            (false, Touch::Reached) => {
                format!("{who} reported this. {this} has not confirmed it yet.")
            }
            (false, Touch::Possible) => {
                let noun = ctx.facts.org.kind.noun();
                format!("{who} reported this. We do not know if this {noun} is affected.")
            }
        };
    };
    let at = time::near(response.made_at, ctx.now);
    let said = match response.answer {
        Answer::Affected => format!("{this} confirmed it at {at}."),
        Answer::NotAffected => format!("{this} said at {at} that it is not affected."),
        Answer::Busy => {
            format!("{this} said at {at} that it is not affected. It is busier than usual.")
        }
        Answer::Recovered => format!("{this} said at {at} that it is back to normal here."),
    };
    if own { said } else { format!("{who} reported this. {said}") }
}

/// Who reported an incident, for readers who do not have the page before them:
/// it stays the same when the clock moves on.
pub fn provenance_plain(ctx: &Context<'_>, fact: &IncidentFact) -> String {
    let who = &fact.declared_by_name;
    match (fact.incident.declared_by == ctx.facts.org.code, fact.confirmation) {
        (true, _) => format!("Reported by {who}."),
        (false, Confirmation::Confirmed) => {
            format!("Reported by {who}. Confirmed by {}.", ctx.facts.org.name)
        }
        (false, Confirmation::NotConfirmed) => {
            format!("Reported by {who}. Not confirmed by {} yet.", ctx.facts.org.name)
        }
        (false, Confirmation::NotAffected) => {
            format!("Reported by {who}. {} is not affected.", ctx.facts.org.name)
        }
    }
}

/// What an update says: as written, else the built-in words.
pub fn update_text(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> String {
    if let Some(message) = &update.message {
        return message.clone();
    }
    let known = fact.touch == Touch::Reached && ctx.facts.org.kind.sees_patients();
    match (update.stage, &fact.system_message) {
        (Stage::Investigating | Stage::Identified, Some(words)) if known => words.clone(),
        (Stage::Investigating, _) => "We are finding out what is wrong.".into(),
        (Stage::Identified, _) => "We know what is wrong. We are working to put it right.".into(),
        (Stage::Limited, _) => "Some of our systems are working again. Others are not.".into(),
        (Stage::CatchingUp | Stage::Monitoring, _) => {
            "Our systems are working again. We are catching up.".into()
        }
        (Stage::Resolved, _) => "This problem is over.".into(),
    }
}

/// The name of who said an update, as far as the facts tell it.
pub fn speaker(ctx: &Context<'_>, fact: &IncidentFact, code: &OrgCode) -> String {
    if *code == ctx.facts.org.code {
        ctx.facts.org.name.clone()
    } else if *code == fact.incident.declared_by {
        fact.declared_by_name.clone()
    } else {
        code.to_string()
    }
}

/// One incident, told.
pub struct Story {
    pub id: String,
    pub title: String,
    pub stage: &'static str,
    pub colour: &'static str,
    pub provenance: String,
    /// What the organisation added to its answer, as written.
    pub answer: Vec<String>,
    /// Newest first.
    pub entries: Vec<Entry>,
    pub began: When,
    pub ended: Option<When>,
    /// Its permanent address on this organisation's pages.
    pub href: String,
    /// What was learned, once it was over.
    pub learned: Vec<String>,
    /// Who wrote that, and when.
    pub learned_by: String,
}

/// One update, told.
pub struct Entry {
    pub id: String,
    pub at: When,
    pub stage: &'static str,
    pub text: Vec<String>,
    pub said_by: String,
    pub is_correction: bool,
    pub withdrawn: Option<When>,
}

/// Splits free text at its line breaks, so that each becomes a paragraph.
pub fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

pub fn story(ctx: &Context<'_>, fact: &IncidentFact) -> Story {
    let incident = &fact.incident;
    let entries = incident.updates.iter().rev().map(|u| entry(ctx, fact, u)).collect();
    let all_withdrawn = incident.standing().next().is_none();
    let stage = incident.stage();
    let ended = (!incident.is_open()).then(|| when(incident.ended_at(), ctx.now));
    Story {
        id: format!("incident-{}", incident.id),
        title: incident.title.clone(),
        stage: if all_withdrawn { "Withdrawn" } else { stage.label() },
        colour: if all_withdrawn { "grey" } else { stage_colour(stage) },
        provenance: provenance(ctx, fact),
        answer: fact.response.as_ref().and_then(|r| r.message.as_deref()).map(paragraphs).unwrap_or_default(),
        entries,
        began: when(incident.created_at, ctx.now),
        ended,
        href: format!("/{}/incidents/{}", ctx.facts.org.code, incident.id),
        learned: incident.note.as_ref().map(|n| paragraphs(&n.message)).unwrap_or_default(),
        learned_by: incident.note.as_ref().map(|n| learned_by(ctx, fact, n)).unwrap_or_default(),
    }
}

fn learned_by(ctx: &Context<'_>, fact: &IncidentFact, note: &Note) -> String {
    format!("{}, {}", speaker(ctx, fact, &note.said_by), time::full(note.made_at))
}

fn entry(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> Entry {
    Entry {
        id: format!("update-{}", update.id),
        at: when(update.published_at, ctx.now),
        stage: update.stage.label(),
        text: paragraphs(&update_text(ctx, fact, update)),
        said_by: speaker(ctx, fact, &update.said_by),
        is_correction: update.corrects.is_some(),
        withdrawn: update.withdrawn_at.map(|at| when(at, ctx.now)),
    }
}

/// A number as a `tel:` link takes it, without spaces.
pub fn dial(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}
