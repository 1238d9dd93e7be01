//! A recommendation's page: its words, why it was made, who answers for it, the whole history with every explanation in
//! full, its promises, and what participants say.

use anyhow::anyhow;
use minijinja::value::Value;
use poem::http::header;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::frame::Frame;
use super::kept::{self, Made};
use super::place::Place;
use super::plot::{self, Lanes};
use super::project::{Moved, PromiseRow, promise_rows};
use super::row::{Rows, age};
use super::telling::{self, Happening};
use crate::domain::event::{Entry, Fact, keeps, understand_knowing};
use crate::domain::excerpt::{Under, quoted_under};
use crate::domain::reading::Read;
use crate::error::{Error, Result};
use crate::locale::Words;
use crate::store::{event, evidence, recommendation, story, vault};
use crate::web::error;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    row: Value,
    text: &'a str,
    text_lang: Option<&'a str>,
    /// That the text is there in the project's own language only.
    text_lacking: Option<String>,
    audience: Option<&'a str>,
    published: String,
    response_due: Option<String>,
    target: Option<String>,
    /// The date has passed, and it is not done.
    target_late: Option<String>,
    /// An answer is owed and not there.
    awaiting: bool,
    overdue: bool,
    /// The events that say why it stands so, on each axis: the explanation or the outcome in force.
    why_answer: Option<i64>,
    why_work: Option<i64>,
    learnings: Vec<Learning<'a>>,
    /// Stories beside those that are quoted, rounded; none where there are too few to say.
    stories: Option<i64>,
    taken_on: Option<String>,
    excerpts: Vec<Excerpt>,
    promises: Vec<PromiseRow>,
    happenings: Vec<Happening>,
    lanes: Option<Lanes>,
    feed: String,
}

#[derive(Serialize)]
struct Learning<'a> {
    text: &'a str,
    theme: Option<&'a str>,
}

/// What somebody told, shown as they agreed.
#[derive(Serialize)]
struct Excerpt {
    direction: &'static str,
    text: String,
    under: Option<String>,
    note: Option<String>,
}

#[handler]
pub async fn show(place: Place, request: &Request) -> poem::Result<Response> {
    let reference = request.path_params::<Reference>().map_err(|_| error::not_found())?.reference;
    let version = place.shown.version;
    kept::answer(&place.shelf, request, version, make(&place, &reference)).await
}

#[derive(serde::Deserialize)]
pub struct Reference {
    pub reference: String,
}

async fn make(place: &Place, reference: &str) -> Result<Made> {
    let reading = place.reading().await?;
    let read = reading.find(reference).ok_or_else(|| Error::not_found("A recommendation"))?;
    let words = place.words();
    let entries = history(place, reference).await?;
    let happenings = entries.iter().rev();
    let happenings = happenings
        .filter_map(|entry| telling::happening_since(place.voice(), entry, read, place.shown.today));
    let excerpts = excerpts(place, reference).await?;
    let today = place.shown.today;
    let standing = &read.standing;
    let mut promises = promise_rows(place.voice(), &place.base, read, today);
    for (promise, moved) in promises.iter_mut().zip(moves(words, &entries)) {
        promise.moved = moved;
    }
    let of_work = standing.progress_words.as_ref().map(|words| words.seq);
    let has_excerpts = !excerpts.is_empty();
    let (text, text_lang) = place.voice().passage(&standing.translations, "text", &standing.text);
    let page = Page {
        row: Rows::new(place.voice(), today, place.home()).row(&place.shown, &place.base, &reading, read),
        text,
        text_lang,
        text_lacking: text_lang.map(|_| place.voice().lacking()),
        audience: standing.audience.as_deref(),
        published: words.date(standing.published_on),
        response_due: standing.response_due_on.map(|day| words.date(day)),
        target: standing.target_on.map(|day| words.date(day)),
        target_late: standing.target_on.filter(|day| *day < today && !standing.is_settled()).map(|day| {
            let args = [("date", words.date(day).into()), ("age", age(words, day, today).into())];
            words.text("page-rec-target-late", &args)
        }),
        awaiting: standing.response == crate::domain::words::Response::Awaiting,
        overdue: standing.is_overdue(today),
        why_answer: standing.response_words.as_ref().map(|words| words.seq),
        why_work: of_work.or(standing.outcome.as_ref().map(|words| words.seq)),
        learnings: learnings(read),
        stories: reading
            .figures()
            .and_then(|taken| taken.snapshot.people.stories_behind.get(reference).copied()),
        taken_on: reading.figures().map(|taken| words.date(taken.snapshot.period)),
        excerpts,
        promises,
        happenings: happenings.collect(),
        lanes: plot::lanes(place.voice(), &place.base, std::iter::once(read), today),
        feed: format!("{}/r/{}/feed.atom", place.base, super::row::escaped(reference)),
        frame: Frame::of(place, words, &super::row::href(&place.base, reference)),
    };
    let made = Made::page(super::render(&place.app, "pages/public/recommendation.html", page)?);
    if has_excerpts {
        // Nobody keeps what its teller may take back, and no date tells when they did.
        return Ok(made.with(header::CACHE_CONTROL, "no-store"));
    }
    Ok(made)
}

fn learnings(read: &Read) -> Vec<Learning<'_>> {
    let learned = read.learnings.iter();
    learned.map(|learned| Learning { text: &learned.text, theme: learned.theme.as_deref() }).collect()
}

/// How often the date of each promise was moved, in the order in which they were made.
fn moves(words: &Words, entries: &[Entry]) -> Vec<Vec<Moved>> {
    let mut all: Vec<(&str, bool, Vec<Moved>)> = Vec::new();
    for entry in entries {
        let open = |said: &str| all.iter().position(|(promise, kept, _)| *promise == said && !kept);
        match &entry.fact {
            Fact::PromiseMoved { promise, due_on, from, .. } => {
                if let Some(place) = open(promise) {
                    let on = words.date(entry.on);
                    all[place].2.push(Moved { on, from: words.date(*from), to: words.date(*due_on) });
                }
            }
            Fact::PromiseKept { promise, .. } => {
                if let Some(place) = open(promise) {
                    all[place].1 = true;
                }
            }
            Fact::Promise { promise, .. } => all.push((promise, false, Vec::new())),
            _ => {}
        }
    }
    all.into_iter().map(|(_, _, moved)| moved).collect()
}

/// All that was said under a recommendation, in order.
async fn history(place: &Place, reference: &str) -> Result<Vec<Entry>> {
    let (row, db) = (&place.shown.row, &place.app.db.reader);
    let unreadable = |why: String| anyhow!("the record: {why}");
    let events = event::of_subject(db, row.id, reference).await?;
    let kept = keeps(&events).map_err(unreadable)?;
    Ok(understand_knowing(&events, &kept, i64::MAX, row.zone()?).map_err(unreadable)?)
}

async fn excerpts(place: &Place, reference: &str) -> Result<Vec<Excerpt>> {
    let (row, db) = (&place.shown.row, &place.app.db.reader);
    let Some(found) = recommendation::by_reference(db, row.id, reference).await? else {
        return Ok(Vec::new());
    };
    let mut excerpts = Vec::new();
    for (direction, story) in evidence::public_behind(db, found.id).await? {
        let Some(under) = quoted_under(story.consent, story.attribution) else { continue };
        let Some(text) = story.summary.clone().filter(|text| !text.trim().is_empty()) else { continue };
        let under = match under {
            Under::Name => name(place, &story).await?,
            Under::Code => story.code.clone(),
            Under::Nothing => None,
        };
        excerpts.push(Excerpt { direction: direction.code(), text, under, note: story.content_note });
    }
    Ok(excerpts)
}

/// The name that somebody agreed to be known by. It lies in the vault with the rest of what is known of them.
async fn name(place: &Place, story: &story::Model) -> Result<Option<String>> {
    let Some(teller) = story.participant_id else { return Ok(None) };
    let Some(row) = vault::find(&place.app.db.reader, teller).await? else { return Ok(None) };
    Ok(place.app.keys.open(teller.0.as_bytes(), &row.sealed)?.greeting_name)
}
