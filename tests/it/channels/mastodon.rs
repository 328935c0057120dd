//! Mastodon, against `mastodon_mock`.

use std::time::Duration;

use serde_json::{Value, json};
use signpost::channels::Channels;
use signpost::domain::account::{Account, MastodonAccount};
use signpost::domain::delivery::{Address, LookUp, Outcome, Outgoing, Thread};

use super::{outgoing, social};
use crate::support::{Recorder, counterpart};

fn post(base_url: &str, token: &str) -> Outgoing {
    let account = MastodonAccount { base_url: base_url.into(), access_token: token.into() };
    outgoing(Address::Account(Account::Mastodon(account)))
}

async fn read(base_url: &str, path: &str) -> Value {
    let request = reqwest::Client::new().get(format!("{base_url}{path}")).bearer_auth("mock_token");
    request.send().await.unwrap().json().await.unwrap()
}

/// How many of the account's posts hold this message's link.
async fn copies(base_url: &str, out: &Outgoing) -> usize {
    let own = read(base_url, "/api/v1/accounts/verify_credentials").await;
    let id = own["id"].as_str().unwrap();
    let all = read(base_url, &format!("/api/v1/accounts/{id}/statuses?limit=40")).await;
    let mark = out.delivery.simple().to_string();
    all.as_array().unwrap().iter().filter(|s| s["content"].as_str().unwrap().contains(&mark)).count()
}

/// The next post meets this instead of the server.
async fn next_post_meets(base_url: &str, effect: Value) {
    let rule =
        json!({"match": {"methods": ["POST"], "path": "/api/v1/statuses"}, "effect": effect, "count": 1});
    let request = reqwest::Client::new().post(format!("{base_url}/api/v1/_mock/faults")).json(&rule);
    assert!(request.send().await.unwrap().status().is_success());
}

// One test, because the faults are the server's and meet whoever posts next.
#[tokio::test]
async fn a_post_is_made_once_whatever_happens() {
    let channels = social();
    let server = counterpart("SIGNPOST_TEST_MASTODON");
    posts_and_repeats(&channels, &server).await;
    threads(&channels, &server).await;
    loses_answers(&channels, &server).await;
    meets_faults(&channels, &server).await;
    let outcome = channels.send(&post(&server, "wrong")).await;
    assert!(matches!(&outcome, Outcome::Pause { after, .. } if after.as_secs() == 900), "{outcome:?}");
}

async fn posts_and_repeats(channels: &Channels, server: &str) {
    let out = post(server, "mock_token");
    let first = channels.send(&out).await;
    let Outcome::Accepted { reference } = &first else { panic!("{first:?}") };
    assert_eq!(channels.send(&out).await, first, "the server knows the key");
    assert_eq!(copies(server, &out).await, 1);
    assert_eq!(channels.look_up(&out).await, LookUp::Found { reference: reference.clone() });
    let status = read(server, &format!("/api/v1/statuses/{reference}")).await;
    assert_eq!((&status["visibility"], &status["language"]), (&json!("public"), &json!("en")));
    let content = status["content"].as_str().unwrap();
    assert!(content.contains("Come &amp; see us &lt;now&gt;"), "{content}");
}

/// What follows hangs below the post before; when that is gone, it stands alone.
async fn threads(channels: &Channels, server: &str) {
    let first = post(server, "mock_token");
    let Outcome::Accepted { reference: root } = channels.send(&first).await else { panic!("not posted") };
    let mut second = post(server, "mock_token");
    second.thread = Some(Thread { root: root.clone(), parent: root.clone() });
    let Outcome::Accepted { reference } = channels.send(&second).await else { panic!("not posted") };
    let status = read(server, &format!("/api/v1/statuses/{reference}")).await;
    assert_eq!(status["in_reply_to_id"], json!(root));

    let mut third = post(server, "mock_token");
    third.thread = Some(Thread { root: root.clone(), parent: "999999".into() });
    next_post_meets(server, json!({"type": "status", "status": 404})).await;
    let Outcome::Accepted { reference } = channels.send(&third).await else { panic!("not posted") };
    let status = read(server, &format!("/api/v1/statuses/{reference}")).await;
    assert_eq!(status["in_reply_to_id"], Value::Null);
    assert_eq!(copies(server, &third).await, 1);

    let Address::Account(account) = &first.to else { panic!("no account") };
    let checked = channels.check_account(account, crate::support::now()).await.unwrap();
    assert!(checked.starts_with("Signed in as @"), "{checked}");
}

/// A server with limits of its own gets more or less of the text, and links
/// count what it says.
#[tokio::test]
async fn the_limits_are_the_servers_own() {
    use crate::support::FarSide;
    let limits = |max: usize, link: usize| {
        let said = json!({"configuration": {"statuses": {"max_characters": max, "characters_reserved_per_url": link}}});
        said.to_string()
    };
    for (max, link, letters) in [(300, 23, 275), (1000, 40, 958)] {
        let far = FarSide::new(r#"{"id":"7"}"#).await;
        far.then(&[(200, &limits(max, link))]);
        let mut out = post(&far.url, "t");
        out.message.post = "w ".repeat(2000);
        let channels = social();
        for _ in 0..2 {
            assert_eq!(channels.send(&out).await, Outcome::Accepted { reference: "7".into() });
        }
        let asked = far.take();
        let lines: Vec<&str> = asked.iter().map(|a| a.line.as_str()).collect();
        assert_eq!(lines, ["GET /api/v2/instance", "POST /api/v1/statuses", "POST /api/v1/statuses"]);
        let status = asked[1].json()["status"].as_str().unwrap().to_owned();
        let said = status.split("\n\n").next().unwrap().chars().count();
        assert!(said <= letters && said > letters - 3, "{said} of {letters}");
    }
}

async fn loses_answers(channels: &Channels, server: &str) {
    let recorder = Recorder::before(server).await;
    let out = post(&recorder.url, "mock_token");
    assert_eq!(channels.look_up(&out).await, LookUp::NotFound);
    recorder.lose_answers(true);
    let outcome = channels.send(&out).await;
    assert!(matches!(outcome, Outcome::Unclear { .. }), "{outcome:?}");
    assert!(matches!(channels.look_up(&out).await, LookUp::Down { .. }));
    recorder.lose_answers(false);
    let LookUp::Found { reference } = channels.look_up(&out).await else { panic!("not found") };
    assert_eq!(channels.send(&out).await, Outcome::Accepted { reference });
    assert_eq!(copies(server, &out).await, 1);
}

async fn meets_faults(channels: &Channels, server: &str) {
    let out = post(server, "mock_token");
    next_post_meets(server, json!({"type": "ratelimit", "status": 429})).await;
    let outcome = channels.send(&out).await;
    assert!(
        matches!(&outcome, Outcome::Pause { after, .. } if *after == Duration::from_secs(300)),
        "{outcome:?}"
    );
    let reset =
        json!({"type": "status", "status": 429, "headers": {"X-RateLimit-Reset": "2000-01-01T00:00:00Z"}});
    next_post_meets(server, reset).await;
    assert!(matches!(channels.send(&out).await, Outcome::Pause { .. }));
    for effect in [json!({"type": "malformed"}), json!({"type": "status", "status": 503})] {
        next_post_meets(server, effect).await;
        let outcome = channels.send(&out).await;
        assert!(matches!(outcome, Outcome::Unclear { .. }), "{outcome:?}");
        assert_eq!(channels.look_up(&out).await, LookUp::NotFound);
    }
    next_post_meets(server, json!({"type": "status", "status": 422})).await;
    assert!(matches!(channels.send(&out).await, Outcome::Never { .. }));
    assert!(matches!(channels.send(&out).await, Outcome::Accepted { .. }));
    assert_eq!(copies(server, &out).await, 1);
}

/// A repeat carries the key of the first try, and what is said next another.
#[tokio::test]
async fn the_key_is_the_updates_and_stays() {
    use chrono::Duration;
    use signpost::domain::user::Role;

    use crate::harness::Driver;
    use crate::support::FarSide;
    for driver in Driver::BOTH {
        let mut app = crate::webhooks::app(driver).await;
        let token = app.token("Z80001", Role::Administrator).await;
        let far = FarSide::new(r#"{"id":"7"}"#).await;
        let body = json!({"base_url": far.url, "access_token": "t"});
        let path = "/api/v1/organisations/Z80001/channels/mastodon";
        assert_eq!(app.api(&token, "PUT", path, body).await.status, 200);
        far.take();
        far.then(&[(200, "{}"), (429, "")]);
        let body = json!({"title": "Flood", "organisations": ["Z80001"]});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        app.run_workers().await;
        app.advance(Duration::minutes(30));
        app.send_due().await;
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let next = app.api(&token, "POST", &path, json!({"message": "It is dry again."})).await;
        assert_eq!(next.status, 201, "{}", next.text());
        app.run_workers().await;
        let asked = far.take();
        let posts: Vec<_> = asked.iter().filter(|a| a.line == "POST /api/v1/statuses").collect();
        let keys: Vec<&str> = posts.iter().map(|a| a.header("idempotency-key")).collect();
        assert_eq!(keys.len(), 3, "{asked:?}");
        assert!(!keys[0].is_empty() && keys[0] == keys[1], "{keys:?}");
        assert_ne!(keys[1], keys[2]);
        assert_eq!(posts[0].body, posts[1].body, "the same words");
    }
}
