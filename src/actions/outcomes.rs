//! Recording what was answered, done, promised or noted about a recommendation.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, IntoActiveModel};

use super::book::Book;
use crate::app::App;
use crate::domain::event::Fact;
use crate::domain::history::{Act, cells_of, corrected_fields, translations_of};
use crate::domain::status::{self, Demand};
use crate::domain::words::{Response, RowState};
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::store::types::{HistoryId, ProjectId, RecommendationId};
use crate::store::{self, history, recommendation};

/// What `hearback log` did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logged {
    Recorded {
        seq: i64,
    },
    /// The same row stood in the record with other words; a correction says so.
    Corrected {
        seq: i64,
    },
    /// It waits for its day.
    Waits {
        on: NaiveDate,
    },
    Unchanged,
}

/// Records one act of a convenor. Said again in another language, the same words keep those in which they were said before.
pub async fn record_outcome(app: &App, slug: &str, mut act: Act) -> Result<Logged> {
    let project = super::project(app, slug).await?;
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    let found = recommendation::by_reference(&tx, project.id, &act.recommendation).await?;
    let row = found.ok_or_else(|| Error::not_found(format!("A recommendation {:?}", act.recommendation)))?;
    keep_languages(&tx, &app.keys, &book, &mut act).await?;
    let logged = take(&tx, &app.keys, &mut book, row.id, &act, i32::MAX, now).await?;
    tx.commit().await?;
    Ok(logged)
}

async fn keep_languages(tx: &impl ConnectionTrait, keys: &Keys, book: &Book, act: &mut Act) -> Result<()> {
    let (keys, _) = marks(keys, book.project.id, act);
    let Some(row) = history::by_key(tx, book.project.id, &keys).await? else { return Ok(()) };
    if let Some(seq) = row.seq {
        if let Some(entry) = book.fact(seq)? {
            act.keep_languages(&cells_of(&entry.fact), &translations_of(&entry.fact));
        }
    } else if let Some(before) = row.act()? {
        act.keep_languages(&before.cells(), &before.translations);
    }
    Ok(())
}

/// The key and the digest of a row under the keys of this instance, the current one first: they stay when its words must
/// go.
pub fn marks(keys: &Keys, project: ProjectId, act: &Act) -> (Vec<String>, Vec<String>) {
    let mark = |digest: String| keys.row_hashes(project.0.as_bytes(), &digest);
    (mark(act.key()), mark(act.digest()))
}

/// Takes in a row of history: it is recorded, corrects what stands there, waits for its day, or changes nothing.
pub async fn take(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    book: &mut Book,
    recommendation: RecommendationId,
    act: &Act,
    position: i32,
    now: DateTime<Utc>,
) -> Result<Logged> {
    let (keys, digests) = marks(keys, book.project.id, act);
    let known = history::by_key(tx, book.project.id, &keys).await?;
    let first = |hashes: Vec<String>| hashes.into_iter().next().context("there is always a current key");
    match known {
        Some(row) if digests.contains(&row.digest) => Ok(Logged::Unchanged),
        Some(row) => change(tx, book, row, act, first(digests)?, now).await,
        None => {
            let logged = add(tx, book, act, now).await?;
            let waits = matches!(logged, Logged::Waits { .. });
            let row = history::ActiveModel {
                id: Set(HistoryId::new()),
                project_id: Set(book.project.id),
                recommendation_id: Set(recommendation),
                key: Set(first(keys)?),
                digest: Set(first(digests)?),
                on: Set(act.on),
                position: Set(position),
                act: Set(if waits { Some(as_text(act)?) } else { None }),
                state: Set(if waits { RowState::Pending } else { RowState::Applied }),
                seq: Set(if let Logged::Recorded { seq } = logged { Some(seq) } else { None }),
                why: Set(None),
            };
            history::insert(tx, row).await?;
            Ok(logged)
        }
    }
}

async fn add(tx: &impl ConnectionTrait, book: &mut Book, act: &Act, now: DateTime<Utc>) -> Result<Logged> {
    if act.on > book.today(now) {
        return Ok(Logged::Waits { on: act.on });
    }
    Ok(Logged::Recorded { seq: record(tx, book, act, now).await? })
}

async fn change(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    row: history::Model,
    act: &Act,
    digest: String,
    now: DateTime<Utc>,
) -> Result<Logged> {
    let applied = row.seq;
    let mut row = row.into_active_model();
    row.digest = Set(digest);
    let logged = match applied {
        // Not in the record yet: the row that waits is replaced.
        None => {
            row.act = Set(Some(as_text(act)?));
            row.state = Set(RowState::Pending);
            row.why = Set(None);
            Logged::Waits { on: act.on }
        }
        Some(seq) => match correct(tx, book, seq, act, now).await? {
            Some(seq) => Logged::Corrected { seq },
            None => Logged::Unchanged,
        },
    };
    history::save(tx, row).await?;
    Ok(logged)
}

/// Decides what an act means where the recommendation stands now, and writes it.
async fn record(tx: &impl ConnectionTrait, book: &mut Book, act: &Act, now: DateTime<Utc>) -> Result<i64> {
    let standing = book.standing(&act.recommendation).ok_or_else(|| {
        Error::refused(format!("{} is not published yet. Nothing was saved.", act.recommendation))
    })?;
    let fact = status::decide(standing, act)?;
    book.write(tx, now, &act.recommendation, act.on, fact).await
}

/// A correction changes the words of an event, never what it did: a promise's date is moved by an event of its own.
async fn correct(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    seq: i64,
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let Some(entry) = book.fact(seq)? else {
        return Err(Error::Internal(anyhow::anyhow!("the record lacks event {seq}")));
    };
    if entry.redacted {
        return Err(Error::refused(
            "These words were removed for legal reasons and cannot be changed. Nothing was saved.",
        ));
    }
    let corrected = corrected(&entry.fact, act)?;
    let fields = corrected_fields(&entry.fact, &corrected);
    if fields.is_empty() {
        return Ok(None);
    }
    let today = book.today(now);
    let fact = Fact::Correction { corrects: seq, fields };
    book.write(tx, now, &act.recommendation, today, fact).await.map(Some)
}

fn corrected(old: &Fact, act: &Act) -> Result<Fact> {
    // What was explained stays explained, and what a state demands stays demanded.
    let demand = match old {
        Fact::Response { response, .. } => status::response_demand(Response::Awaiting, *response),
        Fact::Progress { progress, from, .. } => status::progress_demand(*from, *progress),
        _ => Demand::Nothing,
    };
    let demand = match demand {
        Demand::Nothing if old.explanation().is_some() => Demand::Words,
        Demand::Outcome => Demand::Nothing,
        demand => demand,
    };
    let words = status::words_of(act, demand)?;
    Ok(match old {
        Fact::Response { response, .. } => Fact::Response {
            response: *response,
            decided_by: status::decided_by(act, words.as_ref()),
            explanation: words,
        },
        Fact::Progress { progress, from, outcome: Some(_), .. } => Fact::Progress {
            progress: *progress,
            from: *from,
            explanation: None,
            outcome: Some(status::outcome_of(act)?),
        },
        Fact::Progress { progress, from, .. } => {
            Fact::Progress { progress: *progress, from: *from, explanation: words, outcome: None }
        }
        Fact::Target { target_on, from, .. } => {
            Fact::Target { target_on: *target_on, from: *from, explanation: words }
        }
        Fact::Promise { promise, due_on, .. } => {
            same_date(*due_on, act)?;
            Fact::Promise { promise: promise.clone(), due_on: *due_on, explanation: words }
        }
        Fact::PromiseMoved { promise, due_on, from, explanation } => {
            same_date(*due_on, act)?;
            let explanation = words.unwrap_or_else(|| explanation.clone());
            Fact::PromiseMoved { promise: promise.clone(), due_on: *due_on, from: *from, explanation }
        }
        Fact::PromiseKept { promise, .. } => {
            Fact::PromiseKept { promise: promise.clone(), evidence_url: act.evidence_url.clone() }
        }
        other => other.clone(),
    })
}

fn same_date(due_on: NaiveDate, act: &Act) -> Result<()> {
    if act.due_on.is_some_and(|given| given != due_on) {
        return Err(Error::invalid(
            "due_on",
            format!("this promise was made for {due_on}; the first date never changes, use promise_moved"),
        ));
    }
    Ok(())
}

fn as_text(act: &Act) -> Result<String> {
    Ok(serde_json::to_string(act).map_err(anyhow::Error::new)?)
}

/// Applies a row whose day has come. A row that no longer fits what the record says is set aside with the reason.
pub async fn apply_waiting(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    row: history::Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    let Some(act) = row.act()? else {
        return Err(Error::Internal(anyhow::anyhow!("a waiting row of history has no words")));
    };
    let mut row = row.into_active_model();
    let applied = match record(tx, book, &act, now).await {
        Ok(seq) => {
            row.seq = Set(Some(seq));
            row.act = Set(None);
            row.state = Set(RowState::Applied);
            true
        }
        Err(Error::Internal(error)) => return Err(Error::Internal(error)),
        Err(refusal) => {
            row.state = Set(RowState::Refused);
            row.why = Set(Some(refusal.to_string()));
            false
        }
    };
    history::save(tx, row).await?;
    Ok(applied)
}
