//! Who has answered an incident, and asking the silent again.

use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use chrono::{DateTime, Utc};

use super::typed::{Asked, Typed};
use super::{id, who, words};
use crate::desk::asking::{Asking, Progress, Site};
use crate::domain::incident::Answer;
use crate::domain::org::OrgCode;
use crate::domain::time;
use crate::domain::word::Word;
use crate::web::Web;
use crate::web::csv;
use crate::web::error::{PageError, file, screen};
use crate::web::extract::Staff;
use crate::web::views::answer::Kept;
use crate::web::views::asking::{Asking as View, Row, Shown};
use crate::web::views::{counted, grouped};
use crate::words::english;

/// How many places are listed at once.
const LISTED: usize = 200;

/// When the silent are asked next, in a sentence.
fn next(progress: &Progress, now: DateTime<Utc>) -> String {
    let (chase, tally) = (progress.chase.as_ref(), progress.tally);
    let they = if tally.has_nobody > 0 { "The others" } else { "They" };
    match (chase, chase.and_then(|c| c.next_at)) {
        _ if !progress.is_open && progress.awaited > 0 => format!(
            "Others say that this is over. {} not said yet that they are back to normal. \
             Those on duty there are asked once.",
            counted(words::number(progress.awaited), "place has", "places have")
        ),
        _ if progress.is_withdrawn => "This problem was withdrawn, so nobody is asked any more.".into(),
        _ if !progress.is_open => "This problem is over, so nobody is asked any more.".into(),
        _ if tally.silent == 0 => "Nobody is silent, so nobody is asked.".into(),
        _ if tally.has_nobody == tally.silent => "There is nobody to ask there.".into(),
        (_, Some(at)) if at <= now => format!("{they} are being asked now."),
        (_, Some(at)) => format!("{they} are asked again at {}.", time::near(at, now, english())),
        (Some(chase), None) if chase.stopped_at.is_some() => "Somebody stopped asking them.".into(),
        (Some(chase), None) if chase.asked > 0 => {
            format!("{they} were asked as often as we ask by ourselves.")
        }
        _ => format!("{they} have not been asked."),
    }
}

/// The same, after at how many of the silent there is nobody to ask.
fn asked(progress: &Progress, now: DateTime<Utc>) -> String {
    let (tally, next) = (progress.tally, next(progress, now));
    let is_part = progress.is_open && tally.has_nobody > 0 && tally.has_nobody < tally.silent;
    match is_part {
        true => {
            format!("At {} of them there is nobody to ask. {next}", grouped(words::number(tally.has_nobody)))
        }
        false => next,
    }
}

/// How many are silent, and when they are asked next; empty when nobody was to
/// be asked.
pub fn silent(progress: &Progress, now: DateTime<Utc>) -> String {
    let tally = progress.tally;
    if tally.silent + tally.answered == 0 {
        return String::new();
    }
    let silent = words::number(tally.silent);
    format!("{} not answered. {}", counted(silent, "place has", "places have"), asked(progress, now))
}

/// The ways to look at the list: the word for it in the address, and who is in it.
const SHOWN: &[(&str, &str)] = &[
    ("affected", "Affected"),
    ("not_affected", "Not affected"),
    ("busy", "Not affected, busy"),
    ("recovered", "Recovered"),
    ("awaited", "Still waited for"),
    ("silent", "Have not answered"),
    ("nobody", "Of these, nobody to ask"),
    ("unknown", "Perhaps affected"),
];

fn is_shown(site: &Site, shown: &str) -> bool {
    match shown {
        "awaited" => site.is_awaited,
        "nobody" => site.word == Some(Word::Silent) && site.has_nobody,
        // Those that nobody recorded as reached are listed apart.
        "" => site.word != Some(Word::Unknown),
        word => Word::parse(word).is_some_and(|word| site.word == Some(word)),
    }
}

/// What a place answered, or why it is listed without an answer.
fn answered(site: &Site) -> &'static str {
    match (&site.said, site.word) {
        (Some(said), _) => said.given.answer.label(),
        (None, Some(Word::Affected)) => "Affected: declared by itself",
        (None, Some(Word::Unknown)) => "Was not asked: nobody recorded what it uses",
        (None, _) => "Has not answered",
    }
}

/// `GET /desk/incidents/{id}/answers?shown=&from=`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    Asked(typed): Asked,
) -> Result<Response, PageError> {
    let asking = web.desk.asking(&actor, id(&incident)?).await?;
    let (who, now) = (who(&web, &actor).await?, web.desk.now());
    let goes_on = asking.chase.as_ref().is_some_and(|c| c.next_at.is_some());
    let progress = asking.progress();
    let may_ask = progress.tally.silent > progress.tally.has_nobody;
    let wanted = who.may_publish() && asking.incident.is_open() && may_ask;
    let wanted_kind = SHOWN.iter().copied().find(|(word, _)| *word == typed.get("shown"));
    let (shown, heading) = wanted_kind.unwrap_or(("", "All places"));
    let from: usize = typed.get("from").parse().unwrap_or(0);
    let here = format!("/desk/incidents/{}/answers", asking.incident.id);
    let all: Vec<&Site> = asking.sites.iter().filter(|s| is_shown(s, shown)).collect();
    let more = from.saturating_add(LISTED);
    Ok(screen(&View {
        title: asking.incident.title.english.clone(),
        mark: asking.incident.kind.word(),
        done: match typed.get("done") {
            "on" => "The silent are asked now, and then again.".into(),
            "off" => "Nobody is asked any more.".into(),
            "confirmed" => "Saved. Their pages say that you said so for them.".into(),
            "said" => "Saved. It is recorded that you said it for this place.".into(),
            _ => String::new(),
        },
        counts: counts(&asking, &here),
        next: match asking.incident.is_national_alone() {
            true => "This is about 999 or 111 alone. No place can clear that, so none is asked.".into(),
            false => asked(&progress, now),
        },
        may_stop: wanted && goes_on && !asking.is_others,
        may_start: wanted && (!goes_on || asking.is_others),
        is_others: asking.is_others,
        may_confirm: words::number(asking.may_confirm()),
        heading,
        is_all: shown.is_empty(),
        number: words::number(all.len()),
        rows: all.iter().skip(from).take(LISTED).map(|site| row(site, now)).collect(),
        next_page: (more < all.len()).then(|| format!("{here}?shown={shown}&from={more}#places")),
        here,
        who,
    }))
}

fn counts(asking: &Asking, here: &str) -> Vec<Shown> {
    let count = |(word, label): &(&'static str, &'static str)| Shown {
        label,
        number: words::number(asking.sites.iter().filter(|s| is_shown(s, word)).count()),
        href: format!("{here}?shown={word}#places"),
    };
    SHOWN.iter().map(count).collect()
}

fn row(site: &Site, now: DateTime<Utc>) -> Row {
    let said = site.said.as_ref();
    Row {
        code: site.org.code.to_string(),
        name: site.org.name.clone(),
        answer: answered(site),
        at: said.map(|s| time::near(s.given.made_at, now, english())).unwrap_or_default(),
        by: said.map(|s| s.by.clone()).unwrap_or_default(),
        has_nobody: site.word == Some(Word::Silent) && site.has_nobody,
        kept: Kept::of(site.stood.as_ref(), &site.org.code, "it"),
        answers: match site.may_answer {
            true => {
                let may_say = |a: &&Answer| **a != Answer::Recovered || site.may_say_back;
                Answer::ALL.iter().filter(may_say).map(|a| (a.as_str(), a.label())).collect()
            }
            false => vec![],
        },
    }
}

/// `GET /desk/incidents/{id}/answers.csv`: all of them.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
) -> Result<Response, PageError> {
    let asking = web.desk.asking(&actor, id(&incident)?).await?;
    let row = |site: &Site| {
        let said = site.said.as_ref();
        vec![
            site.org.code.to_string(),
            site.org.name.clone(),
            site.org.kind.to_string(),
            site.org.town.clone(),
            said.map(|s| s.given.answer.to_string()).unwrap_or_default(),
            said.map(|s| time::rfc3339(s.given.made_at)).unwrap_or_default(),
            said.map(|s| s.by.clone()).unwrap_or_default(),
            if site.has_nobody { "no" } else { "yes" }.into(),
            asking.incident.kind.to_string(),
            site.word.map(|word| word.to_string()).unwrap_or_default(),
        ]
    };
    let heads = [
        "organisation",
        "name",
        "kind",
        "town",
        "answer",
        "answered_at",
        "answered_by",
        "can_be_asked",
        "kind_of_incident",
        "counts_as",
    ];
    let rows: Vec<Vec<String>> = asking.sites.iter().map(row).collect();
    let text = csv::table(&heads, &rows);
    let mark = Some(asking.incident.kind.word())
        .filter(|w| !w.is_empty())
        .map_or(String::new(), |w| format!("{}-", w.to_lowercase()));
    let name = format!("{mark}answers-{}.csv", asking.incident.id);
    Ok(file("text/csv; charset=utf-8", &name, text.into_bytes()))
}

/// `POST /desk/incidents/{id}/answers`: asking or not, or an answer for a place.
pub async fn set(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let incident = id(&incident)?;
    if let Some((answer, place)) = Answer::parse(typed.get("answer")).zip(OrgCode::parse(typed.get("place")))
    {
        web.desk.answer_for(&actor, incident, &place, answer).await?;
        return Ok(Redirect::to(&format!("/desk/incidents/{incident}/answers?done=said#places")));
    }
    if typed.get("confirm") == "all" {
        web.desk.confirm_below(&actor, incident, typed.get("places").parse().ok()).await?;
        return Ok(Redirect::to(&format!("/desk/incidents/{incident}/answers?done=confirmed")));
    }
    let on = typed.get("asking") == "on";
    web.desk.set_asking(&actor, incident, on).await?;
    let done = if on { "on" } else { "off" };
    Ok(Redirect::to(&format!("/desk/incidents/{incident}/answers?done={done}")))
}
