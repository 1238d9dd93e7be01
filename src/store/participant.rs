//! People who gave a story: what they chose, and how far they were told. Name and address lie in the vault.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, ExprTrait, FromQueryResult, QueryOrder, QuerySelect, Value};
use serde::Deserialize;

use super::message::Addressee;
use super::sql::Sql;
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
    /// What they chose themselves, by the code of the choice, separated by commas; [`OWN_ADDRESS`] among them where the
    /// e-mail address was given by them or for them, and by no sheet.
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

const OWN_ADDRESS: &str = "email";

impl Model {
    pub fn has_chosen(&self, choice: Choice) -> bool {
        self.chosen.split(',').any(|code| code == choice.code())
    }

    /// Their e-mail address was given by them or for them, so no sheet brings another.
    pub fn has_own_address(&self) -> bool {
        self.chosen.split(',').any(|code| code == OWN_ADDRESS)
    }

    /// They stopped updates, and it was on this day that they acted last.
    pub fn has_stopped_on(&self, day: NaiveDate) -> bool {
        self.state == ParticipantState::Stopped && self.acted_on == Some(day)
    }

    pub fn quiet_times(&self) -> anyhow::Result<QuietTimes> {
        quiet_times(self.quiet_times.as_deref().unwrap_or_default())
    }

    pub fn addressee(&self) -> Addressee {
        Addressee {
            id: self.id,
            channel: self.channel,
            format: self.format,
            has_bounced: self.bounced_at.is_some(),
        }
    }

    /// They may be written to now.
    pub fn may_be_told(&self) -> bool {
        self.state == ParticipantState::Active && self.contact_consent && self.channel != Channel::None
    }

    /// They want e-mail, and their address does not take it: what is for them waits until they have another.
    pub fn needs_address(&self) -> bool {
        self.addressee().needs_address()
    }
}

/// Quiet times as a participant's row holds them.
pub fn quiet_times(text: &str) -> anyhow::Result<QuietTimes> {
    QuietTimes::kept(text).map_err(|why| anyhow::anyhow!("a participant's quiet times: {why}"))
}

pub async fn in_project(db: &impl ConnectionTrait, project: ProjectId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Id).all(db).await
}

/// By which somebody is known again.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Brief {
    pub id: ParticipantId,
    pub reference: String,
    pub skeleton: String,
    pub state: ParticipantState,
}

/// The next of them after `after`, in the order of their ids.
pub async fn brief_in_project(
    db: &impl ConnectionTrait,
    project: ProjectId,
    after: Option<ParticipantId>,
    most: u64,
) -> Result<Vec<Brief>, DbErr> {
    let mut query = Entity::find().filter(Column::ProjectId.eq(project));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query
        .select_only()
        .columns([Column::Id, Column::Reference, Column::Skeleton, Column::State])
        .order_by_asc(Column::Id)
        .limit(most)
        .into_model::<Brief>()
        .all(db)
        .await
}

pub async fn these(db: &impl ConnectionTrait, ids: &[ParticipantId]) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

/// Every setting of quiet times that somebody has, once, of all projects.
pub async fn quiet_times_in_use(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let of_somebody = Entity::find().filter(Column::QuietTimes.is_not_null());
    of_somebody.select_only().column(Column::QuietTimes).distinct().into_tuple().all(db).await
}

/// What composing needs of a person.
#[derive(Clone, Debug, Deserialize)]
pub struct Reachable {
    pub id: ParticipantId,
    pub channel: Channel,
    pub format: Format,
    pub cadence: Cadence,
    pub quiet_times: Option<String>,
    pub told_seq: i64,
    pub maybe_seq: i64,
    pub last_period: Option<NaiveDate>,
    pub first_told_at: Option<At>,
    pub joined_on: NaiveDate,
    pub told_on: Option<NaiveDate>,
    pub bounced_at: Option<At>,
}

impl Reachable {
    pub fn addressee(&self) -> Addressee {
        Addressee {
            id: self.id,
            channel: self.channel,
            format: self.format,
            has_bounced: self.bounced_at.is_some(),
        }
    }
}

const OF_REACHABLE: [&str; 12] = [
    "id",
    "channel",
    "format",
    "cadence",
    "quiet_times",
    "told_seq",
    "maybe_seq",
    "last_period",
    "first_told_at",
    "joined_on",
    "told_on",
    "bounced_at",
];

/// The next people after `after` who may be told, in the order of their ids. They are held until the transaction ends,
/// so that none of them acts, and no other process composes for them, in the meantime.
pub async fn reachable(
    db: &impl ConnectionTrait,
    project: ProjectId,
    after: Option<ParticipantId>,
    most: u64,
) -> Result<Vec<Reachable>, DbErr> {
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let mut sql = Sql::new(db, "SELECT ");
    sql.id("id").push(" AS id");
    for column in &OF_REACHABLE[1..] {
        sql.push(", ").push(column);
    }
    // Along the ids: by its index on the project SQLite would sort all people for each chunk.
    sql.push(" FROM participant WHERE ").push(if is_sqlite { "+project_id = " } else { "project_id = " });
    sql.value(project).push(" AND state = ").value(ParticipantState::Active.code());
    sql.push(" AND contact_consent AND channel <> ").value(Channel::None.code());
    if let Some(after) = after {
        sql.push(" AND participant.id > ").value(after);
    }
    sql.push(" ORDER BY participant.id LIMIT ").value(i64::try_from(most).unwrap_or(i64::MAX));
    sql.push(if is_sqlite { "" } else { " FOR UPDATE" });
    let mut people: Vec<Reachable> = sql.documents(db, &OF_REACHABLE).await?;
    // Neither database promises the order of what it has put together.
    people.sort_unstable_by_key(|person| person.id);
    Ok(people)
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

/// Their e-mail address stays, whatever a sheet brings.
pub async fn keep_address(tx: &impl ConnectionTrait, person: &Model) -> Result<(), DbErr> {
    if person.has_own_address() {
        return Ok(());
    }
    let chosen = match person.chosen.as_str() {
        "" => OWN_ADDRESS.to_owned(),
        chosen => format!("{chosen},{OWN_ADDRESS}"),
    };
    Entity::update_many()
        .col_expr(Column::Chosen, Expr::value(chosen))
        .filter(Column::Id.eq(person.id))
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
    let mut sql = Sql::new(tx, "UPDATE participant SET ");
    for (column, value) in
        [("told_on", Value::from(told_on)), ("last_period", period.into()), ("told_seq", seq.into())]
    {
        sql.push(column).push(" = CASE WHEN ").push(column).push(" IS NULL OR ").push(column).push(" < ");
        sql.value(value.clone()).push(" THEN ").value(value).push(" ELSE ").push(column).push(" END, ");
    }
    sql.push("first_told_at = COALESCE(first_told_at, ").value(At::from(at)).push(") WHERE ");
    sql.among("id", ids.iter().map(|id| id.0));
    sql.run(tx).await?;
    Ok(())
}

/// Holds these people until the transaction ends, in the order of their ids.
pub async fn lock_these(tx: &impl ConnectionTrait, ids: &[ParticipantId]) -> Result<(), DbErr> {
    // A transaction that writes holds all of SQLite.
    if tx.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let mut sql = Sql::new(tx, "SELECT id FROM participant WHERE ");
    sql.among("id", ids.iter().map(|id| id.0)).push(" ORDER BY id FOR UPDATE");
    sql.run(tx).await?;
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
