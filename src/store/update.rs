//! Updates: what one person gets in one edition, as how far they had been told when it was composed.

use chrono::{DateTime, Utc};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::edition;
use super::sql::{Kind, Sql};
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
        read(&self.reader)
    }
}

/// A reader as it is stored.
pub fn read(reader: &str) -> anyhow::Result<Reader> {
    serde_json::from_str(reader).map_err(|error| anyhow::anyhow!("a stored update: {error}"))
}

/// An update that is made for somebody.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub id: UpdateId,
    pub participant_id: ParticipantId,
    pub reader: Reader,
    pub substantive: bool,
}

/// Stores updates of an edition; one per person, whoever comes first.
pub async fn insert_many(
    tx: &impl ConnectionTrait,
    project: ProjectId,
    edition: EditionId,
    at: DateTime<Utc>,
    rows: &[New],
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        tx,
        r#"INSERT INTO "update" (id, project_id, edition_id, participant_id, reader, composed_at, substantive) SELECT id, "#,
    );
    sql.value(project).push(", ").value(edition).push(", participant_id, reader, ").value(At::from(at));
    sql.push(", substantive FROM ").records(
        rows,
        &[
            ("id", Kind::Id),
            ("participant_id", Kind::Id),
            ("reader", Kind::Text),
            ("substantive", Kind::Flag),
        ],
        "new",
    )?;
    sql.push(" WHERE true ON CONFLICT (edition_id, participant_id) DO NOTHING");
    sql.run(tx).await?;
    Ok(())
}

pub async fn find(db: &impl ConnectionTrait, id: UpdateId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Who of the people from `first` to `last`, in the order of their ids, has an update in this edition already.
pub async fn composed_between(
    db: &impl ConnectionTrait,
    edition: EditionId,
    first: ParticipantId,
    last: ParticipantId,
) -> Result<Vec<ParticipantId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ParticipantId)
        .filter(Column::EditionId.eq(edition))
        .filter(Column::ParticipantId.between(first, last))
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
