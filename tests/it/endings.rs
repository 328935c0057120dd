//! The end of a problem, as each place sees it: nothing says "normal" before the place or
//! the board that is responsible for it does (scenario 8 of the NHS facts).

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};

pub struct Day {
    pub app: TestApp,
    pub region: String,
    pub board: String,
    surgery: String,
    pub incident: String,
}

/// A region reports, one surgery says that it is affected, and another is silent.
pub async fn reported(driver: Driver) -> Day {
    let app = TestApp::with_region(driver).await;
    app.subscribers(&[("a@example.org", "email", "Z80001"), ("b@example.org", "email", "Z80002")]).await;
    let mut day = day(app).await;
    day.answers("affected", json!({"phones": "limited"})).await;
    day.app.advance(Duration::minutes(30));
    day
}

/// A region reports.
pub async fn day(app: TestApp) -> Day {
    let region = app.token("Y91", Role::Coordinator).await;
    let board = app.token("QZ8", Role::Coordinator).await;
    let surgery = app.token("Z80001", Role::Publisher).await;
    let posted = app.api(&region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    let incident = posted["id"].as_str().unwrap().to_owned();
    Day { app, region, board, surgery, incident }
}

impl Day {
    pub async fn answers(&mut self, answer: &str, lines: Value) {
        let path = format!("/api/v1/incidents/{}/responses/Z80001", self.incident);
        let body = json!({"answer": answer, "lines": lines});
        let done = self.app.api(&self.surgery, "PUT", &path, body).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }

    async fn is_over(&mut self, token: &str) {
        let path = format!("/api/v1/incidents/{}/updates", self.incident);
        let done = self.app.api(token, "POST", &path, json!({"state": "resolved"})).await;
        assert_eq!(done.status, 201, "{}", done.text());
    }

    pub async fn state(&mut self, place: &str) -> String {
        self.app.status(place).await["headline"]["state"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_region_cannot_say_that_an_affected_surgery_is_back_to_normal() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        let region = day.region.clone();
        day.is_over(&region).await;
        assert_eq!(day.state("Z80001").await, "catching_up");
        assert_eq!(day.state("Z80002").await, "not_confirmed", "it has said nothing");
        let page = day.app.get("/Z80001").await.text();
        let said = "said that this problem is over. This GP surgery has not confirmed it yet.";
        assert!(page.contains(said), "{page}");
        let lines = day.app.status("Z80001").await["lines"].clone();
        assert!(
            lines.as_array().unwrap().iter().any(|l| l["line"] == "phones"),
            "its own word stands: {lines}"
        );
        // Nobody is told "back to normal" in the name of a surgery that has not said so.
        day.app.run_workers().await;
        let told = day.app.captured().await;
        assert!(told.len() >= 2, "{told:?}");
        assert!(told.iter().all(|(_, text)| !text.contains("ack to normal")), "{told:?}");

        // Its desk asks until it has said so.
        let asks = async |day: &Day| {
            let person = Person::of(&day.app, "Z80001", Role::Publisher).await;
            let desk = texts(&person.get("/desk").await, "main").join(" ");
            desk.contains("They say that it is over. Your page does not say so until you do.")
        };
        assert!(asks(&day).await);
        day.answers("recovered", json!({})).await;
        assert_eq!(day.state("Z80001").await, "normal");
        assert!(!asks(&day).await);
    }
}

#[tokio::test]
async fn the_board_of_a_surgery_can_say_it() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        let own = json!({"title": "Phones", "scope": "QZ8"});
        let posted = day.app.api(&day.board, "POST", "/api/v1/incidents", own).await.json();
        let region = day.region.clone();
        day.is_over(&region).await;
        day.incident = posted["id"].as_str().unwrap().to_owned();
        day.answers("affected", json!({})).await;
        let board = day.board.clone();
        day.is_over(&board).await;
        assert_eq!(day.state("Z80002").await, "not_confirmed", "the region's reached it too");
        // Of the board's own it is over; of the region's it is not confirmed yet.
        assert_eq!(day.state("Z80001").await, "catching_up");
        let page = day.app.get("/Z80001").await.text();
        assert_eq!(page.matches("has not confirmed it yet").count(), 2, "{page}");
    }
}

/// Nothing says "normal" before the place or its board confirms; and nobody would believe
/// thousands of pages that say so for ever.
#[tokio::test]
async fn a_board_says_it_for_all_its_silent_places() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        let (region, board) = (day.region.clone(), day.board.clone());
        let path = format!("/api/v1/incidents/{}/confirmations", day.incident);
        let confirm = async |day: &Day, token: &str| day.app.api(token, "POST", &path, json!({})).await;
        assert_eq!(confirm(&day, &board).await.status, 409, "it goes on");
        day.is_over(&region).await;
        assert_eq!(day.state("Z80002").await, "not_confirmed");
        let page = day.app.get("/Z80002").await.text();
        assert!(page.contains("This GP surgery has not confirmed that the problem is over."), "{page}");
        assert!(page.contains("said that this problem is over."), "{page}");
        assert!(!page.contains("No known problems"), "{page}");
        let poster = day.app.get("/Z80002/poster").await.text();
        assert!(poster.contains("has not confirmed that the problem is over"), "{poster}");
        let desk = Person::of(&day.app, "Z80002", Role::Publisher).await.get("/desk").await;
        let desk = texts(&desk, "main").join(" ");
        assert!(desk.contains("We are back to normal"), "{desk}");

        assert_eq!(confirm(&day, &region).await.status, 409, "a region does not know");
        let answers = format!("/desk/incidents/{}/answers", day.incident);
        let of_the_board = Person::of(&day.app, "QZ8", Role::Coordinator).await.get(&answers).await;
        assert!(texts(&of_the_board, "main").join(" ").contains("Say for all of them"));
        let desk = Person::of(&day.app, "QZ8", Role::Coordinator).await.get("/desk").await;
        let desk = texts(&desk, "main").join(" ");
        assert!(desk.contains("places of yours have not confirmed that yet"), "{desk}");
        let done = confirm(&day, &board).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert!(done.json()["organisations"].as_u64().unwrap() > 1, "{}", done.text());
        assert_eq!(day.state("Z80002").await, "normal");
        assert_eq!(day.state("Z80001").await, "catching_up", "what it said is its own to end");
        assert_eq!(confirm(&day, &board).await.status, 409, "once");
    }
}

#[tokio::test]
async fn after_a_week_a_silent_place_is_not_waited_for_any_more() {
    let mut day = reported(Driver::Sqlite).await;
    let region = day.region.clone();
    day.is_over(&region).await;
    day.app.advance(Duration::days(7) - Duration::minutes(1));
    assert_eq!(day.state("Z80002").await, "not_confirmed");
    day.app.advance(Duration::minutes(1));
    assert_eq!(day.state("Z80002").await, "normal");
}

/// What was reported was wrong: nobody said that it is over, and the surgery's own word stands.
#[tokio::test]
async fn what_is_taken_back_is_not_said_to_be_over() {
    let mut day = reported(Driver::Sqlite).await;
    let page = day.app.status("Z80001").await;
    let update = page["incidents"][0]["updates"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/updates/{update}/withdrawal");
    let taken = day.app.api(&day.region, "POST", &path, json!({"correction": "EMIS Web works."})).await;
    assert_eq!(taken.status, 201, "{}", taken.text());
    assert_eq!(day.state("Z80001").await, "catching_up");
    let page = day.app.get("/Z80001").await.text();
    assert!(page.contains("took this back at") && !page.contains("said that this problem is over"), "{page}");
}

/// "Working again" must not stand above "do not come", for one incident or for two.
#[tokio::test]
async fn the_subject_leads_with_the_answer_while_not_all_is_well() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
    let surgery = app.token("Z80001", Role::Publisher).await;
    let body = json!({"system": "emis-web", "organisations": ["Z80001"], "message": "Walk-in clinic is cancelled",
        "lines": {"attend": "come_unless_contacted"}});
    let posted = app.api(&surgery, "POST", "/api/v1/incidents", body).await.json();
    app.run_workers().await;
    let first = newest(&app).await;
    assert!(first.post.contains("Walk-in clinic is cancelled. Come to"), "{}", first.post);
    assert!(first.notice.ends_with("Walk-in clinic is cancelled"), "nothing runs into it: {}", first.notice);

    let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
    let mut monitoring = json!({"state": "monitoring", "lines": {"attend": "do_not_come"}});
    app.api(&surgery, "POST", &path, monitoring.clone()).await;
    app.run_workers().await;
    let shut = newest(&app).await;
    assert_eq!(shut.subject, "Ashwick Surgery: Do not come to your appointment");
    assert_eq!(shut.paragraphs[0], "EMIS Web (Patient Access) works again. Some things are not as usual.");
    assert!(shut.short.contains("Do not come"), "{}", shut.short);

    // The same while another incident shuts the place.
    monitoring["lines"] = json!({"attend": "come_unless_contacted"});
    let flood = json!({"title": "A flood", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
    app.api(&surgery, "POST", "/api/v1/incidents", flood).await;
    app.api(&surgery, "POST", &path, monitoring).await;
    app.run_workers().await;
    assert_eq!(newest(&app).await.subject, "Ashwick Surgery: Do not come to your appointment");
    app.api(&surgery, "POST", &path, json!({"state": "resolved"})).await;
    app.run_workers().await;
    assert_eq!(newest(&app).await.subject, "Ashwick Surgery: Do not come to your appointment");
}

/// The words of the newest message.
async fn newest(app: &TestApp) -> signpost::domain::message::Message {
    let mut tx = app.desk.db.read().await.unwrap();
    let d = signpost::store::delivery_reports::newest(&mut tx, None, None, 1).await.unwrap().remove(0);
    let written = signpost::store::broadcasts::message(&mut tx, d.broadcast, &d.organisation, &d.locale);
    written.await.unwrap().unwrap()
}

/// A region only hears of a surgery: it answers where nobody closer has, and not over them.
#[tokio::test]
async fn a_region_does_not_answer_over_a_surgery() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        let path = format!("/api/v1/incidents/{}/responses/Z80001", day.incident);
        let over = day.app.api(&day.region, "PUT", &path, json!({"answer": "not_affected"})).await;
        assert_eq!(over.status, 409, "{}", over.text());
        assert!(over.text().contains("Ashwick Surgery has answered: Affected."), "{}", over.text());
        let region = day.region.clone();
        day.is_over(&region).await;
        let over = day.app.api(&day.region, "PUT", &path, json!({"answer": "recovered"})).await;
        assert_eq!(over.status, 409, "{}", over.text());
        assert_eq!(day.state("Z80001").await, "catching_up");
        let other = path.replace("Z80001", "Z80002");
        let silent = day.app.api(&day.region, "PUT", &other, json!({"answer": "affected"})).await;
        assert_eq!(silent.status, 200, "{}", silent.text());
        {
            let surgery = Person::of(&day.app, "Z80002", Role::Publisher).await;
            let desk = texts(&surgery.get("/desk").await, "main").join(" ");
            assert!(desk.contains("Fixture Uplands answered for you at"), "{desk}");
            let region = Person::of(&day.app, "Y91", Role::Coordinator).await;
            let list = region.get(&format!("/desk/incidents/{}/answers", day.incident)).await;
            let offered = texts(&list, "td summary");
            assert!(!offered.iter().any(|t| t.contains("Ashwick Surgery")), "{offered:?}");
        }
        // Its board is responsible for it.
        let said = day.app.api(&day.board, "PUT", &path, json!({"answer": "recovered"})).await;
        assert_eq!(said.status, 200, "{}", said.text());
        assert_eq!(day.state("Z80001").await, "normal");
    }
}

/// Whoever pressed the wrong button presses the right one: what was held back leaves.
#[tokio::test]
async fn messages_that_an_answer_held_back_leave_when_it_is_taken_back() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        day.app.publish().await;
        while signpost::workers::expander::step(&day.app.desk).await.unwrap() {}
        day.answers("not_affected", json!({})).await;
        day.answers("affected", json!({})).await;
        day.app.run_workers().await;
        let told = day.app.captured().await;
        assert!(told.iter().any(|(_, text)| text.starts_with("Ashwick Surgery")), "{told:?}");
    }
}

/// Nobody says in the name of a surgery what it has not said.
#[tokio::test]
async fn a_text_says_who_says_that_it_is_over() {
    let mut day = reported(Driver::Sqlite).await;
    day.app.subscribers(&[("+447700900105", "sms", "Z80002")]).await;
    let region = day.region.clone();
    day.is_over(&region).await;
    day.app.run_workers().await;
    let short = newest(&day.app).await.short;
    let said = "Fixture Uplands said that this problem is over.";
    assert!(short.contains(said) && !short.contains("The problem with EMIS"), "{short}");
}

/// A text message tells the fact itself, and a correction in one's own words is never cut.
#[tokio::test]
async fn what_matters_is_in_the_short_forms() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("a@example.org", "email", "RZ5")]).await;
    let trust = app.token("RZ5", Role::Publisher).await;
    let lines = json!({"radiotherapy": {"state": "cancelled", "session": "morning", "day": "2024-07-19"}});
    let body = json!({"system": "radiotherapy", "organisations": ["RZ5"], "lines": lines, "message": "x ".repeat(290)});
    app.api(&trust, "POST", "/api/v1/incidents", body).await;
    app.run_workers().await;
    let told = newest(&app).await;
    assert!(
        told.short.contains("adiotherapy is cancelled") && told.short.contains("morning"),
        "{}",
        told.short
    );
    assert!(!told.paragraphs.iter().any(|p| p.contains("may be delayed")), "{:?}", told.paragraphs);
    // Own words are cut before the answer is.
    let limit = signpost::domain::channel::Limit { max: 300, count: |s| s.chars().count(), link: None };
    let post = told.post_within(&limit);
    assert!(post.chars().count() <= 300 && post.contains("Come to your appointment"), "{post}");

    let shut = json!({"title": "Flood", "organisations": ["RZ5"], "lines": {"attend": "do_not_come"}});
    let posted = app.api(&trust, "POST", "/api/v1/incidents", shut).await.json();
    app.run_workers().await;
    let own = "Only the ground floor is closed. If your appointment is upstairs, come as planned. \
               Everybody else waits for our call, which comes before noon on the day.";
    let path = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
    app.api(&trust, "POST", &path, json!({"correction": own})).await;
    app.run_workers().await;
    let told = newest(&app).await;
    assert!(told.short.contains(own), "{}", told.short);
}

/// A region goes on with what it had said is over: whoever was back to normal is told, and asked again.
#[tokio::test]
async fn what_comes_back_reaches_those_who_were_back_to_normal() {
    for driver in Driver::BOTH {
        let mut day = reported(driver).await;
        let (region, board) = (day.region.clone(), day.board.clone());
        day.is_over(&region).await;
        day.app.advance(Duration::minutes(5));
        day.answers("recovered", json!({})).await;
        let all = format!("/api/v1/incidents/{}/confirmations", day.incident);
        assert_eq!(day.app.api(&board, "POST", &all, json!({})).await.status, 200);
        assert_eq!(day.state("Z80002").await, "normal");
        day.app.advance(Duration::minutes(5));
        let path = format!("/api/v1/incidents/{}/updates", day.incident);
        let again = json!({"state": "identified", "lines": {"attend": "do_not_come", "phones": "down"}});
        let posted = day.app.api(&region, "POST", &path, again).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        for place in ["Z80001", "Z80002"] {
            assert_eq!(day.state(place).await, "closed", "{place}");
        }
        let asking = format!("/api/v1/incidents/{}/asking", day.incident);
        let silent = day.app.api(&region, "GET", &asking, Value::Null).await.json()["silent"].to_string();
        assert!(silent.contains("Z80001") && silent.contains("Z80002"), "{silent}");
    }
}

/// Only the place and whoever is responsible for it know that it is back to normal; and a
/// place that speaks of itself after the end has spoken.
#[tokio::test]
async fn a_place_that_says_how_it_is_is_not_waited_for() {
    let mut day = reported(Driver::Sqlite).await;
    let region = day.region.clone();
    let path = format!("/api/v1/incidents/{}/responses/Z80002", day.incident);
    let pressed = day.app.api(&region, "PUT", &path, json!({"answer": "affected"})).await;
    assert_eq!(pressed.status, 200, "{}", pressed.text());
    day.is_over(&region).await;
    assert_eq!(day.state("Z80002").await, "not_confirmed");
    day.app.advance(Duration::minutes(5));
    let surgery = day.app.token("Z80003", Role::Publisher).await;
    assert_eq!(day.state("Z80003").await, "not_confirmed");
    let own = json!({"lines": {"attend": "come"}, "message": "All our systems are back."});
    let set = day.app.api(&surgery, "PUT", "/api/v1/organisations/Z80003/lines", own).await;
    assert_eq!(set.status, 200, "{}", set.text());
    assert_eq!(day.state("Z80003").await, "normal");
    // What a region pressed for it is no word of its own: its board may say it for all.
    let all = format!("/api/v1/incidents/{}/confirmations", day.incident);
    assert_eq!(day.app.api(&day.board, "POST", &all, json!({})).await.status, 200);
    assert_eq!(day.state("Z80002").await, "normal");
}
