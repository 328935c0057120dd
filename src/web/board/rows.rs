//! What a board lists: open incidents, its parts, and who is still waited for.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Asked, number, word};
use crate::desk::board::{self as desk, Counts, Parts, Row};
use crate::domain::delivery::DeliveryState;
use crate::domain::incident::{Incident, Kind};
use crate::domain::time;
use crate::domain::word::Word;
use crate::web::views::board::{Child, Open, Stand};
use crate::web::views::messages::state_counts;
use crate::web::views::{Count, counted};
use crate::words::english;

pub(super) fn open(
    incident: &Incident,
    declared_by: String,
    organisations: usize,
    now: DateTime<Utc>,
) -> Open {
    let due = incident.next_update_by();
    Open {
        id: incident.id.to_string(),
        title: incident.title.english.clone(),
        declared_by,
        stage: incident.stage(),
        level: incident.level,
        mark: incident.kind.word(),
        asked: String::new(),
        here: String::new(),
        organisations: number(organisations),
        next_update_by: due.map(|at| time::near(at, now, english())).unwrap_or_default(),
        is_overdue: due.is_some_and(|at| at <= now),
    }
}

pub(super) fn child(row: &Row, asked: &Asked) -> Child {
    let query = asked.query(&row.org.code, ("by", ""));
    Child {
        href: if row.has_children { format!("/board?{query}") } else { format!("/{}", row.org.code) },
        name: row.org.name.clone(),
        counts: counts(&row.counts, |_| String::new(), ""),
    }
}

/// The places that stand in none of the parts.
pub(super) fn rest(board: &desk::Board, asked: &Asked) -> Option<Child> {
    let name = match asked.parts() {
        Parts::Below => return None,
        Parts::Regions => "In no region",
        Parts::Boards => "In no board",
        Parts::Networks => "In no network",
    };
    (board.rest.organisations > 0).then(|| Child {
        href: String::new(),
        name: name.into(),
        counts: counts(&board.rest, |_| String::new(), ""),
    })
}

/// What others say is over, and how many places are waited for: a sentence, and where
/// they are listed.
pub(super) fn awaited(incident: &Incident, places: usize) -> (String, String) {
    let places = counted(number(places), "place has", "places have");
    let said = format!(
        "{}: others say that it is over. {places} not yet said that they are back to normal.",
        incident.title.english
    );
    (said, format!("/desk/incidents/{}/answers?shown=awaited#places", incident.id))
}

pub(super) fn counts(counts: &Counts, link: impl Fn(Word) -> String, late: &str) -> Vec<Stand> {
    let of = |w: Word, n: usize| Stand { label: word(Some(w)), number: number(n), href: link(w) };
    vec![
        of(Word::Affected, counts.affected),
        of(Word::NotAffected, counts.not_affected),
        of(Word::Busy, counts.busy),
        of(Word::Recovered, counts.recovered),
        of(Word::Silent, counts.silent),
        of(Word::Unknown, counts.unknown),
        Stand { label: "Update late", number: number(counts.overdue), href: late.to_owned() },
    ]
}

/// That what the board is about is over, and since when.
pub(super) fn over(incident: &Incident, now: DateTime<Utc>) -> Option<String> {
    let since = || time::near(incident.ended_at(), now, english());
    let what = match incident.kind {
        Kind::Live => "This incident",
        Kind::Exercise => "This exercise",
        Kind::Test => "This test",
    };
    let is = if incident.was_mistaken() { "was withdrawn at" } else { "is over since" };
    (!incident.is_open())
        .then(|| format!("{what} {is} {}. Each place counts with what it said of it last.", since()))
}

/// The messages by whom they are for; none of a kind that nobody was to get.
pub(super) fn messages(board: &desk::Board) -> Vec<(&'static str, Vec<Count>)> {
    let counts = |of: &BTreeMap<DeliveryState, i64>| {
        let number = |state| of.get(&state).map_or(0, |n| u64::try_from(*n).unwrap_or(0));
        state_counts(number).into_iter().filter(|c| c.number > 0).collect()
    };
    let (public, staff) = (counts(&board.sent.to_public), counts(&board.sent.to_staff));
    let all = [("To the public", public), ("To staff on duty", staff)];
    all.into_iter().filter(|(_, counts): &(_, Vec<Count>)| !counts.is_empty()).collect()
}
