//! Lists of recommendations, of one project or of all that are public: filtered, searched, sorted, page by page. Each
//! has an address that can be shared and printed. What stands in a row is public of itself, so that no combination of
//! filters tells more than the rows do.

mod choices;
mod query;

use minijinja::value::Value;
use poem::{Request, Response, handler};
use serde::Serialize;

use self::choices::{Chosen, Occurring, Select, Tick};
use self::query::Query;
pub use self::query::SOUGHT;
use super::address;
use super::frame::Frame;
use super::kept::{self, Made};
use super::open::{Everywhere, Here, Item, Open, Opened, printed};
use super::place::Place;
use super::project::AT_ONCE;
use super::row::Rows;
use crate::domain::search::Sought;
use crate::error::Result;
use crate::locale::Words;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    around: Around<'a>,
    /// The template of what stands around it.
    layout: &'static str,
    /// The project's own page, and its name; none on the list of all projects.
    back: Option<(&'a str, &'a str)>,
    path: String,
    sought: Option<String>,
    sought_most: usize,
    selects: Vec<Select>,
    ticks: Vec<Tick>,
    found: String,
    chosen: Vec<Chosen>,
    runs: Vec<Run>,
    pages: Option<Pages>,
    /// The whole address, where it may be written down: whoever has a project's link should say themselves to whom it goes.
    printed: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Around<'a> {
    Project(Box<Frame<'a>>),
    Instance(Open<'a>),
}

/// Recommendations that stand together because they belong to the same project.
#[derive(Serialize)]
pub struct Run {
    /// Title and address; none where there is but one project.
    project: Option<(String, String)>,
    /// The language of what was typed, where it is not that of the page.
    lang: Option<String>,
    /// As templates read them.
    rows: Vec<Value>,
}

#[derive(Serialize)]
struct Pages {
    words: String,
    previous: Option<String>,
    next: Option<String>,
}

#[handler]
pub async fn of_project(place: Place, request: &Request) -> poem::Result<Response> {
    let path = format!("{}/recommendations", place.base);
    let query = Query::read(&address::asked(request));
    if let Some(elsewhere) = address::elsewhere(request, &path, &query.pairs(query.page)) {
        return Ok(elsewhere);
    }
    let address = address::of(&path, &query.pairs(query.page));
    let make = async {
        let words = place.words();
        let projects = [Opened::at(&place).await?];
        let around = Around::Project(Box::new(Frame::of(&place, words, &address)));
        let mut page = list(words, &projects, &query, &path, around);
        page.back = Some((&place.base, &place.shown.row.title));
        page.printed = place.is_public.then(|| printed(&place.app, &address));
        made(&place.app, page).map(|made| made.modified(place.modified()))
    };
    kept::answer_as(&place.shelf, request, place.shown.version, &address, make).await
}

#[handler]
pub async fn of_instance(everywhere: Everywhere, request: &Request) -> poem::Result<Response> {
    let path = &*format!("{}/recommendations", everywhere.home);
    let query = Query::read(&address::asked(request));
    if let Some(elsewhere) = address::elsewhere(request, path, &query.pairs(query.page)) {
        return Ok(elsewhere);
    }
    let address = address::of(path, &query.pairs(query.page));
    let make = async {
        let words = everywhere.words();
        let projects = everywhere.projects().await?;
        let open = Open::at(&everywhere, words, Here::List, &address);
        let mut page = list(words, &projects, &query, path, Around::Instance(open));
        page.printed = Some(everywhere.printed(&address));
        made(&everywhere.app, page)
    };
    kept::answer_as(&everywhere.shelf, request, everywhere.instance.version, &address, make).await
}

fn made(app: &crate::app::App, page: Page<'_>) -> Result<Made> {
    super::render(app, "pages/public/list.html", page).map(Made::page)
}

fn list<'a>(words: &Words, projects: &[Opened], query: &Query, path: &str, around: Around<'a>) -> Page<'a> {
    let all: Vec<Item<'_>> = projects.iter().flat_map(Opened::items).collect();
    let occurring = Occurring::of(&all);
    let sought = Sought::of(query.sought.as_deref().unwrap_or_default());
    let mut found: Vec<Item<'_>> = all.iter().copied().filter(|item| query.fits(*item, &sought)).collect();
    query.sort(&mut found);
    let last = found.len().div_ceil(AT_ONCE).max(1);
    let page = query.page.min(last);
    let shown = found.iter().copied().skip((page - 1) * AT_ONCE).take(AT_ONCE);
    let to = |page: usize| address::of(path, &query.pairs(page));
    let counts = [("count", found.len().into()), ("of", all.len().into())];
    let pages = (last > 1).then(|| Pages {
        words: words.text("page-list-page", &[("page", page.into()), ("of", last.into())]),
        previous: (page > 1).then(|| to(page - 1)),
        next: (page < last).then(|| to(page + 1)),
    });
    let filtered = !query.filters().is_empty();
    Page {
        layout: match around {
            Around::Project(_) => "pages/public/frame.html",
            Around::Instance(_) => "pages/public/open.html",
        },
        runs: runs(words, shown, matches!(around, Around::Instance(_))),
        around,
        back: None,
        path: path.to_owned(),
        sought: query.sought.clone(),
        sought_most: SOUGHT,
        selects: occurring.selects(words, query),
        ticks: occurring.ticks(words, query),
        found: words.text(if filtered { "page-list-found" } else { "page-list-all" }, &counts),
        chosen: occurring.chosen(words, query, path),
        pages,
        printed: None,
    }
}

/// Rows, with the name of the project above those that belong to it.
pub fn runs<'a>(words: &'a Words, items: impl Iterator<Item = Item<'a>>, named: bool) -> Vec<Run> {
    let mut runs: Vec<(&Opened, Rows<'_>, Run)> = Vec::new();
    for item in items {
        let project = item.project;
        if !runs.last().is_some_and(|(last, ..)| std::ptr::eq(*last, project)) {
            let name = named.then(|| (project.shown.row.title.clone(), project.base.clone()));
            let rows = Rows::new(project.voice(words), project.shown.today, project.home());
            let lang = project.voice(words).other().map(str::to_owned);
            runs.push((project, rows, Run { project: name, lang, rows: Vec::new() }));
        }
        if let Some((_, rows, run)) = runs.last_mut() {
            let (shown, base) = (&project.shown, &project.base);
            run.rows.push(rows.row(shown, base, &project.reading, item.read));
        }
    }
    runs.into_iter().map(|(_, _, run)| run).collect()
}
