//! The public API of Statuspage v2, so that monitoring tools that only know
//! Statuspage can read a page.
//!
//! Fields, order and enums are Statuspage's own; unmodified clients fail on an
//! unknown status and on times without fractions. What only the NHS has is
//! inside one added field, `nhs`.

mod components;
mod maintenance;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use self::components::{OPERATIONAL, UNCONFIRMED, component_status, components};
use self::maintenance::{is_active, is_upcoming, maintenances};
use self::shape::{Affected, Body, IncidentJson, Page, UpdateJson};
use super::json::to_text;
use super::{Context, tell};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::facts::IncidentFact;
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Incident, Stage, Update};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::time::rfc3339;

/// Statuspage gives the newest 50.
const MOST: usize = 50;

/// The eight addresses below `/{CODE}/api/v2/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    Summary,
    Status,
    Components,
    Incidents,
    UnresolvedIncidents,
    Maintenances,
    UpcomingMaintenances,
    ActiveMaintenances,
}

impl Endpoint {
    pub const ALL: &'static [(&'static str, Endpoint)] = &[
        ("summary.json", Self::Summary),
        ("status.json", Self::Status),
        ("components.json", Self::Components),
        ("incidents.json", Self::Incidents),
        ("incidents/unresolved.json", Self::UnresolvedIncidents),
        ("scheduled-maintenances.json", Self::Maintenances),
        ("scheduled-maintenances/upcoming.json", Self::UpcomingMaintenances),
        ("scheduled-maintenances/active.json", Self::ActiveMaintenances),
    ];

    /// What follows `/api/v2/`.
    pub fn path(self) -> &'static str {
        Self::ALL.iter().find(|(_, endpoint)| *endpoint == self).map_or("", |(path, _)| path)
    }

    /// Finds an endpoint by what follows `/api/v2/`.
    pub fn parse(path: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == path).map(|(_, endpoint)| *endpoint)
    }
}

/// Writes the answer of one endpoint.
pub fn statuspage(ctx: &Context<'_>, endpoint: Endpoint) -> String {
    let unresolved = || incidents(ctx, |i| is_unresolved(ctx, i));
    let mut body = Body { page: Some(page(ctx)), ..Body::default() };
    match endpoint {
        Endpoint::Summary => {
            body.status = Some(status(ctx));
            body.components = Some(components(ctx));
            body.incidents = Some(unresolved());
            body.scheduled_maintenances = Some(maintenances(ctx, |p| is_upcoming(p) || is_active(p)));
        }
        Endpoint::Status => body.status = Some(status(ctx)),
        Endpoint::Components => body.components = Some(components(ctx)),
        Endpoint::Incidents => body.incidents = Some(incidents(ctx, |_| true)),
        Endpoint::UnresolvedIncidents => body.incidents = Some(unresolved()),
        Endpoint::Maintenances => body.scheduled_maintenances = Some(maintenances(ctx, |_| true)),
        Endpoint::UpcomingMaintenances => body.scheduled_maintenances = Some(maintenances(ctx, is_upcoming)),
        Endpoint::ActiveMaintenances => body.scheduled_maintenances = Some(maintenances(ctx, is_active)),
    }
    to_text(&body)
}

fn page_id(ctx: &Context<'_>) -> Uuid {
    derived_id(&[ctx.facts.org.code.as_str()])
}

fn line_id(ctx: &Context<'_>, line: Line) -> Uuid {
    derived_id(&[ctx.facts.org.code.as_str(), line.as_str()])
}

fn page(ctx: &Context<'_>) -> Page {
    Page {
        id: page_id(ctx),
        name: ctx.facts.org.name.clone(),
        url: ctx.page_url(),
        time_zone: "Europe/London",
        updated_at: rfc3339(ctx.facts.changed_at.unwrap_or_else(|| began(ctx))),
        nhs: json!({
            "organisation_code": ctx.facts.org.code,
            "kind": ctx.facts.org.kind,
            "checked_at": rfc3339(ctx.checked_at),
            "freshness": ctx.view.freshness,
            "next_update_by": ctx.view.next_update_by.map(rfc3339),
        }),
    }
}

/// When the page came to be, as far as anybody knows: when the place opened.
fn began(ctx: &Context<'_>) -> DateTime<Utc> {
    let opened = ctx.facts.org.opened.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    opened.unwrap_or(DateTime::UNIX_EPOCH)
}

fn status(ctx: &Context<'_>) -> Value {
    let state = ctx.view.headline.state;
    let going_on = ctx.facts.incidents.iter().find(|i| is_unresolved(ctx, i));
    let indicator = match state {
        // That 111 has changed is no problem of the place, and not nothing.
        HeadlineState::Normal if going_on.is_some() => "minor",
        HeadlineState::Normal => "none",
        HeadlineState::Busy | HeadlineState::CatchingUp | HeadlineState::NotConfirmed => "minor",
        // Not known is not fine (hazard H1).
        HeadlineState::Limited | HeadlineState::Unknown => "major",
        HeadlineState::Serious | HeadlineState::Closed => "critical",
    };
    json!({
        "indicator": indicator,
        "description": match ctx.view.headline.label(ctx.words) {
            _ if indicator == "minor" && state == HeadlineState::Normal => {
                going_on.map(|i| i.incident.title.english.clone()).unwrap_or_default()
            }
            // Of a region nobody said anything; of the places below it, that is no news.
            "" => tell::answer(ctx).0,
            label => label.to_owned(),
        },
        "nhs": {
            "state": state,
            "text": ctx.view.headline.text(ctx.words),
            "statements": super::json::statements(ctx),
            "messages": super::json::messages(ctx),
        },
    })
}

/// Newest first.
fn incidents(ctx: &Context<'_>, keep: impl Fn(&IncidentFact) -> bool) -> Vec<IncidentJson> {
    let mut kept: Vec<&IncidentFact> = ctx.facts.incidents.iter().filter(|i| keep(i)).collect();
    kept.sort_by_key(|i| std::cmp::Reverse((i.incident.created_at, i.incident.id)));
    kept.into_iter().take(MOST).map(|i| incident(ctx, i)).collect()
}

fn stage_status(stage: Stage) -> &'static str {
    match stage {
        Stage::Investigating => "investigating",
        Stage::Identified | Stage::Limited => "identified",
        Stage::CatchingUp | Stage::Monitoring => "monitoring",
        Stage::Resolved => "resolved",
    }
}

/// Whether it is not over here, as far as anybody knows who would.
fn is_unresolved(ctx: &Context<'_>, fact: &IncidentFact) -> bool {
    resolved_at(ctx, fact).is_none()
}

/// When an incident ended for this organisation.
fn resolved_at(ctx: &Context<'_>, fact: &IncidentFact) -> Option<DateTime<Utc>> {
    fact.over_since(ctx.now, &ctx.facts.org)
}

fn incident(ctx: &Context<'_>, fact: &IncidentFact) -> IncidentJson {
    let incident = fact.incident.as_ref();
    let resolved = resolved_at(ctx, fact);
    let watched = incident.standing().find(|u| u.stage.is_recovering()).map(|u| u.published_at);
    let touched = touched_lines(ctx, incident);
    IncidentJson {
        id: incident.id,
        name: fact.named_at(ctx.now, &ctx.facts.org).english,
        status: match (&incident.note, resolved) {
            (Some(_), Some(_)) => "postmortem",
            (None, Some(_)) => "resolved",
            (_, None) => stage_status(tell::stage(ctx, fact)),
        },
        created_at: rfc3339(incident.created_at),
        updated_at: rfc3339(resolved.max(Some(incident.changed_at())).unwrap_or(incident.created_at)),
        monitoring_at: watched.map(rfc3339),
        resolved_at: resolved.map(rfc3339),
        impact: impact(ctx, fact),
        shortlink: format!("{}/incidents/{}", ctx.page_url(), incident.id),
        started_at: rfc3339(incident.created_at),
        page_id: page_id(ctx),
        incident_updates: updates(ctx, fact),
        components: components(ctx)
            .into_iter()
            .filter(|c| touched.iter().any(|l| line_id(ctx, *l) == c.id))
            .collect(),
        reminder_intervals: None,
        postmortem_body: incident.note.as_ref().map(|n| n.message.english.clone()),
        postmortem_body_last_updated_at: incident.note.as_ref().map(|n| rfc3339(n.made_at)),
        postmortem_published_at: incident.note.as_ref().map(|n| rfc3339(n.made_at)),
        scheduled_for: None,
        scheduled_until: None,
        nhs: json!({
            "kind": incident.kind,
            "state": tell::stage(ctx, fact),
            "system": incident.target.system(),
            "declared_by": { "code": fact.reported_by(), "name": tell::speaker(ctx, fact, fact.reported_by()) },
            "confirmation": fact.confirmation,
            "level": incident.level,
        }),
    }
}

/// The lines that an incident ever spoke of, for this kind of organisation.
fn touched_lines(ctx: &Context<'_>, incident: &Incident) -> Vec<Line> {
    let spoken = |line: &Line| incident.standing().any(|u| u.lines.get(*line).is_some());
    Line::ALL.iter().copied().filter(|l| ctx.facts.org.has(*l)).filter(spoken).collect()
}

/// By the worst that any standing update said of a line.
fn impact(ctx: &Context<'_>, fact: &IncidentFact) -> &'static str {
    let said = fact.incident.standing().flat_map(|u| u.lines.0.iter());
    // Whoever is no place tells what it set for its places.
    let counts = |line: Line| ctx.facts.org.has(line) || !ctx.facts.org.kind.sees_patients();
    let worst = said.filter(|(line, _)| counts(**line)).map(|(_, s)| s.state.severity).max();
    match worst {
        _ if fact.touch == Touch::Possible || fact.was_mistaken(ctx.now) => "none",
        None | Some(0 | 1) => "minor",
        Some(2) => "major",
        Some(_) => "critical",
    }
}

/// Newest first. Each names the lines that it changed. What the place answered of a line is
/// for it to end, and an end that nobody has confirmed brings no line back. Once it is over here,
/// what others go on saying of it elsewhere is no update of it: the newest is its end.
fn updates(ctx: &Context<'_>, fact: &IncidentFact) -> Vec<UpdateJson> {
    let mut before: BTreeMap<Line, &'static str> = BTreeMap::new();
    let mut own: BTreeSet<Line> = BTreeSet::new();
    let mut all: Vec<UpdateJson> = Vec::new();
    let over = resolved_at(ctx, fact);
    let is_here = |u: &&Update| u.stage == Stage::Resolved || over.is_none_or(|end| u.published_at <= end);
    for update in fact.incident.updates.iter().filter(is_here) {
        let (stands, is_answer) = (update.withdrawn_at.is_none(), fact.is_answer(update));
        let said = update.lines.0.iter().filter(|(line, _)| ctx.facts.org.has(**line));
        let said = said.filter(|(line, _)| is_answer || !own.contains(line));
        let mut changed: Vec<(Line, &'static str)> = said
            .map(|(line, setting)| (*line, component_status(worst_of(fact, update, *line, setting))))
            .collect();
        let was_wrong = |line: &Line| before.get(line).is_some_and(|was| *was != OPERATIONAL);
        // Who is not affected, but for some lines, ends the others.
        let clears = fact.answer_of(update).is_some_and(|answer| answer.answer.clears());
        if (update.stage == Stage::Resolved || clears) && stands {
            // The end of it ends what it said of lines.
            let is_over = clears || fact.over_since(update.published_at, &ctx.facts.org).is_some();
            let unsaid = before.keys().filter(|line| was_wrong(line) && update.lines.get(**line).is_none());
            let unsaid = unsaid.filter(|line| is_over || !own.contains(line));
            changed.extend(unsaid.map(|line| (*line, OPERATIONAL)));
            let unconfirmed = changed.iter_mut().filter(|(line, _)| !is_over && was_wrong(line));
            unconfirmed.for_each(|(_, status)| *status = UNCONFIRMED);
        }
        if is_answer && stands {
            own = if update.stage == Stage::Resolved { BTreeSet::new() } else { keys(&update.lines) };
        }
        let mut affected = Vec::new();
        for (line, new_status) in changed {
            let old_status = before.get(&line).copied().unwrap_or(OPERATIONAL);
            if stands {
                before.insert(line, new_status);
            }
            affected.push(Affected {
                code: line_id(ctx, line),
                name: tell::line_label(ctx, line),
                old_status,
                new_status,
            });
        }
        all.push(update_json(ctx, fact, update, affected));
    }
    all.extend(closing(ctx, fact, over, all.last()));
    all.reverse();
    all
}

/// That it is over, where nobody said so in it: somebody else's word counts instead, or nobody
/// waits any more for who would know.
fn closing(
    ctx: &Context<'_>,
    fact: &IncidentFact,
    over: Option<DateTime<Utc>>,
    newest: Option<&UpdateJson>,
) -> Option<UpdateJson> {
    let (end, newest) = over.zip(newest)?;
    let last = fact.incident.updates.iter().find(|u| u.id == newest.id)?;
    let id = derived_id(&[&fact.incident.id.to_string(), "closed", &end.timestamp_micros().to_string()]);
    let at = rfc3339(end);
    (newest.status != stage_status(Stage::Resolved)).then(|| UpdateJson {
        id,
        status: stage_status(Stage::Resolved),
        body: ctx.words.get("voice-webpage").into(),
        created_at: at.clone(),
        updated_at: at.clone(),
        display_at: at.clone(),
        nhs: json!({"state": Stage::Resolved, "withdrawn": false, "corrects": null, "next_update_by": at}),
        ..update_json(ctx, fact, last, Vec::new())
    })
}

fn keys(lines: &Lines) -> BTreeSet<Line> {
    lines.0.keys().copied().collect()
}

/// How bad a line is after an update, of all sessions that it leaves standing.
fn worst_of(fact: &IncidentFact, update: &Update, line: Line, setting: &Setting) -> u8 {
    let before = fact.incident.standing().take_while(|u| u.seq <= update.seq);
    let still = |s: &Setting| s.session_times().is_some_and(|(_, ends)| ends > update.published_at);
    let beside = Incident::beside(before);
    let beside = beside.iter().filter(|_| update.withdrawn_at.is_none());
    let beside = beside.filter_map(|lines| lines.get(line)).filter(|s| still(s));
    beside.map(|s| s.state.severity).chain([setting.state.severity]).max().unwrap_or_default()
}

fn update_json(
    ctx: &Context<'_>,
    fact: &IncidentFact,
    update: &Update,
    affected: Vec<Affected>,
) -> UpdateJson {
    let text = tell::update_text(ctx, fact, update);
    let withdrawn = update.withdrawn_at.is_some();
    UpdateJson {
        id: update.id,
        // What others say is over is not, here, before somebody confirms it.
        status: match (update.stage, fact.over_since(update.published_at, &ctx.facts.org)) {
            (Stage::Resolved, None) => stage_status(Stage::Monitoring),
            (stage, _) => stage_status(stage),
        },
        body: if withdrawn { format!("Withdrawn. Do not use it. It said: {text}") } else { text },
        incident_id: update.incident,
        created_at: rfc3339(update.published_at),
        updated_at: rfc3339(update.withdrawn_at.unwrap_or(update.published_at)),
        display_at: rfc3339(update.published_at),
        affected_components: Some(affected).filter(|a| !a.is_empty()),
        deliver_notifications: true,
        custom_tweet: None,
        tweet_id: None,
        nhs: json!({
            "state": update.stage,
            "withdrawn": withdrawn,
            "corrects": update.corrects,
            "next_update_by": rfc3339(update.next_update_by),
        }),
    }
}
