//! Proposals as whoever decides sees them: what changes, whom it reaches, the
//! exact words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::Duration;
use uuid::Uuid;

use super::approvals::is_same;
use super::local::LocalDraft;
use super::planned::{PlanPreview, ReadyPlan};
use super::proposals::{Content, Shown};
use super::telling::{Reach, with_incident};
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::approval::Standing;
use crate::domain::facts::{self, Situation};
use crate::domain::incident::Incident;
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::message::Message;
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};
use crate::domain::planned::Planned;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::proposals::{self, Proposal, ProposalKind};
use crate::store::{Tx, incidents, planned};

/// How long a decision stays on the list.
const SHOWN_AFTERWARDS: Duration = Duration::days(7);

/// A line, what it is now, and what it would be.
pub type Change = (Line, Option<String>, String);

/// A proposal as somebody who decides sees it.
pub struct Laid {
    pub proposal: Proposal,
    pub content: Content,
    pub title: String,
    /// What the lines are now, and what they would be.
    pub changes: Vec<Change>,
    pub message: Option<Written>,
    pub reach: Reach,
    /// The name of one place, and the exact words for it; none of what tells
    /// nobody.
    pub sample: Option<(String, Message)>,
    /// Planned work, with what is said about it as its last step.
    pub plan: Option<Planned>,
    /// Why it could not be published as it stands.
    pub mistakes: Vec<FieldError>,
    pub may_approve: bool,
    /// They wrote it or changed it last.
    pub is_own: bool,
    pub may_break_glass: bool,
}

impl Desk {
    /// What waits, has to be looked at, or was decided lately, of theirs; and in
    /// whose name each is.
    pub async fn proposals(&self, who: &Actor) -> Result<Vec<(Proposal, String)>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut all = proposals::recent(&mut tx, self.now() - SHOWN_AFTERWARDS).await?;
        all.retain(|p| who.may(Action::See, &p.organisation, &directory).is_ok());
        let name = |code: &OrgCode| directory.name_of(code);
        Ok(all.into_iter().map(|p| (name(&p.organisation), p)).map(|(name, p)| (p, name)).collect())
    }

    /// What each of these proposals is about: the title of its incident or of its
    /// planned work, by the proposal's id.
    pub async fn subjects(&self, proposals: &[&Proposal]) -> Result<HashMap<Uuid, String>> {
        let mut tx = self.db.read().await?;
        let mut out = HashMap::new();
        for (id, about) in proposals.iter().filter_map(|p| Some((p.id, p.incident?))) {
            let title = match incidents::find(&mut tx, about, false).await? {
                Some(incident) => Some(incident.title.english),
                None => planned::find(&mut tx, about, false).await?.map(|planned| planned.title.english),
            };
            out.extend(title.map(|title| (id, title)));
        }
        Ok(out)
    }

    /// One proposal of theirs.
    pub async fn proposal(&self, who: &Actor, id: Uuid) -> Result<Proposal> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.seen(&mut tx, who, id, false, &directory).await
    }

    /// How many wait at or below an organisation.
    pub(super) async fn count_waiting(
        &self,
        tx: &mut Tx,
        at: &OrgCode,
        directory: &Directory,
    ) -> Result<usize> {
        let waiting = proposals::waiting(tx).await?;
        Ok(waiting.iter().filter(|code| directory.is_at_or_below(code, at)).count())
    }

    /// A proposal of theirs, laid out for whoever decides.
    pub async fn lay_out(&self, who: &Actor, id: Uuid) -> Result<Laid> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let proposal = self.seen(&mut tx, who, id, false, &directory).await?;
        let content = Content::of(&proposal)?;
        let is_own = [&proposal.author, &proposal.editor].iter().any(|a| is_same(a, who));
        let may = |action| who.may(action, &proposal.organisation, &directory).is_ok();
        let is_agreed = self.is_agreed(&mut tx, &proposal, &content, &directory).await?;
        let mut laid = Laid {
            title: String::new(),
            changes: Vec::new(),
            message: None,
            reach: Reach::default(),
            sample: None,
            plan: None,
            mistakes: Vec::new(),
            may_approve: may(Action::Approve) && !is_own,
            is_own,
            may_break_glass: may(Action::BreakGlass) && is_agreed,
            content,
            proposal,
        };
        match &laid.content {
            Content::Plan(_) | Content::PlanChange(_) | Content::Messages(Shown::Planned) => {
                self.fill_plan(&mut tx, &mut laid).await?;
            }
            _ => self.fill(&mut tx, &mut laid, &directory).await?,
        }
        drop(tx);
        Ok(laid)
    }

    /// What it says, against what stands, and whom it reaches.
    async fn fill(&self, tx: &mut Tx, laid: &mut Laid, directory: &Directory) -> Result<()> {
        let proposal = &laid.proposal;
        let id = proposal.incident.unwrap_or_default();
        let stands = incidents::find(tx, id, false).await?;
        let made = match &laid.content {
            Content::Declaration(d) if stands.is_none() => self.declared_as(tx, proposal, d).await.map(Some),
            Content::Update(draft) if proposal.standing == Standing::Waiting => {
                self.updated_as(tx, proposal, draft, false, directory).await.map(Some)
            }
            Content::Lines(draft) => {
                return self.fill_lines(tx, draft.clone(), laid, directory).await;
            }
            _ => Ok(stands.clone()),
        };
        match made {
            Ok(Some(incident)) => {
                let preview = self.preview_of(&proposal.author, incident.clone()).await?;
                laid.title.clone_from(&incident.title.english);
                let update = incident.updates.iter().find(|u| u.id == proposal.id);
                let update = update.or(incident.updates.last());
                let places = some_of_each_kind(&preview.reach.organisations, directory);
                laid.changes = match update {
                    Some(update) if places.is_empty() => differences(&Lines::default(), &update.lines, None),
                    Some(update) => {
                        let before = stands.filter(|_| proposal.kind == ProposalKind::Update);
                        let situation = incidents::situation(tx, self.now()).await?;
                        self.on_pages(&situation, &places, (before, &incident), &update.lines, directory)
                    }
                    None => Vec::new(),
                };
                laid.message = update.and_then(|u| u.message.clone());
                laid.reach = preview.reach;
                laid.sample = preview.sample.map(|s| (s.name.clone(), s.message().clone()));
            }
            Ok(None) => {}
            Err(DeskError::Invalid(mistakes)) => laid.mistakes = mistakes,
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl Desk {
    /// The same of lines that somebody sets.
    async fn fill_lines(
        &self,
        tx: &mut Tx,
        draft: Box<LocalDraft>,
        laid: &mut Laid,
        directory: &Directory,
    ) -> Result<()> {
        let organisation = &laid.proposal.organisation;
        let before = incidents::local_of(tx, organisation).await?;
        let before = before.map(|f| f.lines).unwrap_or_default();
        laid.changes = differences(&before, &draft.lines, Some("Nothing of your own"));
        laid.title = format!("Lines for all places below {}", directory.name_of(organisation));
        // The pages of places that have such a line.
        let has_it = |o: &Arc<Org>| draft.lines.0.keys().any(|line| o.has(*line));
        let changes = |c: &OrgCode| directory.get(c).is_some_and(|o| o.kind.sees_patients() && has_it(o));
        laid.reach.organisations = directory.below(organisation).into_iter().filter(changes).collect();
        laid.message = draft.message;
        Ok(())
    }

    /// The same of planned work.
    async fn fill_plan(&self, tx: &mut Tx, laid: &mut Laid) -> Result<()> {
        let proposal = &laid.proposal;
        let made = match (&laid.content, proposal.standing) {
            (Content::Plan(_) | Content::PlanChange(_), Standing::Waiting) => {
                self.planned_as(tx, proposal, &laid.content, false).await
            }
            _ => self.plan_as_it_stands(tx, proposal).await,
        };
        let ready = match made {
            Ok(Some(ready)) => ready,
            Ok(None) => return Ok(()),
            Err(DeskError::Invalid(mistakes)) => {
                laid.mistakes = mistakes;
                return Ok(());
            }
            Err(DeskError::Conflict(detail)) => {
                laid.mistakes = vec![FieldError::new("", detail)];
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let PlanPreview { planned, reach, sample } =
            self.preview_of_plan(tx, &proposal.author, &ready).await?;
        let step = planned.steps.last();
        laid.title.clone_from(&planned.title.english);
        laid.message = step.and_then(|s| s.message.clone()).or_else(|| planned.message.clone());
        let felt = planned.lines.0.iter().filter(|(_, setting)| setting.state.severity > 0);
        let felt = Lines(felt.map(|(line, setting)| (*line, setting.clone())).collect());
        laid.changes = differences(&Lines::default(), &felt, None);
        laid.sample = sample.map(|(_, name, message)| (name, message));
        (laid.reach, laid.plan) = (reach, Some(planned));
        Ok(())
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

    /// What pages say of the lines of an update with each of two stands of an incident,
    /// whatever else is said there; the first may be none at all. Each line is read on
    /// pages that have it.
    fn on_pages(
        &self,
        situation: &Situation,
        places: &[Arc<Org>],
        (before, after): (Option<Incident>, &Incident),
        said: &Lines,
        directory: &Directory,
    ) -> Vec<Change> {
        let now = self.now();
        let then = with_incident(situation, after.clone());
        let stands = match before {
            Some(before) => with_incident(situation, before),
            None => {
                let mut without = situation.clone();
                without.incidents.retain(|i| i.id != after.id);
                without
            }
        };
        let shown = |org, situation| {
            let view = facts::facts(org, situation, directory, &self.catalogue).at(now);
            Lines(view.lines.into_iter().map(|f| (f.line, f.setting)).collect())
        };
        let pages: Vec<(&Arc<Org>, [Lines; 2])> =
            places.iter().map(|org| (org, [shown(org, &stands), shown(org, &then)])).collect();
        let of_line = |line: &Line| {
            let having = pages.iter().filter(|(org, _)| org.has(*line));
            let mut outcomes = having.map(|(_, page)| on_page(page, said, *line)).collect::<Vec<_>>();
            // A place that says something else of itself is one of few.
            let changes = outcomes.iter().position(|o| matches!(o, Outcome::Changes(_)));
            (!outcomes.is_empty()).then(|| outcomes.swap_remove(changes.unwrap_or(0)))
        };
        said.0.keys().filter_map(of_line).filter_map(Outcome::change).collect()
    }
}

/// The most places of one kind that are looked at.
const LOOKED_AT: usize = 5;

/// A few places of each kind that is reached, the commonest kind first.
fn some_of_each_kind(reached: &[OrgCode], directory: &Directory) -> Vec<Arc<Org>> {
    let mut kinds: BTreeMap<OrgKind, Vec<Arc<Org>>> = BTreeMap::new();
    for org in reached.iter().filter_map(|code| directory.get(code)) {
        kinds.entry(org.kind).or_default().push(Arc::clone(org));
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|places| std::cmp::Reverse(places.len()));
    kinds.into_iter().flat_map(|places| places.into_iter().take(LOOKED_AT)).collect()
}

/// A line's state as staff read it.
fn label(lines: &Lines, line: Line) -> Option<String> {
    lines.get(line).map(Setting::for_staff)
}

/// What becomes of a line on a page.
enum Outcome {
    Changes(Change),
    /// Something else that is said wins.
    Stays(Change),
    /// It says so already.
    Same,
}

impl Outcome {
    fn change(self) -> Option<Change> {
        match self {
            Self::Changes(change) | Self::Stays(change) => Some(change),
            Self::Same => None,
        }
    }
}

/// What a page says of a line before and after. Where something else that is said wins,
/// it stays as it is, and that is said.
fn on_page([before, after]: &[Lines; 2], said: &Lines, line: Line) -> Outcome {
    let (was, is, said) = (label(before, line), label(after, line), label(said, line));
    let then = is.clone().unwrap_or_else(|| line.normal().label(crate::words::english()).to_owned());
    match () {
        () if was != is && was.as_ref() != Some(&then) => Outcome::Changes((line, was, then)),
        () if said.as_ref() == Some(&then) => Outcome::Same,
        () => {
            Outcome::Stays((line, was, format!("{then}. It stays, because of something else that is said")))
        }
    }
}

/// Lines that would change: the state now, and the state then, as staff read
/// them. `taken_back` says what becomes of those that are not named any more.
fn differences(before: &Lines, after: &Lines, taken_back: Option<&str>) -> Vec<Change> {
    let mut changes: Vec<Change> = after
        .0
        .keys()
        .filter_map(|line| Some((*line, label(before, *line), label(after, *line)?)))
        .filter(|(_, was, is)| was.as_ref() != Some(is))
        .collect();
    if let Some(then) = taken_back {
        let gone = before.0.keys().filter(|line| after.get(**line).is_none());
        changes.extend(gone.map(|line| (*line, label(before, *line), then.to_owned())));
    }
    changes
}
