//! Looking at what one person published alone: it is left as it is, or taken back. Both are
//! kept with the decision, with who did it.

use serde_json::json;
use uuid::Uuid;

use super::approvals::is_same;
use super::local::LocalDraft;
use super::proposals::Content;
use super::seen::Seen;
use super::{Desk, DeskError, Result};
use crate::domain::approval::Standing;
use crate::domain::incident::LocalFacts;
use crate::domain::line::Lines;
use crate::domain::org::Directory;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::proposals::{self, Proposal};
use crate::store::{Tx, incidents, organisations};

impl Desk {
    /// Somebody else has looked at what one person published alone.
    pub async fn review(&self, who: &Actor, id: Uuid) -> Result<()> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        self.looked_at(&mut tx, who, (id, Standing::Reviewed), &directory).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Marks as looked at what one person published alone, by somebody who had no
    /// part in it.
    async fn looked_at(
        &self,
        tx: &mut Tx,
        who: &Actor,
        (id, found): (Uuid, Standing),
        directory: &Directory,
    ) -> Result<Proposal> {
        let proposal = self.seen(tx, who, id, true, directory).await?;
        who.may(Action::Approve, &proposal.organisation, directory)?;
        if had_a_part(&proposal, who) {
            return Err(DeskError::Second);
        }
        if !self.found(tx, who, id, found).await? {
            return Err(DeskError::Conflict("Nothing has to be looked at here.".into()));
        }
        Ok(proposal)
    }

    /// Keeps what whoever looked at it found. Gives whether it was still to be looked at.
    async fn found(&self, tx: &mut Tx, who: &Actor, id: Uuid, found: Standing) -> Result<bool> {
        let now = self.now();
        let is_first = proposals::review(tx, id, found, who, now).await?;
        if is_first {
            audit::record(tx, who, now, Entry::new("review", id, json!({"found": found}))).await?;
        }
        Ok(is_first)
    }

    /// Somebody takes back what one person published alone. Where they had no part in it, they
    /// have looked at it, and nobody else is waited for.
    pub(super) async fn looked_at_by_taking_back(&self, tx: &mut Tx, who: &Actor, id: Uuid) -> Result<()> {
        // Not locked: whoever decides has the proposal first and the incident then.
        let alone = proposals::find(tx, id, false).await?.filter(|p| p.standing == Standing::BrokeGlass);
        if alone.is_some_and(|p| !had_a_part(&p, who)) {
            self.found(tx, who, id, Standing::TakenBack).await?;
        }
        Ok(())
    }

    /// Whoever looks at lines that one person published alone finds them wrong: what
    /// stood before stands again for as long as it was said to, or else nothing. Two
    /// people have a part in that, and nobody else is waited for.
    pub async fn take_lines_back(&self, who: &Actor, id: Uuid) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let proposal = self.looked_at(&mut tx, who, (id, Standing::TakenBack), &directory).await?;
        let Content::Lines(draft) = Content::of(&proposal)? else {
            return Err(DeskError::Conflict("Only lines are taken back here.".into()));
        };
        let org = &proposal.organisation;
        organisations::lock(&mut tx, org).await?;
        let words = incidents::words_of(&mut tx, org).await?;
        let Some(stands) = words.into_iter().find(|word| says(word, &draft)) else {
            let detail = "Somebody has said something else since. Look at what stands now.";
            return Err(DeskError::Conflict(detail.into()));
        };
        let before = Seen::kept(&proposal).and_then(|seen| seen.before);
        let before = before.filter(|b| b.expires_at.is_some_and(|at| at > now)).unwrap_or_default();
        let mut facts = self.local_facts(&mut tx, who, org, &before, &directory).await?;
        // It stands as whoever said it before.
        facts.by = stands.by;
        self.keep_lines(&mut tx, who, &facts).await?;
        audit::record(&mut tx, who, now, Entry::new("take_lines_back", id, json!({}))).await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(())
    }
}

/// Whether local facts are those of a draft, and nothing newer.
fn says(facts: &LocalFacts, draft: &LocalDraft) -> bool {
    let plain = |lines: &Lines| -> Vec<_> {
        let said = lines.0.iter().map(|(line, s)| (*line, s.state.key, s.words.clone(), s.session));
        said.collect()
    };
    let phone = draft.phone.as_deref().map(str::trim).filter(|p| !p.is_empty());
    plain(&facts.lines) == plain(&draft.lines)
        && facts.message == draft.message.as_ref().map(Written::trimmed)
        && facts.phone.as_deref() == phone
}

/// Whether somebody wrote, changed or published it.
fn had_a_part(proposal: &Proposal, who: &Actor) -> bool {
    let by = [Some(&proposal.author), Some(&proposal.editor), proposal.decided_by.as_ref()];
    by.into_iter().flatten().any(|a| is_same(a, who))
}
