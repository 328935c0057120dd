//! Shutting somebody out: a leaver, a token that leaked, a phone that was lost.

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use signpost::desk::DeskError;
use signpost::desk::accounts::NewUser;
use signpost::domain::user::{Actor, Door, Role};
use signpost::store::users::{self, PasskeyRow};
use signpost::web::router;
use tower::ServiceExt;
use uuid::Uuid;

use crate::harness::{BASE, Driver, TestApp, code};
use crate::staff::{PASSWORD, Person, cookie, form, link, texts, values};

const MAIL: &str = "publisher.z80001@example.org";

/// A passkey on a phone, as it is kept.
async fn passkey(app: &TestApp, mail: &str) -> Uuid {
    let mut tx = app.desk.db.write().await.unwrap();
    let user = users::find_by_email(&mut tx, mail).await.unwrap().unwrap();
    let id = Uuid::new_v4();
    let key = PasskeyRow {
        id,
        user_id: user.id,
        credential_id: id.as_bytes().to_vec(),
        credential: sqlx::types::Json(json!({})),
        name: "Phone".into(),
        created_at: app.now(),
        used_at: None,
    };
    users::insert_passkey(&mut tx, &key).await.unwrap();
    tx.commit().await.unwrap();
    user.id
}

async fn actions(app: &TestApp) -> Vec<String> {
    let token = app.token("X24", Role::Administrator).await;
    let log = app.api(&token, "GET", "/api/v1/log", Value::Null).await.json();
    let entries = log["entries"].as_array().unwrap();
    entries.iter().map(|e| e["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_leaver_is_out_at_once_and_may_come_back() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let id = passkey(&app, MAIL).await;
        let unused = link(&app, "Z80001", Role::Publisher).await;
        assert_eq!(person.get("/desk").await.status, 200);

        let gone =
            app.desk.remove_user(&Actor::command_line(), " Publisher.Z80001@example.org ").await.unwrap();
        assert_eq!((gone.name.as_str(), gone.email.as_str()), ("Ada Fenwick", MAIL));
        assert_eq!(person.get("/desk").await.status, 303, "the session has ended");
        assert_eq!(app.get(&unused).await.status, 404, "so has the link");
        let typed = form(&[("email", MAIL), ("password", PASSWORD)]);
        assert_eq!(app.form("/sign-in", &typed).await.status, 422, "and the password");
        assert!(app.desk.passkeys(id).await.unwrap().is_empty(), "and the passkey");
        let again = app.desk.remove_user(&Actor::command_line(), MAIL).await;
        assert!(matches!(again, Err(DeskError::NotFound(_))));

        let back = link(&app, "Z80001", Role::Publisher).await;
        assert_eq!(
            values(&app.get(&back).await, "#forget", "type"),
            Vec::<String>::new(),
            "nothing to forget"
        );
        let answer = app.form(&back, &form(&[("password", PASSWORD), ("again", PASSWORD)])).await;
        let person = Person { app: &app, cookie: cookie(&answer) };
        assert_eq!(person.get("/desk").await.status, 200, "whoever is added again is in again");
        assert!(actions(&app).await.iter().any(|a| a == "remove_user"));
    }
}

#[tokio::test]
async fn only_who_looks_after_accounts_there_may_shut_somebody_out() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    Person::of(&app, "Z80001", Role::Publisher).await;
    app.token("Z80001", Role::Publisher).await;
    let who = |organisation: &str, role| Actor {
        id: Uuid::new_v4(),
        name: "Kim".into(),
        organisation: code(organisation),
        role,
        door: Door::Screen,
        speaker: None,
    };
    for other in [who("Z80002", Role::Administrator), who("Z80001", Role::Publisher)] {
        assert!(matches!(app.desk.remove_user(&other, MAIL).await, Err(DeskError::Denied)));
        let revoked = app.desk.revoke_tokens(&other, &code("Z80001"), "Z80001").await;
        assert!(matches!(revoked, Err(DeskError::Denied)));
        assert!(app.desk.tokens(&other).await.unwrap().is_empty());
    }
    app.desk.remove_user(&who("Y91", Role::Administrator), MAIL).await.unwrap();
}

#[tokio::test]
async fn a_token_that_leaked_is_revoked() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let command_line = Actor::command_line();
        let (leaked, twin) =
            (app.token("Z80001", Role::Publisher).await, app.token("Z80001", Role::Viewer).await);
        let other = app.token("Z80002", Role::Publisher).await;
        let works = async |token: &str| app.api(token, "GET", "/api/v1/incidents", Value::Null).await.status;
        assert_eq!(works(&leaked).await, 200);
        let all = app.desk.tokens(&command_line).await.unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!(app.desk.revoke_tokens(&command_line, &code("Z80001"), " Z80001 ").await.unwrap(), 2);
        for token in [&leaked, &twin] {
            assert_eq!(works(token).await, 401);
        }
        assert_eq!(works(&other).await, 200);
        assert_eq!(app.desk.tokens(&command_line).await.unwrap().len(), 1);
        let again = app.desk.revoke_tokens(&command_line, &code("Z80001"), "Z80001").await;
        assert!(matches!(again, Err(DeskError::NotFound(_))));
        assert_eq!(actions(&app).await.iter().filter(|a| *a == "revoke_token").count(), 2);
    }
}

/// A new link, for somebody whose phone is lost: what it holds signs nobody in
/// any more, unless they want to keep it.
#[tokio::test]
async fn a_recovery_link_offers_to_forget_what_was_lost() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let lost = Person::of(&app, "Z80001", Role::Publisher).await;
        let id = passkey(&app, MAIL).await;
        let (kept, recovery) =
            (link(&app, "Z80001", Role::Publisher).await, link(&app, "Z80001", Role::Publisher).await);
        let welcome = app.get(&recovery).await;
        assert_eq!(values(&welcome, "input[name=forget][checked]", "value"), ["yes"], "ticked by itself");
        assert_eq!(app.desk.passkeys(id).await.unwrap().len(), 1, "looking forgets nothing");
        // A mistake does not tick it again.
        let wrong = app.form(&recovery, &form(&[("password", "short"), ("again", "short")])).await;
        assert_eq!(values(&wrong, "input[name=forget]", "checked"), Vec::<String>::new());
        assert_eq!(texts(&wrong, "#password-error"), ["Error: Use at least 12 characters."]);

        let typed = form(&[("password", PASSWORD), ("again", PASSWORD), ("forget", "yes")]);
        assert_eq!(app.form(&recovery, &typed).await.status, 303);
        assert!(app.desk.passkeys(id).await.unwrap().is_empty());
        assert_eq!(lost.get("/desk").await.status, 303, "the phone is signed out");
        assert_eq!(app.get(&kept).await.status, 404, "other links end with it");
        assert!(actions(&app).await.iter().any(|a| a == "remove_passkey"));

        passkey(&app, MAIL).await;
        let keeping = link(&app, "Z80001", Role::Publisher).await;
        let typed = form(&[("password", PASSWORD), ("again", PASSWORD)]);
        assert_eq!(app.form(&keeping, &typed).await.status, 303);
        assert_eq!(app.desk.passkeys(id).await.unwrap().len(), 1, "whoever unticks it keeps them");
    }
}

/// The link is printed until somebody has come in by one.
#[tokio::test]
async fn the_set_up_link_is_there_until_somebody_has_used_one() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let first = app.desk.set_up_link().await.unwrap().expect("a link");
        let practice = NewUser {
            email: "pat@example.org".into(),
            name: "Pat".into(),
            organisation: code("Z80001"),
            role: Role::Publisher,
        };
        let theirs = app.desk.add_user(&Actor::command_line(), &practice).await.unwrap();
        let again = app.desk.set_up_link().await.unwrap().expect("nobody has come yet");
        assert_ne!(first, again);
        let choose = form(&[("password", PASSWORD), ("again", PASSWORD)]);
        assert_eq!(app.form(theirs.strip_prefix(BASE).unwrap(), &choose).await.status, 303);
        assert_eq!(app.desk.set_up_link().await.unwrap(), None);
        assert!(!app.desk.has_administrator().await.unwrap());
        assert_eq!(app.form(again.strip_prefix(BASE).unwrap(), &choose).await.status, 303);
        assert_eq!(app.get(first.strip_prefix(BASE).unwrap()).await.status, 404, "one of them is enough");
        assert!(app.desk.has_administrator().await.unwrap());
    }
}

/// A board that was left open goes dark soon after.
#[tokio::test]
async fn an_open_board_ends_with_the_account() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let person = Person::of(&app, "Y91", Role::Viewer).await;
    let request = Request::get("/board/live?scope=Y91").header(header::COOKIE, &person.cookie);
    let answer = router(app.web()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let mut board = answer.into_body();
    assert!(board.frame().await.unwrap().unwrap().is_data());
    app.desk.remove_user(&Actor::command_line(), "viewer.y91@example.org").await.unwrap();
    let ended = async { while board.frame().await.is_some() {} };
    assert!(tokio::time::timeout(std::time::Duration::from_secs(60), ended).await.is_ok());
}
