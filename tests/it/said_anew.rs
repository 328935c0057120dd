//! "Do not come" is not the last word once the place has taken it back.

use serde_json::json;
use signpost::domain::subscriber::Channel;
use signpost::store::subscribers;

use crate::delivery::NUMBER;
use crate::each_place::Reader;
use crate::harness::Driver;

#[tokio::test]
async fn who_was_told_not_to_come_with_the_end_hears_once_that_they_may() {
    for driver in Driver::BOTH {
        for leaves in [false, true] {
            let mut day = Reader::new(driver, &["Z80002"]).await;
            let emis = day.declare(json!({"system": "emis-web"})).await;
            assert_eq!(day.hears().await.len(), 1);
            let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
            day.answers("Z80002", &emis, shut).await;
            assert_eq!(day.hears().await.len(), 0);
            let end = day.says(&emis, json!({"state": "resolved"})).await;
            let told = day.hears().await;
            assert!(told.len() == 1 && told[0].contains("Do not come"), "{told:?}");
            if leaves {
                let mut tx = day.app.desk.db.write().await.unwrap();
                let hash = day.app.desk.keys.index("sms", NUMBER);
                let reader = subscribers::lock_by_hash(&mut tx, Channel::Sms, &hash).await.unwrap().unwrap();
                subscribers::leave(&mut tx, reader.id, day.app.now()).await.unwrap();
                tx.commit().await.unwrap();
            }
            for n in 0..2 {
                day.answers("Z80002", &emis, json!({"answer": "recovered", "lines": {}})).await;
                day.app.advance(chrono::Duration::seconds(5));
                let told = day.hears().await;
                let is_told = told.len() == 1 && told[0].contains("Come to your appointment");
                assert_eq!(is_told, n == 0 && !leaves, "{n} {leaves}: {told:?}");
                assert!(is_told || told.is_empty(), "{told:?}");
            }
            if !leaves {
                let counts = day.app.counts(&day.region, &crate::approvals::update_of(&end)).await;
                assert_eq!(counts["sms"]["accepted"], 1, "{counts}");
            }
        }
    }
}
