//! One incident as a board about it alone has it, while it goes on and when it is over.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::standings::{Standing, Standings, standing};
use crate::desk::exercises::as_if_real;
use crate::desk::{Desk, Result};
use crate::domain::facts::{self, Situation};
use crate::domain::incident::{Incident, Kind};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::word::Word;
use crate::store::{Tx, history};

/// What a board about one incident alone counts.
#[derive(Debug)]
pub(super) struct On {
    pub(super) incident: Arc<Incident>,
    /// Of each place of the country that it reaches or may reach, or that answered it.
    words: BTreeMap<OrgCode, Word>,
    /// Of an exercise or a test: where each of them would stand, if it were real and nothing
    /// else were said. They count nowhere else.
    pub(super) practised: Option<BTreeMap<OrgCode, Standing>>,
}

impl On {
    /// A place's word on it; none where it has nothing to do with it.
    pub(super) fn word(&self, code: &OrgCode) -> Option<Word> {
        self.words.get(code).copied()
    }
}

impl Desk {
    /// The incident that a board is about alone, however long ago it ended, where it is of the
    /// scope: worked out once for all who look, until anything changes.
    pub(super) async fn on(
        &self,
        tx: &mut Tx,
        all: &Standings,
        (id, scope): (Uuid, &OrgCode),
        directory: &Directory,
    ) -> Result<Option<Arc<On>>> {
        let mut kept = all.on.lock().await;
        let found = match kept.get(&id) {
            Some(known) => Arc::clone(known),
            None => {
                let situation = history::one(tx, id).await?;
                let Some(incident) = situation.incidents.first().map(Arc::clone) else { return Ok(None) };
                let fresh = Arc::new(self.worked_out(incident, &situation, directory));
                kept.insert(id, Arc::clone(&fresh));
                fresh
            }
        };
        let is_theirs = self.is_of(&found.incident, scope, directory);
        Ok(Some(found).filter(|_| is_theirs))
    }

    fn worked_out(&self, incident: Arc<Incident>, situation: &Situation, directory: &Directory) -> On {
        let word = |org| Word::on(&incident, org, &situation.responses, directory, &self.catalogue);
        let words: BTreeMap<OrgCode, Word> =
            directory.iter().filter_map(|org| Some((org.code.clone(), word(org)?))).collect();
        let practised = (incident.kind != Kind::Live).then(|| {
            let said = as_if_real(&incident, situation);
            let everywhere = facts::Everywhere::new(&said, directory, &self.catalogue);
            let orgs = words.keys().filter_map(|code| directory.get(code));
            orgs.map(|org| (org.code.clone(), standing(&everywhere.facts(org), self.now()))).collect()
        });
        On { incident, words, practised }
    }
}
