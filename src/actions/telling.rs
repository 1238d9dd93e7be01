//! Told, or perhaps told: how far people have come once messages were accepted, or their outcome cannot be known.

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use crate::domain::update::Link;
use crate::domain::words::MessageKind;
use crate::error::Result;
use crate::store::types::{At, ParticipantId, RecommendationId};
use crate::store::{bounce, cursor, edition, message, participant, project, recommendation, update};

/// What a message of an update tells: up to which event, about which recommendations.
#[derive(Clone, Debug)]
pub struct Telling {
    pub participant: ParticipantId,
    pub upto: i64,
    pub period_on: NaiveDate,
    /// The day of the cut-off.
    pub told_on: NaiveDate,
    /// How far the person had come with each recommendation before it.
    links: Vec<cursor::Model>,
}

impl Telling {
    pub fn new<'a>(
        project: &project::Model,
        edition: &edition::Model,
        participant: ParticipantId,
        links: impl Iterator<Item = (RecommendationId, &'a Link)>,
    ) -> anyhow::Result<Self> {
        let upto =
            edition.cutoff_seq.ok_or_else(|| anyhow!("an update of an edition that was not cut off"))?;
        let told_on = project.today(edition.cut_off_at.map_or(edition.period.utc(), At::utc))?;
        let links = links.map(|(recommendation_id, link)| cursor::Model {
            participant_id: participant,
            recommendation_id,
            told_seq: link.told_seq,
            maybe_seq: link.maybe_seq,
            introduced: link.introduced,
        });
        Ok(Telling { participant, upto, period_on: edition.period_on, told_on, links: links.collect() })
    }
}

/// What a message tells, as it was composed. `None` for one that is no update.
pub async fn telling(db: &impl ConnectionTrait, row: &message::Model) -> Result<Option<Telling>> {
    let (MessageKind::Update, Some(id)) = (row.kind, row.update_id) else { return Ok(None) };
    let update = update::find(db, id).await?.ok_or_else(|| anyhow!("a message without its update"))?;
    let edition = edition::find(db, update.edition_id).await?;
    let edition = edition.ok_or_else(|| anyhow!("an update without its edition"))?;
    let project = project::find(db, update.project_id).await?;
    let project = project.ok_or_else(|| anyhow!("an update without its project"))?;
    let recommendations = recommendation::in_project(db, update.project_id).await?;
    let reader = update.reader()?;
    let links = reader.links.iter().filter_map(|link| {
        let row = recommendations.iter().find(|row| row.reference == link.reference)?;
        Some((row.id, link))
    });
    Ok(Some(Telling::new(&project, &edition, update.participant_id, links)?))
}

/// These messages were accepted: all that they told is told. Whoever calls this has locked the people.
pub async fn told(tx: &impl ConnectionTrait, tellings: &[&Telling], at: DateTime<Utc>) -> Result<()> {
    let mut rest: Vec<&Telling> = tellings.to_vec();
    rest.sort_by_key(|telling| (telling.upto, telling.period_on, telling.told_on, telling.participant));
    let alike =
        |a: &&Telling, b: &&Telling| (a.upto, a.period_on, a.told_on) == (b.upto, b.period_on, b.told_on);
    for group in rest.chunk_by(alike) {
        let ids: Vec<ParticipantId> = group.iter().map(|telling| telling.participant).collect();
        let first = group[0];
        participant::set_told(tx, &ids, first.upto, first.period_on, first.told_on, at).await?;
    }
    let cursors = moved(tellings, |telling, cursor| cursor::Model {
        // Whoever was linked after the cut-off was never owed what lies between.
        told_seq: telling.upto.max(cursor.told_seq),
        introduced: true,
        ..cursor
    });
    cursor::advance(tx, &cursors).await?;
    Ok(())
}

/// These messages may have arrived: the next ones tell the same again and say so.
pub async fn perhaps_told(tx: &impl ConnectionTrait, tellings: &[&Telling]) -> Result<()> {
    for telling in tellings {
        participant::set_maybe(tx, telling.participant, telling.upto).await?;
    }
    let cursors = moved(tellings, |telling, cursor| cursor::Model { maybe_seq: telling.upto, ..cursor });
    cursor::advance(tx, &cursors).await?;
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

/// In the order of their keys, and each once: one statement cannot take a row twice.
fn moved(tellings: &[&Telling], by: impl Fn(&Telling, cursor::Model) -> cursor::Model) -> Vec<cursor::Model> {
    let mut rows: Vec<cursor::Model> = tellings
        .iter()
        .flat_map(|telling| telling.links.iter().map(|cursor| by(telling, cursor.clone())))
        .collect();
    rows.sort_by_key(|row| (row.participant_id, row.recommendation_id));
    rows.dedup_by(|later, first| {
        let same = (later.participant_id, later.recommendation_id)
            == (first.participant_id, first.recommendation_id);
        if same {
            first.told_seq = first.told_seq.max(later.told_seq);
            first.maybe_seq = first.maybe_seq.max(later.maybe_seq);
            first.introduced |= later.introduced;
        }
        same
    });
    rows
}
