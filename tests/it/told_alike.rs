//! No form contradicts another: sessions, alerts that never change, ends that nobody has
//! confirmed, answers in a place's own words, and what a body sets for its places.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration};
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::workers::planner;

use crate::harness::{Driver, TestApp};
use crate::staff::texts_of;

pub async fn call(app: &TestApp, of: &str, method: &str, path: &str, body: Value) -> Value {
    let token = app.token(of, Role::Coordinator).await;
    let done = app.api(&token, method, path, body).await;
    assert!(done.status.is_success(), "{path}: {}", done.text());
    done.json()
}

pub async fn declare(app: &TestApp, of: &str, body: Value) -> String {
    call(app, of, "POST", "/api/v1/incidents", body).await["id"].as_str().unwrap().to_owned()
}

pub async fn goes_on(app: &TestApp, of: &str, incident: &str, body: Value) {
    call(app, of, "POST", &format!("/api/v1/incidents/{incident}/updates"), body).await;
}

pub async fn answers(app: &TestApp, of: &str, incident: &str, body: Value) {
    call(app, of, "PUT", &format!("/api/v1/incidents/{incident}/responses/{of}"), body).await;
}

pub async fn says(app: &TestApp, of: &str, body: Value) {
    let path = format!("/api/v1/organisations/{of}/lines");
    let done = call(app, of, "PUT", &path, body).await;
    if done["publication"] == "awaiting_approval" {
        let path = format!("/api/v1/updates/{}/approval", done["update"]["id"].as_str().unwrap());
        let second = app.token(of, Role::Administrator).await;
        assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
    }
}

pub async fn text(app: &mut TestApp, path: &str) -> String {
    app.publish().await;
    let answer = app.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

pub async fn read(app: &mut TestApp, path: &str) -> Value {
    serde_json::from_str(&text(app, path).await).unwrap()
}

fn set(app: &TestApp, at: &str) {
    app.desk.clock.set(at.parse().unwrap());
}

pub fn element(cap: &str, name: &str) -> String {
    let from = cap.split(&format!("<{name}>")).nth(1).unwrap_or_default();
    from.split(&format!("</{name}>")).next().unwrap_or_default().to_owned()
}

/// Whoever follows the alerts of a place: a message never changes, and each names all before
/// it, each once.
pub struct Follower {
    place: &'static str,
    heard: BTreeMap<String, String>,
    pub order: Vec<String>,
}

impl Follower {
    pub fn of(place: &'static str) -> Self {
        Self { place, heard: BTreeMap::new(), order: Vec::new() }
    }

    pub async fn looks(&mut self, app: &mut TestApp) -> String {
        let cap = text(app, &format!("/{}/cap.xml", self.place)).await;
        let name = format!("{},{}", element(&cap, "identifier"), element(&cap, "sent"));
        let references = element(&cap, "references");
        let named: Vec<&str> = references.split_whitespace().collect();
        let once: BTreeSet<&str> = named.iter().copied().collect();
        assert_eq!(named.len(), once.len(), "each once: {references}");
        if let Some(before) = self.heard.get(&name) {
            assert_eq!(*before, cap, "a message never changes");
            return cap;
        }
        for earlier in &self.order {
            assert!(named.iter().any(|n| n.ends_with(&format!(",{earlier}"))), "{earlier}: {references}");
        }
        self.order.push(name.clone());
        self.heard.insert(name, cap.clone());
        cap
    }
}

#[tokio::test]
async fn statuspage_tells_the_worst_of_the_sessions_and_all_of_them() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let of = |state: &str, session: &str| json!({"outpatients": {"state": state, "session": session, "day": "2024-07-19"}});
        let body =
            json!({"title": "Too few staff", "organisations": ["RZ5"], "lines": of("cancelled", "morning")});
        let id = declare(&app, "RZ5", body).await;
        app.advance(Duration::minutes(5));
        goes_on(&app, "RZ5", &id, json!({"lines": of("normal", "afternoon")})).await;
        assert_eq!(app.status("RZ5").await["headline"]["state"], "serious");
        let summary = read(&mut app, "/RZ5/api/v2/summary.json").await;
        let of_clinics = |all: &Value| -> Value {
            all.as_array().unwrap().iter().find(|c| c["name"] == "Outpatient clinics").unwrap().clone()
        };
        let clinics = of_clinics(&summary["components"]);
        assert_eq!(clinics["status"], "major_outage", "{clinics}");
        let told = clinics["description"].as_str().unwrap();
        assert!(told.contains("for the morning of") && told.contains("for the afternoon of"), "{told}");
        assert_eq!(
            (&clinics["nhs"]["session"], &clinics["nhs"]["day"]),
            (&json!("morning"), &json!("2024-07-19"))
        );
        assert_eq!(clinics["nhs"]["sessions"].as_array().unwrap().len(), 2, "{clinics}");
        let newest = &summary["incidents"][0]["incident_updates"][0]["affected_components"];
        assert_eq!(of_clinics(newest)["new_status"], "major_outage", "{newest}");
        let lines = app.status("RZ5").await["lines"].clone();
        let sessions: Vec<_> =
            lines.as_array().unwrap().iter().map(|l| l["session"].as_str().unwrap_or("")).collect();
        assert!(sessions.contains(&"morning") && sessions.contains(&"afternoon"), "{lines}");
        assert!(lines.as_array().unwrap().iter().any(|l| l["day"] == "2024-07-19"), "{lines}");
    }
}

#[tokio::test]
async fn an_alert_names_the_moment_at_which_words_ran_out() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut follower = Follower::of("Z80001");
        let until = |at: &str| json!({"lines": {"phones": "down"}, "expires_at": at});
        says(&app, "Z80001", until("2024-07-19T09:00:00Z")).await;
        follower.looks(&mut app).await;
        set(&app, "2024-07-19T09:30:00Z");
        let ran_out = follower.looks(&mut app).await;
        assert!(element(&ran_out, "headline").contains("not know"), "{ran_out}");
        says(&app, "Z80001", until("2024-07-19T12:00:00Z")).await;
        follower.looks(&mut app).await;
        // Two words within a second are two messages.
        set(&app, "2024-07-19T10:00:00.100Z");
        says(&app, "QZ8", json!({"lines": {"online_form": "off"}})).await;
        app.publish().await;
        set(&app, "2024-07-19T10:00:00.600Z");
        says(&app, "Z80001", json!({"lines": {"phones": "limited"}})).await;
        set(&app, "2024-07-19T10:02:00Z");
        follower.looks(&mut app).await;
        set(&app, "2024-07-19T10:30:00Z");
        says(&app, "Z80001", json!({"lines": {}})).await;
        says(&app, "QZ8", json!({"lines": {}})).await;
        let over = follower.looks(&mut app).await;
        assert_eq!(element(&over, "msgType"), "Cancel", "{over}");
        assert!(follower.order.len() >= 5, "{:?}", follower.order);
    }
}

/// A session that ended, and words about others since.
#[tokio::test]
async fn an_alert_names_the_ends_of_sessions() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let mut follower = Follower::of("RZ5");
    let off = json!({"outpatients": {"state": "cancelled", "session": "morning", "day": "2024-07-19"}});
    let body = json!({"title": "Too few staff", "organisations": ["RZ5"], "lines": off});
    let id = declare(&app, "RZ5", body).await;
    follower.looks(&mut app).await;
    set(&app, "2024-07-19T08:30:00Z");
    goes_on(
        &app,
        "RZ5",
        &id,
        json!({"message": "We are still short.", "next_update_by": "2024-07-19T18:00:00Z"}),
    )
    .await;
    follower.looks(&mut app).await;
    set(&app, "2024-07-19T12:30:00Z");
    follower.looks(&mut app).await;
    goes_on(
        &app,
        "RZ5",
        &id,
        json!({"lines": {"outpatients": "normal"}, "next_update_by": "2024-07-19T18:00:00Z"}),
    )
    .await;
    follower.looks(&mut app).await;
    assert_eq!(follower.order.len(), 4, "{:?}", follower.order);
}

#[tokio::test]
async fn an_end_that_nobody_confirmed_is_called_so_in_every_form() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut silent = Follower::of("Z80002");
        let mut confirmed = Follower::of("Z80005");
        let id = declare(&app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await;
        silent.looks(&mut app).await;
        confirmed.looks(&mut app).await;
        app.advance(Duration::minutes(30));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        let check = async |app: &mut TestApp, place: &str| {
            assert_eq!(app.status(place).await["headline"]["state"], "not_confirmed");
            assert_eq!(app.status(place).await["incidents"][0]["state"], "monitoring");
            for form in ["", "/history", "/feed.atom", "/feed.rss", &format!("/incidents/{id}")] {
                let told = text(app, &format!("/{place}{form}")).await;
                assert!(!told.contains("Back to normal"), "{form}: {told}");
                assert!(told.contains("Said to be over"), "{form}: {told}");
                assert!(
                    told.contains("EMIS is down") && !told.contains("Over in the last"),
                    "{form}: {told}"
                );
            }
            let summary = read(app, &format!("/{place}/api/v2/summary.json")).await;
            assert_eq!(summary["incidents"][0]["status"], "monitoring", "{summary}");
            assert_eq!(summary["incidents"][0]["resolved_at"], Value::Null);
            assert_eq!(summary["incidents"][0]["incident_updates"][0]["status"], "monitoring");
        };
        check(&mut app, "Z80002").await;
        let cap = silent.looks(&mut app).await;
        confirmed.looks(&mut app).await;
        let kind =
            ["msgType", "responseType", "severity", "urgency", "certainty"].map(|name| element(&cap, name));
        assert_eq!(kind, ["Update", "Monitor", "Unknown", "Unknown", "Possible"], "{cap}");
        // The board says it for one of them.
        let path = format!("/api/v1/incidents/{id}/responses/Z80005");
        app.advance(Duration::hours(1));
        call(&app, "QZ8", "PUT", &path, json!({"answer": "recovered"})).await;
        let cap = confirmed.looks(&mut app).await;
        assert_eq!(
            (element(&cap, "msgType"), element(&cap, "responseType")),
            ("Cancel".into(), "AllClear".into())
        );

        app.advance(Duration::days(5));
        check(&mut app, "Z80002").await;
        silent.looks(&mut app).await;
        app.advance(Duration::days(3));
        let cap = silent.looks(&mut app).await;
        assert_eq!(
            (element(&cap, "msgType"), element(&cap, "responseType")),
            ("Cancel".into(), "None".into()),
            "nobody waits any more, and nobody has confirmed it: {cap}"
        );
        assert_eq!(silent.order.len(), 3, "{:?}", silent.order);
        app.advance(Duration::days(3));
        silent.looks(&mut app).await;
        confirmed.looks(&mut app).await;
        let summary = read(&mut app, "/Z80002/api/v2/summary.json").await;
        assert_eq!((&summary["incidents"], &summary["status"]["indicator"]), (&json!([]), &json!("none")));
    }
}

/// What comes later is no reason to send the end once more with other words.
#[tokio::test]
async fn a_cancel_stays_as_it_was_sent() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let mut follower = Follower::of("Z80001");
    let id =
        declare(&app, "Y91", json!({"system": "emis-web", "next_update_by": "2024-07-19T08:40:00Z"})).await;
    follower.looks(&mut app).await;
    app.advance(Duration::minutes(10));
    answers(&app, "Z80001", &id, json!({"answer": "busy"})).await;
    let cancel = follower.looks(&mut app).await;
    assert_eq!(element(&cancel, "msgType"), "Cancel", "{cancel}");
    app.advance(Duration::minutes(10));
    goes_on(&app, "Y91", &id, json!({"message": "Still down.", "next_update_by": "2024-07-19T11:00:00Z"}))
        .await;
    assert_eq!(follower.looks(&mut app).await, cancel);
    app.advance(Duration::minutes(10));
    goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
    assert_eq!(follower.looks(&mut app).await, cancel);
    app.advance(Duration::days(2));
    assert_eq!(follower.looks(&mut app).await, cancel);
}

#[tokio::test]
async fn signs_and_calls_say_that_nobody_local_has_confirmed_it() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
    let doubt = "This GP surgery has not confirmed it yet.";
    for form in ["", "/poster", "/screen", "/voice.xml", "/widget.js"] {
        let told = text(&mut app, &format!("/Z80001{form}")).await;
        assert!(told.contains(doubt), "{form}: {told}");
        let at = |words: &str| told.find(words).unwrap_or_else(|| panic!("{form}: {words}: {told}"));
        assert!(at(doubt) < at("We can only book urgent appointments"), "{form}: before the lines: {told}");
    }
    let script = text(&mut app, "/Z80001/voice.xml").await;
    let heard = script.split("<Say language=\"en-GB\">").skip(1).flat_map(|s| s.split("</Say>").next());
    let words: usize = heard.map(|said| said.split_whitespace().count()).sum();
    assert!(words > 20 && words <= signpost::page::voice::MAX_WORDS, "{words}: {script}");
    answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
    for form in ["", "/poster", "/screen", "/voice.xml", "/widget.js"] {
        assert!(!text(&mut app, &format!("/Z80001{form}")).await.contains(doubt), "{form}: it has");
    }
}

#[tokio::test]
async fn what_a_place_adds_to_its_answer_is_in_every_form_once() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        let own = "Ring the bell at the side door.";
        answers(&app, "Z80001", &id, json!({"answer": "affected", "message": own})).await;
        for form in
            ["/status.json", "/poster", "/screen", "/voice.xml", "/widget.js", "/api/v2/status.json", ""]
        {
            let told = text(&mut app, &format!("/Z80001{form}")).await;
            assert_eq!(told.matches(own).count(), 1, "{form}: {told}");
        }
        says(&app, "Z80001", json!({"lines": {"phones": "limited"}, "message": own})).await;
        for form in ["/status.json", "/poster", "/screen", "/voice.xml", "/widget.js"] {
            let told = text(&mut app, &format!("/Z80001{form}")).await;
            assert_eq!(told.matches(own).count(), 1, "{form}: {told}");
        }
        // A region's "over" does not end what a place says of itself.
        app.advance(Duration::minutes(30));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        assert_eq!(app.status("Z80001").await["incidents"][0]["state"], "catching_up");
        let all = read(&mut app, "/Z80001/api/v2/incidents.json").await;
        let of_region = all["incidents"].as_array().unwrap().iter().find(|i| i["id"] == json!(id)).unwrap();
        assert_eq!(
            (&of_region["status"], &of_region["nhs"]["state"]),
            (&json!("monitoring"), &json!("catching_up"))
        );
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        assert_eq!(app.status("Z80001").await["incidents"][0]["state"], "resolved");
    }
}

#[tokio::test]
async fn what_a_board_sets_for_its_places_is_in_its_own_forms() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        says(&app, "QZ8", json!({"lines": {"online_form": "off"}})).await;
        let looking = "We are finding out what is wrong";
        for place in ["QZ8", "Z80001"] {
            let cap = text(&mut app, &format!("/{place}/cap.xml")).await;
            assert_eq!(
                (element(&cap, "status"), element(&cap, "msgType")),
                ("Actual".into(), "Alert".into()),
                "{cap}"
            );
            let unresolved = read(&mut app, &format!("/{place}/api/v2/incidents/unresolved.json")).await;
            let spell = &unresolved["incidents"][0];
            assert_eq!(
                (&spell["status"], &spell["name"]),
                (&json!("identified"), &json!("Online form: Off"))
            );
            let alone = format!("incidents/{}", spell["id"].as_str().unwrap());
            for form in ["feed.atom", "feed.rss", "history", &alone] {
                let told = text(&mut app, &format!("/{place}/{form}")).await;
                assert!(told.contains("Online form: Off"), "{place}/{form}: {told}");
                assert!(
                    !told.contains(looking) && !told.contains("We know what is wrong"),
                    "{place}/{form}: {told}"
                );
                assert!(!told.contains("Off: <") && !told.contains("content=\". "), "{place}/{form}: {told}");
            }
        }
        assert!(!text(&mut app, "/QZ8/feed.atom").await.contains("Our online form"), "it has none");
        app.advance(Duration::minutes(30));
        says(&app, "QZ8", json!({"lines": {}})).await;
        let cap = text(&mut app, "/QZ8/cap.xml").await;
        assert_eq!(element(&cap, "msgType"), "Cancel", "{cap}");
        let summary = read(&mut app, "/QZ8/api/v2/summary.json").await;
        assert_eq!((&summary["incidents"], &summary["status"]["indicator"]), (&json!([]), &json!("none")));
    }
}

#[tokio::test]
async fn a_place_that_was_not_affected_is_not_back_to_normal() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
    app.advance(Duration::minutes(5));
    answers(&app, "Z80001", &id, json!({"answer": "not_affected"})).await;
    for _ in 0..2 {
        for form in ["/feed.atom", "/feed.rss", "/history", &format!("/incidents/{id}")] {
            let told = text(&mut app, &format!("/Z80001{form}")).await;
            assert!(told.contains("Not affected here") && !told.contains("Back to normal"), "{form}: {told}");
        }
        app.advance(Duration::minutes(5));
        goes_on(&app, "Y91", &id, json!({"message": "Still down."})).await;
    }
}

/// An entry of a feed that did not change says what it said.
#[tokio::test]
async fn a_feed_does_not_rewrite_what_it_told() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
    let mut told: BTreeMap<(String, DateTime<chrono::FixedOffset>), String> = BTreeMap::new();
    let mut look = async |app: &mut TestApp, place: &str| {
        let feed: atom_syndication::Feed = text(app, &format!("/{place}/feed.atom")).await.parse().unwrap();
        let now: BTreeSet<_> =
            feed.entries.iter().map(|e| (format!("{place} {}", e.id), e.updated)).collect();
        for key in told.keys().filter(|(id, _)| id.starts_with(place)) {
            assert!(now.contains(key), "{key:?} has vanished");
        }
        for entry in feed.entries {
            let words = format!("{}\n{}", entry.title.value, entry.content.unwrap().value.unwrap());
            let before =
                told.entry((format!("{place} {}", entry.id), entry.updated)).or_insert_with(|| words.clone());
            assert_eq!(*before, words);
        }
    };
    look(&mut app, "Z80001").await;
    look(&mut app, "Z80002").await;
    app.advance(Duration::minutes(20));
    answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
    says(&app, "Y91", json!({"lines": {"nhs_111": {"state": "changed", "words": "Use 111.nhs.uk."}}})).await;
    look(&mut app, "Z80001").await;
    app.advance(Duration::minutes(20));
    goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
    look(&mut app, "Z80001").await;
    look(&mut app, "Z80002").await;
    app.advance(Duration::minutes(20));
    answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
    says(&app, "Y91", json!({"lines": {}})).await;
    look(&mut app, "Z80001").await;
    app.advance(Duration::days(8));
    look(&mut app, "Z80001").await;
    look(&mut app, "Z80002").await;
    assert!(told.values().any(|words| words.starts_with("NHS 111: Changed\n")), "{told:?}");
}

#[tokio::test]
async fn a_caller_hears_a_year_as_a_year() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let off = json!({"state": "cancelled", "session": "afternoon", "day": "2024-07-19"});
    says(&app, "RZ5", json!({"lines": {"outpatients": off}, "message": "Phone extension 2024 or 1200."}))
        .await;
    let script = text(&mut app, "/RZ5/voice.xml").await;
    assert!(script.contains("19 July 2024 only"), "{script}");
    assert!(script.contains("extension 2 0 2 4 or 1 2 0 0"), "{script}");
}

#[tokio::test]
async fn lines_of_others_count_until_they_say_that_it_is_over() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let body = json!({"system": "emis-web", "lines": {"booking": "paused"}});
        let id = declare(&app, "Y91", body).await;
        answers(&app, "Z80001", &id, json!({"answer": "affected", "lines": {"phones": "down"}})).await;
        app.advance(Duration::hours(1));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        app.advance(Duration::hours(2));
        answers(&app, "Z80001", &id, json!({"answer": "recovered"})).await;
        app.advance(Duration::hours(1));
        let rows = texts_of(&text(&mut app, "/Z80001/history").await, "tr");
        let lasted = |label: &str| rows.iter().find(|r| r.starts_with(label)).unwrap().clone();
        assert!(lasted("New appointments").ends_with("% 1 hour"), "{rows:?}");
        assert!(lasted("Phone lines").ends_with("% 3 hours"), "its own word: {rows:?}");
    }
}

#[tokio::test]
async fn planned_work_is_listed_from_when_it_counts() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let plan = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "down"},
        "starts_at": "2024-07-19T08:00:00Z", "ends_at": "2024-07-19T12:30:00Z"});
    call(&app, "Z80001", "POST", "/api/v1/planned", plan).await;
    for (at, lasted) in
        [("09:00", "Still going on"), ("12:40", "4 hours 30 minutes"), ("20:00", "4 hours 30 minutes")]
    {
        set(&app, &format!("2024-07-19T{at}:00Z"));
        planner::step(&app.desk).await.unwrap();
        let history = text(&mut app, "/Z80001/history").await;
        assert!(!history.contains("No problems have been reported here"), "{at}: {history}");
        let rows = texts_of(&history, "table tbody tr");
        assert!(rows[0].contains("New phones") && rows[0].ends_with(lasted), "{at}: {rows:?}");
    }
}

#[tokio::test]
async fn a_trust_is_not_called_a_surgery() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let id = declare(
        &app,
        "Y91",
        json!({"title": "No power", "organisations": ["RZ5"], "lines": {"outpatients": "cancelled"}}),
    )
    .await;
    app.advance(Duration::minutes(10));
    goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
    assert_eq!(app.status("RZ5").await["headline"]["state"], "not_confirmed");
    for form in ["", "/cy", "/poster", "/voice.xml", "/status.json"] {
        let told = text(&mut app, &format!("/RZ5{form}")).await;
        assert!(!told.contains("GP surgery has not") && !told.contains("feddygfa hon"), "{form}: {told}");
    }
    assert!(text(&mut app, "/RZ5").await.contains("We have not confirmed that the problem is over."));
}

#[tokio::test]
async fn nothing_is_not_said_beside_something_that_goes_on() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    says(&app, "Y91", json!({"lines": {"nhs_111": {"state": "changed", "words": "Use 111.nhs.uk."}}})).await;
    let summary = read(&mut app, "/Z80001/api/v2/summary.json").await;
    assert_eq!(summary["incidents"].as_array().unwrap().len(), 1, "{summary}");
    assert_eq!(summary["status"]["indicator"], "minor", "{summary}");
    assert_eq!(summary["status"]["description"], "NHS 111: Changed", "{summary}");
    let status = read(&mut app, "/Z80001/api/v2/status.json").await;
    assert_eq!(status["status"]["indicator"], "minor", "{status}");
    for form in ["/badge.svg", "/widget.js"] {
        let told = text(&mut app, &format!("/Z80001{form}")).await;
        assert!(told.contains("NHS 111: Changed") && !told.contains("No known problems"), "{form}: {told}");
    }
}
