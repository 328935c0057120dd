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
