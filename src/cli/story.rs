//! The demonstration's story: 18 to 23 July 2024 in an invented region, told
//! through the same verbs that people use.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::desk::Desk;
use crate::desk::accounts::Voice;
use crate::desk::incidents::{Declaration, Posted};
use crate::desk::local::LocalDraft;
use crate::desk::planned::Plan;
use crate::desk::responses::ResponseDraft;
use crate::desk::statements::PartnerDraft;
use crate::domain::approval::Publication;
use crate::domain::centre::CentreDraft;
use crate::domain::decision::DecisionDraft;
use crate::domain::incident::{Answer, Draft, Stage};
use crate::domain::line::Lines;
use crate::domain::org::{OrgCode, OrgKind};
use crate::domain::recovery::{CounterDraft, ReadingDraft};
use crate::domain::recurrence::Repeat;
use crate::domain::report::Commentary;
use crate::domain::rhythm::Rhythm;
use crate::domain::statement::StatementDraft;
use crate::domain::system::SystemKey;
use crate::domain::user::{Actor, Door, Role};
use crate::domain::written::Written;

/// One step of the story.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    pub at: DateTime<Utc>,
    /// What the viewer is told.
    pub says: String,
    verb: Verb,
    by: OrgCode,
    /// Names an incident for later beats.
    label: Option<String>,
    title: Option<String>,
    system: Option<String>,
    scope: Option<OrgCode>,
    organisations: Option<Vec<OrgCode>>,
    level: Option<u8>,
    state: Option<Stage>,
    answer: Option<Answer>,
    message: Option<String>,
    phone: Option<String>,
    next_update_in_minutes: Option<i64>,
    lines: Option<Value>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    repeat: Option<Repeat>,
    /// Of a decision.
    reason: Option<String>,
    #[serde(default)]
    refused: Vec<String>,
    made_at: Option<DateTime<Utc>>,
    /// Of what is counted.
    unit: Option<String>,
    total: Option<i64>,
    done: Option<i64>,
    /// The hours of situation reports.
    #[serde(default)]
    hours: Vec<u8>,
    /// Who speaks for themselves: a supplier or a partner body, by its key.
    supplier: Option<String>,
    partner: Option<String>,
    /// At which places a partner's word is shown.
    #[serde(default)]
    kinds: Vec<OrgKind>,
}

#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verb {
    Declare,
    Update,
    Respond,
    Confirm,
    Lines,
    Plan,
    Decide,
    Count,
    Reports,
    Admit,
    State,
    /// A command centre is made of the organisations.
    Gather,
    /// Somebody signs off the reports that wait, with the message as their summary.
    Sign,
}

#[derive(serde::Deserialize)]
struct File {
    beat: Vec<Beat>,
}

/// The beats, in order, and the incidents that they have opened.
pub struct Story {
    beats: Vec<Beat>,
    next: usize,
    incidents: HashMap<String, Uuid>,
    /// What is counted, by its name.
    counters: HashMap<String, Uuid>,
}

impl Story {
    /// The story that comes with Signpost.
    pub fn read() -> Result<Self> {
        let file: File =
            toml::from_str(include_str!("../../data/demo/story.toml")).context("the story cannot be read")?;
        Ok(Self { beats: file.beat, next: 0, incidents: HashMap::new(), counters: HashMap::new() })
    }

    /// An incident that has been opened, by its name in the story.
    pub fn opened(&self, label: &str) -> Option<Uuid> {
        self.incidents.get(label).copied()
    }

    /// The beat that comes next.
    pub fn upcoming(&self) -> Option<&Beat> {
        self.beats.get(self.next)
    }

    /// Moves the clock to the next beat and lets it happen.
    pub async fn play_next(&mut self, desk: &Desk) -> Result<Option<Beat>> {
        let Some(beat) = self.beats.get(self.next).cloned() else { return Ok(None) };
        self.next += 1;
        desk.clock.set(beat.at);
        self.play(desk, &beat).await.with_context(|| format!("the story stops at \"{}\"", beat.says))?;
        Ok(Some(beat))
    }

    async fn play(&mut self, desk: &Desk, beat: &Beat) -> Result<()> {
        let who = Actor {
            id: Uuid::nil(),
            name: "The story".into(),
            organisation: beat.by.clone(),
            role: Role::Administrator,
            door: Door::CommandLine,
            speaker: None,
        };
        let until = beat.next_update_in_minutes.map(|m| beat.at + Duration::minutes(m));
        let lines = beat.lines.as_ref().map(Lines::parse).transpose();
        let lines = lines.map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        // Nobody knows at first what is wrong.
        let at_first = matches!(beat.verb, Verb::Declare).then_some(Stage::Investigating);
        let draft = Draft {
            stage: beat.state.or(at_first),
            lines: lines.clone(),
            message: beat.message.as_deref().map(Written::from),
            next_update_by: until,
            preset: None,
        };
        let declaration = Declaration {
            title: beat.title.as_deref().unwrap_or_default().into(),
            system: beat.system.clone(),
            scope: beat.scope.clone(),
            organisations: beat.organisations.clone(),
            kind: None,
            level: beat.level,
            draft: draft.clone(),
        };
        match beat.verb {
            Verb::Plan => {
                let plan = Plan {
                    what: declaration,
                    starts_at: beat.starts_at,
                    ends_at: beat.ends_at,
                    repeat: beat.repeat.clone(),
                    remind_hours: None,
                };
                let posted = desk.plan(&who, &plan).await?;
                self.agree(desk, &who, &posted).await?;
            }
            Verb::Declare => {
                let posted = desk.declare(&who, &declaration).await?;
                self.agree(desk, &who, &posted).await?;
                self.incidents.insert(beat.label.clone().unwrap_or_default(), posted.incident);
            }
            Verb::Update => {
                let posted = desk.post_update(&who, self.incident(beat)?, &draft).await?;
                self.agree(desk, &who, &posted).await?;
            }
            Verb::Respond => {
                let Some(answer) = beat.answer else { bail!("an answer is missing") };
                let response =
                    ResponseDraft { answer, lines, message: beat.message.as_deref().map(Written::from) };
                desk.respond(&who, self.incident(beat)?, &beat.by, &response).await?;
            }
            Verb::Confirm => {
                desk.confirm_below(&who, self.incident(beat)?, None).await?;
            }
            Verb::Lines => {
                let local = LocalDraft {
                    lines: lines.unwrap_or_default(),
                    message: beat.message.as_deref().map(Written::from),
                    phone: beat.phone.clone(),
                    expires_at: until,
                };
                desk.set_lines(&who, &beat.by, &local).await?;
            }
            Verb::Decide => {
                desk.decide(&who, &self.decision(beat)?).await?;
            }
            Verb::Count => self.count(desk, &who, beat).await?,
            Verb::Reports => {
                let rhythm = Rhythm::new(beat.hours.clone(), None);
                desk.set_rhythm(&who, self.incident(beat)?, rhythm.as_ref()).await?;
            }
            Verb::Gather => {
                let centre = CentreDraft {
                    name: beat.title.clone().unwrap_or_default(),
                    members: beat.organisations.clone().unwrap_or_default(),
                    ..CentreDraft::default()
                };
                desk.make_centre(&who, desk.new_id(), &centre).await?;
            }
            Verb::Sign => {
                desk.keep_reports().await?;
                sign(desk, &who, beat.message.as_deref().unwrap_or_default()).await?;
            }
            Verb::Admit => {
                let partner = PartnerDraft {
                    key: beat.partner.clone().unwrap_or_default(),
                    name: beat.title.clone().unwrap_or_default(),
                    scope: beat.scope.clone(),
                    kinds: beat.kinds.clone(),
                    follows: Vec::new(),
                };
                desk.admit_partner(&who, &partner).await?;
            }
            Verb::State => {
                let supplier = beat.supplier.clone().map(Voice::Supplier);
                let voice = supplier.or_else(|| beat.partner.clone().map(Voice::Partner));
                let speaker = desk.voice(&who, &voice.context("nobody speaks")?).await?;
                let said = StatementDraft {
                    system: beat.system.as_deref().map(SystemKey::new),
                    message: beat.message.as_deref().unwrap_or_default().into(),
                    until,
                };
                desk.state(&Actor { speaker: Some(speaker.id), ..who }, &said).await?;
            }
        }
        Ok(())
    }

    fn decision(&self, beat: &Beat) -> Result<DecisionDraft> {
        Ok(DecisionDraft {
            incident: beat.label.as_ref().map(|_| self.incident(beat)).transpose()?,
            made_at: beat.made_at,
            decided_by: beat.title.clone(),
            decision: beat.message.clone().unwrap_or_default(),
            reason: beat.reason.clone().unwrap_or_default(),
            refused: beat.refused.clone(),
            corrects: None,
        })
    }

    /// The first time, counting begins; then come readings.
    async fn count(&mut self, desk: &Desk, who: &Actor, beat: &Beat) -> Result<()> {
        let name = beat.title.clone().unwrap_or_default();
        let reading = ReadingDraft { done: beat.done, total: beat.total, at: None };
        if let Some(counter) = self.counters.get(&name) {
            desk.count(who, *counter, &[reading]).await?;
            return Ok(());
        }
        let draft =
            CounterDraft { name: name.clone(), unit: beat.unit.clone().unwrap_or_default(), first: reading };
        let made = desk.start_counter(who, self.incident(beat)?, &draft).await?;
        self.counters.insert(name, made.id);
        Ok(())
    }

    /// The second person, for what needs two.
    async fn agree(&self, desk: &Desk, who: &Actor, posted: &Posted) -> Result<()> {
        if posted.publication != Publication::Published {
            let second = Actor { id: desk.new_id(), name: "Second Coordinator".into(), ..who.clone() };
            desk.approve(&second, posted.update, None).await?;
        }
        Ok(())
    }

    fn incident(&self, beat: &Beat) -> Result<Uuid> {
        let label = beat.label.as_deref().unwrap_or_default();
        self.incidents.get(label).copied().with_context(|| format!("no incident is called \"{label}\""))
    }
}

/// Signs off the reports that wait, with this summary.
async fn sign(desk: &Desk, who: &Actor, summary: &str) -> Result<()> {
    for report in desk.waiting_reports(who).await? {
        let said = Commentary { summary: summary.into(), ..report.commentary };
        desk.sign_report(who, report.id, report.content.as_at, &said).await?;
    }
    Ok(())
}
