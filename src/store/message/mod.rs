//! The outbox: one row a message, from the moment it is composed until its end. Only the holder of the current fence
//! may write what became of a claimed message.

mod attempt;
mod tasks;

use chrono::{DateTime, Duration, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, LockBehavior, LockType};
use sea_orm::{DbBackend, ExprTrait, FromQueryResult, JoinType, QueryOrder, QuerySelect, RelationTrait};
use serde::Serialize;

use super::sql::{Kind, Sql};
use super::types::{At, MessageId, ParticipantId, ProjectId, UpdateId};
use super::{edition, update};
use crate::domain::words::{Channel, Format, MessageKind, MessageState};
use attempt::STATE;
pub use attempt::{End, Held, set_sending, settle, settle_named};
pub use tasks::{close, for_people, on_paper, set_printed, take_back, taken_over};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    pub project_id: ProjectId,
    pub participant_id: ParticipantId,
    pub update_id: Option<UpdateId>,
    pub kind: MessageKind,
    pub channel: Channel,
    pub format: Format,
    /// Fixed when the message is made; every attempt carries it.
    pub message_id: String,
    pub state: MessageState,
    pub created_at: At,
    /// Not before this moment.
    pub due_at: At,
    pub attempts: i32,
    /// How often it was handed over without an answer.
    pub unknowns: i32,
    pub first_attempt_at: Option<At>,
    pub claimed_by: Option<String>,
    pub lease_until: Option<At>,
    pub fence: i64,
    /// Set when nothing more will happen to it by itself.
    pub finished_at: Option<At>,
    /// What was said last about it, without any address.
    pub why: Option<String>,
    /// When a task was printed for the first time.
    pub printed_at: Option<At>,
    #[sea_orm(belongs_to, from = "update_id", to = "id")]
    pub update: HasOne<update::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How long a sender may hold a message that is being handed over: longer than the longest conversation.
pub fn lease() -> Duration {
    Duration::minutes(40)
}

/// How long it may hold one that is only claimed. Nothing was begun of it, so another can take it without harm.
fn claim_lease() -> Duration {
    Duration::minutes(10)
}

/// The clocks of two replicas may differ by so much. What one of them holds the other takes only when it has ended by any
/// of their clocks.
fn between_clocks() -> Duration {
    Duration::seconds(90)
}

/// No lease that was given by a clock which is right ends after this.
fn longest_lease(now: DateTime<Utc>) -> At {
    At::from(now + lease() + between_clocks())
}

/// To whom a message goes, with all that decides what becomes of it first.
#[derive(Clone, Copy, Debug)]
pub struct Addressee {
    pub id: ParticipantId,
    pub channel: Channel,
    pub format: Format,
    /// What goes to their e-mail address comes back.
    pub has_bounced: bool,
}

impl Addressee {
    pub fn needs_address(&self) -> bool {
        self.channel == Channel::Email && self.has_bounced
    }
}

/// What is the same for all messages that are made at once.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    pub project: ProjectId,
    pub kind: MessageKind,
    /// The host in their Message-IDs.
    pub host: &'a str,
    pub at: DateTime<Utc>,
}

/// A message that is made.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    id: MessageId,
    participant_id: ParticipantId,
    update_id: Option<UpdateId>,
    channel: Channel,
    format: Format,
    message_id: String,
    state: MessageState,
    due_at: At,
}

impl Batch<'_> {
    /// A message to a person, waiting: for the relay, or as a task for somebody who posts a letter, rings up, or asks
    /// for a new address.
    pub fn waiting_for(&self, to: Addressee, update: Option<UpdateId>, due_at: DateTime<Utc>) -> New {
        let by_mail = to.channel == Channel::Email && !to.needs_address();
        New {
            id: MessageId::new(),
            participant_id: to.id,
            update_id: update,
            channel: to.channel,
            format: to.format,
            message_id: format!(
                "{}@{}",
                uuid::Builder::from_random_bytes(rand::random()).into_uuid(),
                self.host
            ),
            state: if by_mail { MessageState::Queued } else { MessageState::Task },
            due_at: due_at.into(),
        }
    }

    pub async fn insert(&self, tx: &impl ConnectionTrait, rows: Vec<New>) -> Result<(), DbErr> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(
            tx,
            "INSERT INTO message (id, project_id, participant_id, update_id, kind, channel, format, message_id, \
             state, created_at, due_at, attempts, unknowns, fence) SELECT id, ",
        );
        sql.value(self.project).push(", participant_id, update_id, ").value(self.kind.code());
        sql.push(", channel, format, message_id, state, ").value(At::from(self.at));
        sql.push(", due_at, 0, 0, 0 FROM ").records(
            &rows,
            &[
                ("id", Kind::Id),
                ("participant_id", Kind::Id),
                ("update_id", Kind::Id),
                ("channel", Kind::Text),
                ("format", Kind::Text),
                ("message_id", Kind::Text),
                ("state", Kind::Text),
                ("due_at", Kind::Whole),
            ],
            "new",
        )?;
        sql.run(tx).await?;
        Ok(())
    }
}

/// An update that a person was told.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Told {
    pub participant_id: ParticipantId,
    pub finished_at: Option<At>,
    pub substantive: bool,
    pub cutoff_seq: i64,
}

/// All updates that these people were told.
pub async fn told_to(db: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<Vec<Told>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::ParticipantId, Column::FinishedAt])
        .column_as(update::Column::Substantive, "substantive")
        .column_as(edition::Column::CutoffSeq, "cutoff_seq")
        .join(JoinType::InnerJoin, Relation::Update.def())
        .join(JoinType::InnerJoin, update::Relation::Edition.def())
        .filter(Column::ParticipantId.is_in(people.iter().copied()))
        .filter(Column::State.eq(MessageState::Accepted))
        .into_model::<Told>()
        .all(db)
        .await
}

fn waiting() -> Condition {
    Condition::all().add(Column::State.is_in(WAITING)).add(Column::FinishedAt.is_null())
}

/// With nothing finished about them.
const WAITING: [MessageState; 3] = [MessageState::Queued, MessageState::Deferred, MessageState::Unknown];

/// Gives back what senders left behind whose lease has ended: what was only claimed is queued again; what may have
/// been handed over is unknown.
pub async fn reap(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    let ended = || {
        Condition::any()
            .add(Column::LeaseUntil.lt(At::from(now - between_clocks())))
            .add(Column::LeaseUntil.gt(longest_lease(now)))
    };
    Entity::update_many()
        .col_expr(Column::State, Expr::value(MessageState::Queued))
        .col_expr(Column::ClaimedBy, Expr::value(Option::<String>::None))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
        .filter(Column::State.eq(MessageState::Claimed))
        .filter(ended())
        .exec(tx)
        .await?;
    Entity::find()
        .filter(Column::State.eq(MessageState::Sending))
        .filter(ended())
        .order_by_asc(Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await
}

/// Claims messages that are due, those that were tried before first. On SQLite, which knows no SKIP LOCKED, the
/// transaction itself keeps others out.
pub async fn claim(
    tx: &impl ConnectionTrait,
    sender: &str,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut found = Vec::new();
    // One state at a time goes along an index; all at once would sort everything that waits for each group.
    for state in [MessageState::Unknown, MessageState::Deferred, MessageState::Queued] {
        let left = most.saturating_sub(found.len() as u64);
        if left == 0 {
            break;
        }
        let rows = Entity::find()
            .filter(Column::State.eq(state))
            .filter(Column::DueAt.lte(At::from(now)))
            .filter(Column::FinishedAt.is_null())
            .order_by_asc(Column::DueAt)
            .order_by_asc(Column::Id)
            .limit(left)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(tx)
            .await?;
        found.extend(rows);
    }
    if found.is_empty() {
        return Ok(found);
    }
    let lease_until = At::from(now + claim_lease());
    Entity::update_many()
        .col_expr(Column::State, Expr::value(MessageState::Claimed))
        .col_expr(Column::ClaimedBy, Expr::value(sender))
        .col_expr(Column::LeaseUntil, Expr::value(lease_until))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
        .filter(Column::Id.is_in(found.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    Ok(found
        .into_iter()
        .map(|row| Model {
            claimed_by: Some(sender.to_owned()),
            lease_until: Some(lease_until),
            fence: row.fence + 1,
            ..row
        })
        .collect())
}

/// Keeps senders from claiming what waits for these people until the transaction ends. Rows that lie with a sender are
/// left alone: whoever settles them may be waiting for the person, who is locked already. On SQLite the transaction
/// itself keeps them out.
pub async fn hold(tx: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let mut sql = Sql::new(tx, "SELECT id FROM message WHERE ");
    sql.among("participant_id", people.iter().map(|id| id.0)).push(" AND ").push(STATE).push(" IN (");
    sql.list(WAITING.map(MessageState::code)).push(") AND finished_at IS NULL ORDER BY id FOR UPDATE");
    sql.all(tx).await?;
    Ok(())
}

/// Takes back what senders have claimed of this person's messages and not begun to hand over: it waits again, and is
/// made anew from how things stand then. The fence keeps the sender from beginning after all. Until the transaction ends
/// nobody claims anything of theirs.
pub async fn release(tx: &impl ConnectionTrait, participant: ParticipantId) -> Result<(), DbErr> {
    // First what still waits: a message that is claimed after the taking back, and before this, would be neither taken
    // back nor noticed as being handed over.
    hold(tx, &[participant]).await?;
    for (state, which) in [
        (MessageState::Unknown, Condition::all().add(Column::Unknowns.gt(0))),
        (MessageState::Deferred, Condition::all().add(Column::Unknowns.eq(0)).add(Column::Attempts.gt(0))),
        (MessageState::Queued, Condition::all().add(Column::Unknowns.eq(0)).add(Column::Attempts.eq(0))),
    ] {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::ClaimedBy, Expr::value(Option::<String>::None))
            .col_expr(Column::LeaseUntil, Expr::value(Option::<At>::None))
            .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
            .filter(Column::ParticipantId.eq(participant))
            .filter(Column::State.eq(MessageState::Claimed))
            .filter(which)
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Whether a message to this person is being handed over right now. If none is, none will be before the transaction
/// ends. Call `release` before it.
pub async fn is_in_flight(
    db: &impl ConnectionTrait,
    participant: ParticipantId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    hold(db, &[participant]).await?;
    let found = Entity::find()
        .filter(Column::ParticipantId.eq(participant))
        .filter(Column::State.eq(MessageState::Sending))
        .filter(Column::LeaseUntil.gte(At::from(now - between_clocks())))
        .filter(Column::LeaseUntil.lte(longest_lease(now)))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The people of a project to whom a message lies with a sender, whether its lease has ended or not. There are never
/// more of them than senders hold at one time.
pub async fn in_flight_in(
    db: &impl ConnectionTrait,
    project: ProjectId,
) -> Result<Vec<ParticipantId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ParticipantId)
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.is_in([MessageState::Claimed, MessageState::Sending]))
        .into_tuple()
        .all(db)
        .await
}

/// How many messages of a project are being handed over.
pub async fn handed_over_in(
    db: &impl ConnectionTrait,
    project: ProjectId,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(MessageState::Sending))
        .filter(Column::LeaseUntil.between(At::from(now - between_clocks()), longest_lease(now)))
        .count(db)
        .await?;
    Ok(usize::try_from(rows).unwrap_or(usize::MAX))
}

/// Takes back what still waits for these people: messages not yet handed over, and tasks not yet done. `kind` limits it.
/// What a sender claimed and left is taken from it for good.
pub async fn cancel_waiting(
    tx: &impl ConnectionTrait,
    people: &[ParticipantId],
    kind: Option<MessageKind>,
    why: &str,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let mut sql = Sql::new(tx, "UPDATE message SET state = ");
    sql.value(MessageState::Cancelled.code()).push(", finished_at = ").value(At::from(now));
    sql.push(", why = ").value(why).push(", fence = fence + 1 WHERE ");
    sql.among("participant_id", people.iter().map(|id| id.0)).push(" AND ").push(STATE).push(" IN (");
    let states = WAITING.into_iter().chain([MessageState::Task, MessageState::Claimed]);
    sql.list(states.map(MessageState::code)).push(") AND (finished_at IS NULL OR state = ");
    sql.value(MessageState::Task.code()).push(") AND (state <> ");
    sql.value(MessageState::Claimed.code()).push(" OR lease_until < ").value(At::from(now)).push(")");
    if let Some(kind) = kind {
        sql.push(" AND kind = ").value(kind.code());
    }
    sql.run(tx).await
}

pub async fn find(db: &impl ConnectionTrait, id: MessageId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The first moment after `now` at which a waiting message is due.
pub async fn next_due_after(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let row = Entity::find()
        .filter(waiting())
        .filter(Column::DueAt.gt(At::from(now)))
        .order_by_asc(Column::DueAt)
        .one(db)
        .await?;
    Ok(row.map(|row| row.due_at.utc()))
}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await
}
