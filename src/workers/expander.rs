//! Turns the audience of a broadcast into deliveries, in chunks that may stop
//! anywhere and be taken up again.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::heard::Heard;
use super::letter::Writer;
use super::named::Names;
use super::{caller, rest};
use crate::desk::naming::Concerned;
use crate::desk::present::Present;
use crate::desk::telling::{AFTER_PAGE, Topic};
use crate::desk::{Desk, Result};
use crate::domain::delivery::{DeliveryState, Lane, Limits, lifetime};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;
use crate::store::accounts::Account;
use crate::store::broadcasts::{self, Audience, Broadcast, BroadcastKind};
use crate::store::deliveries::{self, Delivery};
use crate::store::words::Words;
use crate::store::{Tx, accounts, corrections, holding, listeners, overtaking};
use crate::words::Locale;

/// People read in one chunk.
const CHUNK: usize = 4000;
const LOOK: Duration = Duration::from_millis(500);

/// What stays from chunk to chunk while nothing else changes: a national audience
/// has hundreds of them.
struct Kept {
    broadcast: Uuid,
    present: Arc<Present>,
    topic: Topic,
    /// Whose subscribers are told.
    names: Names,
    /// Whether few follow these.
    few: bool,
    /// For which audiences there are words.
    have: HashSet<Audience>,
}

impl Kept {
    /// `None` where what the broadcast tells of is not there any more.
    async fn read(desk: &Desk, tx: &mut Tx, broadcast: &Broadcast) -> Result<Option<Self>> {
        // First: what is read later may be newer than its revision, and never older.
        let present = desk.present(tx).await?;
        let Some(topic) = desk.topic(tx, broadcast).await? else { return Ok(None) };
        let names = Names::read(desk, tx, broadcast, &topic, &present).await?;
        Ok(Some(Self {
            broadcast: broadcast.id,
            few: listeners::are_few(tx, &names.around).await?,
            names,
            have: broadcasts::audiences_with_words(tx, broadcast.id).await?,
            present,
            topic,
        }))
    }

    async fn still_holds(&self, desk: &Desk, tx: &mut Tx, broadcast: &Broadcast) -> Result<bool> {
        Ok(self.broadcast == broadcast.id && Arc::ptr_eq(&self.present, &desk.present(tx).await?))
    }
}

/// Everything that is needed to write one chunk.
struct Work<'a> {
    /// Until when nobody is told, where the audience is large.
    held: Option<DateTime<Utc>>,
    desk: &'a Desk,
    broadcast: &'a Broadcast,
    kept: &'a mut Kept,
    now: DateTime<Utc>,
}

/// Expands one chunk of the most urgent broadcast. Gives whether there was one.
pub async fn step(desk: &Desk) -> Result<bool> {
    chunk(desk, &mut None).await
}

async fn chunk(desk: &Desk, kept: &mut Option<Kept>) -> Result<bool> {
    let mut tx = desk.db.write().await?;
    let Some(mut broadcast) = broadcasts::next_to_expand(&mut tx).await? else {
        *kept = None;
        return Ok(false);
    };
    let now = desk.now();
    if broadcast.kind == BroadcastKind::Duty {
        caller::expand(desk, &mut tx, &mut broadcast).await?;
        return close(desk, tx, &broadcast).await;
    }
    let holds = match kept {
        Some(kept) => kept.still_holds(desk, &mut tx, &broadcast).await?,
        None => false,
    };
    if !holds {
        *kept = Kept::read(desk, &mut tx, &broadcast).await?;
    }
    let Some(kept) = kept else {
        broadcast.expanded_at = Some(now);
        broadcasts::advance(&mut tx, &broadcast).await?;
        tx.commit().await?;
        return Ok(true);
    };
    let copy = broadcast.clone();
    let mut work = Work { held: None, desk, broadcast: &copy, kept, now };
    match corrections::taken_back_by(&mut tx, &copy).await? {
        Some(wrong) => work.correct(&mut tx, &wrong, &mut broadcast).await?,
        None => {
            work.held = work.hold(&mut tx).await?;
            match copy.place {
                Some(_) => work.tell_otherwise(&mut tx, &mut broadcast).await?,
                None => work.tell(&mut tx, &mut broadcast).await?,
            }
        }
    }
    close(desk, tx, &broadcast).await
}

/// Commits a chunk, and tells the couriers.
async fn close(desk: &Desk, mut tx: Tx, broadcast: &Broadcast) -> Result<bool> {
    broadcasts::advance(&mut tx, broadcast).await?;
    desk.hold_back_late(&mut tx, broadcast).await?;
    tx.commit().await?;
    // What is put together is due a moment later: couriers that look for it
    // after each chunk only hold up the next.
    if broadcast.expanded_at.is_some() {
        desk.signals.outbox.notify_waiters();
        desk.signals.outbox.notify_one();
    }
    Ok(true)
}

/// Expands until it is time to stop.
pub async fn run(desk: Desk, stop: CancellationToken) {
    let bell = std::sync::Arc::clone(&desk.signals.outbox);
    let (mut failing, mut kept) = (false, None);
    loop {
        match chunk(&desk, &mut kept).await {
            Ok(true) if !stop.is_cancelled() => continue,
            Ok(_) => failing = false,
            Err(error) => {
                // What it has from a chunk that was not committed is not so.
                kept = None;
                if !failing {
                    tracing::error!(%error, "audiences cannot be expanded for now");
                }
                failing = true;
            }
        }
        if !rest(&bell, LOOK, &stop).await {
            return;
        }
    }
}

impl Work<'_> {
    /// A chunk of an ordinary audience: accounts first, then people.
    async fn tell(&mut self, tx: &mut Tx, broadcast: &mut Broadcast) -> Result<()> {
        let mut out = Vec::new();
        if !broadcast.social_done {
            out = self.accounts(tx).await?;
            broadcast.social_done = true;
        }
        let (until, few) = (broadcast.created_at, self.kept.few);
        let around = (self.kept.names.around.as_slice(), few);
        let page = listeners::page(tx, around, broadcast.cursor, until, CHUNK).await?;
        let full = page.len() == CHUNK;
        broadcast.cursor = page.last().map(|l| l.id).or(broadcast.cursor);
        let owed = self.kept.names.owed(tx, broadcast.id, &page).await?;
        for listener in page {
            let Kept { names, present, .. } = &mut *self.kept;
            for organisation in names.of(self.desk, present, &listener, owed.get(&listener.id)) {
                let (id, channel, locale) = (listener.id, listener.channel, listener.locale.clone());
                out.push(self.delivery(id, channel, organisation, locale));
            }
        }
        if !full {
            broadcast.expanded_at = Some(self.now);
        }
        self.write(tx, out).await
    }

    /// A chunk of the readers of a place whose own word changes whether to come: those who
    /// heard otherwise, and its accounts.
    async fn tell_otherwise(&mut self, tx: &mut Tx, broadcast: &mut Broadcast) -> Result<()> {
        let (until, around) = (broadcast.created_at, (self.kept.names.around.as_slice(), self.kept.few));
        let mut asked = Vec::new();
        if !broadcast.social_done {
            let all = accounts::all(tx).await?.into_iter();
            let own = all.filter(|account| self.kept.names.includes(&account.organisation));
            asked.extend(own.map(|a| (a.id, a.channel, "en".to_owned(), vec![a.organisation])));
            broadcast.social_done = true;
        }
        let page = listeners::page(tx, around, broadcast.cursor, until, CHUNK).await?;
        if page.len() < CHUNK {
            broadcast.expanded_at = Some(self.now);
        }
        broadcast.cursor = page.last().map(|l| l.id).or(broadcast.cursor);
        for listener in page {
            let places = listener.places.into_iter().map(|(org, _)| org);
            let theirs: Vec<OrgCode> = places.filter(|org| self.kept.names.includes(org)).collect();
            if !theirs.is_empty() {
                asked.push((listener.id, listener.channel, listener.locale, theirs));
            }
        }
        let ids: Vec<Uuid> = asked.iter().map(|(id, ..)| *id).collect();
        let places: HashSet<&OrgCode> = asked.iter().flat_map(|(.., places)| places).collect();
        let heard = Heard::read((self.desk, &self.kept.present), tx, (broadcast, places), &ids).await?;
        let mut out = Vec::new();
        for (id, channel, locale, places) in asked {
            for place in places.into_iter().filter(|place| heard.is_otherwise(id, place)) {
                out.push(self.delivery(id, channel, place, locale.clone()));
            }
        }
        self.write(tx, out).await
    }

    /// Of the accounts that are told, and of those that have to take back what they said.
    async fn accounts(&self, tx: &mut Tx) -> Result<Vec<Delivery>> {
        let (names, all) = (&self.kept.names, accounts::all(tx).await?);
        let left = all.iter().filter(|account| names.left.contains(&account.organisation));
        let left: Vec<Uuid> = left.map(|account| account.id).collect();
        let owed = corrections::owed(tx, self.broadcast.id, &left).await?;
        let is_told = |account: &Account| {
            let by = &account.organisation;
            let owes = || owed.get(&account.id).is_some_and(|names| names.contains(by));
            names.includes(by) || by == self.kept.topic.teller() || owes()
        };
        let told = all.into_iter().filter(is_told);
        Ok(told.map(|a| self.delivery(a.id, a.channel, a.organisation, "en".into())).collect())
    }

    /// Until when a large audience waits; decided with its first chunk. What is overtaken by
    /// then may leave after all, and does so in steps.
    async fn hold(&self, tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
        let limits = &self.desk.limits;
        if self.broadcast.cursor.is_some() || limits.hold_above == 0 {
            return Ok(holding::until(tx, self.broadcast.id).await?);
        }
        let until = self.broadcast.created_at;
        let (told, lines) = (&self.kept.names.told, self.kept.topic.lines());
        let people = match self.broadcast.place {
            Some(_) => self.desk.followers(tx, told).await?,
            None => self.desk.count_people(tx, told, &lines, until, limits.hold_above).await?,
        };
        if people <= limits.hold_above {
            return Ok(None);
        }
        let until = until + chrono::Duration::from_std(limits.hold).unwrap_or_default();
        holding::hold(tx, self.broadcast.id, until).await?;
        tracing::info!(broadcast = %self.broadcast.id, %until, "a large audience is told in steps");
        Ok(Some(until))
    }

    /// A chunk of a correction: whoever may have had the wrong messages, once in each name in
    /// which they had them, and in which they were told of it since.
    async fn correct(&mut self, tx: &mut Tx, wrong: &[Uuid], broadcast: &mut Broadcast) -> Result<()> {
        let mut page = corrections::possibly_reached(tx, wrong, broadcast.cursor, CHUNK).await?;
        if page.len() < CHUNK {
            broadcast.expanded_at = Some(self.now);
        } else if page.first().map(|d| d.target) != page.last().map(|d| d.target) {
            // Of the last there may be more on the next page.
            let last = page.last().map(|d| d.target);
            page.retain(|d| Some(d.target) != last);
        }
        broadcast.cursor = page.last().map(|d| d.target).or(broadcast.cursor);
        if let Some(update) = broadcast.corrects {
            let targets: Vec<Uuid> = page.iter().map(|d| d.target).collect();
            page.extend(corrections::told_since(tx, update, &targets).await?);
        }
        let mut seen = HashSet::new();
        page.retain(|d| seen.insert((d.target, d.organisation.clone())));
        let out =
            page.into_iter().map(|d| self.delivery(d.target, d.channel, d.organisation, d.locale)).collect();
        self.write(tx, out).await
    }

    fn delivery(&self, target: Uuid, channel: Channel, organisation: OrgCode, locale: String) -> Delivery {
        let lane =
            Lane::ALL.iter().find(|l| l.order() == self.broadcast.lane).copied().unwrap_or(Lane::Routine);
        let overtaken = self.broadcast.superseded_at.is_some();
        let life = chrono::Duration::from_std(lifetime(channel, lane)).unwrap_or_default();
        let made_at = self.broadcast.created_at;
        let (id, deadline_at) = (self.desk.new_id(), made_at + life);
        // Of a large audience the first 1 % wait for the hold, the rest until
        // they are let go.
        let due_at = match self.held {
            None => made_at + AFTER_PAGE,
            Some(until) if Limits::is_first(id) => until,
            Some(_) => deadline_at,
        };
        let is_last = self.kept.names.is_last(&organisation);
        Delivery {
            id,
            broadcast: self.broadcast.id,
            target,
            channel,
            organisation,
            locale,
            lane: self.broadcast.lane,
            state: if overtaken { DeliveryState::Superseded } else { DeliveryState::Queued },
            reason: None,
            made_at,
            due_at,
            first_due_at: None,
            deadline_at,
            epoch: self.broadcast.epoch,
            attempt: 0,
            look_ups: 0,
            reference: None,
            provider: None,
            is_replay: false,
            is_last,
        }
    }

    /// Stores deliveries and the words that their audiences get.
    async fn write(&mut self, tx: &mut Tx, mut out: Vec<Delivery>) -> Result<()> {
        let Kept { topic, present, have, names, .. } = &mut *self.kept;
        let writer = Writer::new(tx, self.desk, topic, present).await?;
        // An audience of many chunks gets its words with the first.
        let audience = |d: &Delivery| (d.organisation.clone(), d.locale.clone());
        let missing: HashSet<Audience> = out.iter().map(audience).filter(|a| !have.contains(a)).collect();
        let words = missing.into_iter().filter_map(|(org, locale)| {
            let words = writer.write(&org, Locale::parse(&locale).unwrap_or_default())?;
            Some(((org, locale), words))
        });
        let words: Vec<(Audience, Words)> = words.collect();
        broadcasts::put_messages(tx, self.broadcast.id, &words).await?;
        have.extend(words.into_iter().map(|(audience, _)| audience));
        let concerned = Concerned::new(names.told.iter().cloned(), topic.lines().into_owned());
        let mut more = Vec::new();
        for d in &mut out {
            if have.contains(&audience(d)) {
                continue;
            }
            // The next of their places that has words for them.
            let places = listeners::places(tx, d.target, d.made_at).await?;
            let mut next = concerned.all_of(&places).filter(|_| self.broadcast.corrects.is_none());
            let next = next.find(|org| {
                let audience = ((*org).clone(), d.locale.clone());
                let locale = Locale::parse(&d.locale).unwrap_or_default();
                let new = if have.contains(&audience) { None } else { writer.write(org, locale) };
                if let Some(words) = new {
                    have.insert(audience.clone());
                    more.push((audience.clone(), words));
                }
                have.contains(&audience)
            });
            if let Some(next) = next {
                d.organisation = next.clone();
                continue;
            }
            d.state = DeliveryState::Suppressed;
            d.reason = Some("the organisation is no longer concerned".into());
        }
        broadcasts::put_messages(tx, self.broadcast.id, &more).await?;
        deliveries::insert(tx, &out).await?;
        // What is held may be stopped yet: until then a place's own word says it.
        let is_news = self.broadcast.kind == BroadcastKind::Update && self.broadcast.corrects.is_none();
        if is_news && self.held.is_none() {
            let leaves = out.iter().filter(|d| d.state == DeliveryState::Queued);
            let told: HashSet<(Uuid, &OrgCode)> = leaves.map(|d| (d.target, &d.organisation)).collect();
            overtaking::supersede_words(tx, self.broadcast, &told, self.now).await?;
        }
        Ok(())
    }
}
