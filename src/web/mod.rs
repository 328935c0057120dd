//! The web: routes, and the layers that every request passes.

pub mod admin;
pub mod api;
pub mod board;
pub mod error;
pub mod extract;
pub mod health;
pub mod history;
pub mod hooks;
pub mod public;
pub mod subscribe;
pub mod views;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use base64::Engine;
use sha2::{Digest, Sha256};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::desk::Desk;
use crate::desk::passkeys::RelyingParty;
use crate::page::site::Site;

/// What handlers work with.
#[derive(Clone)]
pub struct Web {
    pub desk: Desk,
    pub site: Arc<Site>,
    pub passkeys: RelyingParty,
    /// Twilio's auth token, for checking that callbacks are its own; none
    /// without Twilio, and then there are no callbacks.
    pub twilio_token: Option<Arc<str>>,
}

/// The largest request body, in bytes. Nothing that people or programs send is
/// near it.
const MAX_BODY: usize = 1024 * 1024;
const MAX_TIME: Duration = Duration::from_secs(30);

/// No inline script, no other host, no frame (ASVS 5.0, 3.4). The one inline
/// style is that of the patient page, named by its hash (CSP Level 3, 8.3).
fn csp() -> String {
    let style = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(crate::assets::PAGE_STYLE));
    format!("{CSP}; style-src 'self' 'sha256-{style}'")
}

const CSP: &str = "default-src 'none'; script-src 'self'; img-src 'self' data:; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Everything.
pub fn router(web: Web) -> Router {
    // Providers post from elsewhere and sign what they post; programs carry a
    // token. Browsers must come from here.
    let for_people = Router::new()
        .merge(public::routes())
        .merge(subscribe::routes())
        .merge(admin::routes())
        .merge(board::routes())
        .layer(CsrfLayer::new());
    let all = for_people
        .merge(api::routes())
        .merge(hooks::routes())
        .merge(health::routes())
        .fallback(public::nowhere)
        .with_state(web);
    layered(all)
}

/// A worker answers only whether it lives.
pub fn health_only(web: Web) -> Router {
    layered(health::worker_routes().with_state(web))
}

fn layered(router: Router) -> Router {
    let set = |name: HeaderName, value: &str| {
        let value = HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""));
        SetResponseHeaderLayer::if_not_present(name, value)
    };
    router
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(set(header::CONTENT_SECURITY_POLICY, &csp()))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "same-origin"))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, MAX_TIME))
        .layer(CatchPanicLayer::new())
}
