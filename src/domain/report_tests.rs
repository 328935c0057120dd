//! What a report says, counted by hand.

use super::*;

fn content() -> Content {
    let at: DateTime<Utc> = "2024-07-19T08:00:00Z".parse().unwrap();
    Content {
        as_at: at,
        incident: About {
            id: Uuid::nil(),
            title: "EMIS Web is not working".into(),
            kind: Kind::Exercise,
            level: Some(3),
            stage: Stage::Identified,
            created_at: at,
            declared_by: "NHS England".into(),
            systems: vec!["EMIS Web".into()],
        },
        organisation: Place { code: OrgCode::root(), name: "NHS England".into() },
        counts: Counts { reached: 60, affected: 10, silent: 50, ..Counts::default() },
        areas: Vec::new(),
        lines: vec![LineCount { line: Line::Phones, state: "down".into(), organisations: 4 }],
        not_known: Vec::new(),
        messages: BTreeMap::from([(DeliveryState::Accepted, 7)]),
        said: None,
        updates: 1,
        counters: Vec::new(),
        next_due: None,
        changes: Vec::new(),
    }
}

#[test]
fn what_changed_is_said_and_what_did_not_is_left_out() {
    let before = content();
    assert_eq!(changes(&before, &before), ["Nothing has changed in these figures."]);
    let mut now = content();
    now.incident.stage = Stage::Limited;
    now.counts = Counts { affected: 14, silent: 46, ..now.counts };
    now.lines.clear();
    now.updates = 2;
    now.messages.insert(DeliveryState::Accepted, 9);
    let counted = Counted {
        id: Uuid::nil(),
        name: "Servers".into(),
        unit: "servers".into(),
        done: 5,
        total: 10,
        at: now.as_at,
        outlook: String::new(),
    };
    now.counters = vec![counted];
    let said = changes(&before, &now);
    assert_eq!(said[1..3], ["Affected: 14, 4 more.", "Have not answered: 46, 4 fewer."]);
    assert_eq!(said[3], "Phone lines: not working: 0, 4 fewer.");
    assert_eq!(
        said[4..],
        ["1 more update was posted.", "Messages accepted: 9, 2 more.", "Servers are now counted."]
    );
}

/// What has run out did not recover.
#[test]
fn what_has_run_out_is_not_known_and_never_as_usual() {
    let before = content();
    let mut now = content();
    now.not_known = std::mem::take(&mut now.lines);
    let told = methane(&now, &Commentary::default());
    assert_eq!(
        told[4].2,
        "Nobody has said anything new of these: Phone lines: not known, last not working at 4 \
         organisations. All other lines are as usual."
    );
    assert_eq!(
        changes(&before, &now),
        ["Phone lines: not working: 0, 4 fewer.", "Phone lines: not known, last not working: 4, 4 more."]
    );
    assert_eq!(told[6].2, "No patient was told. 7 messages to staff. Partners: None recorded.");
}

#[test]
fn methane_says_exercise_and_never_leaves_a_letter_empty() {
    let told = methane(&content(), &Commentary::default());
    assert_eq!(told.iter().map(|(letter, ..)| *letter).collect::<String>(), "METHANE");
    assert!(told[0].2.starts_with("EXERCISE, level 3."));
    assert!(
        told[4].2.starts_with("Not as usual: Phone lines: not working at 4 organisations."),
        "{}",
        told[4].2
    );
    assert!(told.iter().all(|(.., text)| !text.is_empty()));
    assert_eq!(told[3].2, "None recorded.");
}

#[test]
fn only_signing_needs_a_summary() {
    let empty = Commentary::default();
    assert_eq!(empty.check(false), []);
    assert_eq!(empty.check(true)[0].pointer, "/summary");
    let long = Commentary { risks: "x".repeat(MAX_PART + 1), ..empty };
    assert_eq!(long.check(false)[0].pointer, "/risks");
}
