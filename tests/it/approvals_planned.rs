//! Planned work needs two people where an incident would: announced, moved and
//! called off, by every door, on both databases.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::approvals::{decide, strict, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, values};

/// Saturday 20 July 2024, 10pm to Sunday 2am in London.
const STARTS: &str = "2024-07-20T21:00:00Z";
const ENDS: &str = "2024-07-21T01:00:00Z";

fn regions() -> Value {
    json!({"title": "New phone system", "scope": "Y91", "lines": {"phones": "down"},
        "starts_at": STARTS, "ends_at": ENDS})
}

async fn planned(app: &mut TestApp) -> Value {
    app.status("Z80001").await["planned"].clone()
}

#[tokio::test]
async fn work_of_a_whole_region_waits_for_somebody_who_did_not_plan_it() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let author = app.token("X24", Role::Coordinator).await;
        let second = app.token("X24", Role::Approver).await;
        let posted = app.api(&author, "POST", "/api/v1/planned", regions()).await.json();
        assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
        app.run_workers().await;
        assert_eq!(planned(&mut app).await, json!([]), "nothing is announced yet");
        let waits = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(waits["approvals"][0]["planned"], posted["id"]);
        assert_eq!(waits["approvals"][0]["incident"], Value::Null);

        let update = update_of(&posted);
        assert_eq!(decide(&app, &author, &update, "approval", json!({})).await.status, 403);
        let other = json!({"title": "A new phone system", "scope": "Y91", "lines": {"phones": "down"},
            "starts_at": STARTS, "ends_at": ENDS});
        let edited = app.api(&author, "PUT", &format!("/api/v1/updates/{update}"), other).await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        let seen = json!({"hash": waits["approvals"][0]["hash"]});
        assert_eq!(decide(&app, &second, &update, "approval", seen).await.status, 409, "it was changed");
        let now = json!({"hash": edited.json()["hash"]});
        let done = decide(&app, &second, &update, "approval", now).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert_eq!(done.json()["id"], posted["id"], "the id that the author was given");
        app.run_workers().await;
        assert_eq!(planned(&mut app).await[0]["title"], "A new phone system");
        app.advance(Duration::seconds(2));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), 1);
    }
}

#[tokio::test]
async fn what_becomes_of_it_waits_as_well_and_may_be_refused() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let second = app.token("X24", Role::Approver).await;
        let posted = app.api(&author, "POST", "/api/v1/planned", regions()).await.json();
        decide(&app, &second, &update_of(&posted), "approval", json!({})).await;
        app.desk.clock.set("2024-07-21T00:30:00Z".parse().unwrap());
        let path = format!("/api/v1/planned/{}/extension", posted["id"].as_str().unwrap());
        let longer = |end: &str| json!({"ends_at": end, "message": "A part is late."});
        let extension = app.api(&author, "POST", &path, longer("2024-07-21T03:00:00Z")).await.json();
        assert_eq!(extension["publication"], "awaiting_approval", "{extension}");
        let alone = json!({"reason": "Nobody else is there."});
        let denied = decide(&app, &author, &update_of(&extension), "break-glass", alone.clone()).await;
        assert_eq!(denied.status, 409, "it has words of its own");
        let no = json!({"reason": "It ends in time."});
        assert_eq!(decide(&app, &second, &update_of(&extension), "refusal", no).await.status, 200);
        app.run_workers().await;
        assert_eq!(planned(&mut app).await[0]["ends_at"], "2024-07-21T01:00:00.000Z");

        // The same may be asked again; in built-in words one person may do it alone.
        let again = app.api(&author, "POST", &path, json!({"ends_at": "2024-07-21T03:00:00Z"})).await.json();
        let done = decide(&app, &author, &update_of(&again), "break-glass", alone).await;
        assert_eq!(done.status, 200, "{}", done.text());
        app.run_workers().await;
        assert_eq!(planned(&mut app).await[0]["ends_at"], "2024-07-21T03:00:00.000Z");
        // What waited too long says so, and is not published.
        let late = app.api(&author, "POST", &path, json!({"ends_at": "2024-07-21T05:00:00Z"})).await.json();
        app.desk.clock.set("2024-07-21T12:00:00Z".parse().unwrap());
        assert_eq!(decide(&app, &second, &update_of(&late), "approval", json!({})).await.status, 409);
    }
}

#[tokio::test]
async fn its_page_is_one_persons_and_very_many_messages_are_two() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let three = ["reader01@example.org", "reader02@example.org", "reader03@example.org"];
        app.subscribers(&three.map(|r| (r, "email", "Z80001"))).await;
        let author = app.token("Z80001", Role::Publisher).await;
        let second = app.token("Z80001", Role::Approver).await;
        let body = json!({"title": "New phone system", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "starts_at": STARTS, "ends_at": ENDS});
        let posted = app.api(&author, "POST", "/api/v1/planned", body).await.json();
        let how = (&posted["publication"], &posted["messages"]);
        assert_eq!(how, (&json!("published"), &json!("awaiting_approval")));
        app.run_workers().await;
        assert_eq!(planned(&mut app).await[0]["title"], "New phone system");
        app.advance(Duration::seconds(2));
        app.send_due().await;
        assert_eq!(app.captured().await, []);
        let waits = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(waits["approvals"][0]["planned"], posted["id"]);
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        app.run_workers().await;
        app.advance(Duration::seconds(2));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), 3);
    }
}

#[tokio::test]
async fn the_second_person_sees_when_it_is_and_decides_on_a_screen() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = Person::of(&app, "Y91", Role::Coordinator).await;
        let questions = [
            ("system", ""),
            ("title", "We get a new phone system"),
            ("starts", "2024-07-20T08:00"),
            ("ends", "2024-07-20T12:30"),
            ("lines.attend", "come"),
            ("lines.phones", "down"),
            ("remind", "24"),
            ("reach", "area"),
            ("scope", "Y91"),
        ];
        let preview = author.post("/desk/planned/new/preview", &questions).await.text();
        assert!(preview.contains("Publish when a second person agrees"), "the button says what it does");
        assert!(preview.contains("A second person has to agree first:") && !preview.contains("Publish now"));
        let posted = author.post("/desk/planned/new", &questions).await;
        assert_eq!(posted.status, 303, "{}", posted.text());
        let at = posted.header("location").to_owned();
        assert!(at.starts_with("/desk/approvals/"), "{at}");
        let page = author.get(&at).await;
        let when = "This is planned from 8am to 12:30pm on Saturday 20 July.";
        assert!(page.text().contains(when), "{}", page.text());
        assert!(page.text().contains("Somebody else has to approve it."));
        let second = Person::of(&app, "Y91", Role::Approver).await;
        let page = second.get(&at).await;
        assert!(page.text().contains("Our phones are not working."), "the exact words: {}", page.text());
        let hash = values(&page, "input[name=hash]", "value")[0].clone();
        assert_eq!(second.post(&format!("{at}/approve"), &[("hash", hash.as_str())]).await.status, 303);
        let token = app.token("Y91", Role::Viewer).await;
        let all = app.api(&token, "GET", "/api/v1/planned", Value::Null).await.json();
        let plan = format!("/desk/planned/{}", all["planned"][0]["id"].as_str().unwrap());

        let form = author.get(&format!("{plan}/cancel")).await.text();
        assert!(form.contains("Nothing changes, and nobody is told, before somebody else agrees."), "{form}");
        assert!(form.contains("Publish when a second person agrees"), "{form}");
        let moved = author.post(&format!("{plan}/cancel"), &[("message", "")]).await;
        assert!(moved.header("location").starts_with("/desk/approvals/"), "{}", moved.header("location"));
        assert!(author.get(&plan).await.text().contains("waits for a second person"));
        let list = second.get("/desk/approvals").await;
        assert!(list.text().contains("Planned work is called off"), "{}", list.text());
    }
}
