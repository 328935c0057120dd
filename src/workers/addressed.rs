//! Where a message goes, with the words that only its reader gets.

use chrono::{DateTime, Utc};

use super::prepare::Batch;
use crate::desk::{Desk, Result};
use crate::domain::call::Reason;
use crate::domain::delivery::{Address, DeliveryState};
use crate::domain::message::Message;
use crate::domain::subscriber::Channel;
use crate::store::calls::Called;
use crate::store::deliveries::Delivery;
use crate::store::subscribers::Subscriber;

/// Where a call goes, and its words with the link filled in; or why it is not
/// sent. Who follows a place plays no part.
pub(super) fn call(
    desk: &Desk,
    d: &Delivery,
    batch: &Batch,
    message: &Message,
) -> std::result::Result<(Address, Message), (DeliveryState, &'static str)> {
    let Some(call) = batch.calls.get(&d.id) else {
        return Err((DeliveryState::Failed, "what it was about is missing"));
    };
    if batch.needless.contains(&d.id) {
        let why = match call.reason {
            Reason::Reminder => "they have said more, or it is over",
            _ => "they have answered, or it is over",
        };
        return Err((DeliveryState::Suppressed, why));
    }
    let value = match batch.called.get(&d.id) {
        None => return Err((DeliveryState::Suppressed, "they are no longer on duty")),
        Some(Called::Staff(email)) => email.clone(),
        Some(Called::OnDuty(subscriber)) => {
            let sealed = subscriber.contact_sealed.as_ref();
            let sealed = sealed.ok_or((DeliveryState::Suppressed, "they are no longer on duty"))?;
            let contact = desk.contact(subscriber, sealed);
            contact.map_err(|_| (DeliveryState::Failed, "the contact cannot be read"))?.value
        }
    };
    let to = match d.channel {
        Channel::Sms => Address::Sms(value),
        _ => Address::Email(value),
    };
    Ok((to, desk.fill_call(call, &d.organisation, message)))
}

/// Where to, and the words with their secrets filled in; `None` once they
/// left. Whoever has not confirmed gets nothing but their code.
pub(super) fn address(
    desk: &Desk,
    code_sent_at: Option<DateTime<Utc>>,
    s: &Subscriber,
    message: &Message,
) -> Result<Option<(Address, Message)>> {
    let Some(sealed) = s.contact_sealed.as_ref() else { return Ok(None) };
    let message = match code_sent_at {
        Some(sent_at) => desk.reveal(s.id, sent_at, message),
        None if !s.is_active() => return Ok(None),
        None => desk.fill_way_out(message.clone(), s.id),
    };
    let contact = desk.contact(s, sealed)?;
    Ok(Some(match s.channel {
        Channel::Sms => (Address::Sms(contact.value), message),
        Channel::WhatsApp => (Address::WhatsApp(contact.value), message),
        Channel::Push => (Address::Push(Desk::browser(&contact)?), message),
        _ => (Address::Email(contact.value), message),
    }))
}
