//! Who may be added to a centre: no places under what stands already, and no people looked up.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Answer, Driver, TestApp};
use crate::staff::Person;

/// A centre of a region, by the rules as they come.
struct Centre {
    app: TestApp,
    lead: String,
    id: String,
}

async fn centre(driver: Driver) -> Centre {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    let lead = app.token("Y91", Role::Coordinator).await;
    let body = json!({"name": "Control room", "members": ["Z80022"]});
    let made = app.api(&lead, "POST", "/api/v1/centres", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    Centre { app, lead, id }
}

impl Centre {
    async fn members(&self, members: &[&str]) -> Answer {
        let body = json!({"name": "Control room", "members": members});
        self.app.api(&self.lead, "PUT", &format!("/api/v1/centres/{}", self.id), body).await
    }

    /// It is refused, beside the field.
    async fn refuses(&self, members: &[&str], says: &str) {
        let refused = self.members(members).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        let errors = refused.json()["errors"].to_string();
        assert!(errors.contains("/members") && errors.contains(says), "{errors}");
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.app.api(&self.lead, "POST", path, body).await.json()
    }
}

/// Whoever agrees has seen whom it reaches; and work that is planned is no way round.
#[tokio::test]
async fn a_centre_does_not_grow_under_what_waits_or_is_planned() {
    for driver in Driver::BOTH {
        let centre = centre(driver).await;
        let words = json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}});
        let said = json!({"title": "111 is slow", "scope": centre.id, "lines": words});
        let posted = centre.post("/api/v1/incidents", said).await;
        assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
        centre.refuses(&["Z80022", "QZ9"], "waits for approval").await;
        let because = json!({"reason": "Not needed."});
        let refused = decide(&centre.app, &centre.lead, &update_of(&posted), "refusal", because).await;
        assert_eq!(refused.status, 200, "{}", refused.text());

        let (starts, ends) = (centre.app.now() + Duration::days(9), centre.app.now() + Duration::days(10));
        let plan = json!({"title": "New phones", "scope": centre.id, "lines": {"phones": "down"},
            "starts_at": starts, "ends_at": ends});
        let planned = centre.post("/api/v1/planned", plan).await;
        assert_eq!(planned["publication"], "published", "{planned}");
        centre.refuses(&["Z80022", "QZ9"], "New phones").await;
        centre.app.advance(Duration::days(11));
        let grown = centre.members(&["Z80022", "QZ9"]).await;
        assert_eq!(grown.status, 200, "{}", grown.text());
    }
}

/// Nobody learns who works elsewhere: the same is said of those and of nobody.
#[tokio::test]
async fn a_centre_looks_nobody_up() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let lead = app.token("QZ9", Role::Coordinator).await;
        for (of, role) in [("Y91", Role::Coordinator), ("QZ9", Role::Publisher)] {
            Person::of(&app, of, role).await;
        }
        let name = async |email: &str| {
            let body = json!({"name": "Probe", "members": ["QZ9", "Z1Q9Z"],
                "people": [{"email": email, "role": "viewer"}]});
            app.api(&lead, "POST", "/api/v1/centres", body).await
        };
        let theirs = name("coordinator.y91@example.org").await;
        let nobodys = name("nobody@example.org").await;
        assert_eq!((theirs.status.as_u16(), nobodys.status.as_u16()), (422, 422), "{}", theirs.text());
        let said = |answer: &Answer, email: &str| answer.json()["errors"].to_string().replace(email, "");
        assert_eq!(said(&theirs, "coordinator.y91@example.org"), said(&nobodys, "nobody@example.org"));
        let own = name("publisher.qz9@example.org").await;
        assert_eq!(own.status, 201, "{}", own.text());
    }
}
