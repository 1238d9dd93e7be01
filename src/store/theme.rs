//! Themes, and which stories carry them.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::types::{ProjectId, StoryId, ThemeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ThemeId,
    pub project_id: ProjectId,
    pub reference: String,
    pub title: String,
    pub summary: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

pub mod of_story {
    use super::super::types::{StoryId, ThemeId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "story_theme")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub story_id: StoryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub theme_id: ThemeId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Reference).all(db).await
}

pub async fn insert(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.insert(tx).await
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

pub async fn of_stories(
    db: &impl ConnectionTrait,
    stories: &[StoryId],
) -> Result<Vec<of_story::Model>, DbErr> {
    of_story::Entity::find().filter(of_story::Column::StoryId.is_in(stories.iter().copied())).all(db).await
}

/// Gives stories that have none their themes.
pub async fn insert_for_stories(
    tx: &impl ConnectionTrait,
    links: Vec<of_story::ActiveModel>,
) -> Result<(), DbErr> {
    for chunk in links.chunks(super::participant::CHUNK) {
        of_story::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Gives a story these themes and no others.
pub async fn set_for_story(
    tx: &impl ConnectionTrait,
    story: StoryId,
    themes: &[ThemeId],
) -> Result<(), DbErr> {
    remove_story(tx, story).await?;
    if themes.is_empty() {
        return Ok(());
    }
    let rows =
        themes.iter().map(|theme| of_story::ActiveModel { story_id: Set(story), theme_id: Set(*theme) });
    let keep =
        OnConflict::columns([of_story::Column::StoryId, of_story::Column::ThemeId]).do_nothing().to_owned();
    of_story::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn remove_story(tx: &impl ConnectionTrait, story: StoryId) -> Result<(), DbErr> {
    of_story::Entity::delete_many().filter(of_story::Column::StoryId.eq(story)).exec(tx).await?;
    Ok(())
}
