//! Looking at an edition before it goes out, holding it with a reason, and letting it go.

use chrono::NaiveDate;

use super::book::Book;
use crate::app::App;
use crate::domain::event::{Fact, PROJECT};
use crate::domain::standing::Standing;
use crate::domain::words::has_words;
use crate::domain::words::{EditionState, Progress, Response};
use crate::error::{Error, Result};
use crate::store::{self, audit, edition};

/// Holds the draft that is open now. The reason is on the record.
pub async fn hold(app: &App, slug: &str, why: &str) -> Result<NaiveDate> {
    let why = why.trim();
    if !has_words(why) {
        return Err(Error::invalid("reason", "holding an edition needs a reason"));
    }
    change(app, slug, EditionState::Draft, EditionState::Held, Some(why)).await
}

/// Lets a held edition go: it is cut off and sent at its moment, or at once where that has passed.
pub async fn release(app: &App, slug: &str) -> Result<NaiveDate> {
    change(app, slug, EditionState::Held, EditionState::Draft, None).await
}

async fn change(
    app: &App,
    slug: &str,
    from: EditionState,
    to: EditionState,
    why: Option<&str>,
) -> Result<NaiveDate> {
    let project = super::project(app, slug).await?;
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let mut book = Book::open(&tx, project.id).await?;
    let Some(found) = edition::in_state(&tx, project.id, from).await?.into_iter().next() else {
        return Err(Error::refused(format!("No edition is {from} now. Nothing was changed.")));
    };
    let period = found.period_on;
    let fact = match why {
        Some(why) => Fact::EditionHeld { period, why: why.to_owned() },
        None => Fact::EditionReleased { period },
    };
    let today = book.today(now);
    book.write(&tx, now, PROJECT, today, fact).await?;
    edition::set_state(&tx, found.id, to, why).await?;
    let act = if why.is_some() { "hold an edition" } else { "release an edition" };
    audit::add(&tx, Some(project.id), now, "staff", act, &period.to_string()).await?;
    tx.commit().await?;
    Ok(period)
}

/// A recommendation that an edition would tell of without a current explanation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unexplained {
    pub reference: String,
    pub title: String,
    pub why: &'static str,
}

/// What lacks an explanation, for the convenor who looks at a draft.
pub fn unexplained(book: &Book, today: NaiveDate) -> Vec<Unexplained> {
    book.standings()
        .filter_map(|(reference, standing)| {
            let why = lacks(standing, today)?;
            Some(Unexplained { reference: reference.to_owned(), title: standing.title.clone(), why })
        })
        .collect()
}

fn lacks(standing: &Standing, today: NaiveDate) -> Option<&'static str> {
    let old = |on: NaiveDate| (today - on).num_days() >= crate::domain::silence::STALE_AFTER_DAYS as i64;
    if standing.is_overdue(today) {
        return Some("the answer is overdue");
    }
    match standing.progress {
        Progress::Stalled if standing.progress_words.as_ref().is_none_or(|words| old(words.on)) => {
            return Some("the explanation of the stall is 90 days old or older");
        }
        Progress::DoneInPart if standing.outcome.as_ref().is_none_or(|words| old(words.on)) => {
            return Some("what was done in part was told 90 days ago or earlier");
        }
        Progress::Done | Progress::Stopped | Progress::Superseded => return None,
        _ => {}
    }
    if standing.review.as_ref().is_some_and(|review| review.on < today) {
        return Some("the date of the next look has passed");
    }
    if standing.response == Response::AcceptedInPart
        && standing.response_words.as_ref().is_none_or(|words| old(words.on))
    {
        return Some("the explanation of the answer is 90 days old or older");
    }
    None
}
