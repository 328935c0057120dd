//! Notifications in browsers, from the first press to the end of the
//! subscription, against a push service that nobody here wrote.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::network::Allowed;
use signpost::domain::push::{Services, Subscription};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::{Actor, Role};
use signpost::store::subscribers::{self, Subscriber};

use crate::channels::push::{Service, channels};
use crate::harness::{Answer, BASE, Driver, TestApp};
use crate::support::{FarSide, now};

const PLACE: &str = "Z80001";
const NAME: &str = "Ashwick Surgery";

/// An app whose browsers may be reached on this machine. Tokens have to be good
/// today.
async fn app(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    app.desk.clock.set(now());
    app.desk.allowed = Arc::new(Allowed::parse(&["127.0.0.0/8"]).unwrap());
    app.desk.push_services = Arc::new(Services::new(["127.0.0.1"]));
    app.channels = Some(channels());
    app
}

fn fields(browser: &Subscription) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("endpoint", &browser.endpoint);
    form.append_pair("p256dh", &browser.p256dh).append_pair("auth", &browser.auth).finish()
}

async fn press(app: &TestApp, place: &str, browser: &Subscription, locale: &str) -> Answer {
    let body = format!("{}&locale={locale}", fields(browser));
    app.form(&format!("/{place}/subscribe/device"), &body).await
}

async fn renew(app: &TestApp, old: &str, browser: &Subscription) {
    let old: String = url::form_urlencoded::byte_serialize(old.as_bytes()).collect();
    let answer = app.form("/push/renew", &format!("old={old}&{}", fields(browser))).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (204, ""));
}

/// The path of somebody's own page, from what they see after the press.
fn own_page(answer: &Answer) -> String {
    let text = answer.text();
    let at = text.find("/s/").unwrap_or_else(|| panic!("no link in {text}"));
    text[at..].split('"').next().unwrap().to_owned()
}

async fn known(app: &TestApp, browser: &Subscription) -> Option<Subscriber> {
    let hash = app.desk.keys.index("push", &browser.endpoint);
    let mut tx = app.desk.db.write().await.unwrap();
    subscribers::lock_by_hash(&mut tx, Channel::Push, &hash).await.unwrap()
}

async fn follows(app: &TestApp, browser: &Subscription) -> Vec<String> {
    let id = known(app, browser).await.unwrap().id;
    let mut tx = app.desk.db.read().await.unwrap();
    subscribers::subscriptions_of(&mut tx, id).await.unwrap().iter().map(ToString::to_string).collect()
}

/// Declares an incident at the place and has it told.
async fn declare(app: &mut TestApp, token: &str) -> Value {
    let body = json!({"system": "emis-web", "scope": PLACE});
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    app.run_workers().await;
    posted.json()
}

#[tokio::test]
async fn a_browser_is_told_from_the_first_press_until_it_ends() {
    for driver in Driver::BOTH {
        let (mut app, service) = (app(driver).await, Service::new());
        let token = app.token("X24", Role::Coordinator).await;
        let (name, browser) = service.browser(app.desk.push_key()).await;
        let pressed = press(&app, PLACE, &browser, "en").await;
        assert_eq!(pressed.status, 200, "{}", pressed.text());
        assert!(pressed.text().contains("We will show an alert on this device"));
        app.run_workers().await;
        let own = own_page(&pressed);
        let greeting = service.told(&name).await.remove(0);
        assert_eq!(greeting["title"], NAME);
        assert_eq!(greeting["body"], "We will show an alert on this device when something changes.");
        assert_eq!(greeting["manage"]["url"], format!("{BASE}{own}"));
        let manage = app.get(&own).await.text();
        assert!(manage.contains("on one device") && manage.contains("We forget this device"), "{manage}");
        assert!(!manage.contains(&browser.auth) && !manage.contains("endpoint"), "{manage}");

        let posted = declare(&mut app, &token).await;
        assert_eq!(posted["reach"]["recipients"]["push"], 1);
        let update = posted["update"]["id"].as_str().unwrap();
        let told = service.told(&name).await.remove(1);
        // Of the incident, in the name of the place: another of theirs takes nothing away.
        let tag = json!(signpost::domain::derived_id(&[posted["id"].as_str().unwrap(), PLACE]));
        assert_eq!((&told["tag"], &told["lang"], &told["dir"]), (&tag, &json!("en"), &json!("ltr")));
        assert_eq!(told["url"], format!("{BASE}/{PLACE}"));
        let body = told["body"].as_str().unwrap();
        assert!(body.starts_with("Come to your appointment unless we contact you."), "{body}");
        assert_eq!(app.counts(&token, update).await["push"]["accepted"], 1);

        // What staff read is what was shown.
        let path = format!("/api/v1/updates/{update}/deliveries");
        let listed = app.api(&token, "GET", &path, Value::Null).await.text();
        assert!(listed.contains("a browser") && !listed.contains("127.0.0.1"), "{listed}");

        // Withdrawn: the correction takes the place of what was wrong.
        let path = format!("/api/v1/updates/{update}/withdrawal");
        let correction = json!({"correction": "EMIS Web was never down."});
        assert_eq!(app.api(&token, "POST", &path, correction).await.status, 201);
        app.run_workers().await;
        let corrected = service.told(&name).await.remove(2);
        assert_eq!(corrected["tag"], tag);
        let body = corrected["body"].as_str().unwrap();
        assert!(body.starts_with("Correction: ") && body.ends_with("EMIS Web was never down."), "{body}");

        service.expire(&name).await;
        let posted = declare(&mut app, &token).await;
        let update = posted["update"]["id"].as_str().unwrap();
        assert_eq!(app.counts(&token, update).await["push"]["failed"], 1);
        assert!(known(&app, &browser).await.unwrap().suspended_at.is_some());
        let posted = declare(&mut app, &token).await;
        assert_eq!(posted["reach"]["recipients"]["push"], 0);

        // The same browser again: told again.
        assert_eq!(press(&app, PLACE, &browser, "cy").await.status, 200);
        assert!(known(&app, &browser).await.unwrap().is_active());
    }
}

#[tokio::test]
async fn what_no_browser_stands_behind_ends_with_the_greeting() {
    let (mut app, service) = (app(Driver::Sqlite).await, Service::new());
    let (_, browser) = service.browser(app.desk.push_key()).await;
    let far = FarSide::new("").await;
    far.then(&[(404, "")]);
    let invented = Subscription { endpoint: format!("{}/nobody", far.url), ..browser };
    assert_eq!(press(&app, PLACE, &invented, "en").await.status, 200);
    app.run_workers().await;
    assert!(known(&app, &invented).await.unwrap().suspended_at.is_some());
}

#[tokio::test]
async fn only_push_services_are_taken() {
    let (mut app, service) = (app(Driver::Sqlite).await, Service::new());
    let (_, browser) = service.browser(app.desk.push_key()).await;
    app.desk.push_services = Arc::default();
    let elsewhere = Subscription { endpoint: "https://shop.example.org/basket".into(), ..browser.clone() };
    for bad in [&browser, &elsewhere, &Subscription { auth: "x".into(), ..browser.clone() }] {
        let refused = press(&app, PLACE, bad, "cy").await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("href=\"#device\"") && text.contains("Ni weithiodd hysbysiadau"), "{text}");
        assert!(!text.contains("/notify/") && !text.contains("basket"), "{text}");
        assert!(known(&app, bad).await.is_none());
    }
    assert_eq!(press(&app, "Z99999", &browser, "en").await.status, 404);
    // Nobody types it: not into an import, and not into the form.
    let rows = format!("contact,channel,locale,organisation\nx,push,en,{PLACE}\n");
    let file = File { name: "people.csv".into(), bytes: rows.into_bytes() };
    let report = app.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
    assert_eq!(report.rejects[0].reason, "\"push\" is not a channel; use email, sms or whatsapp");
    let typed = app.form(&format!("/{PLACE}/subscribe"), "channel=push&contact=x&locale=en").await;
    assert_eq!(typed.status, 422);
    let from_elsewhere = Request::post("/push/renew")
        .header("host", "localhost:8080")
        .header("origin", "https://evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("old=x&{}", fields(&browser))));
    assert_eq!(app.send(from_elsewhere.unwrap()).await.status, 403);
}

#[tokio::test]
async fn a_press_repeated_greets_once_and_who_left_begins_anew() {
    for driver in Driver::BOTH {
        let (mut app, service) = (app(driver).await, Service::new());
        let (name, browser) = service.browser(app.desk.push_key()).await;
        let pressed = press(&app, PLACE, &browser, "en").await;
        press(&app, PLACE, &browser, "en").await;
        press(&app, "Z80002", &browser, "pl").await;
        app.run_workers().await;
        assert_eq!(service.told(&name).await.len(), 1);
        assert_eq!(follows(&app, &browser).await, [PLACE, "Z80002"]);
        assert_eq!(known(&app, &browser).await.unwrap().locale, "pl");

        let own = own_page(&pressed);
        assert_eq!(app.form(&format!("{own}/leave"), "").await.status, 200);
        assert!(known(&app, &browser).await.unwrap().contact_sealed.is_none());
        app.advance(Duration::minutes(3));
        press(&app, "Z80003", &browser, "en").await;
        assert_eq!(follows(&app, &browser).await, ["Z80003"]);
    }
}

#[tokio::test]
async fn a_new_address_takes_the_place_of_the_old_one() {
    for driver in Driver::BOTH {
        let (mut app, service) = (app(driver).await, Service::new());
        let token = app.token("X24", Role::Coordinator).await;
        let (_, old) = service.browser(app.desk.push_key()).await;
        let (name, new) = service.browser(app.desk.push_key()).await;
        renew(&app, &old.endpoint, &new).await;
        assert!(known(&app, &new).await.is_none(), "nobody had the old one");
        let own = own_page(&press(&app, PLACE, &old, "en").await);
        renew(
            &app,
            &old.endpoint,
            &Subscription { endpoint: "https://shop.example.org/".into(), ..new.clone() },
        )
        .await;
        renew(&app, &old.endpoint, &new).await;
        assert!(known(&app, &old).await.is_none());
        assert_eq!(follows(&app, &new).await, [PLACE]);
        declare(&mut app, &token).await;
        assert_eq!(service.told(&name).await.len(), 2, "greeted and told there");
        assert!(app.get(&own).await.text().contains(NAME), "the link still leads to the same");

        // One that has signed up by itself keeps what it follows.
        let (_, other) = service.browser(app.desk.push_key()).await;
        press(&app, "Z80002", &other, "en").await;
        renew(&app, &new.endpoint, &other).await;
        assert_eq!(follows(&app, &other).await, ["Z80002"]);
        // Who left stays out.
        app.form(&format!("{own}/leave"), "").await;
        let (_, later) = service.browser(app.desk.push_key()).await;
        renew(&app, &new.endpoint, &later).await;
        assert!(known(&app, &later).await.is_none());
    }
}

#[tokio::test]
async fn the_worker_stands_where_it_always_stood() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let worker = app.get("/push.js").await;
    assert_eq!((worker.status.as_u16(), worker.header("cache-control")), (200, "no-cache"));
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert!(worker.text().contains("pushsubscriptionchange"));
    let form = app.get(&format!("/{PLACE}/subscribe")).await.text();
    assert!(form.contains(&format!("data-key=\"{}\"", app.desk.push_key())));
    assert!(form.contains("id=\"device\"") && form.contains("novalidate hidden"), "hidden without script");
}
