//! Links for people without accounts: a random id a person and purpose. The token also carries a MAC, so that nobody
//! who reads this table can make one.

use chrono::{DateTime, Utc};
use rand::RngCore;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde::Serialize;

use super::sql::{Kind, Sql};
use super::types::{At, ParticipantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// 128 random bits in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub participant_id: ParticipantId,
    pub purpose: String,
    pub created_at: At,
    pub revoked_at: Option<At>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a link may be used for.
pub const UPDATES: &str = "updates";

/// The link to the pages of a project. Its id lies in the project's row: it belongs to no person.
pub const PROJECT: &str = "project";

/// An id for a new link: 128 random bits in hex.
pub fn new_id() -> String {
    let mut id = [0_u8; 16];
    rand::rng().fill_bytes(&mut id);
    hex::encode(id)
}

/// The link of this person for this purpose, made where there is none.
pub async fn of(
    tx: &impl ConnectionTrait,
    participant: ParticipantId,
    purpose: &str,
    at: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let row = ActiveModel {
        id: Set(new_id()),
        participant_id: Set(participant),
        purpose: Set(purpose.to_owned()),
        created_at: Set(at.into()),
        revoked_at: Set(None),
    };
    let keep = OnConflict::columns([Column::ParticipantId, Column::Purpose]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    let found = Entity::find()
        .filter(Column::ParticipantId.eq(participant))
        .filter(Column::Purpose.eq(purpose))
        .one(tx)
        .await?;
    found.ok_or_else(|| DbErr::RecordNotFound("link".to_owned()))
}

#[derive(Serialize)]
struct New {
    id: String,
    participant_id: ParticipantId,
}

/// Makes the links of these people for this purpose where there is none.
pub async fn make(
    tx: &impl ConnectionTrait,
    people: &[ParticipantId],
    purpose: &str,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    if people.is_empty() {
        return Ok(());
    }
    let rows: Vec<New> = people.iter().map(|person| New { id: new_id(), participant_id: *person }).collect();
    let mut sql = Sql::new(
        tx,
        "INSERT INTO link (id, participant_id, purpose, created_at) SELECT id, participant_id, ",
    );
    sql.value(purpose).push(", ").value(At::from(at)).push(" FROM ");
    sql.records(&rows, &[("id", Kind::Text), ("participant_id", Kind::Id)], "new")?;
    sql.push(" WHERE true ON CONFLICT (participant_id, purpose) DO NOTHING");
    sql.run(tx).await?;
    Ok(())
}

/// The link with this id, unless it was revoked.
pub async fn find(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).filter(Column::RevokedAt.is_null()).one(db).await
}
