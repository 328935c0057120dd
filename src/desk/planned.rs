//! Planned downtime: announcing it. What becomes of it is in `planned_steps`,
//! what the clock does in `planned_clock`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::incidents::{Declaration, Posted, speaking};
use super::proposals::Content;
use super::steps_ahead::StepThen;
use super::steps_ahead::with_plan;
use super::telling::Reach;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::approval::Reason;
use crate::domain::cascade;
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::planned::{DEFAULT_REMINDER, Planned, StepKind};
use crate::domain::recurrence::Repeat;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::{Tx, corrections, incidents, planned};
use crate::words::Locale;

/// What somebody wants to plan: what would be declared, and when.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Its title, place, lines and message; stage and next update mean nothing
    /// here.
    pub what: Declaration,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub repeat: Option<Repeat>,
    /// Hours before each window; 0 for none.
    pub remind_hours: Option<u16>,
}

/// A plan that was checked and would stand.
pub(super) struct ReadyPlan {
    pub planned: Planned,
    pub directory: Arc<Directory>,
}

/// What a plan would do, before anybody is told.
#[derive(Debug, Clone)]
pub struct PlanPreview {
    pub planned: Planned,
    pub reach: Reach,
    /// For whose audience the words are, and the words.
    pub sample: Option<(OrgCode, String, Message)>,
    /// What is told at each step of one window.
    pub steps: Vec<StepThen>,
    /// Why a second person is asked; none where it stands at once.
    pub reasons: Vec<Reason>,
}

impl Desk {
    /// Announces planned downtime, at once or when a second person agrees.
    pub async fn plan(&self, who: &Actor, plan: &Plan) -> Result<Posted> {
        let mut tx = self.db.write().await?;
        let ready = self.ready_plan(&mut tx, who, plan, self.new_id()).await?;
        self.say_of_plan(tx, who, ready, Content::Plan(Box::new(plan.clone()))).await
    }

    /// What `plan` would do. Changes nothing.
    pub async fn preview_plan(&self, who: &Actor, plan: &Plan) -> Result<PlanPreview> {
        let mut tx = self.db.read().await?;
        let ready = self.ready_plan(&mut tx, who, plan, self.new_id()).await?;
        self.preview_of_plan(&mut tx, who, &ready).await
    }

    /// Whom a plan with its last step reaches, and the words.
    pub(super) async fn preview_of_plan(
        &self,
        tx: &mut Tx,
        who: &Actor,
        ready: &ReadyPlan,
    ) -> Result<PlanPreview> {
        let ReadyPlan { planned, directory } = ready;
        let (situation, now) = (incidents::situation(tx, self.now()).await?, self.now());
        let situation = with_plan(&situation, planned, now, now);
        let reach = self.reach_of_plan(tx, planned, directory).await?;
        let told = &reach.organisations;
        // A board has no lines of its own: the words of a place say more.
        let is_place = |c: &&OrgCode| directory.get(c).is_some_and(|o| o.kind.sees_patients());
        let own = Some(&who.organisation).filter(|c| told.contains(c)).filter(is_place);
        let code = own.or_else(|| told.iter().find(is_place)).or(told.first());
        let sample = code.and_then(|code| {
            let message =
                self.write_step(planned, planned.steps.last()?, code, &situation, directory, Locale::En)?;
            Some((code.clone(), directory.get(code)?.name.clone(), message))
        });
        let steps = self.steps_ahead(tx, planned, &reach.recipients, directory).await?;
        let reasons = self.reasons_for_plan(tx, ready).await?;
        Ok(PlanPreview { planned: planned.clone(), reach, sample, steps, reasons })
    }

    /// Checks a plan as `plan` does, and changes nothing. The announcement is
    /// its only step.
    pub(super) async fn ready_plan(
        &self,
        tx: &mut Tx,
        who: &Actor,
        plan: &Plan,
        id: Uuid,
    ) -> Result<ReadyPlan> {
        let now = self.now();
        let directory = self.directory(tx).await?;
        let who = &speaking(who, &plan.what, &directory);
        let mut errors = Vec::new();
        let mut required = |at: &str, time: Option<DateTime<Utc>>| {
            if time.is_none() {
                errors.push(FieldError::new(at, "Give the day and the time."));
            }
            time.unwrap_or(now)
        };
        let (starts_at, ends_at) =
            (required("/starts_at", plan.starts_at), required("/ends_at", plan.ends_at));
        let is_timed = errors.is_empty();
        let system = match self.check(who, &plan.what, now, &directory) {
            Ok(system) => system,
            Err(DeskError::Invalid(more)) => {
                errors.extend(more);
                None
            }
            Err(error) => return Err(error),
        };
        let lines = plan.what.draft.lines.clone();
        let mut planned = Planned {
            id,
            title: match (plan.what.title.is_blank(), &system) {
                (true, Some(system)) => Written::built_in("planned-work-on", "system", &system.name),
                _ => plan.what.title.trimmed(),
            },
            message: plan.what.draft.message.as_ref().map(Written::trimmed),
            target: crate::domain::incident::Target::Area { scope: who.organisation.clone() },
            lines: lines.or_else(|| system.as_ref().map(|s| s.lines.clone())).unwrap_or_default(),
            planned_by: who.organisation.clone(),
            starts_at,
            ends_at,
            repeat: plan.repeat.clone(),
            remind_hours: plan.remind_hours.unwrap_or(DEFAULT_REMINDER),
            created_at: now,
            steps: Vec::new(),
        };
        if is_timed {
            errors.extend(planned.check(now));
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        planned.target = self.target(who, &plan.what, system.as_deref(), &directory)?;
        let announced = self.step(&planned, StepKind::Announced, None, None, None, now);
        planned.steps.push(announced);
        Ok(ReadyPlan { planned, directory })
    }

    /// A plan that they may say more about.
    pub(super) async fn their_plan(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        lock: bool,
        directory: &Directory,
    ) -> Result<Planned> {
        let none = DeskError::NotFound("This planned work");
        let found = planned::find(tx, id, lock).await?.ok_or(DeskError::NotFound("This planned work"))?;
        who.may(Action::See, &found.planned_by, directory).map_err(|_| none)?;
        who.may(Action::Publish, &found.planned_by, directory)?;
        Ok(found)
    }

    /// As for incidents: published already, so nothing may fail any more.
    pub(super) async fn plan_reach_after(&self, ready: &ReadyPlan) -> Reach {
        let ReadyPlan { planned, directory } = ready;
        let reach = async { self.reach_of_plan(&mut self.db.read().await?, planned, directory).await };
        reach.await.unwrap_or_else(|error: DeskError| {
            tracing::warn!(%error, "published, but its reach could not be counted");
            let organisations = cascade::reach(&planned.target, directory, &self.catalogue);
            Reach { organisations, ..Reach::default() }
        })
    }

    async fn reach_of_plan(&self, tx: &mut Tx, planned: &Planned, directory: &Directory) -> Result<Reach> {
        let organisations = cascade::reach(&planned.target, directory, &self.catalogue);
        let by = &planned.planned_by;
        if let Some(step) = planned.steps.last().filter(|step| step.kind == StepKind::Cancelled) {
            let announced = corrections::of_plan(tx, planned.id, step.day).await?;
            let told = corrections::count_reached(tx, &announced).await?;
            let count = |(channel, n)| (channel, usize::try_from(n).unwrap_or(0));
            let recipients = told.into_iter().map(count).collect();
            return Ok(Reach { organisations, recipients, ..Reach::default() });
        }
        let recipients = self.count_recipients(tx, &organisations, by, &planned.lines, self.now()).await?;
        Ok(Reach { organisations, recipients, ..Reach::default() })
    }
}
