//! A board on one incident stays the board of that incident when it is over, and counts as the
//! report and the list of answers do; what the public and what staff were told are told apart.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::duties::on_duty;
use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};

async fn declared(app: &TestApp, token: &str, body: Value) -> String {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    posted.json()["id"].as_str().unwrap().to_owned()
}

async fn answers(app: &TestApp, token: &str, incident: &str) {
    for (place, answer) in [("Z80001", "affected"), ("Z80002", "not_affected"), ("Z80003", "busy")] {
        let path = format!("/api/v1/incidents/{incident}/responses/{place}");
        let done = app.api(token, "PUT", &path, json!({"answer": answer})).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
}

async fn is_over(app: &TestApp, token: &str, incident: &str) {
    let path = format!("/api/v1/incidents/{incident}/updates");
    let done = app.api(token, "POST", &path, json!({"state": "resolved"})).await;
    assert_eq!(done.status, 201, "{}", done.text());
}

fn main_of(answer: &Answer) -> String {
    texts(answer, "main").join(" ")
}

/// "Affected 3", by its label, on a board or the list of answers.
fn count(answer: &Answer, label: &str) -> u64 {
    let all = texts(answer, ".sp-counts div");
    let found = all.iter().find_map(|text| text.strip_prefix(label)?.trim().parse().ok());
    found.unwrap_or_else(|| panic!("no {label} in {all:?}"))
}

/// The same numbers on the board about an incident, in the list of answers, in a report, and
/// for programs, with the parts adding up.
async fn counted_alike(app: &TestApp, token: &str, person: &Person<'_>, incident: &str) {
    let board = person.get(&format!("/board?scope=Y91&incident={incident}")).await;
    let list = person.get(&format!("/desk/incidents/{incident}/answers")).await;
    let path = format!("/api/v1/incidents/{incident}/reports");
    let report = app.api(token, "POST", &path, Value::Null).await.json();
    let path = format!("/api/v1/board?scope=Y91&incident={incident}");
    let api = app.api(token, "GET", &path, Value::Null).await.json();
    for (label, name) in [
        ("Affected", "affected"),
        ("Not affected", "not_affected"),
        ("Not affected, busy", "busy"),
        ("Recovered", "recovered"),
        ("Have not answered", "silent"),
        ("Perhaps affected", "unknown"),
    ] {
        let number = report["content"]["counts"][name].as_u64().unwrap();
        let children = api["children"].as_array().unwrap().iter();
        let below: u64 = children.map(|child| child["counts"][name].as_u64().unwrap()).sum();
        let all = [count(&board, label), count(&list, label), api["counts"][name].as_u64().unwrap(), below];
        assert_eq!(all, [number; 4], "{label}");
    }
    assert!(report["content"]["counts"]["not_affected"].as_u64() > Some(0), "{report}");
    assert_eq!(report["content"]["counts"]["overdue"], api["counts"]["overdue"]);
}

#[tokio::test]
async fn a_board_on_an_incident_stays_its_board_when_it_is_over() {
    for driver in Driver::BOTH {
        for kind in ["live", "exercise"] {
            let app = TestApp::with_region(driver).await;
            let region = app.token("Y91", Role::Coordinator).await;
            let person = Person::of(&app, "Y91", Role::Viewer).await;
            let body = json!({"system": "emis-web", "title": "EMIS Web is down", "kind": kind});
            let id = declared(&app, &region, body).await;
            answers(&app, &region, &id).await;
            app.advance(Duration::minutes(5));
            counted_alike(&app, &region, &person, &id).await;
            is_over(&app, &region, &id).await;
            app.advance(Duration::minutes(5));
            let here = format!("/board?scope=Y91&incident={id}");
            let mark = if kind == "live" { "" } else { "EXERCISE. " };
            // Also when neither its page nor the list of open and recent incidents has it.
            for days in [0, 2, 100] {
                app.advance(Duration::days(days));
                let person = Person::of(&app, "Y91", Role::Viewer).await;
                let board = person.get(&here).await;
                let text = main_of(&board);
                assert!(
                    texts(&board, "title")[0].starts_with(&format!("{mark}EMIS Web is down: ")),
                    "{text}"
                );
                let chosen = texts(&board, "#incident option[selected]").join("");
                assert!(chosen.starts_with(&format!("{mark}EMIS Web is down (over since ")), "{chosen}");
                assert!(text.contains("is over since "), "{text}");
                assert_eq!(values(&board, "main .nhsuk-inset-text a", "href"), ["/board?scope=Y91"]);
                assert_eq!(text.contains("This is an exercise. Nothing here is real."), kind == "exercise");
                assert!(!text.contains("Open incidents"), "{text}");
                counted_alike(&app, &region, &person, &id).await;
            }
            // One of nobody is as one that never was.
            let other = uuid::Uuid::now_v7();
            let person = Person::of(&app, "Y91", Role::Viewer).await;
            let none = person.get(&format!("/board?scope=Y91&incident={other}")).await;
            assert!(main_of(&none).contains("No place is like that."));
            let path = format!("/api/v1/board?incident={other}");
            assert_eq!(app.api(&region, "GET", &path, Value::Null).await.status, 404);
        }
    }
}

/// The banner comes before everything else, and the filter does not push it away.
#[tokio::test]
async fn the_banner_of_an_exercise_stands_before_the_filter() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let region = app.token("Y91", Role::Coordinator).await;
    let id = declared(&app, &region, json!({"system": "emis-web", "kind": "exercise"})).await;
    let person = Person::of(&app, "Y91", Role::Viewer).await;
    let board = person.get(&format!("/board?scope=Y91&incident={id}&kind=practice")).await;
    let text = main_of(&board);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(place("This is an exercise.") < place("Board"), "{text}");
    assert!(values(&board, "main details[open]", "class").is_empty());
    assert!(text.contains("Kind: GP surgery. Show all places"), "{text}");
}

/// What practices are asked is no message to the public, in any form.
#[tokio::test]
async fn the_public_and_staff_are_told_apart() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001"), ("b@example.org", "email", "Z80002")]).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "07700 900124", "sms")]).await;
        on_duty(&app, &[("Z80003", "07700 900125", "sms")]).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let id = declared(&app, &region, json!({"system": "emis-web"})).await;
        app.run_workers().await;
        app.call().await;
        let path = format!("/api/v1/incidents/{id}/reports");
        let report = app.api(&region, "POST", &path, Value::Null).await.json();
        let content = &report["content"];
        assert_eq!(content["messages"], json!({"captured": 2}), "{content}");
        assert_eq!(content["messages_to_staff"], json!({"captured": 3}));
        // What was captured was told to nobody.
        let told = report["methane"][6]["text"].as_str().unwrap();
        assert!(told.starts_with("0 messages to the public. Partners:"), "{told}");
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let here = format!("/desk/reports/{}", report["id"].as_str().unwrap());
        let seen = person.get(&here).await;
        assert!(
            texts(&seen, "tr").contains(&"State To the public To staff on duty".to_owned()),
            "{}",
            seen.text()
        );
        assert!(texts(&seen, "tr").contains(&"Captured, not sent 2 3".to_owned()), "{}", seen.text());
        let csv = person.get(&format!("{here}/report.csv")).await.text();
        assert!(
            csv.contains("messages,Invented Region,captured,2") || csv.contains(",captured,2\r\n"),
            "{csv}"
        );
        assert!(csv.contains("\r\nmessages_to_staff,") && csv.contains(",captured,3\r\n"), "{csv}");
        for query in ["", &format!("&incident={id}")] {
            let board = main_of(&person.get(&format!("/board?scope=Y91{query}")).await);
            let told = "To the public Captured, not sent 2 To staff on duty Captured, not sent 3";
            assert!(board.contains(told), "{board}");
        }
        let api = app.api(&region, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(
            (&api["deliveries"]["captured"], &api["deliveries_to_staff"]["captured"]),
            (&json!(2), &json!(3))
        );
        let record = main_of(&person.get(&format!("/desk/incidents/{id}/record")).await);
        assert!(record.contains("Update 1: 2 messages captured and not sent"), "{record}");
    }
}

/// A session is told with its day in every form, and one of tomorrow is no trouble of today.
#[tokio::test]
async fn sessions_are_told_with_their_day_in_report_and_record() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let trust = app.token("RZ7", Role::Coordinator).await;
        let of = |state: &str, session: &str| json!({"radiotherapy": {"state": state, "session": session, "day": "2024-07-20"}});
        let body = json!({"title": "The machines are off", "organisations": ["RZ7"], "lines": of("cancelled", "morning")});
        let id = declared(&app, &trust, body).await;
        let next = json!({"state": "limited", "lines": of("delayed", "afternoon"), "next_update_by": "2024-07-20T10:00:00Z"});
        let path = format!("/api/v1/incidents/{id}/updates");
        assert_eq!(app.api(&trust, "POST", &path, next).await.status, 201);
        let person = Person::of(&app, "RZ7", Role::Coordinator).await;
        let morning = "Radiotherapy: cancelled in the morning of 20 July 2024";
        let afternoon = "Radiotherapy: delays in the afternoon of 20 July 2024";
        let path = format!("/api/v1/incidents/{id}/reports");
        for (day, field) in [(19, "later"), (20, "lines")] {
            let report = app.api(&trust, "POST", &path, Value::Null).await.json();
            let lines = &report["content"][field];
            let told = |n: usize| {
                [&lines[n]["session"], &lines[n]["day"]].map(|v| v.as_str().unwrap_or("").to_owned())
            };
            assert_eq!(
                [told(0), told(1)],
                [["morning", "2024-07-20"], ["afternoon", "2024-07-20"]],
                "{report}"
            );
            let other = if day == 19 { "lines" } else { "later" };
            let others = report["content"][other].as_array().into_iter().flatten();
            assert_eq!(others.filter(|l| l["line"] == "radiotherapy").count(), 0, "{report}");
            let methane = report["methane"][4]["text"].as_str().unwrap();
            let heading = if day == 19 { "Not as usual on a later day: " } else { "Not as usual: " };
            let said = format!("{heading}{morning} at 1 organisation; {afternoon} at 1 organisation.");
            assert!(methane.contains(&said), "{methane}");
            let here = format!("/desk/reports/{}", report["id"].as_str().unwrap());
            for form in ["", "/print", "/report.csv"] {
                let text = person.get(&format!("{here}{form}")).await.text();
                assert!(text.contains(morning) && text.contains(afternoon), "{form}: {text}");
            }
            let pdf =
                crate::record_log::pages_of(&person.get(&format!("{here}/report.pdf")).await.body).join(" ");
            assert!(pdf.contains(morning) && pdf.contains(afternoon), "{pdf}");
            let board = person.get("/board?line=radiotherapy").await;
            assert_eq!(main_of(&board).contains("No place is like that."), day == 19);
            app.advance(Duration::hours(24));
        }
        let record = main_of(&person.get(&format!("/desk/incidents/{id}/record")).await);
        for said in [
            "cancelled, only in the morning of 20 July 2024",
            "delays, only in the afternoon of 20 July 2024",
        ] {
            assert!(record.contains(&format!("Radiotherapy: {said}")), "{record}");
        }
    }
}
