//! An incident of which all was taken back was a mistake: it is told as withdrawn, by whoever
//! took it back, and is not over or back to normal.

use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};

async fn declared(app: &TestApp, token: &str, body: Value) -> (String, String) {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let posted = posted.json();
    (posted["id"].as_str().unwrap().to_owned(), update_of(&posted))
}

async fn take_back(app: &TestApp, token: &str, update: &str) {
    let back = decide(app, token, update, "withdrawal", json!({"built_in": true})).await;
    assert_eq!(back.status, 201, "{}", back.text());
}

#[tokio::test]
async fn what_was_only_a_mistake_is_withdrawn_for_staff_as_for_patients() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let body = json!({"title": "Flood", "scope": "Y91", "lines": {"attend": "do_not_come"}});
        let (incident, update) = declared(&app, &author, body).await;
        take_back(&app, &author, &update).await;
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let main = async |path: String| texts(&person.get(&path).await, "main").join(" ");

        let record = person.get(&format!("/desk/incidents/{incident}/record")).await;
        assert_eq!(texts(&record, "main .nhsuk-tag"), ["Withdrawn"]);
        let board = main(format!("/board?incident={incident}")).await;
        assert!(board.contains("This incident was withdrawn at 8am"), "{board}");
        assert!(!board.contains("over since"), "{board}");
        let answers = main(format!("/desk/incidents/{incident}/answers")).await;
        assert!(answers.contains("This problem was withdrawn"), "{answers}");
        assert!(!answers.contains("This problem is over"), "{answers}");
        let path = format!("/api/v1/incidents/{incident}/reports");
        let report = app.api(&author, "POST", &path, json!({})).await.json();
        let stands = "Live incident, no level set. Withdrawn.";
        assert_eq!(report["methane"][0]["text"], stands, "{}", report["methane"]);
    }
}

#[tokio::test]
async fn the_record_names_who_took_it_back() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let nation = app.token("X24", Role::Coordinator).await;
        let (incident, update) = declared(&app, &author, json!({"title": "Flood", "scope": "Y91"})).await;
        take_back(&app, &nation, &update).await;
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let record = person.get(&format!("/desk/incidents/{incident}/record")).await;
        let events = texts(&record, ".sp-results li");
        let name = |of: &str| {
            let event = events.iter().find(|e| e.contains(of)).unwrap_or_else(|| panic!("{events:?}"));
            event.split_whitespace().next_back().unwrap().to_owned()
        };
        let (said, back) = (name("Update 1"), name("Taken back: update 1"));
        assert_eq!(back, name("Correction 2"), "{events:?}");
        assert_ne!(said, back, "{events:?}");
    }
}

#[tokio::test]
async fn a_page_says_who_took_it_back() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (region, own) =
            (app.token("Y91", Role::Coordinator).await, app.token("Z80002", Role::Publisher).await);
        for (token, place) in [(&region, "Z80001"), (&own, "Z80002")] {
            let body = json!({"title": "The water is cut off", "organisations": [place], "message": "Cut."});
            let (_, update) = declared(&app, token, body).await;
            take_back(&app, token, &update).await;
        }
        app.publish().await;
        let page = async |path: &str| texts(&app.get(path).await, "main").join(" ");
        let theirs = page("/Z80001").await;
        assert!(theirs.contains("took this back at 8am. Do not use it."), "{theirs}");
        assert!(!theirs.contains("We took this back"), "{theirs}");
        let ours = page("/Z80002").await;
        assert!(ours.contains("We took this back at 8am. Do not use it."), "{ours}");
        let arabic = page("/Z80001/ar").await;
        assert!(arabic.contains("لا تعتمد عليه"), "{arabic}");
        assert!(!arabic.contains("سحبنا"), "{arabic}");
    }
}
