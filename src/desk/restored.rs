//! A database that was put back to an earlier state knows nothing of what has
//! been sent since. Nothing that may have left then leaves again by itself: it
//! counts as failed, and whoever answers for it may have it tried again.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::{Desk, Result};
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};
use crate::store::broadcasts::Broadcast;
use crate::store::departures::{self, Departure};
use crate::store::{Tx, deliveries, lived, proposals, subscribers};

/// Why messages wait for a person after that.
pub const RESTORED: &str = "the database was put back to an earlier state, so this may have been sent before";
/// A standby that takes over may lack its last moments, and is not held up for
/// that. Backups are older.
const SLACK: Duration = Duration::minutes(1);

/// What a look at the database's age came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// Until when the database has lived: what the process keeps elsewhere.
    pub lived_until: DateTime<Utc>,
    /// How many messages were held back, where the database is an earlier one.
    pub held_back: Option<u64>,
    /// How many then left once more who had left since.
    pub left_again: u64,
    /// Who left lately: what the process keeps elsewhere as well.
    pub left: Vec<Departure>,
}

/// For so long it is kept who left: no backup that is put back is older.
pub const LATELY: Duration = Duration::days(90);

impl Desk {
    /// Notes that the database lives. `known` is what the process has from the
    /// last time; where the database is older than that, it was put back, and whoever `left`
    /// by then leaves once more.
    pub async fn live(&self, known: Option<DateTime<Utc>>, left: &[Departure]) -> Result<Life> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let lived_until = lived::until(&mut tx).await?;
        let (mut held_back, mut left_again) = (None, 0);
        if let Some(known) = known.filter(|known| lived_until.is_none_or(|until| until + SLACK < *known)) {
            left_again = self.let_leave(&mut tx, left).await?;
            held_back = Some(self.hold_back(&mut tx, &Actor::command_line(), known, left_again).await?);
        }
        // A clock that was set back must not look like a backup.
        let next = lived_until.map_or(now, |until| now.max(until + Duration::microseconds(1)));
        lived::set_until(&mut tx, next).await?;
        let left = departures::since(&mut tx, now - LATELY).await?;
        tx.commit().await?;
        Ok(Life { lived_until: next, held_back, left_again, left })
    }

    /// Who had left after the backup was made leaves once more. Gives how many.
    async fn let_leave(&self, tx: &mut Tx, left: &[Departure]) -> Result<u64> {
        let mut again = 0;
        for Departure { id, at, place } in left {
            if subscribers::lock(tx, *id).await?.is_none_or(|s| s.left_at.is_some()) {
                continue;
            }
            match place {
                Some(place) if !departures::followed_before(tx, *id, place, *at).await? => continue,
                Some(place) => subscribers::remove_subscription(tx, *id, place, *at).await?,
                None => {
                    subscribers::leave(tx, *id, *at).await?;
                    deliveries::suppress_target(tx, *id, "they left", self.now()).await?;
                }
            }
            again += 1;
        }
        Ok(again)
    }

    /// The same when a person says so (`signpost restored`): on a machine that
    /// knows nothing of before.
    pub async fn restored(&self, who: &Actor) -> Result<u64> {
        let mut tx = self.db.write().await?;
        let held_back = self.hold_back(&mut tx, who, self.now(), 0).await?;
        tx.commit().await?;
        Ok(held_back)
    }

    /// Holds back what was made until `until` and has not ended.
    async fn hold_back(&self, tx: &mut Tx, who: &Actor, until: DateTime<Utc>, left: u64) -> Result<u64> {
        let now = self.now();
        lived::set_restored(tx, until).await?;
        let messages = deliveries::hold_back(tx, None, until, RESTORED, now).await?;
        let entry = Entry::new(
            "restored",
            "database",
            json!({"until": until, "messages": messages, "left_again": left}),
        );
        audit::record(tx, who, now, entry).await?;
        Ok(messages)
    }

    /// The same for a broadcast whose audience is only now put together; also where
    /// somebody agreed after that to what had waited before: perhaps they had agreed already.
    pub async fn hold_back_late(&self, tx: &mut Tx, broadcast: &Broadcast) -> Result<()> {
        let Some(until) = lived::restored(tx).await? else { return Ok(()) };
        let made_at = broadcast.created_at;
        if made_at <= until
            || proposals::waited(tx, (broadcast.id, broadcast.planned), until, made_at).await?
        {
            let until = until.max(made_at);
            deliveries::hold_back(tx, Some(broadcast.id), until, RESTORED, self.now()).await?;
        }
        Ok(())
    }
}
