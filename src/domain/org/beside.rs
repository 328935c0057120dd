//! What stands beside the tree under a code of its own: command centres.

use std::sync::Arc;

use uuid::Uuid;

use super::{Directory, OrgCode};
use crate::domain::centre::Centre;
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
}
