//! Told, or perhaps told: how far a person has come once a message was accepted, or its outcome cannot be known.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use crate::domain::update::{Link, Reader};
use crate::domain::words::MessageKind;
use crate::error::Result;
use crate::store::types::{At, ParticipantId, ProjectId};
use crate::store::{bounce, cursor, edition, message, participant, project, recommendation, update};

/// What a message of an update tells: up to which event, about which recommendations.
#[derive(Clone, Debug)]
pub struct Telling {
    pub project: ProjectId,
    pub participant: ParticipantId,
    pub upto: i64,
    pub period_on: NaiveDate,
    /// The day of the cut-off.
    pub told_on: NaiveDate,
    pub links: Vec<Link>,
}

/// What a message tells, as it was composed. `None` for one that is no update.
pub async fn telling(db: &impl ConnectionTrait, row: &message::Model) -> Result<Option<Telling>> {
    let (MessageKind::Update, Some(id)) = (row.kind, row.update_id) else { return Ok(None) };
    let update =
        update::find(db, id).await?.ok_or_else(|| anyhow::anyhow!("a message without its update"))?;
    let edition = edition::find(db, update.edition_id).await?;
    let edition = edition.ok_or_else(|| anyhow::anyhow!("an update without its edition"))?;
    let upto =
        edition.cutoff_seq.ok_or_else(|| anyhow::anyhow!("an update of an edition that was not cut off"))?;
    let Reader { links, .. } = update.reader()?;
    let project = project::find(db, update.project_id).await?;
    let project = project.ok_or_else(|| anyhow::anyhow!("an update without its project"))?;
    let cut_off_on = project.today(edition.cut_off_at.map_or(edition.period.utc(), At::utc))?;
    Ok(Some(Telling {
        project: update.project_id,
        participant: update.participant_id,
        upto,
        period_on: edition.period_on,
        told_on: cut_off_on,
        links,
    }))
}

/// The message was accepted: all that it told is told.
pub async fn told(tx: &impl ConnectionTrait, telling: &Telling, at: DateTime<Utc>) -> Result<()> {
    participant::set_told(tx, telling.participant, telling.upto, telling.period_on, telling.told_on, at)
        .await?;
    let cursors = cursors(tx, telling, |link| (telling.upto, link.maybe_seq, true)).await?;
    cursor::put(tx, cursors).await?;
    Ok(())
}

/// The message may have arrived: the next one tells the same again and says so.
pub async fn perhaps_told(tx: &impl ConnectionTrait, telling: &Telling) -> Result<()> {
    participant::set_maybe(tx, telling.participant, telling.upto).await?;
    let cursors = cursors(tx, telling, |link| (link.told_seq, telling.upto, link.introduced)).await?;
    cursor::put(tx, cursors).await?;
    Ok(())
}

/// A message that was accepted came back to us: what it told is not told and comes again. What a later one told comes a
/// second time, and says so. The person is locked.
pub async fn came_back(
    tx: &impl ConnectionTrait,
    row: &message::Model,
    person: &participant::Model,
) -> Result<()> {
    let (MessageKind::Update, Some(id)) = (row.kind, row.update_id) else { return Ok(()) };
    let Some(telling) = telling(tx, row).await? else { return Ok(()) };
    let update =
        update::find(tx, id).await?.ok_or_else(|| anyhow::anyhow!("a message without its update"))?;
    let back = update.reader()?;
    // Where something later was told, that may be read twice.
    let maybe = |told: i64, maybe: i64| if told > telling.upto { maybe.max(told) } else { maybe };
    let last_period = bounce::last_period(tx, person.id).await?;
    let before = participant::Before {
        told_seq: person.told_seq.min(back.told_seq),
        maybe_seq: maybe(person.told_seq, person.maybe_seq),
        told_on: person.told_on.min(back.last_told_on),
        last_period,
        first: back.first && last_period.is_none(),
    };
    participant::set_not_told(tx, person.id, before).await?;
    let recommendations = recommendation::in_project(tx, person.project_id).await?;
    let reference = |cursor: &cursor::Model| {
        recommendations.iter().find(|row| row.id == cursor.recommendation_id).map(|row| &row.reference)
    };
    let mut cursors = cursor::of(tx, &[person.id]).await?;
    for cursor in &mut cursors {
        let link = back.links.iter().find(|link| Some(&link.reference) == reference(cursor));
        let Some(link) = link else { continue };
        cursor.maybe_seq = maybe(cursor.told_seq, cursor.maybe_seq);
        cursor.told_seq = cursor.told_seq.min(link.told_seq);
        cursor.introduced &= link.introduced;
    }
    // What is composed already and has not gone out tells it too.
    for id in bounce::updates_to_come(tx, person.id).await? {
        let Some(update) = update::find(tx, id).await? else { continue };
        let mut reader = update.reader()?;
        reader.first |= before.first;
        reader.told_seq = reader.told_seq.min(before.told_seq);
        reader.maybe_seq = reader.maybe_seq.max(before.maybe_seq);
        reader.last_told_on = before.told_on;
        for link in &mut reader.links {
            let cursor = cursors.iter().find(|cursor| Some(&link.reference) == reference(cursor));
            let Some(cursor) = cursor else { continue };
            link.told_seq = link.told_seq.min(cursor.told_seq);
            link.maybe_seq = link.maybe_seq.max(cursor.maybe_seq);
            link.introduced &= cursor.introduced;
        }
        update::set_reader(tx, id, &reader).await?;
    }
    cursor::put(tx, cursors).await?;
    Ok(())
}

async fn cursors(
    tx: &impl ConnectionTrait,
    telling: &Telling,
    moved: impl Fn(&Link) -> (i64, i64, bool),
) -> Result<Vec<cursor::Model>> {
    let known = cursor::of(tx, &[telling.participant]).await?;
    let recommendations = recommendation::in_project(tx, telling.project).await?;
    let mut rows = Vec::with_capacity(telling.links.len());
    for link in &telling.links {
        let Some(row) = recommendations.iter().find(|row| row.reference == link.reference) else { continue };
        let (told_seq, maybe_seq, introduced) = moved(link);
        let before = known.iter().find(|cursor| cursor.recommendation_id == row.id);
        // A late answer about an older message never takes a person back.
        rows.push(cursor::Model {
            participant_id: telling.participant,
            recommendation_id: row.id,
            told_seq: before.map_or(told_seq, |cursor| cursor.told_seq.max(told_seq)),
            maybe_seq: before.map_or(maybe_seq, |cursor| cursor.maybe_seq.max(maybe_seq)),
            introduced: introduced || before.is_some_and(|cursor| cursor.introduced),
        });
    }
    Ok(rows)
}
