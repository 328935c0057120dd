//! `GET /board`: what a region sees.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, Utc};

use super::Web;
use super::admin::{answers, who};
use super::error::{PageError, screen};
use super::extract::Staff;
use super::views::board::{Board, BoardCounts, Child, Open};
use super::views::messages::state_counts;
use crate::desk::DeskError;
use crate::desk::board::{Counts, Row};
use crate::domain::incident::{Incident, Kind};
use crate::domain::org::OrgCode;
use crate::domain::time;
use crate::words::english;

pub fn routes() -> Router<Web> {
    Router::new().route("/board", get(board))
}

/// What the board is for; the own organisation by default.
#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    scope: String,
}

/// `GET /board?scope=CODE`.
async fn board(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let scope = match asked.scope.as_str() {
        "" => actor.organisation.clone(),
        text => OrgCode::parse(text).ok_or(DeskError::NotFound("This organisation"))?,
    };
    let board = web.desk.board(&actor, &scope).await?;
    let now = web.desk.now();
    let mut incidents = Vec::new();
    for (incident, organisations) in &board.incidents {
        let declared_by = web.desk.name_of(&incident.declared_by).await?;
        let asking = web.desk.asking(&actor, incident.id).await.ok();
        incidents.push(Open {
            asked: asking.as_ref().map(|a| answers::silent(a, now)).unwrap_or_default(),
            ..open(incident, declared_by, *organisations, now)
        });
    }
    let sent = |state| board.deliveries.get(&state).map_or(0, |n| u64::try_from(*n).unwrap_or(0));
    Ok(screen(&Board {
        who: who(&web, &actor).await?,
        scope_code: board.scope.code.to_string(),
        scope_name: board.scope.name.clone(),
        read_at: time::clock_with_seconds(now),
        counts: counts(&board.counts),
        children: board.children.iter().map(child).collect(),
        incidents,
        deliveries: state_counts(sent),
    }))
}

fn open(incident: &Incident, declared_by: String, organisations: usize, now: DateTime<Utc>) -> Open {
    let due = incident.next_update_by();
    Open {
        id: incident.id.to_string(),
        title: incident.title.english.clone(),
        declared_by,
        stage: incident.stage(),
        level: incident.level,
        is_live: incident.kind == Kind::Live,
        asked: String::new(),
        organisations: number(organisations),
        next_update_by: due.map(|at| time::near(at, now, english())).unwrap_or_default(),
        is_overdue: due.is_some_and(|at| at <= now),
    }
}

fn child(row: &Row) -> Child {
    Child {
        code: row.org.code.to_string(),
        name: row.org.name.clone(),
        counts: counts(&row.counts),
        has_children: row.has_children,
    }
}

fn counts(counts: &Counts) -> BoardCounts {
    BoardCounts {
        affected: number(counts.affected),
        not_affected: number(counts.not_affected),
        busy: number(counts.busy),
        recovered: number(counts.recovered),
        silent: number(counts.silent),
        overdue: number(counts.overdue),
    }
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
