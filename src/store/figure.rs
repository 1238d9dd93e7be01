//! How far each figure about people had come when it last moved. Exact, and for no eyes but the instance's own.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::ProjectId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: ProjectId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub basis: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn bases(db: &impl ConnectionTrait, project: ProjectId) -> Result<BTreeMap<String, i64>, DbErr> {
    let rows = Entity::find().filter(Column::ProjectId.eq(project)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.basis)).collect())
}

/// Keeps the bases as they are now; none is ever taken away.
pub async fn keep(
    tx: &impl ConnectionTrait,
    project: ProjectId,
    bases: &BTreeMap<String, i64>,
) -> Result<(), DbErr> {
    let rows: Vec<ActiveModel> = bases
        .iter()
        .map(|(name, basis)| ActiveModel {
            project_id: Set(project),
            name: Set(name.clone()),
            basis: Set(*basis),
        })
        .collect();
    for chunk in rows.chunks(super::participant::CHUNK) {
        let put =
            OnConflict::columns([Column::ProjectId, Column::Name]).update_column(Column::Basis).to_owned();
        Entity::insert_many(chunk.to_vec()).on_conflict(put).exec_without_returning(tx).await?;
    }
    Ok(())
}
