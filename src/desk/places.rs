//! Where a post from a screen applies, and what it asks about. A practice
//! speaks for itself; a region, a board or a trust says for whom.

use std::sync::Arc;

use super::incidents::Declaration;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::cascade::{self, Touch};
use crate::domain::incident::Target;
use crate::domain::org::{Directory, Org, OrgCode, OrgKind, OrgStatus};
use crate::domain::system::System;
use crate::domain::user::{Action, Actor};

/// Where a post applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Everybody in an area whom it concerns.
    Area(OrgCode),
    /// Only these.
    Named(Vec<OrgCode>),
}

/// Who posts, and for whom they may.
#[derive(Debug, Clone)]
pub struct Ground {
    pub org: Arc<Org>,
    /// The areas to choose from, the own first; empty for those who only speak
    /// for themselves.
    pub scopes: Vec<Arc<Org>>,
}

impl Ground {
    /// The kinds of organisation whose lines a post asks about.
    pub fn kinds(&self, system: Option<&System>) -> Vec<OrgKind> {
        if self.org.kind.sees_patients() {
            return vec![self.org.kind];
        }
        let users = system.map_or(OrgKind::ALL, |s| s.used_by.as_slice());
        let kinds: Vec<OrgKind> = users.iter().copied().filter(|k| k.sees_patients()).collect();
        if kinds.is_empty() {
            OrgKind::ALL.iter().copied().filter(|k| k.sees_patients()).collect()
        } else {
            kinds
        }
    }
}

impl Desk {
    /// Who posts; refused for those who may not.
    pub async fn ground(&self, who: &Actor) -> Result<Ground> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let own = &who.organisation;
        let org = directory.get(own).ok_or(DeskError::NotFound("Your organisation"))?;
        let may = |code: &OrgCode| who.may(Action::Publish, code, &directory).is_ok();
        let mut scopes = scopes(org, &directory);
        let theirs: Vec<_> = directory.acts_for(who.id).map(|(code, _)| code).filter(|c| may(c)).collect();
        if scopes.is_empty() && !theirs.is_empty() {
            scopes.push(Arc::clone(org));
        }
        scopes.retain(|org| may(&org.code));
        scopes.extend(theirs.iter().filter_map(|code| directory.get(code).cloned()));
        if scopes.is_empty() {
            who.may(Action::Publish, own, &directory)?;
        }
        Ok(Ground { org: Arc::clone(org), scopes })
    }

    /// A declaration with its place filled in; mistakes stand beside `/scope`
    /// and `/organisations`. Without a place it is about the own organisation.
    pub async fn placed(&self, who: &Actor, d: Declaration, place: Option<&Place>) -> Result<Declaration> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        match place {
            Some(Place::Named(codes)) => {
                let errors: Vec<FieldError> =
                    codes.iter().filter_map(|c| not_theirs(who, c, "/organisations", &directory)).collect();
                if !errors.is_empty() {
                    return Err(DeskError::Invalid(errors));
                }
                Ok(Declaration { organisations: Some(codes.clone()), ..d })
            }
            Some(Place::Area(code)) => match not_theirs(who, code, "/scope", &directory) {
                Some(error) => Err(DeskError::Invalid(vec![error])),
                None => Ok(self.at(d, code, &directory)),
            },
            None => Ok(self.at(d, &who.organisation, &directory)),
        }
    }

    /// An area is reached through the system. A surgery or a trust that is not
    /// recorded as using it knows better: it and its sites are named.
    fn at(&self, d: Declaration, code: &OrgCode, directory: &Directory) -> Declaration {
        let Some(org) = directory.get(code).filter(|o| o.kind.sees_patients()) else {
            return Declaration { scope: Some(code.clone()), ..d };
        };
        let system = d.system.as_deref().and_then(|s| self.catalogue.find(s));
        let reached = system.is_some_and(|s| {
            let target = Target::System { system: s.key.clone(), scope: code.clone() };
            cascade::touches(&target, org, directory, &self.catalogue) == Some(Touch::Reached)
        });
        if reached {
            return Declaration { scope: Some(code.clone()), ..d };
        }
        let sites = directory.below(code);
        let open = |c: &OrgCode| directory.get(c).is_some_and(|o| o.status == OrgStatus::Active);
        Declaration { organisations: Some(sites.into_iter().filter(open).collect()), ..d }
    }
}

fn not_theirs(who: &Actor, code: &OrgCode, pointer: &str, directory: &Directory) -> Option<FieldError> {
    if directory.get(code).is_none() {
        return Some(FieldError::new(pointer, format!("There is no organisation with the code {code}.")));
    }
    let outside = who.may(Action::Publish, code, directory).is_err();
    outside.then(|| FieldError::new(pointer, format!("{code} does not belong to your organisation.")))
}

/// Areas that can be chosen. The wider the view, the fewer the small ones, so
/// that the list stays one that people can read.
fn scopes(org: &Org, directory: &Directory) -> Vec<Arc<Org>> {
    use OrgKind::{HealthBoard, Icb, Nation, Pcn, Region, SubIcb, Trust};
    let kinds: &[OrgKind] = match org.kind {
        Nation => &[Region, Icb, HealthBoard],
        Region => &[Icb, HealthBoard, SubIcb, Trust],
        kind if kind.is_surgery() || kind == OrgKind::Pharmacy || kind == OrgKind::TrustSite => return vec![],
        Trust => &[OrgKind::TrustSite],
        _ => &[SubIcb, Pcn, Trust],
    };
    let below = directory.below(&org.code);
    let found = below.iter().filter_map(|c| directory.get(c));
    let shown =
        |o: &&Arc<Org>| o.code == org.code || (kinds.contains(&o.kind) && o.status == OrgStatus::Active);
    let all: Vec<Arc<Org>> = found.filter(shown).cloned().collect();
    if all.len() == 1 && org.kind == Trust { vec![] } else { all }
}
