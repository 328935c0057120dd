//! Who may come in: users, one-time links, passwords, sessions, API tokens.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::org::OrgCode;
use crate::domain::statement::Speaker;
use crate::domain::subscriber::Channel;
use crate::domain::user::{Actor, Door, Role};
use crate::domain::written::check_text;
use crate::secrets;
use crate::store::audit::{self, Entry};
use crate::store::users::{self, ApiToken, User};
use crate::store::{Tx, sessions};

/// How long a one-time sign-in link is good.
pub const LINK_LIFE: Duration = Duration::hours(72);
/// How long somebody stays signed in.
pub const SESSION_LIFE: Duration = Duration::days(30);
/// The shortest password, in characters.
pub const MIN_PASSWORD: usize = 12;
/// The longest; more would only make hashing slow.
pub const MAX_PASSWORD: usize = 200;
/// Wrong passwords for one address before it must wait.
const MAX_FAILURES: i64 = 10;
const FAILURE_WINDOW: Duration = Duration::minutes(15);

const NOT_OF_TREE: &str =
    "Name their own organisation. A centre says who acts for it, and a partner body speaks for itself.";

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub email: String,
    pub name: String,
    pub organisation: OrgCode,
    pub role: Role,
}

/// A supplier or a partner body that somebody is to speak for, by its key.
#[derive(Debug, Clone)]
pub enum Voice {
    Supplier(String),
    Partner(String),
}

impl Desk {
    /// Adds a user, or changes one that is there, and gives a one-time link.
    pub async fn add_user(&self, who: &Actor, new: &NewUser) -> Result<String> {
        let tx = self.db.write().await?;
        self.put_user(tx, who, new, None).await
    }

    /// The same, for somebody who speaks for a supplier or a partner body.
    pub async fn add_voice(&self, who: &Actor, email: &str, name: &str, voice: &Voice) -> Result<String> {
        let mut tx = self.db.write().await?;
        let speaker = self.heard(&mut tx, who, voice).await?;
        let new = NewUser {
            email: email.to_owned(),
            name: name.to_owned(),
            organisation: speaker.admitted_by,
            role: Role::Viewer,
        };
        self.put_user(tx, who, &new, Some(speaker.id)).await
    }

    /// The supplier or partner body itself.
    pub async fn voice(&self, who: &Actor, voice: &Voice) -> Result<Speaker> {
        let mut tx = self.db.write().await?;
        let speaker = self.heard(&mut tx, who, voice).await?;
        tx.commit().await?;
        Ok(speaker)
    }

    async fn heard(&self, tx: &mut Tx, who: &Actor, voice: &Voice) -> Result<Speaker> {
        match voice {
            Voice::Supplier(key) => self.supplier(tx, who, key).await,
            Voice::Partner(key) => self.partner_by_key(tx, key).await,
        }
    }

    async fn put_user(
        &self,
        mut tx: Tx,
        who: &Actor,
        new: &NewUser,
        speaker: Option<Uuid>,
    ) -> Result<String> {
        let now = self.now();
        let contact = super::contact::read(Channel::Email, &new.email, "/email", crate::words::english());
        let mut errors = Vec::new();
        if new.name.trim().is_empty() {
            errors.push(FieldError::new("/name", "Enter a name."));
        }
        check_text("/name", Some(new.name.trim()).filter(|n| !n.is_empty()), 100, &mut errors);
        let contact = contact.map_err(|e| errors.push(e)).ok();
        let directory = self.directory(&mut tx).await?;
        match super::known(&directory, &new.organisation, "/organisation") {
            Ok(org) if !org.kind.is_of_tree() => errors.push(FieldError::new("/organisation", NOT_OF_TREE)),
            Err(DeskError::Invalid(e)) => errors.extend(e),
            _ => {}
        }
        let Some(contact) = contact.filter(|_| errors.is_empty()) else {
            return Err(DeskError::Invalid(errors));
        };
        let known = users::find_by_email(&mut tx, &contact.value).await?;
        let user = User {
            id: known.as_ref().map_or_else(|| self.new_id(), |u| u.id),
            email: contact.value,
            name: new.name.trim().to_owned(),
            organisation: new.organisation.clone(),
            role: new.role,
            speaker,
            password_hash: None,
            disabled_at: None,
        };
        match known {
            Some(_) => users::update(&mut tx, &user).await?,
            None => users::insert(&mut tx, &user, now).await?,
        }
        let link = self.new_link(&mut tx, user.id).await?;
        let detail = json!({"organisation": user.organisation, "role": user.role, "speaker": speaker});
        audit::record(&mut tx, who, now, Entry::new("add_user", user.id, detail)).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// The user who is signed in.
    pub async fn own_user(&self, who: &Actor) -> Result<User> {
        let mut tx = self.db.read().await?;
        users::find(&mut tx, who.id).await?.ok_or(DeskError::NotFound("This user"))
    }

    /// Changes the password of somebody who is signed in; all their other
    /// sessions end. Whoever has one gives it first: a screen that was left
    /// open must not lock its owner out.
    pub async fn change_password(&self, who: &Actor, current: &str, password: &str) -> Result<String> {
        let now = self.now();
        let before = self.own_user(who).await?.password_hash;
        if before.is_some() && !self.verify_password(before, current).await {
            return Err(DeskError::field("/current", "This is not the password you have now."));
        }
        let hash = self.hash_password(password).await?;
        let mut tx = self.db.write().await?;
        users::set_password(&mut tx, who.id, &hash).await?;
        sessions::end_all_of(&mut tx, who.id).await?;
        let entry = Entry::new("choose_password", who.id, json!({"by": "session"}));
        audit::record(&mut tx, who, now, entry).await?;
        let session = self.new_session(&mut tx, who.id).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Signs in by password. Unknown address, wrong password and too many
    /// tries get the same answer after the same work.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<String> {
        const WRONG: &str =
            "The email address or password is not right. If you have tried many times, wait 15 minutes.";
        let now = self.now();
        let email = email.trim().to_lowercase();
        let mut tx = self.db.read().await?;
        let user = users::find_by_email(&mut tx, &email).await?.filter(|u| u.disabled_at.is_none());
        let failures = sessions::failures_since(&mut tx, &email, now - FAILURE_WINDOW).await?;
        drop(tx);
        let stored = user.as_ref().and_then(|u| u.password_hash.clone());
        let right = self.verify_password(stored, password).await;
        let mut tx = self.db.write().await?;
        let Some(user) = user.filter(|_| right && failures < MAX_FAILURES) else {
            let short: String = email.chars().take(254).collect();
            sessions::record_failure(&mut tx, self.new_id(), &short, now).await?;
            tx.commit().await?;
            return Err(DeskError::field("/password", WRONG));
        };
        let session = self.new_session(&mut tx, user.id).await?;
        audit::record(&mut tx, &actor(&user), now, Entry::new("sign_in", user.id, json!({"by": "password"})))
            .await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Opens a session; the secret goes into the cookie, its hash is stored.
    pub(super) async fn new_session(&self, tx: &mut Tx, user: Uuid) -> Result<String> {
        let now = self.now();
        let (secret, hash) = secrets::new_secret()?;
        sessions::insert_session(tx, &hash, user, now, now + SESSION_LIFE).await?;
        Ok(secret)
    }

    /// Who a session cookie stands for.
    pub async fn who_by_session(&self, secret: &str) -> Result<Option<Actor>> {
        let mut tx = self.db.read().await?;
        let Some(id) = sessions::session(&mut tx, &secrets::hash(secret), self.now()).await? else {
            return Ok(None);
        };
        let user = users::find(&mut tx, id).await?.filter(|u| u.disabled_at.is_none());
        Ok(user.as_ref().map(actor))
    }

    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        let mut tx = self.db.write().await?;
        sessions::end_session(&mut tx, &secrets::hash(secret)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes an API token and gives it, this once.
    pub async fn create_token(
        &self,
        who: &Actor,
        organisation: &OrgCode,
        role: Role,
        name: &str,
    ) -> Result<String> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let org = super::known(&directory, organisation, "/organisation")?;
        if !org.kind.is_of_tree() {
            return Err(DeskError::field("/organisation", NOT_OF_TREE));
        }
        self.new_token(tx, who, (organisation, role, None), name).await
    }

    /// The same, for a program of a supplier or a partner body.
    pub async fn create_voice_token(&self, who: &Actor, voice: &Voice, name: &str) -> Result<String> {
        let mut tx = self.db.write().await?;
        let speaker = self.heard(&mut tx, who, voice).await?;
        self.new_token(tx, who, (&speaker.admitted_by, Role::Viewer, Some(speaker.id)), name).await
    }

    async fn new_token(
        &self,
        mut tx: Tx,
        who: &Actor,
        (organisation, role, speaker): (&OrgCode, Role, Option<Uuid>),
        name: &str,
    ) -> Result<String> {
        let (now, name) = (self.now(), name.trim());
        if name.is_empty() {
            return Err(DeskError::field("/name", "Enter a name."));
        }
        let (secret, hash) = secrets::new_secret()?;
        let organisation = organisation.clone();
        let token = ApiToken { id: self.new_id(), name: name.to_owned(), organisation, role, speaker };
        users::insert_token(&mut tx, &token, &hash, now).await?;
        let detail =
            json!({"organisation": token.organisation, "role": role, "name": name, "speaker": speaker});
        audit::record(&mut tx, who, now, Entry::new("create_token", token.id, detail)).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Who an API token stands for.
    pub async fn who_by_token(&self, secret: &str) -> Result<Option<Actor>> {
        let mut tx = self.db.read().await?;
        let token = users::find_token(&mut tx, &secrets::hash(secret)).await?;
        Ok(token.map(program))
    }
}

/// A program that acts with a token.
pub(super) fn program(token: ApiToken) -> Actor {
    Actor {
        id: token.id,
        name: token.name,
        organisation: token.organisation,
        role: token.role,
        door: Door::Api,
        speaker: token.speaker,
    }
}

/// The user as somebody acting at a screen.
pub(super) fn actor(user: &User) -> Actor {
    Actor {
        id: user.id,
        name: user.name.clone(),
        organisation: user.organisation.clone(),
        role: user.role,
        door: Door::Screen,
        speaker: user.speaker,
    }
}

/// Checks length only: rules on characters make passwords worse (NCSC).
pub fn check_password(password: &str) -> Result<()> {
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        return Err(DeskError::field("/password", format!("Use at least {MIN_PASSWORD} characters.")));
    }
    if length > MAX_PASSWORD {
        return Err(DeskError::field("/password", format!("Use at most {MAX_PASSWORD} characters.")));
    }
    Ok(())
}

impl Desk {
    /// Hashing takes some 30 ms, so it leaves the async threads, and 19 MiB, so
    /// that only a few go on at once: sign-in must not be a lever on memory.
    pub(super) async fn hash_password(&self, password: &str) -> Result<String> {
        check_password(password)?;
        let password = password.to_owned();
        let work = move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string());
        let failed = || DeskError::Conflict("The password could not be stored. Try again.".into());
        self.apart(work).await.and_then(std::result::Result::ok).ok_or_else(failed)
    }

    /// Without a stored hash the same work is done on a made-up one.
    async fn verify_password(&self, stored: Option<String>, password: &str) -> bool {
        const NOBODY: &str =
            "$argon2id$v=19$m=19456,t=2,p=1$c2lnbnBvc3Qtbm9ib2R5$rJm7LZz3Zq1iM0bq0Jj1k8b1u3n0m2c0Kq9nVw3x2lE";
        if password.len() > 4 * MAX_PASSWORD {
            return false;
        }
        let password = password.to_owned();
        let work = move || {
            let real = stored.is_some();
            let text = stored.unwrap_or_else(|| NOBODY.into());
            let matches = PasswordHash::new(&text)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            matches && real
        };
        self.apart(work).await.unwrap_or(false)
    }

    /// Does heavy work on a thread of its own, a few at once.
    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _permit = self.hashing.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
}
