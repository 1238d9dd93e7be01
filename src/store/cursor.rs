//! How far each person was told about each recommendation that rests on their story.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde::{Deserialize, Serialize};

use super::sql::{Kind, Sql};
use super::types::{ParticipantId, RecommendationId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "cursor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub participant_id: ParticipantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub recommendation_id: RecommendationId,
    pub told_seq: i64,
    pub maybe_seq: i64,
    pub introduced: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// A row as both databases write it in JSON; SQLite has numbers for yes and no.
#[derive(Deserialize)]
struct Place {
    participant_id: ParticipantId,
    recommendation_id: RecommendationId,
    told_seq: i64,
    maybe_seq: i64,
    introduced: i64,
}

pub async fn of(db: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<Vec<Model>, DbErr> {
    let mut sql = Sql::new(db, "SELECT ");
    sql.id("participant_id").push(" AS participant_id, ").id("recommendation_id");
    sql.push(" AS recommendation_id, told_seq, maybe_seq, CAST(introduced AS integer) AS introduced FROM cursor WHERE ");
    sql.among("cursor.participant_id", people.iter().map(|id| id.0));
    let columns = ["participant_id", "recommendation_id", "told_seq", "maybe_seq", "introduced"];
    let found: Vec<Place> = sql.documents(db, &columns).await?;
    Ok(found
        .into_iter()
        .map(|place| Model {
            participant_id: place.participant_id,
            recommendation_id: place.recommendation_id,
            told_seq: place.told_seq,
            maybe_seq: place.maybe_seq,
            introduced: place.introduced != 0,
        })
        .collect())
}

/// Stores cursors as they are now.
pub async fn put(tx: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| ActiveModel {
        participant_id: Set(row.participant_id),
        recommendation_id: Set(row.recommendation_id),
        told_seq: Set(row.told_seq),
        maybe_seq: Set(row.maybe_seq),
        introduced: Set(row.introduced),
    });
    let replace = OnConflict::columns([Column::ParticipantId, Column::RecommendationId])
        .update_columns([Column::ToldSeq, Column::MaybeSeq, Column::Introduced])
        .to_owned();
    Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes people on to these places. A late answer about an older message never takes anybody back. No place may be there
/// twice.
pub async fn advance(tx: &impl ConnectionTrait, rows: &[Model]) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        tx,
        "INSERT INTO cursor (participant_id, recommendation_id, told_seq, maybe_seq, introduced) \
         SELECT participant_id, recommendation_id, told_seq, maybe_seq, introduced FROM ",
    );
    sql.records(
        rows,
        &[
            ("participant_id", Kind::Id),
            ("recommendation_id", Kind::Id),
            ("told_seq", Kind::Whole),
            ("maybe_seq", Kind::Whole),
            ("introduced", Kind::Flag),
        ],
        "come",
    )?;
    let greater = |column: &str| {
        format!(
            "{column} = CASE WHEN excluded.{column} > cursor.{column} THEN excluded.{column} ELSE cursor.{column} END, "
        )
    };
    // SQLite needs a condition here, so that the words that follow are not read as those of a join.
    sql.push(" WHERE true ON CONFLICT (participant_id, recommendation_id) DO UPDATE SET ");
    sql.push(&greater("told_seq")).push(&greater("maybe_seq"));
    sql.push("introduced = cursor.introduced OR excluded.introduced");
    sql.run(tx).await?;
    Ok(())
}

/// Drops the cursors of a person for all recommendations but these.
pub async fn forget_others(
    tx: &impl ConnectionTrait,
    participant: ParticipantId,
    kept: &[RecommendationId],
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::ParticipantId.eq(participant))
        .filter(Column::RecommendationId.is_not_in(kept.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}
