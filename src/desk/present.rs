//! What is true at this moment, for what is about to leave.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;

use super::naming::Concerned;
use super::telling::Topic;
use super::{Desk, Result};
use crate::domain::facts::Situation;
use crate::domain::org::Directory;
use crate::store::{Tx, broadcasts, incidents, words};

/// What pages rest on, as it stands, and what follows from it for broadcasts.
#[derive(Debug)]
pub struct Present {
    /// Of all that pages rest on ([`words::revision`]).
    pub revision: i64,
    day: NaiveDate,
    pub situation: Situation,
    pub directory: Arc<Directory>,
    about: Mutex<HashMap<Uuid, Option<Arc<About>>>>,
}

/// What a broadcast tells of, and whom it concerns.
#[derive(Debug)]
pub struct About {
    pub topic: Topic,
    pub concerned: Concerned,
}

impl Present {
    /// What a broadcast is about; `None` where it tells of nothing that pages say.
    pub async fn about(&self, desk: &Desk, tx: &mut Tx, broadcast: Uuid) -> Result<Option<Arc<About>>> {
        let kept = self.about.lock().unwrap_or_else(PoisonError::into_inner).get(&broadcast).cloned();
        if let Some(about) = kept {
            return Ok(about);
        }
        let about = match broadcasts::find(tx, broadcast).await? {
            Some(broadcast) => desk.topic(tx, &broadcast).await?,
            None => None,
        };
        let about = about.map(|topic| {
            let concerned = Concerned::by(&topic, &self.situation, &self.directory, &desk.catalogue);
            Arc::new(About { topic, concerned })
        });
        let mut all = self.about.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(broadcast, about.clone());
        Ok(about)
    }
}

impl Desk {
    /// What is true at this moment. It is kept until somebody says something, or the day
    /// ends, as pages have it. Not for a transaction that has said something itself: what
    /// it takes back again would stay.
    pub async fn present(&self, tx: &mut Tx) -> Result<Arc<Present>> {
        let (revision, day) = (words::revision(tx).await?, self.today());
        let kept = self.present.read().ok().and_then(|kept| kept.clone());
        if let Some(kept) = kept.filter(|kept| kept.revision == revision && kept.day == day) {
            return Ok(kept);
        }
        let situation = incidents::situation(tx, self.now()).await?;
        let directory = self.directory(tx).await?;
        let present = Arc::new(Present { revision, day, situation, directory, about: Mutex::default() });
        if let Ok(mut slot) = self.present.write() {
            *slot = Some(Arc::clone(&present));
        }
        Ok(present)
    }
}
