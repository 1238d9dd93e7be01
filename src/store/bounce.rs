//! Genuine reports about messages, one row each, without any address or words of theirs; and what waits for a person
//! whose address does not take messages.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, OnConflict};
use sea_orm::{ExprTrait, IntoActiveModel, JoinType, QueryOrder, QuerySelect, RelationTrait};

use super::types::{At, BounceId, MessageId, ParticipantId, ProjectId, UpdateId};
use super::{edition, message, update};
use crate::domain::words::{BounceKind, Channel, MessageKind, MessageState};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bounce")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BounceId,
    pub project_id: ProjectId,
    pub participant_id: ParticipantId,
    pub message_id: MessageId,
    /// When it was taken.
    pub at: At,
    pub kind: BounceKind,
    /// The enhanced status code, such as 5.1.1; a complaint has none.
    pub status: Option<String>,
    /// Keyed, so that the same report counts once.
    pub digest: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a report. `false` where it is known already.
pub async fn add(tx: &impl ConnectionTrait, row: Model) -> Result<bool, DbErr> {
    let once = OnConflict::columns([Column::MessageId, Column::Digest]).do_nothing().to_owned();
    let row = row.into_active_model().reset_all();
    let added = Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(added > 0)
}

/// The reports about a person's messages since a moment, oldest first.
pub async fn of(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
    since: Option<At>,
) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find().filter(Column::ParticipantId.eq(participant));
    if let Some(since) = since {
        query = query.filter(Column::At.gte(since));
    }
    query.order_by_asc(Column::At).order_by_asc(Column::Id).all(db).await
}

/// The reports about a message.
pub async fn about(db: &impl ConnectionTrait, message: MessageId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MessageId.eq(message)).all(db).await
}

/// The messages that came back.
pub async fn messages(db: &impl ConnectionTrait) -> Result<Vec<MessageId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::MessageId)
        .distinct()
        .filter(Column::Kind.ne(BounceKind::Complaint))
        .into_tuple()
        .all(db)
        .await
}

/// How many reports of a kind came since a moment, in all projects.
pub async fn count(db: &impl ConnectionTrait, kind: BounceKind, since: DateTime<Utc>) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    Entity::find().filter(Column::Kind.eq(kind)).filter(Column::At.gte(At::from(since))).count(db).await
}

/// A message that was accepted came back. `false` where it was not.
pub async fn set_came_back(tx: &impl ConnectionTrait, id: MessageId, why: &str) -> Result<bool, DbErr> {
    let changed = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(MessageState::Failed))
        .col_expr(message::Column::Why, Expr::value(why))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::State.eq(MessageState::Accepted))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The updates of a person that have not gone out yet.
pub async fn updates_to_come(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
) -> Result<Vec<UpdateId>, DbErr> {
    let found: Vec<Option<UpdateId>> =
        message::Entity::find()
            .select_only()
            .column(message::Column::UpdateId)
            .filter(message::Column::ParticipantId.eq(participant))
            .filter(message::Column::Kind.eq(MessageKind::Update))
            .filter(Condition::any().add(message::Column::State.eq(MessageState::Task)).add(
                message::Column::FinishedAt.is_null().and(message::Column::State.ne(MessageState::Sending)),
            ))
            .into_tuple()
            .all(db)
            .await?;
    Ok(found.into_iter().flatten().collect())
}

/// The last update that was made for this person.
pub async fn newest_update(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
) -> Result<Option<MessageId>, DbErr> {
    message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(message::Column::ParticipantId.eq(participant))
        .filter(message::Column::Kind.eq(MessageKind::Update))
        .order_by_desc(message::Column::Id)
        .into_tuple()
        .one(db)
        .await
}

/// The day of the last edition that this person was told in.
pub async fn last_period(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
) -> Result<Option<NaiveDate>, DbErr> {
    message::Entity::find()
        .select_only()
        .column(edition::Column::PeriodOn)
        .join(JoinType::InnerJoin, message::Relation::Update.def())
        .join(JoinType::InnerJoin, update::Relation::Edition.def())
        .filter(message::Column::ParticipantId.eq(participant))
        .filter(message::Column::State.eq(MessageState::Accepted))
        .order_by_desc(edition::Column::PeriodOn)
        .into_tuple()
        .one(db)
        .await
}

/// Mail that waits for this person becomes a task: it is kept until they have an address again. Call
/// [`message::release`] before it; what is being handed over at this moment goes its way.
pub async fn set_aside(tx: &impl ConnectionTrait, participant: ParticipantId) -> Result<(), DbErr> {
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(MessageState::Task))
        .col_expr(message::Column::Fence, Expr::col(message::Column::Fence).add(1))
        .filter(message::Column::ParticipantId.eq(participant))
        .filter(message::Column::Channel.eq(Channel::Email))
        .filter(message::Column::State.is_in([
            MessageState::Queued,
            MessageState::Deferred,
            MessageState::Unknown,
        ]))
        .filter(message::Column::FinishedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// An update that came back waits for another address, like what has not gone out yet.
pub async fn set_waiting(tx: &impl ConnectionTrait, id: MessageId) -> Result<(), DbErr> {
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(MessageState::Task))
        .col_expr(message::Column::FinishedAt, Expr::value(Option::<At>::None))
        .col_expr(message::Column::Fence, Expr::col(message::Column::Fence).add(1))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::Kind.eq(MessageKind::Update))
        .filter(message::Column::State.eq(MessageState::Failed))
        .exec(tx)
        .await?;
    Ok(())
}

/// The mail that was set aside for this person waits for the relay again. It begins anew, but for what may have been
/// handed over before: that is tried once more, as it would have been.
pub async fn take_up(
    tx: &impl ConnectionTrait,
    participant: ParticipantId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for (state, which) in [
        (MessageState::Unknown, message::Column::Unknowns.gt(0)),
        (MessageState::Queued, message::Column::Unknowns.eq(0)),
    ] {
        let mut update = message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value(state))
            .col_expr(message::Column::DueAt, Expr::value(At::from(now)))
            .col_expr(message::Column::Fence, Expr::col(message::Column::Fence).add(1));
        if state == MessageState::Queued {
            update = update
                .col_expr(message::Column::Attempts, Expr::value(0))
                .col_expr(message::Column::FirstAttemptAt, Expr::value(Option::<At>::None));
        }
        update
            .filter(
                Condition::all()
                    .add(message::Column::ParticipantId.eq(participant))
                    .add(message::Column::Channel.eq(Channel::Email))
                    .add(message::Column::State.eq(MessageState::Task))
                    .add(which),
            )
            .exec(tx)
            .await?;
    }
    Ok(())
}
