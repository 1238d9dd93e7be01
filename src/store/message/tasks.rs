//! What a person does or looks into: letters and calls, and messages that could not be told.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Func};
use sea_orm::{ExprTrait, QueryOrder};

use super::{Column, Entity, Model};
use crate::domain::words::{Channel, MessageState};
use crate::store::sql::Sql;
use crate::store::types::{At, MessageId, ProjectId};

/// Letters and calls of a project that wait for somebody, in a lasting order.
pub async fn on_paper(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(MessageState::Task))
        .filter(Column::Channel.is_in([Channel::Letter, Channel::Phone]))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// These tasks were printed, as far as they still wait. Somebody may have posted what was printed first, so that day stays.
pub async fn set_printed(
    tx: &impl ConnectionTrait,
    ids: &[MessageId],
    at: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let first: [Expr; 2] = [Expr::col(Column::PrintedAt), Expr::value(At::from(at))];
    let first = Expr::expr(Func::coalesce(first));
    let mut printed = 0;
    for ids in ids.chunks(crate::store::participant::CHUNK) {
        let done = Entity::update_many()
            .col_expr(Column::PrintedAt, first.clone())
            .filter(Column::Id.is_in(ids.iter().copied()))
            .filter(Column::State.eq(MessageState::Task))
            .exec(tx)
            .await?;
        printed += done.rows_affected;
    }
    Ok(printed)
}

/// Letters and calls that wait, and messages that a person has to look at.
pub async fn for_people(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(
            Condition::any().add(Column::State.eq(MessageState::Task)).add(
                Condition::all()
                    .add(Column::State.is_in([MessageState::Failed, MessageState::Unknown]))
                    .add(Column::FinishedAt.is_not_null()),
            ),
        )
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Of the messages that were not told, or perhaps not, those after which another of their kind was made for the same
/// person, who is told the same by it; and whether any of the later ones was accepted.
pub async fn taken_over(db: &impl ConnectionTrait) -> Result<HashMap<MessageId, bool>, DbErr> {
    let mut sql = Sql::new(db, "SELECT lost.id, CAST(MAX(CASE WHEN later.state = ");
    sql.value(MessageState::Accepted.code());
    sql.push(
        " THEN 1 ELSE 0 END) AS bigint) FROM message AS lost JOIN message AS later \
         ON later.participant_id = lost.participant_id AND later.kind = lost.kind \
         AND later.created_at > lost.created_at WHERE lost.state IN (",
    );
    sql.list([MessageState::Failed, MessageState::Unknown].map(MessageState::code));
    sql.push(") AND lost.finished_at IS NOT NULL GROUP BY lost.id");
    let rows = sql.all(db).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index::<i64>(1)? > 0))).collect()
}

/// Nobody has to look into this message any more. Returns whether anybody had to.
pub async fn close(
    tx: &impl ConnectionTrait,
    id: MessageId,
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let closed = Entity::update_many()
        .col_expr(Column::State, Expr::value(MessageState::Cancelled))
        .col_expr(Column::FinishedAt, Expr::value(At::from(now)))
        .col_expr(Column::Why, Expr::value(why))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([MessageState::Failed, MessageState::Unknown]))
        .filter(Column::FinishedAt.is_not_null())
        .exec(tx)
        .await?;
    Ok(closed.rows_affected > 0)
}

/// A letter or call that counts as told does not any more. Returns whether it did until now.
pub async fn take_back(
    tx: &impl ConnectionTrait,
    id: MessageId,
    why: &str,
    at: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::State, Expr::value(MessageState::Failed))
        .col_expr(Column::FinishedAt, Expr::value(At::from(at)))
        .col_expr(Column::Why, Expr::value(why))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(MessageState::Accepted))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected > 0)
}
