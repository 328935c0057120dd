//! What providers tell us afterwards. At least once, in any order, perhaps
//! before our own answer arrived: a state only ever moves forward.

use uuid::Uuid;

use super::{Desk, Result};
use crate::domain::delivery::{AddressFault, DeliveryState};
use crate::store::deliveries::Delivery;
use crate::store::{Tx, deliveries, references};

/// A provider's word on one message.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Whose word it is. Only of its own messages.
    pub provider: &'static str,
    /// Our own id, when the callback carries it.
    pub delivery: Option<Uuid>,
    /// The provider's id.
    pub reference: String,
    pub state: DeliveryState,
    pub reason: Option<String>,
    pub fault: Option<AddressFault>,
}

impl Desk {
    /// Applies a receipt. Gives whether it changed anything; receipts for
    /// messages that we do not know change nothing.
    pub async fn receive(&self, receipt: &Receipt) -> Result<bool> {
        let mut tx = self.db.write().await?;
        let theirs = |d: &Delivery| d.provider.as_deref() == Some(receipt.provider);
        let Some(delivery) = meant(&mut tx, receipt).await?.filter(theirs) else { return Ok(false) };
        let reason = receipt.reason.as_deref();
        let changed =
            deliveries::receipt(&mut tx, &delivery, receipt.state, reason, &receipt.reference, self.now())
                .await?;
        if let (Some(fault), true) = (receipt.fault, changed) {
            self.address_failed(&mut tx, &delivery, fault, reason.unwrap_or_default()).await?;
        }
        if changed && receipt.state == DeliveryState::Delivered {
            self.address_works(&mut tx, &delivery).await?;
        }
        tx.commit().await?;
        Ok(changed)
    }
}

/// The message that a receipt is news of, locked: our own answer may be going on record at
/// this moment.
async fn meant(tx: &mut Tx, receipt: &Receipt) -> Result<Option<Delivery>> {
    let reference = &receipt.reference;
    let has_it = |d: &Delivery| d.reference.as_ref() == Some(reference);
    if let Some(delivery) = deliveries::find_by_reference(tx, reference).await?
        && let Some(delivery) = deliveries::lock(tx, delivery.id).await?.filter(has_it)
    {
        return Ok(Some(delivery));
    }
    if let Some(delivery) = references::find(tx, reference).await? {
        // About an attempt before the last: what became of it was told. Only that it
        // arrived after all is news, and then nothing follows; what is under way is.
        let arrived = receipt.state == DeliveryState::Delivered;
        let delivery = deliveries::lock(tx, delivery.id).await?;
        return Ok(delivery.filter(|d| arrived && d.state != DeliveryState::Sending));
    }
    // Before our own answer arrived there is no reference; one that differs belongs to
    // another attempt and says nothing about this.
    let Some(id) = receipt.delivery else { return Ok(None) };
    let is_of_it = |d: &Delivery| d.reference.as_ref().is_none_or(|own| own == reference) && d.attempt > 0;
    Ok(deliveries::lock(tx, id).await?.filter(is_of_it))
}
