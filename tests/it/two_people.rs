//! What one person may not say alone, by doors that looked open; and whose word goes over
//! whose.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::approval::Rules;
use signpost::domain::cost::Prices;
use signpost::domain::sms::segments;
use signpost::domain::user::{Actor, Role};
use signpost::workers::releaser;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp, code};
use crate::staff::Person;

/// Invented: nobody has this number.
const WORDS: &str = "NHS 111 is slow. Call 0300 000 0000.";

async fn by_the_rules(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    app
}

/// The state of a line on a page, and who says it.
async fn line(app: &mut TestApp, place: &str, line: &str) -> Option<(String, String)> {
    let page = app.status(place).await;
    let found = page["lines"].as_array().unwrap().iter().find(|l| l["line"] == line).cloned();
    found.map(|l| (l["state"].as_str().unwrap().into(), l["said_by"]["code"].as_str().unwrap().into()))
}

/// Whoever looks takes one reader and waits for no second one: there are four.
#[tokio::test]
async fn many_may_look_at_one_approval_at_once() {
    let app = by_the_rules(Driver::Sqlite).await;
    let author = app.token("Y91", Role::Publisher).await;
    let posted = app.api(&author, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
    let path = format!("/desk/approvals/{}", update_of(&posted));
    let person = Person::of(&app, "Y91", Role::Approver).await;
    let looks = futures_util::future::join_all((0..8).map(|_| person.get(&path)));
    let looked = tokio::time::timeout(std::time::Duration::from_secs(15), looks).await;
    let looked = looked.expect("nobody waits for a reader that another holds");
    assert!(looked.iter().all(|page| page.status == 200));
}

/// To end words about 111 is a change of them; and they are no place's to clear.
#[tokio::test]
async fn words_about_111_end_by_two_people_and_by_no_place() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        let author = app.token("Y91", Role::Publisher).await;
        let second = app.token("Y91", Role::Approver).await;
        let said = json!({"title": "NHS 111 is slow", "organisations": ["Z80001", "Z80002"],
            "lines": {"nhs_111": {"state": "changed", "words": WORDS}, "phones": "limited"}});
        let posted = app.api(&author, "POST", "/api/v1/incidents", said).await.json();
        assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        let id = posted["id"].as_str().unwrap();
        let surgery = app.token("Z80001", Role::Publisher).await;
        for answer in ["not_affected", "busy", "recovered"] {
            let path = format!("/api/v1/incidents/{id}/responses/Z80001");
            assert_eq!(app.api(&surgery, "PUT", &path, json!({"answer": answer})).await.status, 200);
            assert_eq!(line(&mut app, "Z80001", "nhs_111").await.unwrap().0, "changed", "{answer}");
            assert_eq!(line(&mut app, "Z80001", "phones").await, None, "{answer}");
        }
        let updates = format!("/api/v1/incidents/{id}/updates");
        let over = app.api(&author, "POST", &updates, json!({"state": "resolved"})).await.json();
        assert_eq!(over["publication"], "awaiting_approval", "{over}");
        assert_eq!(line(&mut app, "Z80002", "nhs_111").await.unwrap().0, "changed");
        assert_eq!(decide(&app, &second, &update_of(&over), "approval", json!({})).await.status, 200);
        assert_eq!(line(&mut app, "Z80002", "nhs_111").await, None);
    }
}

/// A large audience of three, told of an incident and then of more, each by two people.
async fn two_that_wait(driver: Driver) -> (TestApp, [String; 2], String, String) {
    let mut app = TestApp::with_region(driver).await;
    let rules = Rules { people: 2, organisations: 100, region_wide: false, lines_below: false };
    app.desk = app.desk.clone().with_rules(rules);
    app.subscribers(&[1, 2, 3].map(|n| (READERS[n - 1], "email", "Z80001"))).await;
    let author = app.token("Z80001", Role::Publisher).await;
    let second = app.token("X24", Role::Approver).await;
    let body = json!({"title": "Phones", "organisations": ["Z80001"], "lines": {"phones": "down"}});
    let first = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
    assert_eq!(first["messages"], "awaiting_approval", "{first}");
    app.advance(Duration::minutes(1));
    let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
    let newer =
        app.api(&author, "POST", &path, json!({"message": "An engineer is on the way."})).await.json();
    assert_eq!(newer["messages"], "awaiting_approval", "{newer}");
    (app, [author, second], update_of(&first), update_of(&newer))
}

const READERS: [&str; 3] = ["reader01@example.org", "reader02@example.org", "reader03@example.org"];

async fn waiting(app: &TestApp, token: &str) -> usize {
    let all = app.api(token, "GET", "/api/v1/approvals", Value::Null).await.json();
    let all = all["approvals"].as_array().unwrap().iter();
    let board = app.api(token, "GET", "/api/v1/board", Value::Null).await.json();
    let number = all.filter(|a| a["state"] == "waiting").count();
    assert_eq!(board["approvals_waiting"], number, "{board}");
    number
}

/// What nobody agreed to takes nobody's place.
#[tokio::test]
async fn to_refuse_the_newer_messages_leaves_the_older_ones_to_be_agreed_on() {
    for driver in Driver::BOTH {
        let (mut app, [_, second], first, newer) = two_that_wait(driver).await;
        assert_eq!(waiting(&app, &second).await, 1, "the newer has taken the place of the older");
        {
            let person = Person::of(&app, "X24", Role::Approver).await;
            let list = person.get("/desk/approvals").await.text();
            assert!(list.contains("Phones: An engineer is on the way."), "to tell them apart: {list}");
            let screen = person.get(&format!("/desk/updates/{newer}")).await.text();
            assert!(screen.contains(&format!("/desk/approvals/{newer}")), "{screen}");
            assert!(!screen.contains("being prepared") && !screen.contains("Nobody had asked"), "{screen}");
            let refused =
                person.post(&format!("/desk/approvals/{newer}/refuse"), &[("reason", "Too soon")]).await;
            assert_eq!(refused.status, 303, "{}", refused.text());
            let screen = person.get(&format!("/desk/updates/{newer}")).await.text();
            assert!(screen.contains("did not agree") && screen.contains("Too soon"), "{screen}");
            assert!(!screen.contains("Nobody had asked"), "{screen}");
        }
        assert_eq!(waiting(&app, &second).await, 1);
        assert_eq!(decide(&app, &second, &first, "approval", json!({})).await.status, 200);
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 3);
        assert_eq!(app.captured().await.iter().filter(|(_, text)| text.contains("engineer")).count(), 0);
    }
}

/// Nobody is asked to agree to messages that are not sent any more.
#[tokio::test]
async fn messages_that_are_not_sent_any_more_wait_for_nobody() {
    for driver in Driver::BOTH {
        let (mut app, [author, second], first, newer) = two_that_wait(driver).await;
        assert_eq!(decide(&app, &second, &newer, "approval", json!({})).await.status, 200);
        assert_eq!(waiting(&app, &second).await, 0);
        assert_eq!(decide(&app, &second, &first, "approval", json!({})).await.status, 409);
        {
            let person = Person::of(&app, "X24", Role::Approver).await;
            let screen = person.get(&format!("/desk/approvals/{first}")).await.text();
            assert!(screen.contains("nothing left to decide"), "{screen}");
            assert!(!screen.contains("Waits for a second person"), "{screen}");
        }
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 3, "the newer ones");
        // The newer one was wrong: the older ones may be agreed on again.
        decide(&app, &author, &newer, "withdrawal", json!({"correction": "Not so."})).await;
        releaser::step(&app.desk).await.unwrap();
        assert_eq!(waiting(&app, &second).await, 1);
        {
            let person = Person::of(&app, "Z80001", Role::Publisher).await;
            person.post(&format!("/desk/updates/{first}/stop"), &[]).await;
            let screen = person.get(&format!("/desk/updates/{first}")).await.text();
            assert!(
                screen.contains("it was stopped before") && !screen.contains("Nobody had asked"),
                "{screen}"
            );
        }
        assert_eq!(waiting(&app, &second).await, 0);
    }
}

/// Whoever agrees is shown the parts that are paid for.
#[tokio::test]
async fn whoever_agrees_sees_parts_in_the_language_of_each_reader() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let rules = Rules { people: 2, organisations: 100, region_wide: false, lines_below: false };
    app.desk =
        app.desk.clone().with_rules(rules).with_prices(Prices { sms_part: Some(10.0), whatsapp: None });
    let mut text = String::from("contact,channel,locale,organisation\n");
    for (n, locale) in ["en", "ar", "ar"].iter().enumerate() {
        text.push_str(&format!("+44770090012{n},sms,{locale},Z80001\n"));
    }
    let file = File { name: "subscribers.csv".into(), bytes: text.into_bytes() };
    app.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
    let author = app.token("Z80001", Role::Publisher).await;
    let body = json!({"title": "Phones", "organisations": ["Z80001"], "lines": {"phones": "down"}});
    let preview = app.api(&author, "POST", "/api/v1/incidents/preview", body.clone()).await.json();
    let parts = |locale: &str| {
        segments(preview["texts"]["sms"][locale]["text"].as_str().unwrap_or_else(|| panic!("{preview}")))
            .segments
    };
    let all = parts("en") + 2 * parts("ar");
    assert!(all > 3, "{preview}");
    let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
    let person = Person::of(&app, "X24", Role::Approver).await;
    let screen = person.get(&format!("/desk/approvals/{}", update_of(&posted))).await.text();
    assert!(screen.contains(&format!("{all} parts of text messages in all.")), "{all}: {screen}");
}

/// What waited while something newer was said is looked at again before it goes out.
#[tokio::test]
async fn an_old_proposal_does_not_open_again_what_has_ended() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        let author = app.token("Y91", Role::Publisher).await;
        let second = app.token("Y91", Role::Approver).await;
        let posted =
            app.api(&author, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        let updates = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let old = json!({"state": "monitoring", "lines": {"attend": "do_not_come"}});
        let old = app.api(&author, "POST", &updates, old.clone()).await.json();
        app.advance(Duration::minutes(5));
        let over = app.api(&author, "POST", &updates, json!({"state": "resolved"})).await.json();
        assert_eq!(decide(&app, &second, &update_of(&over), "approval", json!({})).await.status, 200);
        let late = decide(&app, &second, &update_of(&old), "approval", json!({})).await;
        assert_eq!(late.status, 409, "{}", late.text());
        assert!(late.text().contains("Something newer was said"), "{}", late.text());
        let screen = Person::of(&app, "Y91", Role::Approver).await;
        let screen = screen.get(&format!("/desk/approvals/{}", update_of(&old))).await.text();
        assert!(screen.contains("Something newer was said"), "{screen}");
        assert_eq!(app.status("Z80001").await["headline"]["state"], "not_confirmed");
    }
}

/// The page says who said what: nobody further away speaks in a surgery's name or over it.
#[tokio::test]
async fn what_others_say_of_a_place_is_said_as_theirs() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let surgery = app.token("Z80001", Role::Publisher).await;
        let path = "/api/v1/organisations/Z80001/lines";
        let own = json!({"lines": {"attend": "do_not_come", "phones": "down"}, "phone": "07700 900123",
            "message": "We have a flood."});
        assert_eq!(app.api(&surgery, "PUT", path, own).await.status, 200);
        let region = app.token("Y91", Role::Publisher).await;
        let open = json!({"lines": {"attend": "come"}});
        let over = app.api(&region, "PUT", path, open.clone()).await;
        assert_eq!(over.status, 409, "{}", over.text());
        assert_eq!(
            line(&mut app, "Z80001", "attend").await.unwrap(),
            ("do_not_come".into(), "Z80001".into())
        );
        // Its board is responsible for it. It speaks in its own name, and the number stays.
        let board = app.token("QZ8", Role::Publisher).await;
        assert_eq!(app.api(&board, "PUT", path, open.clone()).await.status, 200);
        assert_eq!(line(&mut app, "Z80001", "attend").await.unwrap(), ("come".into(), "Z80001".into()));
        assert_eq!(line(&mut app, "Z80001", "phones").await.unwrap().0, "down");
        let page = app.get("/Z80001").await.text();
        assert!(page.contains("07700 900123") && page.contains("We have a flood."), "{page}");
        let said = app.status("Z80001").await["lines"][0]["spoken_by"]["code"].clone();
        assert_eq!(said, "QZ8");
        let (who, place) = (Actor::command_line(), code("Z80001"));
        let past = app.desk.page_at(&who, &place, app.now()).await.unwrap();
        let by = past.facts.candidates.iter().find_map(|f| f.by.as_ref());
        assert_eq!(by.unwrap().code.as_str(), "QZ8", "the past page knows it too");
        // Where nobody has spoken, a region may, as itself.
        let other = path.replace("Z80001", "Z80002");
        assert_eq!(app.api(&region, "PUT", &other, open).await.status, 200);
        assert_eq!(app.status("Z80002").await["lines"][0]["spoken_by"]["code"], "Y91");
        assert!(app.get("/Z80002").await.text().contains("Fixture Uplands said this"));
    }
}

/// To confirm a fault lets nobody further away pass a nearer word.
#[tokio::test]
async fn a_nearer_choice_stands_when_a_fault_is_confirmed() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let region = app.token("Y91", Role::Coordinator).await;
    let board = app.token("QZ8", Role::Coordinator).await;
    for (who, area, state) in [(&region, "Y91", "paused"), (&board, "QZ8", "normal")] {
        let path = format!("/api/v1/organisations/{area}/lines");
        assert_eq!(app.api(who, "PUT", &path, json!({"lines": {"booking": state}})).await.status, 200);
    }
    let posted = app.api(&region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    let surgery = app.token("Z80001", Role::Publisher).await;
    let path = format!("/api/v1/incidents/{}/responses/Z80001", posted["id"].as_str().unwrap());
    assert_eq!(app.api(&surgery, "PUT", &path, json!({"answer": "affected"})).await.status, 200);
    assert_ne!(line(&mut app, "Z80001", "booking").await.unwrap().0, "paused", "the board stands nearer");
}

/// What is in the words of 999 and 111 is free text: Wales has it in both languages.
#[tokio::test]
async fn a_welsh_boards_words_about_999_are_in_both_languages() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let board = app.token("7Z9", Role::Publisher).await;
    let path = "/api/v1/organisations/7Z9/lines";
    let english = json!({"lines": {"emergency_999": {"state": "changed", "words": "999 is slow."}}});
    let refused = app.api(&board, "PUT", path, english).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let pointer: Value = refused.json()["errors"][0]["pointer"].clone();
    assert!(pointer.as_str().unwrap().starts_with("/lines/emergency_999"), "{pointer}");
}

/// A board does not say "normal" while places below it have a problem that others declared.
#[tokio::test]
async fn an_area_is_not_normal_while_its_places_are_not() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    assert_eq!(app.status("QZ8").await["headline"]["state"], "normal");
    let region = app.token("Y91", Role::Coordinator).await;
    app.api(&region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    for area in ["QZ8", "Y91", "X24"] {
        assert_eq!(app.status(area).await["headline"]["state"], "limited", "{area}");
    }
    let desk = Person::of(&app, "QZ8", Role::Coordinator).await.get("/desk").await.text();
    assert!(!desk.contains("Are you affected?"), "its places are asked: {desk}");
}
