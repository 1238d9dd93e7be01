//! Logos: at most one a project, small enough to lie in its row.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::ProjectId;
use crate::domain::words::LogoKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: ProjectId,
    /// Found in its bytes; the code is the media type.
    pub kind: LogoKind,
    pub bytes: Vec<u8>,
    /// For those who do not see it.
    pub description: String,
    pub width: i32,
    pub height: i32,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn find(db: &impl ConnectionTrait, project: ProjectId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(project).one(db).await
}

/// The descriptions of all logos, without the logos.
pub async fn descriptions(db: &impl ConnectionTrait) -> Result<HashMap<ProjectId, String>, DbErr> {
    let rows: Vec<(ProjectId, String)> = Entity::find()
        .select_only()
        .column(Column::ProjectId)
        .column(Column::Description)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Stores a logo instead of the one before.
pub async fn put(tx: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        project_id: Set(row.project_id),
        kind: Set(row.kind),
        bytes: Set(row.bytes),
        description: Set(row.description),
        width: Set(row.width),
        height: Set(row.height),
    };
    let replace = OnConflict::column(Column::ProjectId)
        .update_columns([Column::Kind, Column::Bytes, Column::Description, Column::Width, Column::Height])
        .to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn remove(tx: &impl ConnectionTrait, project: ProjectId) -> Result<(), DbErr> {
    Entity::delete_by_id(project).exec(tx).await?;
    Ok(())
}
