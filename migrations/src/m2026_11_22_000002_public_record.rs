//! The public record: who may see a project and in which colours, how far figures about people have moved, and the
//! counter that pages are kept by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, integer, string, string_null, text, text_null, uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

async fn add(manager: &SchemaManager<'_>, table: &'static str, columns: Vec<ColumnDef>) -> Result<(), DbErr> {
    // SQLite takes one column a statement.
    for mut column in columns {
        manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
    }
    Ok(())
}

fn with_default(mut column: ColumnDef, value: impl Into<Value>) -> ColumnDef {
    column.default(value.into());
    column
}

/// A table whose rows belong to a project and have a key of their own beside it.
fn of_project(name: &'static str, keys: &[&'static str], columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).col(uuid("project_id"));
    for mut column in columns {
        table.col(&mut column);
    }
    let mut primary = Index::create();
    for key in keys {
        primary.col(*key);
    }
    let mut reference = ForeignKey::create();
    reference.name(format!("fk_{name}_project_id")).from(name, "project_id").to("project", "id");
    table.primary_key(&mut primary).foreign_key(&mut reference);
    table
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let project = vec![
            with_default(string("visibility"), "private"),
            string_null("link_id"),
            text_null("brand_name"),
            string_null("brand_background"),
            string_null("brand_text"),
            with_default(string("licence"), "CC-BY-4.0"),
            with_default(big_integer("shown_changes"), 0_i64),
        ];
        add(manager, "project", project).await?;
        add(manager, "recommendation", vec![with_default(boolean("traced"), false)]).await?;
        add(manager, "update", vec![with_default(boolean("substantive"), true)]).await?;
        let logo =
            vec![string("kind"), binary("bytes"), text("description"), integer("width"), integer("height")];
        manager.create_table(of_project("logo", &["project_id"], logo)).await?;
        let figure = vec![string("name"), big_integer("basis")];
        manager.create_table(of_project("figure", &["project_id", "name"], figure)).await?;
        let link = Index::create().name("project_link").table("project").col("link_id").unique().to_owned();
        manager.create_index(link).await?;
        let mut kind = Index::create();
        kind.name("event_kind").table("event").col("project_id").col("kind").col("seq");
        manager.create_index(kind).await
    }
}
