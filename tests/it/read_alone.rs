//! Whoever reads one form of a page alone is told all that they need: what is to come with its
//! time, what to do about 999 and 111, that it is over, and of their own area.

use chrono::Duration;
use serde_json::json;
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::told_alike::{answers, call, declare, element, goes_on, read, says, text};

#[tokio::test]
async fn a_feed_says_when_planned_work_is_and_that_it_is_not_so_yet() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let plan = json!({"title": "Staff training", "organisations": ["Z80001"], "message": "We train.",
            "lines": {"attend": "do_not_come", "phones": "down"},
            "starts_at": "2024-07-19T12:00:00Z", "ends_at": "2024-07-19T14:00:00Z"});
        let plan = call(&app, "Z80001", "POST", "/api/v1/planned", plan).await;
        for form in ["feed.atom", "feed.rss"] {
            let told = text(&mut app, &format!("/Z80001/{form}")).await;
            let (before, after) = told.split_once("While it lasts:").unwrap();
            assert!(before.contains("We train.") && before.contains("from 1pm to 3pm on"), "{form}: {told}");
            assert!(after.contains("Do not come") && !before.contains("Do not come"), "{form}: {told}");
        }
        let path = format!("/api/v1/planned/{}/extension", plan["id"].as_str().unwrap());
        app.desk.clock.set("2024-07-19T13:00:00Z".parse().unwrap());
        let longer = json!({"ends_at": "2024-07-19T16:00:00Z", "message": "It takes longer."});
        call(&app, "Z80001", "POST", &path, longer).await;
        let told = text(&mut app, "/Z80001/feed.atom").await;
        let last = told.split("It takes longer.").nth(1).unwrap();
        assert!(last.contains("It should end at 5pm"), "{told}");
    }
}

#[tokio::test]
async fn words_about_999_and_111_and_another_number_are_in_feeds_and_the_record() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let words = json!({"emergency_999": {"state": "changed", "words": "If 999 does not answer, go to A&E."},
            "nhs_111": {"state": "changed", "words": "Use 111 online."}});
        let broken = json!({"title": "Telephone network", "scope": "X24", "lines": words});
        let asked = call(&app, "X24", "POST", "/api/v1/incidents", broken).await;
        let second = app.token("X24", Role::Administrator).await;
        let approval = format!("/api/v1/updates/{}/approval", asked["update"]["id"].as_str().unwrap());
        assert_eq!(app.api(&second, "POST", &approval, json!({})).await.status, 200);
        let id = asked["id"].as_str().unwrap().to_owned();
        let incident = format!("/Z80001/incidents/{id}");
        for form in ["/Z80001/feed.atom", "/Z80001/feed.rss", "/Z80001/history", &incident] {
            let told = text(&mut app, form).await;
            assert!(
                told.contains("If 999 does not answer") && told.contains("Use 111 online."),
                "{form}: {told}"
            );
        }
        app.advance(Duration::minutes(1));
        says(&app, "Z80001", json!({"lines": {"phones": "down"}, "phone": "07700 900555"})).await;
        assert!(text(&mut app, "/Z80001/feed.atom").await.contains("Phone 07700 900555 instead."));
    }
}

/// What a surgery declared for itself is over where it says so by an answer, in every form.
#[tokio::test]
async fn an_answer_ends_what_the_place_declared_itself() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Z80001", json!({"title": "Door", "organisations": ["Z80001"]})).await;
        text(&mut app, "/Z80001").await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001", &id, json!({"answer": "recovered", "message": "All is well."})).await;
        let page = text(&mut app, "/Z80001").await;
        assert!(page.contains("Back to normal") && !page.contains("Problems elsewhere"), "{page}");
        for form in ["feed.atom", "feed.rss", &format!("incidents/{id}")] {
            let told = text(&mut app, &format!("/Z80001/{form}")).await;
            assert!(told.contains("All is well.") && told.contains("Back to normal"), "{form}: {told}");
        }
        let told = read(&mut app, "/Z80001/api/v2/incidents.json").await;
        assert_eq!(told["incidents"][0]["status"], "resolved", "{told}");
        assert_eq!(told["incidents"][0]["incident_updates"][0]["body"], "All is well.", "{told}");
        let over = text(&mut app, "/Z80001/cap.xml").await;
        assert_eq!(element(&over, "msgType"), "Cancel", "{over}");
        // A message that was sent never changes.
        app.advance(Duration::minutes(10));
        goes_on(&app, "Z80001", &id, json!({"state": "resolved"})).await;
        let later = text(&mut app, "/Z80001/cap.xml").await;
        let is_same = element(&later, "identifier") == element(&over, "identifier");
        let follows = element(&later, "references").contains(&element(&over, "identifier"));
        assert!(is_same != follows, "{over}\n{later}");
    }
}

/// Nothing of an area becomes old because one place in it is late with its own words.
#[tokio::test]
async fn what_a_place_says_of_itself_makes_no_area_old() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        declare(&app, "RZ5", json!({"title": "Water", "organisations": ["RZ5"]})).await;
        app.advance(Duration::hours(8));
        let words = json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}});
        declare(&app, "Y91", json!({"title": "111 is slow", "scope": "Y91", "lines": words})).await;
        for body in ["Y91", "QZ8", "X24"] {
            let told = read(&mut app, &format!("/{body}/status.json")).await;
            assert_eq!(told["freshness"], "current", "{body}: {told}");
            assert!(!text(&mut app, &format!("/{body}")).await.contains("Water"), "{body}");
        }
        assert_eq!(read(&mut app, "/RZ5/status.json").await["freshness"], "expired");
    }
}

/// Midnight is the end of the day before.
#[tokio::test]
async fn what_is_due_at_midnight_is_due_on_the_day_before() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let door = json!({"title": "Door", "organisations": ["Z80001"],
            "next_update_by": "2024-07-19T23:00:00Z"});
        declare(&app, "Z80001", door).await;
        let page = text(&mut app, "/Z80001").await;
        assert!(page.contains("11:59pm") && !page.contains("midnight"), "{page}");
    }
}
