//! Organisations and the tree they stand in.
//!
//! ODS codes are opaque: 3 to 12 letters and digits, upper case. The tree is
//! not a tree: a pharmacy hangs below the company that owns it and below the
//! board that commissions it, and links carry dates because boards merge.

mod directory;

pub use directory::{BESIDE, Directory};

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::words::Words;

/// The code of NHS England, the root of the tree.
pub const ROOT: &str = "X24";

/// An ODS code: 3 to 12 ASCII letters and digits, kept in upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct OrgCode(Arc<str>);

impl OrgCode {
    /// Reads a code in any case; `None` when it is not shaped like one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let shaped = (3..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        shaped.then(|| Self(text.to_ascii_uppercase().into()))
    }

    /// The code of NHS England.
    pub fn root() -> Self {
        Self(ROOT.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// So that a map is asked with what stands in an address.
impl Borrow<str> for OrgCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrgCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OrgCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is not an organisation code")))
    }
}

/// Gives an enum of plain words its text form, both ways.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What an organisation is, as far as a patient's questions differ.
    OrgKind {
        Nation = "nation",
        Region = "region",
        Icb = "icb",
        HealthBoard = "health_board",
        SubIcb = "sub_icb",
        Pcn = "pcn",
        Practice = "practice",
        Branch = "branch",
        Pharmacy = "pharmacy",
        PharmacyHq = "pharmacy_hq",
        Trust = "trust",
        TrustSite = "trust_site",
        /// A command centre: a set of organisations beside the tree.
        Centre = "centre",
        /// A body that is not the NHS, and has a word of its own.
        Partner = "partner",
        Other = "other",
    }
}

impl OrgKind {
    /// Whether patients go there, so that it has lines and a headline.
    pub fn sees_patients(self) -> bool {
        matches!(self, Self::Practice | Self::Branch | Self::Pharmacy | Self::Trust | Self::TrustSite)
    }

    /// Whether it is an organisation of the NHS's tree, and not a name beside it.
    pub fn is_of_tree(self) -> bool {
        !matches!(self, Self::Centre | Self::Partner)
    }

    pub fn is_hospital(self) -> bool {
        matches!(self, Self::Trust | Self::TrustSite)
    }

    pub fn is_surgery(self) -> bool {
        matches!(self, Self::Practice | Self::Branch)
    }

    /// What it is in the words of patients: the `$kind` of `locales/`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Practice | Self::Branch => "surgery",
            Self::Pharmacy | Self::PharmacyHq => "pharmacy",
            // Of several hospitals, or of none: of nurses in the community, say.
            Self::Trust => "trust",
            Self::TrustSite => "hospital",
            Self::Region => "region",
            Self::Icb | Self::SubIcb | Self::HealthBoard => "board",
            Self::Nation => "nhs",
            Self::Pcn | Self::Centre | Self::Partner | Self::Other => "organisation",
        }
    }

    /// What a patient calls it: "GP surgery".
    pub fn noun(self, words: &'static Words) -> &'static str {
        words.get(&format!("kind-{}", self.word()))
    }
}

words! {
    /// Whether it is open, as ODS reports it.
    OrgStatus {
        Active = "active",
        Closed = "closed",
        Dormant = "dormant",
        Proposed = "proposed",
    }
}

/// A name and, where there is one, the town.
pub fn in_town(name: &str, town: &str) -> String {
    if town.is_empty() { name.to_owned() } else { format!("{name}, {town}") }
}

/// One organisation, as imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub code: OrgCode,
    /// In the case a person writes it: "The Densham Surgery".
    pub name: String,
    pub kind: OrgKind,
    pub status: OrgStatus,
    /// Street and building, without town and postcode.
    pub address: String,
    pub town: String,
    pub postcode: String,
    /// The public phone number that ODS lists; may be empty.
    pub phone: String,
    pub opened: Option<NaiveDate>,
    pub closed: Option<NaiveDate>,
    /// Made from its code alone, because another row named it as a parent.
    pub placeholder: bool,
    /// Services that places of its kind have and this one has not, as it says
    /// itself: a community trust has no A&E. ODS does not tell.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub lacks: BTreeSet<Line>,
}

impl Org {
    /// Whether the line means anything here: places of this kind have it, and this
    /// one does too.
    pub fn has(&self, line: Line) -> bool {
        line.applies_to(self.kind) && !self.lacks.contains(&line)
    }

    /// "Rookery Lane Surgery, Fernborough"; regions and boards have no town.
    pub fn in_town(&self) -> String {
        in_town(&self.name, &self.town)
    }

    /// Of which only the name is known: what a report names and does not list, or
    /// who speaks without being a place.
    pub fn named(code: OrgCode, name: String, kind: OrgKind) -> Self {
        Self {
            code,
            name,
            kind,
            status: OrgStatus::Active,
            address: String::new(),
            town: String::new(),
            postcode: String::new(),
            phone: String::new(),
            opened: None,
            closed: None,
            placeholder: false,
            lacks: BTreeSet::new(),
        }
    }
}

words! {
    /// Why one organisation stands below another.
    LinkKind {
        /// The parent of ODS column 15: who commissions or runs it.
        Parent = "parent",
        /// The board or region that ODS places it in (columns 3 and 4).
        Area = "area",
        /// The primary care network that a surgery is in, beside its board.
        Network = "network",
    }
}

/// A dated link from a child to a parent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    pub child: OrgCode,
    pub parent: OrgCode,
    pub kind: LinkKind,
    pub joined: Option<NaiveDate>,
    pub left: Option<NaiveDate>,
}

/// ODS writes names in capitals; people do not. "DR SMITH & PARTNERS (PMS)"
/// becomes "Dr Smith & Partners (PMS)". Names already in mixed case stay.
pub fn display_name(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(|c| c.is_lowercase()) {
        return name;
    }
    let words: Vec<String> =
        name.split(' ').enumerate().map(|(i, word)| display_word(word, i == 0)).collect();
    words.join(" ")
}

fn display_word(word: &str, first: bool) -> String {
    const KEEP: &[&str] =
        &["NHS", "GP", "GPS", "PMS", "APMS", "GMS", "PCN", "ICB", "CCG", "UK", "HQ", "II", "III", "IV", "MP"];
    const SMALL: &[&str] = &["OF", "AND", "THE", "AT", "IN", "ON", "FOR", "BY", "UPON", "LE"];
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if KEEP.contains(&bare) || bare.chars().all(|c| c.is_ascii_digit()) {
        return word.to_owned();
    }
    if !first && SMALL.contains(&bare) {
        return word.to_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for (i, c) in word.char_indices() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        // "O'BRIEN" takes a capital after the mark, "ST MARY'S" does not.
        start = !c.is_alphanumeric();
        if c == '\'' {
            start = word[i + 1..].chars().count() > 2;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case_and_refused_when_misshapen() {
        assert_eq!(OrgCode::parse(" a81001 ").unwrap().as_str(), "A81001");
        for bad in ["", "AB", "A81 001", "A8100100000000", "A81-01", "Ä81001"] {
            assert!(OrgCode::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn names_are_shown_as_people_write_them() {
        for (ods, shown) in [
            ("THE DENSHAM SURGERY", "The Densham Surgery"),
            ("ST MARY'S HEALTH CENTRE", "St Mary's Health Centre"),
            ("O'BRIEN & PARTNERS (PMS)", "O'Brien & Partners (PMS)"),
            ("BANK OF ENGLAND  SURGERY", "Bank of England Surgery"),
            ("Already Mixed", "Already Mixed"),
            ("STOKE-ON-TRENT NHS TRUST", "Stoke-On-Trent NHS Trust"),
        ] {
            assert_eq!(display_name(ods), shown);
        }
    }
}
