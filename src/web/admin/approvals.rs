//! What waits for a second person: looking, agreeing, refusing, changing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::typed::Typed;
use super::{id, who, words};
use crate::desk::DeskError;
use crate::desk::approvals::REVIEW_WITHIN;
use crate::desk::laid::{Change, Laid};
use crate::desk::planned_steps::Turn;
use crate::desk::preview::OfKind;
use crate::desk::proposals::{self, Content};
use crate::domain::FieldError;
use crate::domain::approval::Standing;
use crate::domain::message::Message;
use crate::domain::planned::{Planned, StepKind};
use crate::domain::planned_words;
use crate::domain::preset::Readiness;
use crate::domain::sms;
use crate::domain::subscriber::Channel;
use crate::domain::system::SystemKey;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::store::audit::hex;
use crate::store::proposals::Proposal;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::approvals::{Approval, Approvals, Changed, Row, Sample};
use crate::web::views::{Who, counted};
use crate::words::english;

fn tag(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Waiting => ("Waits for a second person", "yellow"),
        Standing::Approved => ("Approved", "green"),
        Standing::Refused => ("Not approved", "grey"),
        Standing::BrokeGlass => ("Published by one person", "red"),
        Standing::Reviewed => ("Published by one person, then looked at", "blue"),
    }
}

fn near(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    time::near(at, now, english())
}

/// By when somebody has to look, while nobody has.
fn review_by(p: &Proposal, now: DateTime<Utc>) -> Option<String> {
    let due = p.decided_at.filter(|_| p.standing == Standing::BrokeGlass)? + REVIEW_WITHIN;
    Some(match due > now {
        true => format!("Somebody else has to look at it by {}.", near(due, now)),
        false => format!("Somebody else had to look at it by {}. Nobody has.", near(due, now)),
    })
}

/// `subject` is the title of what it is about, where that stands already.
fn title_of(web: &Web, p: &Proposal, subject: Option<&str>) -> String {
    let about = |what: &str| subject.map_or(what.to_owned(), |title| format!("{what}: {title}"));
    let title = match Content::of(p) {
        Ok(Content::Declaration(d)) if !d.title.is_blank() => d.title.english.clone(),
        // As it will be called: "EMIS Web is not working".
        Ok(Content::Declaration(d)) => d
            .system
            .as_ref()
            .and_then(|key| web.desk.catalogue.get(&SystemKey::new(key)))
            .map(|system| system.title().english)
            .unwrap_or_default(),
        Ok(Content::Update(_)) => about("Update"),
        Ok(Content::Lines(_)) => "Lines for all places below".into(),
        Ok(Content::Messages(_)) => about("Messages to very many people"),
        Ok(Content::Plan(plan)) if !plan.what.title.is_blank() => plan.what.title.english.clone(),
        Ok(Content::Plan(_)) => "Planned work".into(),
        Ok(Content::PlanChange(change)) => match change.turn {
            Turn::Extend { .. } => about("Planned work takes longer"),
            Turn::End => about("Planned work is done"),
            Turn::Cancel { .. } => about("Planned work is called off"),
        },
        Err(_) => String::new(),
    };
    if title.is_empty() { "Something to publish".into() } else { title }
}

/// `GET /desk/approvals`.
pub async fn list(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, PageError> {
    let now = web.desk.now();
    let all = web.desk.proposals(&actor).await?;
    let listed: Vec<&Proposal> = all.iter().map(|(p, _)| p).collect();
    let subjects = web.desk.subjects(&listed).await?;
    let row = |(p, organisation): &(Proposal, String)| {
        let (tag, colour) = tag(p.standing);
        Row {
            id: p.id.to_string(),
            title: title_of(&web, p, subjects.get(&p.id).map(String::as_str)),
            by: format!("{} for {organisation}, {}", p.author.name, near(p.made_at, now)),
            tag,
            colour,
            note: review_by(p, now).unwrap_or_default(),
        }
    };
    let of =
        |keep: &dyn Fn(Standing) -> bool| all.iter().filter(|(p, _)| keep(p.standing)).map(row).collect();
    Ok(screen(&Approvals {
        waiting: of(&|s| s == Standing::Waiting),
        to_review: of(&|s| s == Standing::BrokeGlass),
        decided: of(&|s| !matches!(s, Standing::Waiting | Standing::BrokeGlass)),
        presets: super::presets::own(&web, &actor, Readiness::Draft).await?,
        who: who(&web, &actor).await?,
    }))
}

/// Who did what to it, a sentence each.
fn history(p: &Proposal, now: DateTime<Utc>) -> Vec<String> {
    let mut all = vec![format!("{} wrote it at {}.", p.author.name, near(p.made_at, now))];
    if p.edited_at > p.made_at {
        all.push(format!("{} changed it at {}.", p.editor.name, near(p.edited_at, now)));
    }
    if let (Some(by), Some(at)) = (&p.decided_by, p.decided_at) {
        let did = match p.standing {
            Standing::Refused => "refused it",
            Standing::BrokeGlass | Standing::Reviewed => "published it alone",
            _ => "approved it",
        };
        let because = p.decided_because.as_ref().map(|r| format!(" Reason: {r}")).unwrap_or_default();
        all.push(format!("{} {did} at {}.{because}", by.name, near(at, now)));
    }
    if let (Some(by), Some(at)) = (&p.reviewed_by, p.reviewed_at) {
        all.push(format!("{} looked at it at {}.", by.name, near(at, now)));
    }
    all.extend(review_by(p, now));
    all
}

/// When planned work is, and what is said about it, a sentence each.
fn when(plan: &Planned, now: DateTime<Utc>) -> Vec<String> {
    let step = plan.steps.last();
    let day = step.and_then(|s| s.day).unwrap_or_else(|| plan.first_day());
    let mut all = vec![planned_words::stands(&plan.window(day), now, english())];
    all.extend(plan.repeat.as_ref().map(|r| planned_words::repeats(r, english())));
    all.extend(step.filter(|s| s.kind != StepKind::Announced).map(|s| format!("{}.", s.kind.label())));
    all
}

/// The exact words of one place of each kind; of what is no incident, of one place.
fn samples(laid: &Laid, kinds: &[OfKind]) -> Vec<Sample> {
    let sample = |of: String, message: &Message| Sample {
        of,
        sms: message.text_for(Channel::Sms),
        subject: message.subject.clone(),
        email: message.text_for(Channel::Email),
    };
    let of_kind = |k: &OfKind| {
        let places = counted(words::number(k.places), "place", "places");
        sample(
            format!("{}, {places}: the words for {}. Each place gets its own.", words::kind(k.kind), k.name),
            &k.message,
        )
    };
    match (kinds, &laid.sample) {
        ([], Some((name, message))) => vec![sample(format!("These are the words for {name}."), message)],
        _ => kinds.iter().filter(|k| k.places > 0).map(of_kind).collect(),
    }
}

/// What accounts post, where some are reached.
fn social(laid: &Laid, message: &Message) -> Vec<(String, String)> {
    let is_reached = |c: &Channel| laid.reach.recipients.get(c).is_some_and(|n| *n > 0);
    Channel::of_accounts().filter(is_reached).map(|c| (c.label().to_owned(), message.text_for(c))).collect()
}

fn shown(web: &Web, (laid, kinds): (&Laid, &[OfKind]), who: Who, errors: Vec<FieldError>) -> Approval {
    let now = web.desk.now();
    let p = &laid.proposal;
    let ((tag, colour), is_waiting) = (tag(p.standing), p.standing == Standing::Waiting);
    let message = laid.sample.as_ref().map(|(_, message)| message);
    let texts = *laid.reach.recipients.get(&Channel::Sms).unwrap_or(&0) as u64;
    let each = message.map_or(0, |m| sms::segments(&m.text_for(Channel::Sms)).segments as u64);
    let change = |(line, was, is): &Change| Changed {
        line: line.label(english()).to_owned(),
        before: was.clone().unwrap_or_else(|| "As usual".into()),
        after: is.clone(),
    };
    Approval {
        id: p.id.to_string(),
        hash: hex(&p.content_hash),
        title: if laid.title.is_empty() { title_of(web, p, None) } else { laid.title.clone() },
        tag,
        colour,
        is_waiting,
        history: history(p, now),
        reasons: p.reasons.iter().map(|r| r.text()).collect(),
        when: laid.plan.as_ref().map(|plan| when(plan, now)).unwrap_or_default(),
        changes: laid.changes.iter().map(change).collect(),
        message: laid.message.as_ref().map(|m| m.english.clone()).unwrap_or_default(),
        organisations: words::number(laid.reach.organisations.len()),
        recipients: words::recipients(laid.reach.recipients.iter().map(|(c, n)| (*c, *n as u64))),
        parts: match texts * each {
            0 => String::new(),
            all => format!("{} in all.", counted(all, "part of a text message", "parts of text messages")),
        },
        cost: words::cost(
            web.desk.prices,
            &laid.reach,
            &message.map(|m| m.text_for(Channel::Sms)).unwrap_or_default(),
        ),
        samples: samples(laid, kinds),
        social: message.or(kinds.first().map(|k| &k.message)).map(|m| social(laid, m)).unwrap_or_default(),
        is_on_pages: is_waiting && matches!(laid.content, Content::Messages(_)),
        mistakes: laid.mistakes.iter().map(|m| m.detail.clone()).collect(),
        may_approve: is_waiting && laid.may_approve && laid.mistakes.is_empty(),
        is_own: laid.is_own,
        may_refuse: is_waiting && (laid.is_own || laid.may_approve),
        may_edit: is_waiting && who.may_publish() && !matches!(laid.content, Content::Messages(_)),
        may_break_glass: is_waiting && laid.may_break_glass,
        may_review: p.standing == Standing::BrokeGlass && laid.may_approve,
        renewed: if is_waiting { renewed(laid, now) } else { String::new() },
        errors: errors.into(),
        who,
    }
}

/// That the promise passed while it waited, and what is promised instead.
fn renewed(laid: &Laid, now: DateTime<Utc>) -> String {
    let Some(draft) = laid.content.draft() else { return String::new() };
    let due = draft.next_update_by.zip(proposals::renewed(draft, laid.proposal.edited_at, now));
    due.map_or_else(String::new, |(was, is)| {
        let (was, is) = (near(was, now), near(is, now));
        format!(
            "It promised the next update by {was}, which has passed. Approved now, it promises it by {is}."
        )
    })
}

async fn laid(web: &Web, actor: &Actor, id: Uuid, errors: Vec<FieldError>) -> Result<Approval, PageError> {
    let laid = web.desk.lay_out(actor, id).await?;
    let kinds = web.desk.words_by_kind(actor, id).await?;
    Ok(shown(web, (&laid, &kinds), who(web, actor).await?, errors))
}

/// `GET /desk/approvals/{id}`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(proposal): Path<String>,
) -> Result<Response, PageError> {
    Ok(screen(&laid(&web, &actor, id(&proposal)?, vec![]).await?))
}

/// `POST /desk/approvals/{id}/{verb}`: approve, refuse, break-glass, review.
pub async fn decide(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((proposal, verb)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id = id(&proposal)?;
    let done = match verb.as_str() {
        "approve" => web.desk.approve(&actor, id, Some(typed.get("hash"))).await.map(|_| ()),
        "refuse" => web.desk.refuse(&actor, id, typed.get("reason")).await,
        "break-glass" => web.desk.break_glass(&actor, id, typed.get("reason")).await.map(|_| ()),
        "review" => web.desk.review(&actor, id).await,
        _ => Err(DeskError::NotFound("This page")),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/desk/approvals/{id}")).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = laid(&web, &actor, id, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// What waits for this person, and what they have to look at: for the desk and
/// the board.
pub async fn for_me(web: &Web, actor: &Actor) -> Result<(u64, u64), PageError> {
    if !who(web, actor).await?.may_publish() {
        return Ok((0, 0));
    }
    let all = web.desk.proposals(actor).await?;
    let count = |standing| words::number(all.iter().filter(|(p, _)| p.standing == standing).count());
    Ok((count(Standing::Waiting), count(Standing::BrokeGlass)))
}
