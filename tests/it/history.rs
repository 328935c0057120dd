//! Looking back: months, permanent addresses, what was learned, how often
//! things worked.

use scraper::{Html, Selector};
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts_of as texts};
use crate::told_alike as alike;

async fn declare(app: &TestApp, token: &str, at: &str, title: &str, code: &str) -> String {
    app.desk.clock.set(at.parse().unwrap());
    let body = json!({"title": title, "organisations": [code], "lines": {"phones": "down"}});
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    posted.json()["id"].as_str().unwrap().to_owned()
}

async fn resolve(app: &TestApp, token: &str, at: &str, id: &str) {
    app.desk.clock.set(at.parse().unwrap());
    let body = json!({"state": "resolved", "lines": {"phones": "working"}});
    assert_eq!(app.api(token, "POST", &format!("/api/v1/incidents/{id}/updates"), body).await.status, 201);
}

/// An incident is readable for years, at its month and at its own address, and
/// only where it was.
#[tokio::test]
async fn an_old_incident_keeps_its_month_and_its_address() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let old = declare(&app, &token, "2024-07-31T22:30:00Z", "Phones dead", "Z80001").await;
        let wrong = json!({"message": "The surgery is closed for good."});
        let posted = app.api(&token, "POST", &format!("/api/v1/incidents/{old}/updates"), wrong).await.json();
        let path = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
        app.api(&token, "POST", &path, json!({"correction": "We are open."})).await;
        resolve(&app, &token, "2024-08-01T02:00:00Z", &old).await;
        // 11:30pm in London on 31 July, and half past midnight on 1 August.
        let next = declare(&app, &token, "2024-07-31T23:30:00Z", "Past midnight", "Z80001").await;
        resolve(&app, &token, "2024-08-01T01:00:00Z", &next).await;
        let new = declare(&app, &token, "2026-03-02T09:00:00Z", "Flood", "Z80001").await;
        app.publish().await;

        let history = app.get("/Z80001/history").await.text();
        assert_eq!(texts(&history, "table td:nth-child(2)")[..1], ["Flood"]);
        assert!(!history.contains("Phones dead"), "closed more than 90 days ago");
        let months = texts(&history, ".sp-months a");
        assert_eq!((months.len(), months[0].as_str(), months[20].as_str()), (21, "March 2026", "July 2024"));

        let july = app.get("/Z80001/history/2024-07").await;
        assert_eq!(july.status, 200);
        let html = july.text();
        assert_eq!(texts(&html, "table tbody tr"), ["31 July 2024 Phones dead 3 hours 30 minutes"]);
        assert!(html.contains("<s>The surgery is closed for good.</s>") && html.contains("We are open."));
        assert!(texts(&html, "main p a").contains(&"After: August 2024".to_owned()));
        let welsh = app.get("/Z80001/cy/history/2024-07").await;
        assert!(welsh.status == 200 && welsh.text().contains("3 awr 30 munud"), "in Welsh");
        let august = app.get("/Z80001/history/2024-08").await.text();
        let went_on = "31 July 2024 Phones dead 3 hours 30 minutes";
        assert_eq!(
            texts(&august, "table tbody tr"),
            ["1 August 2024 Past midnight 1 hour 30 minutes", went_on],
            "it went on into August"
        );
        assert!(
            app.get("/Z80002/history/2024-07").await.text().contains("No problems have been reported here")
        );

        let one = app.get(&format!("/Z80001/incidents/{old}")).await;
        assert_eq!((one.status.as_u16(), texts(&one.text(), "h1")[0].contains("Phones dead")), (200, true));
        let shared = "<meta property=\"og:description\" content=\"Said to be over. Began at 11:30pm, Wednesday 31 July 2024. \
                      Ended at 3am, Thursday 1 August 2024.\">";
        assert!(one.text().contains(shared), "what other sites show beside a link: {}", one.text());
        assert_eq!(app.get(&format!("/Z80001/incidents/{new}")).await.status, 200);
        assert_eq!(app.get(&format!("/Z80002/incidents/{old}")).await.status, 404, "not theirs");
        for nowhere in [
            "/Z80001/history/2026-04",
            "/Z80001/history/2024-13",
            "/Z80001/history/july",
            "/Z80001/incidents/1",
            "/Z99999/history/2024-07",
        ] {
            assert_eq!(app.get(nowhere).await.status, 404, "{nowhere}");
        }
        let moved = app.get("/z80001/history/2024-07").await;
        assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/Z80001/history/2024-07"));
        let etag = july.header("etag").to_owned();
        let again = http::Request::get("/Z80001/history/2024-07").header("if-none-match", etag);
        assert_eq!(app.send(again.body(axum::body::Body::empty()).unwrap()).await.status, 304);
    }
}

/// Exercises never get into the history (hazard H9).
#[tokio::test]
async fn an_exercise_leaves_no_trace_in_the_history() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let body = json!({"title": "Only an exercise", "kind": "exercise", "organisations": ["Z80001"]});
    let id =
        app.api(&token, "POST", "/api/v1/incidents", body).await.json()["id"].as_str().unwrap().to_owned();
    app.publish().await;
    assert!(!app.get("/Z80001/history/2024-07").await.text().contains("Only an exercise"));
    assert_eq!(app.get(&format!("/Z80001/incidents/{id}")).await.status, 404);
}

#[tokio::test]
async fn what_was_learned_stands_under_the_incident() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = declare(&app, &token, "2024-07-19T07:00:00Z", "Phones dead", "Z80001").await;
        let path = format!("/api/v1/incidents/{id}/note");
        let early = app.api(&token, "POST", &path, json!({"message": "Too soon."})).await;
        assert_eq!(early.status, 409, "{}", early.text());
        resolve(&app, &token, "2024-07-19T09:00:00Z", &id).await;
        let blank = app.api(&token, "POST", &path, json!({"message": " "})).await;
        assert_eq!((blank.status.as_u16(), &blank.json()["errors"][0]["pointer"]), (422, &json!("/message")));
        let other = app.token("Z80002", Role::Publisher).await;
        assert_eq!(app.api(&other, "POST", &path, json!({"message": "Ha."})).await.status, 404);
        let note = app
            .api(&token, "POST", &path, json!({"message": "A cable was cut.\n<b>Now</b> there are two."}))
            .await;
        assert_eq!(note.status, 201, "{}", note.text());
        app.publish().await;
        for page in ["/Z80001/history".to_owned(), format!("/Z80001/incidents/{id}")] {
            let html = app.get(&page).await.text();
            assert_eq!(
                texts(&html, ".sp-learned p")[..3],
                ["What we learned", "A cable was cut.", "<b>Now</b> there are two."],
                "{page}"
            );
        }
        // It is over once the place says so too.
        let place = app.token("Z80001", Role::Publisher).await;
        let answer = format!("/api/v1/incidents/{id}/responses/Z80001");
        assert_eq!(app.api(&place, "PUT", &answer, json!({"answer": "recovered"})).await.status, 200);
        app.publish().await;
        let all = app.get("/Z80001/api/v2/incidents.json").await.json();
        let first = &all["incidents"][0];
        assert_eq!(
            (&first["status"], &first["postmortem_body"]),
            (&json!("postmortem"), &json!("A cable was cut.\n<b>Now</b> there are two."))
        );

        // Read again years later; and from a screen, over what stands there.
        app.desk.clock.set("2026-07-19T09:00:00Z".parse().unwrap());
        app.publish().await;
        let person = Person::of(&app, "X24", Role::Publisher).await;
        let form = person.get(&format!("/desk/incidents/{id}/note")).await;
        assert!(form.text().contains("A cable was cut."));
        let saved =
            person.post(&format!("/desk/incidents/{id}/note"), &[("message", "Two cables now.")]).await;
        assert_eq!(saved.header("location"), "/desk?done=note");
        app.advance(chrono::Duration::minutes(2));
        let july = app.get("/Z80001/history/2024-07").await.text();
        assert!(july.contains("Two cables now.") && !july.contains("A cable was cut."));
    }
}

/// When the database is gone: what was read stays readable, with its age; the
/// rest says so in plain words.
#[tokio::test]
async fn the_past_outlives_the_database_where_somebody_has_read_it() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let id = declare(&app, &token, "2024-07-19T07:00:00Z", "Phones dead", "Z80001").await;
    resolve(&app, &token, "2024-07-19T09:00:00Z", &id).await;
    app.desk.clock.set("2025-07-19T09:00:00Z".parse().unwrap());
    app.publish().await;
    let july = app.get("/Z80001/history/2024-07").await;
    assert!(july.text().contains("Checked at"));
    app.desk.db.close().await;
    app.advance(chrono::Duration::hours(1));
    let still = app.get("/Z80001/history/2024-07").await;
    assert_eq!((still.status.as_u16(), still.body), (200, july.body));
    let gone = app.get(&format!("/Z80001/incidents/{id}")).await;
    assert_eq!(gone.status, 503);
    assert!(gone.text().contains("We cannot look that far back at the moment"));
    assert_eq!(app.get("/Z80001/history").await.status, 200);
}

/// How often things worked, from incidents, the place's own words and planned
/// work.
#[tokio::test]
async fn the_time_that_did_not_work_adds_up() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        // 3 hours of an incident, of which the place says for 1 that it is fine.
        let id = declare(&app, &token, "2024-07-19T07:00:00Z", "Phones dead", "Z80001").await;
        app.desk.clock.set("2024-07-19T08:00:00Z".parse().unwrap());
        let fine = json!({"lines": {"phones": "working"}, "expires_at": "2024-07-19T09:00:00Z"});
        app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", fine).await;
        resolve(&app, &token, "2024-07-19T10:00:00Z", &id).await;
        // 2 hours of planned work a week later.
        let plan = json!({"title": "Work", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "starts_at": "2024-07-26T01:00:00Z", "ends_at": "2024-07-26T03:00:00Z"});
        assert_eq!(app.api(&token, "POST", "/api/v1/planned", plan).await.status, 201);
        // Half an hour of its own word, taken back.
        app.desk.clock.set("2024-08-01T09:00:00Z".parse().unwrap());
        let off = json!({"lines": {"online_form": "off"}});
        app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", off).await;
        app.desk.clock.set("2024-08-01T09:30:00Z".parse().unwrap());
        app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", json!({"lines": {}})).await;
        app.desk.clock.set("2024-08-02T09:00:00Z".parse().unwrap());
        app.publish().await;
        let html = app.get("/Z80001/history").await.text();
        let row = |label: &str| texts(&html, "tr").into_iter().find(|r| r.starts_with(label)).unwrap();
        assert_eq!(
            row("Phone lines"),
            "Phone lines 98.81% 4 hours",
            "4 hours of the 14 days since there are records"
        );
        assert_eq!(row("Online form"), "Online form 99.85% 30 minutes");
        assert_eq!(row("Prescriptions"), "Prescriptions 100.00% Not at all");
        let document = Html::parse_document(&html);
        let bar = document.select(&Selector::parse(".sp-days[aria-hidden=true] span").unwrap()).count();
        assert_eq!(bar, 90);
        let bad = Selector::parse(".sp-days__day--3, .sp-days__day--2").unwrap();
        assert_eq!(document.select(&bad).count(), 3, "19 and 26 July, 1 August");

        // What others said and was taken back does not count.
        let flood = declare(&app, &token, "2024-08-02T09:00:00Z", "Flood", "Z80002").await;
        let seen = app.api(&token, "GET", &format!("/api/v1/incidents/{flood}"), Value::Null).await.json();
        app.desk.clock.set("2024-08-02T12:00:00Z".parse().unwrap());
        let update = seen["updates"][0]["id"].as_str().unwrap();
        app.api(
            &token,
            "POST",
            &format!("/api/v1/updates/{update}/withdrawal"),
            json!({"correction": "No flood."}),
        )
        .await;
        app.publish().await;
        let html = app.get("/Z80002/history").await.text();
        assert!(texts(&html, "tr").contains(&"Phone lines 100.00% Not at all".to_owned()));
    }
}

/// What a place said while it said it counts, whatever it answers later, and also where it says
/// with it that an incident of others does not touch it.
#[tokio::test]
async fn what_the_page_said_counts_whatever_is_answered_later() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let at = |app: &TestApp, time: &str| {
            app.desk.clock.set(format!("2024-07-19T{time}:00Z").parse().unwrap());
        };
        at(&app, "08:00");
        let emis = alike::declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        let off = json!({"title": "Power cut", "organisations": ["RZ5"], "lines": {"scans": "cancelled"}});
        let power = alike::declare(&app, "Y91", off).await;
        at(&app, "08:05");
        let shut = |answer: &str| json!({"answer": answer, "lines": {"attend": "do_not_come"}});
        alike::answers(&app, "Z80001", &emis, shut("affected")).await;
        alike::answers(&app, "Z80002", &emis, shut("not_affected")).await;
        alike::answers(&app, "Z80005", &emis, json!({"answer": "not_affected"})).await;
        alike::answers(&app, "RZ5", &power, json!({"answer": "affected"})).await;
        at(&app, "08:35");
        let late = json!({"answer": "recovered", "lines": {"operations": "cancelled"}});
        alike::answers(&app, "RZ5", &power, late).await;
        at(&app, "09:05");
        alike::answers(&app, "Z80001", &emis, json!({"answer": "busy", "lines": {}})).await;
        at(&app, "10:05");
        app.publish().await;
        let coming = "Appointments you already have";
        for (place, label, lasted) in [
            ("Z80001", coming, "1 hour 5 minutes"),
            ("Z80002", coming, "2 hours"),
            ("Z80005", coming, "Not at all"),
            ("RZ5", "Operations", "1 hour 30 minutes"),
            ("RZ5", "Scans and X-rays", "35 minutes"),
        ] {
            let rows = texts(&app.get(&format!("/{place}/history")).await.text(), "tr");
            let counted = rows.iter().find(|r| r.starts_with(label) && r.contains('%')).unwrap();
            assert!(counted.ends_with(&format!("% {lasted}")), "{place}: {counted}");
        }
        for (place, row) in [
            ("Z80001", "19 July 2024 EMIS is down 1 hour 5 minutes"),
            ("Z80002", "19 July 2024 Appointments you already have: Do not come Still going on"),
            ("Z80005", "19 July 2024 EMIS is down Not affected here"),
        ] {
            let rows = texts(&app.get(&format!("/{place}/history")).await.text(), "table tbody tr");
            assert!(rows.contains(&row.to_owned()), "{place}: {rows:?}");
        }
        // It stays so when it is over.
        alike::answers(&app, "Z80002", &emis, json!({"answer": "not_affected", "lines": {}})).await;
        at(&app, "11:05");
        app.publish().await;
        let rows = texts(&app.get("/Z80002/history").await.text(), "tr");
        assert!(rows.iter().any(|r| r.starts_with(coming) && r.ends_with("% 2 hours")), "{rows:?}");
    }
}
