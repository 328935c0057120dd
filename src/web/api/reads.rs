//! Reading where everything stands.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use super::bodies::Problem;
use super::schema::LogPage;
use super::{answer, approvals, calls, code, in_english, in_others};
use crate::desk::DeskError;
use crate::desk::board::{Board, Filter, Parts};
use crate::domain::approval::Standing;
use crate::domain::delivery::DeliveryState;
use crate::domain::incident::Incident;
use crate::domain::subscriber::Channel;
use crate::domain::time::rfc3339;
use crate::store::proposals::{Proposal, ProposalKind};
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;
use crate::words::english;

fn incident_json(incident: &Incident) -> Value {
    let updates: Vec<Value> = incident
        .updates
        .iter()
        .rev()
        .map(|u| {
            json!({
                "id": u.id,
                "state": u.stage,
                "lines": super::lines(&u.lines),
                "message": in_english(u.message.as_ref()),
                "message_in": in_others(u.message.as_ref()),
                "published_at": rfc3339(u.published_at),
                "next_update_by": rfc3339(u.next_update_by),
                "said_by": u.said_by,
                "withdrawn": u.withdrawn_at.is_some(),
                "corrects": u.corrects,
            })
        })
        .collect();
    let organisations = match &incident.target {
        crate::domain::incident::Target::Named { organisations, .. } => Some(organisations),
        _ => None,
    };
    json!({
        "id": incident.id,
        "publication": "published",
        "title": incident.title.english,
        "title_in": incident.title.others,
        "kind": incident.kind,
        "state": incident.stage(),
        "level": incident.level,
        "system": incident.target.system(),
        "scope": incident.target.scope(),
        "organisations": organisations,
        "declared_by": incident.declared_by,
        "created_at": rfc3339(incident.created_at),
        "next_update_by": incident.next_update_by().map(rfc3339),
        "updates": updates,
        "note": incident.note.as_ref().map(|n| json!({
            "id": n.id, "message": n.message.english, "message_in": n.message.others, "said_by": n.said_by,
            "made_at": rfc3339(n.made_at),
        })),
    })
}

/// Incidents that touch the token's organisation or anything below it
///
/// Those that wait for a second person are listed apart, under `awaiting_approval`.
#[utoipa::path(get, path = "/api/v1/incidents", responses((status = 200)))]
pub async fn incidents(State(web): State<Web>, Program(who): Program) -> Result<Response, ApiError> {
    let all = web.desk.incidents(&who).await?;
    let list: Vec<Value> = all.iter().map(|i| incident_json(i)).collect();
    let proposed = web.desk.proposals(&who).await?;
    let waits = |p: &&Proposal| p.kind == ProposalKind::Declaration && p.standing == Standing::Waiting;
    let waiting = proposed.iter().map(|(p, _)| p).filter(waits);
    let waiting = waiting.map(|p| approvals::awaited(&web.desk, p)).collect::<Result<Vec<_>, _>>()?;
    Ok(answer(StatusCode::OK, json!({"incidents": list, "awaiting_approval": waiting})))
}

/// One incident with its updates
///
/// One that waits for a second person has `publication` `awaiting_approval`, no updates yet, and what was
/// proposed as `proposal`.
#[utoipa::path(get, path = "/api/v1/incidents/{id}", params(("id" = Uuid, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn incident(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    let found = match web.desk.incident(&who, id).await {
        Err(error @ DeskError::NotFound(_)) => match web.desk.undecided(&who, id).await? {
            Some(proposal) => approvals::awaited(&web.desk, &proposal)?,
            None => return Err(error.into()),
        },
        found => incident_json(&found?),
    };
    Ok(answer(StatusCode::OK, found))
}

/// One organisation: what it is, what it uses, and where its page stands
#[utoipa::path(get, path = "/api/v1/organisations/{code}", params(("code" = String, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn organisation(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    let found = web.desk.organisation(&who, &code(&text)?).await?;
    let (org, view) = (&found.facts.org, found.facts.at(web.desk.now()));
    let body = json!({
        "code": org.code, "name": org.name, "kind": org.kind, "status": org.status,
        "address": org.address, "town": org.town, "postcode": org.postcode, "phone": org.phone,
        "known_from_code_alone": org.placeholder,
        "parents": found.parents, "systems": found.systems,
        "headline": {"state": view.headline.state, "text": view.headline.text(english())},
        "freshness": view.freshness,
        "subscribers": found.subscribers.iter().map(|(c, n)| (c.as_str(), *n)).collect::<std::collections::BTreeMap<_, _>>(),
    });
    Ok(answer(StatusCode::OK, body))
}

/// Where a page of a list starts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// The `next` of the page before.
    next: Option<Uuid>,
    /// The same, under its older name.
    after: Option<Uuid>,
}

/// What became of an update, contact by contact (masked)
#[utoipa::path(get, path = "/api/v1/updates/{id}/deliveries", params(("id" = Uuid, Path), Paging),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn deliveries(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<Uuid>,
    calls::Asked(paging): calls::Asked<Paging>,
) -> Result<Response, ApiError> {
    let found = web.desk.deliveries(&who, id, paging.next.or(paging.after)).await?;
    let counts: serde_json::Map<String, Value> = Channel::ALL
        .iter()
        .map(|channel| {
            let of = |state: DeliveryState| {
                let mine = found.counts.tallies.iter().filter(|t| t.channel == *channel && t.state == state);
                mine.map(|t| t.number).sum::<u64>()
            };
            let states: serde_json::Map<String, Value> =
                DeliveryState::ALL.iter().map(|s| (s.api_name().to_owned(), json!(of(*s)))).collect();
            (channel.as_str().to_owned(), Value::Object(states))
        })
        .collect();
    let items: Vec<Value> = found
        .items
        .iter()
        .map(|(d, masked)| {
            json!({
                "id": d.id, "channel": d.channel, "to": masked, "organisation": d.organisation,
                "state": d.state.api_name(), "reason": d.reason, "attempts": d.attempt,
                "made_at": rfc3339(d.made_at),
            })
        })
        .collect();
    let holding = found.held.map(|h| json!({"state": h.holding.as_str(), "until": rfc3339(h.until)}));
    let charged = |channel| {
        let of = found.counts.charged.iter().find(|c| c.channel == channel);
        of.map_or(json!({"certain": 0, "maybe": 0}), |c| json!({"certain": c.certain, "maybe": c.maybe}))
    };
    let spent = web.desk.prices.spent(&found.counts.charged);
    let spent = json!({
        "sms_parts": charged(Channel::Sms), "whatsapp_messages": charged(Channel::WhatsApp),
        "pence": spent.map(|s| json!({"certain": s.certain, "maybe": s.maybe})),
    });
    Ok(answer(
        StatusCode::OK,
        json!({"counts": counts, "spent": spent, "holding": holding, "items": items, "next": found.next}),
    ))
}

/// What the board is for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Scope {
    /// An organisation; the token's own by default.
    scope: Option<String>,
    /// A command centre, in place of the organisation.
    centre: Option<String>,
    /// By what it is added up: `below` (what is directly below, the default), `region`,
    /// `board` or `network`.
    by: Option<String>,
    /// One incident, open or over: then each place counts with its word on this one alone.
    incident: Option<Uuid>,
}

/// Who is hit, who is silent, what is overdue
#[utoipa::path(get, path = "/api/v1/board", params(Scope),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn board(
    State(web): State<Web>,
    Program(who): Program,
    calls::Asked(asked): calls::Asked<Scope>,
) -> Result<Response, ApiError> {
    let scope = asked.centre.or(asked.scope).as_deref().map_or(Ok(who.organisation.clone()), code)?;
    let parts = match asked.by.as_deref().map(Parts::parse) {
        None => Parts::default(),
        Some(Some(parts)) => parts,
        Some(None) => return Err(DeskError::field("/by", "Use below, region, board or network.").into()),
    };
    let filter = Filter { incident: asked.incident, ..Filter::default() };
    let board = web.desk.board(&who, &scope, &filter, parts).await?;
    if asked.incident.is_some() && board.on.is_none() {
        return Err(DeskError::NotFound("This incident").into());
    }
    Ok(answer(StatusCode::OK, board_json(&board)))
}

fn board_json(board: &Board) -> Value {
    let states = |of: &BTreeMap<DeliveryState, i64>| -> serde_json::Map<String, Value> {
        let number = |s: &DeliveryState| json!(of.get(s).copied().unwrap_or(0));
        DeliveryState::ALL.iter().map(|s| (s.api_name().to_owned(), number(s))).collect()
    };
    let children: Vec<Value> = board
        .rows
        .iter()
        .map(|row| json!({"code": row.org.code, "name": row.org.name, "kind": row.org.kind, "counts": row.counts}))
        .collect();
    let incidents: Vec<Value> = board
        .incidents
        .iter()
        .map(|(i, n)| json!({"id": i.id, "title": i.title.english, "state": i.stage(), "kind": i.kind, "organisations": n}))
        .collect();
    json!({
        "scope": {"code": board.scope.code, "name": board.scope.name, "kind": board.scope.kind},
        "centre": board.centre.as_ref().map(|c| json!({"id": c.code, "name": c.name, "lead": c.lead,
            "first_day": c.first_day, "last_day": c.last_day})),
        "counts": board.counts,
        "children": children,
        "incidents": incidents,
        "approvals_waiting": board.approvals,
        "statements": board.words.iter().map(|w| {
            let mut said = super::statements::statement_json(&w.statement);
            said["reports_a_fault"] = json!(w.is_report);
            said
        }).collect::<Vec<_>>(),
        "next_report": board.next_report.as_ref().map(|(due, about)| json!({"due_at": rfc3339(*due), "about": about})),
        "incident": board.on.as_ref().map(|i| json!({
            "id": i.id, "title": i.title.english, "state": i.stage(), "kind": i.kind,
            "over_since": (!i.is_open()).then(|| rfc3339(i.ended_at())),
        })),
        "deliveries": states(&board.sent.to_public),
        "deliveries_to_staff": states(&board.sent.to_staff),
    })
}

/// Where a page of the log starts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LogPaging {
    /// The `next` of the page before.
    next: Option<i64>,
    /// Entries before this number; the newest by default.
    before: Option<i64>,
}

/// Who did what, newest first
#[utoipa::path(get, path = "/api/v1/log", params(LogPaging), responses((status = 200, body = LogPage)))]
pub async fn log(
    State(web): State<Web>,
    Program(who): Program,
    calls::Asked(paging): calls::Asked<LogPaging>,
) -> Result<Response, ApiError> {
    let (entries, next) = web.desk.log(&who, paging.next.or(paging.before)).await?;
    Ok(answer(StatusCode::OK, json!(LogPage { entries, next })))
}
