//! What making a message needs of the person it is for, of its update and of the stories behind it, read at once: a row a
//! message, because a row costs less by what is in it than by its way out of the database.

use anyhow::Context;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;
use sea_orm::{DbBackend, FromQueryResult, Iterable, JoinType, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::types::{EditionId, MessageId, RecommendationId};
use super::{link, message, participant, update, vault};

/// The person of a message, and what belongs to it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Addressee {
    pub message_id: MessageId,
    #[sea_orm(nested)]
    pub person: participant::Model,
    /// Name and address, sealed.
    pub sealed: Option<Vec<u8>>,
    /// The person's link for updates that holds.
    pub link_id: Option<String>,
    pub edition_id: Option<EditionId>,
    /// A [`Reader`](crate::domain::update::Reader) as JSON.
    pub reader: Option<String>,
    rests: Option<String>,
}

impl Addressee {
    /// The recommendations that rest on stories of theirs which may be used now.
    pub fn rests(&self) -> anyhow::Result<impl Iterator<Item = RecommendationId>> {
        let ids = self.rests.iter().flat_map(|ids| ids.split(','));
        let ids: Result<Vec<Uuid>, _> = ids.map(Uuid::parse_str).collect();
        Ok(ids.context("the id of a recommendation")?.into_iter().map(RecommendationId))
    }
}

/// For stories that are not withdrawn and have consent, as `evidence::links_of`.
const BEHIND: &str = "FROM evidence JOIN story ON story.id = evidence.story_id \
                      WHERE story.participant_id = participant.id AND story.withdrawn_at IS NULL \
                      AND story.consent IS NOT NULL";

/// The addressees of these messages. Whoever is gone is left out.
pub async fn of(db: &impl ConnectionTrait, messages: &[MessageId]) -> Result<Vec<Addressee>, DbErr> {
    let listed = match db.get_database_backend() {
        DbBackend::Postgres => "string_agg(DISTINCT CAST(evidence.recommendation_id AS text), ',')",
        _ => "group_concat(DISTINCT hex(evidence.recommendation_id))",
    };
    let person = message::Entity::belongs_to(participant::Entity)
        .from(message::Column::ParticipantId)
        .to(participant::Column::Id);
    let contact = participant::Entity::belongs_to(vault::Entity)
        .from(participant::Column::Id)
        .to(vault::Column::ParticipantId);
    let holds = participant::Entity::belongs_to(link::Entity)
        .from(participant::Column::Id)
        .to(link::Column::ParticipantId)
        .on_condition(|_, _| {
            Condition::all()
                .add(link::Column::Purpose.eq(link::UPDATES))
                .add(link::Column::RevokedAt.is_null())
        });
    message::Entity::find()
        .select_only()
        .column_as(message::Column::Id, "message_id")
        .columns(participant::Column::iter())
        .column_as(vault::Column::Sealed, "sealed")
        .column_as(link::Column::Id, "link_id")
        .column_as(update::Column::EditionId, "edition_id")
        .column_as(update::Column::Reader, "reader")
        .expr_as(Expr::cust(format!("(SELECT {listed} {BEHIND})")), "rests")
        .join(JoinType::InnerJoin, person.into())
        .join(JoinType::LeftJoin, contact.into())
        .join(JoinType::LeftJoin, holds.into())
        .join(JoinType::LeftJoin, message::Relation::Update.def())
        .filter(message::Column::Id.is_in(messages.iter().copied()))
        .into_model::<Addressee>()
        .all(db)
        .await
}
