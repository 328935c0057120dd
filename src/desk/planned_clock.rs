//! What the clock does to planned work, and what staff read about it.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result, reads};
use crate::domain::cascade;
use crate::domain::delivery::DeliveryState;
use crate::domain::org::{Directory, Org};
use crate::domain::planned::{Outlook, Planned};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::{delivery_reports, incidents, lived, planned, proposals};

/// Who is named as the author of what the clock did.
const CLOCK: &str = "the clock";

fn clock(plan: &Planned) -> Actor {
    Actor { name: CLOCK.into(), organisation: plan.planned_by.clone(), ..Actor::command_line() }
}

/// One plan as staff see it.
#[derive(Debug, Clone)]
pub struct SeenPlan {
    pub planned: Planned,
    pub planned_by_name: String,
    /// It is theirs to extend, end or cancel.
    pub is_theirs: bool,
    /// They may see who was told of it.
    pub is_known: bool,
    /// How many messages of each step stand where.
    pub told: HashMap<Uuid, Vec<(DeliveryState, i64)>>,
    /// What is said about it and waits for a second person.
    pub waiting: Vec<Uuid>,
}

impl Desk {
    /// Does what is due: reminders, beginnings and ends. However many workers
    /// look at the same moment, each happens once. Gives how many this one did.
    pub async fn keep_plans(&self) -> Result<usize> {
        let now = self.now();
        let mut tx = self.db.read().await?;
        let near = planned::near(&mut tx, now).await?;
        let restored = lived::restored(&mut tx).await?;
        drop(tx);
        let mut done = 0;
        for outlook in near.iter().filter(|o| !o.planned.due(now).is_empty()) {
            let mut tx = self.db.write().await?;
            // Read again under the lock: somebody may just have cancelled it.
            let Some(mut plan) = planned::find(&mut tx, outlook.planned.id, true).await? else { continue };
            for (kind, window) in plan.due(now) {
                // What a database that was put back has forgotten is dated when
                // it was: whoever was told then is not told again.
                let was_due = plan.due_at(kind, &window);
                let at = restored.filter(|until| was_due <= *until).map_or(now, |_| was_due);
                let step = self.step(&plan, kind, Some(&window), None, None, at);
                let detail = json!({"step": kind, "day": step.day, "ends_at": step.ends_at});
                if self.take(&mut tx, &mut plan, step, CLOCK, false).await? {
                    audit::record(&mut tx, &clock(&plan), now, Entry::new("planned_step", plan.id, detail))
                        .await?;
                    done += 1;
                }
            }
            tx.commit().await?;
        }
        if done > 0 {
            self.signals.ring();
        }
        Ok(done)
    }

    /// Plans that are not long over, that they planned or that reach anything
    /// at or below their organisation.
    pub async fn plans(&self, who: &Actor) -> Result<Vec<Arc<Outlook>>> {
        if !who.has_role_for(Action::See) {
            return Err(DeskError::Denied);
        }
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let seen = situation.planned.iter().filter(|o| self.plan_concerns(who, &o.planned, &directory));
        Ok(seen.cloned().collect())
    }

    /// One plan, if it concerns them.
    pub async fn seen_plan(&self, who: &Actor, id: Uuid) -> Result<SeenPlan> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let found = planned::find(&mut tx, id, false).await?;
        let found = found.filter(|p| self.plan_concerns(who, p, &directory));
        let planned = found.ok_or(DeskError::NotFound("This planned work"))?;
        let ids: Vec<Uuid> = planned.steps.iter().map(|s| s.id).collect();
        let mut told: HashMap<Uuid, Vec<(DeliveryState, i64)>> = HashMap::new();
        for (id, state, number) in delivery_reports::counts_of_updates(&mut tx, &ids).await? {
            told.entry(id).or_default().push((state, number));
        }
        Ok(SeenPlan {
            planned_by_name: directory.name_of(&planned.planned_by),
            is_known: who.may(Action::See, &planned.planned_by, &directory).is_ok(),
            is_theirs: who.may(Action::Publish, &planned.planned_by, &directory).is_ok(),
            waiting: proposals::waiting_about(&mut tx, id).await?,
            planned,
            told,
        })
    }

    fn plan_concerns(&self, who: &Actor, planned: &Planned, directory: &Directory) -> bool {
        let touches =
            |org: &Org| cascade::touches(&planned.target, org, directory, &self.catalogue).is_some();
        who.may(Action::See, &planned.planned_by, directory).is_ok()
            || reads::under(who, directory).any(|org| touches(&org))
    }
}
