//! Names and addresses, sealed row by row, apart from everything that people said.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockBehavior, LockType, OnConflict};
use sea_orm::{QueryOrder, QuerySelect};

use super::types::{ParticipantId, ProjectId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vault")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub participant_id: ParticipantId,
    pub project_id: ProjectId,
    pub sealed: Vec<u8>,
    /// Keyed, so that the same address is found again without being read.
    pub address_hash: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn put(tx: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    for chunk in rows.chunks(super::participant::CHUNK) {
        let rows = chunk.iter().map(|row| ActiveModel {
            participant_id: Set(row.participant_id),
            project_id: Set(row.project_id),
            sealed: Set(row.sealed.clone()),
            address_hash: Set(row.address_hash.clone()),
        });
        let replace = OnConflict::column(Column::ParticipantId)
            .update_columns([Column::Sealed, Column::AddressHash])
            .to_owned();
        Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    }
    Ok(())
}

pub async fn find(db: &impl ConnectionTrait, id: ParticipantId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn of(db: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ParticipantId.is_in(people.iter().copied())).all(db).await
}

/// The rows that follow `after` in the order of their keys.
pub async fn page(
    db: &impl ConnectionTrait,
    after: Option<ParticipantId>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut rows = Entity::find().order_by_asc(Column::ParticipantId).limit(most);
    if let Some(after) = after {
        rows = rows.filter(Column::ParticipantId.gt(after));
    }
    rows.all(db).await
}

/// Of these rows, those that nobody else is writing, held until the transaction ends.
pub async fn hold(tx: &impl ConnectionTrait, of: &[ParticipantId]) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ParticipantId.is_in(of.iter().copied()))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await
}
