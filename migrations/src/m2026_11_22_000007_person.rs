//! A message changes its state three times on its way, and each index that holds the state, or that PostgreSQL has to keep
//! up with a row that moved, is written to each time. The one by person holds few messages for each, so that it does without
//! the state. Nobody looks for a Message-ID, and 122 random bits are unique without an index, of which each message would
//! write another page.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = Index::create().name("message_person").table("message").col("participant_id").to_owned();
        manager.create_index(person).await?;
        for unused in ["message_participant", "message_id"] {
            manager.drop_index(Index::drop().name(unused).table("message").to_owned()).await?;
        }
        Ok(())
    }
}
