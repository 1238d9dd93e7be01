//! What an operator watches is counted by indexes. They hold few rows, so that sending writes to them seldom: what waits and
//! what was accepted is counted by the index that sending itself uses.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Both databases have partial indexes, in the same words; they are used where a query repeats the condition.
        for sql in [
            "CREATE INDEX message_retried ON message (attempts) WHERE attempts > 1",
            "CREATE INDEX message_by_hand ON message (state) WHERE channel <> 'email'",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
