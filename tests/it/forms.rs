//! The page in the forms that programs read.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration};
use serde_json::Value;
use signpost::page::statuspage::{Endpoint, statuspage};
use signpost::page::{feed, json};

use super::samples::{Sample, all, id, sample};

#[test]
fn the_same_facts_give_the_same_bytes() {
    for (one, two) in all().into_iter().zip(all()) {
        assert_eq!(one.html(), two.html());
        assert_eq!(one.with(json::status_json), two.with(json::status_json));
        assert_eq!(one.with(feed::atom), two.with(feed::atom));
        for (_, endpoint) in Endpoint::ALL {
            assert_eq!(one.with(|c| statuspage(c, *endpoint)), two.with(|c| statuspage(c, *endpoint)));
        }
    }
}

#[test]
fn status_json_is_as_the_contract_has_it() {
    let text = sample("confirmed-phones-down").with(json::status_json);
    insta::assert_snapshot!(text, @r#"
    {
      "organisation": {
        "code": "Z90101",
        "name": "Copperwick Street Surgery",
        "kind": "practice",
        "town": "Saltmere",
        "postcode": "ZM1 2AB"
      },
      "headline": {
        "state": "serious",
        "text": "Come to your appointment unless we contact you."
      },
      "lines": [
        {
          "line": "attend",
          "state": "come_unless_contacted",
          "text": "Come to your appointment unless we contact you.",
          "said_by": {
            "code": "Y90",
            "name": "Copperdale"
          },
          "since": "2024-07-19T06:20:00.000Z",
          "expires_at": "2024-07-19T09:20:00.000Z"
        },
        {
          "line": "phones",
          "state": "down",
          "text": "Our phones are not working. Phone 07700 900123 instead.",
          "said_by": {
            "code": "Z90101",
            "name": "Copperwick Street Surgery"
          },
          "since": "2024-07-19T06:50:00.000Z",
          "expires_at": "2024-07-19T17:30:00.000Z"
        },
        {
          "line": "online_form",
          "state": "off",
          "text": "Our online form is switched off.",
          "said_by": {
            "code": "Z90101",
            "name": "Copperwick Street Surgery"
          },
          "since": "2024-07-19T06:50:00.000Z",
          "expires_at": "2024-07-19T17:30:00.000Z"
        },
        {
          "line": "booking",
          "state": "urgent_only",
          "text": "We can only book urgent appointments.",
          "said_by": {
            "code": "Y90",
            "name": "Copperdale"
          },
          "since": "2024-07-19T06:20:00.000Z",
          "expires_at": "2024-07-19T09:20:00.000Z"
        },
        {
          "line": "prescriptions",
          "state": "urgent_on_paper",
          "text": "We can only give urgent prescriptions, on paper.",
          "said_by": {
            "code": "Y90",
            "name": "Copperdale"
          },
          "since": "2024-07-19T06:20:00.000Z",
          "expires_at": "2024-07-19T09:20:00.000Z"
        },
        {
          "line": "test_results",
          "state": "delayed",
          "text": "Test results may be late. We will contact you if one is urgent.",
          "said_by": {
            "code": "Y90",
            "name": "Copperdale"
          },
          "since": "2024-07-19T06:20:00.000Z",
          "expires_at": "2024-07-19T09:20:00.000Z"
        },
        {
          "line": "records",
          "state": "on_paper",
          "text": "We are using paper notes. Bring a list of your medicines and allergies.",
          "said_by": {
            "code": "Y90",
            "name": "Copperdale"
          },
          "since": "2024-07-19T06:20:00.000Z",
          "expires_at": "2024-07-19T09:20:00.000Z"
        }
      ],
      "incidents": [
        {
          "id": "0190c000-0000-7000-8000-000000000001",
          "title": "GP surgery computer system is not working",
          "kind": "live",
          "state": "identified",
          "system": "emis-web",
          "declared_by": "Y90",
          "confirmation": "confirmed",
          "updates": [
            {
              "id": "0190c000-0000-7000-8000-000000000065",
              "text": "Our computer system is not working. We can only deal with urgent problems today.",
              "published_at": "2024-07-19T06:20:00.000Z",
              "next_update_by": "2024-07-19T08:20:00.000Z",
              "withdrawn": false
            }
          ]
        }
      ],
      "planned": [],
      "messages": [
        {
          "text": "Our usual phones are not working.\nUse our mobile number or come to the front desk if it is urgent.",
          "lang": "en",
          "said_by": "Copperwick Street Surgery"
        }
      ],
      "checked_at": "2024-07-19T07:41:00.000Z",
      "next_update_by": "2024-07-19T08:20:00.000Z",
      "freshness": "current"
    }
    "#);
    let order: Vec<usize> = [
        "\"organisation\"",
        "\"headline\"",
        "\"lines\"",
        "\"incidents\"",
        "\"checked_at\"",
        "\n  \"next_update_by\"",
        "\"freshness\"",
    ]
    .iter()
    .map(|key| text.find(key).unwrap())
    .collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn statuspage_clients_find_their_fields() {
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for sample in all() {
        for (path, endpoint) in Endpoint::ALL {
            let value: Value = serde_json::from_str(&sample.with(|c| statuspage(c, *endpoint))).unwrap();
            let expected: &[&str] = match *path {
                "summary.json" => &["components", "incidents", "page", "scheduled_maintenances", "status"],
                "status.json" => &["page", "status"],
                "components.json" => &["components", "page"],
                "incidents.json" | "incidents/unresolved.json" => &["incidents", "page"],
                _ => &["page", "scheduled_maintenances"],
            };
            assert_eq!(
                keys(&value).into_iter().collect::<BTreeSet<_>>(),
                expected.iter().map(|k| (*k).to_owned()).collect(),
                "{path}"
            );
            check_values(&value);
        }
    }
}

/// Known words only, times with fractions, newest first.
fn check_values(value: &Value) {
    let one_of = |value: &Value, all: &[&str]| assert!(all.contains(&value.as_str().unwrap()), "{value}");
    if let Some(status) = value.get("status") {
        one_of(&status["indicator"], &["none", "minor", "major", "critical"]);
        assert!(status["description"].is_string());
    }
    for component in value["components"].as_array().into_iter().flatten() {
        one_of(
            &component["status"],
            &["operational", "degraded_performance", "partial_outage", "major_outage"],
        );
        assert_eq!(component["page_id"], value["page"]["id"]);
    }
    let incidents: Vec<&Value> = value["incidents"].as_array().into_iter().flatten().collect();
    assert!(incidents.is_sorted_by(|a, b| a["created_at"].as_str() >= b["created_at"].as_str()));
    for incident in incidents {
        one_of(&incident["status"], &["investigating", "identified", "monitoring", "resolved"]);
        one_of(&incident["impact"], &["none", "minor", "major", "critical"]);
        let updates = incident["incident_updates"].as_array().unwrap();
        assert!(updates.is_sorted_by(|a, b| a["created_at"].as_str() >= b["created_at"].as_str()));
        for key in ["created_at", "updated_at", "started_at"] {
            let time = incident[key].as_str().unwrap();
            assert!(time.contains('.') && DateTime::parse_from_rfc3339(time).is_ok(), "{time}");
        }
    }
}

#[test]
fn statuspage_says_what_the_page_says() {
    let read = |name: &str| -> Value {
        serde_json::from_str(&sample(name).with(|c| statuspage(c, Endpoint::Summary))).unwrap()
    };
    let indicator = |name: &str| read(name)["status"]["indicator"].as_str().unwrap().to_owned();
    assert_eq!(
        ["normal", "busy", "emis-unconfirmed", "confirmed-phones-down", "expired", "closed"].map(indicator),
        ["none", "minor", "major", "critical", "major", "critical"]
    );
    let summary = read("confirmed-phones-down");
    let phones =
        summary["components"].as_array().unwrap().iter().find(|c| c["name"] == "Phone lines").unwrap();
    assert_eq!(phones["status"], "major_outage");
    assert_eq!(phones["nhs"]["said_by"]["code"], "Z90101");
    assert_eq!(summary["incidents"][0]["status"], "identified");
    assert_eq!(read("busy")["incidents"], Value::Array(vec![]), "not its own any more");
    let resolved = read("resolved")["incidents"].clone();
    assert_eq!(resolved[0]["status"], "monitoring", "the place has not said that it is back to normal");
}

#[test]
fn the_feed_is_atom_with_ids_that_stay() {
    let sample = sample("resolved");
    let feed: atom_syndication::Feed = sample.with(feed::atom).parse().unwrap();
    let ids: Vec<String> = feed.entries.iter().map(|e| e.id.clone()).collect();
    assert_eq!(ids, [103, 102, 101].map(|n| format!("urn:uuid:{}", id(n))));
    let later = Sample { now: sample.now + Duration::minutes(5), ..sample };
    let again: atom_syndication::Feed = later.with(feed::atom).parse().unwrap();
    assert_eq!(feed, again, "the clock alone changes nothing");
}
