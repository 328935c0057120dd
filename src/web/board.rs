//! `GET /board`: what a region sees.

mod filters;
mod rows;

use std::hash::{DefaultHasher, Hash, Hasher};

use askama::Template as _;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::filters::{filters, shown, titled};
use self::rows::{awaited, child, counts, messages, open, over, rest};
use super::Web;
use super::admin::{answers, who};
use super::error::{PageError, screen};
use super::extract::Staff;
use super::views::board::{Board, Listed, Now, Open, Piece, Place, Spoken};
use super::views::counted;
use crate::desk::DeskError;
use crate::desk::board::{self as desk, Filter, Only, Parts, Site, Standing};
use crate::desk::statements::Heard;
use crate::domain::centre::Centre;
use crate::domain::incident::{Incident, Kind};
use crate::domain::line::Line;
use crate::domain::org::{Org, OrgCode, OrgKind};
use crate::domain::system::SystemKey;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::domain::word::Word;
use crate::words::english;

/// Places that are named in a list on the board.
const LISTED: usize = 20;

pub fn routes() -> Router<Web> {
    Router::new().route("/board", get(board)).route("/board/live", get(live))
}

/// What the board is for, the own organisation by default; and which of its
/// places are shown.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    scope: String,
    /// A command centre, in place of an organisation.
    centre: String,
    system: String,
    /// One open incident.
    incident: String,
    line: String,
    state: String,
    kind: String,
    late: String,
    /// Only those whose phones are down, or that ask patients not to come.
    only: String,
    /// By what parts it is added up.
    by: String,
    /// `table` for every place as a row.
    view: String,
}

impl Asked {
    fn scope(&self, actor: &Actor) -> Result<OrgCode, DeskError> {
        let named = if self.centre.is_empty() { &self.scope } else { &self.centre };
        match named.as_str() {
            "" => Ok(actor.organisation.clone()),
            text => OrgCode::parse(text).ok_or(DeskError::NotFound("This organisation")),
        }
    }

    /// What nobody can mean filters nothing.
    fn filter(&self) -> Filter {
        Filter {
            system: (!self.system.is_empty()).then(|| SystemKey::new(&self.system)),
            incident: Uuid::parse_str(&self.incident).ok(),
            line: Line::parse(&self.line),
            word: Word::parse(&self.state),
            kind: OrgKind::parse(&self.kind),
            late: !self.late.is_empty(),
            only: Only::parse(&self.only),
        }
    }

    fn parts(&self) -> Parts {
        Parts::parse(&self.by).unwrap_or_default()
    }

    /// The same as a query, for links; `with` changes one answer.
    fn query(&self, scope: &OrgCode, with: (&str, &str)) -> String {
        let own = [
            ("scope", scope.as_str()),
            ("system", &self.system),
            ("incident", &self.incident),
            ("line", &self.line),
            ("state", &self.state),
            ("kind", &self.kind),
            ("late", &self.late),
            ("only", &self.only),
            ("by", &self.by),
            ("view", &self.view),
        ];
        let all = own.map(|(name, value)| if name == with.0 { with } else { (name, value) });
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(all.into_iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }
}

/// `GET /board?scope=CODE&incident=&system=&line=&state=&kind=&late=&by=&view=`.
async fn board(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let scope = asked.scope(&actor)?;
    let board = web.desk.board(&actor, &scope, &asked.filter(), asked.parts()).await?;
    let now_shown = now_shown(&web, &board, &asked).await?;
    let is_table = asked.view == "table";
    let filters = filters(&web, &board, &asked);
    Ok(screen(&Board {
        who: who(&web, &actor).await?,
        scope_code: scope.to_string(),
        scope_name: board.scope.name.clone(),
        centre: board.centre.as_deref().map(dates).unwrap_or_default(),
        live: format!("/board/live?{}", asked.query(&scope, ("", ""))),
        other_view: format!(
            "/board?{}#places",
            asked.query(&scope, ("view", if is_table { "" } else { "table" }))
        ),
        about: board.on.as_deref().map(titled).unwrap_or_default(),
        unreal: board.kind.unreal(),
        shown: shown(&filters, &asked),
        filters,
        is_late: !asked.late.is_empty(),
        is_filtered: asked.filter() != Filter::default(),
        everything: format!("/board?scope={scope}"),
        by: asked.by.clone(),
        is_table,
        sites: board.sites.iter().map(|s| site(s, board.kind)).collect(),
        now: now_shown,
    }))
}

/// By what else the board can be added up, with where that is; empty where it is so now,
/// and nothing at all where there is no choice.
fn parts(board: &desk::Board, asked: &Asked) -> Vec<(&'static str, String)> {
    let all = [Parts::Below].into_iter().chain(board.kinds_of_parts.iter().copied());
    let link = |parts: Parts| {
        let by = if parts == Parts::Below { "" } else { parts.as_str() };
        let href = format!("/board?{}#parts", asked.query(&board.scope.code, ("by", by)));
        (parts_word(parts), if parts == asked.parts() { String::new() } else { href })
    };
    all.map(link).filter(|_| !board.kinds_of_parts.is_empty()).collect()
}

/// What staff call the parts of a board.
fn parts_word(parts: Parts) -> &'static str {
    match parts {
        Parts::Below => "One level down",
        Parts::Regions => "By region",
        Parts::Boards => "By board",
        Parts::Networks => "By primary care network",
    }
}

/// `GET /board/live`: the same, again and again.
async fn live(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let scope = asked.scope(&actor)?;
    web.desk.may_see_board(&actor, &scope).await?;
    // Whoever may look at a scope sees the same.
    let name = format!("board {}", asked.query(&scope, ("", "")));
    let live = web.live.clone();
    let reader = (web.desk.clone(), actor.id);
    Ok(live.stream(reader, name, move || piece(web.clone(), actor.clone(), scope.clone(), asked.clone())))
}

async fn piece(web: Web, actor: Actor, scope: OrgCode, asked: Asked) -> Result<String, DeskError> {
    let board = web.desk.board(&actor, &scope, &asked.filter(), asked.parts()).await?;
    let piece = Piece { now: now_shown(&web, &board, &asked).await? };
    Ok(piece.render().unwrap_or_default())
}

async fn now_shown(web: &Web, board: &desk::Board, asked: &Asked) -> Result<Now, DeskError> {
    let now = web.desk.now();
    let mut incidents = Vec::new();
    let filter = asked.filter();
    for (incident, organisations) in &board.incidents {
        if !filter.is_about(incident, &web.desk.catalogue) {
            continue;
        }
        let declared_by = web.desk.name_of(&incident.declared_by).await?;
        let asking = board.asking.get(&incident.id);
        incidents.push(Open {
            asked: asking.map(|progress| answers::silent(progress, now)).unwrap_or_default(),
            here: here(asked, &board.scope.code, incident),
            ..open(incident, declared_by, *organisations, now)
        });
    }
    let list = |only: Only, count: usize| {
        let all = board.sites.iter().filter(|s| only.is(&s.standing)).take(LISTED);
        let places = all.map(|s| (href_of(&s.org, board.kind), named(&s.org))).collect();
        let href = Asked { view: "table".into(), ..asked.clone() };
        let href = href.query(&board.scope.code, ("only", only.as_str()));
        let all = if count > LISTED { format!("/board?{href}#places") } else { String::new() };
        Listed { label: only.label(), number: number(count), places, all }
    };
    let scope = &board.scope.code;
    let link = |word: Word| format!("/board?{}", asked.query(scope, ("state", word.as_str())));
    Ok(Now {
        over: board.on.as_deref().and_then(|i| over(i, now)).unwrap_or_default(),
        whole: format!("/board?{}", asked.query(&board.scope.code, ("incident", ""))),
        // To the minute: a board that says the same is not sent again.
        read_at: time::near(now, now, english()),
        counts: counts(&board.counts, link, &format!("/board?{}", asked.query(scope, ("late", "1")))),
        lists: vec![
            list(Only::PhonesDown, board.counts.phones_down),
            list(Only::PhonesNotKnown, board.counts.phones_not_known),
            list(Only::TurningAway, board.counts.turning_away),
        ],
        approvals: number(board.approvals),
        words: board.words.iter().map(|heard| word_of(heard, now)).collect(),
        next_report: board
            .next_report
            .as_ref()
            .map(|(due, about)| {
                format!("The next situation report is due at {}: {about}.", time::near(*due, now, english()))
            })
            .unwrap_or_default(),
        parts: parts(board, asked),
        children: board.rows.iter().map(|row| child(row, asked)).chain(rest(board, asked)).collect(),
        awaited: board.awaited.iter().map(|(i, n)| awaited(i, *n)).collect(),
        incidents,
        is_about_some: filter.incident.is_some() || filter.system.is_some(),
        messages: messages(board),
        is_about_one: board.on.is_some(),
        halted: board.halted.clone(),
        late: board.late.iter().map(|late| late.told(now)).collect(),
        map: board.sites.iter().map(letter).collect(),
        places: fingerprint(&board.sites, asked.view == "table"),
    })
}

/// Where the board is about this incident alone; empty when it is.
fn here(asked: &Asked, scope: &OrgCode, incident: &Incident) -> String {
    let id = incident.id.to_string();
    if asked.incident == id {
        return String::new();
    }
    format!("/board?{}", asked.query(scope, ("incident", &id)))
}

/// "From 19 July 2024 to 30 September 2024"
pub fn dates(centre: &Centre) -> String {
    let from = time::date(centre.first_day, english());
    let until = centre.last_day.map(|day| format!(" to {}", time::date(day, english())));
    format!("From {from}{}", until.unwrap_or_default())
}

/// A supplier's or partner's last word, with its age.
fn word_of(heard: &Heard, now: DateTime<Utc>) -> Spoken {
    let said = &heard.statement;
    let minutes = (now - said.made_at).num_minutes();
    let age = match minutes {
        ..1 => "just now".into(),
        1..60 => counted(number(usize::try_from(minutes).unwrap_or(0)), "minute ago", "minutes ago"),
        60..2880 => counted(minutes.unsigned_abs() / 60, "hour ago", "hours ago"),
        _ => counted(minutes.unsigned_abs() / 1440, "day ago", "days ago"),
    };
    Spoken {
        name: said.speaker.name.clone(),
        about: heard.system.clone(),
        text: said.message.english.clone(),
        when: format!("{}, {age}", time::near(said.made_at, now, english())),
        is_report: heard.is_report,
    }
}

/// What staff call an answer.
fn word(word: Option<Word>) -> &'static str {
    match word {
        Some(Word::Affected) => "Affected",
        Some(Word::Silent) => "Have not answered",
        Some(Word::Unknown) => "Perhaps affected",
        Some(Word::Busy) => "Not affected, busy",
        Some(Word::Recovered) => "Recovered",
        Some(Word::NotAffected) => "Not affected",
        None => "As usual",
    }
}

/// Changes when the list of places has to be drawn anew: a map when other places
/// are shown, for what is true of each is in its letter; a table when anything in
/// it changes.
fn fingerprint(sites: &[Site], is_table: bool) -> String {
    let mut hash = DefaultHasher::new();
    for site in sites {
        site.org.code.hash(&mut hash);
        if is_table {
            (letter(site), notes(&site.standing)).hash(&mut hash);
        }
    }
    format!("{:x}", hash.finish())
}

/// Its letter on the map; a capital when its page is late.
fn letter(site: &Site) -> char {
    let letter = match site.word {
        Some(Word::Affected) => 'a',
        Some(Word::Silent) => 's',
        Some(Word::Unknown) => 'u',
        Some(Word::Busy) => 'b',
        Some(Word::Recovered) => 'r',
        Some(Word::NotAffected) => 'n',
        None => 'o',
    };
    if site.standing.overdue { letter.to_ascii_uppercase() } else { letter }
}

/// "phones down, update late", or empty.
fn notes(standing: &Standing) -> String {
    let all = [
        (standing.phones_down, "phones down"),
        (standing.phones_not_known, "phones were down"),
        (standing.turns_away, "asks patients not to come"),
        (standing.overdue, "update late"),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, note)| note).collect::<Vec<_>>().join(", ")
}

/// The page of a place; in an exercise the one that the exercise makes.
fn href_of(org: &Org, kind: Kind) -> String {
    let unreal = if kind == Kind::Live { "" } else { "/exercise" };
    format!("/{}{unreal}", org.code)
}

/// A place among others of its name: with its town, and its code.
fn named(org: &Org) -> String {
    format!("{} ({})", org.in_town(), org.code)
}

fn site(site: &Site, kind: Kind) -> Place {
    Place {
        href: href_of(&site.org, kind),
        name: site.org.name.clone(),
        town: site.org.town.clone(),
        letter: letter(site),
        word: word(site.word),
        notes: notes(&site.standing),
    }
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
