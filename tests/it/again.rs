//! A message that a person has sent once more: what its provider said of the attempt
//! before is no news of this one.

use chrono::Duration;
use serde_json::json;
use signpost::domain::user::Role;

use crate::delivery::{Mood, NUMBER, callback, declared, sms, update};
use crate::harness::{Driver, TestApp};
use crate::staff::Person;

/// "Try these again", for whatever failed.
async fn try_again(app: &TestApp, update: &str) {
    let person = Person::of(app, "X24", Role::Coordinator).await;
    let page = person.get(&format!("/desk/updates/{update}")).await;
    let reason = crate::staff::values(&page, "input[name=reason]", "value").concat();
    let answer = person.post(&format!("/desk/updates/{update}/retry"), &[("reason", &reason)]).await;
    assert_eq!(answer.status, 303, "{reason}");
}

#[tokio::test]
async fn a_look_up_does_not_take_the_attempt_that_failed_for_the_next() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        callback(&app, &format!("SM{:032x}", 1), "undelivered").await;
        assert_eq!(sms(&app, &token, &posted, "failed").await, 1);
        // Tried again, and not taken, but nobody knows that.
        try_again(&app, &update(&posted)).await;
        provider.then(&[Mood::Fails]);
        app.send_due().await;
        assert_eq!(sms(&app, &token, &posted, "unknown").await, 1);
        for _ in 0..2 {
            app.advance(Duration::seconds(61));
            app.resolve().await;
        }
        app.advance(Duration::minutes(1));
        app.send_due().await;
        assert_eq!((sms(&app, &token, &posted, "accepted").await, provider.copies(NUMBER)), (json!(1), 2));
    }
}

#[tokio::test]
async fn a_callback_about_an_attempt_before_says_nothing_of_this_one() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.run_workers().await;
        let (first, second) = (format!("SM{:032x}", 1), format!("SM{:032x}", 2));
        callback(&app, &first, "undelivered").await;
        try_again(&app, &update(&posted)).await;
        callback(&app, &first, "undelivered").await;
        assert_eq!(sms(&app, &token, &posted, "queued").await, 1);
        app.send_due().await;
        callback(&app, &first, "undelivered").await;
        assert_eq!((sms(&app, &token, &posted, "accepted").await, provider.copies(NUMBER)), (json!(1), 2));
        callback(&app, &second, "delivered").await;
        assert_eq!(sms(&app, &token, &posted, "delivered").await, 1);
    }
}
