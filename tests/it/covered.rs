//! What was public, and the sign-off of reports, are bound to the audit chain.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::accounts::Voice;
use signpost::domain::user::Actor;
use signpost::store::audit::{self, Flaw};
use signpost::store::covered::{Changed, Checked, Public, verify};
use signpost::store::{Tx, reports};
use signpost::workers::planner;

use crate::harness::{Driver, TestApp};
use crate::told_alike::{answers, call, declare, goes_on, says};

async fn alter(tx: &mut Tx, sql: &str) -> u64 {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match tx {
        Tx::Sqlite(t) => sqlx::query(sql).execute(&mut **t).await.unwrap().rows_affected(),
        Tx::Postgres(t) => sqlx::query(sql).execute(&mut **t).await.unwrap().rows_affected(),
    }
}

/// Something of everything that pages rest on, changed and taken back too.
async fn everything(app: &TestApp) {
    let id = declare(app, "Y91", json!({"system": "emis-web", "message": "We use paper."})).await;
    answers(app, "Z80001", &id, json!({"answer": "affected", "message": "Ring the bell."})).await;
    app.advance(Duration::minutes(5));
    says(app, "Z80002", json!({"lines": {"phones": "down"}, "phone": "01632 960001"})).await;
    app.advance(Duration::minutes(5));
    says(app, "Z80002", json!({"lines": {"phones": "limited"}})).await;
    let wrong = json!({"message": "It is over at two o'clock."});
    let wrong = call(app, "Y91", "POST", &format!("/api/v1/incidents/{id}/updates"), wrong).await;
    let path = format!("/api/v1/updates/{}/withdrawal", wrong["update"]["id"].as_str().unwrap());
    call(app, "Y91", "POST", &path, json!({"correction": "It is not."})).await;
    let voice = Voice::Supplier("Optum".into());
    let supplier = app.desk.create_voice_token(&Actor::command_line(), &voice, "feed").await.unwrap();
    let said =
        app.api(&supplier, "POST", "/api/v1/systems/emis-web/statements", json!({"message": "We look."}));
    let said = said.await.json()["id"].as_str().unwrap().to_owned();
    let gone = format!("/api/v1/statements/{said}/withdrawal");
    let gone = app.api(&supplier, "POST", &gone, json!({})).await;
    assert!(gone.status.is_success(), "{}", gone.text());
    let plan = json!({"title": "New phone system", "organisations": ["Z80003"], "lines": {"phones": "down"},
        "starts_at": app.now() + Duration::hours(2), "ends_at": app.now() + Duration::hours(3)});
    call(app, "Z80003", "POST", "/api/v1/planned", plan).await;
    app.advance(Duration::hours(2));
    assert!(planner::step(&app.desk).await.unwrap() > 0, "the clock begins it");
    goes_on(app, "Y91", &id, json!({"state": "resolved"})).await;
    let note = json!({"message": "We keep paper forms."});
    call(app, "Y91", "POST", &format!("/api/v1/incidents/{id}/note"), note).await;
    let report = call(app, "Y91", "POST", &format!("/api/v1/incidents/{id}/reports"), Value::Null).await;
    let path = format!("/api/v1/reports/{}/sign-off", report["id"].as_str().unwrap());
    call(app, "Y91", "POST", &path, json!({"as_at": report["as_at"], "summary": "Over."})).await;
}

#[tokio::test]
async fn what_was_public_is_missed_or_found_out() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        everything(&app).await;
        let mut tx = app.desk.db.read().await.unwrap();
        assert!(audit::verify(&mut tx).await.unwrap().is_ok());
        let checked = verify(&mut tx).await.unwrap().unwrap();
        assert!(checked.not_covered == 0 && checked.as_written > 10, "{checked:?}");
        drop(tx);
        for (table, set) in [
            (Public::Incident, "title = 'Nothing'"),
            (Public::Incident, "closed_at = null"),
            (Public::Update, "message = 'Come in.'"),
            (Public::Update, "withdrawn_at = null"),
            (Public::Answer, "answer = 'not_affected'"),
            (Public::Answer, "made_at = set_back(made_at)"),
            (Public::Lines, "phone = '01632 960999'"),
            (Public::Lines, "is_current = false"),
            (Public::Note, "message = 'Nothing was learned.'"),
            (Public::Plan, "remind_hours = 1"),
            (Public::Step, "kind = 'cancelled'"),
            (Public::Speaker, "name = 'Somebody'"),
            (Public::Statement, "taken_back_at = null"),
        ] {
            let mut tx = app.desk.db.write().await.unwrap();
            let back = match driver {
                Driver::Sqlite => "'2024-07-19T07:00:01+00:00'",
                Driver::Postgres => "made_at - interval '1 minute'",
            };
            let sql = format!("update {table} set {set}").replace("set_back(made_at)", back);
            assert!(alter(&mut tx, &sql).await > 0, "{sql}");
            let found = verify(&mut tx).await.unwrap();
            assert!(
                matches!(found, Err(Changed::Altered(t, _)) if t == table),
                "{driver:?} {sql}: {found:?}"
            );
        }
        for table in [Public::Note, Public::Step, Public::Statement, Public::Answer, Public::Lines] {
            let mut tx = app.desk.db.write().await.unwrap();
            if matches!(table, Public::Step) {
                alter(&mut tx, "update broadcasts set step_id = null").await;
            }
            assert!(alter(&mut tx, &format!("delete from {table}")).await > 0, "{table}");
            let found = verify(&mut tx).await.unwrap();
            assert!(matches!(found, Err(Changed::Gone(t, _)) if t == table), "{driver:?} {table}: {found:?}");
        }
        // The entry's own hashes are part of the chain.
        let mut tx = app.desk.db.write().await.unwrap();
        alter(&mut tx, "update audit set covers = null where action = 'note'").await;
        assert!(matches!(audit::verify(&mut tx).await.unwrap(), Err(Flaw::Altered(_))));
    }
}

/// A version of before wrote rows that no entry covers; they are told of and no flaw. What
/// looks as if it had been written since is one.
#[tokio::test]
async fn rows_of_before_are_not_covered_and_rows_of_nobody_are_found() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let insert = |at: &str| {
            format!(
                "insert into incident_notes (id, incident_id, message, said_by, author, made_at)
                 select {}, id, 'Never said', 'Y91', 'nobody', '{at}' from incidents limit 1",
                match driver {
                    Driver::Sqlite => "randomblob(16)",
                    Driver::Postgres => "gen_random_uuid()",
                }
            )
        };
        everything(&app).await;
        let mut tx = app.desk.db.write().await.unwrap();
        alter(&mut tx, &insert("2024-01-01T00:00:00+00:00")).await;
        let found = verify(&mut tx).await.unwrap();
        let foreign = matches!(found, Err(Changed::Foreign(Public::Note, _)));
        assert!(foreign, "{driver:?} no version of before was here: {found:?}");
        // As one of before writes its entries.
        alter(&mut tx, "update audit set covers = null where action = 'admit_speaker'").await;
        let found = verify(&mut tx).await.unwrap();
        assert!(matches!(found, Ok(Checked { not_covered: 2, .. })), "{driver:?} {found:?}");
        alter(&mut tx, &insert("2024-09-01T00:00:00+00:00")).await;
        let found = verify(&mut tx).await.unwrap();
        assert!(matches!(found, Err(Changed::Foreign(Public::Note, _))), "{driver:?} {found:?}");
    }
}

#[tokio::test]
async fn who_signed_a_report_when_and_under_which_number_is_bound() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        everything(&app).await;
        let earlier = match driver {
            Driver::Sqlite => "'2024-07-19T07:00:01+00:00'",
            Driver::Postgres => "signed_at - interval '1 minute'",
        };
        for sql in [
            "update reports set signed_by = 'Somebody else'".to_owned(),
            "update reports set number = 7".to_owned(),
            format!("update reports set signed_at = {earlier}"),
            "update reports set hash = null".to_owned(),
            "update reports set number = null, signed_at = null, signed_by = null, hash = null".to_owned(),
            "delete from reports".to_owned(),
            // Signed, and by nobody.
            format!(
                "insert into reports (id, incident_id, organisation, as_at, content, commentary, number, signed_at,
                     signed_by, hash)
                 select {}, incident_id, 'X24', as_at, content, commentary, 9, signed_at, signed_by, hash from reports",
                match driver {
                    Driver::Sqlite => "randomblob(16)",
                    Driver::Postgres => "gen_random_uuid()",
                }
            ),
        ] {
            let mut tx = app.desk.db.write().await.unwrap();
            assert_eq!(reports::altered(&mut tx).await.unwrap(), None);
            assert_eq!(alter(&mut tx, &sql).await, 1, "{sql}");
            assert!(reports::altered(&mut tx).await.unwrap().is_some(), "{driver:?} {sql}");
        }
    }
}
