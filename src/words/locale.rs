//! The languages that Signpost speaks.

use serde::{Deserialize, Serialize};

/// A language of the pages and messages (NHS facts, part 6: Census 2021).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Cy,
    Pl,
    Ro,
    Pa,
    Ur,
    Bn,
    Gu,
    Pt,
    Ar,
}

impl Locale {
    /// In the order of the language choice.
    pub const ALL: &'static [Locale] =
        &[Self::En, Self::Cy, Self::Pl, Self::Ro, Self::Pa, Self::Ur, Self::Bn, Self::Gu, Self::Pt, Self::Ar];

    /// The BCP 47 tag, as in addresses and in `lang`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
            Self::Pl => "pl",
            Self::Ro => "ro",
            Self::Pa => "pa",
            Self::Ur => "ur",
            Self::Bn => "bn",
            Self::Gu => "gu",
            Self::Pt => "pt",
            Self::Ar => "ar",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|l| l.as_str() == text)
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Cy => "Cymraeg",
            Self::Pl => "Polski",
            Self::Ro => "Română",
            Self::Pa => "ਪੰਜਾਬੀ",
            Self::Ur => "اردو",
            Self::Bn => "বাংলা",
            Self::Gu => "ગુજરાતી",
            Self::Pt => "Português",
            Self::Ar => "العربية",
        }
    }

    /// Its name in English, for staff.
    pub fn english_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Cy => "Welsh",
            Self::Pl => "Polish",
            Self::Ro => "Romanian",
            Self::Pa => "Punjabi",
            Self::Ur => "Urdu",
            Self::Bn => "Bengali",
            Self::Gu => "Gujarati",
            Self::Pt => "Portuguese",
            Self::Ar => "Arabic",
        }
    }

    /// What stands between the parts of a list.
    pub fn comma(self) -> &'static str {
        if self.is_rtl() { "، " } else { ", " }
    }

    /// What ends a sentence.
    pub fn stop(self) -> &'static str {
        match self {
            Self::Bn | Self::Pa => "।",
            Self::Ur => "۔",
            _ => ".",
        }
    }

    /// Written from right to left.
    pub fn is_rtl(self) -> bool {
        matches!(self, Self::Ur | Self::Ar)
    }

    /// For the attribute `dir`.
    pub fn dir(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// Whether a text message in it fits the GSM alphabet, accents aside.
    pub fn is_latin(self) -> bool {
        matches!(self, Self::En | Self::Cy | Self::Pl | Self::Ro | Self::Pt)
    }

    /// Nobody who speaks it has checked its words yet; its pages say so.
    pub fn awaits_check(self) -> bool {
        self != Self::En
    }

    /// Its place in tables with an entry for each.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|l| *l == self).unwrap_or(0)
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
