//! Which primary care network a surgery is in, from a file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::merge::changed_links;
use super::{File, Reject, Report, rows_of};
use crate::desk::{Desk, Result};
use crate::domain::org::{Directory, Link, LinkKind, Org, OrgCode, OrgKind, display_name};
use crate::domain::time::london;
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};
use crate::store::{self, organisations};

/// The names of the columns: ours, and those of what NHS England publishes each month
/// as "Patients Registered at a GP Practice".
const COLUMNS: &[&[&str]] =
    &[&["practice", "practice_code"], &["network", "pcn_code"], &["name", "network_name", "pcn_name"]];

/// What a file says.
#[derive(Default)]
struct Said {
    names: BTreeMap<OrgCode, String>,
    network_of: BTreeMap<OrgCode, OrgCode>,
}

impl Desk {
    /// Reads which primary care network a surgery is in: `practice,network,name`. A network
    /// that is not known yet is made, below what most of its surgeries belong to. Surgeries
    /// that are not in the file stay where they are, as do the boards of all of them.
    pub async fn import_networks(&self, who: &Actor, file: &File) -> Result<Report> {
        let (rows, mut report) = rows_of(file, COLUMNS)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let before = organisations::links(&mut tx).await?;
        let mut said = Said::default();
        for (line, row) in rows {
            if let Err(reason) = read(&row, &directory, &mut said) {
                report.rejects.push(Reject { file: file.name.clone(), line, reason });
            }
        }
        let changed: Vec<Org> = said.orgs(&directory);
        report.added = changed.iter().filter(|org| directory.get(&org.code).is_none()).count();
        report.changed = changed.len() - report.added;
        let links = changed_links(said.links(&before), &before, london(now).date_naive());
        report.links = links.len();
        if !report.changed_nothing() {
            organisations::put(&mut tx, &changed.iter().collect::<Vec<_>>(), now).await?;
            organisations::put_links(&mut tx, &links.iter().collect::<Vec<_>>(), now).await?;
            store::bump(&mut tx, "directory").await?;
            let detail = json!({"added": report.added, "changed": report.changed, "links": report.links});
            audit::record(&mut tx, who, now, Entry::new("import_networks", "networks", detail)).await?;
        }
        tx.commit().await?;
        self.signals.ring();
        Ok(report)
    }
}

impl Said {
    /// The networks that are new or have another name.
    fn orgs(&self, directory: &Directory) -> Vec<Org> {
        let named = |(code, name): (&OrgCode, &String)| match directory.get(code) {
            Some(old) if old.name == *name => None,
            Some(old) => Some(Org {
                name: name.clone(),
                kind: OrgKind::Pcn,
                placeholder: false,
                ..old.as_ref().clone()
            }),
            None => Some(Org::named(code.clone(), name.clone(), OrgKind::Pcn)),
        };
        self.names.iter().filter_map(named).collect()
    }

    /// Each surgery below its network, and each network below what most of its surgeries
    /// belong to.
    fn links(&self, before: &[Link]) -> BTreeSet<Link> {
        let link = |child: &OrgCode, parent: &OrgCode, kind| Link {
            child: child.clone(),
            parent: parent.clone(),
            kind,
            joined: None,
            left: None,
        };
        let stands = |kind| before.iter().filter(move |l| l.left.is_none() && l.kind == kind);
        let parents: BTreeMap<&OrgCode, &OrgCode> =
            stands(LinkKind::Parent).map(|l| (&l.child, &l.parent)).collect();
        // A file may name a few of a network's surgeries: the others have their say too.
        let mut network_of: BTreeMap<&OrgCode, &OrgCode> =
            stands(LinkKind::Network).map(|l| (&l.child, &l.parent)).collect();
        network_of.extend(&self.network_of);
        let mut votes: BTreeMap<&OrgCode, BTreeMap<&OrgCode, usize>> = BTreeMap::new();
        for (practice, network) in network_of.into_iter().filter(|(_, n)| self.names.contains_key(*n)) {
            if let Some(parent) = parents.get(practice) {
                *votes.entry(network).or_default().entry(*parent).or_default() += 1;
            }
        }
        let of_surgery = |(practice, network)| link(practice, network, LinkKind::Network);
        let mut links: BTreeSet<Link> = self.network_of.iter().map(of_surgery).collect();
        for (network, votes) in votes {
            // Between as many, it stays where it is.
            let is_there = |code: &OrgCode| parents.get(network).is_some_and(|there| *there == code);
            let most = votes.iter().max_by_key(|(code, n)| (**n, is_there(code), std::cmp::Reverse(*code)));
            links.extend(most.map(|(parent, _)| link(network, parent, LinkKind::Parent)));
        }
        links
    }
}

/// Adds what one line says.
fn read(row: &csv::StringRecord, directory: &Directory, said: &mut Said) -> std::result::Result<(), String> {
    let text = |n: usize| row.get(n).unwrap_or_default().trim();
    let code = |n: usize| OrgCode::parse(text(n)).ok_or_else(|| format!("\"{}\" is not a code", text(n)));
    let (practice, network) = (code(0)?, code(1)?);
    match directory.get(&practice) {
        None => return Err(format!("there is no organisation {practice}")),
        Some(org) if !org.kind.is_surgery() => return Err(format!("{practice} is not a GP surgery")),
        Some(_) => {}
    }
    if directory.get(&network).is_some_and(|org| org.kind != OrgKind::Pcn && !org.placeholder) {
        return Err(format!("{network} is not a primary care network"));
    }
    if text(2).is_empty() {
        return Err(format!("{network} has no name"));
    }
    said.names.insert(network.clone(), display_name(text(2)));
    said.network_of.insert(practice, network);
    Ok(())
}
