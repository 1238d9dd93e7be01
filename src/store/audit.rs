//! Who did what in private: vault access, consent, exports. Only appended to; never an address, token or story.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::types::{At, AuditId, ProjectId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    pub project_id: Option<ProjectId>,
    pub at: At,
    pub actor: String,
    pub act: String,
    pub about: String,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(
    tx: &impl ConnectionTrait,
    project: Option<ProjectId>,
    at: DateTime<Utc>,
    actor: &str,
    act: &str,
    about: &str,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(AuditId::new()),
        project_id: Set(project),
        at: Set(at.into()),
        actor: Set(actor.to_owned()),
        act: Set(act.to_owned()),
        about: Set(about.to_owned()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    use sea_orm::QueryOrder;
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Id).all(db).await
}
