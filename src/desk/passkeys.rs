//! Passkeys: signing in with a phone's own lock, with no Microsoft account,
//! smartcard or email in between (WebAuthn level 3).

use std::sync::Arc;

use chrono::Duration;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::accounts::actor;
use super::links::ByLink;
use super::{Desk, DeskError, Result};
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};
use crate::store::users::{self, PasskeyRow};
use crate::store::{StoreError, sessions};

const CEREMONY_LIFE: Duration = Duration::minutes(10);

/// The relying party that this installation is.
#[derive(Clone)]
pub struct RelyingParty(Option<Arc<Webauthn>>);

impl RelyingParty {
    /// Passkeys belong to a domain name; an installation that is reached by a
    /// bare IP address has none, and offers passwords only.
    pub fn new(base_url: &str) -> Self {
        let party = url::Url::parse(base_url).ok().and_then(|url| {
            let name = url.domain()?.to_owned();
            let party = WebauthnBuilder::new(&name, &url).ok()?.rp_name("Signpost").build().ok()?;
            Some(Arc::new(party))
        });
        Self(party)
    }

    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    fn get(&self) -> Result<&Webauthn> {
        self.0.as_deref().ok_or(DeskError::NotFound("Passkeys need a domain name, and one"))
    }
}

/// What the browser needs for a ceremony.
#[derive(Debug, serde::Serialize)]
pub struct Started {
    pub ceremony: Uuid,
    pub options: Value,
}

fn refused<E>(_: E) -> DeskError {
    DeskError::Conflict("The passkey was not accepted. Try again, or use your password.".into())
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|e| StoreError::Corrupt(e.to_string()).into())
}

impl Desk {
    /// Starts adding a passkey to the user of a one-time link or a session. The
    /// devices that have one already do not get another, unless they are to
    /// `forget` theirs.
    pub async fn start_passkey(&self, party: &RelyingParty, user: Uuid, forget: bool) -> Result<Started> {
        let mut tx = self.db.write().await?;
        let user = users::find(&mut tx, user).await?.ok_or(DeskError::NotFound("This user"))?;
        let mut known = users::passkeys_of(&mut tx, user.id).await?;
        known.retain(|_| !forget);
        let exclude = known.iter().map(|k| k.credential_id.clone()).collect();
        let (options, state) = party
            .get()?
            .start_passkey_registration(user.id, &user.email, &user.name, Some(exclude))
            .map_err(refused)?;
        let ceremony = Uuid::new_v4();
        let expires = self.now() + CEREMONY_LIFE;
        sessions::insert_ceremony(&mut tx, ceremony, Some(user.id), to_json(&state)?, expires).await?;
        tx.commit().await?;
        Ok(Started { ceremony, options: to_json(&options)? })
    }

    /// Keeps the new passkey. `link` is the one-time link when that is how they
    /// came; it is used up, and they are signed in.
    pub async fn finish_passkey(
        &self,
        party: &RelyingParty,
        user: Uuid,
        ceremony: Uuid,
        answer: &Value,
        link: Option<ByLink<'_>>,
    ) -> Result<Option<String>> {
        let now = self.now();
        let answer: RegisterPublicKeyCredential = serde_json::from_value(answer.clone()).map_err(refused)?;
        let mut tx = self.db.write().await?;
        let taken = sessions::take_ceremony(&mut tx, ceremony, now).await?;
        let (_, state) = taken.filter(|(u, _)| *u == Some(user)).ok_or_else(|| refused(()))?;
        let state: PasskeyRegistration = serde_json::from_value(state).map_err(refused)?;
        let passkey = party.get()?.finish_passkey_registration(&answer, &state).map_err(refused)?;
        if let Some(link) = &link {
            let person = self.use_link(&mut tx, link).await?;
            if person.id != user {
                return Err(DeskError::NotFound("This sign-in link"));
            }
        }
        let row = PasskeyRow {
            id: self.new_id(),
            user_id: user,
            credential_id: passkey.cred_id().to_vec(),
            credential: Json(to_json(&passkey)?),
            name: format!("Passkey {}", users::passkeys_of(&mut tx, user).await?.len() + 1),
            created_at: now,
            used_at: None,
        };
        users::insert_passkey(&mut tx, &row).await?;
        let person = users::find(&mut tx, user).await?.filter(|u| u.disabled_at.is_none());
        let person = person.ok_or(DeskError::NotFound("This user"))?;
        audit::record(&mut tx, &actor(&person), now, Entry::new("add_passkey", user, json!({}))).await?;
        let session = match link {
            Some(_) => Some(self.new_session(&mut tx, user).await?),
            None => None,
        };
        tx.commit().await?;
        Ok(session)
    }

    /// Starts signing in; the phone knows whose passkey it holds.
    pub async fn start_passkey_sign_in(&self, party: &RelyingParty) -> Result<Started> {
        let (options, state) = party.get()?.start_discoverable_authentication().map_err(refused)?;
        let ceremony = Uuid::new_v4();
        let mut tx = self.db.write().await?;
        let expires = self.now() + CEREMONY_LIFE;
        sessions::insert_ceremony(&mut tx, ceremony, None, to_json(&state)?, expires).await?;
        tx.commit().await?;
        Ok(Started { ceremony, options: to_json(&options)? })
    }

    /// Finishes signing in. Gives the session.
    pub async fn finish_passkey_sign_in(
        &self,
        party: &RelyingParty,
        ceremony: Uuid,
        answer: &Value,
    ) -> Result<String> {
        let now = self.now();
        let answer: PublicKeyCredential = serde_json::from_value(answer.clone()).map_err(refused)?;
        let mut tx = self.db.write().await?;
        let (_, state) = sessions::take_ceremony(&mut tx, ceremony, now).await?.ok_or_else(|| refused(()))?;
        let state: DiscoverableAuthentication = serde_json::from_value(state).map_err(refused)?;
        let (user, credential) =
            party.get()?.identify_discoverable_authentication(&answer).map_err(refused)?;
        let row = users::passkey(&mut tx, credential).await?;
        let row = row.filter(|r| r.user_id == user).ok_or_else(|| refused(()))?;
        let mut passkey: Passkey = serde_json::from_value(row.credential.0).map_err(refused)?;
        let result =
            party.get()?.finish_discoverable_authentication_v2(&answer, state, &passkey).map_err(refused)?;
        passkey.update_credential(&result);
        users::passkey_used(&mut tx, row.id, to_json(&passkey)?, now).await?;
        let person = users::find(&mut tx, user).await?.filter(|u| u.disabled_at.is_none());
        let person: Actor = actor(&person.ok_or_else(|| refused(()))?);
        audit::record(&mut tx, &person, now, Entry::new("sign_in", user, json!({"by": "passkey"}))).await?;
        let session = self.new_session(&mut tx, user).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// The passkeys of a user, for their account page.
    pub async fn passkeys(&self, user: Uuid) -> Result<Vec<PasskeyRow>> {
        let mut tx = self.db.read().await?;
        Ok(users::passkeys_of(&mut tx, user).await?)
    }

    /// Forgets a passkey of one's own, but not the last way to come in.
    pub async fn remove_passkey(&self, who: &Actor, id: Uuid) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let user = users::find(&mut tx, who.id).await?.ok_or(DeskError::NotFound("This user"))?;
        let others = users::passkeys_of(&mut tx, who.id).await?.iter().any(|k| k.id != id);
        if !users::remove_passkey(&mut tx, who.id, id).await? {
            return Err(DeskError::NotFound("This passkey"));
        }
        if user.password_hash.is_none() && !others {
            let text = "Choose a password first. Without this passkey you could not sign in.";
            return Err(DeskError::Conflict(text.into()));
        }
        audit::record(&mut tx, who, now, Entry::new("remove_passkey", who.id, json!({}))).await?;
        tx.commit().await?;
        Ok(())
    }
}
