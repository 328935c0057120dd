//! What needs two people: agreeing or not, changing, and breaking the glass. What somebody
//! else does about a broken glass is in `review`.
//!
//! An approval is bound to the hash of what was seen. Who approves is neither
//! who wrote it nor who changed it last, and the row is locked while that is
//! decided, so that of two who press at once one is told that it was decided
//! already.

use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::incidents::Posted;
use super::meanwhile::unless;
use super::proposals::{Content, Shown, hash};
use super::telling::Reach;
use super::{Desk, DeskError, Result};
use crate::domain::approval::{Publication, Standing};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry, hex};
use crate::store::proposals::{self, Proposal, ProposalKind};
use crate::store::{self, StoreError, Tx, holding, incidents, planned};

/// How soon somebody else has to look at what one person published alone.
pub const REVIEW_WITHIN: Duration = Duration::hours(1);
/// The longest reason, in characters.
const MAX_REASON: usize = 500;

impl Desk {
    /// A second person agrees with what they saw: it is published now, as the
    /// author wrote it. `seen` is the hash of what they saw; what was changed meanwhile
    /// nobody agrees to without it.
    pub async fn approve(&self, who: &Actor, id: Uuid, seen: Option<&str>) -> Result<Posted> {
        let shown = self.seen_now(id).await;
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let proposal = self.waiting(&mut tx, who, id, Action::Approve, &directory).await?;
        if [&proposal.author, &proposal.editor].iter().any(|a| is_same(a, who)) {
            return Err(DeskError::Second);
        }
        if seen.is_some_and(|seen| seen != hex(&proposal.content_hash)) {
            return Err(DeskError::Conflict("It was changed after you opened it. Look at it again.".into()));
        }
        if seen.is_none() && proposal.edited_at > proposal.made_at {
            let detail = "It was changed after it was proposed. Look at it again, and send its hash.";
            return Err(DeskError::Conflict(detail.into()));
        }
        unless(self.orphaned(&mut tx, &proposal, &directory).await?)?;
        let detail = json!({"author": proposal.author.name, "hash": hex(&proposal.content_hash)});
        keep(&mut tx, id, shown).await?;
        self.carry_out(tx, who, &proposal, Standing::Approved, None, ("approve", detail)).await
    }

    /// One person publishes alone what needs two, in words that were agreed on
    /// before. Somebody else has to look at it within the hour.
    pub async fn break_glass(&self, who: &Actor, id: Uuid, because: &str) -> Result<Posted> {
        let because = reason(because)?;
        let shown = self.seen_now(id).await;
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let proposal = self.waiting(&mut tx, who, id, Action::BreakGlass, &directory).await?;
        let content = Content::of(&proposal)?;
        if let Some(detail) = self.not_agreed(&mut tx, &proposal, &content, &directory).await? {
            return Err(DeskError::Conflict(detail.into()));
        }
        unless(self.orphaned(&mut tx, &proposal, &directory).await?)?;
        let detail = json!({"reason": because, "hash": hex(&proposal.content_hash)});
        keep(&mut tx, id, shown).await?;
        self.alarm_of_one(&mut tx, who, id, &proposal.organisation, &directory).await?;
        self.carry_out(tx, who, &proposal, Standing::BrokeGlass, Some(&because), ("break_glass", detail))
            .await
    }

    /// Everybody who answers for a place learns at once that one person published
    /// alone what needs two.
    pub(super) async fn alarm_of_one(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        org: &OrgCode,
        directory: &Directory,
    ) -> Result<()> {
        tracing::error!(proposal = %id, organisation = %org,
            "one person published alone what needs two; somebody has to look at it within the hour");
        let text = format!(
            "{} did this for {}. Look at it within the hour: {}/desk/approvals/{id}",
            who.name,
            directory.name_of(org),
            self.base_url
        );
        self.alarm(tx, org, "One person published alone what needs two.", &text).await
    }

    /// Publishes a proposal in the name of its author, and keeps who decided.
    async fn carry_out(
        &self,
        mut tx: Tx,
        who: &Actor,
        proposal: &Proposal,
        standing: Standing,
        because: Option<&str>,
        (verb, detail): (&'static str, Value),
    ) -> Result<Posted> {
        let (now, directory) = (self.now(), self.directory(&mut tx).await?);
        // Whoever answers or says more takes the incident, or the plan, first and the audit's end
        // then: the other way about, each would wait for the other.
        incidents::find(&mut tx, proposal.incident.unwrap_or_default(), true).await?;
        planned::find(&mut tx, proposal.incident.unwrap_or_default(), true).await?;
        proposals::decide(&mut tx, proposal.id, standing, who, because, now).await?;
        audit::record(&mut tx, who, now, Entry::new(verb, proposal.id, detail)).await?;
        let author = &proposal.author;
        let published = Publication::Published;
        let (content, mut update, mut plan) = (Content::of(proposal)?, proposal.id, None);
        let mut lines = None;
        let incident = match &content {
            Content::Declaration(declaration) => {
                let incident = self.declared_as(&mut tx, proposal, declaration).await?;
                unless(self.is_still_new(&mut tx, proposal, &incident, &directory).await?)?;
                self.put_declaration(&mut tx, author, &incident, published).await?;
                Some(incident)
            }
            Content::Update(draft) => {
                let incident = self.updated_as(&mut tx, proposal, draft, true, &directory).await?;
                self.put_update(&mut tx, author, &incident, published).await?;
                Some(incident)
            }
            Content::Lines(draft) => {
                unless(self.stand_as_proposed(&mut tx, proposal, draft, &directory).await?)?;
                let of = &proposal.organisation;
                lines = Some(self.concerned(&mut tx, author, of, draft, &directory).await?);
                self.put_lines(&mut tx, author, of, draft, &directory).await?;
                None
            }
            Content::Plan(_) | Content::PlanChange(_) => {
                plan = self.planned_as(&mut tx, proposal, &content, true).await?;
                if let Some(ready) = &mut plan {
                    update = self.put_step(&mut tx, author, ready, published).await?;
                }
                None
            }
            Content::Messages(shown) => {
                if !holding::approve(&mut tx, proposal.id, now).await? {
                    let detail = "A newer update has taken its place, or it was taken back.";
                    return Err(DeskError::Conflict(detail.into()));
                }
                let found = incidents::find(&mut tx, proposal.incident.unwrap_or_default(), false).await?;
                found.filter(|_| *shown != Shown::Word)
            }
        };
        tx.commit().await?;
        self.signals.ring();
        let reach = match (&incident, &plan, &lines) {
            (Some(incident), ..) => self.reach_after(incident, &directory).await,
            (None, Some(ready), _) => self.plan_reach_after(ready).await,
            (None, None, Some(lines)) => self.reach_of_lines(&proposal.organisation, lines, &directory),
            (None, None, None) if matches!(content, Content::Messages(Shown::Word)) => {
                self.reach_of_lines(&proposal.organisation, &[], &directory)
            }
            (None, None, None) => Reach::default(),
        };
        let incident = proposal.incident.unwrap_or_default();
        Ok(Posted { incident, update, publication: published, reach })
    }

    /// Somebody disagrees: it is never published.
    pub async fn refuse(&self, who: &Actor, id: Uuid, because: &str) -> Result<()> {
        let because = reason(because)?;
        let (now, shown) = (self.now(), self.seen_now(id).await);
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        // Who wrote it may take it back.
        let mut proposal = self.waiting(&mut tx, who, id, Action::Publish, &directory).await?;
        if !is_same(&proposal.author, who) {
            proposal = self.waiting(&mut tx, who, id, Action::Approve, &directory).await?;
        }
        keep(&mut tx, id, shown).await?;
        proposals::decide(&mut tx, id, Standing::Refused, who, Some(&because), now).await?;
        if proposal.kind == ProposalKind::Messages {
            let reason = format!("{} did not agree", who.name);
            store::broadcasts::stop(&mut tx, id, &reason, now).await?;
        }
        audit::record(&mut tx, who, now, Entry::new("refuse", id, json!({"reason": because}))).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Other words for a proposal that waits. Whoever has looked at it has to
    /// look again, and who changed it cannot approve it.
    pub async fn edit_proposal(&self, who: &Actor, id: Uuid, content: Content) -> Result<Proposal> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut proposal = self.waiting(&mut tx, who, id, Action::Publish, &directory).await?;
        if content.kind() != proposal.kind {
            return Err(DeskError::Conflict("It is something else that waits here.".into()));
        }
        (proposal.editor, proposal.edited_at) = (who.clone(), now);
        proposal.content = content.to_json()?;
        proposal.content_hash =
            hash(proposal.kind, proposal.incident, &proposal.organisation, &proposal.content);
        let incident = match &content {
            Content::Declaration(d) => {
                // Both who wrote it and who changes it have to be allowed to say it.
                self.ready(&mut tx, who, d).await?;
                Some(self.declared_as(&mut tx, &proposal, d).await?)
            }
            Content::Update(draft) => {
                Some(self.updated_as(&mut tx, &proposal, draft, true, &directory).await?)
            }
            Content::Lines(draft) => {
                let (code, by) = (&proposal.organisation, &proposal.author);
                let facts = self.local_facts(&mut tx, by, code, draft, &directory).await?;
                let before =
                    incidents::word_before(&mut tx, &facts).await?.map(|f| f.lines).unwrap_or_default();
                let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
                let reach = self.lines_reach(org, &directory);
                proposal.reasons = self.reasons_for_lines(&reach, &before, &facts);
                None
            }
            _ => None,
        };
        if let Some(incident) = &incident {
            proposal.reasons = self.reasons(&mut tx, incident, &directory).await?;
        }
        if let Some(ready) = self.planned_as(&mut tx, &proposal, &content, true).await? {
            proposal.reasons = self.reasons_for_plan(&mut tx, &ready).await?;
        }
        proposals::edit(&mut tx, &proposal).await?;
        let detail = json!({"hash": hex(&proposal.content_hash)});
        audit::record(&mut tx, who, now, Entry::new("edit_proposal", id, detail)).await?;
        tx.commit().await?;
        Ok(proposal)
    }

    /// A proposal that they may know of.
    pub(super) async fn seen(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        lock: bool,
        directory: &Directory,
    ) -> Result<Proposal> {
        let none = || DeskError::NotFound("This proposal");
        let proposal = proposals::find(tx, id, lock).await?.ok_or_else(none)?;
        who.may(Action::See, &proposal.organisation, directory).map_err(|_| none())?;
        Ok(proposal)
    }

    /// A proposal that waits, of which they may do this; locked.
    async fn waiting(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        action: Action,
        directory: &Directory,
    ) -> Result<Proposal> {
        if proposals::find(tx, id, false).await?.is_none() {
            return Err(self.never_waited(tx, who, id, directory).await);
        }
        let proposal = self.seen(tx, who, id, true, directory).await?;
        who.may(action, &proposal.organisation, directory)?;
        let already = |what: &str| Err(DeskError::Conflict(format!("It was {what} already.")));
        match proposal.standing {
            Standing::Waiting => {}
            Standing::Refused => return already("refused"),
            _ => return already("published"),
        }
        let is_whole = proposal.content_hash
            == hash(proposal.kind, proposal.incident, &proposal.organisation, &proposal.content);
        match is_whole {
            true => Ok(proposal),
            // Somebody changed it behind our back.
            false => Err(StoreError::Corrupt(format!("the proposal {id}")).into()),
        }
    }

    /// What to say of an update that needed nobody.
    async fn never_waited(&self, tx: &mut Tx, who: &Actor, id: Uuid, directory: &Directory) -> DeskError {
        let none = DeskError::NotFound("This update");
        let Ok(Some(incident)) = incidents::of_update(tx, id).await else { return none };
        match incidents::find(tx, incident, false).await {
            Ok(Some(incident)) if who.may(Action::See, &incident.declared_by, directory).is_ok() => {
                let is_author =
                    matches!(incidents::author_of(tx, id).await, Ok(Some(name)) if name == who.name);
                if is_author || who.may(Action::Approve, &incident.declared_by, directory).is_err() {
                    return DeskError::Denied;
                }
                DeskError::Conflict("This update is published already; nothing waits for approval.".into())
            }
            _ => none,
        }
    }
}

/// Keeps what was seen with the decision.
async fn keep(tx: &mut Tx, id: Uuid, shown: Option<Value>) -> Result<()> {
    if let Some(shown) = shown {
        proposals::keep_seen(tx, id, &shown).await?;
    }
    Ok(())
}

/// Whether two are the same person: the same account, or the same name by
/// another door, so that a token of one's own is no second person.
pub(super) fn is_same(a: &Actor, b: &Actor) -> bool {
    a.id == b.id || (a.door != b.door && a.name == b.name && a.organisation == b.organisation)
}

fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DeskError::field("/reason", "Say why, in a few words."));
    }
    if text.chars().count() > MAX_REASON {
        return Err(DeskError::field("/reason", format!("Use at most {MAX_REASON} characters.")));
    }
    Ok(text.to_owned())
}
