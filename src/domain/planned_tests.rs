use serde_json::json;

use super::super::planned_words;
use super::*;
use crate::words::{self, Locale, english, sentences};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every Sunday from 2am to 5am, on a Wednesday's word.
fn weekly(starts: &str, ends: &str, until: Option<&str>) -> Planned {
    let starts_at = at(starts);
    Planned {
        id: Uuid::from_u128(1),
        title: "New phone system".into(),
        message: None,
        target: Target::Area { scope: OrgCode::root() },
        lines: Lines::parse(&json!({"phones": "down"})).unwrap(),
        planned_by: OrgCode::root(),
        starts_at,
        ends_at: at(ends),
        repeat: Some(Repeat {
            pattern: Pattern::Weekly { interval: 1, days: vec![Day::of(london(starts_at).date_naive())] },
            until: until.map(day),
        }),
        remind_hours: 24,
        created_at: at(starts) - Duration::days(7),
        steps: Vec::new(),
    }
}

fn step(planned: &mut Planned, kind: StepKind, on: Option<&str>, ends: Option<&str>, when: &str) {
    planned.steps.push(Step {
        id: Uuid::from_u128(planned.steps.len() as u128 + 10),
        planned: planned.id,
        seq: i32::try_from(planned.steps.len()).unwrap() + 1,
        kind,
        day: on.map(day),
        ends_at: ends.map(at),
        message: None,
        at: at(when),
        said_by: OrgCode::root(),
    });
}

fn shown(w: &Window) -> String {
    let local = |t| london(t).format("%a %H:%M").to_string();
    format!("{} {} {}", w.day, local(w.starts_at), local(w.ends_at))
}

/// 2am stays 2am, on both nights on which the clocks change.
#[test]
fn a_window_keeps_its_time_on_the_clock_across_both_changes() {
    let spring = weekly("2027-03-21T02:00:00Z", "2027-03-21T05:00:00Z", Some("2027-04-04"));
    let all: Vec<String> =
        spring.windows(at("2027-03-01T00:00:00Z"), at("2027-05-01T00:00:00Z")).iter().map(shown).collect();
    assert_eq!(
        all,
        [
            "2027-03-21 Sun 02:00 Sun 05:00",
            "2027-03-28 Sun 02:00 Sun 05:00",
            "2027-04-04 Sun 02:00 Sun 05:00"
        ]
    );
    let spring_night = spring.window(day("2027-03-28"));
    assert_eq!(spring_night.starts_at, at("2027-03-28T01:00:00Z"));

    // From 10pm, across the night: an hour longer in autumn, shorter in spring.
    let autumn = weekly("2027-10-23T21:00:00Z", "2027-10-24T04:00:00Z", None);
    let night = autumn.window(day("2027-10-30"));
    assert_eq!(shown(&night), "2027-10-30 Sat 22:00 Sun 05:00");
    assert_eq!(night.ends_at - night.starts_at, Duration::hours(8));
    let after = autumn.window(day("2027-11-06"));
    assert_eq!((after.starts_at, after.ends_at), (at("2027-11-06T22:00:00Z"), at("2027-11-07T05:00:00Z")));
}

/// A time that the clocks skip, or that comes twice, still gives a window that
/// ends after it begins.
#[test]
fn a_window_inside_the_changed_hour_does_not_end_before_it_begins() {
    let spring = weekly("2027-03-21T01:15:00Z", "2027-03-21T01:45:00Z", None);
    let skipped = spring.window(day("2027-03-28"));
    assert_eq!(skipped.ends_at - skipped.starts_at, Duration::minutes(30));
    let across = weekly("2027-03-21T01:30:00Z", "2027-03-21T02:15:00Z", None).window(day("2027-03-28"));
    assert!(across.ends_at > across.starts_at, "{}", shown(&across));
    let twice = weekly("2027-10-24T00:30:00Z", "2027-10-24T02:30:00Z", None).window(day("2027-10-31"));
    assert_eq!(shown(&twice), "2027-10-31 Sun 01:30 Sun 03:30");
    assert_eq!(twice.starts_at, at("2027-10-31T00:30:00Z"), "the first of the two");
}

#[test]
fn one_window_is_extended_or_cancelled_and_the_others_stay() {
    let mut plan = weekly("2027-01-03T02:00:00Z", "2027-01-03T05:00:00Z", Some("2027-01-24"));
    let ends = Some("2027-01-10T07:00:00Z");
    step(&mut plan, StepKind::Extended, Some("2027-01-10"), ends, "2027-01-10T04:30:00Z");
    step(&mut plan, StepKind::Cancelled, Some("2027-01-17"), None, "2027-01-12T09:00:00Z");
    let now = at("2027-01-12T10:00:00Z");
    let all = plan.windows(at("2027-01-01T00:00:00Z"), at("2027-02-01T00:00:00Z"));
    let phases: Vec<Phase> = all.iter().map(|w| w.phase(now)).collect();
    assert_eq!(phases, [Phase::Over, Phase::Over, Phase::Cancelled, Phase::Scheduled]);
    assert_eq!(all[1].ends_at, at("2027-01-10T07:00:00Z"));
    assert_eq!(plan.next(now).unwrap().day, day("2027-01-24"));
    assert_eq!(plan.over_at(), Some(at("2027-01-24T05:00:00Z")));

    step(&mut plan, StepKind::Cancelled, None, None, "2027-01-20T09:00:00Z");
    let now = at("2027-01-20T10:00:00Z");
    assert_eq!(plan.next(now), None);
    assert_eq!(plan.over_at(), Some(at("2027-01-20T09:00:00Z")));
    // What took place before stays what it was.
    assert_eq!(plan.window(day("2027-01-10")).phase(now), Phase::Over);
}

/// An overrun is not silently green: nobody said that it is done.
#[test]
fn a_window_that_nobody_ended_settles_before_it_is_over() {
    let mut plan = weekly("2027-01-03T02:00:00Z", "2027-01-03T05:00:00Z", None);
    let first = day("2027-01-03");
    let phase = |plan: &Planned, when: &str| plan.window(first).phase(at(when));
    assert_eq!(phase(&plan, "2027-01-03T01:59:59Z"), Phase::Scheduled);
    assert_eq!(phase(&plan, "2027-01-03T02:00:00Z"), Phase::Running);
    assert_eq!(phase(&plan, "2027-01-03T05:00:00Z"), Phase::Settling);
    assert_eq!(phase(&plan, "2027-01-03T07:00:00Z"), Phase::Over);
    let settling = plan.current(at("2027-01-03T05:30:00Z")).unwrap();
    let words = planned_words::stands(&settling, at("2027-01-03T05:30:00Z"), english());
    assert_eq!(words, "This was due to end at 5am. Things should be working again.");

    step(&mut plan, StepKind::Begun, Some("2027-01-03"), None, "2027-01-03T02:00:00Z");
    step(&mut plan, StepKind::Ended, Some("2027-01-03"), None, "2027-01-03T05:00:00Z");
    let ends = Some("2027-01-03T08:00:00Z");
    step(&mut plan, StepKind::Extended, Some("2027-01-03"), ends, "2027-01-03T05:30:00Z");
    assert_eq!(phase(&plan, "2027-01-03T06:00:00Z"), Phase::Running);
    assert_eq!(plan.due(at("2027-01-03T08:00:00Z"))[0].0, StepKind::Ended, "it ends once more");
    let done = Some("2027-01-03T07:00:00Z");
    step(&mut plan, StepKind::Ended, Some("2027-01-03"), done, "2027-01-03T07:00:00Z");
    assert_eq!(phase(&plan, "2027-01-03T07:00:00Z"), Phase::Over, "somebody said that it is done");
}

#[test]
fn the_clock_reminds_begins_and_ends_each_once() {
    let mut plan = weekly("2027-01-03T02:00:00Z", "2027-01-03T05:00:00Z", None);
    let due = |plan: &Planned, when: &str| -> Vec<StepKind> {
        plan.due(at(when)).into_iter().map(|(kind, _)| kind).collect()
    };
    assert_eq!(due(&plan, "2027-01-02T01:59:00Z"), []);
    assert_eq!(due(&plan, "2027-01-02T02:00:00Z"), [StepKind::Reminded]);
    step(&mut plan, StepKind::Reminded, Some("2027-01-03"), None, "2027-01-02T02:00:00Z");
    assert_eq!(due(&plan, "2027-01-02T03:00:00Z"), []);
    assert_eq!(due(&plan, "2027-01-03T03:00:00Z"), [StepKind::Begun]);
    step(&mut plan, StepKind::Begun, Some("2027-01-03"), None, "2027-01-03T03:00:00Z");
    assert_eq!(due(&plan, "2027-01-03T06:00:00Z"), [StepKind::Ended]);
    step(&mut plan, StepKind::Ended, Some("2027-01-03"), None, "2027-01-03T06:00:00Z");
    assert_eq!(due(&plan, "2027-01-04T06:00:00Z"), []);
    // Planned within the day before: they have just been told.
    plan.created_at = at("2027-01-09T12:00:00Z");
    assert_eq!(due(&plan, "2027-01-09T13:00:00Z"), []);
}

#[test]
fn what_cannot_be_planned_is_said_field_by_field() {
    let now = at("2027-01-01T00:00:00Z");
    let pointers = |plan: &Planned| -> Vec<String> {
        plan.check(now).into_iter().map(|e| e.pointer).collect::<Vec<_>>()
    };
    let good = weekly("2027-01-03T02:00:00Z", "2027-01-03T05:00:00Z", None);
    assert_eq!(pointers(&good), Vec::<String>::new());
    assert_eq!(
        pointers(&weekly("2026-12-27T02:00:00Z", "2026-12-27T01:00:00Z", None)),
        ["/starts_at", "/ends_at"]
    );
    assert_eq!(pointers(&weekly("2027-01-03T02:00:00Z", "2027-01-11T01:00:00Z", None)), ["/ends_at"]);
    assert_eq!(
        pointers(&weekly("2027-01-03T02:00:00Z", "2027-01-03T05:00:00Z", Some("2027-01-01"))),
        ["/repeat/until"]
    );
    let monthly = Pattern::Monthly { week: Nth::Second, day: Day::Sunday };
    let wrong = Planned { repeat: Some(Repeat { pattern: monthly, until: None }), ..good };
    assert_eq!(pointers(&wrong), ["/repeat/week"]);
}

#[test]
fn the_words_are_short_and_say_how_often() {
    let weekly = Pattern::Weekly { interval: 2, days: vec![Day::Thursday, Day::Monday] };
    let words =
        planned_words::repeats(&Repeat { pattern: weekly, until: Some(day("2027-01-31")) }, english());
    assert_eq!(words, "It happens every 2 weeks on Monday and Thursday. It goes on until 31 January 2027.");
    let plan = super::tests::weekly("2027-01-02T22:00:00Z", "2027-01-03T05:00:00Z", None);
    for when in ["2026-12-24T09:00:00Z", "2027-01-02T23:00:00Z", "2027-01-03T05:30:00Z"] {
        let text = planned_words::stands(&plan.window(plan.first_day()), at(when), english());
        for sentence in text.split_terminator(['.', '?']) {
            assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
        }
    }
}

/// However long the name and the dates, a text message is one part, and ends
/// with the link.
#[test]
fn every_step_fits_into_one_text_message() {
    let org = super::super::org::Org::named(
        OrgCode::parse("Z90101").unwrap(),
        "The Very Long Wednesday and Saturday Morning Family Health Centre".into(),
        super::super::org::OrgKind::Practice,
    );
    let directory = super::super::org::Directory::new(vec![org.clone()], vec![], vec![], day("2026-09-01"));
    let facts = super::super::facts::facts(
        directory.get(&org.code).unwrap(),
        &super::super::facts::Situation::default(),
        &directory,
        &super::super::system::Catalogue::default(),
    );
    let mut plan = weekly("2027-09-29T21:30:00Z", "2027-09-30T23:30:00Z", None);
    for kind in StepKind::ALL {
        let ends = matches!(kind, StepKind::Extended).then_some("2027-10-01T09:45:00Z");
        step(&mut plan, *kind, Some("2027-09-29"), ends, "2026-09-21T09:00:00Z");
        for locale in Locale::ALL {
            let telling = planned_words::PlannedTelling {
                facts: &facts,
                view: &facts.at(at("2026-09-21T09:00:00Z")),
                planned: &plan,
                step: plan.steps.last().unwrap(),
                answers: false,
                page_url: "https://status.example.nhs.uk/Z90101".into(),
                words: words::of(*locale),
            };
            let message = planned_words::compose(&telling);
            let (short, max) = (&message.short, if locale.is_latin() { 160 } else { 201 });
            let units = match locale.is_latin() {
                true => super::super::sms::septets(short).unwrap_or(usize::MAX),
                false => short.encode_utf16().count(),
            };
            assert!(units <= max, "{locale}: {units}: {short}");
            assert!(short.ends_with("/Z90101"), "{short}");
            for sentence in sentences(&message.headline) {
                assert!(*locale != Locale::En || sentence.split_whitespace().count() <= 20, "{sentence}");
            }
        }
    }
}
