use chrono::NaiveDate;

use super::*;
use crate::domain::org::{OrgCode, OrgKind};

/// Code, name, street, town and postcode of one place.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const PLACES: &[Row] = &[
    ("Z10001", "High Street Surgery", "1 High Street", "Ashwick", "ZM20 1AP"),
    ("Z10002", "High Street Surgery", "94 High Street", "Copperdale", "ZM21 4QT"),
    ("Z10003", "High Street Surgery", "High Street", "Upper Marsh", "ZN1 7BB"),
    ("Z10004", "St Mary’s Health Centre", "Church Lane", "Ashwick", "ZM20 2BB"),
    ("Z10005", "The O'Brien Practice", "3 Station Road", "Copperdale", "ZM21 9ZZ"),
    ("Z10006", "Marsh Lane Surgery", "Marsh Lane", "Dunford", "ZP4 4DD"),
    ("Z10007", "Riverside Pharmacy", "12 High Street", "Dunford", "ZP4 5EE"),
    ("Z10008", "Dr Ângelo & Partners", "The Parade", "Dunford", "ZP4 6FF"),
];

fn index(rows: &[Row]) -> Index {
    index_of(rows, OrgKind::Practice)
}

fn index_of(rows: &[Row], kind: OrgKind) -> Index {
    let orgs = rows.iter().map(|(code, name, street, town, postcode)| Org {
        code: OrgCode::parse(code).unwrap(),
        name: (*name).into(),
        kind: if name.contains("Pharmacy") || name.contains("Boots") { kind } else { OrgKind::Practice },
        status: OrgStatus::Active,
        address: (*street).into(),
        town: (*town).into(),
        postcode: (*postcode).into(),
        phone: String::new(),
        opened: None,
        closed: None,
        placeholder: false,
        lacks: Default::default(),
    });
    let today = NaiveDate::from_ymd_opt(2024, 7, 19).unwrap();
    Index::new(&Directory::new(orgs.collect(), vec![], vec![], today))
}

fn codes(index: &Index, query: &str) -> Vec<String> {
    index.find(query).iter().map(|org| org.code.to_string()).collect()
}

fn first(query: &str) -> String {
    codes(&index(PLACES), query).first().cloned().unwrap_or_default()
}

#[test]
fn case_spaces_and_apostrophes_make_no_difference() {
    for (query, code) in [
        ("MARSH LANE", "Z10006"),
        ("  marsh   lane ", "Z10006"),
        ("marshlane surgery", "Z10006"),
        ("marshlane", "Z10006"),
        ("st marys", "Z10004"),
        ("St Mary's", "Z10004"),
        ("st mary’s health centre", "Z10004"),
        ("obrien", "Z10005"),
        ("O BRIEN", "Z10005"),
        ("zm202bb", "Z10004"),
        ("Zm20 2bB", "Z10004"),
        ("z10 008", "Z10008"),
        ("ângelo", "Z10008"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
}

#[test]
fn one_typing_error_of_each_sort_is_forgiven() {
    for (query, code) in [
        ("rivverside", "Z10007"),         // one letter more
        ("rverside", "Z10007"),           // one less
        ("rivarside", "Z10007"),          // another one
        ("irverside", "Z10007"),          // two changed places
        ("riversied pharmacy", "Z10007"), // beside a word that is right
        ("marsh lane dunfrd", "Z10006"),  // in the town
        ("zp4 5ef", "Z10007"),            // in the postcode
        ("zp45e", "Z10007"),
        ("angelo", "Z10008"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
    for nothing in ["rvrside", "riversied pharmcy", "qqqq", "zzz9 9zz", "", "  '’ "] {
        assert_eq!(codes(&index(PLACES), nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn a_postcode_of_ones_own_finds_what_is_near() {
    let index = index(PLACES);
    assert_eq!(codes(&index, "ZP4 5XY"), ["Z10007"], "the same sector");
    assert_eq!(codes(&index, "zp49xy"), ["Z10008", "Z10006", "Z10007"], "the same district");
    assert_eq!(codes(&index, "zp14 9xy"), Vec::<String>::new(), "another district");
}

#[test]
fn surgeries_of_one_name_are_told_apart_and_the_best_come_first() {
    let index = index(PLACES);
    assert_eq!(codes(&index, "high street surgery"), ["Z10001", "Z10002", "Z10003"]);
    assert_eq!(codes(&index, "high street copperdale")[0], "Z10002");
    assert_eq!(codes(&index, "high street surgery upper marsh"), ["Z10003"]);
    assert_eq!(codes(&index, "94 high street"), ["Z10002"]);
    // The name before the town before the street.
    assert_eq!(codes(&index, "marsh"), ["Z10006", "Z10003"]);
    assert_eq!(codes(&index, "high street").last().unwrap(), "Z10007");
    // What was typed right comes before what may have been meant.
    assert_eq!(codes(&index, "zm20"), ["Z10001", "Z10004"]);
}

proptest::proptest! {
    #[test]
    fn whatever_is_typed_gives_an_answer(query in "\\PC{0,60}") {
        proptest::prop_assert!(index(PLACES).find(&query).len() <= MAX_FOUND);
    }

    #[test]
    fn any_one_error_in_a_name_is_forgiven(at in 0usize..9, letter in "[a-z]", what in 0u8..4) {
        let mut typed: Vec<char> = "riverside".chars().collect();
        let letter = letter.chars().next().unwrap();
        match what {
            0 => typed.insert(at, letter),
            1 => { typed.remove(at); }
            2 => typed[at] = letter,
            _ => typed.swap(at, (at + 1).min(8)),
        }
        let typed: String = typed.into_iter().collect();
        proptest::prop_assert_eq!(first(&typed), "Z10007", "{}", typed);
    }
}

#[test]
fn a_district_comes_before_those_that_begin_like_it() {
    let rows: &[Row] = &[
        ("Z20001", "Elm Surgery", "1 Elm Road", "Thistleford", "ZM11 1AA"),
        ("Z20002", "Oak Surgery", "1 Oak Road", "Saltmere", "ZM1 2AB"),
    ];
    assert_eq!(codes(&index(rows), "zm1"), ["Z20002", "Z20001"]);
    assert_eq!(codes(&index(rows), "ZM11"), ["Z20001"]);
}

#[test]
fn a_code_may_have_one_error_and_the_kind_of_street_is_not_needed() {
    for (query, code) in [
        ("Z1O006", "Z10006"),
        ("Q10006", "Z10006"),
        ("Z10O05", "Z10005"),
        ("marsh rd", "Z10006"),
        ("station rd", "Z10005"),
        ("parade street", "Z10008"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
    assert!(
        codes(&index(PLACES), "rd").iter().all(|c| c != "Z10006"),
        "\"rd\" is not looked for inside words"
    );
}

/// Nobody has to know what a place is called to ask for one of its kind.
#[test]
fn words_of_kind_and_little_words_help_and_do_not_hinder() {
    let rows: &[Row] = &[
        ("Z30001", "Copperwick Street Surgery", "1 Mill Road", "Copperwick", "ZM11 1AA"),
        ("Z30002", "Oak Tree Medical Group", "1 Oak Road", "Saltmere", "ZM1 2AB"),
        ("Z30003", "Boots", "2 Oak Road", "Saltmere", "ZM1 2AC"),
        ("Z30004", "Saltmere Surgery", "3 Oak Road", "Dunford", "ZM1 2AD"),
    ];
    let index = index_of(rows, OrgKind::Pharmacy);
    for (query, found) in [
        ("the copperwick street surgery", &["Z30001"][..]),
        ("doctors in copperwick", &["Z30001"]),
        ("gp saltmere", &["Z30004", "Z30002"]),
        ("doctors near saltmere", &["Z30004", "Z30002"]),
        ("chemist saltmere", &["Z30003"]),
        ("a pharmacy at saltmere", &["Z30003"]),
        // What a place is called goes before what it is.
        ("saltmere surgery", &["Z30004"]),
        ("gp saltmre", &["Z30004", "Z30002"]),
        ("hospital saltmere", &[]),
        ("in the", &[]),
    ] {
        assert_eq!(codes(&index, query), found, "{query}");
    }
}
