//! Counting what goes out: for who watches an instance, and edition by edition for who asks how far one got.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, JoinType, QueryOrder, QuerySelect, RelationTrait, Statement};

use super::types::{At, EditionId, MessageId, ProjectId};
use super::{edition, instance, message, relay, replica, update};
use crate::domain::words::{Channel, EditionState, MessageState};

/// Messages of the whole instance that are not at their end, and what else tells whether it does its work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// By state: those that will be tried, by themselves.
    pub waiting: Vec<(MessageState, i64)>,
    /// Letters and calls that wait for a person.
    pub tasks: i64,
    /// How long the longest due message has been due, in seconds; 0 while none is.
    pub oldest_due_seconds: i64,
    pub ticked_at: Option<DateTime<Utc>>,
    /// By state: drafts, held ones, and those being composed.
    pub editions: Vec<(EditionState, i64)>,
    /// Processes that said within the last minutes that they are here.
    pub replicas: i64,
    /// Whether the relay is left alone for now because it did not answer.
    pub breaker_open: bool,
}

/// What became of messages since the instance was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// By state and the class of the mail server's last reply: 2, 4 or 5; 0 where none decided.
    pub by_class: Vec<(MessageState, u8, i64)>,
    /// Attempts after the first one of each message.
    pub retries: i64,
}

#[derive(FromQueryResult)]
struct Counted {
    state: String,
    class: Option<i32>,
    messages: i64,
    first: Option<i64>,
}

async fn counted(db: &impl ConnectionTrait, sql: String) -> Result<Vec<Counted>, DbErr> {
    // Written out, not bound: a partial index is used only where the condition can be read.
    Counted::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await
}

fn codes(states: &[MessageState]) -> String {
    states.iter().map(|state| format!("'{}'", state.code())).collect::<Vec<_>>().join(", ")
}

fn state(code: &str) -> Result<MessageState, DbErr> {
    MessageState::parse(code).ok_or_else(|| DbErr::Type(format!("{code} is no state of a message")))
}

pub async fn depth(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Depth, DbErr> {
    use MessageState::{Claimed, Deferred, Queued, Sending, Task, Unknown};
    let mut depth = Depth::default();
    let by_state = |states: &[MessageState], ended: &str| {
        format!(
            "SELECT state, CAST(NULL AS INTEGER) AS class, COUNT(*) AS messages, MIN(due_at) AS first FROM message \
             WHERE state IN ({}){ended} GROUP BY state",
            codes(states)
        )
    };
    let mut rows = counted(db, by_state(&[Queued, Claimed, Sending, Deferred, Task], "")).await?;
    // One whose fate is unknown waits for its second try, or is at its end.
    rows.extend(counted(db, by_state(&[Unknown], " AND finished_at IS NULL")).await?);
    let mut first = now.timestamp_micros();
    depth.waiting = [Queued, Claimed, Sending, Deferred, Unknown].map(|state| (state, 0)).to_vec();
    for row in rows {
        match state(&row.state)? {
            Task => depth.tasks = row.messages,
            state => {
                first = first.min(row.first.unwrap_or(first));
                depth
                    .waiting
                    .iter_mut()
                    .filter(|(known, _)| *known == state)
                    .for_each(|(_, n)| *n = row.messages);
            }
        }
    }
    depth.oldest_due_seconds = (now.timestamp_micros() - first) / 1_000_000;
    depth.ticked_at = instance::find(db).await?.and_then(|row| row.ticked_at).map(At::utc);
    for state in [EditionState::Draft, EditionState::Held, EditionState::CutOff] {
        let rows = edition::Entity::find().filter(edition::Column::State.eq(state)).count(db).await?;
        depth.editions.push((state, i64::try_from(rows).unwrap_or(i64::MAX)));
    }
    depth.replicas = i64::try_from(replica::present(db, now).await?.len()).unwrap_or(i64::MAX);
    depth.breaker_open = relay::find(db).await?.is_some();
    Ok(depth)
}

pub async fn outcomes(db: &impl ConnectionTrait) -> Result<Outcomes, DbErr> {
    use MessageState::{Accepted, Cancelled, Failed, Unknown};
    let mut outcomes = Outcomes::default();
    let one = async |sql: String| -> Result<i64, DbErr> {
        Ok(counted(db, sql).await?.first().map_or(0, |row| row.messages))
    };
    let count = |what: &str, of: &str| {
        format!(
            "SELECT '' AS state, 0 AS class, {what} AS messages, CAST(NULL AS BIGINT) AS first FROM message WHERE {of}"
        )
    };
    let accepted = one(count("COUNT(*)", "state = 'accepted'")).await?;
    // A person posted them or rang up: no mail server had a say.
    let by_hand = one(count("COUNT(*)", "state = 'accepted' AND channel <> 'email'")).await?;
    outcomes.retries = one(count("CAST(COALESCE(SUM(attempts - 1), 0) AS BIGINT)", "attempts > 1")).await?;
    outcomes.by_class = vec![(Accepted, 2, accepted - by_hand), (Accepted, 0, by_hand)];
    // Few enough to look at what was said last: it names the reply as "answered VERB with 550 …".
    let rest = format!(
        "SELECT state, CASE WHEN why LIKE '% with 4__ %' THEN 4 WHEN why LIKE '% with 5__ %' THEN 5 ELSE 0 END AS class, \
         COUNT(*) AS messages, CAST(NULL AS BIGINT) AS first FROM message \
         WHERE state IN ({}) AND finished_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
        codes(&[Failed, Unknown, Cancelled])
    );
    for row in counted(db, rest).await? {
        let class = row.class.and_then(|class| u8::try_from(class).ok()).unwrap_or(0);
        outcomes.by_class.push((state(&row.state)?, class, row.messages));
    }
    // A counter that is there from the beginning shows its first step.
    for (state, class) in [(Failed, 5), (Failed, 0), (Unknown, 0), (Cancelled, 0)] {
        if !outcomes.by_class.iter().any(|(known, of, _)| (*known, *of) == (state, class)) {
            outcomes.by_class.push((state, class, 0));
        }
    }
    Ok(outcomes)
}

/// Messages of one edition that are in the same place; without an edition they are confirmations.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Heap {
    pub project_id: ProjectId,
    pub edition_id: Option<EditionId>,
    pub state: MessageState,
    pub channel: Channel,
    pub ended: bool,
    /// Why it was taken back or put off; `None` for every other state.
    pub why: Option<String>,
    pub messages: i64,
    pub first_due: Option<At>,
    pub last_due: Option<At>,
    /// When the last of their leases ends, where they lie with a sender.
    pub last_lease: Option<At>,
    pub retries: Option<i64>,
}

pub async fn heaps(db: &impl ConnectionTrait, project: Option<ProjectId>) -> Result<Vec<Heap>, DbErr> {
    use message::Column::{Channel, DueAt, FinishedAt, Id, LeaseUntil, ProjectId, State};
    const WHY: &str = r#"CASE WHEN "message"."state" IN ('cancelled', 'deferred') THEN "message"."why" END"#;
    const RETRIES: &str =
        r#"CAST(SUM(CASE WHEN "message"."attempts" > 1 THEN "message"."attempts" - 1 ELSE 0 END) AS BIGINT)"#;
    let mut rows = message::Entity::find()
        .select_only()
        .columns([ProjectId, State, Channel])
        .column_as(update::Column::EditionId, "edition_id")
        .column_as(FinishedAt.is_not_null(), "ended")
        .column_as(Expr::cust(WHY), "why")
        .column_as(Id.count(), "messages")
        .column_as(DueAt.min(), "first_due")
        .column_as(DueAt.max(), "last_due")
        .column_as(LeaseUntil.max(), "last_lease")
        .column_as(Expr::cust(RETRIES), "retries")
        .join(JoinType::LeftJoin, message::Relation::Update.def())
        .group_by(ProjectId)
        .group_by(State)
        .group_by(Channel)
        .group_by(update::Column::EditionId)
        .group_by(FinishedAt.is_not_null())
        .group_by(Expr::cust(WHY));
    if let Some(project) = project {
        rows = rows.filter(ProjectId.eq(project));
    }
    rows.into_model::<Heap>().all(db).await
}

/// A message that a person has to look at.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Stuck {
    pub id: MessageId,
    pub project_id: ProjectId,
    pub edition_id: Option<EditionId>,
    pub state: MessageState,
    pub finished_at: Option<At>,
    pub why: Option<String>,
}

pub async fn stuck(db: &impl ConnectionTrait, project: Option<ProjectId>) -> Result<Vec<Stuck>, DbErr> {
    use message::Column::{FinishedAt, Id, ProjectId, State, Why};
    let mut rows = message::Entity::find()
        .select_only()
        .columns([Id, ProjectId, State, FinishedAt, Why])
        .column_as(update::Column::EditionId, "edition_id")
        .join(JoinType::LeftJoin, message::Relation::Update.def())
        .filter(State.is_in([MessageState::Failed, MessageState::Unknown]))
        .filter(FinishedAt.is_not_null())
        .order_by_asc(FinishedAt)
        .order_by_asc(Id);
    if let Some(project) = project {
        rows = rows.filter(ProjectId.eq(project));
    }
    rows.into_model::<Stuck>().all(db).await
}

/// An edition with how many updates were composed for it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Composed {
    pub id: EditionId,
    pub project_id: ProjectId,
    pub period: At,
    pub period_on: NaiveDate,
    pub state: EditionState,
    pub updates: i64,
}

/// All editions, in the order of time.
pub async fn editions(db: &impl ConnectionTrait, project: Option<ProjectId>) -> Result<Vec<Composed>, DbErr> {
    use edition::Column::{Id, Period, PeriodOn, ProjectId, State};
    use sea_orm::ExprTrait;
    let of = sea_orm::sea_query::Query::select()
        .expr(update::Column::Id.count())
        .from(update::Entity)
        .and_where(
            Expr::col((update::Entity, update::Column::EditionId))
                .equals((edition::Entity, edition::Column::Id)),
        )
        .to_owned();
    let mut rows = edition::Entity::find()
        .select_only()
        .columns([Id, ProjectId, Period, PeriodOn, State])
        .expr_as(of, "updates")
        .order_by_asc(Period)
        .order_by_asc(Id);
    if let Some(project) = project {
        rows = rows.filter(ProjectId.eq(project));
    }
    rows.into_model::<Composed>().all(db).await
}
