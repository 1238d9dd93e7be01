//! The tables that the peers read: where everything stands, worked out beforehand from the record. A request to a peer
//! then needs a handful of indexed queries and one template, while hearback reads its pages from the record itself.

use anyhow::Context;
use chrono::NaiveDate;
use hearback::app::App;
use hearback::domain::event::{Entry, Explanation, Fact, Outcome, understand};
use hearback::domain::reading::{Read, Reading};
use hearback::domain::record::fingerprint;
use hearback::domain::silence;
use hearback::domain::words::Progress;
use hearback::locale::Words;
use hearback::store::{self, event, project};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

const TABLES: &str = "
CREATE TABLE bench_project (slug TEXT PRIMARY KEY, title TEXT NOT NULL, organisation TEXT NOT NULL, summary TEXT,
  head_seq INTEGER NOT NULL, fingerprint TEXT NOT NULL, taken_on TEXT);
CREATE TABLE bench_recommendation (position INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  responsible TEXT NOT NULL, response TEXT NOT NULL, response_since TEXT NOT NULL, progress TEXT NOT NULL,
  progress_since TEXT NOT NULL, reason TEXT, verdict TEXT, silent_since TEXT);
CREATE INDEX bench_recommendation_silent ON bench_recommendation (silent_since);
CREATE TABLE bench_silence (reference TEXT NOT NULL, kind TEXT NOT NULL, since TEXT NOT NULL);
CREATE INDEX bench_silence_reference ON bench_silence (reference);
CREATE TABLE bench_latest (position INTEGER PRIMARY KEY, reference TEXT NOT NULL, title TEXT NOT NULL, day TEXT NOT NULL,
  silent INTEGER NOT NULL, what TEXT NOT NULL, words TEXT, details TEXT NOT NULL, proof TEXT);
CREATE TABLE bench_promise (position INTEGER PRIMARY KEY, reference TEXT NOT NULL, title TEXT NOT NULL,
  words TEXT NOT NULL, first_due_on TEXT NOT NULL, due_on TEXT NOT NULL, kept_on TEXT, moves INTEGER NOT NULL);
CREATE TABLE bench_figure (position INTEGER PRIMARY KEY, name TEXT NOT NULL, how TEXT NOT NULL, value TEXT NOT NULL,
  percent INTEGER, beside TEXT NOT NULL);
CREATE TABLE bench_edition (period TEXT PRIMARY KEY, responded_count INTEGER, responded_of INTEGER,
  completed_count INTEGER, completed_of INTEGER, explained_count INTEGER, explained_of INTEGER, told_count INTEGER,
  told_of INTEGER);
";

/// Happenings on the page.
const LATEST: usize = 8;

pub async fn prepare(app: &App, slug: &str) -> anyhow::Result<()> {
    let row = project::by_slug(&app.db.reader, slug).await?.context("the project")?;
    let events = event::all(&app.db.reader, row.id).await?;
    let entries = understand(&events, i64::MAX, row.zone()?).map_err(anyhow::Error::msg)?;
    let mut reading = Reading::default();
    for entry in entries {
        reading.take(entry);
    }
    let tx = store::begin(&app.db).await?;
    tx.execute_unprepared(TABLES).await?;
    let organisation = project::organisation_of(&tx, &row).await?;
    let taken_on = reading.figures().map(|taken| taken.snapshot.period.to_string());
    let project = [
        slug.into(),
        row.title.clone().into(),
        organisation.into(),
        row.summary.clone().into(),
        row.head_seq.into(),
        fingerprint(&row.head_hash).into(),
        taken_on.into(),
    ];
    insert(&tx, "bench_project", project.to_vec()).await?;
    let today = row.today(app.clock.now())?;
    recommendations(&tx, &row, &reading, today).await?;
    latest(&tx, app.locales.public(), &reading).await?;
    promises(&tx, &reading).await?;
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
                Fact::ResponseOverdue { due_on } => ("overdue", *due_on),
                Fact::PromiseMissed { due_on, .. } => ("promise", *due_on),
                Fact::ReviewDatePassed { review_on } => ("review", *review_on),
                Fact::GoneQuiet { since, .. } => ("quiet", *since),
                _ => ("stale", silence.on),
            })
            .collect();
        let verdict = match (standing.progress, reading.verdict(&read.reference)) {
            (Progress::Done, Some(verdict)) => Some(verdict.code()),
            (Progress::Done, None) => Some("none"),
            _ => None,
        };
        let values = vec![
            Value::from(i64::try_from(position)?),
            read.reference.clone().into(),
            standing.title.clone().into(),
            standing.responsible.clone().unwrap_or_default().into(),
            standing.response.code().into(),
            standing.response_since.to_string().into(),
            standing.progress.code().into(),
            standing.progress_since.to_string().into(),
            reason(read).into(),
            verdict.map(str::to_owned).into(),
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

fn reason(read: &Read) -> Option<String> {
    let of_work = read.standing.progress_words.as_ref().and_then(|words| words.said.reason);
    let of_reply = read.standing.response_words.as_ref().and_then(|words| words.said.reason);
    of_work.or(of_reply).map(|reason| reason.code().to_owned())
}

/// The last happenings, with their sentences ready to be shown.
async fn latest(tx: &DatabaseTransaction, words: &Words, reading: &Reading) -> anyhow::Result<()> {
    let shown = reading.latest.iter().rev().filter(|entry| reading.find(&entry.subject).is_some());
    for (position, entry) in shown.take(LATEST).enumerate() {
        let title = reading.find(&entry.subject).map(|read| read.standing.title.clone());
        let (said, details, proof) = said(words, &entry.fact);
        let values = vec![
            Value::from(i64::try_from(position)?),
            entry.subject.clone().into(),
            title.unwrap_or_default().into(),
            entry.on.to_string().into(),
            entry.fact.is_silence().into(),
            what(words, entry)?.into(),
            said.into(),
            serde_json::to_string(&details)?.into(),
            proof.into(),
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

type Said = (Option<String>, Vec<String>, Option<String>);

fn said(words: &Words, fact: &Fact) -> Said {
    match fact {
        Fact::RecommendationPublished { text, .. } => (Some(text.clone()), Vec::new(), None),
        Fact::Note { words: note } => (Some(note.clone()), Vec::new(), None),
        Fact::Progress { outcome: Some(outcome), .. } => of_outcome(words, outcome),
        fact => fact.explanation().map(|said| of_explanation(words, said)).unwrap_or_default(),
    }
}

fn of_explanation(words: &Words, said: &Explanation) -> Said {
    let mut details = Vec::new();
    if let Some(reason) = said.reason {
        let reason = words.code("reason", reason.code());
        details.push(words.text("told-reason", &[("reason", reason.into())]));
    }
    for (key, value) in
        [("detail-tried", &said.tried), ("detail-who", &said.decided_by), ("detail-unblock", &said.unblock)]
    {
        details.extend(value.as_ref().map(|value| words.text(key, &[("words", value.into())])));
    }
    details.extend(said.in_our_control.map(|control| words.code("control", control.code())));
    details.push(match said.review_on {
        Some(on) => words.text("detail-look", &[("date", words.date(on).into())]),
        None => words.text("detail-final", &[]),
    });
    (Some(said.what_happened.clone()), details, None)
}

fn of_outcome(words: &Words, said: &Outcome) -> Said {
    let mut details = Vec::new();
    details
        .extend(said.noticed_by.as_ref().map(|who| words.text("detail-noticed", &[("words", who.into())])));
    if said.evidence_url.is_none() {
        details.push(words.text("detail-no-proof", &[]));
    }
    (Some(said.what_changed.clone()), details, said.evidence_url.clone())
}

async fn promises(tx: &DatabaseTransaction, reading: &Reading) -> anyhow::Result<()> {
    let mut position = 0_i64;
    for read in &reading.recommendations {
        for promise in &read.standing.promises {
            position += 1;
            let values = vec![
                position.into(),
                read.reference.clone().into(),
                read.standing.title.clone().into(),
                promise.words.clone().into(),
                promise.first_due_on.to_string().into(),
                promise.due_on.to_string().into(),
                promise.kept_on.map(|day| day.to_string()).into(),
                i64::from(promise.moves).into(),
            ];
            insert(tx, "bench_promise", values).await?;
        }
    }
    Ok(())
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
        ("explained", exact(work.explained), none()),
        ("promises_kept", exact(work.promises_kept), none()),
        ("traceable", exact(work.traceable), none()),
        ("told", share(people.told), left_out),
        ("first_feedback", (first.median_days, None), beside_first),
        ("loop_closed", share(people.loop_closed), none()),
        ("needs_met", share(people.needs_met), none()),
        ("stories_used", share(people.stories_used), none()),
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
