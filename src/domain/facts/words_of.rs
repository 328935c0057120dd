//! What is said of an organisation apart from any incident: its own word, and what
//! others say for it. Each speaker's word stands by itself, and ends by itself.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Facts, IncidentFact, LineFact, Situation};
use crate::domain::incident::{LocalFacts, Response};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{BESIDE, OrgCode};
use crate::domain::written::Written;

/// Words, and the name of who said them where the place did not.
pub type Signed<'a> = (Option<&'a String>, &'a Written);

/// The words of a body above a place, with lines that it set for all below.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidAbove {
    /// Under whose name its lines stand.
    pub code: OrgCode,
    pub name: String,
    pub message: Written,
    /// What it said something about.
    pub lines: Vec<Line>,
    pub until: DateTime<Utc>,
    /// Of this place, and not of all below.
    pub is_of_place: bool,
}

impl SaidAbove {
    /// Whether a line of the page is by the same speaker.
    pub fn is_theirs(&self, fact: &LineFact) -> bool {
        match self.is_of_place {
            true => fact.by.as_ref().is_some_and(|by| by.name == self.name),
            false => fact.said_by == self.code,
        }
    }
}

impl Facts {
    /// What the place says in its own words, then what those above it say beside their lines,
    /// with their names; while it stands, and beside these lines.
    pub fn words_beside<'a>(&'a self, lines: &[LineFact], now: DateTime<Utc>) -> Vec<Signed<'a>> {
        let stands = self.local_until.is_some_and(|until| until > now);
        let own = self.local_message.iter().filter(|_| stands).map(|message| (None, message));
        let above = self.words_above(lines, now).map(|said| (Some(&said.name), &said.message));
        own.chain(above).collect()
    }

    /// The same, and what the place answered, for forms that tell no incident with its answer.
    pub fn all_own_words<'a>(&'a self, lines: &[LineFact], now: DateTime<Utc>) -> Vec<Signed<'a>> {
        let incidents = self.incidents.iter().filter(|fact| fact.goes_on());
        let answers = incidents.filter_map(|fact| Some((fact, fact.response.as_ref()?)));
        let answers = answers.filter(|(fact, r)| r.stands_until(&fact.incident) > now);
        let answers = answers.filter_map(|(_, r)| r.words(&self.org.code));
        let answers = answers.map(|(by, words)| (by.map(|by| &by.name), words));
        let all = self.words_beside(lines, now).into_iter();
        let (own, above): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name.is_none());
        let mut all: Vec<Signed<'a>> = Vec::new();
        for (name, message) in own.into_iter().chain(answers).chain(above) {
            if all.iter().all(|(_, told)| *told != message) {
                all.push((name, message));
            }
        }
        all
    }

    /// When the words of an answer run out.
    pub(super) fn answers_end(&self) -> impl Iterator<Item = DateTime<Utc>> + '_ {
        let answers = self.incidents.iter().filter_map(|fact| Some((fact, fact.response.as_ref()?)));
        let with_words = answers.filter(|(_, response)| response.message.is_some());
        with_words.map(|(fact, response)| response.stands_until(&fact.incident))
    }
}

impl IncidentFact {
    /// The answer, as long as its words stand here: what was said of the problem does not,
    /// once somebody else has ended that.
    pub fn answer_with_words(&self) -> Option<&Response> {
        self.response.as_ref().filter(|answer| self.goes_on() || !answer.goes_on())
    }
}

impl Situation {
    /// What an organisation says of itself.
    pub fn own_word(&self, code: &OrgCode) -> Option<&LocalFacts> {
        self.words_of(code).iter().find(|word| word.by.is_none())
    }

    /// What it and others say of it, the newest first.
    pub fn words_of(&self, code: &OrgCode) -> &[LocalFacts] {
        self.local.get(code).map(Vec::as_slice).unwrap_or_default()
    }

    /// The numbers to phone instead of the usual one: what it says itself goes before what
    /// others say for it, and of theirs that which stands longest.
    pub(super) fn other_numbers(&self, code: &OrgCode) -> Vec<OtherNumber> {
        let with_number = self.words_of(code).iter().filter(|word| word.phone.is_some());
        let mut words: Vec<&LocalFacts> = with_number.collect();
        words.sort_by_key(|word| (word.by.is_some(), Reverse(word.expires_at)));
        let number =
            |word: &LocalFacts| Some(OtherNumber { number: word.phone.clone()?, until: word.expires_at });
        words.into_iter().filter_map(number).collect()
    }

    /// The local facts of the last 90 days of one who is heard at a place, oldest first. Of the
    /// nation beside it, from its first words about 999 on.
    pub(super) fn past_of(&self, code: &OrgCode, distance: u8) -> Vec<Arc<LocalFacts>> {
        let past = self.local_past.get(code).map(Vec::as_slice).unwrap_or_default();
        if distance != BESIDE {
            return past.to_vec();
        }
        let of_999 = |word: &Arc<LocalFacts>| {
            let lines = heard_of(&word.lines, distance).into_owned();
            Arc::new(LocalFacts { lines, message: None, phone: None, ..word.as_ref().clone() })
        };
        let mut all: Vec<_> = past.iter().map(of_999).skip_while(|word| word.lines.is_empty()).collect();
        all.dedup_by(|word, before| word.lines.is_empty() && before.lines.is_empty());
        all
    }

    /// Adds a word, in place of what the same speaker said before.
    pub fn say(&mut self, word: LocalFacts) {
        let words = self.local.entry(word.organisation.clone()).or_default();
        words.retain(|before| !before.is_replaced_by(&word));
        words.insert(0, word);
        words.sort_by_key(|word| Reverse(word.set_at));
    }
}

/// What each word says while it counts, the newest first: of a line the last word counts
/// until it runs out, and then the one before it for as long as that was meant to hold. Of
/// 999 and 111 no word runs out.
pub(super) fn in_turn(words: &[LocalFacts]) -> impl Iterator<Item = (&LocalFacts, Vec<Turn>)> {
    words.iter().enumerate().map(|(n, word)| {
        let mut turns: BTreeMap<Option<DateTime<Utc>>, Lines> = BTreeMap::new();
        for (line, setting) in &word.lines.0 {
            let newer = words[..n].iter().filter_map(|w| Some(ends(w, w.lines.get(*line)?))).max();
            let counts = newer.is_none_or(|end| !line.is_national() && ends(word, setting) > end);
            if counts {
                turns.entry(newer).or_default().0.insert(*line, setting.clone());
            }
        }
        (word, turns.into_iter().map(|(from, lines)| (lines, from)).collect())
    })
}

/// What counts at a place of the lines of one who is heard there.
pub(super) fn heard_of(lines: &Lines, distance: u8) -> Cow<'_, Lines> {
    if distance != BESIDE {
        return Cow::Borrowed(lines);
    }
    let of_999 = lines.get(Line::Emergency999).map(|said| (Line::Emergency999, said.clone()));
    Cow::Owned(Lines(of_999.into_iter().collect()))
}

/// A number to phone instead of the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherNumber {
    pub number: String,
    pub until: DateTime<Utc>,
}

/// Lines of a word, and from when on they count, where somebody else spoke since.
pub(super) type Turn = (Lines, Option<DateTime<Utc>>);

/// The lines of which a place says that they are as usual there whatever others say, and
/// until when they say so: its own word may run out before.
pub(super) fn exceptions<'a>(
    situation: &'a Situation,
    org: &OrgCode,
    above: &'a [(OrgCode, u8)],
) -> impl Iterator<Item = (&'a LocalFacts, Lines, DateTime<Utc>)> {
    let own = situation.own_word(org).into_iter();
    own.flat_map(|own| own.lines.0.iter().filter(|(_, s)| s.is_exception).map(move |one| (own, one)))
        .filter_map(move |(own, (line, setting))| {
            let others = above.iter().flat_map(|(code, _)| situation.words_of(code));
            let others =
                others.filter(|word| word.set_at <= own.set_at || word.organisation != own.organisation);
            let until = others.filter_map(|word| Some(ends(word, word.lines.get(*line)?))).max()?;
            let lines = Lines([(*line, setting.clone())].into_iter().collect());
            (until > own.expires_at).then_some((own, lines, until))
        })
}

/// Until when a word holds for a line: whoever names a session says how long.
fn ends(word: &LocalFacts, setting: &Setting) -> DateTime<Utc> {
    setting.session_times().map_or(word.expires_at, |(_, ends)| ends.max(word.expires_at))
}
