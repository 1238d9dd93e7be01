//! The tables that the peers read: where everything stands, worked out beforehand from the record. A request to a peer
//! then needs a handful of indexed queries and one template, while hearback reads its pages from the record itself.

use anyhow::Context;
use chrono::NaiveDate;
use hearback::app::App;
use hearback::domain::event::{Entry, Explanation, Fact, understand};
use hearback::domain::reading::{Read, Reading};
use hearback::domain::record::fingerprint;
use hearback::domain::silence;
use hearback::domain::standing::{Promise, Standing};
use hearback::domain::words::{Progress, Response, Verdict};
use hearback::locale::Words;
use hearback::store::{self, event, project};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

const TABLES: &str = "
CREATE TABLE bench_project (slug TEXT PRIMARY KEY, title TEXT NOT NULL, organisation TEXT NOT NULL, summary TEXT,
  head_seq INTEGER NOT NULL, fingerprint TEXT NOT NULL, taken_on TEXT, last_on TEXT, confirmed INTEGER NOT NULL);
CREATE TABLE bench_recommendation (position INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  responsible TEXT NOT NULL, response TEXT NOT NULL, response_since TEXT NOT NULL, progress TEXT NOT NULL,
  progress_since TEXT NOT NULL, reason TEXT, why TEXT, next_look TEXT, verdict TEXT, foremost TEXT, foremost_since TEXT,
  silences INTEGER NOT NULL, silent_since TEXT);
CREATE INDEX bench_recommendation_silent ON bench_recommendation (silent_since, position);
CREATE TABLE bench_silence (reference TEXT NOT NULL, kind TEXT NOT NULL, since TEXT NOT NULL);
CREATE INDEX bench_silence_reference ON bench_silence (reference);
CREATE TABLE bench_latest (position INTEGER PRIMARY KEY, reference TEXT NOT NULL, title TEXT NOT NULL, day TEXT NOT NULL,
  silent INTEGER NOT NULL, what TEXT NOT NULL, words TEXT);
CREATE TABLE bench_promise (position INTEGER PRIMARY KEY, reference TEXT NOT NULL, title TEXT NOT NULL,
  responsible TEXT NOT NULL, words TEXT NOT NULL, state TEXT NOT NULL, first_due_on TEXT NOT NULL, due_on TEXT NOT NULL,
  kept_on TEXT, moves INTEGER NOT NULL);
CREATE TABLE bench_figure (position INTEGER PRIMARY KEY, name TEXT NOT NULL, how TEXT NOT NULL, value TEXT NOT NULL,
  percent INTEGER, beside TEXT NOT NULL);
CREATE TABLE bench_edition (period TEXT PRIMARY KEY, responded_count INTEGER, responded_of INTEGER,
  completed_count INTEGER, completed_of INTEGER, explained_count INTEGER, explained_of INTEGER, told_count INTEGER,
  told_of INTEGER);
";

const NAMES: [&str; 7] = ["project", "recommendation", "silence", "latest", "promise", "figure", "edition"];

/// Happenings on the page: those of so many days, but no fewer and no more than this.
const LATEST_DAYS: i64 = 90;
const LATEST_LEAST: usize = 8;
const LATEST_MOST: usize = 15;

/// So many characters of an explanation stand on the board, at most and at least.
const OPENING: usize = 200;
const OPENING_LEAST: usize = 40;

/// Makes the tables, or makes them anew.
pub async fn prepare(app: &App, slug: &str) -> anyhow::Result<()> {
    let row = project::by_slug(&app.db.reader, slug).await?.context("the project")?;
    let events = event::all(&app.db.reader, row.id).await?;
    let entries = understand(&events, i64::MAX, row.zone()?).map_err(anyhow::Error::msg)?;
    let mut reading = Reading::default();
    for entry in entries {
        reading.take(entry);
    }
    let tx = store::begin(&app.db).await?;
    for name in NAMES {
        tx.execute_unprepared(&format!("DROP TABLE IF EXISTS bench_{name}")).await?;
    }
    tx.execute_unprepared(TABLES).await?;
    let organisation = project::organisation_of(&tx, &row).await?;
    let taken_on = reading.figures().map(|taken| taken.snapshot.period.to_string());
    let said = reading.figures().map(|taken| taken.snapshot.said.values());
    let confirmed = said.map_or(0, |said| said.filter(|said| **said == Verdict::Confirmed).count());
    let project = [
        slug.into(),
        row.title.clone().into(),
        organisation.into(),
        row.summary.clone().into(),
        row.head_seq.into(),
        fingerprint(&row.head_hash).into(),
        taken_on.into(),
        reading.latest.back().map(|entry| entry.on.to_string()).into(),
        i64::try_from(confirmed)?.into(),
    ];
    insert(&tx, "bench_project", project.to_vec()).await?;
    let today = row.today(app.clock.now())?;
    recommendations(&tx, &row, &reading, today).await?;
    latest(&tx, app.locales.public(), &reading, today).await?;
    promises(&tx, &reading, today).await?;
    figures(&tx, app.locales.public(), &reading, today).await?;
    editions(&tx, &reading).await?;
    tx.commit().await?;
    Ok(())
}

async fn insert(tx: &DatabaseTransaction, table: &str, values: Vec<Value>) -> anyhow::Result<()> {
    let gaps = vec!["?"; values.len()].join(", ");
    let sql = format!("INSERT INTO {table} VALUES ({gaps})");
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

async fn recommendations(
    tx: &DatabaseTransaction,
    row: &project::Model,
    reading: &Reading,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let quiet_after = u32::try_from(row.quiet_after_days)?;
    for (position, read) in reading.recommendations.iter().enumerate() {
        let standing = &read.standing;
        let silences: Vec<(&str, NaiveDate)> = silence::current(standing, today, quiet_after)
            .iter()
            .map(|silence| match &silence.fact {
                Fact::ResponseOverdue { due_on } => ("response_overdue", *due_on),
                Fact::PromiseMissed { due_on, .. } => ("promise_missed", *due_on),
                Fact::ReviewDatePassed { review_on } => ("review_date_passed", *review_on),
                Fact::GoneQuiet { since, .. } => ("gone_quiet", *since),
                Fact::ExplanationStale { of, .. } if is_of_answer(standing, *of) => {
                    ("answer_stale", silence.on)
                }
                _ => ("work_stale", silence.on),
            })
            .collect();
        let verdict = match (standing.progress, reading.verdict(&read.reference)) {
            (Progress::Done, Some(verdict)) => Some(verdict.code()),
            (Progress::Done, None) => Some("none"),
            _ => None,
        };
        let explained = explanation(read).filter(|_| asks_why(standing));
        let next_look = standing.review.as_ref().map(|review| review.on);
        let next_look = next_look.filter(|on| *on >= today && asks_why(standing));
        let foremost = silences.iter().min_by_key(|(kind, _)| gravity(kind, standing));
        let values = vec![
            Value::from(i64::try_from(position)?),
            read.reference.clone().into(),
            standing.title.clone().into(),
            standing.responsible.clone().unwrap_or_default().into(),
            standing.response.code().into(),
            standing.response_since.to_string().into(),
            standing.progress.code().into(),
            standing.progress_since.to_string().into(),
            explained.and_then(|said| said.reason).map(|reason| reason.code().to_owned()).into(),
            explained.and_then(|said| opening(&said.what_happened)).into(),
            next_look.map(|on| on.to_string()).into(),
            verdict.map(str::to_owned).into(),
            foremost.map(|(kind, _)| (*kind).to_owned()).into(),
            foremost.map(|(_, since)| since.to_string()).into(),
            i64::try_from(silences.len())?.into(),
            silences.first().map(|(_, since)| since.to_string()).into(),
        ];
        insert(tx, "bench_recommendation", values).await?;
        for (kind, since) in silences {
            let values = vec![read.reference.clone().into(), kind.into(), since.to_string().into()];
            insert(tx, "bench_silence", values).await?;
        }
    }
    Ok(())
}

fn is_of_answer(standing: &Standing, seq: i64) -> bool {
    standing.response_words.as_ref().is_some_and(|words| words.seq == seq)
}

/// What stands first where there is room for one.
fn gravity(kind: &str, standing: &Standing) -> usize {
    let is_of_work = standing.progress_words.as_ref().is_some_and(|words| words.said.reason.is_some());
    let stale = if is_of_work { ["work_stale", "answer_stale"] } else { ["answer_stale", "work_stale"] };
    let order = ["response_overdue", "promise_missed", stale[0], stale[1], "review_date_passed"];
    order.iter().position(|other| *other == kind).unwrap_or(order.len())
}

/// States that nobody should read without the reason beside them.
fn asks_why(standing: &Standing) -> bool {
    matches!(standing.progress, Progress::Stalled | Progress::Stopped | Progress::Superseded)
        || matches!(standing.response, Response::AcceptedInPart | Response::Declined)
}

/// The explanation that gives the reason in force.
fn explanation(read: &Read) -> Option<&Explanation> {
    let of_both = [&read.standing.progress_words, &read.standing.response_words];
    of_both.into_iter().flatten().map(|words| &words.said).find(|said| said.reason.is_some())
}

/// The beginning of an explanation, cut as the board cuts it.
fn opening(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')).map(|(place, _)| place + 1);
    let mut ends = ends.filter(|end| text[*end..].is_empty() || text[*end..].starts_with(' '));
    let end = ends.find(|end| text[..*end].chars().count() >= OPENING_LEAST).unwrap_or(text.len());
    let said = &text[..end];
    let Some((cut, _)) = said.char_indices().nth(OPENING) else {
        return (!said.is_empty()).then(|| said.to_owned());
    };
    let whole = said[..cut].rfind(' ').unwrap_or(cut);
    let begun = said[..whole].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    Some(format!("{begun}…"))
}

/// The last happenings, with their sentences ready to be shown.
async fn latest(
    tx: &DatabaseTransaction,
    words: &Words,
    reading: &Reading,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let recent = reading.latest.iter().rev().enumerate();
    let recent =
        recent.filter(|(place, it)| *place < LATEST_LEAST || (today - it.on).num_days() <= LATEST_DAYS);
    let shown = recent.filter_map(|(_, entry)| Some((entry, reading.find(&entry.subject)?)));
    for (position, (entry, read)) in shown.take(LATEST_MOST).enumerate() {
        let values = vec![
            Value::from(i64::try_from(position)?),
            entry.subject.clone().into(),
            read.standing.title.clone().into(),
            entry.on.to_string().into(),
            entry.fact.is_silence().into(),
            what(words, entry)?.into(),
            said(&entry.fact).into(),
        ];
        insert(tx, "bench_latest", values).await?;
    }
    Ok(())
}

fn what(words: &Words, entry: &Entry) -> anyhow::Result<String> {
    let date = |day: &NaiveDate| words.date(*day).into();
    Ok(match &entry.fact {
        Fact::RecommendationPublished { .. } => words.text("happened-published", &[]),
        Fact::Response { response, .. } => {
            words.text("happened-response", &[("state", words.code("response", response.code()).into())])
        }
        Fact::Progress { progress, from, .. } => {
            let state = words.code("progress", progress.code()).into();
            let before = words.code("progress", from.code()).into();
            let key = match (from, progress) {
                (from, to) if from == to => "happened-progress-again",
                (Progress::Done, Progress::InProgress) => "happened-reopened",
                _ => "happened-progress",
            };
            words.text(key, &[("state", state), ("from", before)])
        }
        Fact::Promise { promise, due_on, .. } => {
            words.text("happened-promise", &[("promise", promise.into()), ("date", date(due_on))])
        }
        Fact::PromiseMoved { promise, due_on, from, .. } => words.text(
            "happened-promise-moved",
            &[("promise", promise.into()), ("from", date(from)), ("date", date(due_on))],
        ),
        Fact::PromiseKept { promise, .. } => {
            words.text("happened-promise-kept", &[("promise", promise.into())])
        }
        Fact::PromiseMissed { promise, due_on } => {
            words.text("happened-promise-missed", &[("promise", promise.into()), ("date", date(due_on))])
        }
        Fact::ResponseOverdue { due_on } => words.text("happened-overdue", &[("date", date(due_on))]),
        Fact::ReviewDatePassed { review_on } => words.text("happened-review", &[("date", date(review_on))]),
        Fact::ExplanationStale { days, .. } => words.text("happened-stale", &[("days", (*days).into())]),
        Fact::GoneQuiet { since, days } => {
            words.text("happened-quiet", &[("date", date(since)), ("days", (*days).into())])
        }
        Fact::Note { .. } => words.text("happened-note", &[]),
        other => anyhow::bail!("the packs of the benches hold nothing like {other:?}"),
    })
}

/// The words of those who said it.
fn said(fact: &Fact) -> Option<String> {
    match fact {
        Fact::RecommendationPublished { text, .. } => Some(text.clone()),
        Fact::Note { words: note } => Some(note.clone()),
        Fact::Progress { outcome: Some(outcome), .. } => Some(outcome.what_changed.clone()),
        fact => fact.explanation().map(|said| said.what_happened.clone()),
    }
}

/// In the order of the page: what was missed first, then what is open, what was kept late, and what was kept.
async fn promises(tx: &DatabaseTransaction, reading: &Reading, today: NaiveDate) -> anyhow::Result<()> {
    let reads = reading.recommendations.iter();
    let all = reads.flat_map(|read| read.standing.promises.iter().map(move |promise| (read, promise)));
    let mut all: Vec<_> = all.map(|(read, promise)| (state_of(promise, today), read, promise)).collect();
    all.sort_by_key(|((order, _), _, promise)| (*order, promise.due_on));
    for (position, ((_, state), read, promise)) in all.into_iter().enumerate() {
        let values = vec![
            Value::from(i64::try_from(position)?),
            read.reference.clone().into(),
            read.standing.title.clone().into(),
            read.standing.responsible.clone().unwrap_or_default().into(),
            promise.words.clone().into(),
            state.into(),
            promise.first_due_on.to_string().into(),
            promise.due_on.to_string().into(),
            promise.kept_on.map(|day| day.to_string()).into(),
            i64::from(promise.moves).into(),
        ];
        insert(tx, "bench_promise", values).await?;
    }
    Ok(())
}

fn state_of(promise: &Promise, today: NaiveDate) -> (usize, &'static str) {
    match promise.kept_on {
        Some(kept) if kept <= promise.first_due_on => (3, "kept"),
        Some(_) => (2, "kept-late"),
        None if promise.due_on < today => (0, "missed"),
        None => (1, "open"),
    }
}

async fn figures(
    tx: &DatabaseTransaction,
    words: &Words,
    reading: &Reading,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let (work, Some(taken)) = (reading.work(today), reading.figures()) else { return Ok(()) };
    let people = &taken.snapshot.people;
    let number = |key: &str, name: &'static str, number: Option<i64>| {
        let shown = number.map(|number| number.to_string());
        let shown = shown.unwrap_or_else(|| words.text("figure-hidden", &[]));
        words.text(key, &[(name, shown.into())])
    };
    let out = &people.left_out;
    let left_out = vec![
        number("left-out-stopped", "count", out.stopped),
        number("left-out-paused", "count", out.paused),
        number("left-out-withdrawn", "count", out.withdrawn),
    ];
    let first = &people.first_feedback;
    let beside_first = vec![
        number("first-p90", "days", first.p90_days),
        number("first-told", "count", first.told),
        number("first-waiting", "count", first.waiting),
        number("first-longest", "days", first.longest_wait_days),
    ];
    let exact = |of: hearback::domain::figures::Of| (Some(of.count), Some(of.of));
    let share = |share: hearback::domain::figures::Share| (share.count, share.of);
    let none = Vec::new;
    let all = [
        ("responded", exact(work.responded), none()),
        ("completed", exact(work.completed), none()),
        ("confirmed", exact(work.confirmed), none()),
        ("explained", exact(work.explained), vec![words.text("figure-beside-explained", &[])]),
        ("promises_kept", exact(work.promises_kept), none()),
        ("traceable", exact(work.traceable), none()),
        ("told", share(people.told), left_out),
        ("first_feedback", (first.median_days, None), beside_first),
        ("loop_closed", share(people.loop_closed), none()),
        ("needs_met", share(people.needs_met), none()),
        ("stories_used", share(people.stories_used), vec![words.text("figure-beside-stories-used", &[])]),
    ];
    for (position, (key, (count, of), beside)) in all.into_iter().enumerate() {
        let (value, percent) = match (count, of) {
            (Some(count), Some(of)) => {
                let value = words.text("figure-of", &[("count", count.into()), ("of", of.into())]);
                (value, (of > 0).then(|| (count * 100 + of / 2) / of))
            }
            (count, _) => (number("first-median", "days", count), None),
        };
        let values = vec![
            Value::from(i64::try_from(position)?),
            words.code("figure", key).into(),
            words.code("figure-how", key).into(),
            value.into(),
            percent.into(),
            serde_json::to_string(&beside)?.into(),
        ];
        insert(tx, "bench_figure", values).await?;
    }
    Ok(())
}

async fn editions(tx: &DatabaseTransaction, reading: &Reading) -> anyhow::Result<()> {
    for taken in &reading.taken {
        let (work, told) = (&taken.snapshot.work, taken.snapshot.people.told);
        let mut values: Vec<Value> = vec![taken.snapshot.period.to_string().into()];
        for of in [work.responded, work.completed, work.explained] {
            values.extend([Value::from(of.count), Value::from(of.of)]);
        }
        values.extend([Value::from(told.count), Value::from(told.of)]);
        insert(tx, "bench_edition", values).await?;
    }
    Ok(())
}
