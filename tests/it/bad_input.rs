//! Every call and form with bad input: one clear sentence beside the field,
//! and nothing half-done.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};

/// `pointer: detail` for each mistake.
fn mistakes(body: &Value) -> Vec<String> {
    let all = body["errors"].as_array().cloned().unwrap_or_default();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    all.iter().map(|e| format!("{}: {}", text(&e["pointer"]), text(&e["detail"]))).collect()
}

#[tokio::test]
async fn every_mistake_in_a_declaration_is_told_with_its_pointer() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        for (body, expected) in [
            (json!({}), vec!["/title: Enter a title that says what is not working."]),
            (
                json!({"system": "abacus"}),
                vec!["/system: There is no system called \"abacus\" in the catalogue."],
            ),
            (
                json!({"system": "emis-web", "title": "x".repeat(121)}),
                vec!["/title: Use at most 120 characters. This is 1 too many."],
            ),
            (
                json!({"system": "emis-web", "message": "y".repeat(601)}),
                vec!["/message: Use at most 600 characters. This is 1 too many."],
            ),
            (
                json!({"system": "emis-web", "message": "   "}),
                vec!["/message: Enter some text, or leave this out."],
            ),
            (json!({"system": "emis-web", "level": 9}), vec!["/level: Use a level from 1 to 4."]),
            (
                json!({"system": "emis-web", "level": "two"}),
                vec!["/level: Give this as a number from 1 to 4."],
            ),
            (
                json!({"system": "emis-web", "state": "resolved"}),
                vec!["/state: A new incident cannot be over already."],
            ),
            (
                json!({"system": "emis-web", "kind": "drill"}),
                vec!["/kind: \"drill\" is not known here. Use live, exercise, test."],
            ),
            (
                json!({"system": "emis-web", "scope": "ZZZ9"}),
                vec!["/scope: There is no organisation with the code ZZZ9."],
            ),
            (
                json!({"title": "x", "organisations": []}),
                vec!["/organisations: Name at least one organisation."],
            ),
            (
                json!({"title": "x", "organisations": ["Z80001", "ZZZ9"]}),
                vec!["/organisations/1: There is no organisation with the code ZZZ9."],
            ),
            (
                json!({"system": "emis-web", "next_update_by": "2024-07-19T06:00:00Z"}),
                vec!["/next_update_by: This time has passed. Choose a time in the future."],
            ),
            (
                json!({"system": "emis-web", "next_update_by": "2025-07-19T06:00:00Z"}),
                vec!["/next_update_by: Choose a time within the next 31 days."],
            ),
            (
                json!({"system": "emis-web", "next_update_by": "tomorrow"}),
                vec!["/next_update_by: Give the time as RFC 3339, such as 2024-07-19T09:40:00Z."],
            ),
            (
                json!({"system": "emis-web", "lines": {"attend": "perhaps"}}),
                vec![
                    "/lines/attend: \"perhaps\" is not a state of this line. Use come, come_unless_contacted, do_not_come.",
                ],
            ),
            (json!({"system": 5}), vec!["/system: Give this as text."]),
        ] {
            let answer = app.api(&token, "POST", "/api/v1/incidents", body.clone()).await;
            assert_eq!(answer.status, 422, "{body}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(mistakes(&answer.json()), expected, "{body}");
            let preview = app.api(&token, "POST", "/api/v1/incidents/preview", body).await;
            assert_eq!(mistakes(&preview.json()), expected, "the preview says the same");
        }
        let unknown = app.api(&token, "POST", "/api/v1/incidents", json!({"systm": "emis-web"})).await;
        assert!(mistakes(&unknown.json())[0].starts_with("/systm: There is no field \"systm\" here."));
        let listed = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(listed["incidents"], json!([]), "nothing half-done is kept");
    }
}

#[tokio::test]
async fn what_is_not_json_or_not_allowed_is_said_plainly() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let raw = async |method: &str, path: &str, token: Option<&str>, body: &'static str| {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        app.send(request.body(Body::from(body)).unwrap()).await
    };
    for (method, path, with, body, status) in [
        ("POST", "/api/v1/incidents", Some(token.as_str()), "{\"title\":", 400),
        ("POST", "/api/v1/incidents", Some(token.as_str()), "[1,2]", 400),
        ("POST", "/api/v1/incidents", None, "{}", 401),
        ("POST", "/api/v1/incidents", Some("wrong"), "{}", 401),
        ("DELETE", "/api/v1/incidents", Some(token.as_str()), "", 405),
        ("GET", "/api/v1/incidents/not-an-id", Some(token.as_str()), "", 404),
        ("GET", "/api/v1/nothing", Some(token.as_str()), "", 404),
        ("GET", "/api/v1/incidents/0190d1f0-0000-7000-8000-000000000000", Some(token.as_str()), "", 404),
        ("GET", "/api/v1/board?scope=ZZZ9", Some(token.as_str()), "", 404),
    ] {
        let answer = raw(method, path, with, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
        assert_eq!(answer.json()["status"], status);
        assert!(answer.json()["detail"].as_str().unwrap().ends_with(['.', ')']), "{}", answer.text());
    }
}

#[tokio::test]
async fn other_bodies_are_checked_as_well() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        let (incident, update) = (posted["id"].as_str().unwrap(), posted["update"]["id"].as_str().unwrap());
        for (method, path, body, expected) in [
            (
                "POST",
                format!("/api/v1/incidents/{incident}/updates"),
                json!({}),
                ": Say at least one of state, lines, message, next_update_by or preset.",
            ),
            (
                "POST",
                format!("/api/v1/incidents/{incident}/updates"),
                json!({"state": "fixed"}),
                "/state: \"fixed\" is not known here. Use investigating, identified, limited, catching_up, monitoring, resolved.",
            ),
            (
                "POST",
                format!("/api/v1/updates/{update}/withdrawal"),
                json!({}),
                "/correction: Say what was wrong, for everybody who was told.",
            ),
            (
                "PUT",
                format!("/api/v1/incidents/{incident}/responses/Z80001"),
                json!({}),
                "/answer: Give an answer: affected, not_affected, busy, recovered.",
            ),
            (
                "PUT",
                "/api/v1/organisations/Z80001/lines".into(),
                json!({"message": "x"}),
                "/lines: Give the lines, such as {\"phones\": \"down\"}. An empty object takes them all back.",
            ),
            (
                "PUT",
                "/api/v1/organisations/Z80001/lines".into(),
                json!({"lines": {"phones": "down"}, "phone": "ring me"}),
                "/phone: Enter a UK phone number, like 01632 960 001.",
            ),
            (
                "PUT",
                "/api/v1/organisations/Z80001/lines".into(),
                json!({"lines": {"radiotherapy": "closed"}}),
                "/lines/radiotherapy: A GP surgery does not have this line.",
            ),
            (
                "PUT",
                "/api/v1/organisations/Z80001/lines".into(),
                json!({"lines": {}, "expires_at": "2020-01-01T00:00:00Z"}),
                "/expires_at: This time has passed. Choose a time in the future.",
            ),
            (
                "PUT",
                "/api/v1/organisations/Z80001/channels/mastodon".into(),
                json!({"base_url": "http://mastodon.example", "access_token": "t"}),
                "/base_url: Enter the server's address, starting with https://.",
            ),
        ] {
            let answer = app.api(&token, method, &path, body).await;
            assert_eq!(answer.status, 422, "{method} {path}: {}", answer.text());
            assert_eq!(mistakes(&answer.json())[0], expected);
        }
        let fax = app.api(&token, "PUT", "/api/v1/organisations/Z80001/channels/fax", json!({})).await;
        assert_eq!(fax.status, 404);
    }
}

#[tokio::test]
async fn public_addresses_that_lead_nowhere_offer_a_search() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for path in ["/ZZZZZ", "/Z80001/nothing", "/Z80001/api/v2/nothing.json", "/a/b/c/d", "/%F0%9F%98%80"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains("name=\"q\""), "{path}");
    }
    let moved = app.get("/z80001/status.json").await;
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/Z80001/status.json"));
}

#[tokio::test]
async fn posts_from_other_sites_are_refused() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let request = Request::post("/Z80001/subscribe")
        .header("host", "localhost:8080")
        .header("origin", "https://evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("channel=email&contact=a@example.org&locale=en"));
    assert_eq!(app.send(request.unwrap()).await.status, 403);
}
