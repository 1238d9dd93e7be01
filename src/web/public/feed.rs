//! What happened, as an Atom feed (RFC 4287): of a project and of each recommendation. Words that were corrected or taken
//! out are so here, too, and their entry counts as updated then.

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig,
};
use chrono::{DateTime, Utc};
use poem::{Request, Response, handler};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::data::Walk;
use super::kept::{self, Made};
use super::place::Place;
use super::recommendation::Reference;
use super::row::escaped;
use super::telling::{self, Happening};
use crate::domain::event::Event;
use crate::domain::reading::Reading;
use crate::error::{Error, Result};
use crate::locale::Words;
use crate::store::event;
use crate::store::types::ProjectId;
use crate::web::error;

/// Entries of a feed.
const ENTRIES: usize = 50;

/// Events that say nothing by themselves.
const SILENT: &[&str] = &["figures", "learnings"];

#[handler]
pub async fn of_project(place: Place, request: &Request) -> poem::Result<Response> {
    let key = format!("{}/feed.atom", place.base);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, make(&place, None)).await
}

#[handler]
pub async fn of_recommendation(place: Place, request: &Request) -> poem::Result<Response> {
    let reference = request.path_params::<Reference>().map_err(|_| error::not_found())?.reference;
    let key = format!("{}/r/{}/feed.atom", place.base, escaped(&reference));
    let made = make(&place, Some(&reference));
    kept::answer_as(&place.shelf, request, place.shown.version, &key, made).await
}

async fn make(place: &Place, reference: Option<&str>) -> Result<Made> {
    let (db, row) = (&place.app.db.reader, &place.shown.row);
    let reading = place.reading().await?;
    let words = place.words();
    let mut events = match reference {
        None => event::latest(db, row.id, SILENT, ENTRIES as u64).await?,
        Some(reference) => {
            reading.find(reference).ok_or_else(|| Error::not_found("A recommendation"))?;
            let mut events = event::of_subject(db, row.id, reference).await?;
            events.retain(|event| !SILENT.contains(&event.kind.as_str()));
            events.reverse();
            events.truncate(ENTRIES);
            events
        }
    };
    events.reverse();
    let walk = Walk::start(place).await?;
    let mut entries = Vec::new();
    for (told, event) in walk.entries(&events)?.iter().zip(&events).rev() {
        let Some(happening) = telling::happening(place.voice(), told) else { continue };
        let changed = walk.changed.get(&event.seq).copied().unwrap_or(event.at).max(event.at);
        entries.push(entry(place, words, &reading, event, &happening, changed)?);
    }
    let site = place.app.config.url("");
    let page = match reference {
        None => place.base.clone(),
        Some(reference) => format!("{}/r/{}", place.base, escaped(reference)),
    };
    let title = match reference.and_then(|reference| reading.find(reference)) {
        None => row.title.clone(),
        Some(read) => words.text(
            "feed-title",
            &[
                ("ref", (&read.reference).into()),
                ("title", telling::title(place.voice(), read).0.into()),
                ("project", (&row.title).into()),
            ],
        ),
    };
    let updated = entries.iter().map(|entry| entry.updated).max();
    let feed = Feed {
        title: plain(&title),
        id: match reference {
            None => format!("urn:uuid:{}", row.id.0),
            Some(reference) => name(row.id, reference),
        },
        updated: updated.unwrap_or_else(|| time(row.created_at.utc())),
        authors: vec![Person { name: readable(place.shown.name()), ..Person::default() }],
        generator: Some(Generator { value: "hearback".to_owned(), ..Generator::default() }),
        subtitle: row.summary.as_deref().filter(|_| reference.is_none()).map(plain),
        links: vec![
            link("self", &format!("{site}{page}/feed.atom"), "application/atom+xml"),
            link("alternate", &format!("{site}{page}"), "text/html"),
        ],
        entries,
        lang: Some(words.lang().to_owned()),
        ..Feed::default()
    };
    let config = WriteConfig { write_document_declaration: true, indent_size: None };
    let xml = feed
        .write_with_config(Vec::new(), config)
        .map_err(|error| anyhow::anyhow!("writing a feed: {error}"))?;
    Ok(Made::file("application/atom+xml; charset=utf-8", xml).modified(place.modified()))
}

#[derive(Serialize)]
struct Told<'a> {
    lang: &'a str,
    it: &'a Happening,
}

fn entry(
    place: &Place,
    words: &Words,
    reading: &Reading,
    event: &Event,
    happening: &Happening,
    changed: DateTime<Utc>,
) -> Result<Entry> {
    let title = reading.find(&event.subject).map(|read| telling::title(place.voice(), read).0);
    let args = [
        ("ref", (&event.subject).into()),
        ("title", title.unwrap_or_default().into()),
        ("what", (&happening.what).into()),
    ];
    let told = Told { lang: words.lang(), it: happening };
    let html = super::render(&place.app, "pages/public/feed_entry.html", told)?;
    let page = place.app.config.url(&place.base);
    let href = format!("{page}/r/{}#e{}", escaped(&event.subject), event.seq);
    Ok(Entry {
        title: plain(&words.text("feed-entry", &args)),
        id: name(place.shown.row.id, &event.seq.to_string()),
        updated: time(changed),
        published: Some(time(event.at)),
        categories: vec![Category { term: event.kind.clone(), ..Category::default() }],
        links: vec![link("alternate", &href, "text/html")],
        content: Some(Content {
            value: Some(readable(html.trim())),
            content_type: Some("html".to_owned()),
            lang: Some(words.lang().to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    })
}

/// The name of something of a project for ever, whoever asks and from wherever: neither slug nor link is in it.
pub fn name(project: ProjectId, of: &str) -> String {
    let hash = Sha256::new().chain_update(b"hearback").chain_update(project.0.as_bytes()).chain_update(of);
    let hash = hash.finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    format!("urn:uuid:{}", uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn time(at: DateTime<Utc>) -> FixedDateTime {
    at.fixed_offset()
}

fn link(rel: &str, href: &str, kind: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(kind.to_owned()), ..Link::default() }
}

fn plain(text: &str) -> Text {
    Text::plain(readable(text))
}

/// Without the characters that XML cannot hold at all, and in one form of line ends.
pub fn readable(text: &str) -> String {
    let bad = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|c| !bad(*c)).collect()
}
