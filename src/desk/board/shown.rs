//! The places that a board shows, added up.

use std::collections::HashSet;
use std::sync::Arc;

use super::filter::{Filter, Parts};
use super::on::On;
use super::{Counts, Row, Site, Standing, Standings, add};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::system::Catalogue;
use crate::domain::word::Word;

/// Where places stand, as the filter of a board lets them through.
pub(super) struct Shown<'a> {
    pub directory: &'a Directory,
    pub all: &'a Standings,
    pub filter: &'a Filter,
    /// What the board is about alone.
    pub on: Option<&'a On>,
    pub catalogue: &'a Catalogue,
    pub scope: &'a OrgCode,
    /// The scope and everything below it.
    pub below: Vec<OrgCode>,
}

impl Shown<'_> {
    fn place(&self, code: &OrgCode) -> Option<(&Arc<Org>, &Standing, Option<Word>)> {
        // An exercise or a test is nowhere among what is real, and nothing real is in it.
        let practised = self.on.and_then(|on| on.practised.as_ref());
        let standing = practised.unwrap_or(&self.all.places).get(code)?;
        let org = self.directory.get(code)?;
        let word = self.filter.word_of(org, standing, self.on, self.directory, self.catalogue)?;
        Some((org, standing, word))
    }

    /// All below an organisation, added up.
    pub fn counts(&self, code: &OrgCode) -> Counts {
        let below = self.directory.below(code);
        let places = below.iter().filter_map(|code| self.place(code));
        places.fold(Counts::default(), |all, (_, standing, word)| add(all, standing, word, self.on))
    }

    /// Every place, in order of code.
    pub fn sites(&self) -> Vec<Site> {
        let places = self.below.iter().filter_map(|code| self.place(code));
        let site = |(org, standing, word): (&Arc<Org>, &Standing, _)| Site {
            org: Arc::clone(org),
            standing: Standing { overdue: standing.is_late(self.on), ..standing.clone() },
            word,
        };
        let mut sites: Vec<Site> = places.map(site).collect();
        sites.sort_by(|a, b| a.org.code.cmp(&b.org.code));
        sites
    }

    /// The parts of the board in which places are shown.
    pub fn rows(&self, parts: Parts) -> Vec<Row> {
        let row = |code: OrgCode| {
            let counts = self.counts(&code);
            (counts.organisations > 0).then_some(())?;
            let has_children = !self.directory.children_of(&code).is_empty();
            Some(Row { org: Arc::clone(self.directory.get(&code)?), counts, has_children })
        };
        self.parts(parts).into_iter().filter_map(row).collect()
    }

    fn parts(&self, parts: Parts) -> Vec<OrgCode> {
        if parts == Parts::Below {
            let children = self.directory.children_of(self.scope);
            let all: HashSet<&OrgCode> = children.iter().collect();
            // A surgery below its board and below its network stands in the network's row.
            let is_below_another = |code: &OrgCode| {
                self.directory.above(code).iter().any(|(above, _)| above != code && all.contains(above))
            };
            return children.iter().filter(|code| !is_below_another(code)).cloned().collect();
        }
        let is_part = |code: &OrgCode| self.directory.get(code).is_some_and(|org| parts.has(org.kind));
        let parts = self.below.iter().filter(|code| *code != self.scope && is_part(code));
        let mut codes: Vec<OrgCode> = parts.cloned().collect();
        codes.sort_by_key(|code| self.directory.name_of(code));
        codes
    }

    /// The places that stand in none of the rows, added up: those in no network.
    pub fn rest(&self, parts: Parts) -> Counts {
        let rows: HashSet<OrgCode> = self.parts(parts).into_iter().collect();
        let is_in_one = |code: &OrgCode| self.directory.above(code).iter().any(|(c, _)| rows.contains(c));
        let left = self.below.iter().filter(|code| *code != self.scope && !is_in_one(code));
        let places = left.filter_map(|code| self.place(code));
        places.fold(Counts::default(), |all, (_, standing, word)| add(all, standing, word, self.on))
    }

    /// The kinds of parts that there are below, besides what stands directly below.
    pub fn kinds_of_parts(&self) -> Vec<Parts> {
        let others = self.below.iter().filter(|code| *code != self.scope);
        let kinds: HashSet<_> = others.filter_map(|code| Some(self.directory.get(code)?.kind)).collect();
        Parts::ALL.iter().copied().filter(|parts| kinds.iter().any(|kind| parts.has(*kind))).collect()
    }
}
