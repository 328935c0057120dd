//! An update is posted, and pages follow: the contract's API end to end.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::store::audit::Flaw;

use crate::harness::{Driver, TestApp};

/// One region declares; every page that depends on the system follows, local
/// lines stay above it, others do not change.
#[tokio::test]
async fn one_declaration_reaches_every_page_that_depends_on_it() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let local = json!({"lines": {"attend": "come", "phones": "down"}, "phone": "07700 900123"});
        assert_eq!(app.api(&token, "PUT", "/api/v1/organisations/Z80002/lines", local).await.status, 200);
        let systmone = app.status("Z80041").await;

        let posted = app
            .api(
                &token,
                "POST",
                "/api/v1/incidents",
                json!({"system": "emis-web", "title": "EMIS Web is not working"}),
            )
            .await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let body = posted.json();
        assert_eq!(body["publication"], "published");
        // 40 practices and 2 branches use EMIS Web.
        assert_eq!(body["reach"]["organisations"], 42);

        let page = app.status("Z80001").await;
        assert_eq!(
            page["headline"],
            json!({"state": "limited", "text": "Come to your appointment unless we contact you."})
        );
        assert_eq!(page["incidents"][0]["confirmation"], "not_confirmed");
        assert_eq!(page["incidents"][0]["declared_by"], "X24");
        assert_eq!(page["incidents"][0]["system"], "emis-web");
        assert_eq!(page["next_update_by"], "2024-07-19T09:00:00.000Z");

        // Local beats wider, line by line; the page says who said what.
        let page = app.status("Z80002").await;
        let line = |name: &str| {
            page["lines"].as_array().unwrap().iter().find(|l| l["line"] == name).unwrap().clone()
        };
        assert_eq!(
            (&line("attend")["state"], &line("attend")["said_by"]["code"]),
            (&json!("come"), &json!("Z80002"))
        );
        assert_eq!(
            (&line("booking")["state"], &line("booking")["said_by"]["code"]),
            (&json!("urgent_only"), &json!("X24"))
        );
        assert_eq!(page["headline"]["state"], "serious");

        // Confirming the incident does not unsay what was said locally.
        let path = format!("/api/v1/incidents/{}/responses/Z80002", body["id"].as_str().unwrap());
        app.api(&token, "PUT", &path, json!({"answer": "affected"})).await;
        let page = app.status("Z80002").await;
        assert_eq!(page["incidents"][0]["confirmation"], "confirmed");
        let attend = page["lines"].as_array().unwrap().iter().find(|l| l["line"] == "attend").unwrap();
        assert_eq!(attend["state"], "come");

        // SystmOne does not change; nobody knows what Z80053 uses.
        let after = app.status("Z80041").await;
        assert_eq!(
            (&after["headline"], &after["incidents"]),
            (&systmone["headline"], &systmone["incidents"])
        );
        let unknown = app.status("Z80053").await;
        assert_eq!(unknown["headline"]["state"], "not_confirmed");
        assert_eq!(unknown["incidents"][0]["confirmation"], "not_confirmed");
    }
}

#[tokio::test]
async fn answers_confirm_or_clear_a_page_and_the_board_counts_them() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        let incident = posted["id"].as_str().unwrap().to_owned();
        for (code, answer) in
            [("Z80001", "affected"), ("Z80002", "not_affected"), ("Z80003", "busy"), ("Z80004", "recovered")]
        {
            let path = format!("/api/v1/incidents/{incident}/responses/{code}");
            assert_eq!(app.api(&token, "PUT", &path, json!({"answer": answer})).await.status, 200);
        }
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "confirmed");
        assert_eq!(app.status("Z80002").await["headline"]["state"], "normal");
        assert_eq!(app.status("Z80003").await["headline"]["state"], "busy");
        assert_eq!(app.status("Z80004").await["headline"]["state"], "normal");

        // SystmOne was never reached, so there is nothing to answer.
        let path = format!("/api/v1/incidents/{incident}/responses/Z80041");
        let refused = app.api(&token, "PUT", &path, json!({"answer": "affected"})).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["errors"][0]["pointer"]),
            (422, &json!("/answer"))
        );

        let board = app.api(&token, "GET", "/api/v1/board?scope=X24", Value::Null).await.json();
        let counts = &board["counts"];
        assert_eq!(
            (
                &counts["affected"],
                &counts["not_affected"],
                &counts["busy"],
                &counts["recovered"],
                &counts["silent"]
            ),
            (&json!(3), &json!(1), &json!(1), &json!(1), &json!(36))
        );
        let below: u64 = board["children"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["counts"]["silent"].as_u64().unwrap())
            .sum();
        assert_eq!(below, 36, "every silent practice stands below a child");
        app.advance(Duration::hours(2));
        let board = app.api(&token, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(
            board["counts"]["overdue"],
            json!(39 + 6),
            "reached and not cleared, and the possible ones"
        );
    }
}

/// No stale green: due, overdue, unknown.
#[tokio::test]
async fn a_page_that_nobody_updates_says_so() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    assert_eq!(app.status("Z80001").await["freshness"], "current");
    app.advance(Duration::minutes(121));
    let page = app.status("Z80001").await;
    assert_eq!((&page["freshness"], &page["headline"]["state"]), (&json!("overdue"), &json!("limited")));
    app.advance(Duration::minutes(60));
    let page = app.status("Z80001").await;
    assert_eq!((&page["freshness"], &page["headline"]["state"]), (&json!("expired"), &json!("unknown")));
    assert!(page["headline"]["text"].as_str().unwrap().starts_with("We do not know"));
    assert_eq!(app.status("Z80041").await["freshness"], "current", "and nobody else's");
}

#[tokio::test]
async fn an_incident_goes_on_recovers_and_ends() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Y91", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        assert_eq!(posted["reach"]["organisations"], 32, "only the region's own");
        let updates = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        for (state, lines, headline) in [
            ("limited", json!({"booking": "urgent_only"}), "limited"),
            (
                "catching_up",
                json!({"booking": "normal", "prescriptions": "order_only_if_needed"}),
                "catching_up",
            ),
            ("resolved", json!({}), "not_confirmed"),
        ] {
            app.advance(Duration::minutes(30));
            let answer = app.api(&token, "POST", &updates, json!({"state": state, "lines": lines})).await;
            assert_eq!(answer.status, 201, "{}", answer.text());
            assert_eq!(app.status("Z80001").await["headline"]["state"], headline);
        }
        // History keeps every word; Z1Q9Z lies in the other region.
        let history = app.get("/Z80001/history").await.text();
        assert!(history.contains("EMIS Web"), "{history}");
    }
}

#[tokio::test]
async fn a_withdrawn_update_no_longer_counts_and_shows_its_correction() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app
            .api(
                &token,
                "POST",
                "/api/v1/incidents",
                json!({"system": "emis-web", "lines": {"attend": "do_not_come"}}),
            )
            .await
            .json();
        assert_eq!(app.status("Z80001").await["headline"]["state"], "closed");
        let path = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
        let correction = json!({"correction": "This was a mistake. Come to your appointment as usual."});
        assert_eq!(app.api(&token, "POST", &path, correction.clone()).await.status, 201);
        assert_eq!(app.api(&token, "POST", &path, correction).await.status, 409);
        let page = app.status("Z80001").await;
        assert_eq!(page["headline"]["state"], "normal");
        let updates = &page["incidents"][0]["updates"];
        let withdrawn: Vec<_> =
            updates.as_array().unwrap().iter().map(|u| u["withdrawn"].as_bool().unwrap()).collect();
        assert_eq!(withdrawn.iter().filter(|w| **w).count(), 1, "{updates}");
        assert!(updates.to_string().contains("This was a mistake."));
    }
}

/// Exercises and tests never reach a patient (hazard H9).
/// How many a post goes to, on every channel together.
fn recipients(posted: &Value) -> u64 {
    posted["reach"]["recipients"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum()
}

#[tokio::test]
async fn an_exercise_changes_no_page_and_tells_nobody() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let before = app.status("Z80001").await;
        for kind in ["exercise", "test"] {
            let posted = app
                .api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web", "kind": kind}))
                .await
                .json();
            assert_eq!((&posted["reach"]["organisations"], recipients(&posted)), (&json!(42), 0));
        }
        app.run_workers().await;
        let after = app.status("Z80001").await;
        assert_eq!((&before["headline"], &before["incidents"]), (&after["headline"], &after["incidents"]));
        assert_eq!(app.captured().await.len(), 0);
    }
}

/// 999 and 111 are held nationally; a practice cannot change them (H3).
#[tokio::test]
async fn only_the_nation_sets_999_and_only_a_region_sets_111() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (practice, region, nation) = (
            app.token("Z80001", Role::Administrator).await,
            app.token("Y91", Role::Administrator).await,
            app.token("X24", Role::Administrator).await,
        );
        let words = |line: &str| json!({"lines": {line: {"state": "changed", "words": "Use 111.nhs.uk and not the phone."}}});
        let second = app.token("X24", Role::Approver).await;
        let set = async |token: &str, code: &str, line: &str| {
            let path = format!("/api/v1/organisations/{code}/lines");
            let set = app.api(token, "PUT", &path, words(line)).await;
            if let Some(id) = set.json()["update"]["id"].as_str() {
                let path = format!("/api/v1/updates/{id}/approval");
                assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
            }
            set.status.as_u16()
        };
        assert_eq!(set(&practice, "Z80001", "nhs_111").await, 422);
        assert_eq!(set(&practice, "Z80001", "emergency_999").await, 422);
        assert_eq!(set(&region, "Y91", "emergency_999").await, 422);
        assert_eq!(set(&region, "Y91", "nhs_111").await, 200);
        assert_eq!(set(&nation, "X24", "emergency_999").await, 200);
        let line = |page: &Value, name: &str| {
            page["lines"].as_array().unwrap().iter().find(|l| l["line"] == name).cloned()
        };
        let page = app.status("Z80001").await;
        assert_eq!(line(&page, "nhs_111").unwrap()["text"], "Use 111.nhs.uk and not the phone.");
        assert_eq!(line(&page, "emergency_999").unwrap()["said_by"]["code"], "X24");
    }
}

/// The tenant is an argument of every look-up.
#[tokio::test]
async fn nobody_acts_for_or_reads_of_somebody_elses() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let (mine, other) =
            (app.token("Z80001", Role::Administrator).await, app.token("Z80002", Role::Administrator).await);
        let posted = app
            .api(&mine, "POST", "/api/v1/incidents", json!({"title": "Flood", "organisations": ["Z80001"]}))
            .await
            .json();
        let (incident, update) = (posted["id"].as_str().unwrap(), posted["update"]["id"].as_str().unwrap());
        for (method, path, body, status) in [
            ("GET", format!("/api/v1/incidents/{incident}"), Value::Null, 404),
            ("POST", format!("/api/v1/incidents/{incident}/updates"), json!({"message": "x"}), 404),
            ("POST", format!("/api/v1/updates/{update}/withdrawal"), json!({"correction": "x"}), 404),
            ("GET", format!("/api/v1/updates/{update}/deliveries"), Value::Null, 404),
            ("PUT", "/api/v1/organisations/Z80001/lines".into(), json!({"lines": {}}), 403),
            ("PUT", format!("/api/v1/incidents/{incident}/responses/Z80001"), json!({"answer": "busy"}), 403),
            ("GET", "/api/v1/organisations/Z80001".into(), Value::Null, 404),
            ("GET", "/api/v1/board?scope=X24".into(), Value::Null, 403),
            ("POST", "/api/v1/incidents".into(), json!({"title": "x", "organisations": ["Z80001"]}), 403),
            ("POST", "/api/v1/incidents".into(), json!({"system": "emis-web", "scope": "Y91"}), 403),
        ] {
            let answer = app.api(&other, method, &path, body).await;
            assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.text());
        }
        let listed = app.api(&other, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(listed["incidents"], json!([]));
        let log = app.api(&other, "GET", "/api/v1/log", Value::Null).await.json();
        assert_eq!(log["entries"], json!([]), "not even in the log");
        let viewer = app.token("Z80001", Role::Viewer).await;
        assert_eq!(
            app.api(&viewer, "POST", "/api/v1/incidents", json!({"title": "x", "organisations": ["Z80001"]}))
                .await
                .status,
            403
        );
    }
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_again() {
    use axum::body::Body;
    use axum::http::Request;
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let call = async |key: &str, body: Value| {
            let request = Request::post("/api/v1/incidents")
                .header("authorization", format!("Bearer {token}"))
                .header("idempotency-key", key)
                .body(Body::from(body.to_string()));
            app.send(request.unwrap()).await
        };
        let first = call("k1", json!({"system": "emis-web"})).await;
        let again = call("k1", json!({"system": "emis-web"})).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
        assert_eq!(first.json()["id"], again.json()["id"]);
        assert_eq!(call("k1", json!({"system": "systmone"})).await.status, 422);
        assert_ne!(call("k2", json!({"system": "emis-web"})).await.json()["id"], first.json()["id"]);
        // A mistake is an answer too.
        assert_eq!(call("k3", json!({})).await.status, 422);
        let mistake = call("k3", json!({})).await;
        assert_eq!(
            (mistake.status.as_u16(), mistake.header("content-type")),
            (422, "application/problem+json")
        );
        let listed = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(listed["incidents"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_preview_says_what_would_happen_and_changes_nothing() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[
            ("a@example.org", "email", "Z80001"),
            ("07700 900123", "sms", "Z80001"),
            ("b@example.org", "email", "Z80041"),
        ])
        .await;
        let token = app.token("Z80001", Role::Publisher).await;
        let before = app.status("Z80001").await;
        let preview =
            app.api(&token, "POST", "/api/v1/incidents/preview", json!({"system": "emis-web"})).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let preview = preview.json();
        assert_eq!(preview["reach"]["organisations"], 3, "the surgery and its two branches");
        assert_eq!(
            (&preview["reach"]["recipients"]["email"], &preview["reach"]["recipients"]["sms"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(
            preview["texts"]["sms"]["en"]["text"],
            "Ashwick Surgery: Our computer system is not working. Come to your appointment unless we contact you. http://localhost:8080/Z80001"
        );
        let after = app.status("Z80001").await;
        assert_eq!(before["incidents"], after["incidents"]);
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        assert_eq!(posted["reach"], preview["reach"], "and that is what happens");
        app.run_workers().await;
        let sent: Vec<String> = app.captured().await.into_iter().map(|(_, text)| text).collect();
        assert!(sent.contains(&preview["texts"]["sms"]["en"]["text"].as_str().unwrap().to_owned()));
        assert!(
            sent.contains(&preview["texts"]["email"]["en"]["text"].as_str().unwrap().to_owned()),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn what_was_done_is_on_record_and_the_record_cannot_be_altered() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        let log = app.api(&token, "GET", "/api/v1/log", Value::Null).await.json();
        assert_eq!(log["entries"][0]["action"], "declare");
        let mut tx = app.desk.db.write().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
        let change = "update audit set actor_name = 'Somebody else' where seq = 2";
        match &mut tx {
            signpost::store::Tx::Sqlite(t) => drop(sqlx::query(change).execute(&mut **t).await.unwrap()),
            signpost::store::Tx::Postgres(t) => drop(sqlx::query(change).execute(&mut **t).await.unwrap()),
        }
        assert_eq!(signpost::store::audit::verify(&mut tx).await.unwrap(), Err(Flaw::Altered(2)));
    }
}
