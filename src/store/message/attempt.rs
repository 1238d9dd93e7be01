//! An attempt at a message: marked as being handed over, and what became of it.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use sea_orm::DbErr;
use serde::Serialize;

use super::{Model, lease};
use crate::domain::words::{MessageKind, MessageState, ProjectState};
use crate::store::sql::{Kind, Sql};
use crate::store::types::{At, MessageId};

/// The state of a message whose row is known already. Not the bare column: a database that believes that few messages are
/// in these states would go through its index of states, with all that lies with any sender, for each row.
pub const STATE: &str = "(message.state || '')";

/// A claimed message and the fence of its sender.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Held {
    pub id: MessageId,
    fence: i64,
}

impl From<&Model> for Held {
    fn from(row: &Model) -> Self {
        Held { id: row.id, fence: row.fence }
    }
}

const HELD: [(&str, Kind); 2] = [("id", Kind::Id), ("fence", Kind::Whole)];

/// About to be handed over. Returns the ids of those that this sender still holds and whose project is not paused; for
/// these the lease begins anew, so that it covers the whole conversation. A sender whose lease has ended holds nothing
/// any more, even if nobody has noticed yet: the person may have acted in the meantime.
pub async fn set_sending(
    tx: &impl ConnectionTrait,
    rows: &[impl Into<Held> + Copy],
    now: DateTime<Utc>,
) -> Result<Vec<MessageId>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Held> = rows.iter().map(|row| (*row).into()).collect();
    let mut sql = Sql::new(tx, "UPDATE message SET state = ");
    sql.value(MessageState::Sending.code());
    sql.push(", lease_until = ").value(At::from(now + lease()));
    sql.push(", first_attempt_at = COALESCE(first_attempt_at, ").value(At::from(now)).push(") FROM ");
    sql.records(&rows, &HELD, "held")?;
    sql.push(" WHERE message.id = held.id AND message.fence = held.fence AND ").push(STATE).push(" = ");
    sql.value(MessageState::Claimed.code());
    sql.push(" AND message.lease_until >= ").value(At::from(now));
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM project WHERE project.id = message.project_id AND project.state = ",
    );
    sql.value(ProjectState::Paused.code()).push(" AND message.kind = ");
    sql.value(MessageKind::Update.code()).push(")");
    if sql.run(tx).await? == rows.len() as u64 {
        return Ok(rows.into_iter().map(|row| row.id).collect());
    }
    // Whoever holds the fence is the only one who marks, so what stands marked under it was marked here.
    let mut sql = Sql::new(tx, "SELECT message.id FROM message JOIN ");
    sql.records(&rows, &HELD, "held")?;
    sql.push(" ON message.id = held.id AND message.fence = held.fence WHERE ").push(STATE).push(" = ");
    sql.value(MessageState::Sending.code());
    sql.all(tx).await?.iter().map(|row| row.try_get_by_index(0)).collect()
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

/// An end as the database is given it.
#[derive(Serialize)]
struct Written<'a> {
    id: MessageId,
    fence: i64,
    state: MessageState,
    due_at: At,
    finished_at: Option<At>,
    unknowns: i32,
    why: Option<&'a str>,
    tries: i32,
    tried_at: Option<At>,
}

/// Writes the ends of attempts, where the fence is still the one that was claimed. Returns how many those are.
pub async fn settle(tx: &impl ConnectionTrait, ends: &[(&Model, &End)]) -> Result<u64, DbErr> {
    if ends.is_empty() {
        return Ok(0);
    }
    settling(tx, ends)?.run(tx).await
}

/// As `settle`, but tells which those are.
pub async fn settle_named(
    tx: &impl ConnectionTrait,
    ends: &[(&Model, &End)],
) -> Result<Vec<MessageId>, DbErr> {
    if ends.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = settling(tx, ends)?;
    sql.push(" RETURNING message.id");
    sql.all(tx).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

fn settling(tx: &impl ConnectionTrait, ends: &[(&Model, &End)]) -> Result<Sql, DbErr> {
    let ends: Vec<Written> = ends
        .iter()
        .map(|(row, end)| Written {
            id: row.id,
            fence: row.fence,
            state: end.state,
            due_at: end.due_at.into(),
            finished_at: end.finished_at.map(At::from),
            unknowns: end.unknowns,
            why: end.why.as_deref(),
            tries: i32::from(end.tried_at.is_some()),
            tried_at: end.tried_at.map(At::from),
        })
        .collect();
    let mut sql = Sql::new(
        tx,
        "UPDATE message SET state = ended.state, due_at = ended.due_at, finished_at = ended.finished_at, \
         unknowns = CAST(ended.unknowns AS integer), why = ended.why, \
         attempts = attempts + CAST(ended.tries AS integer), \
         first_attempt_at = COALESCE(first_attempt_at, ended.tried_at), \
         claimed_by = NULL, lease_until = NULL FROM ",
    );
    sql.records(
        &ends,
        &[
            ("id", Kind::Id),
            ("fence", Kind::Whole),
            ("state", Kind::Text),
            ("due_at", Kind::Whole),
            ("finished_at", Kind::Whole),
            ("unknowns", Kind::Whole),
            ("why", Kind::Text),
            ("tries", Kind::Whole),
            ("tried_at", Kind::Whole),
        ],
        "ended",
    )?;
    sql.push(" WHERE message.id = ended.id AND message.fence = ended.fence AND ").push(STATE).push(" IN (");
    sql.list([MessageState::Claimed, MessageState::Sending, MessageState::Task].map(MessageState::code));
    sql.push(")");
    Ok(sql)
}
