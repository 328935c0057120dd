//! From what the reports say to what must change.
//!
//! The result does not depend on the order of files, and a second run finds
//! nothing to do.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::ods::{Record, kind_of_parent};
use crate::domain::org::{Link, LinkKind, Org, OrgCode, OrgKind, OrgStatus};

/// What the database holds already.
pub struct Before {
    pub orgs: BTreeMap<OrgCode, Org>,
    pub links: Vec<Link>,
}

/// What must be written.
#[derive(Debug, Default)]
pub struct Change {
    pub added: Vec<Org>,
    pub changed: Vec<Org>,
    pub links: Vec<Link>,
}

impl Change {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.links.is_empty()
    }
}

/// One record for each organisation: the newer dialect wins, then the greater
/// record, so that the order of files does not matter.
pub fn one_each(records: Vec<Record>) -> BTreeMap<OrgCode, Record> {
    let mut out: BTreeMap<OrgCode, Record> = BTreeMap::new();
    for record in records {
        match out.get(&record.code) {
            Some(old) if *old >= record => {}
            _ => {
                out.insert(record.code.clone(), record);
            }
        }
    }
    out
}

/// Works out what must change.
pub fn change(records: &BTreeMap<OrgCode, Record>, before: &Before, today: NaiveDate) -> Change {
    let mut wanted: BTreeMap<OrgCode, Org> =
        records.values().map(|r| (r.code.clone(), org(r, before))).collect();
    let mut links = stated_links(records);
    links.extend(area_links(records, before));
    add_placeholders(&mut wanted, &links, records, before);
    let mut change = Change::default();
    for (code, org) in wanted {
        match before.orgs.get(&code) {
            None => change.added.push(org),
            Some(old) if *old == org || (org.placeholder && !old.placeholder) => {}
            Some(_) => change.changed.push(org),
        }
    }
    change.links = changed_links(links, &before.links, today);
    change
}

/// What a report says of an organisation; which services it has only it says itself.
fn org(r: &Record, before: &Before) -> Org {
    Org {
        code: r.code.clone(),
        name: r.name.clone(),
        kind: r.kind,
        status: r.status,
        address: r.address.clone(),
        town: r.town.clone(),
        postcode: r.postcode.clone(),
        phone: r.phone.clone(),
        opened: r.opened,
        closed: r.closed,
        placeholder: false,
        lacks: before.orgs.get(&r.code).map(|old| old.lacks.clone()).unwrap_or_default(),
    }
}

/// The parents that the reports name.
fn stated_links(records: &BTreeMap<OrgCode, Record>) -> BTreeSet<Link> {
    records
        .values()
        .filter_map(|r| {
            let parent = r.parent.clone()?;
            let kind = LinkKind::Parent;
            Some(Link { child: r.code.clone(), parent, kind, joined: r.joined, left: r.left })
        })
        .collect()
}

/// The boards and regions that active rows lie in. A commissioner that only
/// its practices name lies where most of them lie; a row gets a link of its
/// own only where its parent does not lead there.
fn area_links(records: &BTreeMap<OrgCode, Record>, before: &Before) -> BTreeSet<Link> {
    let active = || {
        records.values().filter(|r| {
            r.status == OrgStatus::Active && !matches!(r.kind, OrgKind::Branch | OrgKind::TrustSite)
        })
    };
    let mut board_of_parent: HashMap<&OrgCode, BTreeMap<&OrgCode, usize>> = HashMap::new();
    let mut region_of_board: HashMap<&OrgCode, BTreeMap<&OrgCode, usize>> = HashMap::new();
    for r in active() {
        if let (Some(parent), Some(board), OrgKind::Practice) = (&r.parent, &r.board, r.kind) {
            *board_of_parent.entry(parent).or_default().entry(board).or_default() += 1;
        }
        if let (Some(board), Some(region)) = (&r.board, &r.region) {
            *region_of_board.entry(board).or_default().entry(region).or_default() += 1;
        }
    }
    let most = |votes: &BTreeMap<&OrgCode, usize>| {
        votes.iter().max_by_key(|(code, n)| (**n, std::cmp::Reverse(*code))).map(|(c, _)| (*c).clone())
    };
    let area = |child: &OrgCode, parent: OrgCode| Link {
        child: child.clone(),
        parent,
        kind: LinkKind::Area,
        joined: None,
        left: None,
    };
    let leads: HashMap<&OrgCode, OrgCode> =
        board_of_parent.iter().filter_map(|(p, votes)| Some((*p, most(votes)?))).collect();
    let mut links: BTreeSet<Link> = leads.iter().map(|(p, board)| area(p, board.clone())).collect();
    let named_board = |board: &OrgCode| {
        records.get(board).is_some_and(|r| r.parent.is_some())
            || before
                .links
                .iter()
                .any(|l| l.child == *board && l.kind == LinkKind::Parent && l.left.is_none())
    };
    for (board, votes) in &region_of_board {
        if let Some(region) = most(votes).filter(|_| !named_board(board)) {
            links.insert(area(board, region));
        }
    }
    for r in active() {
        let Some(board) = &r.board else { continue };
        if r.parent.as_ref().and_then(|p| leads.get(p)) != Some(board) && r.code != *board {
            links.insert(area(&r.code, board.clone()));
        }
    }
    let regions: BTreeSet<OrgCode> = active().filter_map(|r| r.region.clone()).collect();
    links.extend(
        regions
            .iter()
            .filter(|r| !records.contains_key(*r))
            .map(|r| Link { kind: LinkKind::Parent, ..area(r, OrgCode::root()) }),
    );
    links
}

/// Parents that nobody described are made from their codes.
fn add_placeholders(
    wanted: &mut BTreeMap<OrgCode, Org>,
    links: &BTreeSet<Link>,
    records: &BTreeMap<OrgCode, Record>,
    before: &Before,
) {
    let boards: BTreeSet<&OrgCode> = records.values().filter_map(|r| r.board.as_ref()).collect();
    let regions: BTreeSet<&OrgCode> = records.values().filter_map(|r| r.region.as_ref()).collect();
    let named =
        links.iter().map(|l| (&l.parent, Some(&l.child))).chain(links.iter().map(|l| (&l.child, None)));
    for (code, child) in named {
        if wanted.contains_key(code) || before.orgs.contains_key(code) {
            continue;
        }
        let child_kind = child.and_then(|c| records.get(c)).map_or(OrgKind::Other, |r| r.kind);
        let kind = match code {
            c if c.as_str() == crate::domain::org::ROOT => OrgKind::Nation,
            c if regions.contains(c) => OrgKind::Region,
            c if boards.contains(c) => OrgKind::Icb,
            c => kind_of_parent(c, child_kind),
        };
        wanted.insert(code.clone(), placeholder(code, kind));
    }
}

/// An organisation of which only the code is known.
pub fn placeholder(code: &OrgCode, kind: OrgKind) -> Org {
    let name = match kind {
        OrgKind::Nation => "NHS England".to_owned(),
        OrgKind::Region => format!("NHS region {code}"),
        OrgKind::Icb => format!("Integrated care board {code}"),
        OrgKind::SubIcb => format!("Sub-ICB location {code}"),
        OrgKind::HealthBoard => format!("Health board {code}"),
        OrgKind::PharmacyHq => format!("Pharmacy company {code}"),
        OrgKind::Practice => format!("GP surgery {code}"),
        OrgKind::Trust => format!("NHS trust {code}"),
        _ => format!("Organisation {code}"),
    };
    Org { placeholder: kind != OrgKind::Nation, ..Org::named(code.clone(), name, kind) }
}

/// Links that are new or have got an end, and old ones that a newer one of the
/// same kind replaces: they end where it begins.
pub(super) fn changed_links(wanted: BTreeSet<Link>, before: &[Link], today: NaiveDate) -> Vec<Link> {
    let known: BTreeSet<&Link> = before.iter().collect();
    let mut current: HashMap<(&OrgCode, LinkKind), Vec<&Link>> = HashMap::new();
    for link in before.iter().filter(|l| l.left.is_none()) {
        current.entry((&link.child, link.kind)).or_default().push(link);
    }
    let mut out = Vec::new();
    for link in &wanted {
        let same = |l: &Link| l.child == link.child && l.parent == link.parent && l.kind == link.kind;
        let old = current.get(&(&link.child, link.kind));
        let stands = old.is_some_and(|all| all.iter().any(|l| same(l)));
        if known.contains(link) || (link.joined.is_none() && link.left.is_none() && stands) {
            continue;
        }
        let replaces = link.left.is_none() && old.is_some_and(|all| !all.is_empty());
        for old in old.into_iter().flatten().filter(|l| link.left.is_none() && !same(l)) {
            out.push(Link { left: Some(link.joined.unwrap_or(today)), ..(*old).clone() });
        }
        let joined = link.joined.or(replaces.then_some(today));
        out.push(Link { joined, ..link.clone() });
    }
    out
}
