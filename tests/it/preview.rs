//! Writes the sample pages to `target/preview/`, to be looked at.
//! Open the files in any browser.

use std::fs;
use std::path::{Path, PathBuf};

use signpost::page::statuspage::{Endpoint, statuspage};
use signpost::page::{Context, feed, json};

use super::{samples, screens};

/// Where the files go.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/preview")
}

/// Puts the assets beside the pages and makes their links relative.
fn write(folder: &Path, name: &str, html: &str) {
    let html = html.replace("\"/assets/", "\"assets/");
    fs::write(folder.join(format!("{name}.html")), html).unwrap();
}

#[test]
fn preview() {
    let folder = folder();
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("assets")).unwrap();
    for asset in signpost::assets::ALL {
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.bytes).unwrap();
    }
    for (name, html) in screens::all() {
        write(&folder, name, &html);
    }
    for sample in samples::all() {
        write(&folder, sample.name, &sample.html());
        sample.with(|ctx| {
            let history = signpost::page::history::history(ctx).unwrap();
            write(&folder, &format!("{}-history", sample.name), &history);
            write_forms(&folder.join(sample.name), ctx);
        });
    }
}

/// The forms for programs, at the addresses of the contract.
fn write_forms(folder: &Path, ctx: &Context<'_>) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("status.json"), json::status_json(ctx)).unwrap();
    fs::write(folder.join("feed.atom"), feed::atom(ctx)).unwrap();
    for (path, endpoint) in Endpoint::ALL {
        let file = folder.join("api/v2").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, statuspage(ctx, *endpoint)).unwrap();
    }
}
