//! Whom an incident reaches, as properties over invented regions.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use signpost::domain::cascade::{Touch, reach, touches};
use signpost::domain::facts::{Everywhere, Situation, facts};
use signpost::domain::incident::{Answer, Incident, Kind, Response, Stage, Target, Update};
use signpost::domain::line::{Line, Lines};
use signpost::domain::org::{Directory, Link, LinkKind, Org, OrgCode, OrgKind, OrgStatus};
use signpost::domain::system::{Catalogue, SystemKey};
use uuid::Uuid;

fn code(text: &str) -> OrgCode {
    OrgCode::parse(text).unwrap()
}

fn org(text: &str, kind: OrgKind) -> Org {
    Org::named(code(text), text.into(), kind)
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
                by: None,
                message_by: None,
                was_affected: false,
            };
            ((Uuid::from_u128(1), code(&name(i))), response)
        })
        .collect()
}

/// The same with pharmacies: surgery `n` has so many of them, from its own number on.
fn with_pharmacies(practices: &[Practice], pharmacies: usize, each: usize) -> Directory {
    let plain = directory(practices);
    let mut orgs: Vec<Org> = plain.iter().map(|org| org.as_ref().clone()).collect();
    let links: Vec<Link> =
        plain.links().map(|(child, parent)| link(child.as_str(), parent.as_str())).collect();
    let uses = plain.uses().map(|(org, system)| (org.clone(), system.clone())).collect();
    orgs.extend((0..pharmacies).map(|i| org(&format!("F{i:05}"), OrgKind::Pharmacy)));
    let dispensed = (0..practices.len())
        .flat_map(|n| (0..each).map(move |k| (name(n), format!("F{:05}", (n + k * k) % pharmacies))));
    let mut dispensed: Vec<_> = dispensed.map(|(a, b)| (code(&a), code(&b))).collect();
    dispensed.sort();
    dispensed.dedup();
    Directory::new(orgs, links, uses, NaiveDate::from_ymd_opt(2024, 7, 19).unwrap())
        .with_pharmacies(dispensed)
}

fn outages() -> Vec<Arc<Incident>> {
    let lines = serde_json::json!({"prescriptions": "urgent_on_paper"});
    vec![
        incident(1, system("emis-web", "X24"), "X24", lines.clone(), 0),
        incident(2, system("windows", "Y01"), "Y01", lines.clone(), 5),
        incident(3, system("gp-phone", "X24"), "X24", serde_json::json!({"phones": "down"}), 7),
        incident(4, Target::Area { scope: code("Q01") }, "Q01", lines, 10),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// One page at a time, or all at once: a pharmacy is told the same, and it is
    /// slower exactly when one of its surgeries is reached and not back.
    #[test]
    fn a_pharmacy_is_slower_when_one_of_its_surgeries_is(all in practices(), each in 0usize..4) {
        let (directory, catalogue) = (with_pharmacies(&all, 15, each), catalogue());
        let situation = Situation { incidents: outages(), responses: answers(&all), ..Situation::default() };
        let everywhere = Everywhere::new(&situation, &directory, &catalogue);
        for org in directory.iter() {
            let alone = facts(org, &situation, &directory, &catalogue);
            prop_assert_eq!(&everywhere.facts(org), &alone, "{}", org.code);
            let slowed = |i: &&Arc<Incident>| {
                let wrong = |surgery: &&OrgCode| {
                    let org = directory.get(surgery).unwrap();
                    let response = situation.responses.get(&(i.id, (*surgery).clone()));
                    touches(&i.target, org, &directory, &catalogue) == Some(Touch::Reached)
                        && !response.is_some_and(|r| r.answer.clears())
                };
                i.lines().get(Line::Prescriptions).is_some() && directory.surgeries_of(&org.code).iter().any(|s| wrong(&s))
            };
            let expected: Vec<Uuid> = situation.incidents.iter().filter(slowed).map(|i| i.id).collect();
            // Who said "affected" where nobody had recorded the system counts as well.
            let said = |i: &Uuid| situation.responses.iter().any(|((id, surgery), r)| {
                id == i && r.answer == Answer::Affected && directory.surgeries_of(&org.code).contains(surgery)
            });
            let found: Vec<Uuid> = alone.linked.iter().map(|l| l.incident.id).filter(|i| expected.contains(i) || !said(i)).collect();
            prop_assert_eq!(found, expected, "{}", &org.code);
        }
    }
}

/// England: every page within a second of a national incident, also in a build
/// that is not optimised.
#[test]
fn a_country_of_pharmacies_is_worked_out_at_once() {
    let all: Vec<Practice> = (0..6_200).map(|n| ((n % 4) as u8, vec![n % 3, 4], false)).collect();
    let (directory, catalogue) = (with_pharmacies(&all, 10_600, 15), catalogue());
    let quiet = Situation::default();
    let loud = Situation { incidents: outages(), ..Situation::default() };
    let took = |situation: &Situation| {
        let begun = std::time::Instant::now();
        let everywhere = Everywhere::new(situation, &directory, &catalogue);
        let slower: usize = directory.iter().map(|org| everywhere.facts(org).linked.len().min(1)).sum();
        (slower, begun.elapsed())
    };
    let (none, before) = took(&quiet);
    let begun = std::time::Instant::now();
    drop(Everywhere::new(&loud, &directory, &catalogue));
    let alone = begun.elapsed();
    let (slower, after) = took(&loud);
    println!("quiet {before:?}, with {slower} pharmacies slower {after:?}, of which the links {alone:?}");
    assert_eq!(none, 0);
    assert!(slower > 6_000, "{slower}");
    assert!(alone < std::time::Duration::from_secs(2), "{alone:?}");
}
