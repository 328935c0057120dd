//! Notifications in browsers: signing up, what the browser runs for them, and
//! the new addresses that push services give.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Router};

use super::Web;
use super::error::{PageError, screen, screen_with};
use super::subscribe::{blank, confirmed, find};
use super::views::public::Subscribe;
use crate::assets::PUSH_WORKER_JS;
use crate::desk::DeskError;
use crate::domain::push::Subscription;
use crate::words::Locale;

pub fn routes() -> Router<Web> {
    Router::new().route("/{code}/subscribe/device", post(sign_up)).route("/push/renew", post(renew))
}

/// `GET /push.js`: the service worker. Its address never changes, for browsers
/// look for a newer one there; it stands at the root and is registered for
/// `/push/`, where there is no page, so it comes between nobody and a page.
pub async fn worker() -> Response {
    let headers = [(header::CONTENT_TYPE, PUSH_WORKER_JS.content_type), (header::CACHE_CONTROL, "no-cache")];
    (headers, PUSH_WORKER_JS.bytes).into_response()
}

/// What `assets/push.js` sends: what the browser gave, and in which language.
#[derive(serde::Deserialize)]
struct DeviceForm {
    #[serde(flatten)]
    browser: Subscription,
    #[serde(default)]
    locale: String,
}

/// `POST /{CODE}/subscribe/device`.
async fn sign_up(
    State(web): State<Web>,
    Path(code): Path<String>,
    Form(sent): Form<DeviceForm>,
) -> Result<Response, PageError> {
    let (code, place) = match find(&web, &code) {
        Ok(found) => found,
        Err(nowhere) => return Ok(*nowhere),
    };
    let locale = Locale::parse(&sent.locale).unwrap_or_default();
    match web.desk.subscribe_browser(&code, &sent.browser, locale).await {
        Ok(managed) => Ok(screen(&confirmed(&web, &managed, place))),
        Err(DeskError::Invalid(errors)) => {
            let again = Subscribe { errors: errors.into(), ..blank(&web, place, locale) };
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the service worker sends when a push service gave another address.
#[derive(serde::Deserialize)]
struct RenewForm {
    old: String,
    #[serde(flatten)]
    browser: Subscription,
}

/// `POST /push/renew`. Whoever asks gets the same answer, known or not.
async fn renew(State(web): State<Web>, Form(sent): Form<RenewForm>) -> Result<StatusCode, PageError> {
    web.desk.renew_browser(&sent.old, &sent.browser).await?;
    Ok(StatusCode::NO_CONTENT)
}
