//! The word of suppliers and partner bodies: where it is shown, and all that
//! they may not do. On both databases.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::accounts::Voice;
use signpost::domain::user::{Actor, Role};

use crate::harness::{BASE, Driver, TestApp, code};
use crate::staff::{PASSWORD, Person, cookie, form, texts};

async fn supplier(app: &TestApp) -> String {
    let voice = Voice::Supplier("Optum".into());
    app.desk.create_voice_token(&Actor::command_line(), &voice, "status feed").await.unwrap()
}

async fn post(app: &TestApp, token: &str, path: &str, body: Value) -> Value {
    let done = app.api(token, "POST", path, body).await;
    assert!(done.status.is_success(), "{path}: {}", done.text());
    done.json()
}

async fn statements(app: &mut TestApp, place: &str) -> Value {
    app.status(place).await["statements"].clone()
}

/// The same person again, at a later state of the installation.
fn back<'a>(app: &'a TestApp, cookie: &str) -> Person<'a> {
    Person { app, cookie: cookie.to_owned() }
}

const EMIS: &str = "/api/v1/systems/emis-web/statements";

#[tokio::test]
async fn a_suppliers_word_stands_as_its_own_where_an_incident_on_its_system_does() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (token, region) = (supplier(&app).await, app.token("Y91", Role::Coordinator).await);
        let before = app.status("Z80001").await;
        let body = json!({"message": "We are looking into slow log-ins.", "message_in": {"cy": "Rydym yn ymchwilio."}});
        let said = post(&app, &token, EMIS, body).await;
        assert_eq!(said["speaker"], json!({"key": "optum", "name": "Optum", "kind": "supplier"}));

        // Without an incident it is a report of a fault, for coordinators alone.
        let after = app.status("Z80001").await;
        assert_eq!(
            (&after["headline"], &after["lines"], &after["statements"]),
            (&before["headline"], &before["lines"], &Value::Null)
        );
        let board = app.api(&region, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["statements"][0]["reports_a_fault"], true);
        let coordinator = Person::of(&app, "Y91", Role::Coordinator).await.cookie;
        let shown = texts(&back(&app, &coordinator).get("/board").await, "main").join(" ");
        assert!(shown.contains("Optum, EMIS Web") && shown.contains("Reports a fault"), "{shown}");

        // An incident on what its system depends on reaches it as well: a third
        // party's fault.
        app.advance(Duration::minutes(12));
        let declared = post(&app, &region, "/api/v1/incidents", json!({"system": "falcon"})).await;
        let lines = app.status("Z80001").await["lines"].clone();
        let said = statements(&mut app, "Z80001").await;
        assert_eq!(said[0]["text"], "We are looking into slow log-ins.");
        assert_eq!(statements(&mut app, "Z80004").await, Value::Null, "not in the region");
        let page = app.get("/Z80001").await.text();
        assert!(page.contains("Optum says<") && page.contains("Optum said this at"), "{page}");
        let feed = app.get("/Z80001/feed.atom").await.text();
        assert!(feed.contains("<title>Optum</title>") && feed.contains("We are looking into slow log-ins."));
        let statuspage = app.get("/Z80001/api/v2/status.json").await.json();
        assert_eq!(statuspage["status"]["nhs"]["statements"], said);
        let welsh = app.get("/Z80001/cy").await.text();
        assert!(welsh.contains("<p lang=\"cy\" dir=\"ltr\">Rydym yn ymchwilio.</p>"), "{welsh}");
        let arabic = app.get("/Z80001/ar").await.text();
        assert!(
            arabic.contains("<p lang=\"en\" dir=\"ltr\">We are looking into slow log-ins.</p>"),
            "{arabic}"
        );
        let shown = texts(&back(&app, &coordinator).get("/board").await, "main").join(" ");
        assert!(shown.contains("12 minutes ago") && !shown.contains("Reports a fault"), "{shown}");
        let report = format!("/api/v1/incidents/{}/reports", declared["id"].as_str().unwrap());
        let drafted = post(&app, &region, &report, json!({})).await;
        let word = "Optum about EMIS Web, at 8am, Friday 19 July 2024: We are looking into slow log-ins.";
        assert_eq!(drafted["commentary"]["supplier"], word);

        // A newer one takes its place; taken back it is seen to be, and what was
        // there before does not come back.
        let before = app.now();
        app.advance(Duration::minutes(1));
        let newer = post(&app, &token, EMIS, json!({"message": "A fix is on its way."})).await;
        let said = statements(&mut app, "Z80001").await;
        assert_eq!((said.as_array().unwrap().len(), &said[0]["text"]), (1, &json!("A fix is on its way.")));
        app.advance(Duration::minutes(1));
        let unsay = format!("/api/v1/statements/{}/withdrawal", newer["id"].as_str().unwrap());
        post(&app, &token, &unsay, json!({})).await;
        assert_eq!(app.api(&token, "POST", &unsay, json!({})).await.status, 404, "once");
        let said = statements(&mut app, "Z80001").await;
        assert_eq!((said.as_array().unwrap().len(), &said[0]["text"]), (1, &Value::Null));
        assert!(app.get("/Z80001").await.text().contains("Optum took this back at"));
        let feed = app.get("/Z80001/feed.rss").await.text();
        assert!(feed.contains("Withdrawn: Optum") && !feed.contains("A fix is on its way."), "{feed}");
        assert_eq!(
            app.status("Z80001").await["lines"].as_array().unwrap().len(),
            lines.as_array().unwrap().len()
        );
        // What the page said is known at any minute.
        let then = app.desk.page_at(&Actor::command_line(), &code("Z80001"), before).await.unwrap();
        let then: Vec<_> = then.facts.statements.iter().map(|s| s.message.english.as_str()).collect();
        assert_eq!(then, ["We are looking into slow log-ins."]);
        // What was said of an incident that is over reports nothing new.
        post(&app, &token, EMIS, json!({"message": "It works again."})).await;
        app.advance(Duration::minutes(1));
        let over = format!("/api/v1/incidents/{}/updates", declared["id"].as_str().unwrap());
        post(&app, &region, &over, json!({"state": "resolved"})).await;
        assert_eq!(statements(&mut app, "Z80001").await, Value::Null);
        let board = app.api(&region, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(
            (&board["statements"][0]["message"], &board["statements"][0]["reports_a_fault"]),
            (&json!("It works again."), &json!(false))
        );
        // The record of the incident has all of it, and the words that the page had.
        let incident = declared["id"].as_str().unwrap();
        let record = back(&app, &coordinator).get(&format!("/desk/incidents/{incident}/record")).await;
        let events = texts(&record, ".sp-results li");
        let found = |text: &str| events.iter().filter(|e| e.contains(text)).count();
        assert_eq!(
            found("The word of Optum about EMIS Web We are looking into slow log-ins."),
            1,
            "{events:?}"
        );
        assert_eq!(found("A fix is on its way."), 1, "{events:?}");
        assert_eq!(found("Taken back: the word of Optum about EMIS Web"), 1, "{events:?}");
        assert_eq!(found("It works again."), 1, "{events:?}");
        assert_eq!(found("Back to normal. This problem is over."), 1, "{events:?}");
        let path = format!("/desk/incidents/{incident}/record.json");
        let export = back(&app, &coordinator).get(&path).await.json();
        assert_eq!(export["statements"].as_array().unwrap().len(), 3);
        assert!(export["statements"][1]["taken_back_at"].is_string(), "{export}");
        app.advance(Duration::hours(25));
        assert_eq!(statements(&mut app, "Z80001").await, Value::Null, "a day later nothing is left of it");
    }
}

#[tokio::test]
async fn a_supplier_may_speak_about_its_own_systems_and_nothing_else() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = supplier(&app).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let said =
            app.api(&token, "POST", "/api/v1/systems/systmone/statements", json!({"message": "x"})).await;
        assert_eq!(said.status, 403, "another supplier's");
        assert_eq!(
            app.api(&token, "POST", "/api/v1/systems/nothing/statements", json!({"message": "x"}))
                .await
                .status,
            404
        );
        assert_eq!(app.api(&token, "POST", "/api/v1/statements", json!({"message": "x"})).await.status, 422);
        let bad = json!({"message": " ", "until": "2024-01-01T00:00:00Z"});
        assert_eq!(app.api(&token, "POST", EMIS, bad).await.status, 422);
        assert_eq!(
            app.api(&region, "POST", EMIS, json!({"message": "x"})).await.status,
            403,
            "nor do others for it"
        );
        // Every other call is shut, whatever it is.
        let calls = app.get("/api/openapi.json").await.json();
        for (path, methods) in calls["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                if path.contains("statements") {
                    continue;
                }
                let id = uuid::Uuid::nil().to_string();
                let at = path
                    .replace("{id}", &id)
                    .replace("{code}", "Z80001")
                    .replace("{key}", "emis-web")
                    .replace("{kind}", "slack");
                let body = if method == "get" { Value::Null } else { json!({}) };
                let done = app.api(&token, &method.to_uppercase(), &at, body).await;
                assert_eq!(done.status, 403, "{method} {path}: {}", done.text());
            }
        }

        // The same for somebody at a screen.
        let voice = Voice::Supplier("optum".into());
        let who = Actor::command_line();
        let link = app.desk.add_voice(&who, "duty@example.org", "Sam Reyes", &voice).await.unwrap();
        let link = link.strip_prefix(BASE).unwrap().to_owned();
        let entered = app.form(&link, &form(&[("password", PASSWORD), ("again", PASSWORD)])).await;
        let person = Person { app: &app, cookie: cookie(&entered) };
        for path in [
            "/desk",
            "/board",
            "/desk/messages",
            "/desk/contacts",
            "/desk/log",
            "/desk/centres",
            "/Z80001/exercise",
            "/board/live",
        ] {
            let there = person.get(path).await;
            assert_eq!((there.status.as_u16(), there.header("location")), (303, "/speak"), "{path}");
        }
        let empty = person.get("/speak").await;
        assert!(empty.text().contains("You have said nothing yet."), "{}", empty.text());
        assert_eq!(person.post("/speak", &[("system", "emis-web"), ("message", "")]).await.status, 422);
        assert_eq!(person.post("/speak", &[("system", "systmone"), ("message", "x")]).await.status, 403);
        let said = person
            .post("/speak", &[("system", "emis-web"), ("message", "All is well."), ("hours", "4")])
            .await;
        assert_eq!(said.header("location"), "/speak?done=said", "{}", said.text());
        let page = person.get("/speak").await;
        assert!(texts(&page, ".sp-results").join(" ").contains("All is well."));
        let action = crate::staff::values(&page, ".sp-results form", "action")[0].clone();
        assert_eq!(person.post(&action, &[]).await.header("location"), "/speak?done=taken");
        let staff = Person::of(&app, "Y91", Role::Coordinator).await;
        assert_eq!(staff.get("/speak").await.status, 403);
        assert_eq!(staff.post(&action, &[]).await.status, 403);
        let mut tx = app.desk.db.read().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_partners_word_is_shown_where_a_coordinator_lets_it() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (region, other) =
            (app.token("Y91", Role::Coordinator).await, app.token("Y92", Role::Coordinator).await);
        let body =
            json!({"key": "counter-federation", "name": "The Counter Federation", "kinds": ["practice"]});
        let viewer = app.token("Y91", Role::Publisher).await;
        assert_eq!(app.api(&viewer, "POST", "/api/v1/partners", body.clone()).await.status, 403);
        let let_in = post(&app, &region, "/api/v1/partners", body.clone()).await;
        assert_eq!(app.api(&region, "POST", "/api/v1/partners", body).await.status, 422, "one of each key");
        for bad in [
            json!({"key": "optum", "name": "x", "kinds": ["practice"]}),
            json!({"key": "a b", "name": " ", "kinds": ["region"]}),
        ] {
            assert_eq!(app.api(&region, "POST", "/api/v1/partners", bad).await.status, 422);
        }
        let voice = Voice::Partner("counter-federation".into());
        let token = app.desk.create_voice_token(&Actor::command_line(), &voice, "press").await.unwrap();
        let calm = app.status("Z80001").await["headline"].clone();
        post(&app, &token, "/api/v1/statements", json!({"message": "Please be patient with your pharmacy."}))
            .await;
        let page = app.status("Z80001").await;
        assert_eq!(page["statements"][0]["speaker"]["name"], "The Counter Federation");
        assert_eq!(page["headline"], calm, "it changes nothing that the NHS says");
        assert_eq!(statements(&mut app, "Z80004").await, Value::Null, "another region's");
        assert_eq!(statements(&mut app, "RZ5").await, Value::Null, "another kind's");
        let board = app.api(&region, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["statements"][0]["reports_a_fault"], false);
        let board = app.api(&other, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["statements"], json!([]));
        // About a system it speaks only where an incident on it does.
        post(&app, &token, EMIS, json!({"message": "Surgeries are writing by hand."})).await;
        assert_eq!(statements(&mut app, "Z80001").await.as_array().unwrap().len(), 1);
        post(&app, &region, "/api/v1/incidents", json!({"system": "emis-web"})).await;
        assert_eq!(statements(&mut app, "Z80001").await.as_array().unwrap().len(), 2);
        // The board also says when the next situation report is due.
        let board = app.api(&region, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["next_report"], Value::Null);
        let id = board["incidents"][0]["id"].as_str().unwrap();
        let set =
            app.api(&region, "PUT", &format!("/api/v1/incidents/{id}/rhythm"), json!({"hours": [12]})).await;
        assert_eq!(set.status, 200, "{}", set.text());
        let board = app.api(&region, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["next_report"]["due_at"], "2024-07-19T11:00:00.000Z");
        let seen = Person::of(&app, "Y91", Role::Coordinator).await.cookie;
        assert!(
            back(&app, &seen)
                .get("/board")
                .await
                .text()
                .contains("The next situation report is due at midday")
        );

        // Who lets it in takes its word away; nobody else does.
        let end = format!("/api/v1/partners/{}", let_in["id"].as_str().unwrap());
        assert_eq!(app.api(&other, "DELETE", &end, Value::Null).await.status, 404);
        assert!(back(&app, &seen).get("/desk/partners").await.text().contains("GP surgeries of"));
        assert_eq!(app.api(&region, "DELETE", &end, Value::Null).await.status, 200);
        assert_eq!(statements(&mut app, "Z80001").await, Value::Null);
        assert_eq!(app.api(&token, "POST", "/api/v1/statements", json!({"message": "x"})).await.status, 403);
        assert!(
            back(&app, &seen)
                .get("/desk/partners")
                .await
                .text()
                .contains("There is no partner body here yet.")
        );
        let bad = back(&app, &seen).post("/desk/partners", &[("key", "x"), ("name", "")]).await;
        assert_eq!(bad.status, 422);
        let again = back(&app, &seen)
            .post("/desk/partners", &[("key", "next-body"), ("name", "Next Body"), ("kinds", "pharmacy")])
            .await;
        assert_eq!(again.header("location"), "/desk/partners?done=admitted", "{}", again.text());
    }
}

#[tokio::test]
async fn a_partner_is_told_of_what_it_follows_and_has_no_lines() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (region, other) =
            (app.token("Y91", Role::Coordinator).await, app.token("Y92", Role::Coordinator).await);
        let body = |key: &str, follows: Value| json!({"key": key, "name": "The Counter Federation", "kinds": ["practice"], "follows": follows});
        let bad = app.api(&region, "POST", "/api/v1/partners", body("bad-one", json!(["nothing"]))).await;
        assert_eq!(bad.status, 422);
        let of = |partner: Value| partner["code"].as_str().unwrap().to_owned();
        let all = post(&app, &region, "/api/v1/partners", body("counter-federation", json!([]))).await;
        let some = post(&app, &region, "/api/v1/partners", body("records-guild", json!(["systmone"]))).await;
        let (id, all, some) = (all["id"].as_str().unwrap().to_owned(), of(all), of(some));
        app.subscribers(&[
            ("a@example.org", "email", &all),
            ("b@example.org", "email", &some),
            ("c@example.org", "email", "Z80001"),
        ])
        .await;
        let declare = json!({"system": "emis-web"});
        let posted = post(&app, &region, "/api/v1/incidents", declare.clone()).await;
        assert_eq!(posted["reach"]["recipients"]["email"], 2, "a place's follower and the body's");
        app.run_workers().await;
        let sent: Vec<String> = app.captured().await.into_iter().map(|(_, text)| text).collect();
        assert_eq!(sent.len(), 2);
        assert!(sent.iter().any(|text| text.contains(&format!("/{all}"))), "{sent:?}");
        // The page that its message leads to tells the same.
        assert_eq!(app.status(&all).await["incidents"][0]["id"], posted["id"]);
        assert_eq!(app.status(&some).await["incidents"], json!([]));
        // What happens elsewhere is not for it; another system is for the other.
        let elsewhere = post(&app, &other, "/api/v1/incidents", declare.clone()).await;
        assert_eq!(app.status(&all).await["incidents"].as_array().unwrap().len(), 1);
        assert_ne!(elsewhere["id"], posted["id"]);
        post(&app, &region, "/api/v1/incidents", json!({"system": "systmone"})).await;
        assert_eq!(app.status(&some).await["incidents"].as_array().unwrap().len(), 1);
        // Its own systems are told as an organisation's are, and its coordinators look after that.
        let hook = format!("/api/v1/organisations/{all}/channels/slack");
        let url = json!({"url": "https://hooks.example.org/services/1"});
        assert!(app.api(&other, "PUT", &hook, url.clone()).await.status.is_client_error());
        assert_eq!(app.api(&region, "PUT", &hook, url).await.status, 200);
        let preview = app.api(&region, "POST", "/api/v1/incidents/preview", declare.clone()).await.json();
        assert_eq!(preview["reach"]["recipients"]["slack"], 1);
        // It is no place: no lines, and no staff who act in its name.
        let lines = json!({"lines": {"phones": "down"}});
        let set = app.api(&region, "PUT", &format!("/api/v1/organisations/{all}/lines"), lines).await;
        assert_eq!(set.status, 422, "{}", set.text());
        let staff = app.desk.create_token(&Actor::command_line(), &code(&all), Role::Publisher, "no").await;
        assert!(staff.is_err());
        let gone = app.api(&region, "DELETE", &format!("/api/v1/partners/{id}"), Value::Null).await;
        assert_eq!(gone.status, 200);
        let preview = app.api(&region, "POST", "/api/v1/incidents/preview", declare).await.json();
        assert_eq!(
            (&preview["reach"]["recipients"]["email"], &preview["reach"]["recipients"]["slack"]),
            (&json!(1), &json!(0))
        );
    }
}
