//! Declaring incidents, and telling how they go on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::proposals::{self, Content, Shown};
use super::telling::Reach;
use super::{Desk, DeskError, Result, checks};
use crate::domain::FieldError;
use crate::domain::approval::{Publication, Standing};
use crate::domain::delivery::Lane;
use crate::domain::hours::Promise;
use crate::domain::incident::{Draft, Incident, Kind, MAX_TITLE, Stage, Target, Update};
use crate::domain::line::{Lines, Setting};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::system::System;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::proposals::{Proposal, ProposalKind};
use crate::store::{self, Tx, incidents};

/// The most organisations that one incident may name.
pub const MAX_NAMED: usize = 2000;

/// What somebody wants to declare, as read from a form or the API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Declaration {
    /// May be empty when a system is chosen: then it is made from its name.
    pub title: Written,
    /// Key, name or alias.
    pub system: Option<String>,
    pub scope: Option<OrgCode>,
    pub organisations: Option<Vec<OrgCode>>,
    pub kind: Option<Kind>,
    pub level: Option<u8>,
    pub draft: Draft,
}

impl Declaration {
    /// The same, about this place and what is below it where nothing says what it
    /// is about.
    #[must_use]
    pub fn about(self, own: &OrgCode) -> Self {
        if self.system.is_some() || self.scope.is_some() || self.organisations.is_some() {
            return self;
        }
        Self { scope: Some(own.clone()), ..self }
    }
}

/// What was said, and to how many.
#[derive(Debug, Clone)]
pub struct Posted {
    pub incident: Uuid,
    pub update: Uuid,
    pub publication: Publication,
    pub reach: Reach,
}

/// A declaration that was checked and would stand.
pub(super) struct Ready {
    pub incident: Incident,
    pub directory: std::sync::Arc<Directory>,
}

impl Desk {
    /// Declares an incident: page, board and outbox follow from this commit, or
    /// from that of the second person whom it needs.
    pub async fn declare(&self, who: &Actor, declaration: &Declaration) -> Result<Posted> {
        let mut tx = self.db.write().await?;
        let Ready { incident, directory } = self.ready(&mut tx, who, declaration).await?;
        checks::timely(&incident, self.now())?;
        let reasons = self.reasons(&mut tx, &incident, &directory).await?;
        let (update, by) = proposals::spoken(&incident);
        let publication = match proposals::stage(&reasons) {
            Publication::AwaitingApproval => {
                let content = Content::Declaration(Box::new(declaration.clone()));
                self.propose(&mut tx, who, content, (update, Some(incident.id)), by, reasons).await?
            }
            publication => {
                self.put_declaration(&mut tx, who, &incident, publication).await?;
                let (ids, by) = ((update, Some(incident.id)), (by, Shown::Incident));
                self.ask_for_messages(&mut tx, who, ids, by, publication, reasons).await?
            }
        };
        tx.commit().await?;
        self.signals.ring();
        let reach = self.reach_after(&incident, &directory).await;
        Ok(Posted { incident: incident.id, update, publication, reach })
    }

    /// Writes a declaration that nobody has to agree to any more.
    pub(super) async fn put_declaration(
        &self,
        tx: &mut Tx,
        who: &Actor,
        incident: &Incident,
        publication: Publication,
    ) -> Result<()> {
        incidents::insert(tx, incident).await?;
        let update = &incident.updates[0];
        incidents::append(tx, update, &who.name).await?;
        let waits = publication == Publication::MessagesWait;
        self.publish(tx, incident, update, Lane::Urgent, waits).await?;
        audit::record(tx, who, update.published_at, declared(incident)).await?;
        store::bump(tx, "situation").await?;
        Ok(())
    }

    /// Checks a declaration as `declare` does, and changes nothing.
    pub(super) async fn ready(&self, tx: &mut Tx, who: &Actor, d: &Declaration) -> Result<Ready> {
        let now = self.now();
        let directory = self.directory(tx).await?;
        let who = &speaking(who, d, &directory);
        let system = self.check(who, d, now, &directory)?;
        let target = self.target(who, d, system.as_deref(), &directory)?;
        let lines = match (&d.draft.lines, &system) {
            (Some(lines), _) => lines.clone(),
            (None, Some(system)) => system.lines.clone(),
            (None, None) => Lines::default(),
        };
        let due = self.promise(tx, &who.organisation).await?.at();
        let id = self.new_id();
        let title = match (d.title.is_blank(), &system) {
            (true, Some(system)) => system.title(),
            _ => d.title.trimmed(),
        };
        let update = Update {
            id: self.new_id(),
            incident: id,
            seq: 1,
            stage: d.draft.stage.unwrap_or(Stage::Identified),
            lines: Lines::default().overlaid(&lines, now),
            message: d.draft.message.as_ref().map(Written::trimmed),
            published_at: now,
            next_update_by: d.draft.next_update_by.unwrap_or(due),
            said_by: who.organisation.clone(),
            withdrawn_at: None,
            corrects: None,
        };
        let incident = Incident {
            id,
            title,
            target,
            declared_by: who.organisation.clone(),
            kind: d.kind.unwrap_or(Kind::Live),
            level: d.level,
            created_at: now,
            updates: vec![update],
            note: None,
        };
        Ok(Ready { incident, directory })
    }

    /// Every mistake in a declaration; the system it names.
    pub(super) fn check(
        &self,
        who: &Actor,
        d: &Declaration,
        now: DateTime<Utc>,
        directory: &Directory,
    ) -> Result<Option<std::sync::Arc<System>>> {
        let needs_welsh = directory.is_welsh(&who.organisation);
        let mut errors = Vec::new();
        let system = d.system.as_deref().map(|s| (s, self.catalogue.find(s).cloned()));
        if let Some((text, None)) = &system {
            errors.push(FieldError::new(
                "/system",
                format!("There is no system called \"{text}\" in the catalogue."),
            ));
        }
        if d.title.is_blank() && d.system.is_none() {
            errors.push(FieldError::new("/title", "Enter a title that says what is not working."));
        } else if d.title != Written::default() {
            d.title.check("/title", MAX_TITLE, needs_welsh, &mut errors);
        }
        errors.extend(d.draft.check(now, needs_welsh));
        if d.system.is_none() && d.scope.is_none() && d.organisations.is_none() {
            errors.push(FieldError::new("/system", "Say which system or which organisations it is about."));
        }
        if d.level.is_some_and(|l| !(1..=4).contains(&l)) {
            errors.push(FieldError::new("/level", "Use a level from 1 to 4."));
        }
        if d.draft.stage == Some(Stage::Resolved) {
            errors.push(FieldError::new("/state", "A new incident cannot be over already."));
        }
        checks::speaker(who, d.draft.lines.as_ref(), directory, &mut errors);
        checks::places(d, directory, &mut errors);
        if errors.is_empty() { Ok(system.and_then(|(_, s)| s)) } else { Err(DeskError::Invalid(errors)) }
    }

    /// Where it applies, if they may say so there.
    pub(super) fn target(
        &self,
        who: &Actor,
        d: &Declaration,
        system: Option<&System>,
        directory: &Directory,
    ) -> Result<Target> {
        if let Some(named) = &d.organisations {
            let mut organisations = named.clone();
            organisations.sort();
            organisations.dedup();
            for code in &organisations {
                who.may(Action::Publish, code, directory)?;
            }
            return Ok(Target::Named { organisations, system: system.map(|s| s.key.clone()) });
        }
        let scope = d.scope.clone().unwrap_or_else(|| who.organisation.clone());
        who.may(Action::Publish, &scope, directory)?;
        Ok(match system {
            Some(system) => Target::System { system: system.key.clone(), scope },
            None => Target::Area { scope },
        })
    }

    /// Says how an incident goes on, at once or when a second person agrees.
    pub async fn post_update(&self, who: &Actor, id: Uuid, draft: &Draft) -> Result<Posted> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let incident = self.updated(&mut tx, who, (id, true), draft, &directory).await?;
        checks::timely(&incident, self.now())?;
        let reasons = self.reasons(&mut tx, &incident, &directory).await?;
        let (update, by) = proposals::spoken(&incident);
        let publication = match proposals::stage(&reasons) {
            Publication::AwaitingApproval => {
                let content = Content::Update(Box::new(draft.clone()));
                self.propose(&mut tx, who, content, (update, Some(id)), by, reasons).await?
            }
            publication => {
                self.put_update(&mut tx, who, &incident, publication).await?;
                let by = (by, Shown::Incident);
                self.ask_for_messages(&mut tx, who, (update, Some(id)), by, publication, reasons).await?
            }
        };
        tx.commit().await?;
        self.signals.ring();
        let reach = self.reach_after(&incident, &directory).await;
        Ok(Posted { incident: id, update, publication, reach })
    }

    /// An incident as it would be with one more update; checks that it may be.
    /// With `lock` nobody else adds one meanwhile.
    pub(super) async fn updated(
        &self,
        tx: &mut Tx,
        who: &Actor,
        (id, lock): (Uuid, bool),
        draft: &Draft,
        directory: &Directory,
    ) -> Result<Incident> {
        let now = self.now();
        let mut incident = self.theirs(tx, who, id, lock, directory).await?;
        let who = &who.acting(Action::Publish, &[&incident.declared_by], directory);
        let mut errors = draft.check(now, directory.is_welsh(&who.organisation));
        checks::speaker(who, draft.lines.as_ref(), directory, &mut errors);
        if !incident.is_open() && draft.stage.is_none_or(|s| s == Stage::Resolved) {
            let detail = "This incident is over. Give a state to open it again, or declare a new one.";
            errors.push(FieldError::new("/state", detail));
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let due = self.promise(tx, &who.organisation).await?;
        let update = self.next_update(&incident, draft, who, due);
        incident.updates.push(update);
        Ok(incident)
    }

    /// Writes the last update of an incident, that nobody has to agree to any
    /// more.
    pub(super) async fn put_update(
        &self,
        tx: &mut Tx,
        who: &Actor,
        incident: &Incident,
        publication: Publication,
    ) -> Result<()> {
        let Some(update) = incident.updates.last() else { return Ok(()) };
        incidents::append(tx, update, &who.name).await?;
        let waits = publication == Publication::MessagesWait;
        self.publish(tx, incident, update, Lane::Routine, waits).await?;
        self.ask_anew(tx, incident, update.published_at).await?;
        self.tell_of_return(tx, who, incident, update.published_at).await?;
        let detail = json!({"update": update.id, "state": update.stage, "lines": update.lines});
        audit::record(tx, who, update.published_at, Entry::new("post_update", incident.id, detail)).await?;
        store::bump(tx, "situation").await?;
        Ok(())
    }

    /// The lines that follow from a fault of the system that it is about.
    pub fn usual_lines(&self, incident: &Incident) -> Option<&Lines> {
        incident.target.system().and_then(|key| self.catalogue.get(key)).map(|system| &system.lines)
    }

    pub(super) fn next_update(
        &self,
        incident: &Incident,
        draft: &Draft,
        who: &Actor,
        due: Promise,
    ) -> Update {
        let now = self.now();
        let stage = draft.stage.unwrap_or_else(|| incident.stage());
        let mut lines = draft.lines.clone().unwrap_or_default();
        if incident.is_relapse(stage) {
            // It comes back: nobody says "as usual" by saying nothing.
            for (line, setting) in incident.lines_if(stage, self.usual_lines(incident)).0 {
                lines.0.entry(line).or_insert(Setting { since: None, ..setting });
            }
        }
        Update {
            id: self.new_id(),
            incident: incident.id,
            seq: next_seq(incident),
            stage,
            lines: Lines::default().overlaid(&lines, now),
            message: draft.message.as_ref().map(Written::trimmed),
            published_at: now,
            next_update_by: draft.next_update_by.unwrap_or(due.at()),
            said_by: who.organisation.clone(),
            withdrawn_at: None,
            corrects: None,
        }
    }

    /// An incident that they may say more about.
    pub(super) async fn theirs(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        lock: bool,
        directory: &Directory,
    ) -> Result<Incident> {
        let incident = incidents::find(tx, id, lock).await?.ok_or(DeskError::NotFound("This incident"))?;
        if who.may(Action::See, &incident.declared_by, directory).is_err() {
            // Other people's incidents are not theirs to know of.
            return Err(DeskError::NotFound("This incident"));
        }
        who.may(Action::Publish, &incident.declared_by, directory)?;
        Ok(incident)
    }
}

impl Desk {
    /// The declaration of an incident that nobody has agreed to yet, by the id of the
    /// incident or of its first update, for whoever may see it.
    pub async fn undecided(&self, who: &Actor, id: Uuid) -> Result<Option<Proposal>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let about = store::proposals::waiting_about(&mut tx, id).await?.into_iter().next();
        match self.seen(&mut tx, who, about.unwrap_or(id), false, &directory).await {
            Ok(p) if p.kind == ProposalKind::Declaration && p.standing == Standing::Waiting => Ok(Some(p)),
            Ok(_) | Err(DeskError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What was done; and why it could not be, where what it was done to is not there
    /// because a second person has to agree first.
    pub async fn unless_undecided<T>(&self, who: &Actor, id: Uuid, done: Result<T>) -> Result<T> {
        let Err(DeskError::NotFound(_)) = done else { return done };
        let Some(proposal) = self.undecided(who, id).await? else { return done };
        Err(DeskError::Conflict(format!(
            "This waits for approval by a second person, and nobody has been told yet. See {}/desk/approvals/{}",
            self.base_url, proposal.id
        )))
    }
}

/// In whose name a declaration is made: for all that it names.
pub(super) fn speaking(who: &Actor, d: &Declaration, directory: &Directory) -> Actor {
    let on: Vec<&OrgCode> = match (&d.organisations, &d.scope) {
        (Some(named), _) => named.iter().collect(),
        (None, Some(scope)) => vec![scope],
        (None, None) => vec![&who.organisation],
    };
    who.acting(Action::Publish, &on, directory)
}

fn next_seq(incident: &Incident) -> i32 {
    incident.updates.iter().map(|u| u.seq).max().unwrap_or(0) + 1
}

fn declared(incident: &Incident) -> Entry {
    let detail = json!({
        "title": incident.title.english,
        "kind": incident.kind,
        "system": incident.target.system(),
        "scope": incident.target.scope(),
        "level": incident.level,
        "update": incident.updates.first().map(|u| u.id),
    });
    Entry::new("declare", incident.id, detail)
}
