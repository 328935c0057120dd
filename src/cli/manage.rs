//! `signpost user …`, `signpost token …`, `signpost audit …`.

use anyhow::{Result, bail};
use clap::{Subcommand, builder::PossibleValuesParser, builder::TypedValueParser};

use super::code;
use crate::app::App;
use crate::desk::accounts::NewUser;
use crate::domain::org::OrgCode;
use crate::domain::user::{Actor, Role};
use crate::store::audit;

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody (or change them) and print a one-time sign-in link.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_name = "CODE", value_parser = code)]
        organisation: OrgCode,
        #[arg(long, value_parser = roles())]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make an API token and print it, this once.
    Create {
        #[arg(long, value_name = "CODE", value_parser = code)]
        organisation: OrgCode,
        #[arg(long, value_parser = roles())]
        role: Role,
        /// What it is for.
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walk the chain; exit 1 and name the first broken entry if it was altered.
    Verify,
}

fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|r| r.as_str()))
        .map(|text| Role::parse(&text).unwrap_or(Role::Viewer))
}

pub async fn user(app: &App, command: UserCommand) -> Result<()> {
    let UserCommand::Add { email, name, organisation, role } = command;
    let new = NewUser { email, name, organisation, role };
    println!("{}", app.desk.add_user(&Actor::command_line(), &new).await?);
    Ok(())
}

pub async fn token(app: &App, command: TokenCommand) -> Result<()> {
    let TokenCommand::Create { organisation, role, name } = command;
    println!("{}", app.desk.create_token(&Actor::command_line(), &organisation, role, &name).await?);
    Ok(())
}

pub async fn audit(app: &App, command: AuditCommand) -> Result<()> {
    let AuditCommand::Verify = command;
    let mut tx = app.desk.db.read().await?;
    match audit::verify(&mut tx).await? {
        Ok(entries) => println!("The audit chain is whole: {entries} entries."),
        Err(seq) => bail!("The audit chain is broken at entry {seq}. It was altered after it was written."),
    }
    Ok(())
}
