//! Organisations' projects. The row of a project is also the lock of its record.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ExprTrait, QuerySelect};

use super::types::{At, OrganisationId, ProjectId};
use crate::domain::quiet::QuietTimes;
use crate::domain::record::Head;
use crate::domain::schedule::Schedule;
use crate::domain::words::{Licence, ProjectState, Visibility};

pub mod organisation {
    use super::super::types::{At, OrganisationId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OrganisationId,
        pub name: String,
        pub created_at: At,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProjectId,
    pub organisation_id: OrganisationId,
    pub slug: String,
    pub title: String,
    pub summary: Option<String>,
    pub sender_name: String,
    pub contact_email: String,
    pub contact_phone: Option<String>,
    pub language: String,
    pub timezone: String,
    pub schedule: String,
    pub review_days: i32,
    pub response_due_days: i32,
    pub quiet_after_days: i32,
    pub quiet_times: Option<String>,
    pub neutral_subjects: bool,
    pub support_contact: Option<String>,
    pub concern_person: Option<String>,
    pub state: ProjectState,
    pub started_at: Option<At>,
    /// Moments of the schedule up to here send nothing: the project had not started, or was paused.
    pub editions_after: Option<At>,
    pub paused_why: Option<String>,
    pub head_seq: i64,
    pub head_hash: String,
    pub head_at: Option<At>,
    /// The last day whose silences were noticed, in the project's zone.
    pub noticed_on: NaiveDate,
    pub created_at: At,
    pub visibility: Visibility,
    /// 128 random bits in hex; the token of the link also carries a MAC. None: there is no link.
    pub link_id: Option<String>,
    /// The name above its pages, where that is not the organisation's.
    pub brand_name: Option<String>,
    /// Two colours as `#rrggbb`, with enough contrast between them.
    pub brand_background: Option<String>,
    pub brand_text: Option<String>,
    /// Under which its data are given away.
    pub licence: Licence,
    /// Raised by everything that may change a page without an event: a withdrawal, consent, settings.
    pub shown_changes: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn zone(&self) -> anyhow::Result<Tz> {
        self.timezone
            .parse()
            .map_err(|_| anyhow::anyhow!("the project's time zone {} is not known", self.timezone))
    }

    pub fn schedule(&self) -> anyhow::Result<Schedule> {
        Schedule::parse(&self.schedule, self.zone()?)
            .map_err(|why| anyhow::anyhow!("the project's schedule: {why}"))
    }

    pub fn quiet_times(&self) -> anyhow::Result<QuietTimes> {
        QuietTimes::kept(self.quiet_times.as_deref().unwrap_or_default())
            .map_err(|why| anyhow::anyhow!("the project's quiet times: {why}"))
    }

    pub fn head(&self) -> Head {
        Head { seq: self.head_seq, hash: self.head_hash.clone(), at: self.head_at.map(At::utc) }
    }

    /// Background and text of its brand.
    pub fn colours(&self) -> Option<(&str, &str)> {
        Some((self.brand_background.as_deref()?, self.brand_text.as_deref()?))
    }

    pub fn today(&self, now: DateTime<Utc>) -> anyhow::Result<NaiveDate> {
        Ok(now.with_timezone(&self.zone()?).date_naive())
    }
}

pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Slug.eq(slug)).one(db).await
}

/// The project whose link has this id. Whether the link may be used is for its visibility to say.
pub async fn by_link(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::LinkId.eq(id)).one(db).await
}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    use sea_orm::QueryOrder;
    Entity::find().order_by_asc(Column::Slug).all(db).await
}

pub async fn find(db: &impl ConnectionTrait, id: ProjectId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Reads a project and holds it until the transaction ends: whoever appends to the record waits here, so that the
/// order of numbers is the order of commits. Not the strongest lock: that one would also hold up everybody who writes a
/// row that refers to the project, and with those who hold a person meanwhile it would come to a deadlock. SQLite knows no
/// row locks, but there the transaction holds the file.
pub async fn lock(tx: &impl ConnectionTrait, id: ProjectId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx).await
}

pub async fn set_head(tx: &impl ConnectionTrait, id: ProjectId, head: &Head) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::HeadSeq, Expr::value(head.seq))
        .col_expr(Column::HeadHash, Expr::value(head.hash.clone()))
        .col_expr(Column::HeadAt, Expr::value(head.at.map(At::from)))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn set_noticed(tx: &impl ConnectionTrait, id: ProjectId, day: NaiveDate) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::NoticedOn, Expr::value(day))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Pages that were kept are of the past from this transaction on.
pub async fn raise_shown(tx: &impl ConnectionTrait, id: ProjectId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ShownChanges, Expr::col(Column::ShownChanges).add(1))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

pub async fn insert(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.insert(tx).await
}

/// The organisation of this name, made where it is new.
pub async fn organisation_named(
    tx: &impl ConnectionTrait,
    name: &str,
    at: DateTime<Utc>,
) -> Result<OrganisationId, DbErr> {
    use organisation as org;
    let row = org::ActiveModel {
        id: Set(OrganisationId::new()),
        name: Set(name.to_owned()),
        created_at: Set(at.into()),
    };
    org::Entity::insert(row)
        .on_conflict(OnConflict::column(org::Column::Name).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let found = org::Entity::find().filter(org::Column::Name.eq(name)).one(tx).await?;
    found.map(|row| row.id).ok_or_else(|| DbErr::RecordNotFound(format!("organisation {name}")))
}

/// The names of all organisations.
pub async fn organisations(db: &impl ConnectionTrait) -> Result<Vec<organisation::Model>, DbErr> {
    organisation::Entity::find().all(db).await
}

pub async fn organisation_of(db: &impl ConnectionTrait, project: &Model) -> Result<String, DbErr> {
    let row = organisation::Entity::find_by_id(project.organisation_id).one(db).await?;
    row.map(|row| row.name).ok_or_else(|| DbErr::RecordNotFound("organisation".to_owned()))
}
