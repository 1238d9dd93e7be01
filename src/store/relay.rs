//! Whether the relay is away, for all replicas together. While it is, nobody's messages are tried, and none loses an
//! attempt; one sender at a time looks whether it is back.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::At;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relay")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// How often in a row it was away.
    pub failures: i32,
    /// Since when.
    pub since: At,
    /// Nobody looks before this moment.
    pub open_until: Option<At>,
    /// What was said last, without any address.
    pub why: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// There is one relay.
const ONLY: i32 = 1;

/// Minutes until the next look, by how often it was away in a row; then the last of these.
const LOOKS: [i64; 5] = [1, 1, 2, 5, 10];

/// Whoever looks has so long before another does.
const LOOKING_MINUTES: i64 = 2;

/// What lies further ahead was written by a clock that was wrong.
const MOST_MINUTES: i64 = 15;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The relay was there when it was last spoken to.
    Clear,
    /// Nothing is tried before this moment.
    Shut(DateTime<Utc>),
    /// It was away; this caller looks whether it is back, with one message.
    Look,
}

pub async fn find(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(ONLY).one(db).await
}

/// Whether anything may be tried now. `Look` is given to one caller.
pub async fn way(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Way, DbErr> {
    let Some(row) = Entity::find_by_id(ONLY).lock_exclusive().one(tx).await? else { return Ok(Way::Clear) };
    match row.open_until {
        Some(until) if until.utc() > now && until.utc() <= now + Duration::minutes(MOST_MINUTES) => {
            Ok(Way::Shut(until.utc()))
        }
        _ => {
            set_until(tx, now + Duration::minutes(LOOKING_MINUTES)).await?;
            Ok(Way::Look)
        }
    }
}

async fn set_until(tx: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::OpenUntil, Expr::value(At::from(until)))
        .filter(Column::Id.eq(ONLY))
        .exec(tx)
        .await?;
    Ok(())
}

/// It was found away.
pub async fn set_away(tx: &impl ConnectionTrait, why: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(ONLY),
        failures: Set(0),
        since: Set(now.into()),
        open_until: Set(None),
        why: Set(None),
    };
    let keep = OnConflict::column(Column::Id).do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    let row = Entity::find_by_id(ONLY).lock_exclusive().one(tx).await?;
    let failures = row.map_or(0, |row| row.failures);
    let place = usize::try_from(failures).unwrap_or(usize::MAX).min(LOOKS.len() - 1);
    let until = now + Duration::minutes(LOOKS[place]);
    Entity::update_many()
        .col_expr(Column::Failures, Expr::value(failures.saturating_add(1)))
        .col_expr(Column::OpenUntil, Expr::value(At::from(until)))
        .col_expr(Column::Why, Expr::value(why))
        .filter(Column::Id.eq(ONLY))
        .exec(tx)
        .await?;
    Ok(())
}

/// It took or refused a message, so it is there.
pub async fn set_back(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    Entity::delete_by_id(ONLY).exec(tx).await?;
    Ok(())
}
