//! One's own account.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;

use super::sign_in::{Finished, go_on, same_twice};
use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::desk::passkeys::Started;
use crate::domain::FieldError;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::{Staff, session_cookie};
use crate::web::views::account::{Account, Passkey};
use crate::words::english;

async fn view(web: &Web, actor: &Actor, done: &str, errors: Vec<FieldError>) -> Result<Account, PageError> {
    let user = web.desk.own_user(actor).await?;
    let passkeys = web.desk.passkeys(actor.id).await?.into_iter().map(|key| Passkey {
        id: key.id.to_string(),
        name: key.name,
        added: time::date(time::london(key.created_at).date_naive(), english()),
    });
    Ok(Account {
        who: who(web, actor).await?,
        email: user.email,
        done: done.to_owned(),
        passkeys: passkeys.collect(),
        may_add_passkeys: web.passkeys.is_there(),
        has_password: user.password_hash.is_some(),
        errors: errors.into(),
    })
}

/// `GET /desk/account`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let done = match asked.get("done") {
        "password" => "Your password has been changed. You were signed out everywhere else.",
        "passkey" => "The passkey has been added.",
        "removed" => "The passkey has been removed.",
        _ => "",
    };
    Ok(screen(&view(&web, &actor, done, vec![]).await?))
}

/// `POST /desk/account/password`.
pub async fn change_password(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Response, PageError> {
    let changed = match same_twice(&typed) {
        Ok(password) => web.desk.change_password(&actor, typed.get("current"), password).await,
        Err(errors) => Err(DeskError::Invalid(errors)),
    };
    match changed {
        Ok(session) => {
            let cookie = [(header::SET_COOKIE, session_cookie(&web, &session))];
            Ok((cookie, Redirect::to("/desk/account?done=password")).into_response())
        }
        Err(DeskError::Invalid(errors)) => {
            let again = view(&web, &actor, "", errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/account/passkeys/start`.
pub async fn start_passkey(State(web): State<Web>, Staff(actor): Staff) -> Result<Json<Started>, PageError> {
    Ok(Json(web.desk.start_passkey(&web.passkeys, actor.id, false).await?))
}

/// `POST /desk/account/passkeys/finish`.
pub async fn finish_passkey(
    State(web): State<Web>,
    Staff(actor): Staff,
    Json(done): Json<Finished>,
) -> Result<Json<Value>, PageError> {
    web.desk.finish_passkey(&web.passkeys, actor.id, done.ceremony, &done.answer, None).await?;
    Ok(go_on("/desk/account?done=passkey"))
}

/// `POST /desk/account/passkeys/{id}/remove`.
pub async fn remove_passkey(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(key): Path<String>,
) -> Result<Redirect, PageError> {
    web.desk.remove_passkey(&actor, id(&key)?).await?;
    Ok(Redirect::to("/desk/account?done=removed"))
}
