//! The end of the audit chain is sealed: what is cut off is missed.

use std::path::{Path, PathBuf};
use std::process::Command;

use signpost::domain::user::Role;
use signpost::store::Tx;
use signpost::store::audit::{Flaw, verify};
use signpost::store::seal::bring_up;
use uuid::Uuid;

use crate::harness::{Driver, TestApp};

async fn alter(tx: &mut Tx, sql: &'static str) {
    match tx {
        Tx::Sqlite(t) => drop(sqlx::query(sql).execute(&mut **t).await.unwrap()),
        Tx::Postgres(t) => drop(sqlx::query(sql).execute(&mut **t).await.unwrap()),
    }
}

/// What is put there need not be what belongs there. SQLite takes anything in any
/// column, and somebody who checks the chain tries just that.
#[tokio::test]
async fn what_cannot_be_read_is_named_as_altered() {
    for sql in [
        "update audit set detail = 'tampered' where seq = 3",
        "update audit set at = 'yesterday' where seq = 3",
        "update audit set actor = 'tampered' where seq = 3",
        "update audit set hash = 'x' where seq = 3",
    ] {
        let app = TestApp::empty(Driver::Sqlite).await;
        for _ in 0..5 {
            app.token("X24", Role::Viewer).await;
        }
        let mut tx = app.desk.db.write().await.unwrap();
        alter(&mut tx, sql).await;
        assert_eq!(verify(&mut tx).await.unwrap(), Err(Flaw::Altered(3)), "{sql}");
    }
}

const CUT: &str = "delete from audit where seq = (select max(seq) from audit)";
const EMPTY: &str = "delete from audit";
const UNSEAL: &str = "delete from instance where name = 'audit_seal'";
/// What migration 37 does with entries of a version without seals.
const OLDER: &str = "insert into instance (name, value)
    select 'audit_before_seals', hash from audit where seq = (select max(seq) from audit)";

#[tokio::test]
async fn what_is_cut_off_the_audit_chain_is_missed_for_good() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        for _ in 0..3 {
            app.token("X24", Role::Viewer).await;
        }
        for (changes, found) in [
            (&[][..], Ok(3)),
            (&[CUT], Err(Flaw::Missing(3))),
            (&[EMPTY], Err(Flaw::Missing(1))),
            (&[UNSEAL], Err(Flaw::NoSeal)),
            (&[CUT, UNSEAL], Err(Flaw::NoSeal)),
            // Nor does it help to have it look like a new database, or like an older one.
            (&[EMPTY, UNSEAL], Err(Flaw::NoSeal)),
            (&[CUT, UNSEAL, OLDER], Err(Flaw::NoSeal)),
            (
                &[
                    "update instance set value = (select hash from audit where seq = 1) where name = 'audit_seal'",
                ],
                Err(Flaw::Seal),
            ),
        ] {
            let mut tx = app.desk.db.write().await.unwrap();
            for sql in changes {
                alter(&mut tx, sql).await;
            }
            assert_eq!(verify(&mut tx).await.unwrap(), found, "{driver:?} {changes:?}");
        }
        // Entries of an older version are sealed at the first start, where none is missing.
        for (changes, is_whole) in [(&[UNSEAL, OLDER, CUT][..], false), (&[UNSEAL], false)] {
            let mut tx = app.desk.db.write().await.unwrap();
            for sql in changes {
                alter(&mut tx, sql).await;
            }
            assert_eq!(bring_up(&mut tx).await.unwrap(), is_whole, "{changes:?}");
            assert_eq!(verify(&mut tx).await.unwrap(), Err(Flaw::NoSeal));
        }
        let mut tx = app.desk.db.write().await.unwrap();
        alter(&mut tx, UNSEAL).await;
        alter(&mut tx, OLDER).await;
        assert!(bring_up(&mut tx).await.unwrap());
        assert_eq!(verify(&mut tx).await.unwrap(), Ok(3));
        tx.commit().await.unwrap();
        app.token("X24", Role::Viewer).await;
        let mut tx = app.desk.db.write().await.unwrap();
        assert_eq!(verify(&mut tx).await.unwrap(), Ok(4));
        alter(&mut tx, CUT).await;
        tx.commit().await.unwrap();
        // What is written afterwards does not cover it up.
        app.token("X24", Role::Viewer).await;
        app.token("X24", Role::Viewer).await;
        let mut tx = app.desk.db.read().await.unwrap();
        assert_eq!(verify(&mut tx).await.unwrap(), Err(Flaw::Altered(4)), "{driver:?}");
    }
}

/// What a command gives and says in a folder of its own.
fn says(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_signpost"))
        .current_dir(folder)
        .env_clear()
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("signpost-sealed-{}", Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn pool(folder: &Path) -> sqlx::SqlitePool {
    let url = format!("sqlite://{}", folder.join("signpost.db").display());
    sqlx::SqlitePool::connect(&url).await.unwrap()
}

const VERIFY: [&str; 2] = ["audit", "verify"];
const TOKEN: [&str; 8] = ["token", "create", "--organisation", "X24", "--role", "viewer", "--name", "x"];

#[tokio::test]
async fn only_a_database_that_is_there_is_verified() {
    let folder = folder();
    let (code, text) = says(&folder, &VERIFY);
    assert!(code == 1 && text.contains("cannot be opened. Check database_url"), "{code}: {text}");
    assert!(std::fs::read_dir(&folder).unwrap().next().is_none(), "nothing was made");
    assert_eq!(says(&folder, &["migrate"]).0, 0);
    let (code, text) = says(&folder, &VERIFY);
    assert!(code == 1 && text.contains("Signpost has never used the database"), "{code}: {text}");
    assert_eq!(says(&folder, &TOKEN).0, 0);
    let (code, text) = says(&folder, &VERIFY);
    assert!(code == 0 && text.contains("The audit chain is whole: 1 entries."), "{code}: {text}");
    assert!(text.contains("What was public is as it was written: 0 rows."), "{text}");
    let pool = pool(&folder).await;
    sqlx::query(CUT).execute(&pool).await.unwrap();
    pool.close().await;
    let (code, text) = says(&folder, &VERIFY);
    assert!(code == 1 && text.contains("broken at entry 1") && text.contains("not there any more"), "{text}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A database of a version without seals is sealed once; after that nobody who has the database
/// alone makes it look like one again, nor like a new one.
#[tokio::test]
async fn a_database_is_older_or_new_once() {
    let folder = folder();
    assert_eq!(says(&folder, &TOKEN).0, 0);
    let key = signpost::secrets::Keyring::load(&folder.join("signpost.key"), false).unwrap();
    let pool = pool(&folder).await;
    let alter = async |sql: &'static str| {
        sqlx::query(sql).execute(&pool).await.unwrap();
    };
    let is_whole = |entries: &str| {
        let (code, text) = says(&folder, &VERIFY);
        code == 0 && text.contains(&format!("The audit chain is whole: {entries} entries."))
    };
    let is_unsealed = || says(&folder, &VERIFY).1.contains("nothing says where it ends");
    let older = "update instance set value = $1 where name = 'key_fingerprint'";
    sqlx::query(older).bind(key.older_fingerprint()).execute(&pool).await.unwrap();
    alter(UNSEAL).await;
    alter(OLDER).await;
    assert!(is_unsealed(), "it was not started yet");
    assert_eq!(says(&folder, &TOKEN).0, 0);
    assert!(is_whole("2"));
    for changes in [&[UNSEAL][..], &[EMPTY], &["delete from instance"]] {
        for sql in changes {
            alter(sql).await;
        }
        assert_eq!(says(&folder, &TOKEN).0, 0);
        assert!(is_unsealed(), "{changes:?}");
    }
    pool.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}
