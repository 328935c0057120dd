//! What was said while something waited for a second person. Who wrote it did not know of
//! that, and who agrees may have opened it before.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::local::LocalDraft;
use super::proposals::{Content, renewed};
use super::{Desk, DeskError, Result};
use crate::domain::cascade::is_same_problem;
use crate::domain::incident::{Draft, Incident, LocalFacts, Update};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::time;
use crate::store::proposals::{self as store_proposals, Proposal};
use crate::store::{Tx, incidents};
use crate::words::english;

/// Why a proposal cannot be published as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    pub detail: String,
    /// What stands in its way.
    pub newer: Option<Newer>,
}

/// Where something newer can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Newer {
    Update(Uuid),
    /// Lines that two people agreed on, or one published alone.
    Proposal(Uuid),
    /// Lines that an organisation set at a time.
    Lines(OrgCode, DateTime<Utc>),
    /// Nothing stands in its way: it may be proposed again.
    Again,
}

impl Objection {
    /// Something newer was said of what a proposal is about.
    fn newer(newer: Option<Newer>) -> Self {
        let detail = "Something newer was said of this since. Look at it, then change this or refuse it.";
        Self { detail: detail.into(), newer }
    }
}

impl From<Objection> for DeskError {
    fn from(objection: Objection) -> Self {
        Self::Conflict(objection.detail)
    }
}

/// None, or that as a conflict.
pub(super) fn unless(objection: Option<Objection>) -> Result<()> {
    objection.map_or(Ok(()), |objection| Err(objection.into()))
}

/// Whether an incident with a proposed update had another since that was written.
pub(super) fn overtaken(incident: &Incident, proposal: &Proposal) -> Option<Objection> {
    let said_at = |u: &Update| u.published_at.max(u.withdrawn_at.unwrap_or_default());
    let others = incident.updates.iter().rev().skip(1);
    let newest = others.max_by_key(|update| said_at(update));
    newest.filter(|u| said_at(u) > proposal.edited_at).map(|u| Objection::newer(Some(Newer::Update(u.id))))
}

/// Whether somebody saved what waits as it was. A promise that passed while it waited, and
/// was renewed by us, is nobody's change.
pub fn is_unchanged(proposal: &Proposal, is: &Content, now: DateTime<Utc>) -> Result<bool> {
    let mut was = Content::of(proposal)?;
    if let Some((was, is)) = was.draft_mut().zip(is.draft()) {
        let due = renewed(was, proposal.edited_at, now);
        was.next_update_by = due.filter(|due| is.next_update_by == Some(*due)).or(was.next_update_by);
    }
    Ok(was.to_json()? == is.to_json()?)
}

impl Desk {
    /// How an incident would stand with a proposed update, unless another was said since.
    pub(super) async fn updated_as(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        draft: &Draft,
        lock: bool,
        directory: &Directory,
    ) -> Result<Incident> {
        let incident = self.updated_anyway(tx, proposal, draft, lock, directory).await?;
        unless(overtaken(&incident, proposal))?;
        Ok(incident)
    }

    /// The same whatever was said since.
    pub(super) async fn updated_anyway(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        draft: &Draft,
        lock: bool,
        directory: &Directory,
    ) -> Result<Incident> {
        let id = proposal.incident.unwrap_or_default();
        let due = renewed(draft, proposal.edited_at, self.now()).or(draft.next_update_by);
        let draft = &Draft { next_update_by: due, ..draft.clone() };
        let mut incident = self.updated(tx, &proposal.author, (id, lock), draft, directory).await?;
        if let Some(update) = incident.updates.last_mut() {
            update.id = proposal.id;
        }
        Ok(incident)
    }

    /// Whether lines that were proposed are still what they were: set in place of the same
    /// as then, and for no other reasons. Else they would take away unseen what was set since.
    pub(super) async fn stand_as_proposed(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        draft: &LocalDraft,
        directory: &Directory,
    ) -> Result<Option<Objection>> {
        let code = &proposal.organisation;
        let facts = self.local_facts(tx, &proposal.author, code, draft, directory).await?;
        let stands = incidents::word_before(tx, &facts).await?;
        let newer = || self.newer_lines(proposal, stands.as_ref());
        if stands.as_ref().is_some_and(|lines| lines.set_at > proposal.edited_at) {
            let agreed = store_proposals::lines_since(tx, proposal).await?.map(Newer::Proposal);
            return Ok(Some(Objection::newer(agreed.or_else(newer))));
        }
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        let before = stands.as_ref().map(|lines| lines.lines.clone()).unwrap_or_default();
        let reasons = self.reasons_for_lines(&self.lines_reach(org, directory), &before, &facts);
        let is_same = reasons.iter().all(|reason| proposal.reasons.contains(reason));
        Ok((!is_same).then(|| Objection::newer(newer())))
    }

    /// Where the lines that stand can be seen; those that ran out, or were taken back, as
    /// the page is now.
    fn newer_lines(&self, proposal: &Proposal, stands: Option<&LocalFacts>) -> Option<Newer> {
        let at = stands.map_or(self.now(), |lines| lines.set_at);
        Some(Newer::Lines(proposal.organisation.clone(), at))
    }

    /// Whether the problem that would be declared was declared by somebody else since this
    /// was written: then everybody would be told of it twice.
    pub(super) async fn is_still_new(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Option<Objection>> {
        let now = self.now();
        let situation = incidents::situation(tx, now).await?;
        let is_newer = |other: &Incident| other.created_at > proposal.edited_at && other.is_open();
        let is_same = |other: &Incident| is_newer(other) && is_same_problem(other, incident, directory);
        let Some(other) = situation.incidents.iter().find(|other| is_same(other)) else { return Ok(None) };
        let detail = format!(
            "“{}” was reported for the same places at {}. Refuse this, and add an update to that one. \
             If this is another problem, change it first.",
            other.title.english,
            time::near(other.created_at, now, english()),
        );
        Ok(Some(Objection { detail, newer: other.updates.last().map(|update| Newer::Update(update.id)) }))
    }
}
