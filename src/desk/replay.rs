//! Sending a webhook's message once more, because somebody asked for it.

use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::channel::Channel;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::{accounts, broadcasts, deliveries};

impl Desk {
    /// Puts a message to a webhook back into the queue, under the same
    /// `webhook-id`: a receiver that has it drops it. A newer update does not
    /// hold it back, a withdrawal does.
    pub async fn replay(&self, who: &Actor, id: Uuid) -> Result<()> {
        let now = self.now();
        let conflict = |why: &str| Err(DeskError::Conflict(why.into()));
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let none = || DeskError::NotFound("This message");
        let delivery = deliveries::find(&mut tx, id).await?.ok_or_else(none)?;
        who.may(Action::See, &delivery.organisation, &directory).map_err(|_| none())?;
        who.may(Action::Administer, &delivery.organisation, &directory)?;
        if delivery.channel != Channel::Webhook {
            return conflict("Only messages to webhooks can be sent again. People would get a copy.");
        }
        match accounts::lock(&mut tx, &delivery.organisation, delivery.target).await? {
            None => return conflict("This webhook was removed."),
            Some(account) if account.health.stopped_at.is_some() => {
                return conflict("This webhook is turned off. Turn it on first.");
            }
            Some(_) => {}
        }
        let broadcast = broadcasts::find(&mut tx, delivery.broadcast).await?.ok_or_else(none)?;
        if broadcast.epoch != delivery.epoch {
            return conflict("This update was withdrawn. It is not sent again.");
        }
        let life = chrono::Duration::from_std(Channel::Webhook.about().lifetime).unwrap_or_default();
        if !deliveries::replay(&mut tx, id, now, now + life).await? {
            return conflict("This message is on its way.");
        }
        let entry = Entry::new("replay", id, json!({"organisation": delivery.organisation}));
        audit::record(&mut tx, who, now, entry).await?;
        tx.commit().await?;
        self.signals.outbox.notify_waiters();
        self.signals.outbox.notify_one();
        Ok(())
    }
}
