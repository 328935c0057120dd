//! Planned downtime, end to end on both databases: announced, reminded, begun,
//! extended, ended, cancelled; each told once, however many workers look.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::delivery::Limits;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::{delivery_reports, planned};
use signpost::workers::planner;

use crate::harness::{Driver, TestApp};

/// Saturday 20 July 2024, 10pm to Sunday 2am in London.
const STARTS: &str = "2024-07-20T21:00:00Z";
const ENDS: &str = "2024-07-21T01:00:00Z";

fn phones(starts: &str, ends: &str) -> Value {
    json!({"title": "New phone system", "organisations": ["Z80001"], "lines": {"phones": "down"},
        "starts_at": starts, "ends_at": ends})
}

async fn plan(app: &TestApp, token: &str, body: Value) -> String {
    let posted = app.api(token, "POST", "/api/v1/planned", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    posted.json()["id"].as_str().unwrap().to_owned()
}

/// Lets the clock reach a moment, and everything that follows from it happen.
async fn at(app: &mut TestApp, moment: &str) {
    app.desk.clock.set(moment.parse().unwrap());
    planner::step(&app.desk).await.unwrap();
    app.run_workers().await;
}

/// The subjects of all captured emails, oldest first.
async fn subjects(app: &TestApp) -> Vec<String> {
    let mut tx = app.desk.db.read().await.unwrap();
    let mut out = Vec::new();
    for d in delivery_reports::newest(&mut tx, Some(Channel::Email), None, 1000).await.unwrap() {
        let message =
            signpost::store::broadcasts::message(&mut tx, d.broadcast, &d.organisation, &d.locale).await;
        out.push((d.made_at, message.unwrap().unwrap().subject));
    }
    out.sort();
    out.into_iter().map(|(_, subject)| subject.split_once(": ").unwrap().1.to_owned()).collect()
}

fn phones_line(status: &Value) -> Value {
    let lines = status["lines"].as_array().unwrap();
    lines.iter().find(|l| l["line"] == "phones").map_or(Value::Null, |l| l["state"].clone())
}

#[tokio::test]
async fn a_window_is_announced_begins_is_extended_and_ends() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001"), ("b@example.org", "email", "Z80002")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = plan(&app, &token, phones(STARTS, ENDS)).await;
        let path = format!("/api/v1/planned/{id}");

        // Announced: the page is calm, and says what is to come.
        app.run_workers().await;
        let page = app.status("Z80001").await;
        assert_eq!(page["headline"]["state"], "normal");
        assert_eq!(phones_line(&page), Value::Null);
        let window = &page["planned"][0];
        assert_eq!(
            (&window["state"], &window["starts_at"]),
            (&json!("scheduled"), &json!("2024-07-20T21:00:00.000Z"))
        );
        assert_eq!(window["text"], "This is planned from 10pm on Saturday 20 July to 2am on Sunday 21 July.");
        let html = app.get("/Z80001").await.text();
        assert!(html.contains("Planned work") && html.contains("Our phones are not working."));
        assert_eq!(app.status("Z80002").await["planned"], json!([]), "nobody else is concerned");

        // Nothing runs, so nothing can be extended or ended.
        let early = app.api(&token, "POST", &format!("{path}/end"), json!({})).await;
        assert_eq!(early.status, 409, "{}", early.text());

        at(&mut app, "2024-07-19T21:00:00Z").await;
        at(&mut app, STARTS).await;
        let page = app.status("Z80001").await;
        assert_eq!((&page["headline"]["state"], phones_line(&page)), (&json!("serious"), json!("down")));
        assert_eq!(page["planned"][0]["text"], "This has started. It should end at 2am on Sunday 21 July.");

        app.desk.clock.set("2024-07-21T00:30:00Z".parse().unwrap());
        let extended = json!({"ends_at": "2024-07-21T03:00:00Z", "message": "A part is missing."});
        let extended = app.api(&token, "POST", &format!("{path}/extension"), extended).await;
        assert_eq!(extended.status, 201, "{}", extended.text());
        at(&mut app, "2024-07-21T02:00:00Z").await;
        assert_eq!(phones_line(&app.status("Z80001").await), json!("down"), "past the first end");

        // Its end passes and nobody says that it is done.
        at(&mut app, "2024-07-21T03:00:00Z").await;
        let page = app.status("Z80001").await;
        assert_eq!((&page["headline"]["state"], phones_line(&page)), (&json!("normal"), Value::Null));
        assert_eq!(page["freshness"], "current", "the end of planned work is no reason for doubt");
        let text = "This was due to end at 4am. Things should be working again.";
        assert_eq!(
            (&page["planned"][0]["state"], &page["planned"][0]["text"]),
            (&json!("settling"), &json!(text))
        );

        let done = app.api(&token, "POST", &format!("{path}/end"), json!({"message": "All done."})).await;
        assert_eq!(done.status, 201, "{}", done.text());
        at(&mut app, "2024-07-21T03:10:00Z").await;
        assert_eq!(app.status("Z80001").await["planned"], json!([]));
        assert_eq!(
            subjects(&app).await,
            [
                "Planned work from 10pm on Saturday 20 July to 2am on Sunday 21 July",
                "Reminder: planned work from 10pm on Saturday 20 July to 2am on Sunday 21 July",
                "Planned work has started",
                "Planned work is taking longer",
                "Planned work was due to end now",
                "Planned work is over",
            ]
        );
        let seen = app.api(&token, "GET", &path, Value::Null).await.json();
        let steps: Vec<&str> =
            seen["updates"].as_array().unwrap().iter().map(|u| u["step"].as_str().unwrap()).collect();
        assert_eq!(steps, ["ended", "ended", "extended", "begun", "reminded", "announced"]);
    }
}

/// A plan that comes back keeps its time on the clock, and one window can be
/// called off. Nobody stays away for what will not happen.
#[tokio::test]
async fn one_window_of_many_is_cancelled_and_the_others_take_place() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        // Sundays from 2am to 4am, across the end of summer time on 27 October.
        let mut body = phones("2024-10-20T01:00:00Z", "2024-10-20T03:00:00Z");
        body["lines"] = json!({"phones": "down", "attend": "do_not_come"});
        body["repeat"] = json!({"frequency": "weekly", "days": ["sunday"], "until": "2024-11-10"});
        let id = plan(&app, &token, body).await;
        app.run_workers().await;
        let path = format!("/api/v1/planned/{id}");
        let seen = app.api(&token, "GET", &path, Value::Null).await.json();
        let starts: Vec<&str> = seen["occurrences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o["starts_at"].as_str().unwrap())
            .collect();
        assert_eq!(
            starts,
            [
                "2024-10-20T01:00:00.000Z",
                "2024-10-27T02:00:00.000Z",
                "2024-11-03T02:00:00.000Z",
                "2024-11-10T02:00:00.000Z"
            ]
        );
        let wrong = json!({"occurrence": "2024-10-28"});
        let refused = app.api(&token, "POST", &format!("{path}/cancellation"), wrong).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["errors"][0]["pointer"]),
            (422, &json!("/occurrence"))
        );

        at(&mut app, "2024-10-20T01:00:00Z").await;
        assert_eq!(app.status("Z80001").await["headline"]["state"], "closed");
        at(&mut app, "2024-10-20T03:00:00Z").await;
        let one = json!({"occurrence": "2024-10-27", "message": "The supplier cannot come."});
        let cancelled = app.api(&token, "POST", &format!("{path}/cancellation"), one.clone()).await;
        assert_eq!(cancelled.status, 201, "{}", cancelled.text());
        assert_eq!(app.api(&token, "POST", &format!("{path}/cancellation"), one).await.status, 409);
        app.run_workers().await;
        let page = app.status("Z80001").await;
        let planned = page["planned"].as_array().unwrap();
        let shown: Vec<(&Value, &Value)> = planned.iter().map(|p| (&p["occurrence"], &p["state"])).collect();
        assert_eq!(
            shown,
            [
                (&json!("2024-10-20"), &json!("settling")),
                (&json!("2024-10-27"), &json!("cancelled")),
                (&json!("2024-11-03"), &json!("scheduled"))
            ]
        );
        // The night comes, and nothing happens.
        at(&mut app, "2024-10-26T02:00:00Z").await;
        at(&mut app, "2024-10-27T02:30:00Z").await;
        assert_eq!(app.status("Z80001").await["headline"]["state"], "normal");
        at(&mut app, "2024-11-03T02:30:00Z").await;
        assert_eq!(app.status("Z80001").await["headline"]["state"], "closed");

        let all = app.api(&token, "POST", &format!("{path}/cancellation"), json!({})).await;
        assert_eq!(all.status, 201, "{}", all.text());
        at(&mut app, "2024-11-03T02:31:00Z").await;
        assert_eq!(app.status("Z80001").await["headline"]["state"], "normal", "it stops at once");
        // What had been called off by then is not called off once more.
        let kept = app.get("/Z80001/api/v2/scheduled-maintenances.json").await.json();
        let kept = kept["scheduled_maintenances"].as_array().unwrap().clone();
        for (day, times) in [("2024-10-27", 1), ("2024-11-03", 1)] {
            let one = kept.iter().find(|m| m["nhs"]["occurrence"] == day).unwrap();
            let updates = one["incident_updates"].as_array().unwrap();
            assert_eq!(updates.iter().filter(|u| u["status"] == "completed").count(), times, "{one}");
        }
        at(&mut app, "2024-11-10T03:00:00Z").await;
        assert_eq!(app.status("Z80001").await["headline"]["state"], "normal");
        let subjects = subjects(&app).await;
        assert_eq!(subjects.iter().filter(|s| s.starts_with("Cancelled: planned work from 2am")).count(), 1);
        assert_eq!(subjects.iter().filter(|s| *s == "Planned work has started").count(), 2);
        assert_eq!(subjects.last().unwrap(), "All of this planned work is cancelled");
    }
}

/// Two workers, in one process or two, remind once; so do two that look again.
#[tokio::test]
async fn two_workers_remind_begin_and_end_once() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = plan(&app, &token, phones(STARTS, ENDS)).await;
        app.run_workers().await;
        for (moment, steps) in [("2024-07-19T21:00:00Z", 2), (STARTS, 3), (ENDS, 4)] {
            app.desk.clock.set(moment.parse().unwrap());
            let (one, two) = (app.desk.clone(), app.desk.clone());
            let race = [
                tokio::spawn(async move { planner::step(&one).await.unwrap() }),
                tokio::spawn(async move { planner::step(&two).await.unwrap() }),
            ];
            let mut done = 0;
            for worker in race {
                done += worker.await.unwrap();
            }
            done += planner::step(&app.desk).await.unwrap();
            assert_eq!(done, 1, "{driver:?} at {moment}");
            let mut tx = app.desk.db.read().await.unwrap();
            let found = planned::find(&mut tx, id.parse().unwrap(), false).await.unwrap().unwrap();
            assert_eq!(found.steps.len(), steps);
            drop(tx);
            app.run_workers().await;
        }
        assert_eq!(subjects(&app).await.len(), 4, "announced, reminded, begun, ended");
    }
}

#[tokio::test]
async fn what_the_place_says_itself_beats_what_was_planned() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    for by in ["X24", "Z80001"] {
        let planner = app.token(by, Role::Publisher).await;
        plan(&app, &planner, phones(STARTS, ENDS)).await;
    }
    at(&mut app, STARTS).await;
    assert_eq!(phones_line(&app.status("Z80001").await), json!("down"));
    let local = json!({"lines": {"phones": "working"}, "message": "We are done early."});
    assert_eq!(app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", local).await.status, 200);
    let page = app.status("Z80001").await;
    assert_eq!((&page["headline"]["state"], phones_line(&page)), (&json!("normal"), json!("working")));
}

/// No worker, no database: the pages begin and end a window by the clock.
#[tokio::test]
async fn a_page_follows_the_clock_without_a_worker() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    plan(&app, &token, phones(STARTS, ENDS)).await;
    app.publish().await;
    app.desk.db.close().await;
    for (moment, state, text) in [
        ("2024-07-20T20:59:00Z", "normal", "This is planned from 10pm on Saturday 20 July"),
        (STARTS, "serious", "This has started."),
        ("2024-07-21T00:59:00Z", "serious", "This has started."),
        (ENDS, "normal", "Things should be working again."),
    ] {
        app.desk.clock.set(moment.parse().unwrap());
        // As if it had been there until a moment ago.
        app.site.confirm(moment.parse().unwrap());
        let page = app.get("/Z80001/status.json").await.json();
        assert_eq!(page["headline"]["state"], state, "{moment}");
        assert!(page["planned"][0]["text"].as_str().unwrap().contains(text), "{moment}: {page}");
    }
    app.desk.clock.set("2024-07-21T03:00:00Z".parse().unwrap());
    assert_eq!(app.get("/Z80001/status.json").await.json()["planned"], json!([]));
}

/// Work that nobody notices is announced, and begins and ends in silence. On a
/// system it reaches who uses it.
#[tokio::test]
async fn quiet_work_on_a_system_is_announced_to_those_who_use_it() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
    let token = app.token("X24", Role::Coordinator).await;
    let body = json!({"system": "emis-web", "lines": {"booking": "normal"}, "remind_hours": 0,
        "starts_at": STARTS, "ends_at": ENDS, "message": "You will not notice it."});
    let posted = app.api(&token, "POST", "/api/v1/planned", body).await.json();
    assert_eq!(posted["reach"]["organisations"], 42);
    for moment in ["2024-07-19T21:00:00Z", STARTS, ENDS] {
        at(&mut app, moment).await;
    }
    assert_eq!(subjects(&app).await, ["Planned work from 10pm on Saturday 20 July to 2am on Sunday 21 July"]);
    assert_eq!(app.status("Z80041").await["planned"], json!([]), "SystmOne");
    assert_eq!(app.status("Z80053").await["planned"], json!([]), "nobody knows what it uses");
    let counts = app.counts(&token, posted["update"]["id"].as_str().unwrap()).await;
    assert_eq!(counts["email"]["captured"], 1);
}

#[tokio::test]
async fn wrong_plans_are_refused_field_by_field_and_a_key_plans_once() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let pointers = |answer: &crate::harness::Answer| -> Vec<String> {
        let errors = answer.json()["errors"].as_array().unwrap().clone();
        errors.iter().map(|e| e["pointer"].as_str().unwrap().to_owned()).collect()
    };
    for (body, expected) in [
        (json!({}), vec!["/starts_at", "/ends_at", "/title"]),
        (
            json!({"title": "X", "scope": "Z80001", "starts_at": "2024-07-18T00:00:00Z", "ends_at": "2024-07-17T00:00:00Z"}),
            vec!["/starts_at", "/ends_at"],
        ),
        (
            json!({"title": "X", "scope": "Z80001", "starts_at": STARTS, "ends_at": ENDS, "repeat": {"frequency": "weekly", "days": ["noday"]}}),
            vec!["/repeat/days/0", "/repeat/days"],
        ),
        (
            json!({"title": "X", "scope": "Z80001", "starts_at": STARTS, "ends_at": ENDS, "repeat": {"frequency": "weekly", "days": ["monday"]}}),
            vec!["/repeat/days"],
        ),
        (
            json!({"title": "X", "scope": "Z80001", "starts_at": STARTS, "ends_at": ENDS, "remind_hours": 400, "tea": 1}),
            vec!["/tea", "/remind_hours"],
        ),
    ] {
        let answer = app.api(&token, "POST", "/api/v1/planned", body.clone()).await;
        assert_eq!(
            (answer.status.as_u16(), pointers(&answer)),
            (422, expected.into_iter().map(str::to_owned).collect()),
            "{body}"
        );
    }
    let viewer = app.token("X24", Role::Viewer).await;
    assert_eq!(app.api(&viewer, "POST", "/api/v1/planned", phones(STARTS, ENDS)).await.status, 403);
    let other = app.token("Z80002", Role::Publisher).await;
    assert_eq!(app.api(&other, "POST", "/api/v1/planned", phones(STARTS, ENDS)).await.status, 403);
    let id = plan(&app, &token, phones(STARTS, ENDS)).await;
    assert_eq!(app.api(&other, "GET", &format!("/api/v1/planned/{id}"), Value::Null).await.status, 404);
    assert_eq!(
        app.api(&other, "POST", &format!("/api/v1/planned/{id}/cancellation"), json!({})).await.status,
        404
    );
    app.advance(Duration::minutes(1));
    assert_eq!(
        app.api(&token, "GET", "/api/v1/planned", Value::Null).await.json()["planned"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

/// A cancellation goes to whoever may have heard of the plan, at once and in its author's
/// words; whoever has not heard of it hears nothing.
#[tokio::test]
async fn a_cancellation_reaches_those_who_were_told_and_nobody_else() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = crate::overtaken::slow(driver).await;
        let id = plan(&app, &token, phones(STARTS, ENDS)).await;
        app.run_workers().await;
        assert_eq!(provider.taken.lock().unwrap().len(), 0);
        // A trial: one has it, the others nothing.
        app.advance(Duration::seconds(31));
        provider.always(None);
        crate::overtaken::one(&app).await;
        let told = provider.taken.lock().unwrap().clone();
        assert_eq!(told.len(), 1, "{told:?}");
        app.desk = app.desk.clone().with_limits(Limits { hold_above: 1, ..crate::sending::in_steps() });
        let words = json!({"message": "The supplier cannot come."});
        let called = app.api(&token, "POST", &format!("/api/v1/planned/{id}/cancellation"), words).await;
        assert_eq!(called.status, 201, "{}", called.text());
        assert_eq!(called.json()["reach"]["recipients"]["sms"], 1, "{}", called.text());
        crate::overtaken::well_again(&mut app, &provider).await;
        let taken = provider.taken.lock().unwrap().clone();
        assert_eq!(taken.len(), 2, "{taken:?}");
        let (to, text) = &taken[1];
        assert_eq!(to, &told[0].0);
        assert!(text.contains("Cancelled") && text.contains("The supplier cannot come."), "{text}");
    }
}
