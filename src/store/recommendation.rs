//! Recommendations as they were brought in. What is told about them is read from the record, not from here.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{PaginatorTrait, QueryOrder};

use anyhow::Context;

use crate::domain::order::natural;
use crate::domain::translations::Translations;

use super::types::{LearningId, ProjectId, RecommendationId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecommendationId,
    pub project_id: ProjectId,
    pub reference: String,
    pub title: String,
    pub text: String,
    pub audience: Option<String>,
    pub responsible: Option<String>,
    pub responsible_email: Option<String>,
    pub published_on: NaiveDate,
    pub response_due_on: Option<NaiveDate>,
    pub target_on: Option<NaiveDate>,
    /// The record holds its publication.
    pub published: bool,
    /// It rested on a story once; that stays true when the story goes.
    pub traced: bool,
    /// Title and text in other languages than the project's, as JSON.
    pub translations: Option<String>,
}

impl Model {
    /// # Errors
    /// When what is stored was not written by us.
    pub fn translations(&self) -> anyhow::Result<Translations> {
        let Some(stored) = &self.translations else { return Ok(Translations::new()) };
        serde_json::from_str(stored).context("the languages of a recommendation")
    }
}

impl ActiveModelBehavior for ActiveModel {}

pub mod learnings {
    use super::super::types::{LearningId, RecommendationId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recommendation_learning")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub recommendation_id: RecommendationId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub learning_id: LearningId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Reference).all(db).await
}

pub async fn by_reference(
    db: &impl ConnectionTrait,
    project: ProjectId,
    reference: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).filter(Column::Reference.eq(reference)).one(db).await
}

pub async fn insert(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.insert(tx).await
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

/// Those whose day of publication has come, in the order of days and, on one day, of their refs.
pub async fn to_publish(
    db: &impl ConnectionTrait,
    project: ProjectId,
    day: NaiveDate,
) -> Result<Vec<Model>, DbErr> {
    let mut rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Published.eq(false))
        .filter(Column::PublishedOn.lte(day))
        .all(db)
        .await?;
    rows.sort_by_cached_key(|row| (row.published_on, natural(&row.reference)));
    Ok(rows)
}

pub async fn set_published(tx: &impl ConnectionTrait, id: RecommendationId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Published, Expr::value(true))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// They rest on a story now, and once they did, they did.
pub async fn set_traced(tx: &impl ConnectionTrait, ids: &[RecommendationId]) -> Result<(), DbErr> {
    for chunk in ids.chunks(super::participant::CHUNK) {
        Entity::update_many()
            .col_expr(Column::Traced, Expr::value(true))
            .filter(Column::Id.is_in(chunk.iter().copied()))
            .filter(Column::Traced.eq(false))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Of those that are published.
pub async fn count_traced(db: &impl ConnectionTrait, project: ProjectId) -> Result<i64, DbErr> {
    let traced = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Published.eq(true))
        .filter(Column::Traced.eq(true));
    Ok(i64::try_from(traced.count(db).await?).unwrap_or(i64::MAX))
}

pub async fn learnings_in(
    db: &impl ConnectionTrait,
    recommendations: Vec<RecommendationId>,
) -> Result<Vec<learnings::Model>, DbErr> {
    learnings::Entity::find().filter(learnings::Column::RecommendationId.is_in(recommendations)).all(db).await
}

pub async fn set_learnings(
    tx: &impl ConnectionTrait,
    id: RecommendationId,
    of: &[LearningId],
) -> Result<(), DbErr> {
    learnings::Entity::delete_many().filter(learnings::Column::RecommendationId.eq(id)).exec(tx).await?;
    if of.is_empty() {
        return Ok(());
    }
    let rows = of
        .iter()
        .map(|learning| learnings::ActiveModel { recommendation_id: Set(id), learning_id: Set(*learning) });
    let keep = OnConflict::columns([learnings::Column::RecommendationId, learnings::Column::LearningId])
        .do_nothing()
        .to_owned();
    learnings::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}
