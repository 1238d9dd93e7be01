//! What mail servers report about messages, and addresses that messages come back from.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn bounce() -> TableCreateStatement {
    let mut table = Table::create();
    let mut id = uuid("id");
    id.primary_key();
    table.table("bounce").col(id);
    for mut column in [
        uuid("project_id"),
        uuid("participant_id"),
        uuid("message_id"),
        big_integer("at"),
        string("kind"),
        string_null("status"),
        string("digest"),
    ] {
        table.col(&mut column);
    }
    for (column, to) in
        [("project_id", "project"), ("participant_id", "participant"), ("message_id", "message")]
    {
        let mut reference = ForeignKey::create();
        reference.name(format!("fk_bounce_{column}")).from("bounce", column).to(to, "id");
        table.foreign_key(&mut reference);
    }
    table
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(bounce()).await?;
        let mut once = Index::create();
        once.name("bounce_digest").table("bounce").col("message_id").col("digest").unique();
        manager.create_index(once).await?;
        let mut of = Index::create();
        of.name("bounce_participant").table("bounce").col("participant_id").col("at");
        manager.create_index(of).await?;
        let mut kind = Index::create();
        kind.name("bounce_kind").table("bounce").col("kind").col("at");
        manager.create_index(kind).await?;
        // SQLite takes one column a statement.
        for mut column in [
            big_integer_null("bounced_at"),
            string_null("bounced_why"),
            string_null("bounced_hash"),
            big_integer_null("address_since"),
        ] {
            let add = Table::alter().table("participant").add_column(&mut column).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }
}
