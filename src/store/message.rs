//! The outbox: one row a message, from the moment it is composed until its end. Only the holder of the current fence
//! may write what became of a claimed message.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, LockBehavior, LockType};
use sea_orm::{
    DbBackend, ExprTrait, FromQueryResult, JoinType, QueryOrder, QuerySelect, RelationTrait, Statement, Value,
};

use super::types::{At, MessageId, ParticipantId, ProjectId, UpdateId};
use super::{edition, participant, update};
use crate::domain::words::{Channel, Format, MessageKind, MessageState, ProjectState};

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
    #[sea_orm(belongs_to, from = "update_id", to = "id")]
    pub update: HasOne<update::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How long a sender may hold a claimed message before another takes it.
pub fn lease() -> Duration {
    Duration::minutes(40)
}

/// The clocks of two replicas may differ by so much. What one of them holds the other takes only when it has ended by any
/// of their clocks.
fn between_clocks() -> Duration {
    Duration::seconds(90)
}

/// A message to a person, waiting: for the relay, or as a task for somebody who posts a letter or rings up.
pub fn waiting_for(
    person: &participant::Model,
    kind: MessageKind,
    update: Option<UpdateId>,
    host: &str,
    created_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> ActiveModel {
    let by_mail = person.channel == Channel::Email;
    ActiveModel {
        id: Set(MessageId::new()),
        project_id: Set(person.project_id),
        participant_id: Set(person.id),
        update_id: Set(update),
        kind: Set(kind),
        channel: Set(person.channel),
        format: Set(person.format),
        message_id: Set(format!("{}@{host}", uuid::Uuid::new_v4())),
        state: Set(if by_mail { MessageState::Queued } else { MessageState::Task }),
        created_at: Set(created_at.into()),
        due_at: Set(due_at.into()),
        attempts: Set(0),
        unknowns: Set(0),
        first_attempt_at: Set(None),
        claimed_by: Set(None),
        lease_until: Set(None),
        fence: Set(0),
        finished_at: Set(None),
        why: Set(None),
    }
}

pub async fn insert_many(tx: &impl ConnectionTrait, rows: Vec<ActiveModel>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// An update that a person was told.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Told {
    pub participant_id: ParticipantId,
    pub format: Format,
    pub finished_at: Option<At>,
    pub substantive: bool,
    pub cutoff_seq: i64,
}

/// All updates that these people were told.
pub async fn told_to(db: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<Vec<Told>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::ParticipantId, Column::Format, Column::FinishedAt])
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
    Condition::all()
        .add(Column::State.is_in([MessageState::Queued, MessageState::Deferred, MessageState::Unknown]))
        .add(Column::FinishedAt.is_null())
}

/// Gives back what senders left behind whose lease has ended: what was only claimed is queued again; what may have
/// been handed over is unknown.
pub async fn reap(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    let now = At::from(now - between_clocks());
    Entity::update_many()
        .col_expr(Column::State, Expr::value(MessageState::Queued))
        .col_expr(Column::ClaimedBy, Expr::value(Option::<String>::None))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
        .filter(Column::State.eq(MessageState::Claimed))
        .filter(Column::LeaseUntil.lt(now))
        .exec(tx)
        .await?;
    Entity::find()
        .filter(Column::State.eq(MessageState::Sending))
        .filter(Column::LeaseUntil.lt(now))
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
    let lease_until = At::from(now + lease());
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

/// About to be handed over. Returns the ids of those that this sender still holds and whose project is not paused; for
/// these the lease begins anew, so that it covers the whole conversation. A sender whose lease has ended holds nothing
/// any more, even if nobody has noticed yet: the person may have acted in the meantime.
pub async fn set_sending(
    tx: &impl ConnectionTrait,
    rows: &[&Model],
    now: DateTime<Utc>,
) -> Result<Vec<MessageId>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(tx, "UPDATE message SET state = ");
    sql.value(MessageState::Sending.code());
    sql.push(", lease_until = ").value(At::from(now + lease()));
    sql.push(", first_attempt_at = COALESCE(first_attempt_at, ").value(At::from(now));
    sql.push(") FROM (VALUES ");
    sql.rows(padded(rows), |sql, row| {
        sql.value(row.id).push(", ").value(row.fence);
    });
    sql.push(
        ") AS held WHERE message.id = held.column1 AND message.fence = held.column2 AND message.state = ",
    );
    sql.value(MessageState::Claimed.code());
    sql.push(" AND message.lease_until >= ").value(At::from(now));
    sql.push(" AND NOT (message.kind = ").value(MessageKind::Update.code());
    sql.push(" AND message.project_id IN (SELECT id FROM project WHERE state = ");
    sql.value(ProjectState::Paused.code()).push(")) RETURNING message.id");
    sql.ids(tx).await
}

/// What became of a message.
#[derive(Clone, Debug)]
pub struct End {
    pub state: MessageState,
    pub due_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub unknowns: i32,
    pub why: Option<String>,
    /// It was tried at this moment; `None` where nothing was said about this very message.
    pub tried_at: Option<DateTime<Utc>>,
}

/// Writes the ends of attempts, where the fence is still the one that was claimed. Returns the ids of those where it
/// was.
pub async fn settle(tx: &impl ConnectionTrait, ends: &[(&Model, &End)]) -> Result<Vec<MessageId>, DbErr> {
    let mut settled = Vec::with_capacity(ends.len());
    for chunk in ends.chunks(SETTLED) {
        let mut sql = Sql::new(
            tx,
            "UPDATE message SET state = ended.column3, due_at = ended.column4, finished_at = ended.column5, \
             unknowns = ended.column6, why = ended.column7, attempts = attempts + ended.column8, \
             first_attempt_at = COALESCE(first_attempt_at, ended.column9), \
             claimed_by = NULL, lease_until = NULL FROM (VALUES ",
        );
        sql.rows(padded(chunk), |sql, (row, end)| {
            sql.value(row.id).push(", ").value(row.fence).push(", ").value(end.state.code());
            sql.push(", ").value(At::from(end.due_at)).push(", ").value(end.finished_at.map(At::from));
            sql.push(", ").value(end.unknowns).push(", ").value(end.why.clone());
            sql.push(", ").value(i32::from(end.tried_at.is_some()));
            sql.push(", ").value(end.tried_at.map(At::from));
        });
        sql.push(") AS ended WHERE message.id = ended.column1 AND message.fence = ended.column2");
        sql.push(" AND message.state IN (").value(MessageState::Claimed.code());
        sql.push(", ").value(MessageState::Sending.code());
        sql.push(", ").value(MessageState::Task.code()).push(") RETURNING message.id");
        settled.extend(sql.ids(tx).await?);
    }
    Ok(settled)
}

/// With the last one as often again as makes the number a power of two: a statement is kept ready for each number of rows,
/// and there is room for a hundred of them. The same row twice says the same.
fn padded<T>(rows: &[T]) -> impl Iterator<Item = &T> {
    let missing = rows.len().next_power_of_two() - rows.len();
    rows.iter().chain(rows.last().into_iter().cycle().take(missing))
}

/// Ends in one statement, far below the 32,766 values that SQLite takes.
const SETTLED: usize = 500;

/// A statement in SQL that both databases read: sea-query has no UPDATE with a list of values beside it.
struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    fn new(db: &impl ConnectionTrait, text: &str) -> Self {
        Sql { backend: db.get_database_backend(), text: text.to_owned(), values: Vec::new() }
    }

    fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        match self.backend {
            DbBackend::Postgres => self.text.push_str(&format!("${}", self.values.len())),
            _ => self.text.push('?'),
        }
        self
    }

    fn rows<T>(&mut self, rows: impl Iterator<Item = T>, each: impl Fn(&mut Self, T)) {
        for (place, row) in rows.enumerate() {
            self.text.push_str(if place == 0 { "(" } else { ", (" });
            each(self, row);
            self.text.push(')');
        }
    }

    async fn ids(self, db: &impl ConnectionTrait) -> Result<Vec<MessageId>, DbErr> {
        let statement = Statement::from_sql_and_values(self.backend, self.text, self.values);
        db.query_all_raw(statement).await?.iter().map(|row| row.try_get_by_index(0)).collect()
    }
}

/// Keeps senders from claiming what waits for these people until the transaction ends. Rows that lie with a sender are
/// left alone: whoever settles them may be waiting for the person, who is locked already.
pub async fn hold(tx: &impl ConnectionTrait, people: &[ParticipantId]) -> Result<(), DbErr> {
    let _held: Vec<MessageId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ParticipantId.is_in(people.iter().copied()))
        .filter(waiting())
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    Ok(())
}

/// Takes back what senders have claimed of this person's messages and not begun to hand over: it waits again, and is
/// made anew from how things stand then. The fence keeps the sender from beginning after all.
pub async fn release(tx: &impl ConnectionTrait, participant: ParticipantId) -> Result<(), DbErr> {
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
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The people among these to whom a message lies with a sender, whether its lease has ended or not.
pub async fn in_flight_to(
    db: &impl ConnectionTrait,
    people: &[ParticipantId],
) -> Result<Vec<ParticipantId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ParticipantId)
        .filter(Column::ParticipantId.is_in(people.iter().copied()))
        .filter(Column::State.is_in([MessageState::Claimed, MessageState::Sending]))
        .into_tuple()
        .all(db)
        .await
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
    let left_behind = Condition::all()
        .add(Column::State.eq(MessageState::Claimed))
        .add(Column::LeaseUntil.lt(At::from(now)));
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(MessageState::Cancelled))
        .col_expr(Column::FinishedAt, Expr::value(At::from(now)))
        .col_expr(Column::Why, Expr::value(why))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1))
        .filter(Column::ParticipantId.is_in(people.iter().copied()))
        .filter(Condition::any().add(waiting()).add(Column::State.eq(MessageState::Task)).add(left_behind));
    if let Some(kind) = kind {
        update = update.filter(Column::Kind.eq(kind));
    }
    Ok(update.exec(tx).await?.rows_affected)
}

pub async fn find(db: &impl ConnectionTrait, id: MessageId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
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
