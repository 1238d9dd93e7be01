//! What the record takes in by itself: a recommendation on its day of publication, and the silences of a day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use super::book::Book;
use crate::domain::event::{Fact, Learned};
use crate::domain::silence;
use crate::error::Result;
use crate::store::types::{LearningId, RecommendationId, ThemeId};
use crate::store::{learning, recommendation, theme};

/// The fact that a recommendation is public.
pub fn publication(row: &recommendation::Model) -> Result<Fact> {
    Ok(Fact::RecommendationPublished {
        translations: row.translations()?,
        title: row.title.clone(),
        text: row.text.clone(),
        audience: row.audience.clone(),
        responsible: row.responsible.clone(),
        response_due_on: row.response_due_on,
        target_on: row.target_on,
    })
}

pub async fn publish(
    tx: &impl ConnectionTrait,
    book: &mut Book,
    row: &recommendation::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    book.write(tx, now, &row.reference, row.published_on, publication(row)?).await?;
    recommendation::set_published(tx, row.id).await?;
    Ok(())
}

/// Brings the record up to date with what each published recommendation was made from. What was redacted is not said
/// again.
pub async fn tell_learnings(tx: &impl ConnectionTrait, book: &mut Book, now: DateTime<Utc>) -> Result<()> {
    let project = book.project.id;
    let mut said: HashMap<String, Option<Vec<Learned>>> = HashMap::new();
    for event in book.events().iter().filter(|event| event.kind == "learnings") {
        let learnings = event.content.as_ref().and_then(|content| content.get("learnings"));
        let read = learnings.map(|learnings| serde_json::from_value(learnings.clone()));
        said.insert(event.subject.clone(), read.transpose().map_err(anyhow::Error::new)?);
    }
    let themes: HashMap<ThemeId, String> =
        theme::in_project(tx, project).await?.into_iter().map(|theme| (theme.id, theme.title)).collect();
    let learnings: HashMap<LearningId, learning::Model> =
        learning::in_project(tx, project).await?.into_iter().map(|row| (row.id, row)).collect();
    let published: Vec<recommendation::Model> =
        recommendation::in_project(tx, project).await?.into_iter().filter(|row| row.published).collect();
    let mut of: HashMap<RecommendationId, Vec<&learning::Model>> = HashMap::new();
    let ids = published.iter().map(|row| row.id).collect();
    for link in recommendation::learnings_in(tx, ids).await? {
        if let Some(learning) = learnings.get(&link.learning_id) {
            of.entry(link.recommendation_id).or_default().push(learning);
        }
    }
    let today = book.today(now);
    for row in published {
        let mut theirs = of.remove(&row.id).unwrap_or_default();
        theirs.sort_by(|a, b| a.reference.cmp(&b.reference));
        let learnings: Vec<Learned> = theirs
            .into_iter()
            .map(|learning| Learned {
                text: learning.text.clone(),
                theme: learning.theme_id.and_then(|id| themes.get(&id).cloned()),
            })
            .collect();
        let is_said = match said.get(&row.reference) {
            None => learnings.is_empty(),
            Some(None) => true,
            Some(Some(before)) => *before == learnings,
        };
        if !is_said {
            book.write(tx, now, &row.reference, today, Fact::Learnings { learnings }).await?;
        }
    }
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
