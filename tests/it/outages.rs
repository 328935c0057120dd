//! What stays when something is gone: the snapshot, the cache in front, memory for
//! every page at once.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::{Attribute, ObjectStoreExt};
use serde_json::json;
use signpost::channels::cache::Cache;
use signpost::channels::mirror::Mirror;
use signpost::domain::time::london;
use signpost::domain::user::Role;
use signpost::page::form::{Form, Wanted};
use signpost::page::site::Site;
use signpost::page::snapshot;
use signpost::workers::copier::Copier;
use signpost::workers::keeper::Keeper;
use signpost::workers::purger::Purger;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::harness::{Driver, TestApp, code};
use crate::support::counterpart;

#[tokio::test]
async fn the_snapshot_holds_what_pages_say_and_nothing_else() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        app.subscribers(&[("secret.person@example.org", "email", "Z80001")]).await;
        app.api(
            &token,
            "POST",
            "/api/v1/incidents",
            json!({"system": "emis-web", "message": "EMIS is down."}),
        )
        .await;
        let lines = json!({"lines": {"phones": "down"}, "message": "Knock.", "phone": "01632 960999"});
        app.api(&token, "PUT", "/api/v1/organisations/Z80002/lines", lines).await;
        app.publish().await;
        let folder = crate::starting::folder();
        let path = folder.join("s");
        let mut keeper = Keeper::new(Arc::clone(&app.site), path.clone());
        keeper.step().unwrap();
        let first = std::fs::metadata(&path).unwrap().len();
        // Nothing new: only the time goes on, in its place.
        app.advance(chrono::Duration::minutes(3));
        app.publish().await;
        keeper.step().unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), first);
        let today = signpost::domain::time::london(app.now()).date_naive();
        let known = snapshot::read(&path, today).unwrap().unwrap();
        assert_eq!(known.checked_at, app.now());
        let site = Site::new(crate::harness::BASE);
        site.publish(known.situation.into(), known.directory.into(), &app.desk.catalogue, true);
        site.confirm(known.checked_at);
        assert_eq!(site.codes(), app.site.codes());
        for organisation in app.site.codes() {
            for wanted in written_forms() {
                let was = app.site.get(&organisation, wanted, app.now()).unwrap();
                let is = site.get(&organisation, wanted, app.now()).unwrap();
                assert_eq!(was.plain.bytes, is.plain.bytes, "{organisation} {wanted:?}");
            }
        }
        let mut text = String::new();
        let packed = std::fs::read(&path).unwrap();
        let start = packed.iter().position(|b| *b == b'\n').unwrap() + 1;
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed[start..]), &mut text)
            .unwrap();
        assert!(text.contains("EMIS is down.") && !text.contains("secret.person") && !text.contains(&token));
        // Half a file is refused, and says so.
        std::fs::write(&path, &packed[..packed.len() / 2]).unwrap();
        assert!(snapshot::read(&path, today).is_err());
        assert!(snapshot::read(&folder.join("none"), today).unwrap().is_none());
        let _ = std::fs::remove_dir_all(folder);
    }
}

#[tokio::test]
async fn pages_carry_short_lives_and_the_key_of_their_organisation() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for path in ["/Z80001", "/Z80001/status.json", "/Z80001/feed.atom"] {
        let answer = app.get(path).await;
        let cache = answer.header("cache-control");
        let seconds = |name: &str| -> u32 {
            let found = cache.split(", ").find_map(|part| part.strip_prefix(name)).unwrap();
            found.trim_start_matches('=').parse().unwrap()
        };
        // A page that turns red is not shown as green for longer than this.
        assert!(seconds("s-maxage") + seconds("stale-while-revalidate") <= 30, "{cache}");
        assert!(seconds("max-age") + seconds("stale-while-revalidate") <= 30, "{cache}");
        assert!(seconds("stale-if-error") <= 3600, "{cache}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!((answer.header("surrogate-key"), answer.header("cache-tag")), ("Z80001", "Z80001"));
    }
    assert_eq!(app.get("/desk").await.header("surrogate-key"), "");
}

/// Answers each request with the next status, and keeps what was asked.
async fn pretend_cache(statuses: &'static [u16]) -> (String, Arc<std::sync::Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/service/abc/purge", listener.local_addr().unwrap());
    let asked: Arc<std::sync::Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&asked);
    tokio::spawn(async move {
        for number in 0.. {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let mut bytes = vec![0; 64 * 1024];
            let mut length = 0;
            while !bytes[..length].windows(4).any(|w| w == b"\r\n\r\n") {
                length += stream.read(&mut bytes[length..]).await.unwrap();
            }
            kept.lock().unwrap().push(String::from_utf8_lossy(&bytes[..length]).into_owned());
            let status = statuses.get(number).copied().unwrap_or(200);
            let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

#[tokio::test]
async fn the_cache_in_front_is_told_what_changed_until_it_knows() {
    let (url, asked) = pretend_cache(&[503]).await;
    let purger = Purger::new(Cache::new(&url, "Fastly-Key", Some("a-secret")).unwrap());
    purger.changed(["Z80002", "Z80001", "Z80001"].map(code));
    let refused = purger.step().await.unwrap_err();
    assert!(refused.contains("503") && !refused.contains("a-secret"), "{refused}");
    purger.changed([code("Z80003")]);
    assert_eq!(purger.step().await, Ok(3));
    assert_eq!(purger.step().await, Ok(0));
    let requests = std::mem::take(&mut *asked.lock().unwrap());
    assert_eq!(requests.len(), 2);
    assert!(requests[0].starts_with("POST /service/abc/purge HTTP/1.1\r\n"));
    assert!(requests[1].contains("surrogate-key: Z80001 Z80002 Z80003\r\n"), "{}", requests[1]);
    assert!(requests[1].to_ascii_lowercase().contains("fastly-key: a-secret\r\n"));
    // A national incident is told in few requests.
    purger.changed((0..6220).map(|n| code(&format!("P{n:05}"))));
    assert_eq!(purger.step().await, Ok(6220));
    assert_eq!(asked.lock().unwrap().len(), 25);
}

#[tokio::test]
async fn what_the_publisher_changes_the_cache_is_told() {
    let (url, asked) = pretend_cache(&[]).await;
    let purger = Arc::new(Purger::new(Cache::new(&url, "Fastly-Key", None).unwrap()));
    let app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let publisher = signpost::workers::publisher::Publisher::new(app.desk.clone(), Arc::clone(&app.site));
    let mut publisher = publisher.with_purger(Arc::clone(&purger));
    publisher.step().await.unwrap();
    let before = purger.step().await.unwrap();
    assert_eq!(before, 0, "nothing had changed");
    app.api(&token, "PUT", "/api/v1/organisations/Z80002/lines", json!({"lines": {"phones": "down"}})).await;
    publisher.step().await.unwrap();
    assert_eq!(purger.step().await, Ok(1));
    assert!(asked.lock().unwrap()[0].contains("surrogate-key: Z80002\r\n"));
}

#[tokio::test]
async fn memory_for_pages_has_a_bound_and_every_page_is_still_there() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let basis = app.site.basis();
    let most = 200_000;
    let site = Site::new(crate::harness::BASE).with_memory(most);
    site.publish(basis.situation, basis.directory, &app.desk.catalogue, true);
    site.confirm(app.now());
    let mut made = 0;
    for minute in 0..3 {
        let now = app.now() + chrono::Duration::minutes(minute);
        for organisation in site.codes() {
            for wanted in written_forms() {
                let body = site.get(&organisation, wanted, now).unwrap();
                assert!(!body.plain.bytes.is_empty());
                made += body.weight();
            }
            assert!(site.weight() < most * 2, "{} bytes are kept of at most {most}", site.weight());
        }
    }
    assert!(made > most * 10, "the test asks for much more than is kept: {made}");
}

#[tokio::test]
async fn what_readers_had_is_made_before_they_ask_again() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.get("/Z80001").await;
    app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    app.publish().await;
    // Only the page that somebody had read; it is made beside the publisher.
    for _ in 0..100 {
        if app.site.weight() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let kept = app.site.weight();
    app.get("/Z80001").await;
    assert!(kept > 0 && app.site.weight() == kept, "it had been made");
}

/// The forms in English that are text; drawing hundreds of pictures takes long.
fn written_forms() -> Vec<Wanted> {
    let drawn = |form: Form| matches!(form, Form::PosterPdf(_) | Form::Share);
    Form::all().into_iter().filter(|f| !drawn(*f)).map(Wanted::english).collect()
}

/// The static copy has the bytes of the pages, follows a change, and copies
/// nothing twice: in a folder, and in a bucket of an S3 server.
#[tokio::test]
async fn the_static_copy_follows_every_change() {
    let folder = std::env::temp_dir().join(format!("signpost-copy-{}", uuid::Uuid::new_v4()));
    for url in [format!("file://{}", folder.display()), "s3://signpost/pages".to_owned()] {
        let mut app = TestApp::with_region(Driver::Sqlite).await;
        let token = app.token("X24", Role::Coordinator).await;
        let mirror = Mirror::new(&url).unwrap();
        let copier = Copier::new(app.desk.clone(), Arc::clone(&app.site), mirror);
        copier.changed([code("Z80001")]);
        let first = copier.step().await.unwrap();
        assert!(first > 70, "{first} files");
        assert_eq!(copier.step().await, Ok(0));
        let lines = json!({"lines": {"phones": "down"}});
        app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", lines).await;
        copier.changed(app.publish().await);
        assert!(copier.step().await.unwrap() > 20);
        // An incident, whose own page and month its page leads to.
        let body = json!({"system": "emis-web", "organisations": ["Z80001"]});
        let made = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        copier.changed(app.publish().await.into_iter().filter(|c| *c == code("Z80001")));
        copier.step().await.unwrap();
        let page = app.get("/Z80001/cy").await.text();
        let month = london(app.now()).format("%Y-%m");
        let past = [format!("incidents/{}", made["id"].as_str().unwrap()), format!("history/{month}")];
        let copy = match url.strip_prefix("file://") {
            Some(folder) => {
                for past in past {
                    let file = format!("{folder}/Z80001/cy/{past}/index.html");
                    assert!(std::path::Path::new(&file).is_file(), "{file}");
                }
                std::fs::read_to_string(format!("{folder}/Z80001/cy/index.html")).unwrap()
            }
            None => {
                counterpart("AWS_ENDPOINT");
                let bucket = AmazonS3Builder::from_env().with_bucket_name("signpost").build().unwrap();
                let copy = bucket.get(&"pages/Z80001/cy/index.html".into()).await.unwrap();
                let kind = copy.attributes.get(&Attribute::ContentType).unwrap();
                assert_eq!(kind.as_ref(), "text/html; charset=utf-8");
                String::from_utf8(copy.bytes().await.unwrap().to_vec()).unwrap()
            }
        };
        // The same, but for what only the server has.
        let base = crate::harness::BASE;
        assert!(copy.contains(&format!("href=\"{base}/Z80001/cy/subscribe\"")), "{copy}");
        assert_eq!(
            copy.replace(&format!("=\"{base}/"), "=\"/"),
            page.replace(&format!("=\"{base}/"), "=\"/")
        );
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// NHS identity guidelines: only NHS organisations may show the logo.
#[tokio::test]
async fn the_logo_stands_on_the_pages_only_when_it_is_turned_on() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let pages =
        ["/", "/Z80001", "/Z80001/history", "/Z80001/cy", "/Z80001/subscribe", "/accessibility", "/XXXX"];
    for page in pages {
        assert!(!app.get(page).await.text().contains("nhsuk-header__logo\""), "{page}");
    }
    let app = app.with_site(Site::new(crate::harness::BASE).with_nhs_logo(true)).await;
    for page in pages {
        assert!(app.get(page).await.text().contains("nhsuk-header__logo\""), "{page}");
    }
}

/// A server whose database is gone for an hour says in every form that it does not know.
#[tokio::test]
async fn what_nobody_could_check_is_not_known_in_any_form() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.publish().await;
    let seen = async |app: &TestApp| {
        let all = app.get("/Z80001/api/v2/components.json").await.json();
        let all = all["components"].as_array().unwrap().clone();
        let works = all.iter().all(|c| c["status"] == "operational" && c["nhs"]["freshness"] == "current");
        let unknown = all.iter().all(|c| c["status"] != "operational" && c["nhs"]["freshness"] == "expired");
        let cap = app.get("/Z80001/cap.xml").await.text();
        (works, unknown, cap.contains("No alert is in force."), cap.contains("We do not know if an alert"))
    };
    assert_eq!(seen(&app).await, (true, false, true, false));
    app.advance(chrono::Duration::minutes(61));
    assert_eq!(seen(&app).await, (false, true, false, true));
    app.publish().await;
    assert_eq!(seen(&app).await, (true, false, true, false));
}
