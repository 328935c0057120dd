//! `signpost serve`.

use std::pin::pin;

use anyhow::Result;

use super::{WrongInput, print};
use crate::app::{self, App, Role};
use crate::clock::Clock;
use crate::config::Config;

/// Serves until SIGTERM or Ctrl+C.
pub async fn run(config: &Config, role: Role, migrate: bool) -> Result<()> {
    if role != Role::All && config.database_url.starts_with("sqlite:") {
        let detail = "Separate web and worker processes need Postgres. Set database_url to postgres://…, \
                      or use --role all.";
        return Err(WrongInput(detail.into()).into());
    }
    start_log();
    let mut stop = pin!(stopped()?);
    let listener = app::bind(&config.listen)?;
    let (app, absent) = tokio::select! {
        opened = App::open_or_remember(config, Clock::system(), migrate) => opened?,
        () = &mut stop => return Ok(()),
    };
    if role != Role::Worker && absent.is_none() {
        match app.desk.set_up_link().await? {
            Some(link) => print(format_args!(
                "First start. Set up the first administrator here, within 72 hours:\n  {link}"
            )),
            None if !app.desk.has_administrator().await? => print(format_args!(
                "There is no administrator yet. Make one with signpost user add --role administrator."
            )),
            None => {}
        }
    }
    print(format_args!("Signpost listens on http://{}", config.listen));
    app.run(listener, role, absent, stop).await
}

/// Log lines go to standard error; RUST_LOG chooses which.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Ends at SIGTERM or Ctrl+C, which are heard from this call on, so that a stop
/// during the start is in order too.
pub fn stopped() -> Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut term, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = term.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
