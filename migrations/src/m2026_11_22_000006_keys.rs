//! The keys that an instance knows, by a value that says nothing about them, and the processes that run beside each other
//! with the keys that each of them holds.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn keyed(name: &'static str, mut key: ColumnDef, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).col(key.primary_key());
    for mut column in columns {
        table.col(&mut column);
    }
    table
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = keyed("key", integer("number"), vec![string("id"), string("state"), big_integer("since")]);
        manager.create_table(key).await?;
        let id = Index::create().name("key_id").table("key").col("id").unique().to_owned();
        manager.create_index(id).await?;
        let replica = keyed("replica", string("id"), vec![big_integer("seen_at"), string("keys")]);
        manager.create_table(replica).await
    }
}
