//! Reports that mail servers send back: whether one is genuine and about a message of ours, what it means for the
//! person, and the address that a message is sent from so that it can be told.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::telling;
use crate::app::App;
use crate::config::Config;
use crate::domain::bounce::{Action, Meaning, Recipient, Report, Status, meaning, suppresses};
use crate::domain::words::{BounceKind, Channel, MessageState, ParticipantState};
use crate::error::Result;
use crate::keys::Keys;
use crate::mail::bounce::{self as report, Came};
use crate::mail::verp;
use crate::store::types::{At, BounceId, MessageId};
use crate::store::{self, audit, bounce, message, participant, vault};

pub use crate::mail::bounce::MOST_BYTES;

/// Who reports: it goes into the audit trail.
const ACTOR: &str = "mail server";

/// The envelope sender of a message. Without an address for reports it is the sender's own, and nothing that comes back
/// is known for ours.
pub fn return_path(keys: &Keys, config: &Config, id: MessageId) -> String {
    match &config.bounce_address {
        Some(address) => {
            let id = id.0.into_bytes();
            verp::write(address, id, keys.bounce_mac(id))
        }
        None => config.mail_from.clone(),
    }
}

/// The message whose return path this is, if it was made here.
pub fn read_return_path(keys: &Keys, address: &str) -> Option<MessageId> {
    let (id, mac) = verp::read(address)?;
    keys.is_bounce_mac(id, mac).then(|| MessageId(uuid::Uuid::from_bytes(id)))
}

/// Whether somebody may hand in reports with this token. Without a token of ours nobody may.
pub fn is_token(app: &App, given: &str) -> bool {
    app.config.bounce_token.as_ref().is_some_and(|token| app.keys.is_same(token.as_str(), given))
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It counts; the second part says whether the address is not written to any more because of it.
    Counted(BounceKind, bool),
    /// It changes nothing, and this is why.
    Nothing(&'static str),
    /// It was faster than our own note that its message was accepted: it is to come again.
    Again,
}

/// Takes what came to the address for reports. `to` is the recipient as the mail server knows it; without it the headers
/// are asked. A report that is not genuine, not ours or not plain changes nothing, which is no error: whoever sent it
/// gets no answer.
///
/// # Errors
/// When the database cannot be reached; the same report may be handed in again.
pub async fn take(app: &App, message: &[u8], to: Option<&str>) -> Result<Taken> {
    let read = read(app, message, to);
    let outbox = read.as_ref().ok().map(|(id, ..)| id.to_string());
    let taken = match read {
        Ok((id, kind, status, came)) => count(app, id, kind, status, &message[came.body_at..]).await?,
        Err(why) => Taken::Nothing(why),
    };
    match taken {
        Taken::Again => {
            tracing::info!(outbox, "a report came while its message was handed over; it comes again")
        }
        Taken::Nothing(why) => tracing::info!(outbox, why, "a report was taken and changes nothing"),
        Taken::Counted(kind @ BounceKind::Policy, _) => {
            tracing::warn!(outbox, %kind, "a message was refused because of how mail is set up here; see `hearback doctor`");
        }
        Taken::Counted(kind, suppressed) => {
            tracing::info!(outbox, %kind, suppressed, "a report was taken and counts")
        }
    }
    Ok(taken)
}

type Read = (MessageId, BounceKind, Option<String>, Came);

fn read(app: &App, message: &[u8], to: Option<&str>) -> std::result::Result<Read, &'static str> {
    if message.len() > MOST_BYTES {
        return Err("too long");
    }
    let came = report::read(message);
    let ours = |addresses: &[String]| -> BTreeSet<MessageId> {
        addresses.iter().filter_map(|address| read_return_path(&app.keys, address)).collect()
    };
    let mut found = match to {
        Some(to) => ours(&[to.to_owned()]),
        None => ours(&came.delivered_to),
    };
    // Complaints go to an address that was agreed on; they prove with the return path that they repeat.
    if found.is_empty() {
        found = ours(&came.about);
    }
    let mut found = found.into_iter();
    let (Some(id), None) = (found.next(), found.next()) else {
        return Err("no return path of ours, or several");
    };
    match meaning(&came.report) {
        Meaning::Counts(kind, status) => Ok((id, kind, status.map(|status| status.to_string()), came)),
        Meaning::Nothing(why) => Err(why),
    }
}

async fn count(
    app: &App,
    id: MessageId,
    kind: BounceKind,
    status: Option<String>,
    content: &[u8],
) -> Result<Taken> {
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    // First the person, then their messages, as everywhere.
    let person = match message::find(&tx, id).await? {
        Some(row) => participant::lock(&tx, row.participant_id).await?,
        None => None,
    };
    let (Some(person), Some(row)) = (person, message::find(&tx, id).await?) else {
        tx.rollback().await?;
        return Ok(Taken::Nothing("about a message that is not here"));
    };
    if row.state == MessageState::Sending {
        tx.rollback().await?;
        return Ok(Taken::Again);
    }
    let has_come_back = !bounce::about(&tx, row.id).await?.is_empty();
    if let Some(why) = not_of_now(&row, &person, has_come_back) {
        tx.rollback().await?;
        return Ok(Taken::Nothing(why));
    }
    match weigh(&tx, &app.keys, &row, &person, (kind, status), content, now).await? {
        Some(suppressed) => {
            tx.commit().await?;
            Ok(Taken::Counted(kind, suppressed))
        }
        None => {
            tx.rollback().await?;
            Ok(Taken::Nothing("known already"))
        }
    }
}

/// The relay itself refused a message for good, with this enhanced status code: that counts like a report. For the
/// transaction that has just settled it as failed. Says whether the address is not written to any more.
///
/// # Errors
/// When the database cannot be reached.
pub async fn refused(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    row: &message::Model,
    enhanced: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let said =
        Recipient { action: Some(Action::Failed), status: Status::parse(enhanced), ..Recipient::default() };
    let Meaning::Counts(kind, status) = meaning(&Report::Delivery(vec![said])) else { return Ok(false) };
    let Some(person) = participant::lock(tx, row.participant_id).await? else { return Ok(false) };
    let status = status.map(|status| status.to_string());
    let suppressed = weigh(tx, keys, row, &person, (kind, status), b"refused by the relay", now).await?;
    Ok(suppressed.unwrap_or(false))
}

/// Keeps what counts about a message to a person who is locked, and draws what follows. `None` where it is known
/// already; otherwise whether the address is not written to any more because of it.
async fn weigh(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    row: &message::Model,
    person: &participant::Model,
    (kind, status): (BounceKind, Option<String>),
    content: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<bool>> {
    // Somebody who complains has it; what came back for any other reason was not told.
    let why = format!("it came back: {}", status.as_deref().unwrap_or(kind.code()));
    let report = bounce::Model {
        id: BounceId::new(),
        project_id: row.project_id,
        participant_id: person.id,
        message_id: row.id,
        at: now.into(),
        kind,
        status,
        digest: keys.report_hash(row.id.0.into_bytes(), content),
    };
    if !bounce::add(tx, report).await? {
        return Ok(None);
    }
    if kind != BounceKind::Complaint && bounce::set_came_back(tx, row.id, &why).await? {
        telling::came_back(tx, row, person).await?;
    }
    let mut all = Vec::new();
    let mut refused = BTreeSet::new();
    for row in bounce::of(tx, person.id, person.address_since).await? {
        // Two servers may report that one message came back, each in its own words: that is one failure. One that is put off
        // for days may be reported on each.
        let failure = match row.kind {
            BounceKind::Permanent => Some((row.message_id, None)),
            BounceKind::Passing => Some((row.message_id, Some(row.at.utc().date_naive()))),
            _ => None,
        };
        if failure.is_none_or(|failure| refused.insert(failure)) {
            all.push((row.kind, row.at.utc()));
        }
    }
    if person.bounced_at.is_some() || !suppresses(kind, &all, now) {
        return Ok(Some(false));
    }
    let hash = vault::find(tx, person.id).await?.and_then(|sealed| sealed.address_hash);
    participant::set_bounced(tx, person.id, kind, hash, now).await?;
    message::release(tx, person.id).await?;
    if matches!(person.state, ParticipantState::Stopped | ParticipantState::Withdrawn) {
        // Nobody asks them for another address, so nothing can wait for one.
        message::cancel_waiting(tx, &[person.id], None, "its address is not there any more", now).await?;
        return Ok(Some(true));
    }
    bounce::set_aside(tx, person.id).await?;
    // A newer update tells the same, and more.
    let is_newest = bounce::updates_to_come(tx, person.id).await?.is_empty()
        && bounce::newest_update(tx, person.id).await? == Some(row.id);
    if kind != BounceKind::Complaint && is_newest {
        bounce::set_waiting(tx, row.id).await?;
    }
    let about = format!("participant {}: {kind}", person.id);
    audit::add(tx, Some(row.project_id), now, ACTOR, "give up an address", &about).await?;
    Ok(Some(true))
}

/// Why a report about this message says nothing about how the person is reached now, if so.
fn not_of_now(
    row: &message::Model,
    person: &participant::Model,
    has_come_back: bool,
) -> Option<&'static str> {
    // What was never handed over cannot come back.
    let was_handed_over = matches!(row.state, MessageState::Accepted | MessageState::Unknown)
        || row.unknowns > 0
        || has_come_back;
    if row.channel != Channel::Email || !was_handed_over {
        return Some("about a message that was not handed over");
    }
    let handed_over = row.first_attempt_at.unwrap_or(At(i64::MIN));
    if person.address_since.is_some_and(|since| handed_over < since) {
        return Some("about an address that is theirs no more");
    }
    None
}
