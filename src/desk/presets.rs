//! What is said in a hurry: written in quiet times, and agreed on by two.
//!
//! An approval is bound to the hash of what was seen. Who approves is neither
//! who wrote it nor who changed it last; the row is locked meanwhile. Whatever
//! is published from a preset is a copy: changing or removing it later changes
//! nothing that was said.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::approvals::is_same;
use super::incidents::Declaration;
use super::proposals::Content as Proposed;
use super::{Desk, DeskError, Result, checks};
use crate::domain::FieldError;
use crate::domain::incident::Draft;
use crate::domain::line::Lines;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::preset::{Content, Preset, Readiness, Said};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry, hex};
use crate::store::proposals::Proposal;
use crate::store::{StoreError, Tx, incidents, presets};

/// The most presets of one organisation: more than that nobody finds in a hurry.
const MAX_EACH: usize = 30;
const NONE: DeskError = DeskError::NotFound("This preset");
/// Why words cannot be published by one person alone.
const OWN_WORDS: &str =
    "It has words of your own, and those need a second person. Take them out, or ask somebody.";
const SHOWN: &str =
    "The page shows this already. Its messages go to very many people, and those need a second person.";
const NOT_LOOKED_AFTER: &str =
    "The day by which its preset had to be looked at has passed. Ask a second person to approve this.";
const NOT_APPROVED: &str = "Nobody has approved its preset. Ask a second person to approve this.";

/// A preset as somebody sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub preset: Preset,
    /// The name of the organisation whose it is.
    pub of: String,
    pub readiness: Readiness,
    pub may_edit: bool,
    /// They may agree to it: somebody else wrote it, and nobody has yet.
    pub may_approve: bool,
    /// They wrote it or changed it last.
    pub is_own: bool,
}

impl Desk {
    /// What is offered to an organisation: its own, then those of everybody above
    /// it, nearest first; by name.
    pub async fn presets(&self, who: &Actor, code: &OrgCode) -> Result<Vec<Seen>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::See, code, &directory).map_err(|_| DeskError::NotFound("This organisation"))?;
        let mut out = Vec::new();
        for (above, _) in directory.above(code) {
            let mut all = presets::of(&mut tx, above).await?;
            all.sort_by_key(|p| p.content.name.to_lowercase());
            out.extend(all.into_iter().map(|p| self.seen_preset(who, p, &directory)));
        }
        Ok(out)
    }

    fn seen_preset(&self, who: &Actor, preset: Preset, directory: &Directory) -> Seen {
        let readiness = preset.readiness(self.today());
        let may = |action| who.may(action, &preset.organisation, directory).is_ok();
        let is_own = is_own(&preset, who);
        Seen {
            of: directory.get(&preset.organisation).map(|o| o.name.clone()).unwrap_or_default(),
            may_edit: may(Action::Publish),
            may_approve: may(Action::Approve) && !is_own && readiness == Readiness::Draft,
            is_own,
            readiness,
            preset,
        }
    }

    /// One that is theirs, or offered to them.
    pub async fn preset(&self, who: &Actor, id: Uuid) -> Result<Seen> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let preset = presets::find(&mut tx, id, false).await?.ok_or(NONE)?;
        let is_offered = directory.is_at_or_below(&who.organisation, &preset.organisation);
        if !is_offered && who.may(Action::See, &preset.organisation, &directory).is_err() {
            return Err(NONE);
        }
        Ok(self.seen_preset(who, preset, &directory))
    }

    /// Writes a preset for an organisation.
    pub async fn add_preset(&self, who: &Actor, code: &OrgCode, content: Content) -> Result<Preset> {
        let (now, content) = (self.now(), content.trimmed());
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, &directory)?;
        let all = presets::of(&mut tx, code).await?;
        self.check_preset(code, &content, &all, None, &directory)?;
        if all.len() >= MAX_EACH {
            return Err(DeskError::field(
                "/name",
                format!("There are {MAX_EACH} already. Remove one first."),
            ));
        }
        let preset = Preset {
            id: self.new_id(),
            organisation: code.clone(),
            content_hash: hash(code, &content)?,
            content,
            author: who.clone(),
            editor: who.clone(),
            made_at: now,
            edited_at: now,
            approved: None,
        };
        presets::insert(&mut tx, &preset).await?;
        self.note_preset(&mut tx, who, now, "add_preset", &preset).await?;
        tx.commit().await?;
        Ok(preset)
    }

    /// Other words for a preset; nobody has agreed to those yet. The same words
    /// again change nothing. `seen` is the hash of what they started from.
    pub async fn edit_preset(
        &self,
        who: &Actor,
        id: Uuid,
        content: Content,
        seen: Option<&str>,
    ) -> Result<Preset> {
        let (now, content) = (self.now(), content.trimmed());
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let mut preset = self.locked(&mut tx, who, id, Action::Publish, &directory).await?;
        not_changed(&preset, seen)?;
        let code = preset.organisation.clone();
        let all = presets::of(&mut tx, &code).await?;
        self.check_preset(&code, &content, &all, Some(id), &directory)?;
        let new = hash(&code, &content)?;
        if new == preset.content_hash {
            return Ok(preset);
        }
        (preset.content, preset.content_hash, preset.approved) = (content, new, None);
        (preset.editor, preset.edited_at) = (who.clone(), now);
        presets::edit(&mut tx, &preset).await?;
        self.note_preset(&mut tx, who, now, "edit_preset", &preset).await?;
        tx.commit().await?;
        Ok(preset)
    }

    /// A second person agrees that one may publish exactly what they saw alone in
    /// an emergency.
    pub async fn approve_preset(&self, who: &Actor, id: Uuid, seen: Option<&str>) -> Result<Preset> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let preset = self.locked(&mut tx, who, id, Action::Approve, &directory).await?;
        if is_own(&preset, who) {
            return Err(DeskError::Denied);
        }
        not_changed(&preset, seen)?;
        match preset.readiness(self.today()) {
            Readiness::Draft => {}
            Readiness::Approved => return Err(DeskError::Conflict("It was approved already.".into())),
            Readiness::ReviewOverdue => {
                let detail = "Nobody has looked after it. Somebody has to give it a new date first.";
                return Err(DeskError::Conflict(detail.into()));
            }
        }
        presets::approve(&mut tx, id, who, &preset.content_hash, now).await?;
        self.note_preset(&mut tx, who, now, "approve_preset", &preset).await?;
        let preset = presets::find(&mut tx, id, false).await?.ok_or(NONE)?;
        tx.commit().await?;
        Ok(preset)
    }

    /// Takes a preset away. What was published from it stays.
    pub async fn remove_preset(&self, who: &Actor, id: Uuid) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let preset = self.locked(&mut tx, who, id, Action::Publish, &directory).await?;
        presets::remove(&mut tx, id, now).await?;
        self.note_preset(&mut tx, who, now, "remove_preset", &preset).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn note_preset(
        &self,
        tx: &mut Tx,
        who: &Actor,
        at: DateTime<Utc>,
        verb: &'static str,
        preset: &Preset,
    ) -> Result<()> {
        let detail = json!({"organisation": preset.organisation, "name": preset.content.name,
            "review_by": preset.content.review_by, "hash": hex(&preset.content_hash)});
        audit::record(tx, who, at, Entry::new(verb, preset.id, detail)).await?;
        Ok(())
    }

    /// One that they may do this with; nobody else changes it meanwhile.
    async fn locked(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        action: Action,
        directory: &Directory,
    ) -> Result<Preset> {
        let preset = presets::find(tx, id, true).await?.ok_or(NONE)?;
        let is_offered = directory.is_at_or_below(&who.organisation, &preset.organisation);
        if !is_offered && who.may(Action::See, &preset.organisation, directory).is_err() {
            return Err(NONE);
        }
        who.may(action, &preset.organisation, directory)?;
        match hash(&preset.organisation, &preset.content)? == preset.content_hash {
            true => Ok(preset),
            // Somebody changed it behind our back.
            false => Err(StoreError::Corrupt(format!("the preset {id}")).into()),
        }
    }

    /// Every mistake in a preset, beside its field.
    fn check_preset(
        &self,
        code: &OrgCode,
        content: &Content,
        others: &[Preset],
        id: Option<Uuid>,
        directory: &Directory,
    ) -> Result<()> {
        let mut errors = content.check(self.today(), directory.is_welsh(code));
        let name = content.name.to_lowercase();
        if others.iter().any(|p| Some(p.id) != id && p.content.name.to_lowercase() == name) {
            errors.push(FieldError::new("/name", "There is a preset with this name already."));
        }
        if content.system.as_ref().is_some_and(|key| self.catalogue.get(key).is_none()) {
            errors.push(FieldError::new("/system", "Choose one of the systems."));
        }
        if let Some(org) = directory.get(code) {
            checks::lines_of(org, &content.lines, &mut errors);
        }
        if errors.is_empty() { Ok(()) } else { Err(DeskError::Invalid(errors)) }
    }

    /// A preset that they may post from.
    async fn offered(&self, who: &Actor, id: Uuid) -> Result<Content> {
        match self.preset(who, id).await {
            Ok(seen) => Ok(seen.preset.content),
            Err(DeskError::NotFound(_)) => {
                Err(DeskError::field("/preset", "There is no such preset. It may have been removed."))
            }
            Err(error) => Err(error),
        }
    }

    /// A declaration with what its preset says, where it says nothing itself.
    pub async fn filled(&self, who: &Actor, d: Declaration) -> Result<Declaration> {
        let Some(id) = d.draft.preset else { return Ok(d) };
        let preset = self.offered(who, id).await?;
        Ok(Declaration {
            title: if d.title.is_blank() { preset.title.clone() } else { d.title },
            system: d.system.or_else(|| preset.system.as_ref().map(ToString::to_string)),
            draft: laid_over(d.draft, &preset, self.now()),
            ..d
        })
    }

    /// The same for an update.
    pub async fn filled_update(&self, who: &Actor, draft: Draft) -> Result<Draft> {
        let Some(id) = draft.preset else { return Ok(draft) };
        let preset = self.offered(who, id).await?;
        Ok(laid_over(draft, &preset, self.now()))
    }

    /// Why one person may not publish a proposal alone; `None` where all its words
    /// were agreed on before there was any hurry: they are our own, or exactly those
    /// of a preset that a second person approved, and that is looked after.
    pub(super) async fn not_agreed(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        content: &Proposed,
        directory: &Directory,
    ) -> Result<Option<&'static str>> {
        if content.is_built_in() {
            return Ok(None);
        }
        let own_words = Ok(Some(OWN_WORDS));
        let (title, draft) = match content {
            Proposed::Declaration(d) => (Some(&d.title), &d.draft),
            Proposed::Update(draft) => (None, draft.as_ref()),
            Proposed::Messages(_) => return Ok(Some(SHOWN)),
            _ => return own_words,
        };
        let Some(id) = draft.preset else { return own_words };
        let Some(preset) = presets::find(tx, id, false).await? else { return own_words };
        let is_offered = directory.is_at_or_below(&proposal.author.organisation, &preset.organisation);
        let is_whole = hash(&preset.organisation, &preset.content)? == preset.content_hash;
        if !is_offered || !is_whole {
            return own_words;
        }
        let (system, stands) = match content {
            Proposed::Declaration(d) => {
                let found = d.system.as_deref().and_then(|s| self.catalogue.find(s));
                (found.map(|s| s.key.clone()), Lines::default())
            }
            _ => {
                let incident = incidents::find(tx, proposal.incident.unwrap_or_default(), false).await?;
                let system = incident.as_ref().and_then(|i| i.target.system().cloned());
                (system, incident.map(|i| i.lines()).unwrap_or_default())
            }
        };
        let nothing = Lines::default();
        let is_exact = preset.content.is_exactly(&Said {
            title,
            system: system.as_ref(),
            lines: draft.lines.as_ref().unwrap_or(&nothing),
            message: draft.message.as_ref(),
            stands: &stands,
        });
        Ok(match preset.readiness(self.today()) {
            _ if !is_exact => Some(OWN_WORDS),
            Readiness::Approved => None,
            Readiness::ReviewOverdue => Some(NOT_LOOKED_AFTER),
            Readiness::Draft => Some(NOT_APPROVED),
        })
    }
}

/// What somebody says goes above what the preset says.
fn laid_over(draft: Draft, preset: &Content, now: DateTime<Utc>) -> Draft {
    Draft {
        lines: draft.lines.or_else(|| Some(preset.lines.clone())),
        message: draft.message.or_else(|| preset.message.clone()),
        next_update_by: draft.next_update_by.or_else(|| preset.next_update.map(|ahead| ahead.from(now))),
        ..draft
    }
}

fn is_own(preset: &Preset, who: &Actor) -> bool {
    [&preset.author, &preset.editor].iter().any(|a| is_same(a, who))
}

fn not_changed(preset: &Preset, seen: Option<&str>) -> Result<()> {
    if seen.is_some_and(|seen| seen != hex(&preset.content_hash)) {
        return Err(DeskError::Conflict("It was changed after you opened it. Look at it again.".into()));
    }
    Ok(())
}

/// What is said, and in whose name it is offered.
fn hash(organisation: &OrgCode, content: &Content) -> Result<Vec<u8>> {
    let content = serde_json::to_value(content).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let whole = json!({"organisation": organisation, "content": content});
    Ok(Sha256::digest(whole.to_string().as_bytes()).to_vec())
}
