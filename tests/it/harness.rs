//! A whole Signpost in one process, on either database, with a clock that
//! stands still and workers that are turned by hand.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use signpost::channels::Channels;
use signpost::clock::Clock;
use signpost::desk::Desk;
use signpost::desk::import::File;
use signpost::desk::passkeys::RelyingParty;
use signpost::domain::approval::Rules;
use signpost::domain::delivery::DeliveryState;
use signpost::domain::org::OrgCode;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::{Actor, Role};
use signpost::page::site::Site;
use signpost::secrets::Keyring;
use signpost::store::{Db, delivery_reports};
use signpost::web::{self, Web};
use signpost::workers::{caller, courier::Courier, expander, publisher::Publisher, rescuer, resolver};
use tower::ServiceExt;
use uuid::Uuid;

use crate::support::counterpart;

/// Friday 19 July 2024, 8am in London.
pub const MORNING: &str = "2024-07-19T07:00:00Z";
pub const BASE: &str = "http://localhost:8080";

#[derive(Debug, Clone, Copy)]
pub enum Driver {
    Sqlite,
    Postgres,
}

impl Driver {
    pub const BOTH: [Driver; 2] = [Driver::Sqlite, Driver::Postgres];
}

pub struct TestApp {
    pub desk: Desk,
    pub site: Arc<Site>,
    pub channels: Option<Channels>,
    pub exercises: Option<Channels>,
    publisher: Publisher,
    folder: std::path::PathBuf,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl TestApp {
    /// With the invented fixture: 60 practices, pharmacies, trusts, boards and
    /// who uses what.
    pub async fn with_region(driver: Driver) -> Self {
        let app = Self::empty(driver).await;
        app.import(&["epraccur.csv", "edispensary.csv", "etr.csv", "ebranchs.csv", "icb.csv"]).await;
        app.desk.import_systems(&Actor::command_line(), &fixture("systems.csv")).await.unwrap();
        app.publish_first().await
    }

    pub async fn empty(driver: Driver) -> Self {
        let folder = std::env::temp_dir().join(format!("signpost-test-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let db = match driver {
            Driver::Sqlite => Db::open(&format!("sqlite://{}", folder.join("t.db").display()), true).await,
            Driver::Postgres => Db::open(&schema().await, true).await,
        };
        let db = db.unwrap();
        db.migrate().await.unwrap();
        let clock = Clock::fixed_at(MORNING.parse().unwrap());
        let keys = Keyring::from_bytes(&[7; 32]);
        let desk = Desk::new(db, clock, keys, Arc::new(signpost::app::catalogue().unwrap()), BASE);
        // What needs two people is tests/it/approvals.rs's; elsewhere one speaks.
        let desk = desk.with_rules(Rules::LOOSE);
        desk.ensure_root().await.unwrap();
        let site = Arc::new(Site::new(BASE));
        let publisher = Publisher::new(desk.clone(), Arc::clone(&site));
        Self { desk, site, channels: None, exercises: None, publisher, folder }
    }

    /// The same installation with another site, as after a start with other
    /// settings.
    pub async fn with_site(mut self, site: Site) -> Self {
        self.site = Arc::new(site);
        self.publisher = Publisher::new(self.desk.clone(), Arc::clone(&self.site));
        self.publish_first().await
    }

    async fn publish_first(mut self) -> Self {
        self.publisher.step().await.unwrap();
        self
    }

    pub async fn import(&self, names: &[&str]) -> signpost::desk::import::Report {
        let files: Vec<File> = names.iter().map(|n| fixture(n)).collect();
        self.desk.import_organisations(&Actor::command_line(), &files, false).await.unwrap()
    }

    /// Turns publisher and sending until nothing is left to do.
    pub async fn run_workers(&mut self) {
        self.publish().await;
        while expander::step(&self.desk).await.unwrap() {}
        self.advance(Duration::seconds(2));
        self.send_due().await;
    }

    /// Sends what is due now, until nothing is.
    pub async fn send_due(&self) {
        for channel in Channel::ALL {
            let courier = Courier::new(self.desk.clone(), self.channels.clone(), *channel);
            while courier.step().await.unwrap() > 0 {}
        }
    }

    /// Turns what tells staff, and sends what is due of it: the real by the
    /// usual way, exercises by theirs.
    pub async fn call(&self) -> usize {
        let made = caller::step(&self.desk).await.unwrap();
        while expander::step(&self.desk).await.unwrap() {}
        self.send_due().await;
        for channel in [Channel::Email, Channel::Sms] {
            let courier = Courier::of_exercises(self.desk.clone(), self.exercises.clone(), channel);
            while courier.step().await.unwrap() > 0 {}
        }
        made
    }

    pub async fn resolve(&self) -> usize {
        let mut asked = 0;
        for channel in Channel::ALL {
            asked += resolver::step(&self.desk, self.channels.as_ref().unwrap(), *channel).await.unwrap();
        }
        asked
    }

    pub async fn rescue(&self) -> u64 {
        rescuer::step(&self.desk).await.unwrap()
    }

    pub async fn publish(&mut self) -> Vec<OrgCode> {
        self.publisher.step().await.unwrap()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.desk.now()
    }

    pub fn advance(&self, by: Duration) {
        self.desk.clock.advance(by);
    }

    /// What the web's handlers work with.
    pub fn web(&self) -> Web {
        Web {
            desk: self.desk.clone(),
            site: Arc::clone(&self.site),
            passkeys: RelyingParty::new(BASE),
            live: signpost::web::live::Live::default(),
            secrets: web::hooks::Secrets {
                twilio: Some("tok".into()),
                notify: Some("notify-secret".into()),
                email: Some("bounce-secret".into()),
            },
            channels: self.channels.clone(),
            database: Arc::new(true.into()),
        }
    }

    /// One request, as a browser or program would make it.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = web::router(self.web()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn form(&self, path: &str, body: &str) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let request =
            Request::post(path).header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned()));
        self.send(request.unwrap()).await
    }

    /// A call of the API.
    pub async fn api(&self, token: &str, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.body(body).unwrap()).await
    }

    pub async fn token(&self, organisation: &str, role: Role) -> String {
        let who = Actor::command_line();
        self.desk.create_token(&who, &code(organisation), role, organisation).await.unwrap()
    }

    pub async fn status(&mut self, organisation: &str) -> Value {
        self.publish().await;
        let answer = self.get(&format!("/{organisation}/status.json")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// Adds people who have consented, each to one organisation.
    pub async fn subscribers(&self, rows: &[(&str, &str, &str)]) {
        let mut text = String::from("contact,channel,locale,organisation\n");
        for (contact, channel, organisation) in rows {
            text.push_str(&format!("{contact},{channel},en,{organisation}\n"));
        }
        let file = File { name: "subscribers.csv".into(), bytes: text.into_bytes() };
        let report = self.desk.import_subscribers(&Actor::command_line(), &file, None).await.unwrap();
        assert_eq!(report.rejects, []);
    }

    /// What became of an update: `{"email": {"accepted": 2, …}, …}`.
    pub async fn counts(&self, token: &str, update: &str) -> Value {
        self.api(token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await.json()["counts"]
            .clone()
    }

    /// Every message that was captured, as text.
    pub async fn captured(&self) -> Vec<(Channel, String)> {
        let mut tx = self.desk.db.read().await.unwrap();
        let mut out = Vec::new();
        for d in delivery_reports::newest(&mut tx, None, None, 1000).await.unwrap() {
            if d.state != DeliveryState::Captured {
                continue;
            }
            let message =
                signpost::store::broadcasts::message(&mut tx, d.broadcast, &d.organisation, &d.locale)
                    .await
                    .unwrap();
            out.push((d.channel, message.unwrap().text_for(d.channel)));
        }
        out
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn code(text: &str) -> OrgCode {
    OrgCode::parse(text).unwrap()
}

pub fn fixture(name: &str) -> File {
    let path = format!("{}/tests/fixtures/ods/{name}", env!("CARGO_MANIFEST_DIR"));
    File { name: name.into(), bytes: std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}")) }
}

/// A schema of its own on the Postgres that `scripts/test` starts.
pub async fn schema() -> String {
    let url = counterpart("SIGNPOST_TEST_POSTGRES");
    let name = format!("t{}", Uuid::new_v4().simple());
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create schema {name}"))).execute(&pool).await.unwrap();
    pool.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options[search_path]={name}")
}
