//! What a page said at any minute, worked out from the record, held against the
//! very bytes that were served in that minute. On both databases.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use signpost::domain::user::{Actor, Role};
use signpost::page::form::{Form, Wanted};
use signpost::words::Locale;
use signpost::workers::planner;

use crate::harness::{Driver, TestApp, code};
use crate::staff::{Person, texts, values};

const CODES: [&str; 3] = ["Z80001", "Z80002", "X24"];

fn wanted() -> Vec<(Wanted, String)> {
    let english = [Form::Html, Form::StatusJson, Form::History, Form::Atom];
    let mut all: Vec<_> = english.iter().map(|f| (Wanted::english(*f), format!("/{}", f.leaf()))).collect();
    all.push((Wanted { form: Form::Html, locale: Locale::Cy }, "/cy".into()));
    all
}

/// What was served at one moment.
struct Served {
    at: DateTime<Utc>,
    code: &'static str,
    wanted: Wanted,
    bytes: Vec<u8>,
}

struct Day {
    app: TestApp,
    /// What is looked at whenever something happened.
    pages: Vec<(&'static str, Wanted, String)>,
    token: String,
    practice: String,
    served: Vec<Served>,
}

impl Day {
    /// Reads every page as the public does, now.
    async fn look(&mut self) {
        self.app.publish().await;
        for (code, wanted, path) in &self.pages {
            let path = format!("/{code}{}", path.trim_end_matches('/'));
            let answer = self.app.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            self.served.push(Served { at: self.app.now(), code, wanted: *wanted, bytes: answer.body });
        }
    }

    /// Lets time pass, and looks before and after.
    async fn wait(&mut self, seconds: i64) {
        self.app.advance(Duration::seconds(seconds));
        planner::step(&self.app.desk).await.unwrap();
        self.look().await;
        self.app.advance(Duration::seconds(31));
    }

    async fn call(&mut self, token: &str, method: &str, path: &str, body: Value) -> Value {
        // What is read before and after it is not read in the same moment.
        self.app.advance(Duration::seconds(1));
        let answer = self.app.api(token, method, &format!("/api/v1{path}"), body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text());
        self.look().await;
        answer.json()
    }
}

/// A day with everything in it: said, answered, set, taken back, planned,
/// overdue, expired, over, opened again, learned.
async fn lived(driver: Driver, pages: Vec<(&'static str, Wanted, String)>) -> (Day, Vec<String>) {
    let app = TestApp::with_region(driver).await;
    let token = app.token("X24", Role::Coordinator).await;
    let practice = app.token("Z80001", Role::Publisher).await;
    let mut day = Day { app, pages, token, practice, served: Vec::new() };
    let (token, practice) = (day.token.clone(), day.practice.clone());
    day.wait(20).await;
    let work = json!({"title": "New phones", "organisations": ["Z80001"], "starts_at": "2024-07-19T09:00:00Z",
        "ends_at": "2024-07-19T10:00:00Z", "lines": {"phones": "down"}, "message": "Come to the desk."});
    day.call(&practice, "POST", "/planned", work).await;
    day.wait(400).await;
    let local = json!({"lines": {"online_form": "off"}, "message": "The form is off.", "phone": "01632 960 123",
        "expires_at": "2024-07-19T08:30:00Z"});
    day.call(&practice, "PUT", "/organisations/Z80001/lines", local).await;
    day.wait(300).await;
    let incident =
        json!({"system": "emis-web", "message": "EMIS is away.", "next_update_by": "2024-07-19T09:10:00Z"});
    let posted = day.call(&token, "POST", "/incidents", incident).await;
    let id = posted["id"].as_str().unwrap().to_owned();
    day.wait(190).await;
    let answer =
        json!({"answer": "affected", "lines": {"attend": "do_not_come"}, "message": "We are closed."});
    day.call(&practice, "PUT", &format!("/incidents/{id}/responses/Z80001"), answer).await;
    day.wait(420).await;
    let wrong = json!({"message": "All is well again.", "lines": {"attend": "come"}, "state": "catching_up"});
    let wrong = day.call(&token, "POST", &format!("/incidents/{id}/updates"), wrong).await;
    let wrong_id = wrong["update"]["id"].as_str().unwrap().to_owned();
    day.wait(130).await;
    let back = json!({"correction": "That was wrong. EMIS is still away."});
    day.call(&token, "POST", &format!("/updates/{wrong_id}/withdrawal"), back).await;
    // The local facts expire, the update is late, then nobody knows; the phones are worked on.
    for _ in 0..8 {
        day.wait(1500).await;
    }
    let busy = json!({"answer": "busy"});
    day.call(&practice, "PUT", &format!("/incidents/{id}/responses/Z80001"), busy).await;
    day.call(&practice, "PUT", "/organisations/Z80001/lines", json!({"lines": {}})).await;
    day.wait(60).await;
    let over = json!({"state": "resolved", "message": "EMIS works."});
    day.call(&token, "POST", &format!("/incidents/{id}/updates"), over).await;
    day.wait(600).await;
    day.call(&token, "POST", &format!("/incidents/{id}/note"), json!({"message": "Keep paper ready."})).await;
    day.wait(60).await;
    let again = json!({"state": "investigating", "message": "It is away again."});
    day.call(&token, "POST", &format!("/incidents/{id}/updates"), again).await;
    day.wait(86_400).await;
    (day, vec![id, wrong_id])
}

#[tokio::test]
async fn every_page_of_every_minute_is_told_again_to_the_byte() {
    for driver in Driver::BOTH {
        let all = CODES.iter().flat_map(|code| wanted().into_iter().map(|(w, path)| (*code, w, path)));
        let (day, _) = lived(driver, all.collect()).await;
        // It is weeks later, and much of it has changed since.
        day.app.advance(Duration::days(20));
        let who = Actor::command_line();
        assert!(day.served.len() > 300, "{}", day.served.len());
        let mut kept: Option<(DateTime<Utc>, &str, signpost::desk::past_page::PastPage)> = None;
        for s in &day.served {
            if kept.as_ref().is_none_or(|(at, code, _)| (*at, *code) != (s.at, s.code)) {
                let page = day.app.desk.page_at(&who, &code(s.code), s.at).await.unwrap();
                kept = Some((s.at, s.code, page));
            }
            let (.., page) = kept.as_ref().unwrap();
            let told = day.app.site.as_of(&page.facts, s.wanted, page.at, page.since);
            assert!(
                told == s.bytes,
                "{driver:?} {} {:?} at {}:\n{}\n--- was served ---\n{}",
                s.code,
                s.wanted,
                s.at,
                String::from_utf8_lossy(&told),
                String::from_utf8_lossy(&s.bytes)
            );
        }
    }
}

#[tokio::test]
async fn staff_and_programs_ask_what_a_page_said() {
    for driver in Driver::BOTH {
        let json = ("Z80002", Wanted::english(Form::StatusJson), "/status.json".to_owned());
        let html = ("Z80001", Wanted::english(Form::Html), String::new());
        let (day, ids) = lived(driver, vec![json, html]).await;
        let app = &day.app;
        let ask = async |token: &str, path: &str| app.api(token, "GET", path, Value::Null).await;
        // While the wrong update stood, and after it was taken back.
        let served = |wanted: &str, n: usize| {
            let html = day.served.iter().filter(|s| s.code == "Z80002" && s.wanted.form == Form::StatusJson);
            let mut found = html.filter(|s| String::from_utf8_lossy(&s.bytes).contains(wanted));
            found.nth(n).unwrap().at
        };
        let at = served("All is well again.", 0);
        let path = format!("/api/v1/organisations/Z80002/at?time={}", at.format("%Y-%m-%dT%H:%M:%SZ"));
        let said = ask(&day.token, &path).await;
        assert_eq!(said.status, 200, "{}", said.text());
        let said = said.json();
        assert_eq!(said["page"]["headline"]["state"], "catching_up");
        let updates = &said["page"]["incidents"][0]["updates"];
        assert_eq!(
            (&updates[0]["text"], &updates[0]["withdrawn"]),
            (&json!("All is well again."), &json!(false))
        );
        let later = (at + Duration::minutes(20)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let said = ask(&day.token, &format!("/api/v1/organisations/Z80002/at?time={later}")).await.json();
        assert_eq!(said["page"]["incidents"][0]["updates"][1]["withdrawn"], true);
        assert_eq!(ask(&day.practice, &path).await.status, 404, "not theirs");
        let ahead = ask(&day.token, "/api/v1/organisations/Z80002/at?time=2030-01-01T00:00:00Z").await;
        assert_eq!((ahead.status.as_u16(), &ahead.json()["errors"][0]["pointer"]), (422, &json!("/time")));
        assert_eq!(ask(&day.token, "/api/v1/organisations/Z80002/at?time=noon").await.status, 422);

        let person = Person::of(app, "Z80001", Role::Viewer).await;
        let screen = person.get("/desk/organisations/Z80001/at?time=2024-07-19T09:20").await;
        assert_eq!(screen.status, 200, "{}", screen.text());
        let text = screen.text();
        assert!(text.contains("The form is off.") && text.contains("Do not come"), "{text}");
        let changes = texts(&screen, ".sp-results li");
        assert!(changes.len() > 6, "{changes:?}");
        let link = values(&screen, "a[href*='/at/page']", "href")[0].clone();
        let page = person.get(&link).await;
        let then = day.served.iter().find(|s| s.code == "Z80001" && s.wanted == Wanted::english(Form::Html));
        assert!(page.text().starts_with("<!DOCTYPE html>") && then.is_some());
        assert!(page.text().contains("We are closed."));
        assert_eq!(person.get("/desk/organisations/Z80002/at").await.status, 404);
        let asked = person.get("/desk/organisations/Z80001/at?time=later").await;
        assert_eq!(values(&asked, ".nhsuk-error-summary a", "href"), ["#time"]);

        // The record of the incident, and all of it as one file.
        let id = &ids[0];
        let region = Person::of(app, "X24", Role::Coordinator).await;
        let record = region.get(&format!("/desk/incidents/{id}/record")).await;
        assert_eq!(record.status, 200, "{}", record.text());
        let events = texts(&record, ".sp-results li").join("\n");
        for said in
            ["EMIS is away.", "All is well again.", "Taken back", "Ashwick Surgery", "Keep paper ready."]
        {
            assert!(events.contains(said), "{said}: {events}");
        }
        let export = region.get(&format!("/desk/incidents/{id}/record.json")).await;
        let export = export.json();
        assert_eq!(export["incident"]["updates"].as_array().unwrap().len(), 5);
        assert_eq!(export["responses"].as_array().unwrap().len(), 2);
        let chain = export["audit"]["entries"].as_array().unwrap();
        let actions: Vec<&str> = chain.iter().map(|e| e["action"].as_str().unwrap()).collect();
        assert_eq!(
            actions,
            [
                "declare",
                "respond",
                "post_update",
                "withdraw",
                "respond",
                "post_update",
                "note",
                "post_update"
            ]
        );
        assert!(chain.iter().all(|e| e["hash"].as_str().unwrap().len() == 64));
        assert_eq!(export["audit"]["head"]["hash"].as_str().unwrap().len(), 64);
        let program = ask(&day.token, &format!("/api/v1/incidents/{id}/record")).await.json();
        assert_eq!(program["incident"], export["incident"]);
        assert_eq!(
            person.get(&format!("/desk/incidents/{id}/record.json")).await.status,
            403,
            "not theirs to take"
        );
        assert_eq!(person.get(&format!("/desk/incidents/{id}/record")).await.status, 200, "it reaches them");
    }
}

/// A place with another name, another system or another board today keeps the
/// page that it had.
#[tokio::test]
async fn places_and_systems_are_those_of_that_time() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let who = Actor::command_line();
        let token = app.token("X24", Role::Coordinator).await;
        app.advance(Duration::minutes(10));
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.publish().await;
        let at = app.now();
        let html = Wanted::english(Form::Html);
        let mut served = Vec::new();
        for code in ["Z80001", "Z80002"] {
            served.push(app.get(&format!("/{code}")).await.body);
        }
        app.advance(Duration::days(1));
        let systems = "ods_code,system\nZ80001,systmone\n";
        let file = |name: &str, bytes: Vec<u8>| signpost::desk::import::File { name: name.into(), bytes };
        app.desk.import_systems(&who, &file("systems.csv", systems.into())).await.unwrap();
        let practices = String::from_utf8(crate::harness::fixture("epraccur.csv").bytes).unwrap();
        let renamed = practices.replace("ASHWICK SURGERY", "QUITE ANOTHER SURGERY");
        assert_ne!(practices, renamed);
        let renamed = [file("epraccur.csv", renamed.into_bytes())];
        app.desk.import_organisations(&who, &renamed, false).await.unwrap();
        app.publish().await;
        let now = app.get("/Z80001").await.text();
        assert!(now.contains("Quite Another Surgery") && !now.contains("EMIS"), "{now}");
        for (code_text, served) in ["Z80001", "Z80002"].iter().zip(&served) {
            let page = app.desk.page_at(&who, &code(code_text), at).await.unwrap();
            let told = app.site.as_of(&page.facts, html, page.at, page.since);
            assert_eq!(
                String::from_utf8_lossy(&told),
                String::from_utf8_lossy(served),
                "{driver:?} {code_text}"
            );
        }
        let page = app.desk.page_at(&who, &code("Z80001"), app.now()).await.unwrap();
        assert_eq!(page.facts.org.name, "Quite Another Surgery");
        let before = app.desk.page_at(&who, &code("Z80001"), at - Duration::days(1)).await;
        assert!(before.is_err(), "nobody knew of it then");
    }
}
