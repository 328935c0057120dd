//! The screens of planned work.

use signpost::domain::recurrence::Day;
use signpost::web::views::Count;
use signpost::web::views::approvals::Sample;
use signpost::web::views::form::{Choice, Errors, Text};
use signpost::web::views::planned::{self, Change};

use super::screens::{EMAIL, SMS, draw, who, wrong};
use super::screens_post::questions;

pub fn row() -> planned::Row {
    planned::Row {
        id: "p1".into(),
        title: "We get a new phone system".into(),
        tag: "Planned",
        colour: "blue",
        stands: "From 8am to 12:30pm on Saturday 20 July.".into(),
        repeats: "It happens every Saturday.".into(),
    }
}

fn plan(system_name: &str, errors: Errors) -> planned::Plan {
    planned::Plan {
        who: who(),
        system: String::new(),
        system_name: system_name.into(),
        title: Text { english: "We get a new phone system".into(), welsh: None },
        starts: "2024-07-20T08:00".into(),
        ends: String::new(),
        repeats: vec![Choice::new("never", "It does not happen again"), Choice::new("1", "Every week")],
        days: Day::ALL.iter().map(|d| Choice::new(d.as_str(), d.label())).collect(),
        until: String::new(),
        reminders: vec![Choice::new("24", "24 hours before")],
        questions: questions(""),
        reach: None,
        errors,
    }
}

fn change(change: Change, day: &str) -> planned::Changing {
    planned::Changing {
        who: who(),
        change,
        id: "p1".into(),
        title: "We get a new phone system".into(),
        about: "This has started. It should end at 12:30pm.".into(),
        day: day.into(),
        ends: "2024-07-20T13:30".into(),
        message: Text::default(),
        then: "The page changes at once, and everybody who gets updates is told.",
        button: (change == Change::End).then_some("Publish when a second person agrees"),
        reasons: vec![],
        errors: if change == Change::Extend {
            wrong(&[("/ends", "Choose a later end.")])
        } else {
            Errors::none()
        },
    }
}

pub fn all() -> Vec<(&'static str, String)> {
    let bad = wrong(&[("/ends", "Give the day and the time."), ("/days", "Choose Sunday as well.")]);
    let window = |day: &str, tag, colour| planned::Window {
        day: day.into(),
        when: "from 8am to 12:30pm on Saturday 20 July".into(),
        tag,
        colour,
    };
    vec![
        draw(
            "plans",
            planned::Plans {
                who: who(),
                systems: vec![Choice::new("emis-web", "EMIS Web"), Choice::new("", "Something else")],
                ahead: vec![row()],
                over: vec![row()],
            },
        ),
        draw("plan", plan("EMIS Web", Errors::none())),
        draw("plan-wrong", plan("", bad)),
        draw(
            "plan-preview",
            planned::Preview {
                who: who(),
                typed: vec![("message".into(), "a \"quoted\" <text>".into())],
                title: "We get a new phone system".into(),
                stands: "From 8am to 12:30pm on Saturday 20 July.".into(),
                repeats: String::new(),
                effects: vec!["Our phones are not working.".into()],
                message: "Come to the front desk if it is urgent.".into(),
                steps: vec![planned::StepTold {
                    what: "Begun: 8am on Saturday 20 July".into(),
                    recipients: vec![Count::new("email", 40)],
                    cost: "It costs about £1.20.".into(),
                    samples: ["Copperwick Street Surgery", "Saltmere Pharmacy"]
                        .map(|place| Sample {
                            of: format!("1 place: the words for {place}."),
                            sms: SMS.into(),
                            subject: format!("{place}: planned work has started"),
                            email: EMAIL.into(),
                        })
                        .into(),
                    social: vec![("Mastodon".into(), SMS.into())],
                }],
                organisations: 1,
                cost: String::new(),
                recipients: vec![Count::new("email", 40)],
                button: "Publish when a second person agrees",
                reasons: vec!["It is for a whole region.".into()],
            },
        ),
        draw(
            "plan-seen",
            planned::Seen {
                waiting: vec!["0190c0de-0000-7000-8000-000000000001".into()],
                who: who(),
                done: "Published. The page announces it now.",
                id: "p1".into(),
                title: "We get a new phone system".into(),
                planned_by: "Copperwick Street Surgery".into(),
                repeats: "It happens every Saturday.".into(),
                effects: vec!["Our phones are not working.".into()],
                message: "Come to the front desk if it is urgent.".into(),
                reminder: "24 hours before".into(),
                windows: vec![window("", "Happening now", "orange"), window("2024-07-27", "Planned", "blue")],
                steps: vec![planned::Step {
                    sending: "/desk/updates/s1".into(),
                    what: "Announced",
                    at: "10:10pm on Thursday 18 July".into(),
                    message: String::new(),
                    told: "Messages: 12 told.".into(),
                }],
                may_cancel: true,
                may_change: true,
            },
        ),
        draw("plan-extend", change(Change::Extend, "")),
        draw("plan-end", change(Change::End, "")),
        draw("plan-cancel", change(Change::Cancel, "")),
        draw("plan-cancel-one", change(Change::Cancel, "2024-07-27")),
    ]
}
