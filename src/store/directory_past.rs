//! The directory of a moment of the past. Each change keeps what stood there
//! before it; going back means putting that in place again, the newest first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, StoreError, Tx, centres, on, organisations, pharmacies, statements, word};
use crate::domain::centre::Centre;
use crate::domain::org::{Directory, Link, LinkKind, Org, OrgCode};
use crate::domain::system::SystemKey;

const ORGANISATION: &str = "organisation";
const LINK: &str = "link";
const SYSTEM: &str = "system";
const CENTRE: &str = "centre";

/// Keeps an organisation as it was until now.
pub(super) async fn keep_org(tx: &mut Tx, was: &Org, now: DateTime<Utc>) -> Result<()> {
    keep(tx, ORGANISATION, was, now).await
}

/// Keeps a link as it was until now.
pub(super) async fn keep_link(tx: &mut Tx, was: &Link, now: DateTime<Utc>) -> Result<()> {
    keep(tx, LINK, was, now).await
}

/// Keeps that an organisation used a system until now, known since then.
pub(super) async fn keep_system(
    tx: &mut Tx,
    (org, system): (&OrgCode, &SystemKey),
    known_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let was = json!({"organisation": org, "system": system, "known_at": known_at});
    keep(tx, SYSTEM, &was, now).await
}

/// Keeps a centre as it was until now.
pub(super) async fn keep_centre(tx: &mut Tx, was: &Centre, now: DateTime<Utc>) -> Result<()> {
    keep(tx, CENTRE, was, now).await
}

async fn keep(tx: &mut Tx, kind: &str, was: &impl Serialize, now: DateTime<Utc>) -> Result<()> {
    let was = serde_json::to_value(was).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    on!(tx, c => sqlx::query("insert into directory_past (id, until_at, kind, was) values ($1, $2, $3, $4)")
        .bind(Uuid::now_v7()).bind(now).bind(kind).bind(Json(was)).execute(c).await.map(|_| ()))?;
    Ok(())
}

type LinkKey = (OrgCode, OrgCode, LinkKind, Option<NaiveDate>);

fn key(link: &Link) -> LinkKey {
    (link.child.clone(), link.parent.clone(), link.kind, link.joined)
}

/// The directory as it was known at `at`; links by the calendar of `day`.
pub async fn directory(tx: &mut Tx, at: DateTime<Utc>, day: NaiveDate) -> Result<Directory> {
    let codes: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select code from organisations where known_at > $1").bind(at).fetch_all(c).await)?;
    let newer = codes.iter().map(|c| word(c, OrgCode::parse)).collect::<Result<BTreeSet<_>>>()?;
    let mut orgs: BTreeMap<OrgCode, Org> =
        organisations::all(tx).await?.into_iter().map(|o| (o.code.clone(), o)).collect();
    orgs.retain(|code, _| !newer.contains(code));
    let mut links: BTreeMap<LinkKey, Link> =
        organisations::links(tx).await?.into_iter().map(|l| (key(&l), l)).collect();
    type New = (String, String, String, String);
    let new_links: Vec<New> = on!(tx, c => sqlx::query_as(
        "select child, parent, kind, joined from organisation_links where known_at > $1")
        .bind(at).fetch_all(c).await)?;
    for (child, parent, kind, joined) in new_links {
        let kind = word(&kind, LinkKind::parse)?;
        links.remove(&(
            word(&child, OrgCode::parse)?,
            word(&parent, OrgCode::parse)?,
            kind,
            joined.parse().ok(),
        ));
    }
    let rows: Vec<(String, String)> = on!(tx, c => sqlx::query_as(
        "select organisation, system from organisation_systems where known_at is null or known_at <= $1")
        .bind(at).fetch_all(c).await)?;
    let mut uses = BTreeSet::new();
    for (org, system) in rows {
        uses.insert((word(&org, OrgCode::parse)?, SystemKey::new(&system)));
    }
    let mut centres = centres::known_at(tx, at).await?;
    let past: Vec<(String, Json<Value>)> = on!(tx, c => sqlx::query_as(
        "select kind, was from directory_past where until_at > $1 order by until_at desc, id desc")
        .bind(at).fetch_all(c).await)?;
    for (kind, Json(was)) in past {
        match kind.as_str() {
            ORGANISATION => {
                let was: Org = read(was)?;
                orgs.entry(was.code.clone()).and_modify(|org| *org = was);
            }
            LINK => {
                let was: Link = read(was)?;
                links.entry(key(&was)).and_modify(|link| *link = was);
            }
            CENTRE => {
                let was: Centre = read(was)?;
                for centre in centres.iter_mut().filter(|c| c.code == was.code) {
                    // Who was in it, and whether it had ended, have rows of their own.
                    let (members, is_ended) = (std::mem::take(&mut centre.members), centre.is_ended);
                    *centre = Centre { members, is_ended, ..was.clone() };
                }
            }
            _ => {
                let since: Option<DateTime<Utc>> = read(was["known_at"].clone())?;
                if since.is_none_or(|since| since <= at) {
                    uses.insert((read(was["organisation"].clone())?, read(was["system"].clone())?));
                }
            }
        }
    }
    let (orgs, links) = (orgs.into_values().collect(), links.into_values().collect());
    let partners = statements::speakers_at(tx, at).await?;
    let tree = Directory::new(orgs, links, uses.into_iter().collect(), day);
    let tree = tree.with_pharmacies(pharmacies::known_at(tx, at).await?);
    Ok(tree.with_centres(centres).with_partners(partners))
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}
