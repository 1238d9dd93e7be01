//! The keys of the instance, by number. The keys themselves lie in a file; here is only what knows them again.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};

use super::types::At;
use crate::domain::words::KeyState;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key")]
pub struct Model {
    /// Counts from 1, in the order in which they came.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub id: String,
    pub state: KeyState,
    /// When it came into this state.
    pub since: At,
}

impl ActiveModelBehavior for ActiveModel {}

/// All of them, newest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Number).all(db).await
}

/// The same; until the transaction ends none of them changes its state.
pub async fn all_held(tx: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Number).lock_shared().all(tx).await
}

/// The same, for who is going to change a state: this waits for everybody who holds them.
pub async fn all_for_change(tx: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Number).lock_exclusive().all(tx).await
}

/// Adds a key, unless its number or the key itself is there already.
pub async fn add(
    tx: &impl ConnectionTrait,
    number: i32,
    id: &str,
    state: KeyState,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        number: Set(number),
        id: Set(id.to_owned()),
        state: Set(state),
        since: Set(since.into()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn set_state(
    tx: &impl ConnectionTrait,
    number: i32,
    state: KeyState,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Since, Expr::value(At::from(since)))
        .filter(Column::Number.eq(number))
        .exec(tx)
        .await?;
    Ok(())
}
