//! What stands beside the tree under a code of its own: command centres, and
//! partner bodies that are told.

use std::sync::Arc;

use uuid::Uuid;

use super::{Directory, OrgCode};
use crate::domain::centre::Centre;
use crate::domain::statement::Speaker;
use crate::domain::user::Role;

impl Directory {
    /// The same with these command centres beside the tree.
    #[must_use]
    pub fn with_centres(mut self, centres: Vec<Centre>) -> Self {
        for centre in centres {
            let code = centre.code.clone();
            self.orgs.insert(code.clone(), Arc::new(centre.as_org(self.today)));
            self.above.insert(code.clone(), vec![(code.clone(), 0)]);
            self.centres.insert(code, Arc::new(centre));
        }
        self
    }

    /// The same with these partner bodies, each below the organisation whose
    /// area it speaks in, which looks after it. It is no place, and what is said
    /// for that area is not said for it.
    #[must_use]
    pub fn with_partners(mut self, speakers: Vec<Speaker>) -> Self {
        for speaker in speakers {
            let Some((code, org)) = speaker.code.clone().zip(speaker.as_org()) else { continue };
            let scope =
                speaker.area.as_ref().map(|area| self.above(&area.scope).to_vec()).unwrap_or_default();
            let above = scope.into_iter().map(|(code, steps)| (code, steps.saturating_add(1)));
            self.above.insert(code.clone(), std::iter::once((code.clone(), 0)).chain(above).collect());
            self.orgs.insert(code.clone(), Arc::new(org));
            self.partners.insert(code, Arc::new(speaker));
        }
        self
    }

    pub fn centre(&self, code: &OrgCode) -> Option<&Arc<Centre>> {
        self.centres.get(code)
    }

    /// In order of code, ended ones too.
    pub fn centres(&self) -> impl Iterator<Item = &Arc<Centre>> {
        self.centres.values()
    }

    /// The centres that somebody acts for today, each with their role there.
    pub fn acts_for(&self, actor: Uuid) -> impl Iterator<Item = (&OrgCode, Role)> {
        let standing = self.centres.values().filter(|c| c.stands_on(self.today));
        standing.filter_map(move |c| Some((&c.code, *c.people.get(&actor)?)))
    }

    /// Who acts for a centre today, with their roles.
    pub fn acting_for(&self, centre: &OrgCode) -> impl Iterator<Item = (Uuid, Role)> {
        let centre = self.centres.get(centre).filter(|c| c.stands_on(self.today));
        centre.into_iter().flat_map(|c| c.people.iter().map(|(id, role)| (*id, *role)))
    }

    pub fn partner(&self, code: &OrgCode) -> Option<&Arc<Speaker>> {
        self.partners.get(code)
    }

    pub fn partners(&self) -> impl Iterator<Item = (&OrgCode, &Arc<Speaker>)> {
        self.partners.iter()
    }
}
