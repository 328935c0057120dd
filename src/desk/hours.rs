//! When an organisation is open, and by when it promises the next update.

use serde_json::json;

use super::{Desk, DeskError, Result};
use crate::domain::hours::{Hours, Promise, promise};
use crate::domain::org::OrgCode;
use crate::domain::time::london;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::{Tx, hours};

const NO_PLACE: DeskError = DeskError::NotFound("This organisation");

impl Desk {
    /// When the next update is due, unless its author says: by the hours of
    /// whoever speaks.
    pub(super) async fn promise(&self, tx: &mut Tx, speaker: &OrgCode) -> Result<Promise> {
        let hours = hours::of(tx, speaker).await?;
        Ok(promise(hours.as_ref(), self.now()))
    }

    /// The same for a form, before anything is posted.
    pub async fn usual_promise(&self, who: &Actor) -> Result<Promise> {
        let mut tx = self.db.read().await?;
        self.promise(&mut tx, &who.organisation).await
    }

    /// When an organisation is open; `None` where nobody has said.
    pub async fn hours(&self, who: &Actor, code: &OrgCode) -> Result<Option<Hours>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(NO_PLACE)?;
        who.may(Action::See, code, &directory).map_err(|_| NO_PLACE)?;
        Ok(hours::of(&mut tx, code).await?)
    }

    /// Says when an organisation is open, in place of what stood. Hours on no day
    /// at all take everything back.
    pub async fn set_hours(&self, who: &Actor, code: &OrgCode, wanted: Hours) -> Result<Option<Hours>> {
        let now = self.now();
        let wanted = wanted.tidied(london(now).date_naive());
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(NO_PLACE)?;
        who.may(Action::See, code, &directory).map_err(|_| NO_PLACE)?;
        who.may(Action::Publish, code, &directory)?;
        let errors = wanted.check();
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let wanted = Some(wanted).filter(|hours| !hours.is_empty());
        if hours::of(&mut tx, code).await? == wanted {
            return Ok(wanted);
        }
        match &wanted {
            Some(wanted) => hours::put(&mut tx, code, wanted, &who.name, now).await?,
            None => hours::remove(&mut tx, code).await?,
        }
        audit::record(&mut tx, who, now, Entry::new("set_hours", code, json!({"hours": wanted}))).await?;
        tx.commit().await?;
        Ok(wanted)
    }
}
