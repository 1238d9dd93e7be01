//! One row about this database: whether time may be moved by hand, which key it belongs to, and its last tick.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::At;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Made with `--at` or by the demo: the clock is moved by hand and mail goes to files.
    pub time_travel: bool,
    /// The last time at which something was written, on a database where time is moved by hand.
    pub last_time: At,
    pub key_check: Option<String>,
    pub ticked_at: Option<At>,
}

impl ActiveModelBehavior for ActiveModel {}

const ONLY: i32 = 1;

pub async fn find(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(ONLY).one(db).await
}

/// Marks a new database. The mark is set once: a second call changes nothing.
pub async fn mark(db: &impl ConnectionTrait, time_travel: bool, at: DateTime<Utc>) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(ONLY),
        time_travel: Set(time_travel),
        last_time: Set(at.into()),
        key_check: Set(None),
        ticked_at: Set(None),
    };
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn set_last_time(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<(), DbErr> {
    let at = At::from(at);
    Entity::update_many()
        .col_expr(Column::LastTime, Expr::value(at))
        .filter(Column::Id.eq(ONLY))
        .filter(Column::LastTime.lt(at))
        .exec(db)
        .await?;
    Ok(())
}

/// Ties the database to a key, once. Returns whether this call did it.
pub async fn set_key_check(db: &impl ConnectionTrait, check: &str) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::KeyCheck, Expr::value(check))
        .filter(Column::Id.eq(ONLY))
        .filter(Column::KeyCheck.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Another key is the current one from now on.
pub async fn turn_key_check(tx: &impl ConnectionTrait, check: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::KeyCheck, Expr::value(check))
        .filter(Column::Id.eq(ONLY))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn set_ticked(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::TickedAt, Expr::value(At::from(at)))
        .filter(Column::Id.eq(ONLY))
        .exec(db)
        .await?;
    Ok(())
}
