//! The house rules that a compiler does not see: imports run one way, and the
//! domain knows no SQL, no HTTP and no templates.

use std::path::Path;

/// Each folder or file, and what it may import with `use crate::`.
const MAY: &[(&str, &[&str])] = &[
    ("domain", &["domain", "words"]),
    ("store", &["store", "domain"]),
    ("desk", &["desk", "words", "store", "domain", "clock", "secrets", "signals"]),
    ("page", &["page", "words", "store", "domain", "assets"]),
    ("channels", &["channels", "words", "domain", "clock"]),
    (
        "workers",
        &[
            "workers", "words", "assets", "desk", "page", "channels", "store", "domain", "clock", "signals",
            "secrets",
        ],
    ),
    ("web", &["web", "words", "desk", "page", "store", "domain", "assets", "channels", "secrets"]),
    (
        "cli",
        &[
            "cli", "words", "app", "desk", "page", "workers", "store", "domain", "channels", "clock",
            "config", "secrets", "assets",
        ],
    ),
];

fn sources(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            out.push((path.display().to_string(), text));
        }
    }
}

fn of(folder: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &mut out);
    assert!(!out.is_empty(), "{folder} has no sources");
    out
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (folder, allowed) in MAY {
        for (path, text) in of(folder) {
            for piece in text.split("crate::").skip(1) {
                let name: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let module = !name.is_empty() && name.chars().next().is_some_and(char::is_lowercase);
                if module && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{path} imports crate::{name}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_domain_knows_no_database_and_no_web() {
    for (path, text) in of("domain") {
        for word in ["sqlx", "axum", "askama", "reqwest", "tokio", "Utc::now"] {
            assert!(!text.contains(word), "{path} mentions {word}");
        }
    }
}

#[test]
fn sql_stays_in_the_store() {
    for folder in ["domain", "desk", "page", "channels", "workers", "web", "cli"] {
        for (path, text) in of(folder) {
            assert!(!text.contains("sqlx::query"), "{path} has SQL");
        }
    }
}

#[test]
fn files_stay_readable() {
    for (folder, _) in MAY {
        for (path, text) in of(folder) {
            let lines = text.lines().count();
            assert!(lines <= 450, "{path} has {lines} lines; split it");
        }
    }
}
