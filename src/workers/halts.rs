//! What was stopped after it was claimed: known within a second, however long a
//! connection takes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::desk::{Desk, DeskError, Result};
use crate::domain::delivery::Halt;
use crate::store::broadcasts;
use crate::store::deliveries::Delivery;

/// How long a stop may stay unseen.
const LOOK: Duration = Duration::from_millis(500);

/// The broadcasts of which something is under way, each with the epoch of that.
#[derive(Clone, Default)]
pub struct Halts(Arc<Mutex<HashMap<(Uuid, i32), Halt>>>);

impl Halts {
    fn all(&self) -> MutexGuard<'_, HashMap<(Uuid, i32), Halt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What tells a message under way that it was stopped.
    pub fn of(&self, d: &Delivery) -> Halt {
        self.all().entry((d.broadcast, d.epoch)).or_default().clone()
    }

    /// Looks once which were stopped, and forgets those of which nothing is under way.
    pub async fn step(&self, desk: &Desk) -> Result<()> {
        let under_way: Vec<Uuid> = {
            let mut all = self.all();
            all.retain(|_, halt| !halt.is_needless());
            all.keys().map(|(broadcast, _)| *broadcast).collect()
        };
        if under_way.is_empty() {
            return Ok(());
        }
        let standings = broadcasts::standings(&mut desk.db.read().await?, &under_way).await?;
        for ((broadcast, epoch), halt) in self.all().iter() {
            if standings.get(broadcast).is_some_and(|standing| standing.epoch != *epoch) {
                halt.call();
            }
        }
        Ok(())
    }

    /// Looks until it is time to stop.
    pub async fn run(self, desk: Desk, stop: CancellationToken) {
        super::repeat("watch over stops", LOOK, &stop, || async {
            self.step(&desk).await?;
            Ok::<(), DeskError>(())
        })
        .await;
    }
}
