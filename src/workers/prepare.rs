//! From a claimed delivery to a message about to leave, or the reason why it
//! must not.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::letter::Writer;
use crate::desk::{Desk, Result};
use crate::domain::call::Call;
use crate::domain::delivery::{Address, DeliveryState, Lane, Limits, Outgoing, Thread};
use crate::domain::facts::Situation;
use crate::domain::message::Message;
use crate::domain::subscriber::Channel;
use crate::store::broadcasts::{Audience, Standing};
use crate::store::calls::{self, Called};
use crate::store::deliveries::{self, Delivery};
use crate::store::recipients::Recipient;
use crate::store::subscribers::Subscriber;
use crate::store::{Tx, accounts, broadcasts, incidents, recipients};
use crate::words::Locale;

/// Over which time somebody's share of messages is counted.
const SHARE: Duration = Duration::hours(1);

/// What becomes of a claimed delivery.
pub enum Prepared {
    Send(Box<Outgoing>),
    /// It is settled without an attempt.
    Settle(DeliveryState, Option<String>),
}

/// What a batch of deliveries needs, read with few questions.
pub struct Batch {
    words: HashMap<(Uuid, Audience), Message>,
    recipients: HashMap<Uuid, Recipient>,
    /// Those that may have arrived by an earlier attempt.
    maybe_sent: HashSet<Uuid>,
    /// What staff are told, and who they are.
    calls: HashMap<Uuid, Call>,
    called: HashMap<Uuid, Called>,
    /// Calls that ask for what is not wanted any more.
    needless: HashSet<Uuid>,
    /// What is true now, once it was needed to write words anew.
    situation: Option<Situation>,
}

impl Batch {
    pub async fn read(tx: &mut Tx, all: &[Delivery], now: DateTime<Utc>) -> Result<Self> {
        let wanted: HashSet<(Uuid, Audience)> = all.iter().map(key).collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        let ids = |keep: &dyn Fn(&Delivery) -> bool| -> Vec<Uuid> {
            all.iter().filter(|d| keep(d)).map(|d| d.id).collect()
        };
        let people = ids(&|d| d.channel.is_personal() && !Lane::is_for_staff(d.lane));
        let staff = ids(&|d| Lane::is_for_staff(d.lane));
        Ok(Self {
            words: broadcasts::messages(tx, &wanted).await?.into_iter().collect(),
            recipients: recipients::of(tx, &people, now - SHARE).await?,
            maybe_sent: recipients::maybe_reached(tx, &ids(&|d| d.attempt > 1)).await?,
            calls: calls::of_deliveries(tx, &staff).await?,
            called: calls::called(tx, &staff).await?,
            needless: calls::needless(tx, &staff).await?,
            situation: None,
        })
    }

    /// When somebody who had their share of messages in the last hour may get
    /// the next. Only a correction, a code and a call pass.
    pub fn full_until(&self, d: &Delivery, limits: &Limits) -> Option<DateTime<Utc>> {
        let passes = [Lane::Correction, Lane::Confirmation].iter().any(|lane| lane.order() == d.lane)
            || Lane::is_for_staff(d.lane);
        let recipient = self.recipients.get(&d.id).filter(|_| !passes)?;
        let full = recipient.had >= i64::from(limits.per_hour);
        recipient.oldest.filter(|_| full).map(|at| at + SHARE)
    }

    /// The words for a delivery; written anew when what they rest on changed.
    async fn words(&mut self, desk: &Desk, tx: &mut Tx, d: &Delivery) -> Result<Option<Message>> {
        if let Some(message) = self.words.get(&key(d)) {
            return Ok(Some(message.clone()));
        }
        if self.situation.is_none() {
            self.situation = Some(incidents::situation(tx, desk.now()).await?);
        }
        let Some(situation) = &self.situation else { return Ok(None) };
        let message = write_anew(desk, tx, d, situation).await?;
        if let Some(message) = &message {
            self.words.insert(key(d), message.clone());
        }
        Ok(message)
    }
}

fn key(d: &Delivery) -> (Uuid, Audience) {
    (d.broadcast, (d.organisation.clone(), d.locale.clone()))
}

fn settle(state: DeliveryState, reason: &str) -> Prepared {
    Prepared::Settle(state, Some(reason.to_owned()))
}

/// Puts everything together, in the claiming transaction.
pub async fn prepare(
    desk: &Desk,
    tx: &mut Tx,
    d: &Delivery,
    batch: &mut Batch,
    current: Option<Standing>,
    now: DateTime<Utc>,
) -> Result<Prepared> {
    match current {
        Some(standing) if standing.epoch != d.epoch => {
            return Ok(settle(DeliveryState::Suppressed, "the update was stopped"));
        }
        // Once an attempt was made, the person may have the old words; a retry
        // of it would come after the new ones.
        Some(standing) if standing.is_overtaken && !d.is_replay => {
            return Ok(Prepared::Settle(DeliveryState::Superseded, None));
        }
        _ => {}
    }
    if d.deadline_at <= now {
        return Ok(settle(DeliveryState::Failed, "it would have arrived too late"));
    }
    let Some(message) = batch.words(desk, tx, d).await? else {
        return Ok(settle(DeliveryState::Failed, "its words are missing"));
    };
    let mut thread = None;
    let (to, leave_url, message) = if Lane::is_for_staff(d.lane) {
        match call(desk, d, batch, &message) {
            Ok((to, message)) => (to, None, message),
            Err((state, reason)) => return Ok(settle(state, reason)),
        }
    } else if d.channel.is_personal() {
        let Some(Recipient { subscriber, follows, .. }) = batch.recipients.get(&d.id) else {
            return Ok(settle(DeliveryState::Suppressed, "they left"));
        };
        let sent_at = match is_code(d) {
            true => match desk.live_code(tx, d).await? {
                Some(sent_at) => Some(sent_at),
                None => return Ok(settle(DeliveryState::Suppressed, "the code is not needed any more")),
            },
            false => None,
        };
        // A correction goes to whoever was told, whatever they follow now.
        let must_follow = sent_at.is_none() && d.lane != Lane::Correction.order();
        if must_follow && !follows {
            return Ok(settle(DeliveryState::Suppressed, "they no longer follow the organisation"));
        }
        match address(desk, sent_at, subscriber, &message) {
            Ok(Some((to, message))) => (to, leave_url(desk, d, subscriber), message),
            Ok(None) if subscriber.suspended_at.is_some() => {
                return Ok(settle(DeliveryState::Suppressed, "the address takes no messages"));
            }
            Ok(None) => return Ok(settle(DeliveryState::Suppressed, "they left")),
            // One contact that cannot be opened must not hold up the others.
            Err(_) => return Ok(settle(DeliveryState::Failed, "the contact cannot be read")),
        }
    } else {
        match accounts::find(tx, d.target).await? {
            Some(account) if account.health.stopped_at.is_some() => {
                return Ok(settle(DeliveryState::Failed, "the account is turned off"));
            }
            Some(account) => match desk.open_account(&account) {
                Ok(to) => {
                    thread = thread_of(tx, d).await?;
                    (Address::Account(to), None, message)
                }
                Err(_) => {
                    return Ok(settle(DeliveryState::Failed, "the account's credentials cannot be read"));
                }
            },
            None => return Ok(settle(DeliveryState::Suppressed, "the account was removed")),
        }
    };
    Ok(Prepared::Send(Box::new(Outgoing {
        delivery: d.id,
        valid_for: (d.deadline_at - now).to_std().unwrap_or_default(),
        to,
        provider: d.provider.clone(),
        message,
        is_code: is_code(d),
        is_urgent: d.lane <= Lane::Urgent.order(),
        return_token: desk.return_token(d.id),
        leave_url,
        made_at: d.made_at,
        attempt: d.attempt,
        at: now,
        about: current.and_then(|standing| standing.about).filter(|_| d.channel == Channel::Push),
        maybe_sent: batch.maybe_sent.contains(&d.id),
        known: Vec::new(),
        thread,
    })))
}

/// Where a call goes, and its words with the link filled in; or why it is not
/// sent. Who follows a place plays no part.
fn call(
    desk: &Desk,
    d: &Delivery,
    batch: &Batch,
    message: &Message,
) -> std::result::Result<(Address, Message), (DeliveryState, &'static str)> {
    let Some(call) = batch.calls.get(&d.id) else {
        return Err((DeliveryState::Failed, "what it was about is missing"));
    };
    if batch.needless.contains(&d.id) {
        return Err((DeliveryState::Suppressed, "they have answered, or it is over"));
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

/// Where a post hangs: below the newest about the same thing, or the one that
/// it corrects.
async fn thread_of(tx: &mut Tx, d: &Delivery) -> Result<Option<Thread>> {
    let posts = deliveries::thread(tx, d.target, d.broadcast).await?;
    let (Some((_, root)), Some((_, newest))) = (posts.first(), posts.last()) else { return Ok(None) };
    let corrects = broadcasts::find(tx, d.broadcast).await?.and_then(|b| b.corrects);
    // A broadcast has the id of its update.
    let corrected = posts.iter().find(|(id, _)| Some(*id) == corrects).map(|(_, reference)| reference);
    Ok(Some(Thread { root: root.clone(), parent: corrected.unwrap_or(newest).clone() }))
}

/// What the words rest on has changed: they are written from what is true now.
async fn write_anew(
    desk: &Desk,
    tx: &mut Tx,
    d: &Delivery,
    situation: &Situation,
) -> Result<Option<Message>> {
    let Some(broadcast) = broadcasts::find(tx, d.broadcast).await? else { return Ok(None) };
    let Some(topic) = desk.topic(tx, &broadcast).await? else { return Ok(None) };
    let directory = desk.directory(tx).await?;
    let locale = Locale::parse(&d.locale).unwrap_or_default();
    let message = Writer::new(tx, desk, &topic, situation, &directory).await?.write(&d.organisation, locale);
    if let Some(message) = &message {
        let audience = (d.organisation.clone(), d.locale.clone());
        broadcasts::put_messages(tx, d.broadcast, &[(audience, message.clone())]).await?;
    }
    Ok(message)
}

/// Where to, and the words with their secrets filled in; `None` once they
/// left. Whoever has not confirmed gets nothing but their code.
fn address(
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

/// What shows that an address is somebody's. Browsers are greeted in the same
/// lane; they need no code.
fn is_code(d: &Delivery) -> bool {
    d.lane == Lane::Confirmation.order() && d.channel.is_typed()
}

/// A code needs no way out: doing nothing is one.
fn leave_url(desk: &Desk, d: &Delivery, s: &Subscriber) -> Option<String> {
    (!is_code(d)).then(|| desk.manage_url(s.id))
}
