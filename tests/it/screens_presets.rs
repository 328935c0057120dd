//! Presets, opening hours and pharmacies as screens.

use signpost::domain::recurrence::Day;
use signpost::web::views::form::{Choice, Errors, Text};
use signpost::web::views::hours::{Except, Hours, Times};
use signpost::web::views::pharmacies::{self, Pharmacies};
use signpost::web::views::post::Questions;
use signpost::web::views::presets::{Edit, Preset, Presets, Row};

use super::screens::{draw, who, wrong};
use super::screens_post::questions;

pub fn row(name: &str, tag: &'static str, colour: &'static str, of: &str) -> Row {
    Row {
        id: format!("p{}", name.len()),
        name: name.into(),
        about: "Our phones are not working".into(),
        of: of.into(),
        tag,
        colour,
    }
}

fn preset(tag: &'static str, colour: &'static str, may: bool) -> Preset {
    Preset {
        who: who(),
        row: row("Phones down", tag, colour, if may { "" } else { "Copperdale" }),
        hash: "12ab".into(),
        meaning: "In an emergency one person may publish exactly these words alone.",
        history: vec!["Ada Fenwick wrote it at 8am.".into(), "Look at it again by 19 July 2025.".into()],
        title: "Our phones are not working".into(),
        title_in_welsh: "Dydy ein ffonau ddim yn gweithio".into(),
        lines: vec!["Phones: Down".into(), "NHS 111: Changed: Use 111 online.".into()],
        message: "Please come to the desk.".into(),
        message_in_welsh: "Dewch at y ddesg.".into(),
        next_update: "2 hours later",
        may_edit: may,
        may_approve: may,
        is_own: false,
        may_post: true,
    }
}

fn edit(id: &str, errors: Errors) -> Edit {
    Edit {
        who: who(),
        id: id.into(),
        hash: if id.is_empty() { String::new() } else { "12ab".into() },
        called: "Phones \"down\"".into(),
        systems: vec![Choice::new("", "Something else"), Choice::new("emis-web", "EMIS Web")],
        title: Text::default(),
        questions: Questions {
            national: vec![],
            next_update_own: None,
            also: "{\"nhs_111\":{\"state\":\"changed\",\"words\":\"Use 111 online.\"}}".into(),
            also_said: vec!["NHS 111: Changed: Use 111 online.".into()],
            ..questions("Please come to the desk.")
        },
        review_by: "2025-07-19".into(),
        errors,
    }
}

fn pharmacies(how_many: usize, errors: Errors) -> Pharmacies {
    let row = |n: usize| pharmacies::Row {
        code: format!("FZ90{n}"),
        name: "Lanternfield Pharmacy".into(),
        place: "20 Copperwick Street, Saltmere, ZM1 2AD".into(),
        is_closed: n == 1,
    };
    Pharmacies {
        who: who(),
        place_code: "Z90101".into(),
        place: "Copperwick Street Surgery".into(),
        done: "Added.".into(),
        rows: (0..how_many).map(row).collect(),
        typed: "Lanternfield".into(),
        found: (0..how_many).map(|n| row(n + 3)).collect(),
        errors,
    }
}

fn hours(is_known: bool, errors: Errors) -> Hours {
    let times = |name: &str, id: String, label: &str, opens: &str| Times {
        name: name.into(),
        id,
        label: label.into(),
        opens: opens.into(),
        closes: if opens.is_empty() { String::new() } else { "18:30".into() },
        opens_again: String::new(),
        closes_again: String::new(),
    };
    let day =
        |d: &Day| times(d.as_str(), format!("week-{d}"), d.label(), if is_known { "08:00" } else { "" });
    Hours {
        who: who(),
        place_code: "Z90101".into(),
        place: "Copperwick Street Surgery".into(),
        done: String::new(),
        is_known,
        usual: "9:20am".into(),
        days: Day::ALL.iter().map(day).collect(),
        bank_holidays: vec![Choice::new("open", "Open as on other days")],
        holidays: vec!["Summer bank holiday, 26 August 2024: closed.".into()],
        except: vec![Except {
            times: times("except.0", "except-0".into(), "Day 1", ""),
            date: "2024-12-24".into(),
            why: "Staff \"training\"".into(),
        }],
        errors,
    }
}

pub fn all() -> Vec<(&'static str, String)> {
    let bad = wrong(&[
        ("/name", "There is a preset with this name already."),
        ("/title", "Enter a title that says what is not working."),
        ("/review_by", "Choose a day after today."),
    ]);
    let twice = wrong(&[
        ("/week/monday", "Open again after you have closed."),
        ("/except/0", "This day stands there already."),
    ]);
    let empty = Presets { who: who(), done: String::new(), own: vec![], from_above: vec![] };
    let full = Presets {
        who: who(),
        done: "Removed. What was published from it stays.".into(),
        own: vec![
            row("Phones down", "Approved", "green", ""),
            row("No heating", "Review overdue", "red", ""),
        ],
        from_above: vec![row("EMIS Web down everywhere", "Draft", "grey", "Copperdale")],
    };
    vec![
        draw("presets-empty", empty),
        draw("presets", full),
        draw("preset", preset("Draft", "grey", true)),
        draw("preset-from-above", preset("Approved", "green", false)),
        draw("preset-new", edit("", bad)),
        draw("preset-edit", edit("p1", Errors::none())),
        draw("hours-empty", hours(false, Errors::none())),
        draw("hours", hours(true, twice)),
        draw("pharmacies-empty", pharmacies(0, Errors::none())),
        draw("pharmacies", pharmacies(2, wrong(&[("/pharmacy", "Choose one.")]))),
    ]
}
