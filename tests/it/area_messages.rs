//! What a region or a board tells the patients of others: whether they may come as usual is for
//! each place to say.

use chrono::Duration;
use serde_json::json;
use signpost::domain::user::Role;

use crate::each_place::Reader;
use crate::harness::{Driver, TestApp};
use crate::told_alike::{answers, call, declare, goes_on, text};

const AS_USUAL: &str = "as usual";
const LOOK_UP: &str = "Look up your own GP surgery, hospital or pharmacy";

#[tokio::test]
async fn a_region_never_says_that_people_come_as_usual() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Y91"]).await;
        day.region = day.app.token("Y91", Role::Coordinator).await;
        let first = day.declare(json!({"title": "Power is off", "scope": "Y91"})).await;
        let told = day.hears().await.concat();
        assert!(told.contains("unless we contact you"), "it passes on a warning: {told}");
        // Of two, what one of them means is not the answer.
        let second =
            day.declare(json!({"title": "Water is off", "scope": "Y91", "lines": {"attend": "come"}})).await;
        let told = day.hears().await.concat();
        assert!(told.contains(LOOK_UP) && !told.contains(AS_USUAL), "{told}");
        for (incident, text) in
            [(&first, "One problem is over. Another one is not."), (&second, "The problem is over")]
        {
            day.says(incident, json!({"state": "resolved"})).await;
            let told = day.hears().await.concat();
            assert!(told.contains(text) && told.contains(LOOK_UP), "{told}");
            assert!(!told.contains(AS_USUAL) && !told.contains("back to normal"), "{told}");
        }
    }
}

/// Whoever follows a region or a board hears what its page tells: that a system failed at its places.
#[tokio::test]
async fn followers_of_a_body_hear_of_a_system_that_failed_below_it() {
    for driver in Driver::BOTH {
        for body in ["Y91", "QZ8"] {
            let mut day = Reader::new(driver, &[body]).await;
            day.region = day.app.token("Y91", Role::Coordinator).await;
            let fault = day.declare(json!({"system": "emis-web", "scope": "Y91"})).await;
            let told = day.hears().await;
            assert!(told.len() == 1 && told[0].contains("unless we contact you"), "{body}: {told:?}");
            // Also once every place has ended it for itself: its page goes on telling it.
            day.answers("Z80001", &fault, json!({"answer": "not_affected"})).await;
            day.says(&fault, json!({"state": "resolved"})).await;
            let told = day.hears().await;
            assert!(told.len() == 1 && told[0].contains("is over"), "{body}: {told:?}");
            assert!(told[0].contains(LOOK_UP) && !told[0].contains("back to normal"), "{body}: {told:?}");
            // What is wrong at one place is the place's to tell.
            day.declare(json!({"title": "Power is off", "organisations": ["Z80001"]})).await;
            assert_eq!(day.hears().await, Vec::<String>::new(), "{body}");
        }
    }
}

/// Nor does any form of the page of a region or a board.
#[tokio::test]
async fn no_page_of_a_body_says_normal_for_its_places() {
    const NORMAL: &str = "Back to normal";
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let fault = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
        answers(&app, "Z80001", &fault, shut).await;
        app.advance(Duration::minutes(10));
        goes_on(&app, "Y91", &fault, json!({"state": "resolved"})).await;
        for body in ["Y91", "QZ8"] {
            for form in ["", "/history", "/feed.atom", &format!("/incidents/{fault}")] {
                let told = text(&mut app, &format!("/{body}{form}")).await;
                assert!(!told.contains(NORMAL), "{body}{form}: {told}");
            }
            assert!(text(&mut app, &format!("/{body}")).await.contains("Said to be over"), "{body}");
        }
        // A board that said so itself: a place may say since that it goes on.
        let own = declare(&app, "QZ8", json!({"title": "Power", "organisations": ["Z80001"]})).await;
        app.advance(Duration::minutes(1));
        goes_on(&app, "QZ8", &own, json!({"state": "resolved"})).await;
        answers(&app, "Z80001", &own, json!({"answer": "affected"})).await;
        let told = text(&mut app, &format!("/QZ8/incidents/{own}")).await;
        assert!(told.contains("Said to be over") && !told.contains(NORMAL), "{told}");
    }
}

/// Whoever speaks of what another declared is called by name.
#[tokio::test]
async fn no_reader_meets_the_code_of_a_body() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let fault = declare(&app, "QZ8", json!({"title": "Power", "organisations": ["Z80001"]})).await;
        app.advance(Duration::minutes(10));
        let said = json!({"state": "resolved", "message": "The power is back."});
        call(&app, "Y91", "POST", &format!("/api/v1/incidents/{fault}/updates"), said).await;
        let incident = format!("/incidents/{fault}");
        for form in ["", "/cy", "/history", "/feed.atom", "/feed.rss", "/cap.xml", &incident] {
            let told = text(&mut app, &format!("/Z80001{form}")).await;
            assert!(!told.contains("Y91 ") && !told.contains(">Y91<"), "{form}: {told}");
        }
        assert!(text(&mut app, "/Z80001").await.contains("said that this problem is over"));
    }
}
