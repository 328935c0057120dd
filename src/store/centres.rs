//! Command centres, who is in them, and who acts for them. Rows of members and
//! people are never changed but for their end, so that any moment can be read.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx, directory_past, on, word};
use crate::domain::centre::Centre;
use crate::domain::org::OrgCode;
use crate::domain::user::Role;

#[derive(sqlx::FromRow)]
struct CentreRow {
    code: String,
    name: String,
    lead: String,
    first_day: String,
    last_day: Option<String>,
    ended_at: Option<DateTime<Utc>>,
}

/// An organisation in a centre, or one that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: Uuid,
    pub centre: OrgCode,
    pub organisation: OrgCode,
    pub asked_at: DateTime<Utc>,
    pub agreed_at: Option<DateTime<Utc>>,
}

/// Somebody who acts for a centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: Uuid,
    pub centre: OrgCode,
    /// The user or token.
    pub actor: Uuid,
    /// Of a user.
    pub email: Option<String>,
    pub name: String,
    pub role: Role,
}

fn day(text: &str) -> Result<NaiveDate> {
    word(text, |t| t.parse().ok())
}

impl CentreRow {
    /// Without members and people.
    fn into_centre(self) -> Result<Centre> {
        Ok(Centre {
            code: word(&self.code, OrgCode::parse)?,
            name: self.name,
            lead: word(&self.lead, OrgCode::parse)?,
            first_day: day(&self.first_day)?,
            last_day: self.last_day.as_deref().map(day).transpose()?,
            is_ended: self.ended_at.is_some(),
            members: Vec::new(),
            people: BTreeMap::new(),
        })
    }
}

/// Every centre, ended ones too, with who is in it and who acts for it now.
pub async fn all(tx: &mut Tx) -> Result<Vec<Centre>> {
    let rows: Vec<CentreRow> = on!(tx, c => sqlx::query_as(
        "select code, name, lead, first_day, last_day, ended_at from centres order by code")
        .fetch_all(c).await)?;
    let mut centres = rows.into_iter().map(CentreRow::into_centre).collect::<Result<Vec<_>>>()?;
    if centres.is_empty() {
        return Ok(centres);
    }
    let (members, people) = (members(tx).await?, people(tx).await?);
    for centre in &mut centres {
        let agreed = members.iter().filter(|m| m.centre == centre.code && m.agreed_at.is_some());
        centre.members = agreed.map(|m| m.organisation.clone()).collect();
        let theirs = people.iter().filter(|p| p.centre == centre.code);
        centre.people = theirs.map(|p| (p.actor, p.role)).collect();
    }
    Ok(centres)
}

/// The centres as they were known at `at`, for pages: without people.
pub async fn known_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Centre>> {
    let rows: Vec<CentreRow> = on!(tx, c => sqlx::query_as(
        "select code, name, lead, first_day, last_day,
                case when ended_at <= $1 then ended_at end as ended_at
         from centres where made_at <= $1 order by code").bind(at).fetch_all(c).await)?;
    let members: Vec<(String, String)> = on!(tx, c => sqlx::query_as(
        "select centre, organisation from centre_members
         where agreed_at <= $1 and (left_at is null or left_at > $1) order by organisation")
        .bind(at).fetch_all(c).await)?;
    let mut centres = rows.into_iter().map(CentreRow::into_centre).collect::<Result<Vec<_>>>()?;
    for centre in &mut centres {
        let theirs = members.iter().filter(|(of, _)| of == centre.code.as_str());
        centre.members = theirs.map(|(_, m)| word(m, OrgCode::parse)).collect::<Result<_>>()?;
    }
    Ok(centres)
}

/// Inserts a centre without members and people.
pub async fn insert(tx: &mut Tx, centre: &Centre, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into centres (code, name, lead, first_day, last_day, made_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(centre.code.as_str()).bind(&centre.name).bind(centre.lead.as_str())
        .bind(centre.first_day.to_string()).bind(centre.last_day.map(|d| d.to_string())).bind(at)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Changes name, lead and dates; what stood is kept for those who look back.
pub async fn update(tx: &mut Tx, was: &Centre, is: &Centre, at: DateTime<Utc>) -> Result<()> {
    directory_past::keep_centre(tx, was, at).await?;
    on!(tx, c => sqlx::query(
        "update centres set name = $2, lead = $3, first_day = $4, last_day = $5 where code = $1")
        .bind(is.code.as_str()).bind(&is.name).bind(is.lead.as_str()).bind(is.first_day.to_string())
        .bind(is.last_day.map(|d| d.to_string())).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends a centre; `false` when it had been ended.
pub async fn end(tx: &mut Tx, code: &OrgCode, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("update centres set ended_at = $2 where code = $1 and ended_at is null")
        .bind(code.as_str()).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

type MemberRow = (Uuid, String, String, DateTime<Utc>, Option<DateTime<Utc>>);

/// Who is in any centre now, or was asked; in order of code.
pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    let rows: Vec<MemberRow> = on!(tx, c => sqlx::query_as(
        "select id, centre, organisation, asked_at, agreed_at from centre_members
         where left_at is null order by organisation").fetch_all(c).await)?;
    let member = |(id, centre, organisation, asked_at, agreed_at): MemberRow| {
        let (centre, organisation) = (word(&centre, OrgCode::parse)?, word(&organisation, OrgCode::parse)?);
        Ok(Member { id, centre, organisation, asked_at, agreed_at })
    };
    rows.into_iter().map(member).collect()
}

/// Asks an organisation in; with `by` somebody agrees at once.
pub async fn ask(tx: &mut Tx, member: &Member, by: Option<&str>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into centre_members (id, centre, organisation, asked_at, agreed_at, agreed_by)
         values ($1, $2, $3, $4, $5, $6)")
        .bind(member.id).bind(member.centre.as_str()).bind(member.organisation.as_str())
        .bind(member.asked_at).bind(member.agreed_at).bind(by).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Somebody of an organisation that was asked agrees; `false` when nobody asks.
pub async fn agree(tx: &mut Tx, id: Uuid, by: &str, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update centre_members set agreed_at = $2, agreed_by = $3
         where id = $1 and agreed_at is null and left_at is null")
        .bind(id).bind(at).bind(by).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// An organisation leaves, or does not want to be in.
pub async fn leave(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("update centre_members set left_at = $2 where id = $1 and left_at is null")
        .bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

type PersonRow = (Uuid, String, Uuid, Option<String>, String, String);

/// Who acts for any centre now; in order of name.
pub async fn people(tx: &mut Tx) -> Result<Vec<Person>> {
    let rows: Vec<PersonRow> = on!(tx, c => sqlx::query_as(
        "select p.id, p.centre, p.actor, u.email, p.name, p.role
         from centre_people p left join users u on u.id = p.actor
         where p.left_at is null order by p.name, p.id")
        .fetch_all(c).await)?;
    let person = |(id, centre, actor, email, name, role): PersonRow| {
        let (centre, role) = (word(&centre, OrgCode::parse)?, word(&role, Role::parse)?);
        Ok(Person { id, centre, actor, email, name, role })
    };
    rows.into_iter().map(person).collect()
}

pub async fn add_person(tx: &mut Tx, person: &Person, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into centre_people (id, centre, actor, name, role, since) values ($1, $2, $3, $4, $5, $6)")
        .bind(person.id).bind(person.centre.as_str()).bind(person.actor).bind(&person.name)
        .bind(person.role.as_str()).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn remove_person(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update centre_people set left_at = $2 where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}
