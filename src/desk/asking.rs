//! How far the asking about an incident has come, and what each site has answered.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use super::responses::outweighs;
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::facts::{Ending, is_responsible};
use crate::domain::incident::{Incident, Kind, Response};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::standing;
use crate::domain::user::{Action, Actor};
use crate::domain::word::Word;
use crate::store::audit::{self, Entry};
use crate::store::chases::{self, Chase};
use crate::store::{Tx, calls, incidents};

/// How far the asking about an incident has come.
#[derive(Debug, Clone)]
pub struct Asking {
    pub incident: Incident,
    /// Reached, and have not answered, in order of code.
    pub silent: Vec<OrgCode>,
    pub answered: usize,
    /// Every site that is asked or may be affected, and everybody else who answered, in order
    /// of code.
    pub sites: Vec<Site>,
    pub chase: Option<Chase>,
    /// It was declared by others: only their own places are listed, and they may
    /// only be asked once more.
    pub is_others: bool,
}

/// One site, and what it said.
#[derive(Debug, Clone)]
pub struct Site {
    pub org: Arc<Org>,
    /// How it counts, as on the board and in reports; `None` where it is no place.
    pub word: Option<Word>,
    /// What it said last; `None` while it is silent.
    pub said: Option<Said>,
    /// What it said beside its answer, and whether that stands.
    pub stood: Option<(Response, bool)>,
    /// Nobody is on duty there whom we can ask.
    pub has_nobody: bool,
    /// Others say that it is over, and nobody has said so who would know.
    pub is_awaited: bool,
    /// They may answer for it.
    pub may_answer: bool,
    /// They know how it is there, and may say that it is back to normal.
    pub may_say_back: bool,
    /// They are responsible for it, and may say for all such at once that they are back to normal.
    pub may_confirm: bool,
}

/// An answer, with when and by which door it came.
#[derive(Debug, Clone)]
pub struct Said {
    pub given: Response,
    /// The name of who answered, or that it was by link.
    pub by: String,
}

/// How many of an incident's sites are silent, and how many have answered.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub silent: usize,
    pub answered: usize,
    /// Of the silent, those where nobody is on duty whom we can ask.
    pub has_nobody: usize,
}

/// The same with when the silent are asked next.
#[derive(Debug, Clone)]
pub struct Progress {
    pub is_open: bool,
    /// All that was said of it was taken back.
    pub is_withdrawn: bool,
    pub tally: Tally,
    /// Others say that it is over: so many have not said that they are back to normal.
    pub awaited: usize,
    pub chase: Option<Chase>,
}

impl Asking {
    /// For how many places they may say at once that these are back to normal.
    pub fn may_confirm(&self) -> usize {
        self.sites.iter().filter(|site| site.may_confirm).count()
    }

    pub fn progress(&self) -> Progress {
        let nobody = |s: &&Site| s.word == Some(Word::Silent) && s.has_nobody;
        let tally = Tally {
            silent: self.silent.len(),
            answered: self.answered,
            has_nobody: self.sites.iter().filter(nobody).count(),
        };
        let awaited = self.sites.iter().filter(|site| site.is_awaited).count();
        Progress {
            is_open: self.incident.is_open(),
            is_withdrawn: self.incident.was_mistaken(),
            tally,
            awaited,
            chase: self.chase.clone(),
        }
    }
}

impl Desk {
    /// How far the asking about an incident of theirs, or from below, has come; of
    /// one that others declared and that reaches theirs, at their own places.
    pub async fn asking(&self, who: &Actor, id: Uuid) -> Result<Asking> {
        let mut tx = self.db.read().await?;
        self.asking_in(&mut tx, who, id).await
    }

    pub(super) async fn asking_in(&self, tx: &mut Tx, who: &Actor, id: Uuid) -> Result<Asking> {
        let now = self.now();
        let directory = self.directory(tx).await?;
        let (incident, is_others) = self.asked_about(tx, who, Action::See, id, &directory).await?;
        let sees = |code: &OrgCode| who.may(Action::See, code, &directory).is_ok();
        let mut asked = self.sites(&incident, &directory);
        asked.retain(|code| !is_others || sees(code));
        let said = self.said(tx, &incident).await?;
        let situation = incidents::situation(tx, now).await?;
        let answers = said.values().map(|s| &s.given);
        let answers = answers.map(|r| ((id, r.organisation.clone()), r.clone())).collect();
        // As its page has it: a surgery's word is that of its branches.
        let given = |code: &OrgCode| cascade::answer(&incident, code, &answers, &directory);
        let silent: Vec<OrgCode> = asked.iter().filter(|code| given(code).is_none()).cloned().collect();
        let answered = asked.len() - silent.len();
        let staffed = calls::staffed(tx).await?;
        let chase = chases::find(tx, id).await?;
        let by = &incident.declared_by;
        let others = said.keys().filter(|code| *code != by && directory.is_at_or_below(code, by));
        let others = others.filter(|code| !is_others || sees(code));
        let word = |org| Word::on(&incident, org, &answers, &directory, &self.catalogue);
        let below = directory.below(by).into_iter().filter(|code| !is_others || sees(code));
        let words: BTreeMap<OrgCode, Word> =
            below.filter_map(|code| Some((code.clone(), word(directory.get(&code)?)?))).collect();
        let all: BTreeSet<&OrgCode> = asked.iter().chain(others).chain(words.keys()).collect();
        let site = |code: &OrgCode| {
            let org = Arc::clone(directory.get(code)?);
            let given = given(code);
            let ending = Ending::at(&incident, &org, &situation, &directory);
            let unconfirmed = ending.unconfirmed_until(&incident, given).is_some_and(|until| now < until);
            let word = words.get(code).copied();
            let is_awaited = (ending == Ending::Awaited || unconfirmed) && word != Some(Word::Unknown);
            let speaker = who.acting(Action::Publish, &[code], &directory).organisation;
            let may_answer = (incident.is_open() || is_awaited)
                && who.may(Action::Publish, code, &directory).is_ok()
                && !given.is_some_and(|r| outweighs(r, &speaker, code, &directory));
            Some(Site {
                word,
                has_nobody: !staffed.contains(code),
                is_awaited,
                may_answer,
                may_say_back: is_responsible(&speaker, code, &directory),
                may_confirm: is_awaited
                    && may_answer
                    && is_responsible(&speaker, code, &directory)
                    && given.is_none_or(|r| r.by.is_some()),
                said: given.and_then(|r| said.get(&r.organisation)).cloned(),
                stood: standing::stood(&incident, code, &situation, &directory),
                org,
            })
        };
        let sites = all.into_iter().filter_map(site).collect();
        Ok(Asking { incident, silent, answered, sites, chase, is_others })
    }

    /// What each place said last about an incident.
    async fn said(&self, tx: &mut Tx, incident: &Incident) -> Result<HashMap<OrgCode, Said>> {
        let mut authors = incidents::who_answered(tx, incident.id).await?;
        let answers = incidents::responses_to(tx, incident).await?;
        let said = answers.into_iter().map(|r| {
            let by = authors.remove(&r.organisation).unwrap_or_default();
            (r.organisation.clone(), Said { given: r, by })
        });
        Ok(said.collect())
    }

    /// The same in numbers, from what is known already.
    pub(super) fn tally(
        &self,
        incident: &Incident,
        has_answered: impl Fn(&OrgCode) -> bool,
        staffed: &HashSet<OrgCode>,
        directory: &Directory,
    ) -> Tally {
        let mut tally = Tally::default();
        for site in self.sites(incident, directory) {
            match has_answered(&site) {
                true => tally.answered += 1,
                false => tally.silent += 1,
            }
            tally.has_nobody += usize::from(!has_answered(&site) && !staffed.contains(&site));
        }
        tally
    }

    /// Stops asking the silent, or has it go on: then they are asked now.
    pub async fn set_asking(&self, who: &Actor, id: Uuid, on: bool) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let (incident, is_others) = self.asked_about(&mut tx, who, Action::Publish, id, &directory).await?;
        if on && !incident.is_open() {
            let how = if incident.was_mistaken() { "was withdrawn" } else { "is over" };
            let detail = format!("This problem {how}. Nobody is asked about it any more.");
            return Err(DeskError::Conflict(detail));
        }
        if is_others {
            if !on {
                // The asking itself is whose the incident is.
                return Err(DeskError::Denied);
            }
            self.ask_below(&mut tx, &incident, &who.organisation).await?;
            let detail = json!({"below": who.organisation});
            audit::record(&mut tx, who, now, Entry::new("ask_below", id, detail)).await?;
            tx.commit().await?;
            self.signals.ring();
            return Ok(());
        }
        let asked = chases::find(&mut tx, id).await?.map_or(0, |chase| chase.asked);
        let (next_at, stopped_at) = if on { (Some(now), None) } else { (None, Some(now)) };
        // Begun anew, the silent are asked as often as after the first time.
        let asked = if on { asked.min(1) } else { asked };
        chases::begin(&mut tx, id, None).await?;
        chases::set(&mut tx, id, next_at, stopped_at, asked).await?;
        let action = if on { "start_asking" } else { "stop_asking" };
        audit::record(&mut tx, who, now, Entry::new(action, id, json!({}))).await?;
        tx.commit().await?;
        Ok(())
    }

    /// An incident about which places of theirs are asked, and whether others
    /// declared it.
    async fn asked_about(
        &self,
        tx: &mut Tx,
        who: &Actor,
        action: Action,
        id: Uuid,
        directory: &Directory,
    ) -> Result<(Incident, bool)> {
        let none = || DeskError::NotFound("This incident");
        let incident = incidents::find(tx, id, false).await?.ok_or_else(none)?;
        if who.may(Action::See, &incident.declared_by, directory).is_ok() {
            who.may(action, &incident.declared_by, directory)?;
            return Ok((incident, false));
        }
        // Of others' they see what they have below them, where it is asked.
        let own = &who.organisation;
        let is_theirs = |code: &OrgCode| code != own && directory.is_at_or_below(code, own);
        let reaches =
            incident.kind == Kind::Live && self.sites_reached(&incident, directory).iter().any(is_theirs);
        if !reaches {
            return Err(none());
        }
        who.may(action, own, directory)?;
        Ok((incident, true))
    }
}
