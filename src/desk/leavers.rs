//! Who may come in no more: somebody who has left, and a token that leaked.

use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::org::OrgCode;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry};
use crate::store::users::{self, ApiToken, User};
use crate::store::{self, Tx, centres, sessions};

impl Desk {
    /// Shuts somebody out at once: sessions, passkeys, password and links that
    /// were not used. What they did stays in their name.
    pub async fn remove_user(&self, who: &Actor, email: &str) -> Result<User> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let user = users::find_by_email(&mut tx, &email.trim().to_lowercase()).await?;
        let gone = || DeskError::NotFound("Somebody with this email address who may sign in");
        let user = user.filter(|u| u.disabled_at.is_none()).ok_or_else(gone)?;
        let directory = self.directory(&mut tx).await?;
        who.may_of_own(Action::Administer, &user.organisation, &directory)?;
        users::disable(&mut tx, user.id, now).await?;
        users::remove_passkeys(&mut tx, user.id).await?;
        sessions::end_all_of(&mut tx, user.id).await?;
        sessions::end_links_of(&mut tx, user.id, now).await?;
        self.leave_centres(&mut tx, user.id).await?;
        let detail = json!({"organisation": user.organisation, "role": user.role, "speaker": user.speaker});
        audit::record(&mut tx, who, now, Entry::new("remove_user", user.id, detail)).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Whether somebody whose screen is open may still come in. A database that is away
    /// says nothing against it.
    pub async fn may_stay(&self, user: Uuid) -> bool {
        let Ok(mut tx) = self.db.read().await else { return true };
        match users::find(&mut tx, user).await {
            Ok(found) => found.is_some_and(|u| u.disabled_at.is_none()),
            Err(_) => true,
        }
    }

    /// Ends every token of this name at an organisation: of two with one name,
    /// nobody knows which leaked. Gives how many.
    pub async fn revoke_tokens(&self, who: &Actor, organisation: &OrgCode, name: &str) -> Result<usize> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        who.may_of_own(Action::Administer, organisation, &directory)?;
        let mut tokens = users::tokens_named(&mut tx, name.trim()).await?;
        tokens.retain(|t| t.organisation == *organisation);
        if tokens.is_empty() {
            return Err(DeskError::NotFound("A token of this name at this organisation"));
        }
        for token in &tokens {
            users::revoke_token(&mut tx, token.id, now).await?;
            self.leave_centres(&mut tx, token.id).await?;
            let detail = json!({"organisation": token.organisation, "role": token.role, "name": token.name});
            audit::record(&mut tx, who, now, Entry::new("revoke_token", token.id, detail)).await?;
        }
        tx.commit().await?;
        Ok(tokens.len())
    }

    /// Every token that works, for whoever looks after accounts there.
    pub async fn tokens(&self, who: &Actor) -> Result<Vec<ApiToken>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut tokens = users::tokens(&mut tx).await?;
        tokens.retain(|t| who.may_of_own(Action::Administer, &t.organisation, &directory).is_ok());
        Ok(tokens)
    }

    /// Whoever is gone acts for no command centre.
    async fn leave_centres(&self, tx: &mut Tx, actor: Uuid) -> Result<()> {
        let people = centres::people(tx).await?;
        let theirs: Vec<_> = people.into_iter().filter(|p| p.actor == actor).collect();
        for person in &theirs {
            centres::remove_person(tx, person.id, self.now()).await?;
        }
        if !theirs.is_empty() {
            store::bump(tx, "directory").await?;
        }
        Ok(())
    }
}
