//! Who is to be told, a page at a time: a national audience is a million.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Result, StoreError, Tx, on, word};
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::{Channel, Services};

/// Somebody who may have to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    pub id: Uuid,
    pub channel: Channel,
    pub locale: String,
    /// What they follow, in order, and what they want to hear of each.
    pub places: Vec<(OrgCode, Services)>,
}

impl Listener {
    /// The first of their places that is told, and of which they hear this.
    pub fn hears(&self, told: &HashSet<&OrgCode>, said: &Lines) -> Option<&OrgCode> {
        let hears = |(org, services): &&(OrgCode, Services)| told.contains(org) && services.include(said);
        self.places.iter().find(hears).map(|(org, _)| org)
    }
}

/// Subscriber, channel, locale, and each organisation with the services.
type Row = (Uuid, String, String, Option<Vec<(String, Option<String>)>>);

/// The next active subscribers after `cursor`, in order, with what they followed
/// at `until`. Where `few` follow these organisations ([`are_few`]), those; else
/// everybody, also who follows nothing of it: a page is the last when it is not full.
///
/// Each subscription is looked up from its subscriber, whatever it is to. To join
/// them would have Postgres read all of both tables for every page, while it has
/// no statistics; to name the organisations, SQLite look for each of them.
pub async fn page(
    tx: &mut Tx,
    (organisations, few): (&[OrgCode], bool),
    cursor: Option<Uuid>,
    until: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<Listener>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    // One row of text: SQLite would hand over thousands one by one.
    let (all, each, of_each) = (
        tx.dialect(
            "select json_group_array(json_array(lower(hex(s.id)), s.channel, s.locale, json((",
            "select coalesce(cast(json_agg(json_build_array(s.id, s.channel, s.locale, (",
        ),
        tx.dialect(
            "select json_group_array(json_array(n.organisation, n.services))",
            "select json_agg(json_build_array(n.organisation, n.services))",
        ),
        tx.dialect(")))) from (", "))) as text), '[]') from ("),
    );
    let text: String = on!(tx, c => {
        let mut q = QueryBuilder::new(all);
        q.push(each).push(" from subscriptions n where n.subscriber_id = s.id and n.confirmed_at <= ");
        q.push_bind(until).push(of_each).push("select id, channel, locale from subscribers
             where confirmed_at is not null and left_at is null and suspended_at is null
             and contact_sealed is not null");
        if let Some(cursor) = cursor {
            q.push(" and id > ").push_bind(cursor);
        }
        if few {
            q.push(" and id in (select n.subscriber_id from subscriptions n where true");
            super::organisations::narrow(&mut q, organisations);
            q.push(")");
        }
        q.push(" order by id limit ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX)).push(") s");
        q.build_query_scalar().fetch_one(c).await
    })?;
    let corrupt = |e: serde_json::Error| StoreError::Corrupt(e.to_string());
    let mut rows: Vec<Row> = serde_json::from_str(&text).map_err(corrupt)?;
    rows.sort_unstable_by_key(|row| row.0);
    rows.into_iter()
        .map(|(id, channel, locale, places)| {
            let place = |(organisation, services): (String, Option<String>)| {
                Ok((word(&organisation, OrgCode::parse)?, Services::read(services.as_deref())))
            };
            let places: Result<Vec<_>> = places.unwrap_or_default().into_iter().map(place).collect();
            let mut places = places?;
            places.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            Ok(Listener { id, channel: word(&channel, Channel::parse)?, locale, places })
        })
        .collect()
}

/// What one person followed at `until`, in order, and what they want to hear of each.
pub async fn places(tx: &mut Tx, id: Uuid, until: DateTime<Utc>) -> Result<Vec<(OrgCode, Services)>> {
    let rows: Vec<(String, Option<String>)> = on!(tx, c => sqlx::query_as(
        "select organisation, services from subscriptions
         where subscriber_id = $1 and confirmed_at <= $2 order by organisation")
        .bind(id).bind(until).fetch_all(c).await)?;
    let place = |(organisation, services): (String, Option<String>)| {
        Ok((word(&organisation, OrgCode::parse)?, Services::read(services.as_deref())))
    };
    rows.into_iter().map(place).collect()
}

/// How many people are told on each channel, as [`page`] and [`Listener::hears`]
/// have it; counted no further than `most` in all. The database counts: a post
/// says how many before it is answered, and a national audience is a million.
pub async fn count(
    tx: &mut Tx,
    told: &[OrgCode],
    said: &Lines,
    until: DateTime<Utc>,
    most: Option<usize>,
) -> Result<Vec<(Channel, usize)>> {
    let rows = count_by(tx, (told, said), until, ("channel", ""), most).await?;
    rows.into_iter().map(|(channel, n)| Ok((word(&channel, Channel::parse)?, n))).collect()
}

/// How many of them get text messages, in each language.
pub async fn count_texts(
    tx: &mut Tx,
    told: &[OrgCode],
    said: &Lines,
    until: DateTime<Utc>,
) -> Result<Vec<(String, usize)>> {
    count_by(tx, (told, said), until, ("locale", " and s.channel = 'sms'"), None).await
}

/// How many follow any of a few places, whatever they chose to hear of: by the index, where
/// [`count`] goes through all who signed up.
pub async fn followers(tx: &mut Tx, places: &[OrgCode]) -> Result<usize> {
    let number: i64 = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select count(distinct n.subscriber_id) from subscriptions n join subscribers s on s.id = n.subscriber_id
             where n.confirmed_at is not null and s.confirmed_at is not null and s.left_at is null
               and s.suspended_at is null and s.contact_sealed is not null");
        super::organisations::narrow(&mut q, places);
        q.build_query_scalar().fetch_one(c).await
    })?;
    Ok(usize::try_from(number).unwrap_or(0))
}

/// The other places that those follow who follow these; so many at most.
pub async fn others_followed(tx: &mut Tx, places: &[OrgCode], most: u32) -> Result<Vec<OrgCode>> {
    let rows: Vec<String> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select distinct o.organisation from subscriptions o where o.confirmed_at is not null
                 and o.subscriber_id in (select n.subscriber_id from subscriptions n
                     where n.confirmed_at is not null");
        super::organisations::narrow(&mut q, places);
        q.push(") order by o.organisation limit ").push_bind(i64::from(most));
        q.build_query_scalar().fetch_all(c).await
    })?;
    let all = rows.iter().map(|code| super::word(code, OrgCode::parse)).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|code| !places.contains(code)).collect())
}

/// Counts by a column, of those who meet a further condition.
async fn count_by(
    tx: &mut Tx,
    (told, said): (&[OrgCode], &Lines),
    until: DateTime<Utc>,
    (column, which): (&str, &str),
    most: Option<usize>,
) -> Result<Vec<(String, usize)>> {
    let told = serde_json::to_string(told).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    // With the plus, SQLite goes through what somebody follows, and not for each of
    // them through all that are told.
    let is_told = tx.dialect(
        "+n.organisation in (select value from json_each(",
        "n.organisation in (select jsonb_array_elements_text(cast(",
    );
    let end = tx.dialect("))", " as jsonb)))");
    let rows: Vec<(String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            format!("select {column}, count(*) from (select s.{column} from subscribers s
             where s.confirmed_at is not null and s.left_at is null and s.suspended_at is null
             and s.contact_sealed is not null{which} and exists (select 1 from subscriptions n
                 where n.subscriber_id = s.id and n.confirmed_at <= "));
        q.push_bind(until).push(" and ").push(is_told).push_bind(told).push(end);
        if !Services::all_hear(said) {
            q.push(" and (coalesce(n.services, '') = ''");
            for line in said.0.keys() {
                q.push(" or ',' || n.services || ',' like ").push_bind(format!("%,{line},%"));
            }
            q.push(")");
        }
        q.push(")");
        if let Some(most) = most {
            q.push(" limit ").push_bind(i64::try_from(most).unwrap_or(i64::MAX));
        }
        q.push(") people group by ").push(column).build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|(text, n)| (text, usize::try_from(n).unwrap_or(0))).collect())
}

/// Readers who follow several of the places that are told, as many as follow just these.
#[derive(Debug, Clone)]
pub struct OfSeveral {
    pub channel: Channel,
    pub locale: String,
    /// In order, and what they want to hear of each.
    pub places: Vec<(OrgCode, Services)>,
    pub readers: usize,
}

/// Whoever follows several of these places, put together by the database as [`count`] counts.
pub async fn of_several(tx: &mut Tx, told: &[OrgCode], until: DateTime<Utc>) -> Result<Vec<OfSeveral>> {
    if told.len() < 2 {
        return Ok(Vec::new());
    }
    let told = serde_json::to_string(told).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let (joined, is_told, end) = (
        tx.dialect("group_concat", "string_agg"),
        tx.dialect(
            "+n.organisation in (select value from json_each(",
            "n.organisation in (select jsonb_array_elements_text(cast(",
        ),
        tx.dialect("))", " as jsonb)))"),
    );
    let rows: Vec<(String, String, String, i64)> = on!(tx, c => {
        let mut q = QueryBuilder::new(format!(
            "select channel, locale, places, count(*) from (select s.channel, s.locale,
                 (select case when count(*) > 1 then {joined}(n.organisation || ' ' || coalesce(n.services, ''), ';') end
                  from subscriptions n where n.subscriber_id = s.id and n.confirmed_at <= "));
        q.push_bind(until).push(" and ").push(is_told).push_bind(told).push(end);
        q.push(") as places from subscribers s where s.confirmed_at is not null and s.left_at is null
             and s.suspended_at is null and s.contact_sealed is not null) people
             where places is not null group by channel, locale, places");
        q.build_query_as().fetch_all(c).await
    })?;
    let place = |text: &str| {
        let (code, services) = text.split_once(' ').unwrap_or((text, ""));
        Ok((word(code, OrgCode::parse)?, Services::read(Some(services))))
    };
    let several = |(channel, locale, places, readers): (String, String, String, i64)| {
        let mut places = places.split(';').map(place).collect::<Result<Vec<_>>>()?;
        places.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let (channel, readers) = (word(&channel, Channel::parse)?, usize::try_from(readers).unwrap_or(0));
        Ok(OfSeveral { channel, locale, places, readers })
    };
    rows.into_iter().map(several).collect()
}

/// Up to so many subscriptions are looked through for each page; of more than
/// that, the subscribers are gone through in their order.
const FEW: i64 = 50_000;

/// Whether few follow any of these organisations.
pub async fn are_few(tx: &mut Tx, organisations: &[OrgCode]) -> Result<bool> {
    if !super::organisations::are_few(organisations) {
        return Ok(false);
    }
    let number: i64 = on!(tx, c => {
        let mut q = QueryBuilder::new("select count(*) from (select 1 from subscriptions n where true");
        super::organisations::narrow(&mut q, organisations);
        q.push(" limit ").push_bind(FEW + 1).push(") counted");
        q.build_query_scalar().fetch_one(c).await
    })?;
    Ok(number <= FEW)
}
