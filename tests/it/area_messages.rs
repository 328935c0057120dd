//! What a region or a board tells the patients of others: whether they may come as usual is for
//! each place to say.

use serde_json::json;
use signpost::domain::user::Role;

use crate::each_place::Reader;
use crate::harness::Driver;

const AS_USUAL: &str = "as usual";
const LOOK_UP: &str = "Look up your own GP surgery, hospital or pharmacy";

#[tokio::test]
async fn a_region_never_says_that_people_come_as_usual() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Y91"]).await;
        day.region = day.app.token("Y91", Role::Coordinator).await;
        let first = day.declare(json!({"title": "Power is off", "scope": "Y91"})).await;
        let told = day.hears().await.concat();
        assert!(told.contains("unless we contact you"), "it passes on a warning: {told}");
        // Of two, what one of them means is not the answer.
        let second =
            day.declare(json!({"title": "Water is off", "scope": "Y91", "lines": {"attend": "come"}})).await;
        let told = day.hears().await.concat();
        assert!(told.contains(LOOK_UP) && !told.contains(AS_USUAL), "{told}");
        for (incident, text) in [(&first, "The problem is over"), (&second, "The problem is over")] {
            day.says(incident, json!({"state": "resolved"})).await;
            let told = day.hears().await.concat();
            assert!(told.contains(text) && told.contains(LOOK_UP), "{told}");
            assert!(!told.contains(AS_USUAL) && !told.contains("back to normal"), "{told}");
        }
    }
}
