//! All organisations in memory: who stands below whom, and who uses what.

mod beside;
mod pharmacies;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Link, Org, OrgCode, OrgKind};
use crate::domain::centre::Centre;
use crate::domain::statement::Speaker;
use crate::domain::system::SystemKey;

/// How far the nation stands from a place that it is not above.
pub const BESIDE: u8 = u8::MAX;

/// Every organisation, its current parents and the systems it uses, in memory.
#[derive(Debug, Default, Clone)]
pub struct Directory {
    orgs: BTreeMap<OrgCode, Arc<Org>>,
    parents: HashMap<OrgCode, Vec<OrgCode>>,
    children: HashMap<OrgCode, Vec<OrgCode>>,
    systems: HashMap<OrgCode, Vec<SystemKey>>,
    /// For each organisation itself and all above it, nearest first: asked for
    /// every page and every incident, so worked out once.
    above: HashMap<OrgCode, Vec<(OrgCode, u8)>>,
    /// Sets beside the tree; each stands among `orgs` as well, with a name and
    /// a page, and has no parents.
    centres: BTreeMap<OrgCode, Arc<Centre>>,
    /// Bodies that are told, under codes of their own; as the centres.
    partners: BTreeMap<OrgCode, Arc<Speaker>>,
    /// For each surgery the pharmacies that make up its prescriptions, and the
    /// other way about.
    pharmacies: BTreeMap<OrgCode, Vec<OrgCode>>,
    surgeries: HashMap<OrgCode, Vec<OrgCode>>,
    /// The health boards of Wales: asked for every page.
    welsh: HashSet<OrgCode>,
    /// The day whose links these are.
    today: NaiveDate,
}

impl Directory {
    /// Builds it from rows; links that ended on or before `today` are left out.
    pub fn new(orgs: Vec<Org>, links: Vec<Link>, uses: Vec<(OrgCode, SystemKey)>, today: NaiveDate) -> Self {
        let mut it = Self { today, ..Self::default() };
        for org in orgs {
            it.orgs.insert(org.code.clone(), Arc::new(org));
        }
        for link in links {
            if link.left.is_some_and(|left| left <= today) || link.child == link.parent {
                continue;
            }
            let parents = it.parents.entry(link.child.clone()).or_default();
            if !parents.contains(&link.parent) {
                parents.push(link.parent.clone());
                it.children.entry(link.parent).or_default().push(link.child);
            }
        }
        for (code, system) in uses {
            it.systems.entry(code).or_default().push(system);
        }
        let boards = it.orgs.values().filter(|org| org.kind == OrgKind::HealthBoard);
        it.welsh = boards.map(|org| org.code.clone()).collect();
        it.above = it.orgs.keys().map(|code| (code.clone(), it.walk_up(code))).collect();
        it
    }

    pub fn get(&self, code: &OrgCode) -> Option<&Arc<Org>> {
        self.orgs.get(code)
    }

    /// What an organisation is called; its code where nobody knows.
    pub fn name_of(&self, code: &OrgCode) -> String {
        self.get(code).map_or_else(|| code.to_string(), |org| org.name.clone())
    }

    /// In order of code.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Org>> {
        self.orgs.values()
    }

    pub fn len(&self) -> usize {
        self.orgs.len()
    }

    pub fn is_empty(&self) -> bool {
        self.orgs.is_empty()
    }

    /// Every current link, as child and parent.
    pub fn links(&self) -> impl Iterator<Item = (&OrgCode, &OrgCode)> {
        self.parents.iter().flat_map(|(child, parents)| parents.iter().map(move |parent| (child, parent)))
    }

    /// Every organisation with a system that it uses.
    pub fn uses(&self) -> impl Iterator<Item = (&OrgCode, &SystemKey)> {
        self.systems.iter().flat_map(|(code, systems)| systems.iter().map(move |system| (code, system)))
    }

    pub fn systems_of(&self, code: &OrgCode) -> &[SystemKey] {
        self.systems.get(code).map_or(&[], Vec::as_slice)
    }

    /// Direct children, or the members of a centre; in order of code.
    pub fn children_of(&self, code: &OrgCode) -> Vec<OrgCode> {
        let of_centre = self.centres.get(code).map(|c| c.members.clone());
        let mut all = of_centre.or_else(|| self.children.get(code).cloned()).unwrap_or_default();
        all.sort();
        all
    }

    /// The organisation itself (distance 0) and everything above it, nearest
    /// first.
    pub fn above(&self, code: &OrgCode) -> &[(OrgCode, u8)] {
        self.above.get(code).map_or(&[], Vec::as_slice)
    }

    /// The same, and last the nation where it is not above, in Wales: what it says of 999, which is
    /// one service, counts there too ([`BESIDE`]).
    pub fn heard_at(&self, code: &OrgCode) -> Cow<'_, [(OrgCode, u8)]> {
        let (above, root) = (self.above(code), OrgCode::root());
        match above.iter().any(|(code, _)| *code == root) {
            true => Cow::Borrowed(above),
            false => Cow::Owned(above.iter().cloned().chain([(root, BESIDE)]).collect()),
        }
    }

    /// A cycle in the data ends the walk rather than hanging it. A company or a network
    /// may have members in several boards: whoever has a way up of its own does not come
    /// below the board of those, for a board has no say over another board's places.
    fn walk_up(&self, code: &OrgCode) -> Vec<(OrgCode, u8)> {
        let mut out = vec![(code.clone(), 0u8)];
        let mut goes_on = vec![true];
        let mut next = 0;
        while next < out.len() {
            let (at, distance) = out[next].clone();
            let parents = self.parents.get(&at).filter(|_| goes_on[next]).map_or(&[][..], Vec::as_slice);
            let has_own_way = parents.iter().any(|parent| !self.spans_boards(parent));
            for parent in parents {
                if !out.iter().any(|(seen, _)| seen == parent) {
                    out.push((parent.clone(), distance.saturating_add(1)));
                    goes_on.push(!has_own_way || !self.spans_boards(parent));
                }
            }
            next += 1;
        }
        out
    }

    fn spans_boards(&self, code: &OrgCode) -> bool {
        self.get(code).is_some_and(|org| matches!(org.kind, OrgKind::PharmacyHq | OrgKind::Pcn))
    }

    /// Whether it is in Wales: a health board, below one, or a centre with such
    /// a member. Those may not publish free text in one language only.
    pub fn is_welsh(&self, code: &OrgCode) -> bool {
        if let Some(centre) = self.centres.get(code) {
            return centre.members.iter().any(|member| self.is_welsh(member));
        }
        !self.welsh.is_empty() && self.above(code).iter().any(|(above, _)| self.welsh.contains(above))
    }

    /// How far above `code` the organisation `other` stands; 0 when the same. A
    /// centre stands one step above its members.
    pub fn distance(&self, code: &OrgCode, other: &OrgCode) -> Option<u8> {
        let in_tree = |to: &OrgCode| self.above(code).iter().find(|(c, _)| c == to).map(|(_, d)| *d);
        match self.centres.get(other).filter(|_| code != other) {
            Some(centre) => centre.members.iter().filter_map(in_tree).min().map(|d| d.saturating_add(1)),
            None => in_tree(other),
        }
    }

    /// Whether a place is `of`'s own: itself, a surgery's branch, a trust's
    /// hospital. What is said of it by that speaker is its own word.
    pub fn is_part_of(&self, code: &OrgCode, of: &OrgCode) -> bool {
        let kind = |code: &OrgCode| self.get(code).map(|org| org.kind);
        let is_room = |kind: OrgKind| matches!(kind, OrgKind::Branch | OrgKind::TrustSite);
        let is_pair = kind(code).is_some_and(is_room) && kind(of).is_some_and(OrgKind::sees_patients);
        code == of || (is_pair && self.is_at_or_below(code, of))
    }

    /// For whom it counts what an organisation says of itself: a place and its rooms; of a
    /// board or a region all below.
    pub fn parts_of(&self, org: &OrgCode) -> Vec<OrgCode> {
        let mut parts = self.below(org);
        if self.get(org).is_some_and(|org| org.kind.sees_patients()) {
            parts.retain(|code| self.is_part_of(code, org));
        }
        parts
    }

    /// Whether all that `code` stands for is covered by `scope`: of a centre,
    /// each of its members.
    pub fn is_at_or_below(&self, code: &OrgCode, scope: &OrgCode) -> bool {
        if code == scope {
            return true;
        }
        match self.centres.get(code) {
            Some(centre) => {
                let mut members = centre.members.iter();
                !centre.members.is_empty() && members.all(|member| self.is_at_or_below(member, scope))
            }
            None => self.distance(code, scope).is_some(),
        }
    }

    /// The organisation itself and everything below it, each once.
    pub fn below(&self, scope: &OrgCode) -> Vec<OrgCode> {
        let mut seen = HashSet::from([scope.clone()]);
        let mut queue = VecDeque::from([scope.clone()]);
        let mut out = Vec::new();
        while let Some(at) = queue.pop_front() {
            let members = self.centres.get(&at).map(|centre| &centre.members);
            // Of a company or network, only those members that are below the scope too.
            let is_spanning = at != *scope && self.spans_boards(&at);
            for child in members.or_else(|| self.children.get(&at)).into_iter().flatten() {
                if is_spanning && self.distance(child, scope).is_none() {
                    continue;
                }
                if seen.insert(child.clone()) {
                    queue.push_back(child.clone());
                }
            }
            out.push(at);
        }
        out
    }
}
