//! 999 and 111 on the screens: asked of those who may change them, previewed as
//! patients read them, and never changed alone; and a promise that passes while a
//! proposal waits.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::update_of;
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

const WORDS: &str = "Use 111 online. The phones of 111 are down.";

/// The hidden fields of a preview, and its button.
fn hidden(page: &crate::harness::Answer) -> Vec<(String, String)> {
    let at = "form input[type=hidden]";
    values(page, at, "name").into_iter().zip(values(page, at, "value")).collect()
}

fn line(page: &Value) -> Option<String> {
    let lines = page["lines"].as_array().unwrap().iter();
    lines.clone().find(|l| l["line"] == "nhs_111").map(|l| l["text"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_administrator_changes_111_on_the_screens_and_a_second_person_agrees() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules { region_wide: false, ..Rules::default() });
        let at = {
            let person = Person::of(&app, "X24", Role::Administrator).await;
            let form = person.get("/desk/post?system=").await;
            assert_eq!(texts(&form, "#words-emergency_999, #words-nhs_111").len(), 2, "{}", form.text());
            let typed = [
                ("system", ""),
                ("title", "111 is slow"),
                ("reach", "named"),
                ("organisations", "Z80001"),
                ("lines.attend", "come_unless_contacted"),
                ("lines.nhs_111", "changed"),
                ("lines.emergency_999", ""),
                ("level", "3"),
                ("next_update_by", "own"),
                ("next_update_own", "2024-07-22T10:30"),
            ];
            // Mistakes stand beside their fields.
            let empty = person.post("/desk/post/preview", &typed).await;
            let wrong = "Error: Write what patients should do.";
            assert_eq!(
                (empty.status.as_u16(), texts(&empty, "#words-nhs_111-error")),
                (422, vec![wrong.into()])
            );
            let words = "x".repeat(301);
            let long = [typed.as_slice(), &[("words-nhs_111", words.as_str())]].concat();
            let long = person.post("/desk/post/preview", &long).await;
            assert_eq!(texts(&long, "#words-nhs_111-error").len(), 1, "{}", long.text());

            let whole = [typed.as_slice(), &[("words-nhs_111", WORDS)]].concat();
            let preview = person.post("/desk/post/preview", &whole).await;
            assert_eq!(preview.status, 200, "{}", preview.text());
            assert_eq!(texts(&preview, ".nhsuk-card--care--urgent p"), [WORDS]);
            assert!(preview.text().contains("A second person has to agree first"), "{}", preview.text());
            assert!(!preview.text().contains("Publish now"), "the button says what it does");
            let fields = hidden(&preview);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let posted = person.post("/desk/post", &fields).await;
            assert_eq!(posted.status, 303, "{}", posted.text());
            let at = person.get(posted.header("location")).await.header("location").to_owned();
            assert!(at.starts_with("/desk/approvals/"), "{at}");

            // The words of 111 are among those that can be changed.
            let edit = format!("{at}/edit");
            let form = person.get(&edit).await;
            assert_eq!(texts(&form, "#words-nhs_111"), [WORDS]);
            let other = [("title", "111 is slow"), ("message", ""), ("words-nhs_111", "Use 111 online.")];
            assert_eq!(person.post(&edit, &other).await.status, 303);
            let blank = person.post(&edit, &[("title", "111 is slow"), ("words-nhs_111", " ")]).await;
            assert_eq!(texts(&blank, "#words-nhs_111-error"), [wrong]);
            at
        };
        assert_eq!(line(&app.status("Z80001").await), None, "nothing shows before");
        {
            let second = Person::of(&app, "X24", Role::Approver).await;
            let hash = values(&second.get(&at).await, "input[name=hash]", "value")[0].clone();
            assert_eq!(second.post(&format!("{at}/approve"), &[("hash", &hash)]).await.status, 303);
        }
        let page = app.status("Z80001").await;
        assert_eq!(line(&page).unwrap(), "Use 111 online.");
        assert_eq!(page["incidents"][0]["updates"][0]["next_update_by"], "2024-07-22T09:30:00.000Z");
        let token = app.token("X24", Role::Viewer).await;
        let open = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(open["incidents"][0]["level"], 3);
        // An update leaves it as it is, or takes it back.
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let form = person
            .get(&format!("/desk/incidents/{}/update", open["incidents"][0]["id"].as_str().unwrap()))
            .await;
        assert_eq!(values(&form, "input[name='lines.nhs_111']", "value"), ["", "normal", "changed"]);
    }
}

#[tokio::test]
async fn whoever_may_not_change_999_or_111_is_not_asked() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let asked = async |of: &str, role: Role| {
        let page = Person::of(&app, of, role).await.get("/desk/post?system=").await;
        assert_eq!(page.status, 200);
        texts(&page, "#words-emergency_999, #words-nhs_111").len()
    };
    assert_eq!(asked("Y91", Role::Coordinator).await, 1, "111 of a region");
    assert_eq!(asked("X24", Role::Publisher).await, 0);
    assert_eq!(asked("QZ8", Role::Administrator).await, 0);
    assert_eq!(asked("Z80001", Role::Administrator).await, 0);
}

/// What waited too long promises as far ahead as its author did.
#[tokio::test]
async fn a_promise_that_passed_while_it_waited_is_renewed() {
    for driver in Driver::BOTH {
        let mut app = crate::approvals::strict(driver).await;
        let author = app.token("X24", Role::Administrator).await;
        let body = json!({"system": "emis-web", "next_update_by": app.now() + Duration::hours(1)});
        let first = update_of(&app.api(&author, "POST", "/api/v1/incidents", body.clone()).await.json());
        let second = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
        app.advance(Duration::hours(3));
        {
            let person = Person::of(&app, "X24", Role::Approver).await;
            let page = person.get(&format!("/desk/approvals/{first}")).await;
            let said = "It promised the next update by 9am, which has passed. Approved now, it promises it by midday.";
            assert!(page.text().contains(said), "{}", page.text());
            assert!(!page.text().contains("changes <strong>0 pages"), "{}", page.text());
            let hash = values(&page, "input[name=hash]", "value")[0].clone();
            let at = format!("/desk/approvals/{first}/approve");
            assert_eq!(person.post(&at, &[("hash", &hash)]).await.status, 303);
            // Or somebody chooses another time.
            let edit = format!("/desk/approvals/{second}/edit");
            assert_eq!(person.post(&edit, &[("message", ""), ("next_update_by", "4h")]).await.status, 303);
        }
        let page = app.status("Z80001").await;
        assert_eq!(page["incidents"][0]["updates"][0]["next_update_by"], "2024-07-19T11:00:00.000Z");
        let all = app.api(&author, "GET", "/api/v1/approvals", Value::Null).await.json();
        let waits = all["approvals"].as_array().unwrap().iter().find(|p| p["state"] == "waiting").unwrap();
        assert_eq!(waits["content"]["draft"]["next_update_by"], "2024-07-19T14:00:00Z");
    }
}

/// What is offered and chosen by itself stays within the hours.
#[tokio::test]
async fn no_default_passes_closing_time() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("Z80001", Role::Administrator).await;
    let hours = json!({"week": {"friday": [["08:00", "08:40"]], "saturday": [["09:00", "12:00"]]}});
    let set = app.api(&token, "PUT", "/api/v1/organisations/Z80001/hours", hours).await;
    assert_eq!(set.status, 200, "{}", set.text());
    let person = Person::of(&app, "Z80001", Role::Publisher).await;
    let offered = async || {
        let form = person.get("/desk/post?system=emis-web&next_update_by=2h").await;
        values(&form, "#next_update_by option", "value")
    };
    let chosen = async || {
        let form = person.get("/desk/post?system=emis-web&next_update_by=2h").await;
        values(&form, "#next_update_by option[selected]", "value")
    };
    assert_eq!(offered().await, ["usual", "tomorrow", "next_week", "own"], "8am, closing at 8:40am");
    assert_eq!(chosen().await, ["usual"]);
    app.advance(Duration::hours(1));
    assert_eq!(offered().await, ["usual", "next_week", "own"], "closed until tomorrow");
}
