//! Delivery: whether the relay is away, how fast messages leave, and the order in which they are claimed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, text_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut id = integer("id");
        id.primary_key();
        let relay = Table::create()
            .table("relay")
            .col(id)
            .col(integer("failures"))
            .col(big_integer("since"))
            .col(big_integer_null("open_until"))
            .col(text_null("why"))
            .to_owned();
        manager.create_table(relay).await?;
        let mut what = string("what");
        what.primary_key();
        let pace = Table::create().table("pace").col(what).col(big_integer("next_at")).to_owned();
        manager.create_table(pace).await?;
        // With the id, so that what falls due at one moment, as an edition does, needs no sorting.
        let claim = Index::create()
            .name("message_claim")
            .table("message")
            .col("state")
            .col("due_at")
            .col("id")
            .to_owned();
        manager.create_index(claim).await?;
        manager.drop_index(Index::drop().name("message_due").table("message").to_owned()).await
    }
}
