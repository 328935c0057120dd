//! Pharmacies that make up a surgery's prescriptions: said by call, file and
//! screen; and slower by themselves while the surgery has a problem.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::{File, Report};
use signpost::domain::user::{Actor, Role};
use signpost::page::form::{Form, Wanted};
use signpost::page::snapshot;

use crate::harness::{Driver, TestApp, code};
use crate::staff::{Person, texts};

const SENTENCE: &str = "Some GP surgeries that send prescriptions here have a problem. \
                        Your prescription may reach us late.";

async fn call(app: &TestApp, token: &str, method: &str, path: &str, body: Value) -> Value {
    let answer = app.api(token, method, path, body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer.json()
}

async fn link(app: &TestApp, surgery: &str, pharmacies: &[&str]) -> Value {
    let token = app.token(surgery, Role::Publisher).await;
    let path = format!("/api/v1/organisations/{surgery}/pharmacies");
    call(app, &token, "PUT", &path, json!({"pharmacies": pharmacies})).await
}

async fn declare(app: &TestApp, body: Value) -> String {
    let region = app.token("Y91", Role::Coordinator).await;
    let declared = call(app, &region, "POST", "/api/v1/incidents", body).await;
    declared["id"].as_str().unwrap().to_owned()
}

/// Says it as the place itself.
async fn respond(app: &TestApp, incident: &str, place: &str, body: Value) {
    let token = app.token(place, Role::Publisher).await;
    call(app, &token, "PUT", &format!("/api/v1/incidents/{incident}/responses/{place}"), body).await;
}

/// The lines of a page and their states, without 111 and 999.
fn lines(status: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let all = status["lines"].as_array().unwrap().iter();
    all.map(|l| (text(&l["line"]), text(&l["state"]))).collect()
}

fn slower() -> Vec<(String, String)> {
    ["dispensing", "collection"].map(|line| (line.to_owned(), "delayed".to_owned())).to_vec()
}

async fn import(app: &TestApp, text: &str, least: Option<u32>) -> Report {
    let file = File { name: "links.csv".into(), bytes: text.as_bytes().to_vec() };
    app.desk.import_pharmacy_links(&Actor::command_line(), &file, least).await.unwrap()
}

#[tokio::test]
async fn a_pharmacy_is_slower_until_the_last_of_its_surgeries_is_back() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        assert_eq!(link(&app, "Z80001", &["FZ101", "FZ102"]).await["pharmacies"], json!(["FZ101", "FZ102"]));
        link(&app, "Z80002", &["FZ101"]).await;
        assert_eq!(lines(&app.status("FZ101").await), []);
        app.advance(Duration::minutes(5));
        let id = declare(&app, json!({"system": "emis-web"})).await;
        let changed = app.publish().await;
        assert!(changed.contains(&code("FZ101")) && !changed.contains(&code("FZ103")), "{changed:?}");

        let status = app.status("FZ101").await;
        assert_eq!(lines(&status), slower());
        assert_eq!(status["lines"][0]["said_by"]["code"], "Y91");
        assert_eq!(status["headline"]["text"], "Come in, but expect to wait longer than usual.");
        assert_eq!(status["incidents"], json!([]), "it is no incident of its own");
        let linked = &status["linked"][0];
        assert_eq!(
            (&linked["incident"], &linked["system"], &linked["text"]),
            (&json!(id), &json!("emis-web"), &json!(SENTENCE))
        );
        assert_eq!(status["next_update_by"], linked["next_update_by"]);
        let page = app.get("/FZ101").await;
        assert!(texts(&page, ".sp-answer__rest").contains(&SENTENCE.to_owned()), "{}", page.text());
        let said = texts(&page, ".sp-said").join(" ");
        assert!(said.contains("reported a problem at GP surgeries at 8:05am."), "{said}");
        assert!(app.get("/FZ101/cy").await.text().contains("sy&#39;n anfon presgripsiynau yma broblem"));
        assert_eq!(lines(&app.status("FZ103").await), [], "nothing links it");
        let (then, served) = (app.now(), app.get("/FZ101").await.body);

        // One is back: the other still sends late. Then that one is, too.
        app.advance(Duration::minutes(10));
        respond(&app, &id, "Z80001", json!({"answer": "recovered"})).await;
        assert_eq!(lines(&app.status("FZ101").await), slower());
        assert_eq!(lines(&app.status("FZ102").await), [], "it had no other");
        respond(&app, &id, "Z80002", json!({"answer": "not_affected"})).await;
        assert!(app.publish().await.contains(&code("FZ101")), "its page is made again");
        let status = app.status("FZ101").await;
        assert_eq!((lines(&status), &status["headline"]["state"]), (vec![], &json!("normal")));
        assert_eq!(status["linked"], Value::Null);
        assert!(!app.get("/FZ101").await.text().contains(SENTENCE));

        // And what it said at 8:05 is known.
        link(&app, "Z80002", &[]).await;
        let past = app.desk.page_at(&Actor::command_line(), &code("FZ101"), then).await.unwrap();
        let told = app.site.as_of(&past.facts, Wanted::english(Form::Html), past.at, past.since);
        assert_eq!(String::from_utf8_lossy(&told), String::from_utf8_lossy(&served), "{driver:?}");
    }
}

#[tokio::test]
async fn its_history_counts_what_slowed_it_down() {
    const SLOWER: &str =
        "GP surgeries that send prescriptions here had this problem. Prescriptions could be late.";
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        link(&app, "Z80001", &["FZ101", "FZ102"]).await;
        link(&app, "Z80002", &["FZ101"]).await;
        app.advance(Duration::minutes(5));
        let id = declare(&app, json!({"system": "emis-web", "title": "Records cannot be opened"})).await;
        app.advance(Duration::minutes(1));
        app.publish().await;
        let rows = |page| texts(&page, "tbody tr").join(" | ");
        let going_on = rows(app.get("/FZ101/history").await);
        assert!(
            going_on.contains(&format!("Records cannot be opened {SENTENCE} Still going on")),
            "{going_on}"
        );
        app.advance(Duration::minutes(9));
        respond(&app, &id, "Z80001", json!({"answer": "recovered"})).await;
        app.advance(Duration::minutes(20));
        respond(&app, &id, "Z80002", json!({"answer": "recovered"})).await;
        // It was over for the second when it said so itself.
        respond(&app, &id, "FZ102", json!({"answer": "not_affected"})).await;
        app.advance(Duration::hours(2));
        app.publish().await;
        let history = rows(app.get("/FZ101/history").await);
        assert!(history.contains(&format!("{SLOWER} 30 minutes")), "{history}");
        for line in ["Medicines made up for you", "Collecting medicines"] {
            assert!(history.contains(&format!("{line} 80.64% 30 minutes")), "{line}: {history}");
        }
        assert!(rows(app.get("/FZ101/history/2024-07").await).contains(&format!("{SLOWER} 30 minutes")));
        for place in ["FZ102", "FZ103"] {
            let page = app.get(&format!("/{place}/history")).await;
            assert!(!page.text().contains("Records cannot"), "{driver:?} {place}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn whoever_speaks_of_the_pharmacy_itself_wins() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        link(&app, "Z80001", &["FZ101"]).await;
        let id = declare(&app, json!({"system": "emis-web"})).await;
        assert_eq!(lines(&app.status("FZ101").await), slower());
        // The board above it, then the pharmacy.
        let board = app.token("QZ8", Role::Coordinator).await;
        // Good news of theirs wins as well as bad.
        let lines_of = json!({"dispensing": "paused", "collection": "normal"});
        let body = json!({"lines": lines_of, "expires_at": "2024-07-19T08:00:00Z"});
        call(&app, &board, "PUT", "/api/v1/organisations/QZ8/lines", body).await;
        let status = app.status("FZ101").await;
        assert_eq!(
            (&status["lines"][0]["state"], &status["lines"][1]["state"]),
            (&json!("paused"), &json!("normal"))
        );
        app.advance(Duration::hours(1));
        let person = Person::of(&app, "FZ101", Role::Publisher).await;
        let desk = texts(&person.get("/desk").await, "main").join(" ");
        assert!(desk.contains("reported a problem at surgeries whose prescriptions you make up."), "{desk}");
        let pressed = person.post("/desk/lines/exception", &[("line", "collection")]).await;
        assert_eq!(pressed.status, 303, "{}", pressed.text());
        let status = app.status("FZ101").await;
        assert_eq!(
            (&status["lines"][0]["state"], &status["lines"][1]["state"]),
            (&json!("delayed"), &json!("normal"))
        );
        // Its answer counts, although the incident does not reach it.
        respond(&app, &id, "FZ101", json!({"answer": "affected", "lines": {"dispensing": "paused"}})).await;
        assert_eq!(app.status("FZ101").await["lines"][0]["state"], "paused");
        respond(&app, &id, "FZ101", json!({"answer": "not_affected"})).await;
        let status = app.status("FZ101").await;
        assert_eq!(
            (lines(&status), &status["linked"]),
            (vec![("collection".into(), "normal".into())], &Value::Null)
        );
        // The same at its desk, where it may change its mind.
        let person = Person::of(&app, "FZ101", Role::Publisher).await;
        let desk = texts(&person.get("/desk").await, "main").join(" ");
        assert!(
            desk.contains("for surgeries whose prescriptions you make up") && desk.contains("You answered"),
            "{desk}"
        );
        let answer = format!("/desk/incidents/{id}/answer");
        assert_eq!(person.post(&answer, &[("answer", "affected")]).await.status, 303);
        assert_eq!(app.status("FZ101").await["lines"][0]["state"], "paused", "what it said stands again");
        respond(&app, &id, "FZ101", json!({"answer": "affected", "lines": {}})).await;
        assert_eq!(app.status("FZ101").await["lines"][0]["state"], "delayed");
        let poster = app.get("/FZ101/poster").await.text();
        assert!(poster.contains(SENTENCE), "and the poster says why: {poster}");
        assert!(app.get("/FZ101/voice.xml").await.text().contains(SENTENCE));
        let person = Person::of(&app, "FZ101", Role::Publisher).await;
        assert_eq!(person.post(&answer, &[("answer", "recovered")]).await.status, 303);
        assert_eq!(app.status("FZ101").await["linked"], Value::Null);
        // Where nothing links it, there is nothing to answer.
        let other = app.token("FZ102", Role::Publisher).await;
        let path = format!("/api/v1/incidents/{id}/responses/FZ102");
        assert_eq!(app.api(&other, "PUT", &path, json!({"answer": "busy"})).await.status, 404);
    }
}

#[tokio::test]
async fn a_surgery_whose_prescriptions_are_as_usual_slows_nobody() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    link(&app, "Z80001", &["FZ101"]).await;
    let id = declare(&app, json!({"system": "gp-phone", "organisations": ["Z80001"], "lines": {"phones": "down"}, "title": "No phones"})).await;
    assert_eq!(lines(&app.status("FZ101").await), []);
    // It says that its prescriptions suffer, and then that they do not.
    let body = |state: &str| json!({"answer": "affected", "lines": {"prescriptions": state}});
    respond(&app, &id, "Z80001", body("delayed")).await;
    assert_eq!(lines(&app.status("FZ101").await), slower());
    respond(&app, &id, "Z80001", body("normal")).await;
    assert_eq!(lines(&app.status("FZ101").await), []);

    // Its own word for a time ends by the clock.
    let body = json!({"title": "No computers", "organisations": ["Z80001"], "lines": {"prescriptions": "delayed"}, "next_update_by": "2024-07-19T17:00:00Z"});
    declare(&app, body).await;
    assert_eq!(lines(&app.status("FZ101").await), slower());
    let token = app.token("Z80001", Role::Publisher).await;
    let body = json!({"lines": {"prescriptions": "normal"}, "expires_at": "2024-07-19T09:00:00Z"});
    call(&app, &token, "PUT", "/api/v1/organisations/Z80001/lines", body).await;
    let status = app.status("FZ101").await;
    assert_eq!((lines(&status), &status["next_update_by"]), (vec![], &Value::Null));
    app.advance(Duration::hours(2));
    assert_eq!(lines(&app.status("FZ101").await), slower());
}

#[tokio::test]
async fn exercises_reach_no_page_and_what_has_run_out_is_not_known() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        link(&app, "Z80001", &["FZ101"]).await;
        declare(&app, json!({"system": "emis-web", "kind": "exercise"})).await;
        assert_eq!(lines(&app.status("FZ101").await), []);
        let exercise = app.desk.exercise(&Actor::command_line(), &code("FZ101")).await.unwrap();
        assert_eq!(exercise.at(app.now()).lines.len(), 2, "staff see what it would do");
        declare(&app, json!({"system": "emis-web"})).await;
        app.advance(Duration::minutes(125));
        assert_eq!(app.status("FZ101").await["freshness"], "overdue");
        app.advance(Duration::minutes(60));
        let status = app.status("FZ101").await;
        assert_eq!(
            (&status["freshness"], &status["headline"]["state"]),
            (&json!("expired"), &json!("unknown"))
        );
        // Who says how it is, need not wait for anybody.
        let token = app.token("FZ101", Role::Publisher).await;
        let body = json!({"lines": {"dispensing": "normal", "collection": "normal"}});
        call(&app, &token, "PUT", "/api/v1/organisations/FZ101/lines", body).await;
        let status = app.status("FZ101").await;
        assert_eq!(
            (&status["freshness"], &status["headline"]["state"]),
            (&json!("current"), &json!("normal"))
        );
    }
}

#[tokio::test]
async fn a_pharmacy_sends_nothing_by_it() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    link(&app, "Z80001", &["FZ101"]).await;
    let people =
        "contact,channel,locale,organisation\na@example.org,email,en,FZ101\nb@example.org,email,en,Z80001\n";
    let file = File { name: "p.csv".into(), bytes: people.into() };
    app.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
    let region = app.token("Y91", Role::Coordinator).await;
    let declared = call(&app, &region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    assert_eq!(declared["reach"]["recipients"]["email"], 1);
    // Nor when it says that it suffers.
    let id = declared["id"].as_str().unwrap();
    respond(&app, id, "FZ101", json!({"answer": "affected"})).await;
    let path = format!("/api/v1/incidents/{id}/updates");
    let more = call(&app, &region, "POST", &path, json!({"message": "Still down."})).await;
    assert_eq!(more["reach"]["recipients"]["email"], 1);
    app.run_workers().await;
    let path = format!("/api/v1/updates/{}/deliveries", more["update"]["id"].as_str().unwrap());
    let sent = call(&app, &region, "GET", &path, Value::Null).await;
    let places: Vec<_> =
        sent["items"].as_array().unwrap().iter().map(|d| d["organisation"].clone()).collect();
    assert_eq!(places, ["Z80001"]);
}

#[tokio::test]
async fn links_come_in_by_file_and_what_is_gone_ends() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let text = "practice,pharmacy\nz80001,FZ101\nZ80001,FZ102\nZ80001,FZ101\nZ80002,FZ102\n\
                    Z80001,FZ999\nZ99999,FZ101\nFZ101,FZ102\nZ80001,Z80002\nZ80001\nZ80001,?\n";
        let report = import(&app, text, None).await;
        assert_eq!((report.added, report.ended, report.unknown), (3, 0, 2));
        let left: Vec<_> = report.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(
            left,
            [
                (10, "the line has 1 columns and not 2"),
                (6, "there is no organisation FZ999"),
                (7, "there is no organisation Z99999"),
                (8, "FZ101 is not a GP surgery"),
                (9, "Z80002 is not a pharmacy"),
                (11, "\"?\" is not a code"),
            ]
        );
        assert!(import(&app, text, None).await.changed_nothing());
        // Their own names of the columns, in their order; few items are no link.
        app.advance(Duration::days(30));
        let text =
            "YEAR_MONTH,DISPENSER_CODE,PRACTICE_CODE,ITEMS\n202407,FZ103,Z80001,900\n202407,FZ101,Z80001,1\n";
        let report = import(&app, text, Some(20)).await;
        assert_eq!((report.added, report.ended, report.rejects.len()), (1, 2, 0));
        let who = Actor::command_line();
        let now = async |surgery: &str| {
            let all = app.desk.pharmacies(&who, &code(surgery)).await.unwrap();
            all.iter().map(|org| org.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!((now("Z80001").await, now("Z80002").await), (vec!["FZ103".into()], vec!["FZ102".into()]));
        let mut tx = app.desk.db.read().await.unwrap();
        let before = app.now() - Duration::days(1);
        let then = signpost::store::pharmacies::known_at(&mut tx, before).await.unwrap();
        let then: Vec<_> = then.iter().map(|(a, b)| format!("{a} {b}")).collect();
        assert_eq!(then, ["Z80001 FZ101", "Z80001 FZ102", "Z80002 FZ102"], "history stays");
    }
}

#[tokio::test]
async fn a_file_without_the_columns_is_refused() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let who = Actor::command_line();
    for (text, least, wanted) in [
        ("practice,chemist\n", None, "practice,pharmacy"),
        ("practice,pharmacy\n", Some(5), "practice,pharmacy,items"),
    ] {
        let file = File { name: "links.csv".into(), bytes: text.into() };
        let error = app.desk.import_pharmacy_links(&who, &file, least).await.unwrap_err();
        assert!(format!("{error:?}").contains(&format!("must be {wanted}")), "{error:?}");
    }
}

#[tokio::test]
async fn a_surgery_or_anybody_above_says_it_by_call() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let path = "/api/v1/organisations/Z80001/pharmacies";
        let board = app.token("QZ8", Role::Publisher).await;
        let put = async |token: &str, path: &str, body: Value| app.api(token, "PUT", path, body).await;
        let told = put(&board, path, json!({"pharmacies": ["FZ102", "fz101", "FZ102"]})).await;
        assert_eq!((told.status.as_u16(), told.json()), (200, json!({"pharmacies": ["FZ101", "FZ102"]})));
        let viewer = app.token("Z80001", Role::Viewer).await;
        assert_eq!(call(&app, &viewer, "GET", path, Value::Null).await, told.json());
        assert_eq!(put(&viewer, path, json!({"pharmacies": []})).await.status, 403);
        for stranger in ["Z80002", "FZ101"] {
            let stranger = app.token(stranger, Role::Coordinator).await;
            assert_eq!(put(&stranger, path, json!({"pharmacies": []})).await.status, 404);
            assert_eq!(app.api(&stranger, "GET", path, Value::Null).await.status, 404);
        }
        let wrong = put(&board, path, json!({"pharmacies": ["FZ101", "Z80002", "FZ999"]})).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(
            wrong.json()["errors"],
            json!([
                {"pointer": "/pharmacies/1", "detail": "Brambleford Surgery, Z80002, is not a pharmacy."},
                {"pointer": "/pharmacies/2", "detail": "There is no organisation FZ999."}
            ])
        );
        for body in
            [json!({}), json!({"pharmacies": "FZ101"}), json!({"pharmacies": [7]}), json!({"chemists": []})]
        {
            assert_eq!(put(&board, path, body).await.status, 422);
        }
        let of_itself =
            put(&board, "/api/v1/organisations/FZ101/pharmacies", json!({"pharmacies": []})).await;
        assert_eq!(of_itself.status, 422, "{}", of_itself.text());
        assert_eq!(
            call(&app, &viewer, "GET", path, Value::Null).await,
            told.json(),
            "nothing of that changed it"
        );
        let described = app.get("/api/openapi.json").await.json();
        let calls = &described["paths"]["/api/v1/organisations/{code}/pharmacies"];
        assert!(calls["get"].is_object() && calls["put"]["requestBody"].is_object(), "{calls}");
    }
}

#[tokio::test]
async fn a_surgery_keeps_its_list_on_a_screen() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let link = "main a[href='/desk/pharmacies']";
        assert_eq!(texts(&person.get("/desk").await, link), ["Pharmacies: who makes up your prescriptions"]);
        let empty = person.get("/desk/pharmacies").await;
        assert!(texts(&empty, "main").join("").contains("There are no pharmacies in your list yet."));
        let add = async |text: &str| person.post("/desk/pharmacies", &[("pharmacy", text)]).await;
        for (text, mistake) in [
            ("", "Enter the name or the code of a pharmacy."),
            ("Qqqqqqqqqq", "We found no pharmacy for \"Qqqqqqqqqq\". Try its code, or its postcode."),
            ("Pharmacy", "Choose the pharmacy that you mean from the list below."),
        ] {
            let again = add(text).await;
            assert_eq!(again.status, 422);
            assert_eq!(texts(&again, "#pharmacy-error"), [format!("Error: {mistake}")]);
            assert_eq!(texts(&again, "#found").len(), usize::from(text == "Pharmacy"));
        }
        for text in ["fz101", "Brambleford Pharmacy"] {
            let added = add(text).await;
            assert_eq!(added.status, 303, "{}", added.text());
            assert_eq!(added.header("location"), "/desk/pharmacies?organisation=Z80001&done=added");
        }
        let twice = add("FZ101").await;
        assert_eq!(texts(&twice, "#pharmacy-error"), ["Error: This pharmacy is in your list already."]);
        let again = add("Pharmacy").await;
        assert!(!texts(&again, ".sp-results strong").contains(&"Ashwick Pharmacy".into()), "it is there");
        let names = ".sp-results > li > a";
        assert_eq!(
            texts(&person.get("/desk/pharmacies").await, names),
            ["Ashwick Pharmacy", "Brambleford Pharmacy"]
        );
        let removed = person.post("/desk/pharmacies/FZ101/remove", &[]).await;
        let shown = person.get(removed.header("location")).await;
        assert_eq!(texts(&shown, names), ["Brambleford Pharmacy"]);
        assert!(
            texts(&shown, "main").join("").contains("Removed. A problem here shows on its page no longer.")
        );
        let of_another = person.get("/desk/pharmacies?organisation=Z80002").await;
        assert_eq!(of_another.status, 404);
        // Who only looks, changes nothing; a pharmacy has no such list.
        let viewer = Person::of(&app, "Z80001", Role::Viewer).await;
        assert_eq!(texts(&viewer.get("/desk/pharmacies").await, "main form").len(), 0);
        assert_eq!(viewer.post("/desk/pharmacies", &[("pharmacy", "FZ101")]).await.status, 403);
        let pharmacy = Person::of(&app, "FZ101", Role::Publisher).await;
        assert_eq!(texts(&pharmacy.get("/desk").await, link).len(), 0);
    }
}

#[tokio::test]
async fn pages_without_the_database_know_the_links() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    link(&app, "Z80001", &["FZ101", "FZ102"]).await;
    app.publish().await;
    let path = std::env::temp_dir().join(format!("signpost-links-{}", uuid::Uuid::new_v4()));
    snapshot::write(&path, &app.site.basis(), app.now()).unwrap();
    let read = snapshot::read(&path, "2024-07-19".parse().unwrap()).unwrap().unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(read.directory.pharmacies_of(&code("Z80001")), [code("FZ101"), code("FZ102")]);
    assert_eq!(read.directory.surgeries_of(&code("FZ101")), [code("Z80001")]);
}
