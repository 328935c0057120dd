//! Bluesky, against a real PDS, and against a stub for what a real one does
//! only after two hours.

use std::sync::{Arc, Mutex};

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use signpost::domain::account::{Account as Posting, BlueskyAccount};
use signpost::domain::delivery::{Address, LookUp, Outcome, Outgoing, Thread};
use uuid::Uuid;

use super::{outgoing, social};
use crate::support::{Recorder, counterpart};

struct Account {
    service: String,
    did: String,
    handle: String,
}

async fn account() -> Account {
    let service = counterpart("SIGNPOST_TEST_BLUESKY");
    let name = Uuid::now_v7().simple().to_string();
    let handle = format!("s{}.test", &name[16..]);
    let body = json!({"handle": handle, "email": format!("{handle}@example.org"), "password": "hunter2"});
    let url = format!("{service}/xrpc/com.atproto.server.createAccount");
    signpost::channels::init_tls();
    let answer: Value =
        reqwest::Client::new().post(url).json(&body).send().await.unwrap().json().await.unwrap();
    Account { did: answer["did"].as_str().unwrap().to_owned(), service, handle }
}

fn message(service: &str, handle: &str, password: &str) -> Outgoing {
    outgoing(Address::Account(Posting::Bluesky(BlueskyAccount {
        service: service.into(),
        identifier: handle.into(),
        app_password: password.into(),
    })))
}

async fn records(account: &Account) -> Vec<Value> {
    let url = format!(
        "{}/xrpc/com.atproto.repo.listRecords?repo={}&collection=app.bsky.feed.post",
        account.service, account.did
    );
    let answer: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    answer["records"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_post_is_one_record_however_often_it_is_sent() {
    let (channels, account) = (social(), account().await);
    let out = message(&account.service, &account.handle, "hunter2");
    let first = channels.send(&out).await;
    let Outcome::Accepted { reference } = &first else { panic!("{first:?}") };
    assert_eq!(channels.send(&out).await, first);
    assert_eq!(channels.look_up(&out).await, LookUp::Repeatable);

    let records = records(&account).await;
    assert_eq!(records.len(), 1);
    let named = format!("{} {}", records[0]["uri"].as_str().unwrap(), records[0]["cid"].as_str().unwrap());
    assert_eq!(named, *reference);
    let record = &records[0]["value"];
    assert_eq!(record["langs"], json!(["en"]));
    let text = record["text"].as_str().unwrap();
    let (start, end) = (&record["facets"][0]["index"]["byteStart"], &record["facets"][0]["index"]["byteEnd"]);
    let marked = &text.as_bytes()[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize];
    assert_eq!(marked, out.message.page_url.as_bytes());
    assert_eq!(record["facets"][0]["features"][0]["uri"].as_str(), Some(out.message.page_url.as_str()));

    // What follows hangs below it, root and parent named by address and hash.
    let mut another = message(&account.service, &account.handle, "hunter2");
    another.thread = Some(Thread { root: reference.clone(), parent: reference.clone() });
    assert!(matches!(channels.send(&another).await, Outcome::Accepted { .. }));
    let all = self::records(&account).await;
    assert_eq!(all.len(), 2);
    let reply = all.iter().find_map(|r| r["value"].get("reply")).unwrap();
    assert_eq!(reply["root"]["uri"], records[0]["uri"]);
    assert_eq!(reply["parent"]["cid"], records[0]["cid"]);

    let checked = channels.check_account(&posting(&another), crate::support::now()).await;
    assert_eq!(checked, Ok(format!("Signed in as {}. Nothing was posted.", account.did)));
}

fn posting(out: &Outgoing) -> Posting {
    let Address::Account(account) = &out.to else { panic!("no account") };
    account.clone()
}

#[tokio::test]
async fn a_lost_answer_costs_no_copy() {
    let (channels, account) = (social(), account().await);
    // The account signs in first; then the answer to the post is lost.
    let recorder = Recorder::before(&account.service.replace("localhost", "127.0.0.1")).await;
    let warm = message(&recorder.url, &account.handle, "hunter2");
    assert!(matches!(channels.send(&warm).await, Outcome::Accepted { .. }));
    let out = message(&recorder.url, &account.handle, "hunter2");
    recorder.lose_answers(true);
    let outcome = channels.send(&out).await;
    assert!(matches!(outcome, Outcome::Unclear { .. }), "{outcome:?}");
    recorder.lose_answers(false);
    assert!(matches!(channels.send(&out).await, Outcome::Accepted { .. }));
    assert_eq!(records(&account).await.len(), 2);
    let sign_ins = recorder.take().iter().filter(|(request, _)| request.contains("createSession")).count();
    assert_eq!(sign_ins, 1, "the session is kept");
}

#[tokio::test]
async fn what_the_server_refuses_is_told_apart() {
    let (channels, account) = (social(), account().await);
    let outcome = channels.send(&message(&account.service, &account.handle, "wrong")).await;
    assert!(matches!(&outcome, Outcome::Pause { after, .. } if after.as_secs() == 900), "{outcome:?}");
    let mut long = message(&account.service, &account.handle, "hunter2");
    long.message.lang = "not a language".into();
    assert!(matches!(channels.send(&long).await, Outcome::Never { .. }));
    assert_eq!(records(&account).await.len(), 0);
    // Below 300 graphemes, but more than 3,000 bytes: cut to what fits.
    let mut long = message(&account.service, &account.handle, "hunter2");
    long.message.post = "👨‍👩‍👧‍👦 ".repeat(140);
    assert!(matches!(channels.send(&long).await, Outcome::Accepted { .. }));
    let record = records(&account).await.remove(0);
    let text = record["value"]["text"].as_str().unwrap();
    assert!((2300..=3000).contains(&text.len()) && text.ends_with(&long.message.page_url), "{}", text.len());
}

/// Answers as a PDS does whose access tokens have all just expired.
async fn expired(
    path: Path<String>,
    headers: HeaderMap,
    log: Arc<Mutex<Vec<String>>>,
) -> (StatusCode, Json<Value>) {
    let token = headers.get("authorization").and_then(|h| h.to_str().ok()).unwrap_or("-").to_owned();
    let call = path.0.rsplit('.').next().unwrap_or_default().to_owned();
    log.lock().unwrap().push(format!("{call} {token}"));
    let session = |n| {
        let (access, refresh) = (format!("access{n}"), format!("refresh{n}"));
        json!({"did": "did:plc:x", "accessJwt": access, "refreshJwt": refresh})
    };
    match (call.as_str(), token.as_str()) {
        ("createSession", _) => (StatusCode::OK, Json(session(1))),
        ("refreshSession", "Bearer refresh1") => (StatusCode::OK, Json(session(2))),
        ("putRecord", "Bearer access2") => (StatusCode::OK, Json(json!({"uri": "at://x/y/z", "cid": "c"}))),
        _ => {
            (StatusCode::BAD_REQUEST, Json(json!({"error": "ExpiredToken", "message": "Token has expired"})))
        }
    }
}

#[tokio::test]
async fn an_expired_session_is_refreshed() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let own = log.clone();
    let app = Router::new().route(
        "/xrpc/{call}",
        post(move |path: Path<String>, headers: HeaderMap| expired(path, headers, own.clone())),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let service = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let outcome = social().send(&message(&service, "a.test", "hunter2")).await;
    assert_eq!(outcome, Outcome::Accepted { reference: "at://x/y/z c".into() });
    assert_eq!(
        *log.lock().unwrap(),
        [
            "createSession -",
            "putRecord Bearer access1",
            "refreshSession Bearer refresh1",
            "putRecord Bearer access2"
        ]
    );
}
