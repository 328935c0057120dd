//! `signpost serve`.

use anyhow::{Context, Result};
use tokio::net::TcpListener;

use crate::app::{App, Role};
use crate::clock::Clock;
use crate::config::Config;

/// Serves until SIGTERM or Ctrl+C.
pub async fn run(config: &Config, role: Role, migrate: bool) -> Result<()> {
    start_log();
    let listener = bind(&config.listen).await?;
    let app = App::open(config, Clock::system(), migrate).await?;
    if role != Role::Worker
        && let Some(link) = app.desk.set_up_link().await?
    {
        println!("First start. Set up the first administrator here, within 72 hours:\n  {link}");
    }
    println!("Signpost listens on http://{}", config.listen);
    app.run(listener, role, stopped()).await
}

/// Takes the address, before anything else is done.
pub async fn bind(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("The address {address} cannot be used. Choose another with --listen"))
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
