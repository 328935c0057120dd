//! A place's own word changes whether to come, in the middle of an incident or after its end,
//! or somebody lifts lines that messages told of: readers who heard otherwise are told at
//! once, in the words of the newest update as they are true there now. Nothing else may follow
//! for hours, or ever.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::proposals::{Content, Shown, stage};
use super::seen::Seen;
use super::telling::Topic;
use super::{Desk, Result};
use crate::domain::approval::{Asked, Publication, Reason};
use crate::domain::cascade;
use crate::domain::delivery::Lane;
use crate::domain::facts::{self, Situation, View};
use crate::domain::headline::{HeadlineState, attend_text};
use crate::domain::incident::{Incident, Kind, LocalFacts, Response};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::user::Actor;
use crate::store::broadcasts::{self, Broadcast, BroadcastKind};
use crate::store::proposals::Proposal;
use crate::store::{Tx, accounts, heard, holding, incidents, listeners, organisations, overtaking};
use crate::words::Locale;

/// What was told before that is news no more.
pub(super) const LATELY: Duration = Duration::days(14);

/// For how long a word may wait at most.
const WORDS_WAIT: Duration = Duration::days(1);
/// How many other places of its readers are looked at when a place answers.
const OTHERS: u32 = 100;

/// Who hears at once what a place's own word changes about coming.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readers {
    pub number: usize,
    /// They are very many: a second person agrees first.
    pub needs_two: bool,
}

/// What a word is about: an incident in the words of an update, or planned work in those of a
/// step.
#[derive(Debug, Clone, Copy, Default)]
struct About {
    incident: Option<Uuid>,
    update: Option<Uuid>,
    planned: Option<Uuid>,
    step: Option<Uuid>,
}

impl Desk {
    /// Who hears at once what a place's own word changes about coming; nobody where no
    /// patients are seen.
    pub(super) async fn readers_of(
        &self,
        tx: &mut Tx,
        place: &OrgCode,
        directory: &Directory,
    ) -> Result<Readers> {
        if !sees_patients(place, directory) {
            return Ok(Readers::default());
        }
        let parts = directory.parts_of(place);
        let number = self.followers(tx, &parts).await?;
        let reasons = self.reasons_for_word(place, parts.len(), number, directory);
        Ok(Readers { number, needs_two: stage(&reasons) != Publication::Published })
    }

    /// Why the messages of a place's word need a second person: as a post of its own would.
    fn reasons_for_word(
        &self,
        place: &OrgCode,
        organisations: usize,
        people: usize,
        directory: &Directory,
    ) -> Vec<Reason> {
        let scope = directory.get(place).map(|org| org.kind);
        let lines = &Lines::default();
        self.rules.reasons(&Asked { lines, scope, organisations, people, is_for_others: false })
    }

    /// Has the readers of a place told of its answer, where it may change whether to come. Whom
    /// it is news to is seen when the audience is put together.
    pub(super) async fn tell_readers(
        &self,
        tx: &mut Tx,
        who: &Actor,
        said: &Response,
        directory: &Directory,
    ) -> Result<()> {
        let place = &said.organisation;
        let found = incidents::find(tx, said.incident, false).await?;
        let Some(incident) = found.filter(|_| sees_patients(place, directory)) else { return Ok(()) };
        let Some(org) = directory.get(place) else { return Ok(()) };
        if cascade::touches(&incident.target, org, directory, &self.catalogue).is_none() {
            // A pharmacy that is slower by what is wrong at surgeries: on its page alone.
            return Ok(());
        }
        let above = directory.above(place).iter().map(|(code, _)| code);
        let whole = above.filter(|code| directory.is_part_of(place, code)).cloned();
        let whole: Vec<OrgCode> = whole.chain(directory.parts_of(place)).collect();
        let told = incident.lines_told();
        let shuts = told.get(Line::Attend).is_some_and(|s| s.state.key == "do_not_come");
        if !shuts && !heard::answers_on_coming(tx, incident.id, &whole).await? {
            return Ok(());
        }
        let content = json!({"answer": said.answer, "lines": said.lines, "message": said.message});
        self.tell_word(tx, who, (place, Vec::new()), (&incident, content), directory).await?;
        self.tell_of_others(tx, who, place, &incident, directory).await
    }

    /// One message told of several places of a reader where all were shut, in the name of the
    /// first. Once that one says that people may come, it vouches for the others no more: of
    /// those that are shut still, their readers are told who have not heard it in their name.
    async fn tell_of_others(
        &self,
        tx: &mut Tx,
        who: &Actor,
        place: &OrgCode,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<()> {
        let parts = directory.parts_of(place);
        if !organisations::are_few(&parts) {
            return Ok(());
        }
        let mut others = listeners::others_followed(tx, &parts, OTHERS).await?;
        others.retain(|code| {
            let org = directory.get(code).filter(|org| org.kind.sees_patients());
            org.is_some_and(|org| {
                cascade::touches(&incident.target, org, directory, &self.catalogue).is_some()
            })
        });
        if others.is_empty() {
            return Ok(());
        }
        let situation = incidents::situation(tx, self.now()).await?;
        let is_shut = |code: &OrgCode| {
            self.page_of(code, &situation, directory).is_some_and(|page| page.headline.is_no())
        };
        if is_shut(place) {
            return Ok(());
        }
        for other in others.iter().filter(|code| is_shut(code)) {
            let people = self.followers(tx, &directory.parts_of(other)).await?;
            let reasons = self.reasons_for_word(other, 1, people, directory);
            // Nobody there said anything: nobody is asked to agree.
            if stage(&reasons) == Publication::Published {
                let content = json!({"shut_still": place});
                self.tell_word(tx, who, (other, Vec::new()), (incident, content), directory).await?;
            }
        }
        Ok(())
    }

    /// An update is stopped or taken back: words of places that stood back for it, or were to
    /// be heard with it, are told as they are true now, to whoever has not heard them.
    pub(super) async fn tell_words_again(&self, tx: &mut Tx, who: &Actor, update: Uuid) -> Result<()> {
        let stopped = broadcasts::find(tx, update).await?.filter(|b| b.place.is_none());
        let Some((stopped, id)) = stopped.and_then(|b| Some((b.id, b.incident?))) else { return Ok(()) };
        let Some(incident) = incidents::find(tx, id, false).await? else { return Ok(()) };
        let directory = self.directory(tx).await?;
        for word in broadcasts::newest_words(tx, id, self.now() - WORDS_WAIT).await? {
            let Some(place) = &word.place else { continue };
            let content = json!({"again": stopped});
            self.tell_word(tx, who, (place, word.lifted), (&incident, content), &directory).await?;
        }
        Ok(())
    }

    /// Has those told who hear no update of an incident that comes back, since their place is
    /// not affected, and whose place had said with that not to come: its page says so again.
    pub(super) async fn tell_of_return(
        &self,
        tx: &mut Tx,
        who: &Actor,
        incident: &Incident,
        since: DateTime<Utc>,
    ) -> Result<()> {
        if !incident.comes_back(since) {
            return Ok(());
        }
        let directory = self.directory(tx).await?;
        let shuts = |r: &Response| r.lines.get(Line::Attend).is_some_and(|s| s.state.key == "do_not_come");
        for said in incidents::responses_to(tx, incident).await? {
            if said.answer.clears() && shuts(&said) {
                self.tell_readers(tx, who, &said, &directory).await?;
            }
        }
        Ok(())
    }

    /// Whoever was told by a message what somebody has lifted since, and said apart from any
    /// incident, hears once that it is no more.
    pub(super) async fn tell_lifted(
        &self,
        tx: &mut Tx,
        who: &Actor,
        (before, now): (Option<&LocalFacts>, &LocalFacts),
        directory: &Directory,
    ) -> Result<()> {
        let is_wrong = |setting: &Setting| setting.state.severity > 0;
        let taken_back = before.into_iter().flat_map(|before| &before.lines.0);
        let taken_back = taken_back.filter(|(line, s)| is_wrong(s) && now.lines.get(**line).is_none());
        let as_usual = now.lines.0.iter().filter(|(_, s)| !is_wrong(s));
        let lifted = taken_back.chain(as_usual).map(|(line, _)| *line);
        let lifted: Vec<Line> = lifted.filter(|line| !line.is_national()).collect();
        if lifted.is_empty() {
            return Ok(());
        }
        let place = &now.organisation;
        let places = directory.parts_of(place);
        let content = json!({"lifted": lifted});
        for id in heard::incidents_told(tx, &places, now.set_at - LATELY).await? {
            let Some(incident) = incidents::find(tx, id, false).await? else { continue };
            self.tell_word(tx, who, (place, lifted.clone()), (&incident, content.clone()), directory).await?;
        }
        for (planned, step) in heard::steps_told(tx, &places, now.set_at - LATELY).await? {
            let about = About { planned: Some(planned), step: Some(step), ..About::default() };
            self.put_word(tx, who, (place, lifted.clone()), (about, content.clone()), directory).await?;
        }
        Ok(())
    }

    /// Puts a word into the outbox, in place of what was said before in the same name. As with
    /// a post of one's own, very many wait for a second person.
    async fn tell_word(
        &self,
        tx: &mut Tx,
        who: &Actor,
        (place, lifted): (&OrgCode, Vec<Line>),
        (incident, content): (&Incident, Value),
        directory: &Directory,
    ) -> Result<()> {
        let Some(update) = incident.standing().next_back().filter(|_| incident.kind == Kind::Live) else {
            return Ok(());
        };
        let about = About { incident: Some(incident.id), update: Some(update.id), ..About::default() };
        self.put_word(tx, who, (place, lifted), (about, content), directory).await
    }

    async fn put_word(
        &self,
        tx: &mut Tx,
        who: &Actor,
        (place, lifted): (&OrgCode, Vec<Line>),
        (about, content): (About, Value),
        directory: &Directory,
    ) -> Result<()> {
        let (now, parts) = (self.now(), directory.parts_of(place));
        let people = self.followers(tx, &parts).await?;
        let posts = accounts::all(tx).await?.iter().any(|account| parts.contains(&account.organisation));
        if people == 0 && !posts {
            return Ok(());
        }
        let About { incident, update, planned, step } = about;
        let content = json!({"incident": incident.or(planned), "update": update.or(step), "place": place, "word": content});
        let broadcast = Broadcast {
            id: self.new_id(),
            kind: BroadcastKind::Word,
            incident,
            update,
            planned,
            step,
            corrects: None,
            lane: Lane::Urgent.order(),
            content_hash: Sha256::digest(content.to_string().as_bytes()).to_vec(),
            epoch: 0,
            created_at: now,
            cursor: None,
            social_done: false,
            expanded_at: None,
            superseded_at: None,
            place: Some(place.clone()),
            lifted,
        };
        broadcasts::insert(tx, &broadcast).await?;
        let reasons = self.reasons_for_word(place, parts.len(), people, directory);
        if stage(&reasons) != Publication::Published {
            holding::wait_for_approval(tx, broadcast.id, now).await?;
            let (ids, content) = ((broadcast.id, incident), Content::Messages(Shown::Word));
            self.propose(tx, who, content, ids, place, reasons).await?;
        }
        if broadcast.lifted.is_empty() {
            overtaking::supersede_answers(tx, &broadcast, now).await?;
        }
        Ok(())
    }

    /// How many follow any of these places; exactly where they are few.
    pub async fn followers(&self, tx: &mut Tx, places: &[OrgCode]) -> Result<usize> {
        match organisations::are_few(places) {
            true => Ok(listeners::followers(tx, places).await?),
            false => self.count_people(tx, places, &Lines::shut(), self.now(), usize::MAX - 1).await,
        }
    }

    /// What is seen of a place's word that waits for a second person: whom it goes to at most,
    /// and the exact words.
    pub(super) async fn look_at_word(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
        directory: &Directory,
    ) -> Result<Seen> {
        let Some(broadcast) = broadcasts::find(tx, proposal.id).await? else { return Ok(Seen::default()) };
        let Some(topic) = self.topic(tx, &broadcast).await? else { return Ok(Seen::default()) };
        let (title, level, stage, place) = match &topic {
            Topic::Word { incident, update, place } => {
                (incident.title.clone(), incident.level, Some(update.stage), place)
            }
            Topic::Step { planned, word: Some(place), .. } => (planned.title.clone(), None, None, place),
            _ => return Ok(Seen::default()),
        };
        let situation = incidents::situation(tx, self.now()).await?;
        let message = self.write_topic(&topic, place, &situation, directory, Locale::En);
        let (parts, name) = (directory.parts_of(place), directory.name_of(place));
        Ok(Seen {
            title,
            area: name.clone(),
            level,
            stage,
            pages: parts.len(),
            recipients: self.count_recipients(tx, &parts, place, &Lines::shut(), self.now()).await?,
            sample: message.map(|message| (name, message)),
            ..Seen::default()
        })
    }

    /// Whether this part of the words for an audience says that nobody is to come.
    pub fn says_no(said: &str, message: &Message, place: &OrgCode, directory: &Directory) -> bool {
        let Some(kind) = directory.get(place).map(|org| org.kind) else { return false };
        said.contains(attend_text(kind, Some("do_not_come"), HeadlineState::Closed, message.words()))
    }

    /// What the page of a place says now; `None` where it has no answer about coming.
    pub fn page_of(&self, place: &OrgCode, situation: &Situation, directory: &Directory) -> Option<View> {
        let org = directory.get(place).filter(|org| org.kind.sees_patients())?;
        Some(facts::facts(org, situation, directory, &self.catalogue).at(self.now()))
    }
}

fn sees_patients(place: &OrgCode, directory: &Directory) -> bool {
    directory.get(place).is_some_and(|org| org.kind.sees_patients())
}
