//! All that changed in a project, month by month, the newest first: the whole of it, or between two days.

mod query;
mod sum;

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};
use poem::{Request, Response, handler};
use serde::Serialize;

use self::query::Query;
use self::sum::Sort;
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
    /// What these changes come to, and whether nothing moved.
    sum: String,
    still: bool,
    /// The rest of the record, where all changes are listed.
    rest: Option<String>,
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
    /// A day of it.
    #[serde(skip)]
    day: NaiveDate,
    sum: String,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    reference: String,
    title: String,
    title_lang: Option<String>,
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
        let shown: Vec<i64> = shown.map(|found| found.seq).collect();
        let entries = walk.these(&shown).await?;
        let words = place.words();
        let reading = place.reading().await?;
        let months = months(words, &place, &reading, &shown, entries);
        let mut page = around(&place, words, &query, &path, &found, page, months);
        page.printed = place.is_public.then(|| printed(&place.app, &address));
        let html = super::render(&place.app, "pages/public/changes.html", page)?;
        Ok(Made::page(html).modified(place.modified()))
    };
    kept::answer_as(&place.shelf, request, place.shown.version, &address, make).await
}

/// A change that was found.
struct Found {
    on: NaiveDate,
    seq: i64,
    sort: Sort,
}

/// The days and numbers of what fits, the newest first: no more of a long record is in memory at once.
async fn find(walk: &mut Walk, query: &Query) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    loop {
        let mut events = walk.next().await?;
        if events.is_empty() {
            break;
        }
        events.retain(|event| event.subject != PROJECT && !UNSAID.contains(&event.kind.as_str()));
        let entries = walk.entries(&events)?;
        let fitting = entries.iter().filter(|entry| query.fits(entry.on, &entry.fact));
        found.extend(fitting.map(|entry| Found {
            on: entry.on,
            seq: entry.seq,
            sort: Sort::of(&entry.fact),
        }));
    }
    found.sort_unstable_by_key(|found| std::cmp::Reverse((found.on, found.seq)));
    Ok(found)
}

/// What was found, in the order of `shown`, under its months.
fn months(words: &Words, place: &Place, reading: &Reading, shown: &[i64], entries: Vec<Entry>) -> Vec<Month> {
    let entries: HashMap<i64, Entry> = entries.into_iter().map(|entry| (entry.seq, entry)).collect();
    let mut months: Vec<Month> = Vec::new();
    for entry in shown.iter().filter_map(|seq| entries.get(seq)) {
        let Some(read) = reading.find(&entry.subject) else { continue };
        let told = telling::happening_since(place.voice(), entry, read, place.shown.today);
        let Some(happening) = told else { continue };
        let id = id(entry.on);
        if months.last().is_none_or(|month| month.id != id) {
            let (words, sum, changes) = (words.month(entry.on), String::new(), Vec::new());
            months.push(Month { id, words, day: entry.on, sum, changes });
        }
        let (title, title_lang) = telling::title(place.voice(), read);
        let change = Change {
            reference: read.reference.clone(),
            title,
            title_lang,
            href: format!("{}/r/{}#e{}", place.base, escaped(&read.reference), entry.seq),
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
    found: &[Found],
    page: usize,
    mut months: Vec<Month>,
) -> Page<'a> {
    // A month counts as a whole, also where it lies on two pages.
    for month in &mut months {
        let of_month =
            found.iter().filter(|found| is_same_month(found.on, month.day)).map(|found| found.sort);
        month.sum = sum::in_words(words, of_month, query.acts);
    }
    let sorts = found.iter().map(|found| found.sort);
    let head = usize::try_from(place.shown.row.head_seq).unwrap_or(0);
    let rest = head.saturating_sub(found.len());
    let is_all = query.pairs(1).is_empty();
    let rest = (is_all && rest > 0).then(|| {
        words.text(
            "page-changes-rest",
            &[("count", rest.into()), ("of", head.into()), ("changes", found.len().into())],
        )
    });
    let last = found.len().div_ceil(AT_ONCE).max(1);
    let to = |page: usize| address::of(path, &query.pairs(page));
    Page {
        frame: Frame::of(place, words, &address::of(path, &query.pairs(query.page))),
        path,
        from: query.from.map(|day| day.to_string()),
        to: query.to.map(|day| day.to_string()),
        acts: query.acts,
        ready: ready(words, query, path, place.shown.today),
        found: in_words(words, query, found.len()),
        still: !found.is_empty() && sum::is_still(sorts.clone()),
        sum: sum::in_words(words, sorts, query.acts),
        rest,
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

fn jumps(words: &Words, query: &Query, path: &str, found: &[Found], page: usize) -> Vec<Jump> {
    let is_here = |place: usize| place / AT_ONCE + 1 == page;
    // A month that lies on two pages leads to its part on this one.
    let mut months: Vec<(NaiveDate, usize, usize)> = Vec::new();
    for (place, on) in found.iter().map(|found| found.on).enumerate() {
        match months.last_mut().filter(|(day, ..)| is_same_month(*day, on)) {
            Some((_, first, count)) => {
                *count += 1;
                if is_here(place) && !is_here(*first) {
                    *first = place;
                }
            }
            None => months.push((on, place, 1)),
        }
    }
    let jumps = months.into_iter().map(|(day, first, count)| {
        let page =
            if is_here(first) { String::new() } else { address::of(path, &query.pairs(first / AT_ONCE + 1)) };
        Jump { words: words.month(day), count, href: format!("{page}#{}", id(day)) }
    });
    jumps.collect()
}

fn is_same_month(day: NaiveDate, other: NaiveDate) -> bool {
    (day.year(), day.month()) == (other.year(), other.month())
}

/// Names a month on the page.
fn id(day: NaiveDate) -> String {
    day.format("m-%Y-%m").to_string()
}
