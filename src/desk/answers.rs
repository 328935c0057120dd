//! Answering by the link that a site was sent: for one site and one incident,
//! without a password.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::responses::ResponseDraft;
use super::said_anew::Readers;
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::facts::Ending;
use crate::domain::incident::{Answer, Incident, Kind, Response};
use crate::domain::line::{Line, Lines, Setting, State};
use crate::domain::org::{Org, OrgCode};
use crate::domain::standing;
use crate::domain::user::{Actor, Door, Role};
use crate::store::incidents;

/// What a link asks, and what stands.
#[derive(Debug, Clone)]
pub struct Question {
    pub incident: Incident,
    pub site: Arc<Org>,
    pub declared_by: String,
    pub response: Option<Response>,
    /// What the site said of its lines and in its own words, and whether that stands.
    pub stood: Option<(Response, bool)>,
    /// Whether it is over there, and by whose word.
    pub ending: Ending,
    /// Others say that it is over, and the site has not said so.
    pub is_awaited: bool,
    /// Who hears at once where the answer changes whether to come.
    pub readers: Readers,
    /// Until when the link is good.
    pub until: DateTime<Utc>,
}

impl Question {
    /// Whether there is something to answer: also when others say that it is over, and
    /// the site has not said so yet.
    pub fn is_open(&self) -> bool {
        self.is_awaited || self.ending.goes_on()
    }

    /// What a line that was pressed answers: the site's answer goes on where it says that
    /// something is wrong. Else a line that is not as usual says that the site is affected,
    /// and one that is as usual says nothing of that.
    pub fn answer_with(&self, state: &State) -> Option<Answer> {
        let given = self.response.as_ref().map(|r| r.answer).filter(|answer| answer.keeps());
        given.or_else(|| (state.severity > 0).then_some(Answer::Affected))
    }

    fn with(&self, line: Line, state: &'static State) -> Result<ResponseDraft> {
        let detail = "Say first whether you are affected. Then you can say what is as usual with you.";
        let answer = self.answer_with(state).ok_or_else(|| DeskError::field("/line", detail))?;
        // What others said for the site goes on by itself, in their name.
        let is_own = |said: &Response, setting: &Setting| {
            setting.by.as_ref().or(said.by.as_ref()).is_none_or(|by| by.code == self.site.code)
        };
        let mut lines = Lines::default();
        if let Some((said, _)) = &self.stood {
            let own = said.lines.0.iter().filter(|(_, setting)| is_own(said, setting));
            lines.0.extend(own.map(|(line, setting)| (*line, Setting { by: None, ..setting.clone() })));
        }
        lines.0.insert(line, Setting::new(state));
        Ok(ResponseDraft { lines: Some(lines), ..ResponseDraft::of(answer) })
    }
}

/// One tap.
#[derive(Debug, Clone, Copy)]
pub enum Tap {
    Answer(Answer),
    /// Something is different here: one line of the site.
    Line(Line, &'static State),
}

impl Tap {
    /// Whether it says that something is wrong.
    fn says_wrong(self) -> bool {
        match self {
            Self::Answer(answer) => answer == Answer::Affected,
            Self::Line(_, state) => state.severity > 0,
        }
    }
}

/// Who answered, where all we know is that they had the site's link.
const BY_LINK: &str = "somebody on duty, by link";

const NO_LINK: DeskError = DeskError::NotFound("This link");

impl Desk {
    /// What a link asks. Changes nothing. A link that is wrong or has run out is
    /// not found.
    pub async fn question(&self, token: &str) -> Result<Question> {
        let (id, site, until) = self.read_answer_token(token).ok_or(NO_LINK)?;
        if until <= self.now() {
            return Err(NO_LINK);
        }
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let site = Arc::clone(directory.get(&site).ok_or(NO_LINK)?);
        let incident = incidents::find(&mut tx, id, false).await?.ok_or(NO_LINK)?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let response = cascade::answer(&incident, &site.code, &situation.responses, &directory).cloned();
        let stood = standing::stood(&incident, &site.code, &situation, &directory);
        let by = &incident.declared_by;
        let declared_by = directory.name_of(by);
        let ending = Ending::at(&incident, &site, &situation, &directory);
        let unconfirmed = ending.unconfirmed_until(&incident, response.as_ref());
        let is_awaited = ending == Ending::Awaited || unconfirmed.is_some_and(|until| self.now() < until);
        let readers = match incident.kind {
            Kind::Live => self.readers_of(&mut tx, &site.code, &directory).await?,
            _ => Readers::default(),
        };
        Ok(Question { incident, site, declared_by, response, stood, ending, is_awaited, readers, until })
    }

    /// Answers for a place below, as it has been heard from it.
    pub async fn answer_for(&self, who: &Actor, id: Uuid, place: &OrgCode, answer: Answer) -> Result<()> {
        self.respond(who, id, place, &ResponseDraft::of(answer)).await.map(|_| ())
    }

    /// Answers for the site, as somebody signed in would. The last answer counts.
    pub async fn answer_by_link(&self, token: &str, tap: Tap) -> Result<Response> {
        let asked = self.question(token).await?;
        // Who still has the problem is heard, also from a page that was opened before the end.
        if !asked.is_open() && !tap.says_wrong() {
            return Err(DeskError::Conflict(
                "This problem is over. There is nothing to answer any more.".into(),
            ));
        }
        let draft = match tap {
            Tap::Answer(answer) => ResponseDraft::of(answer),
            Tap::Line(line, state) => asked.with(line, state)?,
        };
        let who = Actor {
            id: Uuid::nil(),
            name: BY_LINK.into(),
            organisation: asked.site.code.clone(),
            role: Role::Publisher,
            door: Door::Link,
            speaker: None,
        };
        self.respond(&who, asked.incident.id, &asked.site.code, &draft).await
    }
}
