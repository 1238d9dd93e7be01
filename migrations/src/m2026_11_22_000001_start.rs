//! The tables of the loop: vault, stories and record lie apart from each other.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, date, date_null, integer, string, string_null, text,
    text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn table(name: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for mut column in columns {
        table.col(&mut column);
    }
    table
}

fn key(columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    for column in columns {
        index.col(*column);
    }
    index.primary();
    index
}

fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    index
}

fn reference(
    from: &'static str,
    column: &'static str,
    to: &'static str,
    to_column: &'static str,
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(format!("fk_{from}_{column}")).from(from, column).to(to, to_column);
    key
}

fn id() -> ColumnDef {
    let mut column = uuid("id");
    column.primary_key();
    column
}

fn in_project(name: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut all = vec![id(), uuid("project_id")];
    all.extend(columns);
    let mut table = table(name, all);
    table.foreign_key(&mut reference(name, "project_id", "project", "id"));
    table
}

fn tables() -> Vec<TableCreateStatement> {
    let mut instance = integer("id");
    instance.primary_key();
    vec![
        table(
            "instance",
            vec![
                instance,
                boolean("time_travel"),
                big_integer("last_time"),
                string_null("key_check"),
                big_integer_null("ticked_at"),
            ],
        ),
        table("organisation", vec![id(), string("name"), big_integer("created_at")]),
        table(
            "project",
            vec![
                id(),
                uuid("organisation_id"),
                string("slug"),
                text("title"),
                text_null("summary"),
                text("sender_name"),
                text("contact_email"),
                text_null("contact_phone"),
                string("language"),
                string("timezone"),
                string("schedule"),
                integer("review_days"),
                integer("response_due_days"),
                integer("quiet_after_days"),
                text_null("quiet_times"),
                boolean("neutral_subjects"),
                text_null("support_contact"),
                text_null("concern_person"),
                string("state"),
                big_integer_null("started_at"),
                big_integer_null("editions_after"),
                text_null("paused_why"),
                big_integer("head_seq"),
                string("head_hash"),
                big_integer_null("head_at"),
                date("noticed_on"),
                big_integer("created_at"),
            ],
        )
        .foreign_key(&mut reference("project", "organisation_id", "organisation", "id"))
        .to_owned(),
        in_project(
            "participant",
            vec![
                string("reference"),
                string("skeleton"),
                string("channel"),
                string("language"),
                string("format"),
                string("cadence"),
                text_null("quiet_times"),
                boolean("contact_consent"),
                string("state"),
                text("chosen"),
                big_integer("told_seq"),
                big_integer("maybe_seq"),
                date_null("last_period"),
                big_integer_null("first_told_at"),
                date("joined_on"),
                date_null("acted_on"),
                date_null("chose_on"),
                date_null("told_on"),
            ],
        ),
        table(
            "vault",
            vec![
                {
                    let mut column = uuid("participant_id");
                    column.primary_key();
                    column
                },
                uuid("project_id"),
                binary("sealed"),
                string_null("address_hash"),
            ],
        )
        .foreign_key(&mut reference("vault", "participant_id", "participant", "id"))
        .to_owned(),
        in_project("suppression", vec![string("address_hash"), string("why"), big_integer("at")]),
        in_project(
            "story",
            vec![
                uuid_null("participant_id"),
                string_null("code"),
                string("code_hash"),
                text_null("summary"),
                text_null("url"),
                string_null("medium"),
                date_null("gathered_on"),
                string_null("consent"),
                string_null("attribution"),
                text_null("content_note"),
                big_integer_null("withdrawn_at"),
            ],
        ),
        in_project("theme", vec![string("reference"), text("title"), text_null("summary")]),
        table("story_theme", vec![uuid("story_id"), uuid("theme_id")])
            .primary_key(&mut key(&["story_id", "theme_id"]))
            .foreign_key(&mut reference("story_theme", "story_id", "story", "id"))
            .foreign_key(&mut reference("story_theme", "theme_id", "theme", "id"))
            .to_owned(),
        in_project("learning", vec![string("reference"), uuid_null("theme_id"), text("text")]),
        in_project(
            "recommendation",
            vec![
                string("reference"),
                text("title"),
                text("text"),
                text_null("audience"),
                text_null("responsible"),
                text_null("responsible_email"),
                date("published_on"),
                date_null("response_due_on"),
                date_null("target_on"),
                boolean("published"),
            ],
        ),
        table("recommendation_learning", vec![uuid("recommendation_id"), uuid("learning_id")])
            .primary_key(&mut key(&["recommendation_id", "learning_id"]))
            .foreign_key(&mut reference(
                "recommendation_learning",
                "recommendation_id",
                "recommendation",
                "id",
            ))
            .foreign_key(&mut reference("recommendation_learning", "learning_id", "learning", "id"))
            .to_owned(),
        in_project(
            "evidence",
            vec![
                uuid("recommendation_id"),
                uuid("story_id"),
                string("direction"),
                text_null("why"),
                big_integer("linked_seq"),
            ],
        )
        .foreign_key(&mut reference("evidence", "recommendation_id", "recommendation", "id"))
        .foreign_key(&mut reference("evidence", "story_id", "story", "id"))
        .to_owned(),
        in_project(
            "history",
            vec![
                uuid("recommendation_id"),
                string("key"),
                string("digest"),
                date("on"),
                integer("position"),
                text_null("act"),
                string("state"),
                big_integer_null("seq"),
                text_null("why"),
            ],
        ),
        in_project(
            "act",
            vec![
                uuid("participant_id"),
                string("key"),
                date("on"),
                integer("position"),
                string("kind"),
                uuid_null("story_id"),
                text_null("value"),
                string("state"),
            ],
        ),
        table(
            "event",
            vec![
                uuid("project_id"),
                big_integer("seq"),
                big_integer("at"),
                string("kind"),
                string("subject"),
                text_null("content"),
                string("content_hash"),
                string("prev"),
                string("hash"),
            ],
        )
        .primary_key(&mut key(&["project_id", "seq"]))
        .foreign_key(&mut reference("event", "project_id", "project", "id"))
        .to_owned(),
        in_project(
            "edition",
            vec![
                big_integer("period"),
                date("period_on"),
                string("state"),
                big_integer_null("cutoff_seq"),
                text_null("held_why"),
                big_integer("opened_at"),
                big_integer_null("cut_off_at"),
            ],
        ),
        in_project(
            "update",
            vec![uuid("edition_id"), uuid("participant_id"), text("reader"), big_integer("composed_at")],
        )
        .foreign_key(&mut reference("update", "edition_id", "edition", "id"))
        .foreign_key(&mut reference("update", "participant_id", "participant", "id"))
        .to_owned(),
        in_project(
            "message",
            vec![
                uuid("participant_id"),
                uuid_null("update_id"),
                string("kind"),
                string("channel"),
                string("format"),
                string("message_id"),
                string("state"),
                big_integer("created_at"),
                big_integer("due_at"),
                integer("attempts"),
                integer("unknowns"),
                big_integer_null("first_attempt_at"),
                string_null("claimed_by"),
                big_integer_null("lease_until"),
                big_integer("fence"),
                big_integer_null("finished_at"),
                text_null("why"),
            ],
        )
        .foreign_key(&mut reference("message", "participant_id", "participant", "id"))
        .foreign_key(&mut reference("message", "update_id", "update", "id"))
        .to_owned(),
        table(
            "cursor",
            vec![
                uuid("participant_id"),
                uuid("recommendation_id"),
                big_integer("told_seq"),
                big_integer("maybe_seq"),
                boolean("introduced"),
            ],
        )
        .primary_key(&mut key(&["participant_id", "recommendation_id"]))
        .foreign_key(&mut reference("cursor", "participant_id", "participant", "id"))
        .foreign_key(&mut reference("cursor", "recommendation_id", "recommendation", "id"))
        .to_owned(),
        table(
            "link",
            vec![
                {
                    let mut column = string("id");
                    column.primary_key();
                    column
                },
                uuid("participant_id"),
                string("purpose"),
                big_integer("created_at"),
                big_integer_null("revoked_at"),
            ],
        )
        .foreign_key(&mut reference("link", "participant_id", "participant", "id"))
        .to_owned(),
        table(
            "audit",
            vec![
                id(),
                uuid_null("project_id"),
                big_integer("at"),
                string("actor"),
                string("act"),
                text("about"),
            ],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("project_slug", "project", &["slug"], true),
        index("organisation_name", "organisation", &["name"], true),
        index("participant_skeleton", "participant", &["project_id", "skeleton"], true),
        index("vault_address", "vault", &["project_id", "address_hash"], false),
        index("suppression_address", "suppression", &["project_id", "address_hash"], true),
        index("story_code", "story", &["project_id", "code_hash"], true),
        index("story_participant", "story", &["participant_id"], false),
        index("theme_reference", "theme", &["project_id", "reference"], true),
        index("learning_reference", "learning", &["project_id", "reference"], true),
        index("recommendation_reference", "recommendation", &["project_id", "reference"], true),
        index("evidence_link", "evidence", &["recommendation_id", "story_id", "direction"], true),
        index("evidence_story", "evidence", &["story_id"], false),
        index("history_key", "history", &["project_id", "key"], true),
        index("history_waiting", "history", &["project_id", "state", "on"], false),
        index("act_key", "act", &["project_id", "key"], true),
        index("event_subject", "event", &["project_id", "subject", "seq"], false),
        index("edition_period", "edition", &["project_id", "period"], true),
        index("update_participant", "update", &["edition_id", "participant_id"], true),
        index("message_id", "message", &["message_id"], true),
        index("message_due", "message", &["state", "due_at"], false),
        index("message_participant", "message", &["participant_id", "state"], false),
        index("link_purpose", "link", &["participant_id", "purpose"], true),
        index("audit_project", "audit", &["project_id", "at"], false),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
