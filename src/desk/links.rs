//! One-time links: the first way in, and the way back after a loss.

use serde_json::json;
use uuid::Uuid;

use super::accounts::{NewUser, actor};
use super::{Desk, DeskError, Result};
use crate::domain::org::OrgCode;
use crate::domain::user::{Actor, Role};
use crate::secrets;
use crate::store::audit::{self, Entry};
use crate::store::users::{self, User};
use crate::store::{StoreError, Tx, sessions};

/// A one-time link that somebody came by.
#[derive(Debug, Clone, Copy)]
pub struct ByLink<'a> {
    pub token: &'a str,
    /// Whether what they signed in with before is forgotten, as after a loss.
    pub forget: bool,
}

impl Desk {
    /// The first start of an installation: a link for its first administrator,
    /// until somebody has chosen how they sign in.
    pub async fn set_up_link(&self) -> Result<Option<String>> {
        let mut tx = self.db.read().await?;
        if users::somebody_came(&mut tx, None).await? {
            return Ok(None);
        }
        drop(tx);
        let first = NewUser {
            email: "administrator@localhost.localdomain".into(),
            name: "Administrator".into(),
            organisation: OrgCode::root(),
            role: Role::Administrator,
        };
        match self.add_user(&Actor::command_line(), &first).await {
            // Another process of the same first start prints the link.
            Err(DeskError::Store(StoreError::Duplicate)) => Ok(None),
            other => other.map(Some),
        }
    }

    /// Whether an administrator can sign in.
    pub async fn has_administrator(&self) -> Result<bool> {
        let mut tx = self.db.read().await?;
        Ok(users::somebody_came(&mut tx, Some(Role::Administrator)).await?)
    }

    pub(super) async fn new_link(&self, tx: &mut Tx, user: Uuid) -> Result<String> {
        let now = self.now();
        let (secret, hash) = secrets::new_secret()?;
        sessions::insert_link(tx, &hash, user, now, now + self.sign_in_within).await?;
        Ok(format!("{}/sign-in/{secret}", self.base_url))
    }

    /// Whose link it is, while it is good. Looking does not use it up: mail
    /// scanners look too.
    pub async fn look_at_link(&self, token: &str) -> Result<Option<User>> {
        let mut tx = self.db.read().await?;
        match sessions::link(&mut tx, &secrets::hash(token), self.now()).await? {
            Some(id) => Ok(users::find(&mut tx, id).await?.filter(|u| u.disabled_at.is_none())),
            None => Ok(None),
        }
    }

    /// Uses a link up: chooses a password and signs in. Gives the session.
    pub async fn choose_password_by_link(&self, link: &ByLink<'_>, password: &str) -> Result<String> {
        let hash = self.hash_password(password).await?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let user = self.use_link(&mut tx, link).await?;
        let id = user.id;
        users::set_password(&mut tx, id, &hash).await?;
        let entry = Entry::new("choose_password", id, json!({"by": "link"}));
        audit::record(&mut tx, &actor(&user), now, entry).await?;
        let session = self.new_session(&mut tx, id).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Uses a link up. Whoever was signed in elsewhere is so no more, and what
    /// was lost signs nobody in, unless they want to keep it. Other links to
    /// them end with this one.
    pub(super) async fn use_link(&self, tx: &mut Tx, link: &ByLink<'_>) -> Result<User> {
        let now = self.now();
        let used = sessions::use_link(tx, &secrets::hash(link.token), now).await?;
        let id = used.ok_or(DeskError::NotFound("This sign-in link"))?;
        let user = users::find(tx, id).await?.filter(|u| u.disabled_at.is_none());
        let user = user.ok_or(DeskError::NotFound("This user"))?;
        sessions::end_all_of(tx, id).await?;
        sessions::end_links_of(tx, id, now).await?;
        if link.forget {
            users::forget_password(tx, id).await?;
            let passkeys = users::remove_passkeys(tx, id).await?;
            if passkeys > 0 {
                let detail = json!({"by": "link", "passkeys": passkeys});
                audit::record(tx, &actor(&user), now, Entry::new("remove_passkey", id, detail)).await?;
            }
        }
        Ok(user)
    }
}
