//! Whom to ask at a site: the contact points of its staff on duty.
//!
//! A contact point may be a patient's too. The two never mix: following a place
//! puts nobody on duty, being on duty brings no news, and leaving one leaves
//! the other as it is. Only a STOP by text ends both.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::subscribe::new_subscriber;
use super::{Desk, DeskError, Result, contact};
use crate::domain::FieldError;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::{Channel, Contact};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::duties::{self, Duty};
use crate::store::{Tx, deliveries, subscribers};
use crate::words;

/// The longest label, in characters.
const MAX_LABEL: usize = 60;
/// The most contact points of one organisation.
const MAX_EACH: usize = 20;
const NO_CONTACT: DeskError = DeskError::NotFound("This contact");

/// A contact point as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct DutyDraft {
    pub channel: String,
    pub contact: String,
    pub label: String,
}

/// One contact point, for staff to see.
#[derive(Debug, Clone)]
pub struct OnDuty {
    pub id: Uuid,
    pub channel: Channel,
    /// Empty when the contact had to be erased.
    pub masked: String,
    pub label: String,
    /// The address takes messages, as far as anybody knows.
    pub takes_messages: bool,
}

impl Desk {
    /// The contact points of an organisation.
    pub async fn on_duty(&self, who: &Actor, code: &OrgCode) -> Result<Vec<OnDuty>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, &directory)?;
        let mut out = Vec::new();
        for (duty, subscriber) in duties::of(&mut tx, code).await? {
            let masked = match &subscriber.contact_sealed {
                Some(sealed) => self.contact(&subscriber, sealed)?.masked(),
                None => String::new(),
            };
            out.push(OnDuty {
                id: duty.id,
                channel: subscriber.channel,
                takes_messages: !masked.is_empty() && subscriber.suspended_at.is_none(),
                masked,
                label: duty.label,
            });
        }
        Ok(out)
    }

    /// Puts a contact point on duty, or gives one that is there a new label.
    pub async fn put_on_duty(&self, who: &Actor, code: &OrgCode, draft: &DutyDraft) -> Result<Uuid> {
        let (contact, label) = read(draft).map_err(DeskError::Invalid)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, &directory)?;
        let changed = self.put_duty(&mut tx, &contact, code, &label, now).await?;
        let all = duties::of(&mut tx, code).await?;
        if all.len() > MAX_EACH {
            let detail = format!("There are {MAX_EACH} contacts already. Remove one first.");
            return Err(DeskError::field("/contact", detail));
        }
        let hash = self.keys.index(contact.channel.as_str(), &contact.value);
        let own = |(_, s): &&(Duty, subscribers::Subscriber)| s.contact_hash.as_deref() == Some(&hash);
        let id = all.iter().find(own).map(|(duty, _)| duty.id).ok_or(NO_CONTACT)?;
        if changed {
            let detail = json!({"duty": id, "channel": contact.channel, "label": label});
            audit::record(&mut tx, who, now, Entry::new("put_on_duty", code, detail)).await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    /// The same without a check of who may; gives whether anything changed.
    pub(super) async fn put_duty(
        &self,
        tx: &mut Tx,
        contact: &Contact,
        code: &OrgCode,
        label: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let hash = self.keys.index(contact.channel.as_str(), &contact.value);
        let new = new_subscriber(contact.channel, hash, now);
        let mut subscriber = subscribers::lock_or_insert(tx, new).await?;
        if subscriber.contact_sealed.is_none() || subscriber.suspended_at.is_some() {
            // Somebody vouches for the address anew.
            subscriber.contact_sealed = Some(self.keys.seal(subscriber.id, contact.value.as_bytes())?);
            subscriber.suspended_at = None;
            subscribers::put(tx, &subscriber).await?;
        }
        let duty = Duty {
            id: self.new_id(),
            subscriber: subscriber.id,
            organisation: code.clone(),
            label: label.to_owned(),
        };
        Ok(duties::put(tx, &duty, now).await?)
    }

    /// Takes a contact point off duty; nothing more goes there. The contact is
    /// erased, unless it is on duty elsewhere or follows a place.
    pub async fn end_duty(&self, who: &Actor, code: &OrgCode, id: Uuid) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, &directory)?;
        let before = duties::find(&mut tx, id).await?.ok_or(NO_CONTACT)?;
        subscribers::lock(&mut tx, before.subscriber).await?;
        let ended = duties::end(&mut tx, code, id, now).await?.ok_or(NO_CONTACT)?;
        deliveries::suppress_target(&mut tx, id, "they are no longer on duty", now).await?;
        duties::forget_contact(&mut tx, ended.subscriber).await?;
        let detail = json!({"duty": id, "label": ended.label});
        audit::record(&mut tx, who, now, Entry::new("end_duty", code, detail)).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Reads what somebody typed. Every mistake is told.
pub(super) fn read(draft: &DutyDraft) -> std::result::Result<(Contact, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let channel = Channel::parse(draft.channel.trim()).filter(|c| [Channel::Email, Channel::Sms].contains(c));
    if channel.is_none() {
        errors.push(FieldError::new("/channel", "Choose text message or email."));
    }
    let label = draft.label.trim();
    if label.is_empty() || label.chars().count() > MAX_LABEL || label.chars().any(char::is_control) {
        let detail = format!("Enter what it is called, in at most {MAX_LABEL} characters.");
        errors.push(FieldError::new("/label", detail));
    }
    let channel_or_email = channel.unwrap_or(Channel::Email);
    match contact::read(channel_or_email, &draft.contact, "/contact", words::english()) {
        Ok(contact) if errors.is_empty() => return Ok((contact, label.to_owned())),
        Ok(_) => {}
        Err(error) if channel.is_some() => errors.push(error),
        Err(_) => {}
    }
    Err(errors)
}
