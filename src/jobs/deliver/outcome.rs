//! The table of outcomes: what an attempt means for its message, and when it is tried again.

use chrono::{DateTime, Duration, Utc};

use crate::domain::words::MessageState;
use crate::mail::smtp::Attempt;
use crate::store::message::{End, Model};

/// Waits between attempts: then every 12 hours.
const BACKOFF_MINUTES: [i64; 5] = [30, 60, 120, 240, 480];
const LAST_BACKOFF_MINUTES: i64 = 720;

/// Nobody is tried for longer than this.
const GIVE_UP_AFTER_DAYS: i64 = 4;

/// A message whose outcome is unknown is handed over once more, after this time.
const UNKNOWN_AGAIN_MINUTES: i64 = 30;

/// A relay that is away is asked again by a later tick; what waits loses no attempt.
const RELAY_AGAIN_MINUTES: i64 = 1;

/// What could not be marked, most likely because its project was paused, is looked at again after this time.
pub fn pause() -> Duration {
    Duration::minutes(15)
}

/// What follows from an attempt, and whether the relay itself is away.
pub fn outcome(now: DateTime<Utc>, row: &Model, attempt: &Attempt) -> (End, bool) {
    // After an unknown outcome there is one more try; unless that is accepted, a person has to look.
    let again = row.unknowns > 0;
    match attempt {
        Attempt::Accepted { reply } => (ended(now, row, MessageState::Accepted, reply), false),
        Attempt::RelayDown { why } => (relay_down(now, row, why), true),
        Attempt::Untried { .. } => (waits(row, now), false),
        Attempt::Unknown { why } => (unknown(now, row, why), false),
        Attempt::Deferred { why, .. } | Attempt::Failed { why, .. } if again => {
            (End { finished_at: Some(now), ..unknown(now, row, why) }, false)
        }
        Attempt::Deferred { why, .. } => (deferred(now, row, why), false),
        Attempt::Failed { why, .. } => (ended(now, row, MessageState::Failed, why), false),
    }
}

pub fn ended(now: DateTime<Utc>, row: &Model, state: MessageState, why: &str) -> End {
    let tried_at = (state != MessageState::Cancelled).then_some(now);
    let unknowns = row.unknowns;
    End { state, due_at: now, finished_at: Some(now), unknowns, why: Some(why.to_owned()), tried_at }
}

/// Nothing was tried; it waits as it did before.
pub fn waits(row: &Model, at: DateTime<Utc>) -> End {
    End {
        state: before(row),
        due_at: at,
        finished_at: None,
        unknowns: row.unknowns,
        why: row.why.clone(),
        tried_at: None,
    }
}

/// The state in which a message waits again that was claimed and not tried.
fn before(row: &Model) -> MessageState {
    match (row.unknowns, row.attempts) {
        (1.., _) => MessageState::Unknown,
        (_, 1..) => MessageState::Deferred,
        _ => MessageState::Queued,
    }
}

pub fn relay_down(now: DateTime<Utc>, row: &Model, why: &str) -> End {
    End { why: Some(why.to_owned()), ..waits(row, now + Duration::minutes(RELAY_AGAIN_MINUTES)) }
}

pub fn deferred(now: DateTime<Utc>, row: &Model, why: &str) -> End {
    let first = row.first_attempt_at.map_or(now, |at| at.utc());
    if now - first >= Duration::days(GIVE_UP_AFTER_DAYS) {
        let why = format!("given up after {GIVE_UP_AFTER_DAYS} days: {why}");
        return ended(now, row, MessageState::Failed, &why);
    }
    let step = usize::try_from(row.attempts).unwrap_or(0);
    let minutes = BACKOFF_MINUTES.get(step).copied().unwrap_or(LAST_BACKOFF_MINUTES);
    let wait = Duration::minutes(minutes) + jitter(row, minutes);
    End {
        state: MessageState::Deferred,
        due_at: now + wait,
        finished_at: None,
        unknowns: row.unknowns,
        why: Some(why.to_owned()),
        tried_at: Some(now),
    }
}

/// Up to a tenth of the wait, the same for the same message and attempt, so that replicas agree.
fn jitter(row: &Model, minutes: i64) -> Duration {
    let bytes = row.id.0.as_bytes().iter();
    let seed = bytes.fold(i64::from(row.attempts), |sum, byte| sum * 31 % 9_973 + i64::from(*byte));
    Duration::seconds(seed % (minutes * 6).max(1))
}

pub fn unknown(now: DateTime<Utc>, row: &Model, why: &str) -> End {
    let unknowns = row.unknowns + 1;
    End {
        state: MessageState::Unknown,
        due_at: now + Duration::minutes(UNKNOWN_AGAIN_MINUTES),
        finished_at: (unknowns > 1).then_some(now),
        unknowns,
        why: Some(why.to_owned()),
        tried_at: Some(now),
    }
}
