//! Planning work from a screen, on both databases: questions, preview,
//! published; extended, ended, cancelled.

use std::sync::Arc;

use serde_json::json;
use signpost::domain::user::Role;
use signpost::workers::planner;
use signpost::workers::publisher::Publisher;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

const STARTS: &str = "2024-07-20T08:00";
const ENDS: &str = "2024-07-20T12:30";

fn typed<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("system", ""),
        ("title", "We get a new phone system"),
        ("starts", STARTS),
        ("ends", ENDS),
        ("lines.attend", "come"),
        ("lines.phones", "down"),
        ("remind", "24"),
    ];
    all.extend(more);
    all
}

/// What the page says now; somebody is signed in meanwhile.
async fn status(app: &TestApp) -> serde_json::Value {
    let mut publisher = Publisher::new(app.desk.clone(), Arc::clone(&app.site));
    publisher.step().await.unwrap();
    app.get("/Z80001/status.json").await.json()
}

#[tokio::test]
async fn work_is_planned_changed_and_ended_from_a_screen() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let form = person.get("/desk/planned/new?system=").await;
        assert_eq!(values(&form, "input[type=datetime-local]", "name"), ["starts", "ends"]);

        let preview = person.post("/desk/planned/new/preview", &typed(&[])).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let text = preview.text();
        assert!(text.contains("This is planned from 8am to 12:30pm on Saturday 20 July."), "{text}");
        assert!(text.contains("<strong>1</strong> by email"));
        let names = values(&preview, "main form input[type=hidden]", "name");
        let held = values(&preview, "main form input[type=hidden]", "value");
        let fields: Vec<(&str, &str)> =
            names.iter().zip(&held).map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let published = person.post("/desk/planned/new", &fields).await;
        assert_eq!(published.status, 303, "{}", published.text());
        let again = person.post("/desk/planned/new", &fields).await;
        assert_eq!(again.header("location"), published.header("location"), "pressed twice, planned once");
        let home = published.header("location").split_once('?').unwrap().0.to_owned();
        assert!(texts(&person.get(&home).await, ".sp-results li").concat().contains("Announced"));
        assert!(person.get("/desk").await.text().contains("We get a new phone system"));
        // Nothing runs yet, so there is nothing to extend.
        assert_eq!(person.get(&format!("{home}/extend")).await.status, 409);

        app.desk.clock.set("2024-07-20T11:00:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        let extend = person.get(&format!("{home}/extend")).await;
        assert_eq!(values(&extend, "#ends", "value"), ["2024-07-20T13:30"]);
        let wrong = person
            .post(&format!("{home}/extend"), &[("ends", "2024-07-20T12:00"), ("message", "Kept.")])
            .await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.text().contains("Kept.") && wrong.text().contains("ends_at-error")
                || wrong.text().contains("ends-error")
        );
        let longer =
            person.post(&format!("{home}/extend"), &[("ends", "2024-07-20T15:00"), ("message", "")]).await;
        assert_eq!(longer.status, 303, "{}", longer.text());
        assert_eq!(status(&app).await["planned"][0]["ends_at"], "2024-07-20T14:00:00.000Z");
        let done = person.post(&format!("{home}/end"), &[("message", "It works.")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(status(&app).await["planned"], json!([]));
        assert_eq!(status(&app).await["headline"]["state"], "normal");
    }
}

#[tokio::test]
async fn mistakes_stand_beside_their_fields_and_nothing_typed_is_lost() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let person = Person::of(&app, "Z80001", Role::Publisher).await;
    let sent = [
        ("title", ""),
        ("system", ""),
        ("starts", "2024-07-18T08:00"),
        ("ends", "soon"),
        ("message", "Kept."),
        ("repeat", "1"),
        ("days", "monday"),
        ("until", "later"),
    ];
    let refused = person.post("/desk/planned/new/preview", &sent).await;
    assert_eq!(refused.status, 422);
    let wrong = values(&refused, ".nhsuk-error-summary a", "href");
    assert_eq!(wrong, ["#until", "#ends", "#title"]);
    assert_eq!(values(&refused, "#starts", "value"), ["2024-07-18T08:00"]);
    assert_eq!(texts(&refused, "textarea[name=message]"), ["Kept."]);
    assert_eq!(values(&refused, "input[name=days][checked]", "value"), ["monday"]);
    assert!(values(&refused, "details[open]", "class").len() == 1, "the repeats are not folded away");
    let viewer = Person::of(&app, "Z80001", Role::Viewer).await;
    assert_eq!(viewer.get("/desk/planned/new").await.status, 403);
    assert_eq!(viewer.get("/desk/planned").await.status, 200);
}

/// A region plans for everybody who uses a system; one time is cancelled.
#[tokio::test]
async fn one_time_of_many_is_cancelled_from_a_screen() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let person = Person::of(&app, "X24", Role::Publisher).await;
    let sent = [
        ("system", "emis-web"),
        ("title", ""),
        ("starts", "2024-07-21T02:00"),
        ("ends", "2024-07-21T04:00"),
        ("repeat", "2"),
        ("reach", "area"),
        ("scope", "X24"),
        ("lines.attend", "come"),
        ("lines.records", "on_paper"),
    ];
    let published = person.post("/desk/planned/new", &sent).await;
    assert_eq!(published.status, 303, "{}", published.text());
    let home = published.header("location").split_once('?').unwrap().0.to_owned();
    let seen = person.get(&home).await;
    assert!(seen.text().contains("It happens every 2 weeks on Sunday."));
    let links = values(&seen, ".sp-results a", "href");
    assert!(links.contains(&format!("{home}/cancel?day=2024-08-04")), "{links:?}");
    let asked = person.get(&format!("{home}/cancel?day=2024-08-04")).await;
    assert!(texts(&asked, "h1")[0].ends_with("Cancel this time only"));
    let cancelled = person.post(&format!("{home}/cancel"), &[("day", "2024-08-04"), ("message", "")]).await;
    assert_eq!(cancelled.header("location"), format!("{home}?done=cancel"));
    app.desk.clock.set("2024-07-23T08:00:00Z".parse().unwrap());
    let page = status(&app).await;
    let shown: Vec<_> =
        page["planned"].as_array().unwrap().iter().map(|p| (&p["occurrence"], &p["state"])).collect();
    assert_eq!(
        shown,
        [(&json!("2024-08-04"), &json!("cancelled")), (&json!("2024-08-18"), &json!("scheduled"))]
    );
    let all = person.post(&format!("{home}/cancel"), &[("day", ""), ("message", "")]).await;
    assert_eq!(all.status, 303);
    assert!(!person.get(&home).await.text().contains("Cancel all of this work"));
}
