//! Forms that are pressed twice: the second press does nothing and gets the
//! first one's answer; and words that are used twice.

use std::future::Future;

use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::user::Actor;
use crate::store::{proposals, sessions};

/// What is kept as the status of a form that was done.
const DONE: i32 = 303;

impl Desk {
    /// The words of something that was refused were used again, by who had written them: it
    /// needs no more looking after.
    pub async fn use_again(&self, who: &Actor, refused: Option<Uuid>) -> Result<()> {
        let Some(refused) = refused else { return Ok(()) };
        let mut tx = self.db.write().await?;
        proposals::use_again(&mut tx, refused, who.id, self.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Posts once for each key, which the form carries. Gives what came of it:
    /// an update, or a step of planned work. A form without a key is one that
    /// nobody can press twice.
    pub async fn once<F>(&self, who: &Actor, key: Option<Uuid>, work: F) -> Result<Uuid>
    where
        F: Future<Output = Result<Uuid>>,
    {
        let Some(key) = key.map(|k| format!("form {k}")) else { return work.await };
        let mut tx = self.db.write().await?;
        if !sessions::claim_key(&mut tx, who.id, &key, &[], self.now()).await? {
            let first = sessions::first_answer(&mut tx, who.id, &key).await?;
            let update = first.and_then(|(_, _, answer)| Uuid::parse_str(&answer).ok());
            return update.ok_or_else(|| {
                DeskError::Conflict("This is being published. Look at your desk in a moment.".into())
            });
        }
        tx.commit().await?;
        let result = work.await;
        let mut tx = self.db.write().await?;
        match &result {
            Ok(made) => sessions::keep_answer(&mut tx, who.id, &key, DONE, &made.to_string()).await?,
            Err(_) => sessions::drop_key(&mut tx, who.id, &key).await?,
        }
        tx.commit().await?;
        result
    }
}
