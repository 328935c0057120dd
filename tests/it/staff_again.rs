//! Posting from a screen: for one session of a day, and what is open already.

use serde_json::Value;
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::staff_post::{answers, hidden, press};

fn line(page: &Value, name: &str) -> Value {
    let mut all = page["lines"].as_array().unwrap().iter();
    all.find(|l| l["line"] == name).cloned().unwrap_or_default()
}

/// The service comes back by halves of a day, from the desk and in a post.
#[tokio::test]
async fn a_hospital_says_on_a_screen_for_which_session_a_line_holds() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let cookie = Person::of(&app, "RZ5", Role::Publisher).await.cookie;
        {
            let person = Person { app: &app, cookie: cookie.clone() };
            let desk = person.get("/desk").await;
            let offered = texts(&desk, "#when-radiotherapy option");
            assert_eq!(offered[1..3], ["Today, only in the morning", "Today, only in the afternoon"]);
            assert!(values(&desk, "#when-phones", "name").is_empty(), "only services have sessions");
            let wrong = [("lines.radiotherapy", "cancelled"), ("when.radiotherapy", "at noon")];
            let refused = person.post("/desk/lines", &wrong).await;
            assert_eq!(texts(&refused, "#when-radiotherapy-error"), ["Error: Choose one of the answers."]);
            let right = [("lines.radiotherapy", "cancelled"), ("when.radiotherapy", "2024-07-19-morning")];
            assert_eq!(person.post("/desk/lines", &right).await.status, 303);
            let desk = person.get("/desk").await;
            let stands = values(&desk, "#when-radiotherapy option[selected]", "value");
            assert_eq!(stands, ["2024-07-19-morning"]);
        }
        let said = line(&app.status("RZ5").await, "radiotherapy");
        assert!(said["text"].as_str().unwrap().contains("morning"), "{said}");

        // In a post: what was chosen is carried through the preview, and stands in
        // the update that follows.
        let person = Person { app: &app, cookie: cookie.clone() };
        let mut typed = answers(&person.get("/desk/post").await);
        for (name, value) in
            [("title", "Scans run late"), ("lines.scans", "delayed"), ("when.scans", "2024-07-19-afternoon")]
        {
            typed.retain(|(n, _)| n != name);
            typed.push((name.into(), value.into()));
        }
        let preview = press(&person, "/desk/post/preview", &typed).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let published = press(&person, "/desk/post", &hidden(&preview)).await;
        assert_eq!(published.status, 303, "{}", published.text());
        let said = line(&app.status("RZ5").await, "scans");
        assert!(said["text"].as_str().unwrap().contains("afternoon"), "{said}");
        let person = Person { app: &app, cookie };
        let update = values(&person.get("/desk").await, "a[href$='/update']", "href").remove(0);
        let questions = person.get(&update).await;
        let stands = values(&questions, "#when-scans option[selected]", "value");
        assert_eq!(stands, ["2024-07-19-afternoon"]);
        let over = person.get(&format!("{update}?state=resolved")).await;
        assert_eq!(values(&over, "#when-scans option[selected]", "value"), [""], "then it holds all day");
    }
}

/// Whoever begins to say the same again is told so, and led to an update.
#[tokio::test]
async fn what_is_open_already_is_said_before_it_is_posted_again() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let region = Person::of(&app, "Y91", Role::Coordinator).await;
        let form = region.get("/desk/post?system=emis-web").await;
        assert!(!form.text().contains("This problem is open already"));
        assert_eq!(region.post("/desk/post", &[("system", "emis-web")]).await.status, 303);
        let form = region.get("/desk/post?system=emis-web").await;
        assert!(form.text().contains("This problem is open already"), "{}", form.text());
        let update = values(&form, ".nhsuk-card--warning a", "href");
        assert!(update[0].ends_with("/update"), "{update:?}");
        let preview = region.post("/desk/post/preview", &[("system", "emis-web")]).await;
        assert!(preview.text().contains("This problem is open already"));
        // A surgery below answers it on its desk; another system is another problem.
        let surgery = Person::of(&app, "Z80001", Role::Publisher).await;
        let form = surgery.get("/desk/post?system=emis-web").await;
        assert_eq!(values(&form, ".nhsuk-card--warning a", "href"), ["/desk"]);
        assert!(!surgery.get("/desk/post?system=kiosk").await.text().contains("open already"));
        // Nothing stands in the way of who means it.
        let again = region.post("/desk/post", &[("system", "emis-web")]).await;
        assert_eq!(again.status, 303, "{}", again.text());
    }
}
