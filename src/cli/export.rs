//! `signpost export site DIR`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Subcommand;

use super::WrongInput;
use crate::app::App;
use crate::assets;
use crate::page::form::Wanted;
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
            let Some(body) = app.site.get(&code, wanted, now) else { continue };
            let mut file = dir.join(wanted.path(&code).trim_start_matches('/'));
            if wanted.form.is_html() {
                file.push("index.html");
            }
            write(&file, &body.plain.bytes)?;
            files += 1;
        }
    }
    for asset in assets::ALL {
        write(&dir.join(asset.path.trim_start_matches('/')), asset.bytes)?;
        files += 1;
    }
    println!("{files} files written to {}.", dir.display());
    Ok(())
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
