//! Those who were asked, across all public projects: all of them in one table, and each on a page of its own with what
//! they were asked, answered, did, explained, promised and left silent.

use std::collections::BTreeMap;

use anyhow::anyhow;
use chrono::NaiveDate;
use minijinja::value::Value;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::address::{self, Pairs};
use super::kept::{self, Made};
use super::list::{self, Run};
use super::open::{Everywhere, Here, Item, Open, Opened};
use super::project::{AT_ONCE, PromiseRow, promise_rows};
use super::responder::{href, key};
use super::row::Rows;
use super::table::{Cell, Head, Line, Order};
use super::tally::{Tally, silent_since};
use super::telling::{self, Happening};
use crate::domain::event::{keeps, understand_knowing};
use crate::error::{Error, Result};
use crate::locale::Words;
use crate::store::event;
use crate::web::error;

/// So many happenings are on a responder's page.
const LATEST: usize = 20;

/// A responder by the name that was written first, and what they answer for.
pub struct Asked<'a> {
    pub name: String,
    pub items: Vec<Item<'a>>,
}

/// All responders by their keys.
pub fn asked(projects: &[Opened]) -> BTreeMap<String, Asked<'_>> {
    let mut all: BTreeMap<String, Asked<'_>> = BTreeMap::new();
    for item in projects.iter().flat_map(Opened::items) {
        for name in item.read.responders() {
            let known =
                all.entry(key(name)).or_insert_with(|| Asked { name: written(name), items: Vec::new() });
            // Somebody may be named twice in one cell.
            if !known.items.last().is_some_and(|last| std::ptr::eq(last.read, item.read)) {
                known.items.push(item);
            }
        }
    }
    all
}

fn written(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

const COLUMNS: &[&str] = &["name", "asked", "answered", "done", "stuck", "silent"];

#[derive(Serialize)]
struct All<'a> {
    #[serde(flatten)]
    open: Open<'a>,
    heads: Vec<Head>,
    lines: Vec<Line>,
    printed: String,
}

#[handler]
pub async fn index(everywhere: Everywhere, request: &Request) -> poem::Result<Response> {
    let path = &*format!("{}/responders", everywhere.home);
    let asked_for = address::asked(request);
    let sort = asked_for.iter().find(|(name, _)| name == "sort").map(|(_, value)| value.as_ref());
    let order = Order::read(sort.unwrap_or_default(), COLUMNS);
    let pairs: Pairs = order.code(COLUMNS).map(|code| ("sort", code)).into_iter().collect();
    if let Some(elsewhere) = address::elsewhere(request, path, &pairs) {
        return Ok(elsewhere);
    }
    let address = address::of(path, &pairs);
    let make = async {
        let words = everywhere.words();
        let projects = everywhere.projects().await?;
        let mut lines: Vec<Line> =
            asked(&projects).values().map(|asked| line(words, &everywhere.home, asked)).collect();
        order.sort(&mut lines);
        let columns = COLUMNS.iter().map(|code| (*code, words.code("page-responder-column", code)));
        let page = All {
            open: Open::at(&everywhere, words, Here::Responders, &address),
            heads: order.heads(path, &[], columns.collect()),
            lines,
            printed: everywhere.printed(&address),
        };
        super::render(&everywhere.app, "pages/public/responders.html", page).map(Made::page)
    };
    kept::answer_as(&everywhere.shelf, request, everywhere.instance.version, &address, make).await
}

fn line(words: &Words, home: &str, asked: &Asked<'_>) -> Line {
    let tally = Tally::of(asked.items.iter().copied());
    let count = |count: usize| {
        let number = i64::try_from(count).unwrap_or(i64::MAX);
        Cell::new(words.text("figure-only", &[("count", count.into())]), Some((number, 1)))
    };
    let mut cells: Vec<Cell> =
        [tally.recommendations, tally.answered, tally.done, tally.stalled, tally.silent].map(count).into();
    if tally.shared > 0 {
        let args = [("count", tally.recommendations.into()), ("shared", tally.shared.into())];
        cells[0].words = words.text("page-responder-asked-with", &args);
    }
    Line { name: asked.name.clone(), href: href(home, &asked.name), under: None, cells }
}

#[derive(Serialize)]
struct One<'a> {
    #[serde(flatten)]
    open: Open<'a>,
    name: String,
    counts: Vec<(String, String)>,
    shared: String,
    explained: String,
    silent: Vec<Still>,
    runs: Vec<Run>,
    /// How many do not fit on the page, and the list that has them all.
    more: usize,
    list: String,
    promises: Vec<PromiseRow>,
    promise_counts: String,
    latest: Vec<Latest>,
    printed: String,
}

#[derive(Serialize)]
struct Still {
    title: String,
    title_lang: Option<String>,
    /// The language of the project's name, where it is not that of the page.
    lang: Option<String>,
    href: String,
    project: String,
    silences: Value,
}

#[derive(Serialize)]
struct Latest {
    title: String,
    title_lang: Option<String>,
    href: String,
    #[serde(flatten)]
    happening: Happening,
}

#[derive(serde::Deserialize)]
struct Key {
    key: String,
}

#[handler]
pub async fn show(everywhere: Everywhere, request: &Request) -> poem::Result<Response> {
    let asked_for = request.path_params::<Key>().map_err(|_| error::not_found())?.key;
    let address = href(&everywhere.home, &asked_for);
    let make = async {
        let words = everywhere.words();
        let projects = everywhere.projects().await?;
        let found = asked(&projects).remove(&key(&asked_for));
        let found = found.ok_or_else(|| Error::not_found("A responder"))?;
        let page = page(&everywhere, words, found, &address).await?;
        super::render(&everywhere.app, "pages/public/responder.html", page).map(Made::page)
    };
    kept::answer_as(&everywhere.shelf, request, everywhere.instance.version, &address, make).await
}

async fn page<'a>(
    everywhere: &'a Everywhere,
    words: &'a Words,
    asked: Asked<'_>,
    address: &str,
) -> Result<One<'a>> {
    let latest = latest(everywhere, words, &asked.items).await?;
    let Asked { name, items } = asked;
    let tally = Tally::of(items.iter().copied());
    let whose = ("responder", key(&name));
    let list = |more: Option<(&'static str, &str)>| {
        let mut pairs: Pairs = more.map(|(name, value)| (name, value.to_owned())).into_iter().collect();
        // Responders stand after the states in the address of a list.
        let place = pairs.iter().filter(|(name, _)| *name != "silent").count();
        pairs.insert(place, whose.clone());
        address::of(&format!("{}/recommendations", everywhere.home), &pairs)
    };
    let count = |key: &str, count: usize, more| {
        let args = [("count", count.into()), ("of", tally.recommendations.into())];
        (words.text(key, &args), list(more))
    };
    let rows = items.iter().flat_map(|item| {
        let project = item.project;
        promise_rows(project.voice(words), &project.base, item.read, project.shown.today)
    });
    let promises: Vec<PromiseRow> = rows.collect();
    let promised = |states: &[&str]| promises.iter().filter(|row| states.contains(&row.state)).count();
    let promise_counts = [
        ("kept", promised(&["kept", "kept-late"]).into()),
        ("open", promised(&["open"]).into()),
        ("missed", promised(&["missed"]).into()),
        ("moved", promises.iter().filter(|row| row.moves > 0).count().into()),
    ];
    let explained = [("count", tally.explained.count.into()), ("of", tally.explained.of.into())];
    Ok(One {
        open: Open::at(everywhere, words, Here::Responder, address),
        counts: vec![
            count("page-responder-asked", tally.recommendations, None),
            count("page-responder-has-answer", tally.answered, Some(("answered", "yes"))),
            count("count-done", tally.done, Some(("progress", "done"))),
            count("count-stalled", tally.stalled, Some(("progress", "stalled"))),
            count("page-responder-silent", tally.silent, Some(("silent", "yes"))),
        ],
        shared: words.text("page-responder-shared", &[("count", tally.shared.into())]),
        explained: match tally.explained.of {
            0 => words.text("page-responder-explained-none", &[]),
            _ => words.text("page-responder-explained", &explained),
        },
        silent: silent(words, &items),
        runs: list::runs(words, items.iter().copied().take(AT_ONCE), true),
        more: items.len().saturating_sub(AT_ONCE),
        list: list(None),
        promise_counts: words.text("page-project-promises-counts", &promise_counts),
        promises,
        latest,
        printed: everywhere.printed(address),
        name,
    })
}

/// What is silent now, the longest first.
fn silent(words: &Words, items: &[Item<'_>]) -> Vec<Still> {
    let mut silent: Vec<(NaiveDate, Item<'_>)> =
        items.iter().filter_map(|item| Some((silent_since(*item)?, *item))).collect();
    silent.sort_by_key(|(since, _)| *since);
    let still = silent.into_iter().take(AT_ONCE).map(|(_, item)| Still {
        title: telling::title(item.project.voice(words), item.read).0,
        title_lang: telling::title(item.project.voice(words), item.read).1,
        lang: item.project.voice(words).other().map(str::to_owned),
        href: item.href(),
        project: item.project.shown.row.title.clone(),
        silences: Rows::new(item.project.voice(words), item.project.shown.today, item.project.home())
            .silences(&item.project.shown, item.read),
    });
    still.collect()
}

/// The last happenings. They are read from the record under those recommendations that were last in it: no more of them
/// than there are happenings to show.
async fn latest(everywhere: &Everywhere, words: &Words, items: &[Item<'_>]) -> Result<Vec<Latest>> {
    let mut by_project: BTreeMap<&str, Vec<Item<'_>>> = BTreeMap::new();
    for item in items {
        by_project.entry(&item.project.base).or_default().push(*item);
    }
    let mut latest: Vec<(NaiveDate, i64, Latest)> = Vec::new();
    let unreadable = |why: String| anyhow!("the record: {why}");
    for mut items in by_project.into_values() {
        items.sort_by_key(|item| std::cmp::Reverse(item.read.standing.last_seq));
        for item in items.into_iter().take(LATEST) {
            let row = &item.project.shown.row;
            let events = event::of_subject(&everywhere.app.db.reader, row.id, &item.read.reference).await?;
            let kept = keeps(&events).map_err(unreadable)?;
            let entries = understand_knowing(&events, &kept, i64::MAX, row.zone()?).map_err(unreadable)?;
            let told = entries.iter().filter_map(|entry| {
                let today = item.project.shown.today;
                let happening = telling::happening_since(item.project.voice(words), entry, item.read, today)?;
                let (title, title_lang) = telling::title(item.project.voice(words), item.read);
                Some((entry.on, entry.seq, Latest { title, title_lang, href: item.href(), happening }))
            });
            latest.extend(told);
        }
    }
    latest.sort_by_key(|(on, seq, _)| std::cmp::Reverse((*on, *seq)));
    Ok(latest.into_iter().take(LATEST).map(|(_, _, latest)| latest).collect())
}
