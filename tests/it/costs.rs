//! What messages cost, told before they are sent: as many as leave then.

use serde_json::json;
use signpost::domain::cost::Prices;
use signpost::domain::user::Role;

use crate::delivery::{NUMBER, Provider};
use crate::harness::{Driver, TestApp};
use crate::overtaken::{OTHER, THIRD};

/// Readers of several places are told once for each answer about coming, and pay for each.
#[tokio::test]
async fn a_preview_counts_the_messages_that_leave() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let provider = Provider::with(&mut app).await;
        app.desk = app.desk.clone().with_prices(Prices { sms_part: Some(1.0), whatsapp: None });
        let rows = [(NUMBER, "Z80001"), (NUMBER, "Z80002"), (NUMBER, "Z80003")];
        let rows = rows.into_iter().chain([(OTHER, "Z80001"), (THIRD, "Z80001"), (THIRD, "Z80003")]);
        let rows: Vec<_> = rows.map(|(number, place)| (number, "sms", place)).collect();
        app.subscribers(&rows).await;
        let place = app.token("Z80002", Role::Publisher).await;
        let region = app.token("X24", Role::Coordinator).await;
        let body = json!({"system": "emis-web"});
        let mut costs = Vec::new();
        for lines in [json!({}), json!({"attend": "do_not_come"})] {
            let path = "/api/v1/organisations/Z80002/lines";
            assert!(app.api(&place, "PUT", path, json!({"lines": lines})).await.status.is_success());
            let preview = app.api(&region, "POST", "/api/v1/incidents/preview", body.clone()).await.json();
            assert_eq!(preview["reach"]["recipients"]["sms"], 3, "people");
            costs.push(preview["cost_pence"].as_f64().unwrap());
        }
        let each = costs[0] / 3.0;
        assert_eq!(costs[1], each * 4.0);
        let posted = app.api(&region, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        app.run_workers().await;
        let sent = [NUMBER, OTHER, THIRD].map(|number| provider.copies(number));
        assert_eq!(sent, [2, 1, 1]);
    }
}
