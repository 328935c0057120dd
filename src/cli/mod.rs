//! The commands. They exit with 0 on success, 2 on wrong usage or input, and
//! 1 on failure.

mod check;
mod demo;
mod export;
mod import;
mod manage;
mod serve;
mod story;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::{self, App};
use crate::clock::Clock;
use crate::config::{Config, ConfigError, Flags};
use crate::desk::DeskError;
use crate::domain::org::OrgCode;
use crate::secrets::KeyError;

/// An outage status page and communications hub for the NHS.
#[derive(Debug, Parser)]
#[command(name = "signpost", version)]
struct Cli {
    /// The settings file (default: signpost.toml, where there is one).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// sqlite://FILE or postgres://USER@HOST/NAME
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// An invented region that lives through 18 to 23 July 2024. Sends nothing.
    Demo {
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
        /// Seconds between two steps of the story.
        #[arg(long, default_value_t = 20)]
        pace: u64,
    },
    /// The server.
    Serve {
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
        #[arg(long, value_enum, default_value = "all")]
        role: app::Role,
        /// Leave the database as it is.
        #[arg(long)]
        no_migrate: bool,
    },
    /// Bring the database up to date.
    Migrate,
    /// Bring organisations, systems, subscribers or contacts in.
    #[command(subcommand)]
    Import(import::Import),
    /// People who may sign in.
    #[command(subcommand)]
    User(manage::UserCommand),
    /// Tokens for programs.
    #[command(subcommand)]
    Token(manage::TokenCommand),
    /// Write pages as plain files.
    #[command(subcommand)]
    Export(export::Export),
    /// The record of who did what.
    #[command(subcommand)]
    Audit(manage::AuditCommand),
    /// Say that the database is a backup, before it is served: nothing that may
    /// have been sent since the backup leaves by itself.
    Restored,
    /// Say what the settings mean and whether each part can be reached.
    Check,
}

/// Wrong input: exit 2, with a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct WrongInput(String);

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("signpost: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("signpost: {}", sentence(&error));
            ExitCode::from(exit_code(&error))
        }
    }
}

/// The whole chain of an error as one text; field mistakes one a line.
fn sentence(error: &anyhow::Error) -> String {
    if let Some(DeskError::Invalid(errors)) = error.downcast_ref() {
        return errors.iter().map(|e| e.detail.clone()).collect::<Vec<_>>().join("\n          ");
    }
    format!("{error:#}")
}

fn exit_code(error: &anyhow::Error) -> u8 {
    let input = error.is::<WrongInput>()
        || error.is::<ConfigError>()
        || error.is::<KeyError>()
        || error.is::<crate::channels::ChannelError>()
        || matches!(error.downcast_ref(), Some(DeskError::Invalid(_) | DeskError::NotFound(_)));
    if input { 2 } else { 1 }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let mut flags = Flags { config: cli.config, database_url: cli.database_url, listen: None };
    match cli.command {
        Command::Demo { listen, pace } => {
            flags.listen = listen;
            demo::run(Config::listen_alone(&flags)?, pace).await
        }
        Command::Serve { listen, role, no_migrate } => {
            flags.listen = listen;
            serve::run(&Config::load(&flags)?, role, !no_migrate).await
        }
        Command::Migrate => {
            let config = Config::load(&flags)?;
            app::open_database(&config, true).await?.close().await;
            print(format_args!("The database is up to date."));
            Ok(())
        }
        Command::Restored => {
            let app = open(&flags).await?;
            let messages = app.desk.restored(&crate::domain::user::Actor::command_line()).await?;
            print(format_args!("{messages} messages are held back. They can be sent on from the desk."));
            Ok(())
        }
        Command::Import(command) => import::run(&open(&flags).await?, command).await,
        Command::User(command) if command.adds() => manage::user(&open(&flags).await?, command).await,
        Command::User(command) => manage::user(&open_used(&flags).await?, command).await,
        Command::Token(command) if command.adds() => manage::token(&open(&flags).await?, command).await,
        Command::Token(command) => manage::token(&open_used(&flags).await?, command).await,
        Command::Export(command) => export::run(&open_used(&flags).await?, command).await,
        Command::Audit(command) => manage::audit(&look(&flags).await?, command).await,
        Command::Check => check::run(&Config::load(&flags)?).await,
    }
}

/// Opens the installation for one command; the database is made and brought up
/// to date where needed.
async fn open(flags: &Flags) -> anyhow::Result<App> {
    App::open(&Config::load(flags)?, Clock::system(), true).await
}

/// The same for a database that there is; it is brought up to date.
async fn open_used(flags: &Flags) -> anyhow::Result<App> {
    let config = Config::load(flags)?;
    if let Some(file) = config.database_file().filter(|f| !f.exists()) {
        let detail = format!("There is no database {}. Check database_url.", file.display());
        return Err(WrongInput(detail).into());
    }
    App::open(&config, Clock::system(), true).await
}

/// Opens an installation that there is, and changes nothing.
async fn look(flags: &Flags) -> anyhow::Result<App> {
    App::look(&Config::load(flags)?, Clock::system()).await
}

/// Reads a code from the command line.
fn code(text: &str) -> Result<OrgCode, String> {
    OrgCode::parse(text)
        .ok_or_else(|| format!("\"{text}\" is not an organisation code: use 3 to 12 letters and digits"))
}

/// Prints a line. Whoever reads may have gone (`signpost check | head -1`); that is
/// no failure.
fn print(line: std::fmt::Arguments<'_>) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}
