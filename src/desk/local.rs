//! What an organisation says about itself, apart from any incident.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::proposals::Content;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::approval::Asked;
use crate::domain::facts::{self, Facts, Situation};
use crate::domain::incident::{DEFAULT_LOCAL_EXPIRY, LocalFacts, Proxy, check_message, check_time};
use crate::domain::line::{Line, Lines, Setting, State};
use crate::domain::org::{Directory, OrgCode, OrgKind};
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::{self, Tx, incidents, organisations};

/// Patients dial the number of their own place: one that a body sets for many is shown by none.
const NO_NUMBER: &str = "Each place sets its own number to use instead, on its own desk. A number for all of \
                         them shows on no page. Leave this empty, and ask the places.";

/// Local facts as somebody wants them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LocalDraft {
    pub lines: Lines,
    pub message: Option<Written>,
    /// A number to use instead of the usual one.
    pub phone: Option<String>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// As somebody would set them again.
impl From<LocalFacts> for LocalDraft {
    fn from(facts: LocalFacts) -> Self {
        Self {
            lines: facts.lines,
            message: facts.message,
            phone: facts.phone,
            expires_at: Some(facts.expires_at),
        }
    }
}

impl LocalDraft {
    /// The lines that it changes on pages: also those of before, which it takes back.
    pub(super) fn concerned(&self, before: &Lines) -> Vec<Line> {
        let says = |line: &&Line| [before, &self.lines].iter().any(|lines| lines.get(**line).is_some());
        Line::ALL.iter().filter(says).copied().collect()
    }
}

/// What became of local facts that somebody set.
#[derive(Debug, Clone)]
pub enum LocalSet {
    Published(LocalFacts),
    /// The proposal that waits for a second person.
    Waits(Uuid),
}

/// Whose pages show the lines that an organisation sets.
#[derive(Debug, Clone, Copy)]
pub struct LinesReach {
    pub scope: OrgKind,
    /// Its own page, and those of its branch surgeries, which are its own rooms.
    pub own: usize,
    /// Those of organisations below it.
    pub others: usize,
    /// Whether nothing shows before a second person agrees.
    pub needs_two: bool,
}

impl LinesReach {
    pub fn pages(&self) -> usize {
        self.own + self.others
    }

    pub fn is_for_others(&self) -> bool {
        self.others > 0
    }

    pub(super) fn asked<'a>(&self, lines: &'a Lines) -> Asked<'a> {
        Asked {
            lines,
            scope: Some(self.scope),
            organisations: self.pages(),
            people: 0,
            is_for_others: self.is_for_others(),
        }
    }
}

/// What somebody above says of all places below, which one may be an exception
/// to.
#[derive(Debug, Clone)]
pub struct Wider {
    pub line: Line,
    pub state: &'static State,
    pub said_by: String,
    pub until: DateTime<Utc>,
    /// Nobody said it of this place: surgeries have a problem whose prescriptions
    /// it makes up.
    pub is_linked: bool,
}

/// What those above a place say of its lines, or what follows from a problem at
/// surgeries, and it has not said otherwise itself; 999 and 111 are nobody's to be an exception to.
pub(super) fn wider(
    facts: &Facts,
    situation: &Situation,
    directory: &Directory,
    now: DateTime<Utc>,
) -> Vec<Wider> {
    let org = &facts.org;
    let stands = |code: &OrgCode| {
        let words = situation.words_of(code).iter();
        words.filter(|l| l.expires_at > now).collect::<Vec<_>>()
    };
    let shown = facts.at(now).lines;
    let is_own = |line: Line| shown.iter().any(|f| f.line == line && f.said_by == org.code && f.by.is_none());
    let mut out: Vec<Wider> = Vec::new();
    let above = directory.above(&org.code).iter().map(|(code, _)| code);
    for local in above.flat_map(stands).filter(|l| l.organisation != org.code || l.by.is_some()) {
        let name =
            local.by.as_ref().map_or_else(|| directory.name_of(&local.organisation), |by| by.name.clone());
        for (line, setting) in &local.lines.0 {
            let is_settled = out.iter().any(|w| w.line == *line) || is_own(*line);
            if org.has(*line) && !line.is_national() && setting.state.severity > 0 && !is_settled {
                let (said_by, until) = (name.clone(), local.expires_at);
                out.push(Wider { line: *line, state: setting.state, said_by, until, is_linked: false });
            }
        }
    }
    let linked = shown.into_iter().filter(|f| f.is_linked).map(|f| Wider {
        line: f.line,
        state: f.setting.state,
        said_by: f.said_by_name,
        until: f.expires_at,
        is_linked: true,
    });
    out.extend(linked);
    out
}

impl Desk {
    /// Says that a line is as usual here, whatever somebody above says of it, for
    /// as long as they say it; beside what the place says already.
    pub async fn except(&self, who: &Actor, line: Line) -> Result<LocalSet> {
        let now = self.now();
        let code = &who.organisation;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(code).ok_or(DeskError::NotFound("Your organisation"))?;
        let situation = incidents::situation(&mut tx, now).await?;
        let own = situation.own_word(code).filter(|l| l.expires_at > now).cloned();
        let facts = facts::facts(org, &situation, &directory, &self.catalogue);
        let wider = wider(&facts, &situation, &directory, now).into_iter().find(|w| w.line == line);
        drop(tx);
        let none = "Nobody above you says anything else about this any more.";
        let wider = wider.ok_or_else(|| DeskError::Conflict(none.into()))?;
        let mut draft = match own {
            Some(own) => own.into(),
            None => LocalDraft { expires_at: Some(wider.until), ..LocalDraft::default() },
        };
        draft.lines.0.insert(line, Setting { is_exception: true, ..Setting::new(line.normal()) });
        self.set_lines(who, code, &draft).await
    }

    /// Sets local facts in place of what the same speaker said of the organisation before:
    /// empty lines take all of that back. What a region or a board says of itself holds for
    /// all below it, and needs a second person.
    pub async fn set_lines(&self, who: &Actor, code: &OrgCode, draft: &LocalDraft) -> Result<LocalSet> {
        let mut tx = self.db.write().await?;
        organisations::lock(&mut tx, code).await?;
        let directory = self.directory(&mut tx).await?;
        let facts = self.local_facts(&mut tx, who, code, draft, &directory).await?;
        let before = incidents::word_before(&mut tx, &facts).await?.map(|f| f.lines).unwrap_or_default();
        super::checks::new_sessions(&facts.lines, &before, self.now())?;
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        let reasons = self.reasons_for_lines(&self.lines_reach(org, &directory), &before, &facts);
        if !reasons.is_empty() {
            let (id, content) = (self.new_id(), Content::Lines(Box::new(draft.clone())));
            self.propose(&mut tx, who, content, (id, None), code, reasons).await?;
            tx.commit().await?;
            return Ok(LocalSet::Waits(id));
        }
        let facts = self.put_lines(&mut tx, who, code, draft, &directory).await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(LocalSet::Published(facts))
    }

    /// Checks local facts, and gives them as they would stand.
    pub(super) async fn local_facts(
        &self,
        tx: &mut Tx,
        who: &Actor,
        code: &OrgCode,
        draft: &LocalDraft,
        directory: &Directory,
    ) -> Result<LocalFacts> {
        let now = self.now();
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, directory)?;
        if !org.kind.is_of_tree() {
            // Lines go down the tree, and these stand beside it.
            let detail = "Command centres and partner bodies have no lines of their own.";
            return Err(DeskError::field("/lines", detail));
        }
        let mut errors = check_message(draft.message.as_ref(), directory.is_welsh(code));
        check_time("/expires_at", draft.expires_at, now, &mut errors);
        super::checks::speaker(who, Some(&draft.lines), directory, &mut errors);
        super::checks::lines_of(org, &draft.lines, &mut errors);
        super::checks::words_of(&draft.lines, directory.is_welsh(code), &mut errors);
        let phone = draft.phone.as_deref().map(|p| read_phone(p, &mut errors));
        if phone.as_deref().is_some_and(|p| !p.is_empty()) && !org.kind.sees_patients() {
            errors.push(FieldError::new("/phone", NO_NUMBER));
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let words = incidents::words_of(tx, code).await?;
        let by = spoken_for(who, code, directory);
        let stands = words.iter().filter(|word| word.expires_at > now && org.kind.sees_patients());
        if let Some(speaker) = &by
            && let Some(word) = stands.into_iter().find(|word| is_over(speaker, word, directory))
        {
            let name = word.by.as_ref().map_or(&org.name, |by| &by.name);
            let detail =
                format!("{name} has said how it is there. Nobody further away can say otherwise. Ask there.");
            return Err(DeskError::Conflict(detail));
        }
        let mut facts = LocalFacts {
            organisation: code.clone(),
            lines: draft.lines.clone(),
            message: draft.message.as_ref().map(Written::trimmed),
            phone: phone.filter(|p| !p.is_empty()),
            expires_at: draft.expires_at.unwrap_or(now + DEFAULT_LOCAL_EXPIRY),
            meant_until: None,
            set_at: now,
            by,
        };
        let before = words.into_iter().find(|word| word.is_replaced_by(&facts));
        let mut lines = before.map(|word| word.lines).unwrap_or_default().overlaid(&draft.lines, now);
        lines.0.retain(|line, _| draft.lines.get(*line).is_some());
        facts.lines = lines;
        Ok(facts)
    }

    /// The lines that local facts change on pages, while those before them still stand.
    pub(super) async fn concerned(
        &self,
        tx: &mut Tx,
        who: &Actor,
        code: &OrgCode,
        draft: &LocalDraft,
        directory: &Directory,
    ) -> Result<Vec<Line>> {
        let facts = self.local_facts(tx, who, code, draft, directory).await?;
        let before = incidents::word_before(tx, &facts).await?.filter(|f| f.expires_at > self.now());
        Ok(draft.concerned(&before.map(|f| f.lines).unwrap_or_default()))
    }

    /// Writes local facts that nobody has to agree to any more.
    pub(super) async fn put_lines(
        &self,
        tx: &mut Tx,
        who: &Actor,
        code: &OrgCode,
        draft: &LocalDraft,
        directory: &Directory,
    ) -> Result<LocalFacts> {
        organisations::lock(tx, code).await?;
        let facts = self.local_facts(tx, who, code, draft, directory).await?;
        self.keep_lines(tx, who, &facts).await?;
        Ok(facts)
    }

    /// Writes local facts as they are.
    pub(super) async fn keep_lines(&self, tx: &mut Tx, who: &Actor, facts: &LocalFacts) -> Result<()> {
        let code = &facts.organisation;
        let before = incidents::word_before(tx, facts).await?.filter(|word| word.expires_at > facts.set_at);
        incidents::set_local(tx, self.new_id(), facts, &who.name).await?;
        let directory = self.directory(tx).await?;
        self.tell_lifted(tx, who, (before.as_ref(), facts), &directory).await?;
        let detail = json!({"lines": facts.lines, "phone": facts.phone, "expires_at": facts.expires_at,
            "phones_down": facts.lines.get(Line::Phones).map(|s| s.state.key == "down"),
            "said_by": facts.by.as_ref().map(|by| &by.code)});
        audit::record(tx, who, facts.set_at, Entry::new("set_lines", code, detail)).await?;
        store::bump(tx, "situation").await?;
        Ok(())
    }
}

/// In whose name somebody speaks of an organisation; `None` where it is its own word.
fn spoken_for(who: &Actor, code: &OrgCode, directory: &Directory) -> Option<Proxy> {
    let speaker = who.acting(Action::Publish, &[code], directory).organisation;
    let name = directory.name_of(&speaker);
    (!directory.is_part_of(code, &speaker)).then_some(Proxy { code: speaker, name })
}

/// Whether somebody would speak over those who know how it is at a place: a region over
/// the place itself, or over its board.
fn is_over(by: &Proxy, stands: &LocalFacts, directory: &Directory) -> bool {
    let knows = |code: &OrgCode| facts::is_responsible(code, &stands.organisation, directory);
    stands.by.as_ref().is_none_or(|said| knows(&said.code)) && !knows(&by.code)
}

/// A phone number that patients dial: kept as written, and a whole one of the United
/// Kingdom (Ofcom, National Telephone Numbering Plan: 10 or 11 digits with the 0, mobile
/// numbers 11). Never 999 or 111, which are not a place's to send people to.
fn read_phone(text: &str, errors: &mut Vec<FieldError>) -> String {
    let text = text.trim().to_owned();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.strip_prefix("44").filter(|_| text.starts_with('+')) {
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => digits,
    };
    let clean = text
        .chars()
        .enumerate()
        .all(|(n, c)| c.is_ascii_digit() || " ()-".contains(c) || (c == '+' && n == 0));
    let whole = match national.as_bytes() {
        [b'0', b'7', ..] => national.len() == 11,
        [b'0', b'1'..=b'9', ..] => (10..=11).contains(&national.len()),
        _ => false,
    };
    if !text.is_empty() && (!clean || !whole) {
        errors.push(FieldError::new("/phone", "Enter a UK phone number, like 01632 960 001."));
    }
    text
}
