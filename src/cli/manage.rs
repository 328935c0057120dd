//! `signpost user …`, `signpost token …`, `signpost audit …`.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, builder::PossibleValuesParser, builder::TypedValueParser};

use super::{code, print};
use crate::app::App;
use crate::desk::accounts::{NewUser, Voice};
use crate::domain::org::OrgCode;
use crate::domain::user::{Actor, Role};
use crate::store::audit::{self, Flaw};
use crate::store::covered::{self, Changed, Checked};
use crate::store::reports;

/// For whom somebody acts: an organisation with a role, or a supplier or a
/// partner body that has a word of its own and nothing else.
#[derive(Debug, Args)]
pub struct Place {
    #[arg(long, value_name = "CODE", value_parser = code, requires = "role",
        required_unless_present_any = ["supplier", "partner"])]
    organisation: Option<OrgCode>,
    #[arg(long, value_parser = roles(), requires = "organisation")]
    role: Option<Role>,
    /// They speak for this supplier of the catalogue.
    #[arg(long, value_name = "KEY", conflicts_with_all = ["organisation", "role", "partner"])]
    supplier: Option<String>,
    /// They speak for this partner body.
    #[arg(long, value_name = "KEY", conflicts_with_all = ["organisation", "role"])]
    partner: Option<String>,
}

impl Place {
    fn voice(&self) -> Option<Voice> {
        let supplier = self.supplier.clone().map(Voice::Supplier);
        supplier.or_else(|| self.partner.clone().map(Voice::Partner))
    }

    fn seat(self) -> (OrgCode, Role) {
        (self.organisation.unwrap_or_else(OrgCode::root), self.role.unwrap_or(Role::Viewer))
    }
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody (or change them) and print a one-time sign-in link.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Shut somebody out at once: every session, passkey, password and link.
    Remove {
        #[arg(long)]
        email: String,
    },
}

impl UserCommand {
    /// Whether it may be the first thing that is done with a database.
    pub fn adds(&self) -> bool {
        matches!(self, Self::Add { .. })
    }
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make an API token and print it, this once.
    Create {
        #[command(flatten)]
        place: Place,
        /// What it is for.
        #[arg(long)]
        name: String,
    },
    /// The tokens that work: organisation, role and name.
    List,
    /// End every token of this name at an organisation, at once.
    Revoke {
        #[arg(long, value_name = "CODE", value_parser = code)]
        organisation: OrgCode,
        #[arg(long)]
        name: String,
    },
}

impl TokenCommand {
    /// Whether it may be the first thing that is done with a database.
    pub fn adds(&self) -> bool {
        matches!(self, Self::Create { .. })
    }
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
    let who = Actor::command_line();
    let (email, name, place) = match command {
        UserCommand::Add { email, name, place } => (email, name, place),
        UserCommand::Remove { email } => {
            let gone = app.desk.remove_user(&who, &email).await?;
            print(format_args!(
                "{} ({}) cannot sign in any more, and is signed out everywhere.",
                gone.name, gone.email
            ));
            return Ok(());
        }
    };
    let link = match place.voice() {
        Some(voice) => app.desk.add_voice(&who, &email, &name, &voice).await?,
        None => {
            let (organisation, role) = place.seat();
            app.desk.add_user(&who, &NewUser { email, name, organisation, role }).await?
        }
    };
    print(format_args!("{link}"));
    Ok(())
}

pub async fn token(app: &App, command: TokenCommand) -> Result<()> {
    let who = Actor::command_line();
    let (place, name) = match command {
        TokenCommand::Create { place, name } => (place, name),
        TokenCommand::List => return list(app, &who).await,
        TokenCommand::Revoke { organisation, name } => {
            let ended = app.desk.revoke_tokens(&who, &organisation, &name).await?;
            print(format_args!("{ended} token(s) named {} at {organisation} revoked.", name.trim()));
            return Ok(());
        }
    };
    let token = match place.voice() {
        Some(voice) => app.desk.create_voice_token(&who, &voice, &name).await?,
        None => {
            let (organisation, role) = place.seat();
            app.desk.create_token(&who, &organisation, role, &name).await?
        }
    };
    print(format_args!("{token}"));
    Ok(())
}

async fn list(app: &App, who: &Actor) -> Result<()> {
    for token in app.desk.tokens(who).await? {
        let role = if token.speaker.is_some() { "speaker" } else { token.role.as_str() };
        print(format_args!("{}\t{role}\t{}", token.organisation, token.name));
    }
    Ok(())
}

/// Where the chain is broken, as the end of a sentence.
fn why(flaw: Flaw) -> String {
    match flaw {
        Flaw::Altered(seq) => format!(" at entry {seq}. It was altered after it was written."),
        Flaw::Missing(seq) => {
            format!(" at entry {seq}. It and what came after it were written, and are not there any more.")
        }
        Flaw::Foreign(seq) => {
            format!(" at entry {seq}. It and what comes after it were not written by Signpost with this key.")
        }
        Flaw::NoSeal => ": nothing says where it ends. If an older version of Signpost wrote it, \
                         start this one once; if not, its seal was taken away."
            .into(),
        Flaw::Seal => ": the seal at its end was altered.".into(),
    }
}

/// What was public and is not as it was written, as a sentence.
fn what(changed: Changed) -> String {
    match changed {
        Changed::Altered(table, id) => {
            format!("What was public was altered afterwards: row {id} of {table} is not as it was written.")
        }
        Changed::Gone(table, id) => {
            format!(
                "What was public was taken out: row {id} of {table} was written, and is not there any more."
            )
        }
        Changed::Foreign(table, id) => {
            format!("What was public was added to: row {id} of {table} was not written by Signpost.")
        }
        Changed::Unreadable(table) => {
            format!("What was public was altered afterwards: a row of {table} cannot be read.")
        }
    }
}

/// How much of what was public was looked at.
fn told(Checked { as_written, not_covered }: Checked) -> String {
    let all = format!("What was public is as it was written: {as_written} rows.");
    match not_covered {
        0 => all,
        n => format!("{all} {n} rows are not covered: a version of before wrote them."),
    }
}

pub async fn audit(app: &App, command: AuditCommand) -> Result<()> {
    let AuditCommand::Verify { head } = command;
    let mut tx = app.desk.db.read().await?;
    match audit::verify(&mut tx).await? {
        Ok(entries) => print(format_args!("The audit chain is whole: {entries} entries.")),
        Err(flaw) => bail!("The audit chain is broken{}", why(flaw)),
    }
    if let Some((id, number)) = reports::altered(&mut tx).await? {
        bail!("Situation report {number} ({id}) is not what was signed off. It was altered afterwards.");
    }
    match covered::verify(&mut tx).await? {
        Ok(checked) => print(format_args!("{}", told(checked))),
        Err(changed) => bail!("{}", what(changed)),
    }
    let Some(head) = head else { return Ok(()) };
    let wanted = audit::unhex(&head).context("Give the head as it is printed, such as 0123456789abcdef")?;
    match audit::with_hash(&mut tx, &wanted).await? {
        Some(seq) => print(format_args!("{head} is entry {seq} of it.")),
        None => bail!("No entry has a hash that begins with {head}. The paper is not of this chain."),
    }
    Ok(())
}
