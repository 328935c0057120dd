//! What an auditor found as a coordinator, a practice manager and a reviewer.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

async fn declare(app: &TestApp, token: &str, body: Value) -> String {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    posted.json()["id"].as_str().unwrap().to_owned()
}

async fn update(app: &TestApp, token: &str, id: &str, body: Value) {
    let posted = app.api(token, "POST", &format!("/api/v1/incidents/{id}/updates"), body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
}

async fn answers(app: &TestApp, place: &str, id: &str, body: Value) {
    let token = app.token(place, Role::Publisher).await;
    let path = format!("/api/v1/incidents/{id}/responses/{place}");
    let said = app.api(&token, "PUT", &path, body).await;
    assert_eq!(said.status, 200, "{}", said.text());
}

/// The newest message.
async fn newest(app: &TestApp) -> signpost::domain::message::Message {
    let mut tx = app.desk.db.read().await.unwrap();
    let d = signpost::store::delivery_reports::newest(&mut tx, None, None, 1).await.unwrap().remove(0);
    let written = signpost::store::broadcasts::message(&mut tx, d.broadcast, &d.organisation, &d.locale);
    written.await.unwrap().unwrap()
}

async fn main_of(person: &Person<'_>, path: &str) -> String {
    let page = person.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.text());
    texts(&page, "main").join(" ")
}

/// "Works again" is not said of what works in part, whatever else is wrong at the place; and
/// what has run out elsewhere is not what the message is about.
#[tokio::test]
async fn what_works_in_part_is_never_said_to_work_again() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
    let region = app.token("Y91", Role::Coordinator).await;
    let soon = json!({"title": "The network is slow", "scope": "Y91", "lines": {"booking": "urgent_only"},
        "next_update_by": "2024-07-19T07:30:00Z"});
    declare(&app, &region, soon).await;
    let id = declare(&app, &region, json!({"system": "emis-web"})).await;
    answers(&app, "Z80001", &id, json!({"answer": "affected", "lines": {"phones": "down"}})).await;
    app.desk.clock.set("2024-07-19T09:00:00Z".parse().unwrap());
    update(&app, &region, &id, json!({"state": "limited"})).await;
    app.run_workers().await;
    let told = newest(&app).await;
    assert_eq!(told.paragraphs[0], "Some of our systems are working again. Others are not.");
    assert!(told.subject.ends_with(": partly working again"), "{}", told.subject);

    // Each wording that leaves is among those that its author reads first.
    let person = Person::of(&app, "Y91", Role::Coordinator).await;
    let fields = [("state", "limited"), ("lines.booking", "urgent_only"), ("next_update_by", "2h")];
    let seen = person.post(&format!("/desk/incidents/{id}/preview"), &fields).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    let all = texts(&seen, ".sp-message").join(" ");
    assert!(all.contains("Our phones are not working"), "{all}");
}

/// Nothing has recovered because the time ran out until which it was good.
#[tokio::test]
async fn what_has_run_out_is_not_known_in_reports_on_boards_and_in_approvals() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let id = declare(&app, &region, json!({"system": "emis-web"})).await;
        answers(&app, "Z80001", &id, json!({"answer": "affected", "lines": {"phones": "down"}})).await;
        app.advance(Duration::hours(5));
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let drafted = person.post(&format!("/desk/incidents/{id}/reports"), &[]).await;
        let report = drafted.header("location").to_owned();
        let text = main_of(&person, &report).await;
        assert!(text.contains("Phone lines: not known, last not working at 3 organisations"), "{text}");
        let csv = person.get(&format!("{report}/report.csv")).await.text();
        assert!(
            csv.contains("lines,Fixture Uplands,\"Phone lines: not known, last not working\",3"),
            "{csv}"
        );
        let json = person.get(&format!("{report}/report.json")).await.json();
        assert!(json["content"]["not_known"].to_string().contains("phones"), "{json}");
        let board = main_of(&person, "/board").await;
        assert!(
            board.contains("Phones were down, and nobody knows whether they still are: 3 places"),
            "{board}"
        );
        // Of two places with one name, which is it?
        assert!(board.contains("Ashwick (Z80001)"), "{board}");
        // Whoever agrees to more reads the same.
        app.desk = app.desk.clone().with_rules(Rules::default());
        let more = json!({"lines": {"phones": "limited"}});
        let path = format!("/api/v1/incidents/{id}/updates");
        let waits = app.api(&region, "POST", &path, more).await.json();
        assert_eq!(waits["publication"], "awaiting_approval", "{waits}");
        let second = Person::of(&app, "Y91", Role::Approver).await;
        let screen = second.get(&format!("/desk/approvals/{}", update_of(&waits))).await;
        let rows = texts(&screen, "tbody tr");
        assert!(rows.iter().any(|row| row.starts_with("Phone lines Not known")), "{rows:?}");
    }
}

/// What is real is not counted in an exercise, and what is practised is.
#[tokio::test]
async fn an_exercise_is_counted_from_its_own_facts() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let live = json!({"title": "A flood", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "next_update_by": "2024-07-19T07:10:00Z"});
        declare(&app, &region, live).await;
        let practised = json!({"system": "emis-web", "kind": "exercise", "lines": {"booking": "paused"}});
        let id = declare(&app, &region, practised).await;
        app.advance(Duration::minutes(30));
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let drafted = person.post(&format!("/desk/incidents/{id}/reports"), &[]).await;
        let text = main_of(&person, drafted.header("location")).await;
        assert!(text.contains("This is an exercise. Nothing here is real."), "{text}");
        assert!(text.contains("Overdue 0") && !text.contains("Phone lines"), "{text}");
        assert!(text.contains("New appointments") && text.contains("No patient was told."), "{text}");
        assert!(!text.contains("What the public was told"), "{text}");
        let desk = person.get("/desk").await;
        let tags = texts(&desk, ".nhsuk-card--warning .nhsuk-tag");
        assert!(tags.contains(&"EXERCISE".to_owned()), "{tags:?}");
        let board = person.get(&format!("/board?incident={id}")).await;
        let text = texts(&board, "main").join(" ");
        assert!(text.contains("This is an exercise. Nothing here is real."), "{text}");
        assert!(text.contains("Update late 0") && !text.contains("Phones are down: "), "{text}");
        assert!(main_of(&person, "/board").await.contains("Phones are down: "));
    }
}

/// Whoever decides on what was overtaken sees what it says against what stands, and the newer
/// post; saving it as it was settles nothing.
#[tokio::test]
async fn what_was_overtaken_is_shown_whole_beside_the_newer_post() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules::default());
        let author = app.token("Y91", Role::Publisher).await;
        let second = app.token("Y91", Role::Approver).await;
        let posted =
            app.api(&author, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        decide(&app, &second, &update_of(&posted), "approval", json!({})).await;
        let updates = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let old =
            json!({"state": "limited", "message": "Paper forms are here.", "lines": {"booking": "paused"}});
        let old = update_of(&app.api(&author, "POST", &updates, old).await.json());
        let new = json!({"state": "identified", "lines": {"booking": "urgent_only"}});
        let new = update_of(&app.api(&author, "POST", &updates, new).await.json());
        app.advance(Duration::minutes(5));
        assert_eq!(decide(&app, &second, &new, "approval", json!({})).await.status, 200);
        let here = format!("/desk/approvals/{old}");
        {
            let approver = Person::of(&app, "Y91", Role::Approver).await;
            let look = async || {
                let screen = approver.get(&here).await;
                let text = texts(&screen, "main").join(" ");
                for said in [
                    "Something newer was said",
                    "EMIS Web is not working",
                    "Paper forms are here.",
                    "Partly working again",
                    "New appointments",
                ] {
                    assert!(text.contains(said), "{said}: {text}");
                }
                assert!(!text.contains("It changes 0 pages"), "{text}");
                let links = values(&screen, "main a", "href");
                assert!(links.contains(&format!("/desk/updates/{new}")), "{links:?}");
            };
            look().await;
            let form = approver.get(&format!("{here}/edit")).await;
            let text = texts(&form, "main").join(" ");
            assert!(
                text.contains("How far it is: Partly working again") && text.contains("New appointments"),
                "{text}"
            );
            assert!(text.contains("Something newer was said"), "{text}");
            let same = [("message", "Paper forms are here.")];
            assert_eq!(approver.post(&format!("{here}/edit"), &same).await.status, 303);
            look().await;
            // What was pressed too late shows what is there now.
            let late = approver.post(&format!("{here}/approve"), &[("hash", "00")]).await;
            assert_eq!(late.status, 409);
            assert!(late.text().contains("Paper forms are here."), "{}", late.text());
            assert!(values(&late, "main a", "href").contains(&here), "{}", late.text());
        }
    }
}

/// Who wrote what was refused learns it, and has not to write it again; the record tells of
/// everybody who agreed or did not.
#[tokio::test]
async fn a_refusal_reaches_its_author_and_the_record() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules::default());
        let author = Person::of(&app, "Y91", Role::Publisher).await;
        let fields = [
            ("system", "emis-web"),
            ("reach", "area"),
            ("scope", "Y91"),
            ("message", "Bring a pen."),
            ("lines.booking", "paused"),
            ("next_update_by", "2h"),
        ];
        let posted = author.post("/desk/post", &fields).await;
        assert_eq!(posted.status, 303, "{}", posted.text());
        let id = posted.header("location").split('/').nth(3).unwrap().to_owned();
        let approver = Person::of(&app, "Y91", Role::Approver).await;
        let here = format!("/desk/approvals/{id}");
        let refused = approver.post(&format!("{here}/refuse"), &[("reason", "Nobody needs a pen.")]).await;
        assert_eq!(refused.status, 303, "{}", refused.text());
        let desk = author.get("/desk").await;
        let text = texts(&desk, "main").join(" ");
        assert!(
            text.contains("What you wrote was not approved") && text.contains("Nobody needs a pen."),
            "{text}"
        );
        assert!(!main_of(&approver, "/desk").await.contains("What you wrote was not approved"));
        let again = values(&desk, "a[href^='/desk/post?']", "href").remove(0);
        let form = author.get(&again).await;
        assert_eq!(texts(&form, "#message"), ["Bring a pen."]);
        let posted = author.post("/desk/post", &fields).await;
        let id = posted.header("location").split('/').nth(3).unwrap().to_owned();
        let token = app.token("Y91", Role::Approver).await;
        let agreed = decide(&app, &token, &id, "approval", json!({})).await;
        assert_eq!(agreed.status, 200, "{}", agreed.text());
        let incident = agreed.json()["id"].as_str().unwrap_or_default().to_owned();
        let incident = if incident.is_empty() { first_incident(&app, &token).await } else { incident };
        let record = main_of(&author, &format!("/desk/incidents/{incident}/record")).await;
        assert!(record.contains("Approved: the first post"), "{record}");
    }
}

async fn first_incident(app: &TestApp, token: &str) -> String {
    let all = app.api(token, "GET", "/api/v1/incidents", Value::Null).await.json();
    all["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{all}")).to_owned()
}

/// A branch is counted by the answer that its page shows; one number of places everywhere;
/// and who has recovered is counted as long as others are waited for.
#[tokio::test]
async fn numbers_agree() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let id = declare(&app, &region, json!({"system": "emis-web"})).await;
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let here = format!("/desk/incidents/{id}/answers");
        let affected = person.get(&format!("{here}?shown=affected")).await;
        let rows = texts(&affected, "tbody th");
        assert_eq!(rows.len(), 3, "{rows:?}");
        let counts = texts(&person.get("/board").await, ".sp-counts div");
        assert!(counts.contains(&"Affected 3".to_owned()), "{counts:?}");
        let board = main_of(&person, "/board").await;
        let listed = texts(&person.get(&here).await, "#places").remove(0);
        let places = listed.trim_start_matches("All places: ").trim_end_matches(" places").to_owned();
        assert!(board.contains(&format!("{places} organisations")), "{places}: {board}");
        let record = format!("/desk/incidents/{id}/record");
        assert!(main_of(&person, &record).await.contains(&format!("1 of {places} places")), "{places}");
        // Others answer for one, and another answers later.
        answers_for(&app, &region, &id, "Z80002").await;
        app.advance(Duration::minutes(90));
        answers(&app, "Z80001", &id, json!({"answer": "busy"})).await;
        let record = main_of(&person, &record).await;
        assert!(record.contains("For 1 more place somebody else answered."), "{record}");
        assert!(record.contains("Time to the last answer so far: 1 hour 30 minutes"), "{record}");
        // It is over, and one of them says so too.
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        update(&app, &region, &id, json!({"state": "resolved"})).await;
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        let counts = texts(&person.get("/board").await, ".sp-counts div");
        assert!(counts.contains(&"Recovered 3".to_owned()), "{counts:?}");
        let text = main_of(&person, &here).await;
        assert!(text.contains("not said yet that they are back to normal"), "{text}");
        assert!(!text.contains("so nobody is asked any more"), "{text}");
    }
}

async fn answers_for(app: &TestApp, token: &str, id: &str, place: &str) {
    let path = format!("/api/v1/incidents/{id}/responses/{place}");
    let said = app.api(token, "PUT", &path, json!({"answer": "affected"})).await;
    assert_eq!(said.status, 200, "{}", said.text());
}
