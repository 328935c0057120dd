//! A database that was put back to an earlier state: nothing that may have been
//! sent since leaves once more by itself.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::restored::RESTORED;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::subscribers;
use signpost::workers::{expander, lifeline::Lifeline, planner};

use crate::delivery::Provider;
use crate::harness::{Driver, TestApp, code};
use crate::staff::Person;

const NUMBER: &str = "+447700900123";

/// A region whose texts a provider takes, somebody who follows a surgery, and a
/// coordinator's token.
async fn told(driver: Driver) -> (TestApp, Provider, String) {
    let mut app = TestApp::with_region(driver).await;
    let provider = Provider::with(&mut app).await;
    app.subscribers(&[(NUMBER, "sms", "Z80001")]).await;
    let token = app.token("X24", Role::Coordinator).await;
    (app, provider, token)
}

async fn declare(app: &TestApp, token: &str, title: &str) -> Value {
    let body = json!({"title": title, "organisations": ["Z80001"], "lines": {"phones": "down"}});
    let answer = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

fn update(posted: &Value) -> &str {
    posted["update"]["id"].as_str().unwrap()
}

#[tokio::test]
async fn what_a_backup_holds_is_not_sent_again_until_a_person_says_so() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = told(driver).await;
        let waiting = declare(&app, &token, "The phones are down").await;
        while expander::step(&app.desk).await.unwrap() {}
        let unexpanded = declare(&app, &token, "The lights are out").await;
        let life = app.desk.live(None, &[]).await.unwrap();
        assert_eq!(life.held_back, None);
        // A standby that took over may lack a moment.
        let known = life.lived_until + Duration::seconds(30);
        assert_eq!(app.desk.live(Some(known), &[]).await.unwrap().held_back, None);

        // The server lived ten minutes longer than this database knows.
        app.advance(Duration::minutes(10));
        let known = app.now();
        app.advance(Duration::minutes(5));
        assert_eq!(app.desk.live(Some(known), &[]).await.unwrap().held_back, Some(1));
        // Another process, which knows as much, has nothing to add.
        assert_eq!(app.desk.live(Some(known), &[]).await.unwrap().held_back, None);
        app.run_workers().await;
        assert_eq!(provider.copies(NUMBER), 0);
        for posted in [&waiting, &unexpanded] {
            assert_eq!(app.counts(&token, update(posted)).await["sms"]["failed"], 1);
        }

        // What is said from now on leaves, and the old when a person says so.
        let new = declare(&app, &token, "The door is stuck").await;
        app.run_workers().await;
        assert_eq!(provider.copies(NUMBER), 1);
        assert_eq!(app.counts(&token, update(&new)).await["sms"]["accepted"], 1);
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{}", update(&waiting));
        assert!(person.get(&screen).await.text().contains(RESTORED));
        assert_eq!(person.post(&format!("{screen}/retry"), &[("reason", RESTORED)]).await.status, 303);
        app.send_due().await;
        assert_eq!(provider.copies(NUMBER), 2);
    }
}

/// What waits for a second person in the backup may have been agreed to since.
#[tokio::test]
async fn what_is_agreed_to_once_more_does_not_leave_once_more() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = told(driver).await;
        let second = app.token("X24", Role::Approver).await;
        let lines = json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}});
        let body = json!({"title": "111 is slow", "organisations": ["Z80001"], "lines": lines});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body.clone()).await.json();
        app.desk.live(None, &[]).await.unwrap();
        app.advance(Duration::minutes(10));
        app.desk.live(Some(app.now()), &[]).await.unwrap();
        app.advance(Duration::minutes(2));
        let agree = async |posted: &Value| {
            let path = format!("/api/v1/updates/{}/approval", update(posted));
            assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
        };
        agree(&posted).await;
        let new = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        agree(&new).await;
        app.run_workers().await;
        assert_eq!(app.counts(&token, update(&posted)).await["sms"]["failed"], 1);
        assert_eq!(
            app.counts(&token, update(&new)).await["sms"]["accepted"],
            1,
            "what was proposed since leaves"
        );
        assert_eq!(provider.copies(NUMBER), 1);
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/updates/{}", update(&posted));
        assert!(person.get(&screen).await.text().contains(RESTORED));
    }
}

/// What may have been sent is corrected, whether it was tried again since or not.
#[tokio::test]
async fn a_correction_goes_to_whoever_may_have_been_told_since_the_backup() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = told(driver).await;
        let waiting = declare(&app, &token, "The phones are down").await;
        let again = declare(&app, &token, "The lights are out").await;
        while expander::step(&app.desk).await.unwrap() {}
        let unexpanded = declare(&app, &token, "The door is stuck").await;
        app.desk.live(None, &[]).await.unwrap();
        app.advance(Duration::minutes(10));
        assert_eq!(app.desk.live(Some(app.now()), &[]).await.unwrap().held_back, Some(2));
        app.run_workers().await;
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let retry = format!("/desk/updates/{}/retry", update(&again));
        assert_eq!(person.post(&retry, &[("reason", RESTORED)]).await.status, 303);
        for posted in [&waiting, &again, &unexpanded] {
            let path = format!("/api/v1/updates/{}/withdrawal", update(posted));
            let done = app.api(&token, "POST", &path, json!({"correction": "That was wrong."})).await;
            assert_eq!(done.json()["reach"]["recipients"]["sms"], 1, "{}", done.text());
        }
        app.run_workers().await;
        assert_eq!(provider.copies(NUMBER), 3, "{:?}", provider.taken.lock().unwrap());
    }
}

#[tokio::test]
async fn planned_work_that_has_begun_since_is_not_told_again() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = told(driver).await;
        let begins = app.now() + Duration::minutes(20);
        let body = json!({"title": "New phones", "organisations": ["Z80001"], "lines": {"phones": "down"},
            "starts_at": begins, "ends_at": begins + Duration::hours(2), "remind_hours": 0});
        let planned = app.api(&token, "POST", "/api/v1/planned", body).await;
        assert_eq!(planned.status, 201, "{}", planned.text());
        app.run_workers().await;
        let before = provider.copies(NUMBER);
        app.desk.live(None, &[]).await.unwrap();

        app.advance(Duration::minutes(40));
        let known = app.now();
        app.advance(Duration::minutes(5));
        assert!(app.desk.live(Some(known), &[]).await.unwrap().held_back.is_some());
        planner::step(&app.desk).await.unwrap();
        app.run_workers().await;
        assert_eq!(provider.copies(NUMBER), before, "that it begins was told at the time");
        assert_eq!(app.status("Z80001").await["lines"][0]["state"], "down", "and its page says so");
        // That it ends comes after, and is told.
        app.advance(Duration::hours(2));
        planner::step(&app.desk).await.unwrap();
        app.run_workers().await;
        assert_eq!(provider.copies(NUMBER), before + 1);
    }
}

#[tokio::test]
async fn a_process_knows_by_a_file_that_does_not_go_back() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let folder = std::env::temp_dir().join(format!("signpost-lived-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("signpost.lived");
    let start = || Lifeline::new(app.desk.clone(), file.clone());
    assert_eq!(start().step().await.unwrap(), None, "a first start");
    assert_eq!(start().step().await.unwrap(), None, "the same database");
    let later = (app.now() + Duration::hours(1)).to_rfc3339();
    std::fs::write(&file, later).unwrap();
    assert_eq!(start().step().await.unwrap(), Some(0), "an earlier one");
    assert_eq!(start().step().await.unwrap(), None, "told once");
    std::fs::write(&file, "no time").unwrap();
    assert_eq!(start().step().await.unwrap(), None);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Who left after the backup was made is in it still, and is written to no more.
#[tokio::test]
async fn whoever_left_since_a_backup_leaves_once_more() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = told(driver).await;
        let folder = std::env::temp_dir().join(format!("signpost-left-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("signpost.lived");
        let start = |app: &TestApp| Lifeline::new(app.desk.clone(), file.clone());
        app.desk.leave_by_text(Channel::Sms, NUMBER, "").await.unwrap();
        start(&app).step().await.unwrap();
        let kept = std::fs::read_to_string(folder.join("signpost.left")).unwrap();
        assert_eq!(kept.lines().count(), 1);
        assert!(!kept.contains("7700"), "no contact: {kept}");
        // The backup knows them as they were.
        app.desk.return_by_text(Channel::Sms, NUMBER, "").await.unwrap_or_default();
        app.subscribers(&[("+447700900124", "sms", "Z80001")]).await;
        std::fs::write(&file, (app.now() + Duration::hours(1)).to_rfc3339()).unwrap();
        assert_eq!(start(&app).step().await.unwrap(), Some(0));
        app.advance(Duration::hours(2));
        declare(&app, &token, "The phones are down").await;
        app.run_workers().await;
        assert_eq!((provider.copies(NUMBER), provider.copies("+447700900124")), (0, 1));
        std::fs::remove_dir_all(folder).unwrap();
    }
}

/// Who left one of several places follows the others still, and that one no more; who came
/// back to it before is not sent away.
#[tokio::test]
async fn whoever_left_one_place_since_a_backup_leaves_that_once_more() {
    for driver in Driver::BOTH {
        let (mut app, provider, token) = told(driver).await;
        app.subscribers(&[(NUMBER, "sms", "Z80002"), (NUMBER, "sms", "Z80003")]).await;
        let folder = std::env::temp_dir().join(format!("signpost-left-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("signpost.lived");
        let start = |app: &TestApp| Lifeline::new(app.desk.clone(), file.clone());
        let id = {
            let mut tx = app.desk.db.write().await.unwrap();
            let hash = app.desk.keys.index("sms", NUMBER);
            let reader = subscribers::lock_by_hash(&mut tx, Channel::Sms, &hash).await.unwrap();
            reader.unwrap().id
        };
        let page = app.desk.manage_url(id);
        let way_out = page.rsplit('/').next().unwrap();
        app.advance(Duration::minutes(1));
        for place in ["Z80001", "Z80003"] {
            app.desk.unsubscribe_from(way_out, &code(place)).await.unwrap();
        }
        app.subscribers(&[(NUMBER, "sms", "Z80003")]).await;
        start(&app).step().await.unwrap();
        let kept = std::fs::read_to_string(folder.join("signpost.left")).unwrap();
        assert!(kept.lines().count() == 1 && kept.trim_end().ends_with(" Z80001"), "{kept}");
        // The backup knows them as they were.
        let mut tx = app.desk.db.write().await.unwrap();
        let before = app.now() - Duration::minutes(2);
        subscribers::add_confirmed(&mut tx, id, &code("Z80001"), before).await.unwrap();
        tx.commit().await.unwrap();
        std::fs::write(&file, (app.now() + Duration::hours(1)).to_rfc3339()).unwrap();
        assert_eq!(start(&app).step().await.unwrap(), Some(0));
        let mut tx = app.desk.db.read().await.unwrap();
        let follows = subscribers::subscriptions_of(&mut tx, id).await.unwrap();
        assert_eq!(follows, [code("Z80002"), code("Z80003")]);
        drop(tx);
        let had = provider.copies(NUMBER);
        app.advance(Duration::hours(2));
        declare(&app, &token, "The phones are down").await;
        app.run_workers().await;
        assert_eq!(provider.copies(NUMBER), had, "of Z80001");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
