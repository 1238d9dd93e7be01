//! When a letter or a script was printed last: from then on it lies with somebody, and is not told before they say so.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let printed = Table::alter().table("message").add_column(big_integer_null("printed_at")).to_owned();
        manager.alter_table(printed).await
    }
}
