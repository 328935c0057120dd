//! No text leaves out a service that readers can choose and that does not take place; and
//! what has changed goes before what it is called.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::sms::segments;
use signpost::domain::user::{Actor, Role};
use signpost::store::{broadcasts, delivery_reports};
use signpost::workers::planner;

use crate::harness::{Driver, TestApp, code};
use crate::staff::Person;
use crate::told_alike::{call, declare, goes_on, says, text};

const LOCALES: [&str; 10] = ["en", "cy", "pl", "ro", "pa", "ur", "bn", "gu", "pt", "ar"];
const SCANS: &str = "Scans and X-rays are cancelled.";
const BLOOD: &str = "Routine blood tests are cancelled.";

async fn readers(app: &TestApp, place: &str) {
    let mut text = String::from("contact,channel,locale,organisation\n");
    for (n, locale) in LOCALES.iter().enumerate() {
        text.push_str(&format!("+4477009001{n:02},sms,{locale},{place}\n"));
    }
    let file = File { name: "subscribers.csv".into(), bytes: text.into_bytes() };
    let report = app.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
    assert_eq!(report.rejects, []);
}

/// The text that was told last, in a language.
async fn newest(app: &mut TestApp, place: &str, locale: &str) -> String {
    app.run_workers().await;
    let mut tx = app.desk.db.read().await.unwrap();
    let all = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap();
    broadcasts::message(&mut tx, all[0].broadcast, &code(place), locale).await.unwrap().unwrap().short
}

/// What a service is, as a language has it, without what follows.
fn cancelled(line: &str, locale: &str) -> String {
    let words = signpost::words::of(signpost::words::Locale::parse(locale).unwrap());
    let text = words.get(&format!("{line}-cancelled.text"));
    let first = signpost::words::sentences(text).remove(0);
    let latin = ["en", "cy", "pl", "ro", "pt"].contains(&locale);
    if latin { signpost::domain::sms::to_gsm(&first) } else { signpost::words::without_marks(&first) }
}

#[tokio::test]
async fn every_service_that_is_cancelled_is_in_every_text() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "RZ5").await;
        let power = json!({"title": "Power failure", "organisations": ["RZ5"],
            "lines": {"scans": "cancelled", "blood_tests": "cancelled"}});
        let power = declare(&app, "RZ5", power).await;
        for locale in LOCALES {
            let text = newest(&mut app, "RZ5", locale).await;
            for line in ["scans", "blood_tests"] {
                assert!(text.contains(&cancelled(line, locale)), "{locale}: {line}: {text}");
            }
            assert!(segments(&text).segments <= 6 && text.contains("/RZ5"), "{locale}: {text}");
        }
        let text = newest(&mut app, "RZ5", "en").await;
        assert!(
            text.contains("Come to your appointment") && text.matches("We will contact you").count() == 1,
            "{text}"
        );
        // It stays so whatever else is told.
        app.advance(Duration::minutes(5));
        goes_on(&app, "RZ5", &power, json!({"lines": {"attend": "come"}})).await;
        let text = newest(&mut app, "RZ5", "en").await;
        assert!([SCANS, BLOOD, "as usual"].iter().all(|words| text.contains(words)), "{text}");
        app.advance(Duration::minutes(5));
        goes_on(&app, "RZ5", &power, json!({"lines": {"scans": "normal", "operations": "closed"}})).await;
        let text = newest(&mut app, "RZ5", "en").await;
        assert!(
            text.contains(BLOOD) && text.contains("operating theatres") && !text.contains(SCANS),
            "{text}"
        );
        app.advance(Duration::minutes(5));
        goes_on(&app, "RZ5", &power, json!({"lines": {"blood_tests": "normal", "operations": "normal"}}))
            .await;
        let text = newest(&mut app, "RZ5", "en").await;
        assert!(text.contains("Power failure") && segments(&text).segments == 1, "{text}");
    }
}

#[tokio::test]
async fn planned_work_names_the_services_that_it_stops() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "RZ5").await;
        let plan = json!({"title": "Water works", "organisations": ["RZ5"], "lines": {"blood_tests": "cancelled"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T15:00:00Z"});
        let token = app.token("RZ5", Role::Publisher).await;
        let posted: Value = app.api(&token, "POST", "/api/v1/planned", plan).await.json();
        let text = newest(&mut app, "RZ5", "en").await;
        assert!(text.contains(&format!("While it lasts: {BLOOD}")), "{posted}: {text}");
        app.desk.clock.set("2024-07-19T09:00:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        for locale in LOCALES {
            let text = newest(&mut app, "RZ5", locale).await;
            assert!(text.contains(&cancelled("blood_tests", locale)), "{locale}: {text}");
        }
        let text = newest(&mut app, "RZ5", "en").await;
        assert!(text.contains("It should end at 4pm"), "{text}");
    }
}

/// A title that stands there in English says less than the change in the reader's language.
#[tokio::test]
async fn what_has_changed_goes_before_a_title_in_another_language() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "Z80001").await;
        let body = json!({"title": "Network failure in the whole of the building since this morning",
            "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let id = declare(&app, "Z80001", body).await;
        for state in ["down", "limited"] {
            for locale in LOCALES {
                let text = newest(&mut app, "Z80001", locale).await;
                let words = signpost::words::of(signpost::words::Locale::parse(locale).unwrap());
                let said = words.get(&format!("phones-{state}.text"));
                let latin = ["en", "cy", "pl", "ro", "pt"].contains(&locale);
                let said = if latin {
                    signpost::domain::sms::to_gsm(said)
                } else {
                    signpost::words::without_marks(said)
                };
                assert!(text.contains(&said), "{locale} {state}: {text}");
            }
            app.advance(Duration::minutes(5));
            if state == "down" {
                let path = format!("/api/v1/incidents/{id}/updates");
                call(&app, "Z80001", "POST", &path, json!({"lines": {"phones": "limited"}})).await;
            }
        }
    }
}

/// Nor does any text or post about planned work leave out that nobody is to come.
#[tokio::test]
async fn planned_work_says_in_every_text_and_post_that_nobody_is_to_come() {
    const SHUT: &str = "Do not come to your appointment.";
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "Z80001").await;
        let plan = json!({"title": "New floor", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T15:00:00Z"});
        let token = app.token("Z80001", Role::Publisher).await;
        let posted: Value = app.api(&token, "POST", "/api/v1/planned", plan).await.json();
        for told in [format!("While it lasts: {SHUT}"), SHUT.to_owned()] {
            let text = newest(&mut app, "Z80001", "en").await;
            assert!(text.contains(&told), "{posted}: {text}");
            let mut tx = app.desk.db.read().await.unwrap();
            let all = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap();
            let message =
                broadcasts::message(&mut tx, all[0].broadcast, &code("Z80001"), "en").await.unwrap();
            let message = message.unwrap();
            assert!(message.post.contains(&told) && message.notice.contains(&told), "{message:?}");
            drop(tx);
            app.desk.clock.set("2024-07-19T09:00:00Z".parse().unwrap());
            planner::step(&app.desk).await.unwrap();
        }
        // Feeds and calendars have no page around them, on which the answer would stand.
        for form in ["feed.atom", "feed.rss", "calendar.ics"] {
            let told = text(&mut app, &format!("/Z80001/{form}")).await.replace("\r\n ", "");
            assert!(told.contains(SHUT), "{form}: {told}");
        }
        // Whoever was to stay away hears when they may come, in their language, and where to look.
        app.desk.clock.set("2024-07-19T15:00:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        let told = newest(&mut app, "Z80001", "en").await;
        assert!(told.contains("Come to your appointment as usual."), "{told}");
        for locale in ["cy", "ar"] {
            let told = newest(&mut app, "Z80001", locale).await;
            assert!(told.ends_with(&format!("/Z80001/{locale}")), "{told}");
        }
    }
}

/// So does who was told of work that is called off.
#[tokio::test]
async fn work_that_is_called_off_keeps_nobody_away() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "Z80001").await;
        let plan = json!({"title": "New floor", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T15:00:00Z"});
        let id = call(&app, "Z80001", "POST", "/api/v1/planned", plan).await["id"].clone();
        app.run_workers().await;
        app.advance(Duration::minutes(5));
        let path = format!("/api/v1/planned/{}/cancellation", id.as_str().unwrap());
        call(&app, "Z80001", "POST", &path, json!({})).await;
        let told = newest(&mut app, "Z80001", "en").await;
        assert!(told.contains("Cancelled: planned work"), "{told}");
        assert!(told.contains("Come to your appointment as usual."), "{told}");
    }
}

/// Planned work that shuts a pharmacy sends people to another one.
#[tokio::test]
async fn planned_work_at_a_pharmacy_says_where_to_go_instead() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "FZ101").await;
        let plan = json!({"title": "New till", "organisations": ["FZ101"],
            "lines": {"collection": "paused", "dispensing": "paused"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T15:00:00Z"});
        call(&app, "FZ101", "POST", "/api/v1/planned", plan).await;
        let told = newest(&mut app, "FZ101", "en").await;
        assert!(told.contains("While it lasts: You cannot get medicines here"), "{told}");
        assert!(told.contains("Use another pharmacy"), "{told}");
        assert!(text(&mut app, "/FZ101").await.contains("Use another pharmacy"));
        app.desk.clock.set("2024-07-19T09:00:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        let told = newest(&mut app, "FZ101", "en").await;
        assert!(told.contains("Use another pharmacy") && told.contains("Call 111"), "{told}");
        app.desk.clock.set("2024-07-19T15:00:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        let told = newest(&mut app, "FZ101", "en").await;
        assert!(told.contains("Come in as usual"), "{told}");
    }
}

/// What is announced is what the page will say by then: the word of a place that stands over
/// the whole window goes before what its board planned, on every door. One that runs out
/// before the end does not.
#[tokio::test]
async fn what_a_board_plans_reckons_with_the_word_of_a_place() {
    const SHUT: &str = "Do not come to your appointment.";
    const UNLESS: &str = "While it lasts: Come to your appointment unless we contact you.";
    for (driver, until, is_shut) in Driver::BOTH
        .into_iter()
        .flat_map(|d| [(d, "2024-07-20T15:00:00Z", false), (d, "2024-07-20T10:00:00Z", true)])
    {
        let mut app = TestApp::with_region(driver).await;
        readers(&app, "Z80001").await;
        app.subscribers(&[("reader01@example.org", "email", "Z80002")]).await;
        let own = json!({"lines": {"attend": "come_unless_contacted"}, "expires_at": until});
        says(&app, "Z80001", own).await;
        let plan = json!({"title": "New floor", "organisations": ["Z80001", "Z80002"],
            "lines": {"attend": "do_not_come"},
            "starts_at": "2024-07-20T09:00:00Z", "ends_at": "2024-07-20T15:00:00Z"});
        let token = app.token("QZ8", Role::Publisher).await;
        let posted = app.api(&token, "POST", "/api/v1/planned", plan).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let short = newest(&mut app, "Z80001", "en").await;
        let told = [
            short,
            text(&mut app, "/Z80001").await,
            text(&mut app, "/Z80001/feed.atom").await,
            text(&mut app, "/Z80001/calendar.ics").await.replace("\r\n ", ""),
        ];
        for (n, told) in told.into_iter().enumerate() {
            assert_eq!(told.contains(SHUT), is_shut, "{told}");
            // A text leaves room for what nobody may miss.
            let unless = UNLESS.trim_start_matches("While it lasts: ");
            assert!(is_shut || n == 0 || told.contains(unless), "{told}");
        }
        assert!(newest(&mut app, "Z80002", "en").await.contains(SHUT));
        // So does what is looked at before anything is said. What the place itself plans later
        // goes before what it had said.
        for (of, is_unless) in [("QZ8", !is_shut), ("Z80001", false)] {
            let person = Person::of(&app, of, Role::Publisher).await;
            let typed = [
                ("system", ""),
                ("title", "New floor"),
                ("lines.attend", "do_not_come"),
                ("starts", "2024-07-20T10:00"),
                ("ends", "2024-07-20T16:00"),
                ("remind", "24"),
            ];
            let preview = person.post("/desk/planned/new/preview", &typed).await.text();
            assert!(preview.contains("Ashwick Surgery"), "{preview}");
            assert_eq!(preview.contains(UNLESS), is_unless, "{of}: {preview}");
        }
        // By then the page says the same.
        app.desk.clock.set("2024-07-20T14:59:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        assert_eq!(text(&mut app, "/Z80001").await.contains(SHUT), is_shut);
    }
}

/// What a feed told of planned work it goes on telling, whatever is said meanwhile of its lines.
#[tokio::test]
async fn what_a_feed_told_of_planned_work_stays() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let plan = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "limited"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T10:00:00Z"});
        call(&app, "Z80001", "POST", "/api/v1/planned", plan).await;
        let entry = |feed: &str| {
            let all: Vec<String> = feed.split("<entry>").map(str::to_owned).collect();
            all.into_iter().find(|e| e.contains("New phones: Announced")).unwrap()
        };
        let first = entry(&text(&mut app, "/Z80001/feed.atom").await);
        assert!(first.contains("Phone us only if it is urgent"), "{first}");
        for (at, says_down) in [("2024-07-19T09:00:00Z", true), ("2024-07-19T10:00:00Z", false)] {
            app.desk.clock.set(at.parse().unwrap());
            planner::step(&app.desk).await.unwrap();
            let lines = if says_down { json!({"phones": "down"}) } else { json!({}) };
            says(&app, "Z80001", json!({"lines": lines})).await;
            assert_eq!(entry(&text(&mut app, "/Z80001/feed.atom").await), first, "{at}");
        }
    }
}

/// An entry about planned work tells how it stood when it was written, and stays as it is: what
/// is said later has an entry of its own.
#[tokio::test]
async fn an_entry_about_planned_work_stays_as_it_was_written() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let at = |app: &TestApp, time: &str| {
            app.desk.clock.set(format!("2024-07-19T{time}:00Z").parse().unwrap());
        };
        let entry = async |app: &mut TestApp, title: &str| {
            let feed = text(app, "/Z80001/feed.atom").await;
            feed.split("<entry>").find(|e| e.contains(title)).unwrap_or_default().to_owned()
        };
        let (paused, urgent) = ("We cannot book new appointments", "We can only book urgent appointments");
        at(&app, "08:00");
        // Its own word, which it takes back before it runs out.
        says(
            &app,
            "Z80001",
            json!({"lines": {"booking": "urgent_only"}, "expires_at": "2024-07-19T12:00:00Z"}),
        )
        .await;
        at(&app, "08:05");
        let plan = json!({"title": "New power", "organisations": ["Z80001"],
            "lines": {"attend": "do_not_come", "booking": "paused"},
            "starts_at": "2024-07-19T09:00:00Z", "ends_at": "2024-07-19T10:00:00Z"});
        call(&app, "QZ8", "POST", "/api/v1/planned", plan).await;
        let announced = entry(&mut app, "New power: Announced").await;
        assert!(announced.contains("Do not come") && announced.contains(urgent), "{announced}");
        at(&app, "08:10");
        says(&app, "Z80001", json!({"lines": {}})).await;
        assert_eq!(entry(&mut app, "New power: Announced").await, announced);
        at(&app, "08:20");
        says(&app, "Z80001", json!({"lines": {"booking": "urgent_only"}})).await;
        at(&app, "09:00");
        planner::step(&app.desk).await.unwrap();
        let begun = entry(&mut app, "New power: Begun").await;
        assert!(begun.contains("Do not come") && begun.contains(urgent), "as the page says: {begun}");
        assert!(!begun.contains(paused), "{begun}");
        let unless = json!({"lines": {"booking": "urgent_only", "attend": "come_unless_contacted"}});
        for (time, said) in
            [("09:10", unless), ("10:00", json!({"lines": {}})), ("10:10", json!({"lines": {}}))]
        {
            at(&app, time);
            planner::step(&app.desk).await.unwrap();
            says(&app, "Z80001", said).await;
            assert_eq!(entry(&mut app, "New power: Announced").await, announced, "{time}");
            assert_eq!(entry(&mut app, "New power: Begun").await, begun, "{time}");
        }
        assert!(entry(&mut app, "New power: Ended").await.contains("This was due to end"));
    }
}
