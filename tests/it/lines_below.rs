//! Lines that a board or a region sets for the places below it: who has to
//! agree, what whoever decides sees, and how it is taken back.

use serde_json::json;
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};

/// The rules as they come.
async fn by_the_rules(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    app
}

/// Also of a region, and of more places than one person may speak for.
#[tokio::test]
async fn to_take_every_line_back_waits_for_nobody() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        app.desk = app.desk.clone().with_rules(Rules { organisations: 3, ..Rules::default() });
        for of in ["Y91", "QZ8"] {
            let author = app.token(of, Role::Administrator).await;
            let second = app.token(of, Role::Approver).await;
            let path = format!("/api/v1/organisations/{of}/lines");
            let off = json!({"lines": {"online_form": "off"}});
            let set = app.api(&author, "PUT", &path, off).await.json();
            assert_eq!(set["publication"], "awaiting_approval", "{set}");
            assert_eq!(decide(&app, &second, &update_of(&set), "approval", json!({})).await.status, 200);
            let back = app.api(&author, "PUT", &path, json!({"lines": {}})).await.json();
            assert_eq!(back["publication"], "published", "{of}: {back}");
            // Words alone are no taking back.
            let words = json!({"lines": {}, "message": "Call your surgery."});
            let said = app.api(&author, "PUT", &path, words).await.json();
            assert_eq!(said["publication"], "awaiting_approval", "{said}");
        }
        let page = app.status("Z80001").await;
        let lines = page["lines"].as_array().unwrap();
        assert!(!lines.iter().any(|l| l["line"] == "online_form"), "{lines:?}");
    }
}
