//! What is said about planned work that stands: that it takes longer, is done or
//! is called off; and every step on its way to the page and the outbox.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::incidents::Posted;
use super::planned::ReadyPlan;
use super::proposals::{Content, Shown, stage};
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::approval::{Publication, Reason};
use crate::domain::cascade;
use crate::domain::delivery::Lane;
use crate::domain::incident::{check_message, check_time};
use crate::domain::line::Lines;
use crate::domain::planned::{Phase, Planned, Step, StepKind, Window};
use crate::domain::user::Actor;
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::broadcasts::{self, Broadcast, BroadcastKind};
use crate::store::{self, Tx, holding, overtaking, planned};

/// What somebody says about planned work that stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlanChange {
    pub planned: Uuid,
    pub turn: Turn,
    pub message: Option<Written>,
}

/// What becomes of planned work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It takes longer: the window that runs, or that ended a moment ago without
    /// anybody saying so, gets a new end.
    Extend { ends_at: DateTime<Utc> },
    /// The work is done before its time, or a moment after it.
    End,
    /// One window is called off, or, without a day, everything that is not over.
    Cancel { day: Option<NaiveDate> },
}

impl Desk {
    /// Says how planned work goes on, at once or when a second person agrees.
    pub async fn change_plan(&self, who: &Actor, change: &PlanChange) -> Result<Posted> {
        let mut tx = self.db.write().await?;
        let ready = self.changed_plan(&mut tx, who, change, true).await?;
        self.say_of_plan(tx, who, ready, Content::PlanChange(Box::new(change.clone()))).await
    }

    /// Says the last step of a plan, or proposes it; commits.
    pub(super) async fn say_of_plan(
        &self,
        mut tx: Tx,
        who: &Actor,
        mut ready: ReadyPlan,
        content: Content,
    ) -> Result<Posted> {
        let reasons = self.reasons_for_plan(&mut tx, &ready).await?;
        let (plan, by) = (ready.planned.id, ready.planned.planned_by.clone());
        let (update, publication) = match stage(&reasons) {
            Publication::AwaitingApproval => {
                // A turn that was refused may be proposed again.
                let first = ready.planned.steps.last().filter(|step| step.kind == StepKind::Announced);
                let id = first.map_or_else(|| self.new_id(), |step| step.id);
                (id, self.propose(&mut tx, who, content, (id, Some(plan)), &by, reasons).await?)
            }
            publication => {
                let step = self.put_step(&mut tx, who, &mut ready, publication).await?;
                let (ids, by) = ((step, Some(plan)), (&by, Shown::Planned));
                (step, self.ask_for_messages(&mut tx, who, ids, by, publication, reasons).await?)
            }
        };
        tx.commit().await?;
        self.signals.ring();
        let reach = self.plan_reach_after(&ready).await;
        Ok(Posted { incident: plan, update, publication, reach })
    }

    /// A plan as it would be with one more step, which is its last; checks that
    /// it may be. With `lock` nobody else changes it meanwhile.
    pub(super) async fn changed_plan(
        &self,
        tx: &mut Tx,
        who: &Actor,
        change: &PlanChange,
        lock: bool,
    ) -> Result<ReadyPlan> {
        let now = self.now();
        let directory = self.directory(tx).await?;
        let mut planned = self.their_plan(tx, who, change.planned, lock, &directory).await?;
        let message = change.message.as_ref();
        let mut errors = check_message(message, directory.is_welsh(&planned.planned_by));
        let (kind, window, ends_at) = match change.turn {
            Turn::Extend { ends_at } => {
                let window = current(&planned, now)?;
                check_extension(&planned, &window, ends_at, now, &mut errors);
                (StepKind::Extended, Some(window), Some(ends_at))
            }
            Turn::End => (StepKind::Ended, Some(current(&planned, now)?), Some(now)),
            Turn::Cancel { day } => (StepKind::Cancelled, cancelled(&planned, day, now)?, None),
        };
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let step = self.step(&planned, kind, window.as_ref(), ends_at, message, now);
        planned.steps.push(step);
        Ok(ReadyPlan { planned, directory })
    }

    /// Why what is said next of planned work that stands would need a second person.
    pub async fn reasons_for_change(
        &self,
        planned: &Planned,
        kind: StepKind,
        window: Option<&Window>,
    ) -> Result<Vec<Reason>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut planned = planned.clone();
        let step = self.step(&planned, kind, window, None, None, self.now());
        planned.steps.push(step);
        self.reasons_for_plan(&mut tx, &ReadyPlan { planned, directory }).await
    }

    /// Why a plan with its last step needs a second person. What the clock does
    /// later was agreed on with the plan.
    pub(super) async fn reasons_for_plan(&self, tx: &mut Tx, ready: &ReadyPlan) -> Result<Vec<Reason>> {
        let ReadyPlan { planned, directory } = ready;
        // What is said later of work that was agreed on chooses no lines.
        let nothing = Lines::default();
        let stood = if planned.steps.len() > 1 { &planned.lines } else { &nothing };
        let lines = (&planned.lines, stood);
        let asked = self.weighed(&planned.target, lines, &planned.planned_by, directory);
        let told = match planned.steps.last() {
            Some(step) if is_told(planned, step) => {
                cascade::reach(&planned.target, directory, &self.catalogue)
            }
            _ => Vec::new(),
        };
        self.reasons_with(tx, asked, &told, &planned.lines).await
    }

    /// Writes the last step of a plan, that nobody has to agree to any more; with
    /// the first, the plan itself. Gives its id.
    pub(super) async fn put_step(
        &self,
        tx: &mut Tx,
        who: &Actor,
        ready: &mut ReadyPlan,
        publication: Publication,
    ) -> Result<Uuid> {
        let planned = &mut ready.planned;
        let step = planned.steps.pop().ok_or(DeskError::NotFound("This plan"))?;
        let (id, at) = (step.id, step.at);
        let entry = match step.kind {
            StepKind::Announced => {
                planned::insert(tx, planned, &who.name).await?;
                let detail = json!({"title": planned.title.english, "starts_at": planned.starts_at,
                    "ends_at": planned.ends_at, "repeat": planned.repeat, "system": planned.target.system(),
                    "scope": planned.target.scope()});
                Entry::new("plan", planned.id, detail)
            }
            kind => {
                let detail = json!({"step": kind, "day": step.day, "ends_at": step.ends_at});
                Entry::new("planned_step", planned.id, detail)
            }
        };
        let waits = publication == Publication::MessagesWait;
        if !self.take(tx, planned, step, &who.name, waits).await? {
            return Err(DeskError::Conflict("This has been said already.".into()));
        }
        audit::record(tx, who, at, entry).await?;
        Ok(id)
    }

    /// Records a step and puts it into the outbox, over what was still waiting
    /// about the same window. Gives `false`, with nothing done, when it was
    /// taken before: by another process, or by another press of the button. With `waits`
    /// its messages leave, and take the place of others, once a second person agrees.
    pub(super) async fn take(
        &self,
        tx: &mut Tx,
        planned: &mut Planned,
        step: Step,
        author: &str,
        waits: bool,
    ) -> Result<bool> {
        if !planned::append(tx, &step, author).await? {
            return Ok(false);
        }
        planned.steps.push(step.clone());
        planned::set_over(tx, planned.id, planned.over_at()).await?;
        if is_told(planned, &step) {
            let broadcast = broadcast(planned, &step);
            broadcasts::insert(tx, &broadcast).await?;
            if waits {
                holding::wait_for_approval(tx, broadcast.id, step.at).await?;
            }
            overtaking::supersede_steps(tx, planned.id, step.day, broadcast.id, waits, step.at).await?;
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
}

fn current(planned: &Planned, now: DateTime<Utc>) -> Result<Window> {
    planned.current(now).ok_or_else(|| {
        DeskError::Conflict("This work is not under way now, so there is nothing to change.".into())
    })
}

/// Checks the new end of a window.
fn check_extension(
    planned: &Planned,
    window: &Window,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
    errors: &mut Vec<FieldError>,
) {
    let had = errors.len();
    check_time("/ends_at", Some(ends_at), now, errors);
    let next = planned.days(window.day).nth(1).map(|day| planned.window(day));
    if errors.len() > had {
    } else if ends_at <= window.ends_at && window.phase(now) == Phase::Running {
        errors.push(FieldError::new("/ends_at", "Choose a later end, or say that it is over."));
    } else if next.is_some_and(|n| n.cancelled_at.is_none() && n.starts_at < ends_at) {
        errors.push(FieldError::new("/ends_at", "The next window begins before that. Cancel it first."));
    }
}

/// The window that would be called off; none when it is all of the plan, as of
/// a plan with one window.
fn cancelled(planned: &Planned, day: Option<NaiveDate>, now: DateTime<Utc>) -> Result<Option<Window>> {
    let gone = || DeskError::Conflict("This is over or cancelled already.".into());
    let Some(day) = day.filter(|_| planned.repeat.is_some()) else {
        let is_over = planned.is_cancelled() || planned.over_at().is_some_and(|at| at <= now);
        return if is_over { Err(gone()) } else { Ok(None) };
    };
    let none = "No window of this plan begins on that day.";
    let window = planned.window_on(day).ok_or_else(|| DeskError::field("/occurrence", none))?;
    match window.phase(now) {
        Phase::Scheduled | Phase::Running => Ok(Some(window)),
        _ => Err(gone()),
    }
}

/// Whether subscribers hear of a step that a plan has taken. What the clock did
/// long ago, while no worker ran, is recorded and not told.
pub(super) fn is_told(planned: &Planned, step: &Step) -> bool {
    let window = step.day.map(|day| planned.window(day));
    let of_the_clock = step.kind == StepKind::Ended && step.ends_at.is_none();
    let is_news = !of_the_clock || window.as_ref().is_none_or(|w| w.phase(step.at) == Phase::Settling);
    planned.tells(step.kind, window.as_ref()) && is_news
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
        StepKind::Extended => Lane::Urgent,
        // It calls back what was announced, and goes to whoever may have heard that.
        StepKind::Cancelled => Lane::Correction,
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
        place: None,
        lifted: Vec::new(),
    }
}
