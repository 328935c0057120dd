//! The decision log, on both databases: entered in three steps, never changed,
//! in the audit chain, on paper.

use base64::Engine;
use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::store::audit::Flaw;

use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::support::python;

/// What a printed or drawn record says, page by page.
pub fn pages_of(pdf: &[u8]) -> Vec<String> {
    let input = json!(base64::engine::general_purpose::STANDARD.encode(pdf)).to_string();
    let said = python(
        "import pypdf, base64, io\n\
         pdf = pypdf.PdfReader(io.BytesIO(base64.b64decode(input)), strict=True)\n\
         say([' '.join(page.extract_text().split()) for page in pdf.pages])",
        &input,
    );
    serde_json::from_value(said).unwrap()
}

fn hidden(answer: &Answer) -> Vec<(String, String)> {
    let names = values(answer, "main form input[type=hidden]", "name");
    names.into_iter().zip(values(answer, "main form input[type=hidden]", "value")).collect()
}

/// Sends what the check has hidden.
async fn confirm(person: &Person<'_>, check: &Answer) -> Answer {
    let held = hidden(check);
    let fields: Vec<(&str, &str)> = held.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    person.post("/desk/log/new", &fields).await
}

#[tokio::test]
async fn a_decision_is_written_checked_and_entered_and_stays() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        assert!(person.get("/desk/log").await.text().contains("There are no entries here yet."));
        let form = person.get("/desk/log/new").await;
        assert_eq!(values(&form, "#made_at", "value"), ["2024-07-19T08:00"], "now, in London");
        assert_eq!(values(&form, "#decided_by", "value"), ["Ada Fenwick"]);

        let wrong =
            [("decision", ""), ("reason", "Kept."), ("made_at", "2024-07-19T09:00"), ("decided_by", "")];
        let refused = person.post("/desk/log/new/check", &wrong).await;
        assert_eq!(refused.status, 422);
        assert_eq!(
            values(&refused, ".nhsuk-error-summary a", "href"),
            ["#decided_by", "#made_at", "#decision"]
        );
        assert_eq!(texts(&refused, "#reason"), ["Kept."]);

        let typed = [
            ("decision", "Keep the morning clinics.\nUse paper."),
            ("reason", "The \"paper\" <plan> works."),
            ("refused", "Close until noon: people are on their way\n\nSend everybody to 111"),
            ("made_at", "2024-07-19T07:30"),
            ("decided_by", "Dr Okoro, partner"),
        ];
        let check = person.post("/desk/log/new/check", &typed).await;
        assert_eq!(check.status, 200, "{}", check.text());
        assert_eq!(texts(&check, ".nhsuk-tag"), ["Late entry"], "half an hour late");
        assert!(person.get("/desk/log").await.text().contains("There are no entries here yet."));
        let entered = confirm(&person, &check).await;
        assert_eq!(entered.status, 303, "{}", entered.text());
        assert_eq!(
            confirm(&person, &check).await.header("location"),
            entered.header("location"),
            "pressed twice"
        );
        let home = entered.header("location").split_once('?').unwrap().0.to_owned();

        // A correction is a new entry; the first one stays as it was.
        let again = person.get(&format!("/desk/log/new?corrects={}", home.rsplit('/').next().unwrap())).await;
        assert!(texts(&again, "#decision")[0].starts_with("Keep the morning clinics."), "{}", again.text());
        let corrects = home.rsplit('/').next().unwrap().to_owned();
        let typed = [
            ("corrects", corrects.as_str()),
            ("decision", "Keep the morning clinics until 11am."),
            ("reason", "The first entry forgot the time."),
            ("made_at", "2024-07-19T08:00"),
            ("decided_by", "Dr Okoro, partner"),
        ];
        let check = person.post("/desk/log/new/check", &typed).await;
        assert_eq!(confirm(&person, &check).await.status, 303);
        let first = person.get(&home).await;
        assert!(
            texts(&first, ".nhsuk-summary-list").concat().contains("Keep the morning clinics. Use paper.")
        );
        assert_eq!(texts(&first, ".nhsuk-tag"), ["Late entry", "Corrected"]);
        assert_eq!(texts(&first, ".nhsuk-summary-list a"), ["Entry 2"]);
        let list = texts(&person.get("/desk/log").await, ".sp-results li");
        assert!(
            list[0].starts_with("Entry 2 Correction") && list[1].starts_with("Entry 1 Late entry"),
            "{list:?}"
        );

        // Others neither read nor write it; those above read.
        let other = Person::of(&app, "Z80002", Role::Coordinator).await;
        assert_eq!(other.get(&home).await.status, 404);
        let viewer = Person::of(&app, "Z80001", Role::Viewer).await;
        assert_eq!(viewer.get(&home).await.status, 200);
        assert_eq!(viewer.get("/desk/log/new").await.status, 403);
        let region = Person::of(&app, "X24", Role::Viewer).await;
        assert_eq!(region.get(&home).await.status, 200);
        assert!(texts(&region.get("/desk/log").await, ".sp-results li").is_empty(), "their own is empty");
        assert_eq!(texts(&region.get("/desk/log?whose=below").await, ".sp-results li").len(), 2);
    }
}

#[tokio::test]
async fn programs_enter_decisions_too_and_the_chain_covers_them() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let practice = app.token("Z80001", Role::Publisher).await;
        let viewer = app.token("X24", Role::Viewer).await;
        let sent = json!({"system": "emis-web"});
        let incident = app.api(&token, "POST", "/api/v1/incidents", sent).await.json()["id"].clone();
        let enter = async |token: &str, body: Value| app.api(token, "POST", "/api/v1/log", body).await;
        let body = json!({"incident": incident, "decision": "Switch forms off.", "reason": "Nobody can read them.",
            "refused": ["Leave them on"], "made_at": "2024-07-19T06:40:00Z", "decided_by": "Duty director"});
        let made = enter(&token, body).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let entry = made.json();
        assert_eq!(
            (&entry["number"], &entry["late"], &entry["organisation"], &entry["entered_by"]),
            (&json!(1), &json!(true), &json!("X24"), &json!("X24"))
        );
        let own = enter(&practice, json!({"decision": "Use paper.", "reason": "No screens."})).await.json();
        assert_eq!(
            (&own["number"], &own["late"], &own["incident"]),
            (&json!(1), &json!(false), &Value::Null)
        );
        let wrong =
            enter(&practice, json!({"decision": " ", "corrects": entry["id"], "made_at": "soon"})).await;
        assert_eq!(wrong.json()["errors"][0]["pointer"], "/made_at");
        let wrong = enter(&practice, json!({"decision": " ", "corrects": entry["id"]})).await;
        let at: Vec<_> =
            wrong.json()["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(at, ["/decision", "/reason", "/corrects"], "not one of theirs");
        assert_eq!(enter(&viewer, json!({"decision": "x", "reason": "y"})).await.status, 403);

        let read = async |token: &str, query: &str| {
            app.api(token, "GET", &format!("/api/v1/log/decisions{query}"), Value::Null).await.json()
        };
        assert_eq!(read(&token, "").await["entries"].as_array().unwrap().len(), 2);
        assert_eq!(read(&practice, "").await["entries"], json!([own]));
        let about = format!("?incident={}", incident.as_str().unwrap());
        assert_eq!(read(&token, &about).await["entries"], json!([entry]));
        assert_eq!(read(&token, "?organisation=X24&day=2024-07-19").await["entries"], json!([entry]));
        assert_eq!(read(&token, "?day=2024-07-18").await["entries"], json!([]));
        let id = entry["id"].as_str().unwrap();
        assert_eq!(
            app.api(&practice, "GET", &format!("/api/v1/log/decisions/{id}"), Value::Null).await.status,
            404
        );

        // What was done stays in the log as before.
        let log = app.api(&token, "GET", "/api/v1/log", Value::Null).await.json();
        let actions: Vec<_> =
            log["entries"].as_array().unwrap().iter().map(|e| e["action"].clone()).collect();
        assert_eq!(actions[..2], ["decide", "decide"]);
        assert!(actions.contains(&json!("declare")));

        // A word that is changed afterwards breaks the chain at its entry.
        let mut tx = app.desk.db.write().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
        let seq = entry["chain"]["seq"].as_i64().unwrap();
        let kept = signpost::store::audit::unhex(entry["chain"]["hash"].as_str().unwrap()).unwrap();
        assert_eq!(signpost::store::audit::with_hash(&mut tx, &kept[..8]).await.unwrap(), Some(seq));
        assert_eq!(signpost::store::audit::with_hash(&mut tx, &[0; 8]).await.unwrap(), None);
        let change =
            "update audit set detail = replace(cast(detail as text), 'Switch forms off', 'Leave forms on')";
        match &mut tx {
            signpost::store::Tx::Sqlite(t) => drop(sqlx::query(change).execute(&mut **t).await.unwrap()),
            signpost::store::Tx::Postgres(t) => {
                let cast = "update audit set detail = cast(replace(cast(detail as text), 'Switch forms off', 'Leave forms on') as jsonb)";
                sqlx::query(cast).execute(&mut **t).await.unwrap();
            }
        }
        assert_eq!(signpost::store::audit::verify(&mut tx).await.unwrap(), Err(Flaw::Altered(seq)));
    }
}

#[tokio::test]
async fn two_at_once_get_two_numbers() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let enter = |n: usize| {
            let (app, token) = (&app, &token);
            async move {
                let body = json!({"decision": format!("Decision {n}."), "reason": "It was time."});
                app.api(token, "POST", "/api/v1/log", body).await.json()["number"].as_i64().unwrap()
            }
        };
        let mut numbers = futures_util::future::join_all((0..8).map(enter)).await;
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_printed_log_carries_the_chains_head_on_every_page() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("Z80001", Role::Publisher).await;
    for n in 0..52 {
        let body = json!({"decision": format!("Decision number {n}, which takes a few words to tell."),
            "reason": "Because it had to be decided by somebody at that moment."});
        assert_eq!(app.api(&token, "POST", "/api/v1/log", body).await.status, 201);
        app.advance(Duration::minutes(1));
    }
    let person = Person::of(&app, "Z80001", Role::Viewer).await;
    let html = person.get("/desk/log/print").await;
    let head = texts(&html, "tfoot td");
    let mut tx = app.desk.db.read().await.unwrap();
    let chain = signpost::store::audit::head(&mut tx).await.unwrap().unwrap();
    assert_eq!(head, [format!("Audit chain head {}, entry {}.", chain.short(), chain.seq)]);
    let rows = texts(&html, "tbody tr");
    assert_eq!(rows.len(), 52);
    // On a phone each part of an entry has its own name.
    let labels = values(&html, "tbody tr:first-child td", "data-label");
    assert_eq!(labels, ["Made at", "Entered", "Decided by", "Decision", "Reason", "Options refused"]);
    assert!(rows[0].starts_with("1 Ashwick Surgery 8am, Friday 19 July 2024"), "{}", rows[0]);

    let pdf = person.get("/desk/log/log.pdf").await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let pages = pages_of(&pdf.body);
    assert!(pages.len() > 2, "{} pages", pages.len());
    for (n, page) in pages.iter().enumerate() {
        let foot = format!("Page {} of {}. Audit chain head {}", n + 1, pages.len(), chain.short());
        assert!(page.contains(&foot), "{page}");
    }
    let all = pages.concat();
    assert!((0..52).all(|n| all.contains(&format!("number {n},"))));
    // Both lists go on where a page ends.
    let first = person.get("/desk/log").await;
    let older = values(&first, "main > p a", "href").into_iter().find(|h| h.contains("before=")).unwrap();
    assert_eq!(
        texts(&first, ".sp-results li").len() + texts(&person.get(&older).await, ".sp-results li").len(),
        52
    );
}
