//! Updates: what one person gets in one edition, as how far they had been told when it was composed.

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::edition;
use super::types::{At, EditionId, ParticipantId, ProjectId, UpdateId};
use crate::domain::update::Reader;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "update")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UpdateId,
    pub project_id: ProjectId,
    pub edition_id: EditionId,
    pub participant_id: ParticipantId,
    /// A [`Reader`] as JSON.
    pub reader: String,
    pub composed_at: At,
    /// Something had happened since the person's last update.
    pub substantive: bool,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: HasOne<edition::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn reader(&self) -> anyhow::Result<Reader> {
        serde_json::from_str(&self.reader).map_err(|error| anyhow::anyhow!("a stored update: {error}"))
    }
}

/// Stores updates; one per edition and person, whoever comes first.
pub async fn insert_many(tx: &impl ConnectionTrait, rows: Vec<ActiveModel>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let keep = OnConflict::columns([Column::EditionId, Column::ParticipantId]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn these(db: &impl ConnectionTrait, ids: &[UpdateId]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

pub async fn find(db: &impl ConnectionTrait, id: UpdateId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Which of these people have an update in this edition already.
pub async fn composed_for(
    db: &impl ConnectionTrait,
    edition: EditionId,
    people: &[ParticipantId],
) -> Result<Vec<ParticipantId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ParticipantId)
        .filter(Column::EditionId.eq(edition))
        .filter(Column::ParticipantId.is_in(people.iter().copied()))
        .into_tuple()
        .all(db)
        .await
}

pub async fn of_participant(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ParticipantId.eq(participant)).all(db).await
}

/// Takes out of a person's updates that they concerned other recommendations than these.
pub async fn forget_other_links(
    tx: &impl ConnectionTrait,
    participant: ParticipantId,
    kept: &[String],
) -> anyhow::Result<()> {
    for row in of_participant(tx, participant).await? {
        let mut reader = row.reader()?;
        let before = reader.links.len();
        reader.links.retain(|link| kept.contains(&link.reference));
        if reader.links.len() == before {
            continue;
        }
        Entity::update_many()
            .col_expr(Column::Reader, Expr::value(serde_json::to_string(&reader)?))
            .filter(Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Composed anew from another reader.
pub async fn set_reader(
    tx: &impl ConnectionTrait,
    id: UpdateId,
    reader: &crate::domain::update::Reader,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::Reader, Expr::value(serde_json::to_string(reader)?))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    Entity::find().count(db).await
}
