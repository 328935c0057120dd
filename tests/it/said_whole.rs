//! What no message leaves out for want of room: what to do instead of 999 and 111, what is
//! over, and whether to come, which planned work does not answer.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::channel::Text;
use signpost::domain::message::Message;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::{Actor, Role};
use signpost::store::{broadcasts, delivery_reports};
use signpost::workers::planner;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp, code};
use crate::told_alike::{answers, call, declare, goes_on};

const LOCALES: [&str; 10] = ["en", "cy", "pl", "ro", "pa", "ur", "bn", "gu", "pt", "ar"];

/// A reader of the surgery by text in each language.
async fn readers(app: &TestApp) {
    let mut text = String::from("contact,channel,locale,organisation\n");
    for (n, locale) in LOCALES.iter().enumerate() {
        text.push_str(&format!("+4477009001{n:02},sms,{locale},Z80001\n"));
    }
    let file = File { name: "subscribers.csv".into(), bytes: text.into_bytes() };
    let report = app.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
    assert_eq!(report.rejects, []);
}

/// What was told last, in a language.
async fn newest(app: &mut TestApp, locale: &str) -> Message {
    app.run_workers().await;
    let mut tx = app.desk.db.read().await.unwrap();
    let all = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap();
    let newest = all[0].broadcast;
    broadcasts::message(&mut tx, newest, &code("Z80001"), locale).await.unwrap().unwrap()
}

/// What a nation says, with a second person where it needs one.
async fn agreed(app: &TestApp, path: &str, body: Value) -> Value {
    let posted = call(app, "X24", "POST", path, body).await;
    if posted["publication"] == "awaiting_approval" {
        let second = app.token("X24", Role::Approver).await;
        assert_eq!(decide(app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
    }
    posted
}

fn changed(words: &str) -> Value {
    json!({"title": "111 trouble", "organisations": ["Z80001"], "message": "NHS 111 has a fault.",
        "lines": {"nhs_111": {"state": "changed", "words": words}}})
}

#[tokio::test]
async fn what_to_do_instead_of_111_is_in_every_message() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app).await;
        let told = changed("Use 111 online. Do not call 111.");
        let posted = agreed(&app, "/api/v1/incidents", told).await;
        let updates = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        for locale in LOCALES {
            let message = newest(&mut app, locale).await;
            for channel in Channel::ALL.iter().filter(|c| **c != Channel::Webhook) {
                let text = message.text_for(*channel);
                assert!(text.contains("Use 111 online. Do not call 111."), "{locale} {channel}: {text}");
            }
            assert!(signpost::domain::sms::segments(&message.short).segments <= 5, "{}", message.short);
        }
        app.advance(chrono::Duration::minutes(5));
        agreed(&app, &updates, json!({"message": "They work on it."})).await;
        let text = newest(&mut app, "en").await.short;
        assert!(text.contains("Do not call 111."), "{text}");
        // As usual again: that is said as well, once.
        app.advance(chrono::Duration::minutes(5));
        agreed(&app, &updates, json!({"lines": {"nhs_111": "normal"}})).await;
        let text = newest(&mut app, "en").await.short;
        assert!(text.contains("go to 111.nhs.uk or call 111.") && !text.contains("Do not call"), "{text}");
        app.advance(chrono::Duration::minutes(5));
        agreed(&app, &updates, json!({"message": "More to come."})).await;
        let text = newest(&mut app, "en").await.short;
        assert!(!text.contains("111.nhs.uk"), "{text}");
    }
}

/// Words about 999 stand in what is told of anything.
#[tokio::test]
async fn changed_999_is_in_messages_about_anything_else() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    readers(&app).await;
    let words =
        json!({"emergency_999": {"state": "changed", "words": "Text 999. Calls do not get through."}});
    crate::told_alike::says(&app, "X24", json!({"lines": words})).await;
    let body = json!({"title": "No phones", "organisations": ["Z80001"], "lines": {"phones": "down"}});
    declare(&app, "Z80001", body).await;
    let message = newest(&mut app, "en").await;
    for channel in Channel::ALL.iter().filter(|c| **c != Channel::Webhook) {
        let text = message.text_for(*channel);
        assert!(text.contains("Text 999. Calls do not get through."), "{channel}: {text}");
    }
}

#[tokio::test]
async fn a_post_cuts_no_sentence_about_111() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    readers(&app).await;
    let long = "Use 111 online for all that you need. ".repeat(6) + "Do not call 111 until we say so.";
    agreed(&app, "/api/v1/incidents", changed(&long)).await;
    let message = newest(&mut app, "en").await;
    for channel in Channel::ALL {
        let Text::Post(limit) = channel.about().text else { continue };
        let text = message.text_for(*channel);
        let said = text.split("\n\n").next().unwrap();
        assert!((limit.count)(&text) <= limit.max || limit.link.is_some(), "{channel}: {text}");
        assert!(said.ends_with('.') && !said.ends_with("..."), "{channel}: {text}");
    }
}

/// What happened stands in an end and in a correction, and whether to come, in each language.
#[tokio::test]
async fn an_end_and_a_correction_say_what_they_are_about_in_every_language() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app).await;
        let emis =
            declare(&app, "X24", json!({"system": "emis-web", "lines": {"attend": "do_not_come"}})).await;
        app.run_workers().await;
        app.advance(chrono::Duration::minutes(5));
        goes_on(&app, "X24", &emis, json!({"state": "resolved"})).await;
        for locale in LOCALES {
            let message = newest(&mut app, locale).await;
            let w = message.words();
            let over = w.with("they-said-over", &[("name", "NHS England".into())]);
            let over = written(&over, locale);
            assert!(message.short.contains(&over), "{locale}: {over}: {}", message.short);
        }
        let body = json!({"title": "WASP", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        let token = app.token("Z80001", Role::Publisher).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        app.run_workers().await;
        let own = json!({"correction": "WASP wrong."});
        assert_eq!(decide(&app, &token, &update_of(&posted), "withdrawal", own).await.status, 201);
        let text = newest(&mut app, "en").await.short;
        assert!(text.contains("WASP wrong. Come to your appointment"), "{text}");
    }
}

fn written(text: &str, locale: &str) -> String {
    let latin = ["en", "cy", "pl", "ro", "pt"].contains(&locale);
    if latin { signpost::domain::sms::to_gsm(text) } else { signpost::words::without_marks(text) }
}

/// Planned work says nothing about coming that the page does not, nor of phones that work.
#[tokio::test]
async fn planned_work_tells_what_the_page_says() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app).await;
        let shut = json!({"title": "Flood", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"},
            "next_update_by": "2024-07-20T20:00:00Z"});
        let flood = declare(&app, "X24", shut).await;
        let well = json!({"answer": "affected", "lines": {"phones": "working"}});
        // Whoever says that all is well, and then plans work, did not speak of that.
        answers(&app, "Z80001", &flood, well.clone()).await;
        app.advance(Duration::minutes(1));
        let plan = json!({"title": "New phones", "organisations": ["Z80001"],
            "lines": {"attend": "come_unless_contacted", "phones": "down", "booking": "paused"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T15:00:00Z"});
        let token = app.token("Z80001", Role::Publisher).await;
        let posted = app.api(&token, "POST", "/api/v1/planned", plan).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let text = newest(&mut app, "en").await.text_for(Channel::Email);
        assert!(text.contains("Our phones are not working."), "what is planned: {text}");
        app.desk.clock.set("2024-07-19T09:00:00Z".parse().unwrap());
        app.publish().await;
        assert!(app.get("/Z80001").await.text().contains("Our phones are not working."));
        let lines = app.status("Z80001").await["lines"].as_array().unwrap().clone();
        assert!(lines.iter().any(|l| l["line"] == "phones" && l["state"] == "down"), "{lines:?}");
        // What it says later goes before what it planned.
        answers(&app, "Z80001", &flood, well).await;
        planner::step(&app.desk).await.unwrap();
        let text = newest(&mut app, "en").await.text_for(Channel::Email);
        assert!(text.contains("Planned work has started") && text.contains("Do not come"), "{text}");
        let wrong = ["Come to your appointment", "Our phones are not working"];
        assert!(wrong.iter().all(|words| !text.contains(words)), "{text}");
        app.publish().await;
        let page = app.get("/Z80001").await.text();
        assert!(page.contains("Planned work") && page.contains("Do not come"), "{page}");
        assert!(wrong.iter().all(|words| !page.contains(words)), "{page}");
    }
}
