//! From a claimed delivery to a message about to leave, or the reason why it
//! must not.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::addressed::{address, call};
use super::letter::Writer;
use crate::desk::bounces::TAKES_NONE;
use crate::desk::present::{About, Present};
use crate::desk::progress::STOPPED;
use crate::desk::{Desk, Result};
use crate::domain::call::Call;
use crate::domain::delivery::{Address, DeliveryState, Lane, Limits, Outgoing, Thread};
use crate::domain::derived_id;
use crate::domain::subscriber::Channel;
use crate::store::broadcasts::{Audience, Standing};
use crate::store::calls::{self, Called};
use crate::store::deliveries::{self, Delivery};
use crate::store::recipients::Recipient;
use crate::store::subscribers::Subscriber;
use crate::store::words::{self, Words};
use crate::store::{Tx, accounts, broadcasts, corrections, listeners, recipients};
use crate::words::Locale;

/// Over which time somebody's share of messages is counted.
const SHARE: Duration = Duration::hours(1);
/// How soon it is counted again where what is under way makes up somebody's share.
const UNDER_WAY: Duration = Duration::minutes(1);

/// How soon it is looked again whether a correction has left.
const CORRECTED: Duration = Duration::seconds(2);
/// Why news waits behind it.
pub const CORRECTION_FIRST: &str = "a correction is on its way to this reader";

/// Why somebody needs no correction.
pub const NEVER_HAD: &str = "what was wrong never reached them";

/// What becomes of a claimed delivery.
pub enum Prepared {
    Send(Box<Outgoing>),
    /// It is settled without an attempt.
    Settle(DeliveryState, Option<String>),
}

/// What a batch of deliveries needs, read with few questions.
pub struct Batch {
    words: HashMap<(Uuid, Audience), Words>,
    recipients: HashMap<Uuid, Recipient>,
    /// Those that may have arrived by an earlier attempt.
    maybe_sent: HashSet<Uuid>,
    /// What staff are told, and who they are.
    pub(super) calls: HashMap<Uuid, Call>,
    pub(super) called: HashMap<Uuid, Called>,
    /// Calls that ask for what is not wanted any more.
    pub(super) needless: HashSet<Uuid>,
    /// Corrections for readers whom what was wrong has certainly not reached.
    uncalled_for: HashSet<Uuid>,
    /// What would be told in the name of a place that it does not concern any more.
    unconcerned: HashMap<Uuid, &'static str>,
    /// To whom a correction is going at this moment.
    being_corrected: HashSet<Uuid>,
    /// How many of the batch leave to somebody who had others before, by target.
    leaving: HashMap<Uuid, i64>,
}

impl Batch {
    pub async fn read(tx: &mut Tx, all: &[Delivery], now: DateTime<Utc>) -> Result<Self> {
        let ids = |keep: &dyn Fn(&Delivery) -> bool| -> Vec<Uuid> {
            all.iter().filter(|d| keep(d)).map(|d| d.id).collect()
        };
        let people = ids(&|d| d.channel.is_personal() && !Lane::is_for_staff(d.lane));
        let staff = ids(&|d| Lane::is_for_staff(d.lane));
        Ok(Self {
            words: HashMap::new(),
            recipients: recipients::of(tx, &people, now - SHARE).await?,
            maybe_sent: recipients::maybe_reached(tx, &ids(&|d| d.attempt > 1)).await?,
            calls: calls::of_deliveries(tx, &staff).await?,
            called: calls::called(tx, &staff).await?,
            needless: calls::needless(tx, &staff).await?,
            uncalled_for: uncalled_for(tx, all).await?,
            unconcerned: HashMap::new(),
            being_corrected: match all.iter().any(is_news) {
                true => recipients::being_corrected(tx, &ids(&|_| true)).await?,
                false => HashSet::new(),
            },
            leaving: HashMap::new(),
        })
    }

    /// Has a batch that is about to leave say what is true at this moment: in the name of
    /// places that it concerns, in words that rest on what was said last. That is one
    /// comparison for each; only where something was said since, they are written anew.
    pub async fn bring_up_to_date(
        &mut self,
        desk: &Desk,
        tx: &mut Tx,
        all: &mut [Delivery],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let present = desk.present(tx).await?;
        for d in all.iter_mut().filter(|d| is_news(d)) {
            if let Some(about) = present.about(desk, tx, d.broadcast).await? {
                self.rename((desk, &present), tx, d, &about).await?;
            }
        }
        self.read_words(tx, all).await?;
        let is_stale = |d: &&Delivery| match self.words.get(&key(d)) {
            None => true,
            Some(words) => {
                !d.is_replay && words.ground.is_some_and(|ground| !ground.holds(present.revision, now))
            }
        };
        let mut stale = BTreeMap::<Uuid, BTreeSet<Audience>>::new();
        for (broadcast, audience) in all.iter().filter(is_stale).map(key) {
            stale.entry(broadcast).or_default().insert(audience);
        }
        for (broadcast, audiences) in stale {
            self.write_anew(desk, tx, &present, broadcast, audiences).await?;
        }
        Ok(())
    }

    /// The words of these deliveries as they are.
    pub async fn read_words(&mut self, tx: &mut Tx, all: &[Delivery]) -> Result<()> {
        let wanted: HashSet<(Uuid, Audience)> = all.iter().map(key).collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        self.words = broadcasts::messages(tx, &wanted).await?.into_iter().collect();
        Ok(())
    }

    /// In whose name somebody is told where the place that it was to be is not theirs any
    /// more, or is not concerned any more: in that of the next of their places.
    async fn rename(
        &mut self,
        (desk, present): (&Desk, &Present),
        tx: &mut Tx,
        d: &mut Delivery,
        about: &About,
    ) -> Result<()> {
        let is_concerned = about.concerned.includes(&d.organisation)
            || (!d.channel.is_personal() && d.organisation == *about.topic.teller());
        let recipient = self.recipients.get(&d.id);
        if is_concerned && recipient.is_none_or(|r| r.follows) {
            return Ok(());
        }
        if about.concerned.follows_up(&d.organisation) && recipient.is_none_or(|r| r.follows) {
            // Who was told in the name of a place that it does not concern any more hears that.
            let owed = corrections::owed(tx, d.broadcast, &[d.target]).await?;
            if owed.get(&d.target).is_some_and(|names| names.contains(&d.organisation)) {
                return Ok(());
            }
        }
        let next = match recipient {
            Some(_) => {
                let places = listeners::places(tx, d.target, d.made_at).await?;
                desk.worst_of(&about.concerned, &places, &present.situation, &present.directory)
            }
            None => None,
        };
        match (next, self.recipients.get_mut(&d.id)) {
            (Some(next), Some(recipient)) if deliveries::rename(tx, &[d.id], &next).await? > 0 => {
                (d.organisation, recipient.follows) = (next, true);
            }
            _ if is_concerned => {}
            _ => drop(self.unconcerned.insert(d.id, about.concerned.why_not(&d.organisation))),
        }
        Ok(())
    }

    /// Writes the words for audiences of a broadcast from what is true now. Nobody is told
    /// for whom there are none any more.
    async fn write_anew(
        &mut self,
        desk: &Desk,
        tx: &mut Tx,
        present: &Present,
        broadcast: Uuid,
        audiences: BTreeSet<Audience>,
    ) -> Result<()> {
        let Some(about) = present.about(desk, tx, broadcast).await? else { return Ok(()) };
        let writer = Writer::new(tx, desk, &about.topic, present).await?;
        let (mut new, mut wanted) = (Vec::new(), Vec::new());
        for audience in audiences {
            let locale = Locale::parse(&audience.1).unwrap_or_default();
            match writer.write(&audience.0, locale) {
                Some(words) => {
                    wanted.push((broadcast, audience.clone()));
                    new.push((audience, words));
                }
                None => drop(self.words.remove(&(broadcast, audience))),
            }
        }
        words::renew(tx, broadcast, &new, desk.now()).await?;
        // Somebody may have written them from what was said later.
        self.words.extend(broadcasts::messages(tx, &wanted).await?);
        Ok(())
    }

    /// When news may leave to whom a correction is going that was claimed before it was said: it
    /// would tell the older fact last. No correction is under way for longer than its lease.
    pub fn behind_correction(&self, d: &Delivery, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (is_news(d) && self.being_corrected.contains(&d.target)).then(|| now + CORRECTED)
    }

    /// When somebody who had their share of messages in the last hour may get
    /// the next; otherwise this one counts as one that they had. Only a correction, a code
    /// and a call pass.
    pub fn full_until(&mut self, d: &Delivery, limits: &Limits, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let passes = [Lane::Correction, Lane::Confirmation].iter().any(|lane| lane.order() == d.lane)
            || Lane::is_for_staff(d.lane);
        let recipient = self.recipients.get(&d.id).filter(|_| !passes)?;
        let (most, leaving) = (i64::from(limits.per_hour), self.leaving.entry(d.target).or_default());
        if recipient.had >= most {
            return recipient.oldest.map(|at| at + SHARE);
        }
        if recipient.had + recipient.maybe_had + *leaving >= most {
            // What is under way may come to nothing, and that is known soon.
            return Some(now + UNDER_WAY);
        }
        *leaving += 1;
        None
    }
}

/// Whether it tells readers or accounts what pages say; corrections go to whoever was told.
fn is_news(d: &Delivery) -> bool {
    let is_own = |lane: &Lane| lane.order() == d.lane;
    !d.is_replay && !Lane::is_for_staff(d.lane) && ![Lane::Correction, Lane::Confirmation].iter().any(is_own)
}

fn key(d: &Delivery) -> (Uuid, Audience) {
    (d.broadcast, (d.organisation.clone(), d.locale.clone()))
}

fn settle(state: DeliveryState, reason: &str) -> Prepared {
    Prepared::Settle(state, Some(reason.to_owned()))
}

/// How what is not sent any more ends, as its broadcast stands: it was stopped, or
/// overtaken.
pub fn ended(d: &Delivery, standing: Standing) -> Option<(DeliveryState, Option<&'static str>)> {
    if standing.epoch != d.epoch {
        return Some((DeliveryState::Suppressed, Some(STOPPED)));
    }
    // Once an attempt was made, the person may have the old words; a retry
    // of it would come after the new ones.
    (standing.is_overtaken && !d.is_replay).then_some((DeliveryState::Superseded, None))
}

/// Corrections for readers whom what was wrong has certainly not reached: it was under way
/// when it was taken back, and was refused since.
async fn uncalled_for(tx: &mut Tx, all: &[Delivery]) -> Result<HashSet<Uuid>> {
    let mut of: HashMap<Uuid, Vec<&Delivery>> = HashMap::new();
    for d in all.iter().filter(|d| d.lane == Lane::Correction.order()) {
        of.entry(d.broadcast).or_default().push(d);
    }
    let mut out = HashSet::new();
    for (broadcast, those) in of {
        let Some(broadcast) = broadcasts::find(tx, broadcast).await? else { continue };
        let Some(wrong) = corrections::taken_back_by(tx, &broadcast).await? else { continue };
        let targets: Vec<Uuid> = those.iter().map(|d| d.target).collect();
        let reached = corrections::reached_among(tx, &wrong, &targets).await?;
        out.extend(those.iter().filter(|d| !reached.contains(&d.target)).map(|d| d.id));
    }
    Ok(out)
}

/// Puts everything together, in the claiming transaction.
pub async fn prepare(
    desk: &Desk,
    tx: &mut Tx,
    d: &Delivery,
    batch: &Batch,
    current: Option<Standing>,
    now: DateTime<Utc>,
) -> Result<Prepared> {
    if let Some((state, reason)) = current.and_then(|standing| ended(d, standing)) {
        return Ok(Prepared::Settle(state, reason.map(str::to_owned)));
    }
    if current.is_some() && batch.uncalled_for.contains(&d.id) {
        return Ok(settle(DeliveryState::Suppressed, NEVER_HAD));
    }
    // What became of it is asked after that too.
    if current.is_some() && d.deadline_at <= now {
        return Ok(settle(DeliveryState::Failed, "it would have arrived too late"));
    }
    if let Some(why) = batch.unconcerned.get(&d.id) {
        return Ok(settle(DeliveryState::Suppressed, why));
    }
    let Some(Words { message, ground, since }) = batch.words.get(&key(d)).cloned() else {
        return Ok(settle(DeliveryState::Failed, "its words are missing"));
    };
    // Codes and calls have no other words.
    let has_id = matches!(d.channel, Channel::Email | Channel::Webhook | Channel::Mastodon);
    let wording = ground.filter(|_| has_id).map(|_| message.wording(d.channel));
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
                return Ok(settle(DeliveryState::Suppressed, TAKES_NONE));
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
        wording,
        worded_at: since.map_or(d.made_at, |since| since.max(d.made_at)),
        attempt: d.attempt,
        at: now,
        about: current
            .and_then(|standing| standing.about)
            .filter(|_| d.channel == Channel::Push)
            .map(|about| of_place(about, d)),
        maybe_sent: batch.maybe_sent.contains(&d.id),
        known: Vec::new(),
        thread,
        halt: crate::domain::delivery::Halt::default(),
    })))
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

/// What a notification takes the place of: what was told of the same in the same name.
fn of_place(about: Uuid, d: &Delivery) -> Uuid {
    derived_id(&[&about.to_string(), d.organisation.as_str()])
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
