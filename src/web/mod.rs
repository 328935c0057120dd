//! The web: routes, and the layers that every request passes.

mod accounts;
pub mod admin;
mod answer;
pub mod api;
pub mod board;
mod browsers;
mod connections;
mod csv;
mod direct;
pub mod error;
mod exercise;
pub mod extract;
pub mod health;
pub mod history;
pub mod hooks;
mod hot;
pub mod live;
pub mod metrics;
pub mod public;
pub mod server;
pub mod subscribe;
pub mod views;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use self::error::ApiError;
use self::views::problem::Problem;
use crate::channels::Channels;
use crate::desk::Desk;
use crate::desk::passkeys::RelyingParty;
use crate::domain::subscriber::Channel;
use crate::page::body::{NOSNIFF, SAME_ORIGIN, csp};
use crate::page::site::Site;

/// What handlers work with.
#[derive(Clone)]
pub struct Web {
    pub desk: Desk,
    pub site: Arc<Site>,
    pub passkeys: RelyingParty,
    /// For checking that callbacks are the providers' own.
    pub secrets: hooks::Secrets,
    /// What staff look at while it changes.
    pub live: live::Live,
    /// For checking accounts; none when everything is captured.
    pub channels: Option<Channels>,
    /// Whether the database has been opened. Until then only finished pages are
    /// there.
    pub database: Arc<AtomicBool>,
}

impl Web {
    /// Whether messages on this channel leave. Otherwise they are captured: kept for
    /// staff to read.
    pub fn sends(&self, channel: Channel) -> bool {
        self.channels.as_ref().is_some_and(|c| c.is_live(channel))
    }

    /// Who may be asked for by patients: what leaves. Where nothing does, as in the
    /// demonstration, what everybody knows, and the form says that it is captured.
    pub fn offered(&self) -> Vec<Channel> {
        let live: Vec<Channel> = Channel::typed().filter(|c| self.sends(*c)).collect();
        if live.is_empty() { vec![Channel::Email, Channel::Sms] } else { live }
    }

    fn has_database(&self) -> bool {
        self.database.load(Ordering::Relaxed)
    }
}

/// The largest request body, in bytes. Nothing that people or programs send is
/// near it.
const MAX_BODY: usize = 1024 * 1024;
const MAX_TIME: Duration = Duration::from_secs(30);

/// Everything.
pub fn router(web: Web) -> Router {
    // Providers post from elsewhere and sign what they post; programs carry a
    // token. Browsers must come from here.
    let for_people = Router::new()
        .merge(subscribe::routes())
        .merge(browsers::routes())
        .merge(answer::routes())
        .merge(exercise::routes())
        .merge(admin::routes())
        .merge(board::routes())
        .layer(from_fn_with_state(web.clone(), people_wait))
        .merge(public::routes())
        .layer(CsrfLayer::new());
    let for_programs = Router::new()
        .merge(api::routes())
        .merge(hooks::routes())
        .layer(from_fn_with_state(web.clone(), programs_wait));
    let all =
        for_people.merge(for_programs).merge(health::routes()).fallback(public::nowhere).with_state(web);
    layered(all)
}

/// A worker answers only whether it lives.
pub fn health_only(web: Web) -> Router {
    layered(health::worker_routes().with_state(web))
}

/// Says plainly that what needs the database cannot be done yet.
async fn people_wait(State(web): State<Web>, request: Request, next: Next) -> Response {
    if web.has_database() {
        return next.run(request).await;
    }
    unavailable()
}

fn unavailable() -> Response {
    error::screen_with(StatusCode::SERVICE_UNAVAILABLE, &Problem::unavailable())
}

/// The same for programs.
async fn programs_wait(State(web): State<Web>, request: Request, next: Next) -> Response {
    if web.has_database() { next.run(request).await } else { ApiError::unavailable().into_response() }
}

fn layered(router: Router) -> Router {
    let set = |name: HeaderName, value: HeaderValue| SetResponseHeaderLayer::if_not_present(name, value);
    router
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(set(header::CONTENT_SECURITY_POLICY, csp()))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF))
        .layer(set(header::REFERRER_POLICY, SAME_ORIGIN))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, MAX_TIME))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(api::plain_rejections))
}
