//! All that changed in a project, month by month, the newest first: the whole of it, or between two days.

mod query;

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};
use poem::{Request, Response, handler};
use serde::Serialize;

use self::query::Query;
use super::address;
use super::data::Walk;
use super::frame::Frame;
use super::kept::{self, Made};
use super::open::printed;
use super::place::Place;
use super::row::escaped;
use super::telling::{self, Happening};
use crate::domain::event::{Entry, PROJECT};
use crate::domain::reading::Reading;
use crate::error::Result;
use crate::locale::Words;

/// So many happenings stand on one page.
const AT_ONCE: usize = 300;

/// Kinds of events that say nothing by themselves, and may be long.
const UNSAID: &[&str] = &["figures", "learnings"];

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    path: &'a str,
    /// As the form shows them.
    from: Option<String>,
    to: Option<String>,
    acts: bool,
    ready: Vec<Ready>,
    found: String,
    /// All months in which something happened, on whatever page they are.
    jumps: Vec<Jump>,
    months: Vec<Month>,
    pages: Option<Pages>,
    /// The whole address, where it may be written down: whoever has a project's link should say themselves to whom it goes.
    printed: Option<String>,
}

/// A stretch of time that can be had with one press.
#[derive(Serialize)]
struct Ready {
    words: String,
    href: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Jump {
    words: String,
    count: usize,
    href: String,
}

#[derive(Serialize)]
struct Month {
    id: String,
    words: String,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    reference: String,
    title: String,
    href: String,
    #[serde(flatten)]
    happening: Happening,
}

#[derive(Serialize)]
struct Pages {
    words: String,
    later: Option<String>,
    earlier: Option<String>,
}

#[handler]
pub async fn show(place: Place, request: &Request) -> poem::Result<Response> {
    let path = format!("{}/changes", place.base);
    let query = Query::read(&address::asked(request));
    if let Some(elsewhere) = address::elsewhere(request, &path, &query.pairs(query.page)) {
        return Ok(elsewhere);
    }
    let address = address::of(&path, &query.pairs(query.page));
    let make = async {
        let mut walk = Walk::start(&place).await?;
        let found = find(&mut walk, &query).await?;
        let page = query.page.min(found.len().div_ceil(AT_ONCE).max(1));
        let shown = found.iter().skip((page - 1) * AT_ONCE).take(AT_ONCE);
        let shown: Vec<i64> = shown.map(|(_, seq)| *seq).collect();
        let entries = walk.these(&shown).await?;
        let words = super::words(&place.app);
        let reading = place.reading().await?;
        let months = months(words, &place.base, &reading, &shown, entries);
        let mut page = around(&place, words, &query, &path, &found, page, months);
        page.printed = place.is_public.then(|| printed(&place.app, &address));
        let html = super::render(&place.app, "pages/public/changes.html", page)?;
        Ok(Made::page(html).modified(place.modified()))
    };
    kept::answer_as(&place.shelf, request, place.shown.version, &address, make).await
}

/// The days and numbers of what fits, the newest first: no more of a long record is in memory at once.
async fn find(walk: &mut Walk, query: &Query) -> Result<Vec<(NaiveDate, i64)>> {
    let mut found = Vec::new();
    loop {
        let mut events = walk.next().await?;
        if events.is_empty() {
            break;
        }
        events.retain(|event| event.subject != PROJECT && !UNSAID.contains(&event.kind.as_str()));
        let entries = walk.entries(&events)?;
        let fitting = entries.iter().filter(|entry| query.fits(entry.on, &entry.fact));
        found.extend(fitting.map(|entry| (entry.on, entry.seq)));
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    Ok(found)
}

/// What was found, in the order of `shown`, under its months.
fn months(words: &Words, base: &str, reading: &Reading, shown: &[i64], entries: Vec<Entry>) -> Vec<Month> {
    let entries: HashMap<i64, Entry> = entries.into_iter().map(|entry| (entry.seq, entry)).collect();
    let mut months: Vec<Month> = Vec::new();
    for entry in shown.iter().filter_map(|seq| entries.get(seq)) {
        let Some(read) = reading.find(&entry.subject) else { continue };
        let Some(happening) = telling::happening(words, entry) else { continue };
        let id = id(entry.on);
        if months.last().is_none_or(|month| month.id != id) {
            months.push(Month { id, words: words.month(entry.on), changes: Vec::new() });
        }
        let change = Change {
            reference: read.reference.clone(),
            title: read.standing.title.clone(),
            href: format!("{base}/r/{}#e{}", escaped(&read.reference), entry.seq),
            happening,
        };
        if let Some(month) = months.last_mut() {
            month.changes.push(change);
        }
    }
    months
}

fn around<'a>(
    place: &'a Place,
    words: &'a Words,
    query: &Query,
    path: &'a str,
    found: &[(NaiveDate, i64)],
    page: usize,
    months: Vec<Month>,
) -> Page<'a> {
    let last = found.len().div_ceil(AT_ONCE).max(1);
    let to = |page: usize| address::of(path, &query.pairs(page));
    Page {
        frame: Frame::of(place, words),
        path,
        from: query.from.map(|day| day.to_string()),
        to: query.to.map(|day| day.to_string()),
        acts: query.acts,
        ready: ready(words, query, path, place.shown.today),
        found: in_words(words, query, found.len()),
        jumps: jumps(words, query, path, found, page),
        months,
        pages: (last > 1).then(|| Pages {
            words: words.text("page-list-page", &[("page", page.into()), ("of", last.into())]),
            later: (page > 1).then(|| to(page - 1)),
            earlier: (page < last).then(|| to(page + 1)),
        }),
        printed: None,
    }
}

fn ready(words: &Words, query: &Query, path: &str, today: NaiveDate) -> Vec<Ready> {
    let froms = [
        ("page-changes-months", today.checked_sub_months(Months::new(3))),
        ("page-changes-year", today.with_ordinal(1)),
        ("page-changes-all", None),
    ];
    let ready = froms.into_iter().map(|(key, from)| {
        let wanted = Query { from, to: None, page: 1, ..*query };
        Ready {
            words: words.text(key, &[]),
            href: address::of(path, &wanted.pairs(1)),
            chosen: (query.from, query.to) == (from, None),
        }
    });
    ready.collect()
}

fn in_words(words: &Words, query: &Query, count: usize) -> String {
    let mut args = vec![("count", count.into())];
    args.extend(query.from.map(|from| ("from", words.date(from).into())));
    args.extend(query.to.map(|to| ("to", words.date(to).into())));
    let key = match (query.from, query.to) {
        (None, None) => "page-changes-found",
        (Some(_), None) => "page-changes-found-from",
        (None, Some(_)) => "page-changes-found-to",
        (Some(_), Some(_)) => "page-changes-found-between",
    };
    words.text(key, &args)
}

fn jumps(words: &Words, query: &Query, path: &str, found: &[(NaiveDate, i64)], page: usize) -> Vec<Jump> {
    let is_here = |place: usize| place / AT_ONCE + 1 == page;
    // A month that lies on two pages leads to its part on this one.
    let mut months: Vec<(NaiveDate, usize, usize)> = Vec::new();
    for (place, (on, _)) in found.iter().enumerate() {
        match months.last_mut().filter(|(day, ..)| (day.year(), day.month()) == (on.year(), on.month())) {
            Some((_, first, count)) => {
                *count += 1;
                if is_here(place) && !is_here(*first) {
                    *first = place;
                }
            }
            None => months.push((*on, place, 1)),
        }
    }
    let jumps = months.into_iter().map(|(day, first, count)| {
        let page =
            if is_here(first) { String::new() } else { address::of(path, &query.pairs(first / AT_ONCE + 1)) };
        Jump { words: words.month(day), count, href: format!("{page}#{}", id(day)) }
    });
    jumps.collect()
}

/// Names a month on the page.
fn id(day: NaiveDate) -> String {
    day.format("m-%Y-%m").to_string()
}
