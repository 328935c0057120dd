//! Several things at one place at once: no reader takes the end of one for the end of another,
//! and no message is calmer than the page that it links to.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::workers::planner;

use crate::each_place::Reader;
use crate::harness::{Driver, TestApp};
use crate::staff::Person;
use crate::told_alike::{answers, call, declare, goes_on, text};

const NOTHING: [&str; 0] = [];

async fn reader(driver: Driver) -> Reader {
    let mut day = Reader::new(driver, &["Z80001"]).await;
    day.region = day.app.token("Y91", Role::Coordinator).await;
    day
}

async fn shown(day: &mut Reader, form: &str) -> String {
    text(&mut day.app, &format!("/Z80001{form}")).await
}

#[tokio::test]
async fn the_end_of_one_problem_is_no_end_of_another() {
    for driver in Driver::BOTH {
        let mut day = reader(driver).await;
        let emis = day.declare(json!({"system": "emis-web", "scope": "Y91"})).await;
        day.answers("Z80001", &emis, json!({"answer": "affected"})).await;
        let phones = json!({"title": "Phones are not working", "organisations": ["Z80001"],
            "lines": {"attend": "come", "phones": "down"}});
        day.declare(phones).await;
        day.hears().await;
        day.says(&emis, json!({"state": "resolved"})).await;
        let told = day.hears().await;
        let named = "said that the problem with EMIS Web (Patient Access) is over";
        assert!(told.len() == 1 && told[0].contains(named), "{told:?}");
        for form in ["", "/screen", "/voice.xml"] {
            let page = shown(&mut day, form).await;
            assert!(page.contains(named), "{form}: {page}");
            // Below the title of the problem it needs no name.
            let other = "this problem is over";
            assert_eq!(page.contains(other), form.is_empty(), "{form}: {page}");
        }
    }
}

#[tokio::test]
async fn one_s_own_end_is_not_the_end_of_all() {
    for driver in Driver::BOTH {
        let mut day = reader(driver).await;
        let boiler = json!({"title": "The boiler is broken", "organisations": ["Z80001"],
            "lines": {"attend": "do_not_come"}});
        day.region = day.app.token("Z80001", Role::Coordinator).await;
        let boiler = day.declare(boiler).await;
        let phones = json!({"lines": {"phones": "down"}});
        call(&day.app, "Z80001", "PUT", "/api/v1/organisations/Z80001/lines", phones).await;
        day.hears().await;
        day.says(&boiler, json!({"state": "resolved"})).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("One problem is over. Another one is not."), "{told:?}");
        assert!(!told[0].contains("The problem is over"), "{told:?}");
    }
}

/// Where the page does not know, nobody is told to come just so.
#[tokio::test]
async fn no_text_is_calmer_than_its_page() {
    for driver in Driver::BOTH {
        let mut day = reader(driver).await;
        let first = json!({"title": "Boiler", "organisations": ["Z80001"],
            "lines": {"attend": "come_unless_contacted", "booking": "urgent_only"}});
        day.declare(first).await;
        day.hears().await;
        day.app.advance(Duration::minutes(190));
        let second = json!({"title": "Phones", "organisations": ["Z80001"],
            "lines": {"attend": "come", "phones": "limited"}});
        day.declare(second).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("unless we contact you"), "{told:?}");
        assert!(!told[0].contains("as usual"), "{told:?}");
        let page = shown(&mut day, "").await;
        assert!(page.contains("We do not know if this information is still right."), "{page}");
        assert!(!page.contains("Come as usual"), "{page}");
    }
}

/// What has changed is told before anything that was told already.
#[tokio::test]
async fn a_text_of_a_recovery_says_that_something_works_again() {
    for driver in Driver::BOTH {
        let mut day = reader(driver).await;
        let emis = day.declare(json!({"system": "emis-web", "scope": "Y91"})).await;
        let other =
            json!({"title": "Water", "organisations": ["Z80001"], "lines": {"booking": "urgent_only"}});
        let water = day.declare(other).await;
        day.hears().await;
        day.says(&emis, json!({"state": "catching_up"})).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("EMIS Web (Patient Access) works again."), "{told:?}");
        // That it works again, or fails again, is never left out for a message.
        day.says(&emis, json!({"state": "monitoring", "message": "Blood tests are slow."})).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("works again."), "{told:?}");
        day.says(&emis, json!({"state": "identified", "message": "It broke again."})).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("Our computer system is not working."), "{told:?}");
        // Whoever knows that already reads what is new.
        day.says(&emis, json!({"message": "Blood tests are slow."})).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("Blood tests are slow."), "{told:?}");
        // A flood is no system that works again.
        day.says(&water, json!({"state": "limited", "message": "The water is falling."})).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("The water is falling."), "{told:?}");
        assert!(!told[0].contains("systems"), "{told:?}");
    }
}

/// A text about planned work says what stops, and at its end what has not come back.
#[tokio::test]
async fn planned_work_by_text_says_what_it_is_about() {
    const DOWN: &str = "Our phones are not working.";
    for driver in Driver::BOTH {
        let mut day = reader(driver).await;
        day.region = day.app.token("Z80001", Role::Coordinator).await;
        let plan = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "starts_at": "2024-07-19T12:00:00Z", "ends_at": "2024-07-19T13:00:00Z"});
        day.post("/api/v1/planned", plan).await;
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains(&format!("While it lasts: {DOWN}")), "{told:?}");
        let fault = json!({"title": "Cable cut", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "next_update_by": "2024-07-19T16:00:00Z"});
        day.declare(fault).await;
        day.hears().await;
        for at in ["2024-07-19T12:00:00Z", "2024-07-19T13:00:00Z"] {
            day.app.desk.clock.set(at.parse().unwrap());
            planner::step(&day.app.desk).await.unwrap();
            let told = day.hears().await;
            assert!(told.iter().all(|text| text.contains(DOWN)), "{at}: {told:?}");
        }
    }
}

/// Until a place has confirmed it, an email says whose word it is.
#[tokio::test]
async fn an_email_says_that_the_place_has_not_confirmed_it() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web", "scope": "Y91"})).await;
        app.run_workers().await;
        let emails: Vec<String> = app.captured().await.into_iter().map(|(_, text)| text).collect();
        let whose = "Reported by Fixture Uplands. This GP surgery has not confirmed it yet.";
        assert!(emails.len() == 1 && emails[0].contains(whose), "{emails:?}");
        answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
        goes_on(&app, "Y91", &id, json!({"message": "More soon."})).await;
        app.run_workers().await;
        let all = app.captured().await;
        let (_, last) = all.iter().find(|(_, text)| text.contains("More soon.")).unwrap();
        assert!(!last.contains("not confirmed"), "{last}");
    }
}

/// Whoever practises reads what would be said, marked, and is told that nobody was told.
#[tokio::test]
async fn an_exercise_is_read_as_it_would_be_and_leaves_nobody_in_doubt() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        declare(&app, "Y91", json!({"system": "systmone", "scope": "Y91"})).await;
        let ada = Person::of(&app, "Z80001", Role::Publisher).await;
        let fields = [
            ("system", "systmone"),
            ("kind", "exercise"),
            ("for", "own"),
            ("lines.attend", "do_not_come"),
            ("message", "Everybody goes home."),
            ("next_update_by", "2h"),
        ];
        let preview = ada.post("/desk/post/preview", &fields).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let text = preview.text();
        assert!(text.contains("EXERCISE. ") && text.contains("Do not come"), "{text}");
        assert!(!text.contains("Not affected here") && !text.contains("open already"), "{text}");
        let practised: Value = call(
            &app,
            "Y91",
            "POST",
            "/api/v1/incidents",
            json!({"system": "emis-web", "scope": "Y91", "kind": "exercise"}),
        )
        .await;
        let answer = format!("/desk/incidents/{}/answer", practised["id"].as_str().unwrap());
        let done = ada.post(&answer, &[("answer", "affected")]).await;
        assert_eq!(done.header("location"), "/desk?done=practised", "{}", done.text());
        let desk = ada.get("/desk?done=practised").await.text();
        assert!(desk.contains("No page changes, and nobody is told."), "{desk}");
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), NOTHING.len());
    }
}
