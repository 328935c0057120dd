//! An incident as the page and the history tell it.

use super::Context;
use super::tell::{
    Moment, Said, Title, When, built_in, provenance, speaker, stage_colour, stage_label, timed, when,
};
use crate::domain::cascade::Touch;
use crate::domain::facts::IncidentFact;
use crate::domain::incident::Update;

/// One incident, told.
pub struct Story {
    pub id: String,
    pub title: Title,
    pub stage: &'static str,
    pub colour: &'static str,
    pub provenance: String,
    /// What the organisation added to its answer.
    pub answer: Option<Said>,
    /// Newest first.
    pub entries: Vec<Entry>,
    /// "Began at 8am, Friday 19 July 2024."
    pub began: Moment,
    pub ended: Option<Moment>,
    /// Its permanent address on this organisation's pages.
    pub href: String,
    /// What was learned, once it was over, and who wrote that, and when.
    pub learned: Option<(Said, String)>,
}

/// One update, told.
pub struct Entry {
    pub id: String,
    pub at: When,
    pub stage: &'static str,
    pub said: Said,
    pub said_by: String,
    /// When it was taken back: "We took this back at 9am. Do not use it."
    pub withdrawn: Option<String>,
}

pub fn story(ctx: &Context<'_>, fact: &IncidentFact) -> Story {
    let incident = &fact.incident;
    let all_withdrawn = incident.standing().next().is_none();
    Story {
        id: format!("incident-{}", incident.id),
        title: Title::new(ctx, &incident.title),
        stage: match all_withdrawn {
            true => ctx.words.get("stage-withdrawn"),
            false => stage_label(ctx, fact, incident.stage()),
        },
        colour: match (all_withdrawn, fact.touch) {
            (true, _) => "grey",
            (false, Touch::Possible) if incident.is_open() => "yellow",
            _ => stage_colour(incident.stage()),
        },
        provenance: provenance(ctx, fact),
        answer: fact.response.as_ref().and_then(|r| r.message.as_ref()).map(|m| Said::written(ctx, m)),
        entries: incident.updates.iter().rev().map(|u| entry(ctx, fact, u)).collect(),
        began: Moment::full(ctx, "began-at", incident.created_at),
        ended: (!incident.is_open()).then(|| Moment::full(ctx, "ended-at", incident.ended_at())),
        href: ctx.path(&format!("incidents/{}", incident.id)),
        learned: super::history::learned(ctx, fact),
    }
}

fn entry(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> Entry {
    let said = match &update.message {
        Some(text) => Said::written(ctx, text),
        None => Said { paragraphs: vec![built_in(ctx, fact, update).to_owned()], written_in: None },
    };
    Entry {
        id: format!("update-{}", update.id),
        at: when(ctx, update.published_at),
        stage: match update.corrects {
            Some(_) => ctx.words.get("correction"),
            None => stage_label(ctx, fact, update.stage),
        },
        said,
        said_by: speaker(ctx, fact, &update.said_by),
        withdrawn: update.withdrawn_at.map(|at| timed(ctx, "taken-back", at)),
    }
}
