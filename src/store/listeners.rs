//! Who is to be told, a page at a time: a national audience is a million.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::{Channel, Services};

/// Somebody to be told, and for which organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    pub id: Uuid,
    pub channel: Channel,
    pub locale: String,
    pub organisation: OrgCode,
    pub services: Services,
}

/// The next subscriptions of active subscribers after `cursor`, in order of
/// subscriber and organisation, made no later than `until`. When there are few
/// organisations only theirs, else everybody's.
pub async fn page(
    tx: &mut Tx,
    organisations: &[OrgCode],
    cursor: Option<Uuid>,
    until: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<Listener>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, String, String, Option<String>)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select s.id, s.channel, s.locale, n.organisation, n.services
             from subscribers s join subscriptions n on n.subscriber_id = s.id
             where s.confirmed_at is not null and s.left_at is null and s.suspended_at is null
             and s.contact_sealed is not null
             and n.confirmed_at <= ");
        q.push_bind(until);
        if let Some(cursor) = cursor {
            q.push(" and s.id > ").push_bind(cursor);
        }
        super::organisations::narrow(&mut q, organisations);
        q.push(" order by s.id, n.organisation limit ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter()
        .map(|(id, channel, locale, organisation, services)| {
            Ok(Listener {
                id,
                channel: word(&channel, Channel::parse)?,
                locale,
                organisation: word(&organisation, OrgCode::parse)?,
                services: Services::read(services.as_deref()),
            })
        })
        .collect()
}
