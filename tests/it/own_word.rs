//! What a place answered and what it did not: in feeds, alerts, records and on paper as on
//! the page, also when its word has run out or nobody could look for long.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::texts_of;

async fn says(app: &TestApp, place: &str, body: Value) {
    let token = app.token(place, Role::Publisher).await;
    let done = app.api(&token, "PUT", &format!("/api/v1/organisations/{place}/lines"), body).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

async fn declare(app: &TestApp, token: &str, body: Value) -> (String, String) {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let of = |pointer: &str| posted.json().pointer(pointer).unwrap().as_str().unwrap().to_owned();
    (of("/id"), of("/update/id"))
}

async fn answers(app: &TestApp, incident: &str, place: &str, body: Value) {
    let token = app.token(place, Role::Publisher).await;
    let done = app.api(&token, "PUT", &format!("/api/v1/incidents/{incident}/responses/{place}"), body).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

async fn goes_on(app: &TestApp, token: &str, incident: &str, body: Value) {
    let done = app.api(token, "POST", &format!("/api/v1/incidents/{incident}/updates"), body).await;
    assert_eq!(done.status, 201, "{}", done.text());
}

async fn text(app: &mut TestApp, path: &str) -> String {
    app.publish().await;
    let answer = app.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

#[tokio::test]
async fn no_form_says_that_a_place_confirmed_an_end_that_it_did_not() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let (id, _) = declare(&app, &region, json!({"system": "emis-web"})).await;
        answers(&app, &id, "Z80001", json!({"answer": "affected"})).await;
        app.advance(Duration::minutes(30));
        goes_on(&app, &region, &id, json!({"state": "resolved"})).await;
        let waiting = "said that this problem is over. This GP surgery has not confirmed it yet.";
        for form in ["", "/history", "/feed.atom", "/feed.rss", "/cap.xml"] {
            let told = text(&mut app, &format!("/Z80001{form}")).await;
            assert!(told.contains(waiting), "{form}: {told}");
            assert!(!told.contains("Back to normal") && !told.contains("AllClear"), "{form}: {told}");
        }
        let unresolved = app.get("/Z80001/api/v2/incidents/unresolved.json").await.json();
        assert_eq!(unresolved["incidents"][0]["status"], "monitoring");
        // Nobody speaks for a place that never said anything, and its page says who did.
        let silent = text(&mut app, "/Z80002").await;
        assert!(silent.contains(waiting), "{silent}");
        answers(&app, &id, "Z80001", json!({"answer": "recovered"})).await;
        let cap = text(&mut app, "/Z80001/cap.xml").await;
        assert!(cap.contains("AllClear") && cap.contains("<msgType>Cancel</msgType>"), "{cap}");
        assert!(text(&mut app, "/Z80001/feed.atom").await.contains("is back to normal."));
    }
}

#[tokio::test]
async fn an_answer_is_told_in_feeds_and_stays_in_the_record() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let (id, _) = declare(&app, &region, json!({"system": "emis-web"})).await;
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come", "phones": "down"},
            "message": "The roof came in too."});
        answers(&app, &id, "Z80001", shut).await;
        app.publish().await;
        let before = app.get(&format!("/Z80001/incidents/{id}")).await.text();
        assert_eq!(before.matches("The roof came in too.").count(), 1, "told once: {before}");
        app.advance(Duration::hours(3));
        answers(&app, &id, "Z80001", json!({"answer": "recovered"})).await;
        for path in
            ["/Z80001/feed.atom", "/Z80001/feed.rss", "/Z80001/history", "/Z80001/api/v2/incidents.json"]
        {
            let told = text(&mut app, path).await;
            assert!(told.contains("The roof came in too."), "{path}: {told}");
        }
        let alone = text(&mut app, &format!("/Z80001/incidents/{id}")).await;
        assert!(alone.contains("The roof came in too."), "{alone}");
        let history = text(&mut app, "/Z80001/history").await;
        let rows = texts_of(&history, "tr");
        let row = |label: &str| rows.iter().find(|r| r.starts_with(label)).unwrap().clone();
        assert!(row("Phone lines").ends_with("3 hours"), "{rows:?}");
        // The same from the database.
        let place = crate::harness::code("Z80001");
        let late = app.desk.past_incident(&place, id.parse().unwrap()).await.unwrap().unwrap();
        let said: Vec<&str> = late.incidents[0].incident.updates.iter().map(|u| u.said_by.as_str()).collect();
        assert_eq!(said, ["Y91", "Z80001", "Z80001"]);
    }
}

/// What ran out is not over: one unbroken problem, and time that did not work.
#[tokio::test]
async fn what_runs_out_and_is_said_again_was_never_over() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let until = |hour: u8| json!({"lines": {"phones": "down"}, "expires_at": format!("2024-07-19T{hour:02}:00:00Z")});
        says(&app, "Z80001", until(9)).await;
        app.desk.clock.set("2024-07-19T11:00:00Z".parse().unwrap());
        app.publish().await;
        let component = |summary: &Value| {
            let all = summary["components"].as_array().unwrap().clone();
            all.iter().find(|c| c["name"] == "Phone lines").unwrap()["description"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let summary = app.get("/Z80001/api/v2/summary.json").await.json();
        assert!(component(&summary).ends_with("We do not know if it is still right."), "{summary}");
        says(&app, "Z80001", until(14)).await;
        let feed = text(&mut app, "/Z80001/feed.atom").await;
        assert!(!feed.contains("over"), "{feed}");
        let all = app.get("/Z80001/api/v2/incidents.json").await.json();
        assert_eq!(all["incidents"].as_array().unwrap().len(), 1, "{all}");
        let rows = texts_of(&text(&mut app, "/Z80001/history").await, "tr");
        assert!(rows.iter().any(|r| r.starts_with("Phone lines") && r.ends_with("4 hours")), "{rows:?}");
    }
}

#[tokio::test]
async fn where_there_is_no_room_the_least_is_left_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        says(&app, "RZ6", json!({"lines": {"emergency_department": "delayed", "phones": "limited",
            "test_results": "delayed", "check_in": "at_the_desk", "records": "on_paper", "operations": "cancelled",
            "scans": "cancelled", "radiotherapy": "cancelled"}}))
        .await;
        for form in ["poster", "screen", "widget.js", "voice.xml"] {
            let told = text(&mut app, &format!("/RZ6/{form}")).await;
            for worst in ["operations are cancelled", "X-rays are cancelled", "Radiotherapy is cancelled"] {
                assert!(told.contains(worst), "{form}: {told}");
            }
        }
        says(&app, "Z80001", json!({"lines": {"phones": "down"}})).await;
        for form in ["", "/poster", "/screen", "/widget.js", "/voice.xml", "/cap.xml"] {
            let told = text(&mut app, &format!("/Z80001{form}")).await;
            assert!(told.contains("front desk if it is urgent"), "{form}: {told}");
        }
    }
}

#[tokio::test]
async fn a_session_stands_until_it_is_over_and_counts_while_it_lasts() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("RZ6", Role::Publisher).await;
        let off = |session: &str| json!({"state": "cancelled", "session": session, "day": "2024-07-20"});
        let lines = json!({"radiotherapy": off("afternoon"), "scans": off("morning")});
        let body = json!({"title": "No power", "organisations": ["RZ6"], "lines": lines, "next_update_by": "2024-07-19T10:00:00Z"});
        declare(&app, &token, body).await;
        let said = |status: &Value| -> Vec<String> {
            status["lines"]
                .as_array()
                .unwrap()
                .iter()
                .map(|l| l["line"].as_str().unwrap().to_owned())
                .collect()
        };
        app.desk.clock.set("2024-07-20T11:00:00Z".parse().unwrap());
        let noon = app.status("RZ6").await;
        assert_eq!(noon["headline"]["state"], "unknown", "nobody kept the promise");
        assert_eq!(said(&noon), ["scans", "radiotherapy"], "the sessions are still to come: {noon}");
        app.desk.clock.set("2024-07-20T12:00:00Z".parse().unwrap());
        assert_eq!(said(&app.status("RZ6").await), ["radiotherapy"], "1pm: the morning is over");
        app.desk.clock.set("2024-07-20T23:30:00Z".parse().unwrap());
        assert_eq!(app.status("RZ6").await["lines"], json!([]));
        let rows = texts_of(&text(&mut app, "/RZ6/history").await, "tr");
        let lasted = |label: &str| rows.iter().find(|r| r.starts_with(label)).unwrap().clone();
        assert!(lasted("Radiotherapy").ends_with("12 hours"), "{rows:?}");
        assert!(lasted("Scans").ends_with("13 hours"), "{rows:?}");
    }
}

/// The database is away: for an hour the page stands, then it says that nobody knows.
#[tokio::test]
async fn what_nobody_could_check_for_an_hour_is_not_called_normal() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.publish().await;
        app.site.confirm(app.now());
        app.advance(Duration::minutes(59));
        assert_eq!(app.get("/Z80001/status.json").await.json()["headline"]["state"], "normal");
        app.advance(Duration::minutes(2));
        let status = app.get("/Z80001/status.json").await.json();
        assert_eq!(
            (&status["headline"]["state"], &status["freshness"]),
            (&json!("unknown"), &json!("expired"))
        );
        for form in ["", "/badge.svg", "/screen", "/poster", "/voice.xml", "/widget.js"] {
            let told = app.get(&format!("/Z80001{form}")).await.text();
            assert!(!told.contains("No known problems") && !told.contains("as usual"), "{form}: {told}");
            assert!(told.to_lowercase().contains("not know"), "{form}: {told}");
        }
    }
}

#[tokio::test]
async fn what_is_taken_back_is_taken_back_at_its_own_address_too() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body = json!({"title": "Our building is closed", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        let (id, update) = declare(&app, &token, body).await;
        let address = format!("/Z80001/incidents/{id}");
        assert!(!text(&mut app, &address).await.contains("Do not use it"));
        app.advance(Duration::seconds(3));
        let path = format!("/api/v1/updates/{update}/withdrawal");
        assert_eq!(app.api(&token, "POST", &path, json!({"correction": "We are open."})).await.status, 201);
        let told = text(&mut app, &address).await;
        assert!(told.contains("Do not use it"), "{told}");
        for path in [address.as_str(), "/Z80001/history", "/Z80001/feed.atom"] {
            assert!(!text(&mut app, path).await.contains("Back to normal"), "{path}: it was never so");
        }
        let rows = texts_of(&text(&mut app, "/Z80001/history").await, "tbody tr");
        assert!(rows[0].ends_with("Withdrawn"), "{rows:?}");
        let all = app.get("/Z80001/api/v2/incidents.json").await.json();
        assert_eq!(all["incidents"][0]["impact"], "none");
    }
}

/// Whoever follows the alerts must not go on with one that has ended.
#[tokio::test]
async fn an_alert_names_those_that_have_ended_since() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let on =
            |title: &str, lines: Value| json!({"title": title, "organisations": ["Z80001"], "lines": lines});
        declare(&app, &token, on("Results are late", json!({"test_results": "delayed"}))).await;
        app.advance(Duration::minutes(10));
        let (fire, first) = declare(&app, &token, on("Fire", json!({"attend": "do_not_come"}))).await;
        assert!(text(&mut app, "/Z80001/cap.xml").await.contains("<event>Fire</event>"));
        app.advance(Duration::minutes(10));
        goes_on(&app, &token, &fire, json!({"state": "resolved"})).await;
        let cap = text(&mut app, "/Z80001/cap.xml").await;
        assert!(
            cap.contains("<event>Results are late</event>") && cap.contains("<msgType>Update</msgType>"),
            "{cap}"
        );
        let references = cap.split("<references>").nth(1).unwrap().split("</references>").next().unwrap();
        assert!(references.contains(&first), "Fire is superseded: {references}");
    }
}

#[tokio::test]
async fn a_board_that_sets_lines_for_its_places_says_so_on_its_own_page() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let board = app.token("QZ8", Role::Coordinator).await;
        let path = "/api/v1/organisations/QZ8/lines";
        assert_eq!(app.api(&board, "PUT", path, json!({"lines": {"phones": "down"}})).await.status, 200);
        assert_eq!(app.status("QZ8").await["headline"]["state"], "limited");
        for form in ["badge.svg", "screen", "widget.js"] {
            let told = text(&mut app, &format!("/QZ8/{form}")).await;
            assert!(!told.contains("No known problems") && !told.contains("Our phones"), "{form}: {told}");
        }
        let summary = app.get("/QZ8/api/v2/summary.json").await.json();
        assert_eq!(
            (&summary["status"]["indicator"], &summary["incidents"][0]["name"]),
            (&json!("major"), &json!("Phone lines: Not working"))
        );
        let cap = text(&mut app, "/QZ8/cap.xml").await;
        assert!(cap.contains("Phone lines: Not working.") && !cap.contains("Our phones"), "{cap}");
    }
}

/// Hazard H3: nobody is sent back to a number that may be out of order.
#[tokio::test]
async fn words_about_111_that_ran_out_stand_with_a_doubt() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let words = json!({"lines": {"nhs_111": {"state": "changed", "words": "NHS 111 cannot take calls. Use 111.nhs.uk."}},
            "expires_at": "2024-07-19T09:00:00Z"});
        let done = app.api(&region, "PUT", "/api/v1/organisations/Y91/lines", words).await.json();
        let second = app.token("Y91", Role::Approver).await;
        let path = format!("/api/v1/updates/{}/approval", done["update"]["id"].as_str().unwrap());
        assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
        app.desk.clock.set("2024-07-19T12:00:00Z".parse().unwrap());
        assert_eq!(app.status("Z80001").await["headline"]["state"], "normal", "it is no reason to stay away");
        for form in ["", "/poster", "/voice.xml"] {
            let told = text(&mut app, &format!("/Z80001{form}")).await.replace("1 1 1", "111");
            assert!(told.contains("111 cannot take calls."), "{form}: {told}");
            assert!(told.contains("We do not know if it is still right."), "{form}: {told}");
        }
    }
}

#[tokio::test]
async fn a_month_has_what_went_on_in_it_and_planned_work() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        declare(&app, &token, json!({"title": "Printer fault", "organisations": ["Z80001"]})).await;
        let plan = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "starts_at": "2024-08-10T01:00:00Z", "ends_at": "2024-08-10T05:00:00Z"});
        assert_eq!(app.api(&token, "POST", "/api/v1/planned", plan).await.status, 201);
        app.desk.clock.set("2024-09-20T09:00:00Z".parse().unwrap());
        app.publish().await;
        let rows = async |month: &str| {
            texts_of(&app.get(&format!("/Z80001/history/{month}")).await.text(), "tbody tr")
        };
        let august = rows("2024-08").await;
        assert_eq!(
            august,
            ["10 August 2024 New phones Planned work 4 hours", "19 July 2024 Printer fault Still going on"]
        );
        assert_eq!(rows("2024-07").await, ["19 July 2024 Printer fault Still going on"]);
        assert_eq!(rows("2024-09").await, ["19 July 2024 Printer fault Still going on"]);
    }
}

#[tokio::test]
async fn a_cancelled_window_in_the_calendar_says_nothing_of_staying_away() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let plan = json!({"title": "New floor", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"},
            "starts_at": "2024-07-25T08:00:00Z", "ends_at": "2024-07-25T12:00:00Z"});
        let made = app.api(&token, "POST", "/api/v1/planned", plan).await.json();
        let unfolded = |text: String| text.replace("\r\n ", "");
        assert!(unfolded(text(&mut app, "/Z80001/calendar.ics").await).contains("Do not come"));
        app.advance(Duration::minutes(5));
        let path = format!("/api/v1/planned/{}/cancellation", made["id"].as_str().unwrap());
        let done = app.api(&token, "POST", &path, json!({})).await;
        assert!(done.status.is_success(), "{}", done.text());
        let told = unfolded(text(&mut app, "/Z80001/calendar.ics").await);
        assert!(told.contains("STATUS:CANCELLED") && !told.contains("Do not come"), "{told}");
        let all = app.get("/Z80001/api/v2/scheduled-maintenances.json").await.json();
        let updates = all["scheduled_maintenances"][0]["incident_updates"].as_array().unwrap().clone();
        let first = updates.last().unwrap();
        assert_eq!(first["status"], "scheduled");
        assert!(
            first["body"].as_str().unwrap().starts_with("This is planned from"),
            "as it was announced: {first}"
        );
    }
}

/// To confirm that a computer system is down must not lift a closure that somebody chose.
#[tokio::test]
async fn to_confirm_a_fault_lifts_no_closure() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let region = app.token("Y91", Role::Coordinator).await;
    let (incident, _) = declare(&app, &region, json!({"system": "emis-web"})).await;
    let board = app.token("QZ8", Role::Coordinator).await;
    let shut = json!({"lines": {"attend": "do_not_come"}, "message": "Snow: all our surgeries are shut."});
    let done = app.api(&board, "PUT", "/api/v1/organisations/QZ8/lines", shut).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(app.status("Z80001").await["headline"]["state"], "closed");
    answers(&app, &incident, "Z80001", json!({"answer": "affected"})).await;
    assert_eq!(app.status("Z80001").await["headline"]["state"], "closed");
    // Its own word about coming is another matter.
    says(&app, "Z80001", json!({"lines": {"attend": "come_unless_contacted"}})).await;
    assert_eq!(app.status("Z80001").await["headline"]["state"], "limited");
}

/// What is said of the afternoon leaves what was said of the morning.
#[tokio::test]
async fn sessions_of_one_line_stand_side_by_side() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.advance(Duration::hours(-1));
    let trust = app.token("RZ5", Role::Publisher).await;
    let off = |state: &str, session: &str| json!({"radiotherapy": {"state": state, "session": session, "day": "2024-07-19"}});
    let body = json!({"title": "The planning system is down", "organisations": ["RZ5"], "lines": off("cancelled", "morning")});
    let (incident, _) = declare(&app, &trust, body).await;
    app.advance(Duration::minutes(1));
    goes_on(&app, &trust, &incident, json!({"lines": off("delayed", "afternoon")})).await;
    let said = |page: &Value| -> Vec<String> {
        let lines = page["lines"].as_array().unwrap().iter();
        let of =
            lines.filter(|l| l["line"] == "radiotherapy").map(|l| l["state"].as_str().unwrap().to_owned());
        of.collect()
    };
    assert_eq!(said(&app.status("RZ5").await), ["delayed", "cancelled"], "what was said last comes first");
    let page = text(&mut app, "/RZ5").await;
    assert!(page.contains("for the morning of") && page.contains("for the afternoon of"), "{page}");
    app.advance(Duration::hours(6));
    assert_eq!(said(&app.status("RZ5").await), ["delayed"], "the morning is over");
    goes_on(&app, &trust, &incident, json!({"lines": {"radiotherapy": "normal"}})).await;
    assert_eq!(said(&app.status("RZ5").await), ["normal"], "all day means all of it");
}
