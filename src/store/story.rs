//! What people told, and what they agreed to. A withdrawn story leaves a marker: the keyed hash of its code.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};

use super::types::{At, ParticipantId, ProjectId, StoryId};
use super::{act, evidence, theme};
use crate::domain::words::{Attribution, Consent, Medium};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "story")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StoryId,
    pub project_id: ProjectId,
    pub participant_id: Option<ParticipantId>,
    pub code: Option<String>,
    pub code_hash: String,
    pub summary: Option<String>,
    pub url: Option<String>,
    pub medium: Option<Medium>,
    pub gathered_on: Option<NaiveDate>,
    /// None: stored, used nowhere.
    pub consent: Option<Consent>,
    pub attribution: Option<Attribution>,
    pub content_note: Option<String>,
    pub withdrawn_at: Option<At>,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Id).all(db).await
}

/// By which a story is known again, also one that was withdrawn.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Marker {
    pub id: StoryId,
    pub code_hash: String,
    pub withdrawn_at: Option<At>,
}

/// The next of them after `after`, in the order of their ids.
pub async fn markers_in_project(
    db: &impl ConnectionTrait,
    project: ProjectId,
    after: Option<StoryId>,
    most: u64,
) -> Result<Vec<Marker>, DbErr> {
    let mut query = Entity::find().filter(Column::ProjectId.eq(project));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query
        .select_only()
        .columns([Column::Id, Column::CodeHash, Column::WithdrawnAt])
        .order_by_asc(Column::Id)
        .limit(most)
        .into_model::<Marker>()
        .all(db)
        .await
}

pub async fn these(db: &impl ConnectionTrait, ids: &[StoryId]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

/// What counting needs of a story, without its words.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Brief {
    pub id: StoryId,
    pub participant_id: Option<ParticipantId>,
    pub gathered_on: Option<NaiveDate>,
    pub consent: Option<Consent>,
    pub attribution: Option<Attribution>,
    pub has_summary: bool,
}

/// The stories that are not withdrawn.
pub async fn brief_in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Brief>, DbErr> {
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ParticipantId,
            Column::GatheredOn,
            Column::Consent,
            Column::Attribution,
        ])
        .column_as(Column::Summary.is_not_null(), "has_summary")
        .filter(Column::ProjectId.eq(project))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_asc(Column::Id)
        .into_model::<Brief>()
        .all(db)
        .await
}

pub async fn find(db: &impl ConnectionTrait, id: StoryId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The story with this code; `code_hashes` are those of its code under every key.
pub async fn by_code_hash(
    db: &impl ConnectionTrait,
    project: ProjectId,
    code_hashes: &[String],
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::CodeHash.is_in(code_hashes))
        .one(db)
        .await
}

/// The stories of a person that are not withdrawn.
pub async fn of_participant(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ParticipantId.eq(participant))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

pub async fn insert_many(tx: &impl ConnectionTrait, rows: Vec<ActiveModel>) -> Result<(), DbErr> {
    for chunk in rows.chunks(super::participant::CHUNK) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes a story out of everything. What stays is the marker without content.
pub async fn withdraw(tx: &impl ConnectionTrait, id: StoryId, at: DateTime<Utc>) -> Result<(), DbErr> {
    evidence::remove_story(tx, id).await?;
    theme::remove_story(tx, id).await?;
    act::forget_story(tx, id).await?;
    Entity::update_many()
        .col_expr(Column::ParticipantId, Expr::value(Option::<ParticipantId>::None))
        .col_expr(Column::Code, Expr::value(Option::<String>::None))
        .col_expr(Column::Summary, Expr::value(Option::<String>::None))
        .col_expr(Column::Url, Expr::value(Option::<String>::None))
        .col_expr(Column::Medium, Expr::value(Option::<Medium>::None))
        .col_expr(Column::GatheredOn, Expr::value(Option::<NaiveDate>::None))
        .col_expr(Column::Consent, Expr::value(Option::<Consent>::None))
        .col_expr(Column::Attribution, Expr::value(Option::<Attribution>::None))
        .col_expr(Column::ContentNote, Expr::value(Option::<String>::None))
        .col_expr(Column::WithdrawnAt, Expr::value(At::from(at)))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
