//! In whose name a reader is told who follows several places: of the first that is
//! concerned, and of the next when that one is not any more.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Desk, Result};
use crate::domain::cascade;
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Services;
use crate::store::{Tx, broadcasts, deliveries, incidents, listeners};

/// Whose readers are told at this moment, and what is said of lines.
#[derive(Debug)]
pub struct Concerned {
    told: HashSet<OrgCode>,
    lines: Lines,
}

impl Concerned {
    pub fn new(told: impl IntoIterator<Item = OrgCode>, lines: Lines) -> Self {
        Self { told: told.into_iter().collect(), lines }
    }

    /// Those of somebody's places of which they hear this, in order.
    pub fn all_of<'a>(&'a self, places: &'a [(OrgCode, Services)]) -> impl Iterator<Item = &'a OrgCode> {
        let hears =
            |(org, services): &&(OrgCode, Services)| self.told.contains(org) && services.include(&self.lines);
        places.iter().filter(hears).map(|(org, _)| org)
    }

    /// The first of those.
    pub fn first_of(&self, places: &[(OrgCode, Services)]) -> Option<OrgCode> {
        self.all_of(places).next().cloned()
    }
}

impl Desk {
    /// Whom a broadcast concerns; `None` when it is not there any more.
    pub async fn concerned(&self, tx: &mut Tx, broadcast: Uuid) -> Result<Option<Concerned>> {
        let Some(broadcast) = broadcasts::find(tx, broadcast).await? else { return Ok(None) };
        let Some(topic) = self.topic(tx, &broadcast).await? else { return Ok(None) };
        let directory = self.directory(tx).await?;
        let situation = incidents::situation(tx, self.now()).await?;
        let told = topic.audience(&situation, &directory, &self.catalogue);
        Ok(Some(Concerned::new(told, topic.lines().into_owned())))
    }

    /// A place says that it is not affected: what has not left in its name goes over to the
    /// next place of its reader, and is held back where there is none.
    pub(super) async fn hold_back_in_name(
        &self,
        tx: &mut Tx,
        incident: Uuid,
        place: &OrgCode,
        keeps_end: bool,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let of_several = deliveries::of_several_places(tx, incident, place, keeps_end).await?;
        if let (false, Some(incident)) = (of_several.is_empty(), incidents::find(tx, incident, false).await?)
        {
            let directory = self.directory(tx).await?;
            let situation = incidents::situation(tx, now).await?;
            let told = cascade::audience(&incident, &situation.responses, &directory, &self.catalogue);
            let told = told.into_iter().filter(|code| code != place);
            let concerned = Concerned::new(told, incident.lines());
            let mut moved = BTreeMap::<OrgCode, Vec<Uuid>>::new();
            for (delivery, target, until) in of_several {
                let places = listeners::places(tx, target, until).await?;
                if let Some(next) = concerned.first_of(&places) {
                    moved.entry(next).or_default().push(delivery);
                }
            }
            for (next, all) in moved {
                deliveries::rename(tx, &all, &next).await?;
            }
        }
        deliveries::suppress_organisation(tx, incident, place, keeps_end, now).await?;
        Ok(())
    }

    /// A place says that it is affected after all: what was held back in its name leaves, and
    /// what was in the name of another place that its reader follows.
    pub(super) async fn let_go_in_name(
        &self,
        tx: &mut Tx,
        incident: Uuid,
        place: &OrgCode,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let elsewhere = deliveries::held_back_elsewhere(tx, incident, place).await?;
        if let (false, Some(incident)) = (elsewhere.is_empty(), incidents::find(tx, incident, false).await?) {
            let concerned = Concerned::new([place.clone()], incident.lines());
            let mut moved = Vec::new();
            for (delivery, target, until) in elsewhere {
                let places = listeners::places(tx, target, until).await?;
                moved.extend(concerned.first_of(&places).map(|_| delivery));
            }
            deliveries::rename(tx, &moved, place).await?;
        }
        deliveries::release_organisation(tx, incident, place, now).await?;
        Ok(())
    }
}
