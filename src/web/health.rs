//! Whether the process lives, and whether it can serve.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use super::Web;

pub fn routes() -> Router<Web> {
    Router::new().route("/health/live", get(|| async { "ok\n" })).route("/health/ready", get(ready))
}

/// Ready when the database answers. Pages are served without it, but a
/// process that never saw it has none.
async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    match web.desk.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached\n"),
    }
}
