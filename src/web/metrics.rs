//! Figures for whoever watches this process: Prometheus text, on an address of its
//! own (`metrics.listen`), so that the public one never gives it.
//!
//! What happens is counted where it happens, by the `metrics` crate, and costs
//! nothing while nobody listens. What stands in the database is read when somebody
//! asks. No figure names a person, a contact or a place.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::Web;
use crate::desk::Result;
use crate::domain::subscriber::Channel;

/// Connections to readers, staff and programs that are open.
pub const CONNECTIONS: &str = "signpost_connections";
/// Answers that were given, by `status`; `from` is `memory` for finished pages.
pub const ANSWERS: &str = "signpost_answers_total";
/// How long the router took for an answer.
pub const ANSWER_TIME: &str = "signpost_answer_seconds";
/// The version of the text format, with which scrapers know it.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// How long the database may take; without its figures the others are still given.
const PATIENCE: Duration = Duration::from_secs(5);
/// Ends of the histogram of answers, in seconds.
const BUCKETS: &[f64] = &[0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// Begins to count in this process. Once only.
///
/// # Errors
/// Something else counts already.
pub fn begin() -> std::result::Result<PrometheusHandle, BuildError> {
    let time = Matcher::Full(ANSWER_TIME.into());
    let handle = PrometheusBuilder::new().set_buckets_for_metric(time, BUCKETS)?.install_recorder()?;
    describe_gauge!(CONNECTIONS, "Open connections of readers, staff and programs.");
    describe_counter!(ANSWERS, "Answers given, by status and by what gave them.");
    describe_histogram!(ANSWER_TIME, Unit::Seconds, "Time that an answer took which is not a finished page.");
    Ok(handle)
}

#[derive(Clone)]
struct Figures {
    counted: PrometheusHandle,
    web: Web,
    has_pages: bool,
}

/// Answers `GET /metrics` until told to stop.
pub async fn serve(
    listener: TcpListener,
    counted: PrometheusHandle,
    web: Web,
    has_pages: bool,
    stop: CancellationToken,
) {
    let figures = Arc::new(Figures { counted, web, has_pages });
    let router = Router::new().route("/metrics", get(show)).with_state(figures);
    let served = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned());
    if let Err(error) = served.await {
        tracing::error!(%error, "the figures are not served any more");
    }
}

async fn show(State(figures): State<Arc<Figures>>) -> Response {
    figures.counted.run_upkeep();
    let mut text = figures.counted.render();
    text.push_str(&figures.standing().await);
    ([(header::CONTENT_TYPE, TEXT)], text).into_response()
}

impl Figures {
    /// What stands at this moment, in a recorder of its own: what is over is not told again.
    async fn standing(&self) -> String {
        let read = tokio::time::timeout(PATIENCE, self.web.desk.figures()).await;
        let queue = read.ok().and_then(Result::ok);
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || {
            self.of_process();
            describe_gauge!("signpost_database_up", "1 while the database answers.");
            gauge!("signpost_database_up").set(f64::from(u8::from(queue.is_some())));
            if let Some(queue) = queue {
                of_queue(&queue);
            }
        });
        recorder.handle().render()
    }

    fn of_process(&self) {
        describe_gauge!("signpost_build_info", "The version that runs; always 1.");
        gauge!("signpost_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        if !self.has_pages {
            return;
        }
        let site = &self.web.site;
        describe_gauge!("signpost_pages_ready", "1 once every page can be read.");
        gauge!("signpost_pages_ready").set(f64::from(u8::from(site.is_ready())));
        describe_gauge!(
            "signpost_pages_checked_timestamp_seconds",
            Unit::Seconds,
            "When the pages were last compared with the database, since 1970."
        );
        gauge!("signpost_pages_checked_timestamp_seconds").set(site.checked_at().timestamp() as f64);
        describe_gauge!("signpost_pages_memory_bytes", Unit::Bytes, "Finished pages kept in memory.");
        gauge!("signpost_pages_memory_bytes").set(site.weight() as f64);
    }
}

fn of_queue(figures: &crate::desk::figures::Figures) {
    describe_gauge!("signpost_messages", "Messages that have not reached an end, by channel and state.");
    describe_gauge!(
        "signpost_oldest_message_seconds",
        Unit::Seconds,
        "For how long the oldest message has waited that is due; 0 where none is."
    );
    describe_gauge!("signpost_late_queues", "Queues of the channel that are older than promised.");
    describe_gauge!("signpost_resting_providers", "Providers of the channel that take nothing for now.");
    describe_gauge!("signpost_open_incidents", "Incidents that are not over, by kind.");
    describe_gauge!("signpost_waiting_approvals", "Posts that wait for a second person.");
    for channel in Channel::ALL {
        let of = |name: &'static str| gauge!(name, "channel" => channel.as_str());
        of("signpost_oldest_message_seconds").set(figures.oldest(*channel).as_secs_f64());
        of("signpost_late_queues").set(figures.late(*channel) as f64);
        of("signpost_resting_providers").set(figures.resting(*channel) as f64);
        gauge!("signpost_messages", "channel" => channel.as_str(), "state" => "queued").set(0.0);
    }
    for (channel, state, number) in &figures.messages {
        gauge!("signpost_messages", "channel" => channel.as_str(), "state" => state.as_str())
            .set(*number as f64);
    }
    for (kind, number) in &figures.open {
        gauge!("signpost_open_incidents", "kind" => kind.as_str()).set(*number as f64);
    }
    gauge!("signpost_waiting_approvals").set(figures.approvals as f64);
}

/// Counts what the server answers, without a look-up for each page.
pub struct Answers {
    fresh: metrics::Counter,
    known: metrics::Counter,
}

impl Default for Answers {
    fn default() -> Self {
        let of = |status: &'static str| counter!(ANSWERS, "from" => "memory", "status" => status);
        Self { fresh: of("200"), known: of("304") }
    }
}

impl Answers {
    /// A finished page was given, or it was said that the reader has it.
    pub fn from_memory(&self, is_known: bool) {
        if is_known { &self.known } else { &self.fresh }.increment(1);
    }

    /// The router answered with this status after so long.
    pub fn from_router(status: u16, took: Duration) {
        counter!(ANSWERS, "from" => "router", "status" => status.to_string()).increment(1);
        metrics::histogram!(ANSWER_TIME).record(took.as_secs_f64());
    }
}
