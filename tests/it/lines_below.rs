//! Lines that a board or a region sets for the places below it: who has to
//! agree, what whoever decides sees, and how it is taken back.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};

/// What a screen says, white space squeezed.
fn said(page: &Answer) -> String {
    texts(page, "main").join(" ")
}

/// What a page says about a line.
async fn line(app: &mut TestApp, place: &str, line: &str) -> Option<String> {
    let page = app.status(place).await;
    let all = page["lines"].as_array().unwrap().iter().find(|l| l["line"] == line).cloned();
    all.map(|l| l["text"].as_str().unwrap().to_owned())
}

/// The rules as they come.
async fn by_the_rules(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    app
}

/// Also of a region, and of more places than one person may speak for.
#[tokio::test]
async fn to_take_every_line_back_waits_for_nobody() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        app.desk = app.desk.clone().with_rules(Rules { organisations: 3, ..Rules::default() });
        for of in ["Y91", "QZ8"] {
            let author = app.token(of, Role::Administrator).await;
            let second = app.token(of, Role::Approver).await;
            let path = format!("/api/v1/organisations/{of}/lines");
            let off = json!({"lines": {"online_form": "off"}});
            let set = app.api(&author, "PUT", &path, off).await.json();
            assert_eq!(set["publication"], "awaiting_approval", "{set}");
            assert_eq!(decide(&app, &second, &update_of(&set), "approval", json!({})).await.status, 200);
            let back = app.api(&author, "PUT", &path, json!({"lines": {}})).await.json();
            assert_eq!(back["publication"], "published", "{of}: {back}");
            // Words alone are no taking back.
            let words = json!({"lines": {}, "message": "Call your surgery."});
            let said = app.api(&author, "PUT", &path, words).await.json();
            assert_eq!(said["publication"], "awaiting_approval", "{said}");
        }
        let page = app.status("Z80001").await;
        let lines = page["lines"].as_array().unwrap();
        assert!(!lines.iter().any(|l| l["line"] == "online_form"), "{lines:?}");
    }
}

/// A region says other words about 111 on its screen, and every page below has them,
/// whatever the place uses.
#[tokio::test]
async fn a_region_changes_111_for_everybody_on_a_screen() {
    const WORDS: &str = "Use 111 online. The phones of 111 are down.";
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        let at = {
            let region = Person::of(&app, "Y91", Role::Coordinator).await;
            // A post about one system is no place for it: it leads to where it is said.
            let post = region.get("/desk/post?system=111-system").await;
            assert_eq!(texts(&post, "#words-nhs_111"), Vec::<String>::new());
            assert_eq!(values(&post, "main form a", "href"), ["/desk#local"]);
            let desk = region.get("/desk").await;
            let form = "form[action='/desk/lines']";
            assert_eq!(values(&desk, &format!("{form} [name='lines.nhs_111']"), "value"), ["", "changed"]);
            assert_eq!(
                texts(&desk, &format!("{form} [name='lines.emergency_999']")).len(),
                0,
                "the nation's"
            );
            let fields = [("lines.attend", ""), ("lines.nhs_111", "changed"), ("expires", "24h")];
            let empty = region.post("/desk/lines", &fields).await;
            assert_eq!(texts(&empty, "#words-nhs_111-error"), ["Error: Write what patients should do."]);
            let whole = [fields.as_slice(), &[("words-nhs_111", WORDS)]].concat();
            let sent = region.post("/desk/lines", &whole).await;
            sent.header("location").to_owned()
        };
        assert!(at.starts_with("/desk/approvals/"), "{at}");
        assert_eq!(line(&mut app, "Z80001", "nhs_111").await, None);
        {
            let second = Person::of(&app, "Y91", Role::Approver).await;
            let page = second.get(&at).await;
            assert!(said(&page).contains(&format!("NHS 111: {WORDS}")), "{}", said(&page));
            assert!(said(&page).contains("Holds until 8am on Saturday 20 July"), "{}", said(&page));
            let form = second.get(&format!("{at}/edit")).await;
            assert_eq!(texts(&form, "#words-nhs_111"), [WORDS], "its words can be changed");
            let hash = values(&page, "input[name=hash]", "value")[0].clone();
            assert_eq!(second.post(&format!("{at}/approve"), &[("hash", &hash)]).await.status, 303);
        }
        // A surgery that uses EMIS Web, and places that do not.
        for place in ["Z80001", "Z80010", "FZ101"] {
            assert_eq!(line(&mut app, place, "nhs_111").await.as_deref(), Some(WORDS), "{place}");
        }
        // Whoever may not change 111 leaves it as it is.
        let sent = {
            let publisher = Person::of(&app, "Y91", Role::Publisher).await;
            let desk = publisher.get("/desk").await;
            let also = values(&desk, "form[action='/desk/lines'] [name=also]", "value").join("");
            let fields =
                [("lines.attend", ""), ("lines.phones", "limited"), ("also", &also), ("expires", "24h")];
            publisher.post("/desk/lines", &fields).await.header("location").to_owned()
        };
        let second = app.token("Y91", Role::Administrator).await;
        let id = sent.rsplit('/').next().unwrap();
        assert_eq!(decide(&app, &second, id, "approval", json!({})).await.status, 200);
        assert_eq!(line(&mut app, "Z80001", "nhs_111").await.as_deref(), Some(WORDS));
        assert!(line(&mut app, "Z80001", "phones").await.is_some());
    }
}

/// One person turns the phones down for all; whoever looks at it sees what was said, and
/// takes it back alone. What stood before stands again.
#[tokio::test]
async fn lines_published_alone_are_seen_and_taken_back_by_whoever_looks_at_them() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        let author = app.token("QZ8", Role::Coordinator).await;
        let second = app.token("QZ8", Role::Approver).await;
        let path = "/api/v1/organisations/QZ8/lines";
        let off = json!({"lines": {"online_form": "off"}, "expires_at": app.now() + Duration::hours(9)});
        let set = update_of(&app.api(&author, "PUT", path, off).await.json());
        assert_eq!(decide(&app, &second, &set, "approval", json!({})).await.status, 200);
        let broken = async |app: &TestApp| {
            let down = json!({"lines": {"phones": "down"}, "expires_at": app.now() + Duration::hours(4)});
            let set = update_of(&app.api(&author, "PUT", path, down).await.json());
            let alone = decide(app, &author, &set, "break-glass", json!({"reason": "Nobody is here."})).await;
            assert_eq!(alone.status, 200, "{}", alone.text());
            set
        };
        // A number that patients are to dial is each place's own.
        let other = json!({"lines": {"phones": "down"}, "phone": "01632 960001",
            "expires_at": app.now() + Duration::hours(4)});
        assert_eq!(app.api(&author, "PUT", path, other).await.status, 422);
        assert_eq!(line(&mut app, "Z80001", "phones").await, None);
        let id = broken(&app).await;
        assert!(line(&mut app, "Z80001", "phones").await.is_some());
        let at = format!("/desk/approvals/{id}");
        {
            let own = Person::of(&app, "QZ8", Role::Approver).await;
            let page = own.get(&at).await;
            let rows = texts(&page, "table tbody tr");
            assert!(rows.iter().any(|r| r == "Phone lines As usual Not working"), "{rows:?}");
            assert!(rows.iter().any(|r| r.ends_with("Nothing of your own")), "{rows:?}");
            let text = said(&page);
            assert!(text.contains("Holds until midday"), "{text}");
            assert!(!text.contains("No line changes"), "{text}");
            assert!(values(&page, "main a", "href").iter().all(|href| !href.contains("/updates/")));
            assert_eq!(own.post(&format!("{at}/take-back"), &[]).await.status, 303);
            let text = said(&own.get(&at).await);
            assert!(text.contains("looked at it and took it back at 8am"), "{text}");
            assert!(said(&own.get("/desk/approvals").await).contains("then taken back by another"));
            let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
            let found = all["approvals"].as_array().unwrap().iter().find(|p| p["update"]["id"] == *id);
            assert_eq!(found.unwrap()["state"], "taken_back");
            assert_eq!(own.post(&format!("{at}/take-back"), &[]).await.status, 409, "once");
        }
        assert_eq!(line(&mut app, "Z80001", "phones").await, None);
        assert!(line(&mut app, "Z80001", "online_form").await.is_some(), "what stood before");
        // Its author does not; nor anybody once something else was said.
        let id = broken(&app).await;
        let at = format!("/desk/approvals/{id}/take-back");
        let newer = json!({"lines": {}});
        assert_eq!(app.api(&author, "PUT", path, newer).await.json()["publication"], "published");
        let region = Person::of(&app, "Y91", Role::Approver).await;
        assert_eq!(region.post(&at, &[]).await.status, 409);
        let own = Person::of(&app, "QZ8", Role::Publisher).await;
        assert_eq!(own.post(&at, &[]).await.status, 403);
    }
}

/// What was agreed on is shown as it was then, whatever has happened since.
#[tokio::test]
async fn a_decision_is_shown_as_it_was_seen() {
    for driver in Driver::BOTH {
        let app = by_the_rules(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001"), ("07700900001", "sms", "Z80001")]).await;
        let person = app.token("Z80001", Role::Administrator).await;
        let duty = json!({"channel": "sms", "contact": "07700 900123", "label": "Front desk"});
        let put = app.api(&person, "PUT", "/api/v1/organisations/Z80001/contacts", duty).await;
        assert!(put.status.is_success(), "{}", put.text());
        let author = app.token("Y91", Role::Coordinator).await;
        let body = json!({"system": "emis-web", "title": "EMIS Web has failed", "level": 3,
            "state": "limited", "lines": {"attend": "do_not_come"}});
        let posted = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
        let second = Person::of(&app, "Y91", Role::Approver).await;
        let at = format!("/desk/approvals/{posted}");
        let waiting = second.get(&at).await;
        let text = said(&waiting);
        for part in [
            "where EMIS Web is used",
            "Level 3: a region coordinates",
            "How far it is Partly working again",
            "The problem is called there: EMIS Web has failed",
            "We ask 1 place whether they are affected",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(text.contains("more say that the place may be affected"), "{text}");
        let reach = |page: &Answer| {
            let text = said(page);
            let from = text.find("Whom it reaches").unwrap();
            text[from..text.find("The exact words").unwrap()].to_owned()
        };
        assert!(reach(&waiting).contains("1 by text message"), "{}", reach(&waiting));
        let hash = values(&waiting, "input[name=hash]", "value")[0].clone();
        assert_eq!(second.post(&format!("{at}/approve"), &[("hash", &hash)]).await.status, 303);

        // Somebody answers, more people follow, and days pass.
        let incident = app.api(&author, "GET", "/api/v1/incidents", Value::Null).await.json();
        let incident = incident["incidents"][0]["id"].as_str().unwrap().to_owned();
        let answer = format!("/api/v1/incidents/{incident}/responses/Z80001");
        assert_eq!(app.api(&person, "PUT", &answer, json!({"answer": "not_affected"})).await.status, 200);
        app.subscribers(&[("b@example.org", "email", "Z80002"), ("c@example.org", "email", "Z80002")]).await;
        app.advance(Duration::days(9));
        let later = second.get(&at).await;
        assert_eq!(texts(&later, "table tbody tr"), texts(&waiting, "table tbody tr"));
        assert_eq!(reach(&later), reach(&waiting));
        assert_eq!(texts(&later, ".sp-message"), texts(&waiting, ".sp-message"));
        // The last week no longer has it; the whole record does.
        let week = app.api(&author, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(week["approvals"], json!([]));
        let since = "/api/v1/approvals?since=2024-07-01T00:00:00Z";
        let all = app.api(&author, "GET", since, Value::Null).await.json();
        assert_eq!(all["approvals"][0]["seen"]["level"], 3, "{all}");
        let link = format!("main a[href='{at}']");
        assert_eq!(values(&second.get("/desk/approvals").await, &link, "href").len(), 0);
        assert_eq!(values(&second.get("/desk/approvals?decided=all").await, &link, "href").len(), 1);
    }
}
