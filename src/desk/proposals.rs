//! What one person may not say alone is proposed: kept, with the hash of what
//! is said, to whom and on which channels, until somebody else decides.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::incidents::{Declaration, Ready};
use super::local::LocalDraft;
use super::{Desk, Result};
use crate::domain::approval::{Asked, Publication, Reason, Standing};
use crate::domain::cascade;
use crate::domain::incident::{Draft, Incident, Kind};
use crate::domain::line::Lines;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::subscriber::Channel;
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry, hex};
use crate::store::proposals::{self, Proposal, ProposalKind};
use crate::store::{StoreError, Tx, incidents};

/// What is proposed.
#[derive(Debug, Clone)]
pub enum Content {
    Declaration(Box<Declaration>),
    /// One more update of the proposal's incident.
    Update(Box<Draft>),
    Lines(Box<LocalDraft>),
    /// The messages of an update that the page shows already.
    Messages,
}

impl Content {
    pub(super) fn kind(&self) -> ProposalKind {
        match self {
            Self::Declaration(_) => ProposalKind::Declaration,
            Self::Update(_) => ProposalKind::Update,
            Self::Lines(_) => ProposalKind::Lines,
            Self::Messages => ProposalKind::Messages,
        }
    }

    pub(super) fn to_json(&self) -> Result<Value> {
        let json = match self {
            Self::Declaration(declaration) => serde_json::to_value(declaration),
            Self::Update(draft) => serde_json::to_value(draft),
            Self::Lines(draft) => serde_json::to_value(draft),
            Self::Messages => Ok(json!({})),
        };
        json.map_err(|e| StoreError::Corrupt(e.to_string()).into())
    }

    pub fn of(proposal: &Proposal) -> Result<Self> {
        let value = proposal.content.clone();
        let read = match proposal.kind {
            ProposalKind::Declaration => serde_json::from_value(value).map(Self::Declaration),
            ProposalKind::Update => serde_json::from_value(value).map(Self::Update),
            ProposalKind::Lines => serde_json::from_value(value).map(Self::Lines),
            ProposalKind::Messages => Ok(Self::Messages),
        };
        read.map_err(|e| StoreError::Corrupt(e.to_string()).into())
    }

    /// Whether every word in it is one of our own, which were read and agreed on
    /// before there was any hurry.
    pub fn is_built_in(&self) -> bool {
        let no_words = |lines: Option<&Lines>| lines.is_none_or(|l| l.0.values().all(|s| s.words.is_none()));
        match self {
            Self::Declaration(d) => {
                d.title.is_blank() && d.draft.message.is_none() && no_words(d.draft.lines.as_ref())
            }
            Self::Update(draft) => draft.message.is_none() && no_words(draft.lines.as_ref()),
            Self::Lines(draft) => draft.message.is_none() && no_words(Some(&draft.lines)),
            // Its words stand on the page, and nobody approved them.
            Self::Messages => false,
        }
    }
}

/// When a second person comes in: not at all, before the messages, or before
/// anything.
pub fn stage(reasons: &[Reason]) -> Publication {
    match reasons {
        [] => Publication::Published,
        [Reason::ManyPeople] => Publication::MessagesWait,
        _ => Publication::AwaitingApproval,
    }
}

/// The last update of an incident, and in whose name it is said.
pub fn spoken(incident: &Incident) -> (Uuid, &OrgCode) {
    incident.updates.last().map_or((Uuid::nil(), &incident.declared_by), |u| (u.id, &u.said_by))
}

impl Desk {
    /// Why an incident with its last update needs a second person.
    pub(super) async fn reasons(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Vec<Reason>> {
        let Some(update) = incident.updates.last().filter(|_| incident.kind == Kind::Live) else {
            // Exercises and tests reach nobody but those who take part.
            return Ok(Vec::new());
        };
        let organisations = cascade::reach(&incident.target, directory, &self.catalogue).len();
        let scope = incident.target.scope().and_then(|code| directory.get(code)).map(|org| org.kind);
        let asked = Asked { lines: &update.lines, scope, organisations, people: 0 };
        let reasons = self.rules.reasons(&asked);
        if !reasons.is_empty() || self.rules.people == usize::MAX {
            return Ok(reasons);
        }
        let situation = incidents::situation(tx, self.now()).await?;
        let told = cascade::audience(incident, &situation.responses, directory, &self.catalogue);
        let people = self.count_people(tx, &told, &incident.lines(), self.now(), self.rules.people).await?;
        Ok(self.rules.reasons(&Asked { people, ..asked }))
    }

    /// Why an organisation's own lines need one.
    pub(super) fn reasons_for_lines(
        &self,
        code: &OrgCode,
        before: &Lines,
        after: &Lines,
        directory: &Directory,
    ) -> Vec<Reason> {
        let below = directory.below(code);
        let organisations =
            below.iter().filter_map(|c| directory.get(c)).filter(|o| o.kind.sees_patients()).count();
        let scope = directory.get(code).map(|org| org.kind);
        // To take a changed line back is a change as well.
        let lines = before.overlaid(after, self.now());
        self.rules.reasons(&Asked { lines: &lines, scope, organisations, people: 0 })
    }

    /// Keeps something, in the name of an organisation, until somebody else
    /// agrees.
    pub(super) async fn propose(
        &self,
        tx: &mut Tx,
        who: &Actor,
        content: Content,
        (id, incident): (Uuid, Option<Uuid>),
        organisation: &OrgCode,
        reasons: Vec<Reason>,
    ) -> Result<Publication> {
        let now = self.now();
        let (kind, json) = (content.kind(), content.to_json()?);
        let proposal = Proposal {
            id,
            kind,
            incident,
            organisation: organisation.clone(),
            content_hash: hash(kind, incident, organisation, &json),
            content: json,
            reasons,
            standing: Standing::Waiting,
            author: who.clone(),
            editor: who.clone(),
            made_at: now,
            edited_at: now,
            decided_by: None,
            decided_at: None,
            decided_because: None,
            reviewed_by: None,
            reviewed_at: None,
        };
        proposals::insert(tx, &proposal).await?;
        let detail = json!({"kind": kind, "incident": incident, "reasons": proposal.reasons,
            "hash": hex(&proposal.content_hash)});
        audit::record(tx, who, now, Entry::new("propose", id, detail)).await?;
        Ok(match kind {
            ProposalKind::Messages => Publication::MessagesWait,
            _ => Publication::AwaitingApproval,
        })
    }

    /// Has the messages of an update wait, when there are very many.
    pub(super) async fn ask_for_messages(
        &self,
        tx: &mut Tx,
        who: &Actor,
        incident: &Incident,
        publication: Publication,
        reasons: Vec<Reason>,
    ) -> Result<Publication> {
        match publication {
            Publication::MessagesWait => {
                let (update, by) = spoken(incident);
                let ids = (update, Some(incident.id));
                self.propose(tx, who, Content::Messages, ids, by, reasons).await
            }
            other => Ok(other),
        }
    }

    /// What a proposal would declare, with the ids that its author was given.
    pub(super) async fn declared_as(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        d: &Declaration,
    ) -> Result<Incident> {
        let Ready { mut incident, .. } = self.ready(tx, &proposal.author, d).await?;
        incident.id = proposal.incident.unwrap_or(incident.id);
        for update in &mut incident.updates {
            (update.id, update.incident) = (proposal.id, incident.id);
        }
        Ok(incident)
    }

    pub(super) async fn updated_as(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        draft: &Draft,
        lock: bool,
        directory: &Directory,
    ) -> Result<Incident> {
        let id = proposal.incident.unwrap_or_default();
        let mut incident = self.updated(tx, &proposal.author, (id, lock), draft, directory).await?;
        if let Some(update) = incident.updates.last_mut() {
            update.id = proposal.id;
        }
        Ok(incident)
    }
}

/// What is said, in whose name, about what, and by which channels.
pub(super) fn hash(
    kind: ProposalKind,
    incident: Option<Uuid>,
    organisation: &OrgCode,
    content: &Value,
) -> Vec<u8> {
    let channels: Vec<&str> = Channel::ALL.iter().map(|c| c.as_str()).collect();
    let whole = json!({"kind": kind, "incident": incident, "organisation": organisation, "content": content,
        "channels": channels});
    Sha256::digest(whole.to_string().as_bytes()).to_vec()
}
