//! Which of the services that places of its kind have a place does not have.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::{Desk, DeskError, Result};
use crate::domain::line::Line;
use crate::domain::org::{Org, OrgCode};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::{self, organisations};

const NO_PLACE: DeskError = DeskError::NotFound("This organisation");

/// What a place says of: every place can be phoned or come to, and 999 and 111
/// are national.
pub fn asked_about(org: &Org) -> Vec<Line> {
    let always = |l: &Line| l.is_national() || [Line::Attend, Line::Phones].contains(l);
    Line::ALL.iter().copied().filter(|l| l.applies_to(org.kind) && !always(l)).collect()
}

impl Desk {
    /// The place, with what it lacks.
    pub async fn place(&self, who: &Actor, code: &OrgCode) -> Result<Arc<Org>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        who.may(Action::See, code, &directory).map_err(|_| NO_PLACE)?;
        directory.get(code).cloned().ok_or(NO_PLACE)
    }

    /// Says what a place does not have, in place of what stood. Its page, and every
    /// other form of it, no longer speaks of these lines.
    ///
    /// # Errors
    /// A line that places of this kind do not have, or that every one has.
    pub async fn set_lacks(&self, who: &Actor, code: &OrgCode, lacks: BTreeSet<Line>) -> Result<()> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        who.may(Action::See, code, &directory).map_err(|_| NO_PLACE)?;
        let org = directory.get(code).ok_or(NO_PLACE)?;
        who.may(Action::Publish, code, &directory)?;
        let asked = asked_about(org);
        if let Some(line) = lacks.iter().find(|line| !asked.contains(line)) {
            let detail = format!("{line} cannot be left out here.");
            return Err(DeskError::field("/lacks", detail));
        }
        if org.lacks == lacks {
            return Ok(());
        }
        let now = self.now();
        let entry = Entry::new("set_services", code, json!({"lacks": lacks, "before": org.lacks}));
        let org = Org { lacks, ..org.as_ref().clone() };
        organisations::put(&mut tx, &[&org], now).await?;
        store::bump(&mut tx, "directory").await?;
        audit::record(&mut tx, who, now, entry).await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(())
    }
}
