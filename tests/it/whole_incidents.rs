//! Whole incidents, walked through every form of a page: relapses, ends that nobody has
//! confirmed, what is said for a place and who said it.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Driver, TestApp};
use crate::staff::texts_of;
use crate::told_alike::{Follower, answers, call, declare, element, goes_on, read, says, text};

const OVER: &str = "Fixture Uplands said that this problem is over.";
const NOT_YET: &str = "This GP surgery has not confirmed it yet.";

async fn system_fault(app: &TestApp) -> String {
    declare(app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await
}

async fn is_over(app: &TestApp, of: &str, incident: &str) {
    goes_on(app, of, incident, json!({"state": "resolved"})).await;
}

/// Answered for a place by somebody else.
async fn answered_by(app: &TestApp, of: &str, place: &str, incident: &str, body: Value) {
    call(app, of, "PUT", &format!("/api/v1/incidents/{incident}/responses/{place}"), body).await;
}

async fn state(app: &mut TestApp, place: &str) -> String {
    app.status(place).await["headline"]["state"].as_str().unwrap().to_owned()
}

/// The entries of a feed: what was told, by its id and time.
async fn entries(app: &mut TestApp, place: &str) -> Vec<(String, String)> {
    let feed: atom_syndication::Feed = text(app, &format!("/{place}/feed.atom")).await.parse().unwrap();
    let told = |e: atom_syndication::Entry| {
        let words = format!("{}\n{}", e.title.value, e.content.unwrap().value.unwrap());
        (format!("{} {}", e.id, e.updated), words)
    };
    feed.entries.into_iter().map(told).collect()
}

fn component(summary: &Value, name: &str) -> Value {
    let all = summary["components"].as_array().unwrap();
    all.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("{name}: {summary}")).clone()
}

/// "Back to normal" from before it came back is over, in every form; and stays on record.
#[tokio::test]
async fn a_relapse_is_no_all_clear() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80001");
        let id = system_fault(&app).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(40));
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        let cancel = follower.looks(&mut app).await;
        assert_eq!(element(&cancel, "msgType"), "Cancel");
        app.advance(Duration::minutes(30));
        goes_on(&app, "Y91", &id, json!({"state": "monitoring"})).await;
        follower.looks(&mut app).await;
        let told = entries(&mut app, "Z80001").await;
        app.advance(Duration::minutes(30));
        goes_on(&app, "Y91", &id, json!({"state": "identified", "message": "It came back."})).await;
        let cap = follower.looks(&mut app).await;
        assert_eq!(
            ["msgType", "responseType", "urgency"].map(|name| element(&cap, name)),
            ["Update", "Monitor", "Immediate"],
            "{cap}"
        );
        assert_ne!(element(&cap, "sent"), element(&cancel, "sent"));
        assert!(!cap.contains("back to normal"), "{cap}");
        let now = entries(&mut app, "Z80001").await;
        assert!(told.iter().all(|entry| now.contains(entry)), "{told:?}\n{now:?}");
        let newest = now.iter().find(|(_, words)| words.contains("It came back.")).unwrap();
        assert!(!newest.1.contains("back to normal"), "{newest:?}");
        let history = text(&mut app, "/Z80001/history").await;
        for said in ["Ashwick Surgery said that it was affected.", "Ashwick Surgery is back to normal"] {
            assert!(history.contains(said), "{said}: {history}");
        }
        app.advance(Duration::minutes(20));
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(20));
        is_over(&app, "Y91", &id).await;
        follower.looks(&mut app).await;
    }
}

/// To speak of one thing confirms nothing about another.
#[tokio::test]
async fn words_about_something_else_do_not_end_what_others_say_is_over() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80002");
        let id = system_fault(&app).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(70));
        is_over(&app, "Y91", &id).await;
        follower.looks(&mut app).await;
        let before = entries(&mut app, "Z80002").await;
        app.advance(Duration::minutes(20));
        let cut = json!({"title": "Our phone line is cut", "organisations": ["Z80002"], "lines": {"phones": "down"}});
        let phones = declare(&app, "Z80002", cut).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(20));
        is_over(&app, "Z80002", &phones).await;
        follower.looks(&mut app).await;
        assert_eq!(state(&mut app, "Z80002").await, "not_confirmed");
        let page = text(&mut app, "/Z80002").await;
        assert!(
            page.contains(OVER) && page.contains(NOT_YET) && !page.contains("No known problems"),
            "{page}"
        );
        // A flood, and its end; and that another fault is here.
        app.advance(Duration::minutes(20));
        says(&app, "Z80002", json!({"lines": {"attend": "do_not_come"}})).await;
        follower.looks(&mut app).await;
        let second = declare(&app, "Y91", json!({"title": "Windows", "system": "windows"})).await;
        app.advance(Duration::minutes(5));
        answers(&app, "Z80002", &second, json!({"answer": "affected"})).await;
        says(&app, "Z80002", json!({"lines": {}})).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(5));
        answers(&app, "Z80002", &second, json!({"answer": "not_affected"})).await;
        assert_eq!(state(&mut app, "Z80002").await, "not_confirmed");
        let all = read(&mut app, "/Z80002/api/v2/incidents/unresolved.json").await;
        assert!(all["incidents"].as_array().unwrap().iter().any(|i| i["id"] == json!(id)), "{all}");
        // That people come as usual does, from then on.
        app.advance(Duration::minutes(20));
        follower.looks(&mut app).await;
        says(&app, "Z80002", json!({"lines": {"attend": "come"}})).await;
        assert_eq!(state(&mut app, "Z80002").await, "normal");
        let cap = follower.looks(&mut app).await;
        assert_eq!(
            (element(&cap, "msgType"), element(&cap, "responseType")),
            ("Cancel".into(), "AllClear".into()),
            "{cap}"
        );
        let now = entries(&mut app, "Z80002").await;
        assert!(before.iter().all(|entry| now.contains(entry)), "{before:?}\n{now:?}");
        // And it stays so when the word is replaced.
        app.advance(Duration::minutes(20));
        says(&app, "Z80002", json!({"lines": {"phones": "limited"}})).await;
        let page = text(&mut app, "/Z80002").await;
        assert!(!page.contains(NOT_YET), "{page}");
        let alone = text(&mut app, &format!("/Z80002/incidents/{id}")).await;
        assert!(!alone.contains(NOT_YET), "{alone}");
        let cap = text(&mut app, "/Z80002/cap.xml").await;
        assert_eq!((element(&cap, "msgType"), element(&cap, "references")), ("Alert".into(), String::new()));
    }
}

/// A place of which we know more is not told greener than one that never answered.
#[tokio::test]
async fn nothing_is_said_to_work_where_only_others_say_that_it_is_over() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = system_fault(&app).await;
        let own = json!({"answer": "affected", "lines": {"phones": "down", "prescriptions": "delayed"}});
        answers(&app, "Z80001", &id, own).await;
        app.advance(Duration::minutes(30));
        is_over(&app, "Y91", &id).await;
        for place in ["Z80001", "Z80002"] {
            let page = text(&mut app, &format!("/{place}")).await;
            assert!(!page.contains("No problem reported"), "{place}: {page}");
            let summary = read(&mut app, &format!("/{place}/api/v2/summary.json")).await;
            let records = component(&summary, "Health records");
            assert_eq!(records["status"], "degraded_performance", "{records}");
            let told = records["description"].as_str().unwrap();
            assert!(told.contains(OVER) && told.contains(NOT_YET), "{told}");
        }
        // What it said of itself did not come back, and what nobody spoke of is as usual.
        let summary = read(&mut app, "/Z80001/api/v2/summary.json").await;
        assert_eq!(component(&summary, "Phone lines")["status"], "major_outage");
        assert_eq!(component(&summary, "Online form")["status"], "operational");
        let newest = &summary["incidents"][0]["incident_updates"][0];
        for changed in newest["affected_components"].as_array().unwrap() {
            assert!(
                !["Phone lines", "Prescriptions"].contains(&changed["name"].as_str().unwrap()),
                "{newest}"
            );
            assert_ne!(changed["new_status"], "operational", "{newest}");
        }
        app.advance(Duration::minutes(30));
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        let summary = read(&mut app, "/Z80001/api/v2/components.json").await;
        let all = summary["components"].as_array().unwrap();
        assert!(all.iter().all(|c| c["status"] == "operational"), "{summary}");
        let all = read(&mut app, "/Z80001/api/v2/incidents.json").await;
        let newest = all["incidents"][0]["incident_updates"][0]["affected_components"].to_string();
        assert!(newest.contains("Phone lines") && newest.contains("\"operational\""), "{newest}");
        assert!(text(&mut app, "/Z80001").await.contains("No problem reported"));
    }
}

/// A pharmacy is slower as long as the surgery says that its prescriptions are.
#[tokio::test]
async fn a_pharmacy_is_slower_while_its_surgery_says_so() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let links = json!({"pharmacies": ["FZ101"]});
        call(&app, "Z80001", "PUT", "/api/v1/organisations/Z80001/pharmacies", links.clone()).await;
        let id = system_fault(&app).await;
        let own = json!({"answer": "affected", "lines": {"prescriptions": "delayed"}});
        answers(&app, "Z80001", &id, own).await;
        app.advance(Duration::minutes(30));
        is_over(&app, "Y91", &id).await;
        assert!(text(&mut app, "/Z80001").await.contains("Prescriptions are taking longer"));
        let pharmacy = app.status("FZ101").await;
        assert_eq!(pharmacy["headline"]["state"], "limited", "{pharmacy}");
        assert_eq!(pharmacy["linked"][0]["state"], "catching_up", "{pharmacy}");
        assert_eq!(pharmacy["next_update_by"], Value::Null, "nobody promised more");
        let page = text(&mut app, "/FZ101").await;
        assert!(page.contains("Some GP surgeries that send prescriptions here have a problem"), "{page}");
        assert!(text(&mut app, "/FZ101/history").await.contains("Still going on"));
        app.advance(Duration::minutes(30));
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        app.advance(Duration::minutes(1));
        assert_eq!(app.status("FZ101").await["headline"]["state"], "normal");
        assert!(!text(&mut app, "/FZ101/history").await.contains("Still going on"));
    }
}

/// A program that knows alerts alone must not go green while the page still warns.
#[tokio::test]
async fn an_alert_stands_as_long_as_the_page_warns() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = system_fault(&app).await;
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        let cap = text(&mut app, "/Z80002/cap.xml").await;
        assert_eq!(element(&cap, "expires"), "2024-07-19T10:00:00-00:00", "an hour after what was promised");
        app.advance(Duration::hours(4));
        let ran_out = text(&mut app, "/Z80002/cap.xml").await;
        assert!(ran_out.contains("not know") && !ran_out.contains("<expires>"), "{ran_out}");
        is_over(&app, "Y91", &id).await;
        let said = text(&mut app, "/Z80002/cap.xml").await;
        assert_eq!(element(&said, "expires"), "2024-07-26T11:00:00-00:00", "{said}");
        let awaited = text(&mut app, "/Z80001/cap.xml").await;
        assert!(!awaited.contains("<expires>"), "{awaited}");
        // What a place said of itself, and has run out.
        says(&app, "Z80041", json!({"lines": {"phones": "down"}, "expires_at": "2024-07-19T12:00:00Z"}))
            .await;
        assert!(text(&mut app, "/Z80041/cap.xml").await.contains("<expires>"));
        app.advance(Duration::hours(2));
        let ran_out = text(&mut app, "/Z80041/cap.xml").await;
        assert!(element(&ran_out, "msgType") == "Update" && !ran_out.contains("<expires>"), "{ran_out}");
    }
}

/// What a surgery says counts for its branch, and is not its branch's word; and all of it stays.
#[tokio::test]
async fn a_branch_says_what_its_surgery_said_in_its_surgerys_name() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80001001");
        let id = system_fault(&app).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        let ring = "Ring the bell at the side door.";
        answers(&app, "Z80001", &id, json!({"answer": "affected", "message": ring})).await;
        follower.looks(&mut app).await;
        for form in ["status.json", "api/v2/status.json"] {
            let told = read(&mut app, &format!("/Z80001001/{form}")).await.to_string();
            assert!(
                told.contains("\"said_by\":\"Ashwick Surgery\",\"text\":\"Ring the bell"),
                "{form}: {told}"
            );
        }
        let page = text(&mut app, "/Z80001001").await;
        assert!(
            page.contains("Ashwick Surgery said for this place at 8:10am that it was affected."),
            "{page}"
        );
        let script = text(&mut app, "/Z80001001/voice.xml").await;
        assert!(script.contains("Ashwick Surgery"), "whose door: {script}");
        for form in ["feed.atom", "feed.rss", "cap.xml", "history"] {
            let told = text(&mut app, &format!("/Z80001001/{form}")).await;
            assert!(
                !told.contains("Rushenby Branch Surgery said that it was affected")
                    && told.contains("Ashwick Surgery"),
                "{form}: {told}"
            );
        }
        let before = entries(&mut app, "Z80001001").await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001", &id, json!({"answer": "affected", "lines": {"phones": "limited"}})).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001001", &id, json!({"answer": "affected", "lines": {"phones": "down"}})).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001", &id, json!({"answer": "recovered", "message": "All is well."})).await;
        follower.looks(&mut app).await;
        assert_eq!(state(&mut app, "Z80001001").await, "serious", "its own word counts");
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001001", &id, json!({"answer": "recovered"})).await;
        let cap = follower.looks(&mut app).await;
        assert_eq!(element(&cap, "msgType"), "Cancel", "{cap}");
        let now = entries(&mut app, "Z80001001").await;
        assert!(before.iter().all(|entry| now.contains(entry)), "{before:?}\n{now:?}");
        let history = text(&mut app, "/Z80001001/history").await;
        assert!(history.contains(ring) && !history.contains("All is well."), "{history}");
    }
}

/// What a region sets for a place is signed by the region, everywhere; and its end by whoever
/// ended it.
#[tokio::test]
async fn what_others_set_for_a_place_is_signed_by_them() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80006");
        let path = "/api/v1/organisations/Z80006/lines";
        let lines = json!({"lines": {"phones": "down"}, "message": "Use the practice next door."});
        call(&app, "Y91", "PUT", path, lines).await;
        let cap = follower.looks(&mut app).await;
        assert!(cap.contains("Reported by Fixture Uplands."), "{cap}");
        assert_ne!(element(&cap, "certainty"), "Observed");
        let history = text(&mut app, "/Z80006/history").await;
        assert!(!history.contains("This GP surgery reported this"), "{history}");
        assert!(history.contains("Fixture Uplands reported this"), "{history}");
        let summary = read(&mut app, "/Z80006/api/v2/summary.json").await;
        assert_eq!(component(&summary, "Phone lines")["nhs"]["spoken_by"]["code"], "Y91");
        assert_eq!(summary["incidents"][0]["nhs"]["declared_by"]["code"], "Y91", "{summary}");
        let before = entries(&mut app, "Z80006").await;
        app.advance(Duration::minutes(20));
        says(&app, "Z80006", json!({"lines": {"phones": "working"}})).await;
        let cap = follower.looks(&mut app).await;
        assert_eq!(element(&cap, "msgType"), "Cancel", "{cap}");
        assert!(cap.contains("Reported by Fernhollow Surgery.") && !cap.contains("Fixture Uplands"), "{cap}");
        let now = entries(&mut app, "Z80006").await;
        assert!(before.iter().all(|entry| now.contains(entry)), "{before:?}\n{now:?}");
        let end = now.iter().find(|(_, words)| words.contains("problem is over")).unwrap();
        assert!(!end.1.contains("Fixture Uplands"), "{end:?}");
    }
}

/// A region presses "affected" for a silent surgery: the question is answered, and the page
/// says whose word it is and that the surgery has not confirmed it.
#[tokio::test]
async fn what_a_region_presses_for_a_place_is_told_as_the_regions() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80005");
        let id = system_fault(&app).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        answered_by(&app, "Y91", "Z80005", &id, json!({"answer": "affected"})).await;
        let cap = follower.looks(&mut app).await;
        assert!(cap.contains("Not confirmed by"), "{cap}");
        let page = app.status("Z80005").await;
        // The question is answered, for roles act for everything below; who did is told.
        assert_eq!(page["incidents"][0]["confirmation"], "confirmed");
        let told = text(&mut app, "/Z80005").await;
        assert!(told.contains(NOT_YET), "{told}");
        app.advance(Duration::minutes(10));
        is_over(&app, "Y91", &id).await;
        let cap = follower.looks(&mut app).await;
        assert!(!cap.contains("AllClear"), "{cap}");
        let page = text(&mut app, "/Z80005").await;
        assert!(page.contains(&format!("{OVER} {NOT_YET}")), "{page}");
        // Its board knows.
        app.advance(Duration::minutes(10));
        answered_by(&app, "QZ8", "Z80005", &id, json!({"answer": "recovered"})).await;
        assert_eq!(app.status("Z80005").await["incidents"][0]["confirmation"], "confirmed");
        follower.looks(&mut app).await;
    }
}

/// While nobody has confirmed it, it goes on in every form; and after a week nobody says that
/// it was confirmed.
#[tokio::test]
async fn every_form_ends_at_the_same_time() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80002");
        let id = system_fault(&app).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(30));
        is_over(&app, "Y91", &id).await;
        follower.looks(&mut app).await;
        let rows = texts_of(&text(&mut app, "/Z80002/history").await, "table tbody tr");
        assert!(rows[0].ends_with("Still going on"), "{rows:?}");
        for form in ["history", &format!("incidents/{id}")] {
            let told = text(&mut app, &format!("/Z80002/{form}")).await;
            assert!(!told.contains("Ended at") && told.contains(NOT_YET), "{form}: {told}");
        }
        app.advance(Duration::days(8));
        let cap = follower.looks(&mut app).await;
        assert_eq!(
            (element(&cap, "msgType"), element(&cap, "responseType")),
            ("Cancel".into(), "None".into()),
            "{cap}"
        );
        assert!(cap.contains("said that this problem is over") && !cap.contains("not confirmed"), "{cap}");
        let all = read(&mut app, "/Z80002/api/v2/incidents.json").await;
        assert_eq!(
            (&all["incidents"][0]["status"], &all["incidents"][0]["resolved_at"]),
            (&json!("resolved"), &json!("2024-07-26T07:30:00.000Z"))
        );
        let history = text(&mut app, "/Z80002/history").await;
        assert!(!history.contains("Back to normal") && !history.contains(NOT_YET), "{history}");
        let stages = texts_of(&history, ".nhsuk-tag").join(" ");
        assert!(stages.contains("Said to be over"), "{stages}");
        assert!(texts_of(&history, "main p").join(" ").contains("Ended at 8:30am, Friday 19 July 2024"));
        let rows = texts_of(&history, "table tbody tr");
        assert!(rows[0].ends_with("30 minutes"), "{rows:?}");
        // What is said later of anything else moves no end.
        says(&app, "Z80002", json!({"lines": {"attend": "come"}})).await;
        assert_eq!(follower.looks(&mut app).await, cap);
    }
}

/// That it came back was wrong: the end stands, and nobody took that back.
#[tokio::test]
async fn a_relapse_that_was_wrong_leaves_the_end() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80002");
        let id = system_fault(&app).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(30));
        is_over(&app, "Y91", &id).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(30));
        let again = json!({"state": "identified", "message": "It is back again."});
        let posted = call(&app, "Y91", "POST", &format!("/api/v1/incidents/{id}/updates"), again).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        let path = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
        call(&app, "Y91", "POST", &path, json!({"correction": "It did not come back."})).await;
        follower.looks(&mut app).await;
        for form in ["", "/poster", "/voice.xml", "/cap.xml"] {
            let told = text(&mut app, &format!("/Z80002{form}")).await;
            // Not the incident: the history alone says of which words that is so.
            let taken_back = told.matches("Fixture Uplands took this back").count();
            assert_eq!(taken_back, told.matches("Do not use it.").count(), "{form}: {told}");
            assert!(told.contains(OVER) && taken_back <= usize::from(form.is_empty()), "{form}: {told}");
        }
    }
}

/// What is taken back later changes no message that was sent.
#[tokio::test]
async fn a_cancel_outlives_the_incident_that_it_was_about() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80003");
        let body =
            json!({"title": "EMIS is down", "system": "emis-web", "next_update_by": "2024-07-19T11:00:00Z"});
        let posted = call(&app, "Y91", "POST", "/api/v1/incidents", body).await;
        follower.looks(&mut app).await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80003", posted["id"].as_str().unwrap(), json!({"answer": "not_affected"})).await;
        let cancel = follower.looks(&mut app).await;
        assert_eq!(element(&cancel, "msgType"), "Cancel", "{cancel}");
        app.advance(Duration::minutes(10));
        let path = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
        call(&app, "Y91", "POST", &path, json!({"correction": "EMIS works."})).await;
        assert_eq!(follower.looks(&mut app).await, cancel);
    }
}
