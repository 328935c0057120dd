//! More members for a command centre. What was said for it holds for everybody below its
//! members, so a new one would be reached by what nobody has agreed to say of so many.

use super::proposals::Content;
use super::{Desk, Result};
use crate::domain::approval::Standing;
use crate::domain::incident::{Kind, Target};
use crate::domain::line::Lines;
use crate::domain::org::{Directory, OrgCode};
use crate::store::{Tx, incidents, organisations, planned, proposals};

/// An open incident or planned work whose scope is a centre.
#[derive(Debug, Clone)]
pub struct SaidFor {
    pub title: String,
    pub lines: Lines,
    pub is_planned: bool,
    target: Target,
    by: OrgCode,
}

impl Desk {
    /// Why a centre may not have the members that this transaction gives it; `None` where it
    /// may. `before` is the directory as it was.
    pub(super) async fn may_not_grow(
        &self,
        tx: &mut Tx,
        centre: &OrgCode,
        before: &Directory,
    ) -> Result<Option<String>> {
        // Not the desk's own, which is kept: this may never be committed.
        let after = organisations::directory(tx, self.today()).await?;
        let members = after.centre(centre).map_or(&[][..], |c| &c.members);
        if members.iter().all(|member| before.is_at_or_below(member, centre)) {
            return Ok(None);
        }
        if let Some(title) = self.open_for(tx, centre, &after).await? {
            return Ok(Some(format!(
                "\"{title}\" is open for this centre. For more places it needs a second person. \
                 End it first, or post it anew for the others."
            )));
        }
        let waits = self.waits_for(tx, centre).await?;
        Ok(waits.then(|| "Something waits for approval for this centre. Decide about it first.".to_owned()))
    }

    /// The title of an incident or of planned work of this scope that one person might not
    /// say for all that are in it now.
    async fn open_for(&self, tx: &mut Tx, centre: &OrgCode, after: &Directory) -> Result<Option<String>> {
        let nothing = Lines::default();
        let needs_two = |said: &SaidFor| {
            let asked = self.weighed(&said.target, (&said.lines, &nothing), &said.by, after);
            !self.rules.reasons(&asked).is_empty()
        };
        Ok(self.said_for(tx, centre).await?.into_iter().find(needs_two).map(|said| said.title))
    }

    /// What is open or planned for all of a centre: whoever is asked into it reads that before
    /// they agree, for from then on it is said of their places too.
    pub(super) async fn said_for(&self, tx: &mut Tx, centre: &OrgCode) -> Result<Vec<SaidFor>> {
        let now = self.now();
        let is_for = |target: &Target| target.scope() == Some(centre);
        let situation = incidents::situation(tx, now).await?;
        let open = situation.incidents.iter().filter(|i| i.is_open() && i.kind == Kind::Live);
        let open = open.filter(|i| is_for(&i.target)).map(|i| SaidFor {
            title: i.title.english.clone(),
            target: i.target.clone(),
            lines: i.lines(),
            by: i.declared_by.clone(),
            is_planned: false,
        });
        let plans = planned::near(tx, now).await?;
        let goes_on = plans.iter().map(|o| &o.planned).filter(|p| p.over_at().is_none_or(|at| at > now));
        let goes_on = goes_on.filter(|p| is_for(&p.target)).map(|p| SaidFor {
            title: p.title.english.clone(),
            target: p.target.clone(),
            lines: p.lines.clone(),
            by: p.planned_by.clone(),
            is_planned: true,
        });
        Ok(open.chain(goes_on).collect())
    }

    /// Whether something of this scope waits for a second person, who has seen whom it reaches.
    async fn waits_for(&self, tx: &mut Tx, centre: &OrgCode) -> Result<bool> {
        for proposal in proposals::recent(tx, self.now()).await? {
            if proposal.standing != Standing::Waiting {
                continue;
            }
            let about = proposal.incident.unwrap_or_default();
            let target = match Content::of(&proposal)? {
                Content::Declaration(d) => d.scope,
                Content::Plan(plan) => plan.what.scope,
                Content::Lines(_) => None,
                Content::PlanChange(_) => {
                    planned::find(tx, about, false).await?.and_then(|p| p.target.scope().cloned())
                }
                Content::Update(_) | Content::Messages(_) => {
                    incidents::find(tx, about, false).await?.and_then(|i| i.target.scope().cloned())
                }
            };
            if target.as_ref() == Some(centre) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
