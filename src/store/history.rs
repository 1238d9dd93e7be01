//! The rows of the sheet `history`: which event each became, and those that wait for their date.

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::types::{HistoryId, ProjectId, RecommendationId};
use crate::domain::history::Act;
use crate::domain::words::RowState;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HistoryId,
    pub project_id: ProjectId,
    pub recommendation_id: RecommendationId,
    /// [`Act::key`] under the key of the instance.
    pub key: String,
    /// [`Act::digest`] under the key of the instance.
    pub digest: String,
    pub on: NaiveDate,
    /// The order within a day.
    pub position: i32,
    /// The row itself, as long as it waits. Afterwards its words stand in the record alone.
    pub act: Option<String>,
    pub state: RowState,
    pub seq: Option<i64>,
    /// Why a waiting row could not be applied on its day.
    pub why: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn act(&self) -> anyhow::Result<Option<Act>> {
        self.act
            .as_deref()
            .map(|text| serde_json::from_str(text).map_err(|error| anyhow::anyhow!("a waiting row: {error}")))
            .transpose()
    }
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).all(db).await
}

/// The row with this key; `keys` are its hashes under every key of the instance.
pub async fn by_key(
    db: &impl ConnectionTrait,
    project: ProjectId,
    keys: &[String],
) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).filter(Column::Key.is_in(keys)).one(db).await
}

/// Waiting rows whose day has come, in order.
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

pub async fn refused(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(RowState::Refused))
        .order_by_asc(Column::On)
        .all(db)
        .await
}

pub async fn insert(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<(), DbErr> {
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

/// Nothing of a redacted event's words may lie here either.
pub async fn forget_words(tx: &impl ConnectionTrait, project: ProjectId, seq: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Act, Expr::value(Option::<String>::None))
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Seq.eq(seq))
        .exec(tx)
        .await?;
    Ok(())
}
