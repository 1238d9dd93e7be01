//! Sending what is due: claim, prepare, hand over, settle. No transaction is open while another machine is spoken to,
//! and only a 250 after the final dot counts as accepted.

use chrono::{DateTime, Duration, Utc};

use super::Ticked;
use crate::actions::messages::{Outgoing, Pass, Ready, prepare};
use crate::actions::telling::{self, Telling, told};
use crate::app::App;
use crate::domain::words::{MessageKind, MessageState, ProjectState};
use crate::error::{Error, Result};
use crate::mail::smtp::{self, Attempt, Connection};
use crate::mail::transport::{Transport, put_file};
use crate::store::message::{self, End, Model};
use crate::store::{self, project};

/// Messages claimed at a time; for files this is also how many may be between `sending` and their end.
const GROUP: u64 = 50;

/// Waits between attempts: then every 12 hours.
const BACKOFF_MINUTES: [i64; 5] = [30, 60, 120, 240, 480];
const LAST_BACKOFF_MINUTES: i64 = 720;

/// Nobody is tried for longer than this.
const GIVE_UP_AFTER_DAYS: i64 = 4;

/// A message whose outcome is unknown is handed over once more, after this time.
const UNKNOWN_AGAIN_MINUTES: i64 = 30;

/// A relay that is away is asked again by the next tick; what waits loses no attempt.
const RELAY_AGAIN_MINUTES: i64 = 1;

/// A message of a project that is paused is looked at again after this time.
const PAUSE_AGAIN_MINUTES: i64 = 15;

/// A message that could not be read from the database is made again after this time.
const DATABASE_AGAIN_MINUTES: i64 = 5;

pub async fn run(app: &App, ticked: &mut Ticked) -> Result<()> {
    reap(app, ticked).await?;
    let mut pass = Pass::default();
    let mut line = Line::Closed;
    loop {
        let tx = store::begin(&app.db).await?;
        let rows = message::claim(&tx, &app.sender, app.clock.now(), GROUP).await?;
        tx.commit().await?;
        if rows.is_empty() {
            break;
        }
        let mut ready = Vec::with_capacity(rows.len());
        for row in rows {
            match prepare(app, &mut pass, &row).await {
                Ok(Ready::Send(outgoing)) => ready.push((row, *outgoing)),
                Ok(Ready::Later(at)) => settle(app, &row, &waits(&row, at), None, ticked).await?,
                Ok(Ready::Drop(why)) => {
                    let end = ended(app.clock.now(), &row, MessageState::Cancelled, why);
                    settle(app, &row, &end, None, ticked).await?;
                }
                Err(error) => {
                    // The chain may name templates and tables, never a person; what it is about is the row's id.
                    tracing::error!(message = %row.id, error = %describe(&error), "a message could not be made");
                    let now = app.clock.now();
                    let end = if is_passing(&error) {
                        waits(&row, now + Duration::minutes(DATABASE_AGAIN_MINUTES))
                    } else {
                        ended(now, &row, MessageState::Failed, "it could not be made; see the log")
                    };
                    settle(app, &row, &end, None, ticked).await?;
                }
            }
        }
        match &app.mailer {
            Transport::Files(folder) => to_files(app, folder, ready, ticked).await?,
            Transport::Smtp(settings) => {
                for (row, outgoing) in ready {
                    line = to_relay(app, settings, line, &row, outgoing, ticked).await?;
                }
                if matches!(line, Line::Down) {
                    break;
                }
            }
        }
    }
    if let Line::Open(connection) = line {
        connection.quit().await;
    }
    Ok(())
}

async fn is_held(app: &App, row: &Model) -> Result<bool> {
    let project = project::find(&app.db.reader, row.project_id).await?;
    let is_paused = project.is_some_and(|project| project.state == ProjectState::Paused);
    Ok(row.kind == MessageKind::Update && is_paused)
}

/// The database did not answer: that says nothing about this message, which waits.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::Internal(error) => error.chain().any(|cause| cause.is::<sea_orm::DbErr>()),
        _ => false,
    }
}

fn describe(error: &Error) -> String {
    match error {
        Error::Internal(error) => format!("{error:#}"),
        other => other.to_string(),
    }
}

/// What senders left behind that did not come back.
async fn reap(app: &App, ticked: &mut Ticked) -> Result<()> {
    let tx = store::begin(&app.db).await?;
    let mut lost = message::reap(&tx, app.clock.now()).await?;
    lost.sort_by_key(|row| row.participant_id);
    for row in lost {
        let end = unknown(app.clock.now(), &row, "the sender did not come back");
        if message::settle(&tx, &row, &end).await? {
            if let Some(telling) = telling::telling(&tx, &row).await? {
                telling::perhaps_told(&tx, &telling).await?;
            }
            ticked.unknown += 1;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Files are written as one group: marked, written, settled.
async fn to_files(
    app: &App,
    folder: &std::path::Path,
    ready: Vec<(Model, Outgoing)>,
    ticked: &mut Ticked,
) -> Result<()> {
    if ready.is_empty() {
        return Ok(());
    }
    let now = app.clock.now();
    let rows: Vec<Model> = ready.iter().map(|(row, _)| row.clone()).collect();
    let tx = store::begin(&app.db).await?;
    let held = message::set_sending(&tx, &rows, now).await?;
    tx.commit().await?;
    let mut ends = Vec::with_capacity(ready.len());
    for (row, outgoing) in ready.into_iter().filter(|(row, _)| held.contains(&row.id)) {
        let at = row.first_attempt_at.map_or(now, |at| at.utc());
        let end = match put_file(folder, at, &row.message_id, &outgoing.bytes) {
            Ok(_) => ended(now, &row, MessageState::Accepted, "written to a file"),
            Err(error) => {
                tracing::error!(message = %row.id, error = %format!("{error:#}"), "a message could not be written");
                deferred(now, &row, "the file could not be written")
            }
        };
        ends.push((row, end, outgoing.telling));
    }
    // In the order in which composing locks people, so that the two never wait for each other.
    ends.sort_by_key(|(row, _, _)| row.participant_id);
    let tx = store::begin(&app.db).await?;
    for (row, end, telling) in &ends {
        write(&tx, row, end, telling.as_ref(), now, ticked).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The connection of this pass.
enum Line {
    Closed,
    Open(Box<Connection>),
    /// The relay is away: nothing more is tried in this pass.
    Down,
}

async fn to_relay(
    app: &App,
    settings: &smtp::SmtpSettings,
    line: Line,
    row: &Model,
    outgoing: Outgoing,
    ticked: &mut Ticked,
) -> Result<Line> {
    let mut connection = match line {
        Line::Open(connection) if connection.usable() => connection,
        Line::Down => {
            settle(app, row, &relay_down(app.clock.now(), row, "the relay is away"), None, ticked).await?;
            return Ok(Line::Down);
        }
        Line::Open(_) | Line::Closed => match smtp::connect(settings).await {
            Ok(connection) => Box::new(connection),
            Err(error) => {
                tracing::warn!(during = error.during, why = %error.why, "the relay cannot be reached");
                settle(app, row, &relay_down(app.clock.now(), row, "the relay is away"), None, ticked)
                    .await?;
                return Ok(Line::Down);
            }
        },
    };
    let attempt = match connection.offer(&outgoing.from, &outgoing.to).await {
        Err(attempt) => attempt,
        // The message was made some time ago; the project may have been paused since.
        Ok(()) if is_held(app, row).await? => {
            let end = waits(row, app.clock.now() + Duration::minutes(PAUSE_AGAIN_MINUTES));
            settle(app, row, &end, None, ticked).await?;
            return Ok(Line::Closed);
        }
        Ok(()) => {
            let tx = store::begin(&app.db).await?;
            let held = message::set_sending(&tx, std::slice::from_ref(row), app.clock.now()).await?;
            tx.commit().await?;
            if held.is_empty() {
                // Another sender took it over; this conversation ends without a message.
                return Ok(Line::Closed);
            }
            connection.hand_over(&outgoing.bytes).await
        }
    };
    let (end, down) = outcome(app.clock.now(), row, attempt);
    settle(app, row, &end, outgoing.telling.as_ref(), ticked).await?;
    Ok(match (down, connection.usable()) {
        (true, _) => Line::Down,
        (false, true) => Line::Open(connection),
        (false, false) => Line::Closed,
    })
}

/// The table of outcomes. The second part says whether the relay itself is away.
fn outcome(now: DateTime<Utc>, row: &Model, attempt: Attempt) -> (End, bool) {
    // After an unknown outcome there is one more try; unless that is accepted, a person has to look.
    let again = row.unknowns > 0;
    match attempt {
        Attempt::Accepted { reply } => (ended(now, row, MessageState::Accepted, &reply), false),
        Attempt::RelayDown { why } => (relay_down(now, row, &why), true),
        Attempt::Untried { why } => (relay_down(now, row, &why), false),
        Attempt::Unknown { why } => (unknown(now, row, &why), false),
        Attempt::Deferred { why, .. } | Attempt::Failed { why, .. } if again => {
            (End { finished_at: Some(now), ..unknown(now, row, &why) }, false)
        }
        Attempt::Deferred { why, .. } => (deferred(now, row, &why), false),
        Attempt::Failed { why, .. } => (ended(now, row, MessageState::Failed, &why), false),
    }
}

fn ended(now: DateTime<Utc>, row: &Model, state: MessageState, why: &str) -> End {
    let tried_at = (state != MessageState::Cancelled).then_some(now);
    let unknowns = row.unknowns;
    End { state, due_at: now, finished_at: Some(now), unknowns, why: Some(why.to_owned()), tried_at }
}

fn waits(row: &Model, at: DateTime<Utc>) -> End {
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

fn relay_down(now: DateTime<Utc>, row: &Model, why: &str) -> End {
    End { why: Some(why.to_owned()), ..waits(row, now + Duration::minutes(RELAY_AGAIN_MINUTES)) }
}

fn deferred(now: DateTime<Utc>, row: &Model, why: &str) -> End {
    let first = row.first_attempt_at.map_or(now, |at| at.utc());
    if now - first >= Duration::days(GIVE_UP_AFTER_DAYS) {
        return ended(
            now,
            row,
            MessageState::Failed,
            &format!("given up after {GIVE_UP_AFTER_DAYS} days: {why}"),
        );
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
    let seed = row
        .id
        .0
        .as_bytes()
        .iter()
        .fold(i64::from(row.attempts), |sum, byte| sum * 31 % 9_973 + i64::from(*byte));
    Duration::seconds(seed % (minutes * 6).max(1))
}

fn unknown(now: DateTime<Utc>, row: &Model, why: &str) -> End {
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

async fn settle(
    app: &App,
    row: &Model,
    end: &End,
    telling: Option<&Telling>,
    ticked: &mut Ticked,
) -> Result<()> {
    let tx = store::begin(&app.db).await?;
    write(&tx, row, end, telling, app.clock.now(), ticked).await?;
    tx.commit().await?;
    Ok(())
}

/// The end of an attempt and what it means for the person, in one transaction. Nothing is written for a message that
/// another sender has taken over.
async fn write(
    tx: &impl sea_orm::ConnectionTrait,
    row: &Model,
    end: &End,
    telling: Option<&Telling>,
    now: DateTime<Utc>,
    ticked: &mut Ticked,
) -> Result<()> {
    if !message::settle(tx, row, end).await? {
        return Ok(());
    }
    match end.state {
        MessageState::Accepted => {
            ticked.accepted += 1;
            if let Some(telling) = telling {
                told(tx, telling, now).await?;
            }
        }
        MessageState::Unknown if end.unknowns > row.unknowns => {
            ticked.unknown += 1;
            if let Some(telling) = telling {
                telling::perhaps_told(tx, telling).await?;
            }
        }
        MessageState::Deferred if end.why != row.why || end.due_at != row.due_at.utc() => {
            ticked.deferred += 1
        }
        MessageState::Failed => ticked.failed += 1,
        MessageState::Cancelled => ticked.cancelled += 1,
        _ => {}
    }
    Ok(())
}
