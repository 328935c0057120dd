//! Presets as screens: the list, one, and the form.

use signpost::web::views::form::{Choice, Errors, Text};
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
            also: "{\"nhs_111\":{\"state\":\"changed\",\"words\":\"Use 111 online.\"}}".into(),
            also_said: vec!["NHS 111: Changed: Use 111 online.".into()],
            ..questions("Please come to the desk.")
        },
        review_by: "2025-07-19".into(),
        errors,
    }
}

pub fn all() -> Vec<(&'static str, String)> {
    let bad = wrong(&[
        ("/name", "There is a preset with this name already."),
        ("/title", "Enter a title that says what is not working."),
        ("/review_by", "Choose a day after today."),
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
    ]
}
