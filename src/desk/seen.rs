//! What whoever decides sees of a proposal: where it applies, what changes on
//! pages, the exact words, whom it reaches and what that costs. What was seen when
//! it was decided is kept with it: counts and pages go on changing afterwards.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::as_written::{MAY_NOT, as_written};
use super::differences::{Change, NOT_KNOWN, differences, some_of_each_kind};
use super::local::LocalDraft;
use super::meanwhile::{Objection, overtaken};
use super::preview::Questions;
use super::proposals::{Content, Shown};
use super::steps_ahead::StepThen;
use super::telling::with_incident;
use super::wordings::OfKind;
use super::{Desk, DeskError, Result};
use crate::domain::approval::Standing;
use crate::domain::facts::{self, Situation};
use crate::domain::headline::HeadlineState;
use crate::domain::incident::{Incident, Stage, Target};
use crate::domain::line::{Line, Lines};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::planned::Planned;
use crate::domain::subscriber::Channel;
use crate::domain::written::Written;
use crate::domain::{cascade, help};
use crate::store::proposals::{self, Proposal, ProposalKind};
use crate::store::{Tx, incidents};
use crate::words::english;

/// The most places that are named one by one.
const NAMED: usize = 10;

/// What somebody sees who decides.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// As it stands on pages.
    pub title: Written,
    /// Where it applies, in words.
    pub area: String,
    pub level: Option<u8>,
    pub stage: Option<Stage>,
    /// Of lines: until when they hold.
    pub until: Option<DateTime<Utc>>,
    /// Of lines: the number to use instead.
    pub phone: Option<String>,
    /// On how many pages that shows: those of the place itself and its branches.
    pub phone_pages: usize,
    /// What the lines were, and what they are then.
    pub changes: Vec<Change>,
    pub message: Option<Written>,
    /// How many pages it changes.
    pub pages: usize,
    /// How many more say that they may be affected: nobody recorded what they use.
    pub perhaps: usize,
    pub recipients: BTreeMap<Channel, usize>,
    /// Messages beyond one for each of them.
    pub more: BTreeMap<Channel, usize>,
    /// The parts of all text messages, each in its reader's language, where they are known.
    pub text_parts: Option<u64>,
    /// Who is asked whether they are affected.
    pub asked: Questions,
    /// One place's page, as it is then.
    pub page: Option<PageThen>,
    /// The exact words for one place of each kind.
    pub samples: Vec<OfKind>,
    /// Of what is no incident: the name of one place, and the exact words for it.
    pub sample: Option<(String, Message)>,
    /// Planned work, with what is said about it as its last step.
    pub plan: Option<Planned>,
    /// What it tells at each step of one window.
    pub steps: Vec<StepThen>,
    /// Of lines: what the organisation said before.
    pub before: Option<LocalDraft>,
}

/// The page of one place, as it is when this is published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PageThen {
    pub name: String,
    pub state: HeadlineState,
    pub headline: String,
    /// What it says of the lines that are changed, word for word.
    pub lines: Vec<(Line, String)>,
}

impl Seen {
    /// What was seen when it was decided; `None` while it waits.
    pub fn kept(proposal: &Proposal) -> Option<Self> {
        proposal.seen.clone().and_then(|seen| serde_json::from_value(seen).ok())
    }
}

impl Desk {
    /// What is seen of a proposal that waits, to be kept with the decision.
    pub(super) async fn seen_now(&self, id: Uuid) -> Option<Value> {
        let seen = async {
            let mut tx = self.db.read().await?;
            let directory = self.directory(&mut tx).await?;
            let found = proposals::find(&mut tx, id, false).await?;
            let proposal = found.ok_or(DeskError::NotFound("This proposal"))?;
            let content = Content::of(&proposal)?;
            Ok::<_, DeskError>(self.look(&mut tx, &proposal, &content, &directory).await?.0)
        };
        match seen.await {
            Ok(seen) => serde_json::to_value(seen).ok(),
            Err(DeskError::NotFound(_)) => None,
            Err(error) => {
                tracing::warn!(%error, proposal = %id, "what is seen of a proposal could not be kept");
                None
            }
        }
    }

    /// Keeps what is seen of something that was published already.
    pub(super) async fn keep_as_seen(&self, id: Uuid) {
        let Some(seen) = self.seen_now(id).await else { return };
        let kept = async {
            let mut tx = self.db.write().await?;
            proposals::keep_seen(&mut tx, id, &seen).await?;
            tx.commit().await
        };
        if let Err(error) = kept.await {
            tracing::warn!(%error, proposal = %id, "what is seen of a proposal could not be kept");
        }
    }

    /// What a proposal says and whom it reaches now, and what is wrong with it.
    pub(super) async fn look(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        content: &Content,
        directory: &Directory,
    ) -> Result<(Seen, Vec<Objection>)> {
        // What stands in its way is told beside what it says.
        let mut objections = Vec::new();
        if proposal.standing == Standing::Waiting {
            objections.extend(self.orphaned(tx, proposal, directory).await?);
        }
        let seen = match content {
            Content::Plan(_) | Content::PlanChange(_) | Content::Messages(Shown::Planned) => {
                self.look_at_plan(tx, proposal, content).await
            }
            Content::Messages(Shown::Word) => self.look_at_word(tx, proposal, directory).await,
            Content::Lines(draft) => {
                self.look_at_lines(tx, proposal, draft, directory, &mut objections).await
            }
            _ => self.look_at_incident(tx, proposal, content, directory, &mut objections).await,
        };
        let details = match seen {
            Ok(seen) => return Ok((seen, objections)),
            Err(DeskError::Invalid(mistakes)) => mistakes.into_iter().map(|m| m.detail).collect(),
            Err(DeskError::Conflict(detail)) => vec![detail],
            // Such as that of a command centre that has ended. It is read and refused all the same.
            Err(DeskError::Denied | DeskError::NotFound("This incident")) => vec![MAY_NOT.into()],
            Err(error) => return Err(error),
        };
        objections.extend(details.into_iter().map(|detail| Objection { detail, newer: None }));
        Ok((as_written(content), objections))
    }

    /// What it says, against what stands, and whom it reaches.
    async fn look_at_incident(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        content: &Content,
        directory: &Directory,
        objections: &mut Vec<Objection>,
    ) -> Result<Seen> {
        let stands = incidents::find(tx, proposal.incident.unwrap_or_default(), false).await?;
        let waits = proposal.standing == Standing::Waiting;
        let made = match content {
            Content::Declaration(d) if stands.is_none() => {
                let incident = self.declared_as(tx, proposal, d).await?;
                if waits {
                    objections.extend(self.is_still_new(tx, proposal, &incident, directory).await?);
                }
                Some(incident)
            }
            Content::Update(draft) if waits => {
                let incident = self.updated_anyway(tx, proposal, draft, false, directory).await?;
                objections.extend(overtaken(&incident, proposal));
                Some(incident)
            }
            _ => stands.clone(),
        };
        let Some(incident) = made else { return Ok(Seen::default()) };
        let before = stands.filter(|_| proposal.kind == ProposalKind::Update);
        let before = before.map(|before| if waits { before } else { without(before, proposal.id) });
        let update = incident.updates.iter().find(|u| u.id == proposal.id).or(incident.updates.last());
        let Some(update) = update else { return Ok(Seen::default()) };
        let preview = self.preview_of(tx, &proposal.author, incident.clone()).await?;
        let places = some_of_each_kind(&preview.reach.organisations, directory);
        let situation = incidents::situation(tx, self.now()).await?;
        let changes = match places.is_empty() {
            true => differences(&Lines::default(), &update.lines, None),
            false => self.on_pages(&situation, &places, (before, &incident), &update.lines, directory),
        };
        let then = with_incident(&situation, incident.clone());
        let is_asked = proposal.kind == ProposalKind::Declaration;
        Ok(Seen {
            title: incident.title.clone(),
            area: self.area(&incident.target, directory),
            level: incident.level,
            stage: Some(update.stage),
            changes,
            message: update.message.clone(),
            pages: preview.reach.organisations.len(),
            perhaps: preview.perhaps,
            recipients: preview.reach.recipients,
            more: preview.reach.more,
            text_parts: preview.reach.text_parts,
            asked: if is_asked { preview.questions } else { Questions::default() },
            page: places.first().and_then(|org| {
                let lines: Vec<Line> = update.lines.0.keys().copied().collect();
                self.page_then(&org.code, &then, &lines, directory)
            }),
            samples: match incident.updates.last().is_some_and(|last| last.id == update.id) {
                true => preview.kinds,
                false => self.words_of_kinds(&incident, update, &then, directory),
            },
            sample: preview.sample.map(|s| (s.name.clone(), s.message().clone())),
            ..Seen::default()
        })
    }

    /// The same of lines that somebody sets.
    async fn look_at_lines(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        draft: &LocalDraft,
        directory: &Directory,
        objections: &mut Vec<Objection>,
    ) -> Result<Seen> {
        let (organisation, now) = (&proposal.organisation, self.now());
        if proposal.standing == Standing::Waiting {
            objections.extend(self.stand_as_proposed(tx, proposal, draft, directory).await?);
        }
        let mut facts = self.local_facts(tx, &proposal.author, organisation, draft, directory).await?;
        let word = incidents::word_before(tx, &facts).await?;
        let (stands, has_run_out): (Vec<_>, Vec<_>) = word.into_iter().partition(|f| f.expires_at > now);
        let before = stands.into_iter().next().map(LocalDraft::from).unwrap_or_default();
        // What has run out was not put right by that.
        let is_not_known = |line: Line| {
            let was = has_run_out.iter().find_map(|f| f.lines.get(line));
            was.is_some_and(|setting| setting.state.severity > 0)
        };
        let mut changes = differences(&before.lines, &draft.lines, Some("Nothing of your own"));
        for (line, was, _) in &mut changes {
            *was = was.take().or_else(|| is_not_known(*line).then(|| NOT_KNOWN.to_owned()));
        }
        let concerned = draft.concerned(&before.lines);
        let pages = self.reach_of_lines(organisation, &concerned, directory).organisations;
        let mut then = incidents::situation(tx, now).await?;
        facts.set_at = now;
        then.say(facts.clone());
        let name = directory.name_of(organisation);
        let places = some_of_each_kind(&pages, directory);
        Ok(Seen {
            title: Written::from(format!("Lines for all places below {name}").as_str()),
            area: format!("{name} and everybody below"),
            until: Some(facts.expires_at).filter(|_| !says_nothing(draft)),
            phone_pages: pages.iter().filter(|c| directory.is_part_of(c, organisation)).count(),
            phone: facts.phone,
            changes,
            message: draft.message.clone(),
            pages: pages.len(),
            page: places.first().and_then(|org| self.page_then(&org.code, &then, &concerned, directory)),
            before: Some(before),
            ..Seen::default()
        })
    }

    /// One place's page in a situation, with what it says of these lines.
    fn page_then(
        &self,
        code: &OrgCode,
        situation: &Situation,
        lines: &[Line],
        directory: &Directory,
    ) -> Option<PageThen> {
        let org = directory.get(code)?;
        let view = facts::facts(org, situation, directory, &self.catalogue).at(self.now());
        let said = |line: &Line| match line {
            Line::Nhs111 => Some((*line, help::sentence(&view, *line, "need-medical-help", english()))),
            Line::Emergency999 => Some((*line, help::sentence(&view, *line, "in-an-emergency", english()))),
            _ => view.lines.iter().find(|f| f.line == *line).map(|f| (*line, f.text(english()))),
        };
        Some(PageThen {
            name: org.name.clone(),
            state: view.headline.state,
            headline: view.headline.text(english()),
            lines: lines.iter().filter_map(said).collect(),
        })
    }

    /// Where something applies, in words.
    pub(super) fn area(&self, target: &Target, directory: &Directory) -> String {
        let name = |code: &OrgCode| directory.name_of(code);
        let system = target.system().and_then(|key| self.catalogue.get(key));
        match (target, system) {
            (Target::System { scope, .. }, Some(system)) => {
                format!("{} and everybody below, where {} is used", name(scope), system.name)
            }
            (Target::Named { organisations, .. }, _) => {
                let named = organisations.iter().take(NAMED).map(name).collect::<Vec<_>>().join("; ");
                match organisations.len().saturating_sub(NAMED) {
                    0 => named,
                    more => format!("{named}; and {more} more"),
                }
            }
            (Target::System { scope, .. } | Target::Area { scope }, _) => {
                format!("{} and everybody below", name(scope))
            }
        }
    }

    /// How many places may be affected, and say so on their pages.
    pub(super) fn perhaps(&self, target: &Target, directory: &Directory) -> usize {
        let Target::System { scope, .. } = target else { return 0 };
        let may_be = |code: &OrgCode| {
            let org = directory.get(code).filter(|org| org.kind.sees_patients());
            let touch = org.and_then(|org| cascade::touches(target, org, directory, &self.catalogue));
            touch == Some(cascade::Touch::Possible)
        };
        directory.below(scope).iter().filter(|code| may_be(code)).count()
    }
}

/// An incident as it stood before one of its updates.
fn without(mut incident: Incident, update: Uuid) -> Incident {
    let corrected = incident.updates.iter().find(|u| u.id == update).and_then(|u| u.corrects);
    incident.updates.retain(|u| u.id != update);
    for update in incident.updates.iter_mut().filter(|u| Some(u.id) == corrected) {
        update.withdrawn_at = None;
    }
    incident
}

/// Whether a draft takes everything back.
pub(super) fn says_nothing(draft: &LocalDraft) -> bool {
    draft.lines.0.is_empty() && draft.message.is_none() && draft.phone.is_none()
}
