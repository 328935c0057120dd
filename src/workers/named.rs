//! In whose names each reader of an audience is told, a page of them at a time.

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use crate::desk::naming::{Against, of_each_answer};
use crate::desk::present::Present;
use crate::desk::telling::Topic;
use crate::desk::{Desk, Result};
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Services;
use crate::store::broadcasts::Broadcast;
use crate::store::listeners::Listener;
use crate::store::{Tx, corrections};

/// Whose readers hear of a broadcast.
pub(super) struct Names {
    /// Those whom it concerns.
    pub told: Vec<OrgCode>,
    /// Places that it does not concern any more, of which only those hear who were told of it
    /// in their name: it is over, or the place uses another system by now.
    pub left: HashSet<OrgCode>,
    /// Both.
    pub around: Vec<OrgCode>,
    wanted: HashSet<OrgCode>,
    /// In whose names anything was told of it before.
    before: HashSet<OrgCode>,
    /// What is said of lines.
    lines: Lines,
    /// It ends for those who hear it in the name of a place that is left.
    is_update: bool,
    /// It is a place's word that it is back to normal, or not affected.
    is_back: bool,
    /// Worked out for places whose readers follow others as well.
    against: HashMap<OrgCode, Against>,
}

impl Names {
    pub async fn read(
        desk: &Desk,
        tx: &mut Tx,
        broadcast: &Broadcast,
        topic: &Topic,
        present: &Present,
    ) -> Result<Self> {
        let told = topic.audience(&present.situation, &present.directory, &desk.catalogue);
        let wanted: HashSet<OrgCode> = told.iter().cloned().collect();
        let is_update = broadcast.incident.is_some();
        let is_news = is_update && broadcast.corrects.is_none() && broadcast.place.is_none();
        let before = match is_news {
            true => corrections::named_before(tx, broadcast.id).await?,
            false => HashSet::new(),
        };
        let cleared = topic.cleared(&present.situation, &present.directory, &desk.catalogue);
        // What goes on elsewhere is nothing to a place that has ended it for itself.
        let is_left =
            |code: &&OrgCode| !wanted.contains(*code) && (topic.is_end() || !cleared.contains_key(*code));
        let left: HashSet<OrgCode> = before.iter().filter(is_left).cloned().collect();
        Ok(Self {
            around: told.iter().chain(&left).cloned().collect(),
            lines: topic.lines().into_owned(),
            against: HashMap::new(),
            told,
            left,
            is_back: topic.is_back(&present.situation, &present.directory),
            wanted,
            before,
            is_update,
        })
    }

    /// Whether an account posts it.
    pub fn includes(&self, code: &OrgCode) -> bool {
        self.wanted.contains(code)
    }

    /// Whether what is told in the name of a place is the last of it there.
    pub fn is_last(&self, code: &OrgCode) -> bool {
        self.is_back || self.is_update && self.left.contains(code)
    }

    /// In whose names these were told of it before, and not that it is over.
    pub async fn owed(
        &self,
        tx: &mut Tx,
        broadcast: Uuid,
        page: &[Listener],
    ) -> Result<HashMap<Uuid, BTreeSet<OrgCode>>> {
        let asked: Vec<Uuid> = page.iter().filter(|l| self.may_be_owed(l)).map(|l| l.id).collect();
        Ok(corrections::owed(tx, broadcast, &asked).await?)
    }

    /// Whether they may have to be told in another name than that of the one place of theirs
    /// that it concerns: most have one place, and nobody need look what they were told.
    fn may_be_owed(&self, listener: &Listener) -> bool {
        let around = |org: &OrgCode| self.wanted.contains(org) || self.left.contains(org);
        let theirs: Vec<_> = listener.places.iter().filter(|(org, _)| around(org)).collect();
        let was_told = theirs.iter().any(|(org, _)| self.before.contains(org));
        was_told && (theirs.len() > 1 || !theirs.iter().all(|place| self.hears(place)))
    }

    fn hears(&self, (org, services): &(OrgCode, Services)) -> bool {
        self.wanted.contains(org) && services.include(&self.lines)
    }

    /// In whose names somebody is told: of each in whose name they were told before, and of
    /// each other answer about coming at their places the first.
    pub fn of(
        &mut self,
        desk: &Desk,
        present: &Present,
        listener: &Listener,
        owed: Option<&BTreeSet<OrgCode>>,
    ) -> Vec<OrgCode> {
        let is_owed = |org: &&OrgCode| owed.is_some_and(|names| names.contains(*org));
        let theirs = || listener.places.iter().map(|(org, _)| org);
        let is_around = |org: &&OrgCode| self.wanted.contains(*org) || self.left.contains(*org);
        let mut out: Vec<OrgCode> = theirs().filter(is_around).filter(is_owed).cloned().collect();
        let heard = listener.places.iter().filter(|place| self.hears(place)).map(|(org, _)| org);
        let heard: Vec<&OrgCode> = heard.collect();
        if !self.is_update {
            return heard.into_iter().take(1).cloned().collect();
        }
        let kept = &mut self.against;
        let mut against = |org: &OrgCode| match kept.get(org) {
            Some(known) => *known,
            None => {
                let new = desk.against(org, &present.situation, &present.directory);
                kept.insert(org.clone(), new);
                new
            }
        };
        let mut said: Vec<Against> = match heard.len() {
            // Who has no other place is told in its name or not at all.
            0 | 1 => Vec::new(),
            _ => out.iter().filter(|org| self.wanted.contains(*org)).map(&mut against).collect(),
        };
        for (answer, org) in of_each_answer(heard, against) {
            if !out.contains(org) && !said.contains(&answer) {
                said.push(answer);
                out.push(org.clone());
            }
        }
        out
    }
}
