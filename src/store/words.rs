//! The exact words of broadcasts, and what they rest on: what leaves says what the page
//! says at that moment, so words are written anew where something was said since. Those
//! of before are kept with the time, for the proof and for look-ups.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

use super::broadcasts::{Audience, put_messages, written};
use super::many::{Holds, Many};
use super::{Result, StoreError, Tx, on, word};
use crate::domain::delivery::DeliveryState;
use crate::domain::message::Message;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;

/// What words rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// Of all that pages rest on ([`revision`]).
    pub revision: i64,
    /// When the clock alone changes what is true; `None` where it never does.
    pub until: Option<DateTime<Utc>>,
}

impl Ground {
    /// Whether words still say what is true.
    pub fn holds(&self, revision: i64, now: DateTime<Utc>) -> bool {
        self.revision >= revision && self.until.is_none_or(|until| until > now)
    }
}

/// The words for one audience.
#[derive(Debug, Clone)]
pub struct Words {
    pub message: Message,
    /// `None` where they rest on nothing that anybody says: codes and calls.
    pub ground: Option<Ground>,
    /// Since when they are said, where others were said before.
    pub since: Option<DateTime<Utc>>,
}

impl From<Message> for Words {
    fn from(message: Message) -> Self {
        Self { message, ground: None, since: None }
    }
}

/// The revision of all that pages rest on; it only grows.
pub async fn revision(tx: &mut Tx) -> Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select cast(coalesce(sum(number), 0) as bigint) from revisions
         where subject in ('situation', 'directory')").fetch_one(c).await)?)
}

/// An audience of one broadcast.
const AUDIENCE: [(&str, Holds); 2] = [("organisation", Holds::Text), ("locale", Holds::Text)];

/// Words as they were before: their audience, the words, their revision.
type Stood = (String, String, Json<Value>, Option<i64>);

/// Puts words that were written at `now` in the place of those that audiences have. Where
/// they are the same, only what they rest on changes. On Postgres the old ones are locked,
/// in one order, so that whoever writes later keeps what left meanwhile.
pub async fn renew(
    tx: &mut Tx,
    broadcast: Uuid,
    new: &[(Audience, Words)],
    now: DateTime<Utc>,
) -> Result<()> {
    for some in new.chunks(500) {
        let wanted: Vec<_> = some.iter().map(|((org, locale), _)| (org.as_str(), locale)).collect();
        let end = tx.dialect(")", ") order by organisation, locale for update");
        let stood: Vec<Stood> = on!(tx, c => {
            let mut q = QueryBuilder::new("select organisation, locale, body, revision from messages where broadcast_id = ");
            q.push_bind(broadcast).push(" and (organisation, locale) in (");
            Many::push_rows(&mut q, &AUDIENCE, &wanted)?;
            q.push(end).build_query_as().fetch_all(c).await
        })?;
        for (org, locale, body, revision) in stood {
            let audience = (word(&org, OrgCode::parse)?, locale);
            let Some((_, words)) = some.iter().find(|(a, _)| *a == audience) else { continue };
            let Some(ground) = words.ground.filter(|g| revision.is_none_or(|r| r <= g.revision)) else {
                // Somebody wrote them from what was said later.
                continue;
            };
            if written(body)? != words.message {
                replace(tx, broadcast, &audience, &words.message, now).await?;
            }
            on!(tx, c => sqlx::query("update messages set revision = $4, good_until = $5
                 where broadcast_id = $1 and organisation = $2 and locale = $3")
                .bind(broadcast).bind(audience.0.as_str()).bind(&audience.1)
                .bind(ground.revision).bind(ground.until).execute(c).await.map(|_| ()))?;
        }
        // Audiences that had none.
        put_messages(tx, broadcast, some).await?;
    }
    Ok(())
}

/// Other words for an audience from now on; those of before are kept.
async fn replace(
    tx: &mut Tx,
    broadcast: Uuid,
    (org, locale): &Audience,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<()> {
    let body = serde_json::to_value(message).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let parts = i32::try_from(message.sms_parts()).unwrap_or(i32::MAX);
    on!(tx, c => sqlx::query(
        "insert into earlier_messages (broadcast_id, organisation, locale, until_at, body, sms_parts)
         select broadcast_id, organisation, locale, $4, body, sms_parts from messages
         where broadcast_id = $1 and organisation = $2 and locale = $3 on conflict do nothing")
        .bind(broadcast).bind(org.as_str()).bind(locale).bind(now).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query("update messages set body = $4, sms_parts = $5
         where broadcast_id = $1 and organisation = $2 and locale = $3")
        .bind(broadcast).bind(org.as_str()).bind(locale).bind(Json(body)).bind(parts)
        .execute(c).await.map(|_| ()))?)
}

/// Words that were told by one channel, and to how many, by where those messages stand.
#[derive(Debug, Clone)]
pub struct Left {
    pub organisation: OrgCode,
    pub locale: String,
    /// Until when these were the words; `None` for those of today.
    pub until: Option<DateTime<Utc>>,
    pub channel: Channel,
    pub message: Message,
    pub to: Vec<(DeliveryState, i64)>,
}

/// The words of a broadcast with which messages left, or were captured.
pub async fn left(tx: &mut Tx, broadcast: Uuid) -> Result<Vec<Left>> {
    type Counted = (String, String, String, Option<DateTime<Utc>>, String, i64);
    let counted: Vec<Counted> = on!(tx, c => sqlx::query_as(
        "select organisation, locale, channel, until_at, state, count(*) from (
             select d.organisation, d.locale, d.channel, d.state,
                 (select min(e.until_at) from earlier_messages e where e.broadcast_id = d.broadcast_id
                     and e.organisation = d.organisation and e.locale = d.locale
                     and e.until_at > coalesce(a.started_at, d.settled_at)) as until_at
             from deliveries d left join attempts a on a.delivery_id = d.id and a.number = d.attempt
             where d.broadcast_id = $1 and (d.attempt > 0 or d.state = 'captured')) as each_of_them
         group by organisation, locale, channel, until_at, state
         order by organisation, locale, channel, until_at, state")
        .bind(broadcast).fetch_all(c).await)?;
    type Kept = (String, String, Option<DateTime<Utc>>, Json<Value>);
    let kept: Vec<Kept> = on!(tx, c => sqlx::query_as(
        "select organisation, locale, null as until_at, body from messages where broadcast_id = $1
         union all
         select organisation, locale, until_at, body from earlier_messages where broadcast_id = $1")
        .bind(broadcast).fetch_all(c).await)?;
    let kept = kept.into_iter().map(|(org, locale, until, body)| Ok(((org, locale, until), written(body)?)));
    let kept: HashMap<_, Message> = kept.collect::<Result<_>>()?;
    let mut out: Vec<Left> = Vec::new();
    for (org, locale, channel, until, state, number) in counted {
        let Some(message) = kept.get(&(org.clone(), locale.clone(), until)) else { continue };
        let channel = word(&channel, Channel::parse)?;
        let to = (word(&state, DeliveryState::parse)?, number);
        let organisation = word(&org, OrgCode::parse)?;
        match out.last_mut() {
            Some(last)
                if (&last.organisation, &last.locale, last.channel, last.until)
                    == (&organisation, &locale, channel, until) =>
            {
                last.to.push(to);
            }
            _ => {
                let (message, to) = (message.clone(), vec![to]);
                out.push(Left { organisation, locale, until, channel, message, to });
            }
        }
    }
    Ok(out)
}
