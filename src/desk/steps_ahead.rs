//! What planned work tells, step by step, before any of it is told: the step that somebody
//! says, and those that the clock takes after it. Whoever agrees to one agrees to all.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::differences::differences;
use super::planned::{PlanPreview, ReadyPlan};
use super::planned_steps::is_told;
use super::proposals::Content;
use super::seen::Seen;
use super::wordings::{OfKind, wordings};
use super::{Desk, Result};
use crate::domain::approval::Standing;
use crate::domain::cascade;
use crate::domain::facts::{Everywhere, Situation};
use crate::domain::line::Lines;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::planned::{Outlook, Planned, StepKind};
use crate::domain::subscriber::Channel;
use crate::store::proposals::Proposal;
use crate::store::{Tx, incidents, listeners, planned};
use crate::words::Locale;

/// One step as it would be told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StepThen {
    pub kind: StepKind,
    pub at: DateTime<Utc>,
    /// The clock takes it; else it is said at once.
    pub by_clock: bool,
    /// The exact words of each kind of place, each wording once.
    pub kinds: Vec<OfKind>,
    pub recipients: BTreeMap<Channel, usize>,
    /// The parts of all its text messages, each in its reader's language; where they are known.
    pub text_parts: Option<u64>,
}

impl Desk {
    /// The steps of one window that are told: the last of the plan, and what the clock does
    /// after it. What is wrong by then is not known yet, so later steps are written as if all
    /// else were well. `recipients` are those of the last step.
    pub(super) async fn steps_ahead(
        &self,
        tx: &mut Tx,
        planned: &Planned,
        recipients: &BTreeMap<Channel, usize>,
        directory: &Directory,
    ) -> Result<Vec<StepThen>> {
        let told = cascade::reach(&planned.target, directory, &self.catalogue);
        let texts = listeners::count_texts(tx, &told, &planned.lines, self.now()).await?;
        let now = incidents::situation(tx, self.now()).await?;
        let later = Situation::default();
        let mut out = Vec::new();
        for (n, plan) in self.with_each_step(planned).into_iter().enumerate() {
            let Some(step) = plan.steps.last() else { continue };
            let situation = with_plan(if n == 0 { &now } else { &later }, &plan, self.now(), step.at);
            let everywhere = Everywhere::new(&situation, directory, &self.catalogue);
            let write = |code: &OrgCode, locale| {
                let org = directory.get(code)?;
                Some(self.write_step_from(&everywhere.facts(org), &plan, (step, false), locale))
            };
            // Whose words count for all: a board has no lines of its own.
            let is_place = |c: &&OrgCode| directory.get(c).is_some_and(|o| o.kind.sees_patients());
            let one = told.iter().find(is_place).or(told.first());
            let parts = |locale: &str| {
                let locale = Locale::parse(locale).unwrap_or(Locale::En);
                one.and_then(|code| write(code, locale)).map_or(0, |message| message.sms_parts())
            };
            let is_cancelled = step.kind == StepKind::Cancelled;
            out.push(StepThen {
                kind: step.kind,
                at: step.at,
                by_clock: n > 0,
                kinds: wordings(&told, directory, |_| false, |org| write(&org.code, Locale::En)),
                recipients: recipients.clone(),
                // That goes to whoever was told, in languages that are not counted here.
                text_parts: (!is_cancelled)
                    .then(|| texts.iter().map(|(locale, n)| parts(locale) * *n as u64).sum()),
            });
        }
        Ok(out)
    }

    /// What is seen of planned work by whoever decides.
    pub(super) async fn look_at_plan(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        content: &Content,
    ) -> Result<Seen> {
        let made = match (content, proposal.standing) {
            (Content::Plan(_) | Content::PlanChange(_), Standing::Waiting) => {
                self.planned_as(tx, proposal, content, false).await?
            }
            _ => self.plan_as_it_stands(tx, proposal).await?,
        };
        let Some(ready) = made else { return Ok(Seen::default()) };
        let PlanPreview { planned, reach, sample, steps, .. } =
            self.preview_of_plan(tx, &proposal.author, &ready).await?;
        let step = planned.steps.last();
        let felt = planned.lines.0.iter().filter(|(_, setting)| setting.state.severity > 0);
        let felt = Lines(felt.map(|(line, setting)| (*line, setting.clone())).collect());
        Ok(Seen {
            title: planned.title.clone(),
            area: self.area(&planned.target, &ready.directory),
            message: step.and_then(|s| s.message.clone()).or_else(|| planned.message.clone()),
            changes: differences(&Lines::default(), &felt, None),
            pages: reach.organisations.len(),
            recipients: reach.recipients,
            text_parts: reach.text_parts,
            sample: sample.map(|(_, name, message)| (name, message)),
            plan: Some(planned),
            steps,
            ..Seen::default()
        })
    }

    /// Planned work up to the step that a proposal led to.
    async fn plan_as_it_stands(&self, tx: &mut Tx, proposal: &Proposal) -> Result<Option<ReadyPlan>> {
        let found = planned::find(tx, proposal.incident.unwrap_or_default(), false).await?;
        let Some(mut planned) = found else { return Ok(None) };
        if let Some(at) = planned.steps.iter().position(|s| s.id == proposal.id) {
            planned.steps.truncate(at + 1);
        }
        Ok(Some(ReadyPlan { planned, directory: self.directory(tx).await? }))
    }

    /// The plan as it is at each step that is told, which is its last.
    fn with_each_step(&self, planned: &Planned) -> Vec<Planned> {
        let Some(last) = planned.steps.last() else { return Vec::new() };
        let (mut plan, mut out) = (planned.clone(), Vec::new());
        if is_told(planned, last) {
            out.push(planned.clone());
        }
        let day = last.day.unwrap_or_else(|| planned.first_day());
        let follow: &[StepKind] = match last.kind {
            StepKind::Announced => &[StepKind::Reminded, StepKind::Begun, StepKind::Ended],
            StepKind::Extended => &[StepKind::Ended],
            _ => &[],
        };
        for kind in follow {
            let window = plan.window(day);
            let at = plan.due_at(*kind, &window);
            let is_due = *kind != StepKind::Reminded || (plan.remind_hours > 0 && plan.created_at < at);
            if is_due {
                let step = self.step(&plan, *kind, Some(&window), None, None, at);
                plan.steps.push(step);
                out.extend(plan.tells(*kind, Some(&window)).then(|| plan.clone()));
            }
        }
        out
    }
}

/// A situation with a plan as it is by a moment.
pub(super) fn with_plan(
    situation: &Situation,
    plan: &Planned,
    now: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Situation {
    let mut situation = situation.clone();
    situation.planned.retain(|outlook| outlook.planned.id != plan.id);
    let windows = plan.around(now, at.max(now));
    situation.planned.push(Arc::new(Outlook { planned: plan.clone(), windows }));
    situation
}
