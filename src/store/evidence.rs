//! Which story stands behind which recommendation. These links write no event: their timing would tell who spoke.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::sql::Sql;
use super::story;
use super::types::{EvidenceId, ParticipantId, ProjectId, RecommendationId, StoryId};
use crate::domain::words::{Consent, Direction};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    pub project_id: ProjectId,
    pub recommendation_id: RecommendationId,
    pub story_id: StoryId,
    pub direction: Direction,
    pub why: Option<String>,
    /// The last event of the record before the link was made; 0 where it is as old as the recommendation.
    pub linked_seq: i64,
    #[sea_orm(belongs_to, from = "story_id", to = "id")]
    pub story: HasOne<story::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).all(db).await
}

pub async fn of_stories(db: &impl ConnectionTrait, stories: &[StoryId]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::StoryId.is_in(stories.iter().copied())).all(db).await
}

/// A person and a recommendation that rests on a story of theirs which may be used.
#[derive(Clone, Debug, Deserialize)]
pub struct Link {
    pub participant_id: ParticipantId,
    pub recommendation_id: RecommendationId,
    /// The oldest of their links to it.
    pub linked_seq: i64,
}

/// The links of these people: their stories must not be withdrawn and must have consent.
pub async fn links_of(db: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<Vec<Link>, DbErr> {
    let mut sql = Sql::new(db, "SELECT ");
    sql.id("story.participant_id").push(" AS participant_id, ").id("evidence.recommendation_id");
    sql.push(
        " AS recommendation_id, MIN(evidence.linked_seq) AS linked_seq \
         FROM story INNER JOIN evidence ON evidence.story_id = story.id WHERE ",
    );
    sql.among("story.participant_id", people.iter().map(|id| id.0));
    sql.push(" AND story.withdrawn_at IS NULL AND story.consent IS NOT NULL");
    sql.push(" GROUP BY story.participant_id, evidence.recommendation_id");
    sql.documents(db, &["participant_id", "recommendation_id", "linked_seq"]).await
}

/// The stories behind a recommendation whose tellers agreed that they may be public, with the way they point.
pub async fn public_behind(
    db: &impl ConnectionTrait,
    recommendation: RecommendationId,
) -> Result<Vec<(Direction, story::Model)>, DbErr> {
    let rows = Entity::find()
        .find_also_related(story::Entity)
        .filter(Column::RecommendationId.eq(recommendation))
        .filter(story::Column::WithdrawnAt.is_null())
        .filter(story::Column::Consent.is_in([Consent::PublicAnonymous, Consent::PublicNamed]))
        .order_by_asc(story::Column::CodeHash)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(link, story)| Some((link.direction, story?))).collect())
}

pub async fn insert_many(tx: &impl ConnectionTrait, rows: Vec<ActiveModel>) -> Result<(), DbErr> {
    for chunk in rows.chunks(super::participant::CHUNK) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

/// The story may be used from now on: its teller joins late.
pub async fn link_from(tx: &impl ConnectionTrait, story: StoryId, seq: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LinkedSeq, Expr::value(seq))
        .filter(Column::StoryId.eq(story))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn remove_story(tx: &impl ConnectionTrait, story: StoryId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::StoryId.eq(story)).exec(tx).await?;
    Ok(())
}
