//! Whole incidents, compared form by form: what the page warns of, every form warns of, under
//! a name that is true, until the page does not.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::workers::planner;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};
use crate::told_alike::{Follower, answers, call, declare, element, goes_on, read, says, text};

async fn unresolved(app: &mut TestApp, place: &str) -> Vec<(String, String)> {
    let told = read(app, &format!("/{place}/api/v2/incidents/unresolved.json")).await;
    let text = |i: &Value, key: &str| i[key].as_str().unwrap().to_owned();
    told["incidents"].as_array().unwrap().iter().map(|i| (text(i, "name"), text(i, "status"))).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

/// What readers of the page see, without tags.
pub async fn seen(app: &mut TestApp, path: &str) -> String {
    let page = text(app, path).await;
    crate::staff::texts_of(&page, "main").join(" ")
}

/// "Not affected" and "back to normal" with lines that are not as usual are no all-clear.
#[tokio::test]
async fn an_answer_that_clears_a_place_leaves_what_it_says_is_wrong() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        let mut follower = Follower::of("Z80002");
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        let shut =
            json!({"answer": "not_affected", "lines": {"attend": "do_not_come"}, "message": "A funeral."});
        answers(&app, "Z80005", &id, shut).await;
        let late = json!({"answer": "recovered", "lines": {"prescriptions": "delayed"}, "message": "Repeats are late."});
        answers(&app, "Z80002", &id, late).await;
        let cap = text(&mut app, "/Z80005/cap.xml").await;
        let told = ["msgType", "urgency", "severity", "certainty"].map(|name| element(&cap, name));
        assert_eq!(told, ["Update", "Immediate", "Severe", "Observed"], "{cap}");
        assert_eq!(element(&cap, "event"), "Appointments you already have: Do not come");
        assert_eq!(
            unresolved(&mut app, "Z80005").await,
            pairs(&[("Appointments you already have: Do not come", "identified")])
        );
        let cap = follower.looks(&mut app).await;
        assert_eq!(
            (element(&cap, "msgType"), element(&cap, "event")),
            ("Update".into(), "EMIS is down".into())
        );
        assert_eq!(unresolved(&mut app, "Z80002").await, pairs(&[("EMIS is down", "monitoring")]));
        for form in ["", "/history", "/feed.atom", "/feed.rss", "/cap.xml"] {
            let told = text(&mut app, &format!("/Z80002{form}")).await;
            assert!(!told.to_lowercase().contains("back to normal"), "{form}: {told}");
            assert!(!told.contains("less than a minute"), "{form}: {told}");
        }
        assert!(seen(&mut app, "/Z80002").await.contains("Working again, catching up"));
        // Nobody knows once it has run out: no form goes on with an older all-clear.
        app.advance(Duration::hours(3));
        for place in ["Z80005", "Z80002"] {
            let cap = text(&mut app, &format!("/{place}/cap.xml")).await;
            assert_eq!(element(&cap, "msgType"), "Update", "{cap}");
            assert!(element(&cap, "headline").contains("We do not know"), "{cap}");
            assert_eq!(unresolved(&mut app, place).await.len(), 1, "{place}");
        }
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(1));
        answers(&app, "Z80005", &id, json!({"answer": "not_affected"})).await;
        answers(&app, "Z80002", &id, json!({"answer": "recovered"})).await;
        follower.looks(&mut app).await;
        for place in ["Z80005", "Z80002"] {
            let cap = text(&mut app, &format!("/{place}/cap.xml")).await;
            assert_eq!(element(&cap, "msgType"), "Cancel", "{cap}");
            assert_eq!(unresolved(&mut app, place).await, [], "{place}");
        }
    }
}

/// Who ends it says nothing of what else is wrong at a place: as long as its page warns, so do
/// its alerts and its list of incidents.
#[tokio::test]
async fn after_the_end_every_form_says_what_the_page_says() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        app.advance(Duration::minutes(10));
        let shut = json!({"answer": "not_affected", "lines": {"attend": "do_not_come"}});
        answers(&app, "Z80005", &id, shut).await;
        answers(&app, "Z80002", &id, json!({"answer": "recovered", "lines": {"prescriptions": "delayed"}}))
            .await;
        app.advance(Duration::minutes(10));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        for hours in [0, 5] {
            app.advance(Duration::hours(hours));
            for place in ["Z80005", "Z80002"] {
                let page = app.status(place).await;
                let is_well =
                    page["headline"]["state"] == "normal" && page["lines"].as_array().unwrap().is_empty();
                let cap = text(&mut app, &format!("/{place}/cap.xml")).await;
                assert_eq!(element(&cap, "msgType") == "Cancel", is_well, "{place} {page} {cap}");
                let going_on = unresolved(&mut app, place).await;
                assert_eq!(going_on.is_empty(), is_well, "{place} {page} {going_on:?}");
                let story = seen(&mut app, &format!("/{place}")).await;
                assert!(story.contains("EMIS is down"), "{place}: {story}");
            }
        }
        answers(&app, "Z80005", &id, json!({"answer": "not_affected"})).await;
        answers(&app, "Z80002", &id, json!({"answer": "recovered"})).await;
        for place in ["Z80005", "Z80002"] {
            assert_eq!(app.status(place).await["headline"]["state"], "normal");
            assert_eq!(element(&text(&mut app, &format!("/{place}/cap.xml")).await, "msgType"), "Cancel");
            assert_eq!(unresolved(&mut app, place).await, []);
        }
    }
}

fn until(app: &TestApp, minutes: i64) -> String {
    (app.now() + Duration::minutes(minutes)).to_rfc3339()
}

/// Of the newest entry of a feed: title and text.
async fn newest(app: &mut TestApp, place: &str) -> String {
    let feed: atom_syndication::Feed = text(app, &format!("/{place}/feed.atom")).await.parse().unwrap();
    let entry = &feed.entries[0];
    format!("{}\n{}", entry.title.value, entry.content.as_ref().unwrap().value.as_ref().unwrap())
}

/// Whether the board set it for the place or for all of its places: what comes back when the
/// place's own word has run out is told, and under a name that is true.
#[tokio::test]
async fn a_line_that_comes_back_is_told_in_every_form() {
    for (driver, of) in Driver::BOTH.into_iter().flat_map(|d| [(d, "Z80041"), (d, "QZ8")]) {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80041");
        let off = json!({"lines": {"online_form": "off"}, "message": "Board says off.", "expires_at": until(&app, 300)});
        call(&app, "QZ8", "PUT", &format!("/api/v1/organisations/{of}/lines"), off).await;
        follower.looks(&mut app).await;
        assert_eq!(unresolved(&mut app, "Z80041").await, pairs(&[("Online form: Off", "identified")]));
        app.advance(Duration::minutes(5));
        let on = json!({"lines": {"online_form": "on", "phones": "limited"}, "expires_at": until(&app, 30)});
        says(&app, "Z80041", on).await;
        let cap = follower.looks(&mut app).await;
        assert_eq!(element(&cap, "event"), "Phone lines: Limited");
        assert_eq!(unresolved(&mut app, "Z80041").await, pairs(&[("Phone lines: Limited", "identified")]));
        app.advance(Duration::minutes(31));
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(5));
        let usual =
            json!({"lines": {"online_form": "on", "phones": "working"}, "expires_at": until(&app, 60)});
        says(&app, "Z80041", usual).await;
        let cap = follower.looks(&mut app).await;
        assert_eq!(element(&cap, "msgType"), "Cancel", "{of}: {cap}");
        assert_eq!(unresolved(&mut app, "Z80041").await, []);
        let had = newest(&mut app, "Z80041").await;

        app.advance(Duration::minutes(70));
        let lines = app.status("Z80041").await["lines"].to_string();
        assert!(lines.contains("\"state\":\"off\""), "{lines}");
        let mut follower = Follower::of("Z80041");
        let cap = follower.looks(&mut app).await;
        assert_eq!(
            (element(&cap, "event"), element(&cap, "urgency")),
            ("Online form: Off".into(), "Immediate".into())
        );
        assert_ne!(element(&cap, "msgType"), "Cancel");
        assert_eq!(
            unresolved(&mut app, "Z80041").await,
            pairs(&[("Online form: Off", "identified")]),
            "{of}"
        );
        let told = newest(&mut app, "Z80041").await;
        assert!(
            told != had && told.contains("Online form: Off") && told.contains("Board says off."),
            "{told}"
        );
        let history = seen(&mut app, "/Z80041/history").await;
        assert!(history.contains("Online form: Off Still going on"), "{history}");
        app.advance(Duration::minutes(300));
        let cap = follower.looks(&mut app).await;
        assert!(
            element(&cap, "msgType") == "Update" && element(&cap, "headline").contains("We do not know"),
            "{cap}"
        );
        // A record says the same as long as it is kept: what came back has its address.
        let told = read(&mut app, "/Z80041/api/v2/incidents.json").await;
        for incident in told["incidents"].as_array().unwrap() {
            let path = format!("/Z80041/incidents/{}", incident["id"].as_str().unwrap());
            assert_eq!(app.get(&path).await.status, 200, "{incident}");
        }
    }
}

/// A branch that is open, while its surgery is shut and nobody can phone either.
#[tokio::test]
async fn what_goes_on_is_named_after_what_is_wrong_here() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let shut = json!({"lines": {"attend": "do_not_come", "phones": "down"}, "message": "A pipe burst."});
    says(&app, "Z80001", shut).await;
    let shut = pairs(&[("Appointments you already have: Do not come", "identified")]);
    assert_eq!(unresolved(&mut app, "Z80001001").await, shut);
    app.advance(Duration::minutes(5));
    says(&app, "Z80001001", json!({"lines": {"attend": "come"}})).await;
    let phones = pairs(&[("Phone lines: Not working", "identified")]);
    assert_eq!(unresolved(&mut app, "Z80001001").await, phones);
    assert_eq!(element(&text(&mut app, "/Z80001001/cap.xml").await, "event"), "Phone lines: Not working");
    assert_eq!(unresolved(&mut app, "Z80001").await, shut, "not there");
}

#[tokio::test]
async fn an_end_that_nobody_confirmed_is_doubted_beside_other_trouble() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let body = json!({"title": "Forms fail", "organisations": ["Z80001"], "lines": {"online_form": "off"}});
    let id = declare(&app, "Y91", body).await;
    says(&app, "Z80001", json!({"lines": {"phones": "limited"}, "expires_at": until(&app, 300)})).await;
    app.advance(Duration::minutes(10));
    goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
    assert!(!text(&mut app, "/Z80001").await.contains("No problem reported"));
    for form in ["", "/poster", "/screen", "/voice.xml", "/widget.js"] {
        let told = text(&mut app, &format!("/Z80001{form}")).await;
        let said =
            "Fixture Uplands said that another problem is over. This GP surgery has not confirmed it yet.";
        assert!(told.contains(said), "{form}: {told}");
    }
}

#[tokio::test]
async fn an_alert_doubts_words_about_111_that_have_run_out() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let words = json!({"state": "changed", "words": "Do not call 111. Use 111.nhs.uk only."});
    says(&app, "X24", json!({"lines": {"nhs_111": words}, "expires_at": until(&app, 120)})).await;
    let mut follower = Follower::of("Z80001");
    let cap = follower.looks(&mut app).await;
    assert!(!cap.contains("We do not know"), "{cap}");
    app.advance(Duration::minutes(130));
    let cap = follower.looks(&mut app).await;
    let english = cap.split("</info>").next().unwrap();
    let count = |words: &str| english.matches(words).count();
    let doubted = count("Use 111.nhs.uk only. We do not know if it is still right.");
    assert!(doubted > 0 && doubted == count("Use 111.nhs.uk only."), "{english}");
}

#[tokio::test]
async fn nothing_should_be_working_again_beside_what_does_not() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let plan = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "limited"},
        "starts_at": "2024-07-19T08:00:00Z", "ends_at": "2024-07-19T10:00:00Z"});
    call(&app, "Z80001", "POST", "/api/v1/planned", plan).await;
    let body = json!({"title": "The exchange has failed", "organisations": ["Z80001"],
        "lines": {"phones": "down"}, "next_update_by": "2024-07-19T14:00:00Z"});
    let id = declare(&app, "Y91", body).await;
    app.desk.clock.set("2024-07-19T10:05:00Z".parse().unwrap());
    for form in ["", "/status.json"] {
        let told = text(&mut app, &format!("/Z80001{form}")).await;
        assert!(told.contains("This was due to end at 11am."), "{told}");
        assert!(!told.contains("Things should be working again"), "{told}");
    }
    goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
    assert!(text(&mut app, "/Z80001").await.contains("Things should be working again"));
}

#[tokio::test]
async fn entries_about_planned_work_keep_their_words() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let plan = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "limited"},
        "starts_at": "2024-07-19T08:00:00Z", "ends_at": "2024-07-19T10:00:00Z"});
    let plan = call(&app, "Z80001", "POST", "/api/v1/planned", plan).await;
    let path = format!("/api/v1/planned/{}", plan["id"].as_str().unwrap());
    app.desk.clock.set("2024-07-19T08:10:00Z".parse().unwrap());
    planner::step(&app.desk).await.unwrap();
    app.advance(Duration::minutes(1));
    call(&app, "Z80001", "POST", &format!("{path}/extension"), json!({"ends_at": "2024-07-19T13:00:00Z"}))
        .await;
    app.desk.clock.set("2024-07-19T10:10:00Z".parse().unwrap());
    call(&app, "Z80001", "POST", &format!("{path}/end"), json!({})).await;
    let feed = text(&mut app, "/Z80001/feed.atom").await;
    for words in ["It should end at 11am.", "It should end at 2pm.", "This ended at 11:10am."] {
        assert!(feed.contains(words), "{words}: {feed}");
    }
    let told = text(&mut app, "/Z80001/api/v2/scheduled-maintenances.json").await;
    assert!(told.contains("It should end at 11am.") && told.contains("It should end at 2pm."), "{told}");
}

/// What was taken back is called the same everywhere: withdrawn, or, where the place has said
/// that it is affected and has not said otherwise, catching up.
#[tokio::test]
async fn what_was_taken_back_has_one_name() {
    for (driver, by) in Driver::BOTH.into_iter().flat_map(|d| [(d, "QZ8"), (d, "Y91")]) {
        let mut app = TestApp::with_region(driver).await;
        let body = json!({"title": "Phones are down", "organisations": ["Z80041", "Z80042"],
            "lines": {"phones": "down"}, "message": "No calls."});
        let posted = call(&app, by, "POST", "/api/v1/incidents", body).await;
        let id = posted["id"].as_str().unwrap().to_owned();
        app.advance(Duration::minutes(5));
        answers(&app, "Z80041", &id, json!({"answer": "affected", "lines": {"phones": "down"}})).await;
        app.advance(Duration::minutes(5));
        let token = app.token(by, signpost::domain::user::Role::Coordinator).await;
        let words = json!({"correction": "This was a mistake. The phones work."});
        assert_eq!(decide(&app, &token, &update_of(&posted), "withdrawal", words).await.status, 201);
        for place in ["Z80041", "Z80042"] {
            let state =
                read(&mut app, &format!("/{place}/status.json")).await["incidents"][0]["state"].clone();
            let (is, is_not) = match state.as_str().unwrap() {
                "catching_up" => ("Working again, catching up", "Phones are down Withdrawn"),
                _ => ("Withdrawn", "Back to normal"),
            };
            let forms = ["", "/history", "/history/2024-07", &format!("/incidents/{id}")];
            for form in forms {
                let told = seen(&mut app, &format!("/{place}{form}")).await;
                assert!(told.contains(is) && !told.contains(is_not), "{by} {place}{form} {state}: {told}");
                assert!(is != "Withdrawn" || !told.contains("10 minutes"), "{told}");
            }
            let feed = text(&mut app, &format!("/{place}/feed.atom")).await;
            let withdrawn =
                feed.split("<title>Withdrawn: ").nth(1).unwrap().split("</entry>").next().unwrap();
            assert!(!withdrawn.contains("not confirmed"), "{withdrawn}");
        }
    }
}

/// An end within this minute is told at once, also in the pages about the past.
#[tokio::test]
async fn pages_about_the_past_do_not_lag_behind() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let body = json!({"title": "Phones fail", "organisations": ["Z80041"], "lines": {"phones": "down"}});
    let id = declare(&app, "QZ8", body).await;
    app.advance(Duration::seconds(440));
    goes_on(&app, "QZ8", &id, json!({"state": "resolved"})).await;
    let month = seen(&mut app, "/Z80041/history/2024-07").await;
    assert!(month.contains("Phones fail 7 minutes"), "{month}");
    assert!(seen(&mut app, &format!("/Z80041/incidents/{id}")).await.contains("Ended at"));
}

#[tokio::test]
async fn the_words_with_back_to_normal_are_on_the_page() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
    answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
    goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
    app.advance(Duration::minutes(5));
    answers(&app, "Z80001", &id, json!({"answer": "recovered", "message": "All is well here."})).await;
    for form in ["", "/status.json"] {
        assert!(text(&mut app, &format!("/Z80001{form}")).await.contains("All is well here."), "{form}");
    }
}
