//! Makes the style sheet and gives every asset a name that changes with it.
//!
//! The styles are the `nhsuk-frontend` package's own, from npm by the lock
//! file. Left out are the Frutiger font (it may only be used by registered NHS
//! organisations, and readers would fetch it from another host), everything
//! else from another host, and the rules for classes that no template uses.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const NODE_MISSING: &str =
    "Node.js with npm is needed to build Signpost (not to run it). Install it and run this command again.";
const PACKAGE: &str = "assets/node_modules/nhsuk-frontend";

type Result<T> = std::result::Result<T, String>;

fn main() {
    for path in [
        "build.rs",
        "templates",
        "locales",
        "assets/package-lock.json",
        "assets/signpost.css",
        "assets/page.css",
    ] {
        println!("cargo:rerun-if-changed={path}");
    }
    if let Err(why) = build() {
        eprintln!("\n{why}\n");
        std::process::exit(1);
    }
}

fn build() -> Result<()> {
    if FONTS.iter().any(|(f, _)| !Path::new("assets/node_modules/@expo-google-fonts").join(f).exists())
        || !Path::new(PACKAGE).join("package.json").exists()
    {
        fetch_package()?;
    }
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    let package = read(&Path::new(PACKAGE).join("dist/nhsuk/nhsuk-frontend.min.css"))?;
    let mut used = BTreeSet::new();
    collect_classes(Path::new("templates"), &mut used)?;
    let (page, own) = (read(Path::new("assets/page.css"))?, read(Path::new("assets/signpost.css"))?);
    let css = format!("{}{}{}", style_sheet(&package, &used), squeeze(&page), squeeze(&own));
    if css.contains("//assets.nhs.uk") || css.contains("Frutiger") {
        return Err("The style sheet still names the Frutiger font or another host.".into());
    }

    put_words_together(&out)?;
    let page_style =
        style_sheet(&package, &classes_of_the_page()?).replace("@charset \"UTF-8\";", "") + &squeeze(&page);
    write(&out.join("page_style.css"), page_style.as_bytes())?;

    let mut code = String::new();
    let mut all = Vec::new();
    emit(&out, "signpost", "css", css.as_bytes(), &mut code, &mut all)?;
    for (name, extension) in own_files()? {
        let path = Path::new("assets").join(format!("{name}.{extension}"));
        println!("cargo:rerun-if-changed={}", path.display());
        let text = read(&path)?;
        let text = if extension == "js" { without_comments(&text) } else { text };
        emit(&out, &name, &extension, text.as_bytes(), &mut code, &mut all)?;
    }
    code.push_str(&format!(
        "/// Everything that is served below `/assets/`.\npub static ALL: &[Asset] = &[{}];\n",
        all.join(", ")
    ));
    code.push_str(&fonts()?);
    write(&out.join("assets.rs"), code.as_bytes())
}

/// A script without its indentation and the lines that are comments: none of ours has a
/// text of several lines.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// One file for each language, from the files in its folder.
fn put_words_together(out: &Path) -> Result<()> {
    for folder in entries("locales")? {
        let Some(locale) = folder.file_name().and_then(|n| n.to_str()).filter(|_| folder.is_dir()) else {
            continue;
        };
        let mut all = String::new();
        for file in entries(&folder)?.iter().filter(|f| f.extension().is_some_and(|e| e == "ftl")) {
            all.push_str(&read(file)?);
            all.push('\n');
        }
        write(&out.join(format!("{locale}.ftl")), all.as_bytes())?;
    }
    Ok(())
}

/// What is in a folder, in order of name.
fn entries(folder: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    let folder = folder.as_ref();
    let listed = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

/// `npm ci`, which takes exactly what the lock file names.
fn fetch_package() -> Result<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let done = Command::new(npm)
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir("assets")
        .output()
        .map_err(|_| NODE_MISSING.to_owned())?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if said.contains("node: not found") || said.contains("node: No such file") {
        return Err(NODE_MISSING.into());
    }
    Err(format!("\"npm ci\" failed in the folder assets. Check the network and run this again.\n{said}"))
}

/// Our own scripts, pictures and the styles of single pages: every `*.js`,
/// `*.svg` and `*.css` in `assets/` that is no part of the style sheet.
fn own_files() -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("assets").map_err(|e| e.to_string())? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let part = |p: Option<&std::ffi::OsStr>| p.and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let (name, extension) = (part(path.file_stem()), part(path.extension()));
        if matches!(extension.as_str(), "js" | "svg")
            || (extension == "css" && !matches!(name.as_str(), "page" | "signpost"))
        {
            found.push((name, extension));
        }
    }
    found.sort();
    Ok(found)
}

/// The fonts of posters and share pictures: one for each script, regular and
/// bold. They are under the SIL Open Font License, which allows embedding.
const FONTS: &[(&str, &str)] = &[
    ("noto-sans", "NotoSans"),
    ("noto-sans-arabic", "NotoSansArabic"),
    ("noto-sans-bengali", "NotoSansBengali"),
    ("noto-sans-gujarati", "NotoSansGujarati"),
    ("noto-sans-gurmukhi", "NotoSansGurmukhi"),
];

/// The table of fonts: whether each is bold, and its bytes.
fn fonts() -> Result<String> {
    let folder =
        env::current_dir().map_err(|e| e.to_string())?.join("assets/node_modules/@expo-google-fonts");
    let mut rows = Vec::new();
    for (package, name) in FONTS {
        for (weight, bold) in [("400Regular", false), ("700Bold", true)] {
            let file = folder.join(package).join(weight).join(format!("{name}_{weight}.ttf"));
            if !file.exists() {
                return Err(format!("{} is missing. Run \"npm ci\" in the folder assets.", file.display()));
            }
            rows.push(format!("({bold}, include_bytes!({:?}))", file.display().to_string()));
        }
    }
    Ok(format!(
        "/// The fonts of drawn sheets: whether each is bold, and its bytes.\npub static FONTS: &[(bool, &[u8])] = &[{}];\n",
        rows.join(", ")
    ))
}

/// Writes one asset and the constant that embeds it, such as `SIGNPOST_CSS`.
fn emit(
    out: &Path,
    name: &str,
    extension: &str,
    bytes: &[u8],
    code: &mut String,
    all: &mut Vec<String>,
) -> Result<()> {
    let content_type = match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    let file = format!("{name}-{:016x}.{extension}", fnv1a(bytes));
    write(&out.join(format!("{name}.{extension}")), bytes)?;
    let constant = format!("{name}_{extension}").to_uppercase().replace('-', "_");
    code.push_str(&format!(
        "/// `assets/{name}.{extension}`.\npub const {constant}: Asset = Asset {{\n    \
         path: \"/assets/{file}\",\n    content_type: \"{content_type}\",\n    \
         bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.{extension}\")),\n}};\n"
    ));
    all.push(constant);
    Ok(())
}

/// A content hash for file names (Fowler–Noll–Vo 1a, 64 bit); not for secrets.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The templates of pages that carry their style inline.
const STYLED_INLINE: &[&str] = &["frame", "parts", "patient", "history"];

/// The package's classes that those pages use, and the macros that they call.
fn classes_of_the_page() -> Result<BTreeSet<String>> {
    let macros = read(Path::new("templates/shared/nhsuk.html"))?;
    let mut used = BTreeSet::new();
    for name in STYLED_INLINE {
        let text = read(&Path::new("templates/public").join(format!("{name}.html")))?;
        add_classes(&text, &mut used);
        for call in text.split("ui::").skip(1) {
            let called: String =
                call.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let body =
                macros.split(&format!("macro {called}(")).nth(1).and_then(|m| m.split("endmacro").next());
            add_classes(body.ok_or_else(|| format!("There is no macro {called}."))?, &mut used);
        }
    }
    Ok(used)
}

/// Every word in the templates that may be a class of the package. A word that
/// ends in a hyphen stands before an expression (`nhsuk-tag--{{ colour }}`).
fn collect_classes(folder: &Path, used: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            collect_classes(&path, used)?;
            continue;
        }
        add_classes(&read(&path)?, used);
    }
    Ok(())
}

fn add_classes(text: &str, used: &mut BTreeSet<String>) {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    used.extend(words.filter(|w| w.starts_with("nhsuk-")).map(str::to_owned));
}

/// The package's rules that our pages can meet, in a font that is already there.
fn style_sheet(package: &str, used: &BTreeSet<String>) -> String {
    let plain = package.replace("Frutiger W01,", "");
    let plain = plain.split("/*#").next().unwrap_or_default();
    let mut out = String::from("@charset \"UTF-8\";");
    rules(plain.trim_start_matches('\u{feff}'), used, &mut out);
    out
}

fn rules(css: &str, used: &BTreeSet<String>, out: &mut String) {
    let mut rest = css;
    while let Some(at) = rest.find(['{', ';']) {
        let prelude = rest[..at].trim();
        if rest.as_bytes()[at] == b';' {
            rest = &rest[at + 1..];
            continue;
        }
        let length = block_length(&rest[at..]);
        let body = &rest[at + 1..at + length - 1];
        rest = &rest[at + length..];
        if prelude.starts_with("@media") || prelude.starts_with("@supports") {
            let mut inner = String::new();
            rules(body, used, &mut inner);
            if !inner.is_empty() {
                out.push_str(&format!("{prelude}{{{inner}}}"));
            }
        } else if prelude.starts_with("@font-face") || body.contains("url(/assets/images") {
            // No fonts; and the only pictures are the arrows of tables that sort by script.
        } else if prelude.starts_with('@') {
            out.push_str(&format!("{prelude}{{{body}}}"));
        } else {
            let kept: Vec<&str> = selectors(prelude).into_iter().filter(|s| is_used(s, used)).collect();
            if !kept.is_empty() {
                out.push_str(&format!("{}{{{body}}}", kept.join(",")));
            }
        }
    }
}

/// The length of a `{…}` block, braces included; quoted braces do not count.
fn block_length(text: &str) -> usize {
    let (mut depth, mut quote) = (0usize, None);
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), _) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Splits at commas that are not inside brackets, as in `:not(a,b)`.
fn selectors(prelude: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0i32, 0, Vec::new());
    for (i, c) in prelude.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&prelude[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    found.push(&prelude[start..]);
    found
}

/// Whether every class of the package in a selector is in some template.
/// Classes inside `:not(…)` may be missing.
fn is_used(selector: &str, used: &BTreeSet<String>) -> bool {
    let positive = selector.split(":not(").next().unwrap_or_default();
    positive.split('.').skip(1).all(|part| {
        let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        let class = &part[..end.unwrap_or(part.len())];
        !class.starts_with("nhsuk-")
            || used.contains(class)
            || used.iter().any(|u| u.ends_with('-') && class.starts_with(u.as_str()))
    })
}

/// Our own rules without comments and line breaks.
fn squeeze(css: &str) -> String {
    let mut out = String::new();
    for piece in css.split("/*") {
        out.push_str(piece.split_once("*/").map_or(piece, |(_, after)| after));
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| format!("{} cannot be read: {e}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|e| format!("{} cannot be written: {e}", path.display()))
}
