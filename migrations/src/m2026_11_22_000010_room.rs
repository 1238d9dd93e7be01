//! Room on the pages of PostgreSQL for rows that are written again with each edition: one that stays on its page leaves the
//! indexes as they are. Pages that are full already get room as they are rewritten.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for (table, percent) in [("participant", 70), ("cursor", 60)] {
            let room = format!("ALTER TABLE \"{table}\" SET (fillfactor = {percent})");
            manager.get_connection().execute_unprepared(&room).await?;
        }
        Ok(())
    }
}
