//! Signing in and out: password, passkey, one-time link.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::typed::{Asked, Typed};
use crate::desk::DeskError;
use crate::desk::links::ByLink;
use crate::desk::passkeys::Started;
use crate::domain::FieldError;
use crate::store::users::User;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::{SessionSecret, session_cookie};
use crate::web::views::problem::Problem;
use crate::web::views::sign_in::{SignIn, Welcome};

/// The longest address that is gone to after signing in.
const MAX_NEXT: usize = 500;

/// Only an address of this site: one slash, and nothing that a browser reads
/// as another host.
fn safe_next(next: &str) -> &str {
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let ours = next.starts_with('/') && !next.starts_with("//") && next.len() <= MAX_NEXT;
    if ours && plain { next } else { "/desk" }
}

/// Goes on, signed in.
fn signed_in(web: &Web, session: &str, next: &str) -> Response {
    ([(header::SET_COOKIE, session_cookie(web, session))], Redirect::to(next)).into_response()
}

/// `GET /sign-in`.
pub async fn form(State(web): State<Web>, Asked(asked): Asked) -> Response {
    let next = Some(asked.get("next")).filter(|n| !n.is_empty()).map(safe_next).unwrap_or_default();
    screen(&SignIn {
        email: String::new(),
        next: next.to_owned(),
        error: String::new(),
        lost: asked.get("lost") == "yes",
        passkeys: web.passkeys.is_there(),
    })
}

/// `POST /sign-in`.
pub async fn by_password(State(web): State<Web>, typed: Typed) -> Result<Response, PageError> {
    let next = safe_next(typed.get("next"));
    match web.desk.sign_in(typed.get("email"), typed.get("password")).await {
        Ok(session) => Ok(signed_in(&web, &session, next)),
        Err(DeskError::Invalid(errors)) => {
            let again = SignIn {
                email: typed.get("email").to_owned(),
                next: next.to_owned(),
                lost: false,
                error: errors.into_iter().next().map(|e| e.detail).unwrap_or_default(),
                passkeys: web.passkeys.is_there(),
            };
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /sign-out`.
pub async fn sign_out(
    State(web): State<Web>,
    SessionSecret(secret): SessionSecret,
) -> Result<Response, PageError> {
    if let Some(secret) = secret {
        web.desk.sign_out(&secret).await?;
    }
    Ok(signed_in(&web, "", "/sign-in"))
}

/// `GET /sign-in/{token}`: asks; changes nothing.
pub async fn welcome(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, PageError> {
    match web.desk.look_at_link(&token).await? {
        Some(user) => welcomed(&web, &ByLink { token: &token, forget: true }, user, vec![]).await,
        None => Ok(stale()),
    }
}

async fn welcomed(
    web: &Web,
    link: &ByLink<'_>,
    user: User,
    errors: Vec<FieldError>,
) -> Result<Response, PageError> {
    let came_before = user.password_hash.is_some() || !web.desk.passkeys(user.id).await?.is_empty();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = Welcome {
        token: link.token.to_owned(),
        forget: came_before.then_some(link.forget),
        name: user.name,
        email: user.email,
        organisation: web.desk.name_of(&user.organisation).await?,
        passkeys: web.passkeys.is_there(),
        errors: errors.into(),
    };
    Ok(screen_with(status, &view))
}

fn stale() -> Response {
    screen_with(StatusCode::NOT_FOUND, &Problem::stale_sign_in_link())
}

/// `POST /sign-in/{token}`: the first password.
pub async fn choose_password(
    State(web): State<Web>,
    Path(token): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let Some(user) = web.desk.look_at_link(&token).await? else { return Ok(stale()) };
    let link = ByLink { token: &token, forget: typed.get("forget") == "yes" };
    let password = match same_twice(&typed) {
        Ok(password) => password,
        Err(errors) => return welcomed(&web, &link, user, errors).await,
    };
    match web.desk.choose_password_by_link(&link, password).await {
        Ok(session) => Ok(signed_in(&web, &session, "/desk")),
        Err(DeskError::Invalid(errors)) => welcomed(&web, &link, user, errors).await,
        Err(DeskError::NotFound(_)) => Ok(stale()),
        Err(error) => Err(error.into()),
    }
}

/// The new password, when both fields hold the same. A password that is not
/// good enough is told first.
pub fn same_twice(typed: &Typed) -> Result<&str, Vec<FieldError>> {
    let (password, again) = (typed.get("password"), typed.get("again"));
    if let Err(DeskError::Invalid(errors)) = crate::desk::accounts::check_password(password) {
        return Err(errors);
    }
    if password == again {
        Ok(password)
    } else {
        Err(vec![FieldError::new("/again", "The two passwords are not the same. Enter the new one twice.")])
    }
}

/// What the script sends back: which ceremony, and the device's answer.
#[derive(serde::Deserialize)]
pub struct Finished {
    pub ceremony: Uuid,
    pub answer: Value,
    #[serde(default)]
    pub next: String,
    /// Whether what they signed in with before is forgotten.
    #[serde(default)]
    pub forget: bool,
}

/// What the script says before the device is asked.
#[derive(serde::Deserialize)]
pub struct Beginning {
    #[serde(default)]
    pub forget: bool,
}

/// Where the script goes on.
pub fn go_on(next: &str) -> Json<Value> {
    Json(json!({"next": next}))
}

/// `POST /sign-in/passkey/start`.
pub async fn start_passkey(State(web): State<Web>) -> Result<Json<Started>, PageError> {
    Ok(Json(web.desk.start_passkey_sign_in(&web.passkeys).await?))
}

/// `POST /sign-in/passkey/finish`.
pub async fn finish_passkey(
    State(web): State<Web>,
    Json(done): Json<Finished>,
) -> Result<Response, PageError> {
    let session = web.desk.finish_passkey_sign_in(&web.passkeys, done.ceremony, &done.answer).await?;
    let cookie = [(header::SET_COOKIE, session_cookie(&web, &session))];
    Ok((cookie, go_on(safe_next(&done.next))).into_response())
}

async fn user_of_link(web: &Web, token: &str) -> Result<User, PageError> {
    let user = web.desk.look_at_link(token).await?;
    user.ok_or_else(|| DeskError::NotFound("This sign-in link").into())
}

/// `POST /sign-in/{token}/passkey/start`.
pub async fn start_first_passkey(
    State(web): State<Web>,
    Path(token): Path<String>,
    Json(begun): Json<Beginning>,
) -> Result<Json<Started>, PageError> {
    let user = user_of_link(&web, &token).await?;
    Ok(Json(web.desk.start_passkey(&web.passkeys, user.id, begun.forget).await?))
}

/// `POST /sign-in/{token}/passkey/finish`.
pub async fn finish_first_passkey(
    State(web): State<Web>,
    Path(token): Path<String>,
    Json(done): Json<Finished>,
) -> Result<Response, PageError> {
    let user = user_of_link(&web, &token).await?;
    let link = ByLink { token: &token, forget: done.forget };
    let finished =
        web.desk.finish_passkey(&web.passkeys, user.id, done.ceremony, &done.answer, Some(link)).await?;
    let session = finished.unwrap_or_default();
    let cookie = [(header::SET_COOKIE, session_cookie(&web, &session))];
    Ok((cookie, go_on("/desk")).into_response())
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn only_addresses_of_this_site_are_gone_to() {
        assert_eq!(safe_next("/board?scope=Y90"), "/board?scope=Y90");
        for bad in ["", "desk", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil", "/ø"]
        {
            assert_eq!(safe_next(bad), "/desk", "{bad}");
        }
    }
}
