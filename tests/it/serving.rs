//! The pages in memory: finished bytes, validators, and outliving the
//! database.

use axum::body::Body;
use axum::http::Request;
use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use std::io::Read;

use crate::harness::{Answer, Driver, TestApp};

async fn fetch(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn each_encoding_holds_the_same_page_and_has_its_own_validator() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for path in ["/Z80001", "/Z80001/status.json", "/Z80001/feed.atom", "/Z80001/api/v2/summary.json"] {
        let plain = fetch(&app, path, &[]).await;
        let gzip = fetch(&app, path, &[("accept-encoding", "gzip, deflate")]).await;
        let brotli = fetch(&app, path, &[("accept-encoding", "gzip, br")]).await;
        assert_eq!((gzip.header("content-encoding"), brotli.header("content-encoding")), ("gzip", "br"));
        let mut unzipped = Vec::new();
        flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut unzipped).unwrap();
        assert_eq!(unzipped, plain.body);
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&brotli.body[..], 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
        let tags = [plain.header("etag"), gzip.header("etag"), brotli.header("etag")];
        assert!(
            tags[0] != tags[1] && tags[1] != tags[2] && tags.iter().all(|t| t.starts_with('"')),
            "{tags:?}"
        );
        let again = fetch(&app, path, &[("accept-encoding", "br"), ("if-none-match", tags[2])]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), tags[2]);
        let refused = fetch(&app, path, &[("accept-encoding", "br;q=0, gzip;q=0")]).await;
        assert_eq!(refused.header("content-encoding"), "");
        assert_eq!(plain.header("vary"), "accept-encoding");
    }
}

/// Incidents that last for weeks: the newest updates are on the page, the others a link
/// away, so that a first visit still fits into one round trip.
#[tokio::test]
async fn a_first_visit_stays_light_however_long_it_takes() {
    const ROUND_TRIP: usize = 14_336;
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let said = |n: usize| {
        let word = |i: usize| format!("{:x}", (n * 7919 + i).wrapping_mul(2_654_435_761) & 0xff_ffff);
        (0..60).map(word).collect::<Vec<_>>().join(" ")
    };
    let mut incident = String::new();
    for title in ["Computers", "Phones"] {
        let body = json!({"title": title, "scope": "Y91", "message": said(0)});
        let made = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        incident = made["id"].as_str().unwrap().to_owned();
        let updates = format!("/api/v1/incidents/{incident}/updates");
        for n in 1..30 {
            app.advance(Duration::hours(7));
            let made = app.api(&token, "POST", &updates, json!({"message": said(n)})).await;
            assert_eq!(made.status, 201, "{}", made.text());
        }
    }
    app.publish().await;
    for path in
        ["/Z80001", "/Z80001/bn", "/Z80001/gu", "/Z80001/pa", "/Z80001/ar", "/Z80001/cy", "/Z80001/pl"]
    {
        let first = fetch(&app, path, &[("accept-encoding", "br")]).await;
        let head: usize =
            first.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        let weight = first.body.len() + head + 17 + 40;
        assert!(weight <= ROUND_TRIP, "{path}: {weight} bytes");
    }
    let page = app.get("/Z80001").await.text();
    assert!(page.contains(&said(29)) && page.contains("See all updates about this problem"), "{page}");
    assert!(!page.contains(&said(3)), "an old update is on the page");
    let all = app.get(&format!("/Z80001/incidents/{incident}")).await.text();
    assert!((0..30).all(|n| all.contains(&said(n))), "{all}");
}

#[tokio::test]
async fn pages_outlive_the_database_and_show_their_time() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        let before = app.status("Z80001").await;
        app.desk.db.close().await;
        app.advance(Duration::minutes(30));
        for path in ["/Z80001", "/Z80001/history", "/Z80001/status.json", "/?q=ashwick"] {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
        let after = app.get("/Z80001/status.json").await.json();
        assert_eq!(after["checked_at"], before["checked_at"], "the time when it was last known to be right");
        assert_eq!(after["headline"], before["headline"]);
        // Time goes on without the database: nothing stays green for ever.
        app.advance(Duration::hours(3));
        assert_eq!(app.get("/Z80001/status.json").await.json()["freshness"], "expired");
        // Writing says plainly that it cannot be done.
        let refused = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        assert_eq!(refused.status, 503, "{}", refused.text());
        assert_eq!(
            app.form("/Z80001/subscribe", "channel=email&contact=a@example.org&locale=en").await.status,
            503
        );
        if let Driver::Sqlite = driver {
            // On Postgres only our connections are closed, and it still answers.
            assert_eq!(app.get("/health/ready").await.status, 503);
        }
        assert_eq!(app.get("/health/live").await.status, 200);
    }
}

#[tokio::test]
async fn a_page_that_did_not_change_keeps_its_bytes() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.publish().await;
    let changed = {
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.publish().await
    };
    // 40 practices and 2 branches on EMIS, 12 that nobody knows of (10 here),
    // and the page of NHS England that tells it.
    assert!(changed.iter().any(|c| c.as_str() == "Z80001") && changed.iter().all(|c| c.as_str() != "Z80041"));
    let feed = app.get("/Z80001/feed.atom").await;
    app.advance(Duration::minutes(5));
    app.publish().await;
    assert_eq!(app.get("/Z80001/feed.atom").await.header("etag"), feed.header("etag"), "a feed has no clock");
}

#[tokio::test]
async fn places_are_found_by_name_town_postcode_or_code() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for query in ["ashwick", "ASHWICK+SURGERY", "zm20+1ap", "ZM201AP", "z80001", "Ashwick+Road"] {
        let page = app.get(&format!("/?q={query}")).await.text();
        assert!(page.contains("/Z80001"), "{query}");
    }
    // Whoever asks twice is answered once, and nothing that stands there is an error.
    for query in ["q=zzzzzz&q=z80001", "q=z80001&q", "&&=&q=z80001&%ff"] {
        let page = app.get(&format!("/?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        let is_empty = query.ends_with("&q");
        assert_eq!(page.text().contains("/Z80001"), !is_empty, "{query}");
    }
    let nothing = app.get("/?q=zzzzzz").await;
    assert_eq!(nothing.status, 200);
    assert!(!nothing.text().contains("/Z8"), "an empty result says so");
    assert!(
        !app.get("/?q=z80061").await.text().contains("href=\"/Z80061\""),
        "closed places are not offered"
    );
}

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for path in ["/", "/Z80001", "/nowhere-at-all", "/api/v1/incidents", "/sign-in", "/health/live"] {
        let answer = app.get(path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[tokio::test]
async fn the_description_of_the_api_lists_every_call() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let description = app.get("/api/openapi.json").await.json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    for path in [
        "/api/v1/incidents",
        "/api/v1/incidents/preview",
        "/api/v1/incidents/{id}/updates",
        "/api/v1/updates/{id}/withdrawal",
        "/api/v1/incidents/{id}/responses/{code}",
        "/api/v1/organisations/{code}/lines",
        "/api/v1/updates/{id}/deliveries",
        "/api/v1/board",
        "/api/v1/log",
    ] {
        assert!(paths.iter().any(|p| *p == path), "{path} is missing in {paths:?}");
    }
}

/// How the page stands when a surgery has said these lines.
async fn after_saying(app: &mut TestApp, lines: Value) -> (Value, Value) {
    let surgery = app.token("Z80001", Role::Publisher).await;
    let body = json!({"lines": lines, "expires_at": (app.now() + Duration::hours(5)).to_rfc3339()});
    let said = app.api(&surgery, "PUT", "/api/v1/organisations/Z80001/lines", body).await;
    assert_eq!(said.status, 200, "{}", said.text());
    standing(app, "Z80001").await
}

async fn standing(app: &mut TestApp, place: &str) -> (Value, Value) {
    app.publish().await;
    let status = app.status(place).await;
    (status["headline"]["state"].clone(), status["freshness"].clone())
}

/// A region's late update must not make a surgery's own fresh word doubtful.
#[tokio::test]
async fn a_place_that_spoke_for_itself_is_not_old_because_a_region_is_late() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let region = app.token("Y91", Role::Coordinator).await;
    let due = (app.now() + Duration::hours(1)).to_rfc3339();
    let body = json!({"system": "emis-web", "next_update_by": due,
        "lines": {"attend": "come_unless_contacted", "prescriptions": "urgent_on_paper"}});
    let declared = app.api(&region, "POST", "/api/v1/incidents", body).await;
    assert_eq!(declared.status, 201, "{}", declared.text());
    app.advance(Duration::hours(3));
    let unknown = (json!("unknown"), json!("expired"));
    assert_eq!(standing(&mut app, "Z80001").await, unknown);
    // It says nothing yet of the prescriptions that the region spoke of.
    assert_eq!(after_saying(&mut app, json!({"attend": "come"})).await, unknown);
    let (state, freshness) =
        after_saying(&mut app, json!({"attend": "come", "prescriptions": "normal"})).await;
    assert_eq!((freshness, state == "unknown"), (json!("current"), false));
    assert!(!app.get("/Z80001").await.text().contains("information is old"));
    assert_eq!(standing(&mut app, "Z80002").await, unknown, "others have not spoken");
}
