//! Whether whoever wrote what waits for a second person is still there, and may still say it:
//! it is published in their name, by what they may do today.

use super::accounts::{actor, program};
use super::meanwhile::{Newer, Objection};
use super::{Desk, Result};
use crate::domain::org::Directory;
use crate::domain::user::{Action, Actor, Door};
use crate::store::Tx;
use crate::store::proposals::Proposal;
use crate::store::users;

impl Desk {
    /// Why a proposal can be published by nobody: who wrote it, or changed it last, is gone or
    /// lost the role.
    pub(super) async fn orphaned(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        directory: &Directory,
    ) -> Result<Option<Objection>> {
        let (author, editor) = (&proposal.author, &proposal.editor);
        for (who, did) in [(author, "wrote this"), (editor, "changed this last")] {
            let today = of_today(tx, who).await?;
            let lacks = match &today {
                None => "has no account here any more",
                Some(who) if who.may(Action::Publish, &proposal.organisation, directory).is_err() => {
                    "may not say it any more"
                }
                Some(_) => continue,
            };
            let detail = format!(
                "{}, who {did}, {lacks}. So nobody can approve it. Refuse it: somebody else may propose it again.",
                who.name
            );
            return Ok(Some(Objection { detail, newer: Some(Newer::Again) }));
        }
        Ok(None)
    }
}

/// Somebody as their account or token has it now; `None` where there is none that works.
async fn of_today(tx: &mut Tx, who: &Actor) -> Result<Option<Actor>> {
    Ok(match who.door {
        Door::Screen => {
            let user = users::find(tx, who.id).await?.filter(|user| user.disabled_at.is_none());
            user.as_ref().map(actor)
        }
        Door::Api => users::token(tx, who.id).await?.map(program),
        // Whoever is at the machine holds the keys.
        Door::CommandLine => Some(who.clone()),
        // By these nobody proposes anything.
        Door::Provider | Door::Link => None,
    })
}
