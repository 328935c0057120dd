//! The same truth in every form: what a place says of itself, for which session, and
//! what remains when it has run out.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};

async fn says(app: &TestApp, place: &str, body: Value) {
    let token = app.token(place, Role::Publisher).await;
    let done = app.api(&token, "PUT", &format!("/api/v1/organisations/{place}/lines"), body).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

async fn text(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

/// Programs that know incidents alone are told of a closed surgery as of a failed system.
#[tokio::test]
async fn what_a_place_says_of_itself_is_in_every_form() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let shut =
            json!({"lines": {"attend": "do_not_come", "phones": "down"}, "message": "A pipe has burst."});
        says(&app, "Z80001", shut).await;
        app.advance(Duration::minutes(20));
        says(&app, "Z80001", json!({"lines": {"attend": "come_unless_contacted", "phones": "down"}})).await;
        app.publish().await;
        let summary = app.get("/Z80001/api/v2/incidents/unresolved.json").await.json();
        let incident = &summary["incidents"][0];
        assert_eq!(incident["incident_updates"].as_array().unwrap().len(), 2, "{summary}");
        let id = incident["id"].as_str().unwrap().to_owned();
        for (form, wanted) in [
            ("cap.xml", "A pipe has burst."),
            ("feed.atom", "A pipe has burst."),
            ("feed.rss", "A pipe has burst."),
            ("history", "A pipe has burst."),
        ] {
            let told = text(&app, &format!("/Z80001/{form}")).await;
            assert!(form == "cap.xml" || told.contains(wanted), "{form}: {told}");
            assert!(!told.contains("No alert is in force"), "{form}");
        }
        // At an address of its own, and the same from memory and from the database.
        let alone = text(&app, &format!("/Z80001/incidents/{id}")).await;
        assert!(alone.contains("A pipe has burst."), "{alone}");
        let late =
            app.desk.past_incident(&crate::harness::code("Z80001"), id.parse().unwrap()).await.unwrap();
        assert_eq!(late.unwrap().incidents[0].incident.id.to_string(), id);
        // The page itself says it in its lines, and not twice.
        assert_eq!(app.status("Z80001").await["incidents"], json!([]));

        says(&app, "Z80001", json!({"lines": {}})).await;
        app.publish().await;
        let over = app.get("/Z80001/api/v2/incidents.json").await.json();
        assert_eq!(
            (&over["incidents"][0]["id"], &over["incidents"][0]["status"]),
            (&json!(id), &json!("resolved"))
        );
        assert!(text(&app, "/Z80001/cap.xml").await.contains("<msgType>Cancel</msgType>"));
    }
}

/// Nobody stays at home in the morning because of what is off in the afternoon.
#[tokio::test]
async fn every_form_says_for_which_session() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let hospital = "RZ5";
    app.subscribers(&[("a@example.org", "email", hospital)]).await;
    let token = app.token(hospital, Role::Coordinator).await;
    let day = app.now().format("%Y-%m-%d").to_string();
    let line = json!({"state": "cancelled", "session": "afternoon", "day": day});
    let post =
        json!({"title": "Too few staff", "organisations": [hospital], "lines": {"radiotherapy": line}});
    let posted = app.api(&token, "POST", "/api/v1/incidents", post).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.run_workers().await;
    app.publish().await;
    for form in ["", "/poster", "/screen", "/voice.xml", "/widget.js", "/feed.atom"] {
        let told = text(&app, &format!("/{hospital}{form}")).await;
        assert!(told.contains("This is for the afternoon of"), "{form}: {told}");
    }
    let told = app.captured().await;
    assert!(
        told.iter().all(|(_, t)| t.contains("This is for the afternoon of")) && !told.is_empty(),
        "{told:?}"
    );
}

/// "Do not come" that has run out does not turn into "come".
#[tokio::test]
async fn a_word_that_has_run_out_does_not_send_people_to_a_shut_door() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    says(&app, "Z80001", json!({"lines": {"attend": "do_not_come", "phones": "down"}})).await;
    app.publish().await;
    let page = text(&app, "/Z80001").await;
    assert!(page.contains("Do not come") && !page.contains("front desk"), "{page}");
    app.advance(Duration::days(4));
    for form in ["", "/poster", "/screen", "/voice.xml", "/status.json"] {
        let told = text(&app, &format!("/Z80001{form}")).await;
        // Who hears the answerphone is in contact already.
        let wanted = if form == "/voice.xml" { "Look at our web page before" } else { "Contact us before" };
        assert!(told.contains(&format!("{wanted} you come.")), "{form}: {told}");
        assert!(!told.contains("Come to your appointment"), "{form}: {told}");
    }
}

/// People type a slash at the end, and a static copy puts it there.
#[tokio::test]
async fn a_slash_at_the_end_leads_to_the_page_and_to_no_other_host() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.publish().await;
    for (asked, there) in [
        ("/Z80001/", "/Z80001"),
        ("/Z80001/history/", "/Z80001/history"),
        ("/Z80001/ar/?a=b", "/Z80001/ar?a=b"),
        ("/ar/", "/ar"),
        ("/accessibility/", "/accessibility"),
    ] {
        let answer = app.get(asked).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, there), "{asked}");
    }
    for elsewhere in ["//example.org/", "///example.org/a/"] {
        let answer = app.get(elsewhere).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (404, ""), "{elsewhere}");
    }
}

/// Signs in Wales are in both languages, whoever prints them.
#[tokio::test]
async fn signs_in_wales_are_in_both_languages() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.publish().await;
    for form in ["/W99001/poster", "/W99001/cy/poster", "/W99001/screen"] {
        let told = text(&app, form).await;
        assert!(told.contains("lang=\"en\"") && told.contains("lang=\"cy\""), "{form}: {told}");
        assert!(told.contains("Come to your appointment as usual."), "{form}");
    }
    assert!(!text(&app, "/Z80001/poster").await.contains("lang=\"cy\" class"), "only in Wales");
}

/// Of days before there were records nobody knows that all was well.
#[tokio::test]
async fn a_history_does_not_claim_days_that_nobody_saw() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.publish().await;
    let page = text(&app, "/Z80001/history").await;
    assert!(page.contains("Our records began on"), "{page}");
    assert_eq!(page.matches("sp-days__day--4").count(), 90, "89 days and the rule of the style sheet");
    app.advance(Duration::days(100));
    app.publish().await;
    assert!(!text(&app, "/Z80001/history").await.contains("Our records began on"));
}

/// A board's words stand with its lines on the pages of the places that have such a line.
#[tokio::test]
async fn the_words_of_a_board_stand_with_its_lines() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("QZ8", Role::Coordinator).await;
    let body = json!({"lines": {"online_form": "off"}, "message": "Forms are off until Monday."});
    let done = app.api(&token, "PUT", "/api/v1/organisations/QZ8/lines", body).await;
    assert_eq!(done.status, 200, "{}", done.text());
    app.publish().await;
    assert!(text(&app, "/Z80001").await.contains("Forms are off until Monday."));
    assert!(!text(&app, "/FZ101").await.contains("Forms are off"), "a pharmacy has no such form");
    app.advance(Duration::days(4));
    assert!(!text(&app, "/Z80001").await.contains("Forms are off until Monday."), "it has run out");
}

/// What was taken back is not said once more beside its own withdrawal.
#[tokio::test]
async fn a_withdrawn_entry_of_a_feed_names_no_lines() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("Z80001", Role::Publisher).await;
    let post = json!({"title": "Phones", "organisations": ["Z80001"], "lines": {"phones": "down"}});
    let posted = app.api(&token, "POST", "/api/v1/incidents", post).await.json();
    app.publish().await;
    assert!(text(&app, "/Z80001/feed.atom").await.contains("Phone lines: Not working."));
    let path = format!("/api/v1/updates/{}/withdrawal", posted["update"]["id"].as_str().unwrap());
    let taken = app.api(&token, "POST", &path, json!({"correction": "They work."})).await;
    assert_eq!(taken.status, 201, "{}", taken.text());
    app.publish().await;
    assert!(!text(&app, "/Z80001/feed.atom").await.contains("Phone lines: Not working."));
}

/// Whoever cannot search, as in a static copy, comes to each place by its town.
#[tokio::test]
async fn every_place_is_found_by_its_town() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.publish().await;
    let front = text(&app, "/cy").await;
    assert!(front.contains("href=\"/places/cy\""), "{front}");
    let letters = text(&app, "/places/cy").await;
    assert!(letters.contains("href=\"/places/cy/a\"") && !letters.contains("/cy/x\""), "{letters}");
    let ashwick = text(&app, "/places/cy/a").await;
    assert!(ashwick.contains("href=\"/Z80001/cy\"") && !ashwick.contains("/Z80002/"), "{ashwick}");
    let at = |name: &str| ashwick.find(name);
    assert!(at("<bdi>Ashwick</bdi>") < at("/Z80001/cy"), "below its town");
    for nowhere in ["/places/xx", "/places/en/ab", "/places/en/1"] {
        assert_eq!(app.get(nowhere).await.status, 404, "{nowhere}");
    }
    assert_eq!(app.get("/places").await.header("location"), "/places/en");
    let copied = signpost::page::copy::of_no_place(&app.site, app.now());
    let paths: Vec<&str> = copied.iter().map(|file| file.path.as_str()).collect();
    assert!(
        paths.contains(&"places/ar/a/index.html") && paths.contains(&"places/en/index.html"),
        "{paths:?}"
    );
}
