//! From an update to the outbox, and whom that reaches.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::telling::Reach;
use super::{Desk, Result};
use crate::domain::cascade;
use crate::domain::delivery::Lane;
use crate::domain::incident::{Incident, Kind, Target, Update};
use crate::domain::org::Directory;
use crate::store::broadcasts::{self, Broadcast, BroadcastKind};
use crate::store::{Tx, holding, incidents, overtaking};

impl Desk {
    /// Puts an update into the outbox, over what was still waiting of the same
    /// incident. Exercises and tests never get there (hazard H9).
    /// With `waits` its messages leave once a second person agrees.
    pub(super) async fn publish(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        update: &Update,
        lane: Lane,
        waits: bool,
    ) -> Result<()> {
        if incident.kind != Kind::Live {
            return Ok(());
        }
        let broadcast = Broadcast {
            id: update.id,
            kind: BroadcastKind::Update,
            incident: Some(incident.id),
            update: Some(update.id),
            planned: None,
            step: None,
            corrects: update.corrects,
            lane: lane.order(),
            content_hash: content_hash(incident, update),
            epoch: 0,
            created_at: update.published_at,
            cursor: None,
            social_done: false,
            expanded_at: None,
            superseded_at: None,
            place: None,
            lifted: Vec::new(),
        };
        broadcasts::insert(tx, &broadcast).await?;
        if waits {
            holding::wait_for_approval(tx, broadcast.id, update.published_at).await?;
        }
        if update.corrects.is_none() {
            overtaking::supersede(tx, incident.id, broadcast.id, waits, update.published_at).await?;
        }
        Ok(())
    }

    /// The reach for the answer to a post. It is published already, so nothing
    /// may fail any more: an error would invite a second post.
    pub(super) async fn reach_after(&self, incident: &Incident, directory: &Directory) -> Reach {
        let counted = async {
            let mut tx = self.db.read().await?;
            self.reach_of(&mut tx, incident, directory).await
        };
        match counted.await {
            Ok(reach) => reach,
            Err(error) => {
                tracing::warn!(%error, "published, but its reach could not be counted");
                let organisations = cascade::reach(&incident.target, directory, &self.catalogue);
                Reach { organisations, ..Reach::default() }
            }
        }
    }

    /// Whom an incident reaches now, counted outside the writing transaction.
    pub(super) async fn reach_of(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Reach> {
        let situation = incidents::situation(tx, self.now()).await?;
        let organisations = cascade::reach(&incident.target, directory, &self.catalogue);
        let recipients = if incident.kind == Kind::Live {
            let told = cascade::audience(incident, &situation.responses, directory, &self.catalogue);
            self.count_recipients(tx, &told, &incident.declared_by, &incident.lines_told(), self.now())
                .await?
        } else {
            Default::default()
        };
        Ok(Reach { organisations, recipients, ..Reach::default() })
    }
}

/// What is told, to whom and on what: a change of any gives another hash.
fn content_hash(incident: &Incident, update: &Update) -> Vec<u8> {
    let content = json!({
        "incident": incident.id,
        "title": incident.title,
        "system": incident.target.system(),
        "scope": incident.target.scope(),
        "organisations": match &incident.target {
            Target::Named { organisations, .. } => Some(organisations),
            _ => None,
        },
        "state": update.stage,
        "lines": update.lines,
        "message": update.message,
        "next_update_by": update.next_update_by,
        "corrects": update.corrects,
    });
    Sha256::digest(content.to_string().as_bytes()).to_vec()
}
