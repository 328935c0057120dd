//! Broadcasts: one thing to be told, its audience by reference, its words.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::many::{self, Holds, Many};
use super::words::{Ground, Words};
use super::{Result, StoreError, Tx, on, overtaking, word};
use crate::domain::line::Line;
use crate::domain::message::Message;
use crate::domain::org::{OrgCode, words};

words! {
    /// What a broadcast is about.
    BroadcastKind {
        /// An update of an incident, told to subscribers and posted.
        Update = "update",
        /// A word of one place that changes whether to come, told in the words of an
        /// incident's newest update to its own readers who heard otherwise.
        Word = "word",
        /// A step of planned downtime, told and posted likewise.
        Planned = "planned",
        /// The code or link that confirms a sign-up, or what greets a browser; to
        /// one subscriber.
        Confirmation = "confirmation",
        /// A call to those on duty, or to whoever answers for an area.
        Duty = "duty",
    }
}

/// One thing to be told.
#[derive(Debug, Clone)]
pub struct Broadcast {
    pub id: Uuid,
    pub kind: BroadcastKind,
    pub incident: Option<Uuid>,
    pub update: Option<Uuid>,
    pub planned: Option<Uuid>,
    pub step: Option<Uuid>,
    /// For a correction: the update whose audience it goes to.
    pub corrects: Option<Uuid>,
    pub lane: i32,
    pub content_hash: Vec<u8>,
    /// Raised when the broadcast is stopped.
    pub epoch: i32,
    pub created_at: DateTime<Utc>,
    /// The last subscriber that was expanded.
    pub cursor: Option<Uuid>,
    pub social_done: bool,
    pub expanded_at: Option<DateTime<Utc>>,
    pub superseded_at: Option<DateTime<Utc>>,
    /// Of a word: whose readers alone are told.
    pub place: Option<OrgCode>,
    /// Of a word that lifts lines, which; none of an answer.
    pub lifted: Vec<Line>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    incident_id: Option<Uuid>,
    update_id: Option<Uuid>,
    planned_id: Option<Uuid>,
    step_id: Option<Uuid>,
    corrects: Option<Uuid>,
    lane: i32,
    content_hash: Vec<u8>,
    epoch: i32,
    created_at: DateTime<Utc>,
    cursor: Option<Uuid>,
    social_done: bool,
    expanded_at: Option<DateTime<Utc>>,
    superseded_at: Option<DateTime<Utc>>,
    place: Option<String>,
    lifted: Option<String>,
}

impl Row {
    fn into_broadcast(self) -> Result<Broadcast> {
        Ok(Broadcast {
            id: self.id,
            kind: word(&self.kind, BroadcastKind::parse)?,
            incident: self.incident_id,
            update: self.update_id,
            planned: self.planned_id,
            step: self.step_id,
            corrects: self.corrects,
            lane: self.lane,
            content_hash: self.content_hash,
            epoch: self.epoch,
            created_at: self.created_at,
            cursor: self.cursor,
            social_done: self.social_done,
            expanded_at: self.expanded_at,
            superseded_at: self.superseded_at,
            place: self.place.map(|code| word(&code, OrgCode::parse)).transpose()?,
            lifted: self.lifted.unwrap_or_default().split(',').filter_map(Line::parse).collect(),
        })
    }
}

pub async fn insert(tx: &mut Tx, b: &Broadcast) -> Result<()> {
    let lifted: Vec<&str> = b.lifted.iter().map(|line| line.as_str()).collect();
    let lifted = Some(lifted.join(",")).filter(|lines| !lines.is_empty());
    on!(tx, c => sqlx::query(
        "insert into broadcasts (id, kind, incident_id, update_id, corrects, lane, content_hash, epoch,
                                 created_at, social_done, expanded_at, planned_id, step_id, place, lifted)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        .bind(b.id).bind(b.kind.as_str()).bind(b.incident).bind(b.update).bind(b.corrects).bind(b.lane)
        .bind(&b.content_hash).bind(b.epoch).bind(b.created_at).bind(b.social_done).bind(b.expanded_at)
        .bind(b.planned).bind(b.step).bind(b.place.as_ref().map(OrgCode::as_str)).bind(lifted)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The most urgent broadcast whose audience is not yet expanded. On Postgres
/// its row is locked, so that one process expands it. A word of a place waits for the updates
/// of its incident, for whoever gets one of those hears it with that.
pub async fn next_to_expand(tx: &mut Tx) -> Result<Option<Broadcast>> {
    const READY: &str = "b.expanded_at is null and (b.holding is null or b.holding <> 'unapproved')";
    let sql = format!(
        "select n.* from broadcasts n where {} and (n.kind <> 'word' or not exists (
             select 1 from broadcasts b where b.incident_id = n.incident_id and b.kind = 'update' and {READY}))
         order by n.lane, n.created_at limit 1{}",
        READY.replace("b.", "n."),
        tx.dialect("", " for update of n skip locked"),
    );
    let row: Option<Row> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str())).fetch_optional(c).await)?;
    row.map(Row::into_broadcast).transpose()
}

/// Remembers how far the expansion has come.
pub async fn advance(tx: &mut Tx, b: &Broadcast) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update broadcasts set cursor = $2, social_done = $3, expanded_at = $4 where id = $1")
        .bind(b.id).bind(b.cursor).bind(b.social_done).bind(b.expanded_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Stops a broadcast: nothing of it leaves any more, and nobody is held back for
/// later. What was queued counts as suppressed, for this reason. A broadcast has the
/// id of its update, or of its step.
pub async fn stop(tx: &mut Tx, broadcast: Uuid, reason: &str, at: DateTime<Utc>) -> Result<u64> {
    overtaking::give_way(tx, broadcast).await?;
    on!(tx, c => sqlx::query("update broadcasts set epoch = epoch + 1, expanded_at = coalesce(expanded_at, $2),
             holding = case when holding = 'unapproved' then holding end
         where id = $1").bind(broadcast).bind(at).execute(c).await.map(|_| ()))?;
    Ok(on!(tx, c => sqlx::query(
        "update deliveries set state = 'suppressed', reason = $3, settled_at = $2
         where state = 'queued' and broadcast_id = $1")
        .bind(broadcast).bind(at).bind(reason).execute(c).await.map(|d| d.rows_affected()))?)
}

/// What told words of places in the words of an update.
pub async fn words_with(tx: &mut Tx, update: Uuid) -> Result<Vec<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar("select id from broadcasts where update_id = $1 and kind = 'word'")
        .bind(update).fetch_all(c).await)?)
}

/// An audience of a broadcast: whose subscribers, and their language.
pub type Audience = (OrgCode, String);

/// Keeps the exact words for audiences; words that are there stay.
pub async fn put_messages(tx: &mut Tx, broadcast: Uuid, all: &[(Audience, Words)]) -> Result<()> {
    for some in all.chunks(500) {
        let bodies = some.iter().map(|(_, words)| serde_json::to_value(&words.message));
        let bodies: Vec<Value> =
            bodies.collect::<std::result::Result<_, _>>().map_err(|e| StoreError::Corrupt(e.to_string()))?;
        on!(tx, c => {
            let mut q = QueryBuilder::new(
                "insert into messages (broadcast_id, organisation, locale, body, sms_parts, revision, good_until) ");
            q.push_values(some.iter().zip(bodies), |mut row, (((org, locale), words), body)| {
                row.push_bind(broadcast).push_bind(org.as_str()).push_bind(locale).push_bind(Json(body))
                    .push_bind(i32::try_from(words.message.sms_parts()).unwrap_or(i32::MAX))
                    .push_bind(words.ground.map(|ground| ground.revision))
                    .push_bind(words.ground.and_then(|ground| ground.until));
            });
            q.push(" on conflict do nothing");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// For which audiences of a broadcast there are words.
pub async fn audiences_with_words(tx: &mut Tx, broadcast: Uuid) -> Result<HashSet<Audience>> {
    let rows: Vec<(String, String)> = on!(tx, c => sqlx::query_as(
        "select organisation, locale from messages where broadcast_id = $1").bind(broadcast).fetch_all(c).await)?;
    rows.into_iter().map(|(org, locale)| Ok((word(&org, OrgCode::parse)?, locale))).collect()
}

/// The words that deliveries left with by their last attempt, where those are
/// not the ones of today. What was captured left by none: those of when it was.
pub async fn words_of_attempts(tx: &mut Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, Message>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Json<Value>)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select d.id, e.body from deliveries d
             left join attempts a on a.delivery_id = d.id and a.number = d.attempt
             join earlier_messages e on e.broadcast_id = d.broadcast_id and e.organisation = d.organisation
                 and e.locale = d.locale and e.until_at > coalesce(a.started_at, d.settled_at)
             where d.id");
        Many::push_among(&mut q, ids);
        // Of several the first that ended counts.
        q.push(" order by e.until_at desc");
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|(id, body)| Ok((id, written(body)?))).collect()
}

/// The words of an audience that are not those of today, and until when they
/// were; the first first.
pub async fn earlier_words(
    tx: &mut Tx,
    broadcast: Uuid,
    org: &OrgCode,
    locale: &str,
) -> Result<Vec<(DateTime<Utc>, Message)>> {
    let rows: Vec<(DateTime<Utc>, Json<Value>)> = on!(tx, c => sqlx::query_as(
        "select until_at, body from earlier_messages
         where broadcast_id = $1 and organisation = $2 and locale = $3 order by until_at")
        .bind(broadcast).bind(org.as_str()).bind(locale).fetch_all(c).await)?;
    rows.into_iter().map(|(until, body)| Ok((until, written(body)?))).collect()
}

pub(super) fn written(body: Json<Value>) -> Result<Message> {
    serde_json::from_value(body.0).map_err(|e| StoreError::Corrupt(e.to_string()))
}

/// One broadcast.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Broadcast>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("select * from broadcasts where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(Row::into_broadcast).transpose()
}

/// The words of a place that were told since, the newest first.
pub async fn words_of_place(
    tx: &mut Tx,
    place: &OrgCode,
    since: DateTime<Utc>,
    at_most: usize,
) -> Result<Vec<Broadcast>> {
    let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from broadcasts where kind = 'word' and place = $1 and created_at >= $2
         order by created_at desc, id desc limit $3")
        .bind(place.as_str()).bind(since).bind(at_most).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_broadcast).collect()
}

/// The newest word of each place about an incident since a time, in whose place no newer one
/// of its own stands; by place.
pub async fn newest_words(tx: &mut Tx, incident: Uuid, since: DateTime<Utc>) -> Result<Vec<Broadcast>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from broadcasts where kind = 'word' and incident_id = $1 and created_at >= $2
             and superseded_at is null order by place, created_at desc, id desc")
        .bind(incident).bind(since).fetch_all(c).await)?;
    let mut all: Vec<Broadcast> = rows.into_iter().map(Row::into_broadcast).collect::<Result<_>>()?;
    all.dedup_by(|one, other| one.place == other.place && one.lifted == other.lifted);
    Ok(all)
}

/// An audience of a broadcast.
const WANTED: [(&str, Holds); 3] =
    [("broadcast_id", Holds::Id), ("organisation", Holds::Text), ("locale", Holds::Text)];

/// An audience of a broadcast, its words, what they rest on, and since when they are said.
type Worded = (Uuid, String, String, Json<Value>, Option<i64>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The exact words for audiences of any broadcasts, as far as there are any.
pub async fn messages(tx: &mut Tx, wanted: &[(Uuid, Audience)]) -> Result<Vec<((Uuid, Audience), Words)>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Worded> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select broadcast_id, organisation, locale, body, revision, good_until,
                 (select max(e.until_at) from earlier_messages e where e.broadcast_id = messages.broadcast_id
                     and e.organisation = messages.organisation and e.locale = messages.locale)
             from messages where (broadcast_id, organisation, locale) in (");
        let row = |(broadcast, (org, locale)): &(Uuid, Audience)| (many::id(*broadcast), org.clone(), locale.clone());
        Many::push_rows(&mut q, &WANTED, &wanted.iter().map(row).collect::<Vec<_>>())?;
        q.push(")");
        q.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter()
        .map(|(broadcast, org, locale, body, revision, until, since)| {
            let ground = revision.map(|revision| Ground { revision, until });
            let words = Words { message: written(body)?, ground, since };
            Ok(((broadcast, (word(&org, OrgCode::parse)?, locale)), words))
        })
        .collect()
}

/// The exact words for one audience.
pub async fn message(tx: &mut Tx, broadcast: Uuid, org: &OrgCode, locale: &str) -> Result<Option<Message>> {
    let wanted = [(broadcast, (org.clone(), locale.to_owned()))];
    Ok(messages(tx, &wanted).await?.pop().map(|(_, words)| words.message))
}

/// How a broadcast stands at this moment.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub epoch: i32,
    pub is_overtaken: bool,
    /// The incident or plan that it is about.
    pub about: Option<Uuid>,
}

/// How broadcasts stand.
pub async fn standings(tx: &mut Tx, broadcasts: &[Uuid]) -> Result<HashMap<Uuid, Standing>> {
    if broadcasts.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i32, bool, Option<Uuid>)> = on!(tx, c => {
        let mut q = QueryBuilder::new(
            "select id, epoch, superseded_at is not null, coalesce(incident_id, planned_id) from broadcasts
             where id");
        Many::push_among(&mut q, broadcasts);
        q.build_query_as().fetch_all(c).await
    })?;
    let standing = |(id, epoch, is_overtaken, about)| (id, Standing { epoch, is_overtaken, about });
    Ok(rows.into_iter().map(standing).collect())
}
