//! The rows of the sheet `acts`: what participants did, and what waits for its date. They write no event to the record.

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::types::{ActId, ParticipantId, ProjectId, StoryId};
use crate::domain::words::{ActKind, RowState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ActId,
    pub project_id: ProjectId,
    pub participant_id: ParticipantId,
    pub key: String,
    pub on: NaiveDate,
    pub position: i32,
    pub kind: ActKind,
    pub story_id: Option<StoryId>,
    pub value: Option<String>,
    pub state: RowState,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn keys(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).all(db).await
}

pub async fn pending_until(
    db: &impl ConnectionTrait,
    project: ProjectId,
    day: NaiveDate,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(RowState::Pending))
        .filter(Column::On.lte(day))
        .order_by_asc(Column::On)
        .order_by_asc(Column::Position)
        .all(db)
        .await
}

pub async fn insert(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<(), DbErr> {
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn set_state(tx: &impl ConnectionTrait, id: ActId, state: RowState) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A withdrawn story leaves no trace of whose it was.
pub async fn forget_story(tx: &impl ConnectionTrait, story: StoryId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::StoryId, Expr::value(Option::<StoryId>::None))
        .filter(Column::StoryId.eq(story))
        .exec(tx)
        .await?;
    Ok(())
}
