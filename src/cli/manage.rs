//! `signpost user …`, `signpost token …`, `signpost audit …`.

use anyhow::{Context, Result, bail};
use clap::{Subcommand, builder::PossibleValuesParser, builder::TypedValueParser};

use super::code;
use crate::app::App;
use crate::desk::accounts::NewUser;
use crate::domain::org::OrgCode;
use crate::domain::user::{Actor, Role};
use crate::store::{audit, reports};

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
    Verify {
        /// Also find the entry that a printed log names as the chain's head.
        #[arg(long, value_name = "HEX")]
        head: Option<String>,
    },
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
    let AuditCommand::Verify { head } = command;
    let mut tx = app.desk.db.read().await?;
    match audit::verify(&mut tx).await? {
        Ok(entries) => println!("The audit chain is whole: {entries} entries."),
        Err(seq) => bail!("The audit chain is broken at entry {seq}. It was altered after it was written."),
    }
    if let Some((id, number)) = reports::altered(&mut tx).await? {
        bail!("Situation report {number} ({id}) is not what was signed off. It was altered afterwards.");
    }
    let Some(head) = head else { return Ok(()) };
    let wanted = audit::unhex(&head).context("Give the head as it is printed, such as 0123456789abcdef")?;
    match audit::with_hash(&mut tx, &wanted).await? {
        Some(seq) => println!("{head} is entry {seq} of it."),
        None => bail!("No entry has a hash that begins with {head}. The paper is not of this chain."),
    }
    Ok(())
}
