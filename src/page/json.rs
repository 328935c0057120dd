//! `status.json`: the facts for machines, as `CONTRACT.md` fixes them.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Context, tell};
use crate::domain::facts::{Freshness, IncidentFact, LineFact, LinkedFact, PlannedFact};
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Confirmation, Stage, Update};
use crate::domain::line::Session;
use crate::domain::planned::Window;
use crate::domain::statement::{SpeakerKind, Statement};
use crate::domain::time::rfc3339;
use crate::domain::written::Written;
use crate::words::Locale;

#[derive(Serialize)]
struct Status<'a> {
    organisation: Organisation<'a>,
    headline: HeadlineJson,
    lines: Vec<LineJson<'a>>,
    /// Newest first, with those that ended lately.
    incidents: Vec<IncidentJson<'a>>,
    /// Windows of planned work that run or are announced, soonest first.
    planned: Vec<PlannedJson<'a>>,
    /// Of a pharmacy that is slower: the incidents at surgeries whose
    /// prescriptions it makes up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    linked: Vec<LinkedJson<'a>>,
    /// What suppliers and partner bodies say, as their own word.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statements: Vec<StatementJson<'a>>,
    /// What the place, and those above it, say in their own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<MessageJson<'a>>,
    checked_at: String,
    next_update_by: Option<String>,
    freshness: Freshness,
}

#[derive(Serialize)]
pub(super) struct MessageJson<'a> {
    text: &'a str,
    lang: Locale,
    said_by: &'a str,
}

#[derive(Serialize)]
struct LinkedJson<'a> {
    incident: String,
    title: &'a str,
    state: &'static str,
    system: Option<&'a str>,
    declared_by: SaidBy<'a>,
    /// Why that slows the pharmacy down.
    text: &'static str,
    since: String,
    next_update_by: Option<String>,
}

#[derive(Serialize)]
pub(super) struct StatementJson<'a> {
    id: String,
    speaker: SpeakerJson<'a>,
    system: Option<&'a str>,
    /// None once it was taken back.
    text: Option<&'a str>,
    lang: Option<Locale>,
    said_at: String,
    until: String,
    taken_back_at: Option<String>,
}

#[derive(Serialize)]
struct SpeakerJson<'a> {
    key: &'a str,
    name: &'a str,
    kind: SpeakerKind,
}

#[derive(Serialize)]
struct HeadlineJson {
    state: HeadlineState,
    text: String,
}

#[derive(Serialize)]
struct Organisation<'a> {
    code: &'a str,
    name: &'a str,
    kind: &'a str,
    town: &'a str,
    postcode: &'a str,
}

#[derive(Serialize)]
struct LineJson<'a> {
    line: &'static str,
    state: &'static str,
    text: String,
    /// The session that it holds for alone, of a hospital's service.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<Session>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<NaiveDate>,
    said_by: SaidBy<'a>,
    /// Who spoke for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    spoken_by: Option<SaidBy<'a>>,
    since: String,
    expires_at: String,
}

#[derive(Serialize)]
struct SaidBy<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct IncidentJson<'a> {
    id: String,
    title: &'a str,
    kind: &'static str,
    state: &'static str,
    system: Option<&'a str>,
    declared_by: &'a str,
    confirmation: Confirmation,
    /// Newest first.
    updates: Vec<UpdateJson>,
}

#[derive(Serialize)]
struct UpdateJson {
    id: String,
    text: String,
    published_at: String,
    next_update_by: String,
    withdrawn: bool,
}

#[derive(Serialize)]
struct PlannedJson<'a> {
    id: String,
    /// The day on which the window begins.
    occurrence: String,
    title: &'a str,
    state: &'static str,
    text: String,
    starts_at: String,
    ends_at: String,
    planned_by: &'a str,
}

/// Writes `status.json`.
pub fn status_json(ctx: &Context<'_>) -> String {
    let (org, view) = (&ctx.facts.org, ctx.view);
    let status = Status {
        organisation: Organisation {
            code: org.code.as_str(),
            name: &org.name,
            kind: org.kind.as_str(),
            town: &org.town,
            postcode: &org.postcode,
        },
        headline: HeadlineJson { state: view.headline.state, text: view.headline.text(ctx.words) },
        lines: view.lines.iter().map(|f| line(ctx, f)).collect(),
        incidents: ctx.facts.incidents.iter().map(|i| incident(ctx, i)).collect(),
        planned: ctx.facts.windows(ctx.now).into_iter().map(|(f, w)| planned(ctx, f, w)).collect(),
        linked: linked(ctx),
        statements: statements(ctx),
        messages: messages(ctx),
        checked_at: rfc3339(ctx.checked_at),
        next_update_by: view.next_update_by.map(rfc3339),
        freshness: view.freshness,
    };
    to_text(&status)
}

/// What slows a pharmacy down that has not said otherwise itself.
fn linked<'a>(ctx: &Context<'a>) -> Vec<LinkedJson<'a>> {
    let Some(text) = tell::slowed(ctx) else { return Vec::new() };
    let linked = |l: &'a LinkedFact| LinkedJson {
        incident: l.incident.id.to_string(),
        title: &l.incident.title.english,
        // Others may say that it is over; the surgery has not.
        state: match l.incident.is_open() {
            true => l.incident.stage().as_str(),
            false => Stage::CatchingUp.as_str(),
        },
        system: l.incident.target.system().map(|s| s.as_str()),
        declared_by: SaidBy { code: l.incident.declared_by.as_str(), name: &l.declared_by_name },
        text,
        since: rfc3339(l.since),
        next_update_by: l.incident.next_update_by().filter(|_| l.incident.is_open()).map(rfc3339),
    };
    ctx.facts.linked.iter().filter(|l| l.since <= ctx.now).map(linked).collect()
}

/// What the place, and those above it, say in their own words; by whose name. Also what came
/// with "back to normal", as long as the page tells it.
pub(super) fn messages<'a>(ctx: &Context<'a>) -> Vec<MessageJson<'a>> {
    let message = |(name, written): (Option<&'a String>, &'a Written)| {
        let (text, lang) = written.for_reader(ctx.words.locale);
        MessageJson { text, lang, said_by: name.unwrap_or(&ctx.facts.org.name) }
    };
    let mut all = tell::all_own_words(ctx);
    let over = ctx.facts.incidents.iter().filter(|fact| tell::is_over_lately(ctx, fact));
    let answers = over.filter_map(|fact| fact.answer_with_words());
    for answer in answers {
        let Some((by, written)) = answer.words(&ctx.facts.org.code) else { continue };
        if all.iter().all(|(_, told)| *told != written) {
            all.push((by.map(|by| &by.name), written));
        }
    }
    all.into_iter().map(message).collect()
}

/// What others say, the newest first.
pub(super) fn statements<'a>(ctx: &Context<'a>) -> Vec<StatementJson<'a>> {
    let seen = ctx.facts.statements.iter().filter(|s| s.is_seen(ctx.now));
    let statement = |s: &'a Arc<Statement>| {
        let said = s.taken_back_at.is_none().then(|| s.message.for_reader(ctx.words.locale));
        StatementJson {
            id: s.id.to_string(),
            speaker: SpeakerJson { key: &s.speaker.key, name: &s.speaker.name, kind: s.speaker.kind },
            system: s.system.as_ref().map(|key| key.as_str()),
            text: said.map(|(text, _)| text),
            lang: said.map(|(_, lang)| lang),
            said_at: rfc3339(s.made_at),
            until: rfc3339(s.until),
            taken_back_at: s.taken_back_at.map(rfc3339),
        }
    };
    seen.map(statement).collect()
}

/// Indented JSON with a line break at the end, kind to people with `curl`.
pub(super) fn to_text(value: &impl Serialize) -> String {
    // Plain structs with text keys: there is nothing in them that JSON cannot say.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn line<'a>(ctx: &Context<'_>, fact: &'a LineFact) -> LineJson<'a> {
    LineJson {
        line: fact.line.as_str(),
        state: fact.setting.state.key,
        text: tell::line_in_full(ctx, fact),
        session: fact.setting.session.map(|(session, _)| session),
        day: fact.setting.session.map(|(_, day)| day),
        said_by: SaidBy { code: fact.said_by.as_str(), name: &fact.said_by_name },
        spoken_by: fact.by.as_ref().map(|by| SaidBy { code: by.code.as_str(), name: &by.name }),
        since: rfc3339(fact.since),
        expires_at: rfc3339(fact.holds_until()),
    }
}

fn incident<'a>(ctx: &Context<'_>, fact: &'a IncidentFact) -> IncidentJson<'a> {
    let incident = &fact.incident;
    IncidentJson {
        id: incident.id.to_string(),
        title: &incident.title.english,
        kind: incident.kind.as_str(),
        state: tell::stage(ctx, fact).as_str(),
        system: incident.target.system().map(|s| s.as_str()),
        declared_by: incident.declared_by.as_str(),
        confirmation: fact.confirmation,
        updates: incident.updates.iter().rev().map(|u| update(ctx, fact, u)).collect(),
    }
}

fn planned<'a>(ctx: &Context<'_>, fact: &'a PlannedFact, window: &Window) -> PlannedJson<'a> {
    let planned = &fact.outlook.planned;
    PlannedJson {
        id: planned.id.to_string(),
        occurrence: window.day.to_string(),
        title: &planned.title.english,
        state: window.phase(ctx.now).as_str(),
        text: super::planned::stands(ctx, fact, window),
        starts_at: rfc3339(window.starts_at),
        ends_at: rfc3339(window.ends_at),
        planned_by: planned.planned_by.as_str(),
    }
}

fn update(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> UpdateJson {
    UpdateJson {
        id: update.id.to_string(),
        text: tell::update_text(ctx, fact, update),
        published_at: rfc3339(update.published_at),
        next_update_by: rfc3339(update.next_update_by),
        withdrawn: update.withdrawn_at.is_some(),
    }
}
