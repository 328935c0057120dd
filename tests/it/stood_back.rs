//! A place's own word reaches its readers whatever else is told, held or stopped meanwhile.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::delivery::Limits;
use signpost::domain::user::Role;
use signpost::workers::{expander, planner};

use crate::approvals::update_of;
use crate::each_place::Reader;
use crate::harness::Driver;

const SHUT: &str = "Do not come";
const OPEN: &str = "Come to your appointment";

fn says(told: &[String], what: &str) -> bool {
    told.len() == 1 && told[0].contains(what)
}

fn shut() -> Value {
    json!({"answer": "busy", "lines": {"attend": "do_not_come"}})
}

/// Somebody at a place does something.
async fn does(day: &Reader, place: &str, method: &str, path: &str, body: Value) -> Value {
    let token = day.app.token(place, Role::Publisher).await;
    let done = day.app.api(&token, method, path, body).await;
    assert!(done.status.is_success(), "{}", done.text());
    done.json()
}

async fn stop(day: &Reader, update: &str) {
    let staff = crate::staff::Person::of(&day.app, "X24", Role::Coordinator).await;
    let stopped = staff.post(&format!("/desk/updates/{update}/stop"), &[]).await;
    assert_eq!(stopped.status, 303, "{}", stopped.text());
}

#[tokio::test]
async fn an_update_that_passes_a_place_by_takes_no_words_from_its_readers() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        assert!(says(&day.hears().await, OPEN));
        // Busy is not told of updates.
        day.answers("Z80002", &emis, shut()).await;
        day.says(&emis, json!({"message": "It goes on."})).await;
        assert!(says(&day.hears().await, SHUT), "{driver:?}");
        day.answers("Z80002", &emis, json!({"answer": "recovered", "lines": {}})).await;
        while expander::step(&day.app.desk).await.unwrap() {}
        day.says(&emis, json!({"message": "It still goes on."})).await;
        assert!(says(&day.hears().await, OPEN), "{driver:?}: what was put together leaves as well");
        // The end is no news any more.
        day.says(&emis, json!({"state": "resolved"})).await;
        assert_eq!(day.hears().await, [""; 0], "{driver:?}");
    }
}

#[tokio::test]
async fn what_is_held_or_stopped_says_nothing_in_its_place() {
    for driver in Driver::BOTH {
        for is_held in [true, false] {
            let mut day = Reader::new(driver, &["Z80002"]).await;
            let emis = day.declare(json!({"system": "emis-web"})).await;
            assert!(says(&day.hears().await, OPEN));
            if is_held {
                let limits = Limits { hold_above: 1, ..crate::sending::in_steps() };
                day.app.subscribers(&[("more@example.org", "email", "Z80002")]).await;
                day.app.desk = day.app.desk.clone().with_limits(limits);
            }
            let next = day.says(&emis, json!({"message": "It goes on."})).await;
            while expander::step(&day.app.desk).await.unwrap() {}
            day.app.desk = day.app.desk.clone().with_limits(Limits::default());
            day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "do_not_come"}}))
                .await;
            while expander::step(&day.app.desk).await.unwrap() {}
            if is_held {
                assert!(says(&day.hears().await, SHUT), "{driver:?}: at once");
            }
            stop(&day, &update_of(&next)).await;
            let told = day.hears().await;
            assert_eq!(says(&told, SHUT), !is_held, "{driver:?} {is_held}: {told:?}");
            assert_eq!(told.len(), usize::from(!is_held), "{driver:?} {is_held}: once");
        }
    }
}

#[tokio::test]
async fn an_announcement_is_no_answer() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        let affected = |attend| json!({"answer": "affected", "lines": {"attend": attend}});
        day.answers("Z80002", &emis, affected("do_not_come")).await;
        assert!(says(&day.hears().await, SHUT));
        let plan = json!({"title": "New phone system", "organisations": ["Z80002"], "lines": {"phones": "down"},
            "starts_at": day.app.now() + Duration::days(9), "ends_at": day.app.now() + Duration::days(10)});
        does(&day, "Z80002", "POST", "/api/v1/planned", plan).await;
        assert_eq!(day.hears().await.len(), 1);
        day.answers("Z80002", &emis, affected("do_not_come")).await;
        assert_eq!(day.hears().await, [""; 0], "{driver:?}: they know");
        day.answers("Z80002", &emis, affected("come")).await;
        assert!(says(&day.hears().await, OPEN), "{driver:?}");
    }
}

#[tokio::test]
async fn what_planned_work_told_of_coming_is_taken_back() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80001", "Z80002"]).await;
        let now = day.app.now();
        let plan = json!({"title": "No power", "lines": {"attend": "do_not_come"},
            "organisations": ["Z80002"], "starts_at": now + Duration::hours(1), "ends_at": now + Duration::hours(9)});
        day.post("/api/v1/planned", plan).await;
        day.hears().await;
        day.app.advance(Duration::hours(1));
        assert!(planner::step(&day.app.desk).await.unwrap() > 0);
        assert!(says(&day.hears().await, SHUT), "{driver:?}");
        let lines = |attend: &str| json!({"lines": {"attend": attend}});
        does(&day, "Z80002", "PUT", "/api/v1/organisations/Z80002/lines", lines("come")).await;
        let told = day.hears().await;
        assert!(says(&told, OPEN), "{driver:?}: {told:?}");
        does(&day, "Z80002", "PUT", "/api/v1/organisations/Z80002/lines", lines("come")).await;
        assert_eq!(day.hears().await, [""; 0], "{driver:?}: once");
        // It is listed on the desk, and leads to whom it was told.
        let staff = crate::staff::Person::of(&day.app, "Z80002", Role::Publisher).await;
        let links = crate::staff::values(&staff.get("/desk").await, ".sp-results a", "href");
        let at = links.iter().find(|href| href.starts_with("/desk/updates/")).expect("its word is listed");
        assert!(staff.get(at).await.text().contains("changed whether to come"));
    }
}

#[tokio::test]
async fn a_place_that_another_stood_for_is_told_of_when_that_one_opens() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80001", "Z80002"]).await;
        let emis = day.declare(json!({"system": "emis-web", "lines": {"attend": "do_not_come"}})).await;
        assert!(says(&day.hears().await, SHUT), "one message for both");
        day.answers("Z80001", &emis, json!({"answer": "recovered"})).await;
        let told = day.hears().await;
        let of =
            |place: &str, what: &str| told.iter().filter(|t| t.contains(place) && t.contains(what)).count();
        let all = (of("Ashwick", OPEN) + of("Copperwick", OPEN), of("Brambleford", SHUT), told.len());
        assert!(told.len() == 2 && all.1 == 1, "{driver:?}: {told:?}");
        day.answers("Z80002", &emis, json!({"answer": "recovered"})).await;
        assert!(says(&day.hears().await, OPEN), "{driver:?}");
    }
}
