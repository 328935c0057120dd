//! The accounts that organisations bring: entered, checked, threaded, removed.

use std::sync::Arc;

use serde_json::{Value, json};
use signpost::channels::{Channels, Settings, init_tls};
use signpost::domain::channel::Channel;
use signpost::domain::network::Allowed;
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};
use crate::support::{FarSide, counterpart};

fn credentials(kind: &str) -> Value {
    match kind {
        "mastodon" => json!({"base_url": "https://social.example", "access_token": "s3cret"}),
        "bluesky" => json!({"identifier": "a.example", "app_password": "s3cret"}),
        "x" => {
            json!({"consumer_key": "s3cret", "consumer_secret": "s3cret", "access_token": "s3cret", "access_token_secret": "s3cret"})
        }
        "facebook" => json!({"page_id": "1234", "access_token": "s3cret"}),
        _ => json!({"url": "https://hooks.example/s3cret"}),
    }
}

#[tokio::test]
async fn every_kind_is_entered_the_same_way_and_never_shown() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Administrator).await;
        let base = "/api/v1/organisations/Z80001";
        for channel in Channel::of_accounts() {
            let path = format!("{base}/channels/{channel}");
            let saved = app.api(&token, "PUT", &path, credentials(channel.as_str())).await;
            assert_eq!(saved.status, 200, "{channel}: {}", saved.text());
            assert!(!saved.text().contains("s3cret"));
            let has_secret = saved.json()["secret"].as_str().is_some_and(|s| s.starts_with("whsec_"));
            assert_eq!(has_secret, channel == Channel::Webhook);
            let again = app.api(&token, "PUT", &path, credentials(channel.as_str())).await.json();
            assert_eq!((&again["id"], again.get("secret")), (&saved.json()["id"], None), "{channel}");
            for (body, pointer) in [
                (json!({}), "/"),
                (
                    json!({"url": "https://127.0.0.1/", "base_url": "https://10.0.0.1", "service": "https://[::1]"}),
                    "/",
                ),
                (json!({"secret": "whsec_x"}), "/secret"),
            ] {
                let refused = app.api(&token, "PUT", &path, body).await;
                assert_eq!(refused.status, 422, "{channel}");
                let errors = refused.json()["errors"].clone();
                assert!(
                    errors
                        .as_array()
                        .unwrap()
                        .iter()
                        .any(|e| e["pointer"].as_str().unwrap().starts_with(pointer))
                );
            }
        }
        // Where there may be several, each has its name.
        let slack = format!("{base}/channels/slack");
        let body = json!({"url": "https://hooks.example/2", "name": "Reception"});
        assert_eq!(app.api(&token, "PUT", &slack, body).await.status, 200);
        let named = json!({"base_url": "https://social.example", "access_token": "t", "name": "n"});
        assert_eq!(app.api(&token, "PUT", &format!("{base}/channels/mastodon"), named).await.status, 422);

        let list = app.api(&token, "GET", &format!("{base}/accounts"), Value::Null).await;
        assert_eq!(list.json()["accounts"].as_array().unwrap().len(), 9);
        assert!(!list.text().contains("s3cret") && !list.text().contains("whsec_"));
        let person = Person::of(&app, "Z80001", Role::Administrator).await;
        let screen = person.get("/desk/channels").await;
        assert!(!screen.text().contains("s3cret") && !screen.text().contains("whsec_"));
        assert!(texts(&screen, "h3").iter().any(|t| t.starts_with("Reception (hooks.example)")));

        let id = list.json()["accounts"][0]["id"].as_str().unwrap().to_owned();
        let one = format!("{base}/accounts/{id}");
        // Nobody else's, and not without the role.
        let other = app.token("Z80002", Role::Administrator).await;
        let elsewhere = format!("/api/v1/organisations/Z80002/accounts/{id}");
        assert_eq!(app.api(&other, "DELETE", &one, Value::Null).await.status, 403);
        assert_eq!(app.api(&other, "DELETE", &elsewhere, Value::Null).await.status, 404);
        assert_eq!(app.api(&other, "POST", &format!("{elsewhere}/check"), Value::Null).await.status, 404);
        assert_eq!(app.api(&other, "PUT", &format!("{elsewhere}/secret"), Value::Null).await.status, 404);
        let viewer = app.token("Z80001", Role::Publisher).await;
        assert_eq!(app.api(&viewer, "GET", &format!("{base}/accounts"), Value::Null).await.status, 403);
        assert_eq!(app.api(&token, "DELETE", &one, Value::Null).await.status, 204);
        assert_eq!(app.api(&token, "DELETE", &one, Value::Null).await.status, 404);

        let described = app.get("/api/openapi.json").await.json();
        for path in [
            "/api/v1/organisations/{code}/channels/{kind}",
            "/api/v1/organisations/{code}/accounts",
            "/api/v1/organisations/{code}/accounts/{id}",
            "/api/v1/organisations/{code}/accounts/{id}/check",
            "/api/v1/organisations/{code}/accounts/{id}/start",
            "/api/v1/organisations/{code}/accounts/{id}/secret",
            "/api/v1/messages/{id}/replay",
        ] {
            assert!(described["paths"].get(path).is_some(), "{path}");
        }
    }
}

/// May reach this machine.
async fn app(driver: Driver) -> TestApp {
    init_tls();
    let mut app = TestApp::with_region(driver).await;
    let allowed = Allowed::parse(&["127.0.0.0/8", "::1"]).unwrap();
    app.desk.allowed = Arc::new(allowed.clone());
    app.channels = Some(Channels::new(&Settings { allowed, ..Settings::default() }).unwrap());
    app
}

#[tokio::test]
async fn a_check_says_what_is_wrong_and_is_kept() {
    for driver in Driver::BOTH {
        let app = app(driver).await;
        let far = FarSide::new("").await;
        let person = Person::of(&app, "Z80001", Role::Administrator).await;
        let url = format!("{}/T/B/s3cret", far.url);
        assert_eq!(person.post("/desk/channels/slack", &[("url", &url)]).await.status, 303);
        let screen = person.get("/desk/channels").await;
        let check = crate::staff::values(&screen, "form[action$='/check']", "action").remove(0);
        far.then(&[(404, "no_service"), (400, "no_text")]);
        let bad = person.post(&check, &[]).await;
        let why = "Slack no longer has this webhook. Make a new one and enter it.";
        assert!(texts(&bad, ".nhsuk-error-summary").join(" ").contains(why), "{}", bad.text());
        assert!(person.get("/desk/channels").await.text().contains("In trouble"));
        let good = person.post(&check, &[]).await;
        assert!(good.text().contains("The webhook is there. Nothing was posted."));
        assert!(!person.get("/desk/channels").await.text().contains("In trouble"));
        assert!(!good.text().contains("s3cret"));
    }
}

#[tokio::test]
async fn an_incident_is_one_thread_and_a_correction_answers_the_wrong_post() {
    let server = counterpart("SIGNPOST_TEST_MASTODON");
    for driver in Driver::BOTH {
        let mut app = app(driver).await;
        let token = app.token("Z80001", Role::Administrator).await;
        let body = json!({"base_url": server, "access_token": "mock_token"});
        assert_eq!(
            app.api(&token, "PUT", "/api/v1/organisations/Z80001/channels/mastodon", body).await.status,
            200
        );
        let body = json!({"title": "Phones", "organisations": ["Z80001"]});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        app.run_workers().await;
        let mut updates = vec![posted["update"]["id"].as_str().unwrap().to_owned()];
        for message in ["Still down.", "An engineer is here."] {
            let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
            let next = app.api(&token, "POST", &path, json!({"message": message})).await.json();
            updates.push(next["update"]["id"].as_str().unwrap().to_owned());
            app.run_workers().await;
        }
        let path = format!("/api/v1/updates/{}/withdrawal", updates[1]);
        let next = app.api(&token, "POST", &path, json!({"correction": "It worked all along."})).await.json();
        updates.push(next["update"]["id"].as_str().unwrap().to_owned());
        app.run_workers().await;

        let mut posts = Vec::new();
        for update in &updates {
            let mut tx = app.desk.db.read().await.unwrap();
            let all = signpost::store::delivery_reports::page(&mut tx, update.parse().unwrap(), None, 10)
                .await
                .unwrap();
            assert_eq!(all.len(), 1, "{driver:?}");
            let id = all[0].reference.clone().unwrap_or_else(|| panic!("{:?}", all[0]));
            let request = reqwest::Client::new().get(format!("{server}/api/v1/statuses/{id}"));
            let post: Value = request.bearer_auth("mock_token").send().await.unwrap().json().await.unwrap();
            assert_eq!((&post["visibility"], &post["language"]), (&json!("public"), &json!("en")));
            posts.push((id, post["in_reply_to_id"].as_str().map(str::to_owned)));
        }
        let below: Vec<Option<&str>> = posts.iter().map(|(_, below)| below.as_deref()).collect();
        let id = |n: usize| Some(posts[n].0.as_str());
        assert_eq!(below, [None, id(0), id(1), id(1)], "{driver:?}");
    }
}
