//! `signpost export site DIR`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Subcommand;

use super::{WrongInput, print};
use crate::app::App;
use crate::assets;
use crate::page::copy;
use crate::page::form::Wanted;
use crate::page::history::all_months;
use crate::workers::publisher::Publisher;

#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every public page and feed as plain files that any static server can serve.
    Site {
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

pub async fn run(app: &App, command: Export) -> Result<()> {
    let Export::Site { dir } = command;
    if dir.is_file() {
        return Err(WrongInput(format!("{} is a file. Give a folder.", dir.display())).into());
    }
    Publisher::new(app.desk.clone(), Arc::clone(&app.site)).step().await?;
    let (mut files, now) = (0usize, app.desk.now());
    for code in app.site.codes() {
        for wanted in Wanted::exported() {
            let Some(file) = copy::file(&app.site, &code, wanted, now) else { continue };
            write(&dir.join(file.path), &file.bytes)?;
            files += 1;
        }
    }
    for file in copy::of_no_place(&app.site, now) {
        write(&dir.join(file.path), &file.bytes)?;
        files += 1;
    }
    files += past(app, &dir).await?;
    for asset in assets::ALL {
        write(&dir.join(asset.path.trim_start_matches('/')), asset.bytes)?;
        files += 1;
    }
    print(format_args!("{files} files written to {}.", dir.display()));
    Ok(())
}

/// The pages about the past: each month since the first incident, and each
/// incident at its permanent address. A month is read once for everybody.
async fn past(app: &App, dir: &Path) -> Result<usize> {
    let (mut files, now) = (0, app.desk.now());
    for first in all_months(app.site.since(), now) {
        let month = app.desk.month(first).await?;
        for code in app.site.codes() {
            let Some(facts) = app.desk.facts_of_month(&code, &month) else { continue };
            for file in copy::past(&app.site, facts, first, now) {
                write(&dir.join(file.path), &file.bytes)?;
                files += 1;
            }
        }
    }
    Ok(files)
}

/// Writes beside the file and then moves it there, so that a server never
/// reads half a page.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let shown = || format!("{} cannot be written", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(shown)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, bytes).with_context(shown)?;
    std::fs::rename(&beside, path).with_context(shown)?;
    Ok(())
}
