//! Addresses that must not be written to again, as keyed hashes: they outlive the person's other data, so that a later
//! import does not sign anyone up again.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::{At, ProjectId, SuppressionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suppression")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SuppressionId,
    pub project_id: ProjectId,
    pub address_hash: String,
    pub why: String,
    pub at: At,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(
    tx: &impl ConnectionTrait,
    project: ProjectId,
    address_hash: &str,
    why: &str,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(SuppressionId::new()),
        project_id: Set(project),
        address_hash: Set(address_hash.to_owned()),
        why: Set(why.to_owned()),
        at: Set(at.into()),
    };
    let keep = OnConflict::columns([Column::ProjectId, Column::AddressHash]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn remove(tx: &impl ConnectionTrait, project: ProjectId, address_hash: &str) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::AddressHash.eq(address_hash))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).all(db).await
}
