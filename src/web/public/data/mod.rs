//! The open data of a project: every file that can be taken away, their description for machines, and the page that
//! lists them for people.

mod history;
mod package;
mod page;
mod table;
mod tables;
mod walk;
mod whole;

use poem::http::{HeaderName, header};
use poem::{Request, Response, Route, get, handler};
use serde_json::to_string;

use super::kept::{self, Made};
use super::place::Place;
use crate::domain::record::Line;
use crate::error::{Error, Result};
use crate::locale::Words;
use crate::web::error;
use table::{Row, Table};
use tables::State;
use walk::File;

pub use walk::Walk;

/// All tables, in the order in which they are listed.
const TABLES: &[Table] =
    &[tables::RECOMMENDATIONS, history::HISTORY, tables::PROMISES, tables::FIGURES, tables::LEARNINGS];

pub const CSV: &str = "text/csv; charset=utf-8; header=present";
const JSON: &str = "application/json; charset=utf-8";
const LINES: &str = "application/jsonl; charset=utf-8";

pub fn of_project(table: Route, door: &str) -> Route {
    table.at(format!("{door}/data"), get(page::show)).at(format!("{door}/data/:file"), get(file))
}

#[derive(serde::Deserialize)]
struct Named {
    file: String,
}

/// The words in which columns and files are described.
fn words(place: &Place) -> &Words {
    place.words()
}

#[handler]
async fn file(place: Place, request: &Request) -> poem::Result<Response> {
    let name = request.path_params::<Named>().map_err(|_| error::not_found())?.file;
    match name.as_str() {
        "record.jsonl" => record(&place).answer(&place, request).await,
        "history.csv" => history(&place)?.answer(&place, request).await,
        "project.json" => project(&place).await?.answer(&place, request).await,
        "datapackage.json" => {
            let made = async { Ok(open(&place, Made::file(JSON, package::package(&place)?))) };
            let key = format!("{}/data/datapackage.json", place.base);
            kept::answer_as(&place.shelf, request, place.shown.version, &key, made).await
        }
        name => {
            let table = TABLES.iter().find(|table| name.strip_suffix(".csv") == Some(table.name));
            let table = table.ok_or_else(error::not_found)?;
            let key = format!("{}/data/{name}", place.base);
            let made = csv(&place, table);
            kept::answer_as(&place.shelf, request, place.shown.version, &key, made).await
        }
    }
}

/// Any page may read the data of a public project. What only holders of a link may see, no other page may.
fn open(place: &Place, made: Made) -> Made {
    if !place.is_public {
        return made;
    }
    made.with(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .with(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin")
}

/// A file to be saved under a name that says whose it is.
fn saved(place: &Place, made: Made, name: &str) -> Made {
    let name = format!("attachment; filename=\"{}-{name}\"", place.shown.row.slug);
    open(place, made).with_made(header::CONTENT_DISPOSITION, &name)
}

fn state<'a>(place: &Place, reading: &'a crate::domain::reading::Reading) -> State<'a> {
    let quiet_after_days = u32::try_from(place.shown.row.quiet_after_days).unwrap_or(0);
    State { reading, today: place.shown.today, quiet_after_days }
}

/// A table that is made of where everything stands.
async fn csv(place: &Place, table: &Table) -> Result<Made> {
    let reading = place.reading().await?;
    let state = state(place, &reading);
    let rows: Vec<Row> = match table.name {
        "recommendations" => state.recommendations(),
        "promises" => state.promises(),
        "learnings" => state.learnings(),
        "figures" => state.figures(),
        _ => return Err(Error::not_found("A table")),
    };
    let mut body = table::header(table)?;
    body.extend(table::csv(rows)?);
    let made = Made::file(CSV, body).modified(place.modified());
    Ok(saved(place, made, &format!("{}.csv", table.name)))
}

/// Exactly what `hearback record export` prints.
fn record(place: &Place) -> File {
    let made = saved(place, Made::file(LINES, Vec::new()).modified(place.modified()), "record.jsonl");
    let write = |_: &mut Walk, events: &[crate::domain::event::Event]| {
        let mut lines = Vec::new();
        for event in events {
            lines.extend(to_string(&Line::from(event)).map_err(anyhow::Error::new)?.into_bytes());
            lines.push(b'\n');
        }
        Ok(lines)
    };
    File { made, name: "record.jsonl", write, end: "" }
}

fn history(place: &Place) -> Result<File> {
    let made = Made::file(CSV, table::header(&history::HISTORY)?).modified(place.modified());
    let made = saved(place, made, "history.csv");
    let write = |walk: &mut Walk, events: &[crate::domain::event::Event]| {
        let entries = walk.entries(events)?;
        let rows = entries.iter().zip(events).filter_map(|(entry, event)| history::row(entry, event.at));
        table::csv(rows.collect())
    };
    Ok(File { made, name: "history.csv", write, end: "" })
}

/// Everything in one: it begins with where all stands, and ends with the history.
async fn project(place: &Place) -> Result<File> {
    let begin = whole::opening(place, &state(place, &*place.reading().await?))?;
    let made = saved(place, Made::file(JSON, begin), "project.json");
    let write = |walk: &mut Walk, events: &[crate::domain::event::Event]| {
        let entries = walk.entries(events)?;
        let mut written = String::new();
        for (entry, event) in entries.iter().zip(events) {
            let Some(row) = history::row(entry, event.at) else { continue };
            written.push_str(if walk.begun { ",\n" } else { "\n" });
            walk.begun = true;
            written.push_str(&history::HISTORY.named(row).to_string());
        }
        Ok(written.into_bytes())
    };
    Ok(File { made, name: "project.json", write, end: "\n]}\n" })
}
