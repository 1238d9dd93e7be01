//! The page that lists what can be taken away: every file, the feeds, the calendar, how to cite, and what another site
//! can show.

use poem::{Request, Response, handler};
use serde::Serialize;

use super::{TABLES, csv, history, package, project, record, walk, words};
use crate::domain::record::fingerprint;
use crate::error::Result;
use crate::locale::Arg;
use crate::web::public::frame::Frame;
use crate::web::public::kept::{self, Made};
use crate::web::public::place::Place;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    files: Vec<Listed>,
    licence: &'static str,
    licence_href: &'static str,
    cite: String,
    /// What other sites put into theirs; none where the project is not public.
    snippets: Option<Snippets>,
}

#[derive(Serialize)]
struct Listed {
    name: String,
    title: String,
    holds: String,
    format: &'static str,
    /// None where it is sent as it is made.
    size: Option<String>,
}

#[derive(Serialize)]
struct Snippets {
    frame: String,
    badge: String,
    alt: String,
}

#[handler]
pub async fn show(place: Place, request: &Request) -> poem::Result<Response> {
    let key = format!("{}/data", place.base);
    kept::answer_as(&place.shelf, request, place.shown.version, &key, make(&place)).await
}

async fn make(place: &Place) -> Result<Made> {
    let words = words(place);
    let row = &place.shown.row;
    let mut files = Vec::new();
    let mut list = |key: &str, name: String, format, bytes: Option<usize>| {
        files.push(Listed {
            name,
            title: words.text(&format!("page-data-title-{key}"), &[]),
            holds: words.text(&format!("page-data-file-{key}"), &[]),
            format,
            size: bytes.map(|bytes| words.text("page-data-size", &[("kb", Arg::from(bytes.div_ceil(1000)))])),
        });
    };
    let is_short = row.head_seq <= walk::SHORT;
    for table in TABLES {
        let bytes = match table.name {
            "history" if is_short => Some(history(place)?.whole(place).await?.body.len()),
            "history" => None,
            _ => Some(csv(place, table).await?.body.len()),
        };
        list(table.name, format!("{}.csv", table.name), "CSV", bytes);
    }
    let bytes = if is_short { Some(project(place).await?.whole(place).await?.body.len()) } else { None };
    list("project", "project.json".to_owned(), "JSON", bytes);
    let bytes = if is_short { Some(record(place).whole(place).await?.body.len()) } else { None };
    list("record", "record.jsonl".to_owned(), "JSON Lines", bytes);
    list("package", "datapackage.json".to_owned(), "JSON", Some(package::package(place)?.len()));
    let (licence_href, licence) = package::told(row.licence);
    let page = Page {
        files,
        licence,
        licence_href,
        cite: cite(place, licence),
        snippets: place.is_public.then(|| snippets(place)),
        frame: Frame::of(place, words, &format!("{}/data", place.base)),
    };
    Ok(Made::page(crate::web::public::render(&place.app, "pages/public/data.html", page)?))
}

fn cite(place: &Place, licence: &str) -> String {
    let row = &place.shown.row;
    let (words, today) = (words(place), words(place).date(place.shown.today));
    let args = [
        ("organisation", Arg::from(place.shown.organisation.as_str())),
        ("project", row.title.as_str().into()),
        ("seq", row.head_seq.to_string().into()),
        ("fingerprint", fingerprint(&row.head_hash).into()),
        ("licence", licence.into()),
        ("date", today.into()),
    ];
    let cite = words.text("page-data-cite-as", &args);
    match super::whole::address(place) {
        Some(address) => format!("{cite} {address}"),
        None => cite,
    }
}

fn snippets(place: &Place) -> Snippets {
    let words = words(place);
    let project = || [("project", Arg::from(place.shown.row.title.as_str()))];
    let site = place.app.config.url(&place.base);
    let alt = words.text("badge-alt", &project());
    let (title, quoted) = (attribute(&words.text("page-embed-title", &project())), attribute(&alt));
    Snippets {
        frame: format!(
            "<iframe src=\"{site}/embed?theme=auto\" title=\"{title}\" width=\"320\" height=\"340\" \
             style=\"border:0;max-width:100%\" loading=\"lazy\"></iframe>"
        ),
        badge: format!(
            "<a href=\"{site}\"><img src=\"{site}/badge.svg?theme=auto\" alt=\"{quoted}\" height=\"28\"></a>"
        ),
        alt,
    }
}

/// What staff typed, fit to stand in an attribute of a snippet that somebody copies.
fn attribute(text: &str) -> String {
    let entities = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")];
    entities.iter().fold(text.to_owned(), |text, (letter, entity)| text.replace(letter, entity))
}
