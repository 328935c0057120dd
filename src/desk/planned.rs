//! Planned downtime: announcing it, and what becomes of it. What the clock
//! does is in `planned_clock`.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::incidents::{Declaration, Posted, speaking};
use super::telling::Reach;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::approval::Publication;
use crate::domain::cascade;
use crate::domain::delivery::Lane;
use crate::domain::incident::{check_message, check_time};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::planned::{DEFAULT_REMINDER, Phase, Planned, Step, StepKind, Window};
use crate::domain::recurrence::Repeat;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::broadcasts::{self, Broadcast, BroadcastKind};
use crate::store::{self, Tx, incidents, planned};
use crate::words::Locale;

/// What somebody wants to plan: what would be declared, and when.
#[derive(Debug, Clone, Default)]
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
}

impl Desk {
    /// Announces planned downtime.
    pub async fn plan(&self, who: &Actor, plan: &Plan) -> Result<Posted> {
        let mut tx = self.db.write().await?;
        let ReadyPlan { mut planned, directory } = self.ready_plan(&mut tx, who, plan).await?;
        let announced = planned.steps.pop().ok_or(DeskError::NotFound("This plan"))?;
        planned::insert(&mut tx, &planned, &who.name).await?;
        self.take(&mut tx, &mut planned, announced.clone(), &who.name).await?;
        let detail = json!({"title": planned.title.english, "starts_at": planned.starts_at, "ends_at": planned.ends_at,
            "repeat": planned.repeat, "system": planned.target.system(), "scope": planned.target.scope()});
        audit::record(&mut tx, who, announced.at, Entry::new("plan", planned.id, detail)).await?;
        tx.commit().await?;
        self.signals.ring();
        let reach = self.plan_reach_after(&planned, &directory).await;
        Ok(Posted { incident: planned.id, update: announced.id, publication: Publication::Published, reach })
    }

    /// What `plan` would do. Changes nothing.
    pub async fn preview_plan(&self, who: &Actor, plan: &Plan) -> Result<PlanPreview> {
        let mut tx = self.db.read().await?;
        let ReadyPlan { planned, directory } = self.ready_plan(&mut tx, who, plan).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        drop(tx);
        let reach = self.reach_of_plan(&planned, &directory).await?;
        let told = &reach.organisations;
        let code = Some(&who.organisation).filter(|c| told.contains(c)).or(told.first());
        let sample = code.and_then(|code| {
            let message =
                self.write_step(&planned, planned.steps.last()?, code, &situation, &directory, Locale::En)?;
            Some((code.clone(), directory.get(code)?.name.clone(), message))
        });
        Ok(PlanPreview { planned, reach, sample })
    }

    /// Checks a plan as `plan` does, and changes nothing. The announcement is
    /// its only step.
    async fn ready_plan(&self, tx: &mut Tx, who: &Actor, plan: &Plan) -> Result<ReadyPlan> {
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
            id: self.new_id(),
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

    /// It takes longer: the window that runs, or that ended a moment ago
    /// without anybody saying so, gets a new end.
    pub async fn extend_plan(
        &self,
        who: &Actor,
        id: Uuid,
        ends_at: DateTime<Utc>,
        message: Option<&Written>,
    ) -> Result<Posted> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut planned = self.their_plan(&mut tx, who, id, true, &directory).await?;
        let window = current(&planned, now)?;
        let mut errors = check_message(message, directory.is_welsh(&planned.planned_by));
        check_time("/ends_at", Some(ends_at), now, &mut errors);
        let next = planned.days(window.day).nth(1).map(|day| planned.window(day));
        if errors.is_empty() && ends_at <= window.ends_at && window.phase(now) == Phase::Running {
            errors.push(FieldError::new("/ends_at", "Choose a later end, or say that it is over."));
        } else if next.is_some_and(|n| n.cancelled_at.is_none() && n.starts_at < ends_at) {
            errors.push(FieldError::new("/ends_at", "The next window begins before that. Cancel it first."));
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let step = self.step(&planned, StepKind::Extended, Some(&window), Some(ends_at), message, now);
        self.said(tx, who, &mut planned, step, &directory).await
    }

    /// The work is done before its time, or a moment after it.
    pub async fn end_plan(&self, who: &Actor, id: Uuid, message: Option<&Written>) -> Result<Posted> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut planned = self.their_plan(&mut tx, who, id, true, &directory).await?;
        let window = current(&planned, now)?;
        let errors = check_message(message, directory.is_welsh(&planned.planned_by));
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let step = self.step(&planned, StepKind::Ended, Some(&window), Some(now), message, now);
        self.said(tx, who, &mut planned, step, &directory).await
    }

    /// Calls off one window, or, without a day, everything that is not over.
    pub async fn cancel_plan(
        &self,
        who: &Actor,
        id: Uuid,
        day: Option<NaiveDate>,
        message: Option<&Written>,
    ) -> Result<Posted> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut planned = self.their_plan(&mut tx, who, id, true, &directory).await?;
        let errors = check_message(message, directory.is_welsh(&planned.planned_by));
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let gone = || DeskError::Conflict("This is over or cancelled already.".into());
        // Of a plan with one window, the window is the whole plan.
        let window = match day.filter(|_| planned.repeat.is_some()) {
            Some(day) => {
                let none = "No window of this plan begins on that day.";
                let window = planned.window_on(day).ok_or_else(|| DeskError::field("/occurrence", none))?;
                match window.phase(now) {
                    Phase::Scheduled | Phase::Running => Some(window),
                    _ => return Err(gone()),
                }
            }
            None if planned.is_cancelled() || planned.over_at().is_some_and(|at| at <= now) => {
                return Err(gone());
            }
            None => None,
        };
        let step = self.step(&planned, StepKind::Cancelled, window.as_ref(), None, message, now);
        self.said(tx, who, &mut planned, step, &directory).await
    }

    /// Takes a step that somebody said, and commits.
    async fn said(
        &self,
        mut tx: Tx,
        who: &Actor,
        planned: &mut Planned,
        step: Step,
        directory: &Directory,
    ) -> Result<Posted> {
        let (id, kind) = (step.id, step.kind);
        let detail = json!({"step": kind, "day": step.day, "ends_at": step.ends_at});
        let at = step.at;
        if !self.take(&mut tx, planned, step, &who.name).await? {
            return Err(DeskError::Conflict("This has been said already.".into()));
        }
        audit::record(&mut tx, who, at, Entry::new("planned_step", planned.id, detail)).await?;
        tx.commit().await?;
        self.signals.ring();
        let reach = self.plan_reach_after(planned, directory).await;
        Ok(Posted { incident: planned.id, update: id, publication: Publication::Published, reach })
    }

    /// Records a step and puts it into the outbox, over what was still waiting
    /// about the same window. Gives `false`, with nothing done, when it was
    /// taken before: by another process, or by another press of the button.
    pub(super) async fn take(
        &self,
        tx: &mut Tx,
        planned: &mut Planned,
        step: Step,
        author: &str,
    ) -> Result<bool> {
        if !planned::append(tx, &step, author).await? {
            return Ok(false);
        }
        planned.steps.push(step.clone());
        planned::set_over(tx, planned.id, planned.over_at()).await?;
        let window = step.day.map(|day| planned.window(day));
        if planned.tells(step.kind, window.as_ref()) && is_news(&step, window.as_ref()) {
            let broadcast = broadcast(planned, &step);
            broadcasts::insert(tx, &broadcast).await?;
            broadcasts::supersede_steps(tx, planned.id, step.day, broadcast.id, step.at).await?;
        }
        store::bump(tx, "situation").await?;
        Ok(true)
    }

    /// A step, with an id that the same step always has.
    pub(super) fn step(
        &self,
        planned: &Planned,
        kind: StepKind,
        window: Option<&Window>,
        ends_at: Option<DateTime<Utc>>,
        message: Option<&Written>,
        now: DateTime<Utc>,
    ) -> Step {
        let day = window.map(|w| w.day);
        Step {
            id: step_id(planned.id, kind, window, ends_at.is_some()),
            planned: planned.id,
            seq: planned.steps.iter().map(|s| s.seq).max().unwrap_or(0) + 1,
            kind,
            day,
            ends_at,
            message: message.map(Written::trimmed),
            at: now,
            said_by: planned.planned_by.clone(),
        }
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
    async fn plan_reach_after(&self, planned: &Planned, directory: &Directory) -> Reach {
        self.reach_of_plan(planned, directory).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "published, but its reach could not be counted");
            let organisations = cascade::reach(&planned.target, directory, &self.catalogue);
            Reach { organisations, ..Reach::default() }
        })
    }

    async fn reach_of_plan(&self, planned: &Planned, directory: &Directory) -> Result<Reach> {
        let mut tx = self.db.read().await?;
        let organisations = cascade::reach(&planned.target, directory, &self.catalogue);
        let by = &planned.planned_by;
        let recipients =
            self.count_recipients(&mut tx, &organisations, by, &planned.lines, self.now()).await?;
        Ok(Reach { organisations, recipients })
    }
}

fn current(planned: &Planned, now: DateTime<Utc>) -> Result<Window> {
    planned.current(now).ok_or_else(|| {
        DeskError::Conflict("This work is not under way now, so there is nothing to change.".into())
    })
}

/// What the clock did long ago, while no worker ran, is recorded and not told.
fn is_news(step: &Step, window: Option<&Window>) -> bool {
    let of_the_clock = step.kind == StepKind::Ended && step.ends_at.is_none();
    !of_the_clock || window.is_none_or(|w| w.phase(step.at) == Phase::Settling)
}

/// The id of a step: a UUID of version 8 (RFC 9562, own content) from what it
/// is. A window is reminded of, begun and cancelled once; each extension lets
/// it end once more, by the clock and by somebody's word.
fn step_id(planned: Uuid, kind: StepKind, window: Option<&Window>, by_word: bool) -> Uuid {
    let day = window.map(|w| w.day.to_string()).unwrap_or_default();
    let again = matches!(kind, StepKind::Extended | StepKind::Ended);
    let round = window.filter(|_| again).map_or(0, |w| w.extensions);
    let digest = Sha256::digest(format!("signpost/planned/{planned}/{day}/{kind}/{round}/{by_word}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn broadcast(planned: &Planned, step: &Step) -> Broadcast {
    let lane = match step.kind {
        StepKind::Extended | StepKind::Cancelled => Lane::Urgent,
        _ => Lane::Routine,
    };
    let content = json!({
        "planned": planned.id, "title": planned.title, "message": planned.message, "lines": planned.lines,
        "starts_at": planned.starts_at, "ends_at": planned.ends_at, "repeat": planned.repeat,
        "step": step.kind, "day": step.day, "new_end": step.ends_at, "said": step.message,
    });
    Broadcast {
        id: step.id,
        kind: BroadcastKind::Planned,
        incident: None,
        update: None,
        planned: Some(planned.id),
        step: Some(step.id),
        corrects: None,
        lane: lane.order(),
        content_hash: Sha256::digest(content.to_string().as_bytes()).to_vec(),
        epoch: 0,
        created_at: step.at,
        cursor: None,
        social_done: false,
        expanded_at: None,
        superseded_at: None,
    }
}
