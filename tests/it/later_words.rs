//! What was said speaks of what was known by then: an answer lifts nothing that somebody said
//! later of another problem, nobody stays well through a relapse, and what was said of a
//! problem does not stand once that is over.

use chrono::Duration;
use serde_json::{Value, json};

use crate::each_place::Reader;
use crate::harness::{Driver, TestApp, code};
use crate::told_alike::{answers, call, declare, element, goes_on, read, says, text};

const SHUT: &str = "Do not come to your appointment. We will contact you to arrange a new one.";
const OPEN: &str = "Come to your appointment as usual.";
const PLACES: [&str; 3] = ["RZ5", "RZ6", "Z80002"];

fn headline(page: &Value) -> &str {
    page["headline"]["text"].as_str().unwrap()
}

fn shut() -> Value {
    json!({"attend": "do_not_come", "phones": "down"})
}

/// Declared by the region for three places.
async fn fire(app: &TestApp) -> String {
    declare(app, "Y91", json!({"title": "Fire", "organisations": PLACES, "lines": shut()})).await
}

async fn is_shut(app: &mut TestApp, place: &str) {
    let page = app.status(place).await;
    assert!(headline(&page).starts_with("Do not come"), "{place}: {page}");
    let html = text(app, &format!("/{place}")).await;
    assert!(!html.contains("as usual") && !html.contains("Problems elsewhere"), "{place}: {html}");
}

/// However a place said after the end that it is well, it is asked again, and shut again.
#[tokio::test]
async fn nobody_stays_well_through_a_relapse() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &PLACES).await;
        let id = fire(&day.app).await;
        for place in PLACES {
            answers(&day.app, place, &id, json!({"answer": "affected"})).await;
        }
        day.app.advance(Duration::hours(1));
        goes_on(&day.app, "Y91", &id, json!({"state": "resolved"})).await;
        day.hears().await;
        day.app.advance(Duration::minutes(10));
        let pressed = ["busy", "recovered", "not_affected"];
        for (place, answer) in PLACES.into_iter().zip(pressed) {
            answers(&day.app, place, &id, json!({"answer": answer})).await;
        }
        day.hears().await;
        day.app.advance(Duration::hours(1));
        let again = json!({"state": "identified", "message": "It failed again.", "lines": shut()});
        goes_on(&day.app, "Y91", &id, again).await;
        for place in PLACES {
            is_shut(&mut day.app, place).await;
            let cap = text(&mut day.app, &format!("/{place}/cap.xml")).await;
            assert_ne!(element(&cap, "msgType"), "Cancel", "{place}: {cap}");
        }
        let told = day.hears().await;
        assert!(told.iter().any(|text| text.contains("Do not come")), "{told:?}");
        let path = format!("/api/v1/incidents/{id}/asking");
        let silent = call(&day.app, "Y91", "GET", &path, Value::Null).await["silent"].to_string();
        assert!(PLACES.iter().all(|place| silent.contains(place)), "{silent}");
        // What is said after that counts.
        answers(&day.app, "RZ5", &id, json!({"answer": "busy"})).await;
        assert!(headline(&day.app.status("RZ5").await).starts_with(OPEN));
    }
}

/// Who never was affected, and said so while it failed, goes on not being affected; who took
/// "affected" back is asked again.
#[tokio::test]
async fn who_never_was_affected_stays_so() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = fire(&app).await;
        answers(&app, "RZ6", &id, json!({"answer": "affected"})).await;
        app.advance(Duration::minutes(10));
        answers(&app, "RZ5", &id, json!({"answer": "not_affected"})).await;
        answers(&app, "RZ6", &id, json!({"answer": "not_affected"})).await;
        app.advance(Duration::minutes(10));
        goes_on(&app, "Y91", &id, json!({"state": "resolved"})).await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80002", &id, json!({"answer": "not_affected"})).await;
        app.advance(Duration::minutes(10));
        goes_on(&app, "Y91", &id, json!({"state": "identified", "lines": shut()})).await;
        assert_eq!(headline(&app.status("RZ5").await), OPEN);
        for place in ["RZ6", "Z80002"] {
            is_shut(&mut app, place).await;
        }
    }
}

/// An answer to one problem is no answer to another, which nobody knew of by then.
#[tokio::test]
async fn an_old_answer_lifts_nothing_that_was_said_later() {
    for driver in Driver::BOTH {
        for (answer, by) in [("busy", "Y91"), ("affected", "Y91"), ("busy", "Z80001")] {
            let mut app = TestApp::with_region(driver).await;
            let first = declare(&app, "Y91", json!({"system": "emis-web"})).await;
            app.advance(Duration::minutes(10));
            answers(&app, "Z80001", &first, json!({"answer": answer, "lines": {"attend": "come"}})).await;
            assert!(headline(&app.status("Z80001").await).starts_with(OPEN));
            app.advance(Duration::minutes(10));
            goes_on(&app, "Y91", &first, json!({"state": "resolved"})).await;
            app.advance(Duration::minutes(30));
            let flood =
                json!({"title": "Flood", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
            let flood = declare(&app, by, flood).await;
            assert_eq!(headline(&app.status("Z80001").await), SHUT, "{answer} {by}");
            app.advance(Duration::minutes(5));
            goes_on(&app, "Y91", &first, json!({"state": "identified", "lines": {"attend": "do_not_come"}}))
                .await;
            assert_eq!(headline(&app.status("Z80001").await), SHUT, "{answer} {by}: reopened");
            let html = text(&mut app, "/Z80001").await;
            assert!(!html.contains("as usual"), "{html}");
            if by == "Y91" {
                // Its answer to that one lifts it.
                answers(&app, "Z80001", &flood, json!({"answer": "busy", "lines": {"attend": "come"}})).await;
                let page = app.status("Z80001").await;
                let is_open = headline(&page).starts_with(OPEN);
                assert!(is_open, "{answer}: {page}");
            }
        }
    }
}

/// It wins over what had been said before; and the place's own lines keep their rank.
#[tokio::test]
async fn an_answer_lifts_what_was_known_by_then() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let flood =
            json!({"title": "Flood", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        declare(&app, "Y91", flood.clone()).await;
        app.advance(Duration::minutes(10));
        let emis = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        app.advance(Duration::minutes(10));
        answers(&app, "Z80001", &emis, json!({"answer": "affected", "lines": {"attend": "come"}})).await;
        assert_eq!(headline(&app.status("Z80001").await), OPEN);
        // What its board says for all below afterwards counts again.
        app.advance(Duration::minutes(10));
        says(&app, "QZ8", json!({"lines": {"attend": "do_not_come"}})).await;
        assert_eq!(headline(&app.status("Z80001").await), SHUT);
        app.advance(Duration::minutes(10));
        says(&app, "Z80001", json!({"lines": {"attend": "come"}})).await;
        assert_eq!(headline(&app.status("Z80001").await), OPEN);
        app.advance(Duration::minutes(10));
        declare(&app, "Y91", flood).await;
        assert_eq!(headline(&app.status("Z80001").await), OPEN, "its own lines are its own");
    }
}

/// A line that nobody chose does not send people to a pharmacy without medicines.
#[tokio::test]
async fn nobody_is_sent_where_there_are_no_medicines() {
    for driver in Driver::BOTH {
        for system in ["pharmacy-pmr", "falcon"] {
            let mut app = TestApp::with_region(driver).await;
            let id = declare(&app, "Y91", json!({"system": system, "organisations": ["FZ105"]})).await;
            app.advance(Duration::minutes(5));
            let paused = json!({"collection": "paused", "dispensing": "paused"});
            answers(&app, "FZ105", &id, json!({"answer": "affected", "lines": paused})).await;
            let page = app.status("FZ105").await;
            let says = headline(&page).to_owned();
            assert!(says.starts_with("You cannot get medicines here at the moment."), "{system}: {page}");
            for path in ["/FZ105", "/FZ105/voice.xml", "/FZ105/poster", "/FZ105/cap.xml"] {
                let form = text(&mut app, path).await;
                assert!(form.contains("You cannot get medicines here"), "{system} {path}: {form}");
                for wrong in ["Come in as usual", "Come in, but expect", "Come as usual"] {
                    assert!(!form.contains(wrong), "{system} {path}: {form}");
                }
            }
            // Its own word on coming counts.
            let come = json!({"collection": "paused", "dispensing": "paused", "attend": "come"});
            answers(&app, "FZ105", &id, json!({"answer": "affected", "lines": come})).await;
            let page = app.status("FZ105").await;
            assert!(headline(&page).starts_with("Come in"), "{system}: {page}");
        }
    }
}

/// What stands again after it was over is so since it failed again.
#[tokio::test]
async fn what_fails_again_is_so_since_then() {
    for driver in Driver::BOTH {
        for ends in [true, false] {
            let mut app = TestApp::with_region(driver).await;
            let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
            let began = app.now();
            app.advance(Duration::minutes(30));
            answers(&app, "Z80001", &id, json!({"answer": "affected"})).await;
            app.advance(Duration::minutes(30));
            let better = if ends { "resolved" } else { "monitoring" };
            goes_on(&app, "Y91", &id, json!({"state": better})).await;
            app.advance(Duration::hours(1));
            goes_on(&app, "Y91", &id, json!({"state": "identified"})).await;
            let since = if ends { app.now() } else { began };
            let page = app.status("Z80001").await;
            let lines = page["lines"].as_array().unwrap();
            assert!(!lines.is_empty());
            for line in lines {
                let of: chrono::DateTime<chrono::Utc> = line["since"].as_str().unwrap().parse().unwrap();
                assert_eq!(of, since, "{ends}: {line}");
            }
        }
    }
}

/// A place says in its own words alone that it is well.
#[tokio::test]
async fn back_to_normal_repeats_nobody_else() {
    for driver in Driver::BOTH {
        for own in [None, Some("Thank you for waiting.")] {
            let mut day = Reader::new(driver, &["Z80002"]).await;
            let flood = json!({"title": "Flood", "organisations": ["Z80002"], "lines": {"attend": "do_not_come"},
                "message": "The flood is still rising. Nobody can get in."});
            let flood = day.declare(flood).await;
            assert_eq!(day.hears().await.len(), 1);
            day.answers("Z80002", &flood, json!({"answer": "recovered", "message": own})).await;
            assert_eq!(day.hears().await.len(), 1);
            let mut tx = day.app.desk.db.read().await.unwrap();
            let all = signpost::store::delivery_reports::newest(&mut tx, None, None, 1).await.unwrap();
            let words =
                signpost::store::broadcasts::message(&mut tx, all[0].broadcast, &code("Z80002"), "en").await;
            let words = words.unwrap().unwrap();
            drop(tx);
            let said = format!("{} {}", words.subject, words.paragraphs.join(" "));
            assert!(said.contains("over") && !said.contains("rising"), "{said}");
            assert_eq!(said.matches("Thank you for waiting.").count(), usize::from(own.is_some()), "{said}");
        }
    }
}

/// What a place said of the problem stands in no form once its board has said that it is over.
#[tokio::test]
async fn what_was_said_of_a_problem_ends_with_it() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "QZ8", json!({"system": "emis-web"})).await;
        app.advance(Duration::minutes(10));
        let down = json!({"answer": "affected", "message": "No, still down."});
        answers(&app, "Z80002", &id, down).await;
        let words = |all: &Value| all.to_string().contains("No, still down.");
        assert!(words(&read(&mut app, "/Z80002/api/v2/summary.json").await["status"]["nhs"]["messages"]));
        app.advance(Duration::minutes(10));
        goes_on(&app, "QZ8", &id, json!({"state": "resolved"})).await;
        for busy in [false, true] {
            if busy {
                app.advance(Duration::minutes(10));
                answers(&app, "Z80002", &id, json!({"answer": "busy"})).await;
            }
            let summary = read(&mut app, "/Z80002/api/v2/summary.json").await;
            assert!(!words(&summary["status"]["nhs"]["messages"]), "{busy}: {summary}");
            let html = text(&mut app, "/Z80002").await;
            let cap = text(&mut app, "/Z80002/cap.xml").await;
            assert!(!html.contains("No, still down."), "{busy}: {html}");
            assert!(!cap.contains("No, still down."), "{busy}: {cap}");
            let incidents = read(&mut app, "/Z80002/api/v2/incidents.json").await;
            let newest = &incidents["incidents"][0]["incident_updates"][0];
            assert_eq!(newest["status"], "resolved", "{incidents}");
            assert!(!words(newest), "{busy}: {newest}");
        }
    }
}

/// An update that concerns nobody any more by the time it is put together stops nothing.
#[tokio::test]
async fn what_concerns_nobody_any_more_stops_nothing() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &PLACES).await;
        let id = fire(&day.app).await;
        for place in PLACES {
            answers(&day.app, place, &id, json!({"answer": "not_affected"})).await;
        }
        assert!(day.hears().await.iter().all(|text| !text.contains("Do not come")));
    }
}
