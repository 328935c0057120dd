//! Words that a place gave with its answer are in its emails, and in the record of its page.

use serde_json::json;
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};
use crate::told_alike::{call, declare, goes_on, says};

const SIDE: &str = "Come to the side door if it is urgent.";

async fn emails(app: &TestApp) -> Vec<String> {
    app.captured().await.into_iter().map(|(_, text)| text).collect()
}

#[tokio::test]
async fn emails_have_the_words_of_an_answer_once() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        let own = json!({"answer": "affected", "message": SIDE});
        call(&app, "Z80001", "PUT", &format!("/api/v1/incidents/{id}/responses/Z80001"), own).await;
        app.run_workers().await;
        goes_on(&app, "Y91", &id, json!({"message": "We are working on it."})).await;
        app.run_workers().await;
        for text in emails(&app).await {
            assert_eq!(text.matches(SIDE).count(), 1, "{text}");
        }
        // An update in the same words says them once.
        goes_on(&app, "Y91", &id, json!({"message": SIDE})).await;
        app.run_workers().await;
        let all = emails(&app).await;
        assert_eq!(all.len(), 3);
        assert!(all.iter().all(|text| text.matches(SIDE).count() == 1), "{all:?}");
    }
}

#[tokio::test]
async fn what_a_page_said_is_signed_as_on_the_page() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let id = declare(&app, "Y91", json!({"system": "emis-web"})).await;
        let for_it = json!({"answer": "affected", "lines": {"phones": "down"}, "message": "It is flooded."});
        call(&app, "QZ8", "PUT", &format!("/api/v1/incidents/{id}/responses/Z80001"), for_it).await;
        let lab = json!({"lines": {"test_results": "paused"}, "message": "Blood results wait for the lab."});
        says(&app, "QZ8", lab).await;
        let board = app.status("Z80001").await["messages"][0]["said_by"].as_str().unwrap().to_owned();
        let person = Person::of(&app, "QZ8", Role::Coordinator).await;
        let at = person.get("/desk/organisations/Z80001/at?time=2024-07-19T08:00").await;
        let text = texts(&at, "main").join(" ");
        for words in ["It is flooded.", "Blood results wait for the lab."] {
            assert!(text.contains(words), "{words}: {text}");
            assert!(text.contains(&format!("{words} {board}")), "{words}: {text}");
        }
    }
}
