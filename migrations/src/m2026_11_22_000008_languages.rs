//! The title and words of a recommendation in other languages than the project's, as JSON by language and column.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table("recommendation").add_column(text_null("translations"));
        manager.alter_table(table).await
    }
}
