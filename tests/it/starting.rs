//! A start and a stop of the whole process: before the database answers, without
//! one, and in order.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use signpost::page::snapshot;
use tokio::net::{TcpListener, TcpStream};

use crate::harness::schema;

/// A way to Postgres that can be cut.
struct Line {
    url: String,
    up: Arc<AtomicBool>,
}

impl Line {
    async fn to(url: &str) -> Self {
        let parsed = url::Url::parse(url).unwrap();
        let far = format!("{}:{}", parsed.host_str().unwrap(), parsed.port().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut near = parsed.clone();
        near.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let up = Arc::new(AtomicBool::new(true));
        let line = Self { url: near.to_string(), up: Arc::clone(&up) };
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                if up.load(Ordering::SeqCst) {
                    let mut server = TcpStream::connect(&far).await.unwrap();
                    tokio::spawn(async move {
                        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    });
                }
            }
        });
        line
    }
}

/// `signpost serve` in a folder of its own.
struct Served {
    child: Child,
    at: String,
}

impl Served {
    async fn start(folder: &PathBuf, database: &str) -> Self {
        let served = Self::begin(folder, database).await;
        served.until("/health/live", 200).await;
        served
    }

    async fn begin(folder: &PathBuf, database: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let at = format!("127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_signpost"))
            .current_dir(folder)
            .args(["--database-url", database, "serve", "--listen", &at])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, at: format!("http://{at}") }
    }

    /// Sends SIGTERM, and waits for the end: the exit code, or nothing where the
    /// signal itself ended it.
    async fn stop(mut self) -> Option<i32> {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not stop");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        match reqwest::get(format!("{}{path}", self.at)).await {
            Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap_or_default()),
            Err(error) => (0, error.to_string()),
        }
    }

    async fn until(&self, path: &str, status: u16) -> String {
        let began = Instant::now();
        loop {
            let (got, text) = self.get(path).await;
            if got == status {
                return text;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "{path} gives {got} and not {status}: {text}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("signpost-outage-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test]
async fn a_stop_is_in_order_from_the_first_moment_on() {
    signpost::channels::init_tls();
    let folder = folder();
    // Takes the connection and never says anything: the start is not over.
    let database = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://nobody@{}/nothing", database.local_addr().unwrap());
    let starting = Served::begin(&folder, &url).await;
    let _held = database.accept().await.unwrap();
    assert_eq!(starting.stop().await, Some(0), "while it starts");

    let served = Served::start(&folder, "sqlite://signpost.db").await;
    served.until("/health/ready", 200).await;
    assert_eq!(served.stop().await, Some(0), "while it serves");
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn a_start_without_the_database_shows_the_last_known_pages() {
    signpost::channels::init_tls();
    let folder = folder();
    let line = Line::to(&schema().await).await;
    let served = Served::start(&folder, &line.url).await;
    served.until("/health/ready", 200).await;
    let before: Value = serde_json::from_str(&served.get("/X24/status.json").await.1).unwrap();
    let file = folder.join("signpost.snapshot");
    while !file.exists() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(served);

    line.up.store(false, Ordering::SeqCst);
    let served = Served::start(&folder, &line.url).await;
    let after: Value = serde_json::from_str(&served.until("/X24/status.json", 200).await).unwrap();
    assert_eq!(after["organisation"], before["organisation"]);
    let known = snapshot::read(&file, chrono::NaiveDate::MIN).unwrap().unwrap().checked_at;
    let minute = known.format("%Y-%m-%dT%H:%M:00.000Z").to_string();
    assert_eq!(after["checked_at"], minute, "the page shows when the snapshot was right");
    let (status, why) = served.get("/health/ready").await;
    assert_eq!((status, why.contains("last known")), (503, true), "{why}");
    for path in ["/sign-in", "/desk", "/X24/subscribe", "/X24/ar/subscribe"] {
        let (status, text) = served.get(path).await;
        assert_eq!(status, 503, "{path}");
        assert!(text.contains("Pages for patients still work."), "{text}");
    }
    let (status, text) = served.get("/api/v1/incidents").await;
    assert_eq!((status, text.contains("The database cannot be reached.")), (503, true), "{text}");
    assert_eq!(served.get("/?q=nhs").await.0, 200);

    line.up.store(true, Ordering::SeqCst);
    served.until("/health/ready", 200).await;
    assert_eq!(served.get("/sign-in").await.0, 200);
    drop(served);
    let _ = std::fs::remove_dir_all(folder);
}
