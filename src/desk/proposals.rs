//! What one person may not say alone is proposed: kept, with the hash of what
//! is said, to whom and on which channels, until somebody else decides.

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::incidents::{Declaration, Ready};
use super::local::{LinesReach, LocalDraft};
use super::planned::{Plan, ReadyPlan};
use super::planned_steps::PlanChange;
use super::{Desk, DeskError, Result};
use crate::domain::approval::{self, Asked, Publication, Reason, Standing};
use crate::domain::cascade;
use crate::domain::incident::{Draft, Incident, Kind, LocalFacts, Target};
use crate::domain::line::Lines;
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};
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
    Messages(Shown),
    Plan(Box<Plan>),
    PlanChange(Box<PlanChange>),
}

/// What the page shows while its messages wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Incident,
    Planned,
    /// A place's own word, which its own readers are to hear.
    Word,
}

impl Content {
    pub(super) fn kind(&self) -> ProposalKind {
        match self {
            Self::Declaration(_) => ProposalKind::Declaration,
            Self::Update(_) => ProposalKind::Update,
            Self::Lines(_) => ProposalKind::Lines,
            Self::Messages(_) => ProposalKind::Messages,
            Self::Plan(_) => ProposalKind::Plan,
            Self::PlanChange(_) => ProposalKind::PlanChange,
        }
    }

    pub(super) fn to_json(&self) -> Result<Value> {
        let json = match self {
            Self::Declaration(declaration) => serde_json::to_value(declaration),
            Self::Update(draft) => serde_json::to_value(draft),
            Self::Lines(draft) => serde_json::to_value(draft),
            Self::Messages(Shown::Incident) => Ok(json!({})),
            Self::Messages(shown) => Ok(json!({"of": shown})),
            Self::Plan(plan) => serde_json::to_value(plan),
            Self::PlanChange(change) => serde_json::to_value(change),
        };
        json.map_err(|e| StoreError::Corrupt(e.to_string()).into())
    }

    pub fn of(proposal: &Proposal) -> Result<Self> {
        let value = proposal.content.clone();
        let read = match proposal.kind {
            ProposalKind::Declaration => serde_json::from_value(value).map(Self::Declaration),
            ProposalKind::Update => serde_json::from_value(value).map(Self::Update),
            ProposalKind::Lines => serde_json::from_value(value).map(Self::Lines),
            ProposalKind::Messages => Ok(Self::Messages(match value.get("of") {
                Some(of) if *of == json!(Shown::Word) => Shown::Word,
                Some(_) => Shown::Planned,
                None => Shown::Incident,
            })),
            ProposalKind::Plan => serde_json::from_value(value).map(Self::Plan),
            ProposalKind::PlanChange => serde_json::from_value(value).map(Self::PlanChange),
        };
        read.map_err(|e| StoreError::Corrupt(e.to_string()).into())
    }

    /// What is said of an incident, of what declares or updates one.
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Declaration(d) => Some(&d.draft),
            Self::Update(draft) => Some(draft),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn draft_mut(&mut self) -> Option<&mut Draft> {
        match self {
            Self::Declaration(d) => Some(&mut d.draft),
            Self::Update(draft) => Some(draft),
            _ => None,
        }
    }

    /// Whether every word in it is one of our own, which were read and agreed on
    /// before there was any hurry.
    pub fn is_built_in(&self) -> bool {
        let no_words = |lines: Option<&Lines>| lines.is_none_or(|l| l.0.values().all(|s| s.words.is_none()));
        let built_in = |d: &Declaration| {
            d.title.is_blank() && d.draft.message.is_none() && no_words(d.draft.lines.as_ref())
        };
        match self {
            Self::Declaration(d) => built_in(d),
            Self::Plan(plan) => built_in(&plan.what),
            Self::PlanChange(change) => change.message.is_none(),
            Self::Update(draft) => draft.message.is_none() && no_words(draft.lines.as_ref()),
            // A number that nobody looked at may be anybody's.
            Self::Lines(draft) => {
                draft.message.is_none() && draft.phone.is_none() && no_words(Some(&draft.lines))
            }
            // Its words stand on the page, and nobody approved them.
            Self::Messages(_) => false,
        }
    }
}

/// By when the next update is promised of what waited too long for the promise
/// that its author made at `made`: as far ahead as then. `None` while that holds.
pub fn renewed(draft: &Draft, made: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let due = draft.next_update_by?;
    let ahead = due - made;
    (due <= now && ahead > Duration::zero()).then(|| now + ahead)
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

/// What kind of organisation an area belongs to; of a command centre the widest of its
/// members, for what is said for it is said for all of theirs.
fn kind_of(area: &OrgCode, directory: &Directory) -> Option<OrgKind> {
    let kind = |code: &OrgCode| directory.get(code).map(|org| org.kind);
    let is_wide = |kind: &OrgKind| matches!(kind, OrgKind::Nation | OrgKind::Region);
    let widest = directory.centre(area).and_then(|c| c.members.iter().filter_map(kind).find(is_wide));
    widest.or(kind(area))
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
        let stood = Incident::lines_of(incident.standing().filter(|u| u.id != update.id));
        let said = approval::with_what_ends(update, &stood);
        let asked = self.weighed(&incident.target, (&said, &stood), &update.said_by, directory);
        if self.is_settled(&asked) {
            return Ok(self.rules.reasons(&asked));
        }
        let situation = incidents::situation(tx, self.now()).await?;
        let told = cascade::audience(incident, &situation.responses, directory, &self.catalogue);
        self.reasons_with(tx, asked, &told, &incident.lines_told()).await
    }

    /// What is asked about something that is said of this target, as far as it is
    /// known without counting people; `stood` are the lines of it before.
    pub(super) fn weighed<'a>(
        &self,
        target: &Target,
        (lines, stood): (&'a Lines, &Lines),
        by: &OrgCode,
        directory: &Directory,
    ) -> Asked<'a> {
        let scope = target.scope().and_then(|code| kind_of(code, directory));
        let reached = cascade::reach(target, directory, &self.catalogue);
        let system = target.system().and_then(|key| self.catalogue.get(key));
        // A fault is reported by one person, and so is what is wrong at places that are
        // named; lines for all of an area are a decision over its places.
        let is_a_decision = target.scope().is_some() && system.is_none_or(|s| s.is_a_choice);
        let is_other = |code: &&OrgCode| {
            let sees_patients = directory.get(code).is_some_and(|org| org.kind.sees_patients());
            sees_patients && !directory.is_part_of(code, by)
        };
        let others = reached.iter().filter(is_other).count();
        Asked {
            lines,
            scope,
            organisations: reached.len(),
            people: 0,
            is_for_others: is_a_decision && others > 1 && approval::chooses(lines, stood),
        }
    }

    /// Whether the number of people would change nothing.
    fn is_settled(&self, asked: &Asked<'_>) -> bool {
        self.rules.people == usize::MAX || !self.rules.reasons(asked).is_empty()
    }

    /// The reasons, with those of an audience: people are counted only where
    /// nothing else asks for a second person.
    pub(super) async fn reasons_with(
        &self,
        tx: &mut Tx,
        asked: Asked<'_>,
        told: &[OrgCode],
        lines: &Lines,
    ) -> Result<Vec<Reason>> {
        if self.is_settled(&asked) || told.is_empty() {
            return Ok(self.rules.reasons(&asked));
        }
        let people = self.count_people(tx, told, lines, self.now(), self.rules.people).await?;
        Ok(self.rules.reasons(&Asked { people, ..asked }))
    }

    /// Why lines that an organisation sets need one. To take a changed 999 or 111
    /// line back is a change as well; to take others back must not wait.
    pub(super) fn reasons_for_lines(
        &self,
        reach: &LinesReach,
        before: &Lines,
        after: &LocalFacts,
    ) -> Vec<Reason> {
        let lines = before.overlaid(&after.lines, self.now());
        let says_something = !after.lines.0.is_empty() || after.message.is_some() || after.phone.is_some();
        let mut reasons = self.rules.reasons(&Asked {
            is_for_others: reach.is_for_others() && says_something,
            ..reach.asked(&lines)
        });
        reasons.retain(|reason| says_something || *reason == Reason::NationalLine);
        reasons
    }

    /// Where lines hold that an organisation sets.
    pub(super) fn lines_reach(&self, org: &Org, directory: &Directory) -> LinesReach {
        let below = directory.below(&org.code);
        let sees = below.iter().filter_map(|c| directory.get(c)).filter(|o| o.kind.sees_patients());
        let (own, others): (Vec<_>, Vec<_>) =
            sees.partition(|o| o.code == org.code || o.kind == OrgKind::Branch);
        let mut reach =
            LinesReach { scope: org.kind, own: own.len(), others: others.len(), needs_two: false };
        reach.needs_two = !self.rules.reasons(&reach.asked(&Lines::default())).is_empty();
        reach
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
            used_again_at: None,
            reviewed_by: None,
            reviewed_at: None,
            seen: None,
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

    /// Has the messages of an update wait, when there are very many. `ids` are
    /// of the update and of what it is about.
    pub(super) async fn ask_for_messages(
        &self,
        tx: &mut Tx,
        who: &Actor,
        ids: (Uuid, Option<Uuid>),
        (by, shown): (&OrgCode, Shown),
        publication: Publication,
        reasons: Vec<Reason>,
    ) -> Result<Publication> {
        match publication {
            Publication::MessagesWait => {
                self.propose(tx, who, Content::Messages(shown), ids, by, reasons).await
            }
            other => Ok(other),
        }
    }

    /// What a proposal would plan, with the ids that its author was given; or
    /// how planned work would stand.
    pub(super) async fn planned_as(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        content: &Content,
        lock: bool,
    ) -> Result<Option<ReadyPlan>> {
        let (author, id) = (&proposal.author, proposal.incident.unwrap_or_default());
        Ok(match content {
            Content::Plan(plan) => Some(self.ready_plan(tx, author, plan, id).await?),
            Content::PlanChange(change) => Some(self.changed_plan(tx, author, change, lock).await?),
            _ => None,
        })
    }

    /// What a proposal would declare, with the ids that its author was given.
    pub(super) async fn declared_as(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        d: &Declaration,
    ) -> Result<Incident> {
        let mut d = d.clone();
        d.draft.next_update_by = renewed(&d.draft, proposal.edited_at, self.now()).or(d.draft.next_update_by);
        let Ready { mut incident, .. } = self.ready(tx, &proposal.author, &d).await?;
        if incident.declared_by != proposal.organisation {
            let detail = "This would be said in the name of somebody else. Propose it anew.";
            return Err(DeskError::field("/scope", detail));
        }
        incident.id = proposal.incident.unwrap_or(incident.id);
        for update in &mut incident.updates {
            (update.id, update.incident) = (proposal.id, incident.id);
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
