//! What the record takes in by itself: a recommendation on its day of publication, and the silences of a day.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use super::book::Book;
use crate::domain::event::Fact;
use crate::domain::silence;
use crate::error::Result;
use crate::store::recommendation;

/// The fact that a recommendation is public.
pub fn publication(row: &recommendation::Model) -> Fact {
    Fact::RecommendationPublished {
        title: row.title.clone(),
        text: row.text.clone(),
        audience: row.audience.clone(),
        responsible: row.responsible.clone(),
        response_due_on: row.response_due_on,
        target_on: row.target_on,
    }
}

pub async fn publish(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    row: &recommendation::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    book.write(tx, now, &row.reference, row.published_on, publication(row)).await?;
    recommendation::set_published(tx, row.id).await?;
    Ok(())
}

/// Writes the silences that are open on a day and were not noticed before. Returns how many.
pub async fn notice(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<usize> {
    let quiet_after_days = u32::try_from(book.project.quiet_after_days).unwrap_or(0);
    let mut found: Vec<(NaiveDate, String, Fact)> = book
        .standings()
        .flat_map(|(reference, standing)| {
            silence::open_on(standing, day, quiet_after_days)
                .into_iter()
                .map(|silence| (silence.on, reference.to_owned(), silence.fact))
        })
        .collect();
    found.sort_by(|(a, x, _), (b, y, _)| (a, x).cmp(&(b, y)));
    let count = found.len();
    for (on, reference, fact) in found {
        book.write(tx, now, &reference, on, fact).await?;
    }
    Ok(count)
}
