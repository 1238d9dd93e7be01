//! What an operator looks at: the messages that wait and those that came to an end are counted without reading the table.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Both databases have partial indexes, in the same words.
        for sql in [
            "CREATE INDEX message_waiting ON message (state, due_at) WHERE finished_at IS NULL",
            "CREATE INDEX message_ended ON message (state, channel, attempts) WHERE finished_at IS NOT NULL",
            "CREATE INDEX message_update ON message (update_id)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
