//! `signpost import …`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Subcommand;

use super::{WrongInput, code, print};
use crate::app::App;
use crate::desk::import::{File, Report};
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;

#[derive(Debug, Subcommand)]
pub enum Import {
    /// ODS reports, in any order.
    Organisations {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// A CSV file with the header ods_code,system
    Systems {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// A CSV file with the header contact,channel,locale and, without
    /// --organisation, organisation
    Subscribers {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The organisation that all of them subscribe to.
        #[arg(long, value_name = "CODE", value_parser = code)]
        organisation: Option<OrgCode>,
    },
    /// Whom to ask at a site: a CSV file with the header
    /// organisation,contact,channel,label
    Contacts {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// When organisations are open: a CSV file with the header
    /// ods_code,day,opens,closes
    Hours {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Which primary care network a surgery is in: a CSV file with the header
    /// practice,network,name
    Networks {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Which pharmacies make up the prescriptions of which surgery: a CSV file
    /// with the header practice,pharmacy
    PharmacyLinks {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Leave out what the column items says is less than this.
        #[arg(long, value_name = "NUMBER")]
        least_items: Option<u32>,
    },
}

pub async fn run(app: &App, command: Import) -> Result<()> {
    let who = Actor::command_line();
    match command {
        Import::Organisations { files, dry_run } => {
            let files = files.iter().map(|f| read(f)).collect::<Result<Vec<_>>>()?;
            let report = app.desk.import_organisations(&who, &files, dry_run).await?;
            print_rejects(&report);
            let start = if dry_run { "Would change: " } else { "" };
            print(format_args!(
                "{} organisations read. {start}{} added ({} known from their code alone), {} changed, {} links changed.",
                report.read, report.added, report.placeholders, report.changed, report.links
            ));
            if report.changed_nothing() {
                print(format_args!("Nothing changed."));
            }
        }
        Import::Systems { file } => {
            let report = app.desk.import_systems(&who, &read(&file)?).await?;
            print_rejects(&report);
            print(format_args!(
                "{} lines read. {} added, {} replaced.",
                report.read, report.added, report.changed
            ));
            if report.changed_nothing() {
                print(format_args!("Nothing changed."));
            }
        }
        Import::Subscribers { file, organisation } => {
            let report = app.desk.import_subscribers(&who, &read(&file)?, organisation.as_ref()).await?;
            print_rejects(&report);
            print(format_args!("{} lines read. {} subscriptions added.", report.read, report.added));
        }
        Import::Contacts { file } => {
            let report = app.desk.import_contacts(&who, &read(&file)?).await?;
            print_rejects(&report);
            print(format_args!("{} lines read. {} contacts added or changed.", report.read, report.added));
        }
        Import::Hours { file } => {
            let report = app.desk.import_hours(&who, &read(&file)?).await?;
            print_rejects(&report);
            let (read, added, changed) = (report.read, report.added, report.changed);
            print(format_args!(
                "{read} lines read. Hours of {added} organisations added, of {changed} changed."
            ));
            if report.changed_nothing() {
                print(format_args!("Nothing changed."));
            }
        }
        Import::Networks { file } => {
            let report = app.desk.import_networks(&who, &read(&file)?).await?;
            print_rejects(&report);
            let (read, added, changed, links) = (report.read, report.added, report.changed, report.links);
            print(format_args!(
                "{read} lines read. {added} networks added, {changed} changed, {links} links changed."
            ));
            if report.changed_nothing() {
                print(format_args!("Nothing changed."));
            }
        }
        Import::PharmacyLinks { file, least_items } => {
            let report = app.desk.import_pharmacy_links(&who, &read(&file)?, least_items).await?;
            print_rejects(&report);
            print(format_args!(
                "{} lines read. {} links added, {} ended. {} lines name an organisation that is not known here.",
                report.read, report.added, report.ended, report.unknown
            ));
            if report.changed_nothing() {
                print(format_args!("Nothing changed."));
            }
        }
    }
    Ok(())
}

pub fn read(path: &Path) -> Result<File> {
    let shown = path.display();
    let bytes =
        std::fs::read(path).map_err(|e| WrongInput(format!("The file {shown} cannot be read: {e}.")))?;
    let name = path.file_name().map_or_else(|| shown.to_string(), |n| n.to_string_lossy().into_owned());
    Ok(File { name, bytes })
}

fn print_rejects(report: &Report) {
    for reject in &report.rejects {
        print(format_args!("{}, line {}: left out, because {}.", reject.file, reject.line, reject.reason));
    }
    if !report.rejects.is_empty() {
        print(format_args!("{} lines left out.", report.rejects.len()));
    }
}
