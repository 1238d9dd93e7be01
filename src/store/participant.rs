//! People who gave a story: what they chose, and how far they were told. Name and address lie in the vault.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait, QueryOrder, QuerySelect};

use super::types::{At, ParticipantId, ProjectId};
use crate::domain::quiet::QuietTimes;
use crate::domain::words::{BounceKind, Cadence, Channel, Choice, Format, ParticipantState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ParticipantId,
    pub project_id: ProjectId,
    pub reference: String,
    /// The reference as its Unicode TR39 skeleton.
    pub skeleton: String,
    pub channel: Channel,
    pub language: String,
    pub format: Format,
    pub cadence: Cadence,
    pub quiet_times: Option<String>,
    pub contact_consent: bool,
    pub state: ParticipantState,
    /// What they chose themselves, by the code of the choice, separated by commas.
    pub chosen: String,
    /// How far they were told about the project as a whole.
    pub told_seq: i64,
    pub maybe_seq: i64,
    /// The day of the last edition that they were told in.
    pub last_period: Option<NaiveDate>,
    pub first_told_at: Option<At>,
    pub joined_on: NaiveDate,
    /// The last day on which they stopped, paused, resumed or withdrew, and on which they chose.
    pub acted_on: Option<NaiveDate>,
    pub chose_on: Option<NaiveDate>,
    /// The day up to which they were told.
    pub told_on: Option<NaiveDate>,
    /// Since when and why their e-mail address is not written to, and its keyed hash: messages to it come back.
    pub bounced_at: Option<At>,
    pub bounced_why: Option<BounceKind>,
    pub bounced_hash: Option<String>,
    /// Since when they have the e-mail address that they have now, where they had another.
    pub address_since: Option<At>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn has_chosen(&self, choice: Choice) -> bool {
        self.chosen.split(',').any(|code| code == choice.code())
    }

    pub fn quiet_times(&self) -> anyhow::Result<QuietTimes> {
        QuietTimes::parse(self.quiet_times.as_deref().unwrap_or_default())
            .map_err(|why| anyhow::anyhow!("a participant's quiet times: {why}"))
    }

    /// They may be written to now.
    pub fn may_be_told(&self) -> bool {
        self.state == ParticipantState::Active && self.contact_consent && self.channel != Channel::None
    }

    /// They want e-mail, and their address does not take it: what is for them waits until they have another.
    pub fn needs_address(&self) -> bool {
        self.channel == Channel::Email && self.bounced_at.is_some()
    }
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Id).all(db).await
}

/// The next people after `after` who may be told, in the order of their ids. They are held until the transaction ends,
/// so that none of them acts, and no other process composes for them, in the meantime.
pub async fn reachable(
    db: &impl ConnectionTrait,
    project: ProjectId,
    after: Option<ParticipantId>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(ParticipantState::Active))
        .filter(Column::ContactConsent.eq(true))
        .filter(Column::Channel.ne(Channel::None));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(most).lock_exclusive().all(db).await
}

/// The next people after `after`, whatever they chose, in the order of their ids.
pub async fn after(
    db: &impl ConnectionTrait,
    project: ProjectId,
    after: Option<ParticipantId>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find().filter(Column::ProjectId.eq(project));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(most).all(db).await
}

pub async fn by_skeleton(
    db: &impl ConnectionTrait,
    project: ProjectId,
    skeleton: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).filter(Column::Skeleton.eq(skeleton)).one(db).await
}

pub async fn find(db: &impl ConnectionTrait, id: ParticipantId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn these(db: &impl ConnectionTrait, ids: &[ParticipantId]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

/// Reads a participant and holds the row until the transaction ends, so that an act of theirs and a message to them
/// cannot pass each other.
pub async fn lock(tx: &impl ConnectionTrait, id: ParticipantId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(tx).await
}

pub async fn set_state(
    tx: &impl ConnectionTrait,
    id: ParticipantId,
    state: ParticipantState,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Their e-mail address is not written to any more.
pub async fn set_bounced(
    tx: &impl ConnectionTrait,
    id: ParticipantId,
    why: BounceKind,
    address_hash: Option<String>,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::BouncedAt, Expr::value(At::from(at)))
        .col_expr(Column::BouncedWhy, Expr::value(why))
        .col_expr(Column::BouncedHash, Expr::value(address_hash))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// They have another e-mail address from now on. The hash of the one before stays, so that an old sheet does not bring
/// it back.
pub async fn set_address_since(
    tx: &impl ConnectionTrait,
    id: ParticipantId,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::BouncedAt, Expr::value(Option::<At>::None))
        .col_expr(Column::BouncedWhy, Expr::value(Option::<String>::None))
        .col_expr(Column::AddressSince, Expr::value(At::from(at)))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// People who are to be asked for a new address.
pub async fn needing_address(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::BouncedAt.is_not_null())
        .filter(Column::Channel.eq(Channel::Email))
        .filter(Column::State.eq(ParticipantState::Active))
        .filter(Column::ContactConsent.eq(true))
        .order_by_asc(Column::BouncedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn save(tx: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, DbErr> {
    row.update(tx).await
}

pub async fn insert_many(tx: &impl ConnectionTrait, rows: Vec<ActiveModel>) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Rows in one statement: SQLite takes at most 32,766 values.
pub const CHUNK: usize = 500;

/// They acted or chose on this day; the latest one counts.
pub async fn set_acted(
    tx: &impl ConnectionTrait,
    id: ParticipantId,
    on: NaiveDate,
    chose: bool,
) -> Result<(), DbErr> {
    let column = if chose { Column::ChoseOn } else { Column::ActedOn };
    Entity::update_many()
        .col_expr(column, Expr::value(on))
        .filter(Column::Id.eq(id))
        .filter(column.is_null().or(column.lt(on)))
        .exec(tx)
        .await?;
    Ok(())
}

/// They were told everything up to `seq`, which is what had happened by the day `told_on`, in the edition of `period`.
/// Nobody is taken back by it. Whoever calls this has locked them.
pub async fn set_told(
    tx: &impl ConnectionTrait,
    ids: &[ParticipantId],
    seq: i64,
    period: NaiveDate,
    told_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    fn later(column: Column, value: impl Into<sea_orm::Value>) -> Expr {
        let value = value.into();
        let onward = column.is_null().or(Expr::col(column).lt(value.clone()));
        Expr::case(onward, Expr::value(value)).finally(Expr::col(column)).into()
    }
    Entity::update_many()
        .col_expr(Column::ToldOn, later(Column::ToldOn, told_on))
        .col_expr(Column::LastPeriod, later(Column::LastPeriod, period))
        .col_expr(Column::ToldSeq, later(Column::ToldSeq, seq))
        .col_expr(
            Column::FirstToldAt,
            Expr::expr(Expr::col(Column::FirstToldAt).if_null(Expr::value(At::from(at)))),
        )
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Holds these people until the transaction ends, in the order of their ids.
pub async fn lock_these(tx: &impl ConnectionTrait, ids: &[ParticipantId]) -> Result<(), DbErr> {
    let _held: Vec<ParticipantId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    Ok(())
}

/// How far somebody was told before a message that came back.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    pub told_seq: i64,
    pub maybe_seq: i64,
    pub told_on: Option<NaiveDate>,
    pub last_period: Option<NaiveDate>,
    /// They had never been told anything.
    pub first: bool,
}

/// What they were told came back, so they are where they were before it.
pub async fn set_not_told(tx: &impl ConnectionTrait, id: ParticipantId, before: Before) -> Result<(), DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::ToldSeq, Expr::value(before.told_seq))
        .col_expr(Column::MaybeSeq, Expr::value(before.maybe_seq))
        .col_expr(Column::ToldOn, Expr::value(before.told_on))
        .col_expr(Column::LastPeriod, Expr::value(before.last_period));
    if before.first {
        update = update.col_expr(Column::FirstToldAt, Expr::value(Option::<At>::None));
    }
    update.filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// They may have been told everything up to `seq`.
pub async fn set_maybe(tx: &impl ConnectionTrait, id: ParticipantId, seq: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::MaybeSeq, Expr::value(seq))
        .filter(Column::Id.eq(id))
        .filter(Column::MaybeSeq.lt(seq))
        .exec(tx)
        .await?;
    Ok(())
}
