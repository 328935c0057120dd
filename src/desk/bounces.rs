//! What a failure says about the address: people who left, and addresses that
//! take no messages any more.

use chrono::Duration;
use uuid::Uuid;

use super::{Desk, Result};
use crate::domain::delivery::{AddressFault, DeliveryState};
use crate::domain::returned::{Fate, Returned};
use crate::store::deliveries::{self, Delivery};
use crate::store::{Tx, duties, holding, subscribers};

/// So many different messages that failed for good within [`MEMORY`] count as
/// an address that is dead.
const DOUBTS: i64 = 3;
/// For how long a failure is remembered.
pub const MEMORY: Duration = Duration::days(30);
/// Why nothing is sent to an address that is suspended.
pub const TAKES_NONE: &str = "the address takes no messages";
/// How long a contact that is suspended is kept.
pub const SUSPENDED: Duration = Duration::days(90);

impl Desk {
    /// What names a delivery to whoever returns its mail.
    pub fn return_token(&self, delivery: Uuid) -> String {
        self.keys.mail_token("return", delivery)
    }

    /// Mail that came back, or a complaint. Gives whether it changed anything;
    /// reports about messages that we do not know change nothing.
    pub async fn take_back(&self, returned: &Returned) -> Result<bool> {
        let mut tx = self.db.write().await?;
        let tokens = returned.return_tokens.iter();
        let id = tokens.filter_map(|token| self.keys.read_mail_token("return", token)).next();
        let delivery = match id {
            Some(id) => deliveries::lock(&mut tx, id).await?,
            None => None,
        };
        let changed = match (&returned.fate, &delivery) {
            (Fate::Failed { reason, fault }, Some(delivery)) => {
                let failed = DeliveryState::Failed;
                let changed = self.returned_as(&mut tx, delivery, failed, Some(reason)).await?;
                if let (Some(fault), true) = (fault, changed) {
                    self.address_failed(&mut tx, delivery, *fault, reason).await?;
                }
                changed
            }
            (Fate::Delivered, Some(delivery)) => {
                self.returned_as(&mut tx, delivery, DeliveryState::Delivered, None).await?
            }
            (Fate::Complaint, _) => {
                let pages = returned.manage_tokens.iter();
                let by_page = pages.filter_map(|token| self.keys.read_token("manage", token)).next();
                let owner = match &delivery {
                    Some(delivery) => Some(self.owner_of(&mut tx, delivery).await?),
                    None => by_page,
                };
                match owner {
                    Some(subscriber) => self.complained(&mut tx, subscriber).await?,
                    None => false,
                }
            }
            _ => false,
        };
        tx.commit().await?;
        Ok(changed)
    }

    /// Moves a delivery forward, as [`Desk::receive`] does.
    async fn returned_as(
        &self,
        tx: &mut Tx,
        delivery: &Delivery,
        state: DeliveryState,
        reason: Option<&str>,
    ) -> Result<bool> {
        let reference = delivery.reference.as_deref().unwrap_or_default();
        let changed = deliveries::receipt(tx, delivery, state, reason, reference, self.now()).await?;
        if changed && state == DeliveryState::Delivered {
            self.address_works(tx, delivery).await?;
        }
        Ok(changed)
    }

    /// Whose contact point a message went to: of somebody on duty, theirs.
    async fn owner_of(&self, tx: &mut Tx, delivery: &Delivery) -> Result<Uuid> {
        let duty = duties::find(tx, delivery.target).await?;
        Ok(duty.map_or(delivery.target, |duty| duty.subscriber))
    }

    async fn complained(&self, tx: &mut Tx, subscriber: Uuid) -> Result<bool> {
        let Some(subscriber) = subscribers::lock(tx, subscriber).await? else { return Ok(false) };
        let there = subscriber.left_at.is_none();
        duties::end_all_of(tx, subscriber.id, self.now()).await?;
        self.end(tx, subscriber.id).await?;
        Ok(there)
    }

    /// A message failed because of its address.
    pub async fn address_failed(
        &self,
        tx: &mut Tx,
        delivery: &Delivery,
        fault: AddressFault,
        reason: &str,
    ) -> Result<()> {
        let now = self.now();
        let owner = self.owner_of(tx, delivery).await?;
        let Some(subscriber) = subscribers::lock(tx, owner).await? else { return Ok(()) };
        match fault {
            AddressFault::Left => return self.stop(tx, &subscriber).await,
            AddressFault::Dead => {}
            AddressFault::Doubtful => {
                subscribers::add_bounce(tx, delivery.id, subscriber.id, now).await?;
                if subscribers::count_bounces(tx, subscriber.id, now - MEMORY).await? < DOUBTS {
                    return Ok(());
                }
            }
        }
        subscribers::suspend(tx, subscriber.id, delivery.id, reason, now).await?;
        deliveries::suppress_target(tx, subscriber.id, TAKES_NONE, now).await?;
        Ok(())
    }

    /// A message arrived, whatever was said of it before: its address takes messages, and
    /// what was held back because it did not leaves. Who left stays away.
    pub(super) async fn address_works(&self, tx: &mut Tx, delivery: &Delivery) -> Result<()> {
        // Most messages arrive, and nobody ever doubted it.
        if !subscribers::is_in_doubt(tx, delivery.target, delivery.id).await? {
            return Ok(());
        }
        let owner = self.owner_of(tx, delivery).await?;
        let Some(subscriber) = subscribers::lock(tx, owner).await? else { return Ok(()) };
        if subscribers::lift(tx, subscriber.id, delivery.id).await? && subscriber.left_at.is_none() {
            holding::release_target(tx, subscriber.id, TAKES_NONE, self.now()).await?;
        }
        Ok(())
    }
}
