//! How fast messages leave, for all replicas together: for each thing that has a limit, the moment by which what was let
//! go so far would have left at an even pace (the generic cell rate algorithm, ITU-T I.371, with a burst of a minute).

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::types::At;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pace")]
pub struct Model {
    /// `all`, or the keyed hash of a domain.
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: String,
    pub next_at: At,
}

impl ActiveModelBehavior for ActiveModel {}

const MICROS_A_MINUTE: i64 = 60_000_000;

/// How many may leave now at `per_minute`. Others wait for the transaction to end.
pub async fn room(
    tx: &impl ConnectionTrait,
    what: &str,
    per_minute: u32,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let row = held(tx, what, now).await?;
    Ok(grant(row.next_at.0, At::from(now).0, per_minute, u64::MAX).0)
}

async fn held(tx: &impl ConnectionTrait, what: &str, now: DateTime<Utc>) -> Result<Model, DbErr> {
    let row = ActiveModel { what: Set(what.to_owned()), next_at: Set(now.into()) };
    let keep = OnConflict::column(Column::What).do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    let row = Entity::find_by_id(what).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("pace".to_owned()))
}

/// Takes up to `wanted` of what may leave now at `per_minute`; returns how many that are. Others wait for the transaction
/// to end. Whoever takes for several things does so in the order of their names.
pub async fn take(
    tx: &impl ConnectionTrait,
    what: &str,
    per_minute: u32,
    wanted: u64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let row = held(tx, what, now).await?;
    let (granted, next_at) = grant(row.next_at.0, At::from(now).0, per_minute, wanted);
    Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(At(next_at)))
        .filter(Column::What.eq(what))
        .exec(tx)
        .await?;
    Ok(granted)
}

/// The longest interval, the burst of a minute, and what clocks may differ by.
const MOST_AHEAD: i64 = 5 * MICROS_A_MINUTE;

/// How many may leave, and the new moment, in microseconds.
fn grant(next_at: i64, now: i64, per_minute: u32, wanted: u64) -> (u64, i64) {
    let interval = (MICROS_A_MINUTE / i64::from(per_minute.max(1))).max(1);
    // What lies further ahead than any limit leads was written by a clock that was wrong.
    let next_at = if next_at > now + MOST_AHEAD { now } else { next_at };
    let from = next_at.max(now);
    let room = u64::try_from((now + MICROS_A_MINUTE - from) / interval).unwrap_or(0);
    let granted = wanted.min(room);
    (granted, from + interval * i64::try_from(granted).unwrap_or(0))
}

/// Forgets what has had no limit for an hour.
pub async fn forget(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::NextAt.lt(At::from(now - Duration::hours(1)))).exec(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_clock_that_was_wrong_took_for_itself_holds_nothing_up() {
        let (now, day) = (1_000_000_000_i64, 24 * 60 * MICROS_A_MINUTE);
        assert_eq!(grant(now + 30 * day, now, 60, 6), (6, now + 6 * MICROS_A_MINUTE / 60));
        assert_eq!(grant(now + MICROS_A_MINUTE, now, 60, 6).0, 0, "the burst is used up");
    }

    proptest! {
        #[test]
        fn over_any_stretch_no_more_leaves_than_its_minutes_and_one_burst_allow(
            per_minute in 1_u32..5_000,
            asked in proptest::collection::vec((0_i64..90_000_000, 0_u64..3_000), 1..60),
        ) {
            let (mut now, mut next_at, mut left) = (1_000_000_000_i64, 0, 0_u64);
            let begun = now;
            for (pause, wanted) in asked {
                now += pause;
                let (granted, after) = grant(next_at, now, per_minute, wanted);
                prop_assert!(granted <= wanted && granted <= u64::from(per_minute) + 1);
                next_at = after;
                left += granted;
                // An interval of whole microseconds is a little short where it does not divide the minute.
                let interval = (MICROS_A_MINUTE / i64::from(per_minute)).max(1);
                let most = (now - begun + MICROS_A_MINUTE) / interval + 1;
                prop_assert!(left <= u64::try_from(most).unwrap());
            }
        }

        #[test]
        fn who_asks_each_minute_for_more_than_is_allowed_gets_what_is_allowed(per_minute in 1_u32..5_000) {
            let (mut now, mut next_at) = (1_000_000_000_i64, 0);
            for _ in 0..20 {
                let (granted, after) = grant(next_at, now, per_minute, 100_000);
                prop_assert!(granted.abs_diff(u64::from(per_minute)) <= 1, "{granted}");
                next_at = after;
                now += MICROS_A_MINUTE;
            }
        }
    }
}
