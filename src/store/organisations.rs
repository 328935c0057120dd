//! Organisations, links and systems used.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{QueryBuilder, Row};

use super::{Result, StoreError, Tx, centres, directory_past, on, pharmacies, statements, word};
use crate::domain::line::Line;
use crate::domain::org::{Directory, Link, LinkKind, Org, OrgCode, OrgKind, OrgStatus};
use crate::domain::system::SystemKey;

#[derive(sqlx::FromRow)]
struct OrgRow {
    code: String,
    name: String,
    kind: String,
    status: String,
    address: String,
    town: String,
    postcode: String,
    phone: String,
    opened: Option<String>,
    closed: Option<String>,
    placeholder: bool,
    lacks: String,
}

fn code(text: &str) -> Result<OrgCode> {
    word(text, OrgCode::parse)
}

fn day(text: Option<String>) -> Option<NaiveDate> {
    text.and_then(|t| t.parse().ok())
}

fn day_text(day: Option<NaiveDate>) -> Option<String> {
    day.map(|d| d.to_string())
}

fn lacks_text(org: &Org) -> String {
    org.lacks.iter().map(|line| line.as_str()).collect::<Vec<_>>().join(",")
}

impl OrgRow {
    fn into_org(self) -> Result<Org> {
        Ok(Org {
            code: code(&self.code)?,
            name: self.name,
            kind: word(&self.kind, OrgKind::parse)?,
            status: word(&self.status, OrgStatus::parse)?,
            address: self.address,
            town: self.town,
            postcode: self.postcode,
            phone: self.phone,
            opened: day(self.opened),
            closed: day(self.closed),
            placeholder: self.placeholder,
            // A line that is no more is left out.
            lacks: self.lacks.split(',').filter_map(Line::parse).collect(),
        })
    }
}

/// All organisations, in order of code.
pub async fn all(tx: &mut Tx) -> Result<Vec<Org>> {
    let rows: Vec<OrgRow> =
        on!(tx, c => sqlx::query_as("select * from organisations order by code").fetch_all(c).await)?;
    rows.into_iter().map(OrgRow::into_org).collect()
}

/// All links, past ones too, in a fixed order.
pub async fn links(tx: &mut Tx) -> Result<Vec<Link>> {
    type LinkRow = (String, String, String, String, Option<String>);
    let rows: Vec<LinkRow> = on!(tx, c => sqlx::query_as(
        "select child, parent, kind, joined, left_on from organisation_links
         order by child, parent, kind, joined").fetch_all(c).await)?;
    rows.into_iter()
        .map(|(child, parent, kind, joined, left)| {
            Ok(Link {
                child: code(&child)?,
                parent: code(&parent)?,
                kind: word(&kind, LinkKind::parse)?,
                joined: joined.parse().ok(),
                left: day(left),
            })
        })
        .collect()
}

/// Which organisation uses which system.
pub async fn systems(tx: &mut Tx) -> Result<Vec<(OrgCode, SystemKey)>> {
    let rows: Vec<(String, String)> = on!(tx, c => sqlx::query_as(
        "select organisation, system from organisation_systems order by organisation, system")
        .fetch_all(c).await)?;
    rows.into_iter().map(|(o, s)| Ok((code(&o)?, SystemKey::new(&s)))).collect()
}

/// Everything of the above, ready for use.
pub async fn directory(tx: &mut Tx, today: NaiveDate) -> Result<Directory> {
    let tree = Directory::new(all(tx).await?, links(tx).await?, systems(tx).await?, today);
    let tree = tree.with_pharmacies(pharmacies::all(tx).await?);
    Ok(tree.with_centres(centres::all(tx).await?).with_partners(statements::speakers(tx).await?))
}

const CHUNK: usize = 500;

/// Inserts or replaces organisations; what is replaced is kept for those who
/// look back.
pub async fn put(tx: &mut Tx, orgs: &[&Org], now: DateTime<Utc>) -> Result<()> {
    const HEAD: &str = "insert into organisations (code, name, kind, status, address, town, postcode, \
                        phone, opened, closed, placeholder, lacks, known_at) ";
    const TAIL: &str = " on conflict (code) do update set name = excluded.name, kind = excluded.kind, \
        status = excluded.status, address = excluded.address, town = excluded.town, \
        postcode = excluded.postcode, phone = excluded.phone, opened = excluded.opened, \
        closed = excluded.closed, placeholder = excluded.placeholder, \
        lacks = excluded.lacks";
    for chunk in orgs.chunks(CHUNK) {
        let before: Vec<OrgRow> = on!(tx, c => {
            let mut q = QueryBuilder::new("select * from organisations where code in (");
            let mut list = q.separated(", ");
            for org in chunk {
                list.push_bind(org.code.as_str());
            }
            q.push(")");
            q.build_query_as().fetch_all(c).await
        })?;
        for row in before {
            directory_past::keep_org(tx, &row.into_org()?, now).await?;
        }
        on!(tx, c => {
            let mut q = QueryBuilder::new(HEAD);
            q.push_values(chunk, |mut row, org| {
                row.push_bind(org.code.as_str()).push_bind(&org.name).push_bind(org.kind.as_str())
                    .push_bind(org.status.as_str()).push_bind(&org.address).push_bind(&org.town)
                    .push_bind(&org.postcode).push_bind(&org.phone).push_bind(day_text(org.opened))
                    .push_bind(day_text(org.closed)).push_bind(org.placeholder).push_bind(lacks_text(org)).push_bind(now);
            });
            q.push(TAIL);
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Inserts links, or gives those that are there their end date.
pub async fn put_links(tx: &mut Tx, links: &[&Link], now: DateTime<Utc>) -> Result<()> {
    for chunk in links.chunks(CHUNK) {
        // Only a link that ends changes one that is there.
        for link in chunk.iter().filter(|l| l.left.is_some()) {
            let known: Option<String> = on!(tx, c => sqlx::query_scalar(
                "select child from organisation_links where child = $1 and parent = $2 and kind = $3 and joined = $4")
                .bind(link.child.as_str()).bind(link.parent.as_str()).bind(link.kind.as_str())
                .bind(day_text(link.joined).unwrap_or_default()).fetch_optional(c).await)?;
            if known.is_some() {
                directory_past::keep_link(tx, &Link { left: None, ..(*link).clone() }, now).await?;
            }
        }
        on!(tx, c => {
            let mut q = QueryBuilder::new("insert into organisation_links (child, parent, kind, joined, left_on, known_at) ");
            q.push_values(chunk, |mut row, link| {
                row.push_bind(link.child.as_str()).push_bind(link.parent.as_str())
                    .push_bind(link.kind.as_str())
                    .push_bind(day_text(link.joined).unwrap_or_default()).push_bind(day_text(link.left))
                    .push_bind(now);
            });
            q.push(" on conflict (child, parent, kind, joined) do update set left_on = excluded.left_on");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Records that organisations use systems; what is there already stays.
/// Gives the number of new rows.
pub async fn put_systems(tx: &mut Tx, uses: &[(OrgCode, SystemKey)], now: DateTime<Utc>) -> Result<u64> {
    let mut new = 0;
    for chunk in uses.chunks(CHUNK) {
        new += on!(tx, c => {
            let mut q = QueryBuilder::new("insert into organisation_systems (organisation, system, known_at) ");
            q.push_values(chunk, |mut row, (org, system)| {
                row.push_bind(org.as_str()).push_bind(system.as_str()).push_bind(now);
            });
            q.push(" on conflict do nothing");
            q.build().execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(new)
}

/// An organisation uses a system no longer.
pub async fn remove_system(tx: &mut Tx, org: &OrgCode, system: &SystemKey, now: DateTime<Utc>) -> Result<()> {
    let known: Option<Option<DateTime<Utc>>> = on!(tx, c => sqlx::query_scalar(
        "select known_at from organisation_systems where organisation = $1 and system = $2")
        .bind(org.as_str()).bind(system.as_str()).fetch_optional(c).await)?;
    if let Some(known_at) = known {
        directory_past::keep_system(tx, (org, system), known_at, now).await?;
    }
    on!(tx, c => sqlx::query("delete from organisation_systems where organisation = $1 and system = $2")
        .bind(org.as_str()).bind(system.as_str()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// How many organisations there are.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    on!(tx, c => sqlx::query("select count(*) as n from organisations").fetch_one(c).await
        .and_then(|row| row.try_get::<i64, _>("n")))
    .map_err(StoreError::from)
}

/// Has others wait who would change what is said of this organisation, until this
/// transaction ends. SQLite has one writer anyway.
pub async fn lock(tx: &mut Tx, code: &OrgCode) -> Result<()> {
    let sql = tx.dialect(
        "select 1 from organisations where code = $1",
        "select 1 from organisations where code = $1 for no key update",
    );
    on!(tx, c => sqlx::query(sql).bind(code.as_str()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// How many organisations are named in the SQL before everybody is read.
const NAMED: usize = 400;

/// Whether a question names these organisations, rather than asking for all.
pub fn are_few(organisations: &[OrgCode]) -> bool {
    organisations.len() <= NAMED
}

/// Narrows a question to what belongs to these organisations (`n.organisation`),
/// where they are few; whoever asks leaves the others out.
pub(super) fn narrow<DB>(q: &mut QueryBuilder<DB>, organisations: &[OrgCode])
where
    DB: sqlx::Database,
    String: for<'q> sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    if !are_few(organisations) {
        return;
    }
    if organisations.is_empty() {
        // PostgreSQL takes no empty list.
        q.push(" and false");
        return;
    }
    q.push(" and n.organisation in (");
    let mut list = q.separated(", ");
    for org in organisations {
        list.push_bind(org.to_string());
    }
    q.push(")");
}
