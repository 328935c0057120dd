//! Planned work as Statuspage's scheduled maintenances: each window is one.

use serde_json::json;
use uuid::Uuid;

use super::components::components;
use super::shape::{Affected, Component, IncidentJson, UpdateJson};
use super::{MOST, line_id, page_id};
use crate::domain::derived_id;
use crate::domain::facts::PlannedFact;
use crate::domain::line::Line;
use crate::domain::planned::{Phase, Step, StepKind, Window};
use crate::domain::time::rfc3339;
use crate::page::{Context, planned, tell};

/// Newest first, at most 50.
pub fn maintenances(ctx: &Context<'_>, keep: impl Fn(Phase) -> bool) -> Vec<IncidentJson> {
    let all = ctx.facts.planned.iter().flat_map(|f| f.outlook.windows.iter().map(move |w| (f, w)));
    let mut kept: Vec<(&PlannedFact, &Window)> = all.filter(|(_, w)| keep(w.phase(ctx.now))).collect();
    kept.sort_by_key(|(f, w)| std::cmp::Reverse((w.starts_at, f.outlook.planned.id)));
    kept.into_iter().take(MOST).map(|(f, w)| maintenance(ctx, f, w)).collect()
}

pub fn is_upcoming(phase: Phase) -> bool {
    phase == Phase::Scheduled
}

pub fn is_active(phase: Phase) -> bool {
    matches!(phase, Phase::Running | Phase::Settling)
}

fn maintenance(ctx: &Context<'_>, fact: &PlannedFact, window: &Window) -> IncidentJson {
    let (plan, phase) = (&fact.outlook.planned, window.phase(ctx.now));
    let id = derived_id(&[ctx.facts.org.code.as_str(), &plan.id.to_string(), &window.day.to_string()]);
    let updates = updates(ctx, fact, window, id);
    let ended = window.cancelled_at.or_else(|| (phase == Phase::Over).then_some(window.ends_at));
    let changed = planned::steps_of(fact, window).map(|s| s.at).max().unwrap_or(plan.created_at);
    IncidentJson {
        id,
        name: plan.title.english.clone(),
        status: status(phase),
        created_at: rfc3339(plan.created_at),
        updated_at: rfc3339(changed),
        monitoring_at: None,
        resolved_at: ended.map(rfc3339),
        impact: "maintenance",
        // Once it is over, the history has it.
        shortlink: match phase {
            Phase::Over | Phase::Cancelled => {
                format!("{}/history#planned-{}-{}", ctx.page_url(), plan.id, window.day)
            }
            _ => format!("{}#planned-{}-{}", ctx.page_url(), plan.id, window.day),
        },
        started_at: rfc3339(window.starts_at),
        page_id: page_id(ctx),
        incident_updates: updates,
        components: touched(ctx, fact),
        reminder_intervals: None,
        postmortem_body: None,
        postmortem_body_last_updated_at: None,
        postmortem_published_at: None,
        scheduled_for: Some(rfc3339(window.starts_at)),
        scheduled_until: Some(rfc3339(window.ends_at)),
        nhs: json!({
            "planned": plan.id,
            "occurrence": window.day,
            "cancelled": window.cancelled_at.is_some(),
            "repeats": plan.repeat,
            "system": plan.target.system(),
            "planned_by": { "code": plan.planned_by, "name": fact.planned_by_name },
        }),
    }
}

/// "Verifying" is work whose time is over and of which nobody has said so.
fn status(phase: Phase) -> &'static str {
    match phase {
        Phase::Scheduled => "scheduled",
        Phase::Running => "in_progress",
        Phase::Settling => "verifying",
        Phase::Over | Phase::Cancelled => "completed",
    }
}

fn lines<'a>(ctx: &'a Context<'_>, fact: &'a PlannedFact) -> impl Iterator<Item = Line> + 'a {
    fact.outlook.planned.lines.0.keys().copied().filter(|l| ctx.facts.org.has(*l))
}

fn touched(ctx: &Context<'_>, fact: &PlannedFact) -> Vec<Component> {
    let ids: Vec<Uuid> = lines(ctx, fact).map(|l| line_id(ctx, l)).collect();
    components(ctx).into_iter().filter(|c| ids.contains(&c.id)).collect()
}

/// Newest first.
fn updates(ctx: &Context<'_>, fact: &PlannedFact, window: &Window, id: Uuid) -> Vec<UpdateJson> {
    let mut all: Vec<UpdateJson> =
        planned::steps_of(fact, window).map(|step| update(ctx, fact, window, step, id)).collect();
    all.reverse();
    // What was to be watched for a while has been.
    if let Some(newest) = all.first_mut().filter(|_| window.phase(ctx.now) == Phase::Over) {
        newest.status = "completed";
    }
    all
}

fn update(ctx: &Context<'_>, fact: &PlannedFact, window: &Window, step: &Step, id: Uuid) -> UpdateJson {
    let (from, to) = match step.kind {
        StepKind::Begun => ("operational", "under_maintenance"),
        StepKind::Extended => ("under_maintenance", "under_maintenance"),
        StepKind::Ended => ("under_maintenance", "operational"),
        _ => ("operational", "operational"),
    };
    let affected: Vec<Affected> = lines(ctx, fact)
        .map(|line| Affected {
            code: line_id(ctx, line),
            name: tell::line_label(ctx, line),
            old_status: from,
            new_status: to,
        })
        .collect();
    UpdateJson {
        // Steps about a whole plan belong to each of its windows.
        id: derived_id(&[&id.to_string(), &step.id.to_string()]),
        status: step_status(step),
        body: planned::step_text(fact, window, step),
        incident_id: id,
        created_at: rfc3339(step.at),
        updated_at: rfc3339(step.at),
        display_at: rfc3339(step.at),
        affected_components: Some(affected).filter(|a| !a.is_empty()),
        deliver_notifications: fact.outlook.planned.tells(step.kind, Some(window)),
        custom_tweet: None,
        tweet_id: None,
        nhs: json!({ "step": step.kind }),
    }
}

fn step_status(step: &Step) -> &'static str {
    match step.kind {
        StepKind::Announced | StepKind::Reminded => "scheduled",
        StepKind::Begun | StepKind::Extended => "in_progress",
        StepKind::Ended if step.ends_at.is_none() => "verifying",
        StepKind::Ended | StepKind::Cancelled => "completed",
    }
}
