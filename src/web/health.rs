//! Whether the process lives, and whether it can serve.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use super::Web;

/// For a process with pages: ready once they are there.
pub fn routes() -> Router<Web> {
    live().route("/health/ready", get(ready_with_pages))
}

/// For a worker, which has none.
pub fn worker_routes() -> Router<Web> {
    live().route("/health/ready", get(ready))
}

fn live() -> Router<Web> {
    Router::new().route("/health/live", get(|| async { "ok\n" }))
}

async fn ready_with_pages(state: State<Web>) -> (StatusCode, &'static str) {
    let not_yet = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if !state.site.is_ready() {
        not_yet("the pages are being made\n")
    } else if !state.has_database() {
        not_yet("the database cannot be reached; the pages are the last known ones\n")
    } else {
        ready(state).await
    }
}

/// Ready when the database answers. Pages that are there are served without
/// it; posting and subscribing are not.
async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    match web.desk.db.answers().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached\n"),
    }
}
