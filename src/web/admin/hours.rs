//! When an organisation is open.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::NaiveDate;

use super::contacts::place;
use super::typed::{Asked, Typed};
use super::who;
use crate::desk::DeskError;
use crate::domain::FieldError;
use crate::domain::bank_holidays;
use crate::domain::hours::{Different, Hours, Span, promise};
use crate::domain::org::OrgCode;
use crate::domain::recurrence::Day;
use crate::domain::time::{self, london};
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::Choice;
use crate::web::views::hours::{Except, Hours as View, Times};
use crate::words::english;

/// How many more days the form has room for.
const ROOM: usize = 3;
/// How many bank holidays are shown.
const HOLIDAYS: usize = 4;

pub fn routes() -> Router<Web> {
    Router::new().route("/desk/hours", get(show).post(put))
}

/// `GET /desk/hours?organisation=CODE`.
async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let code = place(&actor, &asked)?;
    let done = if asked.get("done") == "saved" { "Saved. The next post goes by these hours." } else { "" };
    let seen = view(&web, &actor, &code, None, vec![]).await?;
    Ok(screen(&View { done: done.into(), ..seen }))
}

/// `POST /desk/hours`.
async fn put(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let code = place(&actor, &typed)?;
    let (hours, rows, mut errors) = read(&typed);
    if errors.is_empty() {
        match web.desk.set_hours(&actor, &code, hours).await {
            Ok(_) => {
                let to = format!("/desk/hours?organisation={code}&done=saved");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(DeskError::Invalid(wrong)) => errors = wrong,
            Err(error) => return Err(error.into()),
        }
    } else {
        errors.extend(hours.check());
    }
    let beside = errors.into_iter().map(|e| beside_its_row(e, &rows)).collect();
    let again = view(&web, &actor, &code, Some(&typed), beside).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// A mistake about a day stands beside the row that has it.
fn beside_its_row(error: FieldError, rows: &[(usize, NaiveDate)]) -> FieldError {
    let day = error.pointer.strip_prefix("/except/").and_then(|d| d.parse::<NaiveDate>().ok());
    match day.and_then(|day| rows.iter().find(|(_, d)| *d == day)) {
        Some((n, _)) => FieldError::new(format!("/except/{n}"), error.detail),
        None => error,
    }
}

/// The times of one day; `None` where they are no times.
fn spans(typed: &Typed, name: &str) -> Option<Vec<Span>> {
    // Some write 8.30.
    let text = |what: &str| typed.get(&format!("{name}.{what}")).trim().replace('.', ":");
    let mut out = Vec::new();
    for (opens, closes) in [("opens", "closes"), ("opens_again", "closes_again")] {
        match (text(opens), text(closes)) {
            (a, b) if a.is_empty() && b.is_empty() => {}
            // The end of the day, as a clock shows it.
            (a, b) if b == "00:00" => out.push(Span::parse(&a, "24:00")?),
            (a, b) => out.push(Span::parse(&a, &b)?),
        }
    }
    Some(out)
}

/// What the form says: the hours, the rows of the days that are different, and
/// the mistakes in their shape.
fn read(typed: &Typed) -> (Hours, Vec<(usize, NaiveDate)>, Vec<FieldError>) {
    const TIMES: &str = "Enter when you open and when you close after that, such as 08:00 and 18:30.";
    let (mut hours, mut rows, mut errors) = (Hours::default(), Vec::new(), Vec::new());
    for day in Day::ALL {
        match spans(typed, day.as_str()) {
            Some(spans) => drop(hours.week.insert(*day, spans)),
            None => errors.push(FieldError::new(format!("/week/{day}"), TIMES)),
        }
    }
    for n in 0..count(typed) {
        let (name, at) = (format!("except.{n}"), format!("/except/{n}"));
        let (date, why) = (typed.get(&format!("{name}.date")).trim(), typed.get(&format!("{name}.why")));
        let spans = spans(typed, &name);
        let is_blank = date.is_empty() && why.trim().is_empty() && spans.as_ref().is_some_and(Vec::is_empty);
        match (date.parse::<NaiveDate>(), spans) {
            _ if is_blank => {}
            (Err(_), _) => errors.push(FieldError::new(at, "Enter the day, such as 2026-12-24.")),
            (Ok(_), None) => errors.push(FieldError::new(at, TIMES)),
            (Ok(day), Some(spans)) => {
                rows.push((n, day));
                if hours.except.insert(day, Different { spans, why: why.to_owned() }).is_some() {
                    errors.push(FieldError::new(at, "This day stands there already."));
                }
            }
        }
    }
    hours.open_on_bank_holidays = typed.get("bank_holidays") == "open";
    (hours, rows, errors)
}

/// How many rows the form had for days that are different.
fn count(typed: &Typed) -> usize {
    (0..).take_while(|n| typed.has(&format!("except.{n}.date"))).count()
}

async fn view(
    web: &Web,
    actor: &Actor,
    code: &OrgCode,
    typed: Option<&Typed>,
    errors: Vec<FieldError>,
) -> Result<View, PageError> {
    let stands = web.desk.hours(actor, code).await?;
    let (now, who) = (web.desk.now(), who(web, actor).await?);
    if !who.may_publish() {
        return Err(DeskError::Denied.into());
    }
    let hours = stands.clone().unwrap_or_default();
    let is_open = typed.map_or(hours.open_on_bank_holidays, |t| t.get("bank_holidays") == "open");
    let mut all: Vec<(String, &Different)> = hours.except.iter().map(|(d, w)| (d.to_string(), w)).collect();
    let nothing = Different::default();
    let rows = typed.map_or(all.len() + ROOM, count);
    all.resize(rows.max(all.len()), (String::new(), &nothing));
    let day = |d: &Day| times(d.as_str(), &format!("week-{d}"), d.label(), hours.week.get(d), typed);
    let except = all.iter().enumerate().map(|(n, (date, different))| {
        let name = format!("except.{n}");
        let text = |what: &str, stands: &str| match typed {
            Some(typed) => typed.get(&format!("{name}.{what}")).to_owned(),
            None => stands.to_owned(),
        };
        Except {
            date: text("date", date),
            why: text("why", &different.why),
            times: times(
                &name,
                &format!("except-{n}"),
                &format!("Day {}", n + 1),
                Some(&different.spans),
                typed,
            ),
        }
    });
    Ok(View {
        place_code: code.to_string(),
        place: web.desk.name_of(code).await?,
        done: String::new(),
        is_known: stands.is_some(),
        usual: time::near(promise(stands.as_ref(), now).at(), now, english()),
        days: Day::ALL.iter().map(day).collect(),
        bank_holidays: vec![Choice { chosen: is_open, ..Choice::new("open", "Open as on other days") }],
        holidays: holidays(&hours, london(now).date_naive()),
        except: except.collect(),
        errors: errors.into(),
        who,
    })
}

/// The fields of one day, as they were typed or as they stand.
fn times(name: &str, id: &str, label: &str, stands: Option<&Vec<Span>>, typed: Option<&Typed>) -> Times {
    let spans = stands.map_or(&[][..], Vec::as_slice);
    let shown = |text: String| if text == "24:00" { "00:00".to_owned() } else { text };
    let text = |what: &str, stands: Option<String>| match typed {
        Some(typed) => typed.get(&format!("{name}.{what}")).to_owned(),
        None => stands.map(shown).unwrap_or_default(),
    };
    Times {
        name: name.to_owned(),
        id: id.to_owned(),
        label: label.to_owned(),
        opens: text("opens", spans.first().map(|s| s.opens())),
        closes: text("closes", spans.first().map(|s| s.closes())),
        opens_again: text("opens_again", spans.get(1).map(|s| s.opens())),
        closes_again: text("closes_again", spans.get(1).map(|s| s.closes())),
    }
}

/// "Christmas Day, 25 December 2026: closed."
fn holidays(hours: &Hours, today: NaiveDate) -> Vec<String> {
    let said = |(day, name): (NaiveDate, &str)| {
        let spans: Vec<String> = hours.on(day).iter().map(|s| s.label()).collect();
        let spans = if spans.is_empty() { "closed".into() } else { spans.join(" and ") };
        format!("{name}, {}: {spans}.", time::date(day, english()))
    };
    bank_holidays::from(today).into_iter().take(HOLIDAYS).map(said).collect()
}
