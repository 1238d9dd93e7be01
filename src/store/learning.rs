//! Learnings: what the themes taught, and what the recommendations rest on beside the stories.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::types::{LearningId, ProjectId, ThemeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learning")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LearningId,
    pub project_id: ProjectId,
    pub reference: String,
    pub theme_id: Option<ThemeId>,
    pub text: String,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Reference).all(db).await
}

pub async fn insert(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.insert(tx).await
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}
