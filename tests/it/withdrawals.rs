//! Taking back: quick, by one person; free words of it are looked at afterwards.

use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::delivery::Provider;
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};

const TIGHT: Rules = Rules { people: 2, organisations: 100, region_wide: true, lines_below: true };

/// The stop is one person's and quick; a broadcast of free words by its way is not.
#[tokio::test]
async fn own_words_of_a_correction_that_would_need_two_people_are_looked_at_afterwards() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let body = json!({"system": "emis-web"});
        let first = update_of(&app.api(&author, "POST", "/api/v1/incidents", body.clone()).await.json());
        let other = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
        app.run_workers().await;
        app.desk = app.desk.clone().with_rules(TIGHT);
        {
            let screen = Person::of(&app, "Y91", Role::Coordinator).await;
            let form = screen.get(&format!("/desk/updates/{first}/withdraw")).await.text();
            assert!(form.contains("Somebody else has to look at your own words"), "{form}");
            // The built-in words: at once, and nobody has to look.
            let path = format!("/desk/updates/{other}/withdraw");
            let done = screen.post(&path, &[("words", "built_in")]).await;
            assert_eq!(done.status, 303, "{}", done.text());
        }
        let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(all["approvals"], json!([]), "nobody has to look");
        let page = app.status("Z80001").await.to_string();
        assert!(page.contains("What we told you before was wrong."), "{page}");

        let own = json!({"correction": "All surgeries are shut."});
        let done = decide(&app, &author, &first, "withdrawal", own).await;
        assert_eq!((done.status.as_u16(), &done.json()["publication"]), (201, &json!("published")));
        let correction = update_of(&done.json());
        app.run_workers().await;
        let sent = app.captured().await;
        assert!(sent.iter().any(|(_, text)| text.contains("All surgeries are shut.")), "{sent:?}");
        app.call().await;
        let alarms = crate::calls::said(&app).await;
        assert!(alarms.iter().any(|a| a.1.contains("Look at it within the hour")), "{alarms:?}");
        let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(all["approvals"].as_array().unwrap().len(), 1, "{all}");
        assert_eq!(all["approvals"][0]["state"], "broke_glass");
        assert_eq!(decide(&app, &author, &correction, "review", json!({})).await.status, 403);
        assert_eq!(decide(&app, &second, &correction, "review", json!({})).await.status, 200);
        // A place about itself: nobody has to look.
        let surgery = app.token("Z80001", Role::Publisher).await;
        let one = json!({"title": "The phones are down", "organisations": ["Z80001"]});
        let posted = app.api(&surgery, "POST", "/api/v1/incidents", one).await.json();
        let own = json!({"correction": "They work."});
        assert_eq!(decide(&app, &surgery, &update_of(&posted), "withdrawal", own).await.status, 201);
        let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(all["approvals"].as_array().unwrap().len(), 1, "{all}");
    }
}

/// What was only a mistake has no end that anybody told.
#[tokio::test]
async fn a_correction_of_the_only_update_says_nothing_of_back_to_normal() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
    let author = app.token("Z80001", Role::Publisher).await;
    let body =
        json!({"title": "We are shut", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
    let update = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
    app.run_workers().await;
    let own = json!({"correction": "Only the car park is shut."});
    decide(&app, &author, &update, "withdrawal", own).await;
    app.run_workers().await;
    let mut tx = app.desk.db.read().await.unwrap();
    let newest = signpost::store::delivery_reports::newest(&mut tx, None, None, 1).await.unwrap().remove(0);
    drop(tx);
    let sent = app.desk.message(&signpost::domain::user::Actor::command_line(), newest.id).await.unwrap();
    let message = sent.message.unwrap();
    assert_eq!(message.subject, "Correction: Ashwick Surgery: What we told you before was wrong");
    assert!(message.paragraphs[0].contains("Only the car park is shut."), "{message:?}");
    assert!(!message.paragraphs.concat().contains("back to normal"), "{message:?}");
}

/// To take a correction back would not bring back what it corrected.
#[tokio::test]
async fn a_correction_is_not_taken_back_but_followed_by_an_update() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let author = app.token("Z80001", Role::Publisher).await;
        let body =
            json!({"title": "We are shut", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
        app.run_workers().await;
        let done = decide(&app, &author, &update_of(&posted), "withdrawal", json!({"built_in": true})).await;
        let correction = update_of(&done.json());
        app.run_workers().await;
        let before = app.captured().await.len();
        let again = decide(&app, &author, &correction, "withdrawal", json!({"built_in": true})).await;
        assert_eq!(again.status, 409, "{}", again.text());
        assert!(again.text().contains("Post an update that says what is right."), "{}", again.text());
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let leads_on = format!("/desk/incidents/{}/update", posted["id"].as_str().unwrap());
        for screen in ["", "/withdraw", "/done"] {
            let path = format!("/desk/updates/{correction}{screen}");
            let shown = person.get(&path).await;
            assert_eq!(texts(&shown, &format!("a[href='{leads_on}']")), ["Post an update"], "{path}");
            assert!(texts(&shown, "main form[action$='/withdraw']").is_empty(), "{path}");
            assert!(!shown.text().contains("and send a correction"), "{path}");
        }
        let pressed =
            person.post(&format!("/desk/updates/{correction}/withdraw"), &[("words", "built_in")]).await;
        assert_eq!(pressed.header("location"), format!("/desk/updates/{correction}"));
        let desk = person.get("/desk").await;
        let sent = texts(&desk, ".sp-results .nhsuk-tag");
        assert_eq!(sent, ["Correction", "Withdrawn"], "{sent:?}");
        drop(person);
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), before, "and nobody is told anything");
    }
}

/// What still stands is in the correction by text as well.
#[tokio::test]
async fn a_correction_by_text_says_what_still_holds() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[("+447700900123", "sms", "Z80001")]).await;
        let author = app.token("Z80001", Role::Publisher).await;
        let body =
            json!({"title": "The phones are down", "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
        app.run_workers().await;
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let body = json!({"message": "We are shut.", "lines": {"attend": "do_not_come"}});
        let wrong = app.api(&author, "POST", &path, body).await.json();
        app.run_workers().await;
        decide(&app, &author, &update_of(&wrong), "withdrawal", json!({"built_in": true})).await;
        app.run_workers().await;
        let text = provider.taken.lock().unwrap().last().unwrap().1.clone();
        assert!(
            text.starts_with("Correction: Ashwick Surgery: What we told you before was wrong."),
            "{text}"
        );
        assert!(text.contains("Our phones are not working."), "{text}");
        assert!(text.contains("Come") && !text.contains("Do not come"), "{text}");
        assert!(signpost::domain::sms::segments(&text).segments <= 3, "{text}");
    }
}

/// A post is no reader's message, and is out in the world all the same.
#[tokio::test]
async fn the_screen_says_where_it_was_posted() {
    for driver in Driver::BOTH {
        let mut app = crate::webhooks::app(driver).await;
        let token = app.token("X24", Role::Administrator).await;
        let receiver = crate::webhooks::Receiver::new("200,500");
        crate::webhooks::endpoint(&app, &token, &receiver.url, "").await;
        let (id, update) = crate::webhooks::declare(&mut app, &token).await;
        let screen = async |app: &TestApp, update: &str| {
            let person = Person::of(app, "X24", Role::Coordinator).await;
            person.get(&format!("/desk/updates/{update}/withdraw")).await.text()
        };
        let shown = screen(&app, &update).await;
        assert!(shown.contains("No reader has got a message. It was posted on: Webhook."), "{shown}");
        assert!(!shown.contains("it will not leave"), "{shown}");
        let path = format!("/api/v1/incidents/{id}/updates");
        let next = app.api(&token, "POST", &path, json!({"message": "Still down."})).await.json();
        app.run_workers().await;
        let shown = screen(&app, &update_of(&next)).await;
        assert!(shown.contains("It may have been posted on: Webhook."), "{shown}");
    }
}

/// To take back words about 111 changes what is said about 111: somebody else has to look.
#[tokio::test]
async fn words_about_111_that_one_person_takes_back_are_looked_at() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let author = app.token("X24", Role::Coordinator).await;
    let second = app.token("X24", Role::Approver).await;
    let lines = json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}});
    let body = json!({"title": "111 is slow", "organisations": ["Z80001"], "lines": lines});
    let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
    let update = update_of(&posted);
    assert_eq!(decide(&app, &second, &update, "approval", json!({})).await.status, 200);
    {
        let screen = Person::of(&app, "X24", Role::Coordinator).await;
        let form = screen.get(&format!("/desk/updates/{update}/withdraw")).await.text();
        assert!(form.contains("Somebody else has to look at this"), "{form}");
    }
    let done = decide(&app, &author, &update, "withdrawal", json!({"correction": "It is as usual."})).await;
    assert_eq!(done.status, 201, "{}", done.text());
    let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
    assert_eq!(all["approvals"][0]["state"], "broke_glass", "{all}");
    assert_eq!(all["approvals"][0]["reasons"], json!(["national_line"]), "{all}");
    // Whoever looks at it is led to an update: to take a correction back brings nothing back.
    let approver = Person::of(&app, "X24", Role::Approver).await;
    let path = format!("/desk/approvals/{}", all["approvals"][0]["update"]["id"].as_str().unwrap());
    let shown = approver.get(&path).await.text();
    let incident = posted["id"].as_str().unwrap();
    assert!(shown.contains(&format!("/desk/incidents/{incident}/update")), "{shown}");
    assert!(!shown.contains("Take it back"), "{shown}");
}

/// The end of such words took them away; taken back, they stand again by one person's word.
#[tokio::test]
async fn words_about_111_that_come_back_by_one_person_are_looked_at() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let second = app.token("X24", Role::Approver).await;
        let lines = json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}});
        let body = json!({"title": "111 is slow", "organisations": ["Z80001"], "lines": lines});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        let updates = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let over = app.api(&author, "POST", &updates, json!({"state": "resolved"})).await.json();
        let end = update_of(&over);
        assert_eq!(decide(&app, &second, &end, "approval", json!({})).await.status, 200);
        {
            let screen = Person::of(&app, "X24", Role::Coordinator).await;
            let form = screen.get(&format!("/desk/updates/{end}/withdraw")).await.text();
            assert!(form.contains("Somebody else has to look at this"), "{form}");
            let path = format!("/desk/updates/{end}/withdraw");
            assert_eq!(screen.post(&path, &[("words", "built_in")]).await.status, 303);
        }
        let page = app.status("Z80001").await;
        assert!(page["lines"].to_string().contains("Use 111 online."), "{page}");
        let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(all["approvals"][0]["state"], "broke_glass", "{all}");
        assert_eq!(all["approvals"][0]["reasons"], json!(["national_line"]), "{all}");
    }
}

/// What was captured stands nowhere that anybody reads.
#[tokio::test]
async fn what_was_captured_was_posted_nowhere() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Administrator).await;
        let account = json!({"base_url": "https://mastodon.example", "access_token": "not a secret"});
        let path = "/api/v1/organisations/Z80001/channels/mastodon";
        assert_eq!(app.api(&token, "PUT", path, account).await.status, 200);
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let cut = json!({"title": "Phones", "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let posted = app.api(&token, "POST", "/api/v1/incidents", cut).await.json();
        app.run_workers().await;
        let person = Person::of(&app, "Z80001", Role::Coordinator).await;
        let shown = person.get(&format!("/desk/updates/{}/withdraw", update_of(&posted))).await.text();
        assert!(shown.contains("By email and Mastodon it is captured"), "{shown}");
        assert!(!shown.contains("posted on"), "{shown}");
    }
}

/// What somebody said in two updates and took back whole is over, in whichever order: nothing
/// of it goes on because the first correction came before the second.
#[tokio::test]
async fn what_was_said_in_two_updates_is_taken_back_whole() {
    for driver in Driver::BOTH {
        for newest_first in [true, false] {
            let mut app = TestApp::with_region(driver).await;
            app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
            let own = app.token("Z80001", Role::Publisher).await;
            let body = json!({"title": "Gas leak", "organisations": ["Z80001"],
                "lines": {"attend": "do_not_come"}});
            let posted = app.api(&own, "POST", "/api/v1/incidents", body).await.json();
            app.run_workers().await;
            app.advance(chrono::Duration::minutes(1));
            let path = format!("/api/v1/incidents/{}", posted["id"].as_str().unwrap());
            let more = json!({"message": "The fire brigade is here."});
            let more = app.api(&own, "POST", &format!("{path}/updates"), more).await.json();
            app.run_workers().await;
            let mut all = [update_of(&posted), update_of(&more)];
            if newest_first {
                all.reverse();
            }
            for update in &all {
                app.advance(chrono::Duration::minutes(1));
                let done = decide(&app, &own, update, "withdrawal", json!({"built_in": true})).await;
                assert_eq!(done.status, 201, "{}", done.text());
                app.run_workers().await;
            }
            let page = app.status("Z80001").await;
            assert_eq!(page["headline"]["state"], "normal", "newest first {newest_first}: {page}");
            let stands = app.api(&own, "GET", &path, Value::Null).await.json();
            assert_eq!(stands["state"], "resolved", "{stands}");
            let last = app.captured().await.remove(0).1;
            assert!(last.contains("What we told you before was wrong."), "{last}");
            assert!(!last.contains("unless we contact you"), "{last}");
        }
    }
}
