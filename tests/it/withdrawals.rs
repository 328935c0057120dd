//! Taking back: quick, by one person; free words of it are looked at afterwards.

use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::delivery::{Mood, Provider};
use crate::harness::{Driver, TestApp};
use crate::staff::Person;

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

/// A correction that is put right before it has left leaves nobody with what was wrong.
#[tokio::test]
async fn a_correction_of_a_correction_goes_to_whoever_may_have_had_either() {
    const FIRST: &str = "+447700900123";
    const LATER: &str = "+447700900124";
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.subscribers(&[(FIRST, "sms", "Z80001"), ("+447700900125", "sms", "Z80001")]).await;
        let author = app.token("Z80001", Role::Publisher).await;
        let body =
            json!({"title": "We are shut", "organisations": ["Z80001"], "lines": {"attend": "do_not_come"}});
        let wrong = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
        // Of one nobody knows whether they had it.
        provider.then(&[Mood::TakesAndFails]);
        app.run_workers().await;
        app.subscribers(&[(LATER, "sms", "Z80001")]).await;
        let typo = decide(&app, &author, &wrong, "withdrawal", json!({"correction": "We are opne."})).await;
        assert_eq!(typo.json()["reach"]["recipients"]["sms"], 2, "{}", typo.text());
        let typo = update_of(&typo.json());
        let better = decide(&app, &author, &typo, "withdrawal", json!({"correction": "We are open."})).await;
        assert_eq!(better.json()["reach"]["recipients"]["sms"], 2, "those who were told what is wrong");
        app.run_workers().await;
        let sent: Vec<String> = provider.taken.lock().unwrap().iter().map(|(_, text)| text.clone()).collect();
        assert_eq!(sent.iter().filter(|text| text.contains("We are open.")).count(), 2, "{sent:?}");
        assert_eq!(sent.len(), 4, "and nothing else: {sent:?}");

        // Whoever had the better words too is corrected once.
        let better = update_of(&better.json());
        decide(&app, &author, &better, "withdrawal", json!({"correction": "We open at noon."})).await;
        app.run_workers().await;
        assert_eq!((provider.copies(FIRST), provider.copies(LATER)), (3, 0));
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
