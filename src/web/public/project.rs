//! A project's page: where everything stands, the figures, what changed last, what is silent, the promises, and how it
//! went over time.

use chrono::NaiveDate;
use minijinja::value::Value;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::figures::{Figure, figures};
use super::frame::Frame;
use super::kept::{self, Made};
use super::place::Place;
use super::plot::{self, Course, Lanes};
use super::row::{self, Rows, age};
use super::telling::{self, Happening};
use crate::domain::reading::{Read, Reading};
use crate::domain::silence;
use crate::domain::standing::Promise;
use crate::domain::words::{Progress, Response as Answer};
use crate::locale::{Arg, Voice, Words};

/// On a page of its own, a project shows this many recommendations at once; the others come on the next pages of the
/// list.
pub const AT_ONCE: usize = 200;

/// Plots with more lanes than this have a page of their own.
const LANES: usize = 60;

/// What changed last: everything of the last days, but no fewer happenings than this and no more than that. All of it
/// has a page of its own.
const LATEST_DAYS: i64 = 90;
const LATEST_LEAST: usize = 8;
const LATEST_MOST: usize = 15;

/// How many silences are on the first page.
const SILENT: usize = 20;

/// How many promises: the missed and the open ones come first, and all of them are in the data.
const PROMISES: usize = 60;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    summary: Option<&'a str>,
    paused: Option<(String, &'a str)>,
    held: Option<(String, &'a str)>,
    counts: Vec<Count>,
    /// The day of the last happening.
    last_on: Option<String>,
    rows: Value,
    more: usize,
    latest: Vec<Latest>,
    silent: Vec<Still>,
    more_silent: usize,
    promises: Promises,
    figures: Vec<Figure>,
    taken_on: Option<String>,
    lanes: Option<Lanes>,
    course: Option<Course>,
}

/// One of the counts at the top, with the address of the list behind it, where there is anything in it.
#[derive(Serialize)]
struct Count {
    code: &'static str,
    shape: &'static str,
    words: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct Latest {
    reference: String,
    title: String,
    title_lang: Option<String>,
    href: String,
    #[serde(flatten)]
    happening: Happening,
}

/// A recommendation that is silent, and how.
#[derive(Serialize)]
struct Still {
    reference: String,
    title: String,
    title_lang: Option<String>,
    href: String,
    responders: Value,
    silences: Value,
}

#[derive(Serialize)]
struct Promises {
    kept: usize,
    open: usize,
    missed: usize,
    moved: usize,
    more: usize,
    rows: Vec<PromiseRow>,
}

#[derive(Serialize)]
pub struct PromiseRow {
    pub words: String,
    /// The language of its words, and that of the title, where it is not that of the page.
    pub lang: Option<String>,
    pub title: String,
    pub title_lang: Option<String>,
    pub href: String,
    /// Those who promised, where promises of several stand together.
    pub responders: Value,
    /// `kept`, `kept-late`, `missed` or `open`.
    pub state: &'static str,
    pub state_words: String,
    pub first_due: Value,
    /// Where it was moved: the date that holds, and how often.
    pub due: Option<Value>,
    pub moves: u32,
    pub kept: Option<String>,
    pub late: Option<String>,
    /// Each time that its date was moved, where the whole story is told.
    pub moved: Vec<Moved>,
}

#[derive(Serialize)]
pub struct Moved {
    pub on: String,
    pub from: String,
    pub to: String,
}

#[handler]
pub async fn show(place: Place, request: &Request) -> poem::Result<Response> {
    let make = async {
        let reading = place.reading().await?;
        let words = place.words();
        let html = super::render(&place.app, "pages/public/project.html", page(&place, words, &reading))?;
        Ok(Made::page(html).modified(place.modified()))
    };
    kept::answer(&place.shelf, request, place.shown.version, make).await
}

fn page<'a>(place: &'a Place, words: &'a Words, reading: &'a Reading) -> Page<'a> {
    let (shown, today) = (&*place.shown, place.shown.today);
    let mut rows = Rows::new(place.voice(), today, place.home());
    let reads = || reading.recommendations.iter();
    let dated = |(on, why): &'a (NaiveDate, String)| (words.date(*on), why.as_str());
    // Long lists are put in order before anything of them is put into words.
    let quiet_after = u32::try_from(shown.row.quiet_after_days).unwrap_or(0);
    let mut silent: Vec<(NaiveDate, &Read)> = reads()
        .filter_map(|read| {
            Some((silence::current(&read.standing, today, quiet_after).first()?.since(), read))
        })
        .collect();
    silent.sort_by_key(|(since, _)| *since);
    let silent_all = silent.len();
    let more_silent = silent.len().saturating_sub(SILENT);
    let silent: Vec<Still> = silent
        .into_iter()
        .take(SILENT)
        .map(|(_, read)| {
            let (title, title_lang) = telling::title(place.voice(), read);
            Still {
                reference: read.reference.clone(),
                title,
                title_lang,
                href: row::href(&place.base, &read.reference),
                responders: rows.responders(read),
                silences: rows.silences(shown, read),
            }
        })
        .collect();
    let promises = promises(place.voice(), &place.base, &mut rows, reading, today);
    let recent = reading
        .latest
        .iter()
        .rev()
        .enumerate()
        .filter(|(place, entry)| *place < LATEST_LEAST || (today - entry.on).num_days() <= LATEST_DAYS);
    let latest = recent.filter_map(|(_, entry)| {
        let read = reading.find(&entry.subject)?;
        let (title, title_lang) = telling::title(place.voice(), read);
        Some(Latest {
            reference: read.reference.clone(),
            title,
            title_lang,
            href: row::href(&place.base, &read.reference),
            happening: telling::happening(place.voice(), entry)?,
        })
    });
    let taken_on = reading.figures().map(|taken| words.date(taken.snapshot.period));
    Page {
        summary: shown.row.summary.as_deref(),
        paused: reading.paused.as_ref().map(dated),
        held: reading.held.as_ref().map(dated),
        counts: counts(words, &place.base, reading, silent_all, promises.missed),
        last_on: reading.latest.back().map(|entry| words.date(entry.on)),
        rows: reads()
            .take(AT_ONCE)
            .map(|read| rows.row(shown, &place.base, reading, read))
            .collect::<Vec<_>>()
            .into(),
        more: reading.recommendations.len().saturating_sub(AT_ONCE),
        latest: latest.take(LATEST_MOST).collect(),
        silent,
        more_silent,
        promises,
        figures: figures(words, reading, today),
        taken_on,
        lanes: (reading.recommendations.len() <= LANES)
            .then(|| plot::lanes(place.voice(), &place.base, reads(), today))
            .flatten(),
        course: plot::course(words, &reading.taken),
        frame: Frame::of(place, words, &place.base),
    }
}

fn counts(words: &Words, base: &str, reading: &Reading, silent: usize, missed: usize) -> Vec<Count> {
    let all = reading.recommendations.len();
    let of = |count: usize| [("count", Arg::from(count)), ("of", all.into())];
    let progress = |state: Progress| {
        reading.recommendations.iter().filter(|read| read.standing.progress == state).count()
    };
    let answered =
        reading.recommendations.iter().filter(|read| read.standing.response != Answer::Awaiting).count();
    let confirmed = reading.figures().map_or(0, |taken| {
        let said = taken.snapshot.said.values();
        said.filter(|said| **said == crate::domain::words::Verdict::Confirmed).count()
    });
    let list = |query: &str| format!("{base}/recommendations?{query}");
    let counts = [
        ("answered", "response-accepted", answered, list("answered=yes")),
        ("unanswered", "response-awaiting", all - answered, list("answered=no")),
        ("done", "progress-done", progress(Progress::Done), list("progress=done")),
        ("stalled", "progress-stalled", progress(Progress::Stalled), list("progress=stalled")),
        ("silent", "silence", silent, "#silent".to_owned()),
        ("missed", "promise-missed", missed, "#promises".to_owned()),
        ("confirmed", "verdict-confirmed", confirmed, list("verdict=confirmed")),
    ];
    let counts = counts.into_iter().filter(|(code, _, count, _)| *code != "unanswered" || *count > 0);
    let counts = counts.map(|(code, shape, count, href)| Count {
        code,
        shape,
        words: words.text(&format!("count-{code}"), &of(count)),
        href: (count > 0).then_some(href),
    });
    counts.collect()
}

fn promises(
    voice: Voice<'_>,
    base: &str,
    rows: &mut Rows<'_>,
    reading: &Reading,
    today: NaiveDate,
) -> Promises {
    let mut all: Vec<(usize, NaiveDate, &Read, &Promise)> = reading
        .recommendations
        .iter()
        .flat_map(|read| read.standing.promises.iter().map(move |promise| (read, promise)))
        .map(|(read, promise)| (order(state_of(promise, today)), promise.due_on, read, promise))
        .collect();
    all.sort_by_key(|(order, due_on, ..)| (*order, *due_on));
    let count = |state: &str| all.iter().filter(|(place, ..)| *place == order(state)).count();
    Promises {
        kept: count("kept") + count("kept-late"),
        open: count("open"),
        missed: count("missed"),
        moved: all.iter().filter(|(.., promise)| promise.moves > 0).count(),
        more: all.len().saturating_sub(PROMISES),
        rows: all
            .iter()
            .take(PROMISES)
            .map(|(_, _, read, promise)| {
                let responders = rows.responders(read);
                PromiseRow { responders, ..promise_row(voice, base, rows, read, promise, today) }
            })
            .collect(),
    }
}

/// `kept`, `kept-late`, `missed` or `open`.
pub fn state_of(promise: &Promise, today: NaiveDate) -> &'static str {
    match promise.kept_on {
        Some(kept) if kept <= promise.first_due_on => "kept",
        Some(_) => "kept-late",
        None if promise.due_on < today => "missed",
        None => "open",
    }
}

fn order(state: &str) -> usize {
    ["missed", "open", "kept-late", "kept"].iter().position(|other| *other == state).unwrap_or(4)
}

/// The promises of one recommendation, in the order in which they were made.
pub fn promise_rows(voice: Voice<'_>, base: &str, read: &Read, today: NaiveDate) -> Vec<PromiseRow> {
    // Their names stand elsewhere on such a page.
    let mut rows = Rows::new(voice, today, None);
    let promises = read.standing.promises.iter();
    promises.map(|promise| promise_row(voice, base, &mut rows, read, promise, today)).collect()
}

fn promise_row(
    voice: Voice<'_>,
    base: &str,
    rows: &mut Rows<'_>,
    read: &Read,
    promise: &Promise,
    today: NaiveDate,
) -> PromiseRow {
    let (words, state) = (voice.words, state_of(promise, today));
    let (title, title_lang) = telling::title(voice, read);
    PromiseRow {
        lang: voice.other().map(str::to_owned),
        words: promise.words.clone(),
        title,
        title_lang,
        href: row::href(base, &read.reference),
        responders: Value::from(()),
        state,
        state_words: words.code("promise-state", state),
        first_due: rows.date(promise.first_due_on),
        due: (promise.moves > 0).then(|| rows.date(promise.due_on)),
        moves: promise.moves,
        kept: promise.kept_on.map(|kept| words.date(kept)),
        late: (state == "missed").then(|| age(words, promise.due_on, today)),
        moved: Vec::new(),
    }
}
