//! Public projects, or those who were asked, side by side: the same figures of each in one table.

use poem::{Request, Response, handler};
use serde::Serialize;

use super::address::{self, Pairs};
use super::kept::{self, Made};
use super::open::{Everywhere, Here, Open, Opened};
use super::plot::of_words;
use super::responder::href;
use super::responders::asked;
use super::table::{Cell, Head, Line, Order};
use super::tally::Tally;
use crate::domain::figures::{Of, Share};
use crate::locale::Words;

/// The last edition of a project says how many people were told; nothing says it of a responder.
const OF_PROJECTS: &[&str] = &[
    "project",
    "recommendations",
    "answered",
    "done",
    "confirmed",
    "explained",
    "promises_kept",
    "told",
    "overdue",
    "silence",
];
const OF_RESPONDERS: &[&str] = &[
    "responder",
    "recommendations",
    "answered",
    "done",
    "confirmed",
    "explained",
    "promises_kept",
    "overdue",
    "silence",
];

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    open: Open<'a>,
    by_responders: bool,
    heads: Vec<Head>,
    lines: Vec<Line>,
    printed: String,
}

#[handler]
pub async fn show(everywhere: Everywhere, request: &Request) -> poem::Result<Response> {
    let path = &*format!("{}/compare", everywhere.home);
    let asked_for = address::asked(request);
    let value = |name: &str| {
        let found = asked_for.iter().find(|(asked, value)| asked == name && !value.is_empty());
        found.map_or("", |(_, value)| value.as_ref())
    };
    let by_responders = value("by") == "responders";
    let columns = if by_responders { OF_RESPONDERS } else { OF_PROJECTS };
    let order = Order::read(value("sort"), columns);
    let by: Pairs = by_responders.then(|| ("by", "responders".to_owned())).into_iter().collect();
    let mut pairs = by.clone();
    pairs.extend(order.code(columns).map(|code| ("sort", code)));
    if let Some(elsewhere) = address::elsewhere(request, path, &pairs) {
        return Ok(elsewhere);
    }
    let address = address::of(path, &pairs);
    let make = async {
        let words = everywhere.words();
        let projects = everywhere.projects().await?;
        let mut lines =
            if by_responders { responders(words, &everywhere.home, &projects) } else { of(words, &projects) };
        order.sort(&mut lines);
        let named = columns.iter().map(|code| {
            // Who of several gave an answer is not known from who was asked.
            let name = if by_responders && *code == "answered" { "has_answer" } else { *code };
            (*code, words.code("page-compare-column", name))
        });
        let page = Page {
            open: Open::at(&everywhere, words, Here::Compare, &address),
            by_responders,
            heads: order.heads(path, &by, named.collect()),
            lines,
            printed: everywhere.printed(&address),
        };
        super::render(&everywhere.app, "pages/public/compare.html", page).map(Made::page)
    };
    kept::answer_as(&everywhere.shelf, request, everywhere.instance.version, &address, make).await
}

fn of(words: &Words, projects: &[Opened]) -> Vec<Line> {
    let line = |project: &Opened| {
        let told = project.reading.figures().map(|taken| taken.snapshot.people.told);
        Line {
            name: project.shown.row.title.clone(),
            href: project.base.clone(),
            under: Some(project.shown.organisation.clone()),
            cells: cells(words, &Tally::of(project.items()), Some(told)),
        }
    };
    projects.iter().map(line).collect()
}

fn responders(words: &Words, home: &str, projects: &[Opened]) -> Vec<Line> {
    let all = asked(projects);
    let lines = all.values().map(|asked| Line {
        name: asked.name.clone(),
        href: href(home, &asked.name),
        under: None,
        cells: cells(words, &Tally::of(asked.items.iter().copied()), None),
    });
    lines.collect()
}

/// `told` is none where nobody could know, and holds none before the first edition.
fn cells(words: &Words, tally: &Tally, told: Option<Option<Share>>) -> Vec<Cell> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let share = |count: i64, of: i64, none: &str| {
        let said = if of == 0 { words.text(none, &[]) } else { of_words(words, Some(count), Some(of)) };
        Cell::new(said, Some((count, of)))
    };
    let of_all =
        |count: usize| share(number(count), number(tally.recommendations), "page-compare-no-recommendations");
    let exact = |of: Of, none: &str| share(of.count, of.of, none);
    let all = number(tally.recommendations);
    let mut cells = vec![
        Cell::new(of_words(words, Some(all), None), Some((all, 1))),
        of_all(tally.answered),
        of_all(tally.done),
        of_all(tally.confirmed),
        exact(tally.explained, "page-compare-no-explanations"),
        exact(tally.promises_kept, "page-compare-no-promises"),
    ];
    if let Some(told) = told {
        cells.push(match told {
            None => Cell::new(words.text("page-compare-no-edition", &[]), None),
            Some(share) => Cell::new(of_words(words, share.count, share.of), share.count.zip(share.of)),
        });
    }
    cells.push(of_all(tally.overdue));
    let longest = tally.longest_age(words);
    cells.push(Cell::new(
        longest.unwrap_or_else(|| words.text("page-compare-no-silence", &[])),
        tally.longest_days().map(|days| (days, 1)),
    ));
    cells
}
