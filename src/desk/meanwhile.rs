//! What was said while something waited for a second person. Who wrote it did not know of
//! that, and who agrees may have opened it before.

use super::local::LocalDraft;
use super::{Desk, DeskError, Result};
use crate::domain::cascade::is_same_problem;
use crate::domain::incident::Incident;
use crate::domain::org::Directory;
use crate::domain::time;
use crate::store::proposals::Proposal;
use crate::store::{Tx, incidents};
use crate::words::english;

/// Something newer was said of what a proposal is about.
pub(super) fn newer() -> DeskError {
    let detail = "Something newer was said of this since. Look at it, then change this or refuse it.";
    DeskError::Conflict(detail.into())
}

impl Desk {
    /// Whether lines that were proposed are still what they were: set in place of the same
    /// as then, and for no other reasons. Else they would take away unseen what was set since.
    pub(super) async fn stand_as_proposed(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        draft: &LocalDraft,
        directory: &Directory,
    ) -> Result<()> {
        let code = &proposal.organisation;
        let facts = self.local_facts(tx, &proposal.author, code, draft, directory).await?;
        let stands = incidents::word_before(tx, &facts).await?;
        if stands.as_ref().is_some_and(|lines| lines.set_at > proposal.edited_at) {
            return Err(newer());
        }
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        let before = stands.map(|lines| lines.lines).unwrap_or_default();
        let reasons = self.reasons_for_lines(&self.lines_reach(org, directory), &before, &facts);
        match reasons.iter().all(|reason| proposal.reasons.contains(reason)) {
            true => Ok(()),
            false => Err(newer()),
        }
    }

    /// Whether the problem that would be declared was declared by somebody else since this
    /// was written: then everybody would be told of it twice.
    pub(super) async fn is_still_new(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<()> {
        let now = self.now();
        let situation = incidents::situation(tx, now).await?;
        let is_newer = |other: &Incident| other.created_at > proposal.edited_at && other.is_open();
        let is_same = |other: &Incident| is_newer(other) && is_same_problem(other, incident, directory);
        let Some(other) = situation.incidents.iter().find(|other| is_same(other)) else { return Ok(()) };
        Err(DeskError::Conflict(format!(
            "“{}” was reported for the same places at {}. Refuse this, and add an update to that one. \
             If this is another problem, change it first.",
            other.title.english,
            time::near(other.created_at, now, english()),
        )))
    }
}
