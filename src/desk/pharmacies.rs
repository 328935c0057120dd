//! Which pharmacies make up the prescriptions of a surgery. A problem there
//! makes them slower by itself (`domain/facts/linked.rs`).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::pharmacies::Pair;
use crate::store::{self, Tx, pharmacies};

const NO_PLACE: DeskError = DeskError::NotFound("This organisation");

impl Desk {
    /// The pharmacies of a surgery, by name.
    pub async fn pharmacies(&self, who: &Actor, code: &OrgCode) -> Result<Vec<Arc<Org>>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        surgery(who, code, &directory)?;
        let mut all: Vec<_> =
            directory.pharmacies_of(code).iter().filter_map(|code| directory.get(code).cloned()).collect();
        all.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
        Ok(all)
    }

    /// Says which pharmacies a surgery has, in place of those that stood: links
    /// that are gone end and stay on record.
    pub async fn set_pharmacies(&self, who: &Actor, code: &OrgCode, wanted: &[OrgCode]) -> Result<()> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        surgery(who, code, &directory)?;
        who.may(Action::Publish, code, &directory)?;
        let wrong = |(n, code): (usize, &OrgCode)| {
            let detail = not_a_pharmacy(code, &directory)?;
            Some(FieldError::new(format!("/pharmacies/{n}"), detail))
        };
        let errors: Vec<FieldError> = wanted.iter().enumerate().filter_map(wrong).collect();
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        self.write_pharmacies(tx, who, code, &directory, wanted.iter().cloned().collect()).await
    }

    /// One pharmacy more. Says so where the surgery has it already.
    pub async fn add_pharmacy(&self, who: &Actor, code: &OrgCode, pharmacy: &OrgCode) -> Result<()> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        surgery(who, code, &directory)?;
        who.may(Action::Publish, code, &directory)?;
        let standing = directory.pharmacies_of(code);
        if standing.contains(pharmacy) {
            return Err(DeskError::field("/pharmacy", "This pharmacy is in your list already."));
        }
        if let Some(detail) = not_a_pharmacy(pharmacy, &directory) {
            return Err(DeskError::field("/pharmacy", detail));
        }
        let wanted = standing.iter().chain([pharmacy]).cloned().collect();
        self.write_pharmacies(tx, who, code, &directory, wanted).await
    }

    /// One pharmacy less.
    pub async fn remove_pharmacy(&self, who: &Actor, code: &OrgCode, pharmacy: &OrgCode) -> Result<()> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        surgery(who, code, &directory)?;
        who.may(Action::Publish, code, &directory)?;
        let wanted = directory.pharmacies_of(code).iter().filter(|p| *p != pharmacy).cloned().collect();
        self.write_pharmacies(tx, who, code, &directory, wanted).await
    }

    async fn write_pharmacies(
        &self,
        mut tx: Tx,
        who: &Actor,
        code: &OrgCode,
        directory: &Directory,
        wanted: BTreeSet<OrgCode>,
    ) -> Result<()> {
        let now = self.now();
        let (begun, ended) = difference(code, &wanted, directory);
        if begun.is_empty() && ended.is_empty() {
            return Ok(());
        }
        pharmacies::end(&mut tx, &ended, now).await?;
        pharmacies::begin(&mut tx, &begun, now).await?;
        store::bump(&mut tx, "directory").await?;
        let codes = |pairs: &[Pair]| pairs.iter().map(|(_, p)| p.clone()).collect::<Vec<_>>();
        let detail = json!({"begun": codes(&begun), "ended": codes(&ended)});
        audit::record(&mut tx, who, now, Entry::new("set_pharmacies", code, detail)).await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(())
    }
}

/// The links that begin and those that end, where a surgery is to have just these.
pub(super) fn difference(
    code: &OrgCode,
    wanted: &BTreeSet<OrgCode>,
    directory: &Directory,
) -> (Vec<Pair>, Vec<Pair>) {
    let standing: BTreeSet<&OrgCode> = directory.pharmacies_of(code).iter().collect();
    let pair = |pharmacy: &OrgCode| (code.clone(), pharmacy.clone());
    let begun = wanted.iter().filter(|p| !standing.contains(p)).map(pair).collect();
    let ended = standing.into_iter().filter(|p| !wanted.contains(*p)).map(pair).collect();
    (begun, ended)
}

/// Why an organisation is no pharmacy, if it is none.
pub(super) fn not_a_pharmacy(code: &OrgCode, directory: &Directory) -> Option<String> {
    match directory.get(code) {
        None => Some(format!("There is no organisation {code}.")),
        Some(org) if org.kind != OrgKind::Pharmacy => {
            Some(format!("{}, {code}, is not a pharmacy.", org.name))
        }
        Some(_) => None,
    }
}

/// Only a surgery has them; whoever may not see it does not learn that it is one.
fn surgery(who: &Actor, code: &OrgCode, directory: &Directory) -> Result<()> {
    let org = directory.get(code).ok_or(NO_PLACE)?;
    who.may(Action::See, code, directory).map_err(|_| NO_PLACE)?;
    if !org.kind.is_surgery() {
        let detail = "Only a GP surgery has pharmacies that make up its prescriptions.";
        return Err(DeskError::field("/organisation", detail));
    }
    Ok(())
}
