//! What stands on a desk until somebody has done it: to look at what one person published,
//! to use words again, to look at what is newer.

use chrono::Duration;
use serde_json::json;
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, strict, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::staff_post::{answers, hidden, press};

#[tokio::test]
async fn the_desk_says_by_when_somebody_has_to_look() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let posted =
            app.api(&author, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        let reason = json!({"reason": "Nobody else can be reached."});
        assert_eq!(decide(&app, &author, &update_of(&posted), "break-glass", reason).await.status, 200);
        let person = Person::of(&app, "X24", Role::Administrator).await;
        let desk = person.get("/desk").await.text();
        assert!(desk.contains("Somebody else has to look at it by 9am."), "{desk}");
        app.advance(Duration::minutes(61));
        let desk = person.get("/desk").await.text();
        assert!(desk.contains("Somebody else had to look at it by 9am. Nobody has."), "{desk}");
        assert!(!desk.contains("within the hour"), "{desk}");
    }
}

const REFUSED: &str = "What you wrote was not approved";

/// A region's author has written something that was refused; the link to use its words.
async fn refused(app: &TestApp, author: &Person<'_>) -> String {
    let form = author.get("/desk/post?system=emis-web").await;
    let preview = press(author, "/desk/post/preview", &answers(&form)).await;
    let posted = press(author, "/desk/post", &hidden(&preview)).await;
    let update = posted.header("location").trim_start_matches("/desk/updates/").trim_end_matches("/done");
    let second = app.token("X24", Role::Approver).await;
    let because = json!({"reason": "Say which systems."});
    assert_eq!(decide(app, &second, update, "refusal", because).await.status, 200);
    let desk = author.get("/desk").await;
    assert!(desk.text().contains(REFUSED), "{}", desk.text());
    values(&desk, "main a[href^='/desk/post?again=']", "href").remove(0)
}

#[tokio::test]
async fn refused_words_leave_the_desk_once_they_were_used_or_after_a_day() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = Person::of(&app, "X24", Role::Publisher).await;
        let again = refused(&app, &author).await;
        let form = author.get(&again).await;
        assert!(author.get("/desk").await.text().contains(REFUSED), "looking uses nothing");
        let preview = press(&author, "/desk/post/preview", &answers(&form)).await;
        // Back and forth.
        let form = press(&author, "/desk/post/edit", &hidden(&preview)).await;
        let preview = press(&author, "/desk/post/preview", &answers(&form)).await;
        assert_eq!(press(&author, "/desk/post", &hidden(&preview)).await.status, 303);
        let desk = author.get("/desk").await.text();
        assert!(!desk.contains(REFUSED), "{desk}");
        app.advance(Duration::hours(1));
        refused(&app, &author).await;
        app.advance(Duration::hours(25));
        assert!(!author.get("/desk").await.text().contains(REFUSED));
    }
}

#[tokio::test]
async fn overtaken_lines_lead_to_what_is_newer() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules::default());
        let author = app.token("Y91", Role::Publisher).await;
        let second = app.token("Y91", Role::Approver).await;
        let path = "/api/v1/organisations/Y91/lines";
        let set =
            async |lines| update_of(&app.api(&author, "PUT", path, json!({"lines": lines})).await.json());
        let old = set(json!({"online_form": "off"})).await;
        let newer = set(json!({"booking": "urgent_only"})).await;
        app.advance(Duration::minutes(5));
        assert_eq!(decide(&app, &second, &newer, "approval", json!({})).await.status, 200);
        let person = Person::of(&app, "Y91", Role::Approver).await;
        let screen = person.get(&format!("/desk/approvals/{old}")).await;
        let text = texts(&screen, "main").join(" ");
        assert!(text.contains("Something newer was said"), "{text}");
        let links = values(&screen, ".nhsuk-card--warning a", "href");
        assert_eq!(links, [format!("/desk/approvals/{newer}")]);
        assert_eq!(person.get(&links[0]).await.status, 200);
    }
}

/// Staff read that something is over where those confirmed it who know, and not before.
#[tokio::test]
async fn what_is_only_said_to_be_over_is_not_back_to_normal_for_staff() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let posted =
            app.api(&region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        let id = posted["id"].as_str().unwrap();
        app.advance(Duration::minutes(5));
        let path = format!("/api/v1/incidents/{id}/updates");
        let over = app.api(&region, "POST", &path, json!({"state": "resolved"})).await;
        assert_eq!(over.status, 201, "{}", over.text());
        let record = format!("/desk/incidents/{id}/record");
        let (desk, publisher) = ("/desk", Role::Publisher);
        let all = [("QZ8", publisher, desk), ("Z80001", publisher, desk), ("Y91", publisher, desk)];
        for (of, role, at) in all.into_iter().chain([("Y91", Role::Approver, record.as_str())]) {
            let person = Person::of(&app, of, role).await;
            let tags = texts(&person.get(at).await, ".nhsuk-tag");
            assert!(tags.iter().any(|tag| tag == "Said to be over"), "{of} {at}: {tags:?}");
            assert!(!tags.iter().any(|tag| tag == "Back to normal"), "{of} {at}: {tags:?}");
        }
        // A place knows of itself.
        let own = app.token("Z80001", Role::Publisher).await;
        let body = json!({"title": "No heating", "organisations": ["Z80001"]});
        let posted = app.api(&own, "POST", "/api/v1/incidents", body).await.json();
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        app.api(&own, "POST", &path, json!({"state": "resolved"})).await;
        let record = format!("/desk/incidents/{}/record", posted["id"].as_str().unwrap());
        let person = Person::of(&app, "Z80001", Role::Approver).await;
        assert_eq!(texts(&person.get(&record).await, ".nhsuk-tag"), ["Back to normal"]);
    }
}

/// No sentence twice, and what was entered late is marked in the record too.
#[tokio::test]
async fn the_record_says_each_thing_once_and_marks_what_is_late() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let own = app.token("Z80001", Role::Publisher).await;
        let body = json!({"title": "No heating", "organisations": ["Z80001"], "state": "identified"});
        let posted = app.api(&own, "POST", "/api/v1/incidents", body).await.json();
        let id = posted["id"].as_str().unwrap();
        let made_at = app.now() - Duration::hours(2);
        let decided = json!({"decision": "Open the hall.", "reason": "It is warm.", "incident": id,
            "made_at": made_at});
        let entered = app.api(&own, "POST", "/api/v1/log", decided).await;
        assert_eq!(entered.status, 201, "{}", entered.text());
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let record = person.get(&format!("/desk/incidents/{id}/record")).await;
        let events = texts(&record, "ol.sp-results").join(" ");
        assert_eq!(events.matches("We know what is wrong.").count(), 1, "{events}");
        assert!(events.contains("Late entry"), "{events}");
    }
}
