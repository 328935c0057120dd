//! What one form says, every form says: alerts, feeds and records of what those above set,
//! own words and changed help in posters, screens and the answerphone, and answers that do
//! not contradict the lines below them.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::workers::planner;

use crate::harness::{Driver, TestApp, code};

async fn call(app: &TestApp, of: &str, method: &str, path: &str, body: Value) -> Value {
    let token = app.token(of, Role::Coordinator).await;
    let done = app.api(&token, method, path, body).await;
    assert!(done.status.is_success(), "{path}: {}", done.text());
    done.json()
}

/// Says it as the place itself; where two have to agree, the second does.
async fn says(app: &mut TestApp, of: &str, body: Value) {
    app.advance(Duration::seconds(60));
    let done = call(app, of, "PUT", &format!("/api/v1/organisations/{of}/lines"), body).await;
    if done["publication"] == "awaiting_approval" {
        let second = app.token(of, Role::Administrator).await;
        let path = format!("/api/v1/updates/{}/approval", done["update"]["id"].as_str().unwrap());
        assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
    }
    app.publish().await;
}

async fn text(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

/// What an element of an alert holds.
fn element(cap: &str, name: &str) -> String {
    let from = cap.split(&format!("<{name}>")).nth(1).unwrap_or_default();
    from.split(&format!("</{name}>")).next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_a_board_sets_is_told_in_every_record_of_its_places() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let shut = json!({"lines": {"attend": "do_not_come"}, "message": "There is a flood."});
        says(&mut app, "QZ8", shut).await;
        let cap = text(&app, "/Z80041/cap.xml").await;
        assert_eq!((element(&cap, "status"), element(&cap, "msgType")), ("Actual".into(), "Alert".into()));
        assert!(element(&cap, "headline").contains("Do not come"), "{cap}");
        for form in ["feed.atom", "feed.rss", "history", "api/v2/incidents/unresolved.json"] {
            let told = text(&app, &format!("/Z80041/{form}")).await;
            assert!(told.contains("There is a flood."), "{form}: {told}");
        }
        // In the reader's language.
        let polish = text(&app, "/Z80041/pl/history").await;
        assert!(!polish.contains("Appointments you already have"), "{polish}");
        let unresolved = app.get("/Z80041/api/v2/incidents/unresolved.json").await.json();
        let id = unresolved["incidents"][0]["id"].as_str().unwrap().to_owned();
        assert!(text(&app, &format!("/Z80041/incidents/{id}")).await.contains("There is a flood."));
        let late = app.desk.past_incident(&code("Z80041"), id.parse().unwrap()).await.unwrap();
        assert_eq!(late.unwrap().incidents.len(), 1, "from the database too");
        // A place that says otherwise is open, in every form.
        says(&mut app, "Z80041", json!({"lines": {"attend": "come"}})).await;
        let open = app.get("/Z80041/api/v2/summary.json").await.json();
        assert_eq!((&open["status"]["indicator"], &open["incidents"]), (&json!("none"), &json!([])));
        assert_eq!(element(&text(&app, "/Z80041/cap.xml").await, "msgType"), "Cancel");
        says(&mut app, "QZ8", json!({"lines": {}})).await;
        let cap = text(&app, "/Z80042/cap.xml").await;
        assert!(cap.contains("AllClear") && element(&cap, "msgType") == "Cancel", "{cap}");
    }
}

/// Whoever follows the alerts hears each change once, and which alerts it takes the place of.
#[tokio::test]
async fn an_alert_is_made_anew_whenever_the_answer_changes() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    call(&app, "Y91", "POST", "/api/v1/incidents", json!({"title": "EMIS", "system": "emis-web"})).await;
    app.publish().await;
    let mut before = Vec::new();
    let words = json!({"emergency_999": {"state": "changed", "words": "Text 999."}});
    for (of, body, wanted) in [
        ("", Value::Null, "Come to your appointment unless"),
        ("QZ8", json!({"attend": "do_not_come"}), "Do not come"),
        ("Z80001", json!({"attend": "come"}), "Come to your appointment as usual"),
        ("X24", words, "Come to your appointment as usual"),
    ] {
        if !of.is_empty() {
            app.advance(Duration::minutes(5));
            says(&mut app, of, json!({"lines": body})).await;
        }
        let cap = text(&app, "/Z80001/cap.xml").await;
        let (id, sent) = (element(&cap, "identifier"), element(&cap, "sent"));
        assert!(element(&cap, "headline").contains(wanted), "{of}: {cap}");
        let references = element(&cap, "references");
        for (earlier, then) in &before {
            assert!(references.contains(&format!("{earlier},{then}")), "{earlier}: {references}");
            assert!(*earlier != id && *then != sent, "{of}: {cap}");
        }
        assert_eq!(element(&cap, "msgType"), if before.is_empty() { "Alert" } else { "Update" }, "{of}");
        before.push((id, sent));
    }
}

#[tokio::test]
async fn a_changed_999_and_planned_work_are_alerts_by_themselves() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    assert!(text(&app, "/Z80001/cap.xml").await.contains("No alert is in force."));
    let words = json!({"state": "changed", "words": "999 is slow. Text 999 instead"});
    says(&mut app, "X24", json!({"lines": {"emergency_999": words}})).await;
    let cap = text(&app, "/Z80001/cap.xml").await;
    assert_eq!((element(&cap, "status"), element(&cap, "event")), ("Actual".into(), "999: Changed".into()));
    assert!(cap.contains("Text 999 instead") && !cap.contains("call 999."), "{cap}");
    for form in ["screen", "widget.js", "poster"] {
        assert!(text(&app, &format!("/Z80001/{form}")).await.contains("Text 999 instead"), "{form}");
    }
    let script = text(&app, "/Z80001/voice.xml").await;
    assert!(script.contains("Text 9 9 9 instead. You can find"), "{script}");
    // English words on a page from the right keep their order.
    let poster = text(&app, "/Z80001/ur/poster").await;
    assert!(poster.contains("<p lang=\"en\" dir=\"ltr\">999 is slow."), "{poster}");
    says(&mut app, "X24", json!({"lines": {}})).await;
    assert_eq!(element(&text(&app, "/Z80001/cap.xml").await, "msgType"), "Cancel");

    let plan = json!({"title": "New floor", "organisations": ["FZ102"], "lines": {"attend": "do_not_come"},
        "message": "The building is closed.", "starts_at": "2024-07-20T08:00:00Z", "ends_at": "2024-07-20T12:00:00Z"});
    call(&app, "FZ102", "POST", "/api/v1/planned", plan).await;
    app.publish().await;
    assert!(text(&app, "/FZ102/feed.atom").await.contains("New floor: Announced"));
    let mut at = async |moment: &str| {
        app.desk.clock.set(moment.parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        app.publish().await;
        [text(&app, "/FZ102/cap.xml").await, text(&app, "/FZ102").await, text(&app, "/FZ102/feed.rss").await]
    };
    let [cap, page, _] = at("2024-07-20T09:00:00Z").await;
    assert_eq!((element(&cap, "status"), element(&cap, "msgType")), ("Actual".into(), "Alert".into()));
    assert!(page.contains("The building is closed."));
    let [cap, page, feed] = at("2024-07-20T12:30:00Z").await;
    assert_eq!(element(&cap, "msgType"), "Cancel", "{cap}");
    assert!(page.contains("Things should be working again.") && !page.contains("The building is closed."));
    assert!(feed.contains("New floor: Begun") && feed.contains("New floor: Ended"), "{feed}");
}

/// What a region reported and nobody confirmed is no doubt about the board's own word.
#[tokio::test]
async fn a_doubt_stands_beside_the_answer_that_it_is_about() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    call(&app, "Y91", "POST", "/api/v1/incidents", json!({"title": "EMIS", "system": "emis-web"})).await;
    app.publish().await;
    let doubt = "This GP surgery has not confirmed it yet.";
    assert_eq!(text(&app, "/Z80001").await.matches(doubt).count(), 2, "beside the answer and the story");
    says(&mut app, "QZ8", json!({"lines": {"attend": "do_not_come"}})).await;
    assert_eq!(text(&app, "/Z80001").await.matches(doubt).count(), 1, "beside the story alone");
    // A line of updates does not say twice how far it is.
    let history = text(&app, "/Z80001/history").await;
    assert!(!history.contains("We know what is wrong. We"), "{history}");
}

#[tokio::test]
async fn a_pharmacy_without_medicines_does_not_ask_people_in() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    says(&mut app, "FZ101", json!({"lines": {"dispensing": "paused", "collection": "paused"}})).await;
    for form in ["", "/poster", "/screen", "/voice.xml", "/widget.js", "/status.json", "/api/v2/status.json"]
    {
        let told = text(&app, &format!("/FZ101{form}")).await;
        assert!(told.contains("You cannot get medicines here at the moment."), "{form}: {told}");
        assert!(!told.contains("Come in, but"), "{form}: {told}");
    }
    says(&mut app, "FZ101", json!({"lines": {"attend": "do_not_come"}})).await;
    let page = text(&app, "/FZ101").await;
    assert!(
        page.contains("Call 111 if you need medicine today.") && !page.contains("Closed to app"),
        "{page}"
    );
    let words = json!({"nhs_111": {"state": "changed", "words": "NHS 111 phones are down."}});
    says(&mut app, "X24", json!({"lines": words})).await;
    for form in ["", "/poster", "/voice.xml", "/status.json", "/cap.xml"] {
        let told = text(&app, &format!("/FZ101{form}")).await.replace("1 1 1", "111");
        assert!(told.contains("Use another pharmacy.") && !told.contains("all 111"), "{form}: {told}");
    }
}

/// Nobody spoke of the board; that is not to say that all is well at its places.
#[tokio::test]
async fn a_board_of_which_nobody_spoke_is_not_called_well() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    call(&app, "Y91", "POST", "/api/v1/incidents", json!({"title": "EMIS", "system": "emis-web"})).await;
    app.publish().await;
    for form in ["", "/badge.svg", "/poster", "/screen", "/api/v2/status.json"] {
        let told = text(&app, &format!("/QZ8{form}")).await;
        assert!(!told.contains("No known problems"), "{form}: {told}");
    }
    assert!(text(&app, "/Z80009/badge.svg").await.contains("<svg"));
}

#[tokio::test]
async fn own_words_are_in_every_form() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let road = "The road is flooded. Use the back door.";
    says(&mut app, "Z80050", json!({"lines": {}, "message": road})).await;
    for form in [
        "",
        "/poster",
        "/screen",
        "/voice.xml",
        "/widget.js",
        "/feed.atom",
        "/status.json",
        "/api/v2/status.json",
    ] {
        let told = text(&app, &format!("/Z80050{form}")).await;
        assert!(told.contains(road), "{form}: {told}");
    }
    assert_eq!(app.status("Z80050").await["headline"]["state"], "normal");
    // A number stands before what is only said to be elsewhere.
    let lines = json!({"phones": "down", "online_form": "off", "booking": "paused", "prescriptions": "delayed",
        "test_results": "paused", "records": "on_paper", "check_in": "at_the_desk"});
    says(&mut app, "Z80050", json!({"lines": lines, "phone": "07700 900982"})).await;
    for form in ["/screen", "/widget.js"] {
        let told = text(&app, &format!("/Z80050{form}")).await;
        let at = |words: &str| told.find(words).unwrap_or_else(|| panic!("{form}: {words}: {told}"));
        assert!(at("07700 900982") < at("There is more on the web page."), "{form}");
    }
    assert!(!text(&app, "/Z80050/screen").await.contains(" step-0\""), "smaller type");
}

/// A caller hears what is wrong here, whatever is said of 999 and 111.
#[tokio::test]
async fn long_words_of_others_leave_room_on_the_answerphone() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let long = |n: &str| format!("{n} is slow. {}", "Wait on the line and do not hang up please. ".repeat(6));
    let changed = |n| json!({"state": "changed", "words": long(n)});
    says(&mut app, "X24", json!({"lines": {"emergency_999": changed("999"), "nhs_111": changed("111")}}))
        .await;
    says(&mut app, "Z80001", json!({"lines": {"phones": "limited", "booking": "paused"}})).await;
    let script = text(&app, "/Z80001/voice.xml").await;
    let words = element(&script.replace("<Say language=\"en-GB\">", "<Say>"), "Say");
    assert!(words.split_whitespace().count() <= signpost::page::voice::MAX_WORDS, "{words}");
    assert!(words.contains("We cannot book new appointments") && words.contains("9 9 9 is slow."), "{words}");
}

#[tokio::test]
async fn a_language_in_capitals_leads_to_its_page() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.publish().await;
    for (asked, there) in [("/Z80001/AR", "/Z80001/ar"), ("/z80001/Cy/history", "/Z80001/cy/history")] {
        let answer = app.get(asked).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, there), "{asked}");
    }
    assert_eq!(app.get("/%2Fexample.org/AR").await.status, 404);
}
