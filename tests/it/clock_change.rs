//! The hour that comes twice, when the clocks go back: Sunday 27 October 2024, 2am BST is
//! 1am GMT.

use serde_json::json;
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::told_alike::says;

#[tokio::test]
async fn what_a_page_said_in_the_hour_that_comes_twice_can_be_asked_of_both() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let set = |at: &str| app.desk.clock.set(at.parse().unwrap());
        set("2024-10-27T00:10:00Z");
        says(&app, "Z80001", json!({"lines": {"phones": "down"}, "message": "Said in summer time."})).await;
        set("2024-10-27T01:10:00Z");
        says(&app, "Z80001", json!({"lines": {"phones": "down"}, "message": "Said in winter time."})).await;
        set("2024-10-27T09:00:00Z");
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let at = "/desk/organisations/Z80001/at?time=";
        for (asked, shown, words) in [
            ("2024-10-27T01:30", "At 1:30am BST", "Said in summer time."),
            ("2024-10-27T01:30&turn=before", "At 1:30am BST", "Said in summer time."),
            ("2024-10-27T01:30&turn=after", "At 1:30am GMT", "Said in winter time."),
            ("2024-10-27T01:30:00Z", "At 1:30am GMT", "Said in winter time."),
            ("2024-10-27T00:30:00Z", "At 1:30am BST", "Said in summer time."),
        ] {
            let screen = person.get(&format!("{at}{asked}")).await;
            assert_eq!(screen.status, 200, "{asked}: {}", screen.text());
            assert!(texts(&screen, "h2")[0].starts_with(shown), "{asked}: {:?}", texts(&screen, "h2"));
            assert!(texts(&screen, ".sp-written").concat().contains(words), "{asked}");
            assert_eq!(values(&screen, "#turn option", "value"), ["before", "after"], "{asked}");
            let chosen = if shown.ends_with("BST") { "before" } else { "after" };
            assert_eq!(values(&screen, "#turn option[selected]", "value"), [chosen], "{asked}");
        }
        // The moments of that day say which hour they are of, and lead there.
        let screen = person.get(&format!("{at}2024-10-27T08:00")).await;
        let moments = texts(&screen, "ol.sp-results a");
        assert!(moments.contains(&"1:10:00am BST".to_owned()), "{moments:?}");
        assert!(moments.contains(&"1:10:00am GMT".to_owned()), "{moments:?}");
        // Of every other time there is nothing to choose.
        assert_eq!(values(&screen, "#turn", "name"), Vec::<String>::new());
        let left = person.get(&format!("{at}2024-10-26T01:30&turn=after")).await;
        assert_eq!(values(&left, "#turn", "name"), Vec::<String>::new());
    }
}
