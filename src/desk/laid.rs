//! Proposals: what waits and what was decided, and one of them as whoever decides
//! sees it.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::approvals::is_same;
use super::meanwhile::{Newer, Objection};
use super::proposals::Content;
use super::seen::Seen;
use super::{Desk, Result};
use crate::domain::approval::Standing;
use crate::domain::incident::{Incident, Update};
use crate::domain::message::fit;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::user::{Action, Actor};
use crate::store::proposals::{self, Proposal, ProposalKind};
use crate::store::{Tx, incidents, planned};

/// How much of an update tells it from others, in characters.
const BEGINNING: usize = 60;
/// How long a decision stays on the list.
const SHOWN_AFTERWARDS: Duration = Duration::days(7);

/// A proposal as somebody who decides sees it.
pub struct Laid {
    pub proposal: Proposal,
    pub content: Content,
    /// It is not about messages that were stopped or taken back, or whose place a newer
    /// update has taken.
    pub is_needed: bool,
    /// What it says and whom it reaches; of what was decided, as it was seen then.
    pub seen: Seen,
    /// Why it could not be published as it stands.
    pub objections: Vec<Objection>,
    pub may_approve: bool,
    /// They wrote it or changed it last.
    pub is_own: bool,
    pub may_break_glass: bool,
    /// It is a correction, which an update follows and nobody takes back.
    pub is_correction: bool,
    /// Who took back what it published, and when.
    pub taken_back: Option<(String, DateTime<Utc>)>,
}

/// The title of an incident; of messages also how their update begins.
fn titled(incident: &Incident, p: &Proposal) -> String {
    let update = incident.updates.iter().find(|u| u.id == p.id && p.kind == ProposalKind::Messages);
    let words = update.and_then(|u| u.message.as_ref());
    let begins = words.map(|m| format!(": {}", fit(&m.english, BEGINNING, |text| text.chars().count())));
    format!("{}{}", incident.title.english, begins.unwrap_or_default())
}

/// Who took back what a proposal published, and when.
async fn taken_back(tx: &mut Tx, updates: &[Update], id: Uuid) -> Result<Option<(String, DateTime<Utc>)>> {
    let Some(correction) = updates.iter().find(|u| u.corrects == Some(id)) else { return Ok(None) };
    let name = incidents::author_of(tx, correction.id).await?;
    Ok(name.map(|name| (name, correction.published_at)))
}

impl Desk {
    /// What waits, has to be looked at, or was decided lately, of theirs; and in
    /// whose name each is.
    pub async fn proposals(&self, who: &Actor) -> Result<Vec<(Proposal, String)>> {
        self.proposals_since(who, self.now() - SHOWN_AFTERWARDS).await
    }

    /// The same with what was decided since a time: all of it stays on record.
    pub async fn proposals_since(
        &self,
        who: &Actor,
        since: DateTime<Utc>,
    ) -> Result<Vec<(Proposal, String)>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut all = proposals::recent(&mut tx, since).await?;
        all.retain(|p| who.may(Action::See, &p.organisation, &directory).is_ok());
        let name = |code: &OrgCode| directory.name_of(code);
        Ok(all.into_iter().map(|p| (name(&p.organisation), p)).map(|(name, p)| (p, name)).collect())
    }

    /// What each of these proposals is about: the title of its incident or of its
    /// planned work, and of messages how their update begins, by the proposal's id.
    pub async fn subjects(&self, proposals: &[&Proposal]) -> Result<HashMap<Uuid, String>> {
        let mut tx = self.db.read().await?;
        let mut out = HashMap::new();
        for (p, about) in proposals.iter().filter_map(|p| Some((p, p.incident?))) {
            let id = p.id;
            let title = match incidents::find(&mut tx, about, false).await? {
                Some(incident) => Some(titled(&incident, p)),
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
        let is_agreed = self.not_agreed(&mut tx, &proposal, &content, &directory).await?.is_none();
        let (seen, objections) = match Seen::kept(&proposal) {
            Some(seen) => (seen, Vec::new()),
            None => self.look(&mut tx, &proposal, &content, &directory).await?,
        };
        let waits = proposal.standing == Standing::Waiting;
        let is_orphaned = objections.iter().any(|o| o.newer == Some(Newer::Again));
        let is_needed = !waits || proposals::is_needed(&mut tx, id).await?;
        let about = incidents::find(&mut tx, proposal.incident.unwrap_or_default(), false).await?;
        let updates = about.map(|incident| incident.updates).unwrap_or_default();
        let is_correction = updates.iter().any(|u| u.id == id && u.corrects.is_some());
        let taken_back = taken_back(&mut tx, &updates, id).await?;
        drop(tx);
        Ok(Laid {
            is_correction,
            taken_back,
            seen,
            objections: if waits { objections } else { Vec::new() },
            is_needed,
            may_approve: may(Action::Approve) && !is_own,
            is_own,
            may_break_glass: may(Action::BreakGlass) && is_agreed && !is_orphaned,
            content,
            proposal,
        })
    }
}
