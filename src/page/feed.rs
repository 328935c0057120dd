//! The feeds: one entry for each update and for each word of others, newest
//! first, as Atom and as RSS.

use std::collections::HashSet;

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{DateTime, NaiveTime, Utc};
use rss::{ChannelBuilder, GuidBuilder, ItemBuilder};

use super::{Context, planned, story, tell};
use crate::domain::derived_id;
use crate::domain::facts::{IncidentFact, LineFact, PlannedFact};
use crate::domain::incident::{LocalFacts, Update};
use crate::domain::planned::{Phase, Step, StepKind, Window};
use crate::domain::planned_words;
use crate::domain::statement::Statement;
use crate::domain::time;

/// How many updates a feed holds.
const ENTRIES: usize = 50;

/// One update as both feeds tell it. The id never changes; `updated` changes
/// only when the update is withdrawn, so that readers show it again.
struct Told {
    id: String,
    title: String,
    text: String,
    link: String,
    author: String,
    /// The stage, the line that changed, or who else speaks.
    term: &'static str,
    published: DateTime<Utc>,
    updated: DateTime<Utc>,
}

fn told(ctx: &Context<'_>) -> Vec<Told> {
    let incidents = ctx.facts.incidents.iter();
    let mut all: Vec<Told> =
        incidents.flat_map(|i| i.incident.updates.iter().map(move |u| one(ctx, i, u))).collect();
    let national = ctx.view.lines.iter().filter(|f| f.line.is_national() && !is_told(ctx, f));
    all.extend(national.map(|f| changed_help(ctx, f)));
    all.extend(ctx.facts.statements.iter().filter(|s| s.is_seen(ctx.now)).map(|s| of_others(ctx, s)));
    all.extend(planned_work(ctx));
    all.extend(ctx.facts.local_past.iter().filter_map(|local| own_words(ctx, local)));
    all.sort_by(|a, b| (b.published, &b.id).cmp(&(a.published, &a.id)));
    all.truncate(ENTRIES);
    all
}

/// Whether what somebody says about 999 or 111 is told among the incidents. In Wales, what the
/// nation says of 999 is not.
fn is_told(ctx: &Context<'_>, fact: &LineFact) -> bool {
    let by = ctx.facts.incidents.iter().filter(|i| i.incident.declared_by == fact.said_by);
    by.flat_map(|i| &i.incident.updates).any(|update| update.lines.get(fact.line).is_some())
}

fn one(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> Told {
    let said = tell::update_text(ctx, fact, update);
    let updated = update.withdrawn_at.unwrap_or(update.published_at);
    // An entry tells how it stood when it was written: later words have their own.
    let then = fact.as_of(updated, &ctx.facts.org);
    let then = then.as_ref().unwrap_or(fact);
    let told_at = Context { now: updated, ..*ctx };
    let (mark, text) = match (update.withdrawn_at, update.corrects) {
        (Some(at), _) => {
            let at = time::full(at, ctx.words);
            ("Withdrawn: ", format!("Withdrawn at {at}. Do not use it. It said: {said}"))
        }
        (None, Some(_)) => ("Correction: ", said),
        (None, None) => ("", said),
    };
    let title = &then.incident.title.english;
    Told {
        id: format!("urn:uuid:{}", update.id),
        title: match update.corrects {
            // What was wrong is neither going on nor over.
            Some(_) => format!("{mark}{title}"),
            None => match tell::update_label(ctx, fact, update) {
                "" => format!("{mark}{title}"),
                stage => format!("{mark}{title}: {stage}"),
            },
        },
        text: {
            // What it changed, as programs that read nothing else need it.
            let lines = match update.withdrawn_at {
                None => story::changed(ctx, then, update),
                Some(_) => Vec::new(),
            };
            // What was taken back is neither confirmed nor over.
            let whose = match update.withdrawn_at {
                None => tell::provenance_plain(&told_at, then),
                Some(_) => tell::named(ctx, "reported-by", &tell::speaker(ctx, fact, &update.said_by)),
            };
            let all = [text].into_iter().chain(lines).chain([whose]);
            all.collect::<Vec<_>>().join("\n\n")
        },
        link: format!("{}/incidents/{}#update-{}", ctx.page_url(), update.incident, update.id),
        author: tell::speaker(ctx, fact, &update.said_by),
        term: update.stage.as_str(),
        published: update.published_at,
        updated,
    }
}

/// 999 or 111, where somebody said something else about it than is usual, or
/// that it is as usual again.
fn changed_help(ctx: &Context<'_>, fact: &LineFact) -> Told {
    let since = fact.since.timestamp().to_string();
    let at = time::full(fact.since, ctx.words);
    let said = ctx.words.with("they-said", &[("name", (&fact.said_by_name).into()), ("time", (&at).into())]);
    Told {
        id: format!("urn:uuid:{}", derived_id(&[ctx.facts.org.code.as_str(), fact.line.as_str(), &since])),
        title: format!("{}: {}", tell::line_label(ctx, fact.line), tell::state_label(ctx, fact)),
        text: format!("{}\n\n{said}", fact.text(ctx.words)),
        link: ctx.page_url(),
        author: fact.said_by_name.clone(),
        term: fact.line.as_str(),
        published: fact.since,
        updated: fact.since,
    }
}

/// What the place said in its own words without saying that anything is wrong; where
/// something is, its words stand there.
fn own_words(ctx: &Context<'_>, local: &LocalFacts) -> Option<Told> {
    let is_alone = local.lines.0.values().all(|s| s.state.severity == 0);
    let message = local.message.as_ref().filter(|_| is_alone && local.organisation == ctx.facts.org.code)?;
    let (org, since) = (&ctx.facts.org, local.set_at.timestamp_micros().to_string());
    Some(Told {
        id: format!("urn:uuid:{}", derived_id(&[org.code.as_str(), "message", &since])),
        title: tell::named(ctx, "place-says", &org.name),
        text: message.marked(ctx.words),
        link: ctx.page_url(),
        author: org.name.clone(),
        term: "message",
        published: local.set_at,
        updated: local.set_at,
    })
}

/// What was said and what happened about planned work that is shown, or that has begun. What
/// is about a whole plan is told once, of its next window.
fn planned_work(ctx: &Context<'_>) -> Vec<Told> {
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    let shown = ctx.facts.windows(ctx.now);
    let is_shown = |window: &Window| shown.iter().any(|(_, w)| *w == window);
    for fact in &ctx.facts.planned {
        let windows = fact.outlook.windows.iter().filter(|w| w.starts_at <= ctx.now || is_shown(w));
        for window in windows {
            let steps = planned::steps_of(fact, window).filter(|step| step.at <= ctx.now);
            all.extend(
                steps.filter(|step| seen.insert(step.id)).map(|step| of_work(ctx, fact, window, step)),
            );
        }
    }
    all
}

fn of_work(ctx: &Context<'_>, fact: &PlannedFact, window: &Window, step: &Step) -> Told {
    let (plan, code) = (&fact.outlook.planned, ctx.facts.org.code.as_str());
    let is_past = matches!(step.kind, StepKind::Ended | StepKind::Cancelled);
    // An entry tells how it stood when it was written: what is said later has its own. A plan is
    // announced with its first window.
    let (at, is_first) = (step.at, step.kind == StepKind::Announced);
    let then = plan.window_at(if is_first { plan.first_day() } else { window.day }, at);
    let facts = ctx.facts.said_until(at);
    let effects = match is_past {
        true => Vec::new(),
        false => planned_words::stopped_alone(&facts, &facts.at(at), plan, &then, ctx.words),
    };
    // Whoever reads nothing else must not take for today what is to come.
    let is_ahead = then.phase(at) == Phase::Scheduled && !effects.is_empty();
    let ahead = is_ahead.then(|| ctx.words.get("while-it-lasts").to_owned());
    let planned_by = ctx.words.put("they-planned", "name", &fact.planned_by_name);
    let (said, stood) = (planned::step_text(fact, &then, step), planned::stood(fact, &then, step));
    let stood = Some(stood).filter(|stood| *stood != said);
    let text = [said].into_iter().chain(stood).chain(ahead).chain(effects).chain([planned_by]);
    Told {
        id: format!("urn:uuid:{}", derived_id(&[code, &plan.id.to_string(), &step.id.to_string()])),
        title: format!("{}: {}", plan.title.english, step.kind.label()),
        text: text.collect::<Vec<_>>().join("\n\n"),
        link: format!("{}#planned-{}-{}", ctx.page_url(), plan.id, window.day),
        author: fact.planned_by_name.clone(),
        term: step.kind.as_str(),
        published: step.at,
        updated: step.at,
    }
}

/// What a supplier or a partner body says, as its own word; or that it took it
/// back.
fn of_others(ctx: &Context<'_>, statement: &Statement) -> Told {
    let name = &statement.speaker.name;
    let tell = |id, at| {
        let at = time::full(at, ctx.words);
        ctx.words.with(id, &[("name", name.into()), ("time", (&at).into())])
    };
    let (message, _) = statement.message.for_reader(ctx.words.locale);
    let (mark, text) = match statement.taken_back_at {
        Some(at) => ("Withdrawn: ", tell("they-took-back", at)),
        None => ("", format!("{message}\n\n{}", tell("they-said", statement.made_at))),
    };
    Told {
        id: format!("urn:uuid:{}", statement.id),
        title: format!("{mark}{name}"),
        text,
        link: ctx.page_url(),
        author: name.clone(),
        term: statement.speaker.kind.as_str(),
        published: statement.made_at,
        updated: statement.changed_at(),
    }
}

/// When the page last changed, or when the place opened.
fn changed(ctx: &Context<'_>) -> DateTime<Utc> {
    let opened = ctx.facts.org.opened.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    ctx.facts.changed_at.or(opened).unwrap_or(DateTime::UNIX_EPOCH)
}

fn title(ctx: &Context<'_>) -> String {
    format!("{}: updates", ctx.facts.org.in_town())
}

/// Writes the Atom feed (RFC 4287).
pub fn atom(ctx: &Context<'_>) -> String {
    let org = &ctx.facts.org;
    let feed = Feed {
        title: Text::plain(title(ctx)),
        id: format!("urn:uuid:{}", derived_id(&[org.code.as_str()])),
        updated: fixed(changed(ctx)),
        authors: vec![person(&org.name)],
        links: vec![
            link("self", "application/atom+xml", format!("{}/feed.atom", ctx.page_url())),
            link("alternate", "text/html", ctx.page_url()),
        ],
        lang: Some("en".into()),
        entries: told(ctx).into_iter().map(entry).collect(),
        ..Feed::default()
    };
    feed.to_string() + "\n"
}

fn entry(told: Told) -> Entry {
    Entry {
        title: Text::plain(told.title),
        id: told.id,
        published: Some(fixed(told.published)),
        updated: fixed(told.updated),
        authors: vec![person(&told.author)],
        categories: vec![Category { term: told.term.into(), ..Category::default() }],
        links: vec![link("alternate", "text/html", told.link)],
        content: Some(Content {
            value: Some(told.text),
            content_type: Some("text".into()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// Writes the RSS feed (RSS 2.0.11). Its ids are those of the Atom feed.
pub fn rss(ctx: &Context<'_>) -> String {
    let items = told(ctx).into_iter().map(|told| {
        ItemBuilder::default()
            .title(told.title)
            .link(told.link)
            .description(told.text)
            .guid(GuidBuilder::default().value(told.id).permalink(false).build())
            .pub_date(told.published.to_rfc2822())
            .category(rss::Category { name: told.term.into(), domain: None })
            .build()
    });
    let channel = ChannelBuilder::default()
        .title(title(ctx))
        .link(ctx.page_url())
        .description(format!("What is working and what is not at {}.", ctx.facts.org.name))
        .language("en-gb".to_owned())
        .last_build_date(changed(ctx).to_rfc2822())
        .ttl("1".to_owned())
        .items(items.collect::<Vec<_>>())
        .build();
    channel.to_string() + "\n"
}

fn person(name: &str) -> Person {
    Person { name: name.into(), ..Person::default() }
}

fn link(rel: &str, mime: &str, href: String) -> Link {
    Link { href, rel: rel.into(), mime_type: Some(mime.into()), ..Link::default() }
}

fn fixed(at: DateTime<Utc>) -> FixedDateTime {
    at.fixed_offset()
}
