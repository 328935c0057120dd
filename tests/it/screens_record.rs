//! The screens of the record: decision log, reports, recovery, after it.

use signpost::web::views::form::{Choice, Errors};
use signpost::web::views::{log, record, recovery, reports};

use super::screens::{draw, who, wrong};

fn entry(number: i64) -> log::Entry {
    log::Entry {
        id: "d1".into(),
        number,
        made_at: "7:15am".into(),
        entered_at: "7:45am".into(),
        is_late: true,
        decided_by: "Priya, practice manager".into(),
        entered_by: "Ada Fenwick".into(),
        organisation: "Copperwick Street Surgery".into(),
        decision: "Keep all morning appointments, and write on <paper>.".into(),
        reason: "Patients are on their way.".into(),
        refused: vec!["Cancel the morning: we could not reach everybody in time".into()],
        incident: "EMIS Web is not working".into(),
        mark: if number == 1 { "" } else { "EXERCISE" },
        corrects: (number == 2).then(|| ("/desk/log/d0".into(), 1)),
        corrected_by: if number == 1 { vec![("/desk/log/d2".into(), 2)] } else { vec![] },
        seq: 412,
        hash: "0123456789abcdef".into(),
    }
}

fn list(entries: Vec<log::Entry>, errors: Errors) -> log::Log {
    log::Log {
        who: who(),
        done: "",
        whose: vec![Choice::new("", "Our own"), Choice::new("below", "Our own and all below us")],
        incidents: vec![Choice::new("", "Everything")],
        day: "2024-07-19".into(),
        errors,
        entries,
        print: "/desk/log/print?".into(),
        pdf: "/desk/log/log.pdf?".into(),
        new: "/desk/log/new".into(),
        older: Some("/desk/log?before=3".into()),
    }
}

fn new(errors: Errors, corrected: Option<(i64, String)>) -> log::New {
    log::New {
        who: who(),
        corrects: String::new(),
        corrected,
        incidents: vec![Choice::new("", "Our day, no single incident")],
        made_at: "2024-07-19T07:15".into(),
        decided_by: "Ada Fenwick".into(),
        decision: "Keep all".into(),
        reason: String::new(),
        refused: "a\nb".into(),
        errors,
    }
}

fn told() -> reports::Told {
    reports::Told {
        said_heading: "What the public was told last",
        title: "Situation report 3: Many NHS computers are not working".into(),
        mark: "EXERCISE",
        about: vec!["Copperdale. Figures of 9am, Friday 19 July 2024.".into()],
        counts: vec![("Reached", 31), ("Affected", 7)],
        areas: vec![("Saltmere Coast".into(), vec![1; 8]), ("– Thornfell".into(), vec![12; 8])],
        changes: vec!["Affected: 7, 2 more.".into()],
        summary: "Computers are repaired by hand.\nHospitals come first.".into(),
        supplier: String::new(),
        methane: vec![
            ("M: Incident".into(), "Live incident, level 3.".into()),
            ("E: Sites".into(), "31".into()),
        ],
        lines: vec![("Phones: not working".into(), 2)],
        later: vec![("Radiotherapy: cancelled in the morning of 20 July 2024".into(), 1)],
        messages_to: vec!["To the public", "To staff on duty"],
        messages: vec![("Handed over".into(), vec![812, 40])],
        counters: vec![(
            "Windows computers".into(),
            "1,100 of 9,000 computers, at 9:02am".into(),
            "It may end.".into(),
        )],
        said: vec!["At 8:55am: Computers come back.".into()],
        next_due: "The next report is due at 4pm.".into(),
        foot: "Report 3, 0123456789abcdef.".into(),
    }
}

fn report(may_write: bool, errors: Errors) -> reports::Report {
    reports::Report {
        who: who(),
        done: "",
        id: "r1".into(),
        incident: "i1".into(),
        told: told(),
        may_write,
        as_at: "2024-07-19T08:00:00Z".into(),
        commentary: vec![reports::Part {
            name: "summary",
            label: "Summary",
            hint: "What is known",
            text: "a".into(),
        }],
        errors,
    }
}

fn counter(errors: Errors) -> recovery::Counter {
    recovery::Counter {
        who: who(),
        done_text: "Entered.",
        id: "c1".into(),
        incident: "i1".into(),
        incident_title: "Many NHS computers are not working".into(),
        mark: "",
        name: "Windows computers".into(),
        unit: "computers".into(),
        stands: "1,100 of 9,000 computers are done, counted at 9:02am.".into(),
        outlook: "It may end between 5am on 20 July and 11pm on 20 July.".into(),
        charts: ["0 0 640 300", "0 0 320 280"].map(|size| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{size}\" role=\"img\" aria-label=\"a\"></svg>")),
        struck: vec!["8am: 100 of 15,000. Ada Fenwick struck it out at 9am.".into()],
        readings: vec![recovery::Reading {
            key: "1".into(),
            at: "9:02am".into(),
            done: "1,100".into(),
            left: "7,900".into(),
            total: "9,000".into(),
            entered: "9:02am, Ada Fenwick".into(),
        }],
        may_count: true,
        done: String::new(),
        total: "9000".into(),
        at: "2024-07-19T09:10".into(),
        pasted: "at,done".into(),
        errors,
    }
}

pub fn all() -> Vec<(&'static str, String)> {
    let choice = |v: &str| vec![Choice::new(v, v)];
    let reports_of = |list: Vec<reports::Row>| reports::Reports {
        who: who(),
        done: "",
        incident: "i1".into(),
        title: "Many NHS computers are not working".into(),
        mark: "EXERCISE",
        older: (list.len() > 1).then(|| "/desk/incidents/i1/reports?before=r1".into()),
        reports: list,
        rhythm: "Every day at 9am and 4pm".into(),
        next: "4pm".into(),
        often: choice("twice"),
        hours: choice("8"),
        second_hours: choice("16"),
        days: choice("monday"),
        once: "k".into(),
        errors: Errors::none(),
    };
    let row = |is_signed| reports::Row {
        id: "r1".into(),
        name: if is_signed { "Report 3" } else { "Draft" }.into(),
        about: "For 9am.".into(),
        organisation: "Copperdale".into(),
        is_signed,
    };
    let event = |href: &str| record::Event {
        at: "7:20am".into(),
        what: "Update 1".into(),
        who: "Y90".into(),
        words: vec!["Identified.".into(), "EMIS <b>Web</b> is down.".into()],
        href: href.into(),
    };
    let said = record::Said {
        at: "9:40am, Friday 19 July 2024".into(),
        headline: "Come to your appointment unless we contact you.".into(),
        freshness: "The next update was late.",
        lines: vec![("Our phones are not working.".into(), "Copperwick Street Surgery".into())],
        words: vec![("We are closed.".into(), "Copperwick Street Surgery".into())],
        others: vec![("/desk/organisations/Z80001/at/page?lang=cy".into(), "Cymraeg", "cy")],
        page: "/desk/organisations/Z90101/at/page?time=2024-07-19T08:40:00Z".into(),
        changes: vec![record::Change {
            at: "7:20:00am".into(),
            href: "/desk/organisations/Z90101/at?time=2024-07-19T06:20:00Z".into(),
            headline: "Come as usual.".into(),
            lines: vec!["A line.".into()],
            is_asked: true,
        }],
    };
    let past = |said, errors| record::PastPage {
        who: who(),
        code: "Z90101".into(),
        name: "Copperwick Street Surgery".into(),
        time: "2024-07-19T09:40".into(),
        turns: vec![Choice::new("before", "Before the clocks went back (BST)")],
        said,
        errors,
    };
    vec![
        draw("log", list(vec![entry(1), entry(2)], Errors::none())),
        draw("log-empty", list(vec![], wrong(&[("/day", "Enter a day, such as 19 7 2024.")]))),
        draw("log-new", new(Errors::none(), None)),
        draw("log-correct", new(wrong(&[("/reason", "Enter why.")]), Some((1, "Keep all.".into())))),
        draw(
            "log-check",
            log::Check { who: who(), entry: entry(2), typed: vec![("decision".into(), "a \"b\"".into())] },
        ),
        draw("log-entry", log::Seen { who: who(), done: "", entry: entry(1), may_correct: true }),
        draw(
            "log-print",
            log::Print {
                title: "Decision log: EMIS Web is not working".into(),
                about: vec!["The log of Copperdale.".into()],
                head: "Audit chain head 0123456789abcdef, entry 412.".into(),
                entries: vec![entry(1), entry(2)],
                back: "/desk/log?".into(),
                pdf: "/desk/log/log.pdf?".into(),
                mark: "EXERCISE",
            },
        ),
        draw("reports", reports_of(vec![row(true), row(false)])),
        draw("reports-empty", reports_of(vec![])),
        draw("report", report(false, Errors::none())),
        draw("report-draft", report(true, wrong(&[("/summary", "Enter a summary.")]))),
        draw("report-print", reports::Print { id: "r1".into(), told: told() }),
        draw(
            "recovery",
            recovery::Recovery {
                who: who(),
                incident: "i1".into(),
                title: "Many NHS computers are not working".into(),
                mark: "EXERCISE",
                counters: vec![recovery::Line {
                    id: "c1".into(),
                    name: "Windows computers".into(),
                    stands: "1,100 of 9,000 computers are done, counted at 9:02am.".into(),
                    outlook: "We cannot say yet when it ends.".into(),
                    organisation: "Copperdale".into(),
                }],
                called: String::new(),
                unit: String::new(),
                total: "many".into(),
                done: String::new(),
                once: "k".into(),
                errors: wrong(&[("/total", "Enter a whole number, such as 1,200.")]),
            },
        ),
        draw("counter", counter(Errors::none())),
        draw("counter-wrong", counter(wrong(&[("/done", "Enter 0 or more.")]))),
        draw(
            "record",
            record::Record {
                who: who(),
                incident: "i1".into(),
                title: "EMIS Web is not working".into(),
                stage: "We know what is wrong",
                colour: "yellow",
                mark: "EXERCISE",
                timings: vec!["Time to post: less than a minute.".into()],
                events: vec![event("/desk/updates/u1"), event("")],
                more: 3,
                is_theirs: true,
            },
        ),
        draw("past-page", past(Some(said), Errors::none())),
        draw("past-page-wrong", past(None, wrong(&[("/time", "Enter the day and the time.")]))),
    ]
}
