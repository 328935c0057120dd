//! A message on its way out: what exactly each reader gets, the proof of it, and
//! stopping it, sending on, trying again. How far it has come is in `progress`.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::delivery::Holding;
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::subscriber::Channel;
use crate::domain::time::rfc3339;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::broadcasts::Broadcast;
use crate::store::{Tx, broadcasts, delivery_reports, holding};

/// How a stop is on record.
const STOP: &str = "stop_sending";
/// What stands behind the name of who stopped it, as the reason.
pub(super) const STOPPED_IT: &str = " stopped it";
/// Groups of readers on one screen.
const GROUPS: i64 = 30;
/// Lines of a proof that are read at once.
const PROOFS: i64 = 1000;

/// Readers who got the same words.
#[derive(Debug, Clone)]
pub struct Group {
    pub organisation: OrgCode,
    pub name: String,
    pub locale: String,
    pub channel: Channel,
    /// How many have got these words, or may have.
    pub readers: u64,
    /// How many are still to get them.
    pub waiting: u64,
    /// Until when these were the words; `None` for those of today.
    pub until: Option<DateTime<Utc>>,
    /// `None` while they are not written yet.
    pub message: Option<Message>,
    /// Parts of the text message; 0 on other channels.
    pub parts: u64,
}

/// One message, as a line of the proof for a review.
#[derive(Debug, Clone)]
pub struct Proof {
    cells: [String; 15],
}

impl Proof {
    pub const HEAD: &'static str = "message,channel,to,organisation,language,state,reason,made_at,deadline_at,\
        attempts,provider_id,provider,tried_at,accepted_at,ended_at";

    pub fn line(&self) -> String {
        self.cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",")
    }
}

/// A cell as RFC 4180 has it. One that a spreadsheet would take for a formula
/// gets an apostrophe in front (OWASP, CSV injection).
pub fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = format!("{}{text}", if risky { "'" } else { "" });
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// Whether nothing of a broadcast is sent again.
pub(super) fn is_closed(b: &Broadcast) -> bool {
    b.epoch > 0 || b.superseded_at.is_some()
}

impl Desk {
    /// The updates that halted themselves and that they may see, with their titles.
    pub async fn halted(&self, who: &Actor) -> Result<Vec<(Uuid, String)>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.halted_below(&mut tx, &who.organisation, &directory).await
    }

    /// The same of whatever is told from a scope or below it.
    pub(super) async fn halted_below(
        &self,
        tx: &mut Tx,
        scope: &OrgCode,
        directory: &Directory,
    ) -> Result<Vec<(Uuid, String)>> {
        let all = holding::halted(tx).await?.into_iter();
        let below = all.filter(|(_, by, _)| directory.is_at_or_below(by, scope));
        Ok(below.map(|(id, _, title)| (id, title)).collect())
    }

    /// Every message of an update, a thousand at a time, in order of id.
    pub async fn proof(
        &self,
        who: &Actor,
        update: Uuid,
        after: Option<Uuid>,
    ) -> Result<(Vec<Proof>, Option<Uuid>)> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.teller_seen_by(&mut tx, who, update, &directory).await?;
        let found = delivery_reports::page(&mut tx, update, after, PROOFS).await?;
        let full = i64::try_from(found.len()).unwrap_or(0) == PROOFS;
        let next = found.last().map(|d| d.id).filter(|_| full);
        let mut rows = Vec::with_capacity(found.len());
        let masked = self.masked(&mut tx, &found.iter().collect::<Vec<_>>()).await?;
        let ids: Vec<Uuid> = found.iter().map(|d| d.id).collect();
        let times = delivery_reports::times(&mut tx, &ids).await?;
        let shown = |at: Option<DateTime<Utc>>| at.map(rfc3339).unwrap_or_default();
        for (d, to) in found.into_iter().zip(masked) {
            let times = times.get(&d.id).copied().unwrap_or_default();
            rows.push(Proof {
                cells: [
                    d.id.to_string(),
                    d.channel.to_string(),
                    to,
                    d.organisation.to_string(),
                    d.locale,
                    d.state.api_name().to_owned(),
                    d.reason.unwrap_or_default(),
                    rfc3339(d.made_at),
                    rfc3339(d.deadline_at),
                    d.attempt.to_string(),
                    d.reference.unwrap_or_default(),
                    d.provider.unwrap_or_default(),
                    shown(times.tried_at),
                    shown(times.accepted_at),
                    shown(times.ended_at),
                ],
            });
        }
        Ok((rows, next))
    }

    /// Who got which words, a screen at a time.
    pub async fn groups(&self, who: &Actor, update: Uuid, screen: u32) -> Result<(Vec<Group>, bool)> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.teller_seen_by(&mut tx, who, update, &directory).await?;
        let page = (i64::from(screen) * GROUPS, GROUPS + 1);
        let mut found = delivery_reports::groups(&mut tx, update, page).await?;
        let more = found.len() > usize::try_from(GROUPS).unwrap_or(usize::MAX);
        if more {
            found.pop();
        }
        let mut groups = Vec::with_capacity(found.len());
        for all in found {
            let delivery_reports::Readers { organisation, locale, channel, .. } = &all;
            let count = |n: i64| u64::try_from(n).unwrap_or(0);
            let group = |(readers, waiting), until, message: Option<Message>| Group {
                name: directory.name_of(organisation),
                parts: message.as_ref().filter(|_| *channel == Channel::Sms).map_or(0, Message::sms_parts),
                readers: count(readers),
                waiting: count(waiting),
                organisation: organisation.clone(),
                locale: locale.clone(),
                channel: *channel,
                until,
                message,
            };
            let (mut told, audience) = (0, (organisation, locale.as_str(), *channel));
            for (until, message) in broadcasts::earlier_words(&mut tx, update, organisation, locale).await? {
                let before = delivery_reports::group_before(&mut tx, update, audience, until).await?;
                if before > told {
                    groups.push(group((before - told, 0), Some(until), Some(message)));
                    told = before;
                }
            }
            if all.told > told || all.waiting > 0 {
                let message = broadcasts::message(&mut tx, update, organisation, locale).await?;
                groups.push(group((all.told - told, all.waiting), None, message));
            }
        }
        Ok((groups, more))
    }

    /// Stops what has not left. The page keeps what it says; those who were
    /// told are told nothing more. What it had overtaken stays so: it would say less than
    /// the page.
    pub async fn stop_sending(&self, who: &Actor, update: Uuid) -> Result<u64> {
        let reason = format!("{}{STOPPED_IT}", who.name);
        let stop = async |tx: &mut Tx, now| {
            let stopped = broadcasts::stop(tx, update, &reason, now).await?;
            self.tell_words_again(tx, who, update).await?;
            Ok(stopped)
        };
        self.change_sending(who, update, STOP, stop).await
    }

    /// Lets a large audience go at once, although it is held or was halted.
    pub async fn send_on(&self, who: &Actor, update: Uuid) -> Result<u64> {
        let go = async |tx: &mut Tx, now| {
            let mut was_held = false;
            for from in [Holding::Held, Holding::Halted] {
                was_held |= holding::step(tx, update, from, Holding::Releasing).await?;
            }
            if !was_held {
                return Err(DeskError::Conflict("Nobody is held back any more.".into()));
            }
            Ok(holding::send_now(tx, update, now).await?)
        };
        self.change_sending(who, update, "send_on", go).await
    }

    /// Tries those again that failed for a reason that has gone.
    pub async fn retry(&self, who: &Actor, update: Uuid, reason: &str) -> Result<u64> {
        let again = async |tx: &mut Tx, now| {
            if broadcasts::find(tx, update).await?.is_some_and(|b| is_closed(&b)) {
                let why = "This update was stopped, taken back or replaced. It is not sent again.";
                return Err(DeskError::Conflict(why.into()));
            }
            if reason.is_empty() {
                return Err(DeskError::field("/reason", "Say why those failed that are to be tried again."));
            }
            Ok(holding::retry(tx, update, reason, now).await?)
        };
        self.change_sending(who, update, "retry", again).await
    }

    /// Changes what has not left, on record. Gives how many messages changed.
    async fn change_sending<F>(&self, who: &Actor, update: Uuid, verb: &'static str, change: F) -> Result<u64>
    where
        F: AsyncFnOnce(&mut Tx, DateTime<Utc>) -> Result<u64>,
    {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let teller = self.teller_seen_by(&mut tx, who, update, &directory).await?;
        who.may(Action::Publish, &teller, &directory)?;
        let changed = change(&mut tx, now).await?;
        let detail = json!({"messages": changed});
        audit::record(&mut tx, who, now, Entry::new(verb, update, detail)).await?;
        tx.commit().await?;
        self.counting.forget(update);
        self.signals.ring();
        Ok(changed)
    }
}
