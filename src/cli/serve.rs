//! `signpost serve`.

use anyhow::Result;

use super::WrongInput;
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
    let listener = app::bind(&config.listen)?;
    let (app, absent) = App::open_or_remember(config, Clock::system(), migrate).await?;
    if role != Role::Worker && absent.is_none() {
        match app.desk.set_up_link().await? {
            Some(link) => {
                say!("First start. Set up the first administrator here, within 72 hours:\n  {link}")
            }
            None if !app.desk.has_administrator().await? => {
                say!("There is no administrator yet. Make one with signpost user add --role administrator.")
            }
            None => {}
        }
    }
    say!("Signpost listens on http://{}", config.listen);
    app.run(listener, role, absent, stopped()).await
}

/// Log lines go to standard error; RUST_LOG chooses which.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Waits for SIGTERM or Ctrl+C.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
