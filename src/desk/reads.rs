//! What staff look up. Nothing here changes anything.

use std::sync::Arc;

use uuid::Uuid;

use super::counting::Outcomes;
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::delivery::Lane;
use crate::domain::facts::{self, Facts};
use crate::domain::incident::{Incident, Kind};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::subscriber::Channel;
use crate::domain::system::SystemKey;
use crate::domain::user::{Action, Actor, Role};
use crate::store::audit::{self, Logged};
use crate::store::deliveries::Delivery;
use crate::store::delivery_reports;
use crate::store::holding::{self, Held};
use crate::store::{Tx, accounts, broadcasts, incidents, planned, recipients, subscribers};

/// Rows on one page of a list.
const PAGE: i64 = 100;

/// One organisation as staff see it.
pub struct Seen {
    pub facts: Facts,
    pub parents: Vec<OrgCode>,
    pub systems: Vec<SystemKey>,
    pub subscribers: Vec<(Channel, i64)>,
}

/// What became of one update.
pub struct Deliveries {
    pub counts: Arc<Outcomes>,
    /// How it is told, where that is in steps.
    pub held: Option<Held>,
    /// Each with its masked contact.
    pub items: Vec<(Delivery, String)>,
    pub next: Option<Uuid>,
}

impl Desk {
    /// Open and recent incidents that they declared, or that reach anything at
    /// or below their organisation. Newest first.
    pub async fn incidents(&self, who: &Actor) -> Result<Vec<Arc<Incident>>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let seen = situation.incidents.iter().filter(|i| self.concerns(who, i, &directory));
        Ok(seen.cloned().collect())
    }

    /// Whether they may know of an incident: it is their own or from below, or
    /// it is live and reaches theirs, or surgeries whose prescriptions theirs make
    /// up.
    pub(super) fn concerns(&self, who: &Actor, incident: &Incident, directory: &Directory) -> bool {
        if who.may(Action::See, &incident.declared_by, directory).is_ok() {
            return true;
        }
        let reaches =
            |org: &Arc<Org>| cascade::touches(&incident.target, org, directory, &self.catalogue).is_some();
        let slows = |org: &Arc<Org>| facts::is_linked(incident, org, directory, &self.catalogue);
        incident.kind == Kind::Live
            && (under(who, directory).any(|org| reaches(&org))
                || under(who, directory).any(|org| slows(&org)))
    }

    /// One incident, if it concerns them.
    pub async fn incident(&self, who: &Actor, id: Uuid) -> Result<Incident> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let incident = incidents::find(&mut tx, id, false).await?;
        incident.filter(|i| self.concerns(who, i, &directory)).ok_or(DeskError::NotFound("This incident"))
    }

    /// What an organisation is called.
    pub async fn name_of(&self, code: &OrgCode) -> Result<String> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        Ok(directory.name_of(code))
    }

    /// What their own organisation is called, whether it is in Wales, and the
    /// most that they are anywhere: of two roles the one that may do more.
    pub async fn own_organisation(&self, who: &Actor) -> Result<(String, bool, Role)> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let code = &who.organisation;
        let name = directory.name_of(code);
        let most = directory.acts_for(who.id).map(|(_, role)| role).chain([who.role]).max();
        Ok((name, directory.is_welsh(code), most.unwrap_or(who.role)))
    }

    /// Whether they may write in the name of this organisation.
    pub async fn writes_for(&self, who: &Actor, code: &OrgCode) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let speaker = who.acting(Action::Publish, &[code], &directory).organisation;
        Ok(speaker == *code && who.may(Action::Publish, code, &directory).is_ok())
    }

    /// One organisation at or below theirs.
    pub async fn organisation(&self, who: &Actor, code: &OrgCode) -> Result<Seen> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::See, code, &directory).map_err(|_| DeskError::NotFound("This organisation"))?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        Ok(Seen {
            facts: facts::facts(org, &situation, &directory, &self.catalogue),
            parents: directory.above(code).iter().skip(1).map(|(c, _)| c.clone()).collect(),
            systems: directory.systems_of(code).to_vec(),
            subscribers: subscribers::count_of(&mut tx, code).await?,
        })
    }

    /// What became of an update of theirs, a page at a time.
    pub async fn deliveries(&self, who: &Actor, update: Uuid, after: Option<Uuid>) -> Result<Deliveries> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.teller_seen_by(&mut tx, who, update, &directory).await?;
        // An update, or a step of planned work, shares its id with its broadcast.
        let counts = self.outcomes(&mut tx, update).await?;
        let rows = delivery_reports::page(&mut tx, update, after, PAGE).await?;
        let full = i64::try_from(rows.len()).unwrap_or(0) == PAGE;
        let next = rows.last().map(|d| d.id).filter(|_| full);
        let masked = self.masked(&mut tx, &rows.iter().collect::<Vec<_>>()).await?;
        let items = rows.into_iter().zip(masked).collect();
        let held = holding::of(&mut tx, update).await?;
        Ok(Deliveries { counts, held, items, next })
    }

    /// In whose name an update was posted, or a step taken, for those who may
    /// see it.
    pub(super) async fn teller_seen_by(
        &self,
        tx: &mut Tx,
        who: &Actor,
        id: Uuid,
        directory: &Directory,
    ) -> Result<OrgCode> {
        let none = || DeskError::NotFound("This update");
        let teller = self.teller_of(tx, id).await?.ok_or_else(none)?;
        who.may(Action::See, &teller, directory).map_err(|_| none())?;
        Ok(teller)
    }

    /// In whose name an update was posted, or a step of planned work taken.
    async fn teller_of(&self, tx: &mut Tx, id: Uuid) -> Result<Option<OrgCode>> {
        if let Some(incident) = incidents::of_update(tx, id).await? {
            return Ok(incidents::find(tx, incident, false).await?.map(|i| i.declared_by));
        }
        if let Some(plan) = planned::of_step(tx, id).await? {
            return Ok(planned::find(tx, plan, false).await?.map(|p| p.planned_by));
        }
        // A place's own word has an id of its own.
        Ok(broadcasts::find(tx, id).await?.and_then(|word| word.place))
    }

    /// Whom deliveries are for, in their order, as far as staff may know.
    pub(super) async fn masked(&self, tx: &mut Tx, all: &[&Delivery]) -> Result<Vec<String>> {
        let people: Vec<Uuid> = all.iter().filter(|d| d.channel.is_personal()).map(|d| d.id).collect();
        let owners = recipients::owners(tx, &people).await?;
        let mut out = Vec::with_capacity(all.len());
        for d in all {
            let owner = owners.get(&d.id).and_then(|s| Some((s, s.contact_sealed.as_ref()?)));
            out.push(match owner {
                Some((s, sealed)) => self.contact(s, sealed)?.masked(),
                None if !d.channel.is_personal() => {
                    let owner = accounts::find(tx, d.target).await?.map(|a| a.organisation);
                    format!("the account of {}", owner.as_ref().unwrap_or(&d.organisation))
                }
                None if Lane::is_for_staff(d.lane) => "a member of staff".into(),
                None => "somebody who left".into(),
            });
        }
        Ok(out)
    }

    /// The audit entries of their organisation and all below it.
    pub async fn log(&self, who: &Actor, before: Option<i64>) -> Result<(Vec<Logged>, Option<i64>)> {
        if !who.has_role_for(Action::See) {
            return Err(DeskError::Denied);
        }
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let page = audit::latest(&mut tx, before, PAGE).await?;
        let full = i64::try_from(page.len()).unwrap_or(0) == PAGE;
        let next = page.last().map(|e| e.seq).filter(|_| full);
        let theirs = |e: &Logged| {
            OrgCode::parse(&e.organisation).is_some_and(|c| who.may(Action::See, &c, &directory).is_ok())
        };
        Ok((page.into_iter().filter(theirs).collect(), next))
    }
}

/// Each organisation at or below theirs, or below a centre that they act for.
pub(super) fn under<'a>(who: &'a Actor, directory: &'a Directory) -> impl Iterator<Item = Arc<Org>> + 'a {
    let theirs =
        std::iter::once(&who.organisation).chain(directory.acts_for(who.id).map(|(centre, _)| centre));
    let codes = theirs.flat_map(|code| directory.below(code));
    codes.filter_map(|code| directory.get(&code).cloned())
}
