//! One organisation's answer to an incident.

use serde_json::json;
use uuid::Uuid;

use super::asking::Site;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::cascade;
use crate::domain::facts::{self, Ending, Situation};
use crate::domain::incident::{Answer, Incident, Kind, Proxy, Response, check_message};
use crate::domain::line::Lines;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::standing::{self, Answering};
use crate::domain::user::{Action, Actor, Door};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::{self, Tx, incidents};

/// What an organisation answers.
#[derive(Debug, Clone)]
pub struct ResponseDraft {
    pub answer: Answer,
    /// Its own lines; they beat the incident's. None keeps what stands with an answer that
    /// keeps it ([`Answer::keeps`]); none at all takes it away.
    pub lines: Option<Lines>,
    /// The same for its own words: blank ones take them away.
    pub message: Option<Written>,
}

impl ResponseDraft {
    /// The answer alone: what stands with it stays.
    pub fn of(answer: Answer) -> Self {
        Self { answer, lines: None, message: None }
    }

    /// What is said with it where something stood before: lines, words, and who said those.
    fn over(&self, stood: Option<&Response>, by: &Answering<'_>) -> (Lines, Option<Written>, Option<Proxy>) {
        let given = self.message.as_ref().map(Written::trimmed);
        let (words, words_by) = match given {
            Some(words) => (Some(words).filter(|words| !words.is_blank()), None),
            None => by.words(stood).map_or((None, None), |(words, by)| (Some(words), by)),
        };
        (by.lines(stood, self.lines.as_ref()), words, words_by)
    }
}

impl Desk {
    /// Records that an organisation is affected, not affected, busy, or back
    /// to normal. The newest answer counts; all stay on record.
    pub async fn respond(
        &self,
        who: &Actor,
        incident_id: Uuid,
        code: &OrgCode,
        draft: &ResponseDraft,
    ) -> Result<Response> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let incident = self.asked_of(&mut tx, who, incident_id, code, draft, &directory).await?;
        let speaker = who.acting(Action::Publish, &[code], &directory).organisation;
        let mut said = Situation::default();
        let given = incidents::every_response_to(&mut tx, incident_id).await?;
        given.into_iter().for_each(|response| said.answer(response));
        may_stand(&speaker, cascade::answer(&incident, code, &said.responses, &directory), code, &directory)?;
        let (proxy, by) = spoken_for(who, speaker, code, &directory);
        let stood = standing::stood(&incident, code, &said, &directory).map(|(stood, _)| stood);
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        let is_over = !Ending::at(&incident, org, &said, &directory).goes_on();
        // Who is well does not say again what was said of a problem that is over.
        let stood = stood.filter(|_| !is_over || !draft.answer.clears());
        let place = &Proxy { code: code.clone(), name: directory.name_of(code) };
        let speaker = proxy.as_ref().map_or(code, |by| &by.code);
        let answering = Answering { place, speaker, answer: draft.answer, at: now };
        let (lines, message, message_by) = draft.over(stood.as_ref(), &answering);
        let response = Response {
            incident: incident_id,
            organisation: code.clone(),
            answer: draft.answer,
            lines,
            message,
            made_at: now,
            by: proxy,
            message_by,
            was_affected: false,
        };
        let before = cascade::own_answer(&incident, code, &said.responses);
        self.keep(&mut tx, who, &response, before, &by, &directory).await?;
        let by = response.by.as_ref().map(|by| &by.code);
        let detail = json!({"organisation": code, "answer": draft.answer, "said_by": by});
        audit::record(&mut tx, who, now, Entry::new("respond", incident_id, detail)).await?;
        store::bump(&mut tx, "situation").await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(response)
    }

    /// The incident and the place that an answer is about, once it may be given.
    async fn asked_of(
        &self,
        tx: &mut Tx,
        who: &Actor,
        incident_id: Uuid,
        code: &OrgCode,
        draft: &ResponseDraft,
        directory: &Directory,
    ) -> Result<Incident> {
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Publish, code, directory)?;
        // Locked, so that of two who answer for a place at once the second reads the first.
        let incident =
            incidents::find(tx, incident_id, true).await?.ok_or(DeskError::NotFound("This incident"))?;
        let is_touched = cascade::touches(&incident.target, org, directory, &self.catalogue).is_some();
        // A link was made for this site and this incident, an exercise too; and whom an
        // exercise reaches answers it as what is real.
        let practises = incident.kind != Kind::Live && is_touched;
        if who.door != Door::Link && !practises && !self.concerns(who, &incident, directory) {
            return Err(DeskError::NotFound("This incident"));
        }
        if !is_touched && !facts::is_linked(&incident, org, directory, &self.catalogue) {
            let detail = format!("This incident does not reach {code}, so there is nothing to answer.");
            return Err(DeskError::field("/answer", detail));
        }
        let words = draft.message.as_ref().filter(|words| !words.is_blank());
        let mut errors = check_message(words, directory.is_welsh(code));
        super::checks::speaker(who, draft.lines.as_ref(), directory, &mut errors);
        super::checks::sessions(draft.lines.as_ref(), self.now(), &mut errors);
        let lines = draft.lines.iter().flat_map(|l| l.0.keys());
        errors.extend(
            lines
                .filter(|l| l.is_national() || !org.has(**l))
                .map(|l| FieldError::new(format!("/lines/{l}"), super::checks::without(org, *l))),
        );
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        Ok(incident)
    }

    /// Keeps an answer, with what it means for the messages in the name of the place.
    async fn keep(
        &self,
        tx: &mut Tx,
        who: &Actor,
        said: &Response,
        before: Option<&Response>,
        author: &str,
        directory: &Directory,
    ) -> Result<()> {
        let (incident, place, now) = (said.incident, &said.organisation, said.made_at);
        incidents::respond(tx, self.new_id(), said, author).await?;
        if said.answer.clears() {
            self.hold_back_in_name(tx, incident, place, said.answer, now).await?;
        } else if before.is_some_and(|r| r.answer.clears()) {
            self.let_go_in_name(tx, incident, place, now).await?;
        }
        self.tell_readers(tx, who, said, directory).await
    }

    /// A board, a trust or a company says for all places that it is responsible for, and
    /// that have said nothing themselves, that they are back to normal after what others say
    /// is over: as many as they have `seen`, if they say so. Gives for how many. What a place
    /// said of itself is its own to end.
    pub async fn confirm_below(&self, who: &Actor, id: Uuid, seen: Option<usize>) -> Result<usize> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        // Nobody answers between our looking and our speaking.
        incidents::find(&mut tx, id, true).await?;
        let asking = self.asking_in(&mut tx, who, id).await?;
        let places: Vec<&Site> = asking.sites.iter().filter(|site| site.may_confirm).collect();
        if places.is_empty() {
            let detail = "No place that you are responsible for is waited for. Nothing was changed.";
            return Err(DeskError::Conflict(detail.into()));
        }
        if seen.is_some_and(|seen| seen != places.len()) {
            let detail = "Somebody answered while you looked. Nothing was changed. Look again.";
            return Err(DeskError::Conflict(detail.into()));
        }
        for site in &places {
            let code = &site.org.code;
            let speaker = who.acting(Action::Publish, &[code], &directory).organisation;
            let name = directory.name_of(&speaker);
            let author = format!("{} of {name}, for it", who.name);
            let response = Response {
                incident: id,
                organisation: code.clone(),
                answer: Answer::Recovered,
                lines: Lines::default(),
                message: None,
                made_at: now,
                by: Some(Proxy { code: speaker, name }),
                message_by: None,
                was_affected: false,
            };
            let stood = site.said.as_ref().map(|said| &said.given);
            self.keep(&mut tx, who, &response, stood, &author, &directory).await?;
        }
        let codes: Vec<&OrgCode> = places.iter().map(|site| &site.org.code).collect();
        let detail = json!({"organisations": codes, "answer": Answer::Recovered});
        audit::record(&mut tx, who, now, Entry::new("confirm_below", id, detail)).await?;
        store::bump(&mut tx, "situation").await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(places.len())
    }
}

/// Whoever speaks for a place and is not part of it, and the author as the record has it.
fn spoken_for(who: &Actor, by: OrgCode, place: &OrgCode, tree: &Directory) -> (Option<Proxy>, String) {
    if tree.is_part_of(place, &by) {
        return (None, who.name.clone());
    }
    let name = tree.name_of(&by);
    let author = format!("{} of {name}, for it", who.name);
    (Some(Proxy { code: by, name }), author)
}

/// Whether an answer for a place may stand beside the one that counts there: nobody further
/// away answers over those who know.
fn may_stand(speaker: &OrgCode, before: Option<&Response>, place: &OrgCode, tree: &Directory) -> Result<()> {
    if let Some(stands) = before.filter(|r| outweighs(r, speaker, place, tree)) {
        return Err(DeskError::Conflict(format!(
            "{} has answered: {}. Nobody further away can answer over that. Ask there.",
            tree.name_of(&stands.organisation),
            stands.answer.label(),
        )));
    }
    Ok(())
}

/// Whether the answer that counts at a place stands against a speaker: the place, or whoever
/// is responsible for it, gave it, and the speaker is a region or the nation, which only
/// hears of it.
pub(super) fn outweighs(given: &Response, speaker: &OrgCode, place: &OrgCode, directory: &Directory) -> bool {
    let by = given.by.as_ref().map_or(&given.organisation, |by| &by.code);
    let is_responsible = |code: &OrgCode| facts::is_responsible(code, place, directory);
    is_responsible(by) && !is_responsible(speaker) && !directory.is_part_of(place, speaker)
}
