//! The outside contract where programs meet it: what is left out, what is wrong, and
//! what is sent twice.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::user::{Actor, Role};

use crate::approvals::{decide, strict, update_of};
use crate::harness::{Answer, Driver, TestApp};

/// The pointers of what is wrong, with what is said about it.
fn wrong(answer: &Answer) -> Vec<String> {
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (422, "application/problem+json"));
    let all = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|e| format!("{}: {}", e["pointer"].as_str().unwrap(), e["detail"].as_str().unwrap()))
        .collect()
}

async fn get(app: &TestApp, token: &str, path: &str) -> Answer {
    app.api(token, "GET", path, Value::Null).await
}

async fn keyed(app: &TestApp, token: &str, path: &str, key: &str, body: &str) -> Answer {
    let request = Request::post(path)
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key)
        .body(Body::from(body.to_owned()));
    app.send(request.unwrap()).await
}

#[tokio::test]
async fn two_requests_at_once_get_the_same_answer() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let post = || keyed(&app, &token, "/api/v1/incidents", "k", r#"{"system":"emis-web","level":2}"#);
        let (a, b, c) = tokio::join!(post(), post(), post());
        for answer in [&a, &b, &c] {
            assert_eq!(answer.status, 201, "{}", answer.text());
            assert_eq!(answer.json(), a.json());
        }
        let listed = get(&app, &token, "/api/v1/incidents").await.json();
        assert_eq!(listed["incidents"].as_array().unwrap().len(), 1);
        // Written down differently, it says the same.
        let again =
            keyed(&app, &token, "/api/v1/incidents", "k", "{ \"level\": 2,\n \"system\": \"emis-web\" }")
                .await;
        assert_eq!((again.status.as_u16(), again.json()), (201, a.json()));
        // A mistake does not use the key up.
        assert_eq!(keyed(&app, &token, "/api/v1/incidents", "m", "{\"title\":").await.status, 400);
        assert_eq!(keyed(&app, &token, "/api/v1/incidents", "m", r#"{"title":""}"#).await.status, 422);
        assert_eq!(keyed(&app, &token, "/api/v1/incidents", "m", r#"{"title":"x"}"#).await.status, 201);
        // A preview has a key as well.
        let preview = "/api/v1/incidents/preview";
        assert_eq!(keyed(&app, &token, preview, "p", r#"{"system":"emis-web"}"#).await.status, 200);
        assert_eq!(keyed(&app, &token, preview, "p", r#"{"system":"systmone"}"#).await.status, 422);
    }
}

#[tokio::test]
async fn parameters_are_known_and_pages_go_on() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let people: Vec<String> = (0..150).map(|n| format!("reader{n:03}@example.org")).collect();
        let rows: Vec<_> = people.iter().map(|p| (p.as_str(), "email", "Z80001")).collect();
        app.subscribers(&rows).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        let path = format!("/api/v1/updates/{}/deliveries", update_of(&posted));
        let first = get(&app, &token, &path).await.json();
        let next = first["next"].as_str().unwrap();
        let second = get(&app, &token, &format!("{path}?next={next}")).await.json();
        assert_eq!(second, get(&app, &token, &format!("{path}?after={next}")).await.json());
        let ids = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|i| i["id"].to_string()).collect()
        };
        assert_eq!((ids(&first).len(), ids(&second).len()), (100, 50));
        assert!(ids(&first).iter().all(|id| !ids(&second).contains(id)));
        for (path, said) in [
            (format!("{path}?page=2"), "/page: There is no parameter \"page\" here. Use next, after."),
            (format!("{path}?next=2"), "/next: This cannot be read: "),
            ("/api/v1/log?after=1".into(), "/after: There is no parameter \"after\" here. Use next, before."),
            ("/api/v1/board?code=X24".into(), "/code: There is no parameter \"code\" here."),
            ("/api/v1/board?by=tea".into(), "/by: "),
            (
                "/api/v1/incidents?scope=X24".into(),
                "/scope: There is no parameter \"scope\" here. This call takes none.",
            ),
            ("/api/v1/organisations/Z80001?a=1".into(), "/a: "),
            (
                "/api/v1/organisations/Z80001/at?at=2024-07-19T06:00:00Z".into(),
                "/at: There is no parameter \"at\" here. Use time.",
            ),
            ("/api/v1/organisations/Z80001/at".into(), "/time: Give the time as RFC 3339"),
        ] {
            let answer = get(&app, &token, &path).await;
            assert!(wrong(&answer)[0].starts_with(said), "{path}: {}", answer.text());
        }
        let log = get(&app, &token, "/api/v1/log").await.json();
        let newest = log["entries"][0]["seq"].as_i64().unwrap();
        let before = get(&app, &token, &format!("/api/v1/log?next={newest}")).await.json();
        assert_eq!(before["entries"][0]["seq"], newest - 1);
    }
}

#[tokio::test]
async fn a_declaration_is_about_the_tokens_organisation() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let surgery = app.token("Z80001", Role::Publisher).await;
        let body = json!({"title": "Phones down", "lines": {"phones": "down"}});
        let preview = app.api(&surgery, "POST", "/api/v1/incidents/preview", body.clone()).await;
        let posted = app.api(&surgery, "POST", "/api/v1/incidents", body.clone()).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let posted = posted.json();
        assert_eq!(
            (&posted["publication"], &posted["reach"]),
            (&json!("published"), &preview.json()["reach"])
        );
        assert_eq!(app.status("Z80001").await["incidents"][0]["title"], "Phones down");
        assert_eq!(app.status("Z80002").await["incidents"], json!([]));
        // Whoever speaks for many needs a second person all the same.
        let nation = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&nation, "POST", "/api/v1/incidents", body).await.json();
        assert_eq!(posted["publication"], "awaiting_approval");
    }
}

#[tokio::test]
async fn what_waits_can_be_read_by_whoever_may_see_it() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let stranger = app.token("Z80001", Role::Administrator).await;
        let body = json!({"system": "emis-web", "message": "We are looking."});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
        let (id, update) = (posted["id"].as_str().unwrap(), update_of(&posted));
        let path = format!("/api/v1/incidents/{id}");
        let found = get(&app, &author, &path).await;
        assert_eq!(found.status, 200, "{}", found.text());
        let found = found.json();
        assert_eq!(
            (
                &found["id"],
                &found["publication"],
                &found["proposal"]["content"]["draft"]["message"]["english"]
            ),
            (&posted["id"], &json!("awaiting_approval"), &json!("We are looking."))
        );
        assert_eq!((&found["title"], &found["updates"]), (&json!("EMIS Web is not working"), &json!([])));
        assert_eq!(get(&app, &stranger, &path).await.status, 404);
        let listed = get(&app, &author, "/api/v1/incidents").await.json();
        assert_eq!(
            (&listed["incidents"], &listed["awaiting_approval"][0]["id"]),
            (&json!([]), &posted["id"])
        );
        assert_eq!(get(&app, &stranger, "/api/v1/incidents").await.json()["awaiting_approval"], json!([]));

        let more = json!({"state": "monitoring"});
        let taken = json!({"correction": "No."});
        for (path, body) in
            [(format!("{path}/updates"), more), (format!("/api/v1/updates/{update}/withdrawal"), taken)]
        {
            let answer = app.api(&author, "POST", &path, body.clone()).await;
            assert_eq!(answer.status, 409, "{path}: {}", answer.text());
            let detail = answer.json()["detail"].as_str().unwrap().to_owned();
            assert!(
                detail.contains("waits for approval")
                    && detail.contains(&format!("/desk/approvals/{update}"))
            );
            assert_eq!(app.api(&stranger, "POST", &path, body).await.status, 404);
        }
        let own = decide(&app, &author, &update, "approval", json!({})).await;
        assert_eq!(own.status, 403);
        assert!(own.text().contains("A second person has to look at this"), "{}", own.text());
        let second = app.token("X24", Role::Approver).await;
        assert_eq!(decide(&app, &second, &update, "approval", json!({})).await.status, 200);
        assert_eq!(get(&app, &author, &path).await.json()["publication"], "published");
    }
}

#[tokio::test]
async fn reach_has_one_shape_and_lines_are_no_incident() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let every = |reach: &Value| {
            let channels = reach["recipients"].as_object().unwrap();
            signpost::domain::subscriber::Channel::ALL.iter().all(|c| channels.contains_key(c.as_str()))
        };
        let board = app.token("QZ8", Role::Publisher).await;
        let lines = json!({"lines": {"phones": "limited"}});
        let waits = app.api(&board, "PUT", "/api/v1/organisations/QZ8/lines", lines).await.json();
        assert_eq!(waits["publication"], "awaiting_approval");
        let second = app.token("QZ8", Role::Approver).await;
        let done = decide(&app, &second, &update_of(&waits), "approval", json!({})).await.json();
        assert_eq!(done.get("id"), None);
        assert!(done["reach"]["organisations"].as_u64().unwrap() > 1 && every(&done["reach"]), "{done}");

        let surgery = app.token("Z80001", Role::Coordinator).await;
        let body = json!({"title": "Practice", "kind": "exercise"});
        let posted = app.api(&surgery, "POST", "/api/v1/incidents", body).await.json();
        assert!(every(&posted["reach"]), "{posted}");
        let path = format!("/api/v1/updates/{}/withdrawal", update_of(&posted));
        let back = app.api(&surgery, "POST", &path, json!({"built_in": true})).await.json();
        assert!(every(&back["reach"]), "{back}");
    }
}

#[tokio::test]
async fn what_would_reach_nobody_is_refused() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let trust = {
            let mut tx = app.desk.db.read().await.unwrap();
            let directory = app.desk.directory(&mut tx).await.unwrap();
            let kind = signpost::domain::org::OrgKind::Trust;
            directory.iter().find(|o| o.kind == kind).unwrap().code.to_string()
        };
        let session = |day: &str, part: &str| json!({"outpatients": {"state": "cancelled", "session": part, "day": day}});
        let over = "/lines/outpatients: This session is over. Give one that is still to come.";
        for (body, said) in [
            (
                json!({"title": "x", "scope": "QZ8", "organisations": ["Z80001"]}),
                "/scope: Give scope or organisations, not both.",
            ),
            (json!({"title": "x", "organisations": ["Z80001", "Z80061"]}), "/organisations/1: "),
            (
                json!({"title": "x", "organisations": [&trust], "lines": session("2020-01-01", "morning")}),
                over,
            ),
            (
                json!({"title": "x", "organisations": [&trust], "lines": session("2024-07-18", "afternoon")}),
                over,
            ),
        ] {
            for path in ["/api/v1/incidents", "/api/v1/incidents/preview"] {
                let answer = app.api(&token, "POST", path, body.clone()).await;
                assert!(wrong(&answer)[0].starts_with(said), "{path} {body}: {}", answer.text());
            }
        }
        let now = json!({"title": "x", "organisations": [&trust], "lines": session("2024-07-19", "morning")});
        let posted = app.api(&token, "POST", "/api/v1/incidents", now).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let posted = posted.json();
        let updates = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let update =
            app.api(&token, "POST", &updates, json!({"lines": session("2024-07-01", "morning")})).await;
        assert_eq!(wrong(&update), [over]);
        let local = format!("/api/v1/organisations/{trust}/lines");
        let lines = app.api(&token, "PUT", &local, json!({"lines": session("2024-07-01", "morning")})).await;
        assert_eq!(wrong(&lines), [over]);
        // What stood already may be sent again with a change.
        let both = |phones: &str| {
            let mut lines = session("2024-07-19", "morning");
            lines["phones"] = json!(phones);
            json!({"lines": lines})
        };
        assert_eq!(app.api(&token, "PUT", &local, both("down")).await.status, 200);
        app.advance(chrono::Duration::hours(8));
        assert_eq!(app.api(&token, "PUT", &local, both("limited")).await.status, 200);
    }
}

#[tokio::test]
async fn refusals_have_one_shape_and_are_described() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let large = "x".repeat(1024 * 1024 + 1);
    let request = Request::post("/api/v1/incidents")
        .header("authorization", format!("Bearer {token}"))
        .header("content-length", large.len())
        .body(Body::from(large));
    let answer = app.send(request.unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (413, "application/problem+json"));
    for path in ["/api/v1/incidents/x", "/api/v1/updates/x/deliveries", "/api/v1/planned/1"] {
        let answer = get(&app, &token, path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "application/problem+json")
        );
    }
    let description = app.get("/api/openapi.json").await.json();
    let declare = &description["paths"]["/api/v1/incidents"]["post"];
    for status in ["400", "401", "403", "409", "413", "422"] {
        let shape = &declare["responses"][status]["content"]["application/problem+json"]["schema"]["$ref"];
        assert_eq!(shape, "#/components/schemas/Problem", "{status}");
    }
    let mut names = std::collections::BTreeSet::new();
    for (path, calls) in description["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            assert!(call["responses"]["401"].is_object(), "{method} {path}");
            assert!(names.insert(call["operationId"].as_str().unwrap().to_owned()), "{method} {path}");
            for (status, answer) in call["responses"].as_object().unwrap() {
                assert!(!answer["description"].as_str().unwrap().is_empty(), "{method} {path} {status}");
                assert!(status == "204" || answer["content"].is_object(), "{method} {path} {status}");
            }
            assert!(call["responses"]["404"].is_object() || !path.contains('{'), "{method} {path}");
            let keys = call["parameters"].as_array().into_iter().flatten();
            let has_key = keys.filter(|p| p["name"] == "Idempotency-Key").count();
            assert_eq!(has_key, usize::from(method == "post"), "{method} {path}");
        }
    }
    let body = &description["components"]["schemas"]["IncidentBody"]["properties"];
    assert_eq!(body["kind"]["enum"], json!(["live", "exercise", "test"]));
    let level = |end: &str| body["level"][end].as_f64();
    assert_eq!((level("minimum"), level("maximum")), (Some(1.0), Some(4.0)));
    let log = &description["paths"]["/api/v1/log"]["get"]["responses"]["200"]["content"]["application/json"];
    assert_eq!(log["schema"]["$ref"], "#/components/schemas/LogPage");
    let at = &description["paths"]["/api/v1/organisations/{code}/at"]["get"]["parameters"];
    assert!(at.as_array().unwrap().iter().any(|p| p["name"] == "time" && p["required"] == true), "{at}");
}

/// Times have milliseconds, also since when a line has had its state.
#[tokio::test]
async fn times_in_lines_have_milliseconds() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        app.desk.clock.set("2024-07-19T07:00:00.123456Z".parse().unwrap());
        let token = app.token("Z80001", Role::Publisher).await;
        let lines = json!({"lines": {"phones": "down", "booking": {"state": "paused"}}});
        let set = app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", lines).await.json();
        for line in ["phones", "booking"] {
            assert_eq!(set["lines"][line]["since"], "2024-07-19T07:00:00.123Z", "{driver:?}: {set}");
        }
    }
}

#[tokio::test]
async fn a_callback_is_read_whatever_it_says_that_it_is() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let fields =
        vec![("MessageSid".to_owned(), "SM1".to_owned()), ("MessageStatus".to_owned(), "sent".to_owned())];
    let url = format!("{}/hooks/twilio/status", crate::harness::BASE);
    let signature = signpost::channels::twilio::signature("tok", &url, &fields);
    for kind in [None, Some("text/plain")] {
        let mut request = Request::post("/hooks/twilio/status").header("x-twilio-signature", &signature);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let answer = app.send(request.body(Body::from("MessageSid=SM1&MessageStatus=sent")).unwrap()).await;
        assert_eq!(answer.status, 204, "{kind:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn signing_up_is_at_one_address() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for (path, to) in
        [("/z80001/subscribe", "/Z80001/subscribe"), ("/z80001/cy/subscribe", "/Z80001/cy/subscribe")]
    {
        let moved = app.get(path).await;
        assert_eq!((moved.status.as_u16(), moved.header("location")), (308, to));
    }
    assert_eq!(app.get("/Z80001/subscribe").await.status, 200);
}

#[tokio::test]
async fn left_out_lines_are_counted_as_an_editor_counts_them() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let who = Actor::command_line();
        for ends in ["\n", "\r\n"] {
            let lines = ["ods_code,system", "Z80001,emis-web", "", "", "Z80001,nothing", "", "Z80002"];
            let file = File { name: "systems.csv".into(), bytes: lines.join(ends).into_bytes() };
            let report = app.desk.import_systems(&who, &file).await.unwrap();
            let mut found: Vec<u64> = report.rejects.iter().map(|r| r.line).collect();
            found.sort_unstable();
            assert_eq!(found, [5, 7], "{ends:?}");
            let org = |code: &str, parent: &str| {
                let mut cells = vec![""; 27];
                (cells[0], cells[1], cells[2], cells[3], cells[14]) = (code, "NAME", "Y91", "QZ8", parent);
                (cells[10], cells[12], cells[25]) = ("20200101", "A", "4");
                cells.join(",")
            };
            let rows =
                [org("Z89901", "QZ8"), String::new(), "short".into(), String::new(), org("Z89902", "Z89902")];
            let file = File { name: "epraccur.csv".into(), bytes: rows.join(ends).into_bytes() };
            let report = app.desk.import_organisations(&who, &[file], true).await.unwrap();
            let found: Vec<(u64, &str)> =
                report.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
            let short = (3, "the line has 1 columns and not 27");
            assert_eq!(found, [short, (5, "Z89902 is given as its own parent")], "{ends:?}");
        }
    }
}
