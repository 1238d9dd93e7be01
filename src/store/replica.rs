//! The processes that do the work of an instance, when each was last seen, and which keys it holds.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::At;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "replica")]
pub struct Model {
    /// The name under which it claims messages.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub seen_at: At,
    /// The numbers of its keys, between commas.
    pub keys: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn holds(&self, key: i32) -> bool {
        self.keys.split(',').any(|number| number.parse() == Ok(key))
    }
}

/// One that was not seen for this long has ended, or counts as if it had. It says that it is there every minute, and
/// clocks may be apart by a minute and a half.
fn gone_after() -> Duration {
    Duration::minutes(5)
}

pub async fn seen(tx: &impl ConnectionTrait, id: &str, keys: &[i32], at: DateTime<Utc>) -> Result<(), DbErr> {
    let keys: Vec<String> = keys.iter().map(i32::to_string).collect();
    let row = ActiveModel { id: Set(id.to_owned()), seen_at: Set(at.into()), keys: Set(keys.join(",")) };
    let renew = OnConflict::column(Column::Id).update_columns([Column::SeenAt, Column::Keys]).to_owned();
    Entity::insert(row).on_conflict(renew).exec_without_returning(tx).await?;
    Entity::delete_many().filter(Column::SeenAt.lt(At::from(at - Duration::days(1)))).exec(tx).await?;
    Ok(())
}

pub async fn gone(tx: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(id.to_owned()).exec(tx).await?;
    Ok(())
}

/// Those that run, as far as anybody can tell.
pub async fn present(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::SeenAt.gt(At::from(now - gone_after()))).all(db).await
}
