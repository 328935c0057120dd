//! What counts as late on a board or in a report about one incident, and until when machines
//! are told that a line holds.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};

async fn declared(app: &TestApp, token: &str, body: Value) -> String {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    posted.json()["id"].as_str().unwrap().to_owned()
}

/// Another incident's broken promise is no lateness of this one.
#[tokio::test]
async fn a_board_and_a_report_about_one_incident_count_its_own_lateness() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let falcon = declared(&app, &author, json!({"system": "emis-web"})).await;
        app.advance(Duration::hours(4));
        let places = json!(["Z80001", "Z80002", "Z80003"]);
        let power = declared(&app, &author, json!({"title": "Power", "organisations": places})).await;
        let board = async |more: &str| {
            let board = app.api(&author, "GET", &format!("/api/v1/board?scope=Y91{more}"), Value::Null).await;
            board.json()["counts"]["overdue"].as_u64().unwrap()
        };
        let report = async |incident: &str| {
            let path = format!("/api/v1/incidents/{incident}/reports");
            let report = app.api(&author, "POST", &path, json!({})).await.json();
            report["content"]["counts"]["overdue"].as_u64().unwrap()
        };
        assert_eq!((board(&format!("&incident={power}")).await, report(&power).await), (0, 0));
        let late = board(&format!("&incident={falcon}")).await;
        assert!(late > 3, "{late}");
        assert_eq!(report(&falcon).await, late);
        assert_eq!(board("").await, late, "pages that are late");
        app.advance(Duration::hours(4));
        assert_eq!((board(&format!("&incident={power}")).await, report(&power).await), (3, 3));
    }
}

/// A session ends, however long whoever spoke of it speaks for.
#[tokio::test]
async fn a_session_line_holds_until_the_page_drops_it() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let trust = app.token("RZ7", Role::Coordinator).await;
        let of = |day: &str, session: &str| json!({"radiotherapy": {"state": "delayed", "session": session, "day": day}});
        let body = json!({"title": "The machines are off", "organisations": ["RZ7"],
            "lines": of("2024-07-19", "afternoon"), "next_update_by": "2024-07-19T17:00:00Z"});
        let id = declared(&app, &trust, body).await;
        let monday = json!({"lines": of("2024-07-22", "morning"), "next_update_by": "2024-07-21T17:00:00Z"});
        let path = format!("/api/v1/incidents/{id}/updates");
        assert_eq!(app.api(&trust, "POST", &path, monday).await.status, 201);
        let ends = async |app: &mut TestApp| {
            let page = app.status("RZ7").await;
            let lines = page["lines"].as_array().unwrap().iter().filter(|l| l["line"] == "radiotherapy");
            lines.map(|l| l["expires_at"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut both = ends(&mut app).await;
        both.sort();
        assert_eq!(both, ["2024-07-19T23:00:00.000Z", "2024-07-22T12:00:00.000Z"]);
        app.advance(Duration::hours(16) - Duration::seconds(1));
        assert_eq!(ends(&mut app).await.len(), 2);
        app.advance(Duration::seconds(1));
        assert_eq!(ends(&mut app).await, ["2024-07-22T12:00:00.000Z"]);
    }
}
