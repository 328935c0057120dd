//! Whom an incident reaches, as properties over invented regions.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use signpost::domain::cascade::{Touch, reach, touches};
use signpost::domain::facts::{Situation, facts};
use signpost::domain::incident::{Answer, Incident, Kind, Response, Stage, Target, Update};
use signpost::domain::line::Lines;
use signpost::domain::org::{Directory, Link, LinkKind, Org, OrgCode, OrgKind, OrgStatus};
use signpost::domain::system::{Catalogue, SystemKey};
use uuid::Uuid;

fn code(text: &str) -> OrgCode {
    OrgCode::parse(text).unwrap()
}

fn org(text: &str, kind: OrgKind) -> Org {
    Org {
        code: code(text),
        name: text.into(),
        kind,
        status: OrgStatus::Active,
        address: String::new(),
        town: String::new(),
        postcode: String::new(),
        phone: String::new(),
        opened: None,
        closed: None,
        placeholder: false,
    }
}

fn link(child: &str, parent: &str) -> Link {
    Link { child: code(child), parent: code(parent), kind: LinkKind::Parent, joined: None, left: None }
}

/// A practice: its board, the systems it uses, whether it has closed.
type Practice = (u8, Vec<usize>, bool);
const SYSTEMS: [&str; 6] = ["emis-web", "systmone", "online-form", "gp-phone", "windows", "eps"];

fn practices() -> impl Strategy<Value = Vec<Practice>> {
    let one = (0u8..4, proptest::collection::vec(0usize..SYSTEMS.len(), 0..4), proptest::bool::weighted(0.1));
    proptest::collection::vec(one, 1..40)
}

fn name(i: usize) -> String {
    format!("P{i:05}")
}

fn directory(practices: &[Practice]) -> Directory {
    let mut orgs =
        vec![org("X24", OrgKind::Nation), org("Y01", OrgKind::Region), org("Y02", OrgKind::Region)];
    let mut links = vec![link("Y01", "X24"), link("Y02", "X24")];
    for b in 0..4 {
        let board = format!("Q0{b}");
        orgs.push(org(&board, OrgKind::Icb));
        links.push(link(&board, if b < 2 { "Y01" } else { "Y02" }));
    }
    let mut uses = Vec::new();
    for (i, (board, systems, closed)) in practices.iter().enumerate() {
        let mut practice = org(&name(i), OrgKind::Practice);
        practice.status = if *closed { OrgStatus::Closed } else { OrgStatus::Active };
        orgs.push(practice);
        links.push(link(&name(i), &format!("Q0{board}")));
        // Some hang below two boards: reached twice over, told once.
        if i % 7 == 0 {
            links.push(link(&name(i), "Q00"));
        }
        uses.extend(systems.iter().map(|s| (code(&name(i)), SystemKey::new(SYSTEMS[*s]))));
    }
    Directory::new(orgs, links, uses, NaiveDate::from_ymd_opt(2024, 7, 19).unwrap())
}

fn catalogue() -> Catalogue {
    signpost::app::catalogue().unwrap()
}

fn at() -> DateTime<Utc> {
    "2024-07-19T07:00:00Z".parse().unwrap()
}

fn incident(n: u128, target: Target, by: &str, lines: serde_json::Value, minutes: i64) -> Arc<Incident> {
    let (id, when) = (Uuid::from_u128(n), at() + Duration::minutes(minutes));
    Arc::new(Incident {
        id,
        title: format!("Incident {n}").as_str().into(),
        target,
        declared_by: code(by),
        kind: Kind::Live,
        level: None,
        created_at: when,
        updates: vec![Update {
            id: Uuid::from_u128(n + 1000),
            incident: id,
            seq: 1,
            stage: Stage::Identified,
            lines: Lines::parse(&lines).unwrap(),
            message: None,
            published_at: when,
            next_update_by: when + Duration::hours(2),
            said_by: code(by),
            withdrawn_at: None,
            corrects: None,
        }],
        note: None,
    })
}

fn system(key: &str, scope: &str) -> Target {
    Target::System { system: SystemKey::new(key), scope: code(scope) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nobody_twice_and_nobody_outside(all in practices(), scope in 0usize..7, key in 0usize..SYSTEMS.len()) {
        let (directory, catalogue) = (directory(&all), catalogue());
        let scope = ["X24", "Y01", "Y02", "Q00", "Q01", "Q02", "Q03"][scope];
        let reached = reach(&system(SYSTEMS[key], scope), &directory, &catalogue);
        let mut once = reached.clone();
        once.dedup();
        prop_assert_eq!(&reached, &once, "in order, nobody twice");
        let stopped = catalogue.dependents(&SystemKey::new(SYSTEMS[key])).unwrap();
        for (i, (_, _, closed)) in all.iter().enumerate() {
            let practice = code(&name(i));
            let uses = directory.systems_of(&practice).iter().any(|s| stopped.contains(s));
            let expected = uses && !closed && directory.is_at_or_below(&practice, &code(scope));
            prop_assert_eq!(reached.contains(&practice), expected, "{}", practice);
        }
    }

    #[test]
    fn a_wider_scope_reaches_no_fewer(all in practices(), key in 0usize..SYSTEMS.len()) {
        let (directory, catalogue) = (directory(&all), catalogue());
        let reached = |scope| reach(&system(SYSTEMS[key], scope), &directory, &catalogue);
        let wide = reached("X24");
        for narrow in ["Y01", "Q00", "Q03"] {
            prop_assert!(reached(narrow).iter().all(|c| wide.contains(c)));
        }
    }

    #[test]
    fn the_order_of_events_does_not_matter(all in practices(), seed in any::<u64>()) {
        let (directory, catalogue) = (directory(&all), catalogue());
        let mut incidents = vec![
            incident(1, system("emis-web", "Y01"), "Y01", serde_json::json!({"attend": "come_unless_contacted", "booking": "urgent_only"}), 0),
            incident(2, system("windows", "X24"), "X24", serde_json::json!({"attend": "do_not_come"}), 5),
            incident(3, system("online-form", "Q00"), "Q00", serde_json::json!({"online_form": "off"}), 10),
            incident(4, Target::Area { scope: code("Q01") }, "Q01", serde_json::json!({"phones": "limited"}), 15),
        ];
        let situation = |incidents: &[Arc<Incident>]| Situation {
            incidents: incidents.to_vec(),
            responses: answers(&all),
            ..Situation::default()
        };
        let before = situation(&incidents);
        let turn = usize::try_from(seed % 4).unwrap();
        incidents.rotate_left(turn);
        incidents.swap(0, 2);
        let after = situation(&incidents);
        for org in directory.iter() {
            let now = at() + Duration::minutes(30);
            let (a, b) = (facts(org, &before, &directory, &catalogue).at(now), facts(org, &after, &directory, &catalogue).at(now));
            prop_assert_eq!(a.headline, b.headline);
            prop_assert_eq!(a.lines, b.lines);
        }
    }

    #[test]
    fn an_unrelated_incident_changes_nothing(all in practices()) {
        let (directory, catalogue) = (directory(&all), catalogue());
        let one = incident(1, system("emis-web", "X24"), "X24", serde_json::json!({"attend": "come_unless_contacted"}), 0);
        // Nobody here uses the radiotherapy system.
        let other = incident(2, system("radiotherapy", "X24"), "X24", serde_json::json!({"attend": "do_not_come"}), 3);
        let alone = Situation { incidents: vec![Arc::clone(&one)], ..Situation::default() };
        let both = Situation { incidents: vec![other, one], ..Situation::default() };
        for org in directory.iter().filter(|o| o.kind == OrgKind::Practice) {
            prop_assert_eq!(facts(org, &alone, &directory, &catalogue), facts(org, &both, &directory, &catalogue));
        }
    }

    #[test]
    fn unknown_systems_are_possible_and_never_reached(all in practices()) {
        let (directory, catalogue) = (directory(&all), catalogue());
        let target = system("emis-web", "X24");
        for org in directory.iter().filter(|o| o.kind == OrgKind::Practice && o.status == OrgStatus::Active) {
            let known = directory.systems_of(&org.code);
            let records = known.iter().any(|s| ["emis-web", "systmone"].contains(&s.as_str()));
            let touch = touches(&target, org, &directory, &catalogue);
            let emis = known.iter().any(|s| s.as_str() == "emis-web");
            let expected = if emis { Some(Touch::Reached) } else if records { None } else { Some(Touch::Possible) };
            prop_assert_eq!(touch, expected, "{:?}", known);
        }
    }
}

/// Every third practice has answered the first incident.
fn answers(all: &[Practice]) -> HashMap<(Uuid, OrgCode), Response> {
    (0..all.len())
        .step_by(3)
        .map(|i| {
            let answer = [Answer::NotAffected, Answer::Busy, Answer::Affected][i % 3];
            let response = Response {
                incident: Uuid::from_u128(1),
                organisation: code(&name(i)),
                answer,
                lines: Lines::default(),
                message: None,
                made_at: at() + Duration::minutes(20),
            };
            ((Uuid::from_u128(1), code(&name(i))), response)
        })
        .collect()
}
