//! Editions: one per project and moment of its schedule.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use super::types::{At, EditionId, ProjectId};
use crate::domain::words::EditionState;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EditionId,
    pub project_id: ProjectId,
    /// The moment of the schedule that it belongs to.
    pub period: At,
    /// The day of that moment in the project's zone.
    pub period_on: NaiveDate,
    pub state: EditionState,
    /// The last event that it covers, once it is cut off.
    pub cutoff_seq: Option<i64>,
    pub held_why: Option<String>,
    pub opened_at: At,
    pub cut_off_at: Option<At>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Opens the draft of a period, once.
pub async fn open(
    tx: &impl ConnectionTrait,
    project: ProjectId,
    period: DateTime<Utc>,
    period_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(EditionId::new()),
        project_id: Set(project),
        period: Set(period.into()),
        period_on: Set(period_on),
        state: Set(EditionState::Draft),
        cutoff_seq: Set(None),
        held_why: Set(None),
        opened_at: Set(at.into()),
        cut_off_at: Set(None),
    };
    let keep = OnConflict::columns([Column::ProjectId, Column::Period]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn of_period(
    db: &impl ConnectionTrait,
    project: ProjectId,
    period: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Period.eq(At::from(period)))
        .one(db)
        .await
}

pub async fn find(db: &impl ConnectionTrait, id: EditionId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Holds the row until the transaction ends.
pub async fn lock(tx: &impl ConnectionTrait, id: EditionId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(tx).await
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Period).all(db).await
}

pub async fn in_state(
    db: &impl ConnectionTrait,
    project: ProjectId,
    state: EditionState,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(state))
        .order_by_asc(Column::Period)
        .all(db)
        .await
}

/// Drafts and held editions that a later one overtakes.
pub async fn skip_before(tx: &impl ConnectionTrait, project: ProjectId, period: At) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(EditionState::Skipped))
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Period.lt(period))
        .filter(Column::State.is_in([EditionState::Draft, EditionState::Held, EditionState::CutOff]))
        .exec(tx)
        .await?;
    Ok(())
}

/// Drafts and held editions that will not be sent any more, all or those with moments up to `until`.
pub async fn skip_open(
    tx: &impl ConnectionTrait,
    project: ProjectId,
    until: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(EditionState::Skipped))
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.is_in([EditionState::Draft, EditionState::Held]));
    if let Some(until) = until {
        update = update.filter(Column::Period.lte(At::from(until)));
    }
    update.exec(tx).await?;
    Ok(())
}

pub async fn cut_off(
    tx: &impl ConnectionTrait,
    id: EditionId,
    seq: i64,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(EditionState::CutOff))
        .col_expr(Column::CutoffSeq, Expr::value(seq))
        .col_expr(Column::CutOffAt, Expr::value(At::from(at)))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn set_state(
    tx: &impl ConnectionTrait,
    id: EditionId,
    state: EditionState,
    held_why: Option<&str>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::HeldWhy, Expr::value(held_why))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
