//! What waits for a second person, and whose author has gone meanwhile.

use serde_json::json;
use signpost::domain::user::{Actor, Role};
use signpost::store::users;

use crate::approvals::{decide, strict, update_of};
use crate::harness::{Driver, TestApp, code};
use crate::staff::{Person, texts, values};

const MAIL: &str = "coordinator.y91@example.org";

/// What a person of the region proposes at the screen; its id.
async fn proposed(app: &TestApp) -> String {
    let author = Person::of(app, "Y91", Role::Coordinator).await;
    let fields = [
        ("system", "emis-web"),
        ("reach", "area"),
        ("scope", "Y91"),
        ("message", "Bring a pen."),
        ("lines.booking", "paused"),
        ("next_update_by", "2h"),
    ];
    let posted = author.post("/desk/post", &fields).await;
    assert_eq!(posted.status, 303, "{}", posted.text());
    posted.header("location").split('/').nth(3).unwrap().to_owned()
}

#[tokio::test]
async fn who_approves_is_told_that_its_author_is_gone_and_nobody_can_approve() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let id = proposed(&app).await;
        let cookie = Person::of(&app, "Y91", Role::Approver).await.cookie;
        let token = app.token("Y91", Role::Administrator).await;
        app.desk.remove_user(&Actor::command_line(), MAIL).await.unwrap();
        {
            let second = Person { app: &app, cookie };
            let screen = second.get(&format!("/desk/approvals/{id}")).await;
            let text = texts(&screen, "main").concat();
            assert!(text.contains("who wrote this, has no account here any more"), "{text}");
            assert!(!text.contains("Approve and publish now"), "{text}");
            let again = values(&screen, "main a[href^='/desk/post?']", "href");
            assert_eq!(texts(&second.get(&again[0]).await, "#message"), ["Bring a pen."]);
        }
        for (verb, body) in [("approval", json!({})), ("break-glass", json!({"reason": "Nobody is here."}))] {
            let refused = decide(&app, &token, &id, verb, body).await;
            assert_eq!(refused.status, 409, "{verb}: {}", refused.text());
        }
        assert_eq!(app.status("Z80001").await["incidents"], json!([]), "nothing was said");
        let refused = decide(&app, &token, &id, "refusal", json!({"reason": "Its author is gone."})).await;
        assert!(refused.status.is_success(), "{}", refused.text());
    }
}

#[tokio::test]
async fn nor_what_somebody_wrote_who_has_lost_the_role_or_the_token() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let id = proposed(&app).await;
        let token = app.token("X24", Role::Administrator).await;
        let mut tx = app.desk.db.write().await.unwrap();
        let mut user = users::find_by_email(&mut tx, MAIL).await.unwrap().unwrap();
        user.role = Role::Viewer;
        users::update(&mut tx, &user).await.unwrap();
        tx.commit().await.unwrap();
        let refused = decide(&app, &token, &id, "approval", json!({})).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert!(refused.text().contains("may not say it any more"), "{}", refused.text());
        let mut tx = app.desk.db.write().await.unwrap();
        user.role = Role::Publisher;
        users::update(&mut tx, &user).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(decide(&app, &token, &id, "approval", json!({})).await.status, 200, "it has it again");
        // The same with a program's token.
        let program = app.token("Y91", Role::Coordinator).await;
        let body = json!({"system": "systmone", "message": "We use paper."});
        let posted = app.api(&program, "POST", "/api/v1/incidents", body).await.json();
        let who = Actor::command_line();
        app.desk.revoke_tokens(&who, &code("Y91"), "Y91").await.unwrap();
        let refused = decide(&app, &token, &update_of(&posted), "approval", json!({})).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
    }
}
