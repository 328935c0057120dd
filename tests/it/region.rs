//! An invented region: its organisations and their systems.

use signpost::domain::line::Lines;
use signpost::domain::org::{Directory, Link, LinkKind, Org, OrgKind, OrgStatus};
use signpost::domain::system::{Catalogue, Group, System, SystemKey};

use super::samples::code;

fn org(c: &str, name: &str, kind: OrgKind, address: &str, town: &str, postcode: &str, phone: &str) -> Org {
    Org {
        code: code(c),
        name: name.into(),
        kind,
        status: OrgStatus::Active,
        address: address.into(),
        town: town.into(),
        postcode: postcode.into(),
        phone: phone.into(),
        opened: Some("2001-04-01".parse().unwrap()),
        closed: None,
        placeholder: false,
        lacks: Default::default(),
    }
}

pub fn directory() -> Directory {
    use OrgKind::*;
    let orgs = vec![
        org("X24", "NHS England", Nation, "", "", "", ""),
        org("Y90", "Copperdale", Region, "", "", "", ""),
        org(
            "Z90101",
            "Copperwick Street Surgery",
            Practice,
            "14 Copperwick Street",
            "Saltmere",
            "ZM1 2AB",
            "01632 960101",
        ),
        org("Z90208", "Oldwater Surgery", Practice, "2 Mill Lane", "Kettlewick", "ZM15 8UX", "01632 960120"),
        org(
            "FZ901",
            "Lanternfield Pharmacy Saltmere",
            Pharmacy,
            "20 Copperwick Street",
            "Saltmere",
            "ZM1 2AD",
            "01632 960401",
        ),
        org(
            "RZ101",
            "Saltmere Royal Hospital",
            TrustSite,
            "Infirmary Road",
            "Saltmere",
            "ZM1 9XE",
            "01632 960412",
        ),
    ];
    let link = |child: &str, parent: &str| Link {
        child: code(child),
        parent: code(parent),
        kind: LinkKind::Parent,
        joined: None,
        left: None,
    };
    let mut links = vec![link("Y90", "X24")];
    links.extend(["Z90101", "Z90208", "FZ901", "RZ101"].map(|c| link(c, "Y90")));
    let uses = vec![
        (code("Z90101"), SystemKey::new("emis-web")),
        (code("FZ901"), SystemKey::new("pharmacy-pmr")),
        (code("RZ101"), SystemKey::new("hospital-epr")),
    ];
    Directory::new(orgs, links, uses, "2024-07-19".parse().unwrap())
}

pub fn catalogue() -> Catalogue {
    let group = |key: &str, expected: Vec<OrgKind>| Group {
        key: key.into(),
        name: key.into(),
        expected_of: expected,
    };
    let system = |key: &str, name: &str, group: &str| System {
        key: SystemKey::new(key),
        plural: false,
        is_a_choice: false,
        name: name.into(),
        public_name: (key == "emis-web").then(|| "Patient Access".into()),
        supplier: None,
        aliases: vec![],
        group: group.into(),
        used_by: vec![],
        depends_on: vec![],
        impact: String::new(),
        fallback: String::new(),
        lines: Lines::default(),
    };
    let systems = vec![
        system("emis-web", "EMIS Web", "gp-record"),
        system("pharmacy-pmr", "Pharmacy records", "pharmacy"),
        system("hospital-epr", "Hospital records", "hospital"),
    ];
    let groups = vec![
        group("gp-record", vec![OrgKind::Practice]),
        group("pharmacy", vec![]),
        group("hospital", vec![]),
    ];
    Catalogue::new(groups, systems).unwrap()
}
