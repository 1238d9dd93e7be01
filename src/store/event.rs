//! The record: appended to under the project's lock, never changed but for a redaction.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rand::RngCore;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde_json::{Map, Value};

use super::project;
use super::types::{At, ProjectId};
use crate::domain::event::{Event, Fact, PROJECT};
use crate::domain::record;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: ProjectId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub at: At,
    pub kind: String,
    pub subject: String,
    pub content: Option<String>,
    pub content_hash: String,
    pub prev: String,
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// `None` for a content that is not what was written: somebody changed the database by hand.
    fn event(self) -> Event {
        let content = match self.content.as_deref().map(serde_json::from_str) {
            Some(Ok(Value::Object(content))) => Some(content),
            // What cannot be read is shown as it lies there, so that checking the record names it.
            Some(_) => Some(Map::from_iter([("unreadable".to_owned(), Value::Bool(true))])),
            None => None,
        };
        Event {
            seq: self.seq,
            at: self.at.into(),
            kind: self.kind,
            subject: self.subject,
            content,
            content_hash: self.content_hash,
            prev: self.prev,
            hash: self.hash,
        }
    }
}

/// Appends a fact to the record of a project that this transaction has locked. `on` is kept where it is another day
/// than that of the writing. Returns the event's number.
pub async fn append(
    tx: &impl ConnectionTrait,
    project: &mut project::Model,
    now: DateTime<Utc>,
    subject: &str,
    on: NaiveDate,
    fact: &Fact,
) -> anyhow::Result<i64> {
    let (kind, mut content) = fact.parts();
    let mut salt = [0_u8; 16];
    rand::rng().fill_bytes(&mut salt);
    content.insert("salt".to_owned(), Value::String(hex::encode(salt)));
    let head = project.head();
    let written_on = head.at.map_or(now, |last| last.max(now)).with_timezone(&project.zone()?).date_naive();
    if on != written_on {
        content.insert("on".to_owned(), Value::String(on.to_string()));
    }
    let event = record::append(&head, now, &kind, subject, content);
    let row = ActiveModel {
        project_id: Set(project.id),
        seq: Set(event.seq),
        at: Set(event.at.into()),
        kind: Set(event.kind.clone()),
        subject: Set(event.subject.clone()),
        content: Set(event.content.as_ref().map(|content| Value::Object(content.clone()).to_string())),
        content_hash: Set(event.content_hash.clone()),
        prev: Set(event.prev.clone()),
        hash: Set(event.hash.clone()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    let head = record::Head { seq: event.seq, hash: event.hash, at: Some(event.at) };
    project::set_head(tx, project.id, &head).await?;
    project.head_seq = head.seq;
    project.head_hash = head.hash;
    project.head_at = head.at.map(At::from);
    Ok(event.seq)
}

pub async fn all(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Event>, DbErr> {
    let rows = Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Seq).all(db).await?;
    Ok(rows.into_iter().map(Model::event).collect())
}

/// A stretch of the record after `seq`, for walking through a long one.
pub async fn after(
    db: &impl ConnectionTrait,
    project: ProjectId,
    seq: i64,
    most: u64,
) -> Result<Vec<Event>, DbErr> {
    let rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Seq.gt(seq))
        .order_by_asc(Column::Seq)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Model::event).collect())
}

/// What was said about one recommendation, or under `project` about all.
pub async fn of_subject(
    db: &impl ConnectionTrait,
    project: ProjectId,
    subject: &str,
) -> Result<Vec<Event>, DbErr> {
    let rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Subject.eq(subject))
        .order_by_asc(Column::Seq)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Model::event).collect())
}

/// The last events about recommendations that are of none of these kinds, the newest first.
pub async fn latest(
    db: &impl ConnectionTrait,
    project: ProjectId,
    without: &[&str],
    most: u64,
) -> Result<Vec<Event>, DbErr> {
    let rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Subject.ne(PROJECT))
        .filter(Column::Kind.is_not_in(without.iter().copied()))
        .order_by_desc(Column::Seq)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Model::event).collect())
}

/// These events, in the order of the record.
pub async fn these(db: &impl ConnectionTrait, project: ProjectId, seqs: &[i64]) -> Result<Vec<Event>, DbErr> {
    let mut found = Vec::with_capacity(seqs.len());
    for chunk in seqs.chunks(super::participant::CHUNK) {
        let rows = Entity::find()
            .filter(Column::ProjectId.eq(project))
            .filter(Column::Seq.is_in(chunk.iter().copied()))
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(Model::event));
    }
    found.sort_unstable_by_key(|event| event.seq);
    Ok(found)
}

/// When these events were written.
pub async fn times(
    db: &impl ConnectionTrait,
    project: ProjectId,
    seqs: &[i64],
) -> Result<BTreeMap<i64, DateTime<Utc>>, DbErr> {
    let mut times = BTreeMap::new();
    for chunk in seqs.chunks(super::participant::CHUNK) {
        let rows: Vec<(i64, At)> = Entity::find()
            .select_only()
            .column(Column::Seq)
            .column(Column::At)
            .filter(Column::ProjectId.eq(project))
            .filter(Column::Seq.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        times.extend(rows.into_iter().map(|(seq, at)| (seq, at.utc())));
    }
    Ok(times)
}

/// The events of a kind.
pub async fn of_kind(db: &impl ConnectionTrait, project: ProjectId, kind: &str) -> Result<Vec<Event>, DbErr> {
    let rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Kind.eq(kind))
        .order_by_asc(Column::Seq)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Model::event).collect())
}

pub async fn find(db: &impl ConnectionTrait, project: ProjectId, seq: i64) -> Result<Option<Event>, DbErr> {
    Ok(Entity::find_by_id((project, seq)).one(db).await?.map(Model::event))
}

/// Takes the content out of an event; its hash stays.
pub async fn redact(tx: &impl ConnectionTrait, project: ProjectId, seq: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Content, Expr::value(Option::<String>::None))
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Seq.eq(seq))
        .exec(tx)
        .await?;
    Ok(())
}
