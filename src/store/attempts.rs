//! How attempts ended, and what that makes of their deliveries.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::many::{self, Holds, Many};
use super::{Result, Tx, on};
use crate::domain::delivery::DeliveryState;

/// How an attempt changes its delivery.
#[derive(Debug, Clone)]
pub struct Record {
    pub delivery: Uuid,
    pub attempt: i32,
    pub state: DeliveryState,
    /// The word kept with the attempt.
    pub outcome: &'static str,
    pub reason: Option<String>,
    pub reference: Option<String>,
    pub due_at: DateTime<Utc>,
    /// When it was due before somebody put it off.
    pub first_due: Option<DateTime<Utc>>,
    /// The attempt was certainly not made, so it does not count.
    pub uncounted: bool,
    pub look_ups: i32,
    /// Whether only the same provider may get it from now on, because nobody
    /// knows whether it has it already. `None` leaves that as it is.
    pub pinned: Option<bool>,
}

/// How many ends of attempts go into one statement.
const RECORDED: usize = 500;

/// Records the ends of attempts, of each whose delivery still stands at that
/// attempt. Gives which did: a callback or a rescuer may have been faster, and
/// states only move forward.
pub async fn record(tx: &mut Tx, all: &[Record], now: DateTime<Utc>) -> Result<HashSet<Uuid>> {
    let mut done = HashSet::new();
    for some in all.chunks(RECORDED) {
        done.extend(record_some(tx, some, now).await?);
    }
    Ok(done)
}

async fn record_some(tx: &mut Tx, some: &[Record], now: DateTime<Utc>) -> Result<HashSet<Uuid>> {
    let ended = |r: &Record| (r.state.rank() >= DeliveryState::Accepted.rank()).then(|| many::time(now));
    let rows: Vec<_> = some
        .iter()
        .map(|r| {
            let (state, back, pin) = (r.state.as_str(), i32::from(r.uncounted), r.pinned.map(i32::from));
            let (due, first) = (many::time(r.due_at), r.first_due.map(many::time));
            let told = (&r.reason, &r.reference);
            (
                many::id(r.delivery),
                r.attempt,
                state,
                told.0,
                told.1,
                due,
                back,
                r.look_ups,
                ended(r),
                first,
                pin,
            )
        })
        .collect();
    let moved: Vec<Uuid> = on!(tx, c => {
        let mut q = QueryBuilder::new("with r as (");
        Many::push_rows(&mut q, &RECORD, &rows)?;
        q.push(") update deliveries set state = r.new_state, reason = r.because,
                 reference = coalesce(r.provider_id, reference), due_at = r.next_due,
                 lease_owner = null, lease_until = null, attempt = attempt - r.back, look_ups = r.looked_up,
                 settled_at = r.ended, first_due_at = r.first_due,
                 provider = case r.back when 1 then (select a.provider from attempts a
                     where a.delivery_id = id and a.number = r.number - 1) else provider end,
                 pinned_to = case r.pin when 1 then provider when 0 then null else pinned_to end
             from r where id = r.delivery_id and attempt = r.number and state in ('sending', 'unclear')
             returning id");
        q.build_query_scalar().fetch_all(c).await
    })?;
    let moved: HashSet<Uuid> = moved.into_iter().collect();
    let (unmade, made): (Vec<&Record>, Vec<&Record>) =
        some.iter().filter(|r| moved.contains(&r.delivery)).partition(|r| r.uncounted);
    if !unmade.is_empty() {
        let rows: Vec<_> = unmade.iter().map(|r| (many::id(r.delivery), r.attempt)).collect();
        on!(tx, c => {
            let mut q = QueryBuilder::new("delete from attempts where (delivery_id, number) in (");
            Many::push_rows(&mut q, &ATTEMPT[..2], &rows)?;
            q.push(")").build().execute(c).await.map(|_| ())
        })?;
    }
    if !made.is_empty() {
        let row = |r: &&Record| (many::id(r.delivery), r.attempt, r.outcome, r.reason.clone());
        let rows: Vec<_> = made.iter().map(row).collect();
        on!(tx, c => {
            let mut q = QueryBuilder::new("with r as (");
            Many::push_rows(&mut q, &ATTEMPT, &rows)?;
            q.push(") update attempts set outcome = r.word, detail = r.because, ended_at = ").push_bind(now);
            q.push(" from r where delivery_id = r.delivery and number = r.made");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(moved)
}

/// The columns of the end of an attempt.
const RECORD: [(&str, Holds); 11] = [
    ("delivery_id", Holds::Id),
    ("number", Holds::Int),
    ("new_state", Holds::Text),
    ("because", Holds::Text),
    ("provider_id", Holds::Text),
    ("next_due", Holds::Time),
    ("back", Holds::Int),
    ("looked_up", Holds::Int),
    ("ended", Holds::Time),
    ("first_due", Holds::Time),
    ("pin", Holds::Int),
];

/// The same as it is kept with the attempt.
const ATTEMPT: [(&str, Holds); 4] =
    [("delivery", Holds::Id), ("made", Holds::Int), ("word", Holds::Text), ("because", Holds::Text)];
