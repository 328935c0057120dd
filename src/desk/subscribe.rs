//! Signing up and confirming. Leaving is in `manage`.
//!
//! Whoever asks gets the same answer, whether the contact is known or not.
//! Nothing is sent to a contact, but its code, before the person has answered.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use uuid::Uuid;

use super::confirmation::code_message;
use super::manage::Managed;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::delivery::{DeliveryState, Lane, lifetime};
use crate::domain::message::Message;
use crate::domain::org::{Org, OrgCode};
use crate::domain::subscriber::{Channel, Contact, Services};
use crate::domain::user::Actor;
use crate::store::Tx;
use crate::store::audit::{self, Entry};
use crate::store::broadcasts::{self, Broadcast, BroadcastKind};
use crate::store::deliveries::{self, Delivery};
use crate::store::subscribers::{self, Subscriber};
use crate::words::{self, Locale, Words};

/// How long a code or a confirmation link is good.
pub const CODE_LIFE: Duration = Duration::hours(24);
/// How soon a code may be sent again.
const CODE_AGAIN: Duration = Duration::minutes(2);
/// How many codes a contact may get without answering, and for how long after
/// the last one there is none.
const MAX_UNANSWERED: i32 = 3;
const FORGOTTEN: Duration = Duration::hours(24);
/// How often a code may be tried.
const MAX_TRIES: i32 = 5;

/// A sign-up as somebody typed it.
#[derive(Debug, Clone)]
pub struct SignUp {
    pub channel: String,
    pub contact: String,
    pub locale: String,
    /// The services of a hospital that were chosen, by the names of their lines.
    pub services: Vec<String>,
}

/// What the page needs in order to ask for the code.
#[derive(Debug, Clone)]
pub struct CodeSent {
    /// Names the sign-up, without being worth anything to anybody else.
    pub sign_up: String,
    pub channel: Channel,
    pub organisation: String,
}

impl Desk {
    /// Asks for messages about an organisation; sends a code or a link.
    pub async fn subscribe(&self, code: &OrgCode, sign_up: &SignUp) -> Result<CodeSent> {
        let now = self.now();
        let contact = read_sign_up(sign_up)?;
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        let hash = self.keys.index(contact.channel.as_str(), &contact.value);
        let new = new_subscriber(contact.channel, hash, now);
        let mut subscriber = subscribers::lock_or_insert(&mut tx, new).await?;
        // Without a code nothing changes: a stranger may be asking.
        if may_send(&subscriber, now) {
            if subscriber.contact_sealed.is_none() {
                subscriber.contact_sealed = Some(self.keys.seal(subscriber.id, contact.value.as_bytes())?);
            }
            if subscriber.left_at.is_some() {
                // They stay out, of imports too, until they answer the code.
                subscriber.confirmed_at = None;
            }
            if !subscriber.is_active() {
                subscriber.locale = sign_up.locale.clone();
            }
            subscriber.codes_unanswered = unanswered(&subscriber, now) + 1;
            subscriber.code_sent_at = Some(now);
            subscribers::put(&mut tx, &subscriber).await?;
            let services = Services::chosen(org, sign_up.services.iter().map(String::as_str));
            subscribers::ask(&mut tx, subscriber.id, code, (&services, &sign_up.locale), now).await?;
            // Theirs only once they have answered; the question is in the one they chose.
            subscriber.locale.clone_from(&sign_up.locale);
            let w = words::of(Locale::parse(&subscriber.locale).unwrap_or_default());
            let message = code_message(org, &self.page_url_in(&org.code, w.locale), w);
            self.queue_for(&mut tx, &subscriber, &message, org, now).await?;
        }
        tx.commit().await?;
        self.signals.ring();
        Ok(CodeSent {
            sign_up: self.keys.token("sign-up", subscriber.id),
            channel: contact.channel,
            organisation: org.name.clone(),
        })
    }

    /// Puts a message for one person into the outbox: a code, with marks in
    /// place of its secrets, or a greeting.
    pub(super) async fn queue_for(
        &self,
        tx: &mut Tx,
        s: &Subscriber,
        message: &Message,
        org: &Org,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let id = self.new_id();
        let lane = Lane::Confirmation;
        let broadcast = Broadcast {
            id,
            kind: BroadcastKind::Confirmation,
            incident: None,
            update: None,
            planned: None,
            step: None,
            corrects: None,
            lane: lane.order(),
            content_hash: Vec::new(),
            epoch: 0,
            created_at: now,
            cursor: None,
            social_done: true,
            expanded_at: Some(now),
            superseded_at: None,
            place: None,
            lifted: Vec::new(),
        };
        broadcasts::insert(tx, &broadcast).await?;
        let audience = (org.code.clone(), s.locale.clone());
        broadcasts::put_messages(tx, id, &[(audience, message.clone().into())]).await?;
        let life = Duration::from_std(lifetime(s.channel, lane)).unwrap_or(CODE_LIFE);
        let delivery = Delivery {
            id: self.new_id(),
            broadcast: id,
            target: s.id,
            channel: s.channel,
            organisation: org.code.clone(),
            locale: s.locale.clone(),
            lane: lane.order(),
            state: DeliveryState::Queued,
            reason: None,
            made_at: now,
            due_at: now,
            first_due_at: None,
            deadline_at: now + life,
            epoch: 0,
            attempt: 0,
            look_ups: 0,
            reference: None,
            provider: None,
            is_replay: false,
            is_last: false,
        };
        deliveries::insert(tx, &[delivery]).await?;
        Ok(())
    }

    /// When the code was sent that this delivery carries, while it waits for an
    /// answer: a newer one for the same place takes its place.
    pub async fn live_code(&self, tx: &mut Tx, d: &Delivery) -> Result<Option<DateTime<Utc>>> {
        let asked = subscribers::asked_by(tx, d.target).await?;
        let own = asked.iter().find(|a| a.organisation == d.organisation && a.sent_at == d.made_at);
        Ok(own.map(|a| a.sent_at))
    }

    /// Confirms by the code from the message, which serves the organisation
    /// alone that it was sent for.
    pub async fn confirm_by_code(
        &self,
        org: &OrgCode,
        sign_up: &str,
        code: &str,
        w: &'static Words,
    ) -> Result<Managed> {
        let id = self.keys.read_token("sign-up", sign_up).ok_or(DeskError::NotFound("This sign-up"))?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let subscriber = subscribers::lock(&mut tx, id).await?.ok_or(DeskError::NotFound("This sign-up"))?;
        let mut asked = subscribers::asked_by(&mut tx, id).await?;
        asked.retain(|a| a.organisation == *org && a.sent_at + CODE_LIFE > now && a.tries < MAX_TRIES);
        let Some(asked) = asked.first() else {
            return Err(DeskError::field("/code", w.get("code-is-old")));
        };
        let typed: String = super::contact::plain_digits(code).chars().filter(char::is_ascii_digit).collect();
        let (right, _) = self.code_secrets(id, asked.sent_at);
        if !crate::secrets::same(&typed, &right) {
            subscribers::count_try(&mut tx, id, org).await?;
            tx.commit().await?;
            return Err(DeskError::field("/code", w.get("code-is-wrong")));
        }
        self.confirm(tx, subscriber, org, now).await
    }

    /// The channel of a sign-up and its contact, masked, for asking again.
    pub async fn sign_up(&self, sign_up: &str) -> Result<(Channel, String)> {
        let id = self.keys.read_token("sign-up", sign_up).ok_or(DeskError::NotFound("This sign-up"))?;
        let mut tx = self.db.read().await?;
        let subscriber = subscribers::find(&mut tx, id).await?;
        let subscriber = subscriber.ok_or(DeskError::NotFound("This sign-up"))?;
        let masked = match &subscriber.contact_sealed {
            Some(sealed) => self.contact(&subscriber, sealed)?.masked(),
            None => String::new(),
        };
        Ok((subscriber.channel, masked))
    }

    /// What a confirmation link would confirm: whose, and which place. Changes
    /// nothing.
    pub async fn look_at_confirmation(&self, token: &str) -> Result<(Managed, Arc<Org>)> {
        let mut tx = self.db.read().await?;
        let (id, org) = self.asked_by_link(&mut tx, token).await?;
        drop(tx);
        Ok((self.manage(&self.keys.token("manage", id)).await?, org))
    }

    /// Confirms by the link from the message. Gives the place that it was for.
    pub async fn confirm_by_link(&self, token: &str) -> Result<(Managed, Arc<Org>)> {
        let gone = || DeskError::NotFound("This link");
        let (id, _) = self.read_confirm_token(token).ok_or_else(gone)?;
        let mut tx = self.db.write().await?;
        let subscriber = subscribers::lock(&mut tx, id).await?.ok_or_else(gone)?;
        let (_, org) = self.asked_by_link(&mut tx, token).await?;
        Ok((self.confirm(tx, subscriber, &org.code, self.now()).await?, org))
    }

    /// Who was sent a link, and for which place, while it waits for an answer.
    async fn asked_by_link(&self, tx: &mut Tx, token: &str) -> Result<(Uuid, Arc<Org>)> {
        let gone = || DeskError::NotFound("This link");
        let (id, sent_at) = self.read_confirm_token(token).ok_or_else(gone)?;
        if sent_at + CODE_LIFE <= self.now() {
            return Err(gone());
        }
        let asked = subscribers::asked_by(tx, id).await?;
        let asked = asked.iter().find(|a| a.sent_at == sent_at).ok_or_else(gone)?;
        let directory = self.directory(tx).await?;
        Ok((id, Arc::clone(directory.get(&asked.organisation).ok_or_else(gone)?)))
    }

    async fn confirm(
        &self,
        mut tx: Tx,
        mut s: Subscriber,
        org: &OrgCode,
        now: DateTime<Utc>,
    ) -> Result<Managed> {
        if s.left_at.is_some() {
            // What they followed before they left stays left.
            subscribers::forget_subscriptions(&mut tx, s.id).await?;
        }
        s.confirmed_at = s.confirmed_at.or(Some(now));
        s.left_at = None;
        s.suspended_at = None;
        s.code_sent_at = None;
        s.codes_unanswered = 0;
        if let Some(locale) = subscribers::locale_asked(&mut tx, s.id, org).await? {
            s.locale = locale;
        }
        subscribers::put(&mut tx, &s).await?;
        subscribers::confirm_subscription(&mut tx, s.id, org, now).await?;
        tx.commit().await?;
        self.manage(&self.keys.token("manage", s.id)).await
    }

    /// Adds somebody who has already consented elsewhere. Who has left stays
    /// out. Gives whether anything changed.
    pub(super) async fn add_consented(
        &self,
        tx: &mut Tx,
        contact: &Contact,
        locale: &str,
        org: &OrgCode,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let hash = self.keys.index(contact.channel.as_str(), &contact.value);
        let new = new_subscriber(contact.channel, hash, now);
        let mut s = subscribers::lock_or_insert(tx, new).await?;
        if s.left_at.is_some() {
            return Ok(false);
        }
        if !s.is_active() {
            s.contact_sealed = Some(self.keys.seal(s.id, contact.value.as_bytes())?);
            s.confirmed_at = Some(now);
            s.suspended_at = None;
            s.locale = locale.to_owned();
            subscribers::put(tx, &s).await?;
        }
        Ok(subscribers::add_confirmed(tx, s.id, org, now).await?)
    }

    /// Notes an import in the audit chain.
    pub(super) async fn note_subscribers(&self, tx: &mut Tx, who: &Actor, added: usize) -> Result<()> {
        let entry = Entry::new("import_subscribers", "subscribers", json!({"added": added}));
        Ok(audit::record(tx, who, self.now(), entry).await?)
    }
}

fn read_sign_up(sign_up: &SignUp) -> Result<Contact> {
    let mut errors = Vec::new();
    let w = words::of(Locale::parse(&sign_up.locale).unwrap_or_default());
    let channel = Channel::parse(&sign_up.channel).filter(|c| c.is_typed());
    if channel.is_none() {
        errors.push(FieldError::new("/channel", w.get("choose-channel")));
    }
    if Locale::parse(&sign_up.locale).is_none() {
        errors.push(FieldError::new("/locale", w.get("choose-language")));
    }
    let contact = super::contact::read(channel.unwrap_or(Channel::Email), &sign_up.contact, "/contact", w);
    match contact {
        Ok(contact) if errors.is_empty() => return Ok(contact),
        Ok(_) => {}
        Err(error) if channel.is_some() => errors.push(error),
        Err(_) => {}
    }
    Err(DeskError::Invalid(errors))
}

/// Somebody new. The id is random: it is shown in sign-up forms, and must not
/// tell since when a contact is known.
pub(super) fn new_subscriber(channel: Channel, hash: Vec<u8>, now: DateTime<Utc>) -> Subscriber {
    Subscriber {
        id: Uuid::new_v4(),
        channel,
        contact_sealed: None,
        contact_hash: Some(hash),
        locale: "en".into(),
        created_at: now,
        confirmed_at: None,
        left_at: None,
        suspended_at: None,
        code_sent_at: None,
        codes_unanswered: 0,
    }
}

/// A form can be used to send texts to strangers. Each contact gets few.
pub(super) fn may_send(s: &Subscriber, now: DateTime<Utc>) -> bool {
    let rested = s.code_sent_at.is_none_or(|at| at + CODE_AGAIN <= now);
    rested && unanswered(s, now) < MAX_UNANSWERED
}

/// Codes without an answer. They are forgotten a while after the last one.
pub(super) fn unanswered(s: &Subscriber, now: DateTime<Utc>) -> i32 {
    if s.code_sent_at.is_some_and(|at| at + FORGOTTEN > now) { s.codes_unanswered } else { 0 }
}
