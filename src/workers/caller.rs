//! Tells staff: asks sites, chases the silent, reminds of promises; and turns
//! each call into deliveries, in chunks that may stop anywhere.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::desk::{Desk, Result};
use crate::domain::call::{Call, Calling, Reason};
use crate::domain::delivery::{DeliveryState, Lane, lifetime};
use crate::domain::incident::{Incident, Kind};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::subscriber::Channel;
use crate::domain::user::Role;
use crate::store::broadcasts::{self, Broadcast};
use crate::store::calls::{self, Station};
use crate::store::deliveries::{self, Delivery};
use crate::store::words::Words;
use crate::store::{Tx, incidents, users};

/// Contact points read in one chunk.
const CHUNK: i64 = 2000;
/// How late a site may be asked.
const LOOK: Duration = Duration::from_secs(2);

/// Does what is due. Gives the number of calls made.
pub async fn step(desk: &Desk) -> Result<usize> {
    desk.keep_calls().await
}

/// Looks until it is time to stop.
pub async fn run(desk: Desk, stop: CancellationToken) {
    super::repeat("caller", LOOK, &stop, || async { step(&desk).await.map(|_| ()) }).await;
}

/// What is needed to write one call's words.
struct Work<'a> {
    desk: &'a Desk,
    call: &'a Call,
    incident: Option<&'a Incident>,
    directory: &'a Directory,
}

/// Expands a chunk of a call.
pub(super) async fn expand(desk: &Desk, tx: &mut Tx, broadcast: &mut Broadcast) -> Result<()> {
    let directory = desk.directory(tx).await?;
    let call = calls::find(tx, broadcast.id).await?;
    let Some(call) = call else {
        broadcast.expanded_at = Some(desk.now());
        return Ok(());
    };
    let incident = match call.incident {
        Some(id) => incidents::find(tx, id, false).await?,
        None => None,
    };
    let work = Work { desk, call: &call, incident: incident.as_ref(), directory: &directory };
    let (found, next) = work.audience(tx, broadcast.cursor).await?;
    match next {
        Some(_) => broadcast.cursor = next,
        None => broadcast.expanded_at = Some(desk.now()),
    }
    work.write(tx, broadcast, found).await
}

impl Work<'_> {
    /// The next of those who are told, and after whom to go on, if there may be
    /// more.
    async fn audience(&self, tx: &mut Tx, cursor: Option<Uuid>) -> Result<(Vec<Station>, Option<Uuid>)> {
        let sites = match (self.call.reason, self.incident) {
            (Reason::Alarm, _) => return Ok((self.in_charge(tx).await?, None)),
            (Reason::Overdue | Reason::Reminder, _) => vec![self.call.organisation.clone()],
            (Reason::Ask | Reason::Chase, Some(i)) => {
                // A board asks its own of what a region has declared.
                let mut silent = self.desk.silent(tx, i, self.directory).await?;
                silent.retain(|site| self.directory.is_at_or_below(site, &self.call.organisation));
                silent
            }
            (Reason::Update, Some(i)) => self.desk.sites_reached(i, self.directory),
            (Reason::Back, Some(i)) => self.desk.awaited(tx, i, self.directory).await?,
            (_, None) => vec![],
        };
        let mut found = calls::stations(tx, &sites, cursor, CHUNK).await?;
        let is_own = matches!(self.call.reason, Reason::Overdue | Reason::Reminder);
        if found.is_empty() && cursor.is_none() && is_own {
            // Nobody is on duty there: whoever answers for it has an account.
            return Ok((self.in_charge_here(tx).await?, None));
        }
        let full = i64::try_from(found.len()).unwrap_or(CHUNK) == CHUNK;
        let wanted: HashSet<&OrgCode> = sites.iter().collect();
        let next = found.last().map(|s| s.id).filter(|_| full);
        found.retain(|s| wanted.contains(&s.organisation));
        Ok((found, next))
    }

    /// The organisation's own people who answer for it; where it has none, those above.
    async fn in_charge_here(&self, tx: &mut Tx) -> Result<Vec<Station>> {
        let own = &self.call.organisation;
        let users = users::in_charge_of(tx, std::slice::from_ref(own)).await?;
        if users.is_empty() {
            return self.in_charge(tx).await;
        }
        let station = |id| Station { id, channel: Channel::Email, organisation: own.clone() };
        Ok(users.iter().map(|u| station(u.id)).collect())
    }

    /// Who answers for the organisation that an alarm is about: whoever is in
    /// charge of all of it, and of a command centre its own coordinators.
    async fn in_charge(&self, tx: &mut Tx) -> Result<Vec<Station>> {
        let own = &self.call.organisation;
        let centre = self.directory.centre(own);
        let part = centre.and_then(|centre| centre.members.first()).unwrap_or(own);
        let above = self.directory.above(part).iter().map(|(code, _)| code);
        let over_all = above.filter(|code| self.directory.is_at_or_below(own, code));
        let over_all: Vec<OrgCode> =
            over_all.chain([own]).cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let mut ids: BTreeSet<Uuid> =
            users::in_charge_of(tx, &over_all).await?.iter().map(|u| u.id).collect();
        for (id, _) in self.directory.acting_for(own).filter(|(_, role)| *role >= Role::Coordinator) {
            ids.extend(users::find(tx, id).await?.filter(|u| u.disabled_at.is_none()).map(|u| u.id));
        }
        let station = |id| Station { id, channel: Channel::Email, organisation: own.clone() };
        Ok(ids.into_iter().map(station).collect())
    }

    /// Stores deliveries and the words that each site gets.
    async fn write(&self, tx: &mut Tx, broadcast: &Broadcast, found: Vec<Station>) -> Result<()> {
        let sites: BTreeSet<OrgCode> = found.iter().map(|s| s.organisation.clone()).collect();
        let words: Vec<((OrgCode, String), Words)> = sites
            .into_iter()
            .filter_map(|site| {
                let message = self.words(&site)?;
                Some(((site, "en".to_owned()), message.into()))
            })
            .collect();
        broadcasts::put_messages(tx, broadcast.id, &words).await?;
        let out: Vec<Delivery> = found.into_iter().map(|s| self.delivery(broadcast, s)).collect();
        deliveries::insert(tx, &out).await?;
        Ok(())
    }

    fn words(&self, site: &OrgCode) -> Option<Message> {
        let (desk, call) = (self.desk, self.call);
        let name = |code: &OrgCode| self.directory.get(code).map(|o| o.name.clone());
        let page_url = match call.kind {
            Kind::Live => desk.page_url(site),
            Kind::Exercise | Kind::Test => format!("{}/exercise", desk.page_url(site)),
        };
        let own = name(site)?;
        let calling = Calling { kind: call.kind, name: &own, page_url };
        let update = |i: &Incident| i.updates.iter().find(|u| Some(u.id) == call.update).cloned();
        match (call.reason, self.incident) {
            (Reason::Ask | Reason::Chase, Some(i)) => {
                Some(calling.ask(i, &name(&i.declared_by)?, call.reason == Reason::Chase))
            }
            (Reason::Back, Some(i)) => {
                let update = update(i)?;
                Some(calling.back(i, &name(&update.said_by)?))
            }
            (Reason::Overdue, Some(i)) => {
                Some(calling.overdue(i, &update(i)?, &format!("{}/desk", desk.base_url)))
            }
            (Reason::Reminder, Some(i)) => {
                let to = format!("{}/desk/incidents/{}/update", desk.base_url, i.id);
                Some(calling.reminder(i, &update(i)?, &to))
            }
            (Reason::Update, Some(i)) => {
                let update = update(i)?;
                Some(calling.update(i, &update, &name(&update.said_by)?))
            }
            (Reason::Alarm, _) => {
                let calling = Calling { page_url: format!("{}/desk", desk.base_url), ..calling };
                Some(calling.alarm(call.subject.as_deref()?, call.text.as_deref()?))
            }
            (_, None) => None,
        }
    }

    fn delivery(&self, broadcast: &Broadcast, to: Station) -> Delivery {
        let life = chrono::Duration::from_std(lifetime(to.channel, Lane::Duty)).unwrap_or_default();
        let made_at = broadcast.created_at;
        Delivery {
            id: self.desk.new_id(),
            broadcast: broadcast.id,
            target: to.id,
            channel: to.channel,
            organisation: to.organisation,
            locale: "en".into(),
            lane: broadcast.lane,
            state: DeliveryState::Queued,
            reason: None,
            made_at,
            due_at: made_at,
            first_due_at: None,
            deadline_at: made_at + life,
            epoch: broadcast.epoch,
            attempt: 0,
            look_ups: 0,
            reference: None,
            provider: None,
            is_replay: false,
            is_last: false,
        }
    }
}
