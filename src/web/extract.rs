//! Who is asking.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum_extra::extract::CookieJar;

use super::Web;
use super::error::{ApiError, PageError};
use crate::desk::DeskError;
use crate::desk::accounts::SESSION_LIFE;
use crate::domain::user::Actor;

/// The cookie of a session. Over HTTPS its name forbids other hosts to set it.
const COOKIE: &str = "signpost_session";
const SECURE_COOKIE: &str = "__Host-signpost_session";

/// Somebody who is signed in at a screen. Without a session, they are sent to
/// sign in and come back.
pub struct Staff(pub Actor);

impl FromRequestParts<Web> for Staff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, PageError> {
        let actor = signed_in(parts, web).await?;
        if actor.speaker.is_some() {
            // Whatever they opened, they have one screen.
            return Err(PageError::Speaks);
        }
        Ok(Self(actor))
    }
}

/// Somebody at a screen who speaks for a supplier or a partner body.
pub struct Voice(pub Actor);

impl FromRequestParts<Web> for Voice {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, PageError> {
        let actor = signed_in(parts, web).await?;
        if actor.speaker.is_some() { Ok(Self(actor)) } else { Err(DeskError::Denied.into()) }
    }
}

async fn signed_in(parts: &Parts, web: &Web) -> Result<Actor, PageError> {
    let actor = match session_of(parts, web) {
        Some(secret) => web.desk.who_by_session(&secret).await?,
        None => None,
    };
    actor.ok_or_else(|| PageError::SignIn(wanted(parts, web), parts.method == http::Method::POST))
}

/// The session secret of the request, to end it.
pub struct SessionSecret(pub Option<String>);

impl FromRequestParts<Web> for SessionSecret {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        Ok(Self(session_of(parts, web)))
    }
}

/// Where they wanted to go: only addresses that can be gone to. Of what was sent, the
/// form that it was typed into.
fn wanted(parts: &Parts, web: &Web) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |u| &u.0);
    match (&parts.method, uri.path_and_query()) {
        (&http::Method::GET, Some(path)) => path.as_str().to_owned(),
        _ => {
            let from = parts.headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or_default();
            let path = from.strip_prefix(&*web.desk.base_url).filter(|path| path.starts_with('/'));
            path.unwrap_or("/desk").to_owned()
        }
    }
}

/// The session secret that the request carries.
pub fn session_of(parts: &Parts, web: &Web) -> Option<String> {
    let jar = CookieJar::from_headers(&parts.headers);
    jar.get(cookie_name(web)).map(|c| c.value().to_owned())
}

fn cookie_name(web: &Web) -> &'static str {
    if is_secure(web) { SECURE_COOKIE } else { COOKIE }
}

fn is_secure(web: &Web) -> bool {
    web.desk.base_url.starts_with("https://")
}

/// The `Set-Cookie` that carries a session; an empty secret removes it. Lax, so
/// that a link in a message opens signed in.
pub fn session_cookie(web: &Web, secret: &str) -> String {
    let life = if secret.is_empty() { 0 } else { SESSION_LIFE.num_seconds() };
    let secure = if is_secure(web) { "; Secure" } else { "" };
    format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={life}{secure}", cookie_name(web))
}

/// A program with a token.
pub struct Program(pub Actor);

impl FromRequestParts<Web> for Program {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        let actor = program(parts, web).await?;
        if actor.speaker.is_some() {
            let detail =
                "This token speaks for a supplier or a partner body. It posts statements, and no more.";
            return Err(ApiError::new(StatusCode::FORBIDDEN, detail));
        }
        Ok(Self(actor))
    }
}

/// A program that speaks for a supplier or a partner body.
pub struct VoiceProgram(pub Actor);

impl FromRequestParts<Web> for VoiceProgram {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        let actor = program(parts, web).await?;
        if actor.speaker.is_some() { Ok(Self(actor)) } else { Err(DeskError::Denied.into()) }
    }
}

impl From<Program> for Actor {
    fn from(program: Program) -> Self {
        program.0
    }
}

impl From<VoiceProgram> for Actor {
    fn from(program: VoiceProgram) -> Self {
        program.0
    }
}

/// Who a token stands for.
async fn program(parts: &Parts, web: &Web) -> Result<Actor, ApiError> {
    let no = || ApiError::new(StatusCode::UNAUTHORIZED, "Send your token as Authorization: Bearer TOKEN.");
    let given = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).ok_or_else(no)?;
    let (scheme, secret) = given.split_once(' ').ok_or_else(no)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(no());
    }
    let actor = web.desk.who_by_token(secret.trim()).await?;
    actor.ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, "This token is not known, or was revoked."))
}
