//! What waits for a second person: looking, agreeing, refusing, changing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::approval_edit::objections;
use super::samples::{cost_of, samples, social, steps};
use super::typed::{Asked, Typed};
use super::{id, who, words};
use crate::desk::DeskError;
use crate::desk::approvals::REVIEW_WITHIN;
use crate::desk::differences::Change;
use crate::desk::laid::Laid;
use crate::desk::planned_steps::Turn;
use crate::desk::proposals::{self, Content};
use crate::desk::seen::Seen;
use crate::desk::telling::with_more;
use crate::domain::FieldError;
use crate::domain::approval::Standing;
use crate::domain::incident::Kind;
use crate::domain::line::Line;
use crate::domain::planned::{Planned, StepKind};
use crate::domain::planned_words;
use crate::domain::preset::Readiness;
use crate::domain::sms;
use crate::domain::subscriber::Channel;
use crate::domain::system::SystemKey;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::domain::written::Written;
use crate::store::audit::hex;
use crate::store::proposals::{Proposal, ProposalKind};
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::approvals::{Approval, Approvals, Changed, Page, Reaching, Row, WayBack};
use crate::web::views::{Who, counted};
use crate::words::english;

fn tag(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Waiting => ("Waits for a second person", "yellow"),
        Standing::Approved => ("Approved", "green"),
        Standing::Refused => ("Not approved", "grey"),
        Standing::BrokeGlass => ("Published by one person", "red"),
        Standing::Reviewed => ("Published by one person, then looked at", "blue"),
        Standing::TakenBack => ("Published by one person, then taken back by another", "grey"),
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
pub fn title_of(web: &Web, p: &Proposal, subject: Option<&str>) -> String {
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

/// `GET /desk/approvals?decided=all`.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let (now, is_all) = (web.desk.now(), asked.get("decided") == "all");
    let all = match is_all {
        true => web.desk.proposals_since(&actor, DateTime::UNIX_EPOCH).await?,
        false => web.desk.proposals(&actor).await?,
    };
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
        is_all,
        presets: super::presets::own(&web, &actor, Readiness::Draft).await?,
        who: who(&web, &actor).await?,
    }))
}

/// Who did what to it, a sentence each.
fn history(laid: &Laid, now: DateTime<Utc>) -> Vec<String> {
    let p = &laid.proposal;
    let mut all = vec![format!("{} wrote it at {}.", p.author.name, near(p.made_at, now))];
    if p.edited_at > p.made_at {
        all.push(format!("{} changed it at {}.", p.editor.name, near(p.edited_at, now)));
    }
    if let (Some(by), Some(at)) = (&p.decided_by, p.decided_at) {
        let did = match p.standing {
            Standing::Refused => "refused it",
            Standing::BrokeGlass | Standing::Reviewed | Standing::TakenBack => "published it alone",
            _ => "approved it",
        };
        let because = p.decided_because.as_ref().map(|r| format!(" Reason: {r}")).unwrap_or_default();
        all.push(format!("{} {did} at {}.{because}", by.name, near(at, now)));
    }
    if let (Some(by), Some(at)) = (&p.reviewed_by, p.reviewed_at) {
        let found = if p.standing == Standing::TakenBack { " and took it back" } else { "" };
        all.push(format!("{} looked at it{found} at {}.", by.name, near(at, now)));
    }
    let by_others = p.standing == Standing::TakenBack;
    let taken_back = laid.taken_back.as_ref().filter(|_| !by_others);
    all.extend(taken_back.map(|(name, at)| format!("{name} took it back at {}.", near(*at, now))));
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

/// Where it applies and how it is said: a name and a value each.
fn particulars(seen: &Seen, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let message = seen.message.as_ref();
    let welsh = |text: Option<&Written>| text.and_then(Written::welsh).map(str::to_owned);
    let all = [
        ("Where", Some(seen.area.clone()).filter(|area| !area.is_empty())),
        ("Level", seen.level.map(|level| super::post::level(level).to_owned())),
        ("How far it is", seen.stage.map(|stage| stage.label(english()).to_owned())),
        ("Title on the page, in Welsh", welsh(Some(&seen.title))),
        ("Own words, in Welsh", welsh(message)),
        ("A number to use instead", seen.phone.as_deref().map(|phone| number(phone, seen.phone_pages))),
        ("Holds until", seen.until.map(|at| near(at, now))),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A number to use instead, and where that shows.
fn number(phone: &str, pages: usize) -> String {
    match pages {
        0 => phone.to_owned(),
        n => format!("{phone}, on {}", counted(words::number(n), "page", "pages")),
    }
}

/// One place's page as it is then.
fn page(seen: &Seen) -> Option<Page> {
    let page = seen.page.as_ref()?;
    let label = |line: &Line| line.label(english());
    Some(Page {
        name: page.name.clone(),
        state: page.state,
        headline: page.headline.clone(),
        title: seen.stage.map(|_| seen.title.english.clone()).unwrap_or_default(),
        lines: page.lines.iter().map(|(line, text)| (label(line), text.clone())).collect(),
    })
}

/// Whom it reaches, and what that costs.
fn reach(web: &Web, seen: &Seen) -> Reaching {
    let message = seen.sample.as_ref().map(|(_, message)| message.text_for(Channel::Sms));
    let text = message.unwrap_or_default();
    let texts = words::number(*seen.recipients.get(&Channel::Sms).unwrap_or(&0));
    // Each in its reader's language, as they are paid for.
    let of_one = || texts * words::number(sms::segments(&text).segments);
    let parts = match seen.steps.as_slice() {
        [] => seen.text_parts.unwrap_or_else(of_one),
        steps => steps.iter().map(|step| step.text_parts.unwrap_or_else(of_one)).sum(),
    };
    Reaching {
        organisations: words::number(seen.pages),
        perhaps: words::perhaps(seen.perhaps),
        asked: words::asked(web, &seen.asked, Kind::Live),
        recipients: words::recipients(web, &seen.recipients),
        parts: match parts {
            0 => String::new(),
            all => format!("{} in all.", counted(all, "part of a text message", "parts of text messages")),
        },
        cost: match seen.steps.is_empty() {
            true => {
                words::cost(web.desk.prices, &with_more(&seen.recipients, &seen.more), &text, seen.text_parts)
            }
            false => cost_of(web, &seen.steps, seen.plan.as_ref()),
        },
    }
}

fn shown(web: &Web, laid: &Laid, who: Who, errors: Vec<FieldError>) -> Approval {
    let now = web.desk.now();
    let (p, seen) = (&laid.proposal, &laid.seen);
    let is_waiting = p.standing == Standing::Waiting && laid.is_needed;
    let (tag, colour) = if laid.is_needed { tag(p.standing) } else { ("Not needed any more", "grey") };
    let message = seen.sample.as_ref().map(|(_, message)| message);
    let change = |(line, was, is): &Change| Changed {
        line: line.label(english()).to_owned(),
        before: was.clone().unwrap_or_else(|| "As usual".into()),
        after: is.clone(),
    };
    let title = seen.title.english.clone();
    Approval {
        id: p.id.to_string(),
        hash: hex(&p.content_hash),
        title: if title.is_empty() { title_of(web, p, None) } else { title },
        tag,
        colour,
        is_waiting,
        is_needed: laid.is_needed,
        was_seen: p.seen.is_some(),
        history: history(laid, now),
        reasons: p.reasons.iter().map(|r| r.text()).collect(),
        particulars: particulars(seen, now),
        when: seen.plan.as_ref().map(|plan| when(plan, now)).unwrap_or_default(),
        changes: seen.changes.iter().map(change).collect(),
        message: seen.message.as_ref().map(|m| m.english.clone()).unwrap_or_default(),
        page: page(seen),
        reach: reach(web, seen),
        samples: if seen.steps.is_empty() { samples(seen) } else { vec![] },
        social: message
            .filter(|_| seen.steps.is_empty())
            .or(seen.samples.first().map(|k| &k.message))
            .map(|m| social(seen, m))
            .unwrap_or_default(),
        steps: steps(web, &seen.steps),
        is_on_pages: is_waiting && matches!(laid.content, Content::Messages(_)),
        conflict: String::new(),
        objections: objections(laid),
        may_approve: is_waiting && laid.may_approve && laid.objections.is_empty(),
        is_own: laid.is_own,
        may_refuse: is_waiting && (laid.is_own || laid.may_approve),
        may_edit: is_waiting && who.may_publish() && !matches!(laid.content, Content::Messages(_)),
        may_break_glass: is_waiting && laid.may_break_glass,
        way_back: (p.standing == Standing::BrokeGlass && laid.may_approve).then(|| way_back(laid)),
        renewed: if is_waiting { renewed(laid, now) } else { String::new() },
        errors: errors.into(),
        who,
    }
}

/// How what one person published alone is taken back.
fn way_back(laid: &Laid) -> WayBack {
    let (p, seen) = (&laid.proposal, &laid.seen);
    let about = p.incident.unwrap_or_default();
    match p.kind {
        ProposalKind::Lines => {
            let stood = seen.before.as_ref().map(|b| &b.lines.0).filter(|lines| !lines.is_empty());
            let said = stood.map(|l| l.iter().map(|(line, s)| words::setting(*line, s)).collect::<Vec<_>>());
            WayBack::Lines(said.map_or_else(String::new, |said| said.join("; ")))
        }
        ProposalKind::Plan | ProposalKind::PlanChange => WayBack::Plan(format!("/desk/planned/{about}")),
        _ if laid.taken_back.is_some() => WayBack::Done,
        _ if laid.is_correction => WayBack::Follow(format!("/desk/incidents/{about}/update")),
        _ => WayBack::Withdraw(format!("/desk/updates/{}/withdraw", p.id)),
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
    Ok(shown(web, &laid, who(web, actor).await?, errors))
}

/// `GET /desk/approvals/{id}`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(proposal): Path<String>,
) -> Result<Response, PageError> {
    Ok(screen(&laid(&web, &actor, id(&proposal)?, vec![]).await?))
}

/// `POST /desk/approvals/{id}/{verb}`: approve, refuse, break-glass, review,
/// take-back.
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
        "take-back" => web.desk.take_lines_back(&actor, id).await,
        _ => Err(DeskError::NotFound("This page")),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/desk/approvals/{id}")).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = laid(&web, &actor, id, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        // As it is now, below what came between.
        Err(DeskError::Conflict(conflict)) => {
            let again = Approval { conflict, ..laid(&web, &actor, id, vec![]).await? };
            Ok(screen_with(StatusCode::CONFLICT, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// What waits for this person, and what they have to look at: for the desk and
/// the board.
pub async fn for_me(web: &Web, actor: &Actor) -> Result<(u64, Option<String>), PageError> {
    if !who(web, actor).await?.may_publish() {
        return Ok((0, None));
    }
    let all = web.desk.proposals(actor).await?;
    let waiting = all.iter().filter(|(p, _)| p.standing == Standing::Waiting).count();
    let alone = all.iter().map(|(p, _)| p).filter(|p| p.standing == Standing::BrokeGlass);
    let first = alone.min_by_key(|p| p.decided_at);
    Ok((words::number(waiting), first.and_then(|p| review_by(p, web.desk.now()))))
}
