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
            is_withdrawn: false,
            created_at: at,
            declared_by: "NHS England".into(),
            systems: vec!["EMIS Web".into()],
        },
        organisation: Place { code: OrgCode::root(), name: "NHS England".into() },
        counts: Counts { reached: 60, affected: 10, silent: 50, ..Counts::default() },
        areas: Vec::new(),
        lines: vec![LineCount {
            line: Line::Phones,
            state: "down".into(),
            organisations: 4,
            session: None,
            day: None,
        }],
        later: Vec::new(),
        not_known: Vec::new(),
        messages: BTreeMap::new(),
        messages_to_staff: Some(BTreeMap::from([(DeliveryState::Accepted, 7)])),
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
    now.messages_to_staff = Some(BTreeMap::from([(DeliveryState::Accepted, 9)]));
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
        ["1 more update was posted.", "Messages to staff accepted: 9, 2 more.", "Servers are now counted."]
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

/// What a region pressed for a place is not what the place said.
#[test]
fn what_others_said_for_places_is_told_apart() {
    let mut now = content();
    let told = |c: &Content| methane(c, &Commentary::default())[5].2.clone();
    assert!(told(&now).starts_with("10 say that they are affected. 50 have not answered."), "{}", told(&now));
    now.counts.affected_by_others = 9;
    let said = "1 says that it is affected. For 9 more, others say so. 50 have not answered.";
    assert!(told(&now).starts_with(said), "{}", told(&now));
    // Older reports have the hash that they were signed with.
    let none = serde_json::to_value(content().counts).unwrap();
    assert!(none.get("affected_by_others").is_none(), "{none}");
}

/// What others say is over is not back to normal while places have not said so.
#[test]
fn an_end_that_is_not_confirmed_everywhere_is_not_back_to_normal() {
    let mut over = content();
    over.incident.stage = Stage::Resolved;
    let told = |c: &Content| methane(c, &Commentary::default())[0].2.clone();
    assert_eq!(told(&over), "EXERCISE, level 3. Said to be over, and not confirmed everywhere.");
    let before = over.clone();
    let moved =
        "It moved from \"We know what is wrong\" to \"Said to be over, and not confirmed everywhere\".";
    assert_eq!(changes(&content(), &over), [moved], "as it says where it stands");
    (over.counts.affected, over.counts.silent) = (0, 0);
    assert_eq!(told(&over), "EXERCISE, level 3. Back to normal.");
    let moved = "It moved from \"Said to be over, and not confirmed everywhere\" to \"Back to normal\".";
    assert_eq!(changes(&before, &over)[0], moved);
    over.incident.is_withdrawn = true;
    assert_eq!(told(&over), "EXERCISE, level 3. Withdrawn.");
}

/// A report that was signed before is the same bytes: its hash is in the chain.
#[test]
fn what_was_not_withdrawn_is_kept_as_before() {
    let kept = serde_json::to_value(content()).unwrap();
    assert!(kept["incident"].get("is_withdrawn").is_none(), "{kept}");
    assert_eq!(serde_json::from_value::<Content>(kept).unwrap(), content());
}

#[test]
fn only_signing_needs_a_summary() {
    let empty = Commentary::default();
    assert_eq!(empty.check(false), []);
    assert_eq!(empty.check(true)[0].pointer, "/summary");
    let long = Commentary { risks: "x".repeat(MAX_PART + 1), ..empty };
    assert_eq!(long.check(false)[0].pointer, "/risks");
}

/// Patients were told what patients were told, and nothing of what staff were asked.
#[test]
fn messages_to_staff_are_no_messages_to_the_public() {
    let told = |c: &Content| methane(c, &Commentary::default())[6].2.clone();
    let mut now = content();
    now.incident.kind = Kind::Live;
    let public =
        [(DeliveryState::Accepted, 80), (DeliveryState::Delivered, 10), (DeliveryState::Captured, 3)];
    now.messages = BTreeMap::from(public);
    now.messages_to_staff = Some(BTreeMap::from([(DeliveryState::Accepted, 423)]));
    let partners = "Partners: None recorded.";
    assert_eq!(told(&now), format!("90 messages to the public. 423 messages to staff on duty. {partners}"));
    let mut later = now.clone();
    later.messages.insert(DeliveryState::Delivered, 12);
    later.messages_to_staff = Some(BTreeMap::from([(DeliveryState::Accepted, 424)]));
    assert_eq!(
        changes(&now, &later),
        ["Messages to the public delivered: 12, 2 more.", "Messages to staff accepted: 424, 1 more."]
    );
    now.messages_to_staff = Some(BTreeMap::new());
    assert_eq!(told(&now), format!("90 messages to the public. {partners}"));
    now.messages = BTreeMap::from([(DeliveryState::Accepted, 1)]);
    assert_eq!(told(&now), format!("1 message to the public. {partners}"));
    // An older report does not tell them apart, and is not held against one that does.
    let old = Content { messages_to_staff: None, ..now.clone() };
    assert_eq!(told(&old), format!("1 message to the public and to staff on duty. {partners}"));
    assert_eq!(changes(&old, &now), ["Nothing has changed in these figures."]);
}

/// A session is not the whole day, and one of a later day is no trouble of today.
#[test]
fn a_session_is_told_with_its_day() {
    let of = |state: &str, session, day: &str| LineCount {
        line: Line::Radiotherapy,
        state: state.into(),
        organisations: 1,
        session: Some(session),
        day: day.parse().ok(),
    };
    let mut now = content();
    now.lines.clear();
    let morning = of("cancelled", Session::Morning, "2024-07-20");
    now.later = vec![morning.clone(), of("delayed", Session::Afternoon, "2024-07-20")];
    assert_eq!(
        methane(&now, &Commentary::default())[4].2,
        "Every line is as usual where it reaches. Not as usual on a later day: \
         Radiotherapy: cancelled in the morning of 20 July 2024 at 1 organisation; \
         Radiotherapy: delays in the afternoon of 20 July 2024 at 1 organisation."
    );
    // The next day it is today's, and that is no change of it.
    let next = Content { lines: now.later.clone(), later: Vec::new(), ..now.clone() };
    assert_eq!(changes(&now, &next), ["Nothing has changed in these figures."]);
    let stored = serde_json::to_value(&morning).unwrap();
    assert_eq!((&stored["session"], &stored["day"]), (&"morning".into(), &"2024-07-20".into()));
    let old: LineCount =
        serde_json::from_value(serde_json::json!({"line": "phones", "state": "down", "organisations": 4}))
            .unwrap();
    assert_eq!(old, content().lines[0]);
}
