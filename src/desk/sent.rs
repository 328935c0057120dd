//! What went out, for staff to read: updates, and messages exactly as they
//! were sent or captured.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::calls::without_link;
use super::confirmation::hidden;
use super::telling::Reach;
use super::{Desk, DeskError, Result};
use crate::domain::delivery::{DeliveryState, Lane};
use crate::domain::incident::{Incident, Update};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::planned::{Planned, Step};
use crate::domain::subscriber::Channel;
use crate::domain::user::{Action, Actor};
use crate::store::deliveries::{self, Delivery};
use crate::store::{Tx, broadcasts, calls, corrections, delivery_reports, incidents, planned};

/// Messages on one screen.
const PAGE: usize = 30;
/// Deliveries that are looked through for one screen, when most of them are
/// other people's.
const LOOK: i64 = 1000;

/// An update, and whom it reaches.
#[derive(Debug, Clone)]
pub struct Told {
    pub incident: Incident,
    pub update: Update,
    /// For a correction: those whom the corrected update may have reached.
    pub reach: Reach,
    /// Whom this update may have reached so far.
    pub reached: BTreeMap<Channel, i64>,
    /// How many of those nobody knows of for certain.
    pub unclear: BTreeMap<Channel, i64>,
    /// How many of those on duty were told, where it is an exercise or a test.
    pub staff_told: u64,
    /// Its audience is still being put together.
    pub is_preparing: bool,
    /// Of one that was taken back: its correction.
    pub corrected: Option<Corrected>,
    /// It is a place's own word, told in the words of this update: since when.
    pub word_of: Option<WordOf>,
}

/// Whose own word it is, and since when.
pub type WordOf = (OrgCode, DateTime<Utc>);

/// The correction of an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    pub update: Uuid,
    /// How many of those whom it goes to have got it.
    pub told: u64,
    pub due: u64,
}

/// One message.
#[derive(Debug, Clone)]
pub struct Sent {
    pub delivery: Delivery,
    /// Masked.
    pub to: String,
    pub organisation: String,
    /// None until somebody of its audience is written to.
    pub message: Option<Message>,
    /// Only for captured messages, and for who may publish there: in the reader's
    /// hands it ends a subscription.
    pub leave_url: Option<String>,
    /// It was stopped or taken back, so nothing sends it again.
    pub is_stopped: bool,
}

impl Desk {
    /// An update of theirs or from below.
    pub async fn told(&self, who: &Actor, id: Uuid) -> Result<Told> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let none = || DeskError::NotFound("This update");
        // A place's own word is told in the words of an update, under an id of its own.
        let broadcast = broadcasts::find(&mut tx, id).await?;
        let word = broadcast.as_ref().filter(|b| b.place.is_some());
        let told = word.and_then(|word| word.update).unwrap_or(id);
        let of = incidents::of_update(&mut tx, told).await?.ok_or_else(none)?;
        let incident = incidents::find(&mut tx, of, false).await?.ok_or_else(none)?;
        let teller = word.and_then(|word| word.place.as_ref()).unwrap_or(&incident.declared_by);
        who.may(Action::See, teller, &directory).map_err(|_| none())?;
        let update = incident.updates.iter().find(|u| u.id == told).cloned().ok_or_else(none)?;
        let reached = corrections::count_possibly_reached(&mut tx, id).await?.into_iter().collect();
        let unclear = corrections::count_unclear(&mut tx, id).await?.into_iter().collect();
        let corrects = match update.corrects {
            Some(before) => Some(self.count_told(&mut tx, before).await?),
            None => None,
        };
        let staff_told = calls::count_told(&mut tx, id).await?;
        let corrected = corrected_by(&mut tx, id).await?;
        let mut reach = self.reach_of(&mut tx, &incident, &directory).await?;
        drop(tx);
        if let Some(counts) = corrects {
            reach.recipients = counts;
        }
        let is_preparing = broadcast.as_ref().is_some_and(|b| b.expanded_at.is_none());
        let word_of = broadcast.and_then(|b| Some((b.place?, b.created_at)));
        Ok(Told { incident, update, reach, reached, unclear, staff_told, is_preparing, corrected, word_of })
    }

    /// A step of planned work of theirs or from below; `None` where the id is no step's.
    /// With whose word it is and since when, where it is one.
    pub async fn told_step(&self, who: &Actor, id: Uuid) -> Result<Option<(Planned, Step, Option<WordOf>)>> {
        let mut tx = self.db.read().await?;
        // A place's own word about it has an id of its own.
        let word = broadcasts::find(&mut tx, id).await?.filter(|b| b.place.is_some());
        let told = word.as_ref().and_then(|word| word.step).unwrap_or(id);
        let Some(plan) = planned::of_step(&mut tx, told).await? else { return Ok(None) };
        let directory = self.directory(&mut tx).await?;
        self.teller_seen_by(&mut tx, who, id, &directory).await?;
        let plan = planned::find(&mut tx, plan, false).await?;
        Ok(plan.and_then(|plan| {
            let step = plan.steps.iter().find(|step| step.id == told).cloned()?;
            Some((plan, step, word.and_then(|b| Some((b.place?, b.created_at)))))
        }))
    }

    /// The same outside the transaction that takes it back, where nothing may fail
    /// any more.
    pub(super) async fn told_by(&self, update: Uuid) -> BTreeMap<Channel, usize> {
        let counted = async { self.count_told(&mut self.db.read().await?, update).await };
        counted.await.unwrap_or_else(|error| {
            tracing::warn!(%error, "taken back, but those it goes to could not be counted");
            BTreeMap::new()
        })
    }

    /// How many a correction of an update goes to, by channel.
    pub(super) async fn count_told(&self, tx: &mut Tx, update: Uuid) -> Result<BTreeMap<Channel, usize>> {
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        let told = corrections::count_possibly_reached(tx, update).await?;
        Ok(told.into_iter().map(|(c, n)| (c, count(n))).collect())
    }

    /// Messages to the audiences of their organisation and all below it,
    /// newest first. Gives where the next screen starts.
    pub async fn messages(
        &self,
        who: &Actor,
        channel: Option<Channel>,
        before: Option<Uuid>,
    ) -> Result<(Vec<Sent>, Option<Uuid>)> {
        if !who.has_role_for(Action::See) {
            return Err(DeskError::Denied);
        }
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let found = delivery_reports::newest(&mut tx, channel, before, LOOK).await?;
        let mut next = found.last().map(|d| d.id).filter(|_| found.len() == LOOK as usize);
        let mut sent = Vec::new();
        for delivery in found {
            if who.may(Action::See, &delivery.organisation, &directory).is_err() {
                continue;
            }
            if sent.len() == PAGE {
                next = sent.last().map(|s: &Sent| s.delivery.id);
                break;
            }
            sent.push(self.sent(&mut tx, who, delivery, &directory).await?);
        }
        Ok((sent, next))
    }

    /// One message.
    pub async fn message(&self, who: &Actor, id: Uuid) -> Result<Sent> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let none = || DeskError::NotFound("This message");
        let delivery = deliveries::find(&mut tx, id).await?.ok_or_else(none)?;
        who.may(Action::See, &delivery.organisation, &directory).map_err(|_| none())?;
        self.sent(&mut tx, who, delivery, &directory).await
    }

    async fn sent(
        &self,
        tx: &mut Tx,
        who: &Actor,
        delivery: Delivery,
        directory: &Arc<Directory>,
    ) -> Result<Sent> {
        let name = |c: &OrgCode| directory.name_of(c);
        let d = &delivery;
        let message = match broadcasts::words_of_attempts(tx, &[d.id]).await?.remove(&d.id) {
            Some(before) => Some(before),
            None => broadcasts::message(tx, d.broadcast, &d.organisation, &d.locale).await?,
        };
        let is_confirmation = d.lane == Lane::Confirmation.order();
        // A captured message reaches nobody, so reading its secrets here is the
        // only way to go on with a demonstration. A link answers in the place's
        // name, or ends a subscription: only who may speak for the place reads it.
        let is_captured = d.state == DeliveryState::Captured;
        let has_links = is_captured && who.may(Action::Publish, &d.organisation, directory).is_ok();
        let mut leave_url = None;
        let mut message = message;
        if is_confirmation {
            let sent_at = self.live_code(tx, d).await?;
            message = message.map(|m| match sent_at.filter(|_| is_captured) {
                Some(at) => self.reveal(d.target, at, &m),
                None => hidden(&m),
            });
        } else if Lane::is_for_staff(d.lane) {
            let call = calls::find(tx, d.broadcast).await?;
            message = message.map(|m| match call.filter(|_| has_links) {
                Some(call) => self.fill_call(&call, &d.organisation, &m),
                None => without_link(&m),
            });
        } else if has_links && d.channel.is_personal() {
            leave_url = Some(self.manage_url(d.target));
            message = message.map(|m| self.fill_way_out(m, d.target));
        }
        let (to, organisation) = (self.masked(tx, &[d]).await?.concat(), name(&d.organisation));
        let is_stopped = delivery.channel == Channel::Webhook
            && broadcasts::find(tx, delivery.broadcast).await?.is_none_or(|b| b.epoch != delivery.epoch);
        Ok(Sent { delivery, to, organisation, message, leave_url, is_stopped })
    }
}

/// The correction of an update, and how far that has come. Whoever needs none is not counted.
async fn corrected_by(tx: &mut Tx, update: Uuid) -> Result<Option<Corrected>> {
    let Some(correction) = corrections::of(tx, update).await? else { return Ok(None) };
    let mut corrected = Corrected { update: correction, told: 0, due: 0 };
    for (_, state, number) in delivery_reports::counts_of_updates(tx, &[correction]).await? {
        let number = u64::try_from(number).unwrap_or(0);
        match state {
            DeliveryState::Suppressed => continue,
            DeliveryState::Accepted | DeliveryState::Delivered | DeliveryState::Captured => {
                corrected.told += number;
            }
            _ => {}
        }
        corrected.due += number;
    }
    Ok(Some(corrected))
}
