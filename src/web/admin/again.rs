//! What a second person did not agree to: told to who wrote it, with its words to use again.

use chrono::Duration;

use super::approvals::title_of;
use super::national;
use super::plan::wall_text;
use crate::desk::incidents::Declaration;
use crate::desk::planned::Plan;
use crate::desk::proposals::Content;
use crate::domain::approval::Standing;
use crate::domain::incident::Draft;
use crate::domain::line::Line;
use crate::domain::recurrence::{Nth, Pattern};
use crate::domain::time;
use crate::domain::user::Actor;
use crate::domain::written::Written;
use crate::store::proposals::Proposal;
use crate::web::Web;
use crate::web::error::PageError;
use crate::web::views::desk::Refused;
use crate::web::views::form::session_value;
use crate::words::{Locale, english};

/// For how long somebody is told of it on their desk.
const TOLD_FOR: Duration = Duration::days(1);

/// What somebody wrote and others refused in the last day, until they use its words again.
pub async fn refused(web: &Web, actor: &Actor) -> Result<Vec<Refused>, PageError> {
    let mut all = web.desk.proposals(actor).await?;
    let is_by = |by: &Actor| by.id == actor.id;
    let now = web.desk.now();
    all.retain(|(p, _)| {
        let is_news = p.used_again_at.is_none() && p.decided_at.is_some_and(|at| now < at + TOLD_FOR);
        let is_by_others = p.decided_by.as_ref().is_some_and(|by| !is_by(by));
        p.standing == Standing::Refused && is_by(&p.author) && is_by_others && is_news
    });
    let listed: Vec<&Proposal> = all.iter().map(|(p, _)| p).collect();
    let subjects = web.desk.subjects(&listed).await?;
    let row = |p: &&Proposal| Refused {
        title: title_of(web, p, subjects.get(&p.id).map(String::as_str)),
        by: p.decided_by.as_ref().map(|by| by.name.clone()).unwrap_or_default(),
        at: p.decided_at.map(|at| time::near(at, web.desk.now(), english())).unwrap_or_default(),
        because: p.decided_because.clone().unwrap_or_default(),
        href: format!("/desk/approvals/{}", p.id),
        again: again(p),
    };
    Ok(listed.iter().map(row).collect())
}

/// The form with what it said; empty where no form takes it.
pub fn again(p: &Proposal) -> String {
    let mut fields = vec![("again".to_owned(), p.id.to_string())];
    match Content::of(p) {
        Ok(Content::Declaration(d)) => {
            declared(&mut fields, &d);
            format!("/desk/post?{}", query(&fields))
        }
        Ok(Content::Update(draft)) => {
            drafted(&mut fields, &draft);
            let incident = p.incident.unwrap_or_default();
            format!("/desk/incidents/{incident}/update?{}", query(&fields))
        }
        Ok(Content::Plan(plan)) => {
            planned(&mut fields, &plan);
            format!("/desk/planned/new?{}", query(&fields))
        }
        _ => String::new(),
    }
}

/// What `GET /desk/planned/new` takes.
fn planned(fields: &mut Vec<(String, String)>, plan: &Plan) {
    declared(fields, &plan.what);
    let mut field = |name: &str, value: String| fields.push((name.to_owned(), value));
    for (name, time) in [("starts", plan.starts_at), ("ends", plan.ends_at)] {
        time.into_iter().for_each(|time| field(name, wall_text(time)));
    }
    plan.remind_hours.into_iter().for_each(|hours| field("remind", hours.to_string()));
    let Some(repeat) = &plan.repeat else { return };
    match &repeat.pattern {
        Pattern::Weekly { interval, days } => {
            field("repeat", interval.to_string());
            days.iter().for_each(|day| field("days", day.as_str().to_owned()));
        }
        Pattern::Monthly { week: Nth::Last, .. } => field("repeat", "monthly_last".into()),
        Pattern::Monthly { .. } => field("repeat", "monthly".into()),
    }
    repeat.until.into_iter().for_each(|day| field("until", day.to_string()));
}

/// What it is about and whom it reaches, and what is said.
fn declared(fields: &mut Vec<(String, String)>, d: &Declaration) {
    let mut field = |name: &str, value: Option<String>| {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    };
    field("system", d.system.clone());
    field("level", d.level.map(|level| level.to_string()));
    field("scope", d.scope.as_ref().map(ToString::to_string));
    if let Some(named) = &d.organisations {
        field("reach", Some("named".into()));
        let codes: Vec<&str> = named.iter().map(|code| code.as_str()).collect();
        field("organisations", Some(codes.join(" ")));
    }
    written(fields, "title", &d.title);
    drafted(fields, &d.draft);
}

fn query(fields: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn written(fields: &mut Vec<(String, String)>, name: &str, text: &Written) {
    if !text.is_blank() {
        fields.push((name.to_owned(), text.english.clone()));
    }
    fields.extend(text.welsh().map(|welsh| (format!("{name}_in.{}", Locale::Cy.as_str()), welsh.to_owned())));
}

fn drafted(fields: &mut Vec<(String, String)>, draft: &Draft) {
    fields.extend(draft.stage.map(|stage| ("state".to_owned(), stage.to_string())));
    if let Some(message) = &draft.message {
        written(fields, "message", message);
    }
    for (line, setting) in draft.lines.iter().flat_map(|lines| &lines.0) {
        fields.push((format!("lines.{line}"), setting.state.key.to_owned()));
        fields.extend(setting.session.map(|session| (format!("when.{line}"), session_value(session))));
        if let Some(words) = setting.words.as_ref().filter(|_| Line::is_national(*line)) {
            written(fields, &national::field(*line), words);
        }
    }
}
