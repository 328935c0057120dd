//! The number to phone instead of the usual one: each place's own.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::told_alike::{says, text};
use signpost::domain::approval::Rules;

const OF_ALL: &str = "01632 960001";

/// One number for all places of a board is refused beside the field, on every door; it would
/// show on no page.
#[tokio::test]
async fn a_number_for_many_places_is_refused_beside_the_field() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        for body in ["QZ8", "Y91", "X24"] {
            let token = app.token(body, Role::Coordinator).await;
            let path = format!("/api/v1/organisations/{body}/lines");
            let lines = json!({"lines": {"phones": "limited"}, "phone": OF_ALL});
            let refused = app.api(&token, "PUT", &path, lines).await;
            assert_eq!(refused.status, 422, "{}", refused.text());
            assert_eq!(refused.json()["errors"][0]["pointer"], "/phone", "{}", refused.text());
        }
        let person = Person::of(&app, "QZ8", Role::Coordinator).await;
        let desk = person.get("/desk").await;
        assert_eq!(values(&desk, "input[name=phone]", "type"), Vec::<String>::new());
        assert!(texts(&desk, "#phone").concat().contains("set by each place"), "{}", desk.text());
        let pressed = person.post("/desk/lines", &[("lines.phones", "limited"), ("phone", OF_ALL)]).await;
        assert_eq!(pressed.status, 422);
        assert_eq!(values(&pressed, ".nhsuk-error-summary a", "href"), ["#phone"]);
        assert!(texts(&pressed, "#phone").concat().contains("ask the places"), "{}", pressed.text());
        // A place may, and so may somebody for one place.
        let surgery = Person::of(&app, "Z80001", Role::Publisher).await;
        assert_eq!(values(&surgery.get("/desk").await, "input[name=phone]", "type"), ["tel"]);
    }
}

/// What a place says itself goes before what its board says for it, however long that stands;
/// and when it has run out the other counts.
#[tokio::test]
async fn the_number_that_a_place_set_wins() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let own = json!({"lines": {"phones": "down"}, "phone": "01632 960111",
            "expires_at": app.now() + Duration::hours(2)});
        says(&app, "Z80001", own).await;
        app.advance(Duration::minutes(1));
        let board = app.token("QZ8", Role::Coordinator).await;
        let other = json!({"lines": {"phones": "down"}, "phone": "01632 960222",
            "expires_at": app.now() + Duration::hours(9)});
        let path = "/api/v1/organisations/Z80001/lines";
        assert_eq!(app.api(&board, "PUT", path, other).await.status, 200);
        let page = text(&mut app, "/Z80001").await;
        assert!(page.contains("01632 960111") && !page.contains("960222"), "{page}");
        app.advance(Duration::hours(3));
        let page = text(&mut app, "/Z80001").await;
        assert!(page.contains("01632 960222") && !page.contains("960111"), "{page}");
    }
}

/// A trust's own number shows on its own pages; whoever approves reads on how many.
#[tokio::test]
async fn whoever_approves_reads_where_a_number_shows() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules { organisations: 0, ..Rules::default() });
        let author = app.token("RZ5", Role::Coordinator).await;
        let lines = json!({"lines": {"phones": "down"}, "phone": OF_ALL});
        let set = app.api(&author, "PUT", "/api/v1/organisations/RZ5/lines", lines).await;
        assert!(set.status.is_success(), "{}", set.text());
        let set = update_of(&set.json());
        let second = Person::of(&app, "RZ5", Role::Approver).await;
        let screen = second.get(&format!("/desk/approvals/{set}")).await;
        let rows = texts(&screen, ".nhsuk-summary-list__row");
        let row = rows.iter().find(|r| r.contains("A number to use instead")).cloned().unwrap_or_default();
        assert!(row.contains(OF_ALL) && row.contains("page"), "{rows:?}");
        let token = app.token("RZ5", Role::Approver).await;
        let seen: Value = app.api(&token, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(seen["approvals"][0]["update"]["id"], json!(set));
        assert_eq!(decide(&app, &token, &set, "approval", json!({})).await.status, 200);
    }
}
