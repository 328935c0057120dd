//! The Atom feed: one entry for each update, newest first.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{DateTime, NaiveTime, Utc};

use super::{Context, statuspage, tell};
use crate::domain::facts::IncidentFact;
use crate::domain::incident::Update;
use crate::domain::time;

/// How many updates the feed holds.
const ENTRIES: usize = 50;

/// Writes the feed. Ids never change; `updated` changes only when an update is
/// withdrawn, so that readers show it again.
pub fn atom(ctx: &Context<'_>) -> String {
    let org = &ctx.facts.org;
    let mut entries: Vec<Entry> = ctx
        .facts
        .incidents
        .iter()
        .flat_map(|i| i.incident.updates.iter().map(move |u| entry(ctx, i, u)))
        .collect();
    entries.sort_by(|a, b| (b.published, &b.id).cmp(&(a.published, &a.id)));
    entries.truncate(ENTRIES);
    let opened = org.opened.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let feed = Feed {
        title: Text::plain(format!("{}, {}: updates", org.name, org.town)),
        id: format!("urn:uuid:{}", statuspage::derived_id(&[org.code.as_str()])),
        updated: fixed(ctx.facts.changed_at.or(opened).unwrap_or(DateTime::UNIX_EPOCH)),
        authors: vec![person(&org.name)],
        links: vec![
            link("self", "application/atom+xml", format!("{}/feed.atom", ctx.page_url())),
            link("alternate", "text/html", ctx.page_url()),
        ],
        lang: Some("en".into()),
        entries,
        ..Feed::default()
    };
    feed.to_string() + "\n"
}

fn entry(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> Entry {
    let said = tell::update_text(ctx, fact, update);
    let (mark, text) = match (update.withdrawn_at, update.corrects) {
        (Some(at), _) => {
            ("Withdrawn: ", format!("Withdrawn at {}. Do not use it. It said: {said}", time::full(at)))
        }
        (None, Some(_)) => ("Correction: ", said),
        (None, None) => ("", said),
    };
    let text = format!("{text}\n\n{}", tell::provenance_plain(ctx, fact));
    Entry {
        title: Text::plain(format!("{mark}{}: {}", fact.incident.title, update.stage.label())),
        id: format!("urn:uuid:{}", update.id),
        published: Some(fixed(update.published_at)),
        updated: fixed(update.withdrawn_at.unwrap_or(update.published_at)),
        authors: vec![person(&tell::speaker(ctx, fact, &update.said_by))],
        categories: vec![Category { term: update.stage.as_str().into(), ..Category::default() }],
        links: vec![link(
            "alternate",
            "text/html",
            format!("{}/incidents/{}#update-{}", ctx.page_url(), update.incident, update.id),
        )],
        content: Some(Content { value: Some(text), content_type: Some("text".into()), ..Content::default() }),
        ..Entry::default()
    }
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
