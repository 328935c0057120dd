//! Who is on duty where.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::subscribers::{self, Subscriber};
use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;

/// A contact point that an organisation has for its staff on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub id: Uuid,
    pub subscriber: Uuid,
    pub organisation: OrgCode,
    /// What it is called there: "Front desk mobile".
    pub label: String,
}

#[derive(sqlx::FromRow)]
struct DutyRow {
    id: Uuid,
    subscriber_id: Uuid,
    organisation: String,
    label: String,
}

impl DutyRow {
    fn into_duty(self) -> Result<Duty> {
        Ok(Duty {
            id: self.id,
            subscriber: self.subscriber_id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            label: self.label,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    duty_id: Uuid,
    duty_label: String,
    #[sqlx(flatten)]
    subscriber: subscribers::Row,
}

/// Those of an organisation, in order of label.
pub async fn of(tx: &mut Tx, org: &OrgCode) -> Result<Vec<(Duty, Subscriber)>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select n.id as duty_id, n.label as duty_label, s.*
         from duties n join subscribers s on s.id = n.subscriber_id
         where n.organisation = $1 and n.ended_at is null order by n.label, n.id")
        .bind(org.as_str()).fetch_all(c).await)?;
    let both = |row: Row| {
        let subscriber = row.subscriber.into_subscriber()?;
        let duty = Duty {
            id: row.duty_id,
            subscriber: subscriber.id,
            organisation: org.clone(),
            label: row.duty_label,
        };
        Ok((duty, subscriber))
    };
    rows.into_iter().map(both).collect()
}

/// One, whether it has ended or not.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Duty>> {
    let row: Option<DutyRow> = on!(tx, c => sqlx::query_as(
        "select id, subscriber_id, organisation, label from duties where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(DutyRow::into_duty).transpose()
}

/// Puts a contact point on duty; one that is there gets the new label. Whoever
/// does this has locked the subscriber. Gives whether anything changed.
pub async fn put(tx: &mut Tx, duty: &Duty, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into duties (id, subscriber_id, organisation, label, created_at) values ($1, $2, $3, $4, $5)
         on conflict (subscriber_id, organisation) where ended_at is null
         do update set label = excluded.label where duties.label <> excluded.label")
        .bind(duty.id).bind(duty.subscriber).bind(duty.organisation.as_str()).bind(&duty.label).bind(at)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends a duty of an organisation; `None` when it has no such.
pub async fn end(tx: &mut Tx, org: &OrgCode, id: Uuid, at: DateTime<Utc>) -> Result<Option<Duty>> {
    let row: Option<DutyRow> = on!(tx, c => sqlx::query_as(
        "update duties set ended_at = $3 where id = $1 and organisation = $2 and ended_at is null
         returning id, subscriber_id, organisation, label")
        .bind(id).bind(org.as_str()).bind(at).fetch_optional(c).await)?;
    row.map(DutyRow::into_duty).transpose()
}

/// Ends every duty of a contact point, and settles what has not left yet.
pub async fn end_all_of(tx: &mut Tx, subscriber: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update duties set ended_at = $2 where subscriber_id = $1 and ended_at is null")
        .bind(subscriber).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Erases a contact that nobody needs any more: it has no duty, and the person
/// follows nothing and waits for no code.
pub async fn forget_contact(tx: &mut Tx, subscriber: Uuid) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update subscribers set contact_sealed = null
         where id = $1 and (confirmed_at is null or left_at is not null) and code_sent_at is null
           and not exists (select 1 from duties n where n.subscriber_id = $1 and n.ended_at is null)")
        .bind(subscriber).execute(c).await.map(|_| ()))?;
    Ok(())
}
